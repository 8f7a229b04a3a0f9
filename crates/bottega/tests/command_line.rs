//! The command line, as those who run the server write it.
#![allow(clippy::unwrap_used)]

mod common;

use common::{Running, done, run};

const PASSWORD: &str = "una-lunga-password";

struct Company {
    folder: tempfile::TempDir,
}

impl Company {
    fn new() -> Company {
        Company { folder: tempfile::tempdir().unwrap() }
    }

    fn place(&self) -> [&str; 2] {
        ["--data", self.folder.path().to_str().unwrap()]
    }

    fn with_anna(self) -> Company {
        done(
            &self.place(),
            &["user", "create", "anna@example.it", "--role", "admin,seller", "--name", "Anna", "--password", PASSWORD],
        );
        self
    }
}

fn signs_in(url: &str, name: &str, password: &str) -> bool {
    let agent: ureq::Agent = ureq::Agent::config_builder().max_redirects(0).http_status_as_error(false).build().into();
    let form = format!("name={}&password={password}", name.replace('@', "%40"));
    let answer = agent
        .post(format!("{url}/sign-in"))
        .header("content-type", "application/x-www-form-urlencoded")
        .send(form)
        .unwrap();
    answer.status().is_redirection() && answer.headers().contains_key("set-cookie")
}

#[test]
fn users_are_listed_with_roles_and_state_parted_by_tabs() {
    let company = Company::new().with_anna();
    done(&company.place(), &["user", "create", "bruno@example.it", "--role", "viewer", "--password", PASSWORD]);
    done(&company.place(), &["user", "disable", "bruno@example.it"]);
    let list = done(&company.place(), &["user", "list"]);
    let mut lines: Vec<&str> = list.lines().collect();
    lines.sort_unstable();
    assert_eq!(lines, ["anna@example.it\tadmin,seller\tactive", "bruno@example.it\tviewer\tdisabled"]);
}

#[test]
fn a_token_stands_alone_on_standard_output() {
    let company = Company::new().with_anna();
    let token = done(&company.place(), &["token", "create", "--user", "anna@example.it"]);
    let token = token.strip_suffix('\n').unwrap();
    assert!(token.len() >= 32, "{token}");
    assert!(token.chars().all(|sign| sign.is_ascii_alphanumeric() || "_-".contains(sign)), "{token}");
}

#[test]
fn wrong_usage_ends_with_2_and_unusable_input_with_3() {
    let company = Company::new();
    assert_eq!(run(&company.place(), &["user", "lst"]).status.code(), Some(2));
    assert_eq!(run(&company.place(), &["user", "create", "a@b.it", "--role", "king"]).status.code(), Some(2));
    assert_eq!(run(&company.place(), &["demo", "--listen", "0.0.0.0:0"]).status.code(), Some(2));
    let nobody = run(&company.place(), &["token", "create", "--user", "nessuno@example.it"]);
    assert_eq!(nobody.status.code(), Some(3));
    assert!(nobody.stdout.is_empty());
    assert!(String::from_utf8_lossy(&nobody.stderr).contains("Non c'è nessun utente"));
    let short = run(&company.place(), &["user", "create", "a@b.it", "--role", "viewer", "--password", "corta"]);
    assert_eq!(short.status.code(), Some(3));
    assert_eq!(run(&company.place(), &["import", "parties", "/non/esiste.csv"]).status.code(), Some(3));
}

#[test]
fn help_and_messages_are_italian_unless_another_language_is_asked_for() {
    let company = Company::new();
    assert!(done(&company.place(), &["--help"]).contains("Avvia il server"));
    assert!(done(&company.place(), &["--language", "en", "--help"]).contains("Serve the company"));
}

#[test]
fn a_user_made_while_the_server_runs_signs_in_and_a_disabled_one_does_not() {
    let company = Company::new();
    let mut server = Running::start(&company.place(), &["serve", "--listen", "127.0.0.1:0"]);
    assert_eq!(ureq::get(format!("{}/healthz", server.url)).call().unwrap().status(), 200);
    assert!(server.told("/start/").contains(&server.url));
    let company = company.with_anna();
    assert!(signs_in(&server.url, "anna@example.it", PASSWORD));
    assert!(!signs_in(&server.url, "anna@example.it", "un'altra-password"));
    done(&company.place(), &["user", "password", "anna@example.it", "--password", "un-altra-ancora"]);
    assert!(signs_in(&server.url, "anna@example.it", "un-altra-ancora"));
    // Somebody must stay who administers.
    let other = ["user", "create", "bruno@example.it", "--role", "admin", "--name", "Bruno", "--password", PASSWORD];
    done(&company.place(), &other);
    done(&company.place(), &["user", "disable", "anna@example.it"]);
    assert!(!signs_in(&server.url, "anna@example.it", "un-altra-ancora"));
}

#[cfg(unix)]
#[test]
fn sigterm_ends_the_server_cleanly() {
    let company = Company::new().with_anna();
    let mut server = Running::start(&company.place(), &["serve", "--listen", "127.0.0.1:0"]);
    let told = std::process::Command::new("kill").args(["-TERM", &server.child.id().to_string()]).status().unwrap();
    assert!(told.success());
    assert_eq!(server.child.wait().unwrap().code(), Some(0));
    assert!(!company.folder.path().join("bottega.db-wal").exists());
}

#[test]
fn the_demo_is_the_same_for_the_same_seed_and_day_and_goes_on_where_it_was() {
    let made = || {
        let company = Company::new();
        let demo = ["demo", "--listen", "127.0.0.1:0", "--size", "120", "--seed", "7", "--today", "2026-11-18"];
        let first = Running::start(&company.place(), &demo);
        assert!(signs_in(&first.url, "giulia.ferrario@bottega.example", "bottega-demo"));
        drop(first);
        drop(Running::start(&company.place(), &demo));
        let token = done(&company.place(), &["token", "create", "--user", "sara.galbiati@bottega.example"]);
        let server = Running::start(&company.place(), &["serve", "--listen", "127.0.0.1:0"]);
        let address = format!("{}/api/v1/parties?sort=name&limit=200&count=1", server.url);
        let answer = ureq::get(address).header("authorization", format!("Bearer {}", token.trim())).call().unwrap();
        let body = answer.into_body().read_to_string().unwrap();
        assert!(body.contains("Carpenteria Brambati S.r.l."));
        let page: serde_json::Value = serde_json::from_str(&body).unwrap();
        assert_eq!(page["count"]["value"], 120);
        let of = |item: &serde_json::Value| (item["id"].clone(), item["title"].clone(), item["version"].clone());
        page["items"].as_array().unwrap().iter().map(of).collect::<Vec<_>>()
    };
    assert_eq!(made(), made());
}

#[test]
fn a_file_comes_in_and_its_counts_add_up() {
    let company = Company::new();
    let file = company.folder.path().join("anagrafica.csv");
    std::fs::write(&file, "Ragione sociale;P.IVA\nRossi S.r.l.;00743110157\n;;\nVerdi S.n.c.;\n").unwrap();
    let file = file.to_str().unwrap();
    let rehearsed = done(&company.place(), &["import", "companies", file, "--dry-run", "--json"]);
    let rehearsed: serde_json::Value = serde_json::from_str(&rehearsed).unwrap();
    assert_eq!((&rehearsed["operation"], &rehearsed["created"]), (&serde_json::Value::Null, &2.into()));
    let done = done(&company.place(), &["import", "companies", file, "--json"]);
    let done: serde_json::Value = serde_json::from_str(&done).unwrap();
    assert_eq!((&done["read"], &done["created"], &done["refused"]), (&2.into(), &2.into(), &0.into()));
    assert!(done["operation"].is_string());
}

#[test]
fn the_sample_comes_into_postgresql_and_a_second_time_makes_nothing_new() {
    let database = testkit::postgres::fresh_database();
    let place = ["--database-url", database.url.as_str()];
    let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/../../testdata/anagrafica.csv");
    let report: serde_json::Value =
        serde_json::from_str(&done(&place, &["import", "parties", sample, "--json"])).unwrap();
    let count = |key: &str| report[key].as_u64().unwrap();
    assert_eq!(count("read"), 5002);
    assert_eq!(count("read"), count("created") + count("updated") + count("skipped") + count("refused"));
    assert_eq!(count("refused"), 2);
    assert!(report["operation"].is_string());
    let refused = std::fs::read(report["refused_file"].as_str().unwrap()).unwrap();
    assert_eq!(refused.iter().filter(|byte| **byte == b'\n').count(), 3, "a head and two rows");
    assert!(run(&place, &["doctor"]).status.success());

    // The same again finds everything there.
    let again: serde_json::Value =
        serde_json::from_str(&done(&place, &["import", "parties", sample, "--json"])).unwrap();
    assert_eq!(again["created"], 0, "{again}");
}
