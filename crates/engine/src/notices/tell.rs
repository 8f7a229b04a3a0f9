//! Writing the lines.

use std::collections::{BTreeSet, HashMap};

use base::{Id, Result, Rid};
use meta::Model;
use store::jobs::Job;
use store::{Sql, Tx};

use super::What;
use crate::users::USER;
use crate::{bulk, import};

/// Letters of a comment that are told.
const EXCERPT: usize = 140;

pub(super) struct Line<'a> {
    pub user: Rid,
    pub what: What,
    pub entity: &'a str,
    pub record: Rid,
    pub records: i64,
    pub comment: Option<Id>,
    pub note: Option<&'a str>,
}

/// Lines about an operation, to whoever is active and has not done it. One that is there already, of an operation that goes on, is about
/// more.
pub(super) fn put(tx: &Tx, op: i64, lines: &[Line]) -> Result<()> {
    if lines.is_empty() {
        return Ok(());
    }
    let users: BTreeSet<Rid> = lines.iter().map(|line| line.user).collect();
    let table = USER.key;
    let mut sql = Sql::new("SELECT u.rid, o.by_user FROM operation o JOIN ");
    sql.name(table).push(" u ON u.rid IN ").bind_list(users).push(" WHERE o.op = ").bind(op);
    sql.push(" AND u.active = 1 AND u.deleted_at IS NULL AND (o.by_user IS NULL OR o.by_user <> u.rid)");
    let told: HashMap<Rid, Option<i64>> = tx.query(&sql)?.iter().map(|row| (row.rid(0), row.opt_int(1))).collect();
    let now = base::clock::now();
    let mut sql = Sql::new(
        "INSERT INTO notification (id, user_rid, kind, op, entity, record, records, comment, by_user, note, at, touched_at) VALUES ",
    );
    let mut first = true;
    for line in lines {
        let Some(by) = told.get(&line.user) else { continue };
        sql.push(if first { "(" } else { ", (" });
        first = false;
        sql.bind(Id::new()).push(", ").bind(line.user).push(", ").bind(line.what.key()).push(", ").bind(op);
        sql.push(", ").bind(line.entity).push(", ").bind(line.record).push(", ").bind(line.records);
        sql.push(", ").bind(line.comment).push(", ").bind(*by).push(", ").bind(line.note);
        sql.push(", ").bind(now).push(", ").bind(now).push(")");
    }
    if first {
        return Ok(());
    }
    sql.push(" ON CONFLICT (user_rid, op, kind) DO UPDATE SET records = notification.records + excluded.records, ");
    sql.push("touched_at = excluded.touched_at, read_at = NULL");
    tx.execute(&sql).map(|_| ())
}

/// Somebody commented: those who are named are told, those in charge, and whoever commented before. `also` where nobody else is.
pub(crate) fn told_of_comment(
    tx: &Tx,
    op: i64,
    model: &Model,
    record: Rid,
    (comment, text): (Id, &str),
    named: &[Rid],
    also: bool,
) -> Result<()> {
    let mut concerned: BTreeSet<Rid> = BTreeSet::new();
    if also {
        let mut sql = Sql::new("SELECT principal FROM tie WHERE why = 'charge' AND record = ");
        sql.bind(record)
            .push(" UNION SELECT by_user FROM comment WHERE by_user IS NOT NULL AND deleted_at IS NULL AND record = ");
        sql.bind(record);
        concerned.extend(tx.query(&sql)?.iter().map(|row| row.rid(0)));
        concerned.retain(|user| !named.contains(user));
    }
    let note: String = text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(EXCERPT).collect();
    let line = |user: Rid, what: What| Line {
        user,
        what,
        entity: model.entity.key,
        record,
        records: 1,
        comment: Some(comment),
        note: Some(&note),
    };
    let named = named.iter().map(|user| line(*user, What::Mentioned));
    let lines: Vec<Line> = named.chain(concerned.iter().map(|user| line(*user, What::Commented))).collect();
    put(tx, op, &lines)
}

/// Somebody's import or change of many has ended, well or not.
pub(crate) fn told_of_job(tx: &Tx, job: &Job, well: bool) -> Result<()> {
    let Some(by) = job.by.filter(|_| matches!(job.kind.as_str(), import::KIND | bulk::KIND)) else { return Ok(()) };
    // Not where another worker has it.
    let sql = Sql::new("SELECT 1 FROM job WHERE job = $1 AND state = $2").with(job.job);
    if tx.first(&sql.with(if well { "done" } else { "failed" }))?.is_none() {
        return Ok(());
    }
    let what = if well { What::Done } else { What::Failed };
    let payload: serde_json::Value = serde_json::from_str(&job.payload).unwrap_or_default();
    // What the file was called.
    let note = payload["name"].as_str();
    let now = base::clock::now();
    let mut sql =
        Sql::new("INSERT INTO notification (id, user_rid, kind, job, entity, records, note, at, touched_at) VALUES (");
    sql.bind(Id::new()).push(", ").bind(by).push(", ").bind(what.key()).push(", ").bind(job.id).push(", ");
    sql.bind(job.kind.as_str()).push(", 0, ").bind(note).push(", ").bind(now).push(", ").bind(now).push(")");
    tx.execute(&sql).map(|_| ())
}
