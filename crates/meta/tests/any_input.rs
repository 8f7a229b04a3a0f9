//! Whatever comes in as a filter or a value: it is read or refused, and what is written reads the same.

#![allow(clippy::unwrap_used)]

use std::collections::HashMap;

use base::codes::Code;
use base::words::Language;
use base::{Money, Rid};
use chrono::{DateTime, NaiveDate, Utc};
use meta::field::{
    addresses, any_link, choice, code, codes, date, duration, emails, file, instant, link, long_text, money, number,
    percent, phones, pick, picks, place, rich_text, text, tick, web_links,
};
use meta::filter::{Asking, Filter, Op, from_json, from_query, resolve, to_json};
use meta::human::{self, Style};
use meta::{Address, Catalogue, Entity, Item, Kind, Pick, PickList, Place, choices, entity, fields, item, list};
use proptest::prelude::*;
use serde_json::{Value as Json, json};

choices! {
    pub enum Mood {
        Good = "good" "Good",
        Bad = "bad" "Bad",
    }
}

static STAGES: PickList = list("thing_stage", "Stages").items(&[item("fresh", "Fresh"), item("over", "Over")]);

fields! {
    NAME: String = text("name", "Name").required();
    NOTES: Option<String> = long_text("notes", "Notes");
    STORY: Option<String> = rich_text("story", "Story");
    QUANTITY: Option<i64> = number("quantity", "Quantity");
    WEIGHT: Option<i64> = number("weight", "Weight").decimals(3).unit("kg");
    PRICE: Option<Money> = money("price", "Price");
    SHARE: Option<i64> = percent("share", "Share");
    DAY: Option<NaiveDate> = date("day", "Day");
    MOMENT: Option<DateTime<Utc>> = instant("moment", "Moment");
    LENGTH: Option<i64> = duration("length", "Length");
    MOOD: Option<Mood> = choice::<Mood, _>("mood", "Mood");
    STAGE: Pick = pick("stage", "Stage", &STAGES);
    TAGS: Vec<String> = picks("tags", "Tags", &STAGES);
    URGENT: bool = tick("urgent", "Urgent");
    PARENT: Option<Rid> = link("parent", "Part of", &THING);
    ABOUT: Option<Rid> = any_link("about", "About");
    EMAILS: Vec<Item> = emails("emails", "E-mails");
    PHONES: Vec<Item> = phones("phones", "Phones");
    SITES: Vec<Item> = web_links("sites", "Sites");
    PLACES: Vec<Address> = addresses("places", "Addresses");
    VAT_NUMBER: Option<String> = code("vat_number", "VAT number", Code::VatNumber);
    IBANS: Vec<Item> = codes("ibans", "IBANs", Code::Iban);
    PAPER: Option<String> = file("paper", "Paper");
    SPOT: Option<Place> = place("spot", "Spot");
}

/// A thing with a field of every kind.
static THING: Entity = entity("thing", "things", "Thing", "Things").title(&NAME).section(
    "All",
    &[
        &NAME,
        &NOTES,
        &STORY,
        &QUANTITY,
        &WEIGHT,
        &PRICE,
        &SHARE,
        &DAY,
        &MOMENT,
        &LENGTH,
        &MOOD,
        &STAGE,
        &TAGS,
        &URGENT,
        &PARENT,
        &ABOUT,
        &EMAILS,
        &PHONES,
        &SITES,
        &PLACES,
        &VAT_NUMBER,
        &IBANS,
        &PAPER,
        &SPOT,
    ],
);

fn catalogue() -> Catalogue {
    Catalogue::new(0, &[&THING], &HashMap::new(), Vec::new())
}

fn asking() -> Asking {
    let today = NaiveDate::from_ymd_opt(2026, 11, 18).unwrap();
    Asking { me: Rid(1), mine: vec![Rid(1)], my_team: vec![Rid(1), Rid(2)], today, zone: base::clock::ZONE }
}

/// What filters are asked for, what lies at the edge of it, and anything else.
fn words() -> impl Strategy<Value = String> {
    let known = [
        "",
        "me",
        "my-team",
        "today",
        "tomorrow",
        "-30d",
        "+2w",
        "-1y",
        "+4294967295d",
        "-4294967295y",
        "+1é",
        "this-week",
        "last-month",
        "next-year",
        "next-",
        "-",
        "true",
        "false",
        "2026-02-30",
        "2026-12-31",
        "0000-01-01",
        "9999-12-31",
        "-262143-01-01",
        "+262142-12-31",
        "2026-12-31T23:59:60Z",
        "2026-12-31T08:30:00+02:00",
        "1e400",
        "-0",
        "0.5",
        "12,5",
        "1.234,56 €",
        "9223372036854775808",
        "0190a5d4-0000-7000-8000-000000000001",
        "2:30",
        "99:99",
        "good",
        "fresh",
        "%",
        "_",
    ];
    prop_oneof![
        4 => prop::sample::select(known.to_vec()).prop_map(str::to_owned),
        1 => "[0-9+.,:/ T€%-]{0,14}",
        1 => any::<String>(),
    ]
}

/// The name of a field, with a hop or without, or of none.
fn names() -> impl Strategy<Value = String> {
    let all: Vec<&str> = catalogue().models[0].fields.iter().map(|def| def.key).collect();
    let known =
        prop::sample::select([all, vec!["id", "created_at", "updated_at", "in_charge", "open_to_all"]].concat());
    prop_oneof![
        6 => known.clone().prop_map(str::to_owned),
        2 => known.prop_map(|key| format!("parent.{key}")),
        1 => any::<String>(),
    ]
}

fn values() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        5 => words().prop_map(Json::String),
        1 => any::<i64>().prop_map(Json::from),
        1 => any::<bool>().prop_map(Json::from),
        1 => Just(Json::Null),
        1 => Just(json!(1e300)),
    ];
    leaf.prop_recursive(2, 12, 3, |inner| {
        let parts = ["value", "kind", "primary", "amount", "currency", "street", "zip", "latitude", "longitude"];
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Json::Array),
            prop::collection::vec((prop::sample::select(parts.to_vec()), inner), 0..4)
                .prop_map(|pairs| pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()),
        ]
    })
}

fn filters() -> impl Strategy<Value = Filter> {
    let test = (names(), prop::sample::select(Op::ALL.to_vec()), values());
    test.prop_map(|(field, op, value)| Filter::Test { field, op, value }).prop_recursive(3, 24, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Filter::All),
            prop::collection::vec(inner.clone(), 0..3).prop_map(Filter::Any),
            inner.prop_map(|part| Filter::Not(Box::new(part))),
        ]
    })
}

/// JSON in the shape of a filter, more or less.
fn almost_filters() -> impl Strategy<Value = Json> {
    let key = prop::sample::select(vec!["all", "any", "not", "field", "op", "value", "and"]);
    values().prop_recursive(8, 40, 3, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Json::Array),
            prop::collection::vec((key.clone(), inner), 0..4)
                .prop_map(|pairs| pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()),
        ]
    })
}

fn holds_links(kind: &Kind) -> bool {
    matches!(kind, Kind::Link(_) | Kind::AnyLink | Kind::People)
}

/// What a line of text says; the rest is chosen, or written in parts.
fn is_typed(kind: &Kind) -> bool {
    let numbers = matches!(kind, Kind::Number { .. } | Kind::Percent | Kind::Money | Kind::Date | Kind::Duration);
    numbers || matches!(kind, Kind::Text { .. } | Kind::Code(_))
}

#[test]
fn a_code_of_signs_alone_is_none() {
    let catalogue = catalogue();
    let def = catalogue.models[0].fields.iter().find(|def| matches!(def.kind, Kind::Codes(_))).unwrap();
    let value = meta::json::from_json(&json!([{"value": " - "}]), def.key, &def.kind).unwrap();
    assert_eq!(meta::normal::normalise(value, def, &mut Vec::new()), Ok(meta::Value::Null));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_filter_that_is_written_reads_the_same(filter in filters()) {
        let written = to_json(&filter).to_string();
        let read: Json = serde_json::from_str(&written).unwrap();
        prop_assert_eq!(from_json(&read), Ok(filter));
    }

    #[test]
    fn what_is_almost_a_filter_is_read_or_refused(json in almost_filters()) {
        if let Ok(filter) = from_json(&json) {
            prop_assert_eq!(from_json(&to_json(&filter)), Ok(filter));
        }
    }

    #[test]
    fn any_bytes_are_read_as_a_filter_or_refused(bytes in prop::collection::vec(
        prop_oneof![3 => prop::sample::select(br#"{}[]":,alnyotfievdpu0 \"#.to_vec()), 1 => any::<u8>()], 0..80,
    )) {
        if let Ok(json) = serde_json::from_slice::<Json>(&bytes) {
            let _ = from_json(&json);
        }
        let text = String::from_utf8_lossy(&bytes);
        let (name, value) = text.split_at(text.char_indices().nth(text.chars().count() / 2).map_or(0, |(at, _)| at));
        let _ = from_query(name, value);
    }

    #[test]
    fn a_pair_of_a_query_is_read_or_refused(name in names(), op in "\\[?[a-z]{0,8}\\]?", value in words()) {
        if let Ok(filter) = from_query(&format!("{name}{op}"), &value) {
            prop_assert_eq!(from_json(&to_json(&filter)), Ok(filter.clone()));
            let catalogue = catalogue();
            let _ = resolve(&filter, &catalogue.models[0], &catalogue, &asking());
        }
    }

    #[test]
    fn any_filter_is_resolved_or_refused_at_its_field(filter in filters()) {
        let catalogue = catalogue();
        if let Err(problem) = resolve(&filter, &catalogue.models[0], &catalogue, &asking()) {
            prop_assert!(problem.field.is_some(), "{:?}", problem);
        }
    }

    #[test]
    fn any_value_is_taken_in_its_normal_form_or_refused(at in any::<prop::sample::Index>(), json in values()) {
        let catalogue = catalogue();
        let fields = &catalogue.models[0].fields;
        let def = &fields[at.index(fields.len())];
        let Ok(value) = meta::json::from_json(&json, def.key, &def.kind) else { return Ok(()) };
        let mut warnings = Vec::new();
        let Ok(normal) = meta::normal::normalise(value, def, &mut warnings) else { return Ok(()) };
        let again = meta::normal::normalise(normal.clone(), def, &mut Vec::new());
        prop_assert_eq!(&again, &Ok(normal.clone()), "what is normal stays as it is");
        let written = meta::json::to_json(&normal, &def.kind, &|rid| json!(rid.0));
        if !holds_links(&def.kind) {
            let read = meta::json::from_json(&written, def.key, &def.kind);
            prop_assert_eq!(read.map(|value| meta::normal::normalise(value, def, &mut Vec::new())), Ok(Ok(normal.clone())));
        }
        let style = Style::of(Language::It, asking().today, asking().zone);
        human::show(&normal, &def.kind, &style);
        human::input(&normal, &def.kind, &style);
        meta::normal::lookup_keys(&normal, &def.kind);
        meta::normal::sort_key(&normal);
    }

    #[test]
    fn what_people_type_is_read_or_refused_and_what_is_shown_to_them_reads_the_same(
        at in any::<prop::sample::Index>(), text in words(), english in any::<bool>(),
    ) {
        let catalogue = catalogue();
        let fields = &catalogue.models[0].fields;
        let def = &fields[at.index(fields.len())];
        let language = if english { Language::En } else { Language::It };
        let style = Style::of(language, asking().today, asking().zone);
        let Ok(value) = human::parse(&text, &def.kind, &style, def.key) else { return Ok(()) };
        let Ok(normal) = meta::normal::normalise(value, def, &mut Vec::new()) else { return Ok(()) };
        let written = human::input(&normal, &def.kind, &style);
        if is_typed(&def.kind) {
            prop_assert_eq!(human::parse(&written, &def.kind, &style, def.key), Ok(normal), "{}", written);
        }
    }
}
