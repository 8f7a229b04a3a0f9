//! Files of given bytes, and reading them whole.

#![allow(clippy::unwrap_used)]

use std::io::Write;
use std::path::Path;

use sheet::{Row, Shape, rows};
use tempfile::NamedTempFile;

pub fn file(bytes: impl AsRef<[u8]>) -> NamedTempFile {
    let mut file = NamedTempFile::new().unwrap();
    file.write_all(bytes.as_ref()).unwrap();
    file
}

pub fn all(path: &Path, shape: &Shape) -> Vec<Row> {
    rows(path, shape).unwrap().map(Result::unwrap).collect()
}
