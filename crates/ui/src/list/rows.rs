//! The rows of a list: one line each on a desk, three on a phone.

use maud::{Markup, html};

use super::{Column, ListWords};
use crate::{
    Text,
    act::some,
    icon,
    marks::{self, Avatar, Fill, Tag, When, avatar},
};

/// One record.
#[derive(Debug, Clone, Default)]
pub struct Row<'a> {
    pub id: Text<'a>,
    pub url: Text<'a>,
    pub avatar: Avatar<'a>,
    pub title: Text<'a>,
    /// Behind the title in grey: the trade name.
    pub secondary: Text<'a>,
    /// One a column after the first, in order.
    pub cells: Vec<Cell<'a>>,
}

/// What stands in a cell.
#[derive(Debug, Clone, Default)]
pub enum Cell<'a> {
    #[default]
    Empty,
    /// A value in ink-2.
    Text(Text<'a>),
    /// A value in ink, for amounts and codes.
    Strong(Text<'a>),
    Stage(Fill, Text<'a>),
    Tags(Vec<Tag<'a>>),
    When(When, Text<'a>),
    /// People, by their pictures with the names as tooltips.
    People(Vec<Avatar<'a>>),
    /// Shown and called: as people read it, and as `tel:` wants it.
    Phone(Text<'a>, Text<'a>),
    /// A link: its words and its address.
    Link(Text<'a>, Text<'a>),
    /// A tick that is on (its word for screen readers) or off.
    Tick(bool, Text<'a>),
    Markup(Markup),
}

/// How the next rows come.
#[derive(Debug, Clone, Default)]
pub struct More<'a> {
    /// Answers [`rows`] to htmx, and the next whole page otherwise; empty at the end of a search.
    pub url: Text<'a>,
    /// *Mostra altre 50*
    pub label: Text<'a>,
    /// Why there are not more rows yet; then the next ones come only when asked for.
    pub note: Text<'a>,
}

/// Rows with the line that loads the next ones; also what the address of [`More`] answers to htmx.
pub fn rows(rows: &[Row], columns: &[Column], more: Option<&More>, words: &ListWords) -> Markup {
    html! {
        @for r in rows { (row(r, columns, words)) }
        @if let Some(more) = more {
            tr.more data-more {
                td colspan=(columns.len() + 1) {
                    @if !more.note.is_empty() { span.so-far role="status" { (more.note) } }
                    @if !more.url.is_empty() {
                        a.btn.btn-accent href=(more.url) hx-get=(more.url) hx-target="closest tr" hx-swap="outerHTML"
                            hx-trigger=(if more.note.is_empty() { "click, near" } else { "click" }) { (more.label) }
                    }
                }
            }
        }
    }
}

/// One row, also as the answer after an edit, whose place is found by [`row_of`]. What holds for all rows or for a whole
/// column stands in the styles and in the head: fifty rows are most of a page.
pub fn row(row: &Row, columns: &[Column], words: &ListWords) -> Markup {
    html! {
        tr data-row {
            th scope="row" {
                div {
                    input.tick type="checkbox" name="id" value=(row.id) form="bulk" aria-label={ (words.select) " " (row.title) };
                    (avatar(&row.avatar, ""))
                    a.row-link href=(row.url) { (row.title) }
                    @if !row.secondary.is_empty() { span.secondary { (row.secondary) } }
                }
            }
            @for (cell, column) in row.cells.iter().zip(columns.iter().skip(1)) {
                (draw(cell, column))
            }
            // For the dots, which come with the script that opens their menu.
            td {}
        }
    }
}

/// The selector of the row with an id.
pub fn row_of(id: &str) -> String {
    format!("tr:has(.tick[value=\"{id}\"])")
}

fn draw(cell: &Cell, column: &Column) -> Markup {
    let words = [
        column.phone.class(),
        if column.right { "right" } else { "" },
        if matches!(cell, Cell::Strong(_)) { "ink" } else { "" },
    ];
    let class = words.iter().filter(|word| !word.is_empty()).copied().collect::<Vec<_>>().join(" ");
    html! { td class=[some(&class)] { (cell_inside(cell)) } }
}

/// What stands in a cell, wherever the cell is.
pub(crate) fn cell_inside(cell: &Cell) -> Markup {
    html! {
        @match cell {
            Cell::Empty => {},
            Cell::Text(text) | Cell::Strong(text) => (text),
            Cell::Stage(fill, word) => (marks::stage(*fill, word)),
            Cell::Tags(tags) => @for tag in tags { (marks::tag(tag)) },
            Cell::When(when, word) => (marks::dot(*when, word)),
            Cell::People(people) => @for one in people { (avatar(one, "")) },
            Cell::Phone(shown, number) => a href={ "tel:" (number) } { (shown) },
            Cell::Link(shown, url) => a href=[some(url)] { (shown) },
            Cell::Tick(on, word) => @if *on { (icon("check")) span.visually-hidden { (word) } },
            Cell::Markup(inside) => (inside),
        }
    }
}

/// Bars in the place of rows while the first ones load; `widths` are 1 (short) to 5 (long), one a column.
pub fn skeleton(rows: usize, widths: &[u8]) -> Markup {
    html! {
        @for _ in 0..rows {
            tr.skeleton aria-hidden="true" { @for width in widths { td { i class={ "bar bar-" (width) } {} } } }
        }
    }
}
