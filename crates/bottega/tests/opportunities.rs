//! An opportunity on its way without a script: lost in a form, by the menu in its head, by a card that is carried, and by many at once.
#![allow(clippy::unwrap_used)]

mod common;
#[path = "common/ground.rs"]
mod ground;
#[path = "common/plain.rs"]
mod plain;

use ground::{PASSWORD, on_both};
use plain::{Page, Plain};

fn customer(browser: &mut Plain) -> String {
    let page = browser.open("/companies/new");
    let page = browser.send(page.form("#record-form", "Salva").set("legal_name", "Fonderia Rovetta S.r.l."));
    id_of(&page)
}

fn id_of(page: &Page) -> String {
    assert_eq!(page.status, 200, "{}", page.text("body"));
    page.address.rsplit('/').next().unwrap().split('?').next().unwrap().to_owned()
}

fn deal(browser: &mut Plain, customer: &str, name: &str) -> String {
    let page = browser.open(&format!("/opportunities/new?customer={customer}"));
    assert!(!page.has("[name=pipeline]"), "with one pipeline nothing of it is asked");
    let form = page.form("#record-form", "Salva").set("name", name).set("closes_on", "2026-12-31");
    let page = browser.send(form);
    assert!(!page.says("nascosto"), "{}", page.text("#toast"));
    id_of(&page)
}

#[test]
fn a_loss_asks_for_its_reason_wherever_it_is_said() {
    on_both(|ground| {
        ground.anna();
        let server = ground.serve();
        let mut browser = Plain::signed_in(&server.url, "anna@example.it", PASSWORD);
        let customer = customer(&mut browser);
        let why = "Scrivi perché l'opportunità è stata persa";

        // In the form, where the reason stands beside the stage.
        let first = deal(&mut browser, &customer, "Aspirazione");
        let page = browser.open(&format!("/opportunities/{first}/edit"));
        let bad = browser.send(page.form("#record-form", "Salva").set("stage", "lost"));
        assert_eq!(bad.status, 422);
        assert!(bad.text("#w-reason").contains(why), "{}", bad.text("#w-reason"));
        let form = bad.form("#record-form", "Salva").set("reason", "price");
        assert!(browser.send(form).says("Persa"));

        // In the head of the record.
        let second = deal(&mut browser, &customer, "Compressore");
        let page = browser.open(&format!("/opportunities/{second}"));
        let asked = browser.send(page.form("#head-stage", "").set("stage", "lost"));
        assert!(asked.says(why), "{}", asked.text("body"));
        let form = asked.form(".dialog form", "Salva");
        let page = browser.send(form.set("reason", "competitor"));
        assert!(page.address.contains(&second) && page.says("Persa"), "{}", page.text("body"));

        // By a card.
        let third = deal(&mut browser, &customer, "Isola robotizzata");
        let page = browser.open(&format!("/opportunities/{third}/move?by=stage"));
        let asked = browser.send(page.form(".dialog form", "").set("to", "lost"));
        assert!(asked.has("#w-reason[data-shown-when='to=lost']"), "another stage asks for nothing");
        let page = browser.send(asked.form(".dialog form", "").set("to", "won"));
        assert!(page.address.contains(&third) && page.says("Vinta"), "{}", page.text("body"));
    });
}

#[test]
fn many_are_lost_at_once_with_their_reason_and_what_is_refused_is_said() {
    on_both(|ground| {
        ground.anna();
        let server = ground.serve();
        let mut browser = Plain::signed_in(&server.url, "anna@example.it", PASSWORD);
        let customer = customer(&mut browser);
        let deals = ["Aspirazione", "Compressore"].map(|name| deal(&mut browser, &customer, name));
        let mut page = browser.open("/opportunities");
        let mut form = page.form("#bulk", "Modifica");
        for id in &deals {
            form = form.tick("id", id);
        }
        page = browser.send(form.tick("set", "stage"));
        assert!(page.has("#w-reason[data-shown-when='stage=lost']"), "only a loss asks for it");
        let bad = browser.send(page.form(".dialog form", "").set("stage", "lost"));
        assert!(bad.says("2 restano come sono") && bad.says("è stata persa"), "{}", bad.text("body"));
        let done = browser.send(bad.form(".dialog form", "").set("reason", "price"));
        assert!(done.says("2 schede modificate"), "{}", done.text("body"));
        assert!(browser.open(&format!("/opportunities/{}", deals[1])).says("Persa"));
    });
}
