//! Who changed what when, from what to what.

use std::collections::HashSet;

use base::{Id, Result, Rid};
use chrono::{DateTime, Utc};
use meta::access::Verb;
use meta::{Record, Value};

use crate::titles::Titles;
use crate::{Actor, Engine, query};

/// What one operation did to a record.
#[derive(Debug)]
pub struct Event {
    pub operation: Id,
    pub seq: i64,
    pub at: DateTime<Utc>,
    pub by: Option<Rid>,
    pub channel: String,
    /// `create`, `change`, `delete`, `restore`.
    pub verb: String,
    /// Of the whole operation: `import`, `undo`…
    pub operation_verb: String,
    /// How many records the operation touched.
    pub records: i64,
    pub undone: bool,
    /// Others were merged into this record.
    pub gathered: bool,
    /// What became of a comment on it.
    pub comment: Option<Spoken>,
    /// Positions with the value before and after.
    pub fields: Vec<(usize, Value, Value)>,
}

/// What somebody did with a comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spoken {
    Written,
    Changed,
    Deleted,
}

impl Spoken {
    fn of(entry: &store::log::Entry) -> Option<Spoken> {
        let pair = entry.fields.values().next().filter(|_| entry.verb == crate::comments::VERB)?;
        Some(match (pair[0].is_null(), pair[1].is_null()) {
            (true, _) => Spoken::Written,
            (_, true) => Spoken::Deleted,
            _ => Spoken::Changed,
        })
    }
}

pub struct History {
    pub events: Vec<Event>,
    pub titles: Titles,
    /// Pass it on to see what was before.
    pub before: Option<i64>,
}

impl Engine {
    /// The history of a record that one may see, the latest first.
    pub fn history(
        &self,
        actor: &Actor,
        path: &str,
        record: &Record,
        before: Option<i64>,
        limit: usize,
    ) -> Result<History> {
        let catalogue = self.seen(actor);
        let (model, _) = query::at(&catalogue, path)?;
        self.store.read(|tx| {
            if !crate::access::among(tx, actor, &catalogue, model, &[record.rid], Verb::View)?.contains(&record.rid) {
                return Err(base::Error::Missing);
            }
            let mut entries = store::log::of_record(tx, record.rid, before, limit + 1)?;
            let more = entries.len() > limit;
            entries.truncate(limit);
            let ops: Vec<i64> = entries.iter().map(|entry| entry.op).collect();
            let operations = store::log::operations(tx, &ops)?;
            let mut events = Vec::with_capacity(entries.len());
            let mut rids: HashSet<Rid> = HashSet::new();
            let last = entries.last().map(|entry| entry.seq);
            for entry in entries {
                let Some(operation) = operations.get(&entry.op) else { continue };
                let mut fields = Vec::new();
                for (key, pair) in &entry.fields {
                    let Some(at) = model.position(key) else { continue };
                    let old = store::columns::from_log(&pair[0], &model.fields[at])?;
                    let new = store::columns::from_log(&pair[1], &model.fields[at])?;
                    rids.extend(old.links());
                    rids.extend(new.links());
                    fields.push((at, old, new));
                }
                fields.sort_by_key(|(at, ..)| *at);
                rids.extend(operation.by);
                events.push(Event {
                    operation: operation.id,
                    seq: entry.seq,
                    at: operation.at,
                    by: operation.by,
                    channel: operation.channel.clone(),
                    comment: Spoken::of(&entry),
                    verb: entry.verb,
                    operation_verb: operation.verb.clone(),
                    records: operation.records,
                    undone: operation.undone_by.is_some(),
                    gathered: operation.note.as_ref().is_some_and(|note| *note == record.rid.0.to_string()),
                    fields,
                });
            }
            let titles = Titles::of_rows(tx, actor, &catalogue, &rids)?;
            Ok(History { events, titles, before: last.filter(|_| more) })
        })
    }
}

/// A value that a field had for a time.
#[derive(Debug)]
pub struct Step {
    pub value: Value,
    pub from: DateTime<Utc>,
    /// None for the value that it has.
    pub until: Option<DateTime<Utc>>,
}

impl Engine {
    /// The values that a field of a record has had, the first first. What was undone within a minute was never there.
    pub fn steps(&self, actor: &Actor, path: &str, record: &Record, at: usize) -> Result<Vec<Step>> {
        let catalogue = self.seen(actor);
        let (model, _) = query::at(&catalogue, path)?;
        let def = &model.fields[at];
        self.store.read(|tx| {
            if !crate::access::among(tx, actor, &catalogue, model, &[record.rid], Verb::View)?.contains(&record.rid) {
                return Err(base::Error::Missing);
            }
            let mut changes = store::log::since(tx, record.rid, 0)?;
            changes.retain(|entry| entry.fields.contains_key(def.key));
            let ops: Vec<i64> = changes.iter().map(|entry| entry.op).collect();
            let operations = store::log::operations(tx, &ops)?;
            let mut steps = Vec::with_capacity(changes.len() + 1);
            let mut from = record.created_at;
            for entry in &changes {
                let Some(operation) = operations.get(&entry.op) else { continue };
                let value = store::columns::from_log(&entry.fields[def.key][0], def)?;
                steps.push(Step { value, from, until: Some(operation.at) });
                from = operation.at;
            }
            steps.push(Step { value: record.values[at].clone(), from, until: None });
            let passing =
                |step: &Step| step.until.is_some_and(|until| until - step.from < chrono::Duration::minutes(1));
            steps.retain(|step| !passing(step));
            // What stands twice in a row was left for a moment only.
            steps.dedup_by(|next, step| {
                let same = next.value == step.value;
                if same {
                    step.until = next.until;
                }
                same
            });
            Ok(steps)
        })
    }

    /// The number of the last change of all: another one says that something is different somewhere.
    pub fn latest_change(&self) -> Result<i64> {
        self.store.read(store::log::latest)
    }
}
