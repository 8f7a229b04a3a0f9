//! Who may see and do what, asked through every door.

use base::Error;
use meta::filter::Filter;
use meta::{Op, Verb};
use serde_json::json;
use testkit::world::{Made, Someone, World, on_both};

use engine::{Query, Titles};

fn probe(who: &Someone, name: &str) -> Made {
    who.creates("probes", json!({"name": name}))
}

fn child(who: &Someone, name: &str, of: &Made) -> Made {
    who.creates("probe_children", json!({"name": name, "probe": of.id.to_string()}))
}

pub fn is_denied<T>(done: base::Result<T>) -> bool {
    matches!(done, Err(Error::Denied(_)))
}

fn is_missing<T>(done: base::Result<T>) -> bool {
    matches!(done, Err(Error::Missing))
}

/// Every door says the same: the record is there.
#[track_caller]
pub fn sees(who: &Someone, record: &Made, title: &str) {
    assert_eq!(who.opens(record).title, title);
    assert!(who.lists(record.path).contains(&title.to_owned()), "{} lists", who.actor.name);
    assert!(who.finds(record.path, title).contains(&title.to_owned()), "{} finds", who.actor.name);
    assert_eq!(who.engine.rows(&who.actor, record.path, &[record.id]).unwrap(), [record.rid]);
    who.reads_history(record);
}

/// Every door says the same: there is no such record.
#[track_caller]
pub fn sees_nothing_of(who: &Someone, record: &Made, title: &str) {
    who.cannot_open(record);
    let name = &who.actor.name;
    match who.tries_to_list(&Query::all(record.path), 3) {
        Ok(found) => {
            assert!(found.iter().all(|record| record.title != title), "{name} lists {title}");
            assert_eq!(who.counts(record.path), found.len());
            assert!(who.finds(record.path, title).iter().all(|found| found != title), "{name} finds {title}");
        }
        Err(error) => assert!(matches!(error, Error::Denied(_))),
    }
    assert!(who.engine.rows(&who.actor, record.path, &[record.id]).unwrap().is_empty());
    assert!(is_missing(who.tries_to_read_history(record)));
    assert!(is_missing(who.tries_to_change(record, json!({"name": "Mine"}))), "{name} changes {title}");
    assert!(is_missing(who.tries_to_delete(record)), "{name} deletes {title}");
    // To create and to import is not about this record.
    for verb in [Verb::View, Verb::Change, Verb::Delete, Verb::Export, Verb::Bulk] {
        assert!(!who.engine.may(&who.actor, record.path, record.rid, verb).unwrap(), "{verb:?}");
    }
}

#[test]
fn a_seller_sees_what_is_theirs_and_nothing_of_others() {
    on_both(|world| {
        let own = probe(&world.seller, "Own");
        let others = probe(&world.colleague, "Foreign");
        sees(&world.seller, &own, "Own");
        sees_nothing_of(&world.seller, &others, "Foreign");
        sees_nothing_of(&world.technician, &own, "Own");
        for who in [&world.admin, &world.manager, &world.operator, &world.viewer] {
            sees(who, &own, "Own");
            sees(who, &others, "Foreign");
        }
        assert_eq!(world.seller.counts("probes"), 1);
    });
}

#[test]
fn a_technician_sees_the_team_and_changes_only_what_is_theirs() {
    on_both(|world| {
        let of_mate = probe(&world.mate, "Of the mate");
        sees(&world.technician, &of_mate, "Of the mate");
        assert!(is_denied(world.technician.tries_to_change(&of_mate, json!({"name": "Mine"}))));
        let own = probe(&world.technician, "Own");
        world.technician.changes(&own, json!({"name": "Own 2"}));
        assert!(is_denied(world.technician.tries_to_delete(&own)));
    });
}

#[test]
fn a_viewer_only_looks_and_an_operator_never_deletes() {
    on_both(|world| {
        let record = probe(&world.seller, "Own");
        assert!(is_denied(world.viewer.tries_to_change(&record, json!({"name": "Mine"}))));
        assert!(is_denied(world.viewer.tries_to_delete(&record)));
        assert!(is_denied(world.viewer.tries_to_create("probes", json!({"name": "Mine"}))));
        world.operator.changes(&record, json!({"name": "Changed"}));
        assert!(is_denied(world.operator.tries_to_delete(&record)));
        world.manager.deletes(&record);
    });
}

#[test]
fn the_matrix_of_roles_holds_for_every_verb() {
    on_both(|world| {
        // Scope by verb in the order of `Verb::ALL`: on one's own, on a mate's, on a stranger's record.
        let rows: [(&Someone, &Someone, &Someone, [[bool; 7]; 3]); 5] = [
            (&world.manager, &world.seller, &world.technician, [[true; 7], [true; 7], [true; 7]]),
            (
                &world.seller,
                &world.colleague,
                &world.technician,
                [
                    [true, true, true, true, true, true, true],
                    [false, true, false, false, false, true, false],
                    [false, true, false, false, false, true, false],
                ],
            ),
            (
                &world.technician,
                &world.mate,
                &world.seller,
                [
                    [true, true, true, false, false, false, false],
                    [true, true, false, false, false, false, false],
                    [false, true, false, false, false, false, false],
                ],
            ),
            (&world.operator, &world.seller, &world.technician, {
                let all = [true, true, true, false, false, false, false];
                [all, all, all]
            }),
            (&world.admin, &world.seller, &world.technician, [[true; 7], [true; 7], [true; 7]]),
        ];
        for (who, mate, stranger, wanted) in rows {
            for (owner, wanted) in [who, mate, stranger].into_iter().zip(wanted) {
                let record = probe(owner, "Record");
                let may = Verb::ALL.map(|verb| who.engine.may(&who.actor, "probes", record.rid, verb).unwrap());
                assert_eq!(may, wanted, "{} with what {} made", who.actor.name, owner.actor.name);
                // What bulk changes walk over says the same.
                for (verb, may) in Verb::ALL.into_iter().zip(may) {
                    let walked = who.engine.rids(&who.actor, &Query::all("probes"), verb, base::Rid(0), 1000);
                    assert_eq!(walked.is_ok_and(|rids| rids.contains(&record.rid)), may, "{verb:?}");
                }
            }
        }
        let record = probe(&world.seller, "Record");
        let may =
            Verb::ALL.map(|verb| world.viewer.engine.may(&world.viewer.actor, "probes", record.rid, verb).unwrap());
        assert_eq!(may, [true, false, false, false, false, false, false]);
    });
}

#[test]
fn what_is_open_to_everybody_is_looked_at_and_not_changed() {
    on_both(|world| {
        let record = world.seller.creates("probes", json!({"name": "Open", "open_to_all": true}));
        sees(&world.colleague, &record, "Open");
        sees(&world.technician, &record, "Open");
        assert!(is_denied(world.colleague.tries_to_change(&record, json!({"name": "Mine"}))));
        assert!(is_denied(world.colleague.tries_to_delete(&record)));
        world.seller.changes(&record, json!({"open_to_all": false}));
        sees_nothing_of(&world.colleague, &record, "Open");
    });
}

#[test]
fn who_is_put_in_charge_sees_it_from_then_on() {
    on_both(|world| {
        let record = probe(&world.seller, "Passed on");
        let both = json!([world.seller.id().to_string(), world.colleague.id().to_string()]);
        world.seller.changes(&record, json!({"in_charge": both}));
        sees(&world.colleague, &record, "Passed on");
        world.colleague.changes(&record, json!({"in_charge": [world.colleague.id().to_string()]}));
        sees_nothing_of(&world.seller, &record, "Passed on");
    });
}

#[test]
fn a_child_is_seen_by_whoever_sees_what_it_belongs_to() {
    on_both(|world| {
        let parent = probe(&world.seller, "Parent");
        let foreign = probe(&world.colleague, "Foreign parent");
        let own = child(&world.seller, "Child", &parent);
        let hidden = child(&world.colleague, "Hidden child", &foreign);
        sees(&world.seller, &own, "Child");
        sees_nothing_of(&world.seller, &hidden, "Hidden child");
        sees(&world.viewer, &hidden, "Hidden child");
        // A panel is a list filtered by its link.
        let panel = |who: &Someone, of: &Made| {
            who.lists_where("probe_children", Filter::test("probe", Op::Eq, of.id.to_string()))
        };
        assert_eq!(panel(&world.seller, &parent), ["Child"]);
        assert!(panel(&world.seller, &foreign).is_empty());
        assert_eq!(panel(&world.manager, &foreign), ["Hidden child"]);
        // The child goes with its parent.
        world.seller.changes(&parent, json!({"in_charge": [world.colleague.id().to_string()]}));
        sees_nothing_of(&world.seller, &own, "Child");
    });
}

#[test]
fn a_link_to_what_one_may_not_see_is_there_and_says_nothing() {
    on_both(|world| {
        let hidden = probe(&world.colleague, "Secret");
        let record = world.manager.creates(
            "probes",
            json!({"name": "Linked", "parent": hidden.id.to_string(), "about": hidden.id.to_string(),
            "in_charge": [world.seller.id().to_string()]}),
        );
        assert_eq!(world.seller.sees(&record, "parent"), json!({"hidden": true}));
        assert_eq!(world.seller.sees(&record, "about"), json!({"hidden": true}));
        assert_eq!(world.manager.sees(&record, "parent")["title"], "Secret");
        let history = world.seller.reads_history(&record);
        assert!(history.titles.get(hidden.rid).is_none());
        world.manager.changes(&record, json!({"parent": null}));
        let history = world.seller.reads_history(&record);
        assert!(history.titles.get(hidden.rid).is_none(), "the history does not tell either");
        assert!(history.events.iter().any(|event| !event.fields.is_empty()));
    });
}

#[test]
fn a_seller_may_not_link_to_what_they_do_not_see() {
    on_both(|world| {
        let hidden = probe(&world.colleague, "Secret");
        let refused =
            world.seller.tries_to_create("probes", json!({"name": "Linked", "parent": hidden.id.to_string()}));
        assert_eq!(refused.unwrap_err().to_string(), "parent: There is no such record");
        let refused =
            world.seller.tries_to_create("probe_children", json!({"name": "Child", "probe": hidden.id.to_string()}));
        assert_eq!(refused.unwrap_err().to_string(), "probe: There is no such record");
        let nowhere =
            world.seller.tries_to_create("probes", json!({"name": "Linked", "parent": base::Id::new().to_string()}));
        assert_eq!(
            nowhere.unwrap_err().to_string(),
            "parent: There is no such record",
            "the same as for what does not exist"
        );
    });
}

#[test]
fn a_hidden_link_survives_a_change_of_other_fields() {
    on_both(|world| {
        let hidden = probe(&world.colleague, "Secret");
        let record = world.manager.creates(
            "probes",
            json!({"name": "Linked", "parent": hidden.id.to_string(),
            "in_charge": [world.seller.id().to_string()]}),
        );
        world.seller.changes(&record, json!({"name": "Linked 2"}));
        assert_eq!(world.manager.sees(&record, "parent")["title"], "Secret");
    });
}

#[test]
fn a_filter_through_a_link_does_not_tell_what_the_page_does_not() {
    on_both(|world| {
        let hidden = world.colleague.creates("probes", json!({"name": "Secret", "quantity": 42}));
        world.manager.creates(
            "probes",
            json!({"name": "Linked", "parent": hidden.id.to_string(), "in_charge": [world.seller.id().to_string()]}),
        );
        for filter in [
            Filter::test("parent.name", Op::Starts, "sec"),
            Filter::test("parent.quantity", Op::Eq, 42),
            Filter::test("parent.quantity", Op::Ne, 41),
            Filter::test("parent.mood", Op::Empty, false),
            Filter::test("parent.id", Op::Eq, hidden.id.to_string()),
        ] {
            assert!(world.seller.lists_where("probes", filter.clone()).is_empty(), "{filter:?}");
            assert_eq!(world.manager.lists_where("probes", filter), ["Linked"]);
        }
    });
}

#[test]
fn faces_show_their_records_and_the_rest_stays_in_the_entity() {
    on_both(|world| {
        world.seller.creates("probes", json!({"name": "Calm"}));
        world.seller.creates("probes", json!({"name": "Urgent", "urgent": true}));
        world.seller.creates("probes", json!({"name": "Odd", "mood": "odd"}));
        assert_eq!(world.seller.lists("urgent_probes"), ["Urgent"]);
        assert_eq!(world.seller.lists("sad_probes"), ["Odd"]);
        assert_eq!(world.seller.lists("probes").len(), 3);
        assert_eq!(world.seller.counts("urgent_probes"), 1);
    });
}

#[test]
fn a_face_with_rights_of_its_own_speaks_for_its_records() {
    on_both(|world| {
        let urgent = world.colleague.creates("probes", json!({"name": "Urgent", "urgent": true}));
        let calm = world.colleague.creates("probes", json!({"name": "Calm"}));
        let moodless = world.colleague.creates("probes", json!({"name": "Moodless", "mood": null}));
        let mut limited = world.viewer.clone();
        limited.actor.person.rights.rows.insert("urgent_probes".to_owned(), [meta::Scope::None; 7]);
        limited.actor.person.rights.rows.insert("sad_probes".to_owned(), [meta::Scope::None; 7]);
        assert_eq!(limited.lists("probes"), ["Calm", "Moodless"]);
        limited.cannot_open(&urgent);
        limited.opens(&calm);
        limited.opens(&moodless);
        assert!(is_denied(limited.tries_to_list(&Query::all("urgent_probes"), 3)));
    });
}

#[test]
fn only_administrators_make_users_and_everybody_knows_who_works_here() {
    on_both(|world| {
        for who in world.people() {
            assert!(who.lists("users").contains(&"viewer".to_owned()));
            let new = who.tries_to_create("teams", json!({"name": "East"}));
            assert_eq!(new.is_ok(), who.actor.person.rights.admin, "{}", who.actor.name);
        }
    });
}

#[test]
fn titles_of_rows_are_those_that_one_sees() {
    on_both(|world: &World| {
        let (own, hidden) = (probe(&world.seller, "Own"), probe(&world.colleague, "Secret"));
        let rids = [own.rid, hidden.rid, world.manager.rid()].into();
        let catalogue = world.engine.catalogue();
        let titles = world.engine.store.read(|tx| Titles::of_rows(tx, &world.seller.actor, &catalogue, &rids)).unwrap();
        assert_eq!(titles.get(own.rid).unwrap().title, "Own");
        assert!(titles.get(hidden.rid).is_none());
        assert_eq!(titles.get(world.manager.rid()).unwrap().title, "manager");
    });
}

#[test]
fn a_locked_field_may_come_back_as_it_is_and_a_step_is_kept_back_however_it_is_written() {
    on_both(|world| {
        let made = world.manager.creates("probes", json!({"name": "x", "notes": "As it is", "stage": "fresh"}));
        let mut limited = world.manager.anew();
        let rights = &mut limited.actor.person.rights;
        rights.fields.insert("probe".to_owned(), [("notes".to_owned(), meta::access::Sight::Seen)].into());
        rights.barred.insert("probe.stage=closed".to_owned());
        assert!(limited.tries_to_change(&made, json!({"notes": " As it is ", "quantity": 2})).is_ok());
        let problems = |done: base::Result<_>| match done {
            Err(Error::Refused(problems)) => problems.into_iter().map(|one| (one.field, one.code)).collect::<Vec<_>>(),
            other => panic!("not refused: {other:?}"),
        };
        let of = |key: &str, code| vec![(Some(key.to_owned()), code)];
        assert_eq!(problems(limited.tries_to_change(&made, json!({"notes": "Another"}))), of("notes", "denied"));
        for closed in ["over", " over "] {
            let done = limited.tries_to_change(&made, json!({"stage": closed, "quantity": 3}));
            assert!(matches!(done, Err(Error::Refused(_))), "{closed:?}");
        }
        assert_eq!(world.manager.sees(&made, "stage"), json!("fresh"));
    });
}

#[test]
fn teams_do_not_go_round_in_a_circle() {
    on_both(|world| {
        let north = world.admin.creates("teams", json!({ "name": "North" }));
        let lake = world.admin.creates("teams", json!({ "name": "Lake", "parent": north.id.to_string() }));
        let shore = world.admin.creates("teams", json!({ "name": "Shore", "parent": lake.id.to_string() }));
        for above in [&north, &lake, &shore] {
            let Err(Error::Refused(problems)) =
                world.admin.tries_to_change(&north, json!({ "parent": above.id.to_string() }))
            else {
                panic!("it goes round")
            };
            assert_eq!((problems[0].code, problems[0].field.as_deref()), ("circle", Some("parent")));
        }
        assert_eq!(world.admin.sees(&north, "parent"), json!(null));
    });
}
