//! Step 1: which file. Below it, what was imported before and what was begun.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use base::words::Language;
use base::{Error, Result, Text, say};
use engine::import::Import;
use maud::{Markup, html};
use ui::widgets::{Context, Upload, Widget, widget};
use ui::{Note, NoteKind};

use super::{Stage, back, frame, page as whole_page, submit, whole};
use crate::answer::{redirect, with_status};
use crate::upload::Uploaded;
use crate::{Ask, Visit};

/// Imports of before that are shown.
const SHOWN: usize = 8;

pub async fn page(Path(path): Path<String>, ask: Ask) -> Response {
    ask.run(move |visit| {
        let wizard = wizard(visit, &path, None)?;
        whole(visit, &path, &wizard)
    })
    .await
}

pub async fn send(Path(path): Path<String>, ask: Ask, uploaded: Uploaded) -> Response {
    let Uploaded { posted, file } = uploaded;
    ask.act(posted, move |visit, _| {
        let begun = match &file {
            None => Err(Error::Unreadable("Choose a file first".into())),
            Some(file) => {
                let app = &visit.ask.app;
                let words = [app.words.of(Language::It), app.words.of(Language::En)];
                visit.engine().begin_import(&visit.actor, &path, &file.name, &file.path, &words)
            }
        };
        match begun {
            Ok(id) => Ok(redirect(visit.ask, &format!("/imports/{id}/columns"))),
            Err(Error::Unreadable(why)) => {
                let wizard = wizard(visit, &path, Some(why))?;
                let content = ui::wizard(&wizard);
                Ok(with_status(StatusCode::UNPROCESSABLE_ENTITY, whole_page(visit, &path, &wizard, content)))
            }
            Err(other) => Err(other),
        }
    })
    .await
}

fn wizard<'a>(visit: &'a Visit<'a>, path: &str, wrong: Option<Text>) -> Result<ui::Wizard<'a>> {
    let (model, face) = engine::query::at(&visit.catalogue, path)?;
    if !engine::access::may(&visit.actor, model, face, meta::access::Verb::Import) {
        return Err(engine::access::denied(meta::access::Verb::Import));
    }
    let before = visit.engine().imports(&visit.actor, model.entity.key, SHOWN)?;
    let upload = Upload {
        accept: ".csv,.tsv,.txt,.xlsx,.xls,text/csv".into(),
        choose_word: visit.say("Choose the file"),
        drop_word: visit.say("or drop it here: CSV, TSV or Excel, up to 500 MB"),
        ..Upload::default()
    };
    let label = visit.say("File");
    let refused = wrong.is_some();
    let context =
        Context { name: "file", label: &label, required: true, refused, described_by: "n-file", ..Context::default() };
    let wrong = wrong.map(|why| Note { kind: NoteKind::Error, text: visit.text(why).into(), link: None });
    let main = html! {
        div.wizard-prose {
            p { (visit.say("Export your old program's registry as it is: encoding, separators, dates and numbers are found by reading the whole file.")) }
            (widget(&Widget::File(upload), &context))
            @if let Some(note) = &wrong { (ui::note(note, "n-file")) }
            @if !before.is_empty() { (earlier(visit, &before)) }
        }
    };
    Ok(ui::Wizard {
        action: format!("/{path}/import").into(),
        multipart: true,
        main,
        back: Some(back(visit, format!("/{path}"))),
        buttons: vec![submit(visit.say("Continue"), "next", ui::Kind::Primary)],
        ..frame(visit, path, None, Stage::File)?
    })
}

fn earlier(visit: &Visit, imports: &[Import]) -> Markup {
    let row = |import: &Import| {
        html! {
            tr {
                th scope="row" { a href={ "/imports/" (import.id) } { (import.name) } }
                td { (base::dates::format_instant(import.begun_at, visit.actor.zone)) }
                td { (visit.say(state(import))) }
                td.right { (visit.text(say!("{count} rows", count = import.rows as i64))) }
            }
        }
    };
    html! {
        h2 { (visit.say("Begun and done before")) }
        table.panel-table { tbody { @for import in imports { (row(import)) } } }
    }
}

/// What the state of an import is called.
pub(super) fn state(import: &Import) -> &'static str {
    match import.state.as_str() {
        "draft" => "Not started",
        "waiting" => "Waiting",
        "running" => "Running",
        "done" => "Done",
        "cancelled" => "Cancelled",
        _ => "Failed",
    }
}
