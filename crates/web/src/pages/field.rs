//! One field of a record: read, opened in its place, saved by itself.

use axum::extract::Path;
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use base::{Error, Problem, Result};
use engine::{Draft, Target};
use maud::{Markup, html};
use meta::access::Verb;
use meta::{Kind, Value};
use ui::widgets::{Context, widget};
use ui::{Editing, Field, Note, NoteKind};

use crate::answer::{html as answer, note, redirect, with_status};
use crate::pages::list::Asked;
use crate::pages::record::{self, Seen};
use crate::pages::{board, conflict, create, edit, picture, undo};
use crate::parts::{fields, inputs, read_form, shell};
use crate::posted::Posted;
use crate::{Ask, Visit};

/// A field as it is read on the page of its record.
pub fn reading(seen: &Seen, at: usize, may_change: bool) -> Markup {
    ui::field(&field_of(seen, at, may_change))
}

/// Whether a field has an input of its own that fits where its value stands.
pub fn is_edited_in_place(def: &meta::FieldDef) -> bool {
    !def.read_only && !matches!(def.kind, Kind::File | Kind::Picture | Kind::Place | Kind::AnyLink)
}

/// Whether a cell of a list asks, not the page of a record.
fn in_a_cell(visit: &Visit) -> bool {
    visit.ask.query == "cell=1"
}

/// The row that the cell stands in, as the list that asks shows it.
fn row_again(visit: &Visit, seen: &Seen, toast: Option<&ui::Toast>) -> Result<Response> {
    let list = visit.ask.header("hx-current-url").split_once('?').map_or("", |(_, query)| query);
    let row = Asked::row(visit, seen.path, list, &seen.listed)?;
    // Behind a row the parser takes what follows for a part of the table, and leaves forms out: a template is read by itself.
    let mut response = answer(html! { (row) @if let Some(toast) = toast { template { (ui::toast(toast)) } } })?;
    let place = ui::row_of(&seen.record().id.to_string());
    for (name, value) in [("hx-retarget", place.as_str()), ("hx-reswap", "outerHTML")] {
        if let Ok(value) = HeaderValue::from_str(value) {
            response.headers_mut().insert(name, value);
        }
    }
    Ok(response)
}

pub fn field_of<'a>(seen: &Seen<'a>, at: usize, may_change: bool) -> Field<'a> {
    let visit = seen.visit;
    let def = &seen.model.fields[at];
    let record = seen.record();
    let value = &record.values[at];
    let locked = def.read_only_when.is_some_and(|condition| seen.model.holds(&condition, &record.values));
    let editable = may_change && is_edited_in_place(def) && !locked;
    let doubt = match (&def.kind, value) {
        (Kind::Code(code), Value::Text(text)) => base::codes::warning(*code, text),
        (kind, Value::Items(items)) => items.iter().find_map(|item| meta::normal::doubt(&item.value, kind)),
        _ => None,
    };
    let right = matches!((&def.kind, value), (Kind::Code(code), Value::Text(text)) if base::codes::check(*code, text) == base::codes::Check::Valid);
    Field {
        key: def.key.into(),
        label: seen.model.label(at, visit.words()).into(),
        value: fields::value(visit, seen.model, at, record, &seen.listed.titles),
        empty_word: visit.say("Add"),
        edit_url: if editable { format!("{}/fields/{}", seen.url(), def.key).into() } else { "".into() },
        read_only_why: match (def.read_only, locked) {
            (true, _) => visit.say("The program keeps this"),
            (_, true) => visit.say(edit::LOCKED),
            _ => "".into(),
        },
        copy: if matches!(def.kind, Kind::Code(_)) { value.text().to_owned().into() } else { "".into() },
        copy_word: visit.say("Copy"),
        checked: if right { visit.say("The check digit is right") } else { "".into() },
        note: doubt.map(|text| Note { kind: NoteKind::Warning, text: visit.text(text).into(), link: None }),
        wide: matches!(def.kind, Kind::LongText | Kind::RichText),
    }
}

fn editing(seen: &Seen, at: usize, value: &Value, problem: Option<&Problem>, written: Option<&str>) -> Result<Markup> {
    let visit = seen.visit;
    let def = &seen.model.fields[at];
    let titles = visit.engine().titles(&visit.actor, std::slice::from_ref(value))?;
    let label = seen.model.label(at, visit.words());
    let described = format!("n-{}", def.key);
    let context = Context {
        name: def.key,
        label: &label,
        refused: problem.is_some(),
        described_by: if problem.is_some() { &described } else { "" },
        autofocus: true,
        ..Context::default()
    };
    let several = matches!(def.kind, Kind::LongText | Kind::RichText);
    let enter = shell::enter(visit.actor.language);
    let save_key = match (several, enter) {
        (true, "Invio") => "Ctrl Invio",
        (true, _) => "Ctrl Enter",
        (false, enter) => enter,
    };
    Ok(ui::field_editing(&Editing {
        key: def.key.into(),
        label: label.clone().into(),
        save_url: format!("{}/fields/{}{}", seen.url(), def.key, if in_a_cell(visit) { "?cell=1" } else { "" }).into(),
        in_a_cell: in_a_cell(visit),
        csrf: visit.csrf.clone().into(),
        version: seen.record().version.to_string().into(),
        input: widget(&inputs::widget_of(visit, seen.model, at, value, &titles, written), &context),
        note: problem.map(|problem| Note {
            link: create::link(visit, def, problem, written.unwrap_or_default()),
            ..note(visit.words(), problem)
        }),
        key_words: [visit.say("save"), visit.say("cancel"), visit.say("on")],
        key_caps: [save_key, "Esc", "Tab"],
        wide: several,
    }))
}

fn is_from_head(posted: &Posted) -> bool {
    posted.has("head")
}

fn asked<'a>(visit: &'a Visit<'a>, path: &'a str, id: &str, key: &str) -> Result<(Seen<'a>, usize)> {
    let seen = Seen::itself(visit, path, id)?;
    let at = seen.model.position(key).filter(|at| !seen.model.fields[*at].read_only).ok_or(Error::Missing)?;
    Ok((seen, at))
}

pub async fn read_or_edit(Path((path, id, key)): Path<(String, String, String)>, ask: Ask) -> Response {
    ask.run(move |visit| {
        let (seen, at) = asked(visit, &path, &id, &key)?;
        if matches!(seen.model.fields[at].kind, Kind::Picture) {
            return picture::ask(&seen, at);
        }
        if !visit.ask.is_fragment() {
            return Ok(redirect(visit.ask, &format!("{}/edit", seen.url())));
        }
        if !seen.may(Verb::Change)? {
            return match in_a_cell(visit) {
                true => Err(engine::access::denied(Verb::Change)),
                false => answer(reading(&seen, at, false)),
            };
        }
        answer(editing(&seen, at, &seen.record().values[at], None, None)?)
    })
    .await
}

pub async fn save(Path((path, id, key)): Path<(String, String, String)>, ask: Ask, posted: Posted) -> Response {
    ask.act(posted, move |visit, posted| {
        let (seen, at) = asked(visit, &path, &id, &key)?;
        let def = &seen.model.fields[at];
        if matches!(def.kind, Kind::Picture) {
            return picture::save(&seen, at, posted);
        }
        let read = read_form::read(visit, seen.model, posted)?;
        let value = read.values.into_iter().find(|(known, _)| *known == at).map(|(_, value)| value);
        let saved = match (
            value.clone(),
            read.problems.into_iter().find(|problem| problem.field.as_deref() == Some(def.key)),
        ) {
            (_, Some(problem)) => Err(Error::Refused(vec![problem])),
            (None, None) if in_a_cell(visit) => return row_again(visit, &seen, None),
            (None, None) => return answer(reading(&seen, at, true)),
            (Some(value), None) => {
                let target = Target::Existing(seen.record().rid, posted.first("version").parse().ok());
                visit.engine().save(
                    &visit.actor,
                    vec![Draft { entity: seen.model.entity.key, target, values: vec![(at, value)] }],
                )
            }
        };
        match saved {
            Ok(saved) => {
                let fresh = Seen::read(visit, &path, &id)?;
                let label = fresh.model.label(at, visit.words());
                let record = saved.records.first().ok_or(Error::Missing)?;
                let said = visit.text(base::say!("{field} saved", field = label));
                let said = edit::with_warnings(visit, said, &record.warnings);
                // The menu in the head of the record stands for no field of the page.
                if is_from_head(posted) {
                    return undo::done(visit, saved.operation, &said, None);
                }
                if !visit.ask.is_fragment() {
                    return undo::done(visit, saved.operation, &said, Some(fresh.url()));
                }
                let toast = saved.operation.is_some().then(|| undo::toast(visit, saved.operation, &said));
                if in_a_cell(visit) {
                    return row_again(visit, &fresh, toast.as_ref());
                }
                let Some(others) = record::besides(&seen, &fresh, at)? else {
                    return undo::done(visit, saved.operation, &said, None);
                };
                answer(html! {
                    (reading(&fresh, at, true))
                    (others)
                    @if let Some(toast) = toast { (ui::toast(&toast)) }
                })
            }
            Err(Error::Refused(problems)) => {
                // A step that asks for more than itself is completed where there is room for it.
                let to = value.as_ref().map_or("", Value::text);
                if let Some(dialog) = board::complete(&seen, at, to, &problems, posted) {
                    return Ok(dialog);
                }
                if is_from_head(posted) {
                    return Err(Error::Refused(problems));
                }
                let shown = value
                    .filter(|value| !matches!(value, Value::Id(_) | Value::Ids(_) | Value::Involving(_)))
                    .unwrap_or_else(|| seen.record().values[at].clone());
                let field = editing(&seen, at, &shown, problems.first(), Some(posted.typed(def)))?;
                Ok(with_status(StatusCode::UNPROCESSABLE_ENTITY, field))
            }
            Err(Error::Conflict(conflict)) => conflict::ask(&seen, posted, &conflict),
            Err(other) => Err(other),
        }
    })
    .await
}
