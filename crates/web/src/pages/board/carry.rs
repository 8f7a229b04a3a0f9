//! A card on its way to another column: asked where to, carried, and asked what else the step needs. The same is asked where a
//! step is taken on the page of the record or in the cell of a list.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use base::{Error, Problem, Result, say};
use engine::{Draft, Target};
use maud::html;
use meta::access::Verb;
use meta::{Kind, Value};
use ui::widgets::{Choice, Context, Widget, widget};
use ui::{Act, Button, Dialog, FormField};

use super::{by, group_of, makes_columns, places};
use crate::answer::{html as answer, note, with_status};
use crate::pages::record::Seen;
use crate::pages::{conflict, undo};
use crate::parts::{inputs, read_form, shell};
use crate::posted::{Posted, parse};
use crate::{Ask, Visit};

fn asked_by(seen: &Seen) -> Result<usize> {
    let key = parse(&seen.visit.ask.query).into_iter().find(|(name, _)| name == "by").map(|(_, key)| key);
    by(seen.model, seen.face, &key.unwrap_or_default())
}

/// Where a record shall go: the way without dragging.
pub async fn ask(Path((path, id)): Path<(String, String)>, ask: Ask) -> Response {
    ask.run(move |visit| {
        let seen = Seen::read(visit, &path, &id)?;
        if !seen.may(Verb::Change)? {
            return Err(engine::access::denied(Verb::Change));
        }
        let at = asked_by(&seen)?;
        let dialog = question(&seen, at, seen.record().values[at].text(), &[], None, From::Board);
        match visit.ask.is_fragment() {
            true => answer(ui::dialog(&dialog)),
            false => {
                let title = dialog.title.to_string();
                answer(shell::page(visit, &title, Some(&path), ui::dialog_page(&dialog)))
            }
        }
    })
    .await
}

/// Where a step is taken.
#[derive(Clone, Copy, PartialEq)]
enum From {
    Board,
    Record,
}

/// Said by the form of a step that was begun beside the board.
const BESIDE: &str = "beside";

/// What a step that was refused where it was taken asks for besides, in a dialog; none where nothing can be filled in.
pub fn complete(seen: &Seen, at: usize, to: &str, problems: &[Problem], posted: &Posted) -> Option<Response> {
    let asks = makes_columns(&seen.model.fields[at]) && !missing(seen, at, problems).is_empty();
    asks.then(|| refused(seen, &question(seen, at, to, problems, Some(posted), From::Record)))
}

/// A decision to be made: it opens in the dialog, wherever the question came from.
fn refused(seen: &Seen, dialog: &Dialog) -> Response {
    let visit = seen.visit;
    match visit.ask.is_fragment() {
        true => with_status(StatusCode::CONFLICT, ui::dialog(dialog)),
        false => {
            let page = shell::page(visit, &dialog.title, Some(seen.path), ui::dialog_page(dialog));
            with_status(StatusCode::UNPROCESSABLE_ENTITY, page)
        }
    }
}

/// Other fields that were refused and can be filled in.
fn missing<'p>(seen: &Seen, at: usize, problems: &'p [Problem]) -> Vec<(usize, &'p Problem)> {
    let model = seen.model;
    let fields = problems
        .iter()
        .filter_map(|problem| Some((model.position(problem.field.as_deref()?.split('/').next()?)?, problem)));
    fields
        .filter(|(other, _)| *other != at && !model.fields[*other].read_only && !model.fields[*other].hidden)
        .collect()
}

/// The dialog: which column, and what else the step asks for.
fn question<'a>(
    seen: &Seen<'a>,
    at: usize,
    to: &str,
    problems: &[Problem],
    posted: Option<&Posted>,
    from: From,
) -> Dialog<'a> {
    let (visit, model) = (seen.visit, seen.model);
    let standing = seen.record().values[at].text();
    let own = group_of(visit, model, at, to);
    let offered = places(visit, model, at, own).into_iter().filter(|place| !place.retired || place.key == standing);
    let choices = offered.map(|place| Choice {
        chosen: place.key == to,
        value: place.key.into(),
        label: place.label.into(),
        ..Choice::default()
    });
    let label = model.label(at, visit.words());
    let context =
        Context { name: "to", label: &label, required: true, autofocus: problems.is_empty(), ..Context::default() };
    let select = widget(&Widget::Select { choices: choices.collect(), empty: "".into() }, &context);
    let missing = missing(seen, at, problems);
    let same = alike(visit, &model.fields[at].kind, to);
    let input = |(place, (other, problem)): (usize, &(usize, &Problem))| {
        let def = &model.fields[*other];
        let written = posted.map(|posted| posted.typed(def));
        let value = &seen.record().values[*other];
        let input = inputs::widget_of(visit, model, *other, value, &seen.listed.titles, written);
        // What was not asked yet is no mistake.
        let asked = posted.is_some_and(|posted| posted.has(def.key));
        ui::form_field(&FormField {
            name: def.key.into(),
            label: model.label(*other, visit.words()).into(),
            widget: fitting(visit, (&model.fields[at].kind, to), &def.kind, input),
            hint: if asked { "".into() } else { visit.text(problem.text.clone()).into() },
            note: asked.then(|| note(visit.words(), problem)),
            required: true,
            // Another step may ask for something else, or nothing.
            shown_when: vec![vec![("to".into(), same.iter().map(|key| key.clone().into()).collect())]],
            autofocus: place == 0,
            ..FormField::default()
        })
    };
    let said: Vec<String> = problems
        .iter()
        .filter(|problem| !missing.iter().any(|(_, one)| std::ptr::eq(*one, *problem)))
        .map(|problem| match problem.code {
            "unknown" if problem.field.as_deref() == Some(model.fields[at].key) => {
                let label = visit.catalogue.key_label(&model.fields[at].kind, to, visit.words());
                visit.text(say!("“{value}” is not offered any more: choose another", value = label))
            }
            _ => visit.text(problem.text.clone()),
        })
        .collect();
    let body = html! {
        label.form-label for="i-to" { (label) }
        (select)
        @if !missing.is_empty() { div.form-fields { @for one in missing.iter().enumerate() { (input(one)) } } }
    };
    let mut hidden = vec![("version".into(), seen.record().version.to_string().into())];
    if from == From::Record {
        hidden.push((BESIDE.into(), "1".into()));
    }
    Dialog {
        title: match from {
            From::Board => visit.text(say!("Move “{title}”", title = seen.record().title.clone())).into(),
            From::Record => seen.record().title.clone().into(),
        },
        body,
        missing: said.join(" ").into(),
        buttons: vec![Button {
            label: visit.say(if from == From::Board { "Move the card" } else { "Save" }),
            kind: ui::Kind::Primary,
            act: Act::Submit { name: "".into(), value: "".into(), form: "".into() },
            ..Button::default()
        }],
        action: format!("{}/move?by={}", seen.url(), model.fields[at].key).into(),
        csrf: visit.csrf.clone().into(),
        hidden,
        close: visit.say("Close"),
        ..Dialog::default()
    }
}

/// The values that mean the same as one of them, so that they ask for the same.
fn alike(visit: &Visit, kind: &Kind, key: &str) -> Vec<String> {
    let Kind::Pick(list) = kind else { return vec![key.to_owned()] };
    let items = visit.catalogue.list(list.key).map_or(&[][..], |list| &list.items);
    match visit.catalogue.class(list.key, key) {
        Some(class) => {
            items.iter().filter(|one| one.class.as_deref() == Some(class)).map(|one| one.key.clone()).collect()
        }
        None => vec![key.to_owned()],
    }
}

/// Of a list with the classes of the columns, only what is of the column's class: no reason to win for a loss.
fn fitting<'a>(visit: &Visit, (by, to): (&Kind, &str), asked: &Kind, input: Widget<'a>) -> Widget<'a> {
    let (Kind::Pick(columns), Kind::Pick(list)) = (by, asked) else { return input };
    let Widget::Select { choices, empty } = input else { return input };
    let class = visit.catalogue.class(columns.key, to);
    let classes = |list: &meta::PickList| list.classes.iter().map(|class| class.key).collect::<Vec<_>>();
    let same = class.is_some() && classes(columns) == classes(list);
    let fits = |choice: &Choice| choice.value.is_empty() || visit.catalogue.class(list.key, &choice.value) == class;
    Widget::Select { choices: choices.into_iter().filter(|choice| !same || fits(choice)).collect(), empty }
}

/// Takes a record to another column. What the step asks for besides is asked in the dialog.
pub async fn carry(Path((path, id)): Path<(String, String)>, ask: Ask, posted: Posted) -> Response {
    ask.act(posted, move |visit, posted| {
        let seen = Seen::read(visit, &path, &id)?;
        let (model, at) = (seen.model, asked_by(&seen)?);
        let to = posted.first("to");
        let read = read_form::read(visit, model, posted)?;
        let mut values: Vec<(usize, Value)> = read.values.into_iter().filter(|(other, _)| *other != at).collect();
        values.push((at, if to.is_empty() { Value::Null } else { Value::Text(to.to_owned()) }));
        let target = Target::Existing(seen.record().rid, posted.first("version").parse().ok());
        let draft = Draft { entity: model.entity.key, target, values };
        let saved = match read.problems.is_empty() {
            true => visit.engine().save(&visit.actor, vec![draft]),
            false => Err(Error::Refused(read.problems)),
        };
        match saved {
            Ok(saved) => {
                let label = visit.catalogue.key_label(&model.fields[at].kind, to, visit.words());
                let title = seen.record().title.clone();
                let said = visit.text(say!("“{title}” moved to {column}", title = title, column = label));
                match posted.has("drag") {
                    true => answer(ui::toast(&undo::toast(visit, saved.operation, &said))),
                    // Without script one comes from the page that asked, which is none to go back to.
                    false => undo::done(visit, saved.operation, &said, (!visit.ask.is_fragment()).then(|| seen.url())),
                }
            }
            Err(Error::Refused(problems)) => {
                let from = if posted.has(BESIDE) { From::Record } else { From::Board };
                Ok(refused(&seen, &question(&seen, at, to, &problems, Some(posted), from)))
            }
            Err(Error::Conflict(conflict)) => conflict::ask(&seen, posted, &conflict),
            Err(other) => Err(other),
        }
    })
    .await
}
