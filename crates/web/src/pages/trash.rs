//! The trash: what lies there of each kind, and the way back.

use axum::response::Response;
use engine::Query;
use maud::html;
use meta::access::Verb;
use ui::{Act, Button, Panel, PanelRow};

use crate::Ask;
use crate::answer::html as answer;
use crate::parts::shell;

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
            let rows = listed.records.iter().map(|record| PanelRow {
                title: record.title.clone().into(),
                url: format!("/{path}/{}", record.id).into(),
                cells: vec![ui::Cell::Text(
                    record
                        .deleted_at
                        .map_or(String::new(), |at| base::dates::format_instant(at, visit.actor.zone))
                        .into(),
                )],
                end: Some(ui::button(&Button {
                    label: visit.say("Restore"),
                    small: true,
                    act: Act::Post {
                        url: format!("/{path}/{}/restoration", record.id).into(),
                        csrf: visit.csrf.clone().into(),
                    },
                    ..Button::default()
                })),
                ..PanelRow::default()
            });
            panels.push(Panel {
                id: path.into(),
                title: model.plural(visit.words()).into(),
                more: Some((visit.say("Select and restore several"), format!("/{path}?trash=1").into())),
                rows: rows.collect(),
                ..Panel::default()
            });
        }
        let content = html! {
            div.list {
                header.title-bar { h1 { (visit.say("Trash")) } }
                div.home {
                    @if panels.is_empty() { p.empty-filter { (visit.say("The trash is empty.")) } }
                    @for panel in &panels { (ui::panel(panel)) }
                }
            }
        };
        answer(shell::page(visit, &visit.say("Trash"), Some("/trash"), content))
    })
    .await
}
