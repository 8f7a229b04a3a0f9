//! Everything in one file, from either database into either; and the doctor who looks whether it is well.
#![allow(clippy::unwrap_used)]

mod common;

use common::{bottega, done, run};

const DEMO: [&str; 7] = ["demo", "--listen", "127.0.0.1:0", "--size", "150", "--seed", "3"];

/// What can be told of all that is there: every party, and what was done to one, as the API says it.
fn told(place: &[&str]) -> (serde_json::Value, serde_json::Value) {
    let token = done(place, &["token", "create", "--user", "sara.galbiati@bottega.example"]);
    let server = common::Running::start(place, &["serve", "--listen", "127.0.0.1:0"]);
    let get = |path: &str| -> serde_json::Value {
        let request = ureq::get(format!("{}/api/v1{path}", server.url))
            .header("authorization", format!("Bearer {}", token.trim()));
        serde_json::from_str(&request.call().unwrap().into_body().read_to_string().unwrap()).unwrap()
    };
    let all = get("/parties?sort=name&limit=200&count=1");
    let found = get("/search?q=brambati");
    (all, found)
}

#[test]
fn a_backup_goes_from_sqlite_to_postgresql_and_back() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (first, second) = (at("first"), at("second"));
    let database = testkit::postgres::fresh_database();
    let (one, two, three) = (["--data", &first], ["--database-url", &database.url], ["--data", &second]);
    drop(common::Running::start(&one, &DEMO));
    let before = told(&one);
    done(&one, &["backup", &at("one.db")]);
    assert_eq!(run(&one, &["backup", &at("one.db")]).status.code(), Some(3), "a file is never written over");
    done(&two, &["restore", &at("one.db")]);
    assert_eq!(run(&two, &["restore", &at("one.db")]).status.code(), Some(3), "what is there is never written over");
    assert_eq!(told(&two), before);
    assert_eq!(done(&two, &["doctor"]), "Tutto a posto\n");
    done(&two, &["user", "create", "nuovo@example.it", "--role", "viewer"]);
    done(&two, &["user", "disable", "nuovo@example.it"]);
    done(&two, &["backup", &at("two.db")]);
    done(&three, &["restore", &at("two.db")]);
    assert_eq!(told(&three), before);
    assert_eq!(done(&three, &["doctor"]), "Tutto a posto\n");
    done(&three, &["user", "create", "ancora@example.it", "--role", "viewer"]);
}

#[test]
fn what_is_no_backup_is_refused_and_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file.db");
    std::fs::write(&file, "no database").unwrap();
    let target = folder.path().join("target");
    let output = run(&["--data", target.to_str().unwrap()], &["restore", file.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(3), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(!target.join("bottega.db").exists());
    assert_eq!(std::fs::read_dir(&target).unwrap().count(), 0);
}

#[test]
fn the_doctor_says_what_is_wrong_and_mends_what_can_be_derived() {
    let folder = tempfile::tempdir().unwrap();
    let place = ["--data", folder.path().to_str().unwrap()];
    drop(common::Running::start(&place, &DEMO));
    assert_eq!(done(&place, &["doctor"]), "Tutto a posto\n");
    let database = rusqlite::Connection::open(folder.path().join("bottega.db")).unwrap();
    for harm in [
        "UPDATE party SET name_key = 'x' WHERE name LIKE 'Carpenteria%'",
        "DELETE FROM tie WHERE why = 'charge' AND record % 2 = 0",
        "DELETE FROM lookup WHERE kind = 'email'",
        "UPDATE record SET title = 'y' WHERE title LIKE 'Logistica%'",
        "DELETE FROM search_words WHERE rowid % 3 = 0",
        "UPDATE sequence SET next = 2 WHERE name = 'change'",
    ] {
        assert!(database.execute(harm, []).unwrap() > 0, "{harm}");
    }
    drop(database);
    let sick = bottega(&place).arg("doctor").output().unwrap();
    assert_eq!(sick.status.code(), Some(1));
    let told = String::from_utf8(sick.stdout).unwrap();
    for symptom in
        ["sequenza change", "testo superato", "codici superati", "solo chi deve", "titolo superato", "con la ricerca"]
    {
        assert!(told.contains(symptom), "{symptom}: {told}");
    }
    let mended = done(&place, &["doctor", "--fix"]);
    assert_eq!(
        (mended.lines().count(), mended.matches("Riparato").count()),
        (told.lines().count(), told.lines().count())
    );
    assert_eq!(done(&place, &["doctor"]), "Tutto a posto\n");
}
