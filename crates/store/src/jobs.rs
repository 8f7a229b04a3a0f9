//! Durable work: written with what asked for it, taken by one worker at a time, tried again when it failed.

use base::{Id, Result, Rid};
use chrono::{DateTime, Duration, Utc};

use crate::sql::{Row, Sql};
use crate::{Lane, Store, Tx};

#[derive(Clone, Debug, PartialEq)]
pub struct Job {
    pub job: i64,
    pub id: Id,
    pub kind: String,
    pub payload: String,
    /// The checkpoint of the last transaction.
    pub progress: Option<String>,
    /// `draft`, `waiting`, `running`, `done`, `failed`, `cancelled`.
    pub state: String,
    pub attempts: i64,
    pub by: Option<Rid>,
    pub op: Option<i64>,
    pub error: Option<String>,
    pub created_at: DateTime<Utc>,
    /// When it is tried next.
    pub run_at: DateTime<Utc>,
}

const COLUMNS: &str = "job, id, kind, payload, progress, state, attempts, by_user, op, error, created_at, run_at";

/// How long a worker may be silent before another takes its job over.
const LEASE: Duration = Duration::seconds(60);

/// After so many attempts a job stays failed until someone asks for another.
const ATTEMPTS: i64 = 8;

fn job(row: &Row) -> Result<Job> {
    Ok(Job {
        job: row.int(0),
        id: row.id(1)?,
        kind: row.text(2).to_owned(),
        payload: row.text(3).to_owned(),
        progress: row.opt_text(4).map(str::to_owned),
        state: row.text(5).to_owned(),
        attempts: row.int(6),
        by: row.opt_int(7).map(Rid),
        op: row.opt_int(8),
        error: row.opt_text(9).map(str::to_owned),
        created_at: row.instant(10),
        run_at: row.instant(11),
    })
}

pub fn enqueue(tx: &Tx, kind: &str, payload: &str, by: Option<Rid>, op: Option<i64>, at: DateTime<Utc>) -> Result<Id> {
    insert(tx, kind, payload, "waiting", by, op, at)
}

/// Work that is still being prepared: nobody takes it before it is submitted.
pub fn draft(tx: &Tx, kind: &str, payload: &str, by: Option<Rid>) -> Result<Id> {
    insert(tx, kind, payload, "draft", by, None, base::clock::now())
}

fn insert(
    tx: &Tx,
    kind: &str,
    payload: &str,
    state: &str,
    by: Option<Rid>,
    op: Option<i64>,
    at: DateTime<Utc>,
) -> Result<Id> {
    let number = tx.next_numbers("job", 1)?.first().copied().unwrap_or(0);
    let id = Id::new();
    let mut sql = Sql::new("INSERT INTO job (job, id, kind, payload, state, run_at, by_user, op, created_at) VALUES (");
    sql.bind(number).push(", ").bind(id).push(", ").bind(kind).push(", ").bind(payload).push(", ").bind(state);
    sql.push(", ").bind(at).push(", ").bind(by).push(", ").bind(op).push(", ").bind(base::clock::now()).push(")");
    tx.execute(&sql)?;
    Ok(id)
}

/// Gives a draft another payload. False when it is no draft any more.
pub fn rewrite(tx: &Tx, id: Id, payload: &str) -> Result<bool> {
    let sql = Sql::new("UPDATE job SET payload = $1 WHERE id = $2 AND state = 'draft'");
    Ok(tx.execute(&sql.with(payload).with(id))? == 1)
}

/// Lets a draft be taken. False when it is no draft any more.
pub fn submit(tx: &Tx, id: Id) -> Result<bool> {
    let sql = Sql::new("UPDATE job SET state = 'waiting', run_at = $1 WHERE id = $2 AND state = 'draft'");
    Ok(tx.execute(&sql.with(base::clock::now()).with(id))? == 1)
}

/// Takes a draft away. False when it is no draft any more.
pub fn discard(tx: &Tx, id: Id) -> Result<bool> {
    Ok(tx.execute(&Sql::new("DELETE FROM job WHERE id = $1 AND state = 'draft'").with(id))? == 1)
}

/// Drafts that nobody came back to.
pub fn abandoned(tx: &Tx, kind: &str, before: DateTime<Utc>) -> Result<Vec<Job>> {
    let sql =
        Sql::new(format!("SELECT {COLUMNS} FROM job WHERE state = 'draft' AND kind = $1 AND run_at < $2 LIMIT 100"));
    tx.query(&sql.with(kind).with(before))?.iter().map(job).collect()
}

/// Jobs that ended, well or not, between two moments.
pub fn ended(tx: &Tx, kind: &str, from: DateTime<Utc>, to: DateTime<Utc>) -> Result<Vec<Job>> {
    let sql = Sql::new(format!("SELECT {COLUMNS} FROM job WHERE kind = $1 AND ended_at >= $2 AND ended_at < $3"));
    tx.query(&sql.with(kind).with(from).with(to))?.iter().map(job).collect()
}

/// Takes the next job that is due, or whose worker fell silent.
pub fn take(store: &Store) -> Result<Option<Job>> {
    let now = base::clock::now();
    let due = |lock: &str| {
        let mut sql = Sql::new(format!("SELECT {COLUMNS} FROM job WHERE (state = 'waiting' AND run_at <= "));
        sql.bind(now)
            .push(") OR (state = 'running' AND locked_until < ")
            .bind(now)
            .push(") ORDER BY run_at, job LIMIT 1");
        sql.push(lock);
        sql
    };
    if store.read(|tx| tx.first(&due("")))?.is_none() {
        return Ok(None);
    }
    base::failpoint::pass("job.found");
    store.write(Lane::Jobs, |tx| {
        let Some(row) = tx.first(&due(tx.dialect().lock_free_rows()))? else { return Ok(None) };
        let job = job(&row)?;
        let sql =
            Sql::new("UPDATE job SET state = 'running', locked_until = $1, attempts = attempts + 1 WHERE job = $2");
        tx.execute(&sql.with(now + LEASE).with(job.job))?;
        Ok(Some(Job { attempts: job.attempts + 1, ..job }))
    })
}

/// Takes one job for oneself, before any worker sees it when it is done in the transaction that enqueued it. None when it is
/// taken or has ended.
pub fn claim(tx: &Tx, id: Id) -> Result<Option<Job>> {
    let sql = Sql::new(
        "UPDATE job SET state = 'running', locked_until = $1, attempts = attempts + 1 WHERE id = $2 AND state = 'waiting'",
    );
    if tx.execute(&sql.with(base::clock::now() + LEASE).with(id))? == 0 {
        return Ok(None);
    }
    by_id(tx, id)
}

/// Whose a job is that a worker has taken; it stays so until it ends, is put back, or is taken over from a worker that fell
/// silent. Every attempt has a number of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hold {
    Held,
    Cancelled,
    /// Another worker has it, or has ended it.
    Lost,
}

/// Notes how far a job has come, in the transaction of the work itself, which must be rolled back unless the job is held.
pub fn checkpoint(tx: &Tx, job: &Job, progress: &str) -> Result<Hold> {
    let mut sql = Sql::new("UPDATE job SET progress = ");
    sql.bind(progress).push(", locked_until = ").bind(base::clock::now() + LEASE);
    if tx.execute(held(&mut sql, job))? == 1 {
        return Ok(Hold::Held);
    }
    let cancelled = by_id(tx, job.id)?.is_some_and(|job| job.state == "cancelled");
    Ok(if cancelled { Hold::Cancelled } else { Hold::Lost })
}

/// Says that the worker is not silent, however long its work takes.
pub fn renew(tx: &Tx, job: &Job) -> Result<()> {
    let mut sql = Sql::new("UPDATE job SET locked_until = ");
    sql.bind(base::clock::now() + LEASE);
    tx.execute(held(&mut sql, job)).map(|_| ())
}

/// To the end of a statement that only the one who holds a job may carry out.
fn held<'a>(sql: &'a mut Sql, job: &Job) -> &'a Sql {
    sql.push(" WHERE state = 'running' AND job = ").bind(job.job).push(" AND attempts = ").bind(job.attempts)
}

pub fn finish(tx: &Tx, job: &Job, progress: Option<&str>) -> Result<()> {
    let mut sql = Sql::new("UPDATE job SET state = 'done', error = NULL, ended_at = ");
    sql.bind(base::clock::now());
    if let Some(progress) = progress {
        sql.push(", progress = ").bind(progress);
    }
    tx.execute(held(&mut sql, job)).map(|_| ())
}

/// Puts a job that failed back to wait, longer each time; gives up in the end, or at once where trying does not help. Whether it gave
/// up.
pub fn fail(tx: &Tx, job: &Job, error: &str, for_good: bool) -> Result<bool> {
    let last = for_good || job.attempts >= ATTEMPTS;
    let wait = Duration::seconds(5 << job.attempts.clamp(0, 10));
    let now = base::clock::now();
    let mut sql = Sql::new("UPDATE job SET state = ");
    sql.bind(if last { "failed" } else { "waiting" }).push(", run_at = ").bind(now + wait);
    sql.push(", error = ").bind(error).push(", ended_at = ").bind(last.then_some(now));
    Ok(tx.execute(held(&mut sql, job))? == 1 && last)
}

/// Puts a job back whose worker goes home, to be taken up at its checkpoint.
pub fn release(tx: &Tx, job: &Job) -> Result<()> {
    let mut sql = Sql::new("UPDATE job SET state = 'waiting', attempts = attempts - 1, run_at = ");
    sql.bind(base::clock::now());
    tx.execute(held(&mut sql, job)).map(|_| ())
}

/// Stops a job that has not ended; whoever runs it sees it at its next checkpoint.
pub fn cancel(tx: &Tx, id: Id) -> Result<bool> {
    let sql =
        Sql::new("UPDATE job SET state = 'cancelled', ended_at = $1 WHERE id = $2 AND state IN ('waiting', 'running')");
    Ok(tx.execute(&sql.with(base::clock::now()).with(id))? == 1)
}

pub fn by_id(tx: &Tx, id: Id) -> Result<Option<Job>> {
    let sql = Sql::new(format!("SELECT {COLUMNS} FROM job WHERE id = $1")).with(id);
    tx.first(&sql)?.map(|row| job(&row)).transpose()
}

/// The latest jobs of a kind: one person's, or everybody's.
pub fn latest(tx: &Tx, kind: &str, by: Option<Rid>, limit: i64) -> Result<Vec<Job>> {
    let mut sql = Sql::new(format!("SELECT {COLUMNS} FROM job WHERE kind = "));
    sql.bind(kind);
    if let Some(by) = by {
        sql.push(" AND by_user = ").bind(by);
    }
    sql.push(" ORDER BY job DESC LIMIT ").bind(limit);
    tx.query(&sql)?.iter().map(job).collect()
}

/// Jobs in some states, the latest first.
pub fn in_states(tx: &Tx, states: &[&str], limit: i64) -> Result<Vec<Job>> {
    let mut sql = Sql::new(format!("SELECT {COLUMNS} FROM job WHERE state IN "));
    sql.bind_list(states.iter().copied()).push(" ORDER BY run_at DESC, job DESC LIMIT ").bind(limit);
    tx.query(&sql)?.iter().map(job).collect()
}

/// Lets a job that failed, or waits for its next try, be taken at once, as if it were new. False when it runs or has ended.
pub fn again(tx: &Tx, id: Id) -> Result<bool> {
    let sql = Sql::new(
        "UPDATE job SET state = 'waiting', attempts = 0, ended_at = NULL, run_at = $1 WHERE id = $2 AND state IN ('failed', 'waiting')",
    );
    Ok(tx.execute(&sql.with(base::clock::now()).with(id))? == 1)
}

/// Gives up a job that failed, waits or runs.
pub fn drop_one(tx: &Tx, id: Id) -> Result<bool> {
    let sql = Sql::new("UPDATE job SET state = 'cancelled', ended_at = $1 WHERE id = $2 AND state = 'failed'");
    Ok(cancel(tx, id)? || tx.execute(&sql.with(base::clock::now()).with(id))? == 1)
}
