//! Records that belong to the one on the page, as a small table of its own.

use maud::{Markup, html};

use crate::{
    Button, Cell, Text,
    act::{button, some},
    list::cell_inside,
    marks::{Avatar, avatar},
};

/// A sub-panel.
#[derive(Debug, Clone, Default)]
pub struct Panel<'a> {
    pub id: Text<'a>,
    pub title: Text<'a>,
    pub count: Text<'a>,
    pub action: Option<Button<'a>>,
    /// Heads of the columns after the first; empty for a panel without heads.
    pub columns: Vec<Text<'a>>,
    pub rows: Vec<PanelRow<'a>>,
    /// A sentence when there are none.
    pub empty: Text<'a>,
    /// *Tutte le 34* and its address.
    pub more: Option<(Text<'a>, Text<'a>)>,
}

/// One line of a sub-panel.
#[derive(Debug, Clone, Default)]
pub struct PanelRow<'a> {
    pub avatar: Option<Avatar<'a>>,
    pub title: Text<'a>,
    pub url: Text<'a>,
    pub cells: Vec<Cell<'a>>,
    /// At the right end: tags, buttons.
    pub end: Option<Markup>,
}

/// Draws a sub-panel.
pub fn panel(p: &Panel) -> Markup {
    html! {
        section.section.panel id=(p.id) {
            header { h2 { (p.title) @if !p.count.is_empty() { " " small { (p.count) } } }
                @if let Some(action) = &p.action { (button(action)) } }
            @if p.rows.is_empty() { p.muted { (p.empty) } } @else {
                table.panel-table {
                    @if !p.columns.is_empty() { thead { tr { th {} @for column in &p.columns { th scope="col" { (column) } } th {} } } }
                    tbody { @for row in &p.rows { (panel_row(row)) } }
                }
            }
            @if let Some((word, url)) = &p.more { p { a href=(url) { (word) } } }
        }
    }
}

fn panel_row(row: &PanelRow) -> Markup {
    html! {
        tr {
            th scope="row" { div.first-cell {
                @if let Some(a) = &row.avatar { (avatar(a, "")) }
                a.row-link href=[some(&row.url)] { (row.title) }
            } }
            @for cell in &row.cells { td { (cell_inside(cell)) } }
            td.right { @if let Some(end) = &row.end { (end) } }
        }
    }
}
