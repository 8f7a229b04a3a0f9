//! The search palette: a dialog whose results come as fragments, grouped, chosen with the keyboard.

use maud::{Markup, html};

use crate::{
    Text,
    act::some,
    marks::{Avatar, avatar, kbd},
};

/// The keys at the foot of the palette, each with its word: (`["↑", "↓"]`, *scorri*).
#[derive(Debug, Clone, Default)]
pub struct PaletteWords<'a> {
    /// *Cerca*, the name of the dialog.
    pub title: Text<'a>,
    /// *Chiudi*
    pub close: Text<'a>,
    pub left: Vec<(Vec<&'a str>, Text<'a>)>,
    pub right: Vec<(Vec<&'a str>, Text<'a>)>,
}

/// Results of one kind, five at most.
#[derive(Debug, Clone, Default)]
pub struct ResultGroup<'a> {
    pub title: Text<'a>,
    pub hits: Vec<Hit<'a>>,
}

/// One result: a link, or a command that the page's script or a post carries out.
#[derive(Debug, Clone, Default)]
pub struct Hit<'a> {
    pub url: Text<'a>,
    /// An act of the page's script, in place of the link.
    pub script: &'a str,
    /// An address that is posted to, in place of the link.
    pub post: Text<'a>,
    pub avatar: Avatar<'a>,
    /// The title in pieces, true for those that match what was typed.
    pub title: Vec<(Text<'a>, bool)>,
    /// What tells it from its namesakes, in pieces like the title.
    pub detail: Vec<(Text<'a>, bool)>,
    /// An amount or a date at the right end.
    pub end: Text<'a>,
    /// Keys that do the same.
    pub keys: Vec<&'a str>,
}

/// The palette itself, closed; [`crate::page`] draws it.
pub(crate) fn palette(url: &str, placeholder: &str, words: &PaletteWords) -> Markup {
    let foot = |keys: &[(Vec<&str>, Text)]| {
        html! { @for (caps, word) in keys { span { @for cap in caps { (kbd(cap)) } " " (word) } } }
    };
    html! {
        dialog.palette id="palette" aria-label=(words.title) data-palette=(url) {
            form.palette-box role="search" aria-label=(words.title) action=(url) method="get" {
                (crate::icon("search"))
                input type="search" name="q" placeholder=(placeholder) aria-label=(words.title) autocomplete="off" role="combobox"
                    aria-controls="palette-results" aria-expanded="true" spellcheck="false";
                span.muted id="palette-count" aria-live="polite" {}
                button.palette-close type="button" data-act="close-dialog" aria-label={ (words.close) " Esc" } { (kbd("Esc")) (crate::icon("x")) }
            }
            div.palette-results id="palette-results" role="listbox" aria-label=(words.title) {}
            footer { div { (foot(&words.left)) } div { (foot(&words.right)) } }
        }
    }
}

/// What `GET /search?q=` answers to htmx: the groups, and how many there are in words (*14 risultati*); `nothing` says above
/// them that no record was found.
pub fn results(groups: &[ResultGroup], count: &str, nothing: &str) -> Markup {
    html! {
        div data-count=(count) {
            @if !nothing.is_empty() { p.palette-nothing role="presentation" { (nothing) } }
            @for group in groups {
                div role="group" aria-label=(group.title) {
                    h2 role="presentation" { (group.title) }
                    @for hit in &group.hits { (result(hit)) }
                }
            }
        }
    }
}

fn result(hit: &Hit) -> Markup {
    let inside = html! {
        (avatar(&hit.avatar, ""))
        span.hit-text {
            span.hit-title { (pieces(&hit.title)) }
            span.hit-detail { (pieces(&hit.detail)) }
        }
        @if !hit.end.is_empty() { span.hit-end { (hit.end) } }
        @for key in &hit.keys { (kbd(key)) }
        span.hit-enter { (kbd("↵")) }
    };
    html! {
        @if hit.url.is_empty() {
            button.hit type="button" role="option" aria-selected="false" tabindex="-1" data-act=[some(hit.script)] hx-post=[some(&hit.post)] { (inside) }
        } @else {
            a.hit role="option" aria-selected="false" tabindex="-1" href=(hit.url) { (inside) }
        }
    }
}

/// Pieces of a text, the matching ones underlined.
pub fn pieces(pieces: &[(Text, bool)]) -> Markup {
    html! { @for (piece, found) in pieces { @if *found { mark { (piece) } } @else { (piece) } } }
}
