//! Records that are there once: no two live ones have all of some links the same.

use std::collections::HashMap;

use base::{Problem, Result, Rid};
use meta::{Model, Record, Value};
use store::Sql;

use super::Batch;

/// The rows behind a first link, by where the other links lead.
pub(super) type Standing = HashMap<Vec<Rid>, Rid>;

/// Stands for a record of this batch that has no row yet.
const NEW: Rid = Rid(-1);

impl Batch<'_> {
    /// One query for all records of a batch that have the first link the same.
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
        let Some(mut rest) = leads(after).filter(|asked| !asked.is_empty()) else { return Ok(()) };
        if before.and_then(|before| leads(&before.values)).as_ref() == Some(&rest) {
            return Ok(());
        }
        let first = rest.remove(0);
        let mut once = self.once.borrow_mut();
        let standing = match once.entry((model.entity.key, first)) {
            std::collections::hash_map::Entry::Occupied(known) => known.into_mut(),
            std::collections::hash_map::Entry::Vacant(unknown) => unknown.insert(self.standing(model, &links, first)?),
        };
        let own = before.map_or(NEW, |before| before.rid);
        match standing.get(&rest) {
            Some(other) if *other != own || own == NEW => {
                let key = links.last().map_or("", |at| model.fields[*at].key);
                problems.push(Problem::at(key, "once", "This is there already"));
            }
            _ => {
                standing.insert(rest, own);
            }
        }
        Ok(())
    }

    fn standing(&self, model: &Model, links: &[usize], first: Rid) -> Result<Standing> {
        let key = |at: &usize| model.fields[*at].key;
        self.tx.lock_key(&format!("{}.once.{}", model.entity.key, first.0))?;
        let mut sql = Sql::new("SELECT rid");
        for at in &links[1..] {
            sql.push(", ").name(key(at));
        }
        sql.push(" FROM ").name(model.entity.key).push(" WHERE deleted_at IS NULL AND ").name(key(&links[0]));
        sql.push(" = ").bind(first);
        let rows = self.tx.query(&sql)?;
        let leads =
            |row: &store::Row| (1..links.len()).map(|at| row.opt_int(at).map(Rid)).collect::<Option<Vec<Rid>>>();
        Ok(rows.iter().filter_map(|row| Some((leads(row)?, row.rid(0)))).collect())
    }
}
