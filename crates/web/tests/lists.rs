//! Lists as a browser asks for them, on both databases: filters, columns, and what is wrong with them.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod router;

use axum::http::{Method, StatusCode};
use serde_json::json;
use testkit::world::{Someone, on_both};

use crate::router::{Asked, Reply};

fn get(asked: &Asked, who: &Someone, path: &str) -> Reply {
    let cookie = format!("session={}", who.engine.open_session(who.rid(), "test").unwrap());
    asked.send(Method::GET, path, &[("cookie", &cookie)], "")
}

/// Where a form led to.
#[track_caller]
fn led_to(reply: &Reply) -> String {
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.text());
    reply.headers["location"].to_str().unwrap().to_owned()
}

#[test]
fn chosen_columns_are_shown_at_once() {
    on_both(|world| {
        let asked = Asked::new(&world.engine, false);
        world.seller.creates("probes", json!({"name": "Alfa", "vat_number": "00743110157"}));
        let back = led_to(&get(&asked, &world.seller, "/probes/columns?stage=fresh&column=&column=vat_number"));
        assert_eq!(back, "/probes?stage=fresh");
        let page = get(&asked, &world.seller, "/probes");
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.text().contains("00743110157"));
    });
}

#[test]
fn a_filter_that_does_not_hold_is_told_beside_the_list_with_what_was_typed() {
    on_both(|world| {
        let asked = Asked::new(&world.engine, false);
        world.seller.creates("probes", json!({"name": "Alfa", "stage": "begun"}));
        let page = get(&asked, &world.seller, "/probes?stage=begun&add.field=quantity&add.op=between&add.from=tanto");
        let text = page.text();
        assert_eq!(page.status, StatusCode::OK);
        assert!(text.contains("Alfa") && text.contains("chip-0"), "list and other filter are still there");
        assert!(text.contains("Qui va un numero") && text.contains("value=\"tanto\""), "{text}");
        let page = get(&asked, &world.seller, "/probes?add.field=parent&add.op=eq&add.value=&add.value.text=Nessuno");
        assert!(page.text().contains("Nulla si chiama esattamente così") && page.text().contains("value=\"Nessuno\""));
    });
}

#[test]
fn what_the_form_of_a_filter_says_becomes_the_address() {
    on_both(|world| {
        let asked = Asked::new(&world.engine, false);
        let alfa = world.seller.creates("probes", json!({"name": "Alfa"}));
        let leads = |form: &str| led_to(&get(&asked, &world.seller, &format!("/probes?{form}")));
        let span = "add.field=quantity&add.op=between&add.from=1.000&add.to=2.000";
        assert_eq!(leads(span), "/probes?quantity%5Bbetween%5D=1000%2C2000");
        assert_eq!(leads("add.field=quantity&add.op=between&add.to=7"), "/probes?quantity%5Ble%5D=7");
        assert_eq!(leads("add.field=stage&add.op=in&add.value=begun"), "/probes?stage=begun");
        assert!(leads("add.field=stage&add.op=in&add.value=begun&add.not=1").contains("not"));
        assert_eq!(leads("add.field=stage&add.op=in&add.empty=false"), "/probes?stage%5Bempty%5D=false");
        let called = leads("add.field=parent&add.op=eq&add.value=&add.value.text=Alfa");
        assert_eq!(called, format!("/probes?parent={}", alfa.id));
    });
}
