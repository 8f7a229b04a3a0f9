//! The program is killed at named places and at any moment: what was acknowledged is there, the rest is not, an import goes on.
#![allow(clippy::unwrap_used)]
#![cfg(debug_assertions)]

mod common;
#[path = "common/ground.rs"]
mod ground;

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use common::done;
use ground::{Ground, on_both};
use serde_json::{Value as Json, json};

/// Rows of the file, of which every ninth is refused.
const ROWS: usize = 400;
const REFUSED: usize = ROWS.div_ceil(9);

fn registry(ground: &Ground) -> String {
    let row = |at: usize| match at % 9 {
        0 => format!("Ditta {at};too;many;cells;for;the;row\r\n"),
        _ => format!("Ditta {at};{};Milano\r\n", 1000 + at),
    };
    ground.file("ditte.csv", format!("Ragione sociale;Cod.;Città\r\n{}", (0..ROWS).map(row).collect::<String>()))
}

/// All came in, once; what was refused can be brought again; the operation is whole.
#[track_caller]
fn came_in_whole(ground: &Ground, at: &str) {
    let made = ROWS - REFUSED;
    for table in ["party", "record", "change"] {
        assert_eq!(ground.counts(&format!("SELECT count(*) FROM {table}")), made, "{at}: {table}");
    }
    assert_eq!(ground.counts("SELECT count(DISTINCT name) FROM party"), made, "{at}");
    assert_eq!(ground.counts("SELECT count(*) FROM operation WHERE verb = 'import'"), 1, "{at}");
    assert_eq!(ground.counts("SELECT records FROM operation WHERE verb = 'import'"), made, "{at}");
    let progress: Json = serde_json::from_str(&ground.asks("SELECT progress FROM job").pop().unwrap()).unwrap();
    let report = &progress["report"];
    assert_eq!((&report["read"], &report["created"]), (&json!(ROWS), &json!(made)), "{at}");
    assert_eq!(report["refused"], json!(REFUSED), "{at}");
    let file = std::fs::read_to_string(report["refused_file"].as_str().unwrap()).unwrap();
    assert_eq!(file.lines().count(), REFUSED + 1, "{at}: a head and each refused row once");
}

#[test]
fn an_import_from_the_keyboard_that_is_killed_goes_on_with_the_next_server() {
    let places = ["claimed", "written:3", "refused:3", "committed:1", "committed:2", "walked", "finished"];
    let places = places.map(|place| format!("import.{place}"));
    for at in places.iter().map(String::as_str).chain(["save.rows:2"]) {
        on_both(|ground| {
            let file = registry(ground);
            ground.killed_at(at, &["import", "companies", &file]);
            ground.is_well();
            ground.leases_end();
            let server = ground.serve();
            assert_eq!(ground.jobs_end(), ["done"], "{at}");
            came_in_whole(ground, at);
            drop(server);
            ground.is_well();
        });
    }
}

#[test]
fn an_import_that_is_killed_before_it_is_noted_leaves_nothing_and_is_begun_anew() {
    on_both(|ground| {
        let file = registry(ground);
        ground.killed_at("import.kept", &["import", "companies", &file]);
        assert_eq!(ground.counts("SELECT count(*) FROM job"), 0);
        ground.is_well();
        done(&ground.place(), &["import", "companies", &file]);
        came_in_whole(ground, "begun anew");
    });
}

#[test]
fn an_import_that_the_server_carries_out_goes_on_when_it_is_started_again() {
    for at in ["job.found", "job.taken", "import.refused:2"] {
        on_both(|ground| {
            let file = registry(ground);
            ground.killed_at("import.claimed", &["import", "companies", &file]);
            ground.leases_end();
            ground.serve_until(at).killed_where_it_halts();
            ground.is_well();
            ground.leases_end();
            let server = ground.serve();
            assert_eq!(ground.jobs_end(), ["done"], "{at}");
            drop(server);
            came_in_whole(ground, at);
            ground.is_well();
        });
    }
}

#[test]
fn an_act_on_many_that_is_killed_within_a_transaction_goes_on_and_is_undone_as_one() {
    an_act_on_many_goes_on("bulk.written:3");
}

#[test]
fn an_act_on_many_that_is_killed_while_it_writes_goes_on_and_is_undone_as_one() {
    an_act_on_many_goes_on("save.rows:4");
}

#[test]
fn an_act_on_many_that_is_killed_between_transactions_goes_on_and_is_undone_as_one() {
    an_act_on_many_goes_on("bulk.committed:2");
}

fn an_act_on_many_goes_on(at: &str) {
    const MANY: usize = 1200;
    on_both(|ground| {
        let rows = (0..MANY).map(|at| format!("Ditta {at};{}\r\n", 1000 + at)).collect::<String>();
        let file = ground.file("ditte.csv", format!("Ragione sociale;Cod.\r\n{rows}"));
        done(&ground.place(), &["import", "companies", &file]);
        let token = ground.anna();
        let server = ground.serve_until(at);
        let act = json!({ "act": { "verb": "set", "field": "trade_name", "value": "Insegna" }, "filter": {} });
        let (status, begun) = Client::new(&server.url, &token).asks("/companies/bulk", &act).unwrap();
        assert_eq!((status, &begun["job"]["records"]), (202, &json!(MANY)), "{begun}");
        server.killed_where_it_halts();
        ground.is_well();
        ground.leases_end();
        let named = "SELECT count(*) FROM party WHERE trade_name = 'Insegna'";
        let server = ground.serve();
        assert_eq!(ground.jobs_end(), ["done", "done"], "{at}");
        assert_eq!(ground.counts(named), MANY, "{at}");
        assert_eq!(ground.counts("SELECT records FROM operation WHERE verb = 'change'"), MANY, "{at}");
        let client = Client::new(&server.url, &token);
        let told = client.get(&format!("/bulk/{}", begun["job"]["id"].as_str().unwrap()));
        assert_eq!((&told["done"], &told["changed"]), (&json!(MANY), &json!(MANY)), "{at}: {told}");
        let undo = format!("/operations/{}/undo", told["operation"].as_str().unwrap());
        drop(server);
        // Taking it back is killed as well, and gone on with.
        let server = ground.serve_until("undo.committed:3");
        let (late, address) = (Client::new(&server.url, &token), undo.clone());
        let waiting = std::thread::spawn(move || late.asks(&address, &json!({})));
        server.killed_where_it_halts();
        assert_eq!(waiting.join().unwrap(), None, "{at}");
        let left = ground.counts(named);
        assert!((1..MANY).contains(&left), "{at}: {left}");
        let server = ground.serve();
        let client = Client::new(&server.url, &token);
        let (status, undone) = client.asks(&undo, &json!({})).unwrap();
        assert_eq!((status, &undone["reverted"], &undone["kept"]), (200, &json!(left), &json!([])), "{at}");
        assert_eq!(ground.counts(named), 0, "{at}");
        assert_eq!(client.asks(&undo, &json!({})).unwrap().0, 422, "{at}: it is undone now");
        drop(server);
        ground.is_well();
    });
}

/// A program that uses the API, and knows no answer as `None`.
#[derive(Clone)]
struct Client {
    agent: ureq::Agent,
    url: String,
    token: String,
}

impl Client {
    fn new(url: &str, token: &str) -> Client {
        let agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
        Client { agent, url: format!("{url}/api/v1"), token: format!("Bearer {token}") }
    }

    fn get(&self, path: &str) -> Json {
        let request = self.agent.get(format!("{}{path}", self.url)).header("authorization", &self.token);
        serde_json::from_str(&request.call().unwrap().into_body().read_to_string().unwrap()).unwrap()
    }

    fn post(&self, key: &str, body: &Json) -> Option<(u16, Json)> {
        let request = self.agent.post(format!("{}/companies", self.url)).header("authorization", &self.token);
        answered(request.header("idempotency-key", key).send(body.to_string()))
    }

    fn asks(&self, path: &str, body: &Json) -> Option<(u16, Json)> {
        let request = self.agent.post(format!("{}{path}", self.url)).header("authorization", &self.token);
        answered(request.send(body.to_string()))
    }

    fn patch(&self, id: &str, body: &Json) -> Option<(u16, Json)> {
        let request = self.agent.patch(format!("{}/companies/{id}", self.url)).header("authorization", &self.token);
        answered(request.send(body.to_string()))
    }
}

fn answered(sent: Result<ureq::http::Response<ureq::Body>, ureq::Error>) -> Option<(u16, Json)> {
    let answer = sent.ok()?;
    let status = answer.status().as_u16();
    // Cut off within the body, it was not acknowledged.
    Some((status, serde_json::from_str(&answer.into_body().read_to_string().ok()?).ok()?))
}

#[test]
fn a_save_that_is_killed_is_there_whole_or_not_at_all_and_sent_again_it_is_made_once() {
    for (at, is_there) in [("save.rows:3", 0), ("save.written:3", 0), ("save.committed:3", 1)] {
        on_both(|ground| {
            let token = ground.anna();
            let server = ground.serve_until(at);
            let client = Client::new(&server.url, &token);
            let named = |name: &str| json!({ "fields": { "legal_name": name, "phones": [{ "value": "02 123456" }] } });
            for name in ["Prima", "Seconda"] {
                let (status, made) = client.post(name, &named(name)).unwrap();
                assert_eq!(status, 201, "{made}");
            }
            let late = client.clone();
            let waiting = std::thread::spawn(move || late.post("Terza", &named("Terza")));
            server.killed_where_it_halts();
            assert_eq!(waiting.join().unwrap(), None, "{at}: it was never acknowledged");
            ground.is_well();
            let third = |table: &str| ground.counts(&format!("SELECT count(*) FROM {table} = 'Terza'"));
            assert_eq!((third("party WHERE name"), third("record WHERE title")), (is_there, is_there), "{at}");
            assert_eq!(ground.counts("SELECT count(*) FROM lookup WHERE kind = 'phone'"), 2 + is_there, "{at}");

            let server = ground.serve();
            let client = Client::new(&server.url, &token);
            assert_eq!(client.post("Terza", &named("Terza")).unwrap().0, 201, "{at}");
            let found = client.get("/companies?sort=name");
            let titles: Vec<&Json> = found["items"].as_array().unwrap().iter().map(|item| &item["title"]).collect();
            assert_eq!(titles, ["Prima", "Seconda", "Terza"], "{at}");
            drop(server);
            ground.is_well();
        });
    }
}

/// What a client was told of a company: its version, and the note that it then had.
type Told = Arc<Mutex<HashMap<String, (i64, String)>>>;

/// Makes companies and changes their notes until nobody answers.
fn keep_saving(client: &Client, name: &str, told: &Told, acknowledged: &AtomicUsize) {
    for turn in 0.. {
        let note = |change: i64| format!("{name} {turn} {change}");
        let fields = json!({ "fields": { "legal_name": note(1), "description": note(1) } });
        let Some((status, made)) = client.post(&note(1), &fields) else { return };
        assert_eq!(status, 201, "{made}");
        let id = made["id"].as_str().unwrap().to_owned();
        for version in 1..=3 {
            told.lock().unwrap().insert(id.clone(), (version, format!("{name} {turn} ")));
            acknowledged.fetch_add(1, Ordering::Relaxed);
            let body = json!({ "version": version, "fields": { "description": note(version + 1) } });
            let Some((status, changed)) = client.patch(&id, &body) else { return };
            assert_eq!(status, 200, "{changed}");
        }
        told.lock().unwrap().insert(id, (4, format!("{name} {turn} ")));
    }
}

#[test]
fn every_acknowledged_save_outlives_a_kill_at_any_moment() {
    on_both(|ground| {
        let token = ground.anna();
        let told = Told::default();
        for round in 0..3 {
            // Counted in saves, so that a slow machine is killed as deep in its work as a fast one.
            let moment = 20 + usize::from(base::Id::new().0.as_bytes()[15]) % 60;
            let acknowledged = Arc::new(AtomicUsize::new(0));
            let server = ground.serve();
            let client = Client::new(&server.url, &token);
            let clients: Vec<_> = (0..4)
                .map(|number| {
                    let (client, told, acknowledged) = (client.clone(), told.clone(), acknowledged.clone());
                    std::thread::spawn(move || {
                        keep_saving(&client, &format!("Ditta {round}-{number}"), &told, &acknowledged);
                    })
                })
                .collect();
            while acknowledged.load(Ordering::Relaxed) < moment {
                assert!(!clients.iter().all(|client| client.is_finished()), "the server refuses saves");
                std::thread::yield_now();
            }
            server.kill();
            clients.into_iter().for_each(|client| client.join().unwrap());
            ground.is_well();
        }
        let server = ground.serve();
        let client = Client::new(&server.url, &token);
        let told = told.lock().unwrap();
        for (id, (version, note)) in told.iter() {
            let company = client.get(&format!("/companies/{id}"));
            // One more may have been under way.
            let stands = company["version"].as_i64().unwrap_or_else(|| panic!("{id} is lost: {company}"));
            assert!((*version..=version + 1).contains(&stands), "{id}: {version} was told, {stands} stands");
            assert_eq!(company["fields"]["description"], format!("{note}{stands}"));
        }
        let all = ground.counts("SELECT count(*) FROM party");
        assert!((told.len()..=told.len() + 12).contains(&all), "{all} for {} told", told.len());
    });
}
