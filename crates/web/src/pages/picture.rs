//! The picture of a record, changed by itself: a dialog, and without script a page.

use axum::http::StatusCode;
use axum::response::Response;
use base::{Error, Problem, Result, say};
use engine::{Draft, Target};
use meta::Value;
use meta::access::Verb;
use ui::{Act, Button, Dialog, FormField};

use crate::answer::{note, with_status};
use crate::pages::record::Seen;
use crate::pages::{conflict, undo};
use crate::parts::{pictures, read_form, shell};
use crate::posted::Posted;

pub fn ask(seen: &Seen, at: usize) -> Result<Response> {
    if !seen.may(Verb::Change)? {
        return Err(engine::access::denied(Verb::Change));
    }
    Ok(shown(seen, at, seen.record().values.clone(), None))
}

pub fn save(seen: &Seen, at: usize, posted: &Posted) -> Result<Response> {
    let visit = seen.visit;
    if !seen.may(Verb::Change)? {
        return Err(engine::access::denied(Verb::Change));
    }
    let before = seen.record().values.clone();
    let mut read = read_form::read(visit, seen.model, posted)?;
    let posted = &pictures::take(visit, seen.model, before.clone(), posted, &mut read)?;
    let value = read.values.into_iter().find(|(known, _)| *known == at).map_or(Value::Null, |(_, value)| value);
    let saved = match read.problems.is_empty() {
        true => {
            let target = Target::Existing(seen.record().rid, posted.first("version").parse().ok());
            let draft = Draft { entity: seen.model.entity.key, target, values: vec![(at, value.clone())] };
            visit.engine().save(&visit.actor, vec![draft])
        }
        false => Err(Error::Refused(read.problems)),
    };
    match saved {
        Ok(saved) => {
            let field = seen.model.label(at, visit.words());
            undo::done(visit, saved.operation, &visit.text(say!("{field} saved", field = field)), Some(seen.url()))
        }
        Err(Error::Refused(problems)) => {
            let mut values = before;
            values[at] = value;
            Ok(shown(seen, at, values, problems.first()))
        }
        Err(Error::Conflict(conflict)) => conflict::ask(seen, posted, &conflict),
        Err(other) => Err(other),
    }
}

fn shown(seen: &Seen, at: usize, values: Vec<Value>, problem: Option<&Problem>) -> Response {
    let visit = seen.visit;
    let dialog = dialog(seen, at, &values, problem);
    let page = match visit.ask.is_fragment() {
        true => ui::dialog(&dialog),
        false => shell::page(visit, &seen.record().title, Some(seen.path), ui::dialog_page(&dialog)),
    };
    with_status(if problem.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK }, page)
}

fn dialog<'a>(seen: &Seen<'a>, at: usize, values: &[Value], problem: Option<&Problem>) -> Dialog<'a> {
    let visit = seen.visit;
    let def = &seen.model.fields[at];
    let input = FormField {
        name: def.key.into(),
        label: seen.model.label(at, visit.words()).into(),
        widget: pictures::widget(visit, seen.model, values, at),
        note: problem.map(|problem| note(visit.words(), problem)),
        ..FormField::default()
    };
    let cancel = Button {
        label: visit.say("Cancel"),
        kind: ui::Kind::Bare,
        act: Act::Link(seen.url().into()),
        ..Button::default()
    };
    let save = Button {
        label: visit.say("Save"),
        kind: ui::Kind::Primary,
        act: Act::Submit { name: "".into(), value: "".into(), form: "".into() },
        ..Button::default()
    };
    Dialog {
        title: seen.record().title.clone().into(),
        body: ui::form_field(&input),
        buttons: vec![cancel, save],
        action: format!("{}/fields/{}", seen.url(), def.key).into(),
        csrf: visit.csrf.clone().into(),
        hidden: vec![("version".into(), seen.record().version.to_string().into())],
        multipart: true,
        close: visit.say("Close"),
        ..Dialog::default()
    }
}
