//! The schema: made, added to, and refused when it is newer.

use std::collections::HashMap;

use meta::catalogue::Catalogue;
use meta::field::{number, pick, text};
use meta::{Entity, Pick, PickList, entity, fields, item, list};
use store::schema::{Migrated, migrate};
use store::{Lane, Location, Sql, Store};
use testkit::postgres::fresh_database;

fields! {
    NAME: String = text("name", "Name").required().sorted();
    WEIGHT: Option<i64> = number("weight_of_the_whole_thing_with_its_packaging", "Weight").sorted().filtered();
    STATE: Pick = pick("state", "State", &STATES).starts_as("whole");
    HEIGHT: Option<i64> = number("height_of_the_whole_thing_with_its_packaging", "Height").sorted().filtered();
}

static STATES: PickList = list("state", "State").items(&[item("whole", "Whole")]);

static SMALL: Entity =
    entity("thing", "things", "Thing", "Things").title(&NAME).section("Thing", &[&NAME]).list(&[&NAME]);
static LARGE: Entity = entity("thing", "things", "Thing", "Things")
    .title(&NAME)
    .section("Thing", &[&NAME, &WEIGHT, &HEIGHT, &STATE])
    .list(&[&NAME]);

fn catalogue(entity: &'static Entity) -> Catalogue {
    Catalogue::new(0, &[entity], &HashMap::new(), Vec::new())
}

fn on_empty(test: impl Fn(&Location)) {
    let folder = tempfile::tempdir().unwrap();
    test(&Location::Folder(folder.path().to_owned()));
    let database = fresh_database();
    test(&Location::Postgres(database.url.clone()));
}

#[test]
fn an_empty_database_gets_all_and_then_nothing() {
    on_empty(|location| {
        let store = Store::open(location).unwrap();
        let small = catalogue(&SMALL);
        assert_eq!(migrate(&store, &small.models).unwrap(), Migrated::Fresh);
        assert_eq!(migrate(&store, &small.models).unwrap(), Migrated::Nothing);
    });
}

#[test]
fn what_is_declared_later_is_added_and_what_stood_there_stays() {
    on_empty(|location| {
        let store = Store::open(location).unwrap();
        let (small, large) = (catalogue(&SMALL), catalogue(&LARGE));
        migrate(&store, &small.models).unwrap();
        let other = Store::open(location).unwrap();
        let load = |store: &Store, catalogue: &Catalogue| {
            store.read(|tx| store::records::load(tx, &catalogue.models[0], &[base::Rid(1)], false)).unwrap().remove(0)
        };
        insert(&store, &small);
        let before = load(&other, &small);
        assert!(matches!(migrate(&store, &large.models).unwrap(), Migrated::Added(_)));
        assert_eq!(migrate(&store, &large.models).unwrap(), Migrated::Nothing, "long names of indexes too");
        let old = load(&store, &large);
        assert_eq!(old.title, "Old");
        let state = large.models[0].position("state").unwrap();
        assert_eq!(old.values[state].text(), "whole", "what a record starts with, the old ones have too");
        assert_eq!(load(&other, &small), before, "a statement prepared before still answers");
        // An older program goes on with what it knows.
        assert_eq!(migrate(&other, &small.models).unwrap(), Migrated::Nothing);
        if let Location::Folder(folder) = location {
            assert!(folder.join("before-migration.db").exists());
        }
    });
}

fn insert(store: &Store, catalogue: &Catalogue) {
    let model = &catalogue.models[0];
    let mut values = vec![meta::Value::Null; model.fields.len()];
    values[model.title] = meta::Value::Text("Old".to_owned());
    let row = store::records::NewRow {
        rid: base::Rid(1),
        id: base::Id::new(),
        at: base::clock::now(),
        title: "Old",
        anchor: base::Rid(1),
        values: &values,
    };
    store.write(Lane::People, |tx| store::records::insert_all(tx, model, std::slice::from_ref(&row))).unwrap();
}

#[test]
fn a_database_of_a_newer_program_is_refused() {
    on_empty(|location| {
        let store = Store::open(location).unwrap();
        let small = catalogue(&SMALL);
        migrate(&store, &small.models).unwrap();
        store
            .write(Lane::People, |tx| tx.execute(&Sql::new("UPDATE setting SET value = '99' WHERE key = 'schema'")))
            .unwrap();
        let refused = migrate(&store, &small.models).unwrap_err().to_string();
        assert!(refused.contains("newer"), "{refused}");
    });
}

#[test]
fn nodes_that_start_at_once_make_it_once() {
    on_empty(|location| {
        let made: Vec<Migrated> = std::thread::scope(|scope| {
            let node = || {
                let store = Store::open(location).unwrap();
                migrate(&store, &catalogue(&LARGE).models).unwrap()
            };
            let nodes: Vec<_> = (0..3).map(|_| scope.spawn(node)).collect();
            nodes.into_iter().map(|node| node.join().unwrap()).collect()
        });
        assert_eq!(made.iter().filter(|made| **made == Migrated::Fresh).count(), 1, "{made:?}");
    });
}

#[test]
fn no_entity_is_called_after_a_table_of_the_house() {
    static CLASH: Entity = entity("tie", "ties", "Tie", "Ties").title(&NAME).section("Tie", &[&NAME]).list(&[&NAME]);
    assert_eq!(store::schema::check(&catalogue(&CLASH)).len(), 1);
    assert!(store::schema::check(&catalogue(&SMALL)).is_empty());
}

#[test]
fn a_database_from_before_gets_the_columns_and_tables_that_the_house_got_since() {
    on_empty(|location| {
        let small = catalogue(&SMALL);
        let before = Store::open(location).unwrap();
        migrate(&before, &small.models).unwrap();
        insert(&before, &small);
        before
            .write(Lane::People, |tx| {
                tx.batch(
                    "ALTER TABLE session DROP COLUMN address; ALTER TABLE token DROP COLUMN role; \
                     ALTER TABLE credential DROP COLUMN must_change; DROP TABLE access_log; DROP TABLE one_time; \
                     DROP TABLE second_step; DROP TABLE recovery_code",
                )?;
                tx.batch(
                    "INSERT INTO token (hash, user_rid, name, created_at) VALUES ('x', 1, 'old', 0); \
                     UPDATE setting SET value = '3' WHERE key = 'schema'",
                )
            })
            .unwrap();
        drop(before);
        let store = Store::open(location).unwrap();
        assert!(matches!(migrate(&store, &small.models).unwrap(), Migrated::Added(_)));
        assert_eq!(migrate(&store, &small.models).unwrap(), Migrated::Nothing);
        let row = store.read(|tx| tx.first(&Sql::new("SELECT name, role FROM token"))).unwrap().unwrap();
        assert_eq!((row.text(0), row.opt_text(1)), ("old", None));
        let empty = |table: &str| {
            let sql = Sql::new(format!("SELECT * FROM {table}"));
            store.read(|tx| tx.query(&sql)).unwrap().is_empty()
        };
        assert!(
            ["access_log", "session", "one_time", "second_step", "recovery_code", "credential"].into_iter().all(empty)
        );
    });
}
