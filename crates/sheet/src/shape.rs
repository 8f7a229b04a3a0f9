//! What a file is taken for: everything a person may look at and correct before it is read.
//!
//! [`Shape`] is filled in by [`crate::sniff`], shown, corrected, kept (it serialises) and handed to every reading function.

use std::collections::BTreeMap;

use encoding_rs::{Encoding, UTF_8};
use serde::{Deserialize, Serialize};

use crate::row::RowProblem;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    Csv,
    Xlsx,
    /// The format of Excel before 2007.
    Xls,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LineEnd {
    Lf,
    CrLf,
    Cr,
    Mixed,
}

/// Which sign parts the units from the decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decimal {
    /// `1.234,56`, as Italians write.
    Comma,
    /// `1,234.56`, as the English write.
    Point,
}

/// How dates in figures are to be read. ISO dates (`2024-12-31`) read the same in every order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateOrder {
    Dmy,
    Mdy,
    Ymd,
}

/// What at least four of five filled cells of a column are. Figures with leading zeros are text: codes, not quantities.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Looks {
    Empty,
    Text,
    Number,
    Date,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Example {
    /// At most 200 characters of the cell.
    pub value: String,
    /// Number of the data row, counted from 1.
    pub row: u64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Trimmed; empty where the file has no header.
    pub header: String,
    /// The first few values that differ from each other.
    pub examples: Vec<Example>,
    /// All values with the number of their rows, where they are a few short ones; empty where there are more.
    #[serde(default)]
    pub values: BTreeMap<String, u64>,
    /// Rows with something in this column.
    pub filled: u64,
    pub looks: Looks,
    pub decimal: Decimal,
    pub dates: DateOrder,
    pub two_digit_years: bool,
}

impl Column {
    /// A column of which nothing is known but its name: text, Italian numbers and dates.
    pub fn named(header: impl Into<String>) -> Self {
        Self {
            header: header.into(),
            examples: Vec::new(),
            values: BTreeMap::new(),
            filled: 0,
            looks: Looks::Empty,
            decimal: Decimal::Comma,
            dates: DateOrder::Dmy,
            two_digit_years: false,
        }
    }
}

/// Sizes beyond which reading stops with [`crate::SheetError::TooLarge`], or a row is marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Of the file.
    pub max_bytes: u64,
    /// Of all parts of a workbook together, unpacked; a fourth of it for the parts that are held in memory.
    pub max_unpacked_bytes: u64,
    /// Of one physical line: what guards against a file without line ends.
    pub max_line_bytes: u64,
    /// Rows given; blank ones do not count.
    pub max_rows: u64,
    /// A larger cell marks its row.
    pub max_cell_bytes: usize,
    pub max_columns: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_bytes: 512 << 20,
            max_unpacked_bytes: 1 << 30,
            max_line_bytes: 4 << 20,
            max_rows: 5_000_000,
            max_cell_bytes: 1 << 20,
            max_columns: 1_000,
        }
    }
}

/// A row with something wrong, as [`crate::sniff`] met it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// Data row, counted from 1.
    pub row: u64,
    /// Physical line (sheet row in a workbook), counted from 1.
    pub line: u64,
    pub problem: RowProblem,
}

/// Everything reading depends on, and what was counted on the way.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Shape {
    pub format: Format,
    /// CSV only. Any encoding of the Encoding Standard works except ISO-2022-JP and "replacement".
    pub encoding: &'static Encoding,
    /// Whether the file says its encoding by a byte order mark. Information only.
    pub bom: bool,
    /// CSV only; one ASCII character.
    pub separator: char,
    /// CSV only; one ASCII character, or none.
    pub quote: Option<char>,
    /// Information only: every line end is understood everywhere.
    pub line_end: LineEnd,
    /// Sheets of a workbook, in its order.
    pub sheets: Vec<String>,
    /// The sheet to read; none takes the first.
    pub sheet: Option<String>,
    /// Filled rows above the header: titles, dates of the export.
    pub skip: u64,
    pub has_header: bool,
    /// Their number is what rows are measured by.
    pub columns: Vec<Column>,
    pub limits: Limits,
    /// Data rows; no header, no blank ones.
    pub rows: u64,
    pub blank_rows: u64,
    /// The first hundred rows with something wrong.
    pub findings: Vec<Finding>,
    /// How many there are in all.
    pub problem_rows: u64,
}

impl Shape {
    /// A CSV file as [`crate::CsvWriter`] writes it: with a header, `"` as quote.
    pub fn csv(encoding: &'static Encoding, separator: char, headers: &[&str]) -> Self {
        let columns = headers.iter().map(|header| Column::named(*header)).collect();
        Self { encoding, separator, columns, ..Self::blank(Format::Csv) }
    }

    /// A workbook with a header in the first row of its first sheet.
    pub fn xlsx(headers: &[&str]) -> Self {
        let columns = headers.iter().map(|header| Column::named(*header)).collect();
        Self { columns, ..Self::blank(Format::Xlsx) }
    }

    pub(crate) fn blank(format: Format) -> Self {
        Self {
            format,
            encoding: UTF_8,
            bom: false,
            separator: ';',
            quote: Some('"'),
            line_end: LineEnd::CrLf,
            sheets: Vec::new(),
            sheet: None,
            skip: 0,
            has_header: true,
            columns: Vec::new(),
            limits: Limits::default(),
            rows: 0,
            blank_rows: 0,
            findings: Vec::new(),
            problem_rows: 0,
        }
    }

    /// Share of the rows in which this column is empty, from 0 to 1.
    pub fn share_empty(&self, column: &Column) -> f64 {
        if self.rows == 0 { 1.0 } else { 1.0 - column.filled as f64 / self.rows as f64 }
    }
}
