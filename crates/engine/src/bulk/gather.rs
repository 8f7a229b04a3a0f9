//! One record of another entity for each of many: what it is made of, and some of them within a transaction.

use base::{Problem, Result, Rid, say};
use meta::access::Verb;
use meta::{Catalogue, Model, Record, Value};
use serde_json::{Map, Value as Json};

use super::report::Report;
use super::step::Step;
use crate::ending::Ending;
use crate::prepare::{Batch, told};
use crate::write::write;
use crate::{Actor, Draft, Target, access};

/// What is made for each.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Gathering {
    pub entity: &'static str,
    /// The position of the link to the record that it is made for.
    link: usize,
    values: Vec<(usize, Value)>,
    as_theirs: bool,
}

impl Gathering {
    pub fn of(
        catalogue: &Catalogue,
        model: &Model,
        into: &str,
        values: &Map<String, Json>,
        as_theirs: bool,
    ) -> Result<Gathering> {
        let gathered = catalogue.gathered_by(model.entity.key);
        let found = gathered.into_iter().find(|(child, _)| child.entity.path == into);
        let (child, link) = found.ok_or_else(|| {
            Problem::at("into", "unknown", say!("Of {name} none is made for each of these", name = into.to_owned()))
        })?;
        let value = |(key, json): (&String, &Json)| {
            let at = child.position(key).ok_or_else(|| {
                Problem::at(key.as_str(), "unknown", say!("There is no field {name}", name = key.clone()))
            })?;
            Ok((at, meta::json::from_json(json, key, &child.fields[at].kind)?))
        };
        let values = values.iter().map(value).collect::<Result<Vec<_>, Problem>>()?;
        Ok(Gathering { entity: child.entity.key, link, values, as_theirs })
    }

    /// # Errors
    /// `Denied` where none may be made.
    pub fn check(&self, actor: &Actor, catalogue: &Catalogue) -> Result<()> {
        let child = catalogue.model(self.entity);
        match child.is_some_and(|child| access::may(actor, child, None, Verb::Create)) {
            true => Ok(()),
            false => Err(access::denied(Verb::Create)),
        }
    }
}

impl Step<'_> {
    pub(super) fn gather(
        &self,
        rids: &[Rid],
        gathering: &Gathering,
        op: &mut Option<i64>,
        report: &mut Report,
        ending: &mut Ending,
    ) -> Result<()> {
        let Some(child) = self.catalogue.model(gathering.entity) else { return Ok(()) };
        let charge = self.model.in_charge.zip(child.in_charge).filter(|_| gathering.as_theirs);
        let mut records = self.seen(rids, charge.map(|(theirs, _)| theirs).as_slice())?;
        records.retain(|record| {
            let deleted = record.deleted_at.is_some();
            if deleted {
                self.refuse(record, &[Problem::whole("deleted", "This is in the trash: restore it first")], report);
            }
            !deleted
        });
        let draft = |record: &Record| {
            let mut values = gathering.values.clone();
            values.retain(|(at, _)| *at != gathering.link);
            values.push((gathering.link, Value::Link(record.rid)));
            if let Some((theirs, own)) = charge.filter(|(theirs, _)| !record.values[*theirs].is_empty()) {
                values.retain(|(at, _)| *at != own);
                values.push((own, record.values[theirs].clone()));
            }
            Draft { entity: gathering.entity, target: Target::New(None), values }
        };
        let drafts: Vec<Draft> = records.iter().map(draft).collect();
        let batch = Batch::read(self.tx, self.catalogue, self.actor, &drafts)?;
        let mut prepared = Vec::with_capacity(drafts.len());
        for (record, draft) in records.iter().zip(&drafts) {
            match batch.prepare(draft).map_err(told) {
                Ok(one) => prepared.push(one),
                Err(problems) => match problems? {
                    there if there.iter().any(|problem| problem.code == "once") => report.same(1),
                    problems => self.refuse(record, &problems, report),
                },
            }
        }
        if prepared.is_empty() {
            return Ok(());
        }
        report.changed(prepared.len());
        let op = self.operation("create", gathering.entity, op, prepared.len(), report)?;
        write(self.tx, self.catalogue, op, prepared, ending).map(|_| ())
    }
}
