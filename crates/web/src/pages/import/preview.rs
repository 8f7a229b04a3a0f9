//! One row of the file as it would come in, with its text as it stands, and what is odd about the file.

use base::{Result, say};
use engine::Titles;
use engine::import::{DraftImport, Previewed};
use maud::{Markup, html};
use meta::Model;
use ui::{Avatar, Problem};

use crate::Visit;
use crate::parts::fields;

/// Lines of the card; the rest is told as a number.
const LINES: usize = 14;

pub fn row(visit: &Visit, draft: &DraftImport, number: u64) -> Result<Option<Previewed>> {
    let from = usize::try_from(number.saturating_sub(1)).unwrap_or(0);
    let rows = visit.engine().preview_import(&visit.actor, &draft.file, &draft.plan, from, 1)?;
    Ok(rows.into_iter().next())
}

/// The card at the right, and the way to the rows around it.
pub fn card(visit: &Visit, model: &Model, draft: &DraftImport, number: u64, shown: Option<&Previewed>) -> Markup {
    let to = |row: u64| format!("/imports/{}/columns?row={row}", draft.id);
    let last = draft.plan.shape.rows.max(1);
    let step = |row: u64, icon: &'static str, label: &'static str| {
        html! {
            a.btn.btn-bare.btn-icon href=(to(row)) hx-get=(to(row)) hx-target="#wizard" hx-select="#wizard" hx-swap="morph:outerHTML"
                aria-label=(visit.say(label)) title=(visit.say(label)) { (ui::icon(icon)) }
        }
    };
    html! {
        div.side-head {
            h2.side-title { (visit.text(say!("Preview, row {number}", number = number as i64))) }
            span.side-buttons {
                @if number > 1 { (step(number - 1, "chevron-left", "Row before")) }
                @if number < last { (step(number + 1, "chevron-right", "Next row")) }
            }
        }
        @match shown {
            Some(row) => (as_record(visit, model, row)),
            None => p.muted { (visit.say("There is no such row.")) },
        }
    }
}

fn as_record(visit: &Visit, model: &Model, row: &Previewed) -> Markup {
    let none = Titles::default();
    let mut lines: Vec<(usize, String)> = Vec::new();
    for (at, value) in row.values.iter().filter(|(_, value)| !value.is_empty()) {
        lines.push((*at, fields::plain(visit, model, *at, value, &none)));
    }
    lines.extend(row.named.iter().cloned());
    lines.sort_by_key(|(at, _)| *at);
    let title = lines.iter().find(|(at, _)| *at == model.title).map(|(_, text)| text.clone());
    let named = |key: &str| {
        let at = model.position(key)?;
        lines.iter().find(|(known, _)| *known == at).map(|(_, text)| text.clone())
    };
    // What the title is made of, where a rule makes it.
    let title = title.or_else(|| named("legal_name")).or_else(|| {
        let parts: Vec<String> = ["first_name", "last_name"].into_iter().filter_map(named).collect();
        (!parts.is_empty()).then(|| parts.join(" "))
    });
    let title = title.unwrap_or_else(|| visit.say("No name").into_owned());
    let picture = Avatar {
        id: row.row.to_string().into(),
        initials: base::names::initials(&title).into(),
        name: title.clone().into(),
        ..Avatar::default()
    };
    let problem = |at: usize| {
        let key = model.fields[at].key;
        let is = |problem: &&base::Problem| {
            problem.field.as_deref().is_some_and(|field| field.split('/').next() == Some(key))
        };
        row.problems.iter().find(is).map(|problem| visit.text(problem.text.clone())).unwrap_or_default()
    };
    let shown: Vec<(ui::Text, ui::Text, ui::Text)> = lines
        .iter()
        .take(LINES)
        .map(|(at, text)| (model.label(*at, visit.words()).into(), text.clone().into(), problem(*at).into()))
        .collect();
    let kept = row.problems.iter().filter(|problem| {
        problem.field.as_deref().is_none_or(|field| {
            model
                .position(field.split('/').next().unwrap_or(field))
                .is_none_or(|at| !lines.iter().any(|(known, _)| *known == at))
        })
    });
    html! {
        (ui::preview_card(&picture, &title, &shown))
        @if !row.lines.is_empty() {
            p.preview-lines { b { (visit.say("In the description")) } br; @for line in &row.lines { (line) br; } }
        }
        @for problem in kept { p.note.warning { (ui::icon("alert-circle")) (visit.text(problem.text.clone())) } }
    }
}

/// The row's text as the file has it.
pub fn raw(visit: &Visit, draft: &DraftImport, shown: Option<&Previewed>) -> Markup {
    let separator = draft.plan.shape.separator.to_string();
    html! {
        @if let Some(row) = shown {
            div.raw {
                b { (visit.say("The file as it is")) } " " small.muted { (visit.text(say!("line {line}", line = row.line as i64))) }
                pre tabindex="0" { (row.cells.join(&separator)) }
            }
        }
    }
}

/// What the whole file has to say for itself.
pub fn findings<'a>(visit: &Visit<'a>, draft: &DraftImport) -> Vec<Problem<'a>> {
    let shape = &draft.plan.shape;
    let mut found = Vec::new();
    if shape.problem_rows > 0 {
        let lines: Vec<String> = shape.findings.iter().take(6).map(|finding| finding.line.to_string()).collect();
        let to = shape.findings.first().map_or(1, |finding| finding.row);
        found.push(Problem {
            class: "late",
            title: visit.text(say!("Rows that cannot be read: {count}", count = shape.problem_rows as i64)).into(),
            text: visit
                .text(say!(
                    "Lines {lines}: they go to the file of refused rows, the others come in.",
                    lines = lines.join(", ")
                ))
                .into(),
            link: Some((visit.say("See the first"), format!("/imports/{}/columns?row={to}", draft.id).into())),
        });
    }
    if shape.blank_rows > 0 {
        found.push(Problem {
            title: visit.text(say!("Blank rows: {count}", count = shape.blank_rows as i64)).into(),
            text: visit.say("They are passed over."),
            ..Problem::default()
        });
    }
    found
}
