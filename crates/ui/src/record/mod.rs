//! The page of one record: who it is, its fields in sections, and beside them what happened.

mod again;
mod comments;
mod field;
mod panel;
mod timeline;

pub use again::{Again, again};
pub use comments::{Comment, Comments, NewComment, Piece, comments};
pub use field::{Editing, Field, Note, NoteKind, Value, field, field_editing, note};
pub use panel::{Panel, PanelRow, panel};
pub use timeline::{Change, Event, Task, Timeline, changes, events, timeline};

use maud::{Markup, html};

use crate::{
    Button, Menu, Text,
    act::{button, menu},
    icon,
    list::{Tab, tabs},
    marks::{Avatar, avatar},
};

/// A whole record page.
#[derive(Debug, Clone, Default)]
pub struct RecordPage<'a> {
    pub header: Header<'a>,
    pub tabs: Vec<Tab<'a>>,
    /// Sections, panels, or whatever the current tab shows.
    pub main: Markup,
    /// Timeline and history; none leaves the whole width to the main part.
    pub side: Option<Markup>,
    /// *Diario*, the name of the side column.
    pub side_label: Text<'a>,
    /// Under 992 px the side column is shown instead of the main part (the tab *Diario*).
    pub side_current: bool,
}

/// Who it is, where one came from, and what one does with it.
#[derive(Debug, Clone, Default)]
pub struct Header<'a> {
    /// The way back: words and address; the last may have no address.
    pub trail: Vec<(Text<'a>, Text<'a>)>,
    pub place: Option<Place<'a>>,
    pub avatar: Avatar<'a>,
    /// Where the picture is changed; empty when it may not be.
    pub picture_url: Text<'a>,
    /// *Cambia la foto*
    pub picture_word: Text<'a>,
    pub title: Text<'a>,
    /// Behind the title: the star, a code.
    pub beside_title: Option<Markup>,
    /// Stage, roles, people in charge, visibility: one element each.
    pub meta: Vec<Markup>,
    pub actions: Vec<Button<'a>>,
    pub menu: Option<Menu<'a>>,
    /// A line above all: in the trash, merged, seen without rights.
    pub notice: Option<Markup>,
}

/// The place in the list one came from.
#[derive(Debug, Clone, Default)]
pub struct Place<'a> {
    /// *6 di circa 2.140*
    pub text: Text<'a>,
    pub previous_url: Text<'a>,
    pub previous_word: Text<'a>,
    pub next_url: Text<'a>,
    pub next_word: Text<'a>,
}

/// The record page's content.
pub fn record_page(page: &RecordPage) -> Markup {
    html! {
        article.record data-record {
            (header_in_place(&page.header, None))
            @if !page.tabs.is_empty() { (tabs(&page.tabs, &page.header.title)) }
            div.record-body.no-side[page.side.is_none()] data-side=[page.side_current.then_some("current")] {
                div.record-main { (page.main) }
                @if let Some(side) = &page.side { aside.record-side aria-label=(page.side_label) { (side) } }
            }
        }
    }
}

fn header_in_place(h: &Header, swapped: Option<&str>) -> Markup {
    html! {
        header.record-head id="record-head" hx-swap-oob=[swapped] {
            @if let Some(notice) = &h.notice { div.notice { (notice) } }
            div.record-trail {
                nav.trail { @for (place, (word, url)) in h.trail.iter().enumerate() {
                    @if place > 0 { (icon("chevron-right")) }
                    @if url.is_empty() { span { (word) } } @else { a href=(url) { (icon("chevron-left")) (word) } }
                } }
                @if let Some(place) = &h.place { (place_in_list(place)) }
            }
            div.record-who {
                @if h.picture_url.is_empty() { (avatar(&h.avatar, "avatar-l")) }
                @else { a.record-picture href=(h.picture_url) data-dialog title=(h.picture_word) {
                    span aria-hidden="true" { (avatar(&h.avatar, "avatar-l")) }
                    span.visually-hidden { (h.picture_word) }
                    span.record-picture-change aria-hidden="true" { (icon("pencil")) } } }
                div.record-names {
                    h1 { (h.title) @if let Some(beside) = &h.beside_title { " " (beside) } }
                    div.record-meta { @for part in &h.meta { (part) } }
                }
                div.record-actions {
                    @for action in &h.actions { (button(action)) }
                    @if let Some(m) = &h.menu { (menu(m)) }
                }
            }
        }
    }
}

fn place_in_list(place: &Place) -> Markup {
    html! {
        div.place {
            @if !place.text.is_empty() { span { (place.text) } }
            (step("prev", &place.previous_url, &place.previous_word, "K", "chevron-up"))
            (step("next", &place.next_url, &place.next_word, "J", "chevron-down"))
        }
    }
}

/// One record on or back; at the end of the list a button that does nothing.
fn step(rel: &str, url: &str, word: &str, key: &str, sign: &str) -> Markup {
    html! {
        @if url.is_empty() {
            button.btn.btn-bare.btn-icon type="button" disabled aria-label=(word) title=(word) { (icon(sign)) }
        } @else {
            a.btn.btn-bare.btn-icon rel=(rel) href=(url) aria-label=(word) title={ (word) " (" (key) ")" } data-key=(key) { (icon(sign)) }
        }
    }
}

/// A part of the page under its own title.
#[derive(Debug, Clone, Default)]
pub struct Section<'a> {
    pub title: Text<'a>,
    /// Behind the title in grey.
    pub note: Text<'a>,
    pub action: Option<Button<'a>>,
    /// In two columns from 640 px up.
    pub fields: Vec<Field<'a>>,
    /// Under the fields, across both columns.
    pub body: Option<Markup>,
}

/// Draws a section.
pub fn section(s: &Section) -> Markup {
    html! {
        section.section {
            header { h2 { (s.title) @if !s.note.is_empty() { " " small { (s.note) } } }
                @if let Some(action) = &s.action { (button(action)) } }
            @if !s.fields.is_empty() { div.fields { @for f in &s.fields { (field(f)) } } }
            @if let Some(body) = &s.body { (body) }
        }
    }
}
