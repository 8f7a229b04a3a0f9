//! The sheet of keys that `?` opens.

use maud::{Markup, html};

use crate::{Text, icon, marks::kbd};

/// The keys that act on this page, in groups.
#[derive(Debug, Clone, Default)]
pub struct KeySheet<'a> {
    /// *I tasti di questa pagina*
    pub title: Text<'a>,
    /// *Chiudi*
    pub close: Text<'a>,
    pub groups: Vec<KeyGroup<'a>>,
}

/// Keys under a heading; each is its caps and what it does.
#[derive(Debug, Clone, Default)]
pub struct KeyGroup<'a> {
    pub title: Text<'a>,
    pub keys: Vec<(Vec<&'a str>, Text<'a>)>,
}

pub(crate) fn key_sheet(sheet: &KeySheet) -> Markup {
    html! {
        dialog.key-sheet id="keys" aria-label=(sheet.title) {
            header { h2 { (sheet.title) }
                button.btn.btn-bare.btn-icon type="button" data-act="close-dialog" aria-label=(sheet.close) title=(sheet.close) { (icon("x")) }
            }
            div.key-groups {
                @for group in &sheet.groups {
                    section {
                        h3 { (group.title) }
                        dl { @for (caps, word) in &group.keys {
                            div { dt { (word) } dd { @for cap in caps { (kbd(cap)) } } }
                        } }
                    }
                }
            }
        }
    }
}
