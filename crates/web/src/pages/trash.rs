//! The trash: what lies there of each kind, and the way back.

use axum::response::Response;
use base::{Problem, Result, say};
use engine::Query;
use engine::trash::InTrash;
use maud::{Markup, html};
use meta::Record;
use meta::access::Verb;
use ui::{Act, Button, Panel, PanelRow};

use crate::answer::html as answer;
use crate::pages::undo;
use crate::parts::shell;
use crate::posted::Posted;
use crate::{Ask, Visit};

/// Records shown of each kind.
const EACH: usize = 50;

pub async fn page(ask: Ask) -> Response {
    ask.run(|visit| {
        let mut panels = Vec::new();
        for model in
            visit.catalogue.models.iter().filter(|model| engine::access::may(&visit.actor, model, None, Verb::View))
        {
            let path = model.entity.path;
            let query = Query { trash: true, sort: vec!["-updated_at".to_owned()], ..Query::all(path) };
            let listed = visit.engine().list(&visit.actor, &query, &[], None, EACH)?;
            if listed.records.is_empty() {
                continue;
            }
            let known = visit.engine().in_trash(&visit.actor, &listed.records)?;
            let rows = listed.records.iter().map(|record| row(visit, path, record, known.get(&record.rid)));
            panels.push(Panel {
                id: path.into(),
                title: model.plural(visit.words()).into(),
                more: Some((visit.say("Select and restore several"), format!("/{path}?trash=1").into())),
                columns: vec![visit.say("When"), visit.say("By")],
                rows: rows.collect(),
                ..Panel::default()
            });
        }
        let content = html! {
            div.list {
                header.title-bar { h1 { (visit.say("Trash")) } }
                div.home {
                    (days(visit)?)
                    @if panels.is_empty() { p.empty-filter { (visit.say("The trash is empty.")) } }
                    @for panel in &panels { (ui::panel(panel)) }
                }
            }
        };
        answer(shell::page(visit, &visit.say("Trash"), Some("/trash"), content))
    })
    .await
}

/// What it is, when and by whom it came here, and the way back: of what was merged, the undoing of that.
fn row<'a>(visit: &Visit<'a>, path: &str, record: &Record, known: Option<&InTrash>) -> PanelRow<'a> {
    let at = record.deleted_at.map_or(String::new(), |at| base::dates::format_instant(at, visit.actor.zone));
    let by = known.and_then(|known| known.by.clone()).unwrap_or_default();
    let merged = known.and_then(|known| Some((known.merged_into.as_ref()?, known.operation?)));
    let (title, url, label, way) = match merged {
        Some((one, operation)) => (
            visit.text(say!("{title}, merged into {one}", title = record.title.clone(), one = one.title.clone())),
            format!("/{path}/{}", one.id),
            "Undo the merge",
            format!("/operations/{operation}/undo"),
        ),
        None => {
            let url = format!("/{path}/{}", record.id);
            (record.title.clone(), url.clone(), "Restore", format!("{url}/restoration"))
        }
    };
    PanelRow {
        title: title.into(),
        url: url.into(),
        cells: vec![ui::Cell::Text(at.into()), ui::Cell::Text(by.into())],
        end: Some(ui::button(&Button {
            label: visit.say(label),
            small: true,
            act: Act::Post { url: way.into(), csrf: visit.csrf.clone().into() },
            ..Button::default()
        })),
        ..PanelRow::default()
    }
}

/// How long things stay here; an administrator says it.
fn days(visit: &Visit) -> Result<Markup> {
    let days = visit.engine().trash_days()?;
    let said = match days {
        0 => visit.say("What lies here stays until someone restores it.").into_owned(),
        days => visit.text(say!("What lies here goes for good after {count} days.", count = days as usize)),
    };
    Ok(html! {
        p.muted { (said) }
        @if visit.actor.person.rights.admin {
            form.trash-days method="post" action="/trash/days" data-post {
                input type="hidden" name="csrf" value=(visit.csrf);
                label.form-label for="i-days" { (visit.say("Days until it goes for good, 0 for never")) }
                input.form-control id="i-days" name="days" type="number" min="0" max="3650" value=(days);
                button.btn.btn-quiet { (visit.say("Save")) }
            }
        }
    })
}

pub async fn save_days(ask: Ask, posted: Posted) -> Response {
    ask.act(posted, move |visit, posted| {
        let wrong = || Problem::at("days", "invalid", "Write a number of days, 0 for never");
        let days: u32 = posted.first("days").trim().parse().map_err(|_| wrong())?;
        visit.engine().set_trash_days(&visit.actor, days)?;
        undo::done(visit, None, &visit.say("Saved"), Some("/trash".to_owned()))
    })
    .await
}
