//! What came of an import, or would: counts, kinds of problems, rows.

use base::say;
use engine::import::{Outcome, Report, Said};
use engine::undo::Stayed;
use maud::{Markup, html};
use meta::Model;

use crate::Visit;
use crate::posted::parse;

/// While it runs: a bar that asks again by itself, and by a reload where there is no script.
pub fn under_way(visit: &Visit, here: &str, report: &Report, rows: u64, said: &str) -> Markup {
    html! {
        div.wizard-prose id="under-way" hx-get=(here) hx-trigger="every 1s" hx-target="#wizard" hx-select="#wizard" hx-swap="morph:outerHTML" {
            (ui::progress(report.read, rows, said))
            (counts(visit, report))
            p.muted { (visit.say("You may go on with other work: this goes on by itself.")) }
            // What a script swaps in is read as if there were none.
            @if !visit.ask.is_fragment() { noscript { meta http-equiv="refresh" content="2"; a href=(here) { (visit.say("Load again")) } } }
        }
    }
}

fn counts(visit: &Visit, report: &Report) -> Markup {
    let counts = [
        ("", "New records", report.created),
        ("", "Completed", report.updated),
        ("", "Passed over", report.skipped),
        ("late", "Refused", report.refused),
        ("today", "Warnings", report.warnings),
    ];
    html! {
        dl.counts { @for (class, label, count) in counts {
            div class=[(count > 0 && !class.is_empty()).then_some(class)] {
                dt { (visit.say(label)) }
                dd { (visit.text(say!("{count}", count = count as i64))) }
            }
        } }
    }
}

/// The whole report. `address` is the page's, for choosing one kind of problem.
pub fn report(visit: &Visit, model: &Model, report: &Report, rehearsal: bool, address: &str) -> Markup {
    let chosen = parse(&visit.ask.query).into_iter().find(|(name, _)| name == "problem").map(|(_, key)| key);
    let mut kinds: Vec<(&String, &u64)> = report.tally.iter().collect();
    kinds.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
    let is = |field: Option<&str>, code: &str, wanted: &str| {
        let field = field.and_then(|field| field.split('/').next()).unwrap_or_default();
        format!("{field}/{code}") == wanted
    };
    let rows = report.rows.iter().filter(|row| match &chosen {
        Some(wanted) => row.problems.iter().any(|said| is(said.field.as_deref(), &said.code, wanted)),
        None => true,
    });
    let example = |kind: &str| {
        let mut all = report.rows.iter().flat_map(|row| &row.problems);
        all.find(|said| is(said.field.as_deref(), &said.code, kind)).map_or("", Said::of_all)
    };
    let label = |kind: &str| {
        let at = kind.split('/').next().and_then(|field| model.position(field));
        at.map_or_else(|| visit.say("The whole row").into_owned(), |at| model.label(at, visit.words()))
    };
    let to = |kind: &str| format!("{address}?{}", crate::posted::encode(&[("problem", kind)]));
    html! {
        div.wizard-report {
            @if rehearsal { p.muted { (visit.say("This is what would come of it. Nothing was written.")) } }
            (counts(visit, report))
            @if kinds.is_empty() {
                p.note.done { (ui::icon("circle-check")) (visit.say("Nothing to look at: every row is as it should be.")) }
            } @else {
                h2 { (visit.say("What to look at")) }
                ul.problem-kinds { @for (kind, count) in &kinds {
                    li aria-current=[(chosen.as_deref() == Some(kind.as_str())).then_some("true")] {
                        a href=(to(kind)) { b { (label(kind)) } " " span.number { (visit.text(say!("{count}", count = **count as i64))) } }
                        span.muted { (example(kind)) }
                    }
                } }
                h2 { (visit.say("Row by row"))
                    @if chosen.is_some() { " " a.small href=(address) { (visit.say("Show all")) } } }
                table.report-rows {
                    thead { tr { @for head in ["Line", "Record", "Outcome", "Why"] { th scope="col" { (visit.say(head)) } } } }
                    tbody { @for row in rows { tr.late[row.outcome == Outcome::Refused] {
                        td.number { (row.line) }
                        @if row.title.is_empty() { td.muted { (visit.say("No name")) } } @else { th scope="row" { (row.title) } }
                        td { (visit.say(outcome(row.outcome))) }
                        td { @for said in &row.problems { div { @if said.field.is_some() { b { (label(&format!("{}/", said.field.as_deref().unwrap_or_default().split('/').next().unwrap_or_default()))) } ": " } (said.text) } } }
                    } } }
                }
                @if report.tally.values().any(|count| *count > 100) { p.muted { (visit.say("Of each kind the first hundred rows. All refused rows are in their file.")) } }
            }
        }
    }
}

/// What an import that was undone has left behind.
pub fn stayed(visit: &Visit, stayed: &Stayed) -> Markup {
    let more = stayed.count.saturating_sub(stayed.records.len());
    html! {
        div.wizard-report {
            @if stayed.count == 0 {
                p.note.done { (ui::icon("circle-check")) (visit.say("Nothing of it is there any more.")) }
            } @else {
                p { (visit.text(say!("{count} records stayed, as they were changed since. Of the rest nothing is there any more.", count = stayed.count))) }
                ul { @for (path, id, title) in &stayed.records { li { a href={ "/" (path) "/" (id) } { (title) } } } }
                @if more > 0 { p.muted { (visit.text(say!("and {count} more", count = more))) } }
            }
        }
    }
}

fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Created => "a new record",
        Outcome::Updated => "filled in",
        Outcome::Skipped => "left as it is",
        Outcome::Refused => "not taken",
    }
}
