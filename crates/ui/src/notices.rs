//! What one is told: the bell of the top bar, its panel, and the page with all of it.

use maud::{Markup, html};

use crate::{
    Text,
    act::some,
    icon,
    marks::{Avatar, avatar},
};

/// The bell. Without script it is a link to the page.
#[derive(Debug, Clone, Default)]
pub struct Bell<'a> {
    /// Answers the page, and to htmx [`notices`] for the panel.
    pub url: Text<'a>,
    pub count: usize,
    /// *Avvisi: 3 nuovi*
    pub word: Text<'a>,
    /// Whose it is: open pages of one person share what they hear.
    pub user: Text<'a>,
}

/// Lines, the latest first.
#[derive(Debug, Clone, Default)]
pub struct Notices<'a> {
    /// Of the panel; the page has its own.
    pub title: Text<'a>,
    pub items: Vec<Notice<'a>>,
    /// A sentence when there are none.
    pub empty: Text<'a>,
    /// *Segna tutto come letto* and the address it is sent to.
    pub read_all: Option<(Text<'a>, Text<'a>)>,
    /// *Tutti gli avvisi*, or the earlier ones.
    pub more: Option<(Text<'a>, Text<'a>)>,
    pub csrf: Text<'a>,
}

#[derive(Debug, Clone, Default)]
pub struct Notice<'a> {
    /// Of who did it; none for the program.
    pub avatar: Option<Avatar<'a>>,
    pub icon: &'a str,
    pub text: Text<'a>,
    /// What was said.
    pub note: Text<'a>,
    pub url: Text<'a>,
    pub moment: Text<'a>,
    pub moment_full: Text<'a>,
    pub moment_iso: Text<'a>,
    /// *nuovo*; empty when it was read.
    pub unread: Text<'a>,
    /// *Segna come letto* and the address it is sent to.
    pub read: Option<(Text<'a>, Text<'a>)>,
}

pub(crate) fn bell(b: &Bell) -> Markup {
    html! {
        a.btn.btn-bare.btn-icon.bell href=(b.url) title=(b.word) aria-label=(b.word) data-bell=(b.user) {
            (icon("bell"))
            span.bell-count aria-hidden="true" hidden[b.count == 0] { @if b.count > 99 { "99+" } @else { (b.count) } }
        }
        div.menu.bell-panel popover="auto" id="bell-panel" role="dialog" aria-label=(b.word) {}
    }
}

/// The inside of the panel, or of the page.
pub fn notices(n: &Notices) -> Markup {
    html! {
        @if !n.title.is_empty() || n.read_all.is_some() {
            div.notices-head {
                @if !n.title.is_empty() { h2 { (n.title) } }
                @if let Some((word, url)) = &n.read_all { (post(url, &n.csrf, html! { button.btn.btn-accent.btn-small type="submit" { (word) } })) }
            }
        }
        @if n.items.is_empty() { p.muted.notices-empty { (n.empty) } }
        @else { ol.notices { @for one in &n.items { (notice(one, &n.csrf)) } } }
        @if let Some((word, url)) = &n.more { p.notices-more { a href=(url) { (word) } } }
    }
}

fn notice(n: &Notice, csrf: &str) -> Markup {
    html! {
        li.told.unread[!n.unread.is_empty()] {
            span.told-mark aria-hidden="true" {
                @match &n.avatar { Some(a) => { (avatar(a, "")) } None => { span.event-ring { (icon(n.icon)) } } }
            }
            a.told-link href=(n.url) {
                @if !n.unread.is_empty() { span.visually-hidden { (n.unread) ": " } }
                span.told-text { (n.text) }
                @if !n.note.is_empty() { span.told-note { (n.note) } }
                time.told-when datetime=(n.moment_iso) title=[some(&n.moment_full)] { (n.moment) }
            }
            @if let Some((word, url)) = &n.read {
                (post(url, csrf, html! {
                    button.told-read type="submit" title=(word) aria-label={ (word) ": " (n.text) } { i.told-dot {} }
                }))
            }
        }
    }
}

fn post(url: &str, csrf: &str, button: Markup) -> Markup {
    html! { form method="post" action=(url) data-post { input type="hidden" name="csrf" value=(csrf); (button) } }
}
