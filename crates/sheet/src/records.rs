//! Records of a CSV stream, with recovery where a quote is never closed.
//!
//! csv-core parses; what is added is the question after each physical line whether a quoted cell is still open. A quote is
//! taken for a plain character when its cell runs over [`MAX_LINES`] lines or [`MAX_BYTES`] bytes or into the end of the
//! file, or when it runs over a line end and is "closed" by a quote with text after it, which no program writes but which is
//! just how the next quoted cell opens. A file written by the rules is therefore never read in another way because of it.

use std::collections::VecDeque;
use std::io::Read;

use csv_core::{ReadFieldResult, ReadRecordResult, Reader, ReaderBuilder};
use encoding_rs::Encoding;

use crate::error::SheetError;
use crate::lines::Lines;
use crate::row::RowProblem;

/// Longest quoted cell believed, in physical lines.
pub(crate) const MAX_LINES: usize = 200;
/// Longest record of several lines believed, in bytes of UTF-8.
pub(crate) const MAX_BYTES: usize = 64 << 10;

/// What parts cells; both signs ASCII.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Dialect {
    pub separator: u8,
    pub quote: Option<u8>,
}

impl Dialect {
    fn reader(self) -> Reader {
        let mut builder = ReaderBuilder::new();
        builder.delimiter(self.separator);
        match self.quote {
            Some(quote) => builder.quote(quote),
            None => builder.quoting(false),
        };
        let mut reader = builder.build();
        // A reader that has read something strips no byte order mark, which within a file is a character like others.
        reader.read_field(b"\n", &mut [0]);
        reader
    }
}

struct Line {
    text: String,
    number: u64,
    /// Offset of what follows it.
    after: u64,
    had_errors: bool,
}

/// The latest record; its buffers are used again.
#[derive(Default)]
pub(crate) struct Record {
    text: Vec<u8>,
    ends: Vec<usize>,
    /// As it stood in the file, with its line end.
    pub raw: String,
    pub line: u64,
    pub offset_after: u64,
    pub lines_after: u64,
    pub problem: Option<RowProblem>,
}

impl Record {
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(crate) fn cells(&self) -> impl Iterator<Item = &str> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        // Cells are cut from valid UTF-8 at ASCII signs, so that nothing is ever lost here.
        starts.zip(&self.ends).map(|(from, &to)| std::str::from_utf8(&self.text[from..to]).unwrap_or_default())
    }

    fn push(&mut self, cell: &[u8]) {
        self.text.extend_from_slice(cell);
        self.ends.push(self.text.len());
    }
}

pub(crate) struct Records<R> {
    lines: Lines<R>,
    encoding: &'static Encoding,
    dialect: Dialect,
    parser: Reader,
    /// Lines read and not yet given.
    pending: VecDeque<Line>,
    bytes: Vec<u8>,
    spare: Vec<String>,
    number: u64,
    /// Lines with nothing in them so far.
    pub blank: u64,
    text: Vec<u8>,
    ends: Vec<usize>,
    pub record: Record,
}

impl<R: Read> Records<R> {
    /// `line` is how many physical lines stand before where `lines` begins.
    pub(crate) fn new(lines: Lines<R>, encoding: &'static Encoding, dialect: Dialect, line: u64) -> Self {
        Self {
            lines,
            encoding,
            dialect,
            parser: dialect.reader(),
            pending: VecDeque::new(),
            bytes: Vec::new(),
            spare: Vec::new(),
            number: line,
            blank: 0,
            text: vec![0; 4 << 10],
            ends: vec![0; 64],
            record: Record::default(),
        }
    }

    /// Puts the next record into `self.record`; false at the end. Lines with nothing in them are no records.
    pub(crate) fn advance(&mut self) -> Result<bool, SheetError> {
        loop {
            if self.pending.is_empty() && !self.pull()? {
                return Ok(false);
            }
            if !is_blank(&self.pending[0].text) {
                break;
            }
            self.blank += 1;
            self.drop_lines(1);
        }
        self.record.problem = None;
        self.record.line = self.pending[0].number;
        let (mut used, mut bytes, mut filled, mut ended) = (0, 0, 0, 0);
        loop {
            if used == self.pending.len() && !self.pull()? {
                return Ok(self.recover(used));
            }
            let line = &self.pending[used];
            used += 1;
            bytes += line.text.len();
            let mut done =
                feed(&mut self.parser, line.text.as_bytes(), &mut self.text, &mut filled, &mut self.ends, &mut ended);
            if !done && !ends_line(&line.text) {
                done = feed(&mut self.parser, b"\n", &mut self.text, &mut filled, &mut self.ends, &mut ended);
            }
            if done {
                if used > 1 && self.broken_quote(used).is_some() {
                    return Ok(self.recover(used));
                }
                self.record.text.clear();
                self.record.text.extend_from_slice(&self.text[..filled]);
                self.record.ends.clear();
                self.record.ends.extend_from_slice(&self.ends[..ended]);
                self.take_lines(used);
                return Ok(true);
            }
            if used > MAX_LINES || (used > 1 && bytes > MAX_BYTES) {
                return Ok(self.recover(used));
            }
        }
    }

    fn pull(&mut self) -> Result<bool, SheetError> {
        if !self.lines.next(&mut self.bytes)? {
            return Ok(false);
        }
        self.number += 1;
        let (decoded, had_errors) = self.encoding.decode_without_bom_handling(&self.bytes);
        let mut text = self.spare.pop().unwrap_or_default();
        text.clear();
        text.push_str(&decoded);
        self.pending.push_back(Line { text, number: self.number, after: self.lines.offset(), had_errors });
        Ok(true)
    }

    /// Where in the first `used` lines the cell begins whose quote is not closed as it should.
    fn broken_quote(&self, used: usize) -> Option<usize> {
        let text = self.joined(used);
        let quote = self.dialect.quote?;
        let mut parser = self.dialect.reader();
        let (mut from, mut at) = (0, 0);
        let mut output = [0; 1 << 10];
        loop {
            let (result, read, _) = parser.read_field(&text.as_bytes()[at..], &mut output);
            at += read;
            match result {
                ReadFieldResult::OutputFull => {}
                ReadFieldResult::Field { record_end } => {
                    if !well_quoted(&text.as_bytes()[from..at], self.dialect.separator, quote) {
                        return Some(from);
                    }
                    if record_end {
                        return None;
                    }
                    from = at;
                }
                ReadFieldResult::InputEmpty | ReadFieldResult::End => return Some(from),
            }
        }
    }

    /// Gives the record up to the end of the line with the broken quote, and leaves the lines after it to be read again.
    fn recover(&mut self, used: usize) -> bool {
        let text = self.joined(used);
        let broken = self.broken_quote(used).unwrap_or(0);
        self.parser = self.dialect.reader();
        let mut parser = self.dialect.reader();
        let (mut filled, mut ended) = (0, 0);
        // Cells before the broken one end with its separator, so that none is left open.
        feed(&mut parser, &text.as_bytes()[..broken], &mut self.text, &mut filled, &mut self.ends, &mut ended);
        let mut until = 0;
        let mut taken = 0;
        while until <= broken && taken < used {
            until += self.pending[taken].text.len();
            taken += 1;
        }
        let record = &mut self.record;
        record.text.clear();
        record.ends.clear();
        let mut start = 0;
        for &end in &self.ends[..ended] {
            record.push(&self.text[start..end]);
            start = end;
        }
        for cell in
            text[broken..until.min(text.len())].trim_end_matches(['\r', '\n']).split(char::from(self.dialect.separator))
        {
            record.push(cell.as_bytes());
        }
        record.problem = Some(RowProblem::UnclosedQuote { line: self.pending[taken - 1].number });
        self.take_lines(taken);
        true
    }

    fn joined(&self, used: usize) -> String {
        let mut text: String = self.pending.iter().take(used).map(|line| line.text.as_str()).collect();
        if !ends_line(&text) {
            text.push('\n');
        }
        text
    }

    fn take_lines(&mut self, used: usize) {
        self.record.raw.clear();
        for line in self.pending.iter().take(used) {
            self.record.raw.push_str(&line.text);
            if line.had_errors {
                self.record.problem.get_or_insert(RowProblem::WrongEncoding);
            }
        }
        self.drop_lines(used);
    }

    fn drop_lines(&mut self, used: usize) {
        for line in self.pending.drain(..used) {
            self.record.offset_after = line.after;
            self.record.lines_after = line.number;
            if self.spare.len() < 8 {
                self.spare.push(line.text);
            }
        }
    }
}

/// Gives `input` to the parser, making room as it asks for it; whether the record ended.
fn feed(
    parser: &mut Reader,
    input: &[u8],
    text: &mut Vec<u8>,
    filled: &mut usize,
    ends: &mut Vec<usize>,
    ended: &mut usize,
) -> bool {
    let mut at = 0;
    loop {
        let (result, read, wrote, found) = parser.read_record(&input[at..], &mut text[*filled..], &mut ends[*ended..]);
        at += read;
        *filled += wrote;
        *ended += found;
        match result {
            // No more input is the end of the file to csv-core: it must not be asked again without any.
            ReadRecordResult::InputEmpty => return false,
            ReadRecordResult::OutputFull => text.resize(text.len() * 2, 0),
            ReadRecordResult::OutputEndsFull => ends.resize(ends.len() * 2, 0),
            ReadRecordResult::Record | ReadRecordResult::End => return true,
        }
    }
}

/// Whether a cell, with the sign that ends it, keeps the rules if it runs over a line end.
fn well_quoted(field: &[u8], separator: u8, quote: u8) -> bool {
    if field.first() != Some(&quote) {
        return true;
    }
    let body = match field {
        [body @ .., last] if *last == separator || *last == b'\r' || *last == b'\n' => body,
        body => body,
    };
    let [_, inner @ .., last] = body else { return false };
    if *last != quote {
        // What follows the closing quote holds no line end, or the cell would have ended there.
        return !inner.iter().any(|&byte| byte == b'\n' || byte == b'\r');
    }
    let mut run = 0;
    for &byte in inner {
        if byte == quote {
            run += 1;
        } else if run % 2 == 1 {
            return !inner.iter().any(|&byte| byte == b'\n' || byte == b'\r');
        } else {
            run = 0;
        }
    }
    run % 2 == 0 || !inner.iter().any(|&byte| byte == b'\n' || byte == b'\r')
}

fn is_blank(line: &str) -> bool {
    line.trim_end_matches(['\r', '\n']).is_empty()
}

fn ends_line(line: &str) -> bool {
    line.ends_with(['\r', '\n'])
}
