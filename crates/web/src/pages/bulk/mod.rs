//! What is done to many records at once: those that were ticked, or all that match. Many of them are done by a job, which is
//! watched on a page of its own.

mod gather;
mod run;
mod values;

pub use gather::{gather, offered};
pub use run::{cancel, page, undo};
pub use values::{assign, values};

use axum::extract::Path;
use axum::response::Response;
use base::{Id, Result, Text, say};
use engine::bulk::{Act, Begun, Bulk, Report, Which};
use meta::{Filter, Op};

use crate::answer::redirect;
use crate::pages::undo;
use crate::parts::address::ListAddress;
use crate::posted::Posted;
use crate::{Ask, Visit};

/// Values of one test of a filter.
const AT_ONCE: usize = 200;

/// The records that were meant.
fn which(path: &str, posted: &Posted) -> Result<Which> {
    if posted.first("all") == "1" {
        return Ok(Which::All(ListAddress::read(path, posted.first("filter"))?.query()));
    }
    Ok(Which::These(posted.all("id").filter_map(|id| id.parse::<Id>().ok()).collect()))
}

/// How many they are, as a dialog begins with it.
fn how_many(visit: &Visit, path: &str, posted: &Posted) -> Result<String> {
    Ok(visit.text(match which(path, posted)? {
        Which::These(ids) => say!("{count} selected.", count = ids.len()),
        Which::All(query) => {
            let counted = visit.engine().count(&visit.actor, &query)?;
            match counted.or_more {
                true => say!("More than {count} selected.", count = counted.found),
                false => say!("{count} selected.", count = counted.found),
            }
        }
    }))
}

/// Does it, or lets it be done and goes to the page where one watches.
fn act(visit: &Visit, path: &str, posted: &Posted, act: Act) -> Result<Response> {
    act_or(visit, path, posted, act, |_| None)
}

/// The same; what nothing came of may be answered otherwise, where one still can change what was asked.
fn act_or(
    visit: &Visit,
    path: &str,
    posted: &Posted,
    act: Act,
    nothing: impl Fn(&str) -> Option<Result<Response>>,
) -> Result<Response> {
    let bulk = Bulk { path: path.to_owned(), act, which: which(path, posted)? };
    match visit.engine().bulk(&visit.actor, &bulk, Some(visit.words()))? {
        Begun::Done(report) if report.changed == 0 && report.refused > 0 => {
            let told = said(visit, &bulk.act, &report);
            let list = ListAddress::read(path, posted.first("filter"))?.url();
            let to = (!visit.ask.is_fragment()).then_some(list);
            nothing(&told).unwrap_or_else(|| undo::done_in_part(visit, None, &told, to))
        }
        Begun::Job(id) => Ok(redirect(visit.ask, &format!("/bulk/{id}"))),
        Begun::Done(report) => {
            // Without script one comes from the page that asked, which is none to go back to.
            let list = ListAddress::read(path, posted.first("filter"))?.url();
            let to = (!visit.ask.is_fragment()).then_some(list);
            let told = said(visit, &bulk.act, &report);
            match report.refused {
                0 => undo::done(visit, report.operation, &told, to),
                _ => undo::done_in_part(visit, report.operation, &told, to),
            }
        }
    }
}

/// What was done, and the first of what was not.
fn said(visit: &Visit, act: &Act, report: &Report) -> String {
    let mut done = visit.text(changed(act, report.changed as usize));
    if matches!(act, Act::Gather { .. }) && report.same > 0 {
        let same = report.same as usize;
        done = visit.text(say!("{said}; {count} were there already", said = done, count = same));
    }
    let Some(refused) = report.refusals.first() else { return done };
    visit.text(say!(
        "{said}. {count} stayed as they are, {title} for one: {why}",
        said = done,
        count = report.refused as usize,
        title = refused.title.clone(),
        why = refused.why.first().map_or(String::new(), |said| said.text.clone())
    ))
}

fn changed(act: &Act, count: usize) -> Text {
    match act {
        Act::Delete => say!("{count} moved to the trash", count = count),
        Act::Restore => say!("{count} restored", count = count),
        Act::Gather { .. } => say!("{count} created", count = count),
        _ => say!("{count} changed", count = count),
    }
}

pub async fn delete(Path(path): Path<String>, ask: Ask, posted: Posted) -> Response {
    ask.act(posted, move |visit, posted| act(visit, &path, posted, Act::Delete)).await
}

pub async fn restore(Path(path): Path<String>, ask: Ask, posted: Posted) -> Response {
    ask.act(posted, move |visit, posted| act(visit, &path, posted, Act::Restore)).await
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
