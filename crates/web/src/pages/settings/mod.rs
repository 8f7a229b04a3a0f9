//! The settings of the program for administrators: fields and sections of each kind of record, and pick lists.

mod access_log;
mod conditions;
mod field_form;
mod field_inputs;
mod fields;
mod jobs;
mod lists;
mod mail;
mod roles;
mod sections;
mod sign_in;
mod tokens;

use axum::response::Response;
use axum::routing::{get, post};
use base::words::Language;
use base::{Error, Problem, Result};
use engine::settings::{Of, administrator, keeper, may_set};
use maud::{Markup, html};
use meta::Model;
use std::collections::BTreeMap;
use ui::widgets::Widget;
use ui::{Act, Button, FormField};

use crate::answer::{html as answer, note};
use crate::pages::routes::Routes;
use crate::parts::shell;
use crate::posted::Posted;
use crate::{Ask, Visit};

/// Where the settings begin.
pub const PLACE: &str = "/settings";

pub fn router() -> Routes {
    Routes::default()
        .page("/settings", "fields", get(index))
        .page(mail::MAIL, "admin#e-mail", get(mail::page).post(mail::save))
        .page("/settings/mail/test", "admin#e-mail", post(mail::test))
        .page(jobs::JOBS, "admin#background-work", get(jobs::page))
        .part("/settings/jobs/{kind}/{id}/{act}", post(jobs::act))
        .page("/settings/fields/{entity}", "fields", get(fields::page))
        .page("/settings/fields/{entity}/new", "fields#adding-a-field", get(field_form::new).post(field_form::create))
        .part("/settings/fields/{entity}/values", get(conditions::values))
        .page("/settings/fields/{entity}/{key}", "fields#adding-a-field", get(field_form::edit).post(field_form::save))
        .page("/settings/fields/{entity}/{key}/{way}", "fields#moving-renaming-hiding", post(fields::shift))
        .page(
            "/settings/sections/{entity}/new",
            "fields#sections-and-characteristics",
            get(sections::new).post(sections::create),
        )
        .page(
            "/settings/sections/{entity}/{key}",
            "fields#sections-and-characteristics",
            get(sections::edit).post(sections::save),
        )
        .page("/settings/sections/{entity}/{key}/{way}", "fields#sections-and-characteristics", post(sections::shift))
        .merge(roles::router())
        .page("/settings/lists/new", "fields#lists-of-values", get(lists::new).post(lists::create))
        .page("/settings/lists/{list}", "fields#lists-of-values", get(lists::page).post(lists::save))
        .page(sign_in::RULES, "admin#passwords", get(sign_in::page).post(sign_in::save))
        .page(tokens::PLACE, "account#tokens-for-programs", get(tokens::page))
        .page(access_log::LOG, "admin#access-log", get(access_log::page).post(access_log::save))
        .part("/settings/access-log/{format}", get(access_log::file))
}

/// Whether somebody may set anything at all.
pub fn is_for(visit: &Visit) -> bool {
    let rights = &visit.actor.person.rights;
    rights.admin || !rights.keeps.is_empty()
}

async fn index(ask: Ask) -> Response {
    ask.run(|visit| {
        if !is_for(visit) {
            administrator(&visit.actor)?;
        }
        let admin = visit.actor.person.rights.admin;
        let words = visit.words();
        let own = |model: &&Model| visit.actor.person.rights.keeps(model.entity.key);
        let entities = visit.catalogue.models.iter().filter(own).map(|model| {
            let own = model.fields.iter().filter(|def| def.custom).count();
            let count = visit.text(base::say!("Added fields: {count}", count = own));
            (fields_of(model), model.entity.icon, model.plural(words), count)
        });
        let mut lists: Vec<(String, &str, String, String)> = (visit.catalogue.lists())
            .filter(|list| !lists::is_house(visit, list))
            .filter(|list| may_set(&visit.actor, &visit.catalogue, Of::List(list.declared.key)))
            .map(|list| {
                let offered = list.items.iter().filter(|item| !item.retired).count();
                let count = visit.text(base::say!("Values: {count}", count = offered));
                // Two lists may be called alike: where their values are picked tells them apart.
                let note = std::iter::once(count).chain(lists::picked_in(visit, list)).collect::<Vec<_>>().join(" · ");
                (list_of(list.declared.key), "list", list.label(words), note)
            })
            .collect();
        lists.sort_by_cached_key(|(_, _, label, _)| base::fold(label));
        let new = Button {
            label: visit.say("New list"),
            icon: "plus",
            act: Act::Link("/settings/lists/new".into()),
            ..Button::default()
        };
        let program = if admin { program(visit)? } else { Vec::new() };
        let body = html! {
            @if admin { (roles::section(visit)?) }
            @if admin {
                section.settings-section {
                    header { h2 { (visit.say("Program")) } }
                    (places(program.into_iter()))
                }
            }
            section.settings-section {
                header { h2 { (visit.say("Fields")) } }
                (places(entities))
            }
            section.settings-section {
                header { h2 { (visit.say("Pick lists")) } @if admin { (ui::button(&new)) } }
                (places(lists.into_iter()))
            }
            @if admin {
                section.settings-section {
                    header { h2 { (visit.say("Access")) } }
                    (places(access(visit).into_iter()))
                }
            }
        };
        answer(frame(visit, &visit.say("Settings"), None, &[], body))
    })
    .await
}

/// What the program does by itself, with what went wrong of it.
fn program(visit: &Visit) -> Result<Vec<(String, &'static str, String, String)>> {
    let engine = visit.engine();
    let failed =
        engine.jobs(&visit.actor, &["failed"], 100)?.len() + engine.outbox(&visit.actor, &["failed"], 100)?.len();
    let server = engine.mail_settings()?.map(|mail| mail.host);
    let server = server.unwrap_or_else(|| visit.say("no server yet").into_owned());
    let failed = visit.text(base::say!("Failed: {count}", count = failed));
    Ok(vec![
        (mail::MAIL.to_owned(), "mail", visit.say("E-mail").into_owned(), server),
        (jobs::JOBS.to_owned(), "clock", visit.say("Background work").into_owned(), failed),
    ])
}

/// How people and programs come in, and what is kept of it.
fn access(visit: &Visit) -> Vec<(String, &'static str, String, String)> {
    let place = |url: &str, icon, label: &'static str, note: &'static str| {
        (url.to_owned(), icon, visit.say(label).into_owned(), visit.say(note).into_owned())
    };
    vec![
        place(sign_in::RULES, "lock", "Signing in", "What a password must be, who signs in with two steps"),
        place(tokens::PLACE, "key", "Tokens for programs", "Whose they are, what they may do, until when"),
        place(access_log::LOG, "history", "Access log", "Who signed in, who exported what"),
    ]
}

fn places<'a>(places: impl Iterator<Item = (String, &'a str, String, String)>) -> Markup {
    html! {
        ul.settings-rows { @for (url, icon, label, note) in places {
            li { a.settings-name href=(url) { (ui::icon(icon)) span { (label) } } span.muted { (note) } (ui::icon("chevron-right")) }
        } }
    }
}

/// A page of the settings: its title, the way back, and its acts.
fn frame(visit: &Visit, title: &str, back: Option<(&str, &str)>, acts: &[Button], body: Markup) -> Markup {
    frame_at(visit, PLACE, title, back, acts, body)
}

/// The same, as part of another place.
pub fn frame_at(
    visit: &Visit,
    place: &str,
    title: &str,
    back: Option<(&str, &str)>,
    acts: &[Button],
    body: Markup,
) -> Markup {
    let content = html! {
        div.list {
            header.title-bar {
                @if let Some((url, label)) = back { a.settings-back href=(url) { (ui::icon("chevron-left")) (label) } }
                h1 { (title) }
                div.title-end { @for act in acts { (ui::button(act)) } }
            }
            div.settings { (body) }
        }
    };
    shell::page(visit, title, Some(place), content)
}

/// The model of an entity, for those who may set its fields.
fn model_of<'a>(visit: &'a Visit, entity: &str) -> Result<&'a Model> {
    keeper(&visit.actor, &visit.catalogue, Of::Entity(entity))?;
    visit.catalogue.model(entity).ok_or(Error::Missing)
}

/// Where the fields of an entity are set.
pub fn fields_of(model: &Model) -> String {
    format!("/settings/fields/{}", model.entity.key)
}

fn list_of(key: &str) -> String {
    format!("/settings/lists/{key}")
}

/// The inputs for a name in both languages.
fn labels<'a>(
    visit: &Visit<'a>,
    labels: &BTreeMap<String, String>,
    problems: &[Problem],
    required: bool,
) -> Vec<FormField<'a>> {
    let problem = problems.iter().find(|problem| problem.field.as_deref() == Some("labels"));
    let field = |tag: &'static str, label: &'static str| FormField {
        name: format!("label.{tag}").into(),
        label: visit.say(label),
        widget: text(labels.get(tag).map_or("", String::as_str)),
        note: problem.filter(|_| tag == "it").map(|problem| note(visit.words(), problem)),
        required: required && tag == "it",
        ..FormField::default()
    };
    vec![field("it", "Name in Italian"), field("en", "Name in English")]
}

fn read_labels(posted: &Posted) -> BTreeMap<String, String> {
    let label = |language: Language| {
        let written = posted.first(&format!("label.{}", language.tag())).trim().to_owned();
        (language.tag().to_owned(), written)
    };
    [Language::It, Language::En].into_iter().map(label).filter(|(_, label)| !label.is_empty()).collect()
}

fn text<'a>(value: &str) -> Widget<'a> {
    Widget::Text { value: value.to_owned().into(), kind: "text", autocomplete: "off", max: 300, code: false }
}

/// Who changed what of the settings, the newest first.
fn history(visit: &Visit, about: &str) -> Result<Markup> {
    let changes = visit.engine().settings_history(&visit.actor, about)?;
    let rows = changes.iter().filter_map(|change| change.by).collect();
    let people = visit.engine().titles(&visit.actor, &[meta::Value::Links(rows)])?;
    Ok(html! {
        @if !changes.is_empty() {
            details.settings-history {
                summary { (visit.say("Who changed it")) }
                ul { @for change in &changes {
                    li {
                        span { (visit.say(meta::intern::word(&change.verb))) @if !change.what.is_empty() { ": " b { (change.what) } } }
                        span.muted {
                            (change.by.and_then(|by| people.get(by)).map_or_else(|| "Bottega".to_owned(), |person| person.title.clone()))
                            ", " (meta::human::show(&meta::Value::Instant(change.at), &meta::Kind::Instant, &visit.style()))
                        }
                    }
                } }
            }
        }
    })
}

/// What concerns no input.
fn whole<'a>(visit: &Visit<'a>, problems: &[Problem], known: &[&str]) -> Option<ui::Note<'a>> {
    let stray = |problem: &&Problem| problem.field.as_deref().is_none_or(|field| !known.contains(&field));
    let texts: Vec<String> = problems.iter().filter(stray).map(|problem| visit.text(problem.text.clone())).collect();
    (!texts.is_empty()).then(|| ui::Note { kind: ui::NoteKind::Error, text: texts.join(" ").into(), link: None })
}

/// Save and cancel.
fn buttons<'a>(visit: &Visit<'a>, back: &str) -> Vec<Button<'a>> {
    let submit = Act::Submit { name: "".into(), value: "".into(), form: "".into() };
    let save = Button { label: visit.say("Save"), kind: ui::Kind::Primary, act: submit, ..Button::default() };
    let cancel = Act::Link(back.to_owned().into());
    vec![save, Button { label: visit.say("Cancel"), kind: ui::Kind::Bare, act: cancel, ..Button::default() }]
}
