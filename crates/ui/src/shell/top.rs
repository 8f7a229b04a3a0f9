//! The top bar: search, create, bell, user; the same on every page.

use maud::{Markup, html};

use super::Shell;
use crate::{
    MenuItem, Text,
    act::{menu_list, pressable},
    icon,
    marks::{Avatar, avatar, kbd},
    palette::{PaletteWords, palette},
};

/// The box that opens the palette; without script it is a plain form.
#[derive(Debug, Clone, Default)]
pub struct SearchBox<'a> {
    /// Answers whole pages, and result groups to htmx: `/search`.
    pub url: Text<'a>,
    /// *Cerca aziende, persone, telefoni, partite IVA*
    pub placeholder: Text<'a>,
    /// *Cerca*
    pub label: Text<'a>,
    /// What was asked for, on the page of results.
    pub query: Text<'a>,
    pub palette: PaletteWords<'a>,
}

/// The picture at the right end and what it offers: language, theme, sign out.
#[derive(Debug, Clone, Default)]
pub struct UserMenu<'a> {
    pub name: Text<'a>,
    pub email: Text<'a>,
    pub avatar: Avatar<'a>,
    pub items: Vec<MenuItem<'a>>,
}

pub(super) fn top_bar(shell: &Shell) -> Markup {
    let search = &shell.search;
    html! {
        header.top {
            form.search-box role="search" aria-label=(search.label) action=(search.url) method="get" data-search {
                (icon("search"))
                input type="search" name="q" value=(search.query) placeholder=(search.placeholder) aria-label=(search.label)
                    autocomplete="off" data-palette-open;
                (kbd("/"))
            }
            div.top-end {
                (create(shell))
                @if let Some(help) = &shell.help { (crate::help::help_link(help, "btn btn-bare btn-icon help-link")) }
                @if let Some(bell) = &shell.bell { (crate::notices::bell(bell)) }
                button.user-button type="button" popovertarget="user-menu" aria-haspopup="true" title=(shell.user.name) {
                    (avatar(&Avatar { name: shell.user.name.clone(), ..shell.user.avatar.clone() }, "avatar-top"))
                }
                div.menu.user-menu popover="auto" id="user-menu" data-menu {
                    p.menu-head { b { (shell.user.name) } span { (shell.user.email) } }
                    hr;
                    (crate::act::menu_items(&shell.user.items))
                }
            }
        }
    }
}

fn create(shell: &Shell) -> Markup {
    let Some(first) = shell.create.first() else { return html! {} };
    html! {
        div.split {
            (pressable(&first.act, "btn btn-primary", "C", Some(&first.label), html! {
                (icon("plus")) span { (shell.create_word) } (kbd("C"))
            }))
            @if shell.create.len() > 1 {
                button.btn.btn-primary.btn-icon type="button" popovertarget="create-menu" aria-label=(shell.words.more_to_create)
                    title=(shell.words.more_to_create) { (icon("chevron-down")) }
            }
        }
        (menu_list("create-menu", &shell.create))
    }
}

pub(super) fn palette_place(shell: &Shell) -> Markup {
    palette(&shell.search.url, &shell.search.placeholder, &shell.search.palette)
}
