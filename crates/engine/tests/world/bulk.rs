//! One act on many records: at once or by a job, stopped, gone on with, taken back as a whole.

use std::sync::atomic::{AtomicBool, Ordering};

use base::{Error, Id};
use engine::bulk::{Act, Begun, Bulk, Report, Which};
use engine::{Query, Target};
use meta::Filter;
use serde_json::{Value as Json, json};
use store::{Lane, Sql};
use testkit::world::{Made, Someone, World, on_both};

/// More than are done at once.
const MANY: usize = 1500;

fn set(field: &str, value: Json) -> Act {
    Act::Set { field: field.to_owned(), value, also: serde_json::Map::new() }
}

fn add(field: &str, value: Json) -> Act {
    Act::Add { field: field.to_owned(), value }
}

fn remove(field: &str, value: Json) -> Act {
    Act::Remove { field: field.to_owned(), value }
}

fn clear(field: &str) -> Act {
    Act::Clear { field: field.to_owned() }
}

fn on(who: &Someone, made: &[Made], act: Act) -> Report {
    let ids = made.iter().map(|made| made.id).collect();
    let bulk = Bulk { path: "probes".to_owned(), act, which: Which::These(ids) };
    match who.engine.bulk(&who.actor, &bulk, None).unwrap() {
        Begun::Done(report) => report,
        Begun::Job(_) => panic!("these are few"),
    }
}

fn on_all(who: &Someone, filter: Filter, act: Act) -> Id {
    let which = Which::All(Query { filter, ..Query::all("probes") });
    let bulk = Bulk { path: "probes".to_owned(), act, which };
    match who.engine.bulk(&who.actor, &bulk, None).unwrap() {
        Begun::Job(id) => id,
        Begun::Done(report) => panic!("these are many: {report:?}"),
    }
}

fn makes(who: &Someone, count: usize, fields: Json) -> Vec<Made> {
    let one = |number: usize| {
        let mut fields = fields.clone();
        fields["name"] = json!(format!("n{number:05}"));
        (Target::New(None), fields)
    };
    who.saves("probes", (0..count).map(one).collect()).unwrap()
}

/// A worker works until something is so.
fn work(world: &World, mut is_so: impl FnMut() -> bool) {
    let stop = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| world.engine.work_until(&stop, &[]));
        while !is_so() {
            std::thread::yield_now();
        }
        stop.store(true, Ordering::Relaxed);
    });
}

fn state(who: &Someone, job: Id) -> String {
    who.engine.bulk_job(&who.actor, job).unwrap().state
}

fn report(who: &Someone, job: Id) -> Report {
    who.engine.bulk_job(&who.actor, job).unwrap().report
}

fn counts(who: &Someone, field: &str, value: Json) -> usize {
    let query = Query { filter: Filter::test(field, meta::Op::Eq, value), ..Query::all("probes") };
    who.engine.count(&who.actor, &query).unwrap().found
}

#[test]
fn values_are_set_added_removed_and_cleared() {
    on_both(|world| {
        let who = &world.manager;
        let made = makes(who, 3, json!({ "quantity": 1, "tags": ["red"] }));
        let done = on(who, &made, set("quantity", json!(7)));
        assert_eq!((done.done, done.changed, done.same, done.refused), (3, 3, 0, 0));
        assert_eq!(on(who, &made, set("quantity", json!(7))).same, 3);
        on(who, &made, add("tags", json!(["Red", "blue"])));
        assert_eq!(who.sees(&made[0], "tags"), json!(["red", "blue"]));
        assert_eq!(who.sees(&made[0], "tag_count"), json!(2), "rules run");
        on(who, &made[..1], remove("tags", json!(["red"])));
        assert_eq!(who.sees(&made[0], "tags"), json!(["blue"]));
        on(who, &made, add("phones", json!(["035 123456"])));
        let removed = on(who, &made, remove("phones", json!(["+39 035.123456"])));
        assert_eq!(removed.changed, 3, "a number in any writing");
        on(who, &made, clear("quantity"));
        assert_eq!(who.sees(&made[2], "quantity"), Json::Null);
        who.undoes(done.operation);
        assert_eq!(who.sees(&made[2], "quantity"), Json::Null, "what was changed since stays");
    });
}

#[test]
fn people_in_charge_are_put_added_and_removed() {
    on_both(|world| {
        let made = makes(&world.manager, 2, json!({}));
        let (seller, manager) = (world.seller.id().to_string(), world.manager.id().to_string());
        world.seller.cannot_open(&made[0]);
        on(&world.manager, &made, add("in_charge", json!([seller])));
        world.seller.opens(&made[0]);
        on(&world.manager, &made, remove("in_charge", json!([manager])));
        assert_eq!(world.manager.sees(&made[0], "in_charge")[0]["title"], "seller");
        let handed = on(&world.manager, &made, set("in_charge", json!([manager])));
        world.seller.cannot_open(&made[1]);
        world.manager.undoes(handed.operation);
        world.seller.opens(&made[1]);
    });
}

#[test]
fn records_go_to_the_trash_and_come_back_as_one() {
    on_both(|world| {
        let made = makes(&world.seller, 5, json!({}));
        world.seller.deletes(&made[0]);
        let binned = on(&world.seller, &made, Act::Delete);
        assert_eq!((binned.changed, binned.same), (4, 1));
        assert!(world.seller.lists("probes").is_empty());
        let back = on(&world.seller, &made, Act::Restore);
        assert_eq!(back.changed, 5);
        world.seller.undoes(back.operation);
        assert!(world.seller.lists("probes").is_empty());
        world.seller.undoes(binned.operation);
        assert_eq!(world.seller.counts("probes"), 4);
    });
}

#[test]
fn what_cannot_be_changed_keeps_nothing_else_back_and_is_told() {
    on_both(|world| {
        let mine = world.seller.creates("probes", json!({ "name": "mine" }));
        let theirs = world.manager.creates("probes", json!({ "name": "theirs", "open_to_all": true }));
        let bad = world.seller.creates("probes", json!({ "name": "bad", "mood": "bad", "reason": "rain" }));
        let unseen = world.manager.creates("probes", json!({ "name": "unseen" }));
        let all = [mine.clone(), theirs, bad.clone(), unseen];
        let done = on(&world.seller, &all, set("mood", json!("bad")));
        assert_eq!((done.done, done.changed, done.same, done.refused), (3, 0, 1, 2));
        let why: Vec<_> = done.refusals.iter().map(|one| (one.title.as_str(), one.why[0].code.as_str())).collect();
        assert_eq!(why, [("theirs", "denied"), ("mine", "required")]);
        assert_eq!(done.reasons.values().sum::<u64>(), 2);
        let done = on(&world.seller, &all, set("quantity", json!(5)));
        assert_eq!((done.changed, done.refused), (2, 1));
        // One of a kind cannot be given to several.
        let done = on(&world.seller, &[mine, bad], set("serial", json!("A1")));
        assert_eq!((done.changed, done.refused), (1, 1));
    });
}

#[test]
fn what_would_follow_and_is_refused_keeps_nothing_else_back() {
    on_both(|world| {
        let mut made: Vec<Made> = (0..7)
            .map(|number| world.manager.creates("probes", json!({ "name": format!("Probe {number}") })))
            .collect();
        made.insert(3, world.manager.creates("probes", json!({ "name": "Anna" })));
        let done = on(&world.manager, &made, set("notes", json!("child: Anna")));
        assert_eq!((done.done, done.changed, done.refused), (8, 7, 1));
        assert_eq!(done.refusals[0].title, "Anna");
        assert_eq!(world.manager.sees(&made[3], "notes"), json!(null));
        assert_eq!(world.manager.lists("probe_children"), ["Anna"; 7]);
        world.manager.undoes(done.operation);
        assert_eq!((world.manager.counts("probe_children"), world.manager.sees(&made[0], "notes")), (0, json!(null)));
    });
}

#[test]
fn an_act_that_makes_no_sense_or_is_not_allowed_is_refused_whole() {
    on_both(|world| {
        let made = makes(&world.manager, 2, json!({ "open_to_all": true }));
        let asks = |who: &Someone, act: Act| {
            let ids = made.iter().map(|made| made.id).collect();
            who.engine.bulk(&who.actor, &Bulk { path: "probes".to_owned(), act, which: Which::These(ids) }, None)
        };
        for act in [
            set("nothing", json!(1)),
            set("tag_count", json!(1)),
            set("quantity", json!("many")),
            add("quantity", json!(1)),
            add("tags", json!([])),
            add("in_charge", json!([Id::new().to_string()])),
        ] {
            assert!(matches!(asks(&world.manager, act.clone()), Err(Error::Refused(_))), "{act:?}");
        }
        for act in [Act::Delete, Act::Restore, set("quantity", json!(1))] {
            assert!(matches!(asks(&world.operator, act), Err(Error::Denied(_))));
        }
    });
}

#[test]
fn many_are_changed_by_a_job_and_undone_as_one() {
    on_both(|world| {
        makes(&world.manager, MANY, json!({ "quantity": 1 }));
        let job = on_all(&world.manager, Filter::everything(), set("quantity", json!(2)));
        assert_eq!(state(&world.manager, job), "waiting");
        world.manager.creates("probes", json!({ "name": "later", "quantity": 1 }));
        work(world, || state(&world.manager, job) == "done");
        let done = report(&world.manager, job);
        assert_eq!((done.done, done.changed), (MANY as u64, MANY as u64));
        let told = world.engine.notices(&world.manager.actor, None, 5).unwrap().items;
        assert_eq!((told.len(), told[0].what, told[0].job), (1, engine::notices::What::Done, Some(job)));
        assert_eq!(counts(&world.manager, "quantity", json!(1)), 1, "what came later is left alone");
        assert!(matches!(world.engine.bulk_job(&world.seller.actor, job), Err(Error::Missing)));
        let undone = world.manager.undoes(done.operation);
        assert_eq!((undone.reverted, undone.kept.len()), (MANY, 0));
        assert_eq!(counts(&world.manager, "quantity", json!(1)), MANY + 1);
        assert!(matches!(world.manager.tries_to_undo(done.operation), Err(Error::Refused(_))));
    });
}

#[test]
fn one_that_was_stopped_half_way_leaves_the_rest_and_is_undone_as_far_as_it_went() {
    on_both(|world| {
        makes(&world.manager, MANY, json!({ "quantity": 1 }));
        let job = on_all(&world.manager, Filter::everything(), set("quantity", json!(2)));
        work(world, || {
            let begun = report(&world.manager, job).done > 0;
            begun && world.engine.cancel_bulk(&world.manager.actor, job).unwrap()
        });
        assert_eq!(state(&world.manager, job), "cancelled");
        let done = report(&world.manager, job);
        assert!((1..MANY as u64).contains(&done.changed), "{}", done.changed);
        assert_eq!(counts(&world.manager, "quantity", json!(2)) as u64, done.changed, "what is told is what was done");
        assert!(!world.engine.cancel_bulk(&world.manager.actor, job).unwrap());
        assert_eq!(world.manager.undoes(done.operation).reverted as u64, done.changed);
        assert_eq!(counts(&world.manager, "quantity", json!(1)), MANY);
    });
}

#[test]
fn one_whose_worker_went_home_goes_on_in_the_same_operation() {
    on_both(|world| {
        makes(&world.manager, MANY, json!({}));
        let job = on_all(&world.manager, Filter::everything(), Act::Delete);
        // One transaction at a time, and then the worker goes, or is gone without a word.
        work(world, || report(&world.manager, job).done > 0);
        let after_the_first = report(&world.manager, job).done;
        assert!(after_the_first > 0);
        let silent = Sql::new("UPDATE job SET locked_until = 0 WHERE state = 'running'");
        world.engine.store.write(Lane::Jobs, |tx| tx.execute(&silent)).unwrap();
        work(world, || state(&world.manager, job) == "done");
        let done = report(&world.manager, job);
        assert_eq!((done.done, done.changed), (MANY as u64, MANY as u64));
        assert!(world.manager.lists("probes").is_empty());
        assert_eq!(world.manager.undoes(done.operation).reverted, MANY);
    });
}

#[test]
fn what_is_taken_back_while_it_runs_is_not_gone_on_with() {
    on_both(|world| {
        makes(&world.manager, MANY, json!({ "quantity": 1 }));
        let job = on_all(&world.manager, Filter::everything(), set("quantity", json!(2)));
        work(world, || report(&world.manager, job).done > 0);
        if state(&world.manager, job) == "done" {
            return;
        }
        world.manager.undoes(report(&world.manager, job).operation);
        work(world, || state(&world.manager, job) == "cancelled");
        assert_eq!(counts(&world.manager, "quantity", json!(1)), MANY);
    });
}
