//! Records as the rows of a file make and fill them, before any of it is written: what later rows are compared with, so that
//! it makes no difference which rows are written together, or whether any are.

use std::collections::HashMap;

use base::{Id, Rid};
use meta::{Model, Record, Value};

use crate::alike::{Key, Sketch};

/// A record that a row may be of; stored ones stand before those of the file, and older before younger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Holder {
    Stored(Rid),
    /// The file makes it; counted from 0.
    Made(usize),
}

/// Of the rows of one transaction, or in a rehearsal of all of the file.
#[derive(Default)]
pub(super) struct Seen {
    by_key: HashMap<(String, String), Vec<Holder>>,
    made: usize,
    states: HashMap<Holder, State>,
}

struct State {
    /// Positions with what is not empty: a file of many rows is held in memory.
    values: Box<[(usize, Value)]>,
    sketch: Sketch,
}

impl Seen {
    pub fn make(&mut self, keys: &[Key], values: &[Value], sketch: Sketch) -> Holder {
        let holder = Holder::Made(self.made);
        self.made += 1;
        self.change(holder, (&[], keys), values, sketch);
        holder
    }

    /// The record is now found under the second keys, and no more under those of the first that are not among them.
    pub fn change(&mut self, holder: Holder, keys: (&[Key], &[Key]), values: &[Value], sketch: Sketch) {
        let (before, after) = keys;
        let of = |key: &Key| (key.kind.clone(), key.key.clone());
        for key in before.iter().filter(|key| !after.contains(key)) {
            self.by_key.entry(of(key)).or_default().retain(|known| *known != holder);
        }
        for key in after {
            let holders = self.by_key.entry(of(key)).or_default();
            if !holders.contains(&holder) {
                holders.push(holder);
            }
        }
        let filled = values.iter().enumerate().filter(|(_, value)| !value.is_empty());
        let values = filled.map(|(at, value)| (at, value.clone())).collect();
        self.states.insert(holder, State { values, sketch });
    }

    pub fn knows(&self, holder: Holder) -> bool {
        self.states.contains_key(&holder)
    }

    pub fn holders(&self, key: &Key) -> &[Holder] {
        self.by_key.get(&(key.kind.clone(), key.key.clone())).map_or(&[], Vec::as_slice)
    }

    pub fn sketch(&self, holder: Holder) -> Option<&Sketch> {
        self.states.get(&holder).map(|state| &state.sketch)
    }

    pub fn text(&self, holder: Holder, at: usize) -> Option<&str> {
        let state = self.states.get(&holder)?;
        Some(state.values.iter().find(|(known, _)| *known == at).map_or("", |(_, value)| value.text()))
    }

    pub fn record(&self, holder: Holder, model: &Model) -> Option<Record> {
        let state = self.states.get(&holder)?;
        let mut values = vec![Value::Null; model.fields.len()];
        state.values.iter().for_each(|(at, value)| values[*at] = value.clone());
        let now = base::clock::now();
        Some(Record {
            rid: if let Holder::Stored(rid) = holder { rid } else { Rid(-1) },
            id: Id::new(),
            version: 1,
            created_at: now,
            updated_at: now,
            deleted_at: None,
            title: values[model.title].text().to_owned(),
            values,
        })
    }
}
