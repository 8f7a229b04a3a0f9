//! What is asked to be changed, and what came of it.

use std::collections::HashSet;

use base::{Id, Problem, Rid};
use meta::{Entity, Value};

/// One record to be made or changed. Fields that are not named stay as they are.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The entity's key.
    pub entity: &'static str,
    pub target: Target,
    /// Positions in the model, with values as they came: links by id or by row.
    pub values: Vec<(usize, Value)>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Target {
    /// A new record; whoever sends it may bring its id.
    New(Option<Id>),
    /// A record, and the version that the sender saw: what others changed since is merged or a conflict. With no version,
    /// the draft wins.
    Existing(Rid, Option<i64>),
}

impl Draft {
    pub fn new(entity: &'static Entity, values: Vec<(usize, Value)>) -> Draft {
        Draft { entity: entity.key, target: Target::New(None), values }
    }

    pub fn change(entity: &'static Entity, rid: Rid, version: Option<i64>, values: Vec<(usize, Value)>) -> Draft {
        Draft { entity: entity.key, target: Target::Existing(rid, version), values }
    }
}

/// What a save did.
#[derive(Debug)]
pub struct Saved {
    /// None when nothing had to be changed.
    pub operation: Option<Id>,
    pub records: Vec<SavedRecord>,
}

#[derive(Clone, Debug)]
pub struct SavedRecord {
    pub rid: Rid,
    pub id: Id,
    pub version: i64,
    pub title: String,
    /// What is odd and was kept all the same.
    pub warnings: Vec<Problem>,
    /// Whether anything was written.
    pub changed: bool,
}

/// Cut where a record comes a second time: what is asked of it then starts from what was made of it before.
pub(crate) fn parts(drafts: &[Draft]) -> Vec<&[Draft]> {
    let mut parts = Vec::new();
    let mut seen = HashSet::new();
    let mut start = 0;
    for (index, draft) in drafts.iter().enumerate() {
        if let Target::Existing(rid, _) = draft.target
            && !seen.insert(rid)
        {
            parts.push(&drafts[start..index]);
            start = index;
            seen = HashSet::from([rid]);
        }
    }
    parts.push(&drafts[start..]);
    parts
}
