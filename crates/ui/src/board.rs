//! The board: a column for each value of a field, with cards that are carried from one to another.

use maud::{Markup, html};

use crate::{
    Avatar, Button, Cell, Fill, More, Text,
    act::{button, some},
    avatar, icon,
    list::cell_inside,
    marks::square,
};

/// A board, in place of a list's table.
#[derive(Debug, Clone, Default)]
pub struct Board<'a> {
    /// *Opportunità per fase*, the name for screen readers.
    pub label: Text<'a>,
    /// Takes a card to another column by POST: `{id}` stands for the card's id. Empty when nothing may be carried.
    pub move_url: Text<'a>,
    pub columns: Vec<BoardColumn<'a>>,
    /// Answers another text after anything changed.
    pub changes_url: Text<'a>,
    /// *Invio apre, Spazio prende e posa, frecce spostano, Esc rimette*
    pub help: Text<'a>,
    /// *Sposta*, the name of a card's way without dragging.
    pub move_word: Text<'a>,
    /// *Presa*, *Posata*, said to screen readers before the card's or column's name.
    pub lifted: Text<'a>,
    pub dropped: Text<'a>,
}

#[derive(Debug, Clone, Default)]
pub struct BoardColumn<'a> {
    /// The value that cards get there.
    pub key: Text<'a>,
    pub label: Text<'a>,
    pub fill: Option<Fill>,
    /// How many, and what they sum up to, one line a currency.
    pub count: Text<'a>,
    pub sums: Vec<Text<'a>>,
    /// *50 %*, what the list says beside the value.
    pub percent: Text<'a>,
    /// Said while a card hangs above it: *la probabilità passa al 50 %*.
    pub consequence: Text<'a>,
    /// Closed, and narrow until it is opened by this address; empty when it is open.
    pub open_url: Text<'a>,
    pub cards: Vec<Card<'a>>,
    pub more: Option<More<'a>>,
    pub new: Option<Button<'a>>,
    /// *Ancora nessuna*
    pub empty: Text<'a>,
}

#[derive(Debug, Clone, Default)]
pub struct Card<'a> {
    pub id: Text<'a>,
    pub version: Text<'a>,
    pub url: Text<'a>,
    pub title: Text<'a>,
    /// Fields below the title: the name for screen readers, and the value. Numbers and dates stand in pairs.
    pub lines: Vec<(Text<'a>, Cell<'a>)>,
    pub people: Vec<Avatar<'a>>,
    /// The way without dragging; empty when it may not be carried.
    pub ask_url: Text<'a>,
}

/// The board itself.
pub fn board(board: &Board) -> Markup {
    html! {
        div.board id="board" data-board role="group" aria-label=(board.label) data-move=[some(&board.move_url)]
            data-changes=(board.changes_url)
            data-lifted=(board.lifted) data-dropped=(board.dropped) {
            p.visually-hidden id="board-help" { (board.help) }
            @for column in &board.columns { (column_of(board, column)) }
            p.visually-hidden id="board-said" role="status" aria-live="polite" {}
        }
    }
}

fn column_of(board: &Board, column: &BoardColumn) -> Markup {
    let id = format!("column-{}", column.key);
    html! {
        section.board-column.narrow[!column.open_url.is_empty()] id=(id) data-column=(column.key) data-label=(column.label)
            data-consequence=[some(&column.consequence)] aria-labelledby={ (id) "-name" } {
            header.board-head {
                h2 id={ (id) "-name" } {
                    @if let Some(fill) = column.fill { (square(fill)) }
                    @if column.open_url.is_empty() { span { (column.label) } } @else { a href=(column.open_url) data-more { (column.label) } }
                    " " span.board-count { (column.count) }
                }
                @if let Some(new) = &column.new { (button(new)) }
                p.board-sums { @for sum in &column.sums { span { (sum) } } }
                @if !column.percent.is_empty() { p.board-percent { (column.percent) } }
            }
            ol.board-cards data-cards {
                @for card in &column.cards { (card_of(board, card)) }
            }
            @if column.cards.is_empty() && column.open_url.is_empty() { p.board-empty { (column.empty) } }
            @if let Some(more) = &column.more {
                a.btn.btn-bare.board-more href=(more.url) data-more { (more.label) }
            }
        }
    }
}

fn card_of(board: &Board, card: &Card) -> Markup {
    html! {
        li.board-card id={ "card-" (card.id) } data-card=(card.id) data-version=(card.version) {
            a.card-link href=(card.url) aria-describedby=[(!card.ask_url.is_empty()).then_some("board-help")] { (card.title) }
            @if !card.ask_url.is_empty() {
                a.btn.btn-bare.btn-icon.btn-small.card-move href=(card.ask_url) data-dialog tabindex="-1"
                    aria-label={ (board.move_word) ": " (card.title) } title=(board.move_word) { (icon("dots")) }
            }
            @if !card.lines.is_empty() {
                dl.card-lines {
                    @for (label, value) in &card.lines {
                        div { dt.visually-hidden { (label) } dd { (cell_inside(value)) } }
                    }
                }
            }
            @if !card.people.is_empty() { p.card-people { @for person in &card.people { (avatar(person, "")) } } }
        }
    }
}
