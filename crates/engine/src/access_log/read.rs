//! The access log as administrators read it: filtered, a page at a time, the newest first.

use base::{Id, Result, Rid};
use chrono::{DateTime, NaiveDate, Utc};
use store::Sql;

use super::What;
use crate::{Actor, Engine};

/// Which entries are asked for.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// What this user did, or was done to their sign-in.
    pub user: Option<Rid>,
    pub what: Option<What>,
    /// From the beginning of a day to the end of another.
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
}

/// Where a page ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mark {
    pub at: DateTime<Utc>,
    pub id: Id,
}

/// An entry.
#[derive(Debug)]
pub struct Entry {
    pub mark: Mark,
    pub user: Option<Rid>,
    pub what: What,
    pub record: Option<Rid>,
    pub path: Option<String>,
    pub count: Option<i64>,
    pub note: Option<String>,
    pub address: String,
    pub agent: String,
}

impl Engine {
    /// Entries after a mark, so many at most.
    pub fn access_log(&self, actor: &Actor, asked: &Asked, after: Option<Mark>, limit: usize) -> Result<Vec<Entry>> {
        crate::settings::administrator(actor)?;
        let mut sql = Sql::new(
            "SELECT id, at, user_rid, what, record, path, count, note, address, agent FROM access_log WHERE 1 = 1",
        );
        if let Some(user) = asked.user {
            sql.push(" AND user_rid = ").bind(user);
        }
        if let Some(what) = asked.what {
            sql.push(" AND what = ").bind(what.key());
        }
        if let Some(day) = asked.from {
            sql.push(" AND at >= ").bind(base::clock::start_of(day, actor.zone));
        }
        if let Some(next) = asked.to.and_then(|day| day.succ_opt()) {
            sql.push(" AND at < ").bind(base::clock::start_of(next, actor.zone));
        }
        if let Some(mark) = after {
            sql.push(" AND (at, id) < (").bind(mark.at).push(", ").bind(mark.id).push(")");
        }
        sql.push(" ORDER BY at DESC, id DESC LIMIT ").bind(i64::try_from(limit).unwrap_or(i64::MAX));
        let rows = self.store.read(|tx| tx.query(&sql))?;
        rows.iter().filter_map(|row| What::from_key(row.text(3)).map(|what| entry(row, what))).collect()
    }
}

fn entry(row: &store::Row, what: What) -> Result<Entry> {
    Ok(Entry {
        mark: Mark { id: row.id(0)?, at: row.instant(1) },
        user: row.opt_int(2).map(Rid),
        what,
        record: row.opt_int(4).map(Rid),
        path: row.opt_text(5).map(str::to_owned),
        count: row.opt_int(6),
        note: row.opt_text(7).map(str::to_owned),
        address: row.text(8).to_owned(),
        agent: row.text(9).to_owned(),
    })
}
