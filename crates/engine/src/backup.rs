//! Everything in one file and back: a SQLite database, whichever database it comes from and goes to.

use std::path::{Path, PathBuf};

use base::{Error, Result, Rid, say};
use meta::{Catalogue, Entity};
use store::search::Texts;
use store::{Lane, Location, Store, Tx};

use crate::secret::{self, SecretKey};
use crate::{Engine, search, start, users};

/// Records whose search text is made together.
const SOME: usize = 500;

impl Engine {
    /// Writes everything, uploaded files with it, into a new file while others go on working: it is as of one moment.
    ///
    /// # Errors
    /// Refuses to write over a file.
    pub fn back_up(&self, file: &Path) -> Result<()> {
        if file.exists() {
            let text = say!("{file} is there already: give the backup another name", file = file.display().to_string());
            return Err(Error::refused("file", "taken", text));
        }
        if self.store.folder().is_some() {
            return self.store.snapshot_with_files(file);
        }
        let making = Making::beside(file)?;
        let copy = Store::open(&Location::Folder(making.folder.clone()))?;
        transfer(&self.store, &copy, &self.entities)?;
        copy.snapshot(file)
    }
}

/// Puts a backup into a folder or database where nothing is yet. Nothing may be open on it. Answers whether what was sealed in it can
/// be read with the secret key that was given, or lies in the folder; otherwise the data begin with another key.
///
/// # Errors
/// Refuses what is no backup, a backup of a newer program, and a place that holds records.
pub fn restore(file: &Path, to: &Location, modules: &[&'static Entity], given: Option<SecretKey>) -> Result<bool> {
    let taken =
        || Error::refused("data", "taken", "There are records here already: restore into an empty folder or database");
    match to {
        Location::Folder(folder) => {
            let place = folder.join("bottega.db");
            if place.exists() && !Store::open(to)?.is_empty()? {
                return Err(taken());
            }
            std::fs::create_dir_all(folder).map_err(|cause| Error::caused("the data folder cannot be made", cause))?;
            let making = Making::beside(&place)?;
            drop(opened(file, &making)?);
            store::files::unpack(&making.folder.join("bottega.db"), folder)?;
            for left in ["bottega.db-wal", "bottega.db-shm"] {
                let _ = std::fs::remove_file(folder.join(left));
            }
            std::fs::rename(making.folder.join("bottega.db"), &place)
                .map_err(|cause| Error::caused("the backup cannot be put in its place", cause))?;
            let readable = secret::settle(&Store::open(to)?, given.as_ref())?;
            // An older backup is brought to this program's schema.
            Engine::open_keyed(to, modules, given).map(|_| readable)
        }
        Location::Postgres(_) => {
            let target = Store::open(to)?;
            if !target.is_empty()? {
                return Err(taken());
            }
            let making = Making::somewhere()?;
            let source = opened(file, &making)?;
            let entities: Vec<&'static Entity> =
                [&users::TEAM, &users::USER].into_iter().chain(modules.iter().copied()).collect();
            store::schema::migrate(&source, &start::declared(&entities).models)?;
            transfer(&source, &target, &entities)?;
            secret::settle(&target, given.as_ref())
        }
    }
}

/// All of a database into an empty one, all or nothing.
fn transfer(from: &Store, to: &Store, entities: &[&'static Entity]) -> Result<()> {
    store::schema::migrate(to, &start::declared(entities).models)?;
    from.read_whole(|source| {
        to.write(Lane::Jobs, |target| {
            store::copy::copy(source, target)?;
            // With the fields that the house added.
            index(target, &start::load(target, entities)?)
        })
    })
}

/// Makes the search index of records that have none.
fn index(tx: &Tx, catalogue: &Catalogue) -> Result<()> {
    for model in &catalogue.models {
        let mut after = Rid(0);
        loop {
            let records = store::walk::after(tx, model, after, SOME)?;
            let Some(last) = records.last() else { break };
            after = last.rid;
            let mut texts = Texts::default();
            records.iter().for_each(|record| texts.fresh(record.rid, search::body(model, &record.values)));
            texts.put(tx)?;
        }
    }
    Ok(())
}

/// A copy of the backup, opened: the file itself stays as it is.
fn opened(file: &Path, making: &Making) -> Result<Store> {
    let unusable = |why: String| {
        Error::Unreadable(say!("{file} is no backup: {why}", file = file.display().to_string(), why = why))
    };
    let copy = making.folder.join("bottega.db");
    std::fs::copy(file, &copy).map_err(|cause| unusable(cause.to_string()))?;
    let store = Store::open(&Location::Folder(making.folder.clone())).map_err(|error| unusable(error.to_string()))?;
    let version = store.read(store::schema::version).map_err(|error| unusable(error.to_string()))?;
    match version {
        None => return Err(unusable("it has no schema".to_owned())),
        Some(version) if version > store::schema::SCHEMA => {
            return Err(Error::Unreadable(say!("The backup is of a newer Bottega: update the program")));
        }
        Some(_) => {}
    }
    let wrong = store.read(store::integrity)?;
    match wrong.first() {
        Some(first) => Err(unusable(first.clone())),
        None => Ok(store),
    }
}

/// A folder that is gone when the work is done, or failed.
struct Making {
    folder: PathBuf,
}

impl Making {
    /// On the same disk, so that what was made can be moved into its place.
    fn beside(file: &Path) -> Result<Making> {
        let name = file.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        Making::at(file.with_file_name(format!(".{name}-{}", base::Id::new())))
    }

    fn somewhere() -> Result<Making> {
        Making::at(std::env::temp_dir().join(format!("bottega-{}", base::Id::new())))
    }

    fn at(folder: PathBuf) -> Result<Making> {
        std::fs::create_dir_all(&folder).map_err(|cause| Error::caused("a folder to work in cannot be made", cause))?;
        Ok(Making { folder })
    }
}

impl Drop for Making {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}
