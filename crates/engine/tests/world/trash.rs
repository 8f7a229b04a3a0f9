//! The trash: who put what there, and what goes out of it for good.

use base::Error;
use chrono::{Duration, NaiveDate};
use engine::Query;
use engine::bulk::{Act, Begun, Bulk, Which};
use serde_json::json;
use store::{Lane, Sql};
use testkit::world::{World, on_both};

fn days_pass(world: &World, days: i64) {
    let micros = Duration::days(days).num_microseconds().unwrap();
    let sql = format!("UPDATE record SET deleted_at = deleted_at - {micros} WHERE deleted_at IS NOT NULL");
    world.engine.store.write(Lane::Jobs, |tx| tx.execute(&Sql::new(sql.as_str()))).unwrap();
}

fn day(number: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, number).unwrap()
}

fn lie_there(world: &World) -> usize {
    let query = Query { trash: true, ..Query::all("probes") };
    world.engine.count(&world.admin.actor, &query).unwrap().found
}

#[test]
fn nothing_goes_by_itself_unless_an_administrator_says_so() {
    on_both(|world| {
        let made = world.seller.creates("probes", json!({ "name": "x" }));
        world.seller.deletes(&made);
        days_pass(world, 1000);
        assert_eq!(world.engine.empty_trash(day(1)).unwrap(), 0);
        assert!(matches!(world.engine.set_trash_days(&world.manager.actor, 30), Err(Error::Denied(_))));
        assert!(matches!(world.engine.set_trash_days(&world.admin.actor, 4000), Err(Error::Refused(_))));
        world.engine.set_trash_days(&world.admin.actor, 30).unwrap();
        assert_eq!(world.engine.empty_trash(day(1)).unwrap(), 1);
        assert_eq!(lie_there(world), 0);
    });
}

#[test]
fn what_is_old_enough_goes_once_a_day_with_all_that_is_known_of_it() {
    on_both(|world| {
        let fields = json!({ "name": "Segreta", "emails": ["x@example.it"], "notes": "privata" });
        let old = world.seller.creates("probes", fields);
        world.seller.changes(&old, json!({ "notes": "altra" }));
        let young = world.seller.creates("probes", json!({ "name": "giovane" }));
        let deleted = world.seller.deletes(&old);
        days_pass(world, 31);
        world.seller.deletes(&young);
        world.engine.set_trash_days(&world.admin.actor, 30).unwrap();
        assert_eq!(world.engine.empty_trash(day(1)).unwrap(), 1);
        assert_eq!(lie_there(world), 1);
        world.admin.cannot_open(&old);
        let kept = |sql: &str| world.engine.store.read(|tx| tx.query(&Sql::new(sql))).unwrap().len();
        assert_eq!(kept("SELECT 1 FROM change WHERE fields LIKE '%privata%'"), 0);
        assert_eq!(kept("SELECT 1 FROM lookup WHERE key = 'x@example.it'"), 0);
        assert_eq!(kept("SELECT 1 FROM record WHERE title = 'Segreta'"), 0);
        assert_eq!(world.seller.undoes(Some(deleted)).reverted, 0, "there is nothing to bring back");
        days_pass(world, 40);
        assert_eq!(world.engine.empty_trash(day(1)).unwrap(), 0, "once a day");
        assert_eq!(world.engine.empty_trash(day(2)).unwrap(), 1);
        let english = base::words::Words::new(base::words::Language::En, &[]).unwrap();
        let findings = world.engine.examine(false, &english).unwrap();
        assert!(findings.is_empty(), "{findings:?}");
    });
}

#[test]
fn what_something_still_leads_to_stays() {
    on_both(|world| {
        let who = &world.manager;
        let parent = who.creates("probes", json!({ "name": "parent" }));
        let part = who.creates("probes", json!({ "name": "part", "parent": parent.id.to_string() }));
        let child = who.creates("probe_children", json!({ "name": "child", "probe": part.id.to_string() }));
        who.deletes(&parent);
        who.deletes(&part);
        days_pass(world, 31);
        world.engine.set_trash_days(&world.admin.actor, 30).unwrap();
        assert_eq!(world.engine.empty_trash(day(1)).unwrap(), 0, "a child is there, and leads to the rest");
        who.deletes(&child);
        days_pass(world, 31);
        assert_eq!(world.engine.empty_trash(day(2)).unwrap(), 3);
    });
}

#[test]
fn the_address_of_what_was_merged_leads_on_when_it_is_gone_for_good() {
    on_both(|world| {
        let who = &world.manager;
        let one = who.creates("probes", json!({ "name": "one" }));
        let two = who.creates("probes", json!({ "name": "two", "quantity": 2 }));
        let merged = world.engine.merge(&who.actor, "probes", one.id, &[two.id], Vec::new()).unwrap();
        let trash = Query { trash: true, ..Query::all("probes") };
        let listed = world.engine.list(&who.actor, &trash, &[], None, 10).unwrap();
        let known = world.engine.in_trash(&who.actor, &listed.records).unwrap();
        let known = &known[&two.rid];
        assert_eq!((known.by.as_deref(), known.operation), (Some("manager"), Some(merged.operation)));
        assert_eq!(known.merged_into.as_ref().map(|one| one.title.as_str()), Some("one"));
        days_pass(world, 31);
        world.engine.set_trash_days(&world.admin.actor, 30).unwrap();
        assert_eq!(world.engine.empty_trash(day(1)).unwrap(), 1);
        let there = world.engine.record(&who.actor, "probes", two.id).unwrap();
        assert_eq!(there.records[0].id, one.id);
        let undone = who.undoes(Some(merged.operation));
        assert_eq!(who.sees(&one, "quantity"), json!(null));
        assert_eq!(undone.kept.len(), 1, "what is gone for good does not come back, and that is told");
    });
}

#[test]
fn what_another_stands_for_by_now_stays_in_the_trash_whichever_way_it_is_asked_back() {
    on_both(|world| {
        let serial = |serial: &str| json!({ "name": serial, "serial": serial });
        let old = ["A1", "B2"].map(|name| world.manager.creates("probes", serial(name)));
        let deleted = old.each_ref().map(|old| world.manager.deletes(old));
        world.manager.creates("probes", json!({ "name": "new", "serial": "a1" }));
        let restored = world.engine.restore(&world.manager.actor, "probe", &[old[0].rid]);
        let Err(Error::Refused(problems)) = restored else { panic!("it came back") };
        assert_eq!(problems[0].code, "taken");
        let undone = world.manager.undoes(Some(deleted[0]));
        assert_eq!((undone.reverted, undone.kept.len(), undone.kept[0].field.as_deref()), (0, 1, Some("serial")));
        let which = Which::These(old.iter().map(|one| one.id).collect());
        let bulk = Bulk { path: "probes".to_owned(), act: Act::Restore, which };
        let Begun::Done(done) = world.engine.bulk(&world.manager.actor, &bulk, None).unwrap() else { panic!("a job") };
        assert_eq!((done.changed, done.refused, done.refusals[0].title.as_str()), (1, 1, "A1"));
        assert_eq!(world.manager.lists("probes"), ["B2", "new"]);
    });
}
