//! What a person can do with leads, on both databases.

#![allow(clippy::unwrap_used)]

use serde_json::{Value as Json, json};
use testkit::world::{Made, Someone, World, on_both_with};

fn on_both(test: impl Fn(&World)) {
    on_both_with("leads", crm::ENTITIES, test);
}

fn lead(who: &Someone, company: &str, more: Json) -> Made {
    let mut fields = json!({"kind": "company", "legal_name": company, "stage": "lead"});
    fields.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    who.creates("leads", fields)
}

fn with_contact(who: &Someone, company: &str) -> Made {
    lead(
        who,
        company,
        json!({"first_name": "Silvia", "last_name": "Ferri", "job": "Titolare",
        "phones": [{"value": "335 1234567", "kind": "mobile"}, {"value": "030 1234567"}],
        "emails": [{"value": "info@officineferri.example"}, {"value": "silvia.ferri@officineferri.example"}]}),
    )
}

/// The titles on a list.
fn listed(who: &Someone, path: &str) -> Vec<String> {
    who.lists(path)
}

#[test]
fn a_lead_begins_new_and_is_assigned_when_somebody_else_takes_it() {
    on_both(|world| {
        let lead = lead(&world.manager, "Officine Ferri S.r.l.", json!({}));
        assert_eq!(world.manager.sees(&lead, "lead_state"), json!("new"));
        let seller = world.seller.id().to_string();
        world.manager.changes(&lead, json!({"in_charge": [seller]}));
        assert_eq!(world.manager.sees(&lead, "lead_state"), json!("assigned"));
        world.seller.changes(&lead, json!({"lead_state": "dead"}));
        world.seller.changes(&lead, json!({"in_charge": [world.seller.id().to_string()]}));
        assert_eq!(world.seller.sees(&lead, "lead_state"), json!("dead"));
    });
}

#[test]
fn a_lead_that_moves_on_leaves_its_contact_as_a_person_and_an_undo_brings_all_back() {
    on_both(|world| {
        let lead = with_contact(&world.seller, "Officine Ferri S.r.l.");
        let moved = world.seller.changes(&lead, json!({"stage": "prospect"}));
        assert_eq!(listed(&world.seller, "people"), ["Silvia Ferri"]);
        assert_eq!(listed(&world.seller, "affiliations"), ["Silvia Ferri – Officine Ferri S.r.l."]);
        assert_eq!(world.seller.sees(&lead, "last_name"), Json::Null);
        assert_eq!(world.seller.sees(&lead, "converted_by")["title"], json!(world.seller.actor.name));
        world.engine.undo(&world.seller.actor, moved.operation.unwrap()).unwrap();
        assert_eq!(listed(&world.seller, "people"), [] as [&str; 0]);
        assert_eq!(listed(&world.seller, "affiliations"), [] as [&str; 0]);
        assert_eq!(world.seller.sees(&lead, "last_name"), json!("Ferri"));
        assert_eq!(world.seller.sees(&lead, "converted_at"), Json::Null);
    });
}

#[test]
fn who_buys_becomes_a_customer_and_their_contact_a_person() {
    on_both(|world| {
        let lead = with_contact(&world.seller, "Officine Ferri S.r.l.");
        let deal = world.seller.creates(
            "opportunities",
            json!({"name": "Tornio", "customer": lead.id.to_string(), "closes_on": "2026-12-31"}),
        );
        assert_eq!(world.seller.sees(&lead, "stage"), json!("lead"));
        let won = world.seller.changes(&deal, json!({"stage": "won"}));
        assert_eq!(world.seller.sees(&lead, "stage"), json!("customer"));
        assert_ne!(world.seller.sees(&lead, "customer_since"), Json::Null);
        assert_eq!(listed(&world.seller, "people"), ["Silvia Ferri"]);
        world.engine.undo(&world.seller.actor, won.operation.unwrap()).unwrap();
        assert_eq!(world.seller.sees(&lead, "stage"), json!("lead"));
        assert_eq!(listed(&world.seller, "people"), [] as [&str; 0]);
    });
}

#[test]
fn what_is_offered_to_a_suspect_makes_a_prospect_and_nobody_goes_back() {
    on_both(|world| {
        let company = |stage: &str| {
            world.seller.creates("companies", json!({"kind": "company", "legal_name": stage, "stage": stage}))
        };
        for (stage, then) in [("suspect", "prospect"), ("customer", "customer"), ("former", "former")] {
            let company = company(stage);
            let fields = json!({"name": "Pressa", "customer": company.id.to_string(), "closes_on": "2026-12-31"});
            world.seller.creates("opportunities", fields);
            assert_eq!(world.seller.sees(&company, "stage"), json!(then));
        }
    });
}

#[test]
fn many_leads_that_move_on_at_once_each_leave_their_contact() {
    on_both(|world| {
        let ids: Vec<String> = (0..7)
            .map(|n| {
                lead(&world.seller, &format!("Officina {n}"), json!({"last_name": format!("Ferri {n}")})).id.to_string()
            })
            .collect();
        assert_eq!(ids.len(), 7);
        let catalogue = world.engine.catalogue();
        let stage = catalogue.model("party").unwrap().position("stage").unwrap();
        let rids = ids.iter().map(|id| id.parse().unwrap()).collect::<Vec<_>>();
        let rids = world.engine.rows(&world.seller.actor, "leads", &rids).unwrap();
        let draft = |rid| {
            engine::Draft::change(&crm::parties::PARTY, rid, None, vec![(stage, meta::Value::Text("customer".into()))])
        };
        let saved = world.engine.save(&world.seller.actor, rids.into_iter().map(draft).collect()).unwrap();
        assert_eq!(listed(&world.seller, "people").len(), 7);
        world.engine.undo(&world.seller.actor, saved.operation.unwrap()).unwrap();
        assert_eq!(listed(&world.seller, "people").len(), 0);
        assert_eq!(listed(&world.seller, "leads").len(), 7);
    });
}
