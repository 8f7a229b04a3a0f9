//! Step 4: what would come of it, row by row; nothing is written.

use axum::extract::Path;
use axum::response::Response;
use base::{Error, Result, say};
use engine::import::DraftImport;
use maud::html;
use ui::{Act, Button, Wizard};

use super::{Stage, back, frame, on_draft, report, submit, whole};
use crate::{Ask, Visit};

pub async fn page(id: Path<String>, ask: Ask) -> Response {
    on_draft(id, ask, |visit, mut draft| {
        if draft.rehearsal.is_none() {
            visit.engine().rehearse_import(&visit.actor, draft.id)?;
            draft = visit.engine().import_draft(&visit.actor, draft.id)?;
        }
        let wizard = wizard(visit, &draft)?;
        whole(visit, &draft.path, &wizard)
    })
    .await
}

fn wizard<'a>(visit: &'a Visit<'a>, draft: &DraftImport) -> Result<Wizard<'a>> {
    let model = visit.catalogue.model(&draft.plan.entity).ok_or(Error::Missing)?;
    let here = format!("/imports/{}/rehearsal", draft.id);
    let rows = draft.plan.shape.rows;
    let empty = engine::import::Report::default();
    let (state, told, error) = match &draft.rehearsal {
        Some(rehearsal) => (rehearsal.state.as_str(), &rehearsal.report, rehearsal.error.as_deref()),
        None => ("waiting", &empty, None),
    };
    let main = match state {
        "done" => report::report(visit, model, told, true, &here),
        "failed" => html! {
            div.wizard-prose { p.note.error { (visit.text(say!("The rehearsal stopped: {why}", why = error.unwrap_or_default()))) } }
        },
        _ => report::under_way(
            visit,
            &here,
            told,
            rows,
            &visit.text(say!("{done} of {all} rows looked at", done = told.read as i64, all = rows as i64)),
        ),
    };
    let mut buttons = Vec::new();
    if state == "done" && told.created + told.updated > 0 {
        let enter = crate::parts::shell::enter(visit.actor.language);
        let key = if enter == "Invio" { "Ctrl Invio" } else { "Ctrl Enter" };
        let label = visit.text(say!("Import {count} rows", count = (told.read - told.refused - told.skipped) as i64));
        buttons.push(Button { key, ..submit(label.into(), "run", ui::Kind::Primary) });
    }
    buttons.insert(
        0,
        Button {
            label: visit.say("Throw away"),
            kind: ui::Kind::Bare,
            act: Act::SubmitTo { url: format!("/imports/{}/deletion", draft.id).into(), form: "wizard".into() },
            ..Button::default()
        },
    );
    Ok(Wizard {
        action: format!("/imports/{}", draft.id).into(),
        main,
        back: Some(back(visit, format!("/imports/{}/duplicates", draft.id))),
        buttons,
        ..frame(visit, &draft.path, Some(draft.id), Stage::Rehearsal)?
    })
}
