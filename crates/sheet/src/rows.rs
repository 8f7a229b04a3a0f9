//! Data rows of a file of a known shape, one after the other, in constant memory.

use std::fs::File;
use std::io::{Seek, SeekFrom};
use std::path::Path;

use crate::book::BookRows;
use crate::charset;
use crate::error::{Measure, SheetError};
use crate::guard::unguard;
use crate::lines::Lines;
use crate::records::{Dialect, Records};
use crate::row::{Position, Row, RowProblem};
use crate::shape::{Format, Limits, Shape};

/// Rows from the first. See [`rows_from`].
///
/// # Errors
/// As [`rows_from`].
pub fn rows(path: &Path, shape: &Shape) -> Result<Rows, SheetError> {
    rows_from(path, shape, Position::default())
}

/// Rows after `position`, which came from [`Row::position_after`] of the same file and shape.
///
/// Header and blank rows are passed over. An item is an error only when nothing can be read after it. In CSV the apostrophe
/// of [`crate::guard`] is taken off. In workbooks empty cells at the end of a row are filled up, numbers are written in the
/// column's decimal style, dates as `2024-12-31` or `2024-12-31T23:59:59`.
///
/// # Errors
/// `Io`, `BadShape`, `TooLarge`, and for workbooks what unpacking them shows.
pub fn rows_from(path: &Path, shape: &Shape, position: Position) -> Result<Rows, SheetError> {
    let source = match shape.format {
        Format::Csv => Source::Csv(Box::new(records(path, shape, position)?)),
        Format::Xlsx | Format::Xls => Source::Book(BookRows::open(path, shape, position.offset)?),
    };
    let above = if position.offset == 0 { shape.skip + u64::from(shape.has_header) } else { 0 };
    let columns = shape.columns.len();
    Ok(Rows { source, limits: shape.limits, columns, above, number: position.number, blank: 0, done: false })
}

pub(crate) fn records(path: &Path, shape: &Shape, position: Position) -> Result<Records<File>, SheetError> {
    let sign = |sign: char, field| match u8::try_from(sign) {
        Ok(byte) if byte.is_ascii() && byte != b'\n' && byte != b'\r' => Ok(byte),
        _ => Err(SheetError::BadShape { field }),
    };
    let separator = sign(shape.separator, "separator")?;
    let quote = shape.quote.map(|quote| sign(quote, "quote")).transpose()?;
    if quote == Some(separator) {
        return Err(SheetError::BadShape { field: "quote" });
    }
    let units = charset::units(shape.encoding);
    let offset = if position.offset == 0 { charset::bom_length(path)? } else { position.offset };
    let mut file = File::open(path)?;
    file.seek(SeekFrom::Start(offset))?;
    let lines = Lines::new(file, units, offset, shape.limits.max_bytes, shape.limits.max_line_bytes);
    Ok(Records::new(lines, shape.encoding, Dialect { separator, quote }, position.line))
}

enum Source {
    Csv(Box<Records<File>>),
    Book(BookRows),
}

/// Made by [`rows`]; ends after the first error.
pub struct Rows {
    source: Source,
    limits: Limits,
    columns: usize,
    /// Filled rows still to be passed over.
    above: u64,
    number: u64,
    blank: u64,
    done: bool,
}

impl Rows {
    /// Rows with nothing in them so far. In a workbook only those that are written there count.
    pub fn blank_rows(&self) -> u64 {
        let lines = if let Source::Csv(records) = &self.source { records.blank } else { 0 };
        self.blank + lines
    }

    fn advance(&mut self) -> Result<Option<Row>, SheetError> {
        loop {
            let Some(mut row) = self.pull()? else { return Ok(None) };
            if row.cells.iter().all(|cell| cell.trim().is_empty()) {
                self.blank += 1;
                continue;
            }
            if self.above > 0 {
                self.above -= 1;
                continue;
            }
            if self.number >= self.limits.max_rows {
                return Err(SheetError::TooLarge { what: Measure::Rows, limit: self.limits.max_rows });
            }
            self.number += 1;
            row.number = self.number;
            row.position_after.number = self.number;
            self.judge(&mut row);
            return Ok(Some(row));
        }
    }

    fn pull(&mut self) -> Result<Option<Row>, SheetError> {
        Ok(match &mut self.source {
            Source::Csv(records) => {
                if !records.advance()? {
                    return Ok(None);
                }
                let record = &records.record;
                Some(Row {
                    number: 0,
                    line: record.line,
                    cells: record
                        .cells()
                        .take(self.limits.max_columns + 1)
                        .map(|cell| unguard(cell).to_owned())
                        .collect(),
                    raw: None,
                    problem: record.problem.clone(),
                    position_after: Position { offset: record.offset_after, line: record.lines_after, number: 0 },
                })
            }
            Source::Book(book) => book.advance()?.map(|mut row| {
                if row.cells.len() < self.columns {
                    row.cells.resize(self.columns, String::new());
                }
                let after = Position { offset: row.row, line: row.row, number: 0 };
                Row { number: 0, line: row.row, cells: row.cells, raw: None, problem: None, position_after: after }
            }),
        })
    }

    fn judge(&self, row: &mut Row) {
        let expected = self.columns;
        if expected > 0 && row.cells.len() > expected && row.cells[expected..].iter().all(|cell| cell.trim().is_empty())
        {
            row.cells.truncate(expected);
        }
        if row.problem.is_none() {
            row.problem = self.problem(&row.cells);
        }
        if row.problem.is_some()
            && let Source::Csv(records) = &self.source
        {
            row.raw = Some(records.record.raw.trim_end_matches(['\r', '\n']).to_owned());
        }
    }

    fn problem(&self, cells: &[String]) -> Option<RowProblem> {
        let (found, expected, limit) = (cells.len(), self.columns, self.limits.max_cell_bytes);
        if let Some(column) = cells.iter().position(|cell| cell.len() > limit) {
            return Some(RowProblem::CellTooLarge { column, bytes: cells[column].len(), limit });
        }
        if is_totals(cells, expected) {
            return Some(RowProblem::Totals);
        }
        if found > self.limits.max_columns || (expected > 0 && found > expected) {
            return Some(RowProblem::TooManyCells { found, expected });
        }
        (found < expected).then_some(RowProblem::TooFewCells { found, expected })
    }
}

/// A row that holds little but a word for a total; in a narrow table anything might be a name.
fn is_totals(cells: &[String], columns: usize) -> bool {
    let mut filled = cells.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty());
    let Some(first) = filled.next() else { return false };
    let word: String = first.chars().take_while(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect();
    columns >= 4
        && (filled.count() + 1) * 4 <= columns
        && matches!(word.as_str(), "totale" | "totali" | "total" | "totals")
}

impl Iterator for Rows {
    type Item = Result<Row, SheetError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.done {
            return None;
        }
        let item = self.advance().transpose();
        self.done = !matches!(item, Some(Ok(_)));
        item
    }
}

impl std::iter::FusedIterator for Rows {}
