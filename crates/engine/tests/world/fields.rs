//! Fields, sections and lists that an administrator changes while others work.

use std::collections::BTreeMap;

use base::Error;
use base::words::{Language, Words};
use engine::settings::{ItemLook, NewField, NewSection, Used, Way};
use engine::{Engine, Query};
use meta::custom::{Index, Look, MOST, MOST_INDEXED, Shape, When};
use meta::{Filter, Op};
use serde_json::json;
use testkit::world::{Someone, Target, World, on_both};

fn english() -> Words {
    Words::new(Language::En, &[]).unwrap()
}

fn named(label: &str) -> BTreeMap<String, String> {
    BTreeMap::from([("it".to_owned(), label.to_owned()), ("en".to_owned(), label.to_owned())])
}

fn look(label: &str) -> Look {
    Look { labels: named(label), ..Look::default() }
}

fn text() -> Shape {
    Shape::Text { max: 100 }
}

fn field(label: &str, shape: Shape) -> NewField {
    NewField { key: None, shape, look: look(label), section: None }
}

trait Settles {
    fn adds(&self, new: &NewField) -> String;
    fn tries_to_add(&self, new: &NewField) -> base::Result<String>;
    fn gives(&self, key: &str, look: &Look);
    fn tries_to_give(&self, key: &str, look: &Look) -> base::Result<()>;
}

impl Settles for Someone {
    fn adds(&self, new: &NewField) -> String {
        self.tries_to_add(new).unwrap()
    }

    fn tries_to_add(&self, new: &NewField) -> base::Result<String> {
        self.engine.add_field(&self.actor, "probe", new, &[&english()])
    }

    fn gives(&self, key: &str, look: &Look) {
        self.tries_to_give(key, look).unwrap();
    }

    fn tries_to_give(&self, key: &str, look: &Look) -> base::Result<()> {
        self.engine.change_field(&self.actor, "probe", key, look, &[&english()])
    }
}

/// The input that a refusal stands at.
fn at<T>(answer: base::Result<T>) -> String {
    match answer {
        Err(Error::Refused(problems)) => problems[0].field.clone().unwrap_or_default(),
        Err(other) => panic!("another error: {other}"),
        Ok(_) => panic!("it was not refused"),
    }
}

fn carries_out_jobs(engine: &Engine) {
    while let Some(job) = store::jobs::take(&engine.store).unwrap() {
        engine.run_job(&job, &[&english()], None).unwrap();
    }
}

/// Every kind with a value as the API writes it.
fn all_kinds() -> Vec<(&'static str, Shape, serde_json::Value)> {
    let list = || Shape::Pick { list: "probe_label".to_owned() };
    vec![
        ("One line", text(), json!("Ciao")),
        ("Lines", Shape::LongText, json!("a\nb")),
        ("Rich", Shape::RichText, json!("**a**")),
        ("Litres", Shape::Number { decimals: 3, unit: "l".to_owned() }, json!("12.5")),
        ("Worth", Shape::Money, json!({"amount": "10.50", "currency": "EUR"})),
        ("Discount", Shape::Percent, json!("12.5")),
        ("Signed on", Shape::Date, json!("2026-01-15")),
        ("Called at", Shape::Instant, json!("2026-01-15T10:00:00.000000Z")),
        ("Lasts", Shape::Duration, json!(3600)),
        ("Sort", list(), json!("red")),
        ("Sorts", Shape::Picks { list: "probe_label".to_owned() }, json!(["green", "red"])),
        ("Certified", Shape::Tick, json!(true)),
        ("Other mails", Shape::Emails, json!([{"value": "a@example.it", "kind": null, "primary": false}])),
        ("Other phones", Shape::Phones, json!([{"value": "+39035123456", "kind": null, "primary": false}])),
        ("Pages", Shape::WebLinks, json!([{"value": "https://example.it", "kind": null, "primary": false}])),
        ("Old VAT number", Shape::Code { code: "vat_number".to_owned() }, json!("00743110157")),
    ]
}

#[test]
fn a_field_of_every_kind_is_added_while_the_program_runs_and_holds_values() {
    on_both(|world| {
        let other = world.second_engine();
        let made = world.seller.creates("probes", json!({"name": "x"}));
        for (label, shape, value) in all_kinds() {
            let key = world.admin.adds(&field(label, shape));
            assert!(key.starts_with("x_"), "{key}");
            world.seller.changes(&made, json!({ key.clone(): value }));
            let seen = world.seller.sees(&made, &key);
            match value.get("kind").is_some() || value.is_array() {
                true => assert!(!seen.as_array().unwrap().is_empty(), "{key}: {seen}"),
                false => assert_eq!(seen, value, "{key}"),
            }
        }
        let target = world.seller.creates("probes", json!({"name": "target"}));
        let key = world.admin.adds(&field("Leads to", Shape::Link { entity: "probe".to_owned() }));
        world.seller.changes(&made, json!({ key.clone(): target.id.to_string() }));
        assert_eq!(
            world
                .engine
                .catalogue()
                .links_to("probe")
                .iter()
                .filter(|(model, at)| model.fields[*at].key == key)
                .count(),
            1
        );
        // The other node hears of it when it writes, and tells no old position.
        let again = world.seller.at(&other);
        let saved = other.save(&again.actor, vec![]);
        assert!(saved.is_ok());
        assert_eq!(again.sees(&made, "x_one_line"), json!("Ciao"));
        assert_eq!(again.sees(&made, "name"), json!("x"));
        other.undo(&world.seller.actor, made.operation.unwrap()).unwrap();
    });
}

#[test]
fn a_draft_from_before_a_field_was_added_is_saved_as_it_was_meant() {
    on_both(|world| {
        let made = world.seller.creates("probes", json!({"name": "x"}));
        let catalogue = world.engine.catalogue();
        let model = catalogue.model("probe").unwrap();
        let position = |key: &str| model.position(key).unwrap();
        let values =
            vec![(position("urgent"), meta::Value::Tick(true)), (position("open_to_all"), meta::Value::Tick(true))];
        world.admin.adds(&field("Later", text()));
        world.admin.adds(&field("Later still", text()));
        let draft = engine::Draft { entity: "probe", target: Target::Existing(made.rid, None), values };
        world.engine.save(&world.seller.actor, vec![draft]).unwrap();
        assert_eq!(world.seller.sees(&made, "urgent"), json!(true));
        assert_eq!(world.seller.sees(&made, "open_to_all"), json!(true));
    });
}

#[test]
fn lists_find_and_sort_by_an_added_field_before_and_after_its_index() {
    on_both(|world| {
        let look = Look { index: Index::Wanted, search: true, ..look("Coperti") };
        let shape = Shape::Number { decimals: 0, unit: String::new() };
        let key = world.admin.adds(&NewField { look: look.clone(), ..field("Coperti", shape) });
        let nick = NewField { look: Look { search: true, ..self::look("Nickname") }, ..field("Nickname", text()) };
        let nick = world.admin.adds(&nick);
        for (name, seats) in [("a", json!(30)), ("b", json!(null)), ("c", json!(10)), ("d", json!(20))] {
            world
                .seller
                .creates("probes", json!({"name": name, key.clone(): seats, nick.clone(): format!("Zorro {name}")}));
        }
        let sorted = || {
            let query = Query { sort: vec![format!("-{key}")], ..Query::all("probes") };
            let query = Query { filter: Filter::test(&key, Op::Ge, "15"), ..query };
            let listed = world.engine.list(&world.seller.actor, &query, &[], None, 10).unwrap();
            listed.records.iter().map(|record| record.title.clone()).collect::<Vec<_>>()
        };
        let index = || world.engine.catalogue().model("probe").unwrap().field(&key).unwrap().index;
        assert_eq!(index(), Index::Wanted);
        assert_eq!(sorted(), ["a", "d"]);
        carries_out_jobs(&world.engine);
        assert_eq!(index(), Index::Ready);
        assert_eq!(sorted(), ["a", "d"]);
        let other = world.second_engine();
        assert_eq!(other.catalogue().model("probe").unwrap().field(&key).unwrap().index, Index::Ready);
        assert_eq!(world.engine.find(&world.seller.actor, "zorro", 10).unwrap().len(), 4);
        world.admin.gives(&key, &Look { index: Index::None, ..look });
        assert_eq!(index(), Index::None);
        assert_eq!(sorted(), ["a", "d"]);
    });
}

#[test]
fn a_field_is_refused_that_would_not_be_told_from_another() {
    on_both(|world| {
        let keyed = |key: &str| NewField { key: Some(key.to_owned()), ..field("Whatever", text()) };
        assert_eq!(at(world.admin.tries_to_add(&keyed("name"))), "key");
        assert_eq!(at(world.admin.tries_to_add(&keyed("x_name"))), "key");
        assert_eq!(at(world.admin.tries_to_add(&keyed("Not a key"))), "key");
        assert_eq!(at(world.admin.tries_to_add(&keyed("price_currency"))), "key");
        assert_eq!(at(world.admin.tries_to_add(&field("Name", text()))), "labels");
        assert_eq!(at(world.admin.tries_to_add(&field(" ", text()))), "labels");
        let first = world.admin.adds(&field("Zona", text()));
        assert_eq!(at(world.admin.tries_to_add(&field("zòna", text()))), "labels");
        assert_eq!(first, "x_zona");
        assert_eq!(at(world.admin.tries_to_add(&field("Money", Shape::Pick { list: "none".to_owned() }))), "list");
        assert_eq!(at(world.admin.tries_to_add(&field("Long", Shape::Text { max: 0 }))), "max");
        let nowhere = Look { required: true, off_form: true, ..look("Nowhere") };
        assert_eq!(at(world.admin.tries_to_add(&NewField { look: nowhere, ..field("", text()) })), "off_form");
        let hidden = Look { required: true, hidden: true, ..look("Nowhere") };
        assert_eq!(at(world.admin.tries_to_add(&NewField { look: hidden, ..field("", text()) })), "hidden");
        assert!(matches!(world.seller.tries_to_add(&field("Mine", text())), Err(Error::Denied(_))));
    });
}

#[test]
fn there_are_at_most_two_hundred_added_fields_and_twelve_indexes() {
    // The limits are the engine's, and one database shows them.
    let world = World::sqlite();
    for number in 0..MOST {
        let index = if number < MOST_INDEXED { Index::Wanted } else { Index::None };
        let label = format!("Field {number}");
        world.admin.adds(&NewField { look: Look { index, ..look(&label) }, ..field(&label, text()) });
        if number == MOST_INDEXED {
            let more = NewField { look: Look { index: Index::Wanted, ..look("More") }, ..field("More", text()) };
            assert_eq!(at(world.admin.tries_to_add(&more)), "index");
        }
    }
    assert_eq!(at(world.admin.tries_to_add(&field("One more", text()))), "");
    world.seller.creates("probes", json!({"name": "x", "x_field_199": "last"}));
}

#[test]
fn what_was_written_in_a_field_that_is_hidden_meanwhile_is_kept_and_told() {
    on_both(|world| {
        let other = world.second_engine();
        let key = world.admin.adds(&field("Zona", text()));
        let made = world.seller.at(&other).creates("probes", json!({"name": "x"}));
        other.reload().unwrap();
        world.admin.gives(&key, &Look { hidden: true, ..look("Zona") });
        let made = world.seller.at(&other).changes(&made, json!({"name": "y", key.clone(): "Valle"}));
        assert_eq!(made.warnings.iter().map(|warning| warning.code).collect::<Vec<_>>(), ["hidden"]);
        assert_eq!(world.seller.sees(&made, "name"), json!("y"));
        let catalogue = world.engine.catalogue();
        let model = catalogue.model("probe").unwrap();
        assert!(!model.visible().any(|at| model.fields[at].key == key));
        world.admin.gives(&key, &look("Zona"));
        assert_eq!(world.seller.sees(&made, &key), json!("Valle"));
    });
}

#[test]
fn a_declared_field_is_renamed_moved_and_hidden_but_not_when_rules_need_it() {
    on_both(|world| {
        world.admin.gives("share", &Look { list: Some(true), ..look("Part") });
        assert_eq!(at(world.admin.tries_to_give("name", &Look { hidden: true, ..Look::default() })), "hidden");
        assert_eq!(at(world.admin.tries_to_give("reason", &Look { hidden: true, ..Look::default() })), "hidden");
        world.admin.gives("story", &Look { hidden: true, ..Look::default() });
        let admin = &world.admin;
        let section = admin.engine.add_section(
            &admin.actor,
            "probe",
            &NewSection { labels: named("Mine"), ..NewSection::default() },
        );
        let section = section.unwrap();
        admin.engine.put_field(&admin.actor, "probe", "share", &section).unwrap();
        admin.engine.move_section(&admin.actor, "probe", &section, Way::Up).unwrap();
        admin.engine.move_field(&admin.actor, "probe", "quantity", Way::Up).unwrap();
        let catalogue = world.engine.catalogue();
        let model = catalogue.model("probe").unwrap();
        let words = english();
        let at = model.position("share").unwrap();
        assert_eq!(model.label(at, &words), "Part");
        assert!(model.list(None).contains(&at));
        let titles: Vec<String> = model.sections.iter().map(|section| section.title(&words)).collect();
        assert_eq!(titles, ["Texts", "Numbers", "Choices", "Links", "Several", "Mine", "Files"]);
        assert_eq!(model.sections[5].fields, [at]);
        let keys =
            |section: usize| model.sections[section].fields.iter().map(|at| model.fields[*at].key).collect::<Vec<_>>();
        assert_eq!(keys(0), ["name", "serial", "notes"]);
        assert_eq!(keys(1)[..2], ["quantity", "size"]);
        admin.engine.remove_section(&admin.actor, "probe", &section).unwrap();
        let history = admin.engine.settings_history(&admin.actor, "fields.probe").unwrap();
        assert_eq!(history[0].verb, "Section removed");
        assert_eq!(history[0].by, Some(admin.rid()));
    });
}

#[test]
fn a_field_is_shown_required_and_locked_by_what_another_holds() {
    on_both(|world| {
        let when = |field: &str, value: &str| Some(When { field: field.to_owned(), any_of: vec![value.to_owned()] });
        let asked = Look { shown: when("mood", "odd"), required_when: when("mood", "odd"), ..look("Why odd") };
        let key = world.admin.adds(&NewField { look: asked, ..field("", text()) });
        let locked = Look { read_only_when: when("stage", "over"), ..look("Agreed") };
        let agreed = world.admin.adds(&NewField { look: locked, ..field("", text()) });
        world.seller.creates("probes", json!({"name": "x", "mood": "good"}));
        assert_eq!(at(world.seller.tries_to_create("probes", json!({"name": "x", "mood": "odd"}))), key);
        let made = world.seller.creates("probes", json!({"name": "x", "stage": "begun", agreed.clone(): "10"}));
        world.seller.changes(&made, json!({agreed.clone(): "11", "stage": "over"}));
        assert_eq!(at(world.seller.tries_to_change(&made, json!({agreed.clone(): "12"}))), agreed);
        world.seller.changes(&made, json!({"stage": "begun"}));
        world.seller.changes(&made, json!({agreed.clone(): "12"}));
        let itself = Look { shown: when(&key, "a"), ..look("Why odd") };
        assert_eq!(at(world.admin.tries_to_give(&key, &itself)), "shown");
        let unknown = Look { shown: when("mood", "sad"), ..look("Why odd") };
        assert_eq!(at(world.admin.tries_to_give(&key, &unknown)), "shown");
        let uses = world.engine.field_uses(&world.admin.actor, "probe", "mood", &english()).unwrap();
        assert!(uses.iter().any(|found| found.what == Used::Field && found.name == "Why odd"), "{uses:?}");
    });
}

#[test]
fn who_hides_a_field_is_told_where_it_is_used() {
    on_both(|world| {
        let key = world.admin.adds(&field("Zona", text()));
        let (engine, seller) = (&world.engine, &world.seller.actor);
        engine.save_view(seller, "probes", "Valleys", true, &format!("{key}%5Bcontains%5D=valle&sort=name")).unwrap();
        engine
            .save_view(seller, "probe_children", "Of valleys", true, &format!("probe.{key}[contains]=valle"))
            .unwrap();
        engine.save_view(seller, "probes", "Mine", false, &format!("columns=name,{key}")).unwrap();
        engine.save_view(seller, "probes", "Others", true, "name[contains]=zona").unwrap();
        let uses = engine.field_uses(&world.admin.actor, "probe", &key, &english()).unwrap();
        let found: Vec<(Used, &str)> = uses.iter().map(|found| (found.what, found.name.as_str())).collect();
        assert_eq!(found, [(Used::View, "Of valleys"), (Used::View, "Valleys"), (Used::OwnViews, "1")]);
        assert!(engine.field_uses(seller, "probe", &key, &english()).is_err());
    });
}

#[test]
fn characteristics_are_there_only_where_their_profile_applies() {
    on_both(|world| {
        let admin = &world.admin;
        let when = Some(When { field: "stage".to_owned(), any_of: vec!["begun".to_owned(), "over".to_owned()] });
        let profile = NewSection { labels: named("Restaurant"), when, profile: true };
        let section = admin.engine.add_section(&admin.actor, "probe", &profile).unwrap();
        let seats = NewField {
            section: Some(section.clone()),
            look: Look { required: true, ..look("Seats") },
            ..field("", text())
        };
        let seats = admin.adds(&seats);
        world.seller.creates("probes", json!({"name": "x", "stage": "fresh"}));
        assert_eq!(at(world.seller.tries_to_create("probes", json!({"name": "x", "stage": "begun"}))), seats);
        world.seller.creates("probes", json!({"name": "x", "stage": "begun", seats.clone(): "40"}));
        // What must always be filled in cannot come and go.
        assert_eq!(at(admin.engine.put_field(&admin.actor, "probe", "name", &section)), "section");
    });
}

#[test]
fn a_list_is_edited_and_nothing_that_used_it_breaks() {
    on_both(|world| {
        let admin = &world.admin;
        let made = world.seller.creates("probes", json!({"name": "x", "stage": "begun"}));
        let item = |key: Option<&str>, label: &str, class: &str, retired: bool| ItemLook {
            key: key.map(str::to_owned),
            labels: if label.is_empty() { BTreeMap::new() } else { named(label) },
            class: Some(class.to_owned()),
            colour: Some("plum".to_owned()),
            retired,
            ..ItemLook::default()
        };
        let wanted = [
            item(Some("over"), "", "closed", false),
            item(Some("begun"), "Under way", "open", true),
            item(None, "Waiting", "open", false),
        ];
        admin.engine.change_list(&admin.actor, "probe_stage", &wanted).unwrap();
        let catalogue = world.engine.catalogue();
        let list = catalogue.list("probe_stage").unwrap();
        assert_eq!(
            list.items.iter().map(|item| item.key.as_str()).collect::<Vec<_>>(),
            ["over", "begun", "waiting", "fresh"]
        );
        assert_eq!(list.item("begun").unwrap().label("probe_stage", &english()), "Under way");
        // Who has it keeps it, and may change all else; nobody else takes it.
        assert_eq!(world.seller.sees(&made, "stage"), json!("begun"));
        world.seller.changes(&made, json!({"name": "y", "stage": "begun"}));
        assert_eq!(at(world.seller.tries_to_create("probes", json!({"name": "z", "stage": "begun"}))), "stage");
        world.seller.at(&world.second_engine()).creates("probes", json!({"name": "z", "stage": "waiting"}));
        let all_closed = [
            item(Some("begun"), "", "closed", false),
            item(Some("fresh"), "", "closed", false),
            item(Some("waiting"), "Waiting", "open", true),
        ];
        assert!(at(admin.engine.change_list(&admin.actor, "probe_stage", &all_closed)).is_empty());
        let twins = [item(None, "Twin", "open", false), item(None, "twin", "open", false)];
        assert_eq!(at(admin.engine.change_list(&admin.actor, "probe_stage", &twins)), "items/1/labels");
        let classless = [ItemLook { class: None, ..item(None, "New", "", false) }];
        assert_eq!(at(admin.engine.change_list(&admin.actor, "probe_stage", &classless)), "items/0/class");
    });
}

#[test]
fn a_field_can_have_a_list_of_its_own() {
    on_both(|world| {
        let key = world.admin.adds(&field("Cuisine", Shape::Pick { list: String::new() }));
        let catalogue = world.engine.catalogue();
        let meta::Kind::Pick(list) = catalogue.model("probe").unwrap().field(&key).unwrap().kind else { panic!() };
        assert_eq!(list.key, "x_cuisine");
        let fish = ItemLook { labels: named("Fish"), ..ItemLook::default() };
        world.engine.change_list(&world.admin.actor, "x_cuisine", &[fish]).unwrap();
        let made = world.seller.creates("probes", json!({"name": "x", key.clone(): "fish"}));
        assert_eq!(world.seller.at(&world.second_engine()).sees(&made, &key), json!("fish"));
    });
}

#[test]
fn added_fields_come_back_with_a_backup_and_their_index_is_made_again() {
    on_both(|world| {
        let look = Look { index: Index::Wanted, search: true, ..look("Zona") };
        let key = world.admin.adds(&NewField { look, ..field("", text()) });
        carries_out_jobs(&world.engine);
        world.seller.creates("probes", json!({"name": "x", key.clone(): "Valle Imagna"}));
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("backup.db");
        world.engine.back_up(&file).unwrap();
        let place = store::Location::Folder(folder.path().join("restored"));
        engine::backup::restore(&file, &place, testkit::world::ENTITIES, None).unwrap();
        let restored = Engine::open(&place, testkit::world::ENTITIES).unwrap();
        carries_out_jobs(&restored);
        assert_eq!(restored.catalogue().model("probe").unwrap().field(&key).unwrap().index, Index::Ready);
        assert_eq!(restored.find(&world.seller.actor, "imagna", 10).unwrap().len(), 1);
        assert_eq!(restored.examine(false, &english()).unwrap().len(), 0);
    });
}

#[test]
fn a_list_sorted_by_an_indexed_field_walks_its_index() {
    on_both(|world| {
        let look = Look { index: Index::Wanted, ..look("Coperti") };
        let key = world.admin.adds(&NewField { look, ..field("", Shape::Number { decimals: 0, unit: String::new() }) });
        let one = |n: i64| (Target::New(None), json!({"name": format!("n{n}"), key.clone(): n * 7919 % 1000}));
        for from in [0, 250, 500, 750] {
            world.seller.saves("probes", (from..from + 250).map(one).collect()).unwrap();
        }
        carries_out_jobs(&world.engine);
        let analyse = "ANALYZE";
        world.engine.store.write(store::Lane::People, |tx| tx.batch(analyse)).unwrap();
        let catalogue = world.engine.catalogue();
        let model = catalogue.model("probe").unwrap();
        let by = meta::filter::Column::Field(model.position(&key).unwrap());
        // Another filter has an index of its own, which must not lead away from the order.
        let column = meta::filter::Column::Field(model.position("mood").unwrap());
        let good = vec![meta::Value::Text("good".to_owned())];
        let good = meta::filter::Test { hop: None, column, op: Op::Eq, values: good, guard: None };
        let both = [meta::filter::Where::All(Vec::new()), meta::filter::Where::Test(good)];
        for (descending, filter) in [false, true].into_iter().flat_map(|down| both.clone().map(|filter| (down, filter)))
        {
            let sort = vec![store::list::Sort { by, descending }];
            let query = store::list::ListQuery {
                catalogue: &catalogue,
                model,
                filter,
                sort,
                trash: store::list::Trash::Without,
            };
            let plan = world.engine.store.read(|tx| store::list::explain(tx, &query, &[0])).unwrap();
            assert!(plan.contains(&format!("probe__{key}")) && !plan.contains("TEMP B-TREE"), "{plan}");
        }
    });
}

#[test]
fn a_node_that_is_told_reads_what_another_added() {
    on_both(|world| {
        let other = world.second_engine();
        let key = world.admin.adds(&field("Zona", text()));
        assert!(other.catalogue().model("probe").unwrap().field(&key).is_none());
        other.refresh().unwrap();
        assert!(other.catalogue().model("probe").unwrap().field(&key).is_some());
    });
}

#[test]
fn two_administrators_who_add_at_the_same_moment_both_get_their_field() {
    on_both(|world| {
        let other = world.second_engine();
        let start = std::sync::Barrier::new(2);
        let (mine, theirs) = std::thread::scope(|scope| {
            let add = |admin: Someone, label: &'static str| {
                let start = &start;
                scope.spawn(move || {
                    start.wait();
                    admin.adds(&field(label, text()))
                })
            };
            let (mine, theirs) = (add(world.admin.clone(), "Mine"), add(world.admin.at(&other), "Theirs"));
            (mine.join().unwrap(), theirs.join().unwrap())
        });
        world.engine.refresh().unwrap();
        let catalogue = world.engine.catalogue();
        let model = catalogue.model("probe").unwrap();
        assert!(model.field(&mine).is_some() && model.field(&theirs).is_some());
        assert!(model.sections.iter().any(|section| section.fields.contains(&model.position(&theirs).unwrap())));
    });
}
