//! What is to do and what happened, newest first, along a thin line.

use maud::{Markup, html};

use crate::{
    Button, Text,
    act::{button, some},
    icon,
    marks::{Avatar, When, avatar, dot},
};

/// The side column of a record.
#[derive(Debug, Clone, Default)]
pub struct Timeline<'a> {
    /// The quick add on top.
    pub add: Option<Markup>,
    /// *Da fare*
    pub tasks_title: Text<'a>,
    pub tasks: Vec<Task<'a>>,
    /// *Storico*
    pub events_title: Text<'a>,
    /// *Tutto*: what kinds are shown.
    pub filter: Option<Markup>,
    pub events: Vec<Event<'a>>,
    /// A sentence when nothing happened yet.
    pub empty: Text<'a>,
    pub more: Option<Button<'a>>,
}

/// Something to do.
#[derive(Debug, Clone, Default)]
pub struct Task<'a> {
    pub title: Text<'a>,
    pub url: Text<'a>,
    pub when: When,
    pub when_text: Text<'a>,
    pub who: Option<Avatar<'a>>,
    /// Marks it done by POST.
    pub done_url: Text<'a>,
    pub done_word: Text<'a>,
    pub csrf: Text<'a>,
}

/// Something that happened.
#[derive(Debug, Clone, Default)]
pub struct Event<'a> {
    pub id: Text<'a>,
    pub icon: &'a str,
    /// Kind, in bold: *Chiamata*.
    pub kind: Text<'a>,
    /// *con Elisa Pozzi*
    pub who: Text<'a>,
    /// *Parlato, 12 min*, in grey.
    pub outcome: Text<'a>,
    pub text: Text<'a>,
    /// *oggi 09:20*
    pub moment: Text<'a>,
    /// The whole date, as tooltip.
    pub moment_full: Text<'a>,
    /// RFC 3339, for programs.
    pub moment_iso: Text<'a>,
    /// *Mostra*: unfolds what is given here.
    pub details: Option<(Text<'a>, Markup)>,
    /// *Mostra* and the address that answers [`changes`]; fetched when it is first unfolded.
    pub details_url: Option<(Text<'a>, Text<'a>)>,
    /// *Annulla*, while that is possible.
    pub undo: Option<Button<'a>>,
}

/// A field that was changed.
#[derive(Debug, Clone, Default)]
pub struct Change<'a> {
    pub field: Text<'a>,
    pub before: Text<'a>,
    pub after: Text<'a>,
}

/// Draws the side column.
pub fn timeline(t: &Timeline) -> Markup {
    html! {
        @if let Some(add) = &t.add { (add) }
        @if !t.tasks.is_empty() {
            h2.side-title { (t.tasks_title) " " small { (t.tasks.len()) } }
            ul.tasks { @for one in &t.tasks { (task(one)) } }
        }
        div.side-head { h2.side-title { (t.events_title) } @if let Some(filter) = &t.filter { (filter) } }
        @if t.events.is_empty() { p.muted { (t.empty) } } @else { ol.events { (events(&t.events)) } }
        @if let Some(more) = &t.more { p.side-more { (button(more)) } }
    }
}

fn task(t: &Task) -> Markup {
    html! {
        li {
            @if t.done_url.is_empty() { i.round-tick {} } @else {
                form method="post" action=(t.done_url) data-post {
                    input type="hidden" name="csrf" value=(t.csrf);
                    button.round-tick aria-label={ (t.done_word) ": " (t.title) } title=(t.done_word) { (icon("check")) }
                }
            }
            a.task-title href=[some(&t.url)] { (t.title) }
            (dot(t.when, &t.when_text))
            @if let Some(who) = &t.who { (avatar(who, "")) }
        }
    }
}

/// The events alone, as the fragment that loads more of them.
pub fn events(list: &[Event]) -> Markup {
    html! { @for e in list { (event(e)) } }
}

fn event(e: &Event) -> Markup {
    html! {
        li.event id=[some(&e.id)] {
            span.event-ring { (icon(e.icon)) }
            div.event-body {
                div.event-head {
                    @if !e.kind.is_empty() { b { (e.kind) } " " }
                    span { (e.who) }
                    @if !e.outcome.is_empty() { " " span.muted { (e.outcome) } }
                }
                @if !e.text.is_empty() { p.event-text { (e.text) } }
                @if e.undo.is_some() || e.details.is_some() || e.details_url.is_some() { (event_acts(e)) }
            }
            time.event-when datetime=[some(&e.moment_iso)] title=[some(&e.moment_full)] { (e.moment) }
        }
    }
}

/// *Annulla* and *Mostra*, never on two lines.
fn event_acts(e: &Event) -> Markup {
    html! {
        div.event-acts {
            @if let Some(undo) = &e.undo { (button(undo)) }
            @if let Some((word, inside)) = &e.details { details { summary { (word) } (inside) } }
            @if let Some((word, url)) = &e.details_url {
                details { summary { (word) } div hx-get=(url) hx-trigger="toggle from:closest details once" { } }
            }
        }
    }
}

/// Field, before, after: what *Mostra* opens.
pub fn changes(list: &[Change]) -> Markup {
    html! {
        dl.changes { @for change in list {
            div { dt { (change.field) } dd {
                @if !change.before.is_empty() { del { (change.before) } }
                (icon("arrow-right"))
                @if !change.after.is_empty() { ins { (change.after) } } @else { span.muted { "–" } }
            } }
        } }
    }
}
