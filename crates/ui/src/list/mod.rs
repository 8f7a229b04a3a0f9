//! The list of records: title and views, filters, table, bulk bar; three-line rows on the phone from the same markup.

mod bulk;
mod filters;
mod rows;

pub use bulk::Bulk;
pub use filters::{Chip, Count, Filters, Quick, count, empty_filter};
pub(crate) use rows::cell_inside;
pub use rows::{Cell, More, Row, row, row_of, rows, skeleton};

use maud::{Markup, html};

use crate::{
    Button, Menu, MenuItem, Text,
    act::{button, menu, menu_items, menu_list, some},
    icon,
};

/// A whole list page.
#[derive(Debug, Clone, Default)]
pub struct List<'a> {
    /// Unique in the page and steady over time (`companies`): scroll and selection are remembered under it.
    pub id: Text<'a>,
    /// *Aziende*
    pub title: Text<'a>,
    pub views: Vec<Tab<'a>>,
    /// Opens the form for a new view; empty for none.
    pub new_view: Option<Button<'a>>,
    /// Answers the input of a cell: `{id}` stands for the row's id, `{key}` for its column's key.
    pub edit_url: Text<'a>,
    /// Where a file dropped on the page is brought in; empty for nowhere.
    pub import_url: Text<'a>,
    /// At the right of the title: columns, export.
    pub actions: Vec<Button<'a>>,
    pub filters: Filters<'a>,
    pub count: Count<'a>,
    pub columns: Vec<Column<'a>>,
    pub rows: Vec<Row<'a>>,
    pub more: Option<More<'a>>,
    /// In place of the table when there is nothing: [`crate::empty_state`] or [`empty_filter`].
    pub instead: Option<Markup>,
    /// In place of the table: [`crate::board()`].
    pub board: Option<Markup>,
    /// What the board's columns are made by, and of what.
    pub by: Vec<Menu<'a>>,
    /// The menu of every row, once: `{id}` in its addresses stands for the row's id.
    pub row_menu: Vec<MenuItem<'a>>,
    pub bulk: Option<Bulk<'a>>,
    pub words: ListWords<'a>,
}

/// The words of the table itself.
#[derive(Debug, Clone, Default)]
pub struct ListWords<'a> {
    /// *Seleziona tutte*, the name of the tick in the head.
    pub select_all: Text<'a>,
    /// *Seleziona*, before the row's title.
    pub select: Text<'a>,
    /// *Che cosa fare con*, before the row's title: the name of the dots.
    pub row_menu: Text<'a>,
    /// *Filtri*, the phone's button.
    pub filters: Text<'a>,
    /// *Altro*, the phone's menu of columns, import and export.
    pub more: Text<'a>,
    /// *Cerca*
    pub search: Text<'a>,
    /// *Ordina per {campo}* on the phone: the whole sentence.
    pub sorted_by: Text<'a>,
}

/// A saved view, or a tab of a record page.
#[derive(Debug, Clone, Default)]
pub struct Tab<'a> {
    pub label: Text<'a>,
    pub url: Text<'a>,
    pub current: bool,
    /// A number behind the label; it holds its place when it comes late.
    pub count: Text<'a>,
    /// Shared with others: a people icon.
    pub shared: bool,
    /// Only where the side column is folded away (under 992 px).
    pub narrow_only: bool,
}

/// Tabs on one line that scrolls sideways when it is too long. `label` names them for screen readers.
pub fn tabs(tabs: &[Tab], label: &str) -> Markup {
    html! {
        nav.tabs aria-label=(label) {
            @for (place, tab) in tabs.iter().enumerate() {
                a.tab.narrow-only[tab.narrow_only] href=(tab.url) aria-current=[tab.current.then_some("page")]
                    data-view=(place + 1) {
                    (tab.label)
                    @if !tab.count.is_empty() { span.tab-count { (tab.count) } }
                    @if tab.shared { (icon("users")) }
                }
            }
        }
    }
}

/// A column of the table.
#[derive(Debug, Clone, Default)]
pub struct Column<'a> {
    pub label: Text<'a>,
    /// Address that sorts by it; empty when it cannot be sorted by.
    pub sort_url: Text<'a>,
    pub sorted: Option<Sorted>,
    /// Key of the field, where its cells are edited in place; empty where they are not.
    pub key: Text<'a>,
    /// Numbers stand at the right, under each other.
    pub right: bool,
    pub phone: Phone,
}

/// Which way a column is sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sorted {
    Up,
    Down,
}

/// Where a cell goes in the three-line row of the phone.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Phone {
    #[default]
    Hidden,
    /// Beside the others of the second line.
    Second,
    Third,
    /// The handset at the right: a cell of kind [`Cell::Phone`].
    Call,
}

impl Phone {
    pub(crate) fn class(self) -> &'static str {
        match self {
            Phone::Hidden => "",
            Phone::Second => "p2",
            Phone::Third => "p3",
            Phone::Call => "pc",
        }
    }
}

/// The list page's content.
pub fn list(list: &List) -> Markup {
    html! {
        div.list id=(list.id) data-list=(list.id) data-import=[some(&list.import_url)] data-edit-cell=[some(&list.edit_url)] {
            header.title-bar {
                h1 { (list.title) }
                (tabs(&list.views, &list.title))
                @if let Some(new) = &list.new_view { (button(new)) }
                div.title-end {
                    @for by in &list.by { (menu(by)) }
                    @for action in &list.actions { (button(action)) }
                }
                div.phone-tools {
                    button type="button" data-act="palette" aria-label=(list.words.search) { (icon("search")) }
                    button type="button" popovertarget="filter-menu" aria-label=(list.words.filters) {
                        (icon("adjustments-horizontal"))
                        @if !list.filters.chips.is_empty() { span.phone-badge { (list.filters.chips.len()) } }
                    }
                    @if !list.actions.is_empty() {
                        button type="button" popovertarget="list-menu" aria-label=(list.words.more) { (icon("dots")) }
                    }
                }
                @if !list.actions.is_empty() { (menu_list("list-menu", &phone_actions(list))) }
            }
            (filters::bar(list))
            @match (&list.instead, &list.board) {
                (Some(instead), _) => div.list-instead { (instead) },
                (None, Some(board)) => (board),
                (None, None) => (table(list)),
            }
            @if let Some(bulk) = &list.bulk { (bulk::bar(bulk)) }
            @if !list.row_menu.is_empty() {
                div.menu popover="auto" id="row-menu" data-menu data-row-menu=(list.words.row_menu) { (menu_items(&list.row_menu)) }
            }
        }
    }
}

/// What stands in words at the right of the title on wider screens.
fn phone_actions<'a>(list: &'a List) -> Vec<MenuItem<'a>> {
    let item = |button: &'a Button| MenuItem {
        label: button.label.clone(),
        icon: if button.icon.is_empty() { "bookmark" } else { button.icon },
        act: button.act.clone(),
        ..MenuItem::default()
    };
    let by = list.by.iter().flat_map(|menu| menu.items.iter().cloned());
    list.actions.iter().chain(&list.filters.save).map(item).chain(by).collect()
}

fn table(list: &List) -> Markup {
    html! {
        div.list-body data-scroll {
            table.grid {
                thead { tr {
                    th scope="col" {
                        div {
                            input.tick type="checkbox" data-select-all aria-label=(list.words.select_all);
                            @if let Some(first) = list.columns.first() { (head(first)) }
                        }
                    }
                    @for column in list.columns.iter().skip(1) {
                        th scope="col" class=[column.right.then_some("right")] data-field=[some(&column.key)] aria-sort=[order(column)] {
                            (head(column))
                        }
                    }
                    th.dots-cell { span.visually-hidden { (list.words.row_menu) } }
                } }
                tbody id={ (list.id) "-rows" } { (rows(&list.rows, &list.columns, list.more.as_ref(), &list.words)) }
            }
        }
    }
}

fn order(column: &Column) -> Option<&'static str> {
    column.sorted.map(|way| if way == Sorted::Up { "ascending" } else { "descending" })
}

fn head(column: &Column) -> Markup {
    let arrow = match column.sorted {
        Some(Sorted::Up) => icon("arrow-up"),
        Some(Sorted::Down) => icon("arrow-down"),
        None => html! {},
    };
    html! {
        @if column.sort_url.is_empty() { span.head { (column.label) } }
        @else { a.head.sorted[column.sorted.is_some()] href=(column.sort_url) { (arrow) (column.label) } }
    }
}
