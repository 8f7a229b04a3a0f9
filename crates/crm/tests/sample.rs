//! The sample registry comes in by itself, as an old program exported it, on both databases.

#![allow(clippy::unwrap_used)]

use std::path::{Path, PathBuf};
use std::time::Instant;

use base::words::{Language, Words};
use crm::parties::{self, PARTY};
use engine::import::{Confidence, Plan, Report, Target, propose};
use engine::{Actor, Channel, Engine, Query};
use meta::{Filter, Op, Record, Value};
use store::Location;

fn sample() -> PathBuf {
    testkit::workspace_root().join("testdata/anagrafica.csv")
}

fn words() -> [Words; 2] {
    let read = |language, sources: &[&str]| Words::new(language, sources).unwrap_or_else(|error| panic!("{error}"));
    [read(Language::It, crm::ITALIAN), read(Language::En, &[])]
}

fn open(location: &Location) -> Engine {
    Engine::open(location, crm::ENTITIES).unwrap_or_else(|error| panic!("{error}"))
}

fn actor() -> Actor {
    Actor::program().through(Channel::Import)
}

fn plan(engine: &Engine) -> Plan {
    let shape = sheet::sniff(&sample()).unwrap();
    let [italian, english] = &words();
    let catalogue = engine.catalogue();
    propose(&catalogue, catalogue.of(&PARTY), &shape, &[italian, english])
}

fn import(engine: &Engine, folder: &Path) -> Report {
    let [italian, english] = &words();
    let refused = folder.join("refused.csv");
    engine.import_now(&actor(), &sample(), &plan(engine), &[italian, english], Some(&refused), &mut |_| {}).unwrap()
}

fn found(engine: &Engine, field: &str, value: &str) -> Vec<Record> {
    let filter = Filter::test(field, Op::Eq, value);
    let query = Query { filter, ..Query::all("parties") };
    let columns: Vec<usize> = (0..engine.catalogue().of(&PARTY).fields.len()).collect();
    engine.list(&actor(), &query, &columns, None, 50).unwrap().records
}

fn value<'a>(engine: &Engine, record: &'a Record, field: &dyn meta::Declared) -> &'a Value {
    &record.values[engine.catalogue().of(&PARTY).position(field.def().key).unwrap()]
}

#[test]
fn every_column_of_the_sample_is_known_or_kept() {
    let folder = tempfile::tempdir().unwrap();
    let engine = open(&Location::Folder(folder.path().to_owned()));
    let plan = plan(&engine);
    let to = |header: &str| {
        let column = plan.columns.iter().find(|column| column.header == header).unwrap();
        (
            column.targets.iter().map(|target| target.field_key().unwrap_or("line").to_owned()).collect::<Vec<_>>(),
            column.confidence,
        )
    };
    for (header, fields) in [
        ("Cod.", &["code"][..]),
        ("A/P", &["kind"]),
        ("Ragione Sociale", &["legal_name"]),
        ("Insegna", &["trade_name"]),
        ("Nome", &["first_name"]),
        ("Cognome", &["last_name"]),
        ("Nato il", &["born_on"]),
        ("Nato a", &["born_in"]),
        ("P.IVA", &["vat_number"]),
        ("Cod. Fiscale", &["tax_code"]),
        ("Indirizzo", &["addresses"]),
        ("CAP", &["addresses"]),
        ("Località", &["addresses"]),
        ("Prov.", &["addresses"]),
        ("Telefono", &["phones"]),
        ("Cellulare", &["phones"]),
        ("E-mail", &["emails"]),
        ("Sito Internet", &["web"]),
        ("Categoria", &["stage", "roles"]),
        ("Fatturato ult. anno", &["revenue"]),
        ("Cliente dal", &["customer_since"]),
        ("Note", &["description"]),
    ] {
        assert_eq!(to(header), (fields.iter().map(|key| (*key).to_owned()).collect(), Confidence::Certain), "{header}");
    }
    assert_eq!(to("Agente"), (vec!["line".to_owned()], Confidence::Choose));
    let mobile = plan.columns.iter().find(|column| column.header == "Cellulare").unwrap();
    assert_eq!(mobile.targets, [Target::Field { field: "phones".to_owned(), kind: Some("mobile".to_owned()) }]);
    let kept = serde_json::to_string(&plan).unwrap();
    assert_eq!(serde_json::from_str::<Plan>(&kept).unwrap(), plan);
}

fn the_sample_comes_in(location: &Location, folder: &Path) {
    let engine = open(location);
    let begun = Instant::now();
    let report = import(&engine, folder);
    eprintln!("{:.0} rows/s", report.read as f64 / begun.elapsed().as_secs_f64());
    eprintln!("{:?}", report.tally);
    assert_eq!(report.read, 5002);
    assert_eq!(report.read, report.created + report.updated + report.skipped + report.refused);
    // The totals line and the row that breaks off.
    assert_eq!(
        report.refused,
        2,
        "{:?}",
        report.rows.iter().filter(|row| row.outcome == engine::import::Outcome::Refused).collect::<Vec<_>>()
    );
    eprintln!(
        "created {} updated {} skipped {} warnings {}",
        report.created, report.updated, report.skipped, report.warnings
    );
    let refused = std::fs::read(folder.join("refused.csv")).unwrap();
    assert_eq!(refused.iter().filter(|byte| **byte == b'\n').count(), 3);

    let first = &found(&engine, "code", "000003")[0];
    assert_eq!(value(&engine, first, &parties::ROLES), &Value::Keys(vec!["supplier".to_owned()]));
    assert_eq!(
        value(&engine, first, &parties::CUSTOMER_SINCE).clone(),
        Value::Date(chrono::NaiveDate::from_ymd_opt(2014, 12, 3).unwrap())
    );
    assert!(value(&engine, first, &parties::DESCRIPTION).text().contains("Agente: Ferri Ivo"));
    let possible = &found(&engine, "code", "000007")[0];
    assert_eq!(value(&engine, possible, &parties::STAGE).text(), "prospect");
    assert_eq!(value(&engine, possible, &parties::VAT_NUMBER).text(), "88910370142");
    let older = &found(&engine, "code", "000011")[0];
    assert_eq!(
        value(&engine, older, &parties::BORN_ON).clone(),
        Value::Date(chrono::NaiveDate::from_ymd_opt(1963, 6, 5).unwrap())
    );
    let two_names = &found(&engine, "code", "000744")[0];
    assert_eq!(two_names.title, "Renato Di Lorenzo");
    let joined_town = &found(&engine, "code", "000022")[0];
    assert_eq!(value(&engine, joined_town, &parties::TOWN).text(), "Villasanta");
    let query = Query { search: Some("niccolo".to_owned()), ..Query::all("parties") };
    let names = engine.list(&actor(), &query, &[0], None, 50).unwrap().records;
    assert!(names.iter().any(|record| record.title.contains("Niccolò")));

    let begun = Instant::now();
    let again = import(&engine, folder);
    eprintln!("again {:.0} rows/s, {} updated", again.read as f64 / begun.elapsed().as_secs_f64(), again.updated);
    assert_eq!((again.created, again.refused), (0, 2));
    let begun = Instant::now();
    for operation in [again.operation, report.operation].into_iter().flatten() {
        let undone = engine.undo(&Actor::program(), operation).unwrap();
        assert!(undone.kept.is_empty(), "{:?}", &undone.kept[..undone.kept.len().min(5)]);
    }
    eprintln!("undone in {:?}", begun.elapsed());
    assert_eq!(engine.count(&actor(), &Query::all("parties")).unwrap().found, 0);
}

#[test]
fn the_sample_comes_in_by_itself_on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    the_sample_comes_in(&Location::Folder(folder.path().to_owned()), folder.path());
}

#[test]
fn the_sample_comes_in_by_itself_on_postgresql() {
    let database = testkit::postgres::fresh_database();
    let folder = tempfile::tempdir().unwrap();
    the_sample_comes_in(&Location::Postgres(database.url.clone()), folder.path());
}

fn a_rehearsal_says_what_the_import_does(location: &Location, folder: &Path) {
    let engine = open(location);
    let counts = |report: &Report| {
        let Report { read, created, updated, skipped, refused, tally, .. } = report.clone();
        (read, created, updated, skipped, refused, tally)
    };
    // Once into an empty registry, once into one that has it all.
    for _ in 0..2 {
        let before = engine.count(&actor(), &Query::all("parties")).unwrap().found;
        let rehearsed = engine.rehearse(&actor(), &sample(), &plan(&engine), None, &mut |_| {}).unwrap();
        assert_eq!(engine.count(&actor(), &Query::all("parties")).unwrap().found, before);
        let done = import(&engine, folder);
        assert_eq!(counts(&rehearsed), counts(&done));
        let said = |report: &Report| report.rows.iter().map(|row| (row.row, row.outcome)).collect::<Vec<_>>();
        assert_eq!(said(&rehearsed), said(&done));
    }
}

#[test]
fn a_rehearsal_says_what_the_import_does_on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    a_rehearsal_says_what_the_import_does(&Location::Folder(folder.path().to_owned()), folder.path());
}

#[test]
fn a_rehearsal_says_what_the_import_does_on_postgresql() {
    let database = testkit::postgres::fresh_database();
    let folder = tempfile::tempdir().unwrap();
    a_rehearsal_says_what_the_import_does(&Location::Postgres(database.url.clone()), folder.path());
}
