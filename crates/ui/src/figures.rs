//! Figures: a table of sums, each of which opens the list behind it, and the same as a chart.

use maud::{Markup, html};
use serde_json::json;

use crate::{Text, act::some};

/// Figures, in place of a list's table.
#[derive(Debug, Clone, Default)]
pub struct Figures<'a> {
    /// What the lines are: *Per mese*, the head of the first column.
    pub by: Text<'a>,
    pub heads: Vec<Text<'a>>,
    pub rows: Vec<FigureRow<'a>>,
    pub total: FigureRow<'a>,
    /// How to read it; empty when it says itself.
    pub note: Text<'a>,
    /// In place of the table where there are no lines.
    pub empty: Text<'a>,
    pub chart: Chart<'a>,
}

#[derive(Debug, Clone, Default)]
pub struct FigureRow<'a> {
    pub label: Text<'a>,
    /// One for each head.
    pub figures: Vec<Figure<'a>>,
}

#[derive(Debug, Clone, Default)]
pub struct Figure<'a> {
    /// One line a currency.
    pub sums: Vec<Text<'a>>,
    pub count: Text<'a>,
    /// The list behind it; empty when there is nothing, or it cannot be asked for.
    pub url: Text<'a>,
}

/// Bars beside each other, in whole units of the first currency.
#[derive(Debug, Clone, Default)]
pub struct Chart<'a> {
    pub label: Text<'a>,
    pub series: Vec<Text<'a>>,
    pub points: Vec<(Text<'a>, Vec<i64>)>,
    /// How numbers are written (`it`, `en`).
    pub locale: &'a str,
}

/// The figures themselves. The table says all that the chart shows, so the chart is hidden from screen readers.
pub fn figures(f: &Figures) -> Markup {
    html! {
        div.figures {
            @if f.rows.is_empty() { p.figures-empty { (f.empty) } } @else {
                (chart(&f.chart))
                table.figures-table {
                    thead { tr { th scope="col" { (f.by) } @for head in &f.heads { th.right scope="col" { (head) } } } }
                    tbody { @for row in &f.rows { (line(row)) } }
                    tfoot { (line(&f.total)) }
                }
                @if let Some(note) = some(&f.note) { p.figures-note { (note) } }
            }
        }
    }
}

fn line(row: &FigureRow) -> Markup {
    html! {
        tr {
            th scope="row" { (row.label) }
            @for figure in &row.figures {
                td.right {
                    @if !figure.url.is_empty() { a href=(figure.url) { (amounts(figure)) } }
                    @else if !figure.sums.is_empty() { span.figure-closed { (amounts(figure)) } }
                    @else { span.muted { "–" } }
                }
            }
        }
    }
}

fn amounts(figure: &Figure) -> Markup {
    html! {
        @if let Some(count) = some(&figure.count) { small { (count) } }
        span { @for sum in &figure.sums { span.figure { (sum) } } }
    }
}

fn chart(c: &Chart) -> Markup {
    let labels: Vec<&str> = c.points.iter().map(|(label, _)| label.as_ref()).collect();
    let series: Vec<serde_json::Value> = c
        .series
        .iter()
        .enumerate()
        .map(|(at, label)| {
            let values: Vec<i64> = c.points.iter().map(|(_, values)| values.get(at).copied().unwrap_or(0)).collect();
            json!({ "label": label, "values": values })
        })
        .collect();
    let drawn = json!({ "labels": labels, "series": series, "locale": c.locale });
    html! { div.chart data-chart=(drawn.to_string()) aria-hidden="true" { canvas {} } }
}
