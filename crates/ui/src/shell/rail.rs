//! The left bar, and the phone's navigation at the foot.

use maud::{Markup, html};

use super::{Shell, ShellWords};
use crate::{Text, icon, icons::mark, marks::kbd};

/// The left bar from top to bottom.
#[derive(Debug, Clone, Default)]
pub struct Rail<'a> {
    pub brand: Brand<'a>,
    /// Groups in order; the first usually has no title.
    pub groups: Vec<Group<'a>>,
    /// Guide and settings.
    pub foot: Vec<Entry<'a>>,
}

/// The name of the program, the company that uses it, and where the mark leads.
#[derive(Debug, Clone, Default)]
pub struct Brand<'a> {
    pub name: Text<'a>,
    pub company: Text<'a>,
    pub url: Text<'a>,
}

/// Entries under a small heading.
#[derive(Debug, Clone, Default)]
pub struct Group<'a> {
    pub title: Text<'a>,
    pub entries: Vec<Entry<'a>>,
}

/// One way into the program.
#[derive(Debug, Clone, Default)]
pub struct Entry<'a> {
    pub label: Text<'a>,
    pub icon: &'a str,
    pub url: Text<'a>,
    pub current: bool,
    /// Shown only where something waits.
    pub count: Option<u64>,
    /// The count is of things overdue: in red.
    pub late: bool,
    /// A key shown at the right, such as `?`.
    pub key: &'a str,
}

pub(super) fn rail(rail: &Rail, words: &ShellWords) -> Markup {
    html! {
        nav.rail aria-label=(words.navigation) {
            a.brand href=(rail.brand.url) {
                (mark())
                span.brand-text { b { (rail.brand.name) } small { (rail.brand.company) } }
            }
            div.rail-groups {
                @for group in &rail.groups {
                    @if !group.title.is_empty() { h2.rail-title { span { (group.title) } } }
                    ul { @for entry in &group.entries { li { (rail_entry(entry)) } } }
                }
            }
            ul.rail-foot {
                @for entry in &rail.foot { li { (rail_entry(entry)) } }
                li { button.rail-item.rail-collapse type="button" data-act="toggle-rail" data-key="[" title={ (words.collapse) " ([)" } {
                    (icon("arrow-bar-to-left")) span.rail-label { (words.collapse) } (kbd("["))
                } }
            }
        }
    }
}

fn rail_entry(entry: &Entry) -> Markup {
    html! {
        a.rail-item href=(entry.url) aria-current=[entry.current.then_some("page")] title=(entry.label)
            data-key=[(entry.key == "?").then_some("?")] {
            (icon(entry.icon))
            span.rail-label { (entry.label) }
            @if let Some(count) = entry.count { span class={ "count" @if entry.late { " late" } } { (count) } }
            @if !entry.key.is_empty() { (kbd(entry.key)) }
        }
    }
}

pub(super) fn phone_navigation(shell: &Shell) -> Markup {
    html! {
        nav.phone-nav aria-label=(shell.words.navigation) {
            @for (place, entry) in shell.phone.iter().enumerate() {
                @if place == 2 && !shell.create.is_empty() {
                    button.phone-create type="button" popovertarget="create-menu" aria-label=(shell.create_word) { (icon("plus")) }
                }
                a href=(entry.url) aria-current=[entry.current.then_some("page")] {
                    (icon(entry.icon)) span { (entry.label) }
                    @if let Some(count) = entry.count { span class={ "phone-count" @if entry.late { " late" } } { (count) } }
                }
            }
        }
    }
}
