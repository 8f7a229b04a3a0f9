//! The catalogue as each person sees it: made once for all whose roles keep the same fields from them.

use std::collections::BTreeMap;
use std::sync::Arc;

use meta::access::Sight;
use meta::{Catalogue, Model, Record, Value};
use parking_lot::Mutex;

use crate::{Actor, Engine};

type Fields = BTreeMap<String, BTreeMap<String, Sight>>;

/// Those that were asked for since the catalogue last changed.
#[derive(Default)]
pub(crate) struct Sights(Mutex<Made>);

#[derive(Default)]
struct Made {
    /// The catalogue that they were made of.
    of: Option<Arc<Catalogue>>,
    seen: Vec<(Fields, Arc<Catalogue>)>,
}

/// Different sets of roles of one company; more are made anew each time.
const MOST: usize = 64;

impl Engine {
    /// The catalogue as somebody sees it. Hold it for one request, not longer.
    pub fn seen(&self, actor: &Actor) -> Arc<Catalogue> {
        let whole = self.catalogue();
        let rights = &actor.person.rights;
        if rights.admin || rights.fields.is_empty() {
            return whole;
        }
        let mut made = self.sights.0.lock();
        if !made.of.as_ref().is_some_and(|of| Arc::ptr_eq(of, &whole)) {
            *made = Made { of: Some(whole.clone()), seen: Vec::new() };
        }
        if let Some((_, seen)) = made.seen.iter().find(|(fields, _)| *fields == rights.fields) {
            return seen.clone();
        }
        let Some(seen) = whole.seen_with(rights).map(Arc::new) else { return whole };
        if made.seen.len() < MOST {
            made.seen.push((rights.fields.clone(), seen.clone()));
        }
        seen
    }
}

/// Takes out of records what is kept from whoever this is the model of.
pub(crate) fn conceal(model: &Model, records: &mut [Record]) {
    let secrets: Vec<usize> = model.secrets().collect();
    for record in records.iter_mut().filter(|_| !secrets.is_empty()) {
        secrets.iter().for_each(|at| record.values[*at] = Value::Null);
    }
}
