//! The REST API, on both databases.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;
mod router;

use axum::http::{Method, StatusCode};
use common::World;
use serde_json::json;

/// Each test once a database.
macro_rules! on_both_databases {
    ($($name:ident)+) => {
        mod sqlite { $(#[test] fn $name() { super::$name(&super::World::on_sqlite()) })+ }
        mod postgres { $(#[test] fn $name() { super::$name(&super::World::on_postgres()) })+ }
    };
}

on_both_databases! {
    a_record_is_created_found_changed_deleted_and_restored
    changes_to_different_fields_are_joined_and_the_same_field_is_a_conflict
    a_change_names_its_version
    what_is_unknown_is_refused_by_name
    values_that_do_not_hold_are_refused_at_their_place
    a_token_is_needed_and_a_cookie_is_none
    what_may_not_be_seen_is_not_there
    a_creation_sent_twice_is_made_once
    a_cursor_walks_the_whole_list_and_holds_for_its_question_only
    a_face_sets_what_makes_it_one_and_shows_nothing_else
    an_operation_is_undone_as_a_whole
    one_search_finds_by_word_phone_and_email
    many_are_changed_by_one_act
    what_is_merged_is_found_at_its_old_address
    the_documents_describe_every_address
    those_involved_are_sent_and_asked_for_with_their_role
    a_body_too_large_or_unreadable_is_refused
    a_record_is_commented_by_whoever_sees_it
}

fn a_record_is_commented_by_whoever_sees_it(world: &World) {
    let probe = world.probe(&world.bruno, json!({ "name": "Rossi" }));
    let comments = format!("{probe}/comments");
    let said = world.post(&world.bruno, &comments, json!({ "text": "Sentiti, @anna" }));
    assert_eq!(said.status, StatusCode::CREATED, "{}", said.body);
    let comment = format!("/comments/{}", said.text("/id"));
    let listed = world.get(&world.anna, &comments);
    assert_eq!(listed.text("/items/0/mentions/0/title"), "anna");
    world.get(&world.carla, &comments).is_problem(404);
    world.patch(&world.carla, &comment, json!({ "text": "x" })).is_problem(404);
    world.post(&world.bruno, &comments, json!({ "text": " " })).is_problem(422).at("/text");
    world.post(&world.bruno, &comments, json!({ "txt": "x" })).is_problem(422);
    assert_eq!(world.patch(&world.bruno, &comment, json!({ "text": "Sentiti" })).status, StatusCode::OK);
    let gone = world.delete(&world.bruno, &comment);
    assert_eq!(gone.status, StatusCode::NO_CONTENT);
    world.post(&world.bruno, &format!("/operations/{}/undo", gone.header("operation")), json!({}));
    assert_eq!(world.get(&world.anna, &comments).text("/items/0/text"), "Sentiti");
}

fn a_record_is_created_found_changed_deleted_and_restored(world: &World) {
    let fields = json!({ "name": "Fucina", "pieces": 12, "price": { "amount": "1234.50" }, "bought_on": "2026-12-31",
        "emails": [{ "value": "Info@Fucina.example", "kind": "work" }] });
    let made = world.post(&world.anna, "/probes", json!({ "fields": fields }));
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.body);
    let path = format!("/probes/{}", made.text("/id"));
    assert_eq!(made.header("location"), format!("/api/v1{path}"));
    assert_eq!(made.header("operation").len(), 36);
    assert_eq!(made.body["version"], 1);
    assert_eq!(made.body["fields"]["price"], json!({ "amount": "1234.50", "currency": "EUR" }));
    assert_eq!(made.body["fields"]["emails"][0]["value"], "info@fucina.example");
    assert_eq!(made.body["fields"]["in_charge"][0]["title"], "anna");

    let found = world.get(&world.anna, "/probes?name=FUCINA&columns=pieces&count=1");
    assert_eq!(found.body["items"][0]["fields"], json!({ "pieces": 12 }));
    assert_eq!(found.body["count"], json!({ "value": 1, "capped": false }));

    let changed = world.patch(&world.anna, &path, json!({ "version": 1, "fields": { "pieces": 13 } }));
    assert_eq!((changed.status, &changed.body["version"]), (StatusCode::OK, &json!(2)));
    assert_eq!(changed.header("etag"), "\"2\"");
    let history = world.get(&world.anna, &format!("{path}/history?limit=1"));
    assert_eq!(history.body["items"][0]["fields"], json!({ "pieces": { "from": 12, "to": 13 } }));
    assert_eq!(history.body["items"][0]["by"]["title"], "anna");
    let earlier = world.get(&world.anna, &format!("{path}/history?cursor={}", history.text("/next")));
    assert_eq!(earlier.body["items"][0]["verb"], "create");

    let deleted = world.delete(&world.anna, &path);
    assert_eq!(deleted.status, StatusCode::NO_CONTENT);
    assert_eq!(deleted.header("operation").len(), 36);
    assert!(world.get(&world.anna, "/probes").titles().is_empty());
    assert_eq!(world.get(&world.anna, "/probes?trash=1").titles(), ["Fucina"]);
    assert!(world.get(&world.anna, &path).body["deleted_at"].is_string());
    let restored = world.send(Method::POST, &world.anna, &format!("{path}/restoration"), &[], "");
    assert!(restored.body["deleted_at"].is_null(), "{}", restored.body);
    assert_eq!(world.get(&world.anna, "/probes").titles(), ["Fucina"]);
}

fn changes_to_different_fields_are_joined_and_the_same_field_is_a_conflict(world: &World) {
    let path = world.probe(&world.anna, json!({ "name": "Fucina", "pieces": 1 }));
    assert_eq!(
        world.patch(&world.anna, &path, json!({ "version": 1, "fields": { "pieces": 2 } })).status,
        StatusCode::OK
    );
    let joined = world.patch(&world.anna, &path, json!({ "version": 1, "fields": { "name": "Forgia" } }));
    assert_eq!((joined.status, &joined.body["fields"]["pieces"]), (StatusCode::OK, &json!(2)));
    let refused = world.patch(&world.anna, &path, json!({ "version": 1, "fields": { "pieces": 3 } }));
    refused.is_problem(409);
    assert_eq!(refused.body["conflicts"], json!([{ "field": "pieces", "base": 1, "yours": 3, "theirs": 2 }]));
    assert_eq!(refused.body["version"], 3);
}

fn a_change_names_its_version(world: &World) {
    let path = world.probe(&world.anna, json!({ "name": "Fucina" }));
    let body = json!({ "fields": { "pieces": 2 } });
    world.patch(&world.anna, &path, body.clone()).is_problem(428).at("/version");
    let with = |tag| world.send(Method::PATCH, &world.anna, &path, &[("if-match", tag)], &body.to_string());
    with("anything").is_problem(400);
    assert_eq!(with("\"1\"").status, StatusCode::OK);
    world.patch(&world.anna, &path, json!({ "version": 9, "fields": {} })).is_problem(422).at("/version");
    let delete = |tag| world.send(Method::DELETE, &world.anna, &path, &[("if-match", tag)], "");
    delete("\"1\"").is_problem(412);
    assert_eq!(delete("\"2\"").status, StatusCode::NO_CONTENT);
}

fn what_is_unknown_is_refused_by_name(world: &World) {
    let path = world.probe(&world.anna, json!({ "name": "Fucina" }));
    for (query, pointer) in [
        ("weight=3", "/weight"),
        ("weight[ge]=3", "/weight[ge]"),
        ("pieces[around]=3", "/pieces[around]"),
        ("columns=name,weight", "/columns"),
        ("sort=weight", "/sort"),
        ("limit=0", "/limit"),
        ("limit=201", "/limit"),
        ("q=a&q=b", "/q"),
        ("filter={", "/filter"),
        ("pieces=many", "/pieces"),
        ("name[within]=today", "/name"),
        ("colour=green", "/colour"),
    ] {
        let query = query.replace('{', "%7B").replace('[', "%5B").replace(']', "%5D");
        world.get(&world.anna, &format!("/probes?{query}")).is_problem(400).at(pointer);
    }
    world.get(&world.anna, "/probes?name=a%00b").is_problem(400);
    world.get(&world.anna, &format!("{path}?deep=1")).is_problem(400).at("/deep");
    world
        .post(&world.anna, "/probes", json!({ "fields": { "name": "A", "weight/x": 1 } }))
        .is_problem(400)
        .at("/fields/weight~1x");
    world.post(&world.anna, "/probes", json!({ "fields": { "name": "A" }, "colour": 1 })).is_problem(400).at("/colour");
    let nested = json!({ "fields": { "name": "A", "emails": [{ "value": "a@b.example", "colour": 1 }] } });
    world.post(&world.anna, "/probes", nested).is_problem(400).at("/fields/emails/0/colour");
    world.get(&world.anna, "/nothing").is_problem(404);
    world.get(&world.anna, "/probes/nothing").is_problem(404);
    world.get(&world.anna, "/a/b/c/d").is_problem(404);
    world.delete(&world.anna, "/probes").is_problem(405);
}

fn values_that_do_not_hold_are_refused_at_their_place(world: &World) {
    let wrong = json!({ "fields": { "pieces": "many", "price": { "amount": [] }, "bought_on": "31/12/2026" } });
    let refused = world.post(&world.anna, "/probes", wrong);
    refused.is_problem(422).at("/fields/pieces").at("/fields/price/amount").at("/fields/bought_on");
    world.post(&world.anna, "/probes", json!({ "fields": {} })).is_problem(422).at("/fields/name");
    let emails = json!({ "fields": { "name": "A", "emails": [{ "value": "a@b.example" }, { "value": "no" }] } });
    world.post(&world.anna, "/probes", emails).is_problem(422).at("/fields/emails/1/value");
    let id = "0190a5d4-0000-7000-8000-000000000001";
    assert_eq!(world.post(&world.anna, "/probes", json!({ "id": id, "fields": { "name": "A" } })).text("/id"), id);
    world.post(&world.anna, "/probes", json!({ "id": id, "fields": { "name": "A" } })).is_problem(422).at("/id");
    world
        .post(&world.anna, "/probes", json!({ "fields": { "name": "A", "part_of": id, "colour": "green" } }))
        .is_problem(422);
    let odd = world.post(
        &world.anna,
        "/probes",
        json!({ "fields": { "name": "B", "phones": [{ "value": "chiedere a Pino" }] } }),
    );
    assert_eq!(odd.body["warnings"][0]["pointer"], "/fields/phones/0/value", "{}", odd.body);
}

fn a_token_is_needed_and_a_cookie_is_none(world: &World) {
    let refused = world.get("", "/probes");
    refused.is_problem(401);
    assert_eq!(refused.header("www-authenticate"), "Bearer realm=\"bottega\"");
    assert!(world.get("wrong", "/probes").is_problem(401).header("www-authenticate").contains("invalid_token"));
    let cookie = format!("session={}", world.anna);
    world.send(Method::GET, "", "/probes", &[("cookie", &cookie)], "").is_problem(401);
    let english = world.send(Method::GET, "", "/probes", &[("accept-language", "en-GB,en;q=0.8")], "");
    assert!(english.text("/detail").starts_with("Send the header"));
}

fn what_may_not_be_seen_is_not_there(world: &World) {
    let path = world.probe(&world.bruno, json!({ "name": "Di Bruno" }));
    let body = json!({ "version": 1, "fields": { "pieces": 1 } });
    world.get(&world.carla, &path).is_problem(404);
    world.patch(&world.carla, &path, body.clone()).is_problem(404);
    world.delete(&world.carla, &path).is_problem(404);
    world.get(&world.carla, &format!("{path}/history")).is_problem(404);
    assert!(world.get(&world.carla, "/probes").titles().is_empty());
    assert_eq!(
        world.get(&world.carla, "/search?q=bruno").body["items"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|one| one["entity"] == "probe")
            .count(),
        0
    );
    assert_eq!(world.get(&world.dario, &path).status, StatusCode::OK);
    world.patch(&world.dario, &path, body).is_problem(403);
    world.delete(&world.dario, &path).is_problem(403);
    world.post(&world.dario, "/probes", json!({ "fields": { "name": "A" } })).is_problem(403);
    world.post(&world.bruno, "/teams", json!({ "fields": { "name": "A" } })).is_problem(403);

    let part =
        world.probe(&world.anna, json!({ "name": "Parte", "part_of": path.rsplit('/').next(), "open_to_all": true }));
    assert_eq!(world.get(&world.bruno, &part).body["fields"]["part_of"]["title"], "Di Bruno");
    assert_eq!(world.get(&world.carla, &part).body["fields"]["part_of"], json!({ "hidden": true }));
}

fn a_creation_sent_twice_is_made_once(world: &World) {
    let send = |token: &str, key: &str, name: &str| {
        let body = json!({ "fields": { "name": name } }).to_string();
        world.send(Method::POST, token, "/probes", &[("idempotency-key", key)], &body)
    };
    let (first, again) = (send(&world.anna, "k1", "Fucina"), send(&world.anna, "k1", "Fucina"));
    assert_eq!((first.status, again.status), (StatusCode::CREATED, StatusCode::CREATED));
    assert_eq!(first.body, again.body);
    assert_eq!(first.header("operation"), again.header("operation"));
    send(&world.anna, "k1", "Altra").is_problem(422);
    send(&world.anna, "k2", "").is_problem(422);
    assert_eq!(send(&world.anna, "k2", "Forgia").status, StatusCode::CREATED);
    assert_ne!(send(&world.bruno, "k1", "Fucina").text("/id"), first.text("/id"));
    send(&world.anna, &"k".repeat(201), "Fucina").is_problem(400);
    assert_eq!(world.get(&world.anna, "/probes?sort=name").titles(), ["Forgia", "Fucina", "Fucina"]);
}

fn a_cursor_walks_the_whole_list_and_holds_for_its_question_only(world: &World) {
    for (name, pieces) in [("Èrba", Some(2)), ("alba", Some(2)), ("Corda", None), ("Barca", Some(1)), ("Duna", Some(3))]
    {
        world.probe(&world.anna, json!({ "name": name, "pieces": pieces }));
    }
    let walk = |query: &str| {
        let (mut titles, mut cursor) = (Vec::new(), String::new());
        loop {
            let page = world.get(&world.anna, &format!("/probes?limit=2&{query}{cursor}"));
            assert_eq!(page.status, StatusCode::OK, "{}", page.body);
            titles.extend(page.titles().into_iter().map(str::to_owned));
            match page.body["next"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => return titles,
            }
        }
    };
    assert_eq!(walk("sort=name"), ["alba", "Barca", "Corda", "Duna", "Èrba"]);
    assert_eq!(walk("sort=-pieces,name"), ["Duna", "alba", "Èrba", "Barca", "Corda"]);
    assert_eq!(walk("pieces%5Bge%5D=2&sort=name"), ["alba", "Duna", "Èrba"]);
    let filter = "%7B%22any%22%3A%5B%7B%22field%22%3A%22name%22%2C%22value%22%3A%22erba%22%7D%2C%7B%22field%22%3A%22pieces%22%2C%22op%22%3A%22empty%22%7D%5D%7D";
    assert_eq!(walk(&format!("filter={filter}&sort=name")), ["Corda", "Èrba"]);

    let next = world.get(&world.anna, "/probes?limit=2&sort=name").text("/next").to_owned();
    for query in ["sort=-name", "sort=name&pieces=1", "sort=name&trash=1"] {
        world.get(&world.anna, &format!("/probes?limit=2&{query}&cursor={next}")).is_problem(400).at("/cursor");
    }
    world.get(&world.anna, "/probes?cursor=abc").is_problem(400).at("/cursor");
}

fn a_face_sets_what_makes_it_one_and_shows_nothing_else(world: &World) {
    let made = world.post(&world.anna, "/blues", json!({ "fields": { "name": "Mare" } }));
    assert_eq!(made.body["fields"]["colour"], "blue", "{}", made.body);
    let id = made.text("/id");
    assert_eq!(made.header("location"), format!("/api/v1/blues/{id}"));
    assert_eq!(world.get(&world.anna, &format!("/blues/{id}")).status, StatusCode::OK);
    assert_eq!(world.get(&world.anna, &format!("/probes/{id}")).status, StatusCode::OK);
    world.get(&world.anna, &format!("/reds/{id}")).is_problem(404);
    world.delete(&world.anna, &format!("/reds/{id}")).is_problem(404);
    assert!(world.get(&world.anna, "/reds").titles().is_empty());
    world
        .post(&world.anna, "/reds", json!({ "fields": { "name": "Mare", "colour": "blue" } }))
        .is_problem(422)
        .at("/fields/colour");
    let painted =
        world.patch(&world.anna, &format!("/blues/{id}"), json!({ "version": 1, "fields": { "colour": "red" } }));
    assert_eq!(painted.body["fields"]["colour"], "red", "{}", painted.body);
}

fn an_operation_is_undone_as_a_whole(world: &World) {
    let path = world.probe(&world.anna, json!({ "name": "Fucina", "pieces": 1 }));
    let changed = world.patch(&world.anna, &path, json!({ "version": 1, "fields": { "pieces": 2, "name": "Forgia" } }));
    let operation = format!("/operations/{}", changed.header("operation"));
    world.patch(&world.anna, &path, json!({ "version": 2, "fields": { "name": "Officina" } }));
    assert_eq!(world.get(&world.anna, &operation).body["by"]["title"], "anna");
    world.get(&world.bruno, &operation).is_problem(404);
    let undone = world.post(&world.anna, &format!("{operation}/undo"), json!({}));
    assert_eq!(undone.body["reverted"], 1, "{}", undone.body);
    assert_eq!(undone.body["kept"][0]["field"], "name");
    assert_eq!(undone.body["kept"][0]["record"], path.rsplit('/').next().unwrap());
    let now = world.get(&world.anna, &path);
    assert_eq!((&now.body["fields"]["pieces"], &now.body["title"]), (&json!(1), &json!("Officina")));
    assert_eq!(world.get(&world.anna, &operation).text("/undone_by"), undone.header("operation"));
    world.post(&world.anna, &format!("{operation}/undo"), json!({})).is_problem(422);
}

fn one_search_finds_by_word_phone_and_email(world: &World) {
    let fields = json!({ "name": "Officine Niccolò", "phones": [{ "value": "0574 123456" }], "emails": [{ "value": "info@niccolo.example" }] });
    world.probe(&world.anna, fields);
    world.probe(&world.anna, json!({ "name": "Altro" }));
    for words in ["niccolo", "nicc", "ccolo", "%2B39%200574%2F123456", "0574123456", "INFO%40niccolo.example"] {
        let found = world.get(&world.anna, &format!("/search?q={words}"));
        assert_eq!(found.titles(), ["Officine Niccolò"], "{words}: {}", found.body);
        assert_eq!(found.text("/items/0/path"), "probes");
    }
    world.get(&world.anna, "/search").is_problem(400).at("/q");
}

fn many_are_changed_by_one_act(world: &World) {
    let probes: Vec<String> =
        (0..3).map(|at| world.probe(&world.bruno, json!({ "name": format!("n{at}"), "pieces": at }))).collect();
    let ids: Vec<&str> = probes.iter().map(|path| path.strip_prefix("/probes/").unwrap()).collect();
    let act = json!({ "verb": "add", "field": "emails", "value": ["a@casa.example"] });
    let done = world.post(&world.bruno, "/probes/bulk", json!({ "act": act, "ids": ids }));
    assert_eq!((done.status, &done.body["changed"], &done.body["done"]), (StatusCode::OK, &json!(3), &json!(3)));
    let undone = world.post(&world.bruno, &format!("/operations/{}/undo", done.header("operation")), json!({}));
    assert_eq!(undone.body["reverted"], 3);
    let set = json!({ "verb": "set", "field": "pieces", "value": 9 });
    let filter = json!({ "field": "pieces", "op": "ge", "value": 1 });
    let done = world.post(&world.bruno, "/probes/bulk", json!({ "act": set, "filter": filter }));
    assert_eq!((&done.body["changed"], &done.body["refused"]), (&json!(2), &json!(0)), "{}", done.body);
    assert_eq!(world.get(&world.bruno, "/probes?pieces=9&count=1").body["count"]["value"], 2);
    world.post(&world.bruno, "/probes/bulk", json!({ "act": set })).is_problem(400).at("/ids");
    world.post(&world.bruno, "/probes/bulk", json!({ "act": { "verb": "burn" }, "filter": {} })).is_problem(400);
    let wrong = json!({ "verb": "set", "field": "pieces", "value": "many" });
    world.post(&world.bruno, "/probes/bulk", json!({ "act": wrong, "ids": ids })).is_problem(422).at("/fields/pieces");
    world.post(&world.dario, "/probes/bulk", json!({ "act": set, "filter": {} })).is_problem(403);
    world.get(&world.bruno, "/bulk/00000000-0000-0000-0000-000000000000").is_problem(404);
}

fn what_is_merged_is_found_at_its_old_address(world: &World) {
    let one = world.probe(&world.anna, json!({ "name": "Fucina" }));
    let other = world.probe(&world.anna, json!({ "name": "Fucina srl", "pieces": 3 }));
    let id = |path: &str| path.strip_prefix("/probes/").unwrap().to_owned();
    world.post(&world.anna, &format!("{one}/merge"), json!({ "others": ["x"] })).is_problem(400).at("/others");
    world.post(&world.anna, &format!("{one}/merge"), json!({ "others": [id(&one)] })).is_problem(422);
    let merged = world.post(&world.anna, &format!("{one}/merge"), json!({ "others": [id(&other)] }));
    assert_eq!((merged.status, &merged.body["fields"]["pieces"]), (StatusCode::OK, &json!(3)), "{}", merged.body);
    let found = world.get(&world.anna, &other);
    assert_eq!((found.status, found.header("location")), (StatusCode::TEMPORARY_REDIRECT, &*format!("/api/v1{one}")));
    world.delete(&world.anna, &other).is_problem(410);
    assert_eq!(world.get(&world.anna, &one).body["deleted_at"], json!(null));
    world.post(&world.anna, &format!("/operations/{}/undo", merged.header("operation")), json!({}));
    assert_eq!(world.get(&world.anna, &other).body["title"], "Fucina srl");
    let alike = world.get(&world.anna, "/probes/look-alikes?name=FUCINA");
    assert_eq!(alike.body["items"][0]["why"], "same_name", "{}", alike.body);
    world.get(&world.anna, "/probes/look-alikes?colour=red&nothing=1").is_problem(400).at("/nothing");
}

fn those_involved_are_sent_and_asked_for_with_their_role(world: &World) {
    let agent = |name: &str| {
        let made = world.post(&world.anna, "/agents", json!({ "fields": { "name": name } }));
        made.text("/id").to_owned()
    };
    let (one, two) = (agent("One"), agent("Two"));
    let involved = json!([{ "id": one, "role": "brings" }, two]);
    let made = world.post(&world.anna, "/probes", json!({ "fields": { "name": "Fucina", "involved": involved } }));
    let path = format!("/probes/{}", made.text("/id"));
    let told = json!([{ "id": one, "title": "One", "role": "brings" }, { "id": two, "title": "Two", "role": null }]);
    assert_eq!(made.body["fields"]["involved"], told);
    // What was answered can be sent.
    let again = world.patch(&world.anna, &path, json!({ "version": 1, "fields": { "involved": told } }));
    assert_eq!((again.status, &again.body["version"]), (StatusCode::OK, &json!(1)));
    let found = |asked: &str| {
        world.get(&world.anna, &format!("/probes?involved[has]={asked}&columns=")).body["items"]
            .as_array()
            .unwrap()
            .len()
    };
    assert_eq!((found(&one), found(&format!("{one}:brings")), found(&format!("{one}:follows"))), (1, 1, 0));
    assert_eq!((found(&format!("{two}:brings")), found(":brings"), found("me")), (0, 1, 0));
    for (sent, place) in [
        (json!([{ "id": one, "role": "pays" }]), "/fields/involved"),
        (json!([base::Id::new().to_string()]), "/fields/involved"),
    ] {
        let refused = world.patch(&world.anna, &path, json!({ "version": 1, "fields": { "involved": sent } }));
        refused.is_problem(422);
        assert_eq!(refused.text("/errors/0/pointer"), place);
    }
    for sent in [json!("One"), json!([{ "role": "brings" }]), json!([{ "id": one, "share": 5 }]), json!([7])] {
        let wrong = world.patch(&world.anna, &path, json!({ "version": 1, "fields": { "involved": sent } }));
        assert!(wrong.status.is_client_error(), "{}", wrong.body);
        assert!(wrong.text("/errors/0/pointer").starts_with("/fields/involved"), "{}", wrong.body);
    }
    let history = world.patch(&world.anna, &path, json!({ "version": 1, "fields": { "involved": [two] } }));
    assert_eq!(history.status, StatusCode::OK);
    let history = world.get(&world.anna, &format!("{path}/history?limit=1"));
    assert_eq!(history.body["items"][0]["fields"]["involved"]["from"][0]["role"], "brings");
}

fn the_documents_describe_every_address(world: &World) {
    let document = world.get("", "/api/openapi.json");
    assert_eq!(document.body["openapi"], "3.1.0");
    for path in ["/probes", "/blues/{id}", "/users", "/operations/{id}/undo"] {
        assert!(document.body["paths"][path].is_object(), "{path}");
    }
    assert_eq!(document.body["components"]["schemas"]["ProbeNew"]["properties"]["fields"]["required"], json!(["name"]));
    let mut references = Vec::new();
    referred(&document.body, &mut references);
    for reference in references {
        assert!(document.body.pointer(&reference[1..]).is_some(), "{reference} leads nowhere");
    }
    let page = world.get("", "/api");
    assert_eq!(page.status, StatusCode::OK);
    let page = page.body.as_str().unwrap();
    assert!(page.contains("id=\"probes\"") && !page.contains("<script"));
    let roles = world.get(&world.anna, "/lists/role");
    assert_eq!(roles.text("/items/0/key"), "admin");
    world.get(&world.anna, "/lists/nothing").is_problem(404);
}

fn referred(json: &serde_json::Value, found: &mut Vec<String>) {
    match json {
        serde_json::Value::Object(object) => object.iter().for_each(|(key, value)| match value.as_str() {
            Some(reference) if key == "$ref" => found.push(reference.to_owned()),
            _ => referred(value, found),
        }),
        serde_json::Value::Array(parts) => parts.iter().for_each(|part| referred(part, found)),
        _ => {}
    }
}

fn a_body_too_large_or_unreadable_is_refused(world: &World) {
    let post = |body: &str| world.send(Method::POST, &world.anna, "/probes", &[], body);
    post(&format!("{{\"fields\": {{\"name\": \"{}\"}}}}", "a".repeat(2 * 1024 * 1024))).is_problem(413);
    assert!(post("{\"fields\": {\"name\": }").is_problem(400).text("/detail").contains("line 1 column 21"));
    post("").is_problem(400);
    post("[]").is_problem(400);
    post("{\"fields\": []}").is_problem(400).at("/fields");
    post("{\"fields\": {\"name\": \"a\\u0000\"}}").is_problem(400);
    post(&"[".repeat(10_000)).is_problem(400);
}
