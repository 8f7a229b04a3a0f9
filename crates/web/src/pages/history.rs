//! Who changed what when, from what to what.

use axum::extract::Path;
use axum::response::Response;
use base::{Result, Text, say};
use engine::history::{Event as Happened, History, Spoken};
use maud::{Markup, html};
use ui::{Act, Button, Change, Event, Timeline};

use crate::answer::html as answer;
use crate::pages::record::Seen;
use crate::parts::{fields, shell};
use crate::posted::parse;
use crate::{Ask, Visit};

/// The column beside a record.
pub fn side(seen: &Seen) -> Result<Markup> {
    let history = seen.visit.engine().history(&seen.visit.actor, seen.path, seen.record(), None, 15)?;
    Ok(ui::timeline(&timeline(seen, &history)))
}

fn timeline<'a>(seen: &Seen<'a>, history: &History) -> Timeline<'a> {
    let visit = seen.visit;
    let more = history.before.map(|before| Button {
        label: visit.say("Earlier changes"),
        kind: ui::Kind::Link,
        act: Act::Link(format!("{}/history?before={before}", seen.url()).into()),
        ..Button::default()
    });
    Timeline {
        events_title: visit.say("History"),
        events: history.events.iter().map(|event| event_of(seen, event, history)).collect(),
        empty: visit.say("Nothing happened yet."),
        more,
        ..Timeline::default()
    }
}

fn event_of<'a>(seen: &Seen<'a>, event: &Happened, history: &History) -> Event<'a> {
    let visit = seen.visit;
    let who = event
        .by
        .and_then(|rid| history.titles.get(rid))
        .map_or_else(|| "Bottega".to_owned(), |linked| linked.title.clone());
    let form = |key: &str| visit.catalogue.forms.iter().find(|form| form.entity.key == key);
    let (icon, said) = match (event.operation_verb.as_str(), event.verb.as_str()) {
        ("import", "create") => ("file-import", say!("{who} imported this", who = who)),
        ("import", _) => ("file-import", say!("{who} filled in by import", who = who)),
        ("merge", "delete") => ("arrow-merge", say!("{who} merged this into another", who = who)),
        ("merge", _) if event.gathered => ("arrow-merge", say!("{who} merged others into this", who = who)),
        ("merge", _) => ("arrow-merge", say!("{who} merged records this is linked to", who = who)),
        (_, engine::comments::VERB) => ("message", said_of(event, who)),
        ("undo", _) => ("arrow-back-up", say!("{who} took a change back", who = who)),
        (verb, "change") if form(verb).is_some() => {
            let (icon, act) =
                form(verb).map_or(("", String::new()), |form| (form.entity.icon, form.singular(visit.words())));
            (icon, say!("{act} by {who}", act = act, who = who))
        }
        (_, "create") => ("plus", say!("{who} created this", who = who)),
        (_, "delete") => ("trash", say!("{who} moved this to the trash", who = who)),
        (_, "restore") => ("rotate-clockwise", say!("{who} restored this", who = who)),
        _ => ("git-commit", what_changed(seen, who, event)),
    };
    let changes: Vec<Change> = event
        .fields
        .iter()
        .map(|(at, before, after)| Change {
            field: seen.model.label(*at, visit.words()).into(),
            before: fields::plain(visit, seen.model, *at, before, &history.titles).into(),
            after: fields::plain(visit, seen.model, *at, after, &history.titles).into(),
        })
        .collect();
    let mine = visit.actor.person.rights.admin || (event.by.is_some() && event.by == visit.actor.user());
    let undo = (mine && !event.undone && event.verb != "create").then(|| Button {
        label: visit.say("Undo"),
        kind: ui::Kind::Link,
        small: true,
        act: Act::Post { url: format!("/operations/{}/undo", event.operation).into(), csrf: visit.csrf.clone().into() },
        ..Button::default()
    });
    Event {
        id: format!("event-{}", event.seq).into(),
        icon,
        who: visit.text(said).into(),
        outcome: if event.undone { visit.say("taken back") } else { "".into() },
        moment: moment(visit, event.at).into(),
        moment_full: base::dates::format_instant(event.at, visit.actor.zone).into(),
        moment_iso: base::dates::format_instant_api(event.at).into(),
        details: (!changes.is_empty()).then(|| (visit.say("Show"), ui::changes(&changes))),
        undo,
        ..Event::default()
    }
}

/// A comment: written, changed or taken away.
fn said_of(event: &Happened, who: String) -> Text {
    match event.comment {
        Some(Spoken::Written) => say!("{who} wrote a comment", who = who),
        Some(Spoken::Changed) => say!("{who} changed a comment", who = who),
        _ => say!("{who} deleted a comment", who = who),
    }
}

/// So many fields are named; of the others, how many they are.
const NAMED: usize = 3;

/// What somebody changed, and not what the program changed along with it.
fn what_changed(seen: &Seen, who: String, event: &Happened) -> Text {
    let mut changed: Vec<usize> = event.fields.iter().map(|(at, ..)| *at).collect();
    if changed.iter().any(|at| !seen.model.fields[*at].read_only) {
        changed.retain(|at| !seen.model.fields[*at].read_only);
    }
    let labels: Vec<String> = changed.iter().take(NAMED).map(|at| seen.model.label(*at, seen.visit.words())).collect();
    let fields = labels.join(", ");
    match changed.len() {
        0 => say!("{who} changed this", who = who),
        count if count <= NAMED => say!("{who} changed {fields}", who = who, fields = fields),
        count => say!("{who} changed {fields} and {count} more", who = who, fields = fields, count = count - NAMED),
    }
}

/// *today 09:20*, *yesterday 16:48*, then the date.
pub fn moment(visit: &Visit, at: chrono::DateTime<chrono::Utc>) -> String {
    let local = at.with_timezone(&visit.actor.zone);
    let days = (visit.actor.today() - local.date_naive()).num_days();
    let time = local.format("%H:%M");
    match days {
        0 => format!("{} {time}", visit.say("today")),
        1 => format!("{} {time}", visit.say("yesterday")),
        _ => base::dates::format_date(local.date_naive()),
    }
}

pub async fn page(Path((path, id)): Path<(String, String)>, ask: Ask) -> Response {
    ask.run(move |visit| {
        let seen = Seen::read(visit, &path, &id)?;
        let before = parse(&visit.ask.query).into_iter().find(|(name, _)| name == "before").and_then(|(_, seq)| seq.parse().ok());
        let history = visit.engine().history(&visit.actor, &path, seen.record(), before, 50)?;
        let content = html! {
            article.record {
                header.record-head { div.record-trail { nav.trail { a href=(seen.url()) { (ui::icon("chevron-left")) (seen.record().title) } } } h1 { (visit.say("All changes")) } }
                div.record-body.no-side { div.record-main { (ui::timeline(&timeline(&seen, &history))) } }
            }
        };
        answer(shell::page(visit, &seen.record().title, Some(&path), content))
    })
    .await
}
