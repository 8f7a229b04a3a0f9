//! What works in the background: what waits, runs and failed, and the messages on their way out.

use axum::extract::Path;
use axum::response::Response;
use base::{Error, Id, Result, say};
use chrono::{DateTime, Utc};
use engine::settings::administrator;
use maud::{Markup, html};
use store::jobs::Job;
use store::mail::Mail;
use ui::{Act, Button};

use super::{PLACE, frame};
use crate::answer::html as answer;
use crate::pages::{history, undo};
use crate::posted::Posted;
use crate::{Ask, Visit};

/// Where it stands.
pub const JOBS: &str = "/settings/jobs";

/// Of each kind, and of what has ended.
const MANY: i64 = 100;
const FEW: i64 = 10;

/// A line of any of the tables.
struct Row {
    id: Id,
    what: String,
    whose: String,
    at: DateTime<Utc>,
    /// When it is tried next, how often it was, what stood in the way.
    told: String,
    error: String,
    url: Option<String>,
}

pub async fn page(ask: Ask) -> Response {
    ask.run(|visit| {
        administrator(&visit.actor)?;
        let jobs = |states: &[&str], most: i64| -> Result<Vec<Row>> {
            let jobs = visit.engine().jobs(&visit.actor, states, most)?;
            let by = meta::Value::Links(jobs.iter().filter_map(|job| job.by).collect());
            let people = visit.engine().titles(&visit.actor, &[by])?;
            let whose = |job: &Job| {
                job.by.and_then(|by| people.get(by)).map_or_else(|| "Bottega".to_owned(), |by| by.title.clone())
            };
            Ok(jobs.iter().map(|job| of_job(visit, job, whose(job))).collect())
        };
        let mails = |states: &[&str], most: i64| -> Result<Vec<Row>> {
            let mails = visit.engine().outbox(&visit.actor, states, most)?;
            Ok(mails.iter().map(|mail| of_mail(visit, mail)).collect())
        };
        let both = &["again", "drop"][..];
        let body = html! {
            (table(visit, "Failed work", "jobs", &jobs(&["failed"], MANY)?, both))
            (table(visit, "Waiting and running work", "jobs", &jobs(&["waiting", "running"], MANY)?, &["drop"]))
            (table(visit, "E-mail that was not delivered", "mail", &mails(&["failed"], MANY)?, both))
            (table(visit, "E-mail on its way", "mail", &mails(&["waiting", "sending"], MANY)?, both))
            (table(visit, "Work that ended", "jobs", &jobs(&["done", "cancelled"], FEW)?, &[]))
            (table(visit, "E-mail that was sent", "mail", &mails(&["sent", "dropped"], FEW)?, &[]))
        };
        let refresh =
            Button { label: visit.say("Refresh"), icon: "refresh", act: Act::Link(JOBS.into()), ..Button::default() };
        answer(frame(visit, &visit.say("Background work"), Some((PLACE, &visit.say("Settings"))), &[refresh], body))
    })
    .await
}

fn of_job(visit: &Visit, job: &Job, whose: String) -> Row {
    let what = match job.kind.as_str() {
        "import" => visit.say("Import"),
        "rehearsal" => visit.say("Rehearsal of an import"),
        "bulk" => visit.say("Change of many records"),
        "field_index" => visit.say("Index of a field"),
        other => other.to_owned().into(),
    };
    let payload: serde_json::Value = serde_json::from_str(&job.payload).unwrap_or_default();
    let name = payload["name"].as_str().map(|name| format!(": {name}")).unwrap_or_default();
    let told = match job.state.as_str() {
        "waiting" if job.attempts > 0 => later(visit, job.attempts, job.run_at),
        "waiting" => visit.say("waits").into_owned(),
        "running" => visit.say("runs").into_owned(),
        "cancelled" => visit.say("stopped").into_owned(),
        "done" => visit.say("done").into_owned(),
        _ => visit.text(say!("Tries: {count}", count = job.attempts)),
    };
    let url = match job.kind.as_str() {
        "import" => Some(format!("/imports/{}", job.id)),
        "bulk" => Some(format!("/bulk/{}", job.id)),
        _ => None,
    };
    let error = job.error.clone().unwrap_or_default();
    Row { id: job.id, what: format!("{what}{name}"), whose, at: job.created_at, told, error, url }
}

fn of_mail(visit: &Visit, mail: &Mail) -> Row {
    let told = match mail.state.as_str() {
        "waiting" if mail.attempts > 0 => later(visit, mail.attempts, mail.run_at),
        "waiting" => visit.say("waits").into_owned(),
        "sending" => visit.say("runs").into_owned(),
        "sent" => visit.say("sent").into_owned(),
        "dropped" => visit.say("dropped").into_owned(),
        _ => visit.text(say!("Tries: {count}", count = mail.attempts)),
    };
    Row {
        id: mail.id,
        what: mail.subject.clone(),
        whose: mail.to.clone(),
        at: mail.created_at,
        told,
        error: mail.error.clone().unwrap_or_default(),
        url: None,
    }
}

fn later(visit: &Visit, tries: i64, at: DateTime<Utc>) -> String {
    let at = at.with_timezone(&visit.actor.zone).format("%H:%M").to_string();
    visit.text(say!("Tries: {count}. The next at {at}", count = tries, at = at))
}

fn table(visit: &Visit, title: &'static str, kind: &str, rows: &[Row], acts: &[&str]) -> Markup {
    let post = |id: Id, act: &str| {
        let label = if act == "again" { "Try again" } else { "Drop" };
        Button {
            label: visit.say(label),
            kind: ui::Kind::Link,
            small: true,
            act: Act::Post { url: format!("{JOBS}/{kind}/{id}/{act}").into(), csrf: visit.csrf.clone().into() },
            ..Button::default()
        }
    };
    html! {
        section.settings-section {
            header { h2 { (visit.say(title)) @if !rows.is_empty() { " " small { (rows.len()) } } } }
            @if rows.is_empty() { p.muted.job-none { (visit.say("Nothing here.")) } }
            @else { ul.jobs { @for row in rows {
                li {
                    div.job-what {
                        b { @if let Some(url) = &row.url { a href=(url) { (row.what) } } @else { (row.what) } }
                        span.muted { (row.whose) " · " (history::moment(visit, row.at)) " · " (row.told) }
                        @if !row.error.is_empty() { span.job-error { (row.error) } }
                    }
                    @if !acts.is_empty() { div.job-acts { @for act in acts { (ui::button(&post(row.id, act))) } } }
                }
            } } }
        }
    }
}

pub async fn act(Path((kind, id, act)): Path<(String, String, String)>, ask: Ask, posted: Posted) -> Response {
    ask.act(posted, move |visit, _| {
        let id: Id = id.parse().map_err(|_| Error::Missing)?;
        let (engine, actor) = (visit.engine(), &visit.actor);
        let said = match (kind.as_str(), act.as_str()) {
            ("jobs", "again") => engine.job_again(actor, id).map(|()| "It is tried again"),
            ("jobs", "drop") => engine.drop_job(actor, id).map(|()| "It is dropped"),
            ("mail", "again") => engine.mail_again(actor, id).map(|()| "It is tried again"),
            ("mail", "drop") => engine.drop_mail(actor, id).map(|()| "It is dropped"),
            _ => Err(Error::Missing),
        }?;
        undo::done(visit, None, &visit.say(said), Some(JOBS.to_owned()))
    })
    .await
}
