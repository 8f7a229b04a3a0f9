//! The change log in the order of commit, and sequences.

use std::collections::HashSet;
use std::sync::mpsc::channel;
use std::thread;

use base::Rid;
use serde_json::json;
use store::log::{NewEntry, NewOperation, Token, begin, feed, write};
use store::{Lane, Sql, Store, Tx};
use testkit::world::{World, on_both};

fn all(store: &Store, mut after: Token) -> Vec<(Token, Rid)> {
    let mut found = Vec::new();
    loop {
        let page = store.read(|tx| feed(tx, after, 3)).unwrap();
        let Some((last, _)) = page.last() else { return found };
        after = *last;
        found.extend(page.into_iter().map(|(token, entry)| (token, entry.record)));
    }
}

/// The feed when so many have come. On PostgreSQL a transaction of any database of the server holds it back for a moment,
/// and other tests run at the same time.
fn settled(store: &Store, after: Token, count: usize) -> Vec<(Token, Rid)> {
    for _ in 0..200 {
        let found = all(store, after);
        if found.len() >= count {
            return found;
        }
        thread::sleep(std::time::Duration::from_millis(25));
    }
    panic!("the feed does not get to {count}")
}

/// The place after all that was ever changed.
fn end(store: &Store) -> Token {
    let count = store.read(|tx| tx.first(&Sql::new("SELECT count(*) FROM change"))).unwrap().unwrap().int(0);
    settled(store, Token::default(), usize::try_from(count).unwrap()).last().unwrap().0
}

fn note(tx: &Tx, record: Rid) -> base::Result<()> {
    let new = NewOperation {
        by: None,
        channel: "program",
        verb: "change",
        entity: "probe",
        records: 1,
        undoes: None,
        at: base::clock::now(),
    };
    let (op, _) = begin(tx, &new)?;
    write(tx, op, &[NewEntry { record, version: 2, verb: "change", fields: serde_json::Map::new() }])
}

#[test]
fn the_feed_gives_every_change_once_and_in_order() {
    on_both(|world| {
        let start = end(&world.engine.store);
        let made: Vec<Rid> =
            (0..7).map(|n| world.seller.creates("probes", json!({"name": format!("n{n}")})).rid).collect();
        let found = settled(&world.engine.store, start, made.len());
        assert_eq!(found.iter().map(|(_, rid)| *rid).collect::<Vec<_>>(), made);
        assert!(found.is_sorted());
    });
}

#[test]
fn a_change_waits_in_the_feed_for_one_that_began_before_it() {
    let world = World::postgres();
    let store = &world.engine.store;
    let early = world.seller.creates("probes", json!({"name": "early"})).rid;
    let late = world.seller.creates("probes", json!({"name": "late"})).rid;
    let start = end(store);
    let (began, is_begun) = channel();
    let (release, released) = channel::<()>();
    thread::scope(|scope| {
        scope.spawn(move || {
            let work = |tx: &Tx| {
                note(tx, early)?;
                began.send(()).unwrap();
                released.recv().unwrap();
                Ok(())
            };
            store.write(Lane::People, work).unwrap();
        });
        is_begun.recv().unwrap();
        store.write(Lane::People, |tx| note(tx, late)).unwrap();
        assert!(all(store, start).is_empty(), "it is committed, and yet nothing may be passed over");
        release.send(()).unwrap();
    });
    let found: Vec<Rid> = settled(store, start, 2).into_iter().map(|(_, rid)| rid).collect();
    assert_eq!(found, [early, late]);
}

#[test]
fn a_sequence_gives_each_number_once() {
    on_both(|world| {
        let store = &world.engine.store;
        let numbers: Vec<i64> = thread::scope(|scope| {
            let takers: Vec<_> = (0..4)
                .map(|_| {
                    scope.spawn(|| {
                        let take = |count| store.write(Lane::People, |tx| tx.next_numbers("job", count)).unwrap();
                        (0..10).flat_map(|round| take(round % 4)).collect::<Vec<_>>()
                    })
                })
                .collect();
            takers.into_iter().flat_map(|taker| taker.join().unwrap()).collect()
        });
        assert_eq!(numbers.len(), 4 * (1 + 2 + 3 + 1 + 2 + 3 + 1));
        assert_eq!(numbers.iter().collect::<HashSet<_>>().len(), numbers.len());
        assert!(numbers.iter().all(|number| *number > 0));
    });
}

#[test]
fn work_that_fails_or_panics_leaves_nothing_behind() {
    on_both(|world| {
        let store = &world.engine.store;
        let set = |tx: &Tx| tx.execute(&Sql::new("INSERT INTO setting (key, value) VALUES ('left', 'x')")).map(|_| ());
        let failed: base::Result<()> = store.write(Lane::People, |tx| set(tx).and(Err(base::Error::Missing)));
        assert!(failed.is_err());
        let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            let _ = store.write(Lane::People, |tx| -> base::Result<()> {
                set(tx)?;
                panic!("on purpose")
            });
        }));
        assert!(panicked.is_err());
        assert_eq!(world.engine.setting("left").unwrap(), None);
        store.write(Lane::People, |tx| set(tx)).unwrap();
        assert_eq!(world.engine.setting("left").unwrap().as_deref(), Some("x"));
    });
}
