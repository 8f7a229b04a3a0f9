//! What was uploaded: the bytes in the data folder on SQLite, in the database on PostgreSQL, all else in the table `file`.
//!
//! A file never changes; another content is another file. [`Store::keep_file`] writes it before any record refers to it,
//! [`take_up`] notes in the transaction of the record that one does. From then on it stays: the trash and undo may need it.
//! What no record took up in time, [`Store::sweep_files`] removes.

use std::collections::HashSet;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use base::{Error, Id, Result, Rid};
use chrono::{DateTime, Utc};

use crate::sql::{Arg, Row, Sql};
use crate::{Lane, Store, Tx, many, sqlite};

/// The kind of lookup key under which records hold files.
pub const LOOKUP: &str = "file";

/// A file about to be kept.
pub struct NewFile<'a> {
    pub id: Id,
    /// As it was called where it came from.
    pub name: &'a str,
    pub mime: &'a str,
    pub sha256: Vec<u8>,
    pub by: Option<Rid>,
    pub bytes: &'a [u8],
    /// Of the same MIME type.
    pub thumbnail: Option<&'a [u8]>,
}

/// What is known of a file.
#[derive(Clone, Debug)]
pub struct File {
    pub id: Id,
    pub name: String,
    pub mime: String,
    /// In bytes.
    pub size: i64,
    pub sha256: Vec<u8>,
    /// Who uploaded it.
    pub by: Option<Rid>,
}

const COLUMNS: &str = "id, name, mime, size, sha256, created_by";

impl Store {
    /// Keeps a file that no record refers to yet.
    ///
    /// # Errors
    /// A fault, such as [`base::error::DISK_FULL`]; nothing is left behind then.
    pub fn keep_file(&self, new: &NewFile) -> Result<()> {
        let folder = self.folder();
        if let Some(folder) = folder {
            put(folder, new.id, new.bytes)?;
        }
        base::failpoint::pass("file.placed");
        let kept = self.write(Lane::People, |tx| {
            let bytes = folder.is_none().then(|| new.bytes.to_vec());
            let mut sql = Sql::new(
                "INSERT INTO file (id, name, mime, size, sha256, created_at, created_by, thumbnail, bytes) VALUES (",
            );
            sql.bind(new.id).push(", ").bind(new.name).push(", ").bind(new.mime).push(", ");
            sql.bind(i64::try_from(new.bytes.len()).unwrap_or(i64::MAX)).push(", ").bind(new.sha256.clone()).push(", ");
            sql.bind(base::clock::now()).push(", ").bind(new.by).push(", ");
            sql.bind(new.thumbnail.map(<[u8]>::to_vec)).push(", ").bind(bytes).push(")");
            tx.execute(&sql).map(|_| ())
        });
        if let (Err(_), Some(folder)) = (&kept, folder) {
            let _ = fs::remove_file(place(folder, new.id));
        }
        kept
    }

    /// The bytes of a file; none when they are lost.
    pub fn file_bytes(&self, id: Id) -> Result<Option<Vec<u8>>> {
        let row = self.read(|tx| tx.first(&Sql::new("SELECT bytes FROM file WHERE id = $1").with(id)))?;
        match (row, self.folder()) {
            (None, _) => Ok(None),
            (Some(row), Some(folder)) if row.blob(0).is_empty() => read(folder, id),
            (Some(row), _) => Ok(Some(row.blob(0).to_vec()).filter(|bytes| !bytes.is_empty())),
        }
    }

    /// Removes what was uploaded before a moment and no record ever took up. Answers how many there were.
    pub fn sweep_files(&self, before: DateTime<Utc>) -> Result<usize> {
        let gone = self.write(Lane::Jobs, |tx| {
            let sql = Sql::new("DELETE FROM file WHERE taken_at IS NULL AND created_at < $1 RETURNING id");
            tx.query(&sql.with(before))?.iter().map(|row| row.id(0)).collect::<Result<Vec<Id>>>()
        })?;
        if let Some(folder) = self.folder() {
            gone.iter().for_each(|id| drop(fs::remove_file(place(folder, *id))));
        }
        Ok(gone.len())
    }

    /// What lies among the files of the data folder and belongs to none, untouched for a while: left by an upload that was
    /// cut off.
    pub fn stray_files(&self, untouched: Duration) -> Result<Vec<PathBuf>> {
        let Some(folder) = self.folder() else { return Ok(Vec::new()) };
        let mut strays = Vec::new();
        for shelf in entries(&folder.join(FILES))? {
            let found = entries(&shelf)?;
            let id = |path: &PathBuf| path.file_name()?.to_str()?.parse::<Id>().ok();
            let ids: Vec<Id> = found.iter().filter_map(id).collect();
            let kept: HashSet<Id> = self.read(|tx| known(tx, &ids))?.into_iter().map(|file| file.id).collect();
            let old = |path: &PathBuf| {
                let touched = fs::metadata(path).and_then(|about| about.modified()).ok();
                touched.and_then(|at| at.elapsed().ok()).is_some_and(|since| since >= untouched)
            };
            strays.extend(found.into_iter().filter(|path| !id(path).is_some_and(|id| kept.contains(&id)) && old(path)));
        }
        Ok(strays)
    }

    /// Copies the database, while it is in use, to a file that holds the uploaded files too.
    pub fn snapshot_with_files(&self, to: &Path) -> Result<()> {
        let Some(folder) = self.folder() else { return self.snapshot(to) };
        let name = to.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        let part = to.with_file_name(format!(".{name}.part"));
        let _ = fs::remove_file(&part);
        let made = self.snapshot(&part).and_then(|()| pack(folder, &part));
        let made = made.and_then(|()| {
            fs::rename(&part, to).map_err(|cause| failed("the backup cannot be put in its place", cause))
        });
        if made.is_err() {
            let _ = fs::remove_file(&part);
        }
        made
    }
}

/// What is known of some files; what is not there is left out.
pub fn known(tx: &Tx, ids: &[Id]) -> Result<Vec<File>> {
    let mut files = Vec::with_capacity(ids.len());
    for some in ids.chunks(256) {
        let mut sql = Sql::new(format!("SELECT {COLUMNS} FROM file WHERE id IN "));
        sql.bind_list(many::padded(some));
        for row in tx.query(&sql)? {
            files.push(file(&row)?);
        }
    }
    Ok(files)
}

/// All files, some after another.
pub fn after(tx: &Tx, id: Option<Id>, limit: i64) -> Result<Vec<File>> {
    let after = id.map_or_else(Vec::new, |id| id.0.as_bytes().to_vec());
    let sql = Sql::new(format!("SELECT {COLUMNS} FROM file WHERE id > $1 ORDER BY id LIMIT $2"));
    tx.query(&sql.with(after).with(limit))?.iter().map(file).collect()
}

/// A record that has a file.
pub struct Holder {
    pub file: Id,
    pub record: Rid,
    /// In a comment, and not in a field of its own.
    pub said: bool,
}

/// The records that hold a file now, or of which something is said with it; those in the trash too.
pub fn holders(tx: &Tx, ids: &[Id]) -> Result<Vec<Holder>> {
    let mut holders = Vec::new();
    for some in ids.chunks(256) {
        let keys: Vec<String> = some.iter().map(Id::to_string).collect();
        let mut sql = Sql::new("SELECT key, record FROM lookup WHERE kind = ");
        sql.bind(LOOKUP).push(" AND key IN ").bind_list(many::padded(&keys));
        let holder = |row: &Row| Some(Holder { file: row.text(0).parse().ok()?, record: row.rid(1), said: false });
        holders.extend(tx.query(&sql)?.iter().filter_map(holder));
        // What was said of a record is seen with the one that it was merged into.
        let mut sql = Sql::new("SELECT f.file, coalesce(r.merged_into, r.rid) FROM comment_file f ");
        sql.push("JOIN comment c ON c.id = f.comment JOIN record r ON r.rid = c.record ");
        sql.push("WHERE c.deleted_at IS NULL AND f.file IN ").bind_list(many::padded(some));
        for row in tx.query(&sql)? {
            holders.push(Holder { file: row.id(0)?, record: row.rid(1), said: true });
        }
    }
    Ok(holders)
}

/// How many records hold a file that is not there.
pub fn lost(tx: &Tx) -> Result<usize> {
    let mut after = String::new();
    let mut lost = 0;
    loop {
        let sql = Sql::new("SELECT DISTINCT key FROM lookup WHERE kind = $1 AND key > $2 ORDER BY key LIMIT 256");
        let keys = tx.query(&sql.with(LOOKUP).with(&after))?;
        let Some(last) = keys.last() else { return Ok(lost) };
        after = last.text(0).to_owned();
        let ids: Vec<Id> = keys.iter().filter_map(|row| row.text(0).parse().ok()).collect();
        lost += keys.len() - known(tx, &ids)?.len();
    }
}

/// The small picture of a file, where it has one.
pub fn thumbnail(tx: &Tx, id: Id) -> Result<Option<Vec<u8>>> {
    let row = tx.first(&Sql::new("SELECT thumbnail FROM file WHERE id = $1").with(id))?;
    Ok(row.map(|row| row.blob(0).to_vec()).filter(|bytes| !bytes.is_empty()))
}

/// Notes that a record refers to these files, in its transaction. False when one of them is no longer there.
pub fn take_up(tx: &Tx, ids: &[Id]) -> Result<bool> {
    let ids: HashSet<Id> = ids.iter().copied().collect();
    let mut sql = Sql::new("UPDATE file SET taken_at = coalesce(taken_at, ");
    sql.bind(base::clock::now()).push(") WHERE id IN ").bind_list(ids.iter().copied());
    Ok(tx.execute(&sql)? == ids.len() as u64)
}

fn file(row: &Row) -> Result<File> {
    Ok(File {
        id: row.id(0)?,
        name: row.text(1).to_owned(),
        mime: row.text(2).to_owned(),
        size: row.int(3),
        sha256: row.blob(4).to_vec(),
        by: row.opt_int(5).map(Rid),
    })
}

/// The folder of files within the data folder.
const FILES: &str = "files";

/// Ids begin with the moment they were made: their ends spread over the shelves, `files/ab/…ab`.
fn place(folder: &Path, id: Id) -> PathBuf {
    let name = id.to_string();
    folder.join(FILES).join(&name[name.len() - 2..]).join(name)
}

/// Whole under its name, or not there.
fn put(folder: &Path, id: Id, bytes: &[u8]) -> Result<()> {
    let place = place(folder, id);
    let part = place.with_extension("part");
    let write = || -> io::Result<()> {
        fs::create_dir_all(place.parent().unwrap_or(folder))?;
        let mut file = fs::File::create(&part)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&part, &place)
    };
    write().map_err(|cause| {
        let _ = fs::remove_file(&part);
        failed("a file cannot be written into the data folder", cause)
    })
}

fn read(folder: &Path, id: Id) -> Result<Option<Vec<u8>>> {
    match fs::read(place(folder, id)) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(cause) => Err(failed("a file of the data folder cannot be read", cause)),
    }
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>> {
    match fs::read_dir(folder) {
        Ok(entries) => Ok(entries.filter_map(|entry| Some(entry.ok()?.path())).collect()),
        Err(cause) if matches!(cause.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(Vec::new()),
        Err(cause) => Err(failed("the files of the data folder cannot be listed", cause)),
    }
}

fn failed(what: &str, cause: io::Error) -> Error {
    Error::io(what, cause)
}

/// Puts the files of a data folder into a copy of its database.
fn pack(folder: &Path, database: &Path) -> Result<()> {
    let connection = sqlite::alone(database)?;
    sqlite::batch(&connection, "BEGIN")?;
    for row in sqlite::query(&connection, &Sql::new("SELECT id FROM file WHERE bytes IS NULL"))? {
        // What is lost already is the doctor's to tell.
        if let Some(bytes) = read(folder, row.id(0)?)? {
            let sql = Sql::new("UPDATE file SET bytes = $1 WHERE id = $2");
            sqlite::execute(&connection, &sql.with(bytes).with(row.id(0)?))?;
        }
    }
    sqlite::batch(&connection, "COMMIT")
}

/// Moves the files that a database holds into its data folder.
pub fn unpack(database: &Path, folder: &Path) -> Result<()> {
    let connection = sqlite::alone(database)?;
    let ids = sqlite::query(&connection, &Sql::new("SELECT id FROM file WHERE bytes IS NOT NULL"))?;
    for row in &ids {
        let id = row.id(0)?;
        let found = sqlite::query(&connection, &Sql::new("SELECT bytes FROM file WHERE id = $1").with(id))?;
        if let Some(row) = found.first() {
            put(folder, id, row.blob(0))?;
        }
    }
    if ids.is_empty() {
        return Ok(());
    }
    sqlite::execute(&connection, &Sql::new("UPDATE file SET bytes = $1").with(Arg::Null))?;
    sqlite::batch(&connection, "VACUUM")
}
