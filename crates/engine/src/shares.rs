//! One record shared with a person or a team, to be looked at or to be changed, beside what roles give.

use base::{Id, Problem, Result, Rid};
use chrono::{DateTime, Utc};
use meta::Catalogue;
use meta::access::Verb;
use store::records::{TO_CHANGE, TO_LOOK};
use store::{Lane, Sql, Tx};

use crate::query::{at, row_for};
use crate::titles::Titles;
use crate::users::{TEAM, USER};
use crate::{Actor, Engine};

/// Whom a record is shared with.
pub struct Share {
    pub principal: Rid,
    pub id: Id,
    /// A person's name, or a team's.
    pub name: String,
    pub is_team: bool,
    /// May be changed, not only looked at.
    pub changes: bool,
    /// The name of whoever shared it; none for the program.
    pub by: Option<String>,
    pub at: DateTime<Utc>,
}

impl Engine {
    /// Whom a record that one may see is shared with, the first first.
    pub fn shares(&self, actor: &Actor, path: &str, id: Id) -> Result<Vec<Share>> {
        let catalogue = self.catalogue();
        self.store.read(|tx| {
            let record = reached(tx, actor, &catalogue, path, id, Verb::View)?;
            let sql =
                Sql::new("SELECT principal, changes, by_user, at FROM share WHERE record = $1 ORDER BY at, principal");
            let rows = tx.query(&sql.with(record))?;
            let named = rows.iter().flat_map(|row| [Some(row.rid(0)), row.opt_int(2).map(Rid)]).flatten().collect();
            let titles = Titles::of_rows(tx, actor, &catalogue, &named)?;
            let share = |row: &store::Row| {
                let with = titles.get(row.rid(0))?;
                Some(Share {
                    principal: row.rid(0),
                    id: with.id,
                    name: with.title.clone(),
                    is_team: with.entity == TEAM.key,
                    changes: row.int(1) != 0,
                    by: row.opt_int(2).and_then(|by| titles.get(Rid(by))).map(|by| by.title.clone()),
                    at: row.instant(3),
                })
            };
            Ok(rows.iter().filter_map(share).collect())
        })
    }

    /// Shares a record with a user or a team; what was shared before is shared so now.
    ///
    /// # Errors
    /// `Missing` where it may not be seen, `Denied` where it may not be changed, `Refused` without such a user or team, and where
    /// the record is seen with another.
    pub fn share(&self, actor: &Actor, path: &str, id: Id, with: Id, changes: bool) -> Result<()> {
        self.write(Lane::People, |tx, catalogue| {
            let record = reached(tx, actor, catalogue, path, id, Verb::Change)?;
            let entry = store::records::entries_by_id(tx, &[with])?.into_iter().next();
            let is_somebody = |entity: &str| [USER.key, TEAM.key].contains(&entity);
            let entry = entry.filter(|entry| is_somebody(&entry.entity) && entry.deleted_at.is_none());
            let with = entry.ok_or_else(|| Problem::at("with", "unknown", "Choose a person or a team"))?.rid;
            untie(tx, record, with)?;
            let sql =
                Sql::new("INSERT INTO share (record, principal, changes, by_user, at) VALUES ($1, $2, $3, $4, $5)");
            tx.execute(&sql.with(record).with(with).with(changes).with(actor.user()).with(base::clock::now()))?;
            let sql = Sql::new("INSERT INTO tie (principal, record, why) VALUES ($1, $2, $3)");
            tx.execute(&sql.with(with).with(record).with(if changes { TO_CHANGE } else { TO_LOOK })).map(|_| ())
        })
    }

    /// Shares a record no longer.
    ///
    /// # Errors
    /// As [`Engine::share`].
    pub fn unshare(&self, actor: &Actor, path: &str, id: Id, with: Id) -> Result<()> {
        self.write(Lane::People, |tx, catalogue| {
            let record = reached(tx, actor, catalogue, path, id, Verb::Change)?;
            match store::records::entries_by_id(tx, &[with])?.first() {
                Some(entry) => untie(tx, record, entry.rid),
                None => Ok(()),
            }
        })
    }
}

/// The row of a record that can be shared.
fn reached(tx: &Tx, actor: &Actor, catalogue: &Catalogue, path: &str, id: Id, verb: Verb) -> Result<Rid> {
    let (model, _) = at(catalogue, path)?;
    let rid = row_for(tx, actor, catalogue, model, id, verb)?;
    if verb != Verb::View && model.belongs.is_some() {
        return Err(Problem::whole("belongs", "Who sees it is who sees what it belongs to: share that").into());
    }
    if verb != Verb::View && (model.entity.house || model.entity.common) {
        return Err(Problem::whole("common", "This is seen by everybody who sees any of its kind").into());
    }
    Ok(rid)
}

fn untie(tx: &Tx, record: Rid, with: Rid) -> Result<()> {
    let sql = Sql::new("DELETE FROM tie WHERE record = $1 AND principal = $2 AND why IN ($3, $4)");
    tx.execute(&sql.with(record).with(with).with(TO_LOOK).with(TO_CHANGE))?;
    tx.execute(&Sql::new("DELETE FROM share WHERE record = $1 AND principal = $2").with(record).with(with)).map(|_| ())
}
