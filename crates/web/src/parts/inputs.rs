//! The input of each kind of field.

use engine::Titles;
use meta::catalogue::ListItem;
use meta::human::{input, show_item};
use meta::{Kind, Model, PickList, Value};
use ui::widgets::{Address, AddressWords, Choice, Involved, Linked, Multi, MultiRow, Upload, Widget};

use crate::Visit;
use crate::parts::narrow;

/// The input that holds a value; `written` is what was typed and could not be read, which survives.
pub fn widget_of<'a>(
    visit: &Visit<'a>,
    model: &Model,
    at: usize,
    value: &Value,
    titles: &Titles,
    written: Option<&str>,
) -> Widget<'a> {
    let def = &model.fields[at];
    let words = visit.words();
    let shown = || match written {
        Some(written) => written.to_owned(),
        None => input(value, &def.kind, &visit.style()),
    };
    let line = |kind: &'static str, code: bool| Widget::Text {
        value: shown().into(),
        kind,
        autocomplete: "off",
        max: 400,
        code,
    };
    match def.kind {
        Kind::Text { .. } => line("text", false),
        Kind::Code(_) => line("text", true),
        Kind::LongText | Kind::RichText => Widget::Long { value: shown().into(), lines: 4 },
        Kind::Number { unit, .. } => {
            Widget::Number { value: shown().into(), unit: if unit.is_empty() { "".into() } else { words.say(unit) } }
        }
        Kind::Percent => Widget::Number { value: shown().into(), unit: "%".into() },
        Kind::Duration => {
            Widget::Text { value: shown().into(), kind: "text", autocomplete: "off", max: 20, code: false }
        }
        Kind::Money => Widget::Money { value: shown().into(), currency: "€".into(), currencies: Vec::new() },
        Kind::Date => Widget::Date {
            value: match value {
                Value::Date(day) => day.to_string().into(),
                _ => written.unwrap_or_default().to_owned().into(),
            },
        },
        Kind::Instant => Widget::DateTime {
            value: match value {
                Value::Instant(at) => at.with_timezone(&visit.actor.zone).format("%Y-%m-%dT%H:%M").to_string().into(),
                _ => written.unwrap_or_default().to_owned().into(),
            },
        },
        Kind::Choice(choices) => {
            let choice = |choice: &meta::ChoiceDef| Choice {
                value: choice.key.into(),
                label: words.say(choice.label),
                chosen: value.text() == choice.key,
                ..Choice::default()
            };
            let choices: Vec<Choice> = choices.iter().map(choice).collect();
            if choices.len() <= 3 && def.required {
                Widget::Radio { choices }
            } else {
                Widget::Select { choices, empty: "".into() }
            }
        }
        Kind::Pick(list) => {
            let mut choices = list_choices(visit, list, value);
            narrow::fit(visit, model, at, list, &mut choices);
            Widget::Select { choices, empty: "".into() }
        }
        Kind::Picks(list) if list.open => Widget::Tags {
            values: value.keys().iter().map(|key| key.clone().into()).collect(),
            placeholder: words.say("Type and press Enter"),
            remove_word: words.say("Remove"),
        },
        Kind::Picks(list) => Widget::Several { choices: list_choices(visit, list, value) },
        Kind::Tick => Widget::Tick { on: *value == Value::Tick(true) },
        Kind::Link(to) => Widget::Link {
            value: match written.filter(|typed| !typed.is_empty()) {
                Some(typed) => Some(Linked { title: typed.to_owned().into(), ..Linked::default() }),
                None => value.links().first().and_then(|rid| linked(titles, *rid)),
            },
            url: format!("/{}/choose", to.path).into(),
            placeholder: words.say("Type to search"),
            clear_word: words.say("Remove"),
        },
        Kind::People => Widget::Links {
            values: value.links().iter().filter_map(|rid| linked(titles, *rid)).collect(),
            url: "/users/choose".into(),
            placeholder: words.say("Add a person"),
            remove_word: words.say("Remove"),
        },
        Kind::Involved(list) => {
            let pairs =
                if let Value::Involved(involved) = value { involved.clone() } else { meta::Involved::default() };
            let row = |(rid, role): (base::Rid, Option<&str>)| {
                Some((linked(titles, rid)?, role.unwrap_or_default().to_owned().into()))
            };
            Widget::Involved(Involved {
                rows: pairs.pairs().filter_map(row).collect(),
                roles: list_choices(visit, list, &Value::Keys(pairs.roles().cloned().collect())),
                url: format!("/{}/choose", visit.catalogue.subjects().map_or("", |model| model.entity.path)).into(),
                placeholder: words.say("Type to search"),
                role_word: words.say("As what"),
                no_role: words.say("without a role"),
                add_word: words.say("Add another"),
                remove_word: words.say("Remove"),
            })
        }
        Kind::Emails => multi(visit, def.kind, value, "email"),
        Kind::Phones => multi(visit, def.kind, value, "tel"),
        Kind::WebLinks => multi(visit, def.kind, value, "url"),
        Kind::Codes(_) => multi(visit, def.kind, value, "text"),
        Kind::Addresses => addresses(visit, value),
        Kind::File => Widget::File(Upload {
            choose_word: words.say("Choose a file"),
            drop_word: words.say("or drop it here, up to 10 MB"),
            remove_word: words.say("Remove"),
            ..Upload::default()
        }),
        // The frame of a picture depends on the record: see [`super::pictures`].
        Kind::AnyLink | Kind::Place | Kind::Picture => Widget::Nothing,
    }
}

/// The values on offer, under what parts them where that is more than one.
pub fn list_choices<'a>(visit: &Visit, list: &'static PickList, value: &Value) -> Vec<Choice<'a>> {
    let items = visit.catalogue.list(list.key).map_or(&[][..], |list| list.items.as_slice());
    let chosen = |key: &String| value.keys().contains(key);
    let groups = visit.catalogue.groups(list);
    let mut offered: Vec<(usize, &ListItem)> = Vec::new();
    let is_offered = |item: &&ListItem| !item.retired && !visit.catalogue.is_bare(list, &item.key);
    for item in items.iter().filter(|item| is_offered(item) || chosen(&item.key)) {
        let of = visit.catalogue.group_of(list, &item.key);
        let place = groups.iter().position(|group| Some(group.key.as_str()) == of).unwrap_or(0);
        if groups.get(place).is_none_or(|group| !group.retired) || chosen(&item.key) {
            offered.push((place, item));
        }
    }
    offered.sort_by_key(|(place, _)| *place);
    let title = |place: usize| {
        let group = list.grouped.zip(groups.get(place));
        group.map_or(String::new(), |(by, group)| group.label(by.key, visit.words()))
    };
    let choice = |(place, item): (usize, &ListItem)| Choice {
        value: item.key.clone().into(),
        label: item.label(list.key, visit.words()).into(),
        chosen: chosen(&item.key),
        group: title(place).into(),
        ..Choice::default()
    };
    offered.into_iter().map(choice).collect()
}

fn linked<'a>(titles: &Titles, rid: base::Rid) -> Option<Linked<'a>> {
    let linked = titles.get(rid)?;
    Some(Linked { id: linked.id.to_string().into(), title: linked.title.clone().into(), ..Linked::default() })
}

fn kinds<'a>(visit: &Visit<'a>, kind: &Kind) -> Vec<Choice<'a>> {
    let choice =
        |def: &meta::ChoiceDef| Choice { value: def.key.into(), label: visit.say(def.label), ..Choice::default() };
    kind.item_kinds().iter().map(choice).collect()
}

fn multi<'a>(visit: &Visit<'a>, kind: Kind, value: &Value, input: &'static str) -> Widget<'a> {
    let row = |item: &meta::Item| MultiRow {
        value: show_item(&item.value, &kind).into(),
        kind: item.kind.clone().unwrap_or_default().into(),
        primary: item.primary,
        note: None,
    };
    Widget::Multi(Multi {
        rows: value.items().iter().map(row).collect(),
        kinds: kinds(visit, &kind),
        input,
        add_word: visit.say("Add another"),
        remove_word: visit.say("Remove"),
        primary_word: visit.say("primary"),
        kind_word: visit.say("Kind"),
    })
}

fn addresses<'a>(visit: &Visit<'a>, value: &Value) -> Widget<'a> {
    let row = |address: &meta::Address| Address {
        street: address.street.clone().into(),
        town: address.town.clone().into(),
        zip: address.zip.clone().into(),
        province: address.province.clone().into(),
        country: address.country.clone().into(),
        kind: address.kind.clone().unwrap_or_default().into(),
        primary: address.primary,
        note: None,
    };
    Widget::Addresses {
        rows: value.addresses().iter().map(row).collect(),
        words: AddressWords {
            street: visit.say("Street and number"),
            town: visit.say("Town"),
            zip: visit.say("Postal code"),
            province: visit.say("Province"),
            country: visit.say("Country"),
            kind: visit.say("Kind"),
            primary: visit.say("primary"),
            add: visit.say("Add an address"),
            remove: visit.say("Remove"),
        },
        kinds: kinds(visit, &Kind::Addresses),
        town_url: "/towns".into(),
    }
}
