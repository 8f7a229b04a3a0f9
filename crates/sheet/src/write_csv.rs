//! Writes CSV in the dialect asked for, row by row.

use std::io::{self, Write};

use encoding_rs::{Encoder, EncoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::cell::{Cell, amount};
use crate::error::SheetError;
use crate::guard::guard;
use crate::shape::{DateOrder, Decimal};

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CsvStyle {
    /// One ASCII character.
    pub separator: char,
    /// UTF-8 or an encoding of single bytes such as Windows-1252; UTF-16 is not written.
    pub encoding: &'static Encoding,
    /// With UTF-8 only: without it Excel takes the file for Windows-1252.
    pub bom: bool,
    pub decimal: Decimal,
    pub dates: DateOrder,
}

impl Default for CsvStyle {
    /// What an Italian Excel opens by a double click.
    fn default() -> Self {
        Self { separator: ';', encoding: UTF_8, bom: true, decimal: Decimal::Comma, dates: DateOrder::Dmy }
    }
}

/// Lines end with CR LF; `"` quotes where needed; texts are guarded ([`crate::guard`]), the header too.
pub struct CsvWriter<W: Write> {
    csv: csv::Writer<Transcoder<W>>,
    style: CsvStyle,
}

impl<W: Write> CsvWriter<W> {
    /// # Errors
    /// `BadShape` for a separator or encoding that cannot be written, `Io`.
    pub fn new(mut out: W, style: CsvStyle, headers: &[&str]) -> Result<Self, SheetError> {
        let separator = match u8::try_from(style.separator) {
            Ok(byte) if byte.is_ascii() && !b"\"\r\n".contains(&byte) => byte,
            _ => return Err(SheetError::BadShape { field: "separator" }),
        };
        if [UTF_16LE, UTF_16BE].contains(&style.encoding) || !style.encoding.is_ascii_compatible() {
            return Err(SheetError::BadShape { field: "encoding" });
        }
        if style.bom && style.encoding == UTF_8 {
            out.write_all(b"\xEF\xBB\xBF")?;
        }
        let encoder = style.encoding.new_encoder();
        let transcoder = Transcoder { out, encoder, plain: style.encoding == UTF_8, carry: Vec::new(), replaced: 0 };
        let csv = csv::WriterBuilder::new()
            .delimiter(separator)
            .terminator(csv::Terminator::CRLF)
            .flexible(true)
            .from_writer(transcoder);
        let mut writer = Self { csv, style };
        let cells: Vec<Cell<'_>> = headers.iter().map(|header| Cell::Text(header)).collect();
        writer.row(&cells)?;
        Ok(writer)
    }

    /// # Errors
    /// `Io`.
    pub fn row(&mut self, cells: &[Cell<'_>]) -> Result<(), SheetError> {
        for cell in cells {
            let result = match cell {
                Cell::Text(text) => self.csv.write_field(guard(text).as_bytes()),
                cell => self.csv.write_field(self.style.plain(cell)),
            };
            result.map_err(io_error)?;
        }
        self.csv.write_record(None::<&[u8]>).map_err(io_error)
    }

    /// Gives the stream back, and how many characters the encoding lacks: they were written as `?`.
    ///
    /// # Errors
    /// `Io`.
    pub fn finish(self) -> Result<(W, u64), SheetError> {
        let mut transcoder = self.csv.into_inner().map_err(|error| io_error(error.into_error()))?;
        transcoder.flush()?;
        Ok((transcoder.out, transcoder.replaced))
    }
}

fn io_error(error: impl Into<io::Error>) -> SheetError {
    SheetError::Io(error.into())
}

impl CsvStyle {
    fn plain(&self, cell: &Cell<'_>) -> String {
        let number = |text: String| if self.decimal == Decimal::Comma { text.replace('.', ",") } else { text };
        let day = match self.dates {
            DateOrder::Dmy => "%d/%m/%Y",
            DateOrder::Mdy => "%m/%d/%Y",
            DateOrder::Ymd => "%Y-%m-%d",
        };
        match cell {
            Cell::Empty => String::new(),
            Cell::Text(text) => guard(text).into_owned(),
            Cell::Number(value) => number(value.to_string()),
            Cell::Money { units, scale } => number(amount(*units, *scale)),
            Cell::Date(date) => date.format(day).to_string(),
            Cell::DateTime(moment) => moment.format(&format!("{day} %H:%M:%S")).to_string(),
            Cell::Bool(yes) => yes.to_string(),
        }
    }
}

/// Takes UTF-8, cut anywhere, and writes another encoding.
struct Transcoder<W> {
    out: W,
    encoder: Encoder,
    plain: bool,
    carry: Vec<u8>,
    replaced: u64,
}

impl<W: Write> Transcoder<W> {
    fn encode(&mut self, mut text: &str) -> io::Result<()> {
        let mut buffer = [0; 4 << 10];
        while !text.is_empty() {
            let (result, read, wrote) = self.encoder.encode_from_utf8_without_replacement(text, &mut buffer, false);
            self.out.write_all(&buffer[..wrote])?;
            text = &text[read..];
            if let EncoderResult::Unmappable(_) = result {
                self.replaced += 1;
                self.out.write_all(b"?")?;
            }
        }
        Ok(())
    }
}

impl<W: Write> Write for Transcoder<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.plain {
            return self.out.write(bytes);
        }
        let mut all = std::mem::take(&mut self.carry);
        all.extend_from_slice(bytes);
        let valid = match std::str::from_utf8(&all) {
            Ok(_) => all.len(),
            Err(error) => error.valid_up_to(),
        };
        let rest = all.split_off(valid);
        let text = String::from_utf8(all).map_err(io::Error::other)?;
        self.encode(&text)?;
        self.carry = rest;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
