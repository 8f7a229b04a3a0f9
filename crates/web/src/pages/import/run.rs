//! Step 5: the import runs; it can be cancelled, its refused rows taken home, the whole of it undone.

use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use base::{Error, Result, say};
use engine::import::Import;
use maud::{Markup, html};
use ui::{Act, Button, Wizard};

use super::{Stage, back, draft, frame, known, report, whole};
use crate::answer::redirect;
use crate::pages::undo;
use crate::posted::Posted;
use crate::{Ask, Visit};

pub async fn page(Path(id): Path<String>, ask: Ask) -> Response {
    ask.run(move |visit| {
        let import = visit.engine().import(&visit.actor, known(&id)?)?;
        if import.state == "draft" {
            return Ok(redirect(visit.ask, &format!("/imports/{}/columns", import.id)));
        }
        let wizard = wizard(visit, &import)?;
        whole(visit, &path_of(visit, &import)?, &wizard)
    })
    .await
}

/// The list that it was begun from, or that of its entity.
fn path_of(visit: &Visit, import: &Import) -> Result<String> {
    if !import.path.is_empty() {
        return Ok(import.path.clone());
    }
    Ok(visit.catalogue.model(&import.entity).ok_or(Error::Missing)?.entity.path.to_owned())
}

fn wizard<'a>(visit: &'a Visit<'a>, import: &Import) -> Result<Wizard<'a>> {
    let model = visit.catalogue.model(&import.entity).ok_or(Error::Missing)?;
    let path = path_of(visit, import)?;
    let here = format!("/imports/{}", import.id);
    let runs = matches!(import.state.as_str(), "waiting" | "running");
    let undone = match import.report.operation {
        Some(id) => visit.engine().stayed(&visit.actor, id)?,
        None => None,
    };
    let main = html! {
        @if runs {
            (report::under_way(visit, &here, &import.report, import.rows, &visit.text(say!(
                "{done} of {all} rows brought in",
                done = import.report.read as i64,
                all = import.rows as i64
            ))))
        } @else {
            (ended(visit, import, undone.is_some()))
            @if let Some(stayed) = &undone {
                (report::stayed(visit, stayed))
                details.wizard-report { summary { (visit.say("What had come in")) } (report::report(visit, model, &import.report, false, &here)) }
            } @else {
                (report::report(visit, model, &import.report, false, &here))
            }
        }
    };
    let mut buttons = Vec::new();
    let to = |label, url: String| Button { label, act: Act::Link(url.into()), ..Button::default() };
    if runs {
        buttons.push(Button {
            label: visit.say("Cancel the import"),
            act: Act::SubmitTo { url: format!("{here}/cancellation").into(), form: "wizard".into() },
            ..Button::default()
        });
    } else {
        if import.report.refused_file.is_some() {
            buttons.push(Button {
                icon: "download",
                ..to(visit.say("Refused rows as a file"), format!("{here}/refused"))
            });
        }
        if let Some(operation) = import.report.operation.filter(|_| undone.is_none()) {
            buttons.push(Button {
                label: visit.say("Undo the whole import"),
                icon: "arrow-back-up",
                act: Act::SubmitTo { url: format!("/operations/{operation}/undo").into(), form: "wizard".into() },
                ..Button::default()
            });
        }
        buttons.push(Button { kind: ui::Kind::Primary, ..to(visit.say("To the list"), format!("/{path}")) });
    }
    Ok(Wizard {
        action: here.into(),
        main,
        back: (!runs).then(|| back(visit, format!("/{path}/import"))),
        buttons,
        ..frame(visit, &path, None, Stage::Run)?
    })
}

fn ended(visit: &Visit, import: &Import, undone: bool) -> Markup {
    let text = match import.state.as_str() {
        _ if undone => say!("The import of {file} was undone.", file = import.name.clone()),
        "done" => say!("{file} is in.", file = import.name.clone()),
        "cancelled" => say!("The import of {file} was cancelled: what had come in stays.", file = import.name.clone()),
        _ => say!(
            "The import of {file} stopped: {why}",
            file = import.name.clone(),
            why = import.error.clone().unwrap_or_default()
        ),
    };
    html! { div role="status" { h2.wizard-ended { (visit.text(text)) } } }
}

pub async fn start(Path(id): Path<String>, ask: Ask, posted: Posted) -> Response {
    ask.act(posted, move |visit, _| {
        if let Ok(draft) = draft(visit, &id)? {
            visit.engine().submit_import(&visit.actor, draft.id)?;
        }
        Ok(redirect(visit.ask, &format!("/imports/{id}")))
    })
    .await
}

pub async fn cancel(Path(id): Path<String>, ask: Ask, posted: Posted) -> Response {
    ask.act(posted, move |visit, _| {
        visit.engine().cancel_import(&visit.actor, known(&id)?)?;
        Ok(redirect(visit.ask, &format!("/imports/{id}")))
    })
    .await
}

pub async fn discard(Path(id): Path<String>, ask: Ask, posted: Posted) -> Response {
    ask.act(posted, move |visit, _| {
        let draft = match draft(visit, &id)? {
            Ok(draft) => draft,
            Err(elsewhere) => return Ok(elsewhere),
        };
        visit.engine().discard_import(&visit.actor, draft.id)?;
        undo::done(visit, None, &visit.say("Thrown away: nothing was written"), Some(format!("/{}", draft.path)))
    })
    .await
}

pub async fn refused(Path(id): Path<String>, ask: Ask) -> Response {
    ask.run(move |visit| {
        let import = visit.engine().import(&visit.actor, known(&id)?)?;
        let bytes = visit.engine().refused_rows(&import)?;
        let name = visit.say("refused rows").replace(' ', "-");
        let headers = [
            (header::CONTENT_TYPE, "text/csv".to_owned()),
            (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}-{}.csv\"", visit.actor.today())),
        ];
        Ok((headers, bytes).into_response())
    })
    .await
}
