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
use ui::{Button, Dialog, FormField};

use super::{act_or, how_many};
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
        Some(at) => {
            let again =
                |said: &str| Ok(with_status(StatusCode::CONFLICT, dialog(visit, model, path, posted, field, said)?));
            match asked(visit, model, at, posted) {
                Ok(act) => act_or(visit, path, posted, act, |said| Some(again(said))),
                Err(Error::Refused(problems)) => {
                    let said: Vec<String> = problems.into_iter().map(|problem| visit.text(problem.text)).collect();
                    again(&said.join(" "))
                }
                Err(other) => Err(other),
            }
        }
        None => Ok(with_status(StatusCode::CONFLICT, dialog(visit, model, path, posted, field, "")?)),
    }
}

/// What values of a field ask for besides, where that can be the same for many.
fn besides(model: &Model, at: usize) -> Vec<(usize, Vec<ui::OneOf<'static>>)> {
    let key = model.fields[at].key;
    let ways = |other: usize| {
        let when = model.fields[other].required_when.filter(|_| other != at && settable(model, other))?;
        let asks = when.ways().filter(|way| way.field == key);
        let asks: Vec<_> = asks.map(|way| (key.into(), way.any_of.iter().map(|one| (*one).into()).collect())).collect();
        (!asks.is_empty() && matches!(model.fields[other].kind, Kind::Pick(_) | Kind::Choice(_)))
            .then_some((other, asks))
    };
    model.visible().filter_map(ways).collect()
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
    let besides: Vec<usize> = besides(model, at).into_iter().map(|(other, _)| other).collect();
    let also = read.values.iter().filter(|(other, value)| besides.contains(other) && !value.is_empty());
    let also: Vec<(usize, Value)> = also.cloned().collect();
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
        _ => {
            let json = |(other, value): &(usize, Value)| {
                let def = &model.fields[*other];
                (def.key.to_owned(), titles.value_json(value, &def.kind))
            };
            Act::Set { field, value, also: also.iter().map(json).collect() }
        }
    })
}

fn settable(model: &Model, at: usize) -> bool {
    let def = &model.fields[at];
    engine::bulk::settable(def)
        && at != model.title
        && !matches!(def.kind, Kind::Place | Kind::AnyLink | Kind::Addresses)
}

/// `said` is why nothing came of what was asked.
fn dialog(
    visit: &Visit,
    model: &Model,
    path: &str,
    posted: &Posted,
    field: Option<usize>,
    said: &str,
) -> Result<Markup> {
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
        @if let Some(at) = field { (value(visit, model, at, posted)) }
    };
    let submit = Button {
        label: if field.is_some() { visit.say("Change them") } else { visit.say("Continue") },
        kind: ui::Kind::Primary,
        act: ui::Act::Submit { name: "".into(), value: "".into(), form: "".into() },
        ..Button::default()
    };
    let dialog = Dialog {
        title: visit.say("Change a field of all that are selected"),
        text: format!("{} {}", how_many(visit, path, posted)?, visit.say("It can be undone as a whole.")).into(),
        body,
        missing: said.to_owned().into(),
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
        return Ok(ui::dialog(&dialog));
    }
    Ok(shell::page(visit, &dialog.title, Some(path), ui::dialog_page(&dialog)))
}

/// What to do with the field, and the value.
fn value(visit: &Visit, model: &Model, at: usize, posted: &Posted) -> Markup {
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
    // What was chosen before a refusal stays chosen.
    let back = |at: usize| match model.fields[at].kind {
        Kind::Pick(_) | Kind::Choice(_) => Value::Text(posted.first(model.fields[at].key).to_owned()),
        _ => Value::Null,
    };
    let widget_of = |at: usize| inputs::widget_of(visit, model, at, &back(at), &Titles::default(), None);
    let input = widget_of(at);
    let besides = besides(model, at).into_iter().map(|(other, asks)| FormField {
        name: model.fields[other].key.into(),
        label: model.label(other, visit.words()).into(),
        widget: widget_of(other),
        shown_when: vec![asks],
        ..FormField::default()
    });
    html! {
        @if ways.len() > 1 {
            label.form-label for="i-how" { (visit.say("What to do")) }
            (widget(&Widget::Select { choices: ways, empty: "".into() }, &Context { name: "how", required: true, ..Context::default() }))
        }
        @if input.is_group() { span.form-label id={ "l-" (def.key) } { (visit.say("Value")) } }
        @else { label.form-label for={ "i-" (def.key) } { (visit.say("Value")) } }
        (widget(&input, &context))
        @for field in besides { (ui::form_field(&field)) }
        input type="hidden" name="ready" value=(def.key);
    }
}
