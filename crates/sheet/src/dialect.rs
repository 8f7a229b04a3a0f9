//! Separator and quote of a CSV file, by parsing it in every way and seeing which gives the most regular table.
//!
//! The first rows narrow the choice; where two ways stay close, the whole file decides.

use std::collections::HashMap;
use std::path::Path;

use crate::error::SheetError;
use crate::row::{Position, RowProblem};
use crate::rows::records;
use crate::shape::Shape;

/// Rows that narrow the choice.
const HEAD: u64 = 1_000;
/// In order of preference where nothing else decides.
const SEPARATORS: [char; 4] = [';', '\t', ',', '|'];
/// Of a table of one column.
pub(crate) const UNCUT_SEPARATOR: char = SEPARATORS[0];
/// What a table of one column scores: a way to cut that fits fewer rows than this is chance.
const UNCUT: f64 = 0.2;

struct Score {
    separator: char,
    quote: char,
    columns: usize,
    points: f64,
}

/// Sets `separator` and `quote`; gives the number of columns most rows have.
pub(crate) fn detect(path: &Path, shape: &mut Shape) -> Result<usize, SheetError> {
    let mut contenders = contenders(path, shape, HEAD)?;
    if contenders.len() > 1 || contenders.first().is_some_and(|best| best.points <= UNCUT) {
        let mut whole = Vec::new();
        for contender in &contenders {
            whole.push(score(path, shape, contender.separator, contender.quote, u64::MAX)?);
        }
        contenders = best(whole);
    }
    let Some(best) = contenders.into_iter().next() else { return Ok(1) };
    shape.separator = best.separator;
    shape.quote = Some(best.quote);
    Ok(best.columns)
}

fn contenders(path: &Path, shape: &Shape, rows: u64) -> Result<Vec<Score>, SheetError> {
    let mut scores = Vec::new();
    for separator in SEPARATORS {
        for quote in ['"', '\''] {
            scores.push(score(path, shape, separator, quote, rows)?);
        }
    }
    Ok(best(scores))
}

/// Best first, without those beaten by far. The sort is stable: the order of preference stays among equals.
fn best(mut scores: Vec<Score>) -> Vec<Score> {
    scores.sort_by(|a, b| b.points.total_cmp(&a.points));
    let least = scores.first().map_or(0.0, |best| best.points * 0.7);
    scores.retain(|score| score.points >= least);
    scores
}

fn score(path: &Path, shape: &Shape, separator: char, quote: char, rows: u64) -> Result<Score, SheetError> {
    let trial = Shape { separator, quote: Some(quote), ..shape.clone() };
    let mut records = records(path, &trial, Position::default())?;
    let mut widths: HashMap<usize, u64> = HashMap::new();
    let (mut count, mut first, mut cells, mut foreign) = (0u64, None, 0u64, 0u64);
    let (mut quoted, mut otherwise, mut unclosed) = (0u64, 0u64, 0u64);
    let opening = |sign: char| (sign, format!("{separator}{sign}"));
    let (this, other) = (opening(quote), opening(if quote == '"' { '\'' } else { '"' }));
    let openings =
        |raw: &str, of: &(char, String)| u64::from(raw.starts_with(of.0)) + raw.matches(of.1.as_str()).count() as u64;
    while count < rows && records.advance()? {
        let record = &records.record;
        count += 1;
        let width = record.len();
        first.get_or_insert(width);
        // What is wider than any table is chance, and must not fill the map.
        *widths.entry(width.min(shape.limits.max_columns)).or_default() += 1;
        cells += width as u64;
        // A decimal comma is at home in a cell; the stronger separators are not.
        foreign += record.cells().filter(|cell| cell.contains([';', '\t', '|'])).count() as u64;
        quoted += openings(&record.raw, &this);
        otherwise += openings(&record.raw, &other);
        unclosed += u64::from(matches!(record.problem, Some(RowProblem::UnclosedQuote { .. })));
    }
    let most = widths.into_iter().filter(|&(width, _)| width > 1).max_by_key(|&(width, rows)| (rows, width));
    let Some((columns, fitting)) = most else { return Ok(Score { separator, quote, columns: 1, points: UNCUT }) };
    let share = fitting as f64 / count as f64;
    let header = if first == Some(columns) { 1.0 } else { 0.5 };
    let clean = 1.0 - foreign as f64 / cells as f64;
    let closed = 1.0 - unclosed as f64 / count as f64;
    // An apostrophe opens words too ("'o sole mio"): it quotes only where half the rows say so.
    let apostrophes = if quote == '"' { otherwise } else { quoted };
    let sign = match (quote, apostrophes * 2 >= count && apostrophes > 0) {
        ('"', true) => 0.95,
        ('"', false) | (_, true) => 1.0,
        _ => 0.0,
    };
    let points = share * (1.0 - 1.0 / columns as f64) * header * clean * closed * sign;
    Ok(if points > UNCUT {
        Score { separator, quote, columns, points }
    } else {
        Score { separator, quote, columns: 1, points: UNCUT }
    })
}
