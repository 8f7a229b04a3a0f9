//! What a batch reads beforehand: the records it changes, what they link to, what rules look at.

use std::collections::{HashMap, HashSet};

use base::{Id, Result, Rid};
use meta::access::Verb;
use meta::{Kind, Record, Value};
use store::records::Entry;

use super::Batch;
use crate::access;
use crate::draft::{Draft, Target};

impl Batch<'_> {
    pub(super) fn read_existing(&mut self, drafts: &[Draft]) -> Result<()> {
        let mut by_entity: HashMap<&'static str, Vec<Rid>> = HashMap::new();
        for draft in drafts {
            if let Target::Existing(rid, _) = draft.target {
                by_entity.entry(draft.entity).or_default().push(rid);
            }
        }
        for (entity, rids) in by_entity {
            let model = self.model(entity)?;
            let seen = access::among(self.tx, self.actor, self.catalogue, model, &rids, Verb::View)?;
            self.changeable.extend(access::among(self.tx, self.actor, self.catalogue, model, &rids, Verb::Change)?);
            for record in store::records::load(self.tx, model, &rids, true)?
                .into_iter()
                .filter(|record| seen.contains(&record.rid))
            {
                self.existing.insert(record.rid, record);
            }
        }
        Ok(())
    }

    pub(super) fn read_links(&mut self, drafts: &[Draft]) -> Result<()> {
        let mut ids: Vec<Id> = Vec::new();
        let mut rids: HashSet<Rid> = HashSet::new();
        for value in drafts.iter().flat_map(|draft| draft.values.iter().map(|(_, value)| value)) {
            match value {
                Value::Id(id) => ids.push(*id),
                Value::Ids(list) => ids.extend(list),
                Value::Involving(involving) => ids.extend(involving.who()),
                other => rids.extend(other.links()),
            }
        }
        for record in self.existing.values() {
            rids.extend(record.values.iter().flat_map(|value| value.links().iter().copied()));
        }
        let mut entries = store::records::entries_by_id(self.tx, &ids)?;
        self.by_id = entries.iter().map(|entry| (entry.id, entry.rid)).collect();
        rids.extend(self.actor.user());
        let rest: Vec<Rid> = rids.into_iter().filter(|rid| !entries.iter().any(|entry| entry.rid == *rid)).collect();
        entries.extend(store::records::entries(self.tx, &rest)?);
        let mut by_entity: HashMap<String, Vec<Entry>> = HashMap::new();
        entries.into_iter().for_each(|entry| by_entity.entry(entry.entity.clone()).or_default().push(entry));
        for (entity, entries) in by_entity {
            let Some(model) = self.catalogue.model(&entity) else { continue };
            let rids: Vec<Rid> = entries.iter().map(|entry| entry.rid).collect();
            let seen = access::among(self.tx, self.actor, self.catalogue, model, &rids, Verb::View)?;
            for entry in entries {
                self.titles.insert(entry.rid, entry.title.clone());
                if seen.contains(&entry.rid) {
                    self.linked.insert(entry.rid, entry);
                }
            }
        }
        Ok(())
    }

    /// The records behind links that rules look through, whether or not one may see them: the rule is the program's.
    pub(super) fn read_for_rules(&mut self, drafts: &[Draft]) -> Result<()> {
        let mut wanted: HashMap<&'static str, HashSet<Rid>> = HashMap::new();
        for draft in drafts {
            let model = self.model(draft.entity)?;
            for at in model.positions(model.entity.reads) {
                let Kind::Link(to) = model.fields[at].kind else { continue };
                let rids = wanted.entry(to.key).or_default();
                let asked = draft.values.iter().find(|(known, _)| *known == at).map(|(_, value)| value);
                match asked {
                    Some(Value::Id(id)) => rids.extend(self.by_id.get(id)),
                    Some(value) => rids.extend(value.links()),
                    None => {}
                }
                if let Target::Existing(rid, _) = draft.target
                    && let Some(before) = self.existing.get(&rid)
                {
                    rids.extend(before.values[at].links());
                }
            }
        }
        // What a rule takes over from one of them is looked through as well: of an interest, the customer.
        let mut further: HashMap<&'static str, HashSet<Rid>> = HashMap::new();
        for (entity, rids) in &wanted {
            let model = self.model(entity)?;
            let among = |at: &usize| match model.fields[*at].kind {
                Kind::Link(to) if to.key != *entity => wanted.contains_key(to.key).then_some((*at, to.key)),
                _ => None,
            };
            let links: Vec<(usize, &'static str)> = (0..model.fields.len()).filter_map(|at| among(&at)).collect();
            for record in self.read_rows(entity, rids.iter().copied())? {
                for (at, to) in &links {
                    further.entry(to).or_default().extend(record.values[*at].links());
                }
                self.read.insert(record.rid, record);
            }
        }
        for (entity, rids) in further {
            let unread: Vec<Rid> = rids.into_iter().filter(|rid| !self.read.contains_key(rid)).collect();
            let records = self.read_rows(entity, unread)?;
            self.read.extend(records.into_iter().map(|record| (record.rid, record)));
        }
        Ok(())
    }

    fn read_rows(&self, entity: &str, rids: impl IntoIterator<Item = Rid>) -> Result<Vec<Record>> {
        store::records::load(self.tx, self.model(entity)?, &Vec::from_iter(rids), false)
    }
}
