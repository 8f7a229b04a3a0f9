//! What must hold of a record as a whole, and among all records.

use base::{Problem, Result, Rid, say};
use meta::{Model, Record, Value};
use store::{Arg, Sql};

use super::Batch;

impl Batch<'_> {
    /// What holds of the record as a whole: required fields, one of a kind, no circles.
    pub(super) fn check_whole(
        &self,
        model: &Model,
        before: Option<&Record>,
        after: &[Value],
        problems: &mut Vec<Problem>,
    ) -> Result<()> {
        self.check_once(model, before, after, problems)?;
        for (at, def) in model.fields.iter().enumerate() {
            if problems.iter().any(|problem| problem.field.as_deref() == Some(def.key)) {
                continue;
            }
            // A record that lacked it before may still be changed elsewhere.
            let lacked =
                before.is_some_and(|before| before.values[at].is_empty() && model.is_required(at, &before.values));
            if after[at].is_empty() && model.is_required(at, after) && !lacked && !self.follows {
                problems.push(Problem::at(def.key, "required", "Fill this in"));
            }
            if before.is_some_and(|before| before.values[at] == after[at]) || after[at].is_empty() {
                continue;
            }
            if def.unique && self.is_taken(model, at, &after[at], before)? {
                let linked = after[at].links().first().and_then(|rid| self.titles.get(rid));
                let why = match linked {
                    Some(title) => say!("{title} is that of another record already", title = title.clone()),
                    None => "Another record has this already".into(),
                };
                problems.push(Problem::at(def.key, "taken", why));
            }
            // Two people may turn two links round at the same moment.
            if def.acyclic {
                self.tx.lock_key(&format!("{}.{}", model.entity.key, def.key))?;
            }
            if def.acyclic
                && let (Some(before), Some(up)) = (before, after[at].links().first())
                && self.leads_back(model, at, *up, before.rid)?
            {
                problems.push(Problem::at(def.key, "circle", "This would go round in a circle"));
            }
        }
        Ok(())
    }

    /// Whether a live record, or one of this batch, has the same: whatever the case, the accents and the typography.
    fn is_taken(&self, model: &Model, at: usize, value: &Value, before: Option<&Record>) -> Result<bool> {
        let def = &model.fields[at];
        let compared = store::columns::write(value, def).pop().unwrap_or(Arg::Null);
        self.tx.lock_key(&format!("{}.{} {compared:?}", model.entity.key, def.key))?;
        let mut sql = Sql::new("SELECT rid FROM ");
        sql.name(model.entity.key)
            .push(" WHERE deleted_at IS NULL AND ")
            .name(&store::columns::sort_column(def))
            .push(" = ");
        sql.bind(compared.clone()).push(" AND rid <> ").bind(before.map_or(Rid(-1), |before| before.rid));
        let stands = self.tx.first(&sql)?.is_some();
        let first = self.taken.borrow_mut().insert((model.entity.key, at, format!("{compared:?}")));
        Ok(stands || !first)
    }

    fn leads_back(&self, model: &Model, at: usize, from: Rid, to: Rid) -> Result<bool> {
        let (table, link) = (model.entity.key, model.fields[at].key);
        let sql = Sql::new(format!(
            "WITH RECURSIVE up (rid) AS (SELECT CAST($1 AS BIGINT) UNION SELECT t.\"{link}\" FROM \"{table}\" t JOIN up ON t.rid = up.rid \
             WHERE t.\"{link}\" IS NOT NULL) SELECT 1 FROM up WHERE rid = $2"
        ));
        Ok(self.tx.first(&sql.with(from).with(to))?.is_some())
    }
}
