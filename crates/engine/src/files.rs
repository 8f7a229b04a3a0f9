//! Uploaded files: seen exactly by those who see a record that holds them; before one does, by who uploaded them.

use std::collections::{HashMap, HashSet};

use base::{Error, Id, Result, Rid};
use meta::access::Verb;
use meta::{Catalogue, Model, Record};
use sha2::{Digest, Sha256};
use store::Tx;
use store::files::{File, Holder, NewFile};

use crate::prepare::is_file;
use crate::{Actor, Engine, access};

/// How long what was uploaded waits for a record to refer to it. The trash and undo need what one ever did, so that stays.
const WAITS: chrono::Duration = chrono::Duration::days(1);

/// What is to be kept.
pub struct Upload<'a> {
    /// As it was called where it came from.
    pub name: &'a str,
    /// What it was found to be, never what somebody said.
    pub mime: &'a str,
    pub bytes: &'a [u8],
    pub thumbnail: Option<&'a [u8]>,
}

/// Letters of a file name that are kept.
const LONGEST_NAME: usize = 200;

impl Engine {
    /// Keeps a file, for a record to refer to by its id.
    pub fn keep_file(&self, actor: &Actor, upload: &Upload) -> Result<Id> {
        let id = Id::new();
        let name: String = upload.name.chars().filter(|c| !c.is_control()).take(LONGEST_NAME).collect();
        self.store.keep_file(&NewFile {
            id,
            name: &name,
            mime: upload.mime,
            sha256: Sha256::digest(upload.bytes).to_vec(),
            by: actor.user(),
            bytes: upload.bytes,
            thumbnail: upload.thumbnail,
        })?;
        Ok(id)
    }

    /// What is known of a file that may be seen; what may not is not there.
    pub fn file(&self, actor: &Actor, id: Id) -> Result<File> {
        let catalogue = self.seen(actor);
        self.store.read(|tx| {
            let file = store::files::known(tx, &[id])?.pop().ok_or(Error::Missing)?;
            let holders = store::files::holders(tx, &[id])?;
            let seen = match holders.is_empty() {
                true => file.by.is_some() && file.by == actor.user(),
                false => seen_in(tx, actor, &catalogue, &holders)?.contains(&id),
            };
            if seen { Ok(file) } else { Err(Error::Missing) }
        })
    }

    /// The bytes of a file that [`Engine::file`] answered.
    pub fn file_bytes(&self, file: &File) -> Result<Vec<u8>> {
        self.store.file_bytes(file.id)?.ok_or(Error::Missing)
    }

    /// Its small picture; the whole where it has none.
    pub fn thumbnail(&self, file: &File) -> Result<Vec<u8>> {
        match self.store.read(|tx| store::files::thumbnail(tx, file.id))? {
            Some(bytes) => Ok(bytes),
            None => self.file_bytes(file),
        }
    }

    /// Removes what was uploaded a day ago and no record ever took up. Answers how many there were.
    pub fn sweep_files(&self) -> Result<usize> {
        self.store.sweep_files(base::clock::now() - WAITS)
    }
}

/// Of these files, those that someone may give to a record: their own, and those that they see.
pub(crate) fn usable(tx: &Tx, actor: &Actor, catalogue: &Catalogue, ids: &[Id]) -> Result<Vec<File>> {
    let (own, others): (Vec<File>, Vec<File>) =
        store::files::known(tx, ids)?.into_iter().partition(|file| file.by.is_some() && file.by == actor.user());
    let asked: Vec<Id> = others.iter().map(|file| file.id).collect();
    let holders = store::files::holders(tx, &asked)?;
    let held = seen_in(tx, actor, catalogue, &holders)?;
    Ok(own.into_iter().chain(others.into_iter().filter(|file| held.contains(&file.id))).collect())
}

/// The files that someone sees with one of their holders: the record itself, and the field where it stands in one.
fn seen_in(tx: &Tx, actor: &Actor, catalogue: &Catalogue, holders: &[Holder]) -> Result<HashSet<Id>> {
    let rids: Vec<Rid> = holders.iter().map(|holder| holder.record).collect();
    let mut by_entity: HashMap<String, Vec<Rid>> = HashMap::new();
    for entry in store::records::entries(tx, &rids)? {
        by_entity.entry(entry.entity).or_default().push(entry.rid);
    }
    let mut files = HashSet::new();
    for (entity, rids) in by_entity {
        let Some(model) = catalogue.model(&entity) else { continue };
        let seen = access::among(tx, actor, catalogue, model, &rids, Verb::View)?;
        let kept = kept_from(tx, model, &seen)?;
        let there = holders.iter().filter(|holder| seen.contains(&holder.record));
        files.extend(there.filter(|one| one.said || !kept.contains(&(one.record, one.file))).map(|one| one.file));
    }
    Ok(files)
}

/// What stands in fields that are kept from whoever this is the model of, and in no other.
fn kept_from(tx: &Tx, model: &Model, rids: &HashSet<Rid>) -> Result<HashSet<(Rid, Id)>> {
    let (secret, open): (Vec<usize>, Vec<usize>) =
        (0..model.fields.len()).filter(|at| is_file(&model.fields[*at].kind)).partition(|at| model.fields[*at].secret);
    if secret.is_empty() {
        return Ok(HashSet::new());
    }
    let rids: Vec<Rid> = rids.iter().copied().collect();
    let all: Vec<usize> = secret.iter().chain(&open).copied().collect();
    let records = store::records::load_columns(tx, model, &rids, &all, false)?;
    let held = |fields: &[usize]| -> HashSet<(Rid, Id)> {
        let one = |record: &Record, at: &usize| Some((record.rid, record.values[*at].text().parse().ok()?));
        records.iter().flat_map(|record| fields.iter().filter_map(move |at| one(record, at))).collect()
    };
    Ok(held(&secret).difference(&held(&open)).copied().collect())
}
