//! Who is involved in a record, and what those see who stand behind them.

use base::clock;
use base::words::{Language, Words};
use engine::bulk::{Act, Begun, Bulk, Which};
use engine::{Query, access};
use meta::{Filter, Op, Verb};
use serde_json::{Value as Json, json};
use testkit::world::{Made, Someone, World, on_both};

use super::rights::{is_denied, sees, sees_nothing_of};

fn subject(world: &World, name: &str, fields: Json) -> Made {
    let mut all = json!({ "name": name });
    fields.as_object().unwrap().iter().for_each(|(key, value)| all[key] = value.clone());
    world.admin.creates("probe_agents", all)
}

fn behind(who: &Someone) -> Json {
    json!({ "user": who.id().to_string() })
}

fn probe(world: &World, name: &str, involved: Json) -> Made {
    world.manager.creates("probes", json!({ "name": name, "involved": involved }))
}

fn part(subject: &Made, role: &str) -> Json {
    json!({ "id": subject.id.to_string(), "role": role })
}

fn id(made: &Made) -> Json {
    json!(made.id.to_string())
}

/// Names and roles of those involved, as somebody sees them.
fn involved(who: &Someone, record: &Made) -> Vec<(String, String)> {
    let said = |one: &Json| {
        let text = |key: &str| one[key].as_str().unwrap_or("-").to_owned();
        (text("title"), text("role"))
    };
    who.sees(record, "involved").as_array().unwrap().iter().map(said).collect()
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(name, role)| ((*name).to_owned(), (*role).to_owned())).collect()
}

#[track_caller]
fn refusal<T: std::fmt::Debug>(done: base::Result<T>) -> String {
    done.unwrap_err().to_string()
}

#[test]
fn an_agent_sees_what_they_are_involved_in_and_nothing_else() {
    on_both(|world| {
        let anna = world.hires("anna", "agent");
        let agent = subject(world, "Anna", behind(&anna));
        let other = subject(world, "Bruno", json!({}));
        let hers = probe(world, "Hers", json!([part(&agent, "brings"), id(&other)]));
        let not_hers = probe(world, "Foreign", json!([part(&other, "brings")]));
        let child = world.manager.creates("probe_children", json!({ "name": "Child", "probe": id(&hers) }));
        let anna = anna.anew();
        sees(&anna, &hers, "Hers");
        sees(&anna, &child, "Child");
        sees_nothing_of(&anna, &not_hers, "Foreign");
        assert_eq!(anna.counts("probes"), 1);
        // They change what is theirs as if in charge of it, and delete nothing.
        anna.changes(&hers, json!({ "quantity": 3 }));
        assert!(is_denied(anna.tries_to_delete(&hers)));
        world.manager.changes(&hers, json!({ "involved": [id(&other)] }));
        sees_nothing_of(&anna, &hers, "Hers");
        sees_nothing_of(&anna, &child, "Child");
    });
}

#[test]
fn who_stands_behind_nobody_any_more_sees_nothing_of_theirs() {
    on_both(|world| {
        let anna = world.hires("anna", "agent");
        let agent = subject(world, "Anna", behind(&anna));
        let record = probe(world, "Hers", json!([id(&agent)]));
        let day = |days: i64| (clock::today(clock::ZONE) + chrono::Duration::days(days)).to_string();
        for (fields, there) in [
            (json!({ "until": day(0), "since": day(0) }), true),
            (json!({ "until": day(-1), "since": null }), false),
            (json!({ "until": null, "since": day(1) }), false),
            (json!({ "since": day(-1) }), true),
            (json!({ "user": null }), false),
            (behind(&world.colleague), false),
            (behind(&anna), true),
        ] {
            world.admin.changes(&agent, fields.clone());
            assert_eq!(anna.anew().lists("probes"), if there { vec!["Hers"] } else { vec![] }, "{fields}");
        }
        world.admin.deletes(&agent);
        sees_nothing_of(&anna.anew(), &record, "Hers");
        world.admin.restores(&agent);
        sees(&anna.anew(), &record, "Hers");
    });
}

#[test]
fn an_agency_sees_with_its_agents_and_they_do_not_see_with_it() {
    on_both(|world| {
        let (boss, anna) = (world.hires("boss", "agency"), world.hires("anna", "agent"));
        let agency = subject(world, "Agency", behind(&boss));
        let branch = subject(world, "Branch", json!({ "part_of": id(&agency) }));
        let agent = subject(world, "Anna", json!({ "user": anna.id().to_string(), "part_of": id(&branch) }));
        let hers = probe(world, "Hers", json!([id(&agent)]));
        let of_agency = probe(world, "Of the agency", json!([id(&agency)]));
        sees(&boss.anew(), &hers, "Hers");
        sees(&boss.anew(), &of_agency, "Of the agency");
        sees(&anna.anew(), &hers, "Hers");
        sees_nothing_of(&anna.anew(), &of_agency, "Of the agency");
        // Whoever leads a team sees with the subjects of its people: the mate's, in the technician's team.
        let mate = subject(world, "Mate", behind(&world.mate));
        let of_mate = probe(world, "Of the mate", json!([id(&mate)]));
        sees(&world.technician.anew(), &of_mate, "Of the mate");
        sees_nothing_of(&world.seller.anew(), &of_mate, "Of the mate");
        // What is over ends the way through it, too.
        world.admin.changes(&branch, json!({ "until": "2020-01-01" }));
        sees_nothing_of(&boss.anew(), &hers, "Hers");
    });
}

#[test]
fn who_works_from_outside_sees_of_the_subjects_only_themselves() {
    on_both(|world| {
        let (boss, anna) = (world.hires("boss", "agency"), world.hires("anna", "agent"));
        let agency = subject(world, "Agency", behind(&boss));
        let agent = subject(world, "Anna", json!({ "user": anna.id().to_string(), "part_of": id(&agency) }));
        subject(world, "Bruno", json!({}));
        let (boss, anna) = (boss.anew(), anna.anew());
        assert_eq!(anna.lists("probe_agents"), ["Anna"]);
        assert_eq!(boss.lists("probe_agents"), ["Agency", "Anna"]);
        assert_eq!(world.seller.lists("probe_agents").len(), 3, "in the house everybody knows them");
        assert!(is_denied(anna.tries_to_change(&agent, json!({ "name": "Boss" }))));
        assert!(is_denied(anna.tries_to_create("probe_agents", json!({ "name": "Friend" }))));
        assert!(is_denied(world.seller.tries_to_create("probe_agents", json!({ "name": "Friend" }))));
        // What they bring they are involved in.
        let lead = anna.creates("probes", json!({ "name": "Brought" }));
        assert_eq!(involved(&world.manager, &lead), pairs(&[("Anna", "-")]));
        let own = world.seller.creates("probes", json!({ "name": "Own" }));
        assert_eq!(involved(&world.manager, &own), pairs(&[]));
    });
}

#[test]
fn those_one_may_not_see_stay_whatever_one_writes() {
    on_both(|world| {
        let anna = world.hires("anna", "agent");
        let (agent, other) = (subject(world, "Anna", behind(&anna)), subject(world, "Bruno", json!({})));
        let record = probe(world, "Shared", json!([part(&other, "brings"), part(&agent, "follows")]));
        let anna = anna.anew();
        assert_eq!(anna.sees(&record, "involved")[0], json!({ "hidden": true, "role": "brings" }));
        // What they see sent back, with the hidden one or without, changes nothing.
        let sent = anna.sees(&record, "involved");
        assert_eq!(anna.changes(&record, json!({ "involved": sent })).operation, None);
        assert_eq!(anna.changes(&record, json!({ "involved": [part(&agent, "follows")] })).operation, None);
        anna.changes(&record, json!({ "involved": [part(&agent, "brings")] }));
        assert_eq!(involved(&world.manager, &record), pairs(&[("Anna", "brings"), ("Bruno", "brings")]));
        anna.changes(&record, json!({ "involved": [] }));
        assert_eq!(involved(&world.manager, &record), pairs(&[("Bruno", "brings")]));
        assert_eq!(
            refusal(anna.tries_to_create("probes", json!({ "name": "x", "involved": [id(&other)] }))),
            "involved: There is no such record"
        );
    });
}

#[test]
fn nobody_is_involved_twice_in_a_role_and_only_live_subjects_in_roles_that_are_offered() {
    on_both(|world| {
        let (one, two) = (subject(world, "One", json!({})), subject(world, "Two", json!({})));
        let record =
            probe(world, "x", json!([part(&one, "brings"), part(&one, "brings"), id(&one), part(&one, "follows")]));
        assert_eq!(involved(&world.manager, &record), pairs(&[("One", "brings"), ("One", "follows")]));
        let tries = |involved: Json| refusal(world.manager.tries_to_change(&record, json!({ "involved": involved })));
        let missing = "involved: There is no such record";
        assert_eq!(tries(json!([base::Id::new().to_string()])), missing);
        assert_eq!(tries(json!([id(&record)])), missing, "a probe is no subject");
        assert_eq!(tries(json!([part(&two, "pays")])), "involved: pays is not one of the values offered");
        assert!(tries(json!([{ "id": id(&two), "percent": 3 }])).contains("percent"));
        assert!(tries(json!("Two")).starts_with("involved: Here goes"));
        world.admin.deletes(&two);
        assert_eq!(tries(json!([id(&two)])), missing);
        // Who was involved before may stay.
        world.admin.deletes(&one);
        world.manager.changes(&record, json!({ "involved": [part(&one, "brings")] }));
        assert_eq!(involved(&world.manager, &record), pairs(&[("One", "brings")]));
    });
}

#[test]
fn a_user_stands_behind_one_subject_and_agencies_never_go_round_in_a_circle() {
    on_both(|world| {
        let one = subject(world, "One", behind(&world.seller));
        let two = subject(world, "Two", json!({ "part_of": id(&one) }));
        let taken = world.admin.tries_to_change(&two, behind(&world.seller));
        assert_eq!(refusal(taken), "user: seller is that of another record already");
        let round = world.admin.tries_to_change(&one, json!({ "part_of": id(&two) }));
        assert_eq!(refusal(round), "part_of: This would go round in a circle");
        let itself = world.admin.tries_to_change(&one, json!({ "part_of": id(&one) }));
        assert_eq!(refusal(itself), "part_of: This would go round in a circle");
    });
}

#[test]
fn lists_are_filtered_by_who_is_involved_and_as_what() {
    on_both(|world| {
        let anna = world.hires("anna", "agent");
        let (agent, other) = (subject(world, "Anna", behind(&anna)), subject(world, "Bruno", json!({})));
        probe(world, "A", json!([part(&agent, "brings")]));
        probe(world, "B", json!([part(&agent, "follows"), part(&other, "brings")]));
        probe(world, "C", json!([]));
        let (agent, other) = (agent.id.to_string(), other.id.to_string());
        let find = |op: Op, value: Json| world.manager.lists_where("probes", Filter::test("involved", op, value));
        assert_eq!(find(Op::Has, json!(agent)), ["A", "B"]);
        assert_eq!(find(Op::Has, json!(format!("{agent}:follows"))), ["B"]);
        assert_eq!(find(Op::Has, json!(":brings")), ["A", "B"]);
        assert_eq!(find(Op::In, json!([format!("{agent}:brings"), other])), ["A", "B"]);
        assert_eq!(find(Op::Ne, json!(agent)), ["C"]);
        assert_eq!(find(Op::Empty, json!(true)), ["C"]);
        let anna = anna.anew();
        let mine = |value: &str| anna.lists_where("probes", Filter::test("involved", Op::Has, value));
        assert_eq!((mine("me"), mine("me:follows")), (vec!["A".to_owned(), "B".to_owned()], vec!["B".to_owned()]));
        let wrong = |value: &str| {
            let filter = Filter::test("involved", Op::Has, value);
            refusal(world.manager.tries_to_list(&Query { filter, ..Query::all("probes") }, 3))
        };
        assert!(wrong(":pays").contains("pays is not one of the values offered"));
        assert!(wrong("somebody").contains("somebody is not an id"));
    });
}

#[test]
fn subjects_that_are_one_are_involved_once() {
    on_both(|world| {
        let anna = world.hires("anna", "agent");
        let one = subject(world, "Rossi", json!({}));
        let two = subject(world, "Rosi", behind(&anna));
        let both = probe(world, "Both", json!([part(&one, "brings"), part(&two, "brings"), part(&two, "follows")]));
        let second = probe(world, "Second", json!([part(&two, "follows")]));
        let gone = probe(world, "Gone", json!([id(&two)]));
        world.manager.deletes(&gone);
        let done = world.engine.merge(&world.manager.actor, one.path, one.id, &[two.id], Vec::new()).unwrap();
        assert_eq!(done.moved, 3);
        assert_eq!(involved(&world.manager, &both), pairs(&[("Rossi", "brings"), ("Rossi", "follows")]));
        assert_eq!(involved(&world.manager, &second), pairs(&[("Rossi", "follows")]));
        sees(&anna.anew(), &second, "Second");
        world.manager.undoes(Some(done.operation));
        assert_eq!(
            involved(&world.manager, &both),
            pairs(&[("Rossi", "brings"), ("Rosi", "brings"), ("Rosi", "follows")])
        );
        assert_eq!(involved(&world.manager, &second), pairs(&[("Rosi", "follows")]));
        world.manager.restores(&gone);
        assert_eq!(involved(&world.manager, &gone), pairs(&[("Rosi", "-")]));
        // Of two records that are one, those involved come together.
        world.engine.merge(&world.manager.actor, both.path, second.id, &[both.id], Vec::new()).unwrap();
        assert_eq!(
            involved(&world.manager, &second),
            pairs(&[("Rosi", "follows"), ("Rossi", "brings"), ("Rosi", "brings")])
        );
    });
}

#[test]
fn many_get_a_subject_or_lose_one_and_it_is_taken_back() {
    on_both(|world| {
        let (one, two) = (subject(world, "One", json!({})), subject(world, "Two", json!({})));
        let made = [probe(world, "A", json!([part(&one, "brings")])), probe(world, "B", json!([]))];
        let on = |act: Act| {
            let bulk =
                Bulk { path: "probes".to_owned(), act, which: Which::These(made.iter().map(|made| made.id).collect()) };
            match world.engine.bulk(&world.manager.actor, &bulk, None).unwrap() {
                Begun::Done(report) => report,
                Begun::Job(_) => panic!("these are few"),
            }
        };
        let seen = || made.each_ref().map(|made| involved(&world.manager, made));
        let field = || "involved".to_owned();
        let added = on(Act::Add { field: field(), value: json!([part(&two, "follows"), part(&one, "brings")]) });
        assert_eq!(added.changed, 2);
        let both = [pairs(&[("One", "brings"), ("Two", "follows")]), pairs(&[("Two", "follows"), ("One", "brings")])];
        assert_eq!(seen(), both);
        on(Act::Remove { field: field(), value: json!([part(&two, "brings")]) });
        assert_eq!(seen(), both, "in another role");
        let removed = on(Act::Remove { field: field(), value: json!([id(&one)]) });
        assert_eq!(seen(), [pairs(&[("Two", "follows")]), pairs(&[("Two", "follows")])]);
        world.manager.undoes(removed.operation);
        assert_eq!(seen(), both);
        world.manager.undoes(added.operation);
        assert_eq!(seen(), [pairs(&[("One", "brings")]), pairs(&[])]);
        on(Act::Set { field: field(), value: json!([id(&two)]), also: serde_json::Map::new() });
        assert_eq!(seen(), [pairs(&[("Two", "-")]), pairs(&[("Two", "-")])]);
        on(Act::Clear { field: field() });
        assert_eq!(seen(), [pairs(&[]), pairs(&[])]);
    });
}

#[test]
fn of_two_who_change_those_involved_the_second_is_asked() {
    on_both(|world| {
        let (one, two) = (subject(world, "One", json!({})), subject(world, "Two", json!({})));
        let record = probe(world, "A", json!([]));
        world.manager.changes(&record, json!({ "involved": [id(&one)] }));
        match world.operator.tries_to_change_from(&record, json!({ "involved": [part(&two, "brings")] })) {
            Err(base::Error::Conflict(conflict)) => {
                assert_eq!(conflict.fields[0].theirs[0]["title"], "One");
                assert_eq!(conflict.fields[0].yours[0]["role"], "brings");
            }
            other => panic!("no conflict: {other:?}"),
        }
        let history = world.manager.reads_history(&record);
        assert!(history.titles.get(one.rid).is_some(), "the history names them");
    });
}

#[test]
fn ties_that_are_wrong_are_found_and_mended() {
    on_both(|world| {
        let anna = world.hires("anna", "agent");
        let agent = subject(world, "Anna", behind(&anna));
        let record = probe(world, "Hers", json!([part(&agent, "brings")]));
        let lose = store::Sql::new("DELETE FROM tie WHERE record = $1").with(record.rid);
        world.engine.store.write(store::Lane::People, |tx| tx.execute(&lose)).unwrap();
        sees_nothing_of(&anna.anew(), &record, "Hers");
        let words = Words::new(Language::En, &[]).unwrap();
        assert!(!world.engine.examine(true, &words).unwrap().is_empty());
        sees(&anna.anew(), &record, "Hers");
        assert!(world.engine.examine(false, &words).unwrap().is_empty());
    });
}

#[test]
fn what_is_opened_to_everybody_is_opened_to_the_house() {
    on_both(|world| {
        let anna = world.hires("anna", "agent");
        let record = world.manager.creates("probes", json!({ "name": "Open", "open_to_all": true }));
        sees(&world.seller, &record, "Open");
        sees_nothing_of(&anna, &record, "Open");
        let catalogue = world.engine.catalogue();
        let model = catalogue.model("probe").unwrap();
        let may = Verb::ALL.map(|verb| access::may(&anna.actor, model, None, verb));
        assert_eq!(may, [true, true, true, false, false, false, false]);
        // Who works in the house too is of the house.
        let mut both = anna.clone();
        both.actor.person.rights = both.actor.person.rights.join(world.technician.actor.person.rights.clone());
        sees(&both, &record, "Open");
    });
}
