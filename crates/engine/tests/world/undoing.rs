//! Taking back: what goes back, what stays and is told, and that it can be taken back in turn.

use base::Error;
use engine::Target;
use serde_json::json;
use testkit::world::on_both;

#[test]
fn a_creation_is_undone_into_the_trash_and_the_undo_brings_it_back() {
    on_both(|world| {
        let made = world.seller.creates("probes", json!({"name": "x"}));
        let undone = world.seller.undoes(made.operation);
        assert_eq!((undone.reverted, undone.kept.len()), (1, 0));
        assert!(world.seller.lists("probes").is_empty());
        world.seller.undoes(undone.operation);
        assert_eq!(world.seller.lists("probes"), ["x"]);
        world.seller.undoes(made.operation);
        assert!(world.seller.lists("probes").is_empty(), "after the undo was undone it can be undone anew");
    });
}

#[test]
fn a_change_goes_back_where_nobody_changed_it_since() {
    on_both(|world| {
        let made = world.seller.creates("probes", json!({"name": "x", "quantity": 1, "tags": ["red"]}));
        let changed = world.seller.changes(&made, json!({"name": "y", "quantity": 2, "tags": ["red", "green"]}));
        world.manager.changes(&made, json!({"quantity": 3}));
        let undone = world.seller.undoes(changed.operation);
        assert_eq!(undone.reverted, 1);
        let kept: Vec<_> = undone.kept.iter().map(|kept| kept.field.as_deref()).collect();
        assert_eq!(kept, [Some("quantity")]);
        let seen = |field| world.seller.sees(&made, field);
        assert_eq!(
            (seen("name"), seen("quantity"), seen("tags"), seen("tag_count")),
            (json!("x"), json!(3), json!(["red"]), json!(1))
        );
        world.seller.undoes(undone.operation);
        assert_eq!((seen("name"), seen("tag_count")), (json!("y"), json!(2)));
    });
}

#[test]
fn a_deletion_and_a_restoration_are_undone() {
    on_both(|world| {
        let made = world.seller.creates("probes", json!({"name": "x"}));
        let deleted = world.seller.deletes(&made);
        world.seller.undoes(Some(deleted));
        assert_eq!(world.seller.lists("probes"), ["x"]);
        world.seller.deletes(&made);
        let restored = world.seller.restores(&made);
        world.seller.undoes(Some(restored));
        assert!(world.seller.lists("probes").is_empty());
    });
}

#[test]
fn what_was_done_to_many_is_undone_as_one() {
    on_both(|world| {
        let drafts = (0..250).map(|number| (Target::New(None), json!({"name": format!("n{number}")}))).collect();
        let made = world.seller.saves("probes", drafts).unwrap();
        let changes = made.iter().map(|one| (Target::Existing(one.rid, None), json!({"quantity": 5}))).collect();
        let changed = world.seller.saves("probes", changes).unwrap();
        world.seller.changes(&made[7], json!({"quantity": 6}));
        let undone = world.seller.undoes(changed[0].operation);
        assert_eq!((undone.reverted, undone.kept.len()), (249, 1));
        assert_eq!(world.seller.counts("probes"), 250);
        let undone = world.seller.undoes(made[0].operation);
        assert_eq!(undone.kept.len() + undone.reverted, 250);
    });
}

#[test]
fn what_was_made_and_changed_since_stays() {
    on_both(|world| {
        let made = world.seller.creates("probes", json!({"name": "x"}));
        world.manager.changes(&made, json!({"name": "y"}));
        let undone = world.seller.undoes(made.operation);
        assert_eq!((undone.reverted, undone.kept.len()), (0, 1));
        assert_eq!(world.seller.lists("probes"), ["y"]);
    });
}

#[test]
fn nothing_is_undone_twice_nor_by_others() {
    on_both(|world| {
        let made = world.seller.creates("probes", json!({"name": "x"}));
        assert!(matches!(world.colleague.tries_to_undo(made.operation), Err(Error::Missing)));
        assert!(matches!(world.seller.tries_to_undo(Some(base::Id::new())), Err(Error::Missing)));
        world.seller.undoes(made.operation);
        assert!(matches!(world.seller.tries_to_undo(made.operation), Err(Error::Refused(_))));
        let made = world.seller.creates("probes", json!({"name": "y"}));
        world.admin.undoes(made.operation);
    });
}

#[test]
fn an_undo_changes_nothing_that_is_no_longer_theirs() {
    on_both(|world| {
        let made = world.seller.creates("probes", json!({"name": "x"}));
        let changed = world.seller.changes(&made, json!({"name": "y"}));
        world.manager.changes(&made, json!({"in_charge": [world.colleague.id().to_string()]}));
        let undone = world.seller.undoes(changed.operation);
        assert_eq!((undone.reverted, undone.kept.len()), (0, 1));
        assert_eq!(world.manager.sees(&made, "name"), json!("y"));

        let made = world.seller.creates("probes", json!({"name": "z"}));
        let deleted = world.seller.deletes(&made);
        let mut demoted = world.seller.clone();
        demoted.actor.person.rights = engine::roles::built_in("viewer");
        assert_eq!(demoted.undoes(Some(deleted)).reverted, 0);
        assert!(world.manager.lists("probes").iter().all(|title| title != "z"));
    });
}

#[test]
fn a_field_that_cannot_go_back_does_not_keep_the_others() {
    on_both(|world| {
        let parent = world.seller.creates("probes", json!({"name": "parent"}));
        let made = world.seller.creates("probes", json!({"name": "x", "parent": parent.id.to_string()}));
        let changed = world.seller.changes(&made, json!({"name": "y", "parent": null}));
        world.seller.deletes(&parent);
        let undone = world.seller.undoes(changed.operation);
        assert_eq!(undone.reverted, 1);
        let kept: Vec<_> = undone.kept.iter().map(|kept| kept.field.as_deref()).collect();
        assert_eq!(kept, [Some("parent")]);
        assert_eq!(world.seller.sees(&made, "name"), json!("x"));
    });
}

#[test]
fn what_stayed_of_an_operation_that_was_undone_is_known_afterwards() {
    on_both(|world| {
        let drafts = ["a", "b", "c"].map(|name| (Target::New(None), json!({"name": name}))).to_vec();
        let made = world.seller.saves("probes", drafts).unwrap();
        let operation = made[0].operation.unwrap();
        let stayed = || world.engine.stayed(&world.seller.actor, operation).unwrap();
        assert!(stayed().is_none());
        world.manager.changes(&made[1], json!({"quantity": 3}));
        world.seller.undoes(Some(operation));
        let stayed = stayed().unwrap();
        assert_eq!((stayed.count, stayed.records.len(), stayed.records[0].2.as_str()), (1, 1, "b"));
    });
}
