//! An act on many records while it runs, and what came of it: it can be stopped, and the whole of it undone.

use axum::extract::Path;
use axum::response::Response;
use base::{Error, Id, Result, Text, say};
use engine::bulk::{Act, BulkJob, Report};
use engine::query::at;
use maud::{Markup, html};
use ui::{Button, Wizard};

use super::changed;
use crate::answer::{html as answer, redirect};
use crate::parts::shell;
use crate::posted::Posted;
use crate::{Ask, Visit, pages};

pub async fn page(Path(id): Path<String>, ask: Ask) -> Response {
    ask.run(move |visit| {
        let job = visit.engine().bulk_job(&visit.actor, known(&id)?)?;
        let wizard = wizard(visit, &job)?;
        let content = ui::wizard(&wizard);
        if visit.ask.is_fragment() {
            return answer(content);
        }
        answer(shell::page(visit, &wizard.title, Some(&job.path), content))
    })
    .await
}

fn known(id: &str) -> Result<Id> {
    id.parse().map_err(|_| Error::Missing)
}

fn wizard<'a>(visit: &'a Visit<'a>, job: &BulkJob) -> Result<Wizard<'a>> {
    let (model, face) = at(&visit.catalogue, &job.path)?;
    let plural = model.called(face, visit.words()).plural.to_lowercase();
    let here = format!("/bulk/{}", job.id);
    let runs = matches!(job.state.as_str(), "waiting" | "running");
    let stayed = match job.report.operation.filter(|_| !runs) {
        Some(operation) => visit.engine().stayed(&visit.actor, operation)?,
        None => None,
    };
    let main = html! {
        @if runs {
            (under_way(visit, job, &here))
        } @else {
            div role="status" { h2.wizard-ended { (visit.text(ended(job, stayed.is_some()))) } }
            @match &stayed {
                Some(stayed) => (pages::import_stayed(visit, stayed)),
                None => (report(visit, job, &job.path)),
            }
        }
    };
    let to = |label, place: &str| Button {
        label,
        act: ui::Act::SubmitTo { url: format!("{here}/{place}").into(), form: "wizard".into() },
        ..Button::default()
    };
    let mut buttons = Vec::new();
    if runs {
        buttons.push(to(visit.say("Stop here"), "cancellation"));
        buttons.push(to(visit.say("Stop and undo"), "undo"));
    } else {
        if job.report.operation.is_some() && stayed.is_none() {
            buttons.push(Button { icon: "arrow-back-up", ..to(visit.say("Undo all of it"), "undo") });
        }
        buttons.push(Button {
            label: visit.say("To the list"),
            kind: ui::Kind::Primary,
            act: ui::Act::Link(format!("/{}", job.path).into()),
            ..Button::default()
        });
    }
    let title = match &job.act {
        Act::Delete => say!("Move many to the trash: {what}", what = plural),
        Act::Restore => say!("Restore many: {what}", what = plural),
        Act::Gather { into, .. } => {
            let (made, _) = at(&visit.catalogue, into)?;
            say!("{made}: one for each of {what}", made = made.plural(visit.words()), what = plural)
        }
        _ => say!("Change many: {what}", what = plural),
    };
    Ok(Wizard {
        title: visit.text(title).into(),
        csrf: visit.csrf.clone().into(),
        action: here.into(),
        main,
        buttons,
        ..Wizard::default()
    })
}

/// While it runs: a bar that asks again by itself, and by a reload where there is no script.
fn under_way(visit: &Visit, job: &BulkJob, here: &str) -> Markup {
    let said = visit.text(say!("{done} of {all} done", done = job.report.done as i64, all = job.rows as i64));
    html! {
        div.wizard-prose id="under-way" hx-get=(here) hx-trigger="every 1s" hx-target="#wizard" hx-select="#wizard" hx-swap="morph:outerHTML" {
            (ui::progress(job.report.done, job.rows, &said))
            (counts(visit, &job.act, &job.report))
            p.muted { (visit.say("You may go on with other work: this goes on by itself.")) }
            // What a script swaps in is read as if there were none.
            @if !visit.ask.is_fragment() { noscript { meta http-equiv="refresh" content="2"; a href=(here) { (visit.say("Load again")) } } }
        }
    }
}

fn ended(job: &BulkJob, undone: bool) -> Text {
    let count = job.report.changed as usize;
    match job.state.as_str() {
        _ if undone => say!("It was undone."),
        "done" => changed(&job.act, count),
        "cancelled" => {
            say!("It was stopped: of {all} records {count} had been changed.", all = job.rows as usize, count = count)
        }
        _ => say!("It stopped by itself: {why}", why = job.error.clone().unwrap_or_default()),
    }
}

fn counts(visit: &Visit, act: &Act, report: &Report) -> Markup {
    let done = match act {
        Act::Delete => "In the trash",
        Act::Restore => "Restored",
        Act::Gather { .. } => "Created by now",
        _ => "Changed by now",
    };
    let same = if matches!(act, Act::Gather { .. }) { "There already" } else { "So already" };
    let counts = [("", done, report.changed), ("", same, report.same), ("late", "Left as they are", report.refused)];
    html! {
        dl.counts { @for (class, label, count) in counts {
            div class=[(count > 0 && !class.is_empty()).then_some(class)] {
                dt { (visit.say(label)) }
                dd { (visit.text(say!("{count}", count = count as i64))) }
            }
        } }
    }
}

fn report(visit: &Visit, job: &BulkJob, path: &str) -> Markup {
    let report = &job.report;
    html! {
        div.wizard-report {
            (counts(visit, &job.act, report))
            @if report.refused > 0 {
                h2 { (visit.say("Why some stayed as they are")) }
                ul.problem-kinds { @for (why, count) in &report.reasons {
                    li { b { span.number { (visit.text(say!("{count}", count = *count as i64))) } } span.muted { (why) } }
                } }
                table.report-rows {
                    thead { tr { @for head in ["Record", "Why"] { th scope="col" { (visit.say(head)) } } } }
                    tbody { @for refused in &report.refusals { tr.late {
                        th scope="row" { @match refused.id {
                            Some(id) => a href={ "/" (path) "/" (id) } { (refused.title) },
                            None => (refused.title),
                        } }
                        td { @for said in &refused.why { div { (said.text) } } }
                    } } }
                }
                @if report.refusals.len() as u64 != report.refused { p.muted { (visit.text(say!("The first {count} of them.", count = report.refusals.len()))) } }
            }
        }
    }
}

pub async fn cancel(Path(id): Path<String>, ask: Ask, posted: Posted) -> Response {
    ask.act(posted, move |visit, _| {
        visit.engine().cancel_bulk(&visit.actor, known(&id)?)?;
        Ok(redirect(visit.ask, &format!("/bulk/{id}")))
    })
    .await
}

/// Stops it where it still runs, and takes back what was done.
pub async fn undo(Path(id): Path<String>, ask: Ask, posted: Posted) -> Response {
    ask.act(posted, move |visit, _| {
        let id = known(&id)?;
        visit.engine().cancel_bulk(&visit.actor, id)?;
        let job = visit.engine().bulk_job(&visit.actor, id)?;
        if let Some(operation) = job.report.operation {
            visit.engine().undo(&visit.actor, operation)?;
        }
        Ok(redirect(visit.ask, &format!("/bulk/{id}")))
    })
    .await
}
