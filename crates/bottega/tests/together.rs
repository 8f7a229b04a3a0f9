//! What happens to records that hang together, and to one that two people change.
#![allow(clippy::unwrap_used)]

mod common;
#[path = "common/ground.rs"]
mod ground;
#[path = "common/plain.rs"]
mod plain;

use ground::on_both;
use plain::Plain;
use serde_json::{Value as Json, json};

#[test]
fn a_company_that_has_people_goes_and_comes_back_with_them() {
    on_both(|ground| {
        let token = ground.anna();
        let server = ground.serve();
        // Each on a connection of its own: the server closes one on which it left a body unread.
        let agent = ureq::Agent::config_builder().http_status_as_error(false).max_idle_connections(0);
        let agent: ureq::Agent = agent.build().into();
        let ask = |method: &str, path: &str, body: Json| -> (u16, Json) {
            let request = ureq::http::Request::builder().method(method).uri(format!("{}/api/v1{path}", server.url));
            let request = request.header("authorization", format!("Bearer {token}"));
            let answer = agent.run(request.body(body.to_string()).unwrap()).unwrap();
            let status = answer.status().as_u16();
            (status, serde_json::from_str(&answer.into_body().read_to_string().unwrap()).unwrap_or_default())
        };
        let make = |path: &str, fields: Json| {
            let (status, made) = ask("POST", path, json!({ "fields": fields }));
            assert_eq!(status, 201, "{made}");
            made["id"].as_str().unwrap().to_owned()
        };
        let company = make("/companies", json!({ "legal_name": "Fucina S.r.l." }));
        let daughter = make("/companies", json!({ "legal_name": "Forgia S.r.l.", "member_of": company }));
        let person = make("/people", json!({ "first_name": "Elisa", "last_name": "Pozzi" }));
        let works = make("/affiliations", json!({ "company": company, "person": person }));
        let site = make("/sites", json!({ "party": company, "name": "Magazzino" }));

        assert_eq!(ask("DELETE", &format!("/companies/{company}"), json!(null)).0, 204);
        let get = |path: String| ask("GET", &path, json!(null)).1;
        let link = json!({ "id": company, "title": "Fucina S.r.l." });
        let children = || {
            let works = get(format!("/affiliations/{works}"));
            let (site, daughter) = (get(format!("/sites/{site}")), get(format!("/companies/{daughter}")));
            [&works["fields"]["company"], &site["fields"]["party"], &daughter["fields"]["member_of"]].map(Json::clone)
        };
        assert_eq!(children(), [link.clone(), link.clone(), link.clone()], "what leads to it still says where to");
        assert_eq!(get(format!("/people/{person}"))["deleted_at"], Json::Null, "the people stay");
        assert!(get(format!("/companies/{company}"))["deleted_at"].is_string());

        let (status, refused) =
            ask("POST", "/affiliations", json!({ "fields": { "company": company, "person": person } }));
        assert_eq!((status, &refused["errors"][0]["pointer"]), (422, &json!("/fields/company")), "{refused}");
        let change = json!({ "version": 1, "fields": { "trade_name": "Fucina" } });
        let (status, refused) = ask("PATCH", &format!("/companies/{company}"), change);
        assert_eq!(status, 422);
        assert_eq!(refused["detail"], "La scheda è nel cestino: prima ripristinala.");
        let change = json!({ "version": 1, "fields": { "department": "Officina" } });
        assert_eq!(ask("PATCH", &format!("/affiliations/{works}"), change).0, 200, "what hangs on it can be changed");

        let mut browser = Plain::signed_in(&server.url, "anna@example.it", ground::PASSWORD);
        assert!(browser.open(&format!("/companies/{company}")).says("Questa scheda è nel cestino"));
        let elisa = browser.open(&format!("/people/{person}"));
        assert!(elisa.says("Fucina"), "{}", elisa.text("main"));

        assert_eq!(ask("POST", &format!("/companies/{company}/restoration"), json!(null)).0, 200);
        assert_eq!(children(), [link.clone(), link.clone(), link]);
        assert_eq!(get(format!("/affiliations/{works}"))["fields"]["department"], "Officina");
        drop(server);
        ground.is_well();
    });
}

#[test]
fn two_who_save_the_same_record_are_merged_or_shown_both_values() {
    on_both(|ground| {
        ground.anna();
        let server = ground.serve();
        let mut browser = Plain::signed_in(&server.url, "anna@example.it", ground::PASSWORD);
        let form = browser.open("/people/new").form("#record-form", "Salva");
        let made = browser.send(form.set("first_name", "Elisa").set("last_name", "Pozzi"));
        assert_eq!(made.status, 200, "{}", made.text("main"));
        let edit = made.link("Modifica");
        // Two have the same form open.
        let (one, other) = (browser.open(&edit), browser.open(&edit));
        let third = browser.open(&edit);
        browser.send(one.form("#record-form", "Salva").set("job", "Titolare"));
        let merged = browser.send(other.form("#record-form", "Salva").set("last_name", "Pozzini"));
        assert!(merged.says("Titolare") && merged.says("Pozzini"), "{}", merged.text("main"));
        let conflict = browser.send(third.form("#record-form", "Salva").set("job", "Magazziniera"));
        assert_eq!(conflict.status, 409, "{}", conflict.text("body"));
        assert!(conflict.says("Titolare") && conflict.says("Magazziniera"), "{}", conflict.text("body"));
        assert!(conflict.says("Scegli quale valore resta"), "{}", conflict.text("body"));
        assert_eq!(ground.asks("SELECT job FROM party"), ["Titolare"], "nothing was written");
        assert_eq!(ground.asks("SELECT version FROM party"), ["3"]);
    });
}
