//! The fields of one kind of record, in the sections where they stand.

use axum::extract::Path;
use axum::response::Response;
use base::{Error, Result};
use engine::settings::Way;
use maud::{Markup, html};
use meta::custom::Index;
use meta::layout::SectionLook;
use meta::{Kind, Model};
use ui::{Act, Button, Tag};

use crate::answer::{html as answer, redirect};
use crate::pages::settings::{PLACE, conditions, fields_of, frame, history, model_of};
use crate::posted::Posted;
use crate::{Ask, Visit};

pub async fn page(Path(entity): Path<String>, ask: Ask) -> Response {
    ask.run(move |visit| {
        let model = model_of(visit, &entity)?;
        let place = fields_of(model);
        let act = |label: &'static str, kind, url: String| Button {
            label: visit.say(label),
            icon: "plus",
            kind,
            act: Act::Link(url.into()),
            ..Button::default()
        };
        let acts = [
            act("New section", ui::Kind::Quiet, format!("/settings/sections/{entity}/new")),
            act("New field", ui::Kind::Primary, format!("{place}/new")),
        ];
        let sections = visit.engine().sections(&entity)?;
        let body = html! {
            p.muted.settings-lead { (visit.say("They stand in this order on the page, in the form and in the import. A change counts at once, for everybody.")) }
            @for look in &sections { (section(visit, model, look)) }
            (hidden(visit, model, &sections))
            (history(visit, &format!("fields.{entity}"))?)
        };
        answer(frame(visit, &model.plural(visit.words()), Some((PLACE, &visit.say("Settings"))), &acts, body))
    })
    .await
}

fn section(visit: &Visit, model: &Model, look: &SectionLook) -> Markup {
    let Some(standing) = model.sections.iter().find(|section| section.key == look.key) else { return html! {} };
    let title = standing.title(visit.words());
    let place = format!("/settings/sections/{}/{}", model.entity.key, look.key);
    let shown = look.fields.iter().filter_map(|key| model.position(key)).filter(|at| !model.fields[*at].hidden);
    html! {
        section.settings-section id={ "s-" (look.key) } {
            header {
                h2 { (title) }
                @if look.profile { (ui::tag(&Tag { label: visit.say("Characteristics"), ..Tag::default() })) }
                @if let Some(when) = &standing.when { span.muted { (conditions::said(visit, model, when)) } }
                span.settings-acts {
                    (moves(visit, &place, &title))
                    (edit(visit, &place, &title))
                }
            }
            ul.settings-rows {
                @for at in shown { (row(visit, model, at)) }
                @if look.fields.is_empty() { li { span.muted { (visit.say("There is nothing here yet.")) } } }
            }
        }
    }
}

fn row(visit: &Visit, model: &Model, at: usize) -> Markup {
    let def = &model.fields[at];
    let place = format!("{}/{}", fields_of(model), def.key);
    let label = model.label(at, visit.words());
    let mut marks: Vec<&'static str> = Vec::new();
    if def.custom {
        marks.push("added");
    }
    if def.required || def.required_when.is_some() {
        marks.push("required");
    }
    match def.index {
        Index::Ready => marks.push("indexed"),
        Index::Wanted => marks.push("its index is being made"),
        Index::None => {}
    }
    html! {
        li id={ "f-" (def.key) } {
            a.settings-name href=(place) { (label) }
            span.muted { (kind_word(visit, def)) }
            span.settings-marks { @for mark in marks { (ui::tag(&Tag { label: visit.say(mark), ..Tag::default() })) } }
            span.settings-acts { (moves(visit, &place, &label)) }
        }
    }
}

fn hidden(visit: &Visit, model: &Model, sections: &[SectionLook]) -> Markup {
    let keys = sections.iter().flat_map(|section| &section.fields);
    let shown = |at: &usize| !model.fields[*at].hidden || visit.catalogue.is_idle(&model.fields[*at]);
    let hidden: Vec<usize> = keys.filter_map(|key| model.position(key)).filter(|at| !shown(at)).collect();
    html! {
        @if !hidden.is_empty() {
            section.settings-section {
                header { h2 { (visit.say("Hidden fields")) } }
                ul.settings-rows { @for at in hidden {
                    li {
                        a.settings-name href={ (fields_of(model)) "/" (model.fields[at].key) } { (model.label(at, visit.words())) }
                        span.muted { (kind_word(visit, &model.fields[at])) }
                    }
                } }
            }
        }
    }
}

/// Up and down by one place: plain forms, so that the page comes back at the same row.
pub fn moves(visit: &Visit, place: &str, label: &str) -> Markup {
    let way = |icon: &'static str, way: &str, word: String| {
        html! {
            form method="post" action={ (place) "/" (way) } {
                input type="hidden" name="csrf" value=(visit.csrf);
                (ui::button(&Button {
                    label: word.into(),
                    icon,
                    icon_only: true,
                    small: true,
                    kind: ui::Kind::Bare,
                    act: Act::Submit { name: "".into(), value: "".into(), form: "".into() },
                    ..Button::default()
                }))
            }
        }
    };
    let up = visit.text(base::say!("Move {name} up", name = label));
    let down = visit.text(base::say!("Move {name} down", name = label));
    html! { (way("arrow-up", "up", up)) (way("arrow-down", "down", down)) }
}

fn edit(visit: &Visit, place: &str, label: &str) -> Markup {
    ui::button(&Button {
        label: visit.text(base::say!("Edit {name}", name = label)).into(),
        icon: "pencil",
        icon_only: true,
        small: true,
        kind: ui::Kind::Bare,
        act: Act::Link(place.to_owned().into()),
        ..Button::default()
    })
}

pub fn way_of(way: &str) -> Result<Way> {
    match way {
        "up" => Ok(Way::Up),
        "down" => Ok(Way::Down),
        _ => Err(Error::Missing),
    }
}

pub async fn shift(Path((entity, key, way)): Path<(String, String, String)>, ask: Ask, posted: Posted) -> Response {
    ask.act(posted, move |visit, _| {
        model_of(visit, &entity)?;
        visit.engine().move_field(&visit.actor, &entity, &key, way_of(&way)?)?;
        Ok(redirect(visit.ask, &format!("/settings/fields/{entity}#f-{key}")))
    })
    .await
}

/// What a kind is called by people who choose one.
pub fn kind_word(visit: &Visit, def: &meta::FieldDef) -> String {
    let words = visit.words();
    let named = |kind: &'static str| words.say(kind).into_owned();
    match def.kind {
        Kind::Number { unit, .. } if !unit.is_empty() => format!("{} ({unit})", named("Number")),
        Kind::Pick(list) | Kind::Picks(list) => {
            let what =
                if matches!(def.kind, Kind::Pick(_)) { "One value of a list" } else { "Several values of a list" };
            let label = visit.catalogue.list(list.key).map_or_else(String::new, |list| list.label(words));
            format!("{}: {label}", named(what))
        }
        Kind::Link(to) => {
            let label = visit.catalogue.model(to.key).map_or_else(String::new, |model| model.singular(words));
            format!("{}: {label}", named("Link to a record"))
        }
        kind => named(word_of(kind.name())),
    }
}

/// By the name of the kind.
pub fn word_of(name: &str) -> &'static str {
    match name {
        "text" => "One line of text",
        "long_text" => "Several lines",
        "rich_text" => "Text with formatting",
        "number" => "Number",
        "money" => "Amount of money",
        "percent" => "Percentage",
        "date" => "Date",
        "instant" => "Date and time",
        "duration" => "Duration",
        "pick" | "choice" => "One value of a list",
        "picks" => "Several values of a list",
        "tick" => "Yes or no",
        "link" | "any_link" => "Link to a record",
        "people" => "People",
        "involved" => "Subjects involved",
        "emails" => "E-mail addresses",
        "phones" => "Phone numbers",
        "web_links" => "Web addresses",
        "addresses" => "Postal addresses",
        "code" | "codes" => "Code with a check",
        "picture" => "Picture",
        "place" => "Place",
        _ => "File",
    }
}
