//! A pick list: its values in their order, with names, colours, what they mean to the program, and which are offered no longer.

use std::collections::BTreeMap;

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use base::words::Language;
use base::{Error, Problem, Result, say};
use engine::settings::{COLOURS, ItemLook, Of, SQUARES, administrator, has_squares, keeper};
use maud::{Markup, html};
use meta::catalogue::List;
use meta::{Kind, Value};
use ui::widgets::{Choice, Context, Widget, widget};
use ui::{Form, FormSection, Tag};

use crate::answer::{html as answer, note, redirect, with_status};
use crate::pages::settings::{PLACE, buttons, frame, history, labels, list_of, read_labels, text, whole};
use crate::pages::undo;
use crate::posted::Posted;
use crate::{Ask, Visit};

/// Empty rows for new values.
const BLANK: usize = 3;
const LANGUAGES: [Language; 2] = [Language::It, Language::En];

pub async fn page(Path(key): Path<String>, ask: Ask) -> Response {
    ask.run(move |visit| {
        keeper(&visit.actor, &visit.catalogue, Of::List(&key))?;
        let list = visit.catalogue.list(&key).filter(|list| !is_house(visit, list)).ok_or(Error::Missing)?;
        answer(shown(visit, list, &names(visit, list), &standing(visit, list), &[])?)
    })
    .await
}

pub async fn new(ask: Ask) -> Response {
    ask.run(|visit| {
        administrator(&visit.actor)?;
        answer(new_page(visit, &BTreeMap::new(), &[]))
    })
    .await
}

pub async fn create(ask: Ask, posted: Posted) -> Response {
    ask.act(posted, |visit, posted| {
        let names = read_labels(posted);
        match visit.engine().add_list(&visit.actor, &names) {
            Ok(key) => Ok(redirect(visit.ask, &list_of(&key))),
            Err(Error::Refused(problems)) => {
                Ok(with_status(StatusCode::UNPROCESSABLE_ENTITY, new_page(visit, &names, &problems)))
            }
            Err(other) => Err(other),
        }
    })
    .await
}

fn new_page(visit: &Visit, names: &BTreeMap<String, String>, problems: &[Problem]) -> Markup {
    let form = ui::form(&Form {
        id: "list-form".into(),
        action: "/settings/lists/new".into(),
        csrf: visit.csrf.clone().into(),
        problem: whole(visit, problems, &["labels"]),
        sections: vec![FormSection { fields: labels(visit, names, problems, true), ..FormSection::default() }],
        buttons: buttons(visit, PLACE),
        ..Form::default()
    });
    frame(visit, &visit.say("New list"), Some((PLACE, &visit.say("Settings"))), &[], form)
}

pub async fn save(Path(key): Path<String>, ask: Ask, posted: Posted) -> Response {
    ask.act(posted, move |visit, posted| {
        keeper(&visit.actor, &visit.catalogue, Of::List(&key))?;
        let list = visit.catalogue.list(&key).filter(|list| !is_house(visit, list)).ok_or(Error::Missing)?;
        let (wanted, called) = (read(visit, posted), read_labels(posted));
        // Words that are the declaration's own stay its: they follow the program.
        let kept: Vec<ItemLook> = wanted.iter().map(|item| own_words(visit, list, item)).collect();
        let renamed = own_names(visit, list, &called);
        let saved = visit.engine().change_list(&visit.actor, &key, &kept).and_then(|()| match renamed == list.labels {
            true => Ok(()),
            false => visit.engine().rename_list(&visit.actor, &key, &renamed),
        });
        match saved {
            Ok(()) => {
                let said = visit.text(say!("{list} saved", list = list.label(visit.words())));
                undo::done(visit, None, &said, Some(list_of(&key)))
            }
            Err(Error::Refused(problems)) => {
                let page = shown(visit, list, &called, &wanted, &problems)?;
                Ok(with_status(StatusCode::UNPROCESSABLE_ENTITY, page))
            }
            Err(other) => Err(other),
        }
    })
    .await
}

/// What the list is called in each language.
fn names(visit: &Visit, list: &List) -> BTreeMap<String, String> {
    if list.custom {
        return list.labels.clone();
    }
    let name = |language: Language| (language.tag().to_owned(), list.label(visit.ask.app.words.of(language)));
    LANGUAGES.into_iter().map(name).collect()
}

/// Whether only records of the house use it: what roles and languages there are is the program's to say.
pub fn is_house(visit: &Visit, list: &List) -> bool {
    let mut users = visit.catalogue.models.iter().filter(|model| model.fields.iter().any(|def| holds(&def.kind, list)));
    let house: Vec<bool> = users.by_ref().map(|model| model.entity.house).collect();
    !house.is_empty() && house.into_iter().all(|house| house)
}

/// The fields whose values are the list's: *Opportunities: Stage*.
pub fn picked_in<'a>(visit: &'a Visit, list: &'a List) -> impl Iterator<Item = String> + 'a {
    visit.catalogue.models.iter().flat_map(move |model| {
        let fields = model.visible().filter(|at| holds(&model.fields[*at].kind, list));
        fields.map(move |at| format!("{}: {}", model.plural(visit.words()), model.label(at, visit.words())))
    })
}

fn holds(kind: &Kind, list: &List) -> bool {
    matches!(kind, Kind::Pick(used) | Kind::Picks(used) | Kind::Involved(used) if used.key == list.declared.key)
}

fn own_names(visit: &Visit, list: &List, called: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    let declared = |language: Language| {
        let words = visit.ask.app.words.of(language);
        words.label(list.declared.key, None).unwrap_or_else(|| list.declared.label.to_owned())
    };
    let mut own = called.clone();
    if !list.custom {
        own.retain(|tag, name| Language::from_tag(tag).is_none_or(|language| declared(language) != *name));
    }
    own
}

/// The values as they stand, with the words that people read.
fn standing(visit: &Visit, list: &List) -> Vec<ItemLook> {
    let item = |item: &meta::catalogue::ListItem| {
        let label = |language: Language| {
            (language.tag().to_owned(), item.label(list.declared.key, visit.ask.app.words.of(language)))
        };
        ItemLook {
            key: Some(item.key.clone()),
            labels: match list.declared.items.iter().any(|declared| declared.key == item.key) {
                true => LANGUAGES.into_iter().map(label).collect(),
                false => item.labels.clone().into_iter().collect(),
            },
            class: item.class.clone(),
            colour: item.colour.clone(),
            percent: item.percent,
            group: item.group.clone(),
            retired: item.retired,
        }
    };
    list.items.iter().map(item).collect()
}

fn own_words(visit: &Visit, list: &List, item: &ItemLook) -> ItemLook {
    let mut own = item.clone();
    let declared = item.key.as_ref().and_then(|key| list.declared.items.iter().find(|known| known.key == key));
    if let Some(declared) = declared {
        own.labels.retain(|tag, label| {
            let words = Language::from_tag(tag).map(|language| visit.ask.app.words.of(language));
            let said = words.and_then(|words| words.label(list.declared.key, Some(declared.key)));
            said.unwrap_or_else(|| declared.label.to_owned()) != *label
        });
    }
    own
}

/// The rows in the order that their numbers say. What is no percentage is refused as one that cannot be.
fn read(visit: &Visit, posted: &Posted) -> Vec<ItemLook> {
    let mut rows: Vec<(f64, ItemLook)> = Vec::new();
    for index in 0.. {
        let name = |part: &str| format!("items[{index}].{part}");
        if !posted.has(&name("order")) {
            break;
        }
        let said = |part: &str| Some(posted.first(&name(part)).trim().to_owned()).filter(|said| !said.is_empty());
        let labels: BTreeMap<String, String> =
            LANGUAGES.iter().filter_map(|language| Some((language.tag().to_owned(), said(language.tag())?))).collect();
        if said("key").is_none() && labels.is_empty() {
            continue;
        }
        let order =
            said("order").and_then(|order| order.replace(',', ".").parse().ok()).unwrap_or(f64::from(index) + 1.0);
        let retired = posted.all(&name("retired")).any(|value| !value.is_empty());
        let read = |said: String| {
            meta::human::parse(&said, &Kind::Percent, &visit.style(), "percent").unwrap_or(Value::Int(-1))
        };
        let percent = match said("percent").map(read) {
            Some(Value::Int(percent)) => Some(percent),
            _ => None,
        };
        let (class, colour, group) = (said("class"), said("colour"), said("group"));
        rows.push((order, ItemLook { key: said("key"), labels, class, colour, percent, group, retired }));
    }
    rows.sort_by(|(one, _), (other, _)| one.total_cmp(other));
    rows.into_iter().map(|(_, item)| item).collect()
}

fn shown(
    visit: &Visit,
    list: &List,
    called: &BTreeMap<String, String>,
    items: &[ItemLook],
    problems: &[Problem],
) -> Result<Markup> {
    let blank = ItemLook::default();
    let rows = items.iter().chain(std::iter::repeat_n(&blank, BLANK));
    let body = html! {
        p.muted.settings-lead {
            (visit.say("The number says the order. A value that is offered no longer stays readable where it is in use; a new name changes nothing else."))
        }
        div.list-items {
            @for (index, item) in rows.enumerate() { (row(visit, list, index, item, problems)) }
        }
        @let used = users(visit, list);
        @if !used.is_empty() { p.muted.settings-lead { (visit.say("Used by:")) " " (used.join(", ")) } }
    };
    let known = |problem: &Problem| problem.field.as_deref().is_some_and(|field| field.starts_with("items/"));
    let others: Vec<Problem> = problems.iter().filter(|problem| !known(problem)).cloned().collect();
    let form = ui::form(&Form {
        id: "list-form".into(),
        action: list_of(list.declared.key).into(),
        csrf: visit.csrf.clone().into(),
        problem: whole(visit, &others, &["labels"]),
        sections: vec![
            FormSection { fields: labels(visit, called, problems, false), ..FormSection::default() },
            FormSection { title: visit.say("Values"), body: Some(body), ..FormSection::default() },
        ],
        buttons: buttons(visit, PLACE),
        ..Form::default()
    });
    let page = html! { (form) (history(visit, &format!("lists.{}", list.declared.key))?) };
    Ok(frame(visit, &list.label(visit.words()), Some((PLACE, &visit.say("Settings"))), &[], page))
}

fn row(visit: &Visit, list: &List, index: usize, item: &ItemLook, problems: &[Problem]) -> Markup {
    let place = format!("items/{index}/");
    let problem =
        problems.iter().find(|problem| problem.field.as_deref().is_some_and(|field| field.starts_with(&place)));
    let called =
        item.labels.get(visit.actor.language.tag()).cloned().unwrap_or_else(|| visit.say("New value").into_owned());
    let called_input = |part: &str, label: &str, input: Widget| {
        let name = format!("items[{index}].{part}");
        let context = Context { name: &name, label, refused: problem.is_some(), ..Context::default() };
        html! { div class={ "list-item-" (part) } { label.form-label for={ "i-" (name) } { (label) } (widget(&input, &context)) } }
    };
    let input = |part: &str, label: &'static str, input: Widget| called_input(part, &visit.say(label), input);
    let choice = |value: &'static str, label: ui::Text<'static>, chosen: bool| Choice {
        value: value.into(),
        label,
        chosen,
        ..Choice::default()
    };
    let classes = list.declared.classes.iter().map(|class| {
        choice(class.key, visit.say(class.label).into_owned().into(), item.class.as_deref() == Some(class.key))
    });
    let mut colours: Vec<Choice> = (COLOURS.into_iter())
        .map(|colour| {
            choice(colour, visit.say(colour_word(colour)).into_owned().into(), item.colour.as_deref() == Some(colour))
        })
        .collect();
    if has_squares(list) {
        // A stage is drawn as a square, and grey is that of what is over.
        colours.retain(|colour| colour.value != "grey");
        colours.extend(SQUARES.into_iter().map(|square| {
            choice(square, visit.say(square_word(square)).into_owned().into(), item.colour.as_deref() == Some(square))
        }));
    }
    let percent = item
        .percent
        .map_or(String::new(), |percent| meta::human::input(&Value::Int(percent), &Kind::Percent, &visit.style()));
    let by = list.declared.grouped.and_then(|by| visit.catalogue.list(by.key));
    let groups =
        by.map(|by| (by.label(visit.words()), parting(visit, list, by, item))).filter(|(_, all)| all.len() > 1);
    let tick = format!("items[{index}].retired");
    let color = item.colour.as_deref().and_then(|colour| COLOURS.into_iter().find(|known| *known == colour));
    html! {
        fieldset.list-item {
            legend { (ui::tag(&Tag { label: called.into(), color: color.unwrap_or("") })) }
            @if let Some(key) = &item.key { input type="hidden" name={ "items[" (index) "].key" } value=(key); }
            (input("order", "Order", Widget::Text { value: (index + 1).to_string().into(), kind: "text", autocomplete: "off", max: 6, code: false }))
            (input("it", "Italian", text(item.labels.get("it").map_or("", String::as_str))))
            (input("en", "English", text(item.labels.get("en").map_or("", String::as_str))))
            @if !list.declared.classes.is_empty() {
                (input("class", "It means", Widget::Select { choices: classes.collect(), empty: "–".into() }))
            }
            @if list.declared.percent.is_some() {
                (input("percent", list.declared.percent.unwrap_or_default(), Widget::Number { value: percent.into(), unit: "%".into() }))
            }
            @if let Some((by, groups)) = &groups {
                (called_input("group", by, Widget::Select { choices: groups.clone(), empty: "–".into() }))
            }
            (input("colour", "Colour", Widget::Select { choices: colours, empty: visit.say("no colour").into_owned().into() }))
            @if item.key.is_some() {
                div.list-item-retired {
                    (widget(&Widget::Tick { on: item.retired }, &Context { name: &tick, label: &visit.say("Offered no longer"), ..Context::default() }))
                }
            }
            @if let Some(problem) = problem { div.list-item-note { (ui::note(&note(visit.words(), problem), &format!("n-items-{index}"))) } }
        }
    }
}

/// The lists' values that part this one, with that of a value chosen.
fn parting<'a>(visit: &Visit, list: &List, by: &List, item: &ItemLook) -> Vec<Choice<'a>> {
    let now = match (&item.group, &item.key) {
        (Some(group), _) => Some(group.as_str()),
        (None, Some(key)) => visit.catalogue.group_of(list.declared, key),
        (None, None) => None,
    };
    let choice = |group: &meta::catalogue::ListItem| Choice {
        value: group.key.clone().into(),
        label: group.label(by.declared.key, visit.words()).into(),
        chosen: now == Some(group.key.as_str()),
        ..Choice::default()
    };
    by.items.iter().map(choice).collect()
}

/// The fields that hold a value of the list, with what they belong to.
fn users(visit: &Visit, list: &List) -> Vec<String> {
    let words = visit.words();
    let of = |model: &meta::Model| {
        let fields = model.visible().filter(|at| holds(&model.fields[*at].kind, list));
        fields.map(|at| format!("{} ({})", model.label(at, words), model.plural(words))).collect::<Vec<_>>()
    };
    visit.catalogue.models.iter().flat_map(of).collect()
}

fn square_word(square: &str) -> &'static str {
    match square {
        "hollow" => "an empty square",
        "half" => "a half square",
        "full" => "a full square",
        _ => "a grey square",
    }
}

fn colour_word(colour: &str) -> &'static str {
    match colour {
        "ottanio" => "petrol blue",
        "ochre" => "ochre",
        "plum" => "plum",
        "moss" => "moss",
        "brick" => "brick red",
        "slate" => "slate",
        "rose" => "rose",
        "sky" => "sky blue",
        "olive" => "olive",
        "sand" => "sand",
        "mint" => "mint",
        _ => "grey",
    }
}
