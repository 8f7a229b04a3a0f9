//! What links lead to, as far as the one who asks may see it.

use std::collections::{HashMap, HashSet};

use base::{Id, Result, Rid};
use meta::access::Verb;
use meta::{Catalogue, Kind, Model, Record, Value};
use serde_json::{Value as Json, json};
use store::Tx;

use crate::{Actor, access};

/// A record that is linked to.
#[derive(Clone, Debug, PartialEq)]
pub struct Linked {
    pub id: Id,
    pub title: String,
    pub entity: String,
}

/// Linked records by row. One that is not here may not be seen, and is told as hidden everywhere.
#[derive(Debug, Default)]
pub struct Titles(HashMap<Rid, Linked>);

impl Titles {
    /// Of all links of some records, in as many queries as there are entities linked to.
    pub fn of(tx: &Tx, actor: &Actor, catalogue: &Catalogue, model: &Model, records: &[Record]) -> Result<Titles> {
        let links = |at: usize| records.iter().flat_map(move |record| record.values[at].links().iter().copied());
        let positions = model.fields.iter().enumerate().filter(|(_, def)| holds_rows(&def.kind)).map(|(at, _)| at);
        Titles::of_rows(tx, actor, catalogue, &positions.flat_map(links).collect())
    }

    pub fn of_rows(tx: &Tx, actor: &Actor, catalogue: &Catalogue, rids: &HashSet<Rid>) -> Result<Titles> {
        if rids.is_empty() {
            return Ok(Titles::default());
        }
        let rids: Vec<Rid> = rids.iter().copied().collect();
        let mut by_entity: HashMap<String, Vec<store::records::Entry>> = HashMap::new();
        // What is gone for good has no title.
        for entry in store::records::entries(tx, &rids)?.into_iter().filter(|entry| entry.anchor != Rid(0)) {
            by_entity.entry(entry.entity.clone()).or_default().push(entry);
        }
        let mut titles = HashMap::with_capacity(rids.len());
        for (entity, entries) in by_entity {
            let Some(model) = catalogue.model(&entity) else { continue };
            let rids: Vec<Rid> = entries.iter().map(|entry| entry.rid).collect();
            let seen = access::among(tx, actor, catalogue, model, &rids, Verb::View)?;
            for entry in entries.into_iter().filter(|entry| seen.contains(&entry.rid)) {
                titles.insert(entry.rid, Linked { id: entry.id, title: entry.title, entity: entity.clone() });
            }
        }
        Ok(Titles(titles))
    }

    pub fn get(&self, rid: Rid) -> Option<&Linked> {
        self.0.get(&rid)
    }

    /// The API's JSON of a link.
    pub fn json(&self, rid: Rid, kind: &Kind) -> Json {
        match self.get(rid) {
            None => json!({ "hidden": true }),
            Some(linked) if matches!(kind, Kind::AnyLink) => {
                json!({ "id": linked.id.to_string(), "title": linked.title, "entity": linked.entity })
            }
            Some(linked) => json!({ "id": linked.id.to_string(), "title": linked.title }),
        }
    }

    pub fn value_json(&self, value: &Value, kind: &Kind) -> Json {
        meta::json::to_json(value, kind, &|rid| self.json(rid, kind))
    }
}

pub fn holds_rows(kind: &Kind) -> bool {
    matches!(kind, Kind::Link(_) | Kind::AnyLink | Kind::People | Kind::Involved(_))
}

impl crate::Engine {
    /// What the links among some values lead to.
    pub fn titles(&self, actor: &Actor, values: &[Value]) -> Result<Titles> {
        let rids: HashSet<Rid> = values.iter().flat_map(|value| value.links().iter().copied()).collect();
        let catalogue = self.seen(actor);
        self.store.read(|tx| Titles::of_rows(tx, actor, &catalogue, &rids))
    }
}
