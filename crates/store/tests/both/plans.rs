//! How lists are found: always by an index, and the same whichever way.

use std::cell::Cell;
use std::time::Duration;

use meta::filter::{Column, Reach, Test, Where};
use meta::{Kind, Model, Op, Value};
use serde_json::json;
use store::list::{ListQuery, Sort, Trash, count, explain, page};
use store::patience::Patience;
use store::{Dialect, Sql, Store};
use testkit::world::{World, on_both};

/// Enough rows that reading them all costs more than an index.
fn crowd(world: &World) {
    let drafts = |from: i64| {
        let one = |n: i64| {
            let mood = if n % 2 == 0 { "good" } else { "odd" };
            let stage = ["fresh", "begun", "over"][usize::try_from(n % 3).unwrap()];
            let tags = if n % 4 == 0 { json!(["red"]) } else { json!([]) };
            json!({"name": format!("n{:04}", n * 7919 % 1000), "quantity": n % 50, "price": {"amount": (n % 90).to_string()},
                "day": format!("20{:02}-01-0{}", n % 30, 1 + n % 9), "moment": "2026-01-15T10:00:00Z",
                "mood": mood, "stage": stage,
                "urgent": n % 10 == 0, "vat_number": format!("{n:011}"), "tags": tags})
        };
        (from..from + 250).map(|n| (testkit::world::Target::New(None), one(n))).collect::<Vec<_>>()
    };
    for from in [0, 250, 500, 750] {
        world.seller.saves("probes", drafts(from)).unwrap();
        world.colleague.saves("probes", drafts(from)).unwrap();
    }
    let analyse = if world.engine.store.dialect() == Dialect::Sqlite {
        "ANALYZE"
    } else {
        "ANALYZE probe; ANALYZE record; ANALYZE tie; ANALYZE lookup"
    };
    world.engine.store.write(store::Lane::People, |tx| tx.batch(analyse)).unwrap();
}

fn test(model: &Model, key: &str, op: Op, value: Value) -> Where {
    let column = Column::Field(model.position(key).unwrap());
    Where::Test(Test { hop: None, column, op, values: vec![value], guard: None })
}

/// An operand that some rows have.
fn operand(kind: &Kind, rid: base::Rid) -> Value {
    match kind {
        Kind::Number { .. } => Value::Int(7),
        Kind::Choice(_) => Value::Text("odd".to_owned()),
        Kind::Pick(_) => Value::Text("begun".to_owned()),
        Kind::Tick => Value::Tick(true),
        Kind::Link(_) => Value::Link(rid),
        _ => Value::Text("00000000042".to_owned()),
    }
}

#[test]
fn every_declared_filter_with_every_declared_order_walks_an_index() {
    on_both(|world| {
        crowd(world);
        let catalogue = world.engine.catalogue();
        let model = catalogue.model("probe").unwrap();
        let sorts: Vec<usize> = (0..model.fields.len()).filter(|at| model.fields[*at].sorted).collect();
        let filters: Vec<_> = model.fields.iter().filter(|def| def.filtered).collect();
        let store = &world.engine.store;
        let scans = |filter: Where, sort: Vec<Sort>| {
            let query = ListQuery { catalogue: &catalogue, model, filter, sort, trash: Trash::Without };
            let plan = store.read(|tx| explain(tx, &query, &[0])).unwrap();
            let sorted = plan.contains("USE TEMP B-TREE FOR ORDER BY");
            let scan = plan.lines().any(|line| {
                line.contains("Seq Scan on probe t") || (line.contains("SCAN t") && !line.contains("INDEX"))
            });
            (scan || sorted, plan)
        };
        for at in &sorts {
            for descending in [false, true] {
                let sort = vec![Sort { by: Column::Field(*at), descending }];
                let key = model.fields[*at].key;
                let (bad, plan) = scans(Where::All(Vec::new()), sort.clone());
                assert!(!bad, "by {key}:\n{plan}");
                for def in &filters {
                    let (bad, plan) =
                        scans(test(model, def.key, Op::Eq, operand(&def.kind, world.seller.rid())), sort.clone());
                    // A link that few rows have is found first, and then sorted.
                    assert!(!bad || matches!(def.kind, Kind::Link(_)), "{} by {key}:\n{plan}", def.key);
                }
            }
        }
        // The latest first: along the rows themselves, which need no other index.
        let query = ListQuery {
            catalogue: &catalogue,
            model,
            filter: Where::All(Vec::new()),
            sort: Vec::new(),
            trash: Trash::Without,
        };
        let plan = store.read(|tx| explain(tx, &query, &[0])).unwrap();
        assert!(!plan.contains("TEMP B-TREE") && !plan.contains("Seq Scan on probe t"), "the latest first:\n{plan}");
    });
}

#[test]
fn the_trash_walks_an_index_of_its_own() {
    on_both(|world| {
        crowd(world);
        let bin = "UPDATE probe SET deleted_at = created_at, updated_at = created_at + rid WHERE quantity < 25";
        world.engine.store.write(store::Lane::People, |tx| tx.batch(bin).and(tx.batch("ANALYZE"))).unwrap();
        let catalogue = world.engine.catalogue();
        let model = catalogue.model("probe").unwrap();
        let sort = vec![Sort { by: Column::UpdatedAt, descending: true }];
        let query =
            ListQuery { catalogue: &catalogue, model, filter: Where::All(Vec::new()), sort, trash: Trash::Only };
        let plan = world.engine.store.read(|tx| explain(tx, &query, &[0])).unwrap();
        assert!(plan.contains("probe__trash") && !plan.contains("TEMP B-TREE"), "{plan}");
    });
}

#[test]
fn to_begin_with_the_rows_or_the_order_or_to_be_called_away_gives_the_same_answer() {
    on_both(|world| {
        crowd(world);
        let agent = world.admin.creates("probe_agents", json!({"name": "Agent"}));
        let involved = json!([{"id": agent.id.to_string(), "role": "brings"}]);
        for number in 0..40 {
            let fields = json!({"name": format!("Brought {number}"), "quantity": number % 7, "involved": involved});
            world.manager.creates("probes", fields);
        }
        let catalogue = world.engine.catalogue();
        let model = catalogue.model("probe").unwrap();
        let open = |rows| Store::open(&world.location).unwrap().with_sparse(rows);
        let (dense, sparse) = (open(0), open(1_000_000));
        let no_time = Patience { looking: Duration::ZERO, window: 30, ..Patience::default() };
        let impatient = open(0).with_patience(no_time);
        let by = |key: &str, descending| Sort { by: Column::Field(model.position(key).unwrap()), descending };
        let calls = Cell::new(0);
        let mut called_away = 0;
        for filter in [
            Where::Reach(Reach { principals: vec![world.seller.rid(), base::Rid(0)], to_look: true }),
            test(model, "tags", Op::Has, Value::Text("red".to_owned())),
            test(model, "in_charge", Op::Has, Value::Link(world.colleague.rid())),
            test(model, "involved", Op::Has, Value::Link(agent.rid)),
            Where::Reach(Reach { principals: vec![agent.rid, world.technician.rid()], to_look: true }),
            test(model, "price", Op::Ge, Value::Money(base::Money { minor: 8000, currency: base::Currency::EUR })),
            test(model, "name", Op::Contains, Value::Text("99".to_owned())),
            Where::All(vec![
                test(model, "tags", Op::Has, Value::Text("red".to_owned())),
                Where::All(vec![
                    Where::Reach(Reach { principals: vec![world.colleague.rid()], to_look: true }),
                    test(model, "urgent", Op::Eq, Value::Tick(true)),
                ]),
            ]),
        ] {
            for sort in [
                vec![],
                vec![by("name", false)],
                vec![by("stage", true), by("quantity", false)],
                vec![by("price", true)],
                vec![by("stage", false)],
            ] {
                let query =
                    ListQuery { catalogue: &catalogue, model, filter: filter.clone(), sort, trash: Trash::Without };
                let all = |store: &Store| {
                    store.read(|tx| {
                        let (mut rids, mut mark) = (Vec::new(), None);
                        loop {
                            let found = page(tx, &query, &[0], mark.as_ref(), 170)?.unwrap();
                            assert!(!found.early || found.next.is_some() && found.records.len() < 170);
                            calls.set(calls.get() + u32::from(found.early));
                            rids.extend(found.records.iter().map(|record| record.rid));
                            mark = found.next;
                            if mark.is_none() {
                                return Ok((rids, count(tx, &query, 10_000)?));
                            }
                        }
                    })
                };
                let (one, counted) = all(&dense).unwrap();
                assert!(counted.found > 10 && !counted.early, "the filter finds something");
                assert_eq!(one.len(), counted.found);
                let (other, counted) = all(&sparse).unwrap();
                assert_eq!((&other, counted.found, calls.take()), (&one, one.len(), 0));
                let (other, counted) = all(&impatient).unwrap();
                assert_eq!(other, one);
                assert!(if counted.early { counted.found <= one.len() } else { counted.found == one.len() });
                called_away += calls.take();
            }
        }
        assert!(called_away > 50, "{called_away}");
    });
}

#[test]
fn what_takes_too_long_is_ended() {
    on_both(|world| {
        let endless = match world.engine.store.dialect() {
            Dialect::Sqlite => "WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n) SELECT max(n) FROM n",
            Dialect::Postgres => "SELECT pg_sleep(60)::text",
        };
        let read = |statement: &str, time| {
            world.engine.store.read(|tx| tx.within(time, || tx.query(&Sql::new(statement)).map(|rows| rows.len())))
        };
        assert_eq!(read(endless, Duration::from_millis(20)).unwrap(), None);
        assert_eq!(read("SELECT 1", Duration::from_secs(60)).unwrap(), Some(1), "the same connection works on");
    });
}
