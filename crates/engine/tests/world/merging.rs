//! Several records that are one: what the one has of each, what points to it, and the way back.

use base::{Error, Id, Result};
use engine::merge::Merged;
use engine::{Query, Target};
use meta::{Filter, Value};
use serde_json::{Value as Json, json};
use testkit::world::{Made, Someone, on_both};

fn tries_to_merge(who: &Someone, one: &Made, others: &[&Made], chosen: Json) -> Result<Merged> {
    let catalogue = who.engine.catalogue();
    let model = catalogue.model(one.entity).unwrap();
    let value = |(key, json): (&String, &Json)| -> (usize, Value) {
        let at = model.position(key).unwrap();
        (at, meta::json::from_json(json, key, &model.fields[at].kind).unwrap())
    };
    let values = chosen.as_object().unwrap().iter().map(value).collect();
    let others: Vec<Id> = others.iter().map(|other| other.id).collect();
    who.engine.merge(&who.actor, one.path, one.id, &others, values)
}

#[track_caller]
fn merges(who: &Someone, one: &Made, others: &[&Made]) -> Merged {
    tries_to_merge(who, one, others, json!({})).unwrap()
}

/// The codes of the problems it was refused for.
#[track_caller]
fn refused(done: Result<Merged>) -> Vec<&'static str> {
    match done {
        Err(Error::Refused(problems)) => problems.iter().map(|problem| problem.code).collect(),
        other => panic!("not refused: {other:?}"),
    }
}

fn where_it_is(who: &Someone, made: &Made) -> Id {
    who.engine.record(&who.actor, made.path, made.id).unwrap().records[0].id
}

#[test]
fn the_one_has_what_it_lacked_and_of_several_values_all() {
    on_both(|world| {
        let who = &world.manager;
        let one =
            who.creates("probes", json!({ "name": "Brambati", "tags": ["red"], "quantity": 1, "phones": ["035 1"] }));
        let two = who.creates(
            "probes",
            json!({ "name": "Brambati srl", "tags": ["green", "red"], "quantity": 2, "serial": "S2", "phones": ["02 222222"] }),
        );
        let three = who.creates("probes", json!({ "name": "Branbati", "notes": "da chiamare", "serial": "S3" }));
        let merged = merges(who, &one, &[&two, &three]);
        assert_eq!((merged.kept, merged.title.as_str()), (one.id, "Brambati"));
        let seen = |field| who.sees(&one, field);
        assert_eq!((seen("name"), seen("quantity"), seen("serial")), (json!("Brambati"), json!(1), json!("S2")));
        assert_eq!(
            (seen("tags"), seen("tag_count"), seen("notes")),
            (json!(["red", "green"]), json!(2), json!("da chiamare"))
        );
        assert_eq!(seen("phones").as_array().unwrap().len(), 2);
        assert_eq!(who.lists("probes"), ["Brambati"]);
        for gone in [&two, &three] {
            assert_eq!(where_it_is(who, gone), one.id, "its address leads to the one");
        }
        let trash = Query { trash: true, ..Query::all("probes") };
        assert_eq!(who.engine.count(&who.actor, &trash).unwrap().found, 2);
    });
}

#[test]
fn what_was_chosen_holds_and_is_asked_of_like_any_change() {
    on_both(|world| {
        let who = &world.manager;
        let one = who.creates("probes", json!({ "name": "a", "quantity": 1 }));
        let two = who.creates("probes", json!({ "name": "b", "quantity": 2 }));
        let third = who.creates("probes", json!({ "name": "c", "serial": "taken" }));
        assert_eq!(refused(tries_to_merge(who, &one, &[&two], json!({ "serial": "taken" }))), ["taken"]);
        assert_eq!(refused(tries_to_merge(who, &one, &[&two], json!({ "mood": "bad" }))), ["required"]);
        assert_eq!(who.counts("probes"), 3, "what is refused changes nothing");
        tries_to_merge(who, &one, &[&two], json!({ "quantity": 2, "name": "b" })).unwrap();
        assert_eq!((who.sees(&one, "name"), who.sees(&one, "quantity")), (json!("b"), json!(2)));
        merges(who, &third, &[&one]);
        assert_eq!(where_it_is(who, &two), third.id, "from merge to merge");
    });
}

#[test]
fn everything_that_pointed_to_the_others_points_to_the_one() {
    on_both(|world| {
        let who = &world.manager;
        let one = who.creates("probes", json!({ "name": "one" }));
        let two = who.creates("probes", json!({ "name": "two" }));
        let child = who.creates("probe_children", json!({ "name": "child", "probe": two.id.to_string() }));
        let binned = who.creates("probe_children", json!({ "name": "binned", "probe": two.id.to_string() }));
        who.deletes(&binned);
        let part = who.creates("probes", json!({ "name": "part", "parent": two.id.to_string() }));
        let about = who.creates("probes", json!({ "name": "about", "about": two.id.to_string() }));
        // Nobody but its owner sees it, and it follows all the same.
        let hidden = world.technician.creates("probes", json!({ "name": "hidden" }));
        world.admin.changes(&hidden, json!({ "about": two.id.to_string() }));
        let merged = merges(who, &one, &[&two]);
        assert_eq!(merged.moved, 5);
        for (made, link) in [(&child, "probe"), (&part, "parent"), (&about, "about"), (&hidden, "about")] {
            assert_eq!(world.admin.sees(made, link)["title"], "one", "{link}");
        }
        who.restores(&binned);
        assert_eq!(who.sees(&binned, "probe")["title"], "one");
        let of_it = Filter::test("probe", meta::Op::Eq, one.id.to_string());
        assert_eq!(who.lists_where("probe_children", of_it), ["child", "binned"]);
        // Who is in charge of the one sees what came to it.
        world.manager.changes(&one, json!({ "in_charge": [world.seller.id().to_string()] }));
        world.seller.opens(&child);
    });
}

#[test]
fn a_merge_is_undone_later_and_what_came_since_stays_where_it_belongs() {
    on_both(|world| {
        let who = &world.manager;
        let one = who.creates("probes", json!({ "name": "one", "quantity": 1 }));
        let two = who.creates("probes", json!({ "name": "two", "serial": "S2", "tags": ["red"], "notes": "n" }));
        let old = who.creates("probe_children", json!({ "name": "old", "probe": two.id.to_string() }));
        let binned = who.creates("probe_children", json!({ "name": "binned", "probe": two.id.to_string() }));
        who.deletes(&binned);
        let merged = merges(who, &one, &[&two]);
        let new = who.creates("probe_children", json!({ "name": "new", "probe": one.id.to_string() }));
        who.changes(&one, json!({ "quantity": 9, "notes": "since" }));
        let undone = who.undoes(Some(merged.operation));
        let kept: Vec<_> = undone.kept.iter().map(|kept| kept.field.as_deref()).collect();
        assert_eq!(kept, [Some("notes")]);
        assert_eq!(where_it_is(who, &two), two.id, "it has its address again");
        assert_eq!(who.sees(&old, "probe")["title"], "two");
        assert_eq!(who.sees(&new, "probe")["title"], "one");
        let seen = |field| who.sees(&one, field);
        assert_eq!((seen("serial"), seen("tags"), seen("quantity")), (Json::Null, json!([]), json!(9)));
        assert_eq!((who.sees(&two, "serial"), who.sees(&two, "tags")), (json!("S2"), json!(["red"])));
        who.restores(&binned);
        assert_eq!(who.sees(&binned, "probe")["title"], "two", "also what was in the trash");
        assert_eq!(refused(who.tries_to_undo(Some(merged.operation)).map(|_| unreachable!())), ["undone"]);
        // The undo is undone: they are one again.
        who.undoes(undone.operation);
        assert_eq!(where_it_is(who, &two), one.id);
        assert_eq!(who.sees(&old, "probe")["title"], "one");
        assert_eq!(who.sees(&one, "serial"), json!("S2"));
        who.undoes(Some(merged.operation));
        assert_eq!(where_it_is(who, &two), two.id);
    });
}

#[test]
fn what_is_not_several_of_one_kind_is_not_merged() {
    on_both(|world| {
        let who = &world.manager;
        let one = who.creates("probes", json!({ "name": "one" }));
        let two = who.creates("probes", json!({ "name": "two" }));
        let child = who.creates("probe_children", json!({ "name": "child", "probe": one.id.to_string() }));
        assert_eq!(refused(tries_to_merge(who, &one, &[&one], json!({}))), ["itself"]);
        assert_eq!(refused(tries_to_merge(who, &one, &[&two, &two], json!({}))), ["itself"]);
        assert_eq!(refused(tries_to_merge(who, &one, &[], json!({}))), ["too_few"]);
        assert_eq!(refused(tries_to_merge(who, &one, &[&child], json!({}))), ["kinds"]);
        who.deletes(&two);
        assert_eq!(refused(tries_to_merge(who, &one, &[&two], json!({}))), ["deleted"]);
        let nobody = Made { id: Id::new(), ..two.clone() };
        assert!(matches!(tries_to_merge(who, &one, &[&nobody], json!({})), Err(Error::Missing)));
        let users = [world.seller.id(), world.mate.id()];
        let done = world.engine.merge(&world.admin.actor, "users", users[0], &users[1..], Vec::new());
        assert_eq!(refused(done), ["house"]);
        assert_eq!(who.lists("probes"), ["one"]);
    });
}

#[test]
fn what_stands_above_another_is_not_the_same() {
    on_both(|world| {
        let who = &world.manager;
        let top = who.creates("probes", json!({ "name": "top" }));
        let middle = who.creates("probes", json!({ "name": "middle", "parent": top.id.to_string() }));
        let low = who.creates("probes", json!({ "name": "low", "parent": middle.id.to_string() }));
        for (one, other) in [(&top, &middle), (&middle, &top), (&top, &low), (&low, &top)] {
            assert_eq!(refused(tries_to_merge(who, one, &[other], json!({}))), ["circle"]);
        }
        // Nor may it be put under what comes to it.
        let two = who.creates("probes", json!({ "name": "two" }));
        let under = json!({ "parent": middle.id.to_string() });
        assert_eq!(refused(tries_to_merge(who, &two, &[&top], under)), ["circle"]);
        assert_eq!(who.counts("probes"), 4);
        merges(who, &two, &[&top]);
        assert_eq!(who.sees(&middle, "parent")["title"], "two");
    });
}

#[test]
fn one_may_change_the_one_and_delete_the_others_or_not_merge_them() {
    on_both(|world| {
        let mine = world.seller.creates("probes", json!({ "name": "mine" }));
        let theirs = world.manager.creates("probes", json!({ "name": "theirs", "open_to_all": true }));
        let unseen = world.manager.creates("probes", json!({ "name": "unseen" }));
        let tries = |one, other| tries_to_merge(&world.seller, one, &[other], json!({}));
        assert!(matches!(tries(&mine, &theirs), Err(Error::Denied(_))));
        assert!(matches!(tries(&theirs, &mine), Err(Error::Denied(_))));
        assert!(matches!(tries(&mine, &unseen), Err(Error::Missing)));
        let merged = merges(&world.manager, &theirs, &[&mine]);
        assert_eq!(world.manager.sees(&theirs, "open_to_all"), json!(true));
        world.seller.opens(&theirs);
        assert!(matches!(world.seller.tries_to_undo(Some(merged.operation)), Err(Error::Missing)));
        world.admin.undoes(Some(merged.operation));
        // Who sees it is not widened by what it is merged with.
        merges(&world.manager, &unseen, &[&theirs]);
        assert_eq!(world.manager.sees(&unseen, "open_to_all"), json!(false));
    });
}

#[test]
fn a_merge_moves_a_thousand_records_and_back() {
    on_both(|world| {
        let who = &world.manager;
        let one = who.creates("probes", json!({ "name": "one" }));
        let two = who.creates("probes", json!({ "name": "two" }));
        let child =
            |number: usize| (Target::New(None), json!({ "name": format!("c{number}"), "probe": two.id.to_string() }));
        who.saves("probe_children", (0..1000).map(child).collect()).unwrap();
        let merged = merges(who, &one, &[&two]);
        assert_eq!(merged.moved, 1000);
        let of = |made: &Made| {
            let filter = Filter::test("probe", meta::Op::Eq, made.id.to_string());
            let query = Query { filter, ..Query::all("probe_children") };
            who.engine.count(&who.actor, &query).unwrap().found
        };
        assert_eq!((of(&one), of(&two)), (1000, 0));
        assert_eq!(who.undoes(Some(merged.operation)).kept.len(), 0);
        assert_eq!((of(&one), of(&two)), (0, 1000));
    });
}

#[test]
fn a_merged_one_that_is_restored_is_itself_again() {
    on_both(|world| {
        let who = &world.manager;
        let one = who.creates("probes", json!({ "name": "one" }));
        let two = who.creates("probes", json!({ "name": "two" }));
        let merged = merges(who, &one, &[&two]);
        who.restores(&two);
        assert_eq!(where_it_is(who, &two), two.id);
        who.undoes(Some(merged.operation));
        assert_eq!(who.lists("probes"), ["one", "two"]);
    });
}
