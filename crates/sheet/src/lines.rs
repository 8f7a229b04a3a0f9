//! Physical lines of a byte stream with their offsets, in memory bounded by the longest line allowed.
//!
//! A line ends with LF, CR LF or a lone CR, in bytes or in 16-bit units.

use std::io::Read;

use crate::error::{Measure, SheetError};

/// How a line feed is written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Units {
    Bytes,
    Utf16Le,
    Utf16Be,
}

impl Units {
    fn width(self) -> usize {
        if self == Self::Bytes { 1 } else { 2 }
    }

    fn is(self, unit: &[u8], sign: u8) -> bool {
        match self {
            Self::Bytes => unit == [sign],
            Self::Utf16Le => unit == [sign, 0],
            Self::Utf16Be => unit == [0, sign],
        }
    }

    /// Length of the first line in `window` up to and including its first end sign.
    fn first_end(self, window: &[u8]) -> Option<usize> {
        match self {
            Self::Bytes => memchr::memchr2(b'\n', b'\r', window).map(|at| at + 1),
            _ => window
                .chunks_exact(2)
                .position(|unit| self.is(unit, b'\n') || self.is(unit, b'\r'))
                .map(|at| 2 * at + 2),
        }
    }
}

pub(crate) struct Lines<R> {
    input: R,
    units: Units,
    buffer: Vec<u8>,
    from: usize,
    to: usize,
    /// Bytes given so far, from the start of the file.
    offset: u64,
    max_bytes: u64,
    max_line: u64,
}

impl<R: Read> Lines<R> {
    /// `offset` is where in the file `input` stands.
    pub(crate) fn new(input: R, units: Units, offset: u64, max_bytes: u64, max_line: u64) -> Self {
        Self { input, units, buffer: vec![0; 64 << 10], from: 0, to: 0, offset, max_bytes, max_line }
    }

    pub(crate) fn offset(&self) -> u64 {
        self.offset
    }

    /// Puts the next line with its end into `line`; false at the end of the file.
    pub(crate) fn next(&mut self, line: &mut Vec<u8>) -> Result<bool, SheetError> {
        line.clear();
        let width = self.units.width();
        while self.ensure(width)? {
            let window = &self.buffer[self.from..self.to];
            let end = self.units.first_end(window);
            // Half a unit stays for the next filling.
            let take = end.unwrap_or(window.len() / width * width);
            line.extend_from_slice(&window[..take]);
            self.advance(take, line.len())?;
            if end.is_some() {
                return self.line_feed_after(line).map(|()| true);
            }
        }
        let rest = self.to - self.from;
        line.extend_from_slice(&self.buffer[self.from..self.to]);
        self.advance(rest, line.len())?;
        Ok(!line.is_empty())
    }

    /// A carriage return takes the line feed after it along.
    fn line_feed_after(&mut self, line: &mut Vec<u8>) -> Result<(), SheetError> {
        let width = self.units.width();
        if self.units.is(&line[line.len() - width..], b'\r') && self.ensure(width)? {
            let unit = &self.buffer[self.from..self.from + width];
            if self.units.is(unit, b'\n') {
                line.extend_from_slice(unit);
                self.advance(width, line.len())?;
            }
        }
        Ok(())
    }

    fn advance(&mut self, by: usize, line: usize) -> Result<(), SheetError> {
        self.from += by;
        self.offset += by as u64;
        if self.offset > self.max_bytes {
            return Err(SheetError::TooLarge { what: Measure::Bytes, limit: self.max_bytes });
        }
        if line as u64 > self.max_line {
            return Err(SheetError::TooLarge { what: Measure::Line, limit: self.max_line });
        }
        Ok(())
    }

    /// Whether `count` bytes are at hand, after reading on where they were not.
    fn ensure(&mut self, count: usize) -> Result<bool, SheetError> {
        while self.to - self.from < count {
            self.buffer.copy_within(self.from..self.to, 0);
            self.to -= self.from;
            self.from = 0;
            match self.input.read(&mut self.buffer[self.to..]) {
                Ok(0) => return Ok(false),
                Ok(read) => self.to += read,
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(true)
    }
}
