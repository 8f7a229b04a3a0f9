//! What is done to many records at once: those that were ticked, or all that match.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use base::{Error, Id, Result, Rid, say};
use engine::query::at;
use engine::{Draft, Target};
use maud::html;
use meta::access::Verb;
use meta::{Filter, Kind, Model, Op};
use ui::widgets::{Choice, Context, Widget, widget};
use ui::{Act, Button, Dialog};

use crate::answer::{redirect, with_status};
use crate::pages::undo;
use crate::parts::address::ListAddress;
use crate::parts::{inputs, read_form};
use crate::posted::Posted;
use crate::{Ask, Visit};

/// So many records at most in one act from a page.
const MOST: usize = 5000;
/// Values of one test of a filter.
const AT_ONCE: usize = 200;

/// The rows that were meant.
fn chosen(visit: &Visit, path: &str, posted: &Posted, verb: Verb) -> Result<Vec<Rid>> {
    if posted.first("all") == "1" {
        let address = ListAddress::read(path, posted.first("filter"))?;
        let rids = visit.engine().rids(&visit.actor, &address.query(), verb, Rid(0), MOST + 1)?;
        if rids.len() > MOST {
            return Err(Error::Refused(vec![base::Problem::whole(
                "too_many",
                say!("At most {count} records at once: narrow the filter", count = MOST),
            )]));
        }
        return Ok(rids);
    }
    let ids: Vec<Id> = posted.all("id").filter_map(|id| id.parse().ok()).collect();
    visit.engine().rows(&visit.actor, path, &ids)
}

pub async fn delete(Path(path): Path<String>, ask: Ask, posted: Posted) -> Response {
    ask.act(posted, move |visit, posted| {
        let (model, _) = at(&visit.catalogue, &path)?;
        let rids = chosen(visit, &path, posted, Verb::Delete)?;
        let operation = visit.engine().delete(&visit.actor, model.entity.key, &rids)?;
        undo::done(visit, operation, &visit.text(say!("{count} moved to the trash", count = rids.len())), None)
    })
    .await
}

pub async fn restore(Path(path): Path<String>, ask: Ask, posted: Posted) -> Response {
    ask.act(posted, move |visit, posted| {
        let (model, _) = at(&visit.catalogue, &path)?;
        let rids = chosen(visit, &path, posted, Verb::Delete)?;
        let operation = visit.engine().restore(&visit.actor, model.entity.key, &rids)?;
        undo::done(visit, operation, &visit.text(say!("{count} restored", count = rids.len())), None)
    })
    .await
}

/// Those that were ticked, or all that match, on their way into a file: in which format is asked for there.
pub async fn export(Path(path): Path<String>, ask: Ask, posted: Posted) -> Response {
    ask.act(posted, move |visit, posted| {
        let address = ListAddress::read(&path, posted.first("filter"))?;
        let ids: Vec<serde_json::Value> = posted.all("id").map(serde_json::Value::from).collect();
        let some = |ids: &[serde_json::Value]| Filter::Test { field: "id".to_owned(), op: Op::In, value: ids.into() };
        let ticked = || match ids.len() <= AT_ONCE {
            true => some(&ids),
            false => Filter::Any(ids.chunks(AT_ONCE).map(some).collect()),
        };
        let address = if posted.first("all") == "1" { address } else { address.with_filter(ticked()) };
        Ok(redirect(visit.ask, &address.under("/export")))
    })
    .await
}

/// Sets one field of many: asked first, done when it is known what.
pub async fn values(Path(path): Path<String>, ask: Ask, posted: Posted) -> Response {
    ask.act(posted, move |visit, posted| {
        let (model, face) = at(&visit.catalogue, &path)?;
        if !engine::access::may(&visit.actor, model, face, Verb::Bulk) {
            return Err(engine::access::denied(Verb::Bulk));
        }
        let field = model.position(posted.first("set")).filter(|at| settable(model, *at));
        let Some(at) = field.filter(|_| posted.has("ready")) else {
            return Ok(with_status(StatusCode::CONFLICT, ask_values(visit, model, &path, posted, field)));
        };
        let read = read_form::read(visit, model, posted)?;
        if !read.problems.is_empty() {
            return Err(Error::Refused(read.problems));
        }
        let value =
            read.values.into_iter().find(|(known, _)| *known == at).map_or(meta::Value::Null, |(_, value)| value);
        let rids = chosen(visit, &path, posted, Verb::Change)?;
        let drafts = rids.iter().map(|rid| Draft {
            entity: model.entity.key,
            target: Target::Existing(*rid, None),
            values: vec![(at, value.clone())],
        });
        let saved = visit.engine().save(&visit.actor, drafts.collect())?;
        let changed = saved.records.iter().filter(|record| record.changed).count();
        undo::done(visit, saved.operation, &visit.text(say!("{count} changed", count = changed)), None)
    })
    .await
}

fn settable(model: &Model, at: usize) -> bool {
    let def = &model.fields[at];
    !def.read_only
        && at != model.title
        && !matches!(def.kind, Kind::Picture | Kind::File | Kind::Place | Kind::AnyLink | Kind::Addresses)
}

fn ask_values(visit: &Visit, model: &Model, path: &str, posted: &Posted, field: Option<usize>) -> maud::Markup {
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
        @if let Some(at) = field {
            @let label = model.label(at, visit.words());
            label.form-label for={ "i-" (model.fields[at].key) } { (visit.say("New value")) }
            (widget(&inputs::widget_of(visit, model, at, &meta::Value::Null, &engine::Titles::default(), None), &Context { name: model.fields[at].key, label: &label, autofocus: true, ..Context::default() }))
            input type="hidden" name="ready" value="1";
        }
    };
    let submit = Button {
        label: if field.is_some() { visit.say("Set") } else { visit.say("Continue") },
        kind: ui::Kind::Primary,
        act: Act::Submit { name: "".into(), value: "".into(), form: "".into() },
        ..Button::default()
    };
    ui::dialog(&Dialog {
        title: visit.say("Set a field of all that are selected"),
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
    })
}
