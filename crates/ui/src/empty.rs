//! What a page shows when there is nothing yet: what will be here, and how to start.

use maud::{Markup, html};

use crate::{Text, icon, icons::arch};

/// An empty state: one sentence, at most two ways to start, three links.
#[derive(Debug, Clone, Default)]
pub struct Empty<'a> {
    /// *Qui ci saranno le tue aziende*
    pub title: Text<'a>,
    pub text: Text<'a>,
    pub ways: Vec<Way<'a>>,
    pub links: Vec<(&'a str, Text<'a>, Text<'a>)>,
}

/// One way to start.
#[derive(Debug, Clone)]
pub struct Way<'a> {
    pub icon: &'a str,
    pub title: Text<'a>,
    pub text: Text<'a>,
    pub body: Markup,
}

/// Draws an empty state. Links are (icon, words, address).
pub fn empty_state(empty: &Empty) -> Markup {
    html! {
        section.empty {
            (arch())
            h2 { (empty.title) }
            p.empty-text { (empty.text) }
            @if !empty.ways.is_empty() {
                div.ways { @for way in &empty.ways {
                    section.way { h3 { (icon(way.icon)) (way.title) } p { (way.text) } (way.body) }
                } }
            }
            @if !empty.links.is_empty() {
                p.empty-links { @for (name, word, url) in &empty.links { a href=(url) { (icon(name)) (word) } } }
            }
        }
    }
}
