//! Several at once: people, threads, nodes.

use std::sync::Barrier;
use std::thread;

use serde_json::json;
use testkit::world::on_both;

#[test]
fn writers_at_once_lose_nothing() {
    on_both(|world| {
        let made = world.manager.creates("probes", json!({"name": "shared", "quantity": 0}));
        let start = Barrier::new(6);
        thread::scope(|scope| {
            for number in 0..6 {
                let (start, made, manager) = (&start, &made, &world.manager);
                scope.spawn(move || {
                    start.wait();
                    for round in 0..8 {
                        manager.creates("probes", json!({"name": format!("w{number}-{round}")}));
                        let field = ["quantity", "share", "length", "notes", "story", "weight"][number];
                        let value =
                            if number == 3 || number == 4 { json!(format!("r{round}")) } else { json!(round + 1) };
                        manager.changes(made, json!({field: value}));
                    }
                });
            }
        });
        assert_eq!(world.manager.counts("probes"), 49);
        let seen = |field| world.manager.sees(&made, field);
        assert_eq!((seen("quantity"), seen("length"), seen("notes")), (json!(8), json!(8), json!("r7")));
        let record = world.manager.opens(&made);
        assert_eq!(record.version, 49, "every change is a version of its own");
        assert_eq!(world.manager.reads_history(&made).events.len(), 49);
    });
}

#[test]
fn of_two_who_start_from_the_same_version_one_is_told() {
    on_both(|world| {
        let made = world.manager.creates("probes", json!({"name": "shared", "quantity": 0}));
        let start = Barrier::new(4);
        let won: usize = thread::scope(|scope| {
            let writers: Vec<_> = (1..=4)
                .map(|number| {
                    let (start, made, manager) = (&start, &made, &world.manager);
                    scope.spawn(move || {
                        start.wait();
                        manager.tries_to_change_from(made, json!({"quantity": number})).is_ok()
                    })
                })
                .collect();
            writers.into_iter().map(|writer| usize::from(writer.join().unwrap())).sum()
        });
        assert_eq!(won, 1);
        assert_eq!(world.manager.opens(&made).version, 2);
    });
}

#[test]
fn of_two_who_take_the_same_number_at_once_one_gets_it() {
    on_both(|world| {
        let start = Barrier::new(4);
        let won: usize = thread::scope(|scope| {
            let writers: Vec<_> = (1..=4)
                .map(|_| {
                    let (start, manager) = (&start, &world.manager);
                    scope.spawn(move || {
                        start.wait();
                        manager.tries_to_create("probes", json!({"name": "x", "serial": "only one"})).is_ok()
                    })
                })
                .collect();
            writers.into_iter().map(|writer| usize::from(writer.join().unwrap())).sum()
        });
        assert_eq!(won, 1);
    });
}

#[test]
fn a_node_that_is_behind_reads_the_lists_again_before_it_writes() {
    on_both(|world| {
        let other = world.second_engine();
        let add = store::Sql::new(
            "INSERT INTO pick (list, key, position, labels, class) VALUES ('probe_stage', 'paused', 9, '{}', 'open')",
        );
        let told = store::Sql::new("UPDATE setting SET value = '99' WHERE key = 'epoch'");
        other.store.write(store::Lane::People, |tx| tx.execute(&add).and(tx.execute(&told))).unwrap();
        let made = world.seller.creates("probes", json!({"name": "x", "stage": "paused"}));
        assert_eq!(world.seller.at(&other).sees(&made, "stage"), json!("paused"));
        assert_eq!(world.engine.catalogue().epoch, 99);
    });
}

#[test]
fn two_nodes_on_one_database_see_what_the_other_wrote() {
    on_both(|world| {
        let other = world.second_engine();
        let made = world.seller.creates("probes", json!({"name": "x"}));
        world.seller.at(&other).changes(&made, json!({"name": "y"}));
        assert_eq!(world.seller.lists("probes"), ["y"]);
    });
}
