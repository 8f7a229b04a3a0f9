//! Records in and out: the row, its place in the directory, and what is derived from it.

use std::borrow::Cow;
use std::collections::HashMap;

use base::{Id, Result, Rid};
use chrono::{DateTime, Utc};
use meta::normal::lookup_keys;
use meta::{FieldDef, Kind, Model, Record, Value};

use crate::Tx;
use crate::columns::{columns, read, read_columns, write};
use crate::many;
use crate::sql::{Arg, Row, Sql};

/// What the directory knows of a record.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    pub rid: Rid,
    pub id: Id,
    pub entity: String,
    pub title: String,
    pub anchor: Rid,
    pub deleted_at: Option<DateTime<Utc>>,
    pub merged_into: Option<Rid>,
}

const ENTRY: &str = "SELECT rid, id, entity, title, anchor, deleted_at, merged_into FROM record WHERE ";

fn entry(row: &Row) -> Result<Entry> {
    Ok(Entry {
        rid: row.rid(0),
        id: row.id(1)?,
        entity: row.text(2).to_owned(),
        title: row.text(3).to_owned(),
        anchor: row.rid(4),
        deleted_at: row.opt_instant(5),
        merged_into: row.opt_int(6).map(Rid),
    })
}

/// Directory entries by row; what is not there is left out.
pub fn entries(tx: &Tx, rids: &[Rid]) -> Result<Vec<Entry>> {
    by_chunks(rids, |chunk| {
        let mut sql = Sql::new(ENTRY);
        sql.push("rid IN ").bind_list(many::padded(chunk));
        tx.query(&sql)?.iter().map(entry).collect()
    })
}

/// Directory entries by id; what is not there is left out.
pub fn entries_by_id(tx: &Tx, ids: &[Id]) -> Result<Vec<Entry>> {
    by_chunks(ids, |chunk| {
        let mut sql = Sql::new(ENTRY);
        sql.push("id IN ").bind_list(chunk.iter().copied());
        tx.query(&sql)?.iter().map(entry).collect()
    })
}

/// Long lists in pieces of a size that a statement takes.
pub fn by_chunks<T, R>(all: &[T], mut find: impl FnMut(&[T]) -> Result<Vec<R>>) -> Result<Vec<R>> {
    let mut found = Vec::with_capacity(all.len());
    for chunk in all.chunks(500) {
        found.extend(find(chunk)?);
    }
    Ok(found)
}

/// The first columns of every query of records; [`record`] reads them.
pub(crate) fn head(sql: &mut Sql, fields: &[&FieldDef]) {
    sql.push("t.rid, r.id, t.version, t.created_at, t.updated_at, t.deleted_at, r.title");
    for column in fields.iter().flat_map(|def| read_columns(def)) {
        sql.push(", t.").name(&column);
    }
}

pub(crate) fn record(mut row: Row, model: &Model, positions: &[usize]) -> Result<Record> {
    let mut record = Record {
        rid: row.rid(0),
        id: row.id(1)?,
        version: row.int(2),
        created_at: row.instant(3),
        updated_at: row.instant(4),
        deleted_at: row.opt_instant(5),
        title: row.text(6).to_owned(),
        values: vec![Value::Null; model.fields.len()],
    };
    let mut at = 7;
    for position in positions {
        record.values[*position] = read(&mut row, &mut at, &model.fields[*position])?;
    }
    Ok(record)
}

/// Whole records by row, deleted ones too, in no order. `lock` keeps others from changing them until the transaction ends.
pub fn load(tx: &Tx, model: &Model, rids: &[Rid], lock: bool) -> Result<Vec<Record>> {
    let positions: Vec<usize> = (0..model.fields.len()).collect();
    load_columns(tx, model, rids, &positions, lock)
}

/// Records by row with some of their fields.
pub fn load_columns(tx: &Tx, model: &Model, rids: &[Rid], positions: &[usize], lock: bool) -> Result<Vec<Record>> {
    let fields: Vec<&FieldDef> = positions.iter().map(|at| &model.fields[*at]).collect();
    by_chunks(rids, |chunk| {
        let mut sql = Sql::new("SELECT ");
        head(&mut sql, &fields);
        sql.push(" FROM ").name(model.entity.key).push(" t CROSS JOIN record r WHERE r.rid = t.rid AND t.rid IN ");
        sql.bind_list(many::padded(chunk));
        if lock {
            sql.push(tx.dialect().lock_rows());
        }
        tx.query(&sql)?.into_iter().map(|row| record(row, model, positions)).collect()
    })
}

/// A record about to be written for the first time.
pub struct NewRow<'a> {
    pub rid: Rid,
    pub id: Id,
    pub at: DateTime<Utc>,
    pub title: &'a str,
    pub anchor: Rid,
    pub values: &'a [Value],
}

pub fn insert(tx: &Tx, model: &Model, new: &NewRow) -> Result<()> {
    insert_all(tx, model, std::slice::from_ref(new))
}

/// Several new records of one entity, in few statements.
pub fn insert_all(tx: &Tx, model: &Model, rows: &[NewRow]) -> Result<()> {
    let directory = rows.iter().map(|new| {
        let title_key = base::text_key(new.title);
        vec![
            new.rid.into(),
            new.id.into(),
            model.entity.key.into(),
            new.title.into(),
            title_key.into(),
            new.anchor.into(),
        ]
    });
    let head = "INSERT INTO record (rid, id, entity, title, title_key, anchor) VALUES ";
    many::insert(tx, head, directory.collect(), "", "")?;
    let mut head = Sql::new("INSERT INTO ");
    head.name(model.entity.key).push(" (rid, version, created_at, updated_at");
    for (name, _) in model.fields.iter().flat_map(columns) {
        head.push(", ").name(&name);
    }
    head.push(") VALUES ");
    let values = rows.iter().map(|new| {
        let mut args: Vec<Arg> = vec![new.rid.into(), 1i64.into(), new.at.into(), new.at.into()];
        model.fields.iter().zip(new.values).for_each(|(def, value)| args.extend(write(value, def)));
        args
    });
    many::insert(tx, &head.text, values.collect(), "", "")?;
    let nothing = vec![Value::Null; model.fields.len()];
    let mut derived = Derived::default();
    rows.iter().for_each(|new| derived.add(model, new.rid, &nothing, new.values));
    derived.write(tx)
}

/// What of a record is to be written again.
pub struct Update<'a> {
    pub rid: Rid,
    pub version: i64,
    pub at: DateTime<Utc>,
    pub title: &'a str,
    pub anchor: Rid,
    pub before: &'a [Value],
    pub after: &'a [Value],
}

pub fn update(tx: &Tx, model: &Model, update: &Update) -> Result<()> {
    let mut sql = Sql::new("UPDATE ");
    sql.name(model.entity.key).push(" SET version = ").bind(update.version).push(", updated_at = ").bind(update.at);
    for (at, def) in model.fields.iter().enumerate().filter(|(at, _)| update.before[*at] != update.after[*at]) {
        for ((name, _), arg) in columns(def).into_iter().zip(write(&update.after[at], def)) {
            sql.push(", ").name(&name).push(" = ").bind(arg);
        }
    }
    sql.push(" WHERE rid = ").bind(update.rid);
    tx.execute(&sql)?;
    let anchored = |values: &[Value]| model.belongs.map(|at| values[at].clone());
    if update.before[model.title] != update.after[model.title] || anchored(update.before) != anchored(update.after) {
        tx.execute(
            &Sql::new("UPDATE record SET title = $1, title_key = $2, anchor = $3 WHERE rid = $4")
                .with(update.title)
                .with(base::text_key(update.title))
                .with(update.anchor)
                .with(update.rid),
        )?;
    }
    let mut derived = Derived::default();
    derived.add(model, update.rid, update.before, update.after);
    derived.write(tx)
}

/// Moves records to the trash, or back.
pub fn set_deleted(tx: &Tx, model: &Model, rids: &[Rid], deleted: Option<(DateTime<Utc>, Option<Rid>)>) -> Result<()> {
    let at = deleted.map(|(at, _)| at);
    for chunk in rids.chunks(500) {
        let mut sql = Sql::new("UPDATE ");
        sql.name(model.entity.key).push(" SET deleted_at = ").bind(at).push(", version = version + 1 WHERE rid IN ");
        sql.bind_list(chunk.iter().copied());
        tx.execute(&sql)?;
        let mut sql = Sql::new("UPDATE record SET deleted_at = ");
        sql.bind(at).push(", deleted_by = ").bind(deleted.and_then(|(_, by)| by));
        // What comes back is itself again, whatever it had been merged into.
        sql.push(if at.is_none() { ", merged_into = NULL WHERE rid IN " } else { " WHERE rid IN " });
        sql.bind_list(chunk.iter().copied());
        tx.execute(&sql)?;
    }
    Ok(())
}

/// Notes of records in the trash that they live on in another.
pub fn set_merged(tx: &Tx, rids: &[Rid], into: Rid) -> Result<()> {
    for chunk in rids.chunks(500) {
        let mut sql = Sql::new("UPDATE record SET merged_into = ");
        sql.bind(into).push(" WHERE rid IN ").bind_list(chunk.iter().copied());
        tx.execute(&sql)?;
    }
    Ok(())
}

/// Where a record is now: itself, or what it was merged into, and that again.
pub fn standing(tx: &Tx, entry: Entry) -> Result<Entry> {
    let mut entry = entry;
    // Merges go round in no circle, as what was merged is in the trash.
    while let Some(into) = entry.merged_into {
        match entries(tx, &[into])?.into_iter().next() {
            Some(next) => entry = next,
            None => break,
        }
    }
    Ok(entry)
}

/// The rows whose link leads to one of these, or that involve one, deleted ones too.
pub fn pointing(tx: &Tx, model: &Model, at: usize, to: &[Rid], limit: usize) -> Result<Vec<Rid>> {
    if matches!(model.fields[at].kind, Kind::Involved(_)) {
        let mut sql = Sql::new(
            "SELECT DISTINCT record FROM tie CROSS JOIN record r WHERE why LIKE 'involved%' AND principal IN ",
        );
        sql.bind_list(to.iter().copied()).push(" AND r.rid = tie.record AND r.entity = ").bind(model.entity.key);
        sql.push(" ORDER BY record LIMIT ").bind(i64::try_from(limit).unwrap_or(i64::MAX));
        return Ok(tx.query(&sql)?.iter().map(|row| row.rid(0)).collect());
    }
    let mut found = Vec::new();
    // Apart, as the index of a link leaves out the trash.
    for deleted in ["deleted_at IS NULL", "deleted_at IS NOT NULL"] {
        let mut sql = Sql::new("SELECT rid FROM ");
        sql.name(model.entity.key).push(" WHERE ").push(deleted).push(" AND ").name(model.fields[at].key);
        sql.push(" IN ").bind_list(to.iter().copied()).push(" ORDER BY rid LIMIT ");
        sql.bind(i64::try_from(limit).unwrap_or(i64::MAX));
        found.extend(tx.query(&sql)?.iter().map(|row| row.rid(0)));
    }
    Ok(found)
}

/// Lookup keys and ties of some records: what goes and what comes.
#[derive(Default)]
struct Derived {
    keys_gone: Vec<(String, String, Rid)>,
    keys: Vec<Vec<Arg>>,
    ties_gone: Vec<(Rid, Rid, Cow<'static, str>)>,
    ties: Vec<Vec<Arg>>,
}

impl Derived {
    /// Brings a record from what its values were to what they are.
    fn add(&mut self, model: &Model, rid: Rid, before: &[Value], after: &[Value]) {
        let mut keys = Difference::default();
        let mut ties = Difference::default();
        for (at, def) in model.fields.iter().enumerate().filter(|(at, _)| before[*at] != after[*at]) {
            match def.kind {
                Kind::People | Kind::Involved(_) => ties.of(principals(&before[at]), principals(&after[at])),
                _ if model.open_to_all == Some(at) => ties.of(everybody(&before[at]), everybody(&after[at])),
                _ => {}
            }
            if let Some(kind) = lookup_kind(model, def) {
                let pair = |value| lookup_keys(value, &def.kind).into_iter().map(|key| (kind.clone(), key)).collect();
                keys.of(pair(&before[at]), pair(&after[at]));
            }
        }
        self.keys_gone.extend(keys.gone().map(|(kind, key)| (kind.clone(), key.clone(), rid)));
        self.keys.extend(keys.come().map(|(kind, key)| vec![kind.into(), key.into(), rid.into()]));
        self.ties_gone.extend(ties.gone().map(|(principal, why)| (*principal, rid, why.clone())));
        self.ties
            .extend(ties.come().map(|(principal, why)| vec![(*principal).into(), rid.into(), why.as_ref().into()]));
    }

    fn write(self, tx: &Tx) -> Result<()> {
        for (kind, key, rid) in self.keys_gone {
            let sql = Sql::new("DELETE FROM lookup WHERE kind = $1 AND key = $2 AND record = $3");
            tx.execute(&sql.with(kind).with(key).with(rid))?;
        }
        for (principal, rid, why) in self.ties_gone {
            let sql = Sql::new("DELETE FROM tie WHERE principal = $1 AND record = $2 AND why = $3");
            tx.execute(&sql.with(principal).with(rid).with(why.as_ref()))?;
        }
        let once = " ON CONFLICT DO NOTHING";
        many::insert(tx, "INSERT INTO lookup (kind, key, record) VALUES ", self.keys, "", once)?;
        many::insert(tx, "INSERT INTO tie (principal, record, why) VALUES ", self.ties, "", once)
    }
}

/// Why a record is tied to whom it is shared with: to be looked at, or to be changed as well.
pub const TO_LOOK: &str = "share:look";
pub const TO_CHANGE: &str = "share:change";

/// Kind and key of a lookup.
pub(crate) type LookupKey = (String, String);
/// A principal, and why it is tied.
pub(crate) type Why = (Rid, Cow<'static, str>);

/// The lookup keys and ties that a record's values make.
pub(crate) fn derived(model: &Model, values: &[Value]) -> (Vec<LookupKey>, Vec<Why>) {
    let mut keys = Vec::new();
    let mut ties = Vec::new();
    for (def, value) in model.fields.iter().zip(values) {
        if matches!(def.kind, Kind::People | Kind::Involved(_)) {
            ties.extend(principals(value));
        }
        if let Some(kind) = lookup_kind(model, def) {
            keys.extend(lookup_keys(value, &def.kind).into_iter().map(|key| (kind.clone(), key)));
        }
    }
    if let Some(at) = model.open_to_all {
        ties.extend(everybody(&values[at]));
    }
    (keys, ties)
}

/// Everybody, as a principal.
pub const EVERYBODY: Rid = Rid(0);

/// Those who are tied, each once: people in charge, and subjects by what they are involved as.
fn principals(value: &Value) -> Vec<Why> {
    match value {
        Value::Involved(involved) => involved.pairs().map(|(rid, role)| (rid, involved_as(role))).collect(),
        value => value.links().iter().map(|rid| (*rid, Cow::Borrowed("charge"))).collect(),
    }
}

/// Why a subject with a role is tied; all of them begin alike.
pub(crate) fn involved_as(role: Option<&str>) -> Cow<'static, str> {
    role.map_or(Cow::Borrowed("involved"), |role| Cow::Owned(format!("involved.{role}")))
}

fn everybody(value: &Value) -> Vec<Why> {
    if *value == Value::Tick(true) { vec![(EVERYBODY, Cow::Borrowed("open"))] } else { Vec::new() }
}

/// Under which kind of key a field's values are looked up: national codes, phones and e-mails across all entities, keys
/// of lists and texts that identify a record per field.
pub fn lookup_kind(model: &Model, def: &FieldDef) -> Option<String> {
    match def.kind {
        Kind::Picks(_) => Some(format!("{}.{}", model.entity.key, def.key)),
        Kind::Text { .. } if model.entity.keys.iter().any(|key| key.def().key == def.key) => {
            Some(format!("{}.{}", model.entity.key, def.key))
        }
        kind => kind.lookup().map(str::to_owned),
    }
}

/// What several fields of one record add and take away together: two may hold the same key.
struct Difference<T> {
    before: Vec<T>,
    after: Vec<T>,
}

impl<T> Default for Difference<T> {
    fn default() -> Self {
        Difference { before: Vec::new(), after: Vec::new() }
    }
}

impl<T: PartialEq> Difference<T> {
    fn of(&mut self, before: Vec<T>, after: Vec<T>) {
        self.before.extend(before);
        self.after.extend(after);
    }

    fn gone(&self) -> impl Iterator<Item = &T> {
        self.before.iter().filter(|one| !self.after.contains(one))
    }

    fn come(&self) -> impl Iterator<Item = &T> {
        self.after.iter().filter(|one| !self.before.contains(one))
    }
}

/// The records that hold a key, by kind of key: look-alikes, imports and caller id.
pub fn find_by_key(tx: &Tx, kind: &str, keys: &[String]) -> Result<Vec<(String, Rid)>> {
    // A join would leave it to the planner from which side to come, and only one of them is short.
    let holders: Vec<(String, Rid)> = by_chunks(keys, |chunk| {
        let mut sql = Sql::new("SELECT key, record FROM lookup WHERE kind = ");
        sql.bind(kind).push(" AND key IN ").bind_list(many::padded(chunk));
        Ok(tx.query(&sql)?.iter().map(|row| (row.text(0).to_owned(), row.rid(1))).collect())
    })?;
    let rids: Vec<Rid> = holders.iter().map(|(_, rid)| *rid).collect();
    let live: std::collections::HashSet<Rid> = by_chunks(&rids, |chunk| {
        let mut sql = Sql::new("SELECT rid FROM record WHERE deleted_at IS NULL AND rid IN ");
        sql.bind_list(many::padded(chunk));
        Ok(tx.query(&sql)?.iter().map(|row| row.rid(0)).collect())
    })?
    .into_iter()
    .collect();
    Ok(holders.into_iter().filter(|(_, rid)| live.contains(rid)).collect())
}

/// The records of an entity that are called so, by the folded title.
pub fn find_by_title(tx: &Tx, entity: &str, keys: &[String]) -> Result<Vec<(String, Rid)>> {
    by_chunks(keys, |chunk| {
        let mut sql = Sql::new("SELECT title_key, rid FROM record WHERE deleted_at IS NULL AND entity = ");
        sql.bind(entity).push(" AND title_key IN ").bind_list(many::padded(chunk));
        Ok(tx.query(&sql)?.iter().map(|row| (row.text(0).to_owned(), row.rid(1))).collect())
    })
}

/// Titles by row, for records that link to them.
pub fn titles(tx: &Tx, rids: &[Rid]) -> Result<HashMap<Rid, String>> {
    Ok(entries(tx, rids)?.into_iter().map(|entry| (entry.rid, entry.title)).collect())
}
