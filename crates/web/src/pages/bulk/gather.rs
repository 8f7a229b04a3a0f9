//! One record of another entity for each of those that were ticked: asked what and with which values, made when that is known.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use base::{Problem, Result, say};
use engine::Titles;
use engine::bulk::Act;
use engine::query::at;
use maud::{Markup, html};
use meta::access::Verb;
use meta::{Model, Value};
use ui::widgets::{Choice, Context, Widget, widget};
use ui::{Button, Dialog, FormField};

use super::{act, how_many};
use crate::answer::{note, with_status};
use crate::pages::edit;
use crate::parts::{inputs, read_form, shell};
use crate::posted::Posted;
use crate::{Ask, Visit};

/// What somebody may make for each of an entity's records: model, and the link to them.
pub fn offered<'a>(visit: &'a Visit, model: &Model) -> Vec<(&'a Model, usize)> {
    let may = |child: &Model| engine::access::may(&visit.actor, child, None, Verb::Create);
    let gathered = visit.catalogue.gathered_by(model.entity.key).into_iter();
    gathered.filter(|(child, link)| may(child) && !child.fields[*link].hidden).collect()
}

/// The dialog while it is filled in.
struct Asked<'a> {
    visit: &'a Visit<'a>,
    path: &'a str,
    model: &'a Model,
    offered: Vec<(&'a Model, usize)>,
    posted: &'a Posted,
}

pub async fn gather(Path(path): Path<String>, ask: Ask, posted: Posted) -> Response {
    ask.act(posted, move |visit, posted| {
        let (model, _) = at(&visit.catalogue, &path)?;
        let asked = Asked { visit, path: &path, model, offered: offered(visit, model), posted };
        let named = |(child, _): &&(&Model, usize)| child.entity.path == posted.first("into");
        let only = asked.offered.first().filter(|_| asked.offered.len() == 1);
        let Some((child, link)) = asked.offered.iter().find(named).or(only).copied() else {
            return match asked.offered.is_empty() {
                true => Err(engine::access::denied(Verb::Create)),
                false => Ok(with_status(StatusCode::CONFLICT, asked.dialog(None, &[])?)),
            };
        };
        if posted.first("ready") != child.entity.key {
            return Ok(with_status(StatusCode::CONFLICT, asked.dialog(Some((child, link)), &[])?));
        }
        let read = read_form::read(visit, child, posted)?;
        let mut problems = read.problems;
        problems.extend(missing(visit, child, link, &read.values)?);
        if !problems.is_empty() {
            return Ok(with_status(StatusCode::CONFLICT, asked.dialog(Some((child, link)), &problems)?));
        }
        act(visit, &path, posted, made(visit, child, posted, read.values)?)
    })
    .await
}

/// The act, with values as the API writes them: the job may run when rows and positions are others.
fn made(visit: &Visit, child: &Model, posted: &Posted, values: Vec<(usize, Value)>) -> Result<Act> {
    let written: Vec<(usize, Value)> = values.into_iter().filter(|(_, value)| !value.is_empty()).collect();
    let all: Vec<Value> = written.iter().map(|(_, value)| value.clone()).collect();
    let titles = visit.engine().titles(&visit.actor, &all)?;
    let values = written.iter().map(|(at, value)| {
        let def = &child.fields[*at];
        (def.key.to_owned(), titles.value_json(value, &def.kind))
    });
    let as_theirs = posted.all("as_theirs").any(|value| !value.is_empty());
    Ok(Act::Gather { into: child.entity.path.to_owned(), values: values.collect(), as_theirs })
}

/// What a record of them would be refused for whatever it is made for.
fn missing(visit: &Visit, child: &Model, link: usize, asked: &[(usize, Value)]) -> Result<Vec<Problem>> {
    let mut values = visit.engine().defaults(&visit.actor, child)?;
    asked.iter().for_each(|(at, value)| values[*at] = value.clone());
    let shown = asked_for(child, link);
    let lacks = |at: &usize| values[*at].is_empty() && child.is_required(*at, &values);
    let problem = |at: usize| Problem::at(child.fields[at].key, "required", "Fill this in");
    Ok(shown.into_iter().filter(lacks).map(problem).collect())
}

/// The fields of quick creation without the link, and what it must have besides. Of several links that it may be made by, one
/// says all: whoever is interested is the customer.
fn asked_for(child: &Model, link: usize) -> Vec<usize> {
    let mut fields = child.quick();
    let required = child.visible().filter(|at| child.fields[*at].required && !child.fields[*at].read_only);
    let more: Vec<usize> = required.filter(|at| !fields.contains(at)).collect();
    fields.extend(more);
    let links = child.positions(child.entity.gathered);
    fields.retain(|at| *at != link && !links.contains(at) && Some(*at) != child.in_charge);
    fields
}

impl Asked<'_> {
    fn dialog(&self, chosen: Option<(&Model, usize)>, problems: &[Problem]) -> Result<Markup> {
        let visit = self.visit;
        let words = visit.words();
        let choice = |(child, _): &(&Model, usize)| Choice {
            value: child.entity.path.into(),
            label: child.singular(words).into(),
            chosen: chosen.is_some_and(|(known, _)| known.entity.key == child.entity.key),
            ..Choice::default()
        };
        let context = Context { name: "into", required: true, autofocus: chosen.is_none(), ..Context::default() };
        let what = Widget::Select { choices: self.offered.iter().map(choice).collect(), empty: "".into() };
        let body = html! {
            @if self.offered.len() > 1 {
                label.form-label for="i-into" { (visit.say("What to create")) }
                (widget(&what, &context))
            }
            @if let Some((child, link)) = chosen { (self.fields(child, link, problems)?) }
        };
        let said: Vec<String> = problems
            .iter()
            .filter(|problem| problem.field.is_none())
            .map(|problem| visit.text(problem.text.clone()))
            .collect();
        let kept = ["id", "all", "filter"];
        let hidden = self.posted.fields.iter().filter(|(name, _)| kept.contains(&name.as_str()));
        let title = match (chosen, &self.offered[..]) {
            (Some((child, _)), [_]) => {
                let called = child.called(None, words);
                let what = called.singular.to_lowercase();
                visit.text(say!("Create one for each: {what}", what = what))
            }
            _ => visit.say("Create one for each").into_owned(),
        };
        let dialog = Dialog {
            title: title.into(),
            text: [
                how_many(visit, self.path, self.posted)?.as_str(),
                &visit.say("Each is linked to the one that it is made for."),
                &visit.say("It can be undone as a whole."),
            ]
            .join(" ")
            .into(),
            body,
            missing: said.join(" ").into(),
            buttons: vec![Button {
                label: visit.say(if chosen.is_some() { "Create them" } else { "Continue" }),
                kind: ui::Kind::Primary,
                act: ui::Act::Submit { name: "".into(), value: "".into(), form: "".into() },
                ..Button::default()
            }],
            action: format!("/{}/bulk/gathering", self.path).into(),
            csrf: visit.csrf.clone().into(),
            hidden: hidden.map(|(name, value)| (name.clone().into(), value.clone().into())).collect(),
            close: visit.say("Close"),
            ..Dialog::default()
        };
        Ok(match visit.ask.is_fragment() {
            true => ui::dialog(&dialog),
            false => shell::page(visit, &dialog.title, Some(self.path), ui::dialog_page(&dialog)),
        })
    }

    fn fields(&self, child: &Model, link: usize, problems: &[Problem]) -> Result<Markup> {
        let (visit, posted) = (self.visit, self.posted);
        let back = posted.first("ready") == child.entity.key;
        let mut values = visit.engine().defaults(&visit.actor, child)?;
        if back {
            let read = read_form::read(visit, child, posted)?;
            edit::resolve(visit, child, read.values)?.into_iter().for_each(|(at, value)| values[at] = value);
        }
        let titles = match back {
            true => visit.engine().titles(&visit.actor, &values)?,
            false => Titles::default(),
        };
        let field = |(place, at): (usize, usize)| {
            let def = &child.fields[at];
            let problem = problems.iter().find(|problem| problem.field.as_deref() == Some(def.key));
            let written = back.then(|| posted.typed(def)).filter(|_| problem.is_some());
            ui::form_field(&FormField {
                name: def.key.into(),
                label: child.label(at, visit.words()).into(),
                widget: inputs::widget_of(visit, child, at, &values[at], &titles, written),
                note: problem.map(|problem| note(visit.words(), problem)),
                required: def.required,
                autofocus: place == 0,
                ..FormField::default()
            })
        };
        let charge = self.model.in_charge.is_some() && child.in_charge.is_some();
        let label = visit.say("Whoever is in charge of each is in charge of the new one, too");
        let as_theirs = !back || posted.all("as_theirs").any(|value| !value.is_empty());
        Ok(html! {
            div.form-fields {
                @for one in asked_for(child, link).into_iter().enumerate() { (field(one)) }
            }
            @if charge {
                (widget(&Widget::Tick { on: as_theirs }, &Context { name: "as_theirs", label: &label, ..Context::default() }))
            }
            input type="hidden" name="ready" value=(child.entity.key);
        })
    }
}
