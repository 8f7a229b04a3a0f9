//! The one door: drafts become rows, log and search index, all in one transaction and one operation.

use base::{Error, Id, Problem, Result, Rid, failpoint, say};
use meta::access::Verb;
use store::Lane;

use crate::draft::{Draft, Saved, Target, parts};
use crate::ending::Ending;
use crate::prepare::{Batch, numbered};
use crate::returning::replaced;
use crate::write::{begin, move_to, untouched, write};
use crate::{Actor, Channel, Engine, access};

impl Engine {
    /// Makes and changes records, all or none, as one operation.
    pub fn save(&self, actor: &Actor, drafts: Vec<Draft>) -> Result<Saved> {
        let saved = self.write(lane(actor), |tx, catalogue| {
            let made = drafts.iter().any(|draft| matches!(draft.target, Target::New(_)));
            let verb = if made { "create" } else { "change" };
            let entity = drafts.first().map_or("", |draft| draft.entity);
            let mut operation = None;
            let mut records = Vec::with_capacity(drafts.len());
            let mut ending = Ending::default();
            for part in parts(&drafts) {
                let batch = Batch::read(tx, catalogue, actor, part)?;
                let prepare =
                    |(index, draft)| batch.prepare(draft).map_err(|error| numbered(records.len() + index, error));
                let prepared = part.iter().enumerate().map(prepare).collect::<Result<Vec<_>>>()?;
                let changes = prepared.iter().filter(|prepared| prepared.is_change()).count();
                if changes == 0 {
                    records.extend(prepared.iter().filter_map(untouched));
                    continue;
                }
                let (op, _) = match operation {
                    Some(known) => known,
                    None => *operation.insert(begin(tx, actor, verb, entity, 0, None)?),
                };
                store::log::more_records(tx, op, changes)?;
                records.extend(write(tx, catalogue, op, prepared, &mut ending)?);
            }
            ending.put(tx, catalogue, operation.map(|(op, _)| op))?;
            failpoint::pass("save.written");
            Ok(Saved { operation: operation.map(|(_, id)| id), records })
        })?;
        failpoint::pass("save.committed");
        Ok(saved)
    }

    /// Moves records to the trash, as one operation. What is there already is passed over.
    pub fn delete(&self, actor: &Actor, entity: &str, rids: &[Rid]) -> Result<Option<Id>> {
        self.bin(actor, entity, rids, true)
    }

    /// Takes records out of the trash, as one operation.
    ///
    /// # Errors
    /// `Refused` where another record stands for one of them by now.
    pub fn restore(&self, actor: &Actor, entity: &str, rids: &[Rid]) -> Result<Option<Id>> {
        self.bin(actor, entity, rids, false)
    }

    fn bin(&self, actor: &Actor, entity: &str, rids: &[Rid], delete: bool) -> Result<Option<Id>> {
        self.write(lane(actor), |tx, catalogue| {
            let model = catalogue.model(entity).ok_or(Error::Missing)?;
            let seen = access::among(tx, actor, catalogue, model, rids, Verb::View)?;
            if rids.iter().any(|rid| !seen.contains(rid)) {
                return Err(Error::Missing);
            }
            let allowed = access::among(tx, actor, catalogue, model, rids, Verb::Delete)?;
            if rids.iter().any(|rid| !allowed.contains(rid)) {
                return Err(access::denied(Verb::Delete));
            }
            let records = store::records::load_columns(tx, model, rids, &[], true)?;
            let moved: Vec<&meta::Record> =
                records.iter().filter(|record| record.deleted_at.is_some() != delete).collect();
            if moved.is_empty() {
                return Ok(None);
            }
            if !delete {
                let rids: Vec<Rid> = moved.iter().map(|record| record.rid).collect();
                let replaced = replaced(tx, model, &rids)?;
                if let Some((record, problem)) = moved.iter().find_map(|one| Some((one, replaced.get(&one.rid)?))) {
                    let (title, why) = (record.title.clone(), problem.text.clone());
                    return Err(Problem::whole(
                        problem.code,
                        say!("{title} stays in the trash: {why}", title = title, why = why),
                    )
                    .into());
                }
            }
            let verb = if delete { "delete" } else { "restore" };
            let (op, id) = begin(tx, actor, verb, entity, moved.len(), None)?;
            let mut ending = Ending::default();
            let deleted = delete.then_some((base::clock::now(), actor.user()));
            move_to(tx, model, op, &moved, deleted, &mut ending)?;
            ending.put(tx, catalogue, Some(op))?;
            Ok(Some(id))
        })
    }
}

/// People wait for no import.
pub(crate) fn lane(actor: &Actor) -> Lane {
    if actor.channel == Channel::Import { Lane::Jobs } else { Lane::People }
}
