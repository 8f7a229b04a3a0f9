//! Links to other records: typed, suggested, chosen.
//!
//! With script the visible input asks `url?q=…` (htmx) and the chosen id goes into the hidden `name`. Without script what
//! was typed is sent as `name.text`, and the server looks for the one record that is called so.

use maud::{Markup, html};

use super::{Context, choice::chosen};
use crate::{
    Text,
    act::some,
    icon,
    marks::{Avatar, avatar},
};

/// A record that is linked, or suggested.
#[derive(Debug, Clone, Default)]
pub struct Linked<'a> {
    pub id: Text<'a>,
    pub title: Text<'a>,
    pub avatar: Option<Avatar<'a>>,
    /// What tells it from its namesakes.
    pub detail: Text<'a>,
}

pub(super) fn one(c: &Context, value: Option<&Linked>, url: &str, placeholder: &str, clear_word: &str) -> Markup {
    html! {
        div.link-chooser data-link-chooser {
            input type="hidden" name=(c.name) value=[value.map(|v| &v.id)] data-link-id;
            (typed(c, value.map_or("", |v| &v.title), url, placeholder))
            @if !clear_word.is_empty() {
                button.link-clear type="button" data-act="clear-link" aria-label=(clear_word) title=(clear_word) { (icon("x")) }
            }
            (place(c))
        }
    }
}

pub(super) fn several(c: &Context, values: &[Linked], url: &str, placeholder: &str, remove_word: &str) -> Markup {
    html! {
        div.link-chooser data-link-chooser="several" data-link-name=(c.name) data-word-remove=(remove_word) {
            div.chosen.form-control role="group" aria-labelledby={ "l-" (c.name) } {
                input type="hidden" name=(c.name) value="";
                @for v in values { (chosen(c.name, &v.id, &v.title, remove_word)) }
                (typed(c, "", url, placeholder))
            }
            (place(c))
        }
    }
}

fn typed(c: &Context, value: &str, url: &str, placeholder: &str) -> Markup {
    html! {
        input.form-control.link-input id={ "i-" (c.name) } name={ (c.name) ".text" } type="text" value=(value) placeholder=(placeholder)
            autocomplete="off" role="combobox" aria-expanded="false" aria-controls={ "s-" (c.name) } aria-autocomplete="list"
            required[c.required] readonly[c.read_only] autofocus[c.autofocus] aria-invalid=[c.refused.then_some("true")]
            aria-describedby=[some(c.described_by)] aria-label=[c.unlabelled.then_some(c.label)] data-link-url=(url);
    }
}

fn place(c: &Context) -> Markup {
    html! { div.suggestions.menu id={ "s-" (c.name) } role="listbox" aria-label=(c.label) hidden {} }
}

/// What the address of a link chooser answers: the records that fit, best first, or a sentence when there are none.
pub fn suggestions(found: &[Linked], none: &str) -> Markup {
    html! {
        @if found.is_empty() { p.muted { (none) } }
        @for one in found {
            div.menu-item role="option" aria-selected="false" data-id=(one.id) data-title=(one.title) {
                @if let Some(a) = &one.avatar { (avatar(a, "")) }
                span.menu-label { (one.title) } span.menu-key { (one.detail) }
            }
        }
    }
}
