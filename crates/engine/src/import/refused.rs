//! The rows that were refused, as a file of the same shape with a column of reasons: to correct and bring again.

use std::fs::{File, OpenOptions};
use std::io::{Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use base::words::Words;
use base::{Error, Result};
use sheet::{Cell, CsvStyle, CsvWriter, Decimal, Format, Shape, SheetError, UTF_8};

/// The head of the column of reasons. A file that is brought again is known by it, and the column left out.
pub(super) const REASON: &str = "Reason refused";

/// Grows by whole batches, so that it can be cut back to where the last transaction ended.
pub(super) struct Refused {
    path: PathBuf,
    style: CsvStyle,
    headers: Vec<String>,
    head: Vec<u8>,
}

impl Refused {
    pub fn new(path: &Path, shape: &Shape, words: Option<&Words>) -> Result<Refused> {
        let reason = words.map_or_else(|| REASON.to_owned(), |words| words.say(REASON).into_owned());
        let headers: Vec<String> = shape.columns.iter().map(|column| column.header.clone()).chain([reason]).collect();
        let mut style = match shape.format {
            Format::Csv => {
                CsvStyle { separator: shape.separator, encoding: shape.encoding, bom: shape.bom, ..CsvStyle::default() }
            }
            Format::Xlsx | Format::Xls => CsvStyle { decimal: Decimal::Comma, ..CsvStyle::default() },
        };
        let mut refused = Refused { path: path.to_owned(), style, headers, head: Vec::new() };
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
    pub fn append(&self, length: u64, rows: &[(Vec<String>, String)]) -> Result<u64> {
        if rows.is_empty() {
            return Ok(length);
        }
        let all = self.bytes(rows).map_err(unwritten)?;
        let fresh = if length == 0 { all.as_slice() } else { &all[self.head.len()..] };
        let write = || -> std::io::Result<()> {
            let mut file = self.open()?;
            file.set_len(length)?;
            file.seek(SeekFrom::End(0))?;
            file.write_all(fresh)?;
            file.sync_data()
        };
        write().map_err(|cause| Error::io("the refused rows cannot be written", cause))?;
        Ok(length + fresh.len() as u64)
    }

    fn open(&self) -> std::io::Result<File> {
        OpenOptions::new().create(true).truncate(false).write(true).open(&self.path)
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
