//! Quick creation: the few fields that make a record, asked in the dialog of the page one is on.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use base::{Error, Problem, Result, say};
use engine::query::at;
use maud::html;
use meta::access::Verb;
use meta::entity::Face;
use meta::{Kind, Model};
use ui::{Act, Button, Dialog};

use crate::answer::{html as answer, with_status};
use crate::pages::edit::{self, Shown};
use crate::pages::{look_alikes, undo};
use crate::parts::{read_form, shell};
use crate::posted::{Posted, encode, parse};
use crate::{Ask, Visit};

const FORM: &str = "quick-form";

/// Who begins on a page stays there.
const STAY: &str = "stay";

/// Where a record is made: quickly where its entity says how, else in its whole form. `given` is filled in beforehand.
pub fn way<'a>(model: &Model, path: &str, given: &[(&str, &str)], stay: bool) -> Act<'a> {
    let mut given = given.to_vec();
    let quick = !model.quick().is_empty() && !model.entity.house;
    if stay && quick {
        given.push((STAY, "1"));
    }
    let query = if given.is_empty() { String::new() } else { format!("?{}", encode(&given)) };
    match quick {
        true => Act::Dialog(format!("/{path}/quick{query}").into()),
        false => Act::Link(format!("/{path}/new{query}").into()),
    }
}

pub async fn ask(Path(path): Path<String>, ask: Ask) -> Response {
    ask.run(move |visit| {
        let (model, face) = may_create(visit, &path)?;
        let given = Posted { fields: parse(&visit.ask.query), ..Posted::default() };
        let shown = shown(visit, model, face, &path, &given, Vec::new(), None)?;
        let dialog = dialog(&shown, face, &given);
        answer(match visit.ask.is_fragment() {
            true => ui::dialog(&dialog),
            false => shell::page(visit, &dialog.title, Some(&path), ui::dialog_page(&dialog)),
        })
    })
    .await
}

fn may_create<'a>(visit: &'a Visit, path: &str) -> Result<(&'a Model, Option<&'static Face>)> {
    let (model, face) = at(&visit.catalogue, path)?;
    match engine::access::may(&visit.actor, model, face, Verb::Create) {
        true => Ok((model, face)),
        false => Err(engine::access::denied(Verb::Create)),
    }
}

fn shown<'a>(
    visit: &'a Visit<'a>,
    model: &'a Model,
    face: Option<&Face>,
    path: &'a str,
    said: &Posted,
    problems: Vec<Problem>,
    posted: Option<&'a Posted>,
) -> Result<Shown<'a>> {
    let read = read_form::read(visit, model, said)?;
    let mut values = edit::start_values(visit, model, face)?;
    edit::resolve(visit, model, read.values)?.into_iter().for_each(|(at, value)| values[at] = value);
    edit::shown_new(visit, model, face, path, values, problems, posted)
}

/// What quick creation asks for, what must be filled in whichever form is used, and what was refused.
fn asked(shown: &Shown, face: Option<&Face>) -> Vec<usize> {
    let model = shown.model;
    let mut asked = model.quick();
    let refused = |key: &str| shown.problems.iter().any(|one| one.field.as_deref().map(edit::root) == Some(key));
    let more = (0..model.fields.len()).filter(|at| model.fields[*at].required || refused(model.fields[*at].key));
    let more: Vec<usize> = more.filter(|at| !asked.contains(at)).collect();
    asked.extend(more);
    // What makes it one of the face is settled already.
    let settled = |at: usize| face.is_some_and(|face| face.only.iter().any(|only| only.field == model.fields[at].key));
    asked.retain(|at| {
        let def = &model.fields[*at];
        let typed = !def.read_only && !matches!(def.kind, Kind::File | Kind::Picture);
        typed && (refused(def.key) || model.may_show(face, *at) && !settled(*at))
    });
    asked
}

fn dialog<'a>(shown: &Shown<'a>, face: Option<&Face>, said: &Posted) -> Dialog<'a> {
    let stay = said.first(STAY);
    let (visit, model) = (shown.visit, shown.model);
    let asked = asked(shown, face);
    let known = |problem: &&Problem| {
        let at = problem.field.as_deref().and_then(|field| model.position(edit::root(field)));
        at.is_some_and(|at| asked.contains(&at) && model.is_shown(at, &shown.values))
    };
    let whole = shown.problems.iter().filter(|problem| !known(problem));
    let whole: Vec<String> = whole.map(|problem| visit.text(problem.text.clone())).collect();
    let refused = |at: &usize| {
        let key = model.fields[*at].key;
        shown.problems.iter().any(|problem| problem.field.as_deref().map(edit::root) == Some(key))
    };
    let empty = |at: &usize| shown.values[*at].is_empty();
    let first = asked.iter().position(refused).or_else(|| asked.iter().position(empty));
    let fields = asked.iter().enumerate().map(|(place, at)| edit::field(shown, *at, Some(place) == first));
    // What the face settles is said to the conditions of other fields too.
    let settled = model.fixed(face).into_iter().filter(|(at, _)| !asked.contains(at));
    let mut hidden: Vec<_> =
        settled.map(|(at, value)| (model.fields[at].key.into(), value.text().to_owned().into())).collect();
    // What was given beforehand and is not asked, such as the column of a board, is sent along.
    let given = |(name, _): &&(String, String)| {
        let at = model.position(edit::root(name));
        at.is_some_and(|at| !asked.contains(&at) && !model.fields[at].read_only)
            && !hidden.iter().any(|(known, _): &(ui::Text, ui::Text)| *known == name.as_str())
    };
    let given: Vec<_> =
        said.fields.iter().filter(given).map(|(name, value)| (name.clone().into(), value.clone().into())).collect();
    hidden.extend(given);
    if !stay.is_empty() {
        hidden.push((STAY.into(), "1".into()));
    }
    let body = html! {
        (look_alikes::place(model, shown.path, FORM).unwrap_or_default())
        div.form-section { div.form-fields { @for field in fields { (ui::form_field(&field)) } } }
    };
    let submit = Act::Submit { name: "".into(), value: "".into(), form: "".into() };
    let all = Act::SubmitTo { url: format!("/{}/quick?all=1", shown.path).into(), form: FORM.into() };
    Dialog {
        title: shown.title.clone().into(),
        body,
        missing: whole.join(" ").into(),
        buttons: vec![
            Button { label: visit.say("All fields"), kind: ui::Kind::Bare, act: all, ..Button::default() },
            Button { label: visit.say("Save"), kind: ui::Kind::Primary, act: submit, ..Button::default() },
        ],
        action: format!("/{}/quick", shown.path).into(),
        csrf: visit.csrf.clone().into(),
        form_id: FORM.into(),
        hidden,
        close: visit.say("Close"),
        wide: true,
        ..Dialog::default()
    }
}

pub async fn create(Path(path): Path<String>, ask: Ask, posted: Posted) -> Response {
    ask.act(posted, move |visit, posted| {
        let (model, face) = may_create(visit, &path)?;
        if parse(&visit.ask.query).iter().any(|(name, _)| name == "all") {
            // Not by an address: what was typed is nobody else's to read.
            let shown = shown(visit, model, face, &path, posted, Vec::new(), Some(posted))?;
            return answer(edit::page(&shown));
        }
        let read = read_form::read(visit, model, posted)?;
        match edit::made(visit, model, face, &read) {
            Ok(saved) => {
                let record = saved.records.first().ok_or(Error::Missing)?;
                let said = visit.text(say!("{title} saved", title = record.title.clone()));
                let to = posted.first(STAY).is_empty().then(|| format!("/{path}/{}", record.id));
                undo::done(visit, saved.operation, &edit::with_warnings(visit, said, &record.warnings), to)
            }
            Err(Error::Refused(problems)) => {
                let shown = shown(visit, model, face, &path, posted, problems, Some(posted))?;
                let dialog = dialog(&shown, face, posted);
                Ok(match visit.ask.is_fragment() {
                    true => with_status(StatusCode::CONFLICT, ui::dialog(&dialog)),
                    false => {
                        let page = shell::page(visit, &dialog.title, Some(&path), ui::dialog_page(&dialog));
                        with_status(StatusCode::UNPROCESSABLE_ENTITY, page)
                    }
                })
            }
            Err(other) => Err(other),
        }
    })
    .await
}
