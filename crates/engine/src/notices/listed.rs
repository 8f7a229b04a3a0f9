//! The lines of one person, as far as they may see what these are about.

use std::collections::HashSet;

use base::{Error, Id, Result, Rid};
use chrono::{DateTime, Utc};
use store::{Lane, Row, Sql, Tx};

use super::{Ways, What};
use crate::{Actor, Engine, Linked, Titles};

/// A line.
#[derive(Clone, Debug)]
pub struct Notice {
    pub id: Id,
    pub what: What,
    /// The key of the records' entity; of a job, its kind.
    pub entity: String,
    /// The record that it is about, or the first of many.
    pub record: Option<Linked>,
    pub records: i64,
    /// The comment that it is about.
    pub comment: Option<Id>,
    pub job: Option<Id>,
    /// None for the program.
    pub by: Option<Linked>,
    /// What was said; the name of a file.
    pub note: Option<String>,
    /// Of the operation: `change`, `delete`, `import`…
    pub verb: String,
    pub at: DateTime<Utc>,
    pub unread: bool,
}

#[derive(Debug)]
pub struct Notices {
    /// The latest first.
    pub items: Vec<Notice>,
    /// Pass it on to see what was before.
    pub before: Option<Id>,
}

/// So many unread lines are counted.
const COUNTED: usize = 100;

pub(crate) const LINE: &str = "SELECT n.id, n.kind, n.entity, n.record, n.records, n.comment, n.job, n.by_user, n.note, n.at, n.read_at, o.verb, n.user_rid \
     FROM notification n LEFT JOIN operation o ON o.op = n.op WHERE ";

impl Engine {
    /// What someone was told, the latest first; `before` is that of an earlier page.
    pub fn notices(&self, actor: &Actor, before: Option<Id>, limit: usize) -> Result<Notices> {
        let ways = self.notice_ways(actor.person.user)?;
        let catalogue = self.catalogue();
        self.store.read(|tx| {
            let mut sql = Sql::new(LINE);
            sql.push("n.user_rid = ").bind(actor.person.user);
            if let Some(before) = before {
                sql.push(" AND (n.at, n.id) < (SELECT at, id FROM notification WHERE id = ").bind(before).push(")");
            }
            sql.push(" ORDER BY n.at DESC, n.id DESC LIMIT ").bind(i64::try_from(limit + 1).unwrap_or(i64::MAX));
            let mut rows = tx.query(&sql)?;
            let more = rows.len() > limit;
            rows.truncate(limit);
            let last = rows.last().filter(|_| more).map(|row| row.id(0)).transpose()?;
            Ok(Notices { items: shown(tx, actor, &catalogue, &ways, &rows)?, before: last })
        })
    }

    /// How many lines wait for someone; counted up to a hundred.
    pub fn unread(&self, actor: &Actor) -> Result<usize> {
        let mut sql = Sql::new(LINE);
        sql.push("n.user_rid = ")
            .bind(actor.person.user)
            .push(" AND n.read_at IS NULL ORDER BY n.at DESC, n.id DESC LIMIT ");
        sql.bind(i64::try_from(COUNTED).unwrap_or(i64::MAX));
        let rows = self.store.read(|tx| tx.query(&sql))?;
        if rows.is_empty() {
            return Ok(0);
        }
        let ways = self.notice_ways(actor.person.user)?;
        let catalogue = self.catalogue();
        self.store.read(|tx| Ok(shown(tx, actor, &catalogue, &ways, &rows)?.len()))
    }

    /// A line of one's own, which is read now.
    pub fn open_notice(&self, actor: &Actor, id: Id) -> Result<Notice> {
        let mut sql = Sql::new(LINE);
        sql.push("n.user_rid = ").bind(actor.person.user).push(" AND n.id = ").bind(id);
        let rows = self.store.read(|tx| tx.query(&sql))?;
        let catalogue = self.catalogue();
        let ways = Ways::default();
        let found = self.store.read(|tx| shown(tx, actor, &catalogue, &ways, &rows))?.pop().ok_or(Error::Missing)?;
        self.read_notices(actor, Some(id))?;
        Ok(found)
    }

    /// Marks a line of one's own as read, or all of them.
    pub fn read_notices(&self, actor: &Actor, id: Option<Id>) -> Result<()> {
        let now = base::clock::now();
        let mut sql = Sql::new("UPDATE notification SET read_at = ");
        sql.bind(now).push(", touched_at = ").bind(now).push(" WHERE read_at IS NULL AND user_rid = ");
        sql.bind(actor.person.user);
        if let Some(id) = id {
            sql.push(" AND id = ").bind(id);
        }
        self.store.write(Lane::People, |tx| tx.execute(&sql))?;
        self.hush(actor.person.user);
        Ok(())
    }
}

/// Those among some rows that may be seen, and are wanted at the bell.
fn shown(tx: &Tx, actor: &Actor, catalogue: &meta::Catalogue, ways: &Ways, rows: &[Row]) -> Result<Vec<Notice>> {
    let what = |row: &Row| What::from_key(row.text(1));
    let rows: Vec<&Row> = rows.iter().filter(|row| what(row).is_some_and(|what| ways.of(what).bell)).collect();
    seen(tx, actor, catalogue, &rows)
}

/// Those among some rows that may be seen.
pub(crate) fn seen(tx: &Tx, actor: &Actor, catalogue: &meta::Catalogue, rows: &[&Row]) -> Result<Vec<Notice>> {
    let rids: HashSet<Rid> = rows.iter().flat_map(|row| [row.opt_int(3), row.opt_int(7)]).flatten().map(Rid).collect();
    let titles = Titles::of_rows(tx, actor, catalogue, &rids)?;
    let linked = |rid: Option<i64>| rid.and_then(|rid| titles.get(Rid(rid))).cloned();
    let mut items = Vec::with_capacity(rows.len());
    for row in rows {
        let record = linked(row.opt_int(3));
        let Some(what) = What::from_key(row.text(1)) else { continue };
        if row.opt_int(3).is_some() && record.is_none() {
            continue;
        }
        items.push(Notice {
            id: row.id(0)?,
            what,
            entity: row.text(2).to_owned(),
            record,
            records: row.int(4),
            comment: row.id(5).ok(),
            job: row.id(6).ok(),
            by: linked(row.opt_int(7)),
            note: row.opt_text(8).map(str::to_owned),
            verb: row.opt_text(11).unwrap_or_default().to_owned(),
            at: row.instant(9),
            unread: row.opt_int(10).is_none(),
        });
    }
    Ok(items)
}
