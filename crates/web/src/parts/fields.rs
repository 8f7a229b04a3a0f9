//! Values as cells of lists, fields of pages, and plain text.

use engine::Titles;
use engine::settings::COLOURS;
use maud::html;
use meta::human::{show, show_item};
use meta::{Kind, Model, Record, Value};
use ui::{Avatar, Cell, Fill, Tag};

use crate::Visit;

/// A value in one line of plain text: history, exports, tooltips.
pub fn plain(visit: &Visit, model: &Model, at: usize, value: &Value, titles: &Titles) -> String {
    let kind = &model.fields[at].kind;
    let words = visit.words();
    match value {
        Value::Tick(on) => words.say(if *on { "yes" } else { "no" }).into_owned(),
        Value::Link(_) | Value::Links(_) => {
            let title = |rid: &base::Rid| match titles.get(*rid) {
                Some(linked) => linked.title.clone(),
                None => words.say("hidden").into_owned(),
            };
            value.links().iter().map(title).collect::<Vec<_>>().join(", ")
        }
        Value::Involved(involved) => {
            let said = involved.pairs().map(|(rid, role)| {
                let name =
                    titles.get(rid).map_or_else(|| words.say("hidden").into_owned(), |linked| linked.title.clone());
                role.map_or(name.clone(), |role| format!("{name} ({})", visit.catalogue.key_label(kind, role, words)))
            });
            said.collect::<Vec<_>>().join(", ")
        }
        Value::Keys(_) => labels(visit, kind, value).join(", "),
        Value::Text(_) if matches!(kind, Kind::Picture) => words.say("Picture").into_owned(),
        Value::Text(_) if matches!(kind, Kind::File) => words.say("File").into_owned(),
        Value::Text(key) if matches!(kind, Kind::Choice(_) | Kind::Pick(_)) => {
            visit.catalogue.key_label(kind, key, words)
        }
        Value::Items(items) => items.iter().map(|item| show_item(&item.value, kind)).collect::<Vec<_>>().join(", "),
        Value::Addresses(list) => list.iter().map(meta::Address::one_line).collect::<Vec<_>>().join("; "),
        other => show(other, kind, &visit.style()),
    }
}

pub fn labels(visit: &Visit, kind: &Kind, value: &Value) -> Vec<String> {
    value.keys().iter().map(|key| visit.catalogue.key_label(kind, key, visit.words())).collect()
}

/// The name of a value's colour, when it has one of the twelve.
pub fn colour(visit: &Visit, kind: &Kind, key: &str) -> Option<&'static str> {
    let (Kind::Pick(list) | Kind::Picks(list)) = kind else { return None };
    let item = visit.catalogue.list(list.key)?.item(key)?;
    COLOURS.into_iter().find(|colour| item.colour.as_deref() == Some(colour))
}

/// The labels without what the field that stands beside it says already.
pub fn labels_besides(visit: &Visit, model: &Model, at: usize, record: &Record) -> Vec<String> {
    keys_besides(visit, model, at, record).into_iter().map(|(_, label)| label).collect()
}

fn keys_besides<'r>(visit: &Visit, model: &Model, at: usize, record: &'r Record) -> Vec<(&'r str, String)> {
    let def = &model.fields[at];
    let class_of = |kind: &Kind, key: &str| match kind {
        Kind::Pick(list) | Kind::Picks(list) => visit.catalogue.class(list.key, key).map(str::to_owned),
        _ => None,
    };
    let beside = def.besides.and_then(|key| model.position(key));
    let said = beside.and_then(|other| class_of(&model.fields[other].kind, record.values[other].text()));
    let keys = record.values[at].keys().iter().filter(|key| said.is_none() || class_of(&def.kind, key) != said);
    keys.map(|key| (key.as_str(), visit.catalogue.key_label(&def.kind, key, visit.words()))).collect()
}

/// What parts a value from others of its list, where there are several such; empty where there are not.
pub fn group(visit: &Visit, kind: &Kind, key: &str) -> String {
    let (Kind::Pick(list) | Kind::Picks(list)) = kind else { return String::new() };
    let of = visit.catalogue.group_of(list, key);
    let groups = visit.catalogue.groups(list);
    let group = groups.into_iter().find(|group| Some(group.key.as_str()) == of);
    list.grouped.zip(group).map_or(String::new(), |(by, group)| group.label(by.key, visit.words()))
}

/// How full the square of a picked value is: lists that use it name it as their colour.
pub fn fill(visit: &Visit, kind: &Kind, key: &str) -> Option<Fill> {
    let Kind::Pick(list) = kind else { return None };
    let list = visit.catalogue.list(list.key)?;
    // Grey is a colour too, where no other value is drawn as a square.
    if !list.items.iter().any(|item| matches!(item.colour.as_deref(), Some("hollow" | "half" | "full"))) {
        return None;
    }
    match list.item(key)?.colour.as_deref()? {
        "hollow" => Some(Fill::Hollow),
        "half" => Some(Fill::Half),
        "full" => Some(Fill::Full),
        "grey" => Some(Fill::Grey),
        _ => None,
    }
}

pub fn cell<'a>(visit: &Visit, model: &Model, at: usize, record: &Record, titles: &Titles) -> Cell<'a> {
    let value = &record.values[at];
    let kind = &model.fields[at].kind;
    if value.is_empty() {
        return Cell::Empty;
    }
    match (kind, value) {
        (Kind::Pick(_), Value::Text(key)) => {
            let label = visit.catalogue.key_label(kind, key, visit.words());
            match fill(visit, kind, key) {
                Some(fill) => Cell::Stage(fill, label.into()),
                None => match colour(visit, kind, key) {
                    Some(color) => Cell::Tags(vec![Tag { label: label.into(), color }]),
                    None => Cell::Text(label.into()),
                },
            }
        }
        (Kind::Picks(_), _) => {
            let tag = |(key, label): (&str, String)| Tag {
                label: label.into(),
                color: colour(visit, kind, key).unwrap_or(""),
            };
            Cell::Tags(keys_besides(visit, model, at, record).into_iter().map(tag).collect())
        }
        (Kind::People, value) => {
            let avatar = |rid: &base::Rid| {
                titles.get(*rid).map(|linked| super::shell::person(&linked.id.to_string(), &linked.title))
            };
            Cell::People(value.links().iter().filter_map(avatar).collect())
        }
        (Kind::Phones, Value::Items(items)) => match meta::value::primary_item(items) {
            Some(item) => Cell::Phone(
                show_item(&item.value, kind).into(),
                item.value.split(';').next().unwrap_or_default().to_owned().into(),
            ),
            None => Cell::Empty,
        },
        (Kind::Emails, Value::Items(items)) => match meta::value::primary_item(items) {
            Some(item) => Cell::Link(item.value.clone().into(), format!("mailto:{}", item.value).into()),
            None => Cell::Empty,
        },
        (Kind::Link(to), Value::Link(rid)) => match titles.get(*rid) {
            Some(linked) => Cell::Link(linked.title.clone().into(), format!("/{}/{}", to.path, linked.id).into()),
            None => Cell::Text(visit.say("hidden").into_owned().into()),
        },
        (Kind::Tick, _) => Cell::Tick(true, visit.say("yes").into_owned().into()),
        (Kind::Money | Kind::Number { .. } | Kind::Percent, _) => {
            Cell::Strong(plain(visit, model, at, value, titles).into())
        }
        _ => Cell::Text(plain(visit, model, at, value, titles).into()),
    }
}

/// A value on the page of its record.
pub fn value<'a>(visit: &Visit, model: &Model, at: usize, record: &Record, titles: &Titles) -> ui::Value<'a> {
    let value = &record.values[at];
    let kind = &model.fields[at].kind;
    if value.is_empty() && !matches!(kind, Kind::Tick) {
        return ui::Value::Empty;
    }
    match (kind, value) {
        (Kind::Link(to), Value::Link(rid)) => match titles.get(*rid) {
            Some(linked) => ui::Value::Link(linked.title.clone().into(), format!("/{}/{}", to.path, linked.id).into()),
            None => ui::Value::Text(visit.say("hidden").into_owned().into()),
        },
        (Kind::Involved(_), Value::Involved(involved)) => {
            let path = visit.catalogue.subjects().map_or("", |model| model.entity.path);
            ui::Value::Markup(html! {
                @for (rid, role) in involved.pairs() {
                    div.value-line {
                        @match titles.get(rid) {
                            Some(linked) => a href={ "/" (path) "/" (linked.id) } { (linked.title) },
                            None => span { (visit.say("hidden")) },
                        }
                        @if let Some(role) = role { " " span.muted { (visit.catalogue.key_label(kind, role, visit.words())) } }
                    }
                }
            })
        }
        (Kind::LongText | Kind::RichText, Value::Text(text)) => ui::Value::Long(text.clone().into()),
        (Kind::Phones | Kind::Emails | Kind::WebLinks | Kind::Codes(_), Value::Items(items)) => {
            let kinds =
                |key: &Option<String>| key.as_ref().map(|key| visit.catalogue.key_label(kind, key, visit.words()));
            ui::Value::Markup(html! {
                @for item in items {
                    div.value-line {
                        @match kind {
                            Kind::Phones => a href={ "tel:" (item.value.split(';').next().unwrap_or_default()) } { (show_item(&item.value, kind)) },
                            Kind::Emails => a href={ "mailto:" (item.value) } { (item.value) },
                            Kind::WebLinks => a href=(item.value) rel="noopener noreferrer" target="_blank" { (short(&item.value)) },
                            _ => span { (item.value) },
                        }
                        @if let Some(word) = kinds(&item.kind) { " " span.muted { (word) } }
                    }
                }
            })
        }
        (Kind::Addresses, Value::Addresses(list)) => ui::Value::Markup(html! {
            @for address in list {
                div.value-line {
                    div { (address.street) }
                    div { (address.town_line()) }
                    @if let Some(key) = &address.kind { span.muted { (visit.catalogue.key_label(kind, key, visit.words())) } }
                }
            }
        }),
        (Kind::Picks(_), _) => ui::Value::Markup(html! {
            @for (key, label) in value.keys().iter().zip(labels(visit, kind, value)) {
                (ui::tag(&Tag { label: label.into(), color: colour(visit, kind, key).unwrap_or("") })) " "
            }
        }),
        (Kind::Pick(_), Value::Text(key)) => {
            let label = visit.catalogue.key_label(kind, key, visit.words());
            match fill(visit, kind, key) {
                Some(fill) => ui::Value::Markup(ui::stage(fill, &label)),
                None => match colour(visit, kind, key) {
                    Some(color) => ui::Value::Markup(ui::tag(&Tag { label: label.into(), color })),
                    None => ui::Value::Text(label.into()),
                },
            }
        }
        _ => ui::Value::Text(plain(visit, model, at, value, titles).into()),
    }
}

/// A web address without what everybody knows.
fn short(url: &str) -> &str {
    let bare = url.trim_start_matches("https://").trim_start_matches("http://").trim_start_matches("www.");
    bare.trim_end_matches('/')
}

/// The picture of a record: its initials in a colour of its own.
pub fn avatar<'a>(model: &Model, record: &Record) -> Avatar<'a> {
    let picture = model
        .entity
        .picture
        .and_then(|field| model.position(field.def().key))
        .map(|at| record.values[at].text())
        .filter(|file| !file.is_empty())
        .map_or(String::new(), |file| format!("/files/{file}/thumbnail"));
    Avatar {
        id: record.id.to_string().into(),
        initials: base::names::initials(&record.title).into(),
        name: record.title.clone().into(),
        picture: picture.into(),
        round: super::pictures::is_round(model, &record.values) || model.entity.house,
        ..Avatar::default()
    }
}
