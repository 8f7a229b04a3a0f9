//! Reads and writes tables as spreadsheet programs write them: CSV of any dialect, XLSX.
//!
//! Reading: [`sniff`] looks at the whole file and says what it takes it for (a [`Shape`]); a person may correct that;
//! [`rows`] gives the rows, streaming, with what is wrong with each; [`rows_from`] goes on after a restart.
//! Writing: [`CsvWriter`] and [`XlsxWriter`] take rows of typed [`Cell`]s. [`guard`] keeps spreadsheets from running them.
//!
//! Knows files and tables only, nothing of what they are about.

mod book;
mod cell;
mod charset;
mod dialect;
mod error;
mod guard;
mod kind;
mod lines;
mod profile;
mod records;
mod row;
mod rows;
mod shape;
mod sniff;
mod unpack;
mod value;
mod write_csv;
mod write_xlsx;

pub use cell::Cell;
pub use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
pub use error::{LooksLike, Measure, SheetError};
pub use guard::{guard, unguard};
pub use row::{Position, Row, RowProblem};
pub use rows::{Rows, rows, rows_from};
pub use shape::{Column, DateOrder, Decimal, Example, Finding, Format, Limits, LineEnd, Looks, Shape};
pub use sniff::{resniff, sniff, sniff_within, with_header};
pub use write_csv::{CsvStyle, CsvWriter};
pub use write_xlsx::{Heading, Written, XlsxWriter};
