//! Characteristics asked one after the other: a question a page, each saved by itself.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use base::{Error, Problem, Result, say};
use engine::{Draft, Target};
use maud::Markup;
use meta::access::Verb;
use meta::layout::Section;
use meta::{Kind, Value};
use ui::{Act, Button, Form, FormField, FormSection};

use crate::answer::{html as answer, note, redirect, with_status};
use crate::pages::record::Seen;
use crate::pages::{conflict, undo};
use crate::parts::{inputs, read_form, shell};
use crate::posted::{Posted, parse};
use crate::{Ask, Visit};

/// Where the questions of a profile are asked about a record.
pub fn address(record: &str, profile: &str) -> String {
    format!("{record}/characteristics/{profile}")
}

/// A profile and the fields that are asked.
struct Interview<'a> {
    seen: &'a Seen<'a>,
    profile: &'a Section,
    asked: Vec<usize>,
}

impl<'a> Interview<'a> {
    fn read(seen: &'a Seen<'a>, profile: &str) -> Result<Interview<'a>> {
        if !seen.may(Verb::Change)? {
            return Err(engine::access::denied(Verb::Change));
        }
        let model = seen.model;
        let profile =
            model.sections.iter().find(|section| section.key == profile && section.profile).ok_or(Error::Missing)?;
        let values = &seen.record().values;
        let is_asked = |at: &usize| {
            let def = &model.fields[*at];
            let locked = def.read_only_when.is_some_and(|condition| model.holds(&condition, values));
            let typed = !def.read_only && !matches!(def.kind, Kind::File | Kind::Picture | Kind::Place);
            typed && !locked && model.is_shown(*at, values)
        };
        let asked: Vec<usize> = profile.fields.iter().copied().filter(is_asked).collect();
        if asked.is_empty() { Err(Error::Missing) } else { Ok(Interview { seen, profile, asked }) }
    }

    fn address(&self, number: usize) -> String {
        format!("{}?question={number}", address(&self.seen.url(), &self.profile.key))
    }

    /// After a question: the next one, or the record.
    fn after(&self, number: usize) -> String {
        if number < self.asked.len() { self.address(number + 1) } else { self.seen.url() }
    }

    /// The question that an address names, from 1; without one, the first that has no answer.
    fn number(&self, visit: &Visit) -> usize {
        let named = parse(&visit.ask.query).into_iter().find(|(name, _)| name == "question");
        let named = named.and_then(|(_, number)| number.parse::<usize>().ok());
        let open = self.asked.iter().position(|at| self.seen.record().values[*at].is_empty());
        named.unwrap_or_else(|| open.unwrap_or(0) + 1).clamp(1, self.asked.len())
    }

    fn page(&self, number: usize, problem: Option<&Problem>, posted: Option<&Posted>) -> Result<Markup> {
        let (seen, visit) = (self.seen, self.seen.visit);
        let at = self.asked[number - 1];
        let def = &seen.model.fields[at];
        let written = posted.map(|posted| posted.typed(def)).filter(|_| problem.is_some());
        let widget = inputs::widget_of(visit, seen.model, at, &seen.record().values[at], &seen.listed.titles, written);
        let question = FormField {
            name: def.key.into(),
            label: seen.model.label(at, visit.words()).into(),
            widget,
            hint: def.hint.map_or("".into(), |hint| visit.say(hint)),
            note: problem.map(|problem| note(visit.words(), problem)),
            required: seen.model.is_required(at, &seen.record().values),
            wide: true,
            autofocus: true,
            ..FormField::default()
        };
        let link = |label: &'static str, url: String| Button {
            label: visit.say(label),
            kind: ui::Kind::Bare,
            act: Act::Link(url.into()),
            ..Button::default()
        };
        let mut buttons = vec![Button {
            label: visit.say(if number < self.asked.len() { "Save and go on" } else { "Save and finish" }),
            kind: ui::Kind::Primary,
            act: Act::Submit { name: "".into(), value: "".into(), form: "".into() },
            ..Button::default()
        }];
        buttons.push(link("Skip", self.after(number)));
        if number > 1 {
            buttons.push(link("Previous question", self.address(number - 1)));
        }
        buttons.push(link("Back to the record", seen.url()));
        let title = format!("{}: {}", seen.record().title, self.profile.title(visit.words()));
        let form = ui::form(&Form {
            id: "question".into(),
            title: title.clone().into(),
            action: self.address(number).into(),
            csrf: visit.csrf.clone().into(),
            version: seen.record().version.to_string().into(),
            sections: vec![FormSection {
                title: visit
                    .text(say!("Question {number} of {count}", number = number, count = self.asked.len()))
                    .into(),
                fields: vec![question],
                ..FormSection::default()
            }],
            buttons,
            narrow: true,
            ..Form::default()
        });
        Ok(shell::page(visit, &title, Some(seen.path), form))
    }
}

pub async fn ask(Path((path, id, profile)): Path<(String, String, String)>, ask: Ask) -> Response {
    ask.run(move |visit| {
        let seen = Seen::read(visit, &path, &id)?;
        let interview = Interview::read(&seen, &profile)?;
        answer(interview.page(interview.number(visit), None, None)?)
    })
    .await
}

pub async fn save(Path((path, id, profile)): Path<(String, String, String)>, ask: Ask, posted: Posted) -> Response {
    ask.act(posted, move |visit, posted| {
        let seen = Seen::read(visit, &path, &id)?;
        let interview = Interview::read(&seen, &profile)?;
        let number = interview.number(visit);
        let at = interview.asked[number - 1];
        let key = seen.model.fields[at].key;
        let read = read_form::read(visit, seen.model, posted)?;
        let value: Option<(usize, Value)> = read.values.into_iter().find(|(known, _)| *known == at);
        let problem = read.problems.into_iter().find(|problem| problem.field.as_deref() == Some(key));
        let saved = match (problem, value) {
            (Some(problem), _) => Err(Error::Refused(vec![problem])),
            (None, None) => return Ok(redirect(visit.ask, &interview.after(number))),
            (None, Some(value)) => {
                let target = Target::Existing(seen.record().rid, posted.first("version").parse().ok());
                let draft = Draft { entity: seen.model.entity.key, target, values: vec![value] };
                visit.engine().save(&visit.actor, vec![draft])
            }
        };
        match saved {
            Ok(_) => {
                // An answer may bring questions, or take some away.
                let fresh = Seen::read(visit, &path, &id)?;
                let next = Interview::read(&fresh, &profile)?;
                let place = next.asked.iter().position(|asked| *asked == at).map_or(number, |place| place + 1);
                match next.after(place) {
                    to if to == fresh.url() => {
                        let title = fresh.record().title.clone();
                        undo::done(visit, None, &visit.text(say!("{title} saved", title = title)), Some(to))
                    }
                    to => Ok(redirect(visit.ask, &to)),
                }
            }
            Err(Error::Refused(problems)) => {
                let page = interview.page(number, problems.first(), Some(posted))?;
                Ok(with_status(StatusCode::UNPROCESSABLE_ENTITY, page))
            }
            Err(Error::Conflict(conflict)) => conflict::ask(&seen, posted, &conflict),
            Err(other) => Err(other),
        }
    })
    .await
}
