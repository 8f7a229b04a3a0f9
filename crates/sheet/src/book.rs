//! Rows of a workbook, read in a thread of their own and handed over in small batches.
//!
//! The thread owns the workbook (calamine's cell reader borrows from it), and what a hostile file makes calamine stumble
//! over ends the thread only. XLSX sheets are streamed; XLS sheets, at most 65,536 rows, are held in memory.

use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{self, JoinHandle};

use calamine::{Data, Reader, Xls, XlsError, Xlsx, XlsxError};

use crate::error::{Measure, SheetError};
use crate::shape::{Decimal, Format, Shape};
use crate::unpack;
use crate::value;

/// XLS is held in memory, several times over.
const MAX_XLS_BYTES: u64 = 64 << 20;
/// Cells after which a batch goes out.
const BATCH: usize = 4_096;

pub(crate) struct BookRow {
    pub cells: Vec<String>,
    /// Counted from 1.
    pub row: u64,
}

type Batch = Result<Vec<BookRow>, SheetError>;

pub(crate) struct BookRows {
    receiver: Receiver<Batch>,
    thread: Option<JoinHandle<()>>,
    batch: std::vec::IntoIter<BookRow>,
}

impl BookRows {
    /// Rows after the first `from`.
    pub(crate) fn open(path: &Path, shape: &Shape, from: u64) -> Result<Self, SheetError> {
        check(path, shape)?;
        let (sender, receiver) = sync_channel(2);
        let sheet = Sheet {
            path: path.to_owned(),
            name: shape.sheet.clone(),
            from,
            max_columns: shape.limits.max_columns,
            decimals: shape.columns.iter().map(|column| column.decimal).collect(),
        };
        let format = shape.format;
        let thread = thread::Builder::new().name("sheet".into()).spawn(move || {
            let mut out = Out { sender, rows: Vec::new(), cells: 0 };
            let result = if format == Format::Xls { sheet.xls(&mut out) } else { sheet.xlsx(&mut out) };
            out.flush();
            if let Err(error) = result {
                // Nobody listens any more: then nobody wants to know.
                let _ = out.sender.send(Err(error));
            }
        })?;
        Ok(Self { receiver, thread: Some(thread), batch: Vec::new().into_iter() })
    }

    pub(crate) fn advance(&mut self) -> Result<Option<BookRow>, SheetError> {
        loop {
            if let Some(row) = self.batch.next() {
                return Ok(Some(row));
            }
            match self.receiver.recv() {
                Ok(batch) => self.batch = batch?.into_iter(),
                Err(_) => {
                    let panicked = self.thread.take().is_some_and(|thread| thread.join().is_err());
                    let reason = "the parser gave up".to_owned();
                    return if panicked { Err(SheetError::Damaged { reason }) } else { Ok(None) };
                }
            }
        }
    }
}

/// Names of the sheets, in order.
pub(crate) fn sheets(path: &Path, shape: &Shape) -> Result<Vec<String>, SheetError> {
    check(path, shape)?;
    let (path, format) = (path.to_owned(), shape.format);
    let names = thread::spawn(move || match format {
        Format::Xls => Ok(Xls::new(reader(&path)?).map_err(of_xls)?.sheet_names()),
        _ => Ok(Xlsx::new(reader(&path)?).map_err(of_xlsx)?.sheet_names()),
    });
    names.join().unwrap_or_else(|_| Err(SheetError::Damaged { reason: "the parser gave up".to_owned() }))
}

fn check(path: &Path, shape: &Shape) -> Result<(), SheetError> {
    let limit = if shape.format == Format::Xls { MAX_XLS_BYTES } else { shape.limits.max_bytes };
    if std::fs::metadata(path)?.len() > limit {
        return Err(SheetError::TooLarge { what: Measure::Bytes, limit });
    }
    if shape.format == Format::Xls { Ok(()) } else { unpack::check(path, &shape.limits) }
}

struct Out {
    sender: SyncSender<Batch>,
    rows: Vec<BookRow>,
    cells: usize,
}

impl Out {
    /// False when the reader has been dropped.
    fn push(&mut self, row: BookRow) -> bool {
        self.cells += row.cells.len();
        self.rows.push(row);
        self.cells < BATCH || self.flush()
    }

    fn flush(&mut self) -> bool {
        self.cells = 0;
        self.rows.is_empty() || self.sender.send(Ok(std::mem::take(&mut self.rows))).is_ok()
    }
}

struct Sheet {
    path: PathBuf,
    name: Option<String>,
    from: u64,
    max_columns: usize,
    decimals: Vec<Decimal>,
}

impl Sheet {
    fn name(&self, names: &[String]) -> Result<String, SheetError> {
        match &self.name {
            Some(name) if names.contains(name) => Ok(name.clone()),
            Some(name) => Err(SheetError::NoSuchSheet { sheet: name.clone() }),
            None => names.first().cloned().ok_or(SheetError::Empty),
        }
    }

    /// One cell too many is kept, so that the row shows as too long.
    fn put(&self, cells: &mut Vec<String>, column: usize, value: &Data) {
        let column = column.min(self.max_columns);
        if matches!(value, Data::Empty) {
            return;
        }
        if cells.len() <= column {
            cells.resize(column + 1, String::new());
        }
        cells[column] = value::text(value, self.decimals.get(column).copied().unwrap_or(Decimal::Comma));
    }

    fn xlsx(&self, out: &mut Out) -> Result<(), SheetError> {
        let mut book = Xlsx::new(reader(&self.path)?).map_err(of_xlsx)?;
        let name = self.name(&book.sheet_names())?;
        let mut reader = book.worksheet_cells_reader(&name).map_err(of_xlsx)?;
        let mut current = BookRow { cells: Vec::new(), row: 0 };
        while let Some(cell) = reader.next_cell().map_err(of_xlsx)? {
            let (row, column) = cell.get_position();
            let row = u64::from(row) + 1;
            if row <= self.from {
                continue;
            }
            if row != current.row {
                let full = std::mem::replace(&mut current, BookRow { cells: Vec::new(), row });
                if !full.cells.is_empty() && !out.push(full) {
                    return Ok(());
                }
            }
            self.put(&mut current.cells, column as usize, &cell.get_value().clone().into());
        }
        if !current.cells.is_empty() {
            out.push(current);
        }
        Ok(())
    }

    fn xls(&self, out: &mut Out) -> Result<(), SheetError> {
        let mut book = Xls::new(reader(&self.path)?).map_err(of_xls)?;
        let name = self.name(&book.sheet_names())?;
        let range = book.worksheet_range(&name).map_err(of_xls)?;
        let (top, left) = range.start().unwrap_or_default();
        for (index, values) in range.rows().enumerate() {
            let mut row = BookRow { cells: Vec::new(), row: u64::from(top) + index as u64 + 1 };
            for (column, value) in values.iter().enumerate() {
                self.put(&mut row.cells, left as usize + column, value);
            }
            if row.row > self.from && !row.cells.is_empty() && !out.push(row) {
                return Ok(());
            }
        }
        Ok(())
    }
}

fn reader(path: &Path) -> Result<BufReader<File>, SheetError> {
    Ok(BufReader::new(File::open(path)?))
}

fn of_xlsx(error: XlsxError) -> SheetError {
    match error {
        XlsxError::Password => SheetError::Protected,
        XlsxError::Io(error) => SheetError::Io(error),
        error => SheetError::Damaged { reason: error.to_string() },
    }
}

fn of_xls(error: XlsError) -> SheetError {
    match error {
        XlsError::Password => SheetError::Protected,
        XlsError::Io(error) if error.kind() != std::io::ErrorKind::UnexpectedEof => SheetError::Io(error),
        error => SheetError::Damaged { reason: error.to_string() },
    }
}
