//! What an import does for any entity, on both databases.

#![allow(clippy::unwrap_used)]

use std::io::Write;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

use base::words::{Language, Words};
use engine::export::ExportFormat;
use engine::import::{Outcome, Plan, Policy, Report, Target, propose, shape_of};
use engine::{Channel, Query};
use meta::{Record, Value};
use serde_json::json;
use sheet::CsvStyle;
use store::{Lane, Sql};
use testkit::probe::PROBE;
use testkit::world::{Someone, World, on_both};

fn english() -> Words {
    Words::new(Language::En, &[]).unwrap()
}

struct Brought {
    folder: tempfile::TempDir,
    path: PathBuf,
}

fn file(text: &str) -> Brought {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("file.csv");
    std::fs::File::create(&path).unwrap().write_all(text.as_bytes()).unwrap();
    Brought { folder, path }
}

fn plan(world: &World, brought: &Brought) -> Plan {
    let shape = sheet::sniff(&brought.path).unwrap();
    let catalogue = world.engine.catalogue();
    propose(&catalogue, catalogue.of(&PROBE), &shape, &[&english()])
}

fn by_name(plan: Plan) -> Plan {
    let mut plan = plan;
    plan.duplicates.keys = Some(vec!["vat_number".to_owned(), "emails".to_owned()]);
    plan
}

fn import(world: &World, who: &Someone, brought: &Brought, plan: &Plan) -> Report {
    let actor = who.actor.clone().through(Channel::Import);
    let refused = brought.folder.path().join("refused.csv");
    world.engine.import_now(&actor, &brought.path, plan, &[&english()], Some(&refused), &mut |_| {}).unwrap()
}

fn probes(world: &World, who: &Someone) -> Vec<Record> {
    let columns: Vec<usize> = (0..world.engine.catalogue().of(&PROBE).fields.len()).collect();
    let query = Query { sort: vec!["name".to_owned()], ..Query::all("probes") };
    world.engine.list(&who.actor, &query, &columns, None, 500).unwrap().records
}

fn value<'a>(world: &World, record: &'a Record, field: &str) -> &'a Value {
    &record.values[world.engine.catalogue().of(&PROBE).position(field).unwrap()]
}

const PLAIN: &str = "Name;E-mails;VAT number;Quantity;Price;Odd thing
Alfa;a@example.it;01234567897;12;1.234,50;blue
Beta;no address;IT 01234567897;many;;
;c@example.it;;1;;
Alfa;A@Example.it;;;99,00;green
";

#[test]
fn rows_become_records_and_bad_ones_stop_no_other() {
    on_both(|world| {
        let brought = file(PLAIN);
        let plan = by_name(plan(world, &brought));
        let report = import(world, &world.admin, &brought, &plan);
        assert_eq!((report.read, report.created, report.updated, report.refused), (4, 2, 1, 1));
        let all = probes(world, &world.admin);
        assert_eq!(all.iter().map(|record| record.title.as_str()).collect::<Vec<_>>(), ["Alfa", "Beta"]);
        assert_eq!(value(world, &all[0], "notes").text(), "Odd thing: blue\nOdd thing: green");
        assert_eq!(value(world, &all[1], "notes").text(), "E-mails: no address\nQuantity: many");
        let refused = std::fs::read_to_string(report.refused_file.unwrap()).unwrap();
        assert_eq!(refused.lines().count(), 2, "{refused}");
        assert!(refused.lines().nth(1).unwrap().ends_with("Name: Fill this in"), "{refused}");
        assert_eq!(report.rows.iter().filter(|row| row.outcome == Outcome::Refused).count(), 1);
    });
}

#[test]
fn names_that_columns_go_by_are_titles_even_when_they_stand_twice() {
    on_both(|world| {
        let brought = file("Name;Name;E-mails;E-mails\nAlfa;Uno;a@example.it;b@example.it\nBeta;Due;c@example.it;\n");
        let catalogue = world.engine.catalogue();
        let shape = shape_of(&catalogue, catalogue.of(&PROBE), &brought.path, &[&english()]).unwrap();
        assert_eq!((shape.has_header, shape.rows, shape.columns[3].header.as_str()), (true, 2, "E-mails"));
        let records = file("Alfa;Alfa;a@example.it\nBeta;Beta;b@example.it\n");
        let shape = shape_of(&catalogue, catalogue.of(&PROBE), &records.path, &[&english()]).unwrap();
        assert_eq!((shape.has_header, shape.rows), (false, 2));
    });
}

#[test]
fn refused_rows_come_in_when_they_are_corrected() {
    on_both(|world| {
        let brought = file(PLAIN);
        let report = import(world, &world.admin, &brought, &by_name(plan(world, &brought)));
        let refused = std::fs::read_to_string(report.refused_file.unwrap()).unwrap();
        let corrected = file(&refused.replace("\n;c@", "\nGamma;c@"));
        let plan = by_name(plan(world, &corrected));
        assert_eq!(plan.columns.last().unwrap().targets, [Target::Ignore]);
        assert_eq!(import(world, &world.admin, &corrected, &plan).created, 1);
    });
}

#[test]
fn what_is_there_is_filled_skipped_overwritten_or_made_again() {
    on_both(|world| {
        let start = file("Name;E-mails;Quantity;Day\nAlfa;a@example.it;5;\n");
        import(world, &world.admin, &start, &by_name(plan(world, &start)));
        let again = file("Name;E-mails;Quantity;Day\nAlfa;a@example.it;7;31/12/2025\n");
        let mut plan = by_name(plan(world, &again));
        plan.duplicates.policy = Policy::Skip;
        assert_eq!(import(world, &world.admin, &again, &plan).skipped, 1);
        plan.duplicates.policy = Policy::Fill;
        assert_eq!(import(world, &world.admin, &again, &plan).updated, 1);
        let filled = &probes(world, &world.admin)[0];
        assert_eq!((value(world, filled, "quantity"), value(world, filled, "day").is_empty()), (&Value::Int(5), false));
        assert_eq!(import(world, &world.admin, &again, &plan).skipped, 1);
        plan.duplicates.policy = Policy::Overwrite;
        assert_eq!(import(world, &world.admin, &again, &plan).updated, 1);
        assert_eq!(value(world, &probes(world, &world.admin)[0], "quantity"), &Value::Int(7));
        plan.duplicates.policy = Policy::Create;
        assert_eq!(import(world, &world.admin, &again, &plan).created, 1);
        assert_eq!(probes(world, &world.admin).len(), 2);
    });
}

#[test]
fn one_matches_only_what_one_sees() {
    on_both(|world| {
        world.seller.creates("probes", json!({ "name": "Alfa", "emails": [{ "value": "a@example.it" }] }));
        let brought = file("Name;E-mails;Quantity\nAlfa;a@example.it;5\n");
        let plan = by_name(plan(world, &brought));
        assert_eq!(import(world, &world.colleague, &brought, &plan).created, 1);
        assert_eq!(import(world, &world.seller, &brought, &plan).updated, 1);
        let actor = world.viewer.actor.clone();
        assert!(matches!(world.engine.start_import(&actor, &brought.path, &plan), Err(base::Error::Denied(_))));
    });
}

#[test]
fn a_rehearsal_counts_the_same_and_writes_nothing() {
    on_both(|world| {
        let brought = file(PLAIN);
        let plan = by_name(plan(world, &brought));
        let rehearsed = world.engine.rehearse(&world.admin.actor, &brought.path, &plan, None, &mut |_| {}).unwrap();
        assert!(probes(world, &world.admin).is_empty());
        let done = import(world, &world.admin, &brought, &plan);
        let counts = |report: &Report| {
            (report.read, report.created, report.updated, report.skipped, report.refused, report.warnings)
        };
        assert_eq!(counts(&rehearsed), counts(&done));
        assert_eq!(rehearsed.operation, None);
    });
}

/// So many rows, with a name for each.
fn many(rows: usize) -> Brought {
    let rows: String = (0..rows).map(|row| format!("Probe {row:04};p{row}@example.it;{row}\n")).collect();
    file(&format!("Name;E-mails;Quantity\n{rows}"))
}

#[test]
fn an_import_that_was_killed_goes_on_where_it_was() {
    on_both(|world| {
        let brought = many(400);
        let plan = plan(world, &brought);
        let actor = world.admin.actor.clone().through(Channel::Import);
        let killed = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            world.engine.import_now(&actor, &brought.path, &plan, &[], None, &mut |_| panic!("killed"))
        }));
        assert!(killed.is_err());
        let there = probes(world, &world.admin).len();
        assert!((1..400).contains(&there), "{there}");
        // The lease of the dead worker ends.
        world.engine.store.write(Lane::Jobs, |tx| tx.execute(&Sql::new("UPDATE job SET locked_until = 0"))).unwrap();
        let job = store::jobs::take(&world.engine.store).unwrap().unwrap();
        let report = world.engine.run_import(&job, &[]).unwrap();
        assert_eq!((report.read, report.created), (400, 400));
        assert_eq!(probes(world, &world.admin).len(), 400);
        let undone = world.engine.undo(&world.admin.actor, report.operation.unwrap()).unwrap();
        assert_eq!((undone.reverted, undone.kept.len()), (400, 0));
        assert!(probes(world, &world.admin).is_empty());
    });
}

#[test]
fn a_worker_that_wakes_after_its_import_was_taken_over_brings_nothing_in_twice() {
    on_both(|world| {
        let brought = many(400);
        let plan = plan(world, &brought);
        let actor = world.admin.actor.clone().through(Channel::Import);
        let mut other = None;
        let woken = world.engine.import_now(&actor, &brought.path, &plan, &[], None, &mut |_| {
            other.get_or_insert_with(|| {
                let silent = Sql::new("UPDATE job SET locked_until = 0");
                world.engine.store.write(Lane::Jobs, |tx| tx.execute(&silent)).unwrap();
                let job = store::jobs::take(&world.engine.store).unwrap().unwrap();
                let report = world.engine.run_import(&job, &[]).unwrap();
                assert_eq!((report.read, report.created), (400, 400));
                job.id
            });
        });
        assert!(woken.is_err());
        assert_eq!(probes(world, &world.admin).len(), 400);
        assert_eq!(world.engine.import(&world.admin.actor, other.unwrap()).unwrap().state, "done");
    });
}

#[test]
fn a_worker_carries_an_import_out_and_a_cancelled_one_never_begins() {
    on_both(|world| {
        let brought = many(120);
        let plan = plan(world, &brought);
        let actor = &world.admin.actor;
        let cancelled = world.engine.start_import(actor, &brought.path, &plan).unwrap();
        assert!(world.engine.cancel_import(actor, cancelled).unwrap());
        let wanted = world.engine.start_import(actor, &brought.path, &plan).unwrap();
        work(world, || !matches!(world.engine.import(actor, wanted).unwrap().state.as_str(), "waiting" | "running"));
        let done = world.engine.import(actor, wanted).unwrap();
        assert_eq!((done.state.as_str(), done.report.created, done.rows), ("done", 120, 120));
        assert_eq!(world.engine.import(actor, cancelled).unwrap().state, "cancelled");
        assert!(matches!(world.engine.import(&world.seller.actor, wanted), Err(base::Error::Missing)));
    });
}

/// Lets a worker go on until the job is at rest.
fn work(world: &World, mut at_rest: impl FnMut() -> bool) {
    let stop = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| world.engine.work_until(&stop, &[]));
        while !at_rest() {
            std::thread::yield_now();
        }
        stop.store(true, std::sync::atomic::Ordering::Relaxed);
    });
}

#[test]
fn a_draft_is_corrected_rehearsed_and_then_runs() {
    on_both(|world| {
        let (engine, actor) = (&world.engine, &world.admin.actor);
        let brought = many(120);
        let id = engine.begin_import(actor, "probes", "vecchio.csv", &brought.path, &[&english()]).unwrap();
        drop(brought);
        assert_eq!(engine.import(actor, id).unwrap().state, "draft");
        assert!(matches!(engine.import_draft(&world.seller.actor, id), Err(base::Error::Missing)));

        let mut plan = engine.import_draft(actor, id).unwrap().plan;
        engine.rehearse_import(actor, id).unwrap();
        let rehearsed = |state: &str| {
            let rehearsal = engine.import_draft(actor, id).unwrap().rehearsal;
            rehearsal.filter(|rehearsal| rehearsal.state == state).map(|rehearsal| rehearsal.report)
        };
        work(world, || rehearsed("done").is_some());
        assert_eq!(rehearsed("done").map(|report| (report.read, report.created)), Some((120, 120)));
        assert!(probes(world, &world.admin).is_empty(), "a rehearsal writes nothing");

        plan.columns[2].targets = vec![Target::Ignore];
        engine.change_import(actor, id, &plan).unwrap();
        assert!(engine.import_draft(actor, id).unwrap().rehearsal.is_none(), "it was of another plan");
        engine.keep_profile(actor, "Vecchio", &plan).unwrap();
        assert_eq!(engine.import_profiles(actor, "probe").unwrap()[0].plan, plan);

        engine.submit_import(actor, id).unwrap();
        assert!(matches!(engine.change_import(actor, id, &plan), Err(base::Error::Missing)), "it is no draft any more");
        work(world, || engine.import(actor, id).unwrap().state == "done");
        assert_eq!(engine.import(actor, id).unwrap().report.created, 120);
        assert_eq!(engine.imports(actor, "probe", 5).unwrap()[0].id, id);
    });
}

#[test]
fn a_draft_that_is_thrown_away_leaves_nothing() {
    on_both(|world| {
        let (engine, actor) = (&world.engine, &world.admin.actor);
        let brought = many(10);
        let id = engine.begin_import(actor, "probes", "vecchio.csv", &brought.path, &[&english()]).unwrap();
        let file = engine.import_draft(actor, id).unwrap().file;
        engine.discard_import(actor, id).unwrap();
        assert!(matches!(engine.import(actor, id), Err(base::Error::Missing)));
        assert!(!file.exists());
        let pieces = engine.store.read(|tx| tx.query(&Sql::new("SELECT id FROM file"))).unwrap();
        assert!(pieces.is_empty());
    });
}

#[test]
fn the_file_of_an_import_stays_as_long_as_it_is_needed_and_no_longer() {
    on_both(|world| {
        let (engine, actor) = (&world.engine, &world.admin.actor);
        let days_pass = |days: i64| {
            let micros = days * 86_400_000_000;
            for sql in [
                format!("UPDATE file SET created_at = created_at - {micros}"),
                format!("UPDATE job SET ended_at = ended_at - {micros}"),
            ] {
                engine.store.write(Lane::Jobs, |tx| tx.execute(&Sql::new(sql.as_str()))).unwrap();
            }
            engine.sweep().unwrap();
        };
        let begin = || engine.begin_import(actor, "probes", "vecchio.csv", &many(10).path, &[&english()]).unwrap();
        let id = begin();
        let file = engine.import_draft(actor, id).unwrap().file;
        if engine.store.folder().is_none() {
            std::fs::remove_file(&file).unwrap();
        }
        days_pass(20);
        assert!(engine.import_draft(actor, id).unwrap().file.exists(), "a draft waits for weeks");
        engine.submit_import(actor, id).unwrap();
        assert!(engine.cancel_import(actor, id).unwrap());
        days_pass(0);
        assert!(file.exists(), "it ended just now");
        days_pass(2);
        assert!(!file.exists());
        assert!(engine.store.read(|tx| tx.query(&Sql::new("SELECT id FROM file"))).unwrap().is_empty());
    });
}

#[test]
fn a_file_that_is_no_table_is_called_what_it_is() {
    on_both(|world| {
        let brought = file("%PDF-1.7 and so on");
        let begun = world.engine.begin_import(&world.admin.actor, "probes", "x.csv", &brought.path, &[&english()]);
        let Err(base::Error::Unreadable(text)) = begun else { panic!("{begun:?}") };
        assert_eq!(text.to_string(), "The file is neither a CSV nor an Excel file: it looks like a PDF");
        let begun = world.engine.begin_import(&world.viewer.actor, "probes", "x.csv", &many(3).path, &[&english()]);
        assert!(matches!(begun, Err(base::Error::Denied(_))), "{begun:?}");
    });
}

#[test]
fn those_involved_come_by_name_with_the_role_of_the_cell_or_of_the_column() {
    on_both(|world| {
        for name in ["Rossi Agenzia", "Bianchi (Nord)", "Twin", "Twin"] {
            world.admin.creates("probe_agents", json!({ "name": name }));
        }
        let brought = file(
            "Name;Involved;Bringer
Alfa;rossi agenzia (Follows it) | Bianchi (Nord);Rossi Agenzia
Beta;Bianchi (Nord) (brings);
Gamma;Twin;
Delta;Nobody we know;Bianchi (Nord)
",
        );
        let plan = plan(world, &brought);
        let report = import(world, &world.admin, &brought, &plan);
        assert_eq!((report.created, report.refused), (4, 0), "{:?}", report.rows);
        let all = probes(world, &world.admin);
        let titles = |at: usize| {
            let record = &all[at];
            let titles = world.engine.titles(&world.admin.actor, &record.values).unwrap();
            match value(world, record, "involved") {
                Value::Involved(involved) => involved
                    .pairs()
                    .map(|(rid, role)| format!("{}: {}", titles.get(rid).unwrap().title, role.unwrap_or("-")))
                    .collect(),
                _ => Vec::new(),
            }
        };
        assert_eq!(titles(0), ["Rossi Agenzia: follows", "Bianchi (Nord): -", "Rossi Agenzia: brings"]);
        assert_eq!(titles(1), ["Bianchi (Nord): brings"]);
        assert_eq!(titles(2), ["Bianchi (Nord): brings"], "the other cell is kept as a line");
        assert!(titles(3).is_empty(), "two are called so");
        assert_eq!(value(world, &all[2], "notes").text(), "Involved: Nobody we know");
    });
}

#[test]
fn what_is_exported_comes_back_the_same() {
    on_both(|world| {
        world.admin.creates("probes", json!({ "name": "Root", "mood": "odd" }));
        let agent = world.admin.creates("probe_agents", json!({ "name": "Rossi, Carla (Lecco)" })).id.to_string();
        world.admin.creates(
            "probes",
            json!({
                "name": "=SUM(A1)", "serial": "007", "notes": "one\ntwo; three", "quantity": -12, "weight": "1.250",
                "price": { "amount": "-1234.50", "currency": "EUR" }, "share": "12.5", "day": "2025-12-31",
                "moment": "2025-12-31T08:30:00Z", "length": 5400, "mood": "bad", "reason": "rain", "stage": "begun",
                "involved": [{ "id": agent, "role": "follows" }, { "id": agent, "role": "brings" }],
                "label": "red", "tags": ["green", "blue"], "urgent": true, "vat_number": "01234567897",
                "emails": [{ "value": "b@example.it" }, { "value": "a@example.it", "kind": "work", "primary": true }],
                "phones": [{ "value": "+390574388942", "kind": "work" }, { "value": "+393498464119", "kind": "mobile" }],
                "sites": [{ "value": "https://example.it/a", "kind": "site" }],
                "places": [{ "street": "Via Roma, 1", "zip": "20121", "town": "Milano", "province": "MI", "kind": "billing" }],
            }),
        );
        let before = probes(world, &world.admin);
        let catalogue = world.engine.catalogue();
        let model = catalogue.of(&PROBE);
        let skipped = ["about", "in_charge"];
        let columns: Vec<usize> =
            (0..model.fields.len()).filter(|at| !skipped.contains(&model.fields[*at].key)).collect();
        for format in
            [ExportFormat::Csv(CsvStyle { decimal: sheet::Decimal::Point, ..CsvStyle::default() }), ExportFormat::Xlsx]
        {
            let mut bytes = Vec::new();
            let query = Query::all("probes");
            let count =
                world.engine.export(&world.admin.actor, &query, &columns, format, &english(), &mut bytes).unwrap();
            assert_eq!(count, 2);
            let rids: Vec<_> = probes(world, &world.admin).iter().map(|record| record.rid).collect();
            world.engine.delete(&world.admin.actor, "probe", &rids).unwrap();
            let brought = file("");
            std::fs::write(&brought.path, &bytes).unwrap();
            let plan = plan(world, &brought);
            assert!(plan.columns.iter().all(|column| column.targets != [Target::Line]), "{:?}", plan.columns);
            let report = import(world, &world.admin, &brought, &plan);
            assert_eq!((report.created, report.refused), (2, 0), "{:?}", report.rows);
            let after = probes(world, &world.admin);
            for (old, new) in before.iter().zip(&after) {
                for at in &columns {
                    let sorted = |value: &Value| match value {
                        Value::Items(items) => {
                            let mut items = items.clone();
                            items.sort_by_key(|item| !item.primary);
                            Value::Items(items)
                        }
                        other => other.clone(),
                    };
                    assert_eq!(
                        sorted(&old.values[*at]),
                        sorted(&new.values[*at]),
                        "{} {format:?}",
                        model.fields[*at].key
                    );
                }
            }
        }
    });
}

#[test]
fn one_exports_only_what_one_may() {
    on_both(|world| {
        world.seller.creates("probes", json!({ "name": "Mine" }));
        world.colleague.creates("probes", json!({ "name": "Theirs" }));
        let export = |who: &Someone| {
            let mut bytes = Vec::new();
            let format = ExportFormat::Csv(CsvStyle::default());
            world.engine.export(&who.actor, &Query::all("probes"), &[0], format, &english(), &mut bytes)
        };
        assert_eq!(export(&world.seller).unwrap(), 1);
        assert_eq!(export(&world.admin).unwrap(), 2);
        assert!(matches!(export(&world.operator), Err(base::Error::Denied(_))));
    });
}
