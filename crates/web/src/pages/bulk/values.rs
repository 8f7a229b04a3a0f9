//! One field of many records: asked first which and how, done when it is known what.

use std::borrow::Cow;

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use base::{Error, Problem, Result};
use engine::Titles;
use engine::bulk::Act;
use engine::query::at;
use maud::{Markup, html};
use meta::access::Verb;
use meta::{Kind, Model, Value};
use ui::widgets::{Choice, Context, Widget, widget};
use ui::{Button, Dialog};

use super::act;
use crate::answer::with_status;
use crate::parts::{inputs, read_form, shell};
use crate::posted::Posted;
use crate::{Ask, Visit};

pub async fn values(Path(path): Path<String>, ask: Ask, posted: Posted) -> Response {
    ask.act(posted, move |visit, posted| {
        let (model, _) = known(visit, &path)?;
        let field = model.position(posted.first("set")).filter(|at| settable(model, *at));
        chosen(visit, model, &path, posted, field)
    })
    .await
}

/// Who is in charge of them: the same, with the field known.
pub async fn assign(Path(path): Path<String>, ask: Ask, posted: Posted) -> Response {
    ask.act(posted, move |visit, posted| {
        let (model, _) = known(visit, &path)?;
        let at = model.in_charge.ok_or(Error::Missing)?;
        chosen(visit, model, &path, &posted.with("set", model.fields[at].key.to_owned()), Some(at))
    })
    .await
}

fn known<'a>(visit: &'a Visit, path: &str) -> Result<(&'a Model, Option<&'static meta::Face>)> {
    let (model, face) = at(&visit.catalogue, path)?;
    match engine::access::may(&visit.actor, model, face, Verb::Bulk) {
        true => Ok((model, face)),
        false => Err(engine::access::denied(Verb::Bulk)),
    }
}

/// `ready` names the field that the rest of the form was made for.
fn chosen(visit: &Visit, model: &Model, path: &str, posted: &Posted, field: Option<usize>) -> Result<Response> {
    let ready = |at: &usize| posted.first("ready") == model.fields[*at].key;
    match field.filter(ready) {
        Some(at) => act(visit, path, posted, asked(visit, model, at, posted)?),
        None => Ok(with_status(StatusCode::CONFLICT, dialog(visit, model, path, posted, field))),
    }
}

fn asked(visit: &Visit, model: &Model, at: usize, posted: &Posted) -> Result<Act> {
    let def = &model.fields[at];
    let field = def.key.to_owned();
    if posted.first("how") == "clear" {
        return Ok(Act::Clear { field });
    }
    let read = read_form::read(visit, model, posted)?;
    if !read.problems.is_empty() {
        return Err(Error::Refused(read.problems));
    }
    let value = read.values.into_iter().find(|(known, _)| *known == at).map_or(Value::Null, |(_, value)| value);
    if value.is_empty() && !matches!(def.kind, Kind::Tick) {
        return Err(Problem::at(def.key, "required", "Write the value, or choose to empty the field").into());
    }
    // As the API writes it: the job may run when rows and positions are others.
    let titles = visit.engine().titles(&visit.actor, std::slice::from_ref(&value))?;
    let value = titles.value_json(&value, &def.kind);
    Ok(match posted.first("how") {
        "add" => Act::Add { field, value },
        "remove" => Act::Remove { field, value },
        _ => Act::Set { field, value },
    })
}

fn settable(model: &Model, at: usize) -> bool {
    let def = &model.fields[at];
    engine::bulk::settable(def)
        && at != model.title
        && !matches!(def.kind, Kind::Place | Kind::AnyLink | Kind::Addresses)
}

fn dialog(visit: &Visit, model: &Model, path: &str, posted: &Posted, field: Option<usize>) -> Markup {
    let face = visit.catalogue.at_path(path).and_then(|(_, face)| face);
    let offered = (0..model.fields.len()).filter(|at| settable(model, *at) && model.may_show(face, *at));
    let choices = offered.map(|at| Choice {
        value: model.fields[at].key.into(),
        label: model.label(at, visit.words()).into(),
        chosen: field == Some(at),
        ..Choice::default()
    });
    let context = Context { name: "set", required: true, ..Context::default() };
    let kept = ["id", "all", "filter"];
    let body = html! {
        label.form-label for="i-set" { (visit.say("Field")) }
        (widget(&Widget::Select { choices: choices.collect(), empty: "".into() }, &context))
        @if let Some(at) = field { (value(visit, model, at)) }
    };
    let submit = Button {
        label: if field.is_some() { visit.say("Change them") } else { visit.say("Continue") },
        kind: ui::Kind::Primary,
        act: ui::Act::Submit { name: "".into(), value: "".into(), form: "".into() },
        ..Button::default()
    };
    let dialog = Dialog {
        title: visit.say("Change a field of all that are selected"),
        text: visit.say("It can be undone as a whole."),
        body,
        buttons: vec![submit],
        action: format!("/{path}/bulk/values").into(),
        csrf: visit.csrf.clone().into(),
        hidden: posted
            .fields
            .iter()
            .filter(|(name, _)| kept.contains(&name.as_str()))
            .map(|(name, value)| (name.clone().into(), value.clone().into()))
            .collect(),
        close: visit.say("Close"),
        ..Dialog::default()
    };
    if visit.ask.is_fragment() {
        return ui::dialog(&dialog);
    }
    shell::page(visit, &dialog.title, Some(path), ui::dialog_page(&dialog))
}

/// What to do with the field, and the value.
fn value(visit: &Visit, model: &Model, at: usize) -> Markup {
    let def = &model.fields[at];
    let label = model.label(at, visit.words());
    let how = |value: &'static str, label: Cow<'static, str>| Choice {
        value: value.into(),
        label,
        chosen: value == "set",
        ..Choice::default()
    };
    let say = |english: &'static str| Cow::Owned(visit.say(english).into_owned());
    let mut ways = vec![how("set", say("Put this value"))];
    if def.kind.is_several() {
        ways.extend([
            how("add", say("Add to those that are there")),
            how("remove", say("Remove from those that are there")),
        ]);
    }
    if !matches!(def.kind, Kind::Tick) && !def.required {
        ways.push(how("clear", say("Empty the field")));
    }
    let context = Context { name: def.key, label: &label, autofocus: true, ..Context::default() };
    let input = inputs::widget_of(visit, model, at, &Value::Null, &Titles::default(), None);
    html! {
        @if ways.len() > 1 {
            label.form-label for="i-how" { (visit.say("What to do")) }
            (widget(&Widget::Select { choices: ways, empty: "".into() }, &Context { name: "how", required: true, ..Context::default() }))
        }
        @if input.is_group() { span.form-label id={ "l-" (def.key) } { (visit.say("Value")) } }
        @else { label.form-label for={ "i-" (def.key) } { (visit.say("Value")) } }
        (widget(&input, &context))
        input type="hidden" name="ready" value=(def.key);
    }
}
