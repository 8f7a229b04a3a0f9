//! What a person can do with opportunities and their products, on both databases.

#![allow(clippy::unwrap_used)]

use base::{Currency, Money};
use engine::Query;
use serde_json::{Value as Json, json};
use store::groups::By;
use testkit::world::{Made, Someone, World, on_both_with};

fn on_both(test: impl Fn(&World)) {
    on_both_with("sales", crm::ENTITIES, test);
}

fn refusal<T: std::fmt::Debug>(done: base::Result<T>) -> String {
    match done {
        Err(base::Error::Refused(problems)) => {
            problems.iter().filter_map(|problem| problem.field.clone()).collect::<Vec<_>>().join(" ")
        }
        other => panic!("not refused: {other:?}"),
    }
}

fn euro(amount: &str) -> Json {
    json!({"amount": amount, "currency": "EUR"})
}

fn deal(who: &Someone, subject: &str, more: Json) -> Made {
    let customer = who.creates("companies", json!({"kind": "company", "legal_name": format!("{subject} S.r.l.")}));
    let mut fields = json!({"name": subject, "customer": customer.id.to_string(), "closes_on": "2026-12-31"});
    fields.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    who.creates("opportunities", fields)
}

fn product(world: &World, price: &str) -> Made {
    world.manager.creates("products", json!({"name": "Trapano a colonna", "price": euro(price)}))
}

fn line(of: &Made, product: &Made, quantity: &str, discount: &str) -> Json {
    json!({"opportunity": of.id.to_string(), "product": product.id.to_string(), "quantity": quantity, "discount": discount})
}

#[test]
fn the_products_make_the_amount_as_long_as_there_are_any() {
    on_both(|world| {
        let drill = product(world, "100.00");
        let deal = deal(&world.seller, "Rinnovo trapani", json!({"amount": euro("5000.00")}));
        assert_eq!(world.seller.sees(&deal, "weighted"), euro("500.00"));
        let first = world.seller.creates("opportunity_lines", line(&deal, &drill, "2.5", "10"));
        assert_eq!(world.seller.sees(&first, "name"), json!("Trapano a colonna"));
        assert_eq!(world.seller.sees(&deal, "amount"), euro("225.00"));
        assert_eq!(world.seller.sees(&deal, "weighted"), euro("22.50"));
        let second = world.seller.creates("opportunity_lines", line(&deal, &drill, "1", "0"));
        assert_eq!(world.seller.sees(&deal, "amount"), euro("325.00"));
        assert_eq!(refusal(world.seller.tries_to_change(&deal, json!({"amount": euro("1.00")}))), "amount");
        world.seller.deletes(&second);
        assert_eq!(world.seller.sees(&deal, "amount"), euro("225.00"));
        // With the last of them the amount is typed again.
        world.seller.deletes(&first);
        world.seller.changes(&deal, json!({"amount": euro("7000.00")}));
        assert_eq!(world.seller.sees(&deal, "amount"), euro("7000.00"));
    });
}

#[test]
fn an_undo_takes_the_amount_back_with_its_products() {
    on_both(|world| {
        let drill = product(world, "100.00");
        let deal = deal(&world.seller, "Rinnovo trapani", json!({"amount": euro("5000.00")}));
        let first = world.seller.creates("opportunity_lines", line(&deal, &drill, "2", "0"));
        assert_eq!(world.seller.sees(&deal, "amount"), euro("200.00"));
        let second = world.seller.creates("opportunity_lines", line(&deal, &drill, "3", "0"));
        world.engine.undo(&world.seller.actor, first.operation.unwrap()).unwrap();
        assert_eq!(world.seller.sees(&deal, "amount"), euro("300.00"));
        world.engine.undo(&world.seller.actor, second.operation.unwrap()).unwrap();
        assert_eq!(world.seller.sees(&deal, "has_lines"), json!(false));
    });
}

#[test]
fn what_is_sold_is_seen_by_all_and_changed_by_those_who_see_to_it() {
    on_both(|world| {
        let drill = product(world, "100.00");
        for who in [&world.seller, &world.viewer, &world.technician] {
            assert_eq!(who.sees(&drill, "name"), json!("Trapano a colonna"));
        }
        assert!(world.seller.tries_to_change(&drill, json!({"name": "Trapano"})).is_err());
        assert!(world.seller.tries_to_create("products", json!({"name": "Trapano"})).is_err());
        world.admin.changes(&drill, json!({"active": false}));
        let deal = deal(&world.seller, "Trapani", json!({}));
        assert!(world.seller.tries_to_create("opportunity_lines", line(&deal, &drill, "0", "0")).is_err());
    });
}

#[test]
fn figures_that_cannot_be_are_refused_where_they_stand() {
    on_both(|world| {
        let product = |more: Json| {
            let mut fields = json!({"name": "Trapano", "code": "TR-1"});
            fields.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            world.manager.tries_to_create("products", fields)
        };
        assert_eq!(refusal(product(json!({"price": euro("-0.01")}))), "price");
        assert_eq!(refusal(product(json!({"vat_rate": "100.01"}))), "vat_rate");
        assert_eq!(refusal(product(json!({"vat_rate": "-1"}))), "vat_rate");
        product(json!({"price": euro("0.00"), "vat_rate": "100"})).unwrap();
        assert_eq!(refusal(product(json!({"code": "tr-1"}))), "code");
        let made = deal(&world.seller, "Trapani", json!({"amount": euro("10.00")}));
        assert_eq!(refusal(world.seller.tries_to_change(&made, json!({"amount": euro("-10.00")}))), "amount");
    });
}

#[test]
fn a_board_counts_and_sums_what_one_sees() {
    on_both(|world| {
        deal(&world.seller, "Aspirazione", json!({"amount": euro("10.00")}));
        deal(&world.seller, "Compressore", json!({"amount": euro("20.00"), "stage": "proposal"}));
        deal(&world.seller, "Isola", json!({"amount": {"amount": "5.00", "currency": "USD"}, "stage": "proposal"}));
        deal(&world.colleague, "Arredo", json!({"amount": euro("40.00")}));
        let catalogue = world.engine.catalogue();
        let model = catalogue.model("opportunity").unwrap();
        let [stage, amount, closes] = ["stage", "amount", "closes_on"].map(|key| model.position(key).unwrap());
        let groups = |who: &Someone, by| {
            let query = Query::all("opportunities");
            let found = world.engine.groups(&who.actor, &query, &[by], &[amount]).unwrap();
            found
                .into_iter()
                .map(|group| (group.values[0].text().to_owned(), group.count, group.sums[0]))
                .collect::<Vec<_>>()
        };
        let sum = |minor, currency: &str| Some(Money { minor, currency: currency.parse::<Currency>().unwrap() });
        let own = [("new", 1, sum(1000, "EUR")), ("proposal", 1, sum(2000, "EUR")), ("proposal", 1, sum(500, "USD"))];
        assert_eq!(groups(&world.seller, By::Field(stage)), own.map(|(key, count, sum)| (key.to_owned(), count, sum)));
        assert_eq!(groups(&world.manager, By::Field(stage))[0], ("new".to_owned(), 2, sum(5000, "EUR")));
        assert_eq!(groups(&world.admin, By::Month(closes))[0], ("2026-12".to_owned(), 3, sum(7000, "EUR")));
    });
}

#[test]
fn a_deal_that_is_won_closes_on_that_day() {
    on_both(|world| {
        let deal = deal(&world.seller, "Aspirazione", json!({"amount": euro("10.00")}));
        let won = world.seller.changes(&deal, json!({"stage": "won"}));
        assert_eq!(world.seller.sees(&deal, "closes_on"), world.seller.sees(&deal, "closed_on"));
        assert_eq!(world.seller.sees(&deal, "weighted"), euro("10.00"));
        world.engine.undo(&world.seller.actor, won.operation.unwrap()).unwrap();
        assert_eq!(world.seller.sees(&deal, "closes_on"), json!("2026-12-31"));
        assert_eq!(refusal(world.seller.tries_to_change(&deal, json!({"stage": "lost"}))), "reason");
    });
}
