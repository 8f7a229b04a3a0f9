//! Several pipelines, each with its stages, as an administrator and a seller meet them, on both databases.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;

use engine::settings::ItemLook;
use meta::{Filter, Op};
use serde_json::{Value as Json, json};
use testkit::world::{Made, World, on_both_with};

fn on_both(test: impl Fn(&World)) {
    on_both_with("sales", crm::ENTITIES, test);
}

fn called(label: &str) -> BTreeMap<String, String> {
    BTreeMap::from([("it".to_owned(), label.to_owned())])
}

fn stage(label: &str, class: &str, percent: i64) -> ItemLook {
    let (class, group) = (Some(class.to_owned()), Some("rinnovi".to_owned()));
    ItemLook { labels: called(label), class, group, percent: Some(percent), ..ItemLook::default() }
}

/// The pipeline of renewals: to be called, renewed, left.
fn renewals() -> Vec<ItemLook> {
    vec![stage("Da sentire", "open", 6_000), stage("Rinnovato", "won", 10_000), stage("Disdetto", "lost", 0)]
}

fn with_renewals(world: &World) {
    let admin = &world.admin;
    let pipeline = ItemLook { labels: called("Rinnovi"), ..ItemLook::default() };
    world.engine.change_list(&admin.actor, "opportunity_pipeline", &[pipeline]).unwrap();
    world.engine.change_list(&admin.actor, "opportunity_stage", &renewals()).unwrap();
}

fn deal(world: &World, more: Json) -> Made {
    let company = json!({"kind": "company", "legal_name": "Fonderia Rovetta S.r.l."});
    let customer = world.seller.creates("companies", company);
    let mut fields = json!({"name": "Manutenzione", "customer": customer.id.to_string(), "closes_on": "2026-12-31"});
    fields.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    world.seller.creates("opportunities", fields)
}

fn is_hidden(world: &World) -> bool {
    world.engine.catalogue().model("opportunity").unwrap().field("pipeline").unwrap().hidden
}

/// Whether the form has it.
fn is_asked(world: &World) -> bool {
    let catalogue = world.engine.catalogue();
    let model = catalogue.model("opportunity").unwrap();
    let at = model.position("pipeline").unwrap();
    model.sections.iter().any(|section| section.fields.contains(&at))
}

#[test]
fn a_stage_that_was_added_asks_for_the_reason_as_its_meaning_says() {
    on_both(|world| {
        with_renewals(world);
        let catalogue = world.engine.catalogue();
        let model = catalogue.model("opportunity").unwrap();
        let [stage, reason] = ["stage", "reason"].map(|key| model.position(key).unwrap());
        let added = catalogue.list("opportunity_stage").unwrap().items.iter().filter(|item| item.class.is_some());
        for item in added {
            let mut values = vec![meta::Value::Null; model.fields.len()];
            values[stage] = meta::Value::Text(item.key.clone());
            let class = item.class.as_deref().unwrap();
            assert_eq!(model.is_shown(reason, &values), class != "open", "{}", item.key);
            assert_eq!(model.is_required(reason, &values), class == "lost", "{}", item.key);
        }
    });
}

#[test]
fn with_one_pipeline_nothing_of_it_is_seen_and_the_second_finds_what_was_there() {
    on_both(|world| {
        let old = deal(world, json!({}));
        assert!(is_hidden(world) && !is_asked(world));
        with_renewals(world);
        assert!(!is_hidden(world) && is_asked(world));
        assert_eq!(world.seller.sees(&old, "pipeline"), json!("sales"));
        let of = |key: &str| world.seller.lists_where("opportunities", Filter::test("pipeline", Op::Eq, key)).len();
        assert_eq!((of("sales"), of("rinnovi")), (1, 0));
    });
}

#[test]
fn a_stage_says_which_pipeline_it_is_and_another_pipeline_begins_with_its_first() {
    on_both(|world| {
        with_renewals(world);
        let deal = deal(world, json!({"stage": "da_sentire"}));
        let stands = |stage: &str, pipeline: &str, probability: &str| {
            assert_eq!(world.seller.sees(&deal, "stage"), json!(stage));
            assert_eq!(world.seller.sees(&deal, "pipeline"), json!(pipeline));
            assert_eq!(world.seller.sees(&deal, "probability"), json!(probability));
        };
        stands("da_sentire", "rinnovi", "60");
        world.seller.changes(&deal, json!({"pipeline": "sales"}));
        stands("new", "sales", "10");
        world.seller.changes(&deal, json!({"stage": "rinnovato"}));
        stands("rinnovato", "rinnovi", "100");
        assert_eq!(world.seller.sees(&deal, "outcome"), json!("won"));
        // Who says both means the stage.
        world.seller.changes(&deal, json!({"stage": "proposal", "pipeline": "rinnovi"}));
        stands("proposal", "sales", "50");
    });
}

#[test]
fn a_pipeline_has_a_way_to_be_won_and_one_to_be_lost() {
    on_both(|world| {
        let admin = &world.admin;
        let pipelines = ["Rinnovi", "Gare"].map(|label| ItemLook { labels: called(label), ..ItemLook::default() });
        world.engine.change_list(&admin.actor, "opportunity_pipeline", &pipelines).unwrap();
        // A pipeline is one when it has stages.
        assert!(is_hidden(world));
        let tried = world.engine.change_list(&admin.actor, "opportunity_stage", &renewals()[..2]);
        let Err(base::Error::Refused(problems)) = tried else { panic!("{tried:?}") };
        assert_eq!(problems[0].field.as_deref(), Some("items/0/class"));
        let strange = ItemLook { group: Some("altro".to_owned()), ..renewals().remove(0) };
        assert!(world.engine.change_list(&admin.actor, "opportunity_stage", &[strange]).is_err());
        let twice = [renewals(), vec![stage("Rinnovato", "won", 0)]].concat();
        assert!(world.engine.change_list(&admin.actor, "opportunity_stage", &twice).is_err());
        // What is called so in another pipeline is in nobody's way.
        let won = ItemLook { labels: called("Vinta"), ..stage("", "won", 10_000) };
        let again = [renewals(), vec![won]].concat();
        world.engine.change_list(&admin.actor, "opportunity_stage", &again).unwrap();
        let deal = deal(world, json!({}));
        assert!(world.seller.tries_to_change(&deal, json!({"pipeline": "gare"})).is_err());
    });
}
