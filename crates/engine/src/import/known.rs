//! Records that hold the keys of some rows: found for all of them together, compared for each.

use std::collections::{HashMap, HashSet};

use base::{Problem, Result, Rid, say};
use meta::access::Verb;
use meta::{Model, Record};

use super::alike::{Key, MOST, Seen, Sketch, Verdict};
use super::batch::{Candidate, Step};
use crate::access;

/// Records that hold the keys of some rows.
pub(super) struct Known {
    records: HashMap<Rid, Record>,
    holders: HashMap<(String, String), Vec<Rid>>,
    /// The record of each row that has one, by the row's index.
    pub found: HashMap<usize, Record>,
    /// What a record is called that has a row's code and is another, by the row's index.
    related: HashMap<usize, String>,
}

impl Known {
    fn look_up(&mut self, model: &Model, candidates: &[Candidate], holds_number: impl Fn(&Candidate, &Record) -> bool) {
        let sketches: HashMap<Rid, Sketch> =
            self.records.iter().map(|(rid, record)| (*rid, Sketch::of(model, &record.values))).collect();
        for one in candidates {
            let holders = |key: &Key| self.holders.get(&(key.kind.clone(), key.key.clone())).into_iter().flatten();
            let mut all = one.keys.iter().flat_map(holders).filter_map(|rid| self.records.get(rid));
            if let Some(record) = all.find(|record| holds_number(one, record)) {
                self.found.insert(one.row.index, record.clone());
                continue;
            }
            let mut related: Vec<Rid> = Vec::new();
            let same = one.keys.iter().find_map(|key| {
                let holders = self.holders.get(&(key.kind.clone(), key.key.clone()))?;
                holders.iter().find(|rid| {
                    let Some(other) = sketches.get(*rid).filter(|_| !related.contains(*rid)) else { return false };
                    let verdict = one.sketch.compare(other, key.strength);
                    if verdict == Verdict::Related {
                        related.push(**rid);
                    }
                    verdict == Verdict::Same
                })
            });
            if let Some(record) = same.and_then(|rid| self.records.get(rid)) {
                self.found.insert(one.row.index, record.clone());
            } else if let Some(record) = related.first().and_then(|rid| self.records.get(rid)) {
                self.related.insert(one.row.index, record.title.clone());
            }
        }
    }

    /// Whether the row is of a record that is there or that this file makes; relations are told.
    pub fn matches(&self, one: &mut Candidate, seen: &Seen) -> bool {
        if self.found.contains_key(&one.row.index) {
            return true;
        }
        let (same, row) = seen.find(&one.keys, &one.sketch);
        if same {
            return true;
        }
        let text = match (self.related.get(&one.row.index), row) {
            (Some(title), _) => {
                Some(say!("Same code as {title}, but another name or another address", title = title.clone()))
            }
            (None, Some(row)) => Some(say!(
                "Same code as row {row}, but another name or another address",
                row = i64::try_from(row).unwrap_or(i64::MAX)
            )),
            (None, None) => None,
        };
        one.row.warnings.extend(text.map(|text| Problem::whole("related", text)));
        false
    }
}

impl Step<'_> {
    /// Records that hold the keys of these rows, as far as they may be seen.
    pub fn known(&self, candidates: &[Candidate]) -> Result<Known> {
        let mut by_kind: HashMap<&str, HashSet<&String>> = HashMap::new();
        for key in candidates.iter().flat_map(|one| &one.keys) {
            by_kind.entry(&key.kind).or_default().insert(&key.key);
        }
        let mut holders: HashMap<(String, String), Vec<Rid>> = HashMap::new();
        for (kind, wanted) in by_kind {
            let wanted: Vec<String> = wanted.into_iter().cloned().collect();
            let found = match kind {
                "" => store::records::find_by_title(self.tx, self.model.entity.key, &wanted)?,
                kind => store::records::find_by_key(self.tx, kind, &wanted)?,
            };
            for (key, rid) in found {
                let holders = holders.entry((kind.to_owned(), key)).or_default();
                if holders.len() < MOST {
                    holders.push(rid);
                }
            }
        }
        // The oldest first, on both databases.
        holders.values_mut().for_each(|rids| rids.sort_unstable());
        let rids: HashSet<Rid> = holders.values().flatten().copied().collect();
        let rids: Vec<Rid> = rids.into_iter().collect();
        let seen = access::among(self.tx, self.actor, self.catalogue, self.model, &rids, Verb::View)?;
        let rids: Vec<Rid> = rids.into_iter().filter(|rid| seen.contains(rid)).collect();
        let records = store::records::load(self.tx, self.model, &rids, false)?;
        let records =
            records.into_iter().filter(|record| record.deleted_at.is_none()).map(|record| (record.rid, record));
        let mut known = Known { records: records.collect(), holders, found: HashMap::new(), related: HashMap::new() };
        known.look_up(self.model, candidates, |one, record| self.holds_number(one, record));
        Ok(known)
    }
}
