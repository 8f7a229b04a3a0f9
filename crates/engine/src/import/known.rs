//! Records that hold the keys of some rows: found for all of them together, compared for each.

use std::collections::{HashMap, HashSet};

use base::{Problem, Result, Rid, say};
use meta::Record;
use meta::access::Verb;

use super::batch::{Candidate, Step};
use super::seen::{Holder, Seen};
use crate::access;
use crate::alike::{Key, MOST, Sketch, Strength, Verdict, holders as holders_of};

/// Records that hold the keys of some rows.
pub(super) struct Known {
    pub records: HashMap<Rid, Record>,
    sketches: HashMap<Rid, Sketch>,
    holders: HashMap<(String, String), Vec<Rid>>,
}

impl Known {
    /// Under a key, as the rows before would leave it.
    fn holders(&self, key: &Key, seen: &Seen) -> Vec<Holder> {
        let stored = self.holders.get(&(key.kind.clone(), key.key.clone())).into_iter().flatten();
        let stored = stored.filter(|rid| self.records.contains_key(rid)).map(|rid| Holder::Stored(*rid));
        let stored = stored.filter(|holder| !seen.knows(*holder));
        let mut all: Vec<Holder> = stored.chain(seen.holders(key).iter().copied()).collect();
        all.sort_unstable();
        // A key that hundreds share says nothing; looking at all of them would cost their square.
        all.truncate(MOST);
        all
    }

    fn sketch<'a>(&'a self, holder: Holder, seen: &'a Seen) -> Option<&'a Sketch> {
        seen.sketch(holder).or_else(|| match holder {
            Holder::Stored(rid) => self.sketches.get(&rid),
            Holder::Made(_) => None,
        })
    }

    fn text<'a>(&'a self, holder: Holder, at: usize, seen: &'a Seen) -> &'a str {
        let stored = || match holder {
            Holder::Stored(rid) => self.records.get(&rid).map(|record| record.values[at].text()),
            Holder::Made(_) => None,
        };
        seen.text(holder, at).or_else(stored).unwrap_or_default()
    }
}

impl Step<'_> {
    /// The record that a row is of, stored or made by a row before; relations are told.
    pub fn whose(&self, one: &mut Candidate, known: &Known, seen: &Seen) -> Option<Holder> {
        let held: Vec<(Strength, Vec<Holder>)> =
            one.keys.iter().map(|key| (key.strength, known.holders(key, seen))).collect();
        if let Some(at) = self.description {
            let mut all = held.iter().flat_map(|(_, holders)| holders);
            if let Some(holder) = all.find(|holder| self.holds_number(one, known.text(**holder, at, seen))) {
                return Some(*holder);
            }
        }
        let mut related: Vec<Holder> = Vec::new();
        for (strength, holders) in held {
            for holder in holders {
                // Who has the same code at another address is not the same for having the same e-mail, too.
                let Some(other) = known.sketch(holder, seen).filter(|_| !related.contains(&holder)) else { continue };
                match one.sketch.compare(other, strength) {
                    Verdict::Same => return Some(holder),
                    Verdict::Related => related.push(holder),
                    Verdict::Other => {}
                }
            }
        }
        let title = known.text(*related.first()?, self.model.title, seen).to_owned();
        let text = say!("Same code as {title}, but another name or another address", title = title);
        one.row.warnings.push(Problem::whole("related", text));
        None
    }

    /// Records that hold the keys of these rows, as far as they may be seen.
    pub fn known(&self, candidates: &[Candidate]) -> Result<Known> {
        let mut by_kind: HashMap<&str, HashSet<&String>> = HashMap::new();
        for key in candidates.iter().flat_map(|one| &one.keys) {
            by_kind.entry(&key.kind).or_default().insert(&key.key);
        }
        let mut holders: HashMap<(String, String), Vec<Rid>> = HashMap::new();
        for (kind, wanted) in by_kind {
            let wanted: Vec<String> = wanted.into_iter().cloned().collect();
            for (key, rids) in holders_of(self.tx, self.model, kind, &wanted)? {
                holders.insert((kind.to_owned(), key), rids);
            }
        }
        let rids: HashSet<Rid> = holders.values().flatten().copied().collect();
        let rids: Vec<Rid> = rids.into_iter().collect();
        let seen = access::among(self.tx, self.actor, self.catalogue, self.model, &rids, Verb::View)?;
        let rids: Vec<Rid> = rids.into_iter().filter(|rid| seen.contains(rid)).collect();
        let records = store::records::load(self.tx, self.model, &rids, false)?;
        let records =
            records.into_iter().filter(|record| record.deleted_at.is_none()).map(|record| (record.rid, record));
        let records: HashMap<Rid, Record> = records.collect();
        let sketches = records.iter().map(|(rid, record)| (*rid, Sketch::of(self.model, &record.values)));
        Ok(Known { sketches: sketches.collect(), records, holders })
    }
}
