//! What is left to the end of a transaction that writes: what follows from the changes, the sums of records that others link to,
//! and the texts of the search index, which are cheapest there.

use std::collections::{BTreeMap, BTreeSet};

use base::{Result, Rid};
use meta::entity::Sum;
use meta::{Catalogue, Effect, Kind, Model, Value};
use store::Tx;
use store::search::Texts;

use crate::notices::Notices;
use crate::prepare::Prepared;

/// Records that were written, each with what follows from it.
pub(crate) type Followed = Vec<(Rid, Vec<Effect>)>;

#[derive(Default)]
pub(crate) struct Ending {
    pub texts: Texts,
    pub touched: Touched,
    pub effects: Followed,
    /// Somebody was an administrator, and is one no longer.
    pub demoted: bool,
    pub notices: Notices,
    /// Sums are kept: no event in the life of the records that keep them.
    pub keeps: bool,
}

/// Records whose sums may be others now: by the entity that is summed up, and which of its sums it is.
#[derive(Default)]
pub(crate) struct Touched(BTreeMap<(&'static str, usize), BTreeSet<Rid>>);

impl Touched {
    pub fn is_empty(&self) -> bool {
        self.0.values().all(BTreeSet::is_empty)
    }

    /// The key of an entity, which of its sums, and the records that keep it.
    pub fn sums(&self) -> impl Iterator<Item = (&'static str, usize, Vec<Rid>)> {
        self.0.iter().map(|((many, index), rids)| (*many, *index, rids.iter().copied().collect()))
    }

    /// Rows of the many, as they stand.
    pub fn note_rows(&mut self, tx: &Tx, model: &Model, rids: &[Rid]) -> Result<()> {
        let links: Vec<usize> =
            model.entity.sums.iter().filter_map(|sum| model.position(sum.through.def().key)).collect();
        if links.is_empty() {
            return Ok(());
        }
        let records = store::records::load_columns(tx, model, rids, &links, false)?;
        records.iter().for_each(|record| self.note(model, &record.values));
        Ok(())
    }

    pub fn extend(&mut self, other: Touched) {
        other.0.into_iter().for_each(|(sum, rids)| self.0.entry(sum).or_default().extend(rids));
    }

    /// A record of the many, as it was or is.
    pub fn note(&mut self, model: &Model, values: &[Value]) {
        for (index, sum) in model.entity.sums.iter().enumerate() {
            let links = model.position(sum.through.def().key).map_or(&[][..], |at| values[at].links());
            self.0.entry((model.entity.key, index)).or_default().extend(links);
        }
    }

    /// What is about to be written: one of the many, or a record whose sum somebody typed over.
    pub fn note_all(&mut self, catalogue: &Catalogue, prepared: &[Prepared]) {
        for one in prepared {
            let Some(model) = catalogue.model(one.entity) else { continue };
            self.note(model, &one.after);
            let Some(before) = &one.before else { continue };
            self.note(model, &before.values);
            for (many, index, sum) in sums_of(catalogue, one.entity) {
                let at = model.position(sum.into.def().key);
                if at.is_some_and(|at| before.values[at] != one.after[at]) {
                    self.0.entry((many.entity.key, index)).or_default().insert(before.rid);
                }
            }
        }
    }
}

/// Every sum that is kept on records of an entity: what is summed up, and which of its sums it is.
fn sums_of<'a>(catalogue: &'a Catalogue, entity: &str) -> Vec<(&'a Model, usize, &'static Sum)> {
    let of = |model: &'a Model| {
        let kept = move |sum: &Sum| matches!(sum.through.def().kind, Kind::Link(to) if to.key == entity);
        model.entity.sums.iter().enumerate().filter(move |(_, sum)| kept(sum)).map(move |(at, sum)| (model, at, sum))
    };
    catalogue.models.iter().flat_map(of).collect()
}
