//! Initiatives as the people of a company live them: offered to many at once, answered, turned into sales and summed up.

#![allow(clippy::unwrap_used)]

use engine::bulk::{Act, Begun, Bulk, Report, Which};
use meta::{Filter, Op};
use serde_json::{Map, Value as Json, json};
use testkit::world::{Made, Someone, World, on_both_with};

fn on_both(test: impl Fn(&World)) {
    on_both_with("sales", crm::ENTITIES, test);
}

fn company(who: &Someone, name: &str) -> Made {
    who.creates("companies", json!({"kind": "company", "legal_name": name, "stage": "suspect"}))
}

fn initiative(who: &Someone) -> Made {
    who.creates("initiatives", json!({"name": "Fiera Lamiera 2026", "state": "running", "open_to_all": true}))
}

fn object(json: Json) -> Map<String, Json> {
    json.as_object().unwrap().clone()
}

fn gathers(who: &Someone, path: &str, into: &str, values: Json, which: Which) -> base::Result<Begun> {
    let act = Act::Gather { into: into.to_owned(), values: object(values), as_theirs: true };
    who.engine.bulk(&who.actor, &Bulk { path: path.to_owned(), act, which }, None)
}

fn done(begun: base::Result<Begun>) -> Report {
    match begun {
        Ok(Begun::Done(report)) => report,
        other => panic!("not done: {other:?}"),
    }
}

fn euro(amount: &str) -> Json {
    json!({"amount": amount, "currency": "EUR"})
}

fn these(made: &[&Made]) -> Which {
    Which::These(made.iter().map(|made| made.id).collect())
}

#[test]
fn companies_are_offered_an_initiative_in_one_go_and_each_but_once() {
    on_both(|world| {
        let fair = initiative(&world.manager);
        let (first, second) = (company(&world.seller, "Alfa S.r.l."), company(&world.colleague, "Beta S.r.l."));
        let offered = json!({"initiative": fair.id.to_string(), "level": "contacted"});
        let report = done(gathers(&world.manager, "companies", "interests", offered.clone(), these(&[&first])));
        assert_eq!((report.changed, report.same, report.refused), (1, 0, 0));
        let both = these(&[&first, &second]);
        let report = done(gathers(&world.manager, "companies", "interests", offered.clone(), both.clone()));
        assert_eq!((report.changed, report.same, report.refused), (1, 1, 0));
        assert_eq!(world.manager.lists("interests"), ["Alfa S.r.l.", "Beta S.r.l."]);
        // Who has the company has what it is offered.
        assert_eq!(world.seller.lists("interests"), ["Alfa S.r.l."]);
        let again = json!({"initiative": fair.id.to_string(), "party": first.id.to_string()});
        assert!(world.seller.tries_to_create("interests", again.clone()).is_err());
        // The whole goes back as one, and can be done again.
        world.manager.undoes(report.operation);
        assert_eq!(world.manager.counts("interests"), 1);
        assert_eq!(done(gathers(&world.manager, "companies", "interests", offered, both)).changed, 1);
    });
}

#[test]
fn nobody_makes_what_they_may_not_or_for_those_they_do_not_see() {
    on_both(|world| {
        let fair = initiative(&world.manager);
        let (own, other) = (company(&world.seller, "Alfa S.r.l."), company(&world.colleague, "Beta S.r.l."));
        let offered = json!({"initiative": fair.id.to_string()});
        let report = done(gathers(&world.seller, "companies", "interests", offered.clone(), these(&[&own, &other])));
        assert_eq!((report.changed, report.done), (1, 1));
        assert!(gathers(&world.viewer, "companies", "interests", offered.clone(), these(&[&own])).is_err());
        assert!(gathers(&world.seller, "companies", "products", json!({}), these(&[&own])).is_err());
        let strange = json!({"nothing": "x"});
        assert!(gathers(&world.seller, "companies", "interests", strange, these(&[&own])).is_err());
        // What lacks something is told of each, and nothing is made.
        let report = done(gathers(&world.seller, "companies", "interests", json!({}), these(&[&own])));
        assert_eq!((report.changed, report.refused), (0, 1));
        world.seller.deletes(&own);
        let report = done(gathers(&world.seller, "companies", "opportunities", json!({}), these(&[&own])));
        assert_eq!((report.changed, report.refused), (0, 1));
    });
}

#[test]
fn hundreds_are_offered_it_by_a_job_and_taken_back_as_one() {
    on_both(|world| {
        let fair = initiative(&world.manager);
        let many = (0..260).map(|number| {
            let fields = json!({"kind": "company", "legal_name": format!("Officina {number} S.r.l.")});
            (engine::Target::New(None), fields)
        });
        world.manager.saves("companies", many.collect()).unwrap();
        let offered = json!({"initiative": fair.id.to_string(), "level": "interested"});
        let all = Which::All(engine::Query::all("companies"));
        let Ok(Begun::Job(id)) = gathers(&world.manager, "companies", "interests", offered, all) else { panic!() };
        let job = store::jobs::take(&world.engine.store).unwrap().unwrap();
        world.engine.run_job(&job, &[], None).unwrap();
        let report = world.engine.bulk_job(&world.manager.actor, id).unwrap().report;
        assert_eq!((report.changed, report.refused), (260, 0));
        assert_eq!(world.manager.sees(&fair, "interested"), json!(260));
        world.manager.undoes(report.operation);
        assert_eq!((world.manager.counts("interests"), world.manager.sees(&fair, "interested")), (0, json!(0)));
    });
}

#[test]
fn an_interest_becomes_an_opportunity_and_the_initiative_sums_what_comes_of_it() {
    on_both(|world| {
        let fair = initiative(&world.manager);
        let laser = world.manager.creates("products", json!({"name": "Isola laser", "price": euro("1000.00")}));
        let customer = company(&world.seller, "Alfa S.r.l.");
        let interest = world.seller.creates(
            "interests",
            json!({
                "initiative": fair.id.to_string(), "party": customer.id.to_string(), "level": "hot",
                "product": laser.id.to_string(), "quantity": "2",
            }),
        );
        assert_eq!(world.seller.sees(&interest, "amount"), euro("2000.00"));
        assert_eq!(world.seller.sees(&fair, "interested"), json!(1));
        let asked = json!({"name": "Isola per Alfa", "closes_on": "2026-12-31"});
        done(gathers(&world.seller, "interests", "opportunities", asked, these(&[&interest])));
        let of = Filter::test("initiative", Op::Eq, fair.id.to_string());
        assert_eq!(world.seller.lists_where("opportunities", of), ["Isola per Alfa"]);
        let stands = |field: &str| world.seller.sees(&fair, field);
        assert_eq!((stands("deals"), stands("possible")), (json!(1), euro("2000.00")));
        assert_eq!((stands("weighted"), stands("realised")), (euro("200.00"), Json::Null));
        assert_eq!(world.seller.sees(&interest, "became"), json!(true));
        // Whom something is offered to has moved on, though the interest named them.
        assert_eq!(world.seller.sees(&customer, "stage"), json!("prospect"));
        let query = engine::Query::all("opportunities");
        let deal = world.seller.tries_to_list(&query, 9).unwrap().remove(0);
        let deal =
            Made { rid: deal.rid, id: deal.id, entity: "opportunity", path: "opportunities", ..interest.clone() };
        assert_eq!(world.seller.sees(&deal, "customer")["title"], json!("Alfa S.r.l."));
        assert_eq!(world.seller.sees(&deal, "product")["title"], json!("Isola laser"));
        let won = world.seller.changes(&deal, json!({"stage": "won"}));
        assert_eq!((stands("possible"), stands("realised")), (Json::Null, euro("2000.00")));
        world.seller.undoes(won.operation);
        assert_eq!((stands("possible"), stands("realised")), (euro("2000.00"), Json::Null));
        world.seller.deletes(&deal);
        assert_eq!((stands("deals"), stands("possible")), (json!(0), Json::Null));
        assert_eq!(world.seller.sees(&interest, "became"), json!(false));
        assert_eq!(world.seller.sees(&interest, "worth"), Json::Null);
    });
}

#[test]
fn an_interest_becomes_an_opportunity_by_one_click_and_but_once() {
    on_both(|world| {
        let fair = initiative(&world.manager);
        let customer = company(&world.seller, "Alfa S.r.l.");
        let fields = json!({"initiative": fair.id.to_string(), "party": customer.id.to_string(), "level": "hot",
            "amount": euro("900.00")});
        let interest = world.seller.creates("interests", fields);
        let click = || {
            let (actor, engine) = (&world.seller.actor, &world.engine);
            engine.act(actor, "interests", interest.id, "sale", Vec::new())
        };
        let acted = click().unwrap();
        assert_eq!(acted.made, ["Fiera Lamiera 2026"]);
        assert_eq!(world.seller.sees(&interest, "worth"), euro("900.00"));
        assert_eq!(world.seller.sees(&fair, "possible"), euro("900.00"));
        assert_eq!(world.seller.sees(&customer, "stage"), json!("prospect"));
        assert!(click().is_err());
        world.seller.undoes(Some(acted.operation));
        assert_eq!((world.seller.counts("opportunities"), world.seller.sees(&fair, "possible")), (0, Json::Null));
        assert_eq!(click().unwrap().made.len(), 1);
    });
}
