//! What whoever runs the program sees of it: numbers at an address of their own, and a log that names nobody.
#![allow(clippy::unwrap_used)]

mod common;
#[path = "common/ground.rs"]
mod ground;
#[path = "common/plain.rs"]
mod plain;

use std::io::{BufRead, BufReader};
use std::sync::mpsc::{Receiver, channel};
use std::thread::spawn;
use std::time::Duration;

use common::{Running, bottega};
use ground::{Ground, PASSWORD, on_both};
use plain::Plain;
use serde_json::Value as Json;

/// A server that is watched, with its messages as they come.
fn watched(ground: &Ground, log: &str) -> (Running, Receiver<String>) {
    let mut command = bottega(&ground.place());
    command.args(["serve", "--listen", "127.0.0.1:0", "--metrics", "127.0.0.1:0", "--language", "en"]);
    command.args(["--log", log, "--log-level", "info"]);
    let mut server = Running::of(command);
    let stderr = BufReader::new(server.child.stderr.take().unwrap());
    let (tell, told) = channel();
    spawn(move || stderr.lines().map_while(Result::ok).try_for_each(|line| tell.send(line)));
    (server, told)
}

fn next(told: &Receiver<String>, holds: impl Fn(&str) -> bool) -> String {
    loop {
        let line = told.recv_timeout(Duration::from_secs(60)).unwrap();
        if holds(&line) {
            return line;
        }
    }
}

fn signed_in(server: &Running) -> Plain {
    let mut anna = Plain::new(&server.url);
    let form = anna.open("/sign-in").form("#sign-in", "Accedi");
    let page = anna.send(form.set("name", "anna@example.it").set("password", PASSWORD));
    assert_eq!(page.status, 200, "{}", page.text("body"));
    anna
}

#[test]
fn the_numbers_are_told_at_an_address_of_their_own_and_name_nobody() {
    on_both(|ground| {
        ground.anna();
        let (server, told) = watched(ground, "text");
        let line = next(&told, |line| line.starts_with("Metrics: "));
        let address = line.trim_start_matches("Metrics: ");
        let mut anna = signed_in(&server);
        assert_eq!(anna.open("/metrics").status, 404, "not where people are");
        let form = anna.open("/companies/new").form("#record-form", "Salva");
        let page = anna.send(form.set("legal_name", "Zincheria Prova"));
        assert_eq!(page.status, 200);
        let agent = ureq::Agent::config_builder().http_status_as_error(false).allow_non_standard_methods(true);
        let agent: ureq::Agent = agent.build().into();
        let strange = ureq::http::Request::builder().method("BREW").uri(format!("{}/companies", server.url)).body(());
        assert_eq!(agent.run(strange.unwrap()).unwrap().status(), 405);
        ground.does(
            "INSERT INTO job (job, id, kind, payload, state, run_at, created_at) SELECT 900, id, 'x', '{}', 'failed', 0, 0 FROM record \
             WHERE entity = 'party'",
        );
        let numbers = ureq::get(address).call().unwrap().into_body().read_to_string().unwrap();
        let has = |line: &str| assert!(numbers.lines().any(|known| known == line), "{line}\n{numbers}");
        has(&format!("bottega_build_info{{version=\"{}\"}} 1", env!("CARGO_PKG_VERSION")));
        has("bottega_database_up 1");
        has("bottega_jobs{state=\"failed\"} 1");
        has("bottega_jobs{state=\"waiting\"} 0");
        has("bottega_mail{state=\"waiting\"} 0");
        has("bottega_requests_total{method=\"POST\",route=\"/{path}\",status=\"303\"} 1");
        has("bottega_request_duration_seconds_count{method=\"POST\",route=\"/{path}\"} 1");
        assert!(numbers.contains("bottega_feed_position") && numbers.ends_with("# EOF\n"), "{numbers}");
        for secret in ["BREW", "Zincheria", "anna", page.address.rsplit('/').next().unwrap()] {
            assert!(!numbers.contains(secret), "{secret}");
        }
    });
}

#[test]
fn each_request_has_a_line_in_the_log_that_says_who_what_and_how_long_and_nothing_that_was_typed() {
    let ground = Ground::sqlite();
    ground.anna();
    let (server, told) = watched(&ground, "json");
    let mut anna = signed_in(&server);
    let form = anna.open("/companies/new").form("#record-form", "Salva");
    anna.send(form.set("legal_name", "Zincheria Prova"));
    assert!(anna.open("/companies?q=zincheria").says("Zincheria Prova"));
    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
    let answer = agent
        .get(format!("{}/nowhere/at/all/of/it", server.url))
        .header("x-request-id", "from-the-proxy")
        .call()
        .unwrap();
    assert_eq!(answer.headers()["x-request-id"], "from-the-proxy");

    let mut lines = vec![next(&told, |line| line.starts_with('{'))];
    while !lines.iter().any(|line| line.contains("from-the-proxy")) {
        lines.push(next(&told, |line| line.starts_with('{')));
    }
    let last: Json = serde_json::from_str(lines.last().unwrap()).unwrap();
    assert_eq!((&last["status"], &last["span"]["route"]), (&404.into(), &"none".into()), "{last}");
    let listed: Vec<Json> = lines.iter().map(|line| serde_json::from_str(line).unwrap()).collect();
    let search = listed.iter().rfind(|line| line["span"]["route"] == "/{path}" && line["status"] == 200).unwrap();
    assert_eq!(search["span"]["user"].as_str().unwrap().len(), 36, "{search}");
    assert!(search["ms"].as_f64().unwrap() > 0.0 && search["span"]["method"] == "GET", "{search}");
    for line in &lines {
        for secret in ["zincheria", "Zincheria", "anna@", PASSWORD, "session="] {
            assert!(!line.contains(secret), "{line}");
        }
    }
}

#[test]
fn a_level_that_is_none_is_told() {
    let said = bottega(&["--log-level", "request=loud"]).args(["serve"]).output().unwrap();
    assert_eq!(said.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&said.stderr).contains("request=loud"));
}
