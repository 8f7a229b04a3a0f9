//! Writes one sheet as XLSX, row by row; rows wait in a temporary file, so that memory does not grow with them.

use std::io::Write;
use std::path::Path;

use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};

use crate::cell::{Cell, amount};
use crate::error::{Measure, SheetError};

/// What Excel allows, "Excel specifications and limits": rows with the header, characters of a cell.
const MAX_ROWS: u32 = 1_048_576;
const MAX_CHARS: usize = 32_767;

/// Head of a column.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Heading<'a> {
    pub title: &'a str,
    /// In characters; none takes the title's, at least ten.
    pub width: Option<f64>,
}

/// What became of the rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    /// Without the header.
    pub rows: u64,
    /// Texts cut to the 32,767 characters that a cell can hold.
    pub cut: u64,
}

/// Header bold, frozen and with filters; texts are always string cells, never formulas.
pub struct XlsxWriter {
    book: Workbook,
    formats: Formats,
    columns: u16,
    /// Of the next row.
    row: u32,
    cut: u64,
}

struct Formats {
    header: Format,
    date: Format,
    moment: Format,
}

impl XlsxWriter {
    /// `sheet` is cut to the 31 characters and freed of the signs that Excel does not allow. `temporary` is the folder for
    /// rows on their way; none takes the system's.
    ///
    /// # Errors
    /// `TooLarge` beyond 16,384 columns, `Io`.
    pub fn new(sheet: &str, headings: &[Heading<'_>], temporary: Option<&Path>) -> Result<Self, SheetError> {
        let mut book = Workbook::new();
        if let Some(folder) = temporary {
            book.set_tempdir(folder).map_err(error)?;
        }
        let columns = u16::try_from(headings.len()).ok().filter(|&count| count <= 16_384);
        let columns = columns.ok_or(SheetError::TooLarge { what: Measure::Columns, limit: 16_384 })?;
        let formats = Formats {
            header: Format::new().set_bold(),
            date: Format::new().set_num_format("dd/mm/yyyy"),
            moment: Format::new().set_num_format("dd/mm/yyyy hh:mm:ss"),
        };
        let page = book.add_worksheet_with_constant_memory().map_err(error)?;
        page.set_name(sheet_name(sheet)).map_err(error)?;
        page.set_freeze_panes(1, 0).map_err(error)?;
        for (column, heading) in (0..columns).zip(headings) {
            let width = heading.width.unwrap_or(heading.title.chars().count().max(10) as f64 + 2.0);
            page.set_column_width(column, width.clamp(1.0, 255.0)).map_err(error)?;
        }
        let mut cut = 0;
        for (column, heading) in (0..columns).zip(headings) {
            let title = fitting(heading.title, &mut cut);
            page.write_string_with_format(0, column, title, &formats.header).map_err(error)?;
        }
        Ok(Self { book, formats, columns, row: 1, cut })
    }

    /// Cells beyond the last heading are written too.
    ///
    /// # Errors
    /// `TooLarge` beyond 1,048,576 rows, `Io`.
    pub fn row(&mut self, cells: &[Cell<'_>]) -> Result<(), SheetError> {
        if self.row >= MAX_ROWS {
            return Err(SheetError::TooLarge { what: Measure::Rows, limit: u64::from(MAX_ROWS) - 1 });
        }
        let page = self.book.worksheet_from_index(0).map_err(error)?;
        for (column, cell) in (0..=u16::MAX).zip(cells) {
            put(page, self.row, column, cell, &self.formats, &mut self.cut).map_err(error)?;
        }
        self.row += 1;
        Ok(())
    }

    /// Puts the workbook together into `out`.
    ///
    /// # Errors
    /// `Io`.
    pub fn finish(mut self, out: impl Write + Send) -> Result<Written, SheetError> {
        if self.columns > 0 {
            let page = self.book.worksheet_from_index(0).map_err(error)?;
            page.autofilter(0, 0, self.row - 1, self.columns - 1).map_err(error)?;
        }
        self.book.save_to_writer(out).map_err(error)?;
        Ok(Written { rows: u64::from(self.row) - 1, cut: self.cut })
    }
}

fn put(
    page: &mut Worksheet,
    row: u32,
    column: u16,
    cell: &Cell<'_>,
    formats: &Formats,
    cut: &mut u64,
) -> Result<(), XlsxError> {
    match cell {
        // A string cell of no characters would be no cell to other programs.
        Cell::Empty | Cell::Text("") => return Ok(()),
        Cell::Text(text) => page.write_string(row, column, fitting(text, cut))?,
        Cell::Number(number) if number.is_finite() => page.write_number(row, column, *number)?,
        Cell::Number(_) => return Ok(()),
        Cell::Money { units, scale } => {
            let text = amount(*units, *scale);
            let format = match scale {
                0 => Format::new().set_num_format("#,##0"),
                scale => Format::new().set_num_format(format!("#,##0.{}", "0".repeat(usize::from(*scale)))),
            };
            match text.parse::<f64>() {
                Ok(number) => page.write_number_with_format(row, column, number, &format)?,
                Err(_) => page.write_string(row, column, text)?,
            }
        }
        Cell::Date(date) => match in_calendar(chrono::Datelike::year(date)) {
            true => page.write_datetime_with_format(row, column, date, &formats.date)?,
            false => page.write_string(row, column, date.to_string())?,
        },
        Cell::DateTime(moment) => match in_calendar(chrono::Datelike::year(moment)) {
            true => page.write_datetime_with_format(row, column, moment, &formats.moment)?,
            false => page.write_string(row, column, moment.to_string())?,
        },
        Cell::Bool(yes) => page.write_boolean(row, column, *yes)?,
    };
    Ok(())
}

/// Years that Excel can count; dates outside are written as ISO text.
fn in_calendar(year: i32) -> bool {
    (1900..=9999).contains(&year)
}

fn fitting(text: &str, cut: &mut u64) -> String {
    // Excel counts in units of UTF-16.
    let mut units = 0;
    for (at, sign) in text.char_indices() {
        units += sign.len_utf16();
        if units > MAX_CHARS {
            *cut += 1;
            return text[..at].to_owned();
        }
    }
    text.to_owned()
}

fn sheet_name(name: &str) -> String {
    let allowed: String = name.chars().filter(|c| !"[]:*?/\\".contains(*c)).take(31).collect();
    let allowed = allowed.trim_matches('\'').trim();
    if allowed.is_empty() { "Sheet1".to_owned() } else { allowed.to_owned() }
}

fn error(error: XlsxError) -> SheetError {
    match error {
        XlsxError::IoError(error) => SheetError::Io(error),
        error => SheetError::Io(std::io::Error::other(error)),
    }
}
