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

/// What the form of the conversion says, by its keys.
fn converts(who: &Someone, lead: &Made, decided: Json) -> base::Result<engine::actions::Acted> {
    let catalogue = who.engine.catalogue();
    let (form, _) = catalogue.actions("party").find(|(form, _)| form.entity.key == "conversion").unwrap();
    let value = |(key, value): (&String, &Json)| {
        let at = form.position(key).unwrap();
        (at, meta::json::from_json(value, key, &form.fields[at].kind).unwrap())
    };
    let values = decided.as_object().unwrap().iter().map(value).collect();
    who.engine.act(&who.actor, "leads", lead.id, "conversion", values)
}

#[test]
fn a_lead_is_converted_by_one_click_and_taken_back_by_another() {
    on_both(|world| {
        let lead = with_contact(&world.seller, "Officine Ferri S.r.l.");
        let acted = converts(&world.seller, &lead, json!({})).unwrap();
        assert_eq!((acted.id, acted.made.len()), (lead.id, 1));
        assert_eq!(world.seller.sees(&lead, "stage"), json!("prospect"));
        assert_eq!(listed(&world.seller, "people"), ["Silvia Ferri"]);
        assert_eq!(listed(&world.seller, "opportunities"), [] as [&str; 0]);
        assert_eq!(world.seller.sees(&lead, "converted_by")["title"], json!("seller"));
        // It is pressed a second time, by somebody who still has the page.
        let again = converts(&world.manager, &lead, json!({}));
        assert!(matches!(&again, Err(base::Error::Refused(problems)) if problems[0].code == "converted"), "{again:?}");
        assert_eq!(listed(&world.seller, "people").len(), 1);
        world.engine.undo(&world.seller.actor, acted.operation).unwrap();
        assert_eq!(listed(&world.seller, "people"), [] as [&str; 0]);
        assert_eq!(
            (world.seller.sees(&lead, "stage"), world.seller.sees(&lead, "job")),
            (json!("lead"), json!("Titolare"))
        );
    });
}

#[test]
fn those_involved_in_a_lead_are_involved_in_what_becomes_of_it() {
    on_both(|world| {
        let agent = world.manager.creates("subjects", json!({"name": "Silvia Conti", "kind": "agent"}));
        let lead = with_contact(&world.seller, "Officine Ferri S.r.l.");
        let involved = json!([{"id": agent.id.to_string(), "role": "introduced"}]);
        world.seller.changes(&lead, json!({"involved": involved}));
        let decided = json!({"opportunity": true, "subject": "Tornio", "closes_on": "2026-12-31"});
        converts(&world.seller, &lead, decided).unwrap();
        for path in ["companies", "people", "opportunities"] {
            let asked = format!("{}:introduced", agent.id);
            let filter = meta::Filter::test("involved", meta::Op::Has, asked);
            assert_eq!(world.seller.lists_where(path, filter).len(), 1, "{path}");
        }
    });
}

#[test]
fn a_conversion_opens_an_opportunity_when_asked_and_says_what_is_missing() {
    on_both(|world| {
        let lead =
            lead(&world.seller, "Officine Ferri S.r.l.", json!({"last_name": "Ferri", "interest": "Tornio usato"}));
        assert_eq!(refused_at(converts(&world.seller, &lead, json!({}))), "first_name");
        assert_eq!(refused_at(converts(&world.seller, &lead, json!({"first_name": "Ugo", "stage": "lead"}))), "stage");
        let bad = json!({"first_name": "Ugo", "opportunity": true, "subject": null});
        assert_eq!(refused_at(converts(&world.seller, &lead, bad)), "subject");
        let good = json!({"first_name": "Ugo", "role": "owner", "opportunity": true, "stage": "customer",
            "amount": {"amount": "1200.00", "currency": "EUR"}});
        converts(&world.seller, &lead, good).unwrap();
        assert_eq!(listed(&world.seller, "people"), ["Ugo Ferri"]);
        assert_eq!(listed(&world.seller, "opportunities"), ["Tornio usato"]);
        assert_eq!(world.seller.sees(&lead, "stage"), json!("customer"));
    });
}

#[test]
fn a_lead_that_is_here_already_joins_it_and_comes_back_by_undo() {
    on_both(|world| {
        let known = world.seller.creates(
            "companies",
            json!({"kind": "company", "legal_name": "Officine Ferri S.r.l.",
            "stage": "customer", "phones": [{"value": "030 1234567"}]}),
        );
        let silvia =
            world.seller.creates("people", json!({"kind": "person", "first_name": "Silvia", "last_name": "Ferri"}));
        let lead = with_contact(&world.seller, "Officine Ferri");
        let begun = world.engine.begin_action(&world.seller.actor, "leads", lead.id, "conversion").unwrap();
        let offered: Vec<_> = begun.offers.iter().map(|offered| offered.found[0].0.found.id).collect();
        assert_eq!(offered, [known.id, silvia.id]);
        let both = json!({"join": known.id.to_string(), "person": silvia.id.to_string()});
        let acted = converts(&world.seller, &lead, both).unwrap();
        assert_eq!(acted.id, known.id);
        assert_eq!(listed(&world.seller, "affiliations"), ["Silvia Ferri – Officine Ferri S.r.l."]);
        assert_eq!(world.seller.sees(&known, "stage"), json!("customer"));
        assert_eq!(world.seller.sees(&known, "emails").as_array().unwrap().len(), 2);
        assert_eq!(world.seller.sees(&known, "last_name"), Json::Null);
        assert_eq!(listed(&world.seller, "leads"), [] as [&str; 0]);
        // Its address leads to what it became one with.
        assert_eq!(world.seller.opens(&lead).id, known.id);
        world.engine.undo(&world.seller.actor, acted.operation).unwrap();
        assert_eq!(listed(&world.seller, "leads"), ["Officine Ferri"]);
        assert_eq!(listed(&world.seller, "affiliations"), [] as [&str; 0]);
        assert_eq!(world.seller.sees(&lead, "last_name"), json!("Ferri"));
        assert!(world.engine.undo(&world.seller.actor, acted.operation).is_err());
    });
}

#[test]
fn who_may_not_change_a_lead_does_not_convert_it_and_who_does_not_see_it_knows_nothing_of_it() {
    on_both(|world| {
        let lead = with_contact(&world.manager, "Officine Ferri S.r.l.");
        assert!(matches!(converts(&world.seller, &lead, json!({})), Err(base::Error::Missing)));
        assert!(matches!(converts(&world.viewer, &lead, json!({})), Err(base::Error::Denied(_))));
        let person =
            world.seller.creates("people", json!({"kind": "person", "first_name": "Ugo", "last_name": "Riva"}));
        let own = with_contact(&world.seller, "Officine Riva S.r.l.");
        assert_eq!(refused_at(converts(&world.seller, &own, json!({"join": person.id.to_string()}))), "join");
        assert_eq!(refused_at(converts(&world.seller, &own, json!({"join": lead.id.to_string()}))), "join");
        assert_eq!(refused_at(converts(&world.seller, &own, json!({"join": own.id.to_string()}))), "");
    });
}

fn refused_at<T: std::fmt::Debug>(done: base::Result<T>) -> String {
    match done {
        Err(base::Error::Refused(problems)) => {
            problems.iter().filter_map(|problem| problem.field.clone()).collect::<Vec<_>>().join(" ")
        }
        other => panic!("not refused: {other:?}"),
    }
}

#[test]
fn what_followed_goes_back_with_the_act_also_where_one_may_only_look() {
    on_both(|world| {
        let company =
            json!({"kind": "company", "legal_name": "Officine Ferri S.r.l.", "stage": "prospect", "open_to_all": true});
        let company = world.manager.creates("companies", company);
        let fields = json!({"name": "Pressa", "customer": company.id.to_string(), "closes_on": "2026-12-31"});
        let deal = world.seller.creates("opportunities", fields);
        assert!(world.seller.tries_to_change(&company, json!({"stage": "former"})).is_err());
        let won = world.seller.changes(&deal, json!({"stage": "won"}));
        assert_eq!(world.seller.sees(&company, "stage"), json!("customer"));
        // Whom they do not see at all is not named either.
        world.manager.changes(&company, json!({"open_to_all": false}));
        world.seller.cannot_open(&company);
        let undone = world.engine.undo(&world.seller.actor, won.operation.unwrap()).unwrap();
        assert_eq!(undone.kept.len(), 0, "{:?}", undone.kept);
        assert_eq!(world.manager.sees(&company, "stage"), json!("prospect"));
        assert_eq!(world.manager.sees(&company, "customer_since"), Json::Null);
    });
}

#[test]
fn of_two_opportunities_of_one_suspect_the_one_that_was_won_says_where_it_stands() {
    on_both(|world| {
        for stages in [["won", "new"], ["new", "won"], ["won", "won"]] {
            let suspect = json!({"kind": "company", "legal_name": stages.join(" "), "stage": "suspect"});
            let suspect = world.seller.creates("companies", suspect);
            let deal = |stage: &str| {
                let fields = json!({"name": stage, "stage": stage, "customer": suspect.id.to_string(), "closes_on": "2026-12-31"});
                (testkit::world::Target::New(None), fields)
            };
            let made = world.seller.saves("opportunities", stages.map(deal).into()).unwrap();
            assert_eq!(world.seller.sees(&suspect, "stage"), json!("customer"), "{stages:?}");
            let undone = world.engine.undo(&world.seller.actor, made[0].operation.unwrap()).unwrap();
            assert_eq!(undone.kept.len(), 0, "{:?}", undone.kept);
            assert_eq!(world.seller.sees(&suspect, "stage"), json!("suspect"), "{stages:?}");
        }
    });
}

#[test]
fn a_lead_that_joins_another_lead_leaves_one_contact() {
    on_both(|world| {
        for (number, contact) in
            [json!({}), json!({"first_name": "Silvia", "last_name": "Ferri"})].into_iter().enumerate()
        {
            let name = format!("Officine {number}");
            let other = lead(&world.seller, &name, contact);
            let own = with_contact(&world.seller, &name);
            let before = listed(&world.seller, "people").len();
            converts(&world.seller, &own, json!({"join": other.id.to_string()})).unwrap();
            assert_eq!(listed(&world.seller, "people").len(), before + 1);
            assert_eq!(world.seller.sees(&other, "stage"), json!("prospect"));
            assert_eq!(world.seller.sees(&other, "last_name"), Json::Null);
        }
    });
}

#[test]
fn what_is_not_offered_any_more_and_who_has_left_keep_no_lead_back() {
    on_both(|world| {
        let agent = world.admin.creates("subjects", json!({"name": "Carlo Riva", "kind": "referrer"}));
        let involved = json!([{"id": agent.id.to_string(), "role": "introduced"}]);
        let lead = with_contact(&world.admin, "Officine Ferri S.r.l.");
        world.admin.changes(
            &lead,
            json!({"source": "fair", "consent": "given", "consent_how": "paper", "involved": involved}),
        );
        world.admin.deletes(&agent);
        let catalogue = world.engine.catalogue();
        for (list, key) in [("party_source", "fair"), ("consent_way", "paper")] {
            let items = &catalogue.list(list).unwrap().items;
            let look = |item: &meta::catalogue::ListItem| engine::settings::ItemLook {
                key: Some(item.key.clone()),
                class: item.class.clone(),
                colour: item.colour.clone(),
                percent: item.percent,
                retired: item.retired || item.key == key,
                ..engine::settings::ItemLook::default()
            };
            let looks: Vec<_> = items.iter().map(look).collect();
            world.engine.change_list(&world.admin.actor, list, &looks).unwrap();
        }
        converts(&world.admin, &lead, json!({"opportunity": true})).unwrap();
        assert_eq!(listed(&world.admin, "people"), ["Silvia Ferri"]);
        assert_eq!(listed(&world.admin, "opportunities").len(), 1);
    });
}
