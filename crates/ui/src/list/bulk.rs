//! The dark bar with what can be done to the selected rows.

use maud::{Markup, html};

use crate::{Button, Text, act::button, icon};

/// The bulk bar; it shows by itself while a row is ticked.
#[derive(Debug, Clone, Default)]
pub struct Bulk<'a> {
    /// The form's own address; its buttons are [`crate::Act::SubmitTo`] with `form: "bulk"`, ids come as `id=…` each.
    pub url: Text<'a>,
    pub csrf: Text<'a>,
    /// The filter of the list, sent along so that *all* means the same to the server.
    pub filter: Text<'a>,
    /// *{n} selezionate*: `{n}` is replaced as rows are ticked.
    pub selected: Text<'a>,
    /// *1 selezionata*
    pub selected_one: Text<'a>,
    /// *Seleziona tutte, circa 2.140*
    pub select_all: Text<'a>,
    /// *Tutte selezionate*: shown instead of the number once all were chosen; sends `all=1`.
    pub all_selected: Text<'a>,
    /// Six at most.
    pub verbs: Vec<Button<'a>>,
    /// *Togli la selezione*
    pub clear: Text<'a>,
}

pub(super) fn bar(bulk: &Bulk) -> Markup {
    html! {
        form.bulk id="bulk" method="post" action=(bulk.url) data-bulk data-post {
            input type="hidden" name="csrf" value=(bulk.csrf);
            input type="hidden" name="filter" value=(bulk.filter);
            input type="hidden" name="all" value="" data-bulk-all;
            b data-bulk-count aria-live="polite" data-one=(bulk.selected_one) data-many=(bulk.selected) data-all=(bulk.all_selected) {}
            @if !bulk.select_all.is_empty() {
                button.bulk-link type="button" data-act="select-everything" { (bulk.select_all) }
            }
            i.bulk-line {}
            div.bulk-verbs { @for verb in &bulk.verbs { (button(verb)) } }
            i.bulk-line {}
            button.bulk-close type="button" data-act="clear-selection" aria-label=(bulk.clear) title=(bulk.clear) { (icon("x")) }
        }
    }
}
