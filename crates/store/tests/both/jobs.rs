//! Durable work: taken once, taken over, tried again, stopped.

use base::clock::now;
use chrono::Duration;
use store::jobs::{Hold, by_id, cancel, checkpoint, enqueue, fail, finish, latest, release, take};
use store::{Lane, Sql, Store};
use testkit::world::on_both;

fn add(store: &Store, kind: &str, delay: i64) -> base::Id {
    store.write(Lane::Jobs, |tx| enqueue(tx, kind, "{}", None, None, now() + Duration::seconds(delay))).unwrap()
}

fn state(store: &Store, id: base::Id) -> String {
    store.read(|tx| by_id(tx, id)).unwrap().unwrap().state
}

#[test]
fn a_job_is_taken_when_it_is_due_and_only_once() {
    on_both(|world| {
        let store = &world.engine.store;
        assert!(take(store).unwrap().is_none());
        let later = add(store, "mail", 3600);
        let first = add(store, "mail", -10);
        let second = add(store, "mail", -5);
        assert_eq!(take(store).unwrap().unwrap().id, first);
        assert_eq!(take(store).unwrap().unwrap().id, second);
        assert!(take(store).unwrap().is_none());
        assert_eq!((state(store, first).as_str(), state(store, later).as_str()), ("running", "waiting"));
        let latest = store.read(|tx| latest(tx, "mail", None, 2)).unwrap();
        assert_eq!(latest.iter().map(|job| job.id).collect::<Vec<_>>(), [second, first]);
    });
}

#[test]
fn many_workers_take_each_job_once() {
    on_both(|world| {
        let store = &world.engine.store;
        let count = 20;
        for _ in 0..count {
            add(store, "mail", -1);
        }
        let taken: Vec<i64> = std::thread::scope(|scope| {
            let work = || std::iter::from_fn(|| take(store).unwrap().map(|job| job.job)).collect::<Vec<_>>();
            let workers: Vec<_> = (0..4).map(|_| scope.spawn(work)).collect();
            workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect()
        });
        let once: std::collections::HashSet<_> = taken.iter().collect();
        assert_eq!((taken.len(), once.len()), (count, count));
    });
}

#[test]
fn a_job_whose_worker_fell_silent_is_taken_over_with_its_checkpoint() {
    on_both(|world| {
        let store = &world.engine.store;
        let id = add(store, "import", -1);
        let job = take(store).unwrap().unwrap();
        assert_eq!(store.write(Lane::Jobs, |tx| checkpoint(tx, &job, "row 100")).unwrap(), Hold::Held);
        assert!(take(store).unwrap().is_none());
        let silent = Sql::new("UPDATE job SET locked_until = $1 WHERE job = $2")
            .with(now() - Duration::seconds(1))
            .with(job.job);
        store.write(Lane::Jobs, |tx| tx.execute(&silent)).unwrap();
        let again = take(store).unwrap().unwrap();
        assert_eq!((again.id, again.progress.as_deref(), again.attempts), (id, Some("row 100"), 2));
        // The one that fell silent wakes: nothing that it does to the job holds any more.
        let woken = store.write(Lane::Jobs, |tx| {
            finish(tx, &job, Some("row 7"))?;
            fail(tx, &job, "too slow", true)?;
            release(tx, &job)?;
            checkpoint(tx, &job, "row 7")
        });
        assert_eq!((woken.unwrap(), state(store, id).as_str()), (Hold::Lost, "running"));
        store.write(Lane::Jobs, |tx| finish(tx, &again, None)).unwrap();
        assert_eq!(state(store, id), "done");
        assert_eq!(store.read(|tx| by_id(tx, id)).unwrap().unwrap().progress.as_deref(), Some("row 100"));
    });
}

#[test]
fn a_job_that_fails_waits_longer_each_time_and_gives_up_in_the_end() {
    on_both(|world| {
        let store = &world.engine.store;
        let id = add(store, "mail", -1);
        let due = Sql::new("UPDATE job SET run_at = $1").with(now() - Duration::seconds(1));
        for attempt in 1..=8 {
            let job = take(store).unwrap().unwrap();
            assert_eq!(job.attempts, attempt);
            store.write(Lane::Jobs, |tx| fail(tx, &job, "no answer", false)).unwrap();
            assert!(take(store).unwrap().is_none());
            store.write(Lane::Jobs, |tx| tx.execute(&due)).unwrap();
        }
        let job = store.read(|tx| by_id(tx, id)).unwrap().unwrap();
        assert_eq!((job.state.as_str(), job.error.as_deref()), ("failed", Some("no answer")));
        assert!(take(store).unwrap().is_none());
    });
}

#[test]
fn a_cancelled_job_is_not_taken_and_whoever_runs_it_is_told() {
    on_both(|world| {
        let store = &world.engine.store;
        let waiting = add(store, "mail", -1);
        assert!(store.write(Lane::People, |tx| cancel(tx, waiting)).unwrap());
        assert!(take(store).unwrap().is_none());
        assert!(!store.write(Lane::People, |tx| cancel(tx, waiting)).unwrap(), "once");
        let running = add(store, "mail", -1);
        let job = take(store).unwrap().unwrap();
        assert!(store.write(Lane::People, |tx| cancel(tx, running)).unwrap());
        assert_eq!(store.write(Lane::Jobs, |tx| checkpoint(tx, &job, "x")).unwrap(), Hold::Cancelled);
        store.write(Lane::Jobs, |tx| fail(tx, &job, "stopped", false)).unwrap();
        assert_eq!(state(store, running), "cancelled", "a failure does not wake it");
    });
}
