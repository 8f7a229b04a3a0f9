//! The change log: who changed what when, from what to what; and the feed of changes in the order of commit.

use std::collections::HashMap;

use base::{Error, Id, Result, Rid};
use chrono::{DateTime, Utc};
use serde_json::{Map, Value as Json};

use crate::Tx;
use crate::records::by_chunks;
use crate::sql::{Row, Sql};

/// One act of one person.
#[derive(Clone, Debug, PartialEq)]
pub struct Operation {
    pub op: i64,
    pub id: Id,
    pub at: DateTime<Utc>,
    pub by: Option<Rid>,
    /// Where it came from: `form`, `api`, `import`, `job`, `command`.
    pub channel: String,
    /// `create`, `change`, `delete`, `restore`, `import`, `undo`, `merge`.
    pub verb: String,
    pub entity: String,
    /// How many records it touched.
    pub records: i64,
    pub undoes: Option<i64>,
    pub undone_by: Option<i64>,
    /// Of a merge, the row of the record that stayed; of an undo, that it has not come to its end.
    pub note: Option<String>,
}

/// What an operation did to one record.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    pub seq: i64,
    pub op: i64,
    pub record: Rid,
    /// The version of the record after it.
    pub version: i64,
    pub verb: String,
    /// `{field: [old, new]}`
    pub fields: Map<String, Json>,
}

/// An operation about to be written.
pub struct NewOperation<'a> {
    pub by: Option<Rid>,
    pub channel: &'a str,
    pub verb: &'a str,
    pub entity: &'a str,
    pub records: usize,
    pub undoes: Option<i64>,
    pub at: DateTime<Utc>,
}

pub fn begin(tx: &Tx, new: &NewOperation) -> Result<(i64, Id)> {
    let op = tx.next_numbers("operation", 1)?.first().copied().unwrap_or(0);
    let id = Id::new();
    let mut sql =
        Sql::new("INSERT INTO operation (op, id, at, by_user, channel, verb, entity, records, undoes) VALUES (");
    sql.bind(op)
        .push(", ")
        .bind(id)
        .push(", ")
        .bind(new.at)
        .push(", ")
        .bind(new.by)
        .push(", ")
        .bind(new.channel)
        .push(", ");
    sql.bind(new.verb).push(", ").bind(new.entity).push(", ");
    sql.bind(i64::try_from(new.records).unwrap_or(i64::MAX)).push(", ").bind(new.undoes).push(")");
    tx.execute(&sql)?;
    if let Some(undone) = new.undoes {
        let sql =
            Sql::new("UPDATE operation SET undone_by = $1 WHERE op = $2 AND undone_by IS NULL").with(op).with(undone);
        if tx.execute(&sql)? == 0 {
            return Err(Error::refused("operation", "undone", "This was undone already"));
        }
        // To undo an undo brings back what that one took back: it can be undone anew.
        let sql = Sql::new("UPDATE operation SET undone_by = NULL WHERE undone_by = $1").with(undone);
        tx.execute(&sql)?;
    }
    Ok((op, id))
}

/// An operation that goes on (an import) touched more records.
pub fn more_records(tx: &Tx, op: i64, records: usize) -> Result<()> {
    let records = i64::try_from(records).unwrap_or(i64::MAX);
    tx.execute(&Sql::new("UPDATE operation SET records = records + $1 WHERE op = $2").with(records).with(op))
        .map(|_| ())
}

/// Notes beside an operation what its entries do not say.
pub fn note(tx: &Tx, op: i64, note: Option<&str>) -> Result<()> {
    tx.execute(&Sql::new("UPDATE operation SET note = $1 WHERE op = $2").with(note).with(op)).map(|_| ())
}

pub struct NewEntry {
    pub record: Rid,
    pub version: i64,
    pub verb: &'static str,
    pub fields: Map<String, Json>,
}

pub fn write(tx: &Tx, op: i64, entries: &[NewEntry]) -> Result<()> {
    let numbers = tx.next_numbers("change", entries.len())?;
    let rows = entries.iter().zip(numbers).map(|(entry, seq)| {
        let fields = (!entry.fields.is_empty()).then(|| serde_json::to_string(&entry.fields)).transpose();
        let fields = fields.map_err(|cause| Error::caused("a log entry that cannot be written", cause))?;
        Ok(vec![seq.into(), op.into(), entry.record.into(), entry.version.into(), entry.verb.into(), fields.into()])
    });
    let end = format!(", {}", tx.dialect().transaction_number());
    let head = "INSERT INTO change (seq, op, record, version, verb, fields, tx) VALUES ";
    crate::many::insert(tx, head, rows.collect::<Result<_>>()?, &end, "")
}

const ENTRY: &str = "SELECT seq, op, record, version, verb, fields FROM change WHERE ";

fn entry(row: &Row) -> Result<Entry> {
    let fields = match row.opt_text(5) {
        Some(text) => {
            serde_json::from_str(text).map_err(|cause| Error::caused("a log entry that cannot be read", cause))?
        }
        None => Map::new(),
    };
    Ok(Entry {
        seq: row.int(0),
        op: row.int(1),
        record: row.rid(2),
        version: row.int(3),
        verb: row.text(4).to_owned(),
        fields,
    })
}

/// The verb of what the program alone did: kept a sum, or what else follows from other records.
pub const KEEP: &str = "keep";

/// What somebody did to a record, the latest first.
pub fn of_record(tx: &Tx, record: Rid, before: Option<i64>, limit: usize) -> Result<Vec<Entry>> {
    let mut sql = Sql::new(ENTRY);
    sql.push("record = ").bind(record).push(" AND verb <> ").bind(KEEP);
    sql.push(" AND seq < ").bind(before.unwrap_or(i64::MAX));
    sql.push(" ORDER BY seq DESC LIMIT ").bind(i64::try_from(limit).unwrap_or(i64::MAX));
    tx.query(&sql)?.iter().map(entry).collect()
}

/// What was done to a record after a version of it, the earliest first.
pub fn since(tx: &Tx, record: Rid, version: i64) -> Result<Vec<Entry>> {
    let mut sql = Sql::new(ENTRY);
    sql.push("record = ").bind(record).push(" AND version > ").bind(version).push(" ORDER BY seq");
    tx.query(&sql)?.iter().map(entry).collect()
}

/// What an operation did, in its order, after a place.
pub fn of_operation(tx: &Tx, op: i64, after: i64, limit: usize) -> Result<Vec<Entry>> {
    let mut sql = Sql::new(ENTRY);
    sql.push("op = ").bind(op).push(" AND seq > ").bind(after).push(" ORDER BY seq LIMIT ");
    sql.bind(i64::try_from(limit).unwrap_or(i64::MAX));
    tx.query(&sql)?.iter().map(entry).collect()
}

/// What an operation did, the latest first, before a place.
pub fn of_operation_back(tx: &Tx, op: i64, before: i64, limit: usize) -> Result<Vec<Entry>> {
    let mut sql = Sql::new(ENTRY);
    sql.push("op = ").bind(op).push(" AND seq < ").bind(before).push(" ORDER BY seq DESC LIMIT ");
    sql.bind(i64::try_from(limit).unwrap_or(i64::MAX));
    tx.query(&sql)?.iter().map(entry).collect()
}

/// Of these records, the ones that an operation made.
pub fn made_by(tx: &Tx, op: i64, records: &[Rid]) -> Result<std::collections::HashSet<Rid>> {
    let made = by_chunks(records, |chunk| {
        let mut sql = Sql::new("SELECT record FROM change WHERE verb = 'create' AND op = ");
        sql.bind(op).push(" AND record IN ").bind_list(crate::many::padded(chunk));
        Ok(tx.query(&sql)?.iter().map(|row| row.rid(0)).collect())
    })?;
    Ok(made.into_iter().collect())
}

/// Of these records, the ones that an operation did something to.
pub fn touched(tx: &Tx, op: i64, records: &[Rid]) -> Result<std::collections::HashSet<Rid>> {
    let touched = by_chunks(records, |chunk| {
        let mut sql = Sql::new("SELECT DISTINCT record FROM change WHERE op = ");
        sql.bind(op).push(" AND record IN ").bind_list(crate::many::padded(chunk));
        Ok(tx.query(&sql)?.iter().map(|row| row.rid(0)).collect())
    })?;
    Ok(touched.into_iter().collect())
}

/// The records that an operation moved to the trash.
pub fn deleted_by(tx: &Tx, op: i64) -> Result<Vec<Rid>> {
    let sql = Sql::new("SELECT record FROM change WHERE verb = 'delete' AND op = $1 ORDER BY seq").with(op);
    Ok(tx.query(&sql)?.iter().map(|row| row.rid(0)).collect())
}

/// Records that an operation touched, and the one that undid it did not; in the order of their numbers.
pub fn left_by(tx: &Tx, op: i64, undo: i64) -> Result<Vec<Rid>> {
    let mut sql = Sql::new("SELECT DISTINCT record FROM change WHERE op = ");
    sql.bind(op).push(" AND record NOT IN (SELECT record FROM change WHERE op = ").bind(undo).push(") ORDER BY record");
    Ok(tx.query(&sql)?.iter().map(|row| row.rid(0)).collect())
}

/// What was done to records after an operation's entry: what an undo must leave alone.
pub fn later_fields(tx: &Tx, records: &[Rid], after_op: i64) -> Result<HashMap<Rid, Vec<Entry>>> {
    let entries = by_chunks(records, |chunk| {
        let mut sql = Sql::new(ENTRY);
        sql.push("op > ").bind(after_op).push(" AND record IN ").bind_list(chunk.iter().copied()).push(" ORDER BY seq");
        tx.query(&sql)?.iter().map(entry).collect()
    })?;
    let mut by_record: HashMap<Rid, Vec<Entry>> = HashMap::new();
    entries.into_iter().for_each(|entry| by_record.entry(entry.record).or_default().push(entry));
    Ok(by_record)
}

const OPERATION: &str =
    "SELECT op, id, at, by_user, channel, verb, entity, records, undoes, undone_by, note FROM operation WHERE ";

fn operation(row: &Row) -> Result<Operation> {
    Ok(Operation {
        op: row.int(0),
        id: row.id(1)?,
        at: row.instant(2),
        by: row.opt_int(3).map(Rid),
        channel: row.text(4).to_owned(),
        verb: row.text(5).to_owned(),
        entity: row.text(6).to_owned(),
        records: row.int(7),
        undoes: row.opt_int(8),
        undone_by: row.opt_int(9),
        note: row.opt_text(10).map(str::to_owned),
    })
}

pub fn operations(tx: &Tx, ops: &[i64]) -> Result<HashMap<i64, Operation>> {
    let found = by_chunks(ops, |chunk| {
        let mut sql = Sql::new(OPERATION);
        sql.push("op IN ").bind_list(chunk.iter().copied());
        tx.query(&sql)?.iter().map(operation).collect()
    })?;
    Ok(found.into_iter().map(|operation| (operation.op, operation)).collect())
}

pub fn operation_by_id(tx: &Tx, id: Id) -> Result<Option<Operation>> {
    let mut sql = Sql::new(OPERATION);
    sql.push("id = ").bind(id);
    tx.first(&sql)?.map(|row| operation(&row)).transpose()
}

/// A place in the feed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Token {
    pub tx: i64,
    pub seq: i64,
}

/// Changes after a place in the order of commit. A change whose transaction began before one that is still under way is
/// held back until that one has ended, so that nothing is ever passed over.
pub fn feed(tx: &Tx, after: Token, limit: usize) -> Result<Vec<(Token, Entry)>> {
    let mut sql = Sql::new("SELECT seq, op, record, version, verb, fields, tx FROM change WHERE (tx, seq) > (");
    sql.bind(after.tx).push(", ").bind(after.seq).push(") AND ").push(tx.dialect().settled());
    sql.push(" ORDER BY tx, seq LIMIT ").bind(i64::try_from(limit).unwrap_or(i64::MAX));
    tx.query(&sql)?.iter().map(|row| Ok((Token { tx: row.int(6), seq: row.int(0) }, entry(row)?))).collect()
}

/// The number of the last change that was written.
pub fn latest(tx: &Tx) -> Result<i64> {
    Ok(tx.first(&Sql::new("SELECT coalesce(max(seq), 0) FROM change"))?.map_or(0, |row| row.int(0)))
}
