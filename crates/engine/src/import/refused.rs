//! The rows that were refused, as a file of the same shape with a column of reasons: to correct and bring again.
//!
//! They lie in the database, written with the batch that they were refused in: whichever node goes on with the import, or is asked for
//! them, has them all.

use std::fs;
use std::path::{Path, PathBuf};

use base::words::Words;
use base::{Error, Id, Result};
use sheet::{Cell, CsvStyle, CsvWriter, Decimal, Format, Shape, SheetError, UTF_8};
use store::{Sql, Tx};

use super::Import;
use crate::Engine;

/// The head of the column of reasons. A file that is brought again is known by it, and the column left out.
pub(super) const REASON: &str = "Reason refused";

/// Grows by whole batches.
pub(super) struct Refused {
    job: Id,
    style: CsvStyle,
    headers: Vec<String>,
    head: Vec<u8>,
}

impl Refused {
    pub fn new(job: Id, shape: &Shape, words: Option<&Words>) -> Result<Refused> {
        let reason = words.map_or_else(|| REASON.to_owned(), |words| words.say(REASON).into_owned());
        let headers: Vec<String> = shape.columns.iter().map(|column| column.header.clone()).chain([reason]).collect();
        let mut style = match shape.format {
            Format::Csv => {
                CsvStyle { separator: shape.separator, encoding: shape.encoding, bom: shape.bom, ..CsvStyle::default() }
            }
            Format::Xlsx | Format::Xls => CsvStyle { decimal: Decimal::Comma, ..CsvStyle::default() },
        };
        let mut refused = Refused { job, style, headers, head: Vec::new() };
        refused.head = match refused.bytes(&[]) {
            Ok(head) => head,
            // UTF-16 is read and not written.
            Err(_) => {
                style.encoding = UTF_8;
                style.bom = true;
                refused.style = style;
                refused.bytes(&[]).map_err(unwritten)?
            }
        };
        Ok(refused)
    }

    /// Writes rows behind the first `length` bytes, and says how many there are then.
    pub fn append(&self, tx: &Tx, length: u64, rows: &[(Vec<String>, String)]) -> Result<u64> {
        if rows.is_empty() {
            return Ok(length);
        }
        let all = self.bytes(rows).map_err(unwritten)?;
        let fresh = if length == 0 { all.as_slice() } else { &all[self.head.len()..] };
        let at = i64::try_from(length).unwrap_or(i64::MAX);
        let sql = Sql::new("INSERT INTO import_refused (job, at, bytes) VALUES ($1, $2, $3)");
        tx.execute(&sql.with(self.job).with(at).with(fresh.to_vec()))?;
        Ok(length + fresh.len() as u64)
    }

    fn bytes(&self, rows: &[(Vec<String>, String)]) -> Result<Vec<u8>, SheetError> {
        let headers: Vec<&str> = self.headers.iter().map(String::as_str).collect();
        let mut writer = CsvWriter::new(Vec::new(), self.style, &headers)?;
        let width = self.headers.len() - 1;
        for (cells, reason) in rows {
            let mut row: Vec<Cell> = cells.iter().take(width).map(|cell| Cell::Text(cell)).collect();
            row.resize(width, Cell::Empty);
            row.push(Cell::Text(reason));
            writer.row(&row)?;
        }
        Ok(writer.finish()?.0)
    }
}

fn unwritten(cause: SheetError) -> Error {
    Error::caused("the refused rows cannot be written", cause)
}

impl Engine {
    /// The refused rows of an import, as a file.
    ///
    /// # Errors
    /// `Missing` where there are none.
    pub fn refused_rows(&self, import: &Import) -> Result<Vec<u8>> {
        let bytes = self.refused_of(import.id)?;
        if !bytes.is_empty() {
            return Ok(bytes);
        }
        // Before they were kept in the database, they lay there.
        let lies = import.report.refused_file.as_ref().ok_or(Error::Missing)?;
        fs::read(lies).map_err(|_| Error::Missing)
    }

    fn refused_of(&self, job: Id) -> Result<Vec<u8>> {
        let sql = Sql::new("SELECT bytes FROM import_refused WHERE job = $1 ORDER BY at").with(job);
        let rows = self.store.read(|tx| tx.query(&sql))?;
        Ok(rows.iter().flat_map(|row| row.blob(0)).copied().collect())
    }

    /// Puts them into a file on this machine, whole or not at all.
    pub(super) fn put_refused(&self, job: Id, path: &Path) -> Result<()> {
        let failed = |cause| Error::io("the refused rows cannot be written", cause);
        let half = path.with_extension("half");
        fs::write(&half, self.refused_of(job)?).map_err(failed)?;
        fs::rename(&half, path).map_err(failed)
    }
}

/// Where the refused rows of a job are put.
pub(super) fn refused_path(folder: &Path, job: Id) -> PathBuf {
    folder.join(format!("{job}-refused.csv"))
}
