//! The way of a record through the values of the field that its board is made by, with the days in each.

use base::{Result, say};
use maud::{Markup, html};
use ui::{Fill, Section};

use super::Seen;
use crate::parts::fields;

/// The section; none for a record that never moved on.
pub fn steps(seen: &Seen) -> Result<Option<Markup>> {
    let (visit, model) = (seen.visit, seen.model);
    let Some(at) = model.entity.board.and_then(|board| model.position(board.by.def().key)) else { return Ok(None) };
    let steps = visit.engine().steps(&visit.actor, seen.path, seen.record(), at)?;
    if steps.len() < 2 {
        return Ok(None);
    }
    let kind = &model.fields[at].kind;
    let last = steps.len() - 1;
    let body = html! {
        ol.steps {
            @for (place, step) in steps.iter().enumerate() {
                @let label = visit.catalogue.key_label(kind, step.value.text(), visit.words());
                @let days = step.until.unwrap_or_else(base::clock::now).signed_duration_since(step.from).num_days();
                li title=(base::dates::format_instant(step.from, visit.actor.zone)) {
                    @if label.is_empty() { span { "–" } }
                    @else { (ui::stage(fields::fill(visit, kind, step.value.text()).unwrap_or(Fill::Hollow), &label)) }
                    " " span.muted {
                        @if place == last { (visit.text(say!("for {count} days now", count = days))) }
                        @else { (visit.text(say!("{count} days", count = days))) }
                    }
                }
            }
        }
    };
    let title = visit.text(say!("{what}: the way so far", what = model.label(at, visit.words())));
    Ok(Some(ui::section(&Section { title: title.into(), body: Some(body), ..Section::default() })))
}
