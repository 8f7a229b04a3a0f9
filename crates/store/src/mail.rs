//! Messages on their way out: written with what they tell of, sent by one worker at a time, tried again for two days.

use base::{Id, Result, Rid};
use chrono::{DateTime, Duration, Utc};

use crate::sql::{Row, Sql};
use crate::{Lane, Store, Tx};

#[derive(Clone, Debug, PartialEq)]
pub struct Mail {
    pub id: Id,
    pub to: String,
    /// The user it is for, where it is for one.
    pub user: Option<Rid>,
    pub subject: String,
    /// Sealed; empty once it was sent.
    pub body: Vec<u8>,
    /// `waiting`, `sending`, `sent`, `failed`, `dropped`.
    pub state: String,
    pub attempts: i64,
    /// When it is tried next.
    pub run_at: DateTime<Utc>,
    /// What stood in the way the last time.
    pub error: Option<String>,
    pub created_at: DateTime<Utc>,
    pub ended_at: Option<DateTime<Utc>>,
}

pub struct NewMail<'a> {
    pub id: Id,
    pub to: &'a str,
    pub user: Option<Rid>,
    pub subject: &'a str,
    pub body: Vec<u8>,
}

const COLUMNS: &str = "id, to_address, to_user, subject, body, state, attempts, run_at, error, created_at, ended_at";

/// How long a worker may be silent before another takes its message over.
const LEASE: Duration = Duration::minutes(5);

/// Minutes between one try and the next; the last for all that follow.
const WAITS: [i64; 6] = [1, 5, 15, 60, 120, 240];

/// So long a message is tried.
const TRIED: Duration = Duration::days(2);

fn mail(row: &Row) -> Result<Mail> {
    Ok(Mail {
        id: row.id(0)?,
        to: row.text(1).to_owned(),
        user: row.opt_int(2).map(Rid),
        subject: row.text(3).to_owned(),
        body: row.blob(4).to_vec(),
        state: row.text(5).to_owned(),
        attempts: row.int(6),
        run_at: row.instant(7),
        error: row.opt_text(8).map(str::to_owned),
        created_at: row.instant(9),
        ended_at: row.opt_instant(10),
    })
}

pub fn enqueue(tx: &Tx, new: NewMail) -> Result<()> {
    let now = base::clock::now();
    let mut sql =
        Sql::new("INSERT INTO mail (id, to_address, to_user, subject, body, state, run_at, created_at) VALUES (");
    sql.bind(new.id).push(", ").bind(new.to).push(", ").bind(new.user).push(", ").bind(new.subject).push(", ");
    sql.bind(new.body).push(", 'waiting', ").bind(now).push(", ").bind(now).push(")");
    tx.execute(&sql).map(|_| ())
}

/// Takes the next message that is due, or whose worker fell silent.
pub fn take(store: &Store) -> Result<Option<Mail>> {
    let now = base::clock::now();
    let due = |lock: &str| {
        let mut sql = Sql::new(format!("SELECT {COLUMNS} FROM mail WHERE (state = 'waiting' AND run_at <= "));
        sql.bind(now).push(") OR (state = 'sending' AND run_at <= ").bind(now).push(") ORDER BY run_at, id LIMIT 1");
        sql.push(lock);
        sql
    };
    if store.read(|tx| tx.first(&due("")))?.is_none() {
        return Ok(None);
    }
    store.write(Lane::Jobs, |tx| {
        let Some(row) = tx.first(&due(tx.dialect().lock_free_rows()))? else { return Ok(None) };
        let mail = mail(&row)?;
        let sql = Sql::new("UPDATE mail SET state = 'sending', run_at = $1, attempts = attempts + 1 WHERE id = $2");
        tx.execute(&sql.with(now + LEASE).with(mail.id))?;
        Ok(Some(Mail { attempts: mail.attempts + 1, ..mail }))
    })
}

/// To the end of a statement that only the one who holds a message may carry out.
fn held<'a>(sql: &'a mut Sql, mail: &Mail) -> &'a Sql {
    sql.push(" WHERE state = 'sending' AND id = ").bind(mail.id).push(" AND attempts = ").bind(mail.attempts)
}

/// It went; its text is no longer needed.
pub fn sent(tx: &Tx, mail: &Mail) -> Result<()> {
    let mut sql = Sql::new("UPDATE mail SET state = 'sent', error = NULL, body = ");
    sql.bind(Vec::new()).push(", ended_at = ").bind(base::clock::now());
    tx.execute(held(&mut sql, mail)).map(|_| ())
}

/// It did not go: it is tried again, longer after each time, or not any more.
pub fn failed(tx: &Tx, mail: &Mail, error: &str, for_good: bool) -> Result<()> {
    let now = base::clock::now();
    let tried = usize::try_from(mail.attempts - 1).unwrap_or(0).min(WAITS.len() - 1);
    let next = now + Duration::minutes(WAITS[tried]);
    let last = for_good || next > mail.created_at + TRIED;
    let mut sql = Sql::new("UPDATE mail SET state = ");
    sql.bind(if last { "failed" } else { "waiting" }).push(", run_at = ").bind(next);
    sql.push(", error = ").bind(error).push(", ended_at = ").bind(last.then_some(now));
    tx.execute(held(&mut sql, mail)).map(|_| ())
}

/// Tries a message that failed, or waits, at once. False when it was sent or dropped meanwhile.
pub fn again(tx: &Tx, id: Id) -> Result<bool> {
    let now = base::clock::now();
    let mut sql = Sql::new("UPDATE mail SET state = 'waiting', attempts = 0, ended_at = NULL, run_at = ");
    // The two days begin anew.
    sql.bind(now).push(", created_at = ").bind(now);
    sql.push(" WHERE state IN ('waiting', 'failed') AND id = ").bind(id);
    Ok(tx.execute(&sql)? == 1)
}

/// Gives a message up. False when it was sent meanwhile.
pub fn drop_one(tx: &Tx, id: Id) -> Result<bool> {
    let mut sql = Sql::new("UPDATE mail SET state = 'dropped', body = ");
    sql.bind(Vec::new()).push(", ended_at = ").bind(base::clock::now());
    sql.push(" WHERE state IN ('waiting', 'failed') AND id = ").bind(id);
    Ok(tx.execute(&sql)? == 1)
}

pub fn by_id(tx: &Tx, id: Id) -> Result<Option<Mail>> {
    tx.first(&Sql::new(format!("SELECT {COLUMNS} FROM mail WHERE id = $1")).with(id))?.map(|row| mail(&row)).transpose()
}

/// Messages in some states, the latest first.
pub fn latest(tx: &Tx, states: &[&str], limit: i64) -> Result<Vec<Mail>> {
    let mut sql = Sql::new(format!("SELECT {COLUMNS} FROM mail WHERE state IN "));
    sql.bind_list(states.iter().copied()).push(" ORDER BY created_at DESC, id DESC LIMIT ").bind(limit);
    tx.query(&sql)?.iter().map(mail).collect()
}

/// Forgets what was sent or given up before a moment.
pub fn sweep(tx: &Tx, before: DateTime<Utc>) -> Result<()> {
    tx.execute(&Sql::new("DELETE FROM mail WHERE ended_at < $1").with(before)).map(|_| ())
}
