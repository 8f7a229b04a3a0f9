//! What a save accepts, refuses, merges and keeps.

use base::Error;
use engine::Target;
use serde_json::{Value as Json, json};
use testkit::world::{Made, World, on_both};

fn refusal<T: std::fmt::Debug>(done: base::Result<T>) -> String {
    match done {
        Err(Error::Refused(problems)) => problems
            .iter()
            .map(|problem| format!("{}:{}", problem.field.as_deref().unwrap_or(""), problem.code))
            .collect::<Vec<_>>()
            .join(" "),
        other => panic!("not refused: {other:?}"),
    }
}

/// Every kind, as the API writes it.
fn full(world: &World, parent: &Made) -> Json {
    json!({
        "name": "Full", "serial": "A-1", "size": 3, "notes": "uno\ndue", "story": "# Titolo", "quantity": -7, "weight": "1.250",
        "price": {"amount": "1234.56", "currency": "USD"}, "share": "22.5", "day": "2026-02-28", "moment": "2026-02-28T09:30:00.123456Z",
        "length": 5400, "mood": "bad", "reason": "Pioggia", "stage": "begun", "label": "brand new", "tags": ["red", "typed"],
        "urgent": true, "parent": parent.id.to_string(), "about": parent.id.to_string(),
        "emails": [{"value": "a@b.it", "kind": "work", "primary": true}], "phones": [{"value": "+390212345678", "kind": null, "primary": true}],
        "sites": [{"value": "https://b.it", "kind": "site", "primary": true}],
        "places": [{"street": "Via Roma, 1", "zip": "20121", "town": "Milano", "province": "MI", "country": "", "kind": "billing", "primary": true}],
        "vat_number": "12345670785", "ibans": [{"value": "IT60X0542811101000000123456", "kind": null, "primary": true}],
        "paper": world.seller.uploads(), "photo": world.seller.uploads(),
        "spot": {"latitude": "45.4641943", "longitude": "-9.1896346"},
        "in_charge": [world.seller.id().to_string(), world.manager.id().to_string()], "open_to_all": true,
    })
}

/// Without titles and entities, as it would be sent.
fn sent(json: Json) -> Json {
    match json {
        Json::Object(object) if object.contains_key("title") => object["id"].clone(),
        Json::Array(list) => list.into_iter().map(sent).collect(),
        other => other,
    }
}

#[test]
fn every_kind_is_read_back_as_it_was_written() {
    on_both(|world| {
        let parent = world.seller.creates("probes", json!({"name": "Parent"}));
        let fields = full(world, &parent);
        let made = world.seller.creates("probes", fields.clone());
        let read = |made: &Made| {
            let keys = fields.as_object().unwrap().keys();
            keys.map(|key| (key.clone(), sent(world.seller.sees(made, key)))).collect::<serde_json::Map<_, _>>()
        };
        let expect = |key: &str, json: &Json| match key {
            // Numbers without their idle zeros.
            "weight" => json!("1.25"),
            _ => json.clone(),
        };
        for (key, json) in fields.as_object().unwrap() {
            assert_eq!(read(&made)[key], expect(key, json), "{key}");
        }
        assert_eq!(world.seller.sees(&made, "tag_count"), json!(2));
        // The same again changes nothing.
        assert_eq!(world.seller.changes(&made, fields.clone()).operation, None);
        // And nothing of it is left when all is taken away.
        let mut empty = serde_json::Map::new();
        for key in fields.as_object().unwrap().keys().filter(|key| !["name", "in_charge"].contains(&key.as_str())) {
            empty.insert(key.clone(), Json::Null);
        }
        world.seller.changes(&made, Json::Object(empty.clone()));
        let catalogue = world.engine.catalogue();
        let model = catalogue.model("probe").unwrap();
        let record = world.seller.opens(&made);
        for key in empty.keys() {
            assert!(record.values[model.position(key).unwrap()].is_empty(), "{key}");
        }
        let traces = store::Sql::new("SELECT count(*) FROM lookup WHERE record = $1").with(made.rid);
        assert_eq!(world.engine.store.read(|tx| tx.first(&traces)).unwrap().unwrap().int(0), 0);
    });
}

#[test]
fn what_two_people_change_in_different_fields_is_merged() {
    on_both(|world| {
        let made = world.seller.creates("probes", json!({"name": "Shared", "quantity": 1}));
        world.manager.changes(&made, json!({"quantity": 2}));
        let merged = world.seller.tries_to_change_from(&made, json!({"name": "Renamed", "quantity": 1})).unwrap();
        assert_eq!(merged.version, 3);
        assert_eq!(world.seller.sees(&made, "quantity"), json!(2));
        assert_eq!(world.seller.sees(&made, "name"), json!("Renamed"));
    });
}

#[test]
fn what_two_people_change_differently_in_the_same_field_is_a_conflict() {
    on_both(|world| {
        let made = world.seller.creates("probes", json!({"name": "Shared", "quantity": 1}));
        world.manager.changes(&made, json!({"quantity": 2}));
        match world.seller.tries_to_change_from(&made, json!({"name": "Renamed", "quantity": 3})) {
            Err(Error::Conflict(conflict)) => {
                assert_eq!(conflict.version, 2);
                assert_eq!(conflict.theirs_by.as_deref(), Some("manager"));
                assert_eq!(conflict.fields.len(), 1);
                let contested = &conflict.fields[0];
                assert_eq!((&contested.base, &contested.yours, &contested.theirs), (&json!(1), &json!(3), &json!(2)));
            }
            other => panic!("no conflict: {other:?}"),
        }
        assert_eq!(world.seller.sees(&made, "name"), json!("Shared"), "nothing was written");
        world.seller.tries_to_change_from(&made, json!({"quantity": 2})).expect("both want the same");
    });
}

#[test]
fn what_is_required_is_asked_for_and_only_where_it_is_shown() {
    on_both(|world| {
        let seller = &world.seller;
        assert_eq!(refusal(seller.tries_to_create("probes", json!({}))), "name:required");
        assert_eq!(refusal(seller.tries_to_create("probes", json!({"name": "  "}))), "name:required");
        assert_eq!(refusal(seller.tries_to_create("probes", json!({"name": "x", "mood": "bad"}))), "reason:required");
        let made = seller.creates("probes", json!({"name": "x", "mood": "bad", "reason": "Pioggia"}));
        assert_eq!(refusal(seller.tries_to_change(&made, json!({"reason": null}))), "reason:required");
        seller.changes(&made, json!({"mood": "good", "reason": null}));
        assert_eq!(
            refusal(seller.tries_to_change(&made, json!({"mood": "bad"}))),
            "reason:required",
            "asked for when it becomes so"
        );
        assert_eq!(seller.sees(&seller.creates("probes", json!({"name": "y"})), "mood"), json!("good"), "the default");
    });
}

#[test]
fn what_is_one_of_a_kind_is_taken_whatever_the_writing() {
    on_both(|world| {
        let first = world.seller.creates("probes", json!({"name": "x", "serial": "Nº Àb-1", "size": 5}));
        assert_eq!(
            refusal(world.colleague.tries_to_create("probes", json!({"name": "y", "serial": "nº ab-1"}))),
            "serial:taken"
        );
        assert_eq!(
            refusal(world.colleague.tries_to_create("probes", json!({"name": "y", "size": 5}))),
            "size:taken",
            "numbers too"
        );
        world.seller.changes(&first, json!({"serial": "nº ab-1"}));
        world.seller.deletes(&first);
        world.colleague.creates("probes", json!({"name": "y", "serial": "nº ab-1", "size": 5}));
        let two = vec![
            (Target::New(None), json!({"name": "a", "serial": "same"})),
            (Target::New(None), json!({"name": "b", "serial": "SAME"})),
        ];
        assert_eq!(refusal(world.seller.saves("probes", two)), "serial:taken", "in one batch too");
        assert!(world.seller.lists("probes").is_empty(), "all or none");
    });
}

#[test]
fn a_link_to_the_entity_itself_never_goes_round_in_a_circle() {
    on_both(|world| {
        let top = world.seller.creates("probes", json!({"name": "top"}));
        let middle = world.seller.creates("probes", json!({"name": "middle", "parent": top.id.to_string()}));
        let low = world.seller.creates("probes", json!({"name": "low", "parent": middle.id.to_string()}));
        assert_eq!(refusal(world.seller.tries_to_change(&top, json!({"parent": low.id.to_string()}))), "parent:circle");
        assert_eq!(refusal(world.seller.tries_to_change(&top, json!({"parent": top.id.to_string()}))), "parent:circle");
        world.seller.changes(&low, json!({"parent": top.id.to_string()}));
    });
}

#[test]
fn lists_offer_what_is_not_retired_and_tags_may_be_typed() {
    on_both(|world| {
        let made = world.seller.creates("probes", json!({"name": "x", "stage": "begun"}));
        assert_eq!(
            refusal(world.seller.tries_to_create("probes", json!({"name": "x", "stage": "invented"}))),
            "stage:unknown"
        );
        assert_eq!(
            refusal(world.seller.tries_to_create("probes", json!({"name": "x", "mood": "invented"}))),
            "mood:unknown"
        );
        world.seller.changes(&made, json!({"tags": ["typed", "typed", ""]}));
        assert_eq!(world.seller.sees(&made, "tags"), json!(["typed"]));
        retire(world, "begun");
        assert_eq!(
            refusal(world.seller.tries_to_create("probes", json!({"name": "x", "stage": "begun"}))),
            "stage:unknown"
        );
        world.seller.changes(&made, json!({"stage": "begun", "name": "it may keep it"}));
    });
}

/// As an administrator does, seen by the next write.
fn retire(world: &World, key: &str) {
    let retire = store::Sql::new("UPDATE pick SET retired = 1 WHERE list = 'probe_stage' AND key = $1").with(key);
    let told = store::Sql::new("UPDATE setting SET value = '77' WHERE key = 'epoch'");
    world.engine.store.write(store::Lane::People, |tx| tx.execute(&retire).and(tx.execute(&told))).unwrap();
}

#[test]
fn what_a_draft_cannot_be_is_told_field_by_field() {
    on_both(|world| {
        let odd = json!({"name": "x", "emails": [{"value": "none"}], "sites": [{"value": "javascript:alert(1)"}], "tag_count": 9,
            "in_charge": [base::Id::new().to_string()]});
        let mut told: Vec<String> =
            refusal(world.seller.tries_to_create("probes", odd)).split(' ').map(str::to_owned).collect();
        told.sort();
        assert_eq!(
            told,
            ["emails/0/value:invalid", "in_charge:missing", "sites/0/value:invalid", "tag_count:read_only"]
        );
        let made = world
            .seller
            .creates("probes", json!({"name": "x", "vat_number": "12345678901", "phones": [{"value": "call me"}]}));
        let warned: Vec<&str> = made.warnings.iter().map(|problem| problem.code).collect();
        assert_eq!(warned, ["unverified", "unverified"], "odd, and kept");
    });
}

#[test]
fn a_link_leads_to_a_live_record_of_its_entity() {
    on_both(|world| {
        let gone = world.seller.creates("probes", json!({"name": "gone"}));
        world.seller.deletes(&gone);
        assert_eq!(
            refusal(world.seller.tries_to_create("probes", json!({"name": "x", "parent": gone.id.to_string()}))),
            "parent:missing"
        );
        let user = world.seller.id().to_string();
        assert_eq!(
            refusal(world.seller.tries_to_create("probes", json!({"name": "x", "parent": user}))),
            "parent:missing"
        );
        let team = world.admin.creates("teams", json!({"name": "East"}));
        let charged = json!({"name": "x", "in_charge": [team.id.to_string()]});
        assert_eq!(refusal(world.seller.tries_to_create("probes", charged)), "in_charge:missing");
    });
}

#[test]
fn a_record_that_comes_twice_in_a_batch_gets_both_changes() {
    on_both(|world| {
        let made = world.seller.creates("probes", json!({"name": "x", "quantity": 1}));
        let target = Target::Existing(made.rid, None);
        let twice = vec![(target.clone(), json!({"quantity": 2})), (target, json!({"name": "y"}))];
        let saved = world.seller.saves("probes", twice).unwrap();
        assert_eq!(saved[0].operation, saved[1].operation);
        assert_eq!((world.seller.sees(&made, "name"), world.seller.sees(&made, "quantity")), (json!("y"), json!(2)));
        assert_eq!(world.seller.reads_history(&made).events.len(), 3);
    });
}

#[test]
fn what_lies_in_the_trash_is_not_changed_and_comes_back_as_it_was() {
    on_both(|world| {
        let made = world.seller.creates("probes", json!({"name": "x", "tags": ["red"]}));
        world.seller.deletes(&made);
        assert!(world.seller.lists("probes").is_empty());
        assert_eq!(world.seller.counts("probes"), 0);
        assert_eq!(refusal(world.seller.tries_to_change(&made, json!({"name": "y"}))), ":deleted");
        assert!(world.seller.tries_to_delete(&made).unwrap().is_none(), "it is there already");
        let trash = engine::Query { trash: true, ..engine::Query::all("probes") };
        assert_eq!(world.seller.asks(&trash), ["x"]);
        assert!(world.colleague.asks(&trash).is_empty());
        world.seller.restores(&made);
        assert_eq!(world.seller.lists("probes"), ["x"]);
        assert_eq!(world.seller.finds("probes", "x"), ["x"]);
    });
}

#[test]
fn who_makes_a_record_is_in_charge_and_the_program_is_nobody() {
    on_both(|world| {
        let made = world.seller.creates("probes", json!({"name": "x"}));
        assert_eq!(world.seller.sees(&made, "in_charge")[0]["title"], json!("seller"));
        let made = world.program.creates("probes", json!({"name": "y"}));
        assert_eq!(world.admin.sees(&made, "in_charge"), json!([]));
    });
}

#[test]
fn a_rule_that_sets_a_field_is_in_the_log_with_what_caused_it() {
    on_both(|world| {
        let made = world.seller.creates("probes", json!({"name": "x"}));
        let over = world.seller.changes(&made, json!({"stage": "over"}));
        assert!(world.seller.opens(&made).values.contains(&meta::Value::Date(world.seller.actor.today())));
        let history = world.seller.reads_history(&made);
        assert_eq!(history.events[0].fields.len(), 2);
        assert_eq!(Some(history.events[0].operation), over.operation);
        assert_eq!(history.events[0].by, Some(world.seller.rid()));
    });
}

#[test]
fn a_key_under_which_a_creation_was_sent_is_forgotten_after_two_days() {
    use engine::idempotency::Claim;
    on_both(|world| {
        let claim = || {
            let proposed = base::Id::new();
            (proposed, world.engine.claim(&world.seller.actor, "k1", b"request", proposed).unwrap())
        };
        let (first, _) = claim();
        world.engine.sweep().unwrap();
        assert_eq!(claim().1, Claim::Make(first), "it is bound to the first one's id");
        let days = store::Sql::new("UPDATE idempotency SET created_at = created_at - $1").with(49 * 3_600_000_000_i64);
        world.engine.store.write(store::Lane::Jobs, |tx| tx.execute(&days)).unwrap();
        world.engine.sweep().unwrap();
        let (fresh, claimed) = claim();
        assert_eq!(claimed, Claim::Make(fresh));
    });
}
