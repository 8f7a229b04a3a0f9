//! Finds the shape of a file by looking at all of it, in constant memory.

use std::path::Path;

use crate::book;
use crate::charset;
use crate::dialect;
use crate::error::{Measure, SheetError};
use crate::kind;
use crate::profile::{Profile, Votes, date, number};
use crate::rows::rows;
use crate::shape::{Column, Finding, Format, Limits, Shape};

/// Rows among which title lines and header are looked for.
const HEAD: usize = 50;
const FINDINGS: usize = 100;

/// Looks at the whole file and says what it takes it for. The name of the file does not matter.
///
/// # Errors
/// `Empty`, `Binary`, `TooLarge`, `Truncated`, `Protected`, `Damaged`, `Io`.
pub fn sniff(path: &Path) -> Result<Shape, SheetError> {
    sniff_within(path, Limits::default())
}

/// As [`sniff`], within other limits, which the shape keeps.
///
/// # Errors
/// As [`sniff`].
pub fn sniff_within(path: &Path, limits: Limits) -> Result<Shape, SheetError> {
    let mut shape = Shape { limits, ..Shape::blank(kind::format_of(path, &limits)?) };
    let mut width = 0;
    if shape.format == Format::Csv {
        let charset = charset::detect(path, &limits)?;
        (shape.encoding, shape.bom, shape.line_end) = (charset.encoding, charset.bom, charset.line_end);
        width = dialect::detect(path, &mut shape)?;
    } else {
        shape.sheets = book::sheets(path, &shape)?;
        shape.sheet = shape.sheets.first().cloned();
    }
    look_again(path, &mut shape, width)?;
    if shape.format == Format::Csv && is_prose(path, &shape)? {
        shape.separator = dialect::UNCUT_SEPARATOR;
        look_again(path, &mut shape, 1)?;
    }
    Ok(shape)
}

/// Lines of text with commas as people set them, below the name of their only column: nothing that a program has cut.
fn is_prose(path: &Path, shape: &Shape) -> Result<bool, SheetError> {
    if shape.separator != ',' || shape.has_header || shape.skip == 0 {
        return Ok(false);
    }
    let (mut cut, mut spaced) = (0u64, 0u64);
    for row in rows(path, shape)?.take(HEAD) {
        for cell in row?.cells.iter().skip(1).filter(|cell| !cell.is_empty()) {
            cut += 1;
            spaced += u64::from(cell.starts_with(' '));
        }
    }
    Ok(spaced * 10 >= cut * 9)
}

/// Finds header and columns anew after a person has set another encoding, separator, quote or sheet.
///
/// # Errors
/// As [`crate::rows`], and `Empty` when nothing is found.
pub fn resniff(path: &Path, shape: &Shape) -> Result<Shape, SheetError> {
    let mut shape = shape.clone();
    look_again(path, &mut shape, 0)?;
    Ok(shape)
}

/// Takes the first filled row for the columns' names, or for a row like the others, as a person says.
///
/// # Errors
/// As [`resniff`].
pub fn with_header(path: &Path, shape: &Shape, has_header: bool) -> Result<Shape, SheetError> {
    if shape.has_header == has_header {
        return Ok(shape.clone());
    }
    let mut shape = Shape { has_header: false, ..shape.clone() };
    let first = rows(path, &shape)?.next().transpose()?.map(|row| row.cells).unwrap_or_default();
    shape.has_header = has_header;
    let name = |at: usize| first.get(at).filter(|_| has_header).map(|name| name.trim().to_owned()).unwrap_or_default();
    shape.columns = (0..shape.columns.len()).map(|at| Column::named(name(at))).collect();
    observe(path, &mut shape)?;
    Ok(shape)
}

fn look_again(path: &Path, shape: &mut Shape, width: usize) -> Result<(), SheetError> {
    (shape.skip, shape.has_header, shape.columns) = (0, false, Vec::new());
    let mut head = Vec::new();
    for row in rows(path, shape)?.take(HEAD) {
        head.push(row?.cells);
    }
    if head.is_empty() {
        return Err(SheetError::Empty);
    }
    let width = if width > 0 { width } else { usual_width(&head) };
    let top = head.iter().position(|cells| width < 3 || filled(cells) > 1).unwrap_or(0);
    shape.skip = top as u64;
    shape.has_header = is_header(&head[top], &head[top + 1..]);
    let names = if shape.has_header { head[top].as_slice() } else { &[] };
    // A header may end in separators that no row fills, and rows may be wider than their header.
    let width = width.max(names.iter().rposition(|name| !name.trim().is_empty()).map_or(0, |last| last + 1));
    if width > shape.limits.max_columns {
        return Err(SheetError::TooLarge { what: Measure::Columns, limit: shape.limits.max_columns as u64 });
    }
    let header = |at: usize| names.get(at).map(|name| name.trim().to_owned()).unwrap_or_default();
    shape.columns = (0..width).map(|at| Column::named(header(at))).collect();
    observe(path, shape)
}

fn observe(path: &Path, shape: &mut Shape) -> Result<(), SheetError> {
    let mut profiles: Vec<Profile> = shape.columns.iter().map(|_| Profile::default()).collect();
    (shape.rows, shape.problem_rows) = (0, 0);
    shape.findings.clear();
    let mut rows = rows(path, shape)?;
    for row in &mut rows {
        let row = row?;
        shape.rows = row.number;
        if let Some(problem) = row.problem {
            shape.problem_rows += 1;
            if shape.findings.len() < FINDINGS {
                shape.findings.push(Finding { row: row.number, line: row.line, problem });
            }
            continue;
        }
        for (profile, cell) in profiles.iter_mut().zip(&row.cells) {
            profile.see(cell, row.number);
        }
    }
    shape.blank_rows = rows.blank_rows();
    let mut whole = Votes::default();
    profiles.iter().for_each(|profile| whole.add(&profile.votes));
    for (column, profile) in shape.columns.iter_mut().zip(profiles) {
        *column = profile.column(std::mem::take(&mut column.header), &whole);
    }
    Ok(())
}

fn filled(cells: &[String]) -> usize {
    cells.iter().filter(|cell| !cell.trim().is_empty()).count()
}

/// The width most rows have; in workbooks, where rows end with their last filled cell, the widest.
fn usual_width(head: &[Vec<String>]) -> usize {
    let most = |width: usize| head.iter().filter(|cells| cells.len() == width).count();
    let widest = head.iter().map(Vec::len).max().unwrap_or(1);
    if most(widest) * 10 >= head.len() {
        widest
    } else {
        head.iter().map(Vec::len).max_by_key(|&len| most(len)).unwrap_or(1)
    }
}

/// A header has names and no values: no figures, dates or addresses, no long numbers, none twice, and none that its column
/// repeats.
fn is_header(first: &[String], rest: &[Vec<String>]) -> bool {
    let names: Vec<&str> = first.iter().map(|name| name.trim()).filter(|name| !name.is_empty()).collect();
    let value = |name: &&str| {
        number(name).is_some()
            || date(name).is_some()
            || name.contains('@')
            || !name.contains(char::is_alphanumeric)
            // Postal codes, phones and codes of companies and people; a year has four.
            || name.chars().filter(char::is_ascii_digit).count() >= 5
    };
    let twice = names.iter().enumerate().filter(|(at, name)| names[..*at].contains(name)).count();
    let repeated = first.iter().enumerate().filter(|(at, name)| {
        !name.trim().is_empty() && rest.iter().any(|cells| cells.get(*at).is_some_and(|cell| cell == *name))
    });
    names.len() * 2 >= first.len()
        && !names.iter().any(value)
        && twice * 4 <= names.len()
        && repeated.count() * 4 <= names.len()
}
