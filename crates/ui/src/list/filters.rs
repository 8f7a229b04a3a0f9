//! The line of filters above a list: what is asked for, in words that are menus.

use maud::{Markup, html};

use super::{List, Sorted};
use crate::{
    Button, Text,
    act::{button, some},
    icon,
    marks::kbd,
};

/// The filter bar.
#[derive(Debug, Clone, Default)]
pub struct Filters<'a> {
    /// Words that the rows must hold, typed where one looks.
    pub quick: Option<Quick<'a>>,
    pub chips: Vec<Chip<'a>>,
    /// *Filtro*
    pub add_word: Text<'a>,
    /// What the *Filtro* button opens: fields to choose, or an htmx placeholder that fetches them.
    pub add: Option<Markup>,
    /// It stands in sight, below the line: something in it must be put right.
    pub open: bool,
    /// *Salva la vista*; only when something differs from the saved one.
    pub save: Option<Button<'a>>,
    /// *Togli tutti i filtri*
    pub clear: Option<Button<'a>>,
}

/// The quick filter: a form of its own that asks for the list again.
#[derive(Debug, Clone, Default)]
pub struct Quick<'a> {
    /// The list without its query.
    pub url: Text<'a>,
    /// The rest of the query, name and value.
    pub kept: Vec<(Text<'a>, Text<'a>)>,
    pub value: Text<'a>,
    /// *Cerca nell'elenco*
    pub label: Text<'a>,
}

/// One condition: field, operator, value, and the way to take it off.
#[derive(Debug, Clone, Default)]
pub struct Chip<'a> {
    /// Unique in the page.
    pub id: Text<'a>,
    pub field: Text<'a>,
    /// *è*, *almeno*, *contiene*
    pub operator: Text<'a>,
    pub value: Text<'a>,
    /// The list without this condition.
    pub remove_url: Text<'a>,
    /// *Togli il filtro Stadio*
    pub remove_word: Text<'a>,
    /// Fetched into a popover when field, operator or value is pressed (`?part=field|operator|value` is added);
    /// without script it is a page with the same form.
    pub edit_url: Text<'a>,
    /// "or" written before the chip; empty for the silent "and".
    pub or_word: Text<'a>,
}

/// How many there are; the page comes without the number.
#[derive(Debug, Clone, Default)]
pub struct Count<'a> {
    /// Answers [`count`] to htmx; empty when the text is already there.
    pub url: Text<'a>,
    /// *20 di circa 2.140*, or empty while it is on its way.
    pub text: Text<'a>,
}

/// The count: a place that fetches its number, or the number itself (also as the fragment of [`Count::url`]).
pub fn count(count: &Count) -> Markup {
    html! {
        @if count.text.is_empty() && !count.url.is_empty() {
            span.list-count id="count" aria-live="polite" hx-get=(count.url) hx-trigger="load" hx-swap="outerHTML" { " " }
        } @else { span.list-count id="count" aria-live="polite" { (count.text) } }
    }
}

/// In place of the rows when the filters leave none: a sentence and the way out, no drawing.
pub fn empty_filter(sentence: &str, clear_word: &str, clear_url: &str) -> Markup {
    html! { p.empty-filter { (sentence) " " a href=(clear_url) { (clear_word) } } }
}

pub(super) fn bar(list: &List) -> Markup {
    let filters = &list.filters;
    if filters.chips.is_empty() && filters.add.is_none() && list.count.url.is_empty() && list.count.text.is_empty() {
        return html! {};
    }
    html! {
        div.filter-bar {
            @if let Some(q) = &filters.quick {
                form.quick method="get" action=(q.url) role="search" aria-label=(q.label) {
                    @for (name, value) in &q.kept { input type="hidden" name=(name) value=(value); }
                    (icon("list-search"))
                    input.form-control type="search" name="q" value=(q.value) placeholder=(q.label) aria-label=(q.label) autocomplete="off";
                }
            }
            div.chips { @for c in &filters.chips { (chip(c, &c.id)) } }
            div.menu.filter-menu popover="auto" id="chip-menu" {}
            @if let Some(add) = &filters.add {
                button.btn.btn-bare.filter-add type="button" popovertarget="filter-menu" data-key="F" {
                    (icon("filter-plus")) span { (filters.add_word) } (kbd("F"))
                }
                @if !filters.open {
                    div.menu.filter-menu popover="auto" id="filter-menu" {
                        div.phone-chips { @for c in &filters.chips { (chip(c, "")) } }
                        (add)
                    }
                }
            }
            @if let Some(clear) = &filters.clear { (button(clear)) }
            div.filter-end {
                @if let Some(save) = &filters.save { (button(save)) }
                (count(&list.count))
                (phone_sort(list))
            }
        }
        @if let Some(add) = filters.add.as_ref().filter(|_| filters.open) { div.filter-menu.filter-open id="filter-menu" { (add) } }
    }
}

/// A chip; on the phone it stands in the menu of filters too, without its id.
fn chip(chip: &Chip, id: &str) -> Markup {
    let part = |name: &str, words: &str| {
        html! { a class={ "chip-part chip-" (name) } href=(chip.edit_url) data-chip-part=(name) { (words) } }
    };
    html! {
        @if !chip.or_word.is_empty() { span.chip-or { (chip.or_word) } }
        div.chip id=[some(id)] data-chip {
            (part("field", &chip.field)) (part("operator", &chip.operator)) (part("value", &chip.value))
            a.chip-remove href=(chip.remove_url) aria-label=(chip.remove_word) title=(chip.remove_word) { (icon("x")) }
        }
    }
}

fn phone_sort(list: &List) -> Markup {
    let sorted = list.columns.iter().find_map(|column| column.sorted.map(|way| (column, way)));
    html! {
        @if let Some((column, way)) = sorted {
            a.phone-sort href=(column.sort_url) {
                span.visually-hidden { (list.words.sorted_by) " " } (icon(if way == Sorted::Up { "arrow-up" } else { "arrow-down" })) (column.label)
            }
        }
    }
}
