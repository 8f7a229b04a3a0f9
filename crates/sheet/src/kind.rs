//! What a file is, by its first bytes and never by its name.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use infer::MatcherType;

use crate::charset;
use crate::error::{LooksLike, Measure, SheetError};
use crate::shape::{Format, Limits};
use crate::unpack;

const OLE: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

/// # Errors
/// `Empty`, `Binary`, `TooLarge`, `Truncated` and what unpacking says.
pub(crate) fn format_of(path: &Path, limits: &Limits) -> Result<Format, SheetError> {
    let file = File::open(path)?;
    if file.metadata()?.len() > limits.max_bytes {
        return Err(SheetError::TooLarge { what: Measure::Bytes, limit: limits.max_bytes });
    }
    let mut head = Vec::new();
    file.take(8 << 10).read_to_end(&mut head)?;
    if head.is_empty() {
        return Err(SheetError::Empty);
    }
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        return match unpack::holds(path)? {
            unpack::Holds::Xlsx => Ok(Format::Xlsx),
            unpack::Holds::Other(looks_like) => Err(SheetError::Binary { looks_like }),
        };
    }
    if head.starts_with(OLE) {
        return Ok(Format::Xls);
    }
    match binary(&head) {
        Some(looks_like) => Err(SheetError::Binary { looks_like }),
        None => Ok(Format::Csv),
    }
}

fn binary(head: &[u8]) -> Option<LooksLike> {
    if charset::utf16(head).is_some() {
        return None;
    }
    let text = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
    let starts = |with: &[u8]| text.len() >= with.len() && text[..with.len()].eq_ignore_ascii_case(with);
    if starts(b"%PDF-") {
        return Some(LooksLike::Pdf);
    }
    if starts(b"{\\rtf") {
        return Some(LooksLike::Document);
    }
    if starts(b"<?xml") {
        return Some(LooksLike::Xml);
    }
    if starts(b"<!doctype") || starts(b"<html") || starts(b"<table") || starts(b"<head") || starts(b"<meta") {
        return Some(LooksLike::Html);
    }
    // Words of a header may well begin like a picture ("BM…") or a program ("MZ…"); control characters tell.
    let controls = head.iter().filter(|byte| byte.is_ascii_control() && !b"\t\n\r\x0B\x0C\x1A".contains(byte)).count();
    if controls == 0 {
        return None;
    }
    match infer::get(head).map(|kind| kind.matcher_type()) {
        Some(MatcherType::Image) => Some(LooksLike::Picture),
        Some(MatcherType::Archive) => Some(LooksLike::Archive),
        Some(MatcherType::Doc | MatcherType::Book) => Some(LooksLike::Document),
        Some(MatcherType::Audio) => Some(LooksLike::Sound),
        Some(MatcherType::Video) => Some(LooksLike::Film),
        Some(MatcherType::App) => Some(LooksLike::Program),
        _ if head.contains(&0) || controls * 20 > head.len() => Some(LooksLike::Unknown),
        _ => None,
    }
}
