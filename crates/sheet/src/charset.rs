//! The encoding of a text file and its line ends, found by reading all of it once.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, MACINTOSH, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::error::{Measure, SheetError};
use crate::lines::Units;
use crate::shape::{Limits, LineEnd};

pub(crate) struct Charset {
    pub encoding: &'static Encoding,
    pub bom: bool,
    pub line_end: LineEnd,
}

pub(crate) fn units(encoding: &'static Encoding) -> Units {
    if encoding == UTF_16LE {
        Units::Utf16Le
    } else if encoding == UTF_16BE {
        Units::Utf16Be
    } else {
        Units::Bytes
    }
}

/// UTF-16 by its mark, or where only every other byte is zero, as in any Western text.
pub(crate) fn utf16(head: &[u8]) -> Option<&'static Encoding> {
    match Encoding::for_bom(head) {
        Some((encoding, _)) if encoding != UTF_8 => return Some(encoding),
        Some(_) => return None,
        None => {}
    }
    let zeros = |from: usize| head.iter().skip(from).step_by(2).filter(|&&byte| byte == 0).count();
    let (even, odd, half) = (zeros(0), zeros(1), head.len() / 2);
    // Two characters tell nothing.
    if half < 3 {
        None
    } else if odd * 2 > half && even * 20 < half {
        Some(UTF_16LE)
    } else if even * 2 > half && odd * 20 < half {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Counts that tell UTF-8 with a few broken places from another encoding.
#[derive(Default)]
struct Utf8 {
    carry: Vec<u8>,
    good: u64,
    bad: u64,
}

impl Utf8 {
    fn feed(&mut self, bytes: &[u8], last: bool) {
        self.carry.extend_from_slice(bytes);
        let mut rest = self.carry.as_slice();
        loop {
            match std::str::from_utf8(rest) {
                Ok(text) => {
                    self.good += wide(text.as_bytes());
                    rest = &[];
                    break;
                }
                Err(error) => {
                    self.good += wide(&rest[..error.valid_up_to()]);
                    match error.error_len() {
                        Some(length) => {
                            self.bad += 1;
                            rest = &rest[error.valid_up_to() + length..];
                        }
                        None => {
                            self.bad += u64::from(last);
                            rest = &rest[error.valid_up_to()..];
                            break;
                        }
                    }
                }
            }
        }
        let kept = rest.len();
        let from = self.carry.len() - kept;
        self.carry.drain(..from);
    }
}

/// Characters of more than one byte.
fn wide(valid: &[u8]) -> u64 {
    valid.iter().filter(|&&byte| byte >= 0xC0).count() as u64
}

#[derive(Default)]
struct LineEnds {
    after_cr: bool,
    lf: u64,
    cr: u64,
    crlf: u64,
}

impl LineEnds {
    fn feed(&mut self, bytes: &[u8]) {
        // The zeros of UTF-16 are looked over.
        for &byte in bytes.iter().filter(|&&byte| byte != 0) {
            match byte {
                b'\n' if self.after_cr => {
                    self.cr -= 1;
                    self.crlf += 1;
                }
                b'\n' => self.lf += 1,
                b'\r' => self.cr += 1,
                _ => {}
            }
            self.after_cr = byte == b'\r';
        }
    }

    /// The one that makes up nine tenths: the odd one is a line break within a cell.
    fn found(&self) -> LineEnd {
        let most = (self.lf + self.cr + self.crlf) * 9 / 10;
        if self.crlf >= most {
            LineEnd::CrLf
        } else if self.lf >= most {
            LineEnd::Lf
        } else if self.cr >= most {
            LineEnd::Cr
        } else {
            LineEnd::Mixed
        }
    }
}

/// Beside ASCII, what Italian is written with in Windows-1252: its vowels with their accents, quotation marks, dashes, the
/// euro, degrees and ordinals, the space that does not break.
const ITALIAN: &[u8] =
    b"\xE0\xE8\xE9\xEC\xF2\xF9\xC0\xC8\xC9\xCC\xD2\xD9\x80\x85\x91\x92\x93\x94\x96\x97\xA0\xA7\xAA\xAB\xB0\xB7\xBA\xBB";

/// The bytes beyond ASCII that a file has.
struct Beyond([bool; 256]);

impl Beyond {
    fn feed(&mut self, bytes: &[u8]) {
        bytes.iter().filter(|byte| !byte.is_ascii()).for_each(|byte| self.0[usize::from(*byte)] = true);
    }

    /// Of so few letters a detector by frequencies may make Hebrew or Greek; those would have others among them.
    fn is_italian(&self) -> bool {
        (0..=u8::MAX).all(|byte| !self.0[usize::from(byte)] || ITALIAN.contains(&byte))
    }
}

/// Accented vowels that end words, as each encoding writes them: where Italian has nearly all of its accents.
#[derive(Default)]
struct Endings {
    last: [u8; 2],
    beyond: u64,
    /// à è é ò ù in Mac Roman, which are no letters of Italian in Windows-1252.
    mac: u64,
    /// ì in Mac Roman, and a closing quotation mark in Windows-1252.
    either: u64,
    windows: u64,
}

impl Endings {
    fn feed(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            let [before, accent] = self.last;
            self.beyond += u64::from(!byte.is_ascii());
            if !accent.is_ascii() && before.is_ascii_alphabetic() && byte.is_ascii() && !byte.is_ascii_alphanumeric() {
                match accent {
                    0x88 | 0x8E | 0x8F | 0x98 | 0x9D => self.mac += 1,
                    0x93 => self.either += 1,
                    0xE0 | 0xE8 | 0xE9 | 0xEC | 0xF2 | 0xF9 => self.windows += 1,
                    _ => {}
                }
            }
            self.last = [accent, byte];
        }
    }

    fn is_mac_roman(&self) -> bool {
        let mac = self.mac + self.either;
        self.mac > 0 && mac > self.windows && mac * 2 >= self.beyond
    }
}

pub(crate) fn detect(path: &Path, limits: &Limits) -> Result<Charset, SheetError> {
    let mut file = File::open(path)?;
    let mut buffer = vec![0; 64 << 10];
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    let (mut utf8, mut line_ends, mut total) = (Utf8::default(), LineEnds::default(), 0u64);
    let mut marked = None;
    let mut beyond = Beyond([false; 256]);
    let mut endings = Endings::default();
    loop {
        let read = file.read(&mut buffer)?;
        let bytes = &buffer[..read];
        if total == 0 {
            marked = utf16(bytes).or_else(|| Encoding::for_bom(bytes).map(|(encoding, _)| encoding));
        }
        total += read as u64;
        if total > limits.max_bytes {
            return Err(SheetError::TooLarge { what: Measure::Bytes, limit: limits.max_bytes });
        }
        line_ends.feed(bytes);
        if marked.is_none() {
            utf8.feed(bytes, read == 0);
            detector.feed(bytes, read == 0);
            beyond.feed(bytes);
            endings.feed(if read == 0 { b"\n" } else { bytes });
        }
        if read == 0 {
            break;
        }
    }
    let encoding = marked.unwrap_or_else(|| {
        if utf8.bad == 0 || utf8.good >= 20 * utf8.bad {
            UTF_8
        } else if endings.is_mac_roman() {
            MACINTOSH
        } else if beyond.is_italian() {
            WINDOWS_1252
        } else {
            detector.guess(Some(b"it"), Utf8Detection::Deny)
        }
    });
    Ok(Charset { encoding, bom: bom_length(path)? > 0, line_end: line_ends.found() })
}

pub(crate) fn bom_length(path: &Path) -> Result<u64, SheetError> {
    let mut head = Vec::new();
    File::open(path)?.take(3).read_to_end(&mut head)?;
    Ok(Encoding::for_bom(&head).map_or(0, |(_, length)| length as u64))
}
