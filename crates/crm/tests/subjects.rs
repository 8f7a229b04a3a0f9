//! Agents, referrers and agencies: what they are, where they are involved, and what an agent sees of the company, on both databases.

#![allow(clippy::unwrap_used)]

use engine::bulk::{Act, Begun, Bulk, Which};
use meta::{Filter, Op};
use serde_json::{Value as Json, json};
use testkit::world::{Made, Someone, World, on_both_with};

fn on_both(test: impl Fn(&World)) {
    on_both_with("subjects", crm::ENTITIES, test);
}

fn refusal<T: std::fmt::Debug>(done: base::Result<T>) -> String {
    match done {
        Err(base::Error::Refused(problems)) => {
            problems.iter().filter_map(|problem| problem.field.clone()).collect::<Vec<_>>().join(" ")
        }
        other => panic!("not refused: {other:?}"),
    }
}

fn subject(world: &World, name: &str, kind: &str, more: Json) -> Made {
    let mut fields = json!({ "name": name, "kind": kind });
    fields.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    world.manager.creates("subjects", fields)
}

fn company(who: &Someone, name: &str, involved: Json) -> Made {
    who.creates("companies", json!({ "kind": "company", "legal_name": name, "involved": involved }))
}

fn deal(who: &Someone, name: &str, customer: &Made, involved: Json) -> Made {
    let mut fields = json!({ "name": name, "customer": id(customer), "closes_on": "2026-12-31" });
    if involved != Json::Null {
        fields["involved"] = involved;
    }
    who.creates("opportunities", fields)
}

fn id(made: &Made) -> Json {
    json!(made.id.to_string())
}

fn part(subject: &Made, role: &str) -> Json {
    json!({ "id": id(subject), "role": role })
}

#[test]
fn an_agent_works_with_what_they_are_tied_to_and_sees_nothing_else() {
    on_both(|world| {
        let silvia = world.hires("silvia", "agent");
        let agent = subject(world, "Silvia Conti", "agent", json!({ "user": silvia.id().to_string() }));
        let silvia = silvia.anew();
        let hers = company(&world.manager, "Brambati S.r.l.", json!([part(&agent, "sells")]));
        let other = company(&world.manager, "Zanetti S.p.A.", json!([]));
        let sold = deal(&world.manager, "Rinnovo trapani", &hers, json!([id(&agent)]));
        let hidden = deal(&world.manager, "Retrofit", &hers, json!([]));
        let site = world.manager.creates("sites", json!({ "party": id(&hers), "name": "Magazzino" }));
        assert_eq!(
            (silvia.lists("companies"), silvia.lists("opportunities")),
            (vec!["Brambati S.r.l.".to_owned()], vec!["Rinnovo trapani".to_owned()])
        );
        silvia.opens(&site);
        silvia.cannot_open(&other);
        silvia.cannot_open(&hidden);
        silvia.changes(&sold, json!({ "next_step": "Mandare l'offerta" }));
        // What she brings is hers, and is found at her subject.
        let lead = silvia.creates("leads", json!({ "kind": "company", "legal_name": "Nuova S.r.l.", "stage": "lead" }));
        deal(&silvia, "Prima fornitura", &lead, Json::Null);
        let involved = |path: &str| world.manager.lists_where(path, Filter::test("involved", Op::Has, id(&agent)));
        assert_eq!(involved("parties"), ["Brambati S.r.l.", "Nuova S.r.l."]);
        assert_eq!(involved("opportunities"), ["Rinnovo trapani", "Prima fornitura"]);
        // Its contact stays hers when the lead moves on.
        let names = json!({ "first_name": "Carla", "last_name": "Rossi" });
        silvia.changes(&lead, names);
        silvia.changes(&lead, json!({ "stage": "prospect" }));
        assert_eq!(silvia.lists("people"), ["Carla Rossi"]);
        assert!(involved("parties").contains(&"Carla Rossi".to_owned()));
        // The day after her mandate ended.
        world.manager.changes(&agent, json!({ "since": "2019-01-01", "until": "2020-01-01" }));
        assert_eq!(silvia.anew().lists("companies"), ["Nuova S.r.l."], "she is in charge of that one");
    });
}

#[test]
fn agents_are_of_agencies_that_are_none_of_their_own() {
    on_both(|world| {
        let agency = subject(world, "Motta", "agency", json!({}));
        let agent = subject(world, "Silvia", "agent", json!({ "agency": id(&agency) }));
        let referrer = subject(world, "Ratti", "referrer", json!({}));
        let panel = world.manager.lists_where("subjects", Filter::test("agency", Op::Eq, id(&agency)));
        assert_eq!(panel, ["Silvia"]);
        for wrong in [&agent, &referrer] {
            assert_eq!(refusal(world.manager.tries_to_change(&agent, json!({ "agency": id(wrong) }))), "agency");
        }
        let branch = subject(world, "Branch", "agency", json!({ "agency": id(&agency) }));
        assert_eq!(refusal(world.manager.tries_to_change(&agency, json!({ "agency": id(&branch) }))), "agency");
        assert_eq!(refusal(world.manager.tries_to_change(&agency, json!({ "agency": id(&agency) }))), "agency");
    });
}

#[test]
fn what_cannot_be_is_refused_at_its_field() {
    on_both(|world| {
        let user = world.colleague.id().to_string();
        subject(world, "Elena", "operator", json!({ "user": user }));
        let tries = |fields: Json| {
            let mut all = json!({ "name": "x", "kind": "agent" });
            all.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
            refusal(world.manager.tries_to_create("subjects", all))
        };
        assert_eq!(tries(json!({ "user": user })), "user", "somebody else's user");
        assert_eq!(tries(json!({ "since": "2026-02-01", "until": "2026-01-31" })), "until");
        assert_eq!(tries(json!({ "commission": "120" })), "commission");
        assert_eq!(tries(json!({ "kind": "customer" })), "kind");
        // Of a referrer nobody is the user, so the user can be another's.
        subject(world, "Ratti", "referrer", json!({ "user": world.mate.id().to_string() }));
        subject(world, "Mate", "agent", json!({ "user": world.mate.id().to_string() }));
    });
}

#[test]
fn many_companies_are_given_to_an_agent_at_once() {
    on_both(|world| {
        let (old, new) = (subject(world, "Old", "agent", json!({})), subject(world, "New", "agent", json!({})));
        let made: Vec<Made> =
            ["A", "B", "C"].map(|name| company(&world.manager, name, json!([part(&old, "sells")]))).into();
        let on = |act: Act| {
            let which = Which::These(made.iter().map(|made| made.id).collect());
            let bulk = Bulk { path: "companies".to_owned(), act, which };
            match world.engine.bulk(&world.manager.actor, &bulk, None).unwrap() {
                Begun::Done(report) => report.changed,
                Begun::Job(_) => panic!("these are few"),
            }
        };
        let field = || "involved".to_owned();
        assert_eq!(on(Act::Add { field: field(), value: json!([part(&new, "sells")]) }), 3);
        assert_eq!(on(Act::Remove { field: field(), value: json!([id(&old)]) }), 3);
        for made in &made {
            let involved = world.manager.sees(made, "involved");
            assert_eq!(
                (&involved[0]["title"], &involved[0]["role"], &involved[1]),
                (&json!("New"), &json!("sells"), &Json::Null)
            );
        }
    });
}
