//! Writing what was prepared: rows, ties, lookup, log, and what is left to the end of the transaction.

use base::{Error, Id, Problem, Result, Rid, failpoint};
use meta::{Catalogue, Kind, Model, Value};
use serde_json::{Map, json};
use store::Tx;
use store::log::{NewEntry, NewOperation};
use store::records::{NewRow, Update};
use store::search::Texts;

use crate::Actor;
use crate::draft::SavedRecord;
use crate::ending::Ending;
use crate::prepare::{Prepared, is_file};
use crate::users;

/// Begins an operation: one act of one person.
pub(crate) fn begin(
    tx: &Tx,
    actor: &Actor,
    verb: &str,
    entity: &str,
    records: usize,
    undoes: Option<i64>,
) -> Result<(i64, Id)> {
    let new = NewOperation {
        by: actor.user(),
        channel: actor.channel.key(),
        verb,
        entity,
        records,
        undoes,
        at: base::clock::now(),
    };
    store::log::begin(tx, &new)
}

/// Moves records to the trash or back, with their entries in the log.
pub(crate) fn move_to(
    tx: &Tx,
    model: &Model,
    op: i64,
    records: &[&meta::Record],
    deleted: Option<(chrono::DateTime<chrono::Utc>, Option<Rid>)>,
    ending: &mut Ending,
) -> Result<()> {
    let rids: Vec<Rid> = records.iter().map(|record| record.rid).collect();
    ending.touched.note_rows(tx, model, &rids)?;
    ending.demoted |= deleted.is_some() && records.iter().any(|record| users::administers(model, &record.values));
    ending.notices.moved(tx, model, &rids)?;
    store::records::set_deleted(tx, model, &rids, deleted)?;
    let verb = if deleted.is_some() { "delete" } else { "restore" };
    let entry =
        |record: &&meta::Record| NewEntry { record: record.rid, version: record.version + 1, verb, fields: Map::new() };
    store::log::write(tx, op, &records.iter().map(entry).collect::<Vec<_>>())
}

pub(crate) fn untouched(prepared: &Prepared) -> Option<SavedRecord> {
    let before = prepared.before.as_ref()?;
    Some(SavedRecord {
        rid: before.rid,
        id: before.id,
        version: before.version,
        title: before.title.clone(),
        warnings: prepared.warnings.clone(),
        changed: false,
    })
}

/// Writes what was prepared: rows, ties, lookup, log. The texts under which they are found are left to be put in the end.
pub(crate) fn write(
    tx: &Tx,
    catalogue: &Catalogue,
    op: i64,
    prepared: Vec<Prepared>,
    ending: &mut Ending,
) -> Result<Vec<SavedRecord>> {
    ending.touched.note_all(catalogue, &prepared);
    ending.demoted |= prepared.iter().any(|one| {
        let (Some(before), Some(model)) = (&one.before, catalogue.model(one.entity)) else { return false };
        users::administers(model, &before.values) && !users::administers(model, &one.after)
    });
    let (texts, follow, notices) = (&mut ending.texts, &mut ending.effects, &mut ending.notices);
    let made = prepared.iter().filter(|prepared| prepared.before.is_none()).count();
    take_up_files(tx, catalogue, &prepared)?;
    let mut rids = tx.next_numbers("record", made)?.into_iter().map(Rid);
    let now = base::clock::now();
    let mut records = Vec::with_capacity(prepared.len());
    let mut entries = Vec::with_capacity(prepared.len());
    let mut fresh: Vec<Fresh> = Vec::with_capacity(made);
    for one in prepared {
        let model = catalogue.model(one.entity).ok_or(Error::Missing)?;
        let effects = one.effects;
        let one = Prepared { effects: Vec::new(), ..one };
        if let Some(same) = untouched(&one).filter(|_| !one.is_change()) {
            records.push(same);
            continue;
        }
        let title = title(model, &one.after);
        let saved = match &one.before {
            None => {
                let rid = rids.next().ok_or_else(|| Error::fault("too few row numbers"))?;
                let id = free_id(tx, one.id)?;
                let anchor = anchor(model, rid, &one.after);
                notices.created(model, rid, &one.after);
                fresh.push(Fresh { entity: one.entity, rid, id, title: title.clone(), anchor, values: one.after });
                entries.push(NewEntry { record: rid, version: 1, verb: "create", fields: Map::new() });
                SavedRecord { rid, id, version: 1, title, warnings: one.warnings, changed: true }
            }
            Some(before) => {
                let version = before.version + i64::from(one.raises);
                let anchor = anchor(model, before.rid, &one.after);
                let update = Update {
                    rid: before.rid,
                    version,
                    at: now,
                    title: &title,
                    anchor,
                    before: &before.values,
                    after: &one.after,
                };
                store::records::update(tx, model, &update)?;
                if one.raises {
                    notices.changed(model, before.rid, &before.values, &one.after);
                }
                let body = crate::search::body(model, &one.after);
                if body != crate::search::body(model, &before.values) {
                    texts.changed(before.rid, body);
                }
                entries.push(NewEntry {
                    record: before.rid,
                    version,
                    verb: if ending.keeps && !one.raises { store::log::KEEP } else { "change" },
                    fields: difference(model, &before.values, &one.after),
                });
                SavedRecord { rid: before.rid, id: before.id, version, title, warnings: one.warnings, changed: true }
            }
        };
        if !effects.is_empty() {
            follow.push((saved.rid, effects));
        }
        records.push(saved);
    }
    insert(tx, catalogue, now, &fresh, texts)?;
    failpoint::pass("save.rows");
    store::log::write(tx, op, &entries)?;
    Ok(records)
}

/// Files that records now refer to stay.
fn take_up_files(tx: &Tx, catalogue: &Catalogue, prepared: &[Prepared]) -> Result<()> {
    let mut ids: Vec<Id> = Vec::new();
    for one in prepared {
        let model = catalogue.model(one.entity).ok_or(Error::Missing)?;
        let was = |at: usize| one.before.as_ref().map(|before| &before.values[at]);
        let files = model.fields.iter().enumerate().filter(|(_, def)| is_file(&def.kind));
        let new = files.filter(|(at, _)| was(*at) != Some(&one.after[*at]));
        ids.extend(new.filter_map(|(at, _)| one.after[at].text().parse::<Id>().ok()));
    }
    if ids.is_empty() || store::files::take_up(tx, &ids)? {
        return Ok(());
    }
    Err(Error::Refused(vec![Problem::whole("missing", "There is no such file")]))
}

/// A record that is about to be.
struct Fresh {
    entity: &'static str,
    rid: Rid,
    id: Id,
    title: String,
    anchor: Rid,
    values: Vec<Value>,
}

/// Rows of one entity after each other go in together.
fn insert(
    tx: &Tx,
    catalogue: &Catalogue,
    at: chrono::DateTime<chrono::Utc>,
    fresh: &[Fresh],
    texts: &mut Texts,
) -> Result<()> {
    for some in fresh.chunk_by(|one, next| one.entity == next.entity) {
        let model = catalogue.model(some[0].entity).ok_or(Error::Missing)?;
        let rows = some.iter().map(|new| {
            let Fresh { rid, id, title, anchor, values, .. } = new;
            NewRow { rid: *rid, id: *id, at, title, anchor: *anchor, values }
        });
        store::records::insert_all(tx, model, &rows.collect::<Vec<_>>())?;
        some.iter().for_each(|new| texts.fresh(new.rid, crate::search::body(model, &new.values)));
    }
    Ok(())
}

fn free_id(tx: &Tx, brought: Option<Id>) -> Result<Id> {
    let Some(id) = brought else { return Ok(Id::new()) };
    if store::records::entries_by_id(tx, &[id])?.is_empty() {
        return Ok(id);
    }
    Err(Error::refused("id", "taken", "This id is taken"))
}

/// `{field: [old, new]}` of what differs.
pub(crate) fn difference(model: &Model, before: &[Value], after: &[Value]) -> Map<String, serde_json::Value> {
    let differs = model.fields.iter().enumerate().filter(|(at, _)| before[*at] != after[*at]);
    differs
        .map(|(at, def)| {
            let log = |value| store::columns::to_log(value, &def.kind);
            (def.key.to_owned(), json!([log(&before[at]), log(&after[at])]))
        })
        .collect()
}

/// What a record is called in the directory.
pub(crate) fn title(model: &Model, values: &[Value]) -> String {
    let style =
        meta::human::Style::of(base::words::Language::It, base::clock::today(base::clock::ZONE), base::clock::ZONE);
    let def = &model.fields[model.title];
    match def.kind {
        Kind::Text { .. } => values[model.title].text().to_owned(),
        kind => meta::human::show(&values[model.title], &kind, &style),
    }
}

/// The record whose ties say who sees this one.
pub(crate) fn anchor(model: &Model, rid: Rid, values: &[Value]) -> Rid {
    model.belongs.and_then(|at| values[at].links().first().copied()).unwrap_or(rid)
}
