//! Looks into ZIP archives before anything else does: what they hold, and how large it becomes.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::Path;

use zip::ZipArchive;
use zip::result::ZipError;

use crate::error::{LooksLike, Measure, SheetError};
use crate::shape::Limits;

const MAX_PARTS: usize = 10_000;

pub(crate) enum Holds {
    Xlsx,
    Other(LooksLike),
}

fn archive(path: &Path) -> Result<ZipArchive<BufReader<File>>, SheetError> {
    ZipArchive::new(BufReader::new(File::open(path)?)).map_err(|error| match error {
        ZipError::Io(error) if error.kind() != io::ErrorKind::UnexpectedEof => SheetError::Io(error),
        // The directory stands at the end: a file without it was cut off.
        _ => SheetError::Truncated,
    })
}

pub(crate) fn holds(path: &Path) -> Result<Holds, SheetError> {
    let archive = archive(path)?;
    let has = |name: &str| archive.index_for_name(name).is_some();
    Ok(if has("xl/workbook.xml") {
        Holds::Xlsx
    } else if has("word/document.xml") || has("ppt/presentation.xml") || has("content.xml") || has("xl/workbook.bin") {
        Holds::Other(LooksLike::Document)
    } else {
        Holds::Other(LooksLike::Zip)
    })
}

/// Unpacks everything into nothing and counts, since declared sizes may lie.
///
/// # Errors
/// `TooLarge` beyond `max_unpacked_bytes` in all, or a fourth of it in parts other than sheets: those are held in memory.
pub(crate) fn check(path: &Path, limits: &Limits) -> Result<(), SheetError> {
    let mut archive = archive(path)?;
    if archive.len() > MAX_PARTS {
        return Err(SheetError::TooLarge { what: Measure::Unpacked, limit: limits.max_unpacked_bytes });
    }
    let (mut all, mut held) = (limits.max_unpacked_bytes, limits.max_unpacked_bytes / 4);
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|error| match error {
            ZipError::InvalidPassword | ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => {
                SheetError::Protected
            }
            error => SheetError::Damaged { reason: error.to_string() },
        })?;
        let sheet = part.name_raw().starts_with(b"xl/worksheets/");
        let room = if sheet { all } else { all.min(held) };
        let over = SheetError::TooLarge { what: Measure::Unpacked, limit: limits.max_unpacked_bytes };
        if part.size() > room {
            return Err(over);
        }
        let size = io::copy(&mut part.take(room + 1), &mut io::sink())
            .map_err(|error| SheetError::Damaged { reason: error.to_string() })?;
        if size > room {
            return Err(over);
        }
        all -= size;
        if !sheet {
            held -= size;
        }
    }
    Ok(())
}
