//! The settings as an administrator's browser sends them, without script, and what comes of them everywhere.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod router;

use axum::http::{Method, StatusCode};
use serde_json::{Value as Json, json};
use testkit::world::{Someone, World, on_both};

use crate::router::{Asked, Reply};

fn get(asked: &Asked, who: &Someone, path: &str) -> Reply {
    let cookie = format!("session={}", who.engine.open_session(who.rid(), "test").unwrap());
    asked.send(Method::GET, path, &[("cookie", &cookie)], "")
}

fn post(asked: &Asked, who: &Someone, path: &str, form: &str) -> Reply {
    let secret = who.engine.open_session(who.rid(), "test").unwrap();
    let cookie = format!("session={secret}");
    let headers = [("cookie", cookie.as_str()), ("content-type", "application/x-www-form-urlencoded")];
    asked.send(Method::POST, path, &headers, format!("csrf={}&{form}", engine::sign_in::csrf(&secret)))
}

#[track_caller]
fn led_to(reply: &Reply) -> String {
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.text());
    reply.headers["location"].to_str().unwrap().to_owned()
}

fn api(asked: &Asked, world: &World, path: &str) -> Json {
    let token = world.engine.create_token(world.admin.rid(), "test").unwrap();
    let reply = asked.send(Method::GET, path, &[("authorization", &format!("Bearer {token}"))], "");
    serde_json::from_slice(&reply.bytes).unwrap()
}

/// As the form sends a field of a kind that stands in the form and the list.
fn form(label: &str, kind: &str) -> String {
    format!("label.it={label}&kind={kind}&off_form=1&list_column=1&search=1&section=&index=")
}

#[test]
fn an_added_field_is_everywhere_a_declared_one_is() {
    on_both(|world| {
        let asked = Asked::new(&world.engine, false);
        let made = led_to(&post(&asked, &world.admin, "/settings/fields/probe/new", &form("Coperti", "number")));
        assert_eq!(made, "/settings/fields/probe#f-x_coperti");
        let page = get(&asked, &world.admin, "/settings/fields/probe").text();
        assert!(page.contains("Coperti") && page.contains("Campo aggiunto"));

        // A form without script, the page of the record, the list with its column and its filter.
        assert!(get(&asked, &world.admin, "/probes/new").text().contains("name=\"x_coperti\""));
        let record = led_to(&post(&asked, &world.admin, "/probes", "name=Trattoria&x_coperti=42"));
        assert!(get(&asked, &world.admin, &record).text().contains("Coperti"));
        let list = get(&asked, &world.admin, "/probes?x_coperti[ge]=40&sort=-x_coperti").text();
        assert!(list.contains("Trattoria") && list.contains(">Coperti<"), "{list}");
        assert!(!get(&asked, &world.admin, "/probes?x_coperti[ge]=50").text().contains("Trattoria"));
        assert!(get(&asked, &world.admin, "/probes/filter").text().contains("value=\"x_coperti\""));
        assert!(get(&asked, &world.admin, "/probes/columns").text().contains("value=\"x_coperti\""));

        // Bulk edit, export, history.
        let id = record.rsplit('/').next().unwrap();
        assert!(post(&asked, &world.admin, "/probes/bulk/values", &format!("id={id}")).text().contains("x_coperti"));
        let file = get(&asked, &world.admin, "/probes/export/csv?columns=name,x_coperti").text();
        assert!(file.contains("Coperti") && file.contains("42"), "{file}");
        post(&asked, &world.admin, &record, "name=Trattoria&x_coperti=43");
        assert!(get(&asked, &world.admin, &format!("{record}/history")).text().contains("Coperti"));

        // The API and what it says of itself.
        let answered = api(&asked, world, &format!("/api/v1{record}"));
        assert_eq!(answered["fields"]["x_coperti"], json!(43));
        let told = api(&asked, world, "/api/openapi.json");
        let schema = &told["components"]["schemas"]["ProbeSent"]["properties"]["x_coperti"];
        assert_eq!((&schema["title"], &schema["x-kind"]), (&json!("Coperti"), &json!("number")));
        let stranger = asked.send(Method::GET, "/api/openapi.json", &[], "").text();
        assert!(!stranger.contains("x_coperti"), "the fields of the house are not everybody's to know");
    });
}

#[test]
fn a_hidden_field_is_nowhere_and_says_where_it_was_used() {
    on_both(|world| {
        let asked = Asked::new(&world.engine, false);
        led_to(&post(&asked, &world.admin, "/settings/fields/probe/new", &form("Coperti", "number")));
        world.engine.save_view(&world.seller.actor, "probes", "Grandi", true, "x_coperti%5Bge%5D=100").unwrap();
        let record = led_to(&post(&asked, &world.admin, "/probes", "name=Trattoria&x_coperti=42"));
        let place = "/settings/fields/probe/x_coperti";
        assert!(get(&asked, &world.admin, place).text().contains("la vista «Grandi»"));
        led_to(&post(&asked, &world.admin, place, "label.it=Coperti&off_form=1&list_column=1&hidden=1"));
        for path in ["/probes/new", "/probes", &record, "/probes/filter", "/probes/columns"] {
            assert!(!get(&asked, &world.admin, path).text().contains("Coperti"), "{path}");
        }
        // The saved view still opens, and who was writing in the field loses nothing.
        assert_eq!(get(&asked, &world.seller, "/probes?x_coperti[ge]=100").status, StatusCode::OK);
        let saved = post(&asked, &world.admin, &record, "name=Trattoria&x_coperti=44");
        assert!(saved.headers["set-cookie"].to_str().unwrap().contains("nascosto"));
        led_to(&post(&asked, &world.admin, place, "label.it=Coperti&off_form=1"));
        assert!(get(&asked, &world.admin, &record).text().contains("44"));
    });
}

#[test]
fn only_administrators_find_the_settings() {
    on_both(|world| {
        let asked = Asked::new(&world.engine, false);
        for path in [
            "/settings",
            "/settings/fields/probe",
            "/settings/lists/probe_stage",
            "/settings/sections/probe/new",
            "/settings/mail",
            "/settings/jobs",
        ] {
            assert_eq!(get(&asked, &world.admin, path).status, StatusCode::OK, "{path}");
            assert_eq!(get(&asked, &world.seller, path).status, StatusCode::FORBIDDEN, "{path}");
        }
        let refused = post(&asked, &world.seller, "/settings/fields/probe/new", &form("Mio", "text"));
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
        let nowhere = "host=127.0.0.1&port=1&sender=a@b.example";
        for path in ["/settings/mail", "/settings/mail/test"] {
            assert_eq!(post(&asked, &world.seller, path, nowhere).status, StatusCode::FORBIDDEN, "{path}");
        }
        assert!(!get(&asked, &world.seller, "/").text().contains("/settings"));
    });
}

#[test]
fn what_is_wrong_is_told_at_its_input_and_what_was_typed_stays() {
    on_both(|world| {
        let asked = Asked::new(&world.engine, false);
        let refused = post(&asked, &world.admin, "/settings/fields/probe/new", &form("Name", "text"));
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            refused.text().contains("value=\"Name\"") && refused.text().contains("n-label.it"),
            "{}",
            refused.text()
        );
        // A condition is chosen in two steps where there is no script.
        let half = format!("{}&shown.field=mood", form("Perché", "text"));
        let half = post(&asked, &world.admin, "/settings/fields/probe/new", &half).text();
        assert!(half.contains("name=\"shown.values\"") && half.contains("Scegli almeno un valore"), "{half}");
        let whole = format!("{}&shown.field=mood&shown.values=odd", form("Perché", "text"));
        led_to(&post(&asked, &world.admin, "/settings/fields/probe/new", &whole));
    });
}

#[test]
fn the_values_of_a_list_are_ordered_renamed_coloured_and_retired() {
    on_both(|world| {
        let asked = Asked::new(&world.engine, false);
        world.seller.creates("probes", json!({"name": "x", "stage": "begun"}));
        let row = |at: usize, order: usize, key: &str, it: &str, class: &str, rest: &str| {
            format!(
                "items[{at}].order={order}&items[{at}].key={key}&items[{at}].it={it}&items[{at}].class={class}&{rest}&"
            )
        };
        let wanted = [
            row(0, 3, "fresh", "Nuova", "open", "items[0].colour=plum"),
            row(1, 1, "begun", "Iniziata", "open", "items[1].retired=1"),
            row(2, 2, "over", "Finita", "closed", ""),
            row(3, 4, "", "In attesa", "open", "items[3].colour=sky"),
        ];
        led_to(&post(&asked, &world.admin, "/settings/lists/probe_stage", &wanted.concat()));
        let list = api(&asked, world, "/api/v1/lists/probe_stage");
        let keys: Vec<&str> =
            list["items"].as_array().unwrap().iter().map(|item| item["key"].as_str().unwrap()).collect();
        assert_eq!(keys, ["begun", "over", "fresh", "in_attesa"]);
        assert!(get(&asked, &world.seller, "/probes").text().contains("Iniziata"), "a retired value stays readable");
        assert!(!get(&asked, &world.seller, "/probes/new").text().contains("Iniziata"), "and is offered no longer");
    });
}

#[test]
fn characteristics_are_asked_one_after_the_other_where_they_apply() {
    on_both(|world| {
        let asked = Asked::new(&world.engine, false);
        let section = "label.it=Ristorante&profile=1&when.field=mood&when.values=odd";
        led_to(&post(&asked, &world.admin, "/settings/sections/probe/new", section));
        for (label, kind) in [("Coperti", "number"), ("Dehors", "tick")] {
            let field = form(label, kind).replace("section=", "section=x_ristorante");
            led_to(&post(&asked, &world.admin, "/settings/fields/probe/new", &field));
        }
        let other = led_to(&post(&asked, &world.admin, "/probes", "name=Officina&mood=good"));
        assert!(!get(&asked, &world.admin, &other).text().contains("Ristorante"));
        assert_eq!(
            get(&asked, &world.admin, &format!("{other}/characteristics/x_ristorante")).status,
            StatusCode::NOT_FOUND
        );
        let record = led_to(&post(&asked, &world.admin, "/probes", "name=Trattoria&mood=odd"));
        let interview = format!("{record}/characteristics/x_ristorante");
        assert!(get(&asked, &world.admin, &record).text().contains(&interview));
        assert!(get(&asked, &world.admin, &interview).text().contains("Domanda 1 di 2"));
        let wrong = post(&asked, &world.admin, &format!("{interview}?question=1"), "x_coperti=tanti");
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.text().contains("value=\"tanti\""));
        let next = led_to(&post(&asked, &world.admin, &format!("{interview}?question=1"), "x_coperti=40"));
        assert_eq!(next, format!("{interview}?question=2"));
        let end = led_to(&post(&asked, &world.admin, &next, "x_dehors=&x_dehors=1"));
        assert_eq!(end, record);
        assert_eq!(get(&asked, &world.viewer, &interview).status, StatusCode::FORBIDDEN);
    });
}

#[test]
fn a_name_that_is_the_programs_own_stays_its_and_another_counts_in_its_language_only() {
    on_both(|world| {
        let asked = Asked::new(&world.engine, false);
        let place = "/settings/fields/probe/share";
        led_to(&post(&asked, &world.admin, place, "label.it=Share&label.en=Share&off_form=1"));
        assert!(world.engine.field_look("probe", "share").unwrap().labels.is_empty());
        led_to(&post(&asked, &world.admin, place, "label.it=Quota&label.en=Share&off_form=1&section=texts"));
        let look = world.engine.field_look("probe", "share").unwrap();
        assert_eq!(look.labels.into_iter().collect::<Vec<_>>(), [("it".to_owned(), "Quota".to_owned())]);
        let form = get(&asked, &world.seller, "/probes/new").text();
        assert!(form.find("Quota").unwrap() < form.find("Quantity").unwrap(), "it stands in the first section");
    });
}
