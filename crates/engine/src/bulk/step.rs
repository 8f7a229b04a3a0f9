//! Some of the records of an act, within a transaction: those that hold are written, the others are told.

use std::collections::{HashMap, HashSet};

use base::words::Words;
use base::{Error, Id, Problem, Result, Rid};
use meta::access::Verb;
use meta::{Catalogue, Kind, Model, Record, Value};
use store::Tx;

use super::act::{Ready, union, without};
use super::report::Report;
use crate::ending::Ending;
use crate::prepare::{Batch, told};
use crate::returning::replaced;
use crate::users::USER;
use crate::write::{begin, move_to, write};
use crate::{Actor, Draft, Target, access};

pub(super) struct Step<'a> {
    pub tx: &'a Tx<'a>,
    pub catalogue: &'a Catalogue,
    pub model: &'a Model,
    pub actor: &'a Actor,
    pub act: &'a Ready,
    pub words: Option<&'a Words>,
}

impl Step<'_> {
    /// The act on some records, with all that follows from it. What follows may be refused: then it is told of the record that it
    /// would follow from, and the others are done. `op` is the operation that all steps of the act are parts of, begun with the
    /// first that writes.
    pub fn carry_through(&self, rids: &[Rid], op: &mut Option<i64>, report: &mut Report) -> Result<()> {
        let done = self.tx.attempt(|| {
            let (mut op, mut report, mut ending) = (*op, report.clone(), Ending::default());
            // What the act itself is refused for is said of the whole.
            if let Err(error) = self.carry_out(rids, &mut op, &mut report, &mut ending) {
                return Ok(Err(error));
            }
            ending.put(self.tx, self.catalogue, op)?;
            Ok(Ok((op, report)))
        })?;
        match done {
            Ok(done) => (*op, *report) = done?,
            Err(problems) if rids.len() < 2 => {
                let records = self.seen(rids, &[])?;
                records.iter().for_each(|record| self.refuse(record, &problems, report));
            }
            Err(_) => {
                let (one, other) = rids.split_at(rids.len() / 2);
                self.carry_through(one, op, report)?;
                self.carry_through(other, op, report)?;
            }
        }
        Ok(())
    }

    fn carry_out(&self, rids: &[Rid], op: &mut Option<i64>, report: &mut Report, ending: &mut Ending) -> Result<()> {
        match self.act {
            Ready::Delete => self.bin(rids, true, op, report, ending),
            Ready::Restore => self.bin(rids, false, op, report, ending),
            Ready::Gather(gathering) => self.gather(rids, gathering, op, report, ending),
            Ready::Set(at, value, also) => {
                let all = |_: &Value| [(*at, value.clone())].into_iter().chain(also.iter().cloned()).collect();
                self.change(rids, *at, all, op, report, ending)
            }
            Ready::Add(at, value) => {
                let more = self.rows_of(*at, value)?;
                let both = |was: &Value| vec![(*at, union(was, &more, &self.model.fields[*at].kind))];
                self.change(rids, *at, both, op, report, ending)
            }
            Ready::Remove(at, value) => {
                let gone = self.rows_of(*at, value)?;
                let rest = |was: &Value| vec![(*at, without(was, &gone, &self.model.fields[*at].kind))];
                self.change(rids, *at, rest, op, report, ending)
            }
        }
    }

    /// People and subjects by their rows, to be compared with those that are there. Whoever is not there is refused when it is prepared.
    fn rows_of(&self, at: usize, value: &Value) -> Result<Value> {
        let ids = match value {
            Value::Ids(ids) => ids.as_slice(),
            Value::Involving(involving) => involving.who(),
            other => return Ok(other.clone()),
        };
        let entries = store::records::entries_by_id(self.tx, ids)?;
        let right = |entity: &str| match self.model.fields[at].kind {
            Kind::People => entity == USER.key,
            Kind::Involved(_) => self.catalogue.subjects().is_some_and(|model| model.entity.key == entity),
            _ => true,
        };
        let row = |id: &Id| entries.iter().find(|entry| entry.id == *id && right(&entry.entity)).map(|entry| entry.rid);
        let missing = || Problem::at(self.model.fields[at].key, "missing", "There is no such record");
        Ok(match value {
            Value::Involving(involving) => Value::Involved(involving.known_by(|id| row(&id).ok_or_else(missing))?),
            _ => Value::Links(ids.iter().map(|id| row(id).ok_or_else(missing)).collect::<Result<_, _>>()?),
        })
    }

    /// `new` makes the values of a record out of the one that it has at `at`.
    fn change(
        &self,
        rids: &[Rid],
        at: usize,
        new: impl Fn(&Value) -> Vec<(usize, Value)>,
        op: &mut Option<i64>,
        report: &mut Report,
        ending: &mut Ending,
    ) -> Result<()> {
        let records = self.seen(rids, &[at])?;
        let allowed = self.allowed(rids, &[Verb::Bulk, Verb::Change])?;
        let mut drafts = Vec::with_capacity(records.len());
        let mut named: HashMap<Rid, &Record> = HashMap::with_capacity(records.len());
        for record in &records {
            if !allowed.contains(&record.rid) {
                self.refuse(record, &denied(Verb::Change)?, report);
                continue;
            }
            let target = Target::Existing(record.rid, None);
            drafts.push(Draft { entity: self.model.entity.key, target, values: new(&record.values[at]) });
            named.insert(record.rid, record);
        }
        let batch = Batch::read(self.tx, self.catalogue, self.actor, &drafts)?;
        let mut prepared = Vec::with_capacity(drafts.len());
        for draft in &drafts {
            let Target::Existing(rid, _) = draft.target else { continue };
            match batch.prepare(draft) {
                Ok(one) if one.is_change() => prepared.push(one),
                Ok(_) => report.same(1),
                Err(error) => self.refuse(named[&rid], &told(error)?, report),
            }
        }
        if prepared.is_empty() {
            return Ok(());
        }
        report.changed(prepared.len());
        let op = self.operation("change", self.model.entity.key, op, prepared.len(), report)?;
        write(self.tx, self.catalogue, op, prepared, ending).map(|_| ())
    }

    fn bin(
        &self,
        rids: &[Rid],
        delete: bool,
        op: &mut Option<i64>,
        report: &mut Report,
        ending: &mut Ending,
    ) -> Result<()> {
        let records = self.seen(rids, &[])?;
        let allowed = self.allowed(rids, &[Verb::Delete])?;
        let mut moved = Vec::with_capacity(records.len());
        let back =
            records.iter().filter(|record| !delete && record.deleted_at.is_some() && allowed.contains(&record.rid));
        let replaced = replaced(self.tx, self.model, &back.map(|record| record.rid).collect::<Vec<_>>())?;
        for record in &records {
            if record.deleted_at.is_some() == delete {
                report.same(1);
            } else if let Some(problem) = replaced.get(&record.rid) {
                self.refuse(record, std::slice::from_ref(problem), report);
            } else if allowed.contains(&record.rid) {
                moved.push(record);
            } else {
                self.refuse(record, &denied(Verb::Delete)?, report);
            }
        }
        if moved.is_empty() {
            return Ok(());
        }
        report.changed(moved.len());
        let op =
            self.operation(if delete { "delete" } else { "restore" }, self.model.entity.key, op, moved.len(), report)?;
        let deleted = delete.then_some((base::clock::now(), self.actor.user()));
        move_to(self.tx, self.model, op, &moved, deleted, ending)
    }

    /// As far as one sees them still, in their order.
    pub(super) fn seen(&self, rids: &[Rid], columns: &[usize]) -> Result<Vec<Record>> {
        let seen = self.allowed(rids, &[Verb::View])?;
        let mut records = store::records::load_columns(self.tx, self.model, rids, columns, true)?;
        records.retain(|record| seen.contains(&record.rid));
        records.sort_unstable_by_key(|record| record.rid);
        Ok(records)
    }

    fn allowed(&self, rids: &[Rid], verbs: &[Verb]) -> Result<HashSet<Rid>> {
        let mut allowed: HashSet<Rid> = rids.iter().copied().collect();
        for verb in verbs {
            let among = access::among(self.tx, self.actor, self.catalogue, self.model, rids, *verb)?;
            allowed.retain(|rid| among.contains(rid));
        }
        Ok(allowed)
    }

    pub(super) fn operation(
        &self,
        verb: &str,
        entity: &str,
        op: &mut Option<i64>,
        records: usize,
        report: &mut Report,
    ) -> Result<i64> {
        let number = match *op {
            Some(known) => known,
            None => {
                let (number, id) = begin(self.tx, self.actor, verb, entity, 0, None)?;
                report.operation = Some(id);
                *op.insert(number)
            }
        };
        store::log::more_records(self.tx, number, records)?;
        Ok(number)
    }

    pub(super) fn refuse(&self, record: &Record, problems: &[Problem], report: &mut Report) {
        report.refuse(record.id, &record.title, problems, self.words);
    }
}

fn denied(verb: Verb) -> Result<Vec<Problem>, Error> {
    told(access::denied(verb))
}
