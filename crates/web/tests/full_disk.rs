//! The disk of the server is full: people are told so, nothing is there in part, and all goes on when there is room again.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod router;

use axum::http::{Method, StatusCode};
use base::error::DISK_FULL;
use base::words::{Language, Words};
use engine::import::propose;
use serde_json::json;
use store::jobs::{self, Job};
use store::{Dialect, Lane, Sql};
use testkit::probe::PROBE;
use testkit::world::{World, on_both};

use crate::router::Asked;

/// From now on no page more is given: the limit of SQLite stands in for the disk; on PostgreSQL the log cannot be extended.
fn fill(world: &World) {
    does(
        world,
        match world.engine.store.dialect() {
            Dialect::Sqlite => "PRAGMA max_page_count = 1",
            Dialect::Postgres => {
                "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
             RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$; \
             CREATE TRIGGER full_disk BEFORE INSERT ON change EXECUTE FUNCTION full_disk()"
            }
        },
    );
}

fn make_room(world: &World) {
    does(
        world,
        match world.engine.store.dialect() {
            Dialect::Sqlite => "PRAGMA max_page_count = 1073741823",
            Dialect::Postgres => "DROP TRIGGER full_disk ON change",
        },
    );
}

fn does(world: &World, statements: &str) {
    world.engine.store.write(Lane::People, |tx| tx.batch(statements)).unwrap();
}

/// How much there is of everything that a save writes.
fn written(world: &World) -> Vec<i64> {
    let count = |table: &str| {
        let sql = Sql::new(format!("SELECT count(*) FROM {table}"));
        world.engine.store.read(|tx| tx.first(&sql)).unwrap().unwrap().int(0)
    };
    ["probe", "record", "tie", "lookup", "operation", "change"].map(count).to_vec()
}

fn is_well(world: &World) {
    let findings = world.engine.examine(false, &Words::new(Language::En, &[]).unwrap()).unwrap();
    assert!(findings.is_empty(), "{findings:?}");
}

#[test]
fn a_save_says_that_the_disk_is_full_and_goes_through_when_there_is_room() {
    on_both(|world| {
        let asked = Asked::new(&world.engine, false);
        let session = world.engine.open_session(world.seller.rid(), "").unwrap();
        let token = world.engine.create_token(world.seller.rid(), "").unwrap();
        let (cookie, bearer) = (format!("session={session}"), format!("Bearer {token}"));
        let send = |method: Method, path: &str, kind: &str, body: String| {
            let headers = [("content-type", kind), ("cookie", &cookie), ("authorization", &bearer)];
            let reply = asked.send(method, path, &headers, body);
            (reply.status, reply.text())
        };
        let notes = "una nota lunga ".repeat(2000);
        let form = || {
            let body = format!("csrf={}&name=Nuova&notes={}", engine::sign_in::csrf(&session), notes.replace(' ', "+"));
            send(Method::POST, "/probes", "application/x-www-form-urlencoded", body)
        };
        let api = || {
            let body = json!({ "fields": { "name": "Nuova", "notes": notes } }).to_string();
            send(Method::POST, "/api/v1/probes", "application/json", body)
        };
        assert_eq!(form().0, StatusCode::SEE_OTHER);
        fill(world);
        // Some pages may be half empty yet.
        let full = (0..50).map(|_| (written(world), form())).find(|(_, (status, _))| *status != StatusCode::SEE_OTHER);
        let (before, (status, text)) = full.unwrap();
        assert_eq!(status, StatusCode::INTERNAL_SERVER_ERROR, "{text}");
        assert!(text.contains("il disco del server è pieno") && text.contains("Codice "), "{text}");
        assert_eq!(written(world), before, "nothing is there in part");
        let (status, problem) = api();
        assert_eq!(status, StatusCode::INSUFFICIENT_STORAGE, "{problem}");
        assert!(problem.contains("\"incident\""), "{problem}");
        assert_eq!(written(world), before);
        assert_eq!(send(Method::GET, "/probes", "", String::new()).0, StatusCode::OK, "what is there can be read");
        is_well(world);
        make_room(world);
        assert_eq!(form().0, StatusCode::SEE_OTHER);
        assert_eq!(api().0, StatusCode::CREATED);
        is_well(world);
    });
}

#[test]
fn an_import_waits_until_there_is_room_and_brings_each_row_in_once() {
    on_both(|world| {
        let (engine, actor) = (&world.engine, &world.admin.actor);
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file.csv");
        let row = |at: usize| format!("Riga {at};{}\n", "nota ".repeat(120));
        let rows: String = (0..600).map(row).collect();
        std::fs::write(&path, format!("Name;Notes\n{rows}")).unwrap();
        let english = Words::new(Language::En, &[]).unwrap();
        let catalogue = engine.catalogue();
        let plan = propose(&catalogue, catalogue.of(&PROBE), &sheet::sniff(&path).unwrap(), &[&english]);
        let id = engine.start_import(actor, &path, &plan).unwrap();
        fill(world);
        let job = jobs::take(&engine.store);
        // On a full disk it may not even be taken; then it waits as it is.
        match job {
            Ok(Some(job)) => {
                let stopped = engine.run_job(&job, &[&english], None);
                assert!(matches!(&stopped, Err(base::Error::Fault(fault)) if fault.what == DISK_FULL), "{stopped:?}");
                make_room(world);
                engine.store.write(Lane::Jobs, |tx| jobs::fail(tx, &job, "the disk is full", false)).unwrap();
            }
            other => {
                assert!(other.is_err(), "{other:?}");
                make_room(world);
            }
        }
        is_well(world);
        assert_eq!(engine.import(actor, id).unwrap().state, "waiting", "it is tried again by itself");
        does(world, "UPDATE job SET run_at = 0");
        let job: Job = jobs::take(&engine.store).unwrap().unwrap();
        engine.run_job(&job, &[&english], None).unwrap();
        let done = engine.import(actor, id).unwrap();
        assert_eq!((done.state.as_str(), done.report.read, done.report.created), ("done", 600, 600));
        assert_eq!(world.admin.counts("probes"), 600);
        is_well(world);
    });
}
