//! What people are told: that they were put in charge, that somebody changed what is theirs, spoke to them or of it, that their import
//! has ended.
//!
//! Lines are written in the transaction of what they tell of, one for each operation, person and kind however many records it is about:
//! an import of many folds into one. Nobody is told of their own acts, and whoever does not see a record, or no more, finds no line
//! of it, neither in the list nor in the count.

mod listed;
mod said;
mod tell;
mod ways;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::time::{Duration, Instant};

use base::{Id, Result, Rid};
use chrono::{DateTime, Utc};
use meta::{Model, Value};
use store::{Lane, Sql, Tx};

use crate::Engine;

pub(crate) use listed::{LINE, seen};
pub use listed::{Notice, Notices as Page};
pub(crate) use tell::{told_of_comment, told_of_job};
pub use ways::{Way, Ways};

/// What a line tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum What {
    /// Records were given into one's charge.
    Assigned,
    /// Somebody changed what is in one's charge.
    Changed,
    /// One was named in a comment.
    Mentioned,
    /// Somebody commented what is in one's charge, or what one commented.
    Commented,
    /// One's import, or change of many, has ended.
    Done,
    /// It could not be brought to its end.
    Failed,
}

impl What {
    pub const ALL: [What; 6] =
        [What::Assigned, What::Changed, What::Mentioned, What::Commented, What::Done, What::Failed];

    pub fn key(self) -> &'static str {
        match self {
            What::Assigned => "assigned",
            What::Changed => "changed",
            What::Mentioned => "mentioned",
            What::Commented => "commented",
            What::Done => "done",
            What::Failed => "failed",
        }
    }

    pub fn from_key(key: &str) -> Option<What> {
        What::ALL.into_iter().find(|what| what.key() == key)
    }
}

/// Who is concerned by what a transaction wrote, until its end.
#[derive(Default)]
pub(crate) struct Notices(BTreeMap<(Rid, What), Concerned>);

/// Records of one kind, or of several, that concern somebody.
struct Concerned {
    entity: &'static str,
    /// The first of them.
    record: Rid,
    records: i64,
}

impl Notices {
    pub fn created(&mut self, model: &Model, rid: Rid, after: &[Value]) {
        in_charge(model, after).iter().for_each(|user| self.note(*user, What::Assigned, model, rid));
    }

    pub fn changed(&mut self, model: &Model, rid: Rid, before: &[Value], after: &[Value]) {
        let (before, after) = (in_charge(model, before), in_charge(model, after));
        for user in after {
            let what = if before.contains(user) { What::Changed } else { What::Assigned };
            self.note(*user, what, model, rid);
        }
    }

    /// To the trash or back.
    pub fn moved(&mut self, tx: &Tx, model: &Model, rids: &[Rid]) -> Result<()> {
        let Some(at) = model.in_charge else { return Ok(()) };
        for record in store::records::load_columns(tx, model, rids, &[at], false)? {
            for user in record.values[at].links() {
                self.note(*user, What::Changed, model, record.rid);
            }
        }
        Ok(())
    }

    fn note(&mut self, user: Rid, what: What, model: &Model, record: Rid) {
        let new = Concerned { entity: model.entity.key, record, records: 0 };
        self.0.entry((user, what)).or_insert(new).records += 1;
    }

    /// At the end of the transaction of an operation.
    pub fn put(self, tx: &Tx, op: i64) -> Result<()> {
        let lines = self.0.into_iter().map(|((user, what), concerned)| tell::Line {
            user,
            what,
            entity: concerned.entity,
            record: concerned.record,
            records: concerned.records,
            comment: None,
            note: None,
        });
        tell::put(tx, op, &lines.collect::<Vec<_>>())
    }
}

fn in_charge<'v>(model: &Model, values: &'v [Value]) -> &'v [Rid] {
    model.in_charge.map_or(&[], |at| values[at].links())
}

/// How long a count is believed where nobody listens for changes.
const BELIEVED: Duration = Duration::from_secs(5);

/// How far back is looked for lines that are new: a transaction may be written long after it began.
const LOOKED_BACK: chrono::Duration = chrono::Duration::seconds(20);

/// How many lines wait for each person, so that a page asks nothing, and which changes were heard already.
#[derive(Default)]
pub(crate) struct Bells {
    counts: parking_lot::Mutex<HashMap<Rid, (usize, Instant)>>,
    heard: parking_lot::Mutex<HashMap<Id, DateTime<Utc>>>,
}

impl Engine {
    /// How many lines wait for someone, by a count that may be a few seconds old.
    pub fn bell(&self, actor: &crate::Actor) -> Result<usize> {
        let user = actor.person.user;
        if let Some((count, at)) = self.bells.counts.lock().get(&user)
            && at.elapsed() < BELIEVED
        {
            return Ok(*count);
        }
        let count = self.unread(actor)?;
        let mut counts = self.bells.counts.lock();
        if counts.len() > 10_000 {
            counts.clear();
        }
        counts.insert(user, (count, Instant::now()));
        Ok(count)
    }

    /// For whom something is another since this was asked last, on whichever node it was written.
    pub fn rung(&self) -> Result<HashSet<Rid>> {
        let since = base::clock::now() - LOOKED_BACK;
        let sql = Sql::new("SELECT id, user_rid, touched_at FROM notification WHERE touched_at > $1").with(since);
        let rows = self.store.read(|tx| tx.query(&sql))?;
        let mut heard = self.bells.heard.lock();
        heard.retain(|_, at| *at > since);
        let mut rung = HashSet::new();
        for row in &rows {
            let (id, at) = (row.id(0)?, row.instant(2));
            if heard.insert(id, at) != Some(at) {
                rung.insert(row.rid(1));
            }
        }
        let mut counts = self.bells.counts.lock();
        counts.retain(|user, _| !rung.contains(user));
        Ok(rung)
    }

    /// Lines that were read go after a month, the others after four.
    pub(crate) fn sweep_notices(&self) -> Result<()> {
        let now = base::clock::now();
        let mut sql = Sql::new("DELETE FROM notification WHERE at < ");
        sql.bind(now - chrono::Duration::days(120)).push(" OR (read_at IS NOT NULL AND at < ");
        sql.bind(now - chrono::Duration::days(30)).push(")");
        self.store.write(Lane::Jobs, |tx| tx.execute(&sql).map(|_| ()))
    }

    pub(crate) fn hush(&self, user: Rid) {
        self.bells.counts.lock().remove(&user);
    }
}
