//! A lead made quickly and converted without a script, and by a program; one that is here already joins what is here.
#![allow(clippy::unwrap_used)]

mod common;
#[path = "common/ground.rs"]
mod ground;
#[path = "common/plain.rs"]
mod plain;

use ground::{PASSWORD, on_both};
use plain::{Page, Plain};
use serde_json::{Value, json};

fn lead(browser: &mut Plain, name: &str, last_name: &str) -> Page {
    let page = browser.open("/leads/new");
    let form = page.form("#record-form", "Salva").set("legal_name", name).set("first_name", "Silvia");
    let page = browser.send(form.set("last_name", last_name));
    assert_eq!(page.status, 200, "{}", page.text("body"));
    page
}

#[test]
fn a_lead_is_converted_without_a_script_and_one_that_is_here_already_joins_it() {
    on_both(|ground| {
        ground.anna();
        let server = ground.serve();
        let mut browser = Plain::signed_in(&server.url, "anna@example.it", PASSWORD);
        let page = lead(&mut browser, "Officine Ferri S.r.l.", "Ferri");
        let first = page.address.clone();
        let page = browser.send(page.form("form[action*=conversion]", ""));
        assert!(page.says("Officine Ferri S.r.l.: convertito. Nuovi: Silvia Ferri"), "{}", page.text("body"));
        assert!(!page.has("form[action*=conversion]"));
        assert!(browser.open("/people").says("Silvia Ferri"));

        let page = lead(&mut browser, "Officine Ferri", "Ferri");
        let second = page.address.clone();
        let asked = browser.send(page.form("form[action*=conversion]", ""));
        assert!(asked.says("È già in anagrafica come") && asked.says("Stesso nome"), "{}", asked.text("body"));
        let bad = browser.send(asked.form(".dialog form", "Converti").set("last_name", ""));
        assert!(bad.says("Scrivi anche il cognome"), "{}", bad.text("body"));
        let id = first.rsplit('/').next().unwrap().split('?').next().unwrap();
        let page = browser.send(bad.form(".dialog form", "Converti").set("last_name", "Ferri").set("join", id));
        assert!(page.address.contains(id), "{}", page.address);
        // The old address leads to what it became one with; the undo brings it back.
        assert!(browser.open(&second).address.contains(id));
        let page = browser.send(page.form("form[action*=undo]", ""));
        assert!(page.says("modifiche annullate"), "{}", page.text("#toast"));
        assert!(browser.open(&second).has("form[action*=conversion]"));
    });
}

#[test]
fn quick_creation_asks_little_and_the_whole_form_goes_on_with_what_was_typed() {
    on_both(|ground| {
        ground.anna();
        let server = ground.serve();
        let mut browser = Plain::signed_in(&server.url, "anna@example.it", PASSWORD);
        let page = browser.open("/leads/quick");
        assert!(!page.has("[name=vat_number][type=hidden]") && page.has("[name=stage][type=hidden]"));
        let bad = browser.send(page.form("#quick-form", "Salva").set("emails[0].value", "niente"));
        assert_eq!(bad.status, 422);
        assert!(bad.says("Compila") || bad.has("[aria-invalid=true]"), "{}", bad.text("body"));
        assert_eq!(
            bad.html()
                .select(&scraper::Selector::parse("[name='emails[0].value']").unwrap())
                .next()
                .unwrap()
                .attr("value"),
            Some("niente")
        );
        let whole = bad.form("#quick-form", "Tutti i campi").set("legal_name", "Officine Ferri S.r.l.");
        let whole = browser.send(whole);
        assert!(whole.has("#record-form") && !whole.address.contains("Ferri"), "{}", whole.address);
        assert_eq!(
            whole.html().select(&scraper::Selector::parse("[name=legal_name]").unwrap()).next().unwrap().attr("value"),
            Some("Officine Ferri S.r.l.")
        );
        let good =
            bad.form("#quick-form", "Salva").set("legal_name", "Officine Ferri S.r.l.").set("emails[0].value", "");
        let page = browser.send(good);
        assert!(page.has("form[action*=conversion]"), "it is a lead: {}", page.text("body"));
        // A child that is begun on a page comes back to it.
        let panel = page
            .html()
            .select(&scraper::Selector::parse("a[href*='/opportunities/quick?']").unwrap())
            .next()
            .unwrap()
            .attr("href")
            .unwrap()
            .to_owned();
        let asked = browser.open(&panel);
        let made =
            browser.send(asked.form("#quick-form", "Salva").set("name", "Tornio").set("closes_on", "2026-12-31"));
        assert_eq!((made.status, ground.counts("SELECT count(*) FROM opportunity")), (200, 1), "{}", made.text("body"));
    });
}

fn read(body: String) -> Value {
    serde_json::from_str(&body).unwrap()
}

#[test]
fn a_program_converts_a_lead_as_the_description_says() {
    on_both(|ground| {
        let token = ground.anna();
        let server = ground.serve();
        let call = |address: &str, body: &Value| -> (u16, Value) {
            let request = ureq::post(format!("{}/api/v1{address}", server.url));
            let request = request.header("authorization", format!("Bearer {token}"));
            let answer = request.config().http_status_as_error(false).build();
            let answer = answer.content_type("application/json").send(body.to_string()).unwrap();
            (answer.status().as_u16(), read(answer.into_body().read_to_string().unwrap()))
        };
        let document = ureq::get(format!("{}/api/openapi.json", server.url)).call().unwrap();
        let document = read(document.into_body().read_to_string().unwrap());
        let described = &document["paths"]["/leads/{id}/conversion"]["post"]["requestBody"]["content"];
        let fields = &described["application/json"]["schema"]["properties"]["fields"]["properties"];
        assert!(fields["opportunity"].is_object() && fields["kind"].is_null(), "{fields}");

        let fields =
            json!({"kind": "company", "legal_name": "Officine Ferri S.r.l.", "stage": "lead", "last_name": "Ferri"});
        let (status, made) = call("/leads", &json!({ "fields": fields }));
        assert_eq!(status, 201, "{made}");
        let address = format!("/leads/{}/conversion", made["id"].as_str().unwrap());
        assert_eq!(call(&address, &json!({ "fields": {"kind": "person"} })).0, 422);
        assert_eq!(call(&address, &json!({ "fields": {"unheard": 1} })).0, 400);
        let (status, refused) = call(&address, &json!({ "fields": {} }));
        assert_eq!((status, &refused["errors"][0]["pointer"]), (422, &json!("/fields/first_name")), "{refused}");
        let (status, done) = call(&address, &json!({ "fields": {"first_name": "Ugo", "opportunity": true} }));
        assert_eq!((status, &done["fields"]["stage"]), (200, &json!("prospect")), "{done}");
        assert_eq!(call(&address, &json!({ "fields": {"first_name": "Ugo"} })).0, 422);
        assert_eq!(call("/leads/019a2b3c-0000-7000-8000-000000000000/conversion", &json!({})).0, 404);
        assert_eq!(ground.counts("SELECT count(*) FROM opportunity"), 1);
        assert_eq!(ground.counts("SELECT count(*) FROM party WHERE kind = 'person'"), 1);
    });
}

#[test]
fn who_converts_second_reads_in_their_dialog_that_it_was_done() {
    on_both(|ground| {
        ground.anna();
        let server = ground.serve();
        let mut browser = Plain::signed_in(&server.url, "anna@example.it", PASSWORD);
        let lead = lead(&mut browser, "Officine Ferri S.r.l.", "Ferri").address;
        let asked = browser.open(&format!("{}/conversion", lead.split('?').next().unwrap()));
        browser.send(asked.form(".dialog form", "Converti"));
        let second = browser.send(asked.form(".dialog form", "Converti"));
        assert_eq!(second.status, 422);
        assert!(second.has(".dialog a[href*='/leads/']"), "{}", second.text("body"));
    });
}
