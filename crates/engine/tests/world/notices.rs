//! What people are told: of what was given to them, changed, said; never of their own acts, nor of what they do not see.

use engine::bulk::{Act, Bulk, Which};
use engine::notices::{Notice, Way, What};
use serde_json::json;
use testkit::world::{Made, Someone, World, on_both};

trait Told {
    fn told(&self) -> Vec<Notice>;
    /// Kind, sentence, and how many records.
    fn hears(&self) -> Vec<(What, String, i64)>;
    fn waits(&self) -> usize;
}

impl Told for Someone {
    #[track_caller]
    fn told(&self) -> Vec<Notice> {
        self.engine.notices(&self.actor, None, 50).unwrap().items
    }

    #[track_caller]
    fn hears(&self) -> Vec<(What, String, i64)> {
        self.told().into_iter().map(|one| (one.what, one.said().to_string(), one.records)).collect()
    }

    #[track_caller]
    fn waits(&self) -> usize {
        self.engine.unread(&self.actor).unwrap()
    }
}

fn says(who: &Someone, record: &Made, text: &str) -> base::Id {
    who.engine.comment(&who.actor, record.path, record.id, text, &[]).unwrap().id
}

fn made_for(world: &World, who: &Someone, name: &str) -> Made {
    world.admin.creates("probes", json!({"name": name, "in_charge": [who.id().to_string()]}))
}

#[test]
fn whoever_is_put_in_charge_is_told_and_nobody_of_their_own_acts() {
    on_both(|world| {
        let made = made_for(world, &world.seller, "Rossi");
        assert_eq!(world.seller.hears(), [(What::Assigned, "admin put you in charge of Rossi".to_owned(), 1)]);
        world.seller.changes(&made, json!({"name": "Rossi e figli"}));
        world.seller.creates("probes", json!({"name": "mio"}));
        assert_eq!((world.seller.waits(), world.admin.waits(), world.colleague.waits()), (1, 0, 0));
        // One more in charge: only they are new.
        let both = json!([world.seller.id().to_string(), world.technician.id().to_string()]);
        world.admin.changes(&made, json!({"in_charge": both}));
        assert_eq!(world.technician.hears()[0].0, What::Assigned);
        assert_eq!(world.seller.hears()[0].1, "admin changed Rossi e figli");
        world.admin.deletes(&made);
        assert_eq!(world.seller.hears()[0].1, "admin moved Rossi e figli to the trash");
    });
}

#[test]
fn what_one_does_not_see_any_more_is_neither_told_nor_counted() {
    on_both(|world| {
        let made = made_for(world, &world.seller, "Rossi");
        says(&world.admin, &made, "@seller e @colleague: sentiteli");
        assert_eq!(world.seller.told()[0].what, What::Mentioned);
        assert_eq!((world.colleague.hears(), world.colleague.waits()), (Vec::new(), 0), "they do not see it");
        world.admin.changes(&made, json!({"in_charge": [world.technician.id().to_string()]}));
        assert_eq!((world.seller.hears(), world.seller.waits()), (Vec::new(), 0), "no more");
        let other = world.technician.told();
        assert!(world.engine.open_notice(&world.seller.actor, other[0].id).is_err(), "another's line");
    });
}

#[test]
fn a_comment_tells_those_named_those_in_charge_and_those_who_spoke_each_once() {
    on_both(|world| {
        let made = made_for(world, &world.seller, "Rossi");
        world.engine.read_notices(&world.seller.actor, None).unwrap();
        let said = says(&world.manager, &made, "Che ne dici, @seller?");
        assert_eq!(world.seller.hears()[0], (What::Mentioned, "manager named you in a comment on Rossi".to_owned(), 1));
        assert_eq!(world.seller.told()[0].note.as_deref(), Some("Che ne dici, @seller?"));
        says(&world.seller, &made, "Sì");
        assert_eq!(world.manager.hears(), [(What::Commented, "seller commented on Rossi".to_owned(), 1)]);
        assert_eq!(world.seller.waits(), 1);
        // Who is named later is told then, and those who were are not told again.
        world.engine.change_comment(&world.manager.actor, said, "Che ne dite, @seller, @operator?").unwrap();
        assert_eq!((world.seller.waits(), world.operator.waits()), (1, 1));
    });
}

#[test]
fn many_records_of_one_act_are_one_line() {
    on_both(|world| {
        let made: Vec<Made> = (0..12).map(|number| made_for(world, &world.technician, &format!("x{number}"))).collect();
        let act = Act::Set {
            field: "in_charge".to_owned(),
            value: json!([world.seller.id().to_string()]),
            also: Default::default(),
        };
        let which = Which::These(made.iter().map(|made| made.id).collect());
        world.engine.bulk(&world.admin.actor, &Bulk { path: "probes".to_owned(), act, which }, None).unwrap();
        assert_eq!(world.seller.hears(), [(What::Assigned, "admin put you in charge of 12 records".to_owned(), 12)]);
    });
}

#[test]
fn lines_are_read_one_by_one_or_together_and_other_nodes_hear_of_it() {
    on_both(|world| {
        let other = world.second_engine();
        assert!(other.rung().unwrap().is_empty());
        let made = made_for(world, &world.seller, "Rossi");
        made_for(world, &world.seller, "Verdi");
        assert_eq!(other.rung().unwrap().into_iter().collect::<Vec<_>>(), [world.seller.rid()]);
        assert!(other.rung().unwrap().is_empty(), "each is heard once");
        assert_eq!(other.bell(&world.seller.actor).unwrap(), 2);
        let lines = world.seller.told();
        let opened = world.engine.open_notice(&world.seller.actor, lines[1].id).unwrap();
        assert_eq!(opened.leads_to(&world.engine.catalogue()), format!("/probes/{}", made.id));
        assert_eq!(world.seller.waits(), 1);
        assert!(!other.rung().unwrap().is_empty(), "that it was read, too");
        assert_eq!(other.bell(&world.seller.actor).unwrap(), 1);
        world.engine.read_notices(&world.seller.actor, None).unwrap();
        assert_eq!(world.seller.waits(), 0);
        assert_eq!(world.seller.told().len(), 2);
    });
}

#[test]
fn who_does_not_want_the_bell_for_something_is_not_told_there() {
    on_both(|world| {
        let mut ways = world.engine.notice_ways(world.seller.rid()).unwrap();
        assert!(ways.of(What::Assigned).mail && !ways.of(What::Changed).mail);
        ways.set(What::Assigned, Way { bell: false, mail: false });
        world.engine.set_notice_ways(world.seller.rid(), &ways).unwrap();
        made_for(world, &world.seller, "Rossi");
        assert_eq!((world.seller.waits(), world.seller.told().len()), (0, 0));
        assert_eq!(world.engine.notice_ways(world.seller.rid()).unwrap(), ways);
    });
}
