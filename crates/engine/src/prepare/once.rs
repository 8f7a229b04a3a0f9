//! Records that are there once: no two live ones have all of some links the same.

use std::collections::{BTreeSet, HashMap};

use base::{Problem, Result, Rid};
use meta::{Model, Record, Value};
use store::Sql;

use super::Batch;
use crate::draft::{Draft, Target};

/// What has the links the same: the entity, and where they lead; none where nothing does.
pub(super) type Standing = HashMap<(&'static str, Vec<Rid>), Option<Rid>>;

/// Stands for a record of this batch that has no row yet.
const NEW: Rid = Rid(-1);

impl Batch<'_> {
    /// One query for all new records of a batch.
    pub(super) fn read_once(&mut self, drafts: &[Draft]) -> Result<()> {
        let mut wanted: HashMap<&'static str, Vec<Vec<Rid>>> = HashMap::new();
        for draft in drafts.iter().filter(|draft| matches!(draft.target, Target::New(_))) {
            let model = self.model(draft.entity)?;
            let leads = |at: &usize| match &draft.values.iter().find(|(known, _)| known == at)?.1 {
                Value::Id(id) => self.by_id.get(id).copied(),
                value => value.links().first().copied(),
            };
            let links = model.positions(model.entity.once);
            if let Some(leads) = links.iter().map(leads).collect::<Option<Vec<Rid>>>().filter(|links| links.len() > 1) {
                wanted.entry(model.entity.key).or_default().push(leads);
            }
        }
        for (entity, asked) in wanted {
            let model = self.model(entity)?;
            let found = self.standing(model, &asked)?;
            self.once.borrow_mut().extend(found);
        }
        Ok(())
    }

    pub(super) fn check_once(
        &self,
        model: &Model,
        before: Option<&Record>,
        after: &[Value],
        problems: &mut Vec<Problem>,
    ) -> Result<()> {
        let links = model.positions(model.entity.once);
        let leads = |values: &[Value]| -> Option<Vec<Rid>> {
            links.iter().map(|at| values[*at].links().first().copied()).collect()
        };
        let Some(asked) = leads(after).filter(|asked| asked.len() > 1) else { return Ok(()) };
        if before.and_then(|before| leads(&before.values)).as_ref() == Some(&asked) {
            return Ok(());
        }
        let key = (model.entity.key, asked);
        if !self.once.borrow().contains_key(&key) {
            let found = self.standing(model, std::slice::from_ref(&key.1))?;
            self.once.borrow_mut().extend(found);
        }
        let mut once = self.once.borrow_mut();
        let standing = once.entry(key).or_default();
        let own = before.map_or(NEW, |before| before.rid);
        match standing {
            Some(other) if *other != own || own == NEW => {
                let key = links.last().map_or("", |at| model.fields[*at].key);
                problems.push(Problem::at(key, "once", "This is there already"));
            }
            _ => *standing = Some(own),
        }
        Ok(())
    }

    /// Asked under a lock on each first link, in their order: of two who write the same, the second sees the first.
    fn standing(&self, model: &Model, asked: &[Vec<Rid>]) -> Result<Standing> {
        let entity = model.entity.key;
        let links = model.positions(model.entity.once);
        let firsts: BTreeSet<Rid> = asked.iter().map(|links| links[0]).collect();
        self.tx.lock_keys(firsts.iter().map(|first| format!("{entity}.once.{}", first.0)).collect::<BTreeSet<_>>())?;
        let mut found: Standing = asked.iter().map(|links| ((entity, links.clone()), None)).collect();
        let mut sql = Sql::new("SELECT rid");
        links.iter().for_each(|at| {
            sql.push(", ").name(model.fields[*at].key);
        });
        sql.push(" FROM ").name(entity).push(" WHERE deleted_at IS NULL");
        for (place, at) in links.iter().enumerate() {
            let leads: BTreeSet<Rid> = asked.iter().map(|links| links[place]).collect();
            sql.push(" AND ").name(model.fields[*at].key).push(" IN ").bind_list(leads);
        }
        for row in self.tx.query(&sql)? {
            let leads = (1..=links.len()).map(|at| row.opt_int(at).map(Rid)).collect::<Option<Vec<Rid>>>();
            if let Some(standing) = leads.and_then(|leads| found.get_mut(&(entity, leads))) {
                *standing = Some(row.rid(0));
            }
        }
        Ok(found)
    }
}
