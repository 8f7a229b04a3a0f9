//! All records of an entity in the order of their rows, and whether what is derived from each stands as it should.

use std::collections::{HashMap, HashSet};

use base::{Result, Rid};
use meta::{Model, Record};

use crate::records::{by_chunks, derived, head, record};
use crate::sql::{Arg, Cell, Sql};
use crate::{Tx, many};

/// Records after a row, deleted ones too, whole.
pub fn after(tx: &Tx, model: &Model, after: Rid, limit: usize) -> Result<Vec<Record>> {
    let positions: Vec<usize> = (0..model.fields.len()).collect();
    let mut sql = Sql::new("SELECT ");
    head(&mut sql, &model.fields.iter().collect::<Vec<_>>());
    sql.push(" FROM ")
        .name(model.entity.key)
        .push(" t CROSS JOIN record r WHERE r.rid = t.rid AND t.rid > ")
        .bind(after);
    sql.push(" ORDER BY t.rid LIMIT ").bind(i64::try_from(limit).unwrap_or(i64::MAX));
    tx.query(&sql)?.into_iter().map(|row| record(row, model, &positions)).collect()
}

/// What can be derived again from a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Part {
    /// The columns that text is sorted and compared by.
    Keys,
    /// Where phones, e-mails and codes are looked up.
    Lookup,
    /// Who sees it.
    Ties,
    /// Its title and state in the directory.
    Directory,
}

/// The ties that follow from a record's values.
const DERIVED: &str = " AND (why IN ('charge', 'open') OR why LIKE 'involved%')";

/// What the directory should say of a record.
pub struct Expected {
    pub title: String,
    pub anchor: Rid,
}

type Pairs = HashMap<Rid, HashSet<(String, String)>>;

/// What does not stand as it should, by record.
pub fn wrong(tx: &Tx, model: &Model, records: &[Record], expected: &[Expected]) -> Result<Vec<(Rid, Part)>> {
    let rids: Vec<Rid> = records.iter().map(|record| record.rid).collect();
    let (keys, directory) = (stored_keys(tx, model, &rids)?, directory(tx, &rids)?);
    let lookup = pairs(tx, "SELECT record, kind, key FROM lookup WHERE record IN ", "", &rids)?;
    let ties = pairs(tx, "SELECT record, CAST(principal AS TEXT), why FROM tie WHERE record IN ", DERIVED, &rids)?;
    let mut wrong = Vec::new();
    for (record, expected) in records.iter().zip(expected) {
        let rid = record.rid;
        let mut check = |part, right: bool| wrong.extend((!right).then_some((rid, part)));
        check(Part::Keys, keys.get(&rid).is_none_or(|stored| *stored == keys_of(model, record)));
        let (should_lookup, should_ties) = derived(model, &record.values);
        let should_lookup: HashSet<_> = should_lookup.into_iter().collect();
        let should_ties: HashSet<_> =
            should_ties.into_iter().map(|(who, why)| (who.0.to_string(), why.into_owned())).collect();
        check(Part::Lookup, lookup.get(&rid).map_or(should_lookup.is_empty(), |stored| *stored == should_lookup));
        check(Part::Ties, ties.get(&rid).map_or(should_ties.is_empty(), |stored| *stored == should_ties));
        let should = directory_row(record, expected);
        check(Part::Directory, directory.get(&rid).is_some_and(|stored| *stored == should));
    }
    Ok(wrong)
}

/// Derives a part of a record again.
pub fn mend(tx: &Tx, model: &Model, record: &Record, expected: &Expected, part: Part) -> Result<()> {
    let rid = record.rid;
    match part {
        Part::Keys => {
            let mut sql = Sql::new("UPDATE ");
            sql.name(model.entity.key).push(" SET rid = rid");
            for (name, arg) in key_columns(model).into_iter().zip(keys_of(model, record)) {
                sql.push(", ").name(&name).push(" = ").bind(Arg::from(arg));
            }
            sql.push(" WHERE rid = ").bind(rid);
            tx.execute(&sql).map(|_| ())
        }
        Part::Lookup => {
            tx.execute(&Sql::new("DELETE FROM lookup WHERE record = $1").with(rid))?;
            let rows = derived(model, &record.values)
                .0
                .into_iter()
                .map(|(kind, key)| vec![kind.into(), key.into(), rid.into()]);
            many::insert(
                tx,
                "INSERT INTO lookup (kind, key, record) VALUES ",
                rows.collect(),
                "",
                " ON CONFLICT DO NOTHING",
            )
        }
        Part::Ties => {
            tx.execute(&Sql::new(format!("DELETE FROM tie WHERE record = $1{DERIVED}")).with(rid))?;
            let rows = derived(model, &record.values)
                .1
                .into_iter()
                .map(|(who, why)| vec![who.into(), rid.into(), why.as_ref().into()]);
            many::insert(
                tx,
                "INSERT INTO tie (principal, record, why) VALUES ",
                rows.collect(),
                "",
                " ON CONFLICT DO NOTHING",
            )
        }
        Part::Directory => {
            let sql =
                Sql::new("UPDATE record SET title = $1, title_key = $2, anchor = $3, deleted_at = $4 WHERE rid = $5");
            let sql = sql.with(&expected.title).with(base::text_key(&expected.title)).with(expected.anchor);
            tx.execute(&sql.with(record.deleted_at).with(rid)).map(|_| ())
        }
    }
}

fn key_columns(model: &Model) -> Vec<String> {
    model.fields.iter().filter(|def| def.kind.has_key()).map(crate::columns::sort_column).collect()
}

fn keys_of(model: &Model, record: &Record) -> Vec<Cell> {
    let with_key = model.fields.iter().zip(&record.values).filter(|(def, _)| def.kind.has_key());
    let key = |arg: Option<Arg>| match arg {
        Some(Arg::Text(text)) => Cell::Text(text),
        _ => Cell::Null,
    };
    with_key.map(|(def, value)| key(crate::columns::write(value, def).pop())).collect()
}

fn stored_keys(tx: &Tx, model: &Model, rids: &[Rid]) -> Result<HashMap<Rid, Vec<Cell>>> {
    let rows = by_chunks(rids, |chunk| {
        let mut sql = Sql::new("SELECT rid");
        key_columns(model).iter().for_each(|name| {
            sql.push(", ").name(name);
        });
        sql.push(" FROM ").name(model.entity.key).push(" WHERE rid IN ").bind_list(many::padded(chunk));
        tx.query(&sql)
    })?;
    Ok(rows.into_iter().map(|mut row| (row.rid(0), row.0.split_off(1))).collect())
}

type DirectoryRow = (String, String, Rid, Option<i64>);

fn directory_row(record: &Record, expected: &Expected) -> DirectoryRow {
    let deleted = record.deleted_at.map(|at| at.timestamp_micros());
    (expected.title.clone(), base::text_key(&expected.title), expected.anchor, deleted)
}

fn directory(tx: &Tx, rids: &[Rid]) -> Result<HashMap<Rid, DirectoryRow>> {
    let rows = by_chunks(rids, |chunk| {
        let mut sql = Sql::new("SELECT rid, title, title_key, anchor, deleted_at FROM record WHERE rid IN ");
        sql.bind_list(many::padded(chunk));
        tx.query(&sql)
    })?;
    let entry =
        |row: &crate::Row| (row.rid(0), (row.text(1).to_owned(), row.text(2).to_owned(), row.rid(3), row.opt_int(4)));
    Ok(rows.iter().map(entry).collect())
}

fn pairs(tx: &Tx, head: &str, tail: &str, rids: &[Rid]) -> Result<Pairs> {
    let rows = by_chunks(rids, |chunk| {
        let mut sql = Sql::new(head);
        sql.bind_list(many::padded(chunk)).push(tail);
        tx.query(&sql)
    })?;
    let mut pairs = Pairs::new();
    for row in rows {
        pairs.entry(row.rid(0)).or_default().insert((row.text(1).to_owned(), row.text(2).to_owned()));
    }
    Ok(pairs)
}

/// How many directory entries of an entity have no row.
pub fn without_row(tx: &Tx, model: &Model) -> Result<i64> {
    let table = model.entity.key;
    let sql = Sql::new(format!(
        "SELECT count(*) FROM record r WHERE r.entity = $1 AND r.anchor <> 0 AND NOT EXISTS (SELECT 1 FROM \"{table}\" t WHERE t.rid = r.rid)"
    ));
    Ok(tx.first(&sql.with(table))?.map_or(0, |row| row.int(0)))
}

/// The sequences that would give a number again: name, and the number they should give next.
pub fn late_sequences(tx: &Tx) -> Result<Vec<(String, i64)>> {
    let mut late = Vec::new();
    let known = crate::dialect::sequences(tx)?;
    for (name, table, column) in [
        ("record", "record", "rid"),
        ("operation", "operation", "op"),
        ("change", "change", "seq"),
        ("job", "job", "job"),
    ] {
        let last = tx.first(&Sql::new(format!("SELECT max({column}) FROM \"{table}\"")))?.map_or(0, |row| row.int(0));
        let next = known.iter().find(|(known, _)| known == name).map_or(0, |(_, next)| *next);
        if next <= last {
            late.push((name.to_owned(), last + 1));
        }
    }
    Ok(late)
}

pub fn set_sequence(tx: &Tx, name: &str, next: i64) -> Result<()> {
    crate::dialect::set_sequence(tx, name, next)
}
