//! One row as it was read, what is wrong with it, and where to go on after it.

use serde::{Deserialize, Serialize};

/// A place between two rows, good for going on after a restart with the same file and [`crate::Shape`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Position {
    /// Bytes of a CSV file, sheet rows of a workbook, before the next row. Zero is the start of the file.
    pub offset: u64,
    /// Physical lines before the next row.
    pub line: u64,
    /// Data rows before it.
    pub number: u64,
}

/// Something wrong with one row. The rows around it are not touched by it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "code")]
#[non_exhaustive]
pub enum RowProblem {
    TooFewCells {
        found: usize,
        expected: usize,
    },
    /// Empty cells beyond the last column do not count.
    TooManyCells {
        found: usize,
        expected: usize,
    },
    /// The quote opened on this physical line is never closed, or closed by what opens another cell; it was taken for a
    /// plain character and reading went on with the next line.
    UnclosedQuote {
        line: u64,
    },
    /// Bytes that mean nothing in the file's encoding; they were read as U+FFFD.
    WrongEncoding,
    CellTooLarge {
        column: usize,
        bytes: usize,
        limit: usize,
    },
    /// A line of totals under the table, no row of it.
    Totals,
}

impl RowProblem {
    /// A stable name for words and logs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooFewCells { .. } => "too_few_cells",
            Self::TooManyCells { .. } => "too_many_cells",
            Self::UnclosedQuote { .. } => "unclosed_quote",
            Self::WrongEncoding => "wrong_encoding",
            Self::CellTooLarge { .. } => "cell_too_large",
            Self::Totals => "totals",
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Data row counted from 1; header and blank rows do not count.
    pub number: u64,
    /// Physical line (sheet row in a workbook) on which the row begins, counted from 1.
    pub line: u64,
    /// As many as were found: fewer or more than the columns only where `problem` says so.
    pub cells: Vec<String>,
    /// The row's text as it stood, without its line end; only for a CSV row with a problem, as its cells may mislead.
    pub raw: Option<String>,
    pub problem: Option<RowProblem>,
    pub position_after: Position,
}
