//! Several programs on one PostgreSQL, behind what does the part of a reverse proxy: any of them answers anything, one may be killed or
//! replaced, and nobody notices.
#![allow(clippy::unwrap_used)]

#[path = "common/balancer.rs"]
mod balancer;
mod common;
#[path = "common/ground.rs"]
mod ground;
#[path = "common/plain.rs"]
mod plain;

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::process::Command;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{sleep, spawn};
use std::time::Duration;

use balancer::Balancer;
use common::{Running, bottega, done, run, until};
use ground::{Ground, PASSWORD};
use plain::Plain;
use serde_json::{Value as Json, json};

/// A node with a folder for passing things of its own, as on a machine of its own.
fn node(ground: &Ground, failpoint: Option<&str>) -> Running {
    Running::of(of_its_own(ground, failpoint))
}

fn of_its_own(ground: &Ground, failpoint: Option<&str>) -> Command {
    static MADE: AtomicUsize = AtomicUsize::new(0);
    let folder = ground.file(&format!("node-{}", MADE.fetch_add(1, Ordering::Relaxed)), "");
    std::fs::remove_file(&folder).unwrap();
    std::fs::create_dir(&folder).unwrap();
    let mut command = bottega(&ground.place());
    command.args(["serve", "--listen", "127.0.0.1:0"]).env("TMPDIR", folder);
    if let Some(failpoint) = failpoint {
        command.env("BOTTEGA_FAILPOINT", failpoint);
    }
    command
}

/// Tells a node to end as the system does, and waits until it has.
fn ends_by_itself(mut node: Running) {
    let told = Command::new("kill").args(["-TERM", &node.child.id().to_string()]).status().unwrap();
    assert!(told.success());
    let ended = node.child.wait().unwrap();
    let said = node.told("");
    assert!(ended.success(), "{ended}: {said}");
}

/// A program that uses the API, each time on a connection of its own; it knows no answer as `None`.
#[derive(Clone)]
struct Client {
    agent: ureq::Agent,
    url: String,
    token: String,
}

impl Client {
    fn new(url: &str, token: &str) -> Client {
        let config = ureq::Agent::config_builder().http_status_as_error(false).max_idle_connections(0);
        let agent = config.timeout_global(Some(Duration::from_secs(60))).build().into();
        Client { agent, url: format!("{url}/api/v1"), token: format!("Bearer {token}") }
    }

    fn asks(&self, method: &str, path: &str, key: &str, body: &Json) -> Option<(u16, Json)> {
        let request = ureq::http::Request::builder().method(method).uri(format!("{}{path}", self.url));
        let request = request.header("authorization", &self.token);
        let request = if key.is_empty() { request } else { request.header("idempotency-key", key) };
        let body = if method == "GET" { String::new() } else { body.to_string() };
        let answer = self.agent.run(request.body(body).unwrap()).ok()?;
        let status = answer.status().as_u16();
        Some((status, serde_json::from_str(&answer.into_body().read_to_string().ok()?).unwrap_or_default()))
    }

    #[track_caller]
    fn get(&self, path: &str) -> Json {
        let (status, answer) = self.asks("GET", path, "", &json!(null)).unwrap();
        assert_eq!(status, 200, "{path}: {answer}");
        answer
    }

    #[track_caller]
    fn makes(&self, path: &str, fields: Json) -> Json {
        let (status, made) = self.asks("POST", path, "", &json!({ "fields": fields })).unwrap();
        assert_eq!(status, 201, "{made}");
        made
    }

    /// Sends the same until it is answered, as programs do, and a person whose proxy was just told of a dead node.
    fn insists(&self, method: &str, path: &str, key: &str, body: &Json) -> (u16, Json) {
        for _ in 0..100 {
            match self.asks(method, path, key, body) {
                Some(answer) if answer.0 < 500 => return answer,
                _ => sleep(Duration::from_millis(50)),
            }
        }
        panic!("nobody answers {method} {path}");
    }
}

#[test]
fn a_rolling_restart_shows_nobody_an_error() {
    let ground = Ground::postgres();
    let token = ground.anna();
    let (first, second) = (node(&ground, None), node(&ground, None));
    let balancer = Balancer::before(&[&first, &second]);
    let (stop, saved) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
    let programs: Vec<_> = (0..3)
        .map(|number| {
            let (client, stop, saved) = (Client::new(&balancer.url, &token), stop.clone(), saved.clone());
            spawn(move || {
                for turn in 0.. {
                    let name = format!("Ditta {number}-{turn}");
                    let made = client.makes("/companies", json!({ "legal_name": name }));
                    let place = format!("/companies/{}", made["id"].as_str().unwrap());
                    let change = json!({ "version": 1, "fields": { "description": name } });
                    let (status, changed) = client.asks("PATCH", &place, "", &change).unwrap();
                    assert_eq!(status, 200, "{changed}");
                    assert_eq!(client.get(&place)["fields"]["description"], json!(name), "whichever node is asked");
                    saved.fetch_add(1, Ordering::Relaxed);
                    if stop.load(Ordering::Relaxed) {
                        return turn + 1;
                    }
                }
                0
            })
        })
        .collect();
    let person = {
        let (mut anna, stop) = (Plain::signed_in(&balancer.url, "anna@example.it", PASSWORD), stop.clone());
        spawn(move || {
            for turn in 0.. {
                let name = format!("Officina {turn}");
                let form = anna.open("/companies/new").form("#record-form", "Salva");
                let page = anna.send(form.set("legal_name", &name));
                assert!(page.status == 200 && page.says(&name), "{}", page.text("body"));
                assert_eq!(anna.open("/companies").status, 200);
                if stop.load(Ordering::Relaxed) {
                    return turn + 1;
                }
            }
            0
        })
    };
    let goes_on = || {
        let before = saved.load(Ordering::Relaxed);
        until("more is saved", || {
            assert!(
                !programs.iter().any(|program| program.is_finished()) && !person.is_finished(),
                "somebody saw an error"
            );
            saved.load(Ordering::Relaxed) > before + 5
        });
    };
    goes_on();
    ends_by_itself(first);
    goes_on();
    let first = node(&ground, None);
    balancer.instead(0, &first);
    goes_on();
    ends_by_itself(second);
    let second = node(&ground, None);
    balancer.instead(1, &second);
    goes_on();
    stop.store(true, Ordering::Relaxed);
    let mut made: usize = programs.into_iter().map(|program| program.join().unwrap()).sum();
    made += person.join().unwrap();
    assert_eq!(ground.counts("SELECT count(*) FROM party"), made, "each once");
    ground.is_well();
}

#[test]
fn a_node_that_is_killed_under_load_loses_no_change_and_no_job() {
    const MANY: usize = 900;
    let ground = Ground::postgres();
    let rows = (0..MANY).map(|at| format!("Ditta {at};{}\r\n", 1000 + at)).collect::<String>();
    let file = ground.file("ditte.csv", format!("Ragione sociale;Cod.\r\n{rows}"));
    done(&ground.place(), &["import", "companies", &file]);
    let token = ground.anna();
    let mut doomed = node(&ground, Some("bulk.committed:2"));
    // The job halts half-way on the node that will be killed.
    let act = json!({ "act": { "verb": "set", "field": "trade_name", "value": "Insegna" }, "filter": {} });
    let (status, begun) = Client::new(&doomed.url, &token).asks("POST", "/companies/bulk", "", &act).unwrap();
    assert_eq!(status, 202, "{begun}");
    assert!(!doomed.told("halted at").is_empty());
    let other = node(&ground, None);
    let balancer = Balancer::before(&[&doomed, &other]);
    let stop = Arc::new(AtomicBool::new(false));
    let told = Arc::new(Mutex::new(BTreeMap::<String, String>::new()));
    let programs: Vec<_> = (0..4)
        .map(|number| {
            let (client, stop, told) = (Client::new(&balancer.url, &token), stop.clone(), told.clone());
            spawn(move || {
                for turn in 0.. {
                    let name = format!("Nuova {number}-{turn}");
                    let body = json!({ "fields": { "legal_name": name } });
                    let (status, made) = client.insists("POST", "/companies", &name, &body);
                    assert_eq!(status, 201, "{made}");
                    let id = made["id"].as_str().unwrap().to_owned();
                    let change = json!({ "version": 1, "fields": { "description": name } });
                    let (status, changed) = client.insists("PATCH", &format!("/companies/{id}"), "", &change);
                    assert_eq!(status, 200, "{changed}");
                    told.lock().unwrap().insert(id, name);
                    if stop.load(Ordering::Relaxed) {
                        return;
                    }
                }
            })
        })
        .collect();
    let more_than = |count: usize| until("more is saved", || told.lock().unwrap().len() > count);
    more_than(15);
    doomed.kill();
    ground.leases_end();
    let killed_at = told.lock().unwrap().len();
    more_than(killed_at + 15);
    assert_eq!(ground.jobs_end(), ["done", "done"]);
    stop.store(true, Ordering::Relaxed);
    programs.into_iter().for_each(|program| program.join().unwrap());

    let told = told.lock().unwrap();
    assert_eq!(ground.counts("SELECT count(*) FROM party WHERE trade_name = 'Insegna'"), MANY);
    assert_eq!(ground.counts("SELECT records FROM operation WHERE verb = 'change' AND records > 1"), MANY, "once");
    assert_eq!(ground.counts("SELECT count(*) FROM party"), MANY + told.len(), "what was sent again was made once");
    let client = Client::new(&balancer.url, &token);
    for (id, name) in told.iter() {
        assert_eq!(client.get(&format!("/companies/{id}"))["fields"]["description"], json!(name));
    }
    drop(other);
    ground.is_well();
}

#[test]
fn an_import_whose_node_is_gone_goes_on_at_another_and_its_refused_rows_are_at_all() {
    const ROWS: usize = 400;
    let ground = Ground::postgres();
    let row = |at: usize| match at % 9 {
        0 => format!("Ditta {at};too;many;cells;for;the;row\r\n"),
        _ => format!("Ditta {at};{};Milano\r\n", 1000 + at),
    };
    let rows = (0..ROWS).map(row).collect::<String>();
    let file = ground.file("ditte.csv", format!("Ragione sociale;Cod.;Città\r\n{rows}"));
    ground.killed_at("import.committed:2", &["import", "companies", &file]);
    ground.anna();
    ground.leases_end();
    // Neither has anything of the folder where it began.
    let (here, there) = (node(&ground, None), node(&ground, None));
    assert_eq!(ground.jobs_end(), ["done"]);
    let import = ground.asks("SELECT encode(id, 'hex') FROM job").pop().unwrap();
    for node in [&here, &there] {
        let file = Plain::signed_in(&node.url, "anna@example.it", PASSWORD).open(&format!("/imports/{import}/refused"));
        assert!(file.kind.starts_with("text/csv"), "{}", file.status);
        let text = String::from_utf8_lossy(&file.body).into_owned();
        assert_eq!(text.lines().count(), ROWS.div_ceil(9) + 1, "a head and each refused row once");
        assert!(text.lines().skip(1).all(|line| line.starts_with("Ditta ")), "{text}");
    }
}

/// What an open page hears, line by line.
fn heard(lines: &mut impl BufRead, wanted: &str) {
    let mut line = String::new();
    while !line.contains(wanted) {
        line.clear();
        assert_ne!(lines.read_line(&mut line).unwrap(), 0, "the line ended before {wanted}");
    }
}

#[test]
fn what_is_done_on_one_node_holds_on_the_other_at_once() {
    let ground = Ground::postgres();
    let token = ground.anna();
    let words = ["user", "create", "marta@example.it", "--role", "seller", "--name", "Marta", "--password", PASSWORD];
    done(&ground.place(), &words);
    let (here, there) = (node(&ground, None), node(&ground, None));
    let mut anna = Plain::signed_in(&here.url, "anna@example.it", PASSWORD);
    let mut marta = Plain::signed_in(&there.url, "marta@example.it", PASSWORD);
    let (one, other) = (Client::new(&here.url, &token), Client::new(&there.url, &token));

    // The bell rings wherever somebody listens, and the board knows that it is behind.
    let mut line = BufReader::new(marta.hears("/notifications/live"));
    heard(&mut line, "\"count\":0");
    let latest = marta.open("/companies/changes").body;
    let found = one.get("/users?email=marta@example.it");
    let company = json!({ "legal_name": "Zincheria Prova", "in_charge": [{ "id": found["items"][0]["id"] }] });
    one.makes("/companies", company);
    heard(&mut line, "\"count\":1");
    assert_ne!(marta.open("/companies/changes").body, latest);
    assert!(marta.open("/companies").says("Zincheria Prova"));

    // Fields, roles and lists.
    let form = anna.open("/settings/fields/party/new").form("form[action$=new]", "Salva");
    let page = anna.send(form.set("label.it", "Coperti").set("kind", "number"));
    assert_eq!(page.status, 200, "{}", page.text("body"));
    assert!(marta.open("/companies/new").has("[name=x_coperti]"), "the next page knows the field");
    let made = other.makes("/companies", json!({ "legal_name": "Trattoria", "x_coperti": 42 }));
    assert_eq!(made["fields"]["x_coperti"], json!(42));
    let form = anna.open("/settings/roles/seller").form("form[action$=seller]", "Salva");
    anna.send(form.set("r.companies.create", "none"));
    assert_eq!(marta.open("/companies/new").status, 403);
    let form = anna.open("/settings/lists/lead_rating").form("#list-form", "Salva");
    anna.send(form.set("items[0].it", "Caldissimo"));
    let known = other.get("/lists/lead_rating");
    assert!(known.to_string().contains("Caldissimo"), "{known}");

    // Who may not sign in any more is out everywhere, and what ended has ended everywhere.
    let mut elsewhere = Plain::signed_in(&here.url, "marta@example.it", PASSWORD);
    assert_eq!(elsewhere.open("/companies").status, 200);
    done(&ground.place(), &["user", "disable", "marta@example.it"]);
    for browser in [&mut marta, &mut elsewhere] {
        assert!(browser.open("/companies").has("#sign-in"));
    }
    ground.does("UPDATE token SET ends_at = 1");
    for client in [one, other] {
        let (status, answer) = client.asks("GET", "/companies", "", &json!(null)).unwrap();
        assert_eq!(status, 401, "{answer}");
    }
}

#[test]
fn attempts_to_sign_in_count_together_on_all_nodes() {
    let ground = Ground::postgres();
    ground.anna();
    let (here, there) = (node(&ground, None), node(&ground, None));
    let tries = |node: &Running, password: &str| {
        let mut browser = Plain::new(&node.url);
        let form = browser.open("/sign-in").form("#sign-in", "Accedi");
        browser.send(form.set("name", "anna@example.it").set("password", password))
    };
    for turn in 0..8 {
        let node = if turn % 2 == 0 { &here } else { &there };
        assert!(tries(node, "sbagliata sbagliata").says("password non"), "{turn}");
    }
    for node in [&here, &there] {
        assert!(tries(node, PASSWORD).says("Troppi tentativi"));
    }
}

#[test]
fn two_nodes_that_start_at_once_on_an_empty_database_both_stand() {
    let ground = Ground::postgres();
    let nodes: Vec<_> = (0..3)
        .map(|_| {
            let command = of_its_own(&ground, None);
            spawn(move || Running::of(command))
        })
        .collect();
    let mut nodes: Vec<Running> = nodes.into_iter().map(|node| node.join().unwrap()).collect();
    // Each has printed a link for the first visit, and all of them are good, on any node.
    for at in 0..nodes.len() {
        let link = nodes[at].told("/start/");
        let path = link[link.find("/start/").unwrap()..].trim().to_owned();
        let page = Plain::new(&nodes[(at + 1) % nodes.len()].url).open(&path);
        assert!(page.status == 200 && page.has("[name=company]"), "{}", page.text("body"));
    }
}

#[test]
fn a_node_with_another_secret_key_does_not_start_beside_the_others() {
    let ground = Ground::postgres();
    let key = |name: &str| {
        let file = ground.file(name, "");
        std::fs::remove_file(&file).unwrap();
        done(&ground.place(), &["secret-key", "create", &file]);
        file
    };
    let (ours, theirs) = (key("ours"), key("theirs"));
    let with = |key: &str| {
        let mut command = of_its_own(&ground, None);
        command.args(["--secret-key-file", key]);
        command
    };
    let stands = Running::of(with(&ours));
    let refused = with(&theirs).output().unwrap();
    assert_eq!(refused.status.code(), Some(3));
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(said.contains("chiave segreta") || said.contains("secret key"), "{said}");
    assert_eq!(run(&ground.place(), &["user", "list"]).status.code(), Some(3), "nor does one with none");
    let beside = Running::of(with(&ours));
    for node in [&stands, &beside] {
        assert_eq!(Plain::new(&node.url).open("/readyz").status, 200);
    }
}
