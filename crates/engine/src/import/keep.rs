//! The file of an import, kept until it has run: in the data folder, or in the database where any node may run it.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use base::{Error, Id, Result};
use serde::{Deserialize, Serialize};
use store::{Lane, Sql, Tx};

use crate::Engine;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kept {
    /// A file in the folder of imports.
    Folder(String),
    /// Pieces in the database, in their order.
    Pieces(Vec<String>),
}

/// Bytes of a piece: what is held in memory at once.
const PIECE: u64 = 4 << 20;

impl Kept {
    /// In the transaction that notes the import: what no import names is swept away after a day, as uploads are.
    pub(super) fn take_up(&self, tx: &Tx) -> Result<()> {
        let Kept::Pieces(pieces) = self else { return Ok(()) };
        let ids = pieces.iter().map(|piece| known(piece)).collect::<Result<Vec<Id>>>()?;
        match store::files::take_up(tx, &ids)? {
            true => Ok(()),
            false => Err(Error::fault("a piece of an import is gone")),
        }
    }
}

impl Engine {
    /// The folder where imports lie while they run.
    pub fn imports_folder(&self) -> Result<PathBuf> {
        let folder = match self.store.folder() {
            Some(data) => data.join("imports"),
            None => std::env::temp_dir().join("bottega-imports"),
        };
        own(&folder).map_err(|cause| Error::io("the folder of imports cannot be made", cause))?;
        Ok(folder)
    }
}

/// Makes a folder that nobody else looks into: what is imported passes through it, and it may lie where everybody may write.
fn own(folder: &Path) -> std::io::Result<()> {
    let mut making = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut making, 0o700);
    making.recursive(true).create(folder)
}

pub(super) fn keep(engine: &Engine, path: &Path, id: Id) -> Result<Kept> {
    let failed = |cause| Error::io("the file cannot be kept", cause);
    if engine.store.folder().is_some() {
        let name = format!("{id}.import");
        fs::copy(path, engine.imports_folder()?.join(&name)).map_err(failed)?;
        return Ok(Kept::Folder(name));
    }
    let mut source = File::open(path).map_err(failed)?;
    let mut pieces = Vec::new();
    loop {
        let mut bytes = Vec::new();
        Read::by_ref(&mut source).take(PIECE).read_to_end(&mut bytes).map_err(failed)?;
        if bytes.is_empty() {
            return Ok(Kept::Pieces(pieces));
        }
        let piece = Id::new();
        let size = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
        let digest = <sha2::Sha256 as sha2::Digest>::digest(&bytes).to_vec();
        let sql = Sql::new(
            "INSERT INTO file (id, name, mime, size, sha256, created_at, bytes) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        );
        let sql = sql.with(piece).with(format!("{id}/{}", pieces.len())).with("application/octet-stream").with(size);
        let sql = sql.with(digest).with(base::clock::now()).with(bytes);
        engine.store.write(Lane::Jobs, |tx| tx.execute(&sql).map(|_| ()))?;
        pieces.push(piece.to_string());
    }
}

/// The file as one that can be read.
pub(super) fn fetch(engine: &Engine, kept: &Kept, id: Id) -> Result<PathBuf> {
    let failed = |cause| Error::io("the file of the import cannot be read", cause);
    let path = lies(engine, kept, id)?;
    let Kept::Pieces(pieces) = kept else { return Ok(path) };
    if path.exists() {
        return Ok(path);
    }
    // Whole or not there at all: what lies under the name is never read half-written.
    let half = path.with_file_name(format!("{}.half", Id::new()));
    let mut file = File::create(&half).map_err(failed)?;
    for piece in pieces {
        let sql = Sql::new("SELECT bytes FROM file WHERE id = $1").with(known(piece)?);
        let row =
            engine.store.read(|tx| tx.first(&sql))?.ok_or_else(|| Error::fault("a piece of an import is gone"))?;
        file.write_all(row.blob(0)).map_err(failed)?;
    }
    fs::rename(&half, &path).map_err(failed)?;
    Ok(path)
}

/// Where it can be read once it was fetched.
fn lies(engine: &Engine, kept: &Kept, id: Id) -> Result<PathBuf> {
    let name = match kept {
        Kept::Folder(name) => name.clone(),
        Kept::Pieces(_) => format!("{id}.import"),
    };
    Ok(engine.imports_folder()?.join(name))
}

fn known(piece: &str) -> Result<Id> {
    piece.parse().map_err(|_| Error::fault("an import names a piece that is none"))
}

/// Takes away what is no longer needed; it may be gone already.
pub(super) fn discard(engine: &Engine, kept: &Kept, id: Id) -> Result<()> {
    if let Kept::Pieces(pieces) = kept {
        for chunk in pieces.chunks(100) {
            let mut sql = Sql::new("DELETE FROM file WHERE id IN ");
            sql.bind_list(chunk.iter().map(|piece| known(piece)).collect::<Result<Vec<Id>>>()?);
            engine.store.write(Lane::Jobs, |tx| tx.execute(&sql).map(|_| ()))?;
        }
    }
    let _ = fs::remove_file(lies(engine, kept, id)?);
    Ok(())
}
