//! The access log: who signed in and out, who took what out of the house, who looked at what is watched.

use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use base::{Error, Id, Problem, Result, Rid, say};
use engine::Titles;
use engine::access_log::{Asked, Entry, Mark, What};
use engine::settings::administrator;
use maud::{Markup, html};
use sheet::{Cell, CsvWriter};
use ui::widgets::{Choice, Context, Widget, widget};
use ui::{Act, Button};

use super::{PLACE, frame};
use crate::answer::html as answer;
use crate::pages::{export, undo};
use crate::parts::agent;
use crate::posted::{Posted, encode, parse};
use crate::{Ask, Visit};

pub const LOG: &str = "/settings/access-log";

/// Entries of a page, and of a file.
const PAGE: usize = 100;
const FILE: usize = 100_000;

/// What the address asks for.
struct Wanted {
    asked: Asked,
    user: Option<Id>,
    after: Option<Mark>,
    from: String,
    to: String,
}

impl Wanted {
    fn read(visit: &Visit) -> Result<Wanted> {
        let pairs = parse(&visit.ask.query);
        let first =
            |name: &str| pairs.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.trim()).to_owned();
        let day = |text: &str| base::dates::parse_date_api(text);
        let user: Option<Id> = first("user").parse().ok();
        let row = match user {
            // Whoever is gone is not found: nothing is theirs.
            Some(id) => Some(visit.engine().rows(&visit.actor, "users", &[id])?.first().copied().unwrap_or(Rid(-1))),
            None => None,
        };
        let (from, to) = (first("from"), first("to"));
        let after = first("after")
            .split_once('.')
            .and_then(|(at, id)| Some(Mark { at: base::clock::instant(at.parse().ok()?), id: id.parse().ok()? }));
        let asked = Asked { user: row, what: What::from_key(&first("what")), from: day(&from), to: day(&to) };
        Ok(Wanted { asked, user, after, from, to })
    }

    /// The address of the same entries, under another place.
    fn address(&self, place: &str, after: Option<Mark>) -> String {
        let after = after.map(|mark| format!("{}.{}", mark.at.timestamp_micros(), mark.id));
        let pairs = [
            ("user", self.user.map(|id| id.to_string())),
            ("what", self.asked.what.map(|what| what.key().to_owned())),
            ("from", Some(self.from.clone())),
            ("to", Some(self.to.clone())),
            ("after", after),
        ];
        let pairs: Vec<(&str, String)> = pairs
            .into_iter()
            .filter_map(|(name, value)| Some((name, value.filter(|value| !value.is_empty())?)))
            .collect();
        if pairs.is_empty() { place.to_owned() } else { format!("{place}?{}", encode(&pairs)) }
    }
}

pub async fn page(ask: Ask) -> Response {
    ask.run(|visit| {
        administrator(&visit.actor)?;
        let wanted = Wanted::read(visit)?;
        let mut entries = visit.engine().access_log(&visit.actor, &wanted.asked, wanted.after, PAGE + 1)?;
        let more = entries.len() > PAGE;
        entries.truncate(PAGE);
        let titles = titles(visit, &entries)?;
        let next = entries.last().filter(|_| more).map(|entry| wanted.address(LOG, Some(entry.mark)));
        let body = html! {
            (filters(visit, &wanted)?)
            @if entries.is_empty() { p.empty-filter { (visit.say("Nothing happened that fits.")) } } @else {
                div.log-scroll tabindex="0" role="region" aria-label=(visit.say("Access log")) {
                    table.panel-table.log {
                        thead { tr {
                            @for head in ["When", "Who", "What", "From where"] { th scope="col" { (visit.say(head)) } }
                        } }
                        tbody { @for entry in &entries { (row(visit, entry, &titles)) } }
                    }
                }
            }
            @if let Some(next) = next { p { a.btn.btn-quiet href=(next) { (visit.say("Earlier ones")) } } }
            (kept(visit)?)
        };
        let file = Button {
            label: visit.say("Export"),
            icon: "file-spreadsheet",
            act: Act::Link(wanted.address(&format!("{LOG}/csv"), None).into()),
            ..Button::default()
        };
        answer(frame(visit, &visit.say("Access log"), Some((PLACE, &visit.say("Settings"))), &[file], body))
    })
    .await
}

/// What the records and users of entries are called, as far as they are still there.
fn titles(visit: &Visit, entries: &[Entry]) -> Result<Titles> {
    let rows = entries.iter().flat_map(|entry| [entry.user, entry.record]).flatten().collect();
    visit.engine().titles(&visit.actor, &[meta::Value::Links(rows)])
}

fn row(visit: &Visit, entry: &Entry, titles: &Titles) -> Markup {
    html! {
        tr {
            td.log-when { (moment(visit, entry)) }
            td { (linked(visit, entry.user, titles)) }
            td {
                (visit.say(word(entry.what)))
                @if let Some(path) = &entry.path { " · " (exported(visit, entry, path)) }
                @if entry.record.is_some() && entry.record != entry.user { ": " (linked(visit, entry.record, titles)) }
                @if entry.path.is_none() { @if let Some(note) = &entry.note { " · " (note) } }
            }
            td.muted { (place(visit, entry)) }
        }
    }
}

fn moment(visit: &Visit, entry: &Entry) -> String {
    base::dates::format_instant(entry.mark.at, visit.actor.zone)
}

fn place(visit: &Visit, entry: &Entry) -> String {
    let program = match entry.agent.is_empty() {
        true => String::new(),
        false => agent::called(visit.words(), &entry.agent),
    };
    let parts = [entry.address.clone(), program];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

fn linked(visit: &Visit, rid: Option<Rid>, titles: &Titles) -> Markup {
    let found = rid.and_then(|rid| titles.get(rid));
    let path = found.and_then(|linked| visit.catalogue.model(&linked.entity)).map(|model| model.entity.path);
    html! {
        @match (found, path, rid) {
            (Some(linked), Some(path), _) => a href={ "/" (path) "/" (linked.id) } { (linked.title) },
            (_, _, Some(_)) => span.muted { (visit.say("no longer there")) },
            _ => span.muted { (visit.say("nobody known")) },
        }
    }
}

/// The list that was exported, with its filter, and how many there were.
fn exported(visit: &Visit, entry: &Entry, path: &str) -> Markup {
    let count = usize::try_from(entry.count.unwrap_or(0)).unwrap_or(0);
    let name = visit
        .catalogue
        .at_path(path)
        .map_or_else(|| path.to_owned(), |(model, face)| model.called(face, visit.words()).plural);
    let narrowed: serde_json::Value =
        entry.note.as_deref().and_then(|note| serde_json::from_str(note).ok()).unwrap_or_default();
    let mut pairs = Vec::new();
    if let Some(search) = narrowed["search"].as_str().filter(|search| !search.is_empty()) {
        pairs.push(("q", search.to_owned()));
    }
    if narrowed["trash"] == true {
        pairs.push(("trash", "1".to_owned()));
    }
    let filter = &narrowed["filter"];
    if !filter.is_null() && filter["all"].as_array().is_none_or(|parts| !parts.is_empty()) {
        pairs.push(("filter", filter.to_string()));
    }
    let url = if pairs.is_empty() { format!("/{path}") } else { format!("/{path}?{}", encode(&pairs)) };
    html! { a href=(url) { (name) } ", " (visit.text(say!("{count} rows", count = count))) }
}

/// What happened, in words.
pub fn word(what: What) -> &'static str {
    match what {
        What::SignedIn => "Signed in",
        What::SignInFailed => "Sign-in failed",
        What::SignedOut => "Signed out",
        What::Exported => "Exported",
        What::LookedAt => "Looked at",
        What::PasswordChanged => "Password changed",
        What::ResetAsked => "Password link",
        What::SessionEnded => "Session ended",
        What::TokenMade => "Token made",
        What::TokenRevoked => "Token revoked",
        What::SecondStepOn => "Two-step sign-in on",
        What::SecondStepOff => "Two-step sign-in off",
    }
}

fn filters(visit: &Visit, wanted: &Wanted) -> Result<Markup> {
    let mut users = visit.engine().users()?;
    users.sort_by_cached_key(|user| base::fold(&user.name));
    let people = users.iter().map(|user| Choice {
        value: user.id.to_string().into(),
        label: user.name.clone().into(),
        chosen: wanted.user == Some(user.id),
        ..Choice::default()
    });
    let acts = What::ALL.into_iter().map(|what| Choice {
        value: what.key().into(),
        label: visit.say(word(what)),
        chosen: wanted.asked.what == Some(what),
        ..Choice::default()
    });
    let input = |name: &'static str, label: &'static str, input: Widget| {
        let label = visit.say(label);
        let context = Context { name, label: &label, ..Context::default() };
        html! { div { label.form-label for={ "i-" (name) } { (label) } (widget(&input, &context)) } }
    };
    Ok(html! {
        form.log-filters method="get" action=(LOG) {
            (input("user", "Who", Widget::Select { choices: people.collect(), empty: visit.say("Everybody") }))
            (input("what", "What", Widget::Select { choices: acts.collect(), empty: visit.say("Everything") }))
            (input("from", "From the day", Widget::Date { value: wanted.from.clone().into() }))
            (input("to", "To the day", Widget::Date { value: wanted.to.clone().into() }))
            div.log-go {
                button.btn.btn-quiet type="submit" { (visit.say("Show")) }
                @if wanted.address(LOG, None) != LOG { a.btn.btn-bare href=(LOG) { (visit.say("Remove the filters")) } }
            }
        }
    })
}

/// How long entries are kept, and whose records are watched.
fn kept(visit: &Visit) -> Result<Markup> {
    let watched = visit.engine().watched()?;
    let paths = visit.catalogue.models.iter().filter(|model| !model.entity.house).flat_map(|model| {
        let faces = model.entity.faces.iter().map(|face| (face.path, model.called(Some(*face), visit.words()).plural));
        let faces: Vec<(&'static str, String)> = faces.collect();
        [(model.entity.path, model.plural(visit.words()))].into_iter().chain(faces)
    });
    let choices = paths.map(|(path, label)| Choice {
        value: path.into(),
        label: label.into(),
        chosen: watched.iter().any(|known| known == path),
        ..Choice::default()
    });
    let fields = vec![
        ui::FormField {
            name: "looks".into(),
            label: visit.say("Keep who looks at the records of"),
            widget: Widget::Several { choices: choices.collect() },
            hint: visit.say(
                "Sign-ins and exports are always kept. Tell your people before you have it kept what they look at.",
            ),
            wide: true,
            ..ui::FormField::default()
        },
        ui::FormField {
            name: "days".into(),
            label: visit.say("Days that entries are kept"),
            widget: Widget::Number { value: visit.engine().access_log_days()?.to_string().into(), unit: "".into() },
            required: true,
            ..ui::FormField::default()
        },
    ];
    Ok(ui::form(&ui::Form {
        id: "log-form".into(),
        action: LOG.into(),
        csrf: visit.csrf.clone().into(),
        sections: vec![ui::FormSection { title: visit.say("What is kept"), fields, ..ui::FormSection::default() }],
        buttons: vec![Button {
            label: visit.say("Save"),
            kind: ui::Kind::Primary,
            act: Act::Submit { name: "".into(), value: "".into(), form: "".into() },
            ..Button::default()
        }],
        ..ui::Form::default()
    }))
}

pub async fn save(ask: Ask, posted: Posted) -> Response {
    ask.act(posted, |visit, posted| {
        let wrong = || Problem::at("days", "invalid", "Write a number of days");
        let days: u32 = posted.first("days").trim().parse().map_err(|_| wrong())?;
        let looks: Vec<String> = posted.all("looks").filter(|path| !path.is_empty()).map(str::to_owned).collect();
        visit.engine().set_access_log_days(&visit.actor, days)?;
        visit.engine().watch(&visit.actor, &looks)?;
        undo::done(visit, None, &visit.say("Saved"), Some(LOG.to_owned()))
    })
    .await
}

/// What is shown, and all that follows, as a file.
pub async fn file(Path(format): Path<String>, ask: Ask) -> Response {
    ask.run(move |visit| {
        administrator(&visit.actor)?;
        if format != "csv" {
            return Err(Error::Missing);
        }
        let wanted = Wanted::read(visit)?;
        let heads: Vec<String> = ["When", "Who", "What", "Of what", "How many", "Note", "Address", "Program"]
            .into_iter()
            .map(|head| visit.say(head).into_owned())
            .collect();
        let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
        let unwritten = |cause| Error::caused("the log cannot be written", cause);
        let style = export::csv_style(visit.actor.language);
        let mut writer = CsvWriter::new(Vec::new(), style, &heads).map_err(unwritten)?;
        let (mut after, mut left) = (None, FILE);
        loop {
            let entries = visit.engine().access_log(&visit.actor, &wanted.asked, after, left.min(1000))?;
            let Some(last) = entries.last() else { break };
            after = Some(last.mark);
            left -= entries.len();
            let titles = titles(visit, &entries)?;
            let named =
                |rid: Option<Rid>| rid.and_then(|rid| titles.get(rid)).map_or("", |linked| linked.title.as_str());
            for entry in &entries {
                let at = entry.mark.at.with_timezone(&visit.actor.zone).naive_local();
                let of = match &entry.path {
                    Some(path) => path.as_str(),
                    None if entry.record == entry.user => "",
                    None => named(entry.record),
                };
                let what = visit.say(word(entry.what));
                let count = entry.count.map_or(String::new(), |count| count.to_string());
                let cells = [
                    Cell::DateTime(at),
                    Cell::from(named(entry.user)),
                    Cell::from(&*what),
                    Cell::from(of),
                    Cell::from(count.as_str()),
                    Cell::from(entry.note.as_deref().unwrap_or_default()),
                    Cell::from(entry.address.as_str()),
                    Cell::from(entry.agent.as_str()),
                ];
                writer.row(&cells).map_err(unwritten)?;
            }
            if left == 0 {
                break;
            }
        }
        let (bytes, _) = writer.finish().map_err(unwritten)?;
        let name = format!("attachment; filename=\"access-log-{}.csv\"", visit.actor.today());
        let headers =
            [(header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (header::CONTENT_DISPOSITION, name)];
        Ok((StatusCode::OK, headers, bytes).into_response())
    })
    .await
}
