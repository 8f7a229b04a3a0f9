//! Undoing an operation: a new one of inverse values, through the one door. A field goes back only where it still holds what
//! the operation wrote; the rest stays and is told.

mod merged;

use std::collections::HashMap;

use base::{Error, Id, Problem, Result, Rid, Text, failpoint};
use meta::access::Verb;
use meta::{Catalogue, Record, Value};
use store::log::{Entry, Operation};
use store::search::Texts;
use store::{Lane, Tx};

use crate::draft::{Draft, Target};
use crate::ending::Ending;
use crate::ending::Touched;
use crate::merge::kept_by;
use crate::prepare::Batch;
use crate::returning::replaced;
use crate::write::{begin, move_to, write};
use crate::{Actor, Engine, access, comments, sums};

/// What an undo did.
#[derive(Debug, Default)]
pub struct Undone {
    pub operation: Option<Id>,
    /// How many records went back.
    pub reverted: usize,
    pub kept: Vec<Kept>,
}

/// Something that did not go back, and why.
#[derive(Debug)]
pub struct Kept {
    pub record: Id,
    /// Empty where it may not be seen.
    pub title: String,
    /// The key of the field; none for the whole record.
    pub field: Option<String>,
    pub why: Text,
}

/// What an operation that was undone has left as it made it.
#[derive(Debug, Default)]
pub struct Stayed {
    pub count: usize,
    /// The first of them that one may see: the path of their kind, id and title.
    pub records: Vec<(&'static str, Id, String)>,
}

/// Records that stayed and are named.
const NAMED: usize = 50;

/// Records that one transaction takes back.
const BATCH: usize = 100;

impl Engine {
    /// An operation that one may know of: their own, or one that touched what they see.
    pub fn operation(&self, actor: &Actor, id: Id) -> Result<Operation> {
        let operation = self.store.read(|tx| store::log::operation_by_id(tx, id))?.ok_or(Error::Missing)?;
        if actor.person.rights.admin || (operation.by.is_some() && operation.by == actor.user()) {
            return Ok(operation);
        }
        Err(Error::Missing)
    }

    /// What stayed when an operation was undone; none where it was not.
    pub fn stayed(&self, actor: &Actor, id: Id) -> Result<Option<Stayed>> {
        let operation = self.operation(actor, id)?;
        let Some(undo) = operation.undone_by else { return Ok(None) };
        let catalogue = self.catalogue();
        self.store.read(|tx| {
            let rids = store::log::left_by(tx, operation.op, undo)?;
            let mut by_entity: HashMap<String, Vec<store::records::Entry>> = HashMap::new();
            for entry in store::records::entries(tx, &rids)?.into_iter().filter(|entry| entry.deleted_at.is_none()) {
                by_entity.entry(entry.entity.clone()).or_default().push(entry);
            }
            let mut stayed = Stayed::default();
            for (entity, entries) in by_entity {
                let Some(model) = catalogue.model(&entity) else { continue };
                let rids: Vec<Rid> = entries.iter().map(|entry| entry.rid).collect();
                let seen = access::among(tx, actor, &catalogue, model, &rids, Verb::View)?;
                stayed.count += entries.len();
                let shown = entries.into_iter().filter(|entry| seen.contains(&entry.rid)).take(NAMED);
                stayed.records.extend(shown.map(|entry| (model.entity.path, entry.id, entry.title)));
            }
            Ok(Some(stayed))
        })
    }

    /// Takes an operation back as a whole. It can be undone in turn.
    pub fn undo(&self, actor: &Actor, id: Id) -> Result<Undone> {
        let operation = self.operation(actor, id)?;
        let about = self.store.read(|tx| comments::is_comment(tx, &operation))?;
        if let Some(entry) = about {
            return self
                .write(Lane::People, |tx, catalogue| comments::take_back(tx, catalogue, actor, &operation, &entry));
        }
        // One that was killed half-way is gone on with.
        let begun = self.unfinished(&operation)?;
        if operation.undone_by.is_some() && begun.is_none() {
            return Err(Error::Refused(vec![Problem::whole("undone", "This was undone already")]));
        }
        let merge = self.merge_behind(&operation)?;
        let mut undone = Undone { operation: begun.map(|(_, id)| id), ..Undone::default() };
        let mut op = begun;
        let mut before = i64::MAX;
        let mut touched = Touched::default();
        loop {
            let lane = if op.is_none() { Lane::People } else { Lane::Jobs };
            let step = self.write(lane, |tx, catalogue| {
                tx.by_index()?;
                let mut entries = store::log::of_operation_back(tx, operation.op, before, BATCH)?;
                let Some(last) = entries.last().map(|entry| entry.seq) else { return Ok(None) };
                let (number, id) = match op {
                    Some(known) => known,
                    None => begin(tx, actor, "undo", &operation.entity, 0, Some(operation.op))?,
                };
                if op.is_none() {
                    store::log::note(tx, number, Some(UNFINISHED))?;
                }
                if begun.is_some() {
                    let rids: Vec<Rid> = entries.iter().map(|entry| entry.record).collect();
                    let done = store::log::touched(tx, number, &rids)?;
                    entries.retain(|entry| !done.contains(&entry.record));
                }
                let mut step = Undone { operation: Some(id), ..Undone::default() };
                let mut ending = Ending::default();
                if op.is_none() && is_merge(&operation) {
                    let told = Told { undone: &mut step, ending: &mut ending };
                    merged::come_back(tx, catalogue, actor, &operation, number, told)?;
                }
                // What a merge moved elsewhere goes back whoever sees it.
                let program = Actor { name: actor.name.clone(), ..Actor::program() };
                let by = if is_merge(&operation) { &program } else { actor };
                let told = Told { undone: &mut step, ending: &mut ending };
                revert(tx, catalogue, by, &operation, number, &entries, told)?;
                if let Some(merge) = merge.as_ref().filter(|_| !is_merge(&operation)) {
                    merged::lead_on_again(tx, merge, &entries)?;
                }
                store::log::more_records(tx, number, step.reverted)?;
                // Sums are kept in the end, when all of it has gone back.
                ending.texts.put(tx)?;
                ending.notices.put(tx, number)?;
                touched.extend(ending.touched);
                Ok(Some((last, (number, id), step)))
            })?;
            let Some((last, known, step)) = step else { break };
            before = last;
            op = Some(known);
            undone.operation = step.operation;
            undone.reverted += step.reverted;
            undone.kept.extend(step.kept);
            failpoint::pass("undo.committed");
        }
        if let Some((number, _)) = op {
            self.store.write(Lane::Jobs, |tx| store::log::note(tx, number, None))?;
        }
        if let Some((op, _)) = op.filter(|_| !touched.is_empty()) {
            self.write(Lane::People, |tx, catalogue| {
                let mut texts = Texts::default();
                // What followed from the changes was part of the operation and has gone back with it.
                sums::keep(&touched, tx, catalogue, op, &mut texts)?;
                texts.put(tx)
            })?;
        }
        Ok(undone)
    }
}

/// Whether records became one by it: by a merge, or an action that joined two.
fn is_merge(operation: &Operation) -> bool {
    kept_by(operation).is_some()
}

/// The note of an undo that has not come to its end.
const UNFINISHED: &str = "unfinished";

impl Engine {
    /// The undo of an operation that was begun and did not come to its end.
    fn unfinished(&self, operation: &Operation) -> Result<Option<(i64, Id)>> {
        let Some(undo) = operation.undone_by else { return Ok(None) };
        let undo = self.store.read(|tx| store::log::operations(tx, &[undo]))?.remove(&undo);
        let undo = undo.filter(|undo| undo.note.as_deref() == Some(UNFINISHED));
        Ok(undo.map(|undo| (undo.op, undo.id)))
    }

    /// The merge that an operation is, or brings back as the undo of its undo.
    fn merge_behind(&self, operation: &Operation) -> Result<Option<Operation>> {
        let Some(undoes) = operation.undoes else { return Ok(None) };
        let undone = self.store.read(|tx| store::log::operations(tx, &[undoes]))?.remove(&undoes);
        Ok(undone.filter(is_merge))
    }
}

/// Changes that came later and were not undone themselves.
fn still_there(
    tx: &Tx,
    operation: &Operation,
    mut later: HashMap<Rid, Vec<Entry>>,
) -> Result<HashMap<Rid, Vec<Entry>>> {
    let mut ops: Vec<i64> = later.values().flatten().map(|entry| entry.op).collect();
    ops.sort_unstable();
    ops.dedup();
    let known = store::log::operations(tx, &ops)?;
    let stands = |op: i64| known.get(&op).is_none_or(|op| op.undone_by.is_none());
    let cancelled = |op: i64| {
        let Some(op) = known.get(&op) else { return false };
        let undone = op.undone_by.is_some_and(stands);
        let undoes = op.undoes.is_some_and(|older| older > operation.op) && op.undone_by.is_none();
        undone || undoes
    };
    later.values_mut().for_each(|entries| entries.retain(|entry| !cancelled(entry.op)));
    Ok(later)
}

/// What comes of taking entries back.
struct Told<'a> {
    undone: &'a mut Undone,
    ending: &'a mut Ending,
}

fn revert(
    tx: &Tx,
    catalogue: &Catalogue,
    actor: &Actor,
    operation: &Operation,
    op: i64,
    entries: &[Entry],
    told: Told,
) -> Result<()> {
    let Told { undone, ending } = told;
    let rids: Vec<Rid> = entries.iter().map(|entry| entry.record).collect();
    let directory: HashMap<Rid, store::records::Entry> =
        store::records::entries(tx, &rids)?.into_iter().map(|entry| (entry.rid, entry)).collect();
    let later = still_there(tx, operation, store::log::later_fields(tx, &rids, operation.op)?)?;
    // What a record became after the same operation had made it goes with it.
    let made = store::log::made_by(tx, operation.op, &rids)?;
    // An operation may touch records of several entities; each is taken back with its own.
    let mut by_entity: HashMap<&str, Vec<&Entry>> = HashMap::new();
    for entry in entries {
        if let Some(found) = directory.get(&entry.record) {
            by_entity.entry(found.entity.as_str()).or_default().push(entry);
        }
    }
    for (entity, entries) in by_entity {
        let model = catalogue.model(entity).ok_or(Error::Missing)?;
        let rids: Vec<Rid> = entries.iter().map(|entry| entry.record).collect();
        let seen = access::among(tx, actor, catalogue, model, &rids, Verb::View)?;
        let told = undone.kept.len();
        // What followed elsewhere from somebody's act goes back with it, whether or not they may change it by themselves.
        let followed = entity != operation.entity && operation.by.is_some() && operation.by == actor.user();
        let program = if followed { Some(Actor::program_for(actor.user())) } else { None };
        let actor = program.as_ref().unwrap_or(actor);
        let allowed = access::among(tx, actor, catalogue, model, &rids, Verb::Change)?;
        let may_delete = access::among(tx, actor, catalogue, model, &rids, Verb::Delete)?;
        let records: HashMap<Rid, Record> =
            store::records::load(tx, model, &rids, true)?.into_iter().map(|record| (record.rid, record)).collect();
        let (mut binned, mut revived): (Vec<&Record>, Vec<&Record>) = (Vec::new(), Vec::new());
        // The values that fields go back to; an operation may have changed a field several times.
        let mut back: Vec<(Rid, HashMap<usize, Value>)> = Vec::new();
        for entry in entries {
            let Some(record) = records.get(&entry.record) else { continue };
            let keep = |field: Option<&str>, why: &'static str| Kept {
                record: record.id,
                title: record.title.clone(),
                field: field.map(str::to_owned),
                why: why.into(),
            };
            // What follows by itself follows from what is taken back, too.
            if entry.verb == store::log::KEEP {
                continue;
            }
            let asked = if matches!(entry.verb.as_str(), "delete" | "restore") { &may_delete } else { &allowed };
            if !asked.contains(&record.rid) {
                undone.kept.push(keep(None, "Your role does not let you change this"));
                continue;
            }
            match entry.verb.as_str() {
                "create"
                    if later.get(&record.rid).is_some_and(|later| later.iter().any(|entry| entry.verb == "change")) =>
                {
                    undone.kept.push(keep(None, "It was changed since"));
                }
                "create" | "restore" if record.deleted_at.is_none() => {
                    binned.push(record);
                    undone.reverted += 1;
                }
                "delete" if record.deleted_at.is_some() => revived.push(record),
                "change" if made.contains(&record.rid) => {}
                "change" if record.deleted_at.is_some() && !is_merge(operation) => {
                    undone.kept.push(keep(None, "It is in the trash"))
                }
                "change" => {
                    let place = back.iter().position(|(rid, _)| *rid == record.rid);
                    let place = place.unwrap_or_else(|| {
                        back.push((record.rid, HashMap::new()));
                        back.len() - 1
                    });
                    for (key, pair) in &entry.fields {
                        let Some(at) = model.position(key) else { continue };
                        let def = &model.fields[at];
                        let new = store::columns::from_log(&pair[1], def)?;
                        let values = &mut back[place].1;
                        if *values.get(&at).unwrap_or(&record.values[at]) == new {
                            values.insert(at, store::columns::from_log(&pair[0], def)?);
                        } else if !def.read_only {
                            undone.kept.push(keep(Some(key), "It was changed since"));
                        }
                    }
                }
                _ => {}
            }
        }
        let replaced = replaced(tx, model, &revived.iter().map(|record| record.rid).collect::<Vec<_>>())?;
        revived.retain(|record| match replaced.get(&record.rid) {
            Some(problem) => {
                let (field, why) = (problem.field.clone(), problem.text.clone());
                undone.kept.push(Kept { record: record.id, title: record.title.clone(), field, why });
                false
            }
            None => true,
        });
        undone.reverted += revived.len();
        if !revived.is_empty() {
            move_to(tx, model, op, &revived, None, ending)?;
        }
        if !binned.is_empty() {
            move_to(tx, model, op, &binned, Some((base::clock::now(), actor.user())), ending)?;
        }
        let changed = back.into_iter().filter(|(_, values)| !values.is_empty());
        let draft = |(rid, values): (Rid, HashMap<usize, Value>)| Draft {
            entity: model.entity.key,
            target: Target::Existing(rid, None),
            values: values.into_iter().collect(),
        };
        let drafts: Vec<Draft> = changed.map(draft).collect();
        // What the program keeps goes back too, so the program writes; that the person may was asked above.
        let program = Actor { person: actor.person.clone(), channel: crate::Channel::Program, ..actor.clone() };
        let batch = Batch::read(tx, catalogue, &program, &drafts)?;
        let mut prepared = Vec::new();
        for mut draft in drafts {
            let Target::Existing(rid, _) = draft.target else { continue };
            let record = &records[&rid];
            if record.deleted_at.is_some() {
                prepared.extend(batch.settled(&draft)?);
                continue;
            }
            // What cannot go back stays, one field after the other; the rest goes back without it.
            while !draft.values.is_empty() {
                let problems = match batch.prepare(&draft) {
                    Ok(one) => {
                        prepared.push(one);
                        break;
                    }
                    Err(Error::Refused(problems)) => problems,
                    Err(other) => return Err(other),
                };
                let named =
                    |at: usize| problems.iter().any(|problem| problem.field.as_deref() == Some(model.fields[at].key));
                let before = draft.values.len();
                draft.values.retain(|(at, _)| !named(*at));
                if draft.values.len() == before {
                    draft.values.clear();
                }
                undone.kept.extend(problems.into_iter().map(|problem| Kept {
                    record: record.id,
                    title: record.title.clone(),
                    field: problem.field,
                    why: problem.text,
                }));
            }
        }
        undone.reverted += prepared.iter().filter(|one| one.is_change()).count();
        write(tx, catalogue, op, prepared, ending)?;
        // What they do not see stays without its name.
        let hidden: Vec<Id> =
            records.values().filter(|record| !seen.contains(&record.rid)).map(|record| record.id).collect();
        let unnamed = undone.kept[told..].iter_mut().filter(|kept| hidden.contains(&kept.record));
        unnamed.for_each(|kept| kept.title.clear());
    }
    Ok(())
}
