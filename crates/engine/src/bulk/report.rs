//! What came of an act on many records: counts, and why some stayed as they are.

use std::collections::BTreeMap;

use base::words::Words;
use base::{Id, Problem};
use serde::{Deserialize, Serialize};

use crate::import::Said;

/// Refused records that are named; the counts go on.
const NAMED: usize = 200;
/// Different reasons that are counted.
const REASONS: usize = 50;

/// Counts are of records; `done` is the sum of changed, same and refused.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// None when nothing had to be written.
    #[serde(with = "crate::ids")]
    pub operation: Option<Id>,
    pub done: u64,
    pub changed: u64,
    /// They were so already.
    pub same: u64,
    pub refused: u64,
    /// How many were refused for what.
    pub reasons: BTreeMap<String, u64>,
    /// The first that were refused.
    pub refusals: Vec<Refused>,
}

/// A record that stayed as it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Refused {
    #[serde(with = "crate::ids")]
    pub id: Option<Id>,
    pub title: String,
    pub why: Vec<Said>,
}

impl Report {
    pub(super) fn changed(&mut self, count: usize) {
        self.done += count as u64;
        self.changed += count as u64;
    }

    pub(super) fn same(&mut self, count: usize) {
        self.done += count as u64;
        self.same += count as u64;
    }

    pub(super) fn refuse(&mut self, id: Id, title: &str, problems: &[Problem], words: Option<&Words>) {
        self.done += 1;
        self.refused += 1;
        let why: Vec<Said> = problems.iter().map(|problem| Said::of(problem, words)).collect();
        if let Some(first) = why.first() {
            let reason = first.of_all();
            if self.reasons.len() < REASONS || self.reasons.contains_key(reason) {
                *self.reasons.entry(reason.to_owned()).or_default() += 1;
            }
        }
        if self.refusals.len() < NAMED {
            self.refusals.push(Refused { id: Some(id), title: title.to_owned(), why });
        }
    }
}
