//! Several records that are one: what each says is joined in the one that stays, everything that pointed to the others points to
//! it, and they lie in the trash with their addresses leading to it. One operation, undone as a whole.

mod point;
mod values;

use std::collections::HashSet;
use std::sync::Arc;

use base::{Error, Id, Problem, Result, Rid, say};
use meta::access::Verb;
use meta::{Catalogue, Model, Record, Value};
use serde_json::Map;
use store::log::{NewEntry, Operation};
use store::{Sql, Tx};

use crate::ending::Ending;
use crate::prepare::Batch;
use crate::query::at;
use crate::save::lane;
use crate::sights::conceal;
use crate::titles::Titles;
use crate::write::{begin, move_to, write};
use crate::{Actor, Draft, Engine, Target, access};

pub use values::{both_texts, joined, keeps_both};

/// Records about to be merged, side by side.
pub struct Merging {
    pub catalogue: Arc<Catalogue>,
    /// In the order asked.
    pub records: Vec<Record>,
    pub titles: Titles,
    /// Which of them one may change, and so keep.
    pub keepable: HashSet<Rid>,
    /// The key of an entity, and how many of its live records point to one of these.
    pub pointing: Vec<(&'static str, usize)>,
}

/// What a merge did.
#[derive(Debug)]
pub struct Merged {
    pub operation: Id,
    pub kept: Id,
    pub title: String,
    /// How many records elsewhere point to it now.
    pub moved: usize,
}

/// So many at once: they stand side by side.
pub const MOST: usize = 50;

impl Engine {
    /// Records as they would be merged, when they can be.
    pub fn merging(&self, actor: &Actor, path: &str, ids: &[Id]) -> Result<Merging> {
        let catalogue = self.seen(actor);
        let (model, _) = at(&catalogue, path)?;
        let (records, titles, keepable, pointing) = self.store.read(|tx| {
            let mut records = together(tx, actor, &catalogue, model, ids, false)?;
            conceal(model, &mut records);
            let rids: Vec<Rid> = records.iter().map(|record| record.rid).collect();
            let titles = Titles::of(tx, actor, &catalogue, model, &records)?;
            let keepable = access::among(tx, actor, &catalogue, model, &rids, Verb::Change)?;
            Ok((records, titles, keepable, point::counts(tx, &catalogue, model, &rids)?))
        })?;
        Ok(Merging { catalogue, records, titles, keepable, pointing })
    }

    /// Merges records into one of them. `values` are those that were chosen for it; of the other fields it has what
    /// [`joined`] says.
    ///
    /// # Errors
    /// `Missing` where one is not there, `Denied` without the right to change the one or to delete the others, `Refused` where they
    /// are not several of one kind, one of them stands above another, or what it shall have does not hold.
    pub fn merge(
        &self,
        actor: &Actor,
        path: &str,
        kept: Id,
        others: &[Id],
        values: Vec<(usize, Value)>,
    ) -> Result<Merged> {
        self.write(lane(actor), |tx, catalogue| {
            let (model, _) = at(catalogue, path)?;
            let ids: Vec<Id> = std::iter::once(kept).chain(others.iter().copied()).collect();
            let records = together(tx, actor, catalogue, model, &ids, true)?;
            let (one, others) = records.split_first().ok_or(Error::Missing)?;
            may(tx, actor, catalogue, model, one, others)?;
            not_above_each_other(tx, model, &records)?;
            let (op, operation) = begin(tx, actor, "merge", model.entity.key, 0, None)?;
            store::log::note(tx, op, Some(&one.rid.0.to_string()))?;
            let mut ending = Ending::default();
            let (title, moved) = into_one(tx, catalogue, actor, op, (model, one, others), values.clone(), &mut ending)?;
            ending.put(tx, catalogue, Some(op))?;
            Ok(Merged { operation, kept: one.id, title, moved })
        })
    }
}

/// The row of the record that others were merged into by an operation, as part of which they lie in the trash.
pub(crate) fn kept_by(operation: &Operation) -> Option<Rid> {
    operation.note.as_deref()?.parse().ok().map(Rid)
}

/// Two records become one as part of an operation that does more.
///
/// # Errors
/// As [`Engine::merge`].
pub(crate) fn join(
    tx: &Tx,
    catalogue: &Catalogue,
    actor: &Actor,
    op: i64,
    (model, one, other): (&Model, Rid, Rid),
    ending: &mut Ending,
) -> Result<Record> {
    let ids = store::records::entries(tx, &[one, other])?;
    let id = |rid: Rid| ids.iter().find(|entry| entry.rid == rid).map(|entry| entry.id).ok_or(Error::Missing);
    let records = together(tx, actor, catalogue, model, &[id(one)?, id(other)?], true)?;
    let (kept, others) = records.split_first().ok_or(Error::Missing)?;
    may(tx, actor, catalogue, model, kept, others)?;
    not_above_each_other(tx, model, &records)?;
    store::log::note(tx, op, Some(&kept.rid.0.to_string()))?;
    into_one(tx, catalogue, actor, op, (model, kept, others), Vec::new(), ending)?;
    Ok(kept.clone())
}

/// The title of what stays, and how many records elsewhere point to it now.
fn into_one(
    tx: &Tx,
    catalogue: &Catalogue,
    actor: &Actor,
    op: i64,
    (model, one, others): (&Model, &Record, &[Record]),
    values: Vec<(usize, Value)>,
    ending: &mut Ending,
) -> Result<(String, usize)> {
    let rids: Vec<Rid> = others.iter().map(|record| record.rid).collect();
    let deleted = Some((base::clock::now(), actor.user()));
    move_to(tx, model, op, &others.iter().collect::<Vec<_>>(), deleted, ending)?;
    store::records::set_merged(tx, &rids, one.rid)?;
    let moved = point::to_the_one(tx, catalogue, actor, model, op, one.rid, &rids, ending)?;
    let (mut wanted, own) = values::wanted(model, one, others, values);
    // A link among them leads nowhere any more.
    let among = |value: &Value| value.links().iter().any(|rid| *rid == one.rid || rids.contains(rid));
    wanted.iter_mut().filter(|(_, value)| among(value)).for_each(|(_, value)| *value = Value::Null);
    let draft = Draft { entity: model.entity.key, target: Target::Existing(one.rid, None), values: wanted };
    // What one of them has already, the other may have, also where the person sees no more than that.
    let writer = if own { Actor { name: actor.name.clone(), ..Actor::program() } } else { actor.clone() };
    let drafts = [draft];
    let batch = Batch::read(tx, catalogue, &writer, &drafts)?;
    let prepared = batch.prepare(&drafts[0])?;
    if !prepared.is_change() {
        // Its history tells of the merge all the same.
        let entry = NewEntry { record: one.rid, version: one.version, verb: "change", fields: Map::new() };
        store::log::write(tx, op, &[entry])?;
    }
    let saved = write(tx, catalogue, op, vec![prepared], ending)?;
    store::log::more_records(tx, op, 1 + others.len() + moved)?;
    let title = saved.first().map_or_else(|| one.title.clone(), |saved| saved.title.clone());
    Ok((title, moved))
}

/// Several records of an entity, live and visible, in the order asked; no one twice.
fn together(
    tx: &Tx,
    actor: &Actor,
    catalogue: &Catalogue,
    model: &Model,
    ids: &[Id],
    lock: bool,
) -> Result<Vec<Record>> {
    let refuse = |code, text: base::Text| Error::Refused(vec![Problem::whole(code, text)]);
    if model.entity.house {
        return Err(refuse("house", say!("Users and teams are not merged")));
    }
    if ids.iter().collect::<HashSet<_>>().len() < ids.len() {
        return Err(refuse("itself", say!("A record is not merged with itself")));
    }
    if ids.len() < 2 {
        return Err(refuse("too_few", say!("Choose at least two records to merge")));
    }
    if ids.len() > MOST {
        return Err(refuse("too_many", say!("At most {count} records are merged at once", count = MOST)));
    }
    let entries = store::records::entries_by_id(tx, ids)?;
    let mut seen: HashSet<Rid> = HashSet::new();
    for other in &catalogue.models {
        let own = entries.iter().filter(|entry| entry.entity == other.entity.key).map(|entry| entry.rid);
        let own: Vec<Rid> = own.collect();
        if !own.is_empty() {
            seen.extend(access::among(tx, actor, catalogue, other, &own, Verb::View)?);
        }
    }
    if entries.len() < ids.len() || entries.iter().any(|entry| !seen.contains(&entry.rid)) {
        return Err(Error::Missing);
    }
    if entries.iter().any(|entry| entry.entity != model.entity.key) {
        return Err(refuse("kinds", say!("Only records of one kind are merged")));
    }
    if let Some(gone) = entries.iter().find(|entry| entry.deleted_at.is_some()) {
        let text = say!("{title} is in the trash: restore it first", title = gone.title.as_str());
        return Err(refuse("deleted", text));
    }
    let rids: Vec<Rid> = entries.iter().map(|entry| entry.rid).collect();
    let mut records = store::records::load(tx, model, &rids, lock)?;
    records.sort_by_key(|record| ids.iter().position(|id| *id == record.id));
    Ok(records)
}

fn may(tx: &Tx, actor: &Actor, catalogue: &Catalogue, model: &Model, one: &Record, others: &[Record]) -> Result<()> {
    if access::among(tx, actor, catalogue, model, &[one.rid], Verb::Change)?.is_empty() {
        return Err(access::denied(Verb::Change));
    }
    let rids: Vec<Rid> = others.iter().map(|record| record.rid).collect();
    match access::among(tx, actor, catalogue, model, &rids, Verb::Delete)?.len() == rids.len() {
        true => Ok(()),
        false => Err(access::denied(Verb::Delete)),
    }
}

/// A company and the group that it is part of are not one, and what lies between them would go round in a circle.
fn not_above_each_other(tx: &Tx, model: &Model, records: &[Record]) -> Result<()> {
    for def in model.fields.iter().filter(|def| def.acyclic) {
        tx.lock_key(&format!("{}.{}", model.entity.key, def.key))?;
        for record in records {
            let (table, link) = (model.entity.key, def.key);
            let mut sql = Sql::new(format!(
                "WITH RECURSIVE up (rid) AS (SELECT \"{link}\" FROM \"{table}\" WHERE \"{link}\" IS NOT NULL AND rid = "
            ));
            sql.bind(record.rid).push(&format!(
                " UNION SELECT t.\"{link}\" FROM \"{table}\" t JOIN up ON t.rid = up.rid WHERE t.\"{link}\" IS NOT NULL) \
                 SELECT rid FROM up WHERE rid IN "
            ));
            sql.bind_list(records.iter().map(|record| record.rid));
            let Some(row) = tx.first(&sql)? else { continue };
            let above = records.iter().find(|other| other.rid == row.rid(0));
            let text = say!(
                "{one} stands under {other}: they are not one. If they are all the same, take that link away first",
                one = record.title.as_str(),
                other = above.map_or("", |above| above.title.as_str())
            );
            return Err(Problem::at(def.key, "circle", text).into());
        }
    }
    Ok(())
}
