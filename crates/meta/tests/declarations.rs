//! What the check at start says of declarations that the engine cannot carry.

#![allow(clippy::unwrap_used)]

use std::collections::HashMap;

use base::Rid;
use meta::field::{link, people, text};
use meta::{Catalogue, Entity, entity, fields};

fields! {
    NAME: String = text("name", "Name").required();
    SELLERS: Vec<Rid> = people("sellers", "Sellers");
    FITTERS: Vec<Rid> = people("fitters", "Fitters");
    OWNER: Option<Rid> = link("owner", "Owner", &SOUND).belongs();
    OTHER: Option<Rid> = link("other", "Other", &SOUND).belongs();
    CHILD: Option<Rid> = link("child", "Child", &CHILDREN).belongs();
    SELF: Option<Rid> = link("self_link", "Self", &ROUND).belongs();
}

static SOUND: Entity =
    entity("sound", "sounds", "Sound", "Sounds").title(&NAME).section("All", &[&NAME]).list(&[&NAME]);
static CHILDREN: Entity =
    entity("child", "children", "Child", "Children").title(&NAME).section("All", &[&NAME, &OWNER]).list(&[&NAME]);
static TIED_TWICE: Entity =
    entity("tied", "tieds", "Tied", "Tieds").title(&NAME).section("All", &[&NAME, &SELLERS, &FITTERS]).list(&[&NAME]);
static CHILD_WITH_PEOPLE: Entity = entity("minded", "mindeds", "Minded", "Mindeds")
    .title(&NAME)
    .section("All", &[&NAME, &OWNER, &SELLERS])
    .list(&[&NAME]);
static OF_TWO: Entity =
    entity("torn", "torns", "Torn", "Torns").title(&NAME).section("All", &[&NAME, &OWNER, &OTHER]).list(&[&NAME]);
static GRANDCHILD: Entity = entity("grandchild", "grandchildren", "Grandchild", "Grandchildren")
    .title(&NAME)
    .section("All", &[&NAME, &CHILD])
    .list(&[&NAME]);
static ROUND: Entity =
    entity("round", "rounds", "Round", "Rounds").title(&NAME).section("All", &[&NAME, &SELF]).list(&[&NAME]);

fn told(entities: &[&'static Entity]) -> Vec<String> {
    let catalogue = Catalogue::new(0, entities, &HashMap::new(), Vec::new());
    meta::check::check(entities, &catalogue.models)
}

#[test]
fn a_record_and_those_that_belong_to_it_are_sound() {
    assert_eq!(told(&[&SOUND, &CHILDREN]), Vec::<String>::new());
}

#[test]
fn people_are_named_in_one_field_and_only_where_the_rights_are() {
    let shared = told(&[&TIED_TWICE]);
    assert!(
        shared.contains(&"tied: fitters: sellers names people already, and two fields would share the ties".into())
    );
    let minded = told(&[&SOUND, &CHILD_WITH_PEOPLE]);
    assert_eq!(minded, ["minded: sellers: who sees a record that belongs to another is said there"]);
}

#[test]
fn a_record_belongs_to_one_that_belongs_to_none() {
    assert_eq!(told(&[&SOUND, &OF_TWO]), ["torn: other: it belongs to owner already"]);
    let deep = "grandchild: child: child belongs to another record itself, and rights go one level up only";
    assert_eq!(told(&[&SOUND, &CHILDREN, &GRANDCHILD]), [deep]);
    let round = "round: self_link: round belongs to another record itself, and rights go one level up only";
    assert_eq!(told(&[&ROUND]), [round]);
}
