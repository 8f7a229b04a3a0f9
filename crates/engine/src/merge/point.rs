//! Everything that points to some records, pointed to another, with the rights of the program: whoever merges need not see it.

use std::collections::{HashMap, HashSet};

use base::{Result, Rid};
use meta::{Catalogue, Involved, Kind, Model, Record, Value};
use store::Tx;

use crate::ending::Ending;
use crate::prepare::Batch;
use crate::write::{move_to, write};
use crate::{Actor, Draft, Target};

/// Records written together.
const SOME: usize = 200;
/// Records that are looked through for those that say the same twice.
const COMPARED: usize = 5000;
/// Counting stops here.
const COUNTED: usize = 10_000;

/// Every field that may point to records of an entity.
fn links<'a>(catalogue: &'a Catalogue, model: &Model) -> Vec<(&'a Model, usize)> {
    let mut links = catalogue.links_to(model.entity.key);
    links.extend(catalogue.any_links());
    links
}

/// How many records of which entities point to some, without those among them.
pub(super) fn counts(
    tx: &Tx,
    catalogue: &Catalogue,
    model: &Model,
    rids: &[Rid],
) -> Result<Vec<(&'static str, usize)>> {
    let mut counts: Vec<(&'static str, usize)> = Vec::new();
    for (from, at) in links(catalogue, model) {
        let found = store::records::pointing(tx, from, at, rids, COUNTED)?;
        let found = found.into_iter().filter(|rid| !rids.contains(rid)).collect::<Vec<_>>();
        let live = store::records::entries(tx, &found)?.iter().filter(|entry| entry.deleted_at.is_none()).count();
        match counts.iter_mut().find(|(entity, _)| *entity == from.entity.key) {
            Some((_, count)) => *count += live,
            None if live > 0 => counts.push((from.entity.key, live)),
            None => {}
        }
    }
    Ok(counts)
}

/// Points everything that points to `others` to `one`; how many records were touched. What lies in the trash follows too, so that
/// it is right when it comes back.
#[allow(clippy::too_many_arguments, reason = "it is one step of one transaction")]
pub(super) fn to_the_one(
    tx: &Tx,
    catalogue: &Catalogue,
    actor: &Actor,
    model: &Model,
    op: i64,
    one: Rid,
    others: &[Rid],
    ending: &mut Ending,
) -> Result<usize> {
    let program = Actor { name: actor.name.clone(), ..Actor::program() };
    let mut touched: HashSet<Rid> = HashSet::new();
    for (from, at) in links(catalogue, model) {
        let mut moved = Vec::new();
        let found = store::records::pointing(tx, from, at, others, usize::MAX)?;
        // What was merged keeps its own links, for the day it comes back.
        let rids: Vec<Rid> = found.into_iter().filter(|rid| *rid != one && !others.contains(rid)).collect();
        for some in rids.chunks(SOME) {
            let mut drafts: Vec<Draft> = Vec::with_capacity(some.len());
            for record in store::records::load_columns(tx, from, some, &[at], true)? {
                let value = pointed(&record.values[at], one, others);
                let target = Target::Existing(record.rid, None);
                drafts.push(Draft { entity: from.entity.key, target, values: vec![(at, value)] });
            }
            let batch = Batch::read(tx, catalogue, &program, &drafts)?;
            let mut prepared = Vec::with_capacity(drafts.len());
            for draft in &drafts {
                prepared.extend(batch.settled(draft)?);
            }
            moved.extend(some);
            write(tx, catalogue, op, prepared, ending)?;
        }
        touched.extend(&moved);
        if matches!(from.fields[at].kind, Kind::Involved(_)) {
            continue;
        }
        twice(tx, from, at, actor, op, one, &moved, ending)?;
    }
    Ok(touched.len())
}

/// What led to one of the others leads to the one; who was involved as both is so once.
fn pointed(value: &Value, one: Rid, others: &[Rid]) -> Value {
    let Value::Involved(involved) = value else { return Value::Link(one) };
    let now = |rid: Rid| if others.contains(&rid) { one } else { rid };
    let pairs = involved.pairs().map(|(rid, role)| (now(rid), role.map(str::to_owned)));
    Value::Involved(pairs.collect::<Involved>().once())
}

/// Of records that tie two others (an affiliation, say), those that now say just what another one says go to the trash: one and
/// the same person stands in a company once. What says anything more stays.
#[allow(clippy::too_many_arguments, reason = "it is one step of one transaction")]
fn twice(
    tx: &Tx,
    from: &Model,
    at: usize,
    actor: &Actor,
    op: i64,
    one: Rid,
    moved: &[Rid],
    ending: &mut Ending,
) -> Result<()> {
    let ties = from.fields.iter().filter(|def| matches!(def.kind, Kind::Link(_))).count() > 1;
    if !ties || moved.is_empty() {
        return Ok(());
    }
    let rids = store::records::pointing(tx, from, at, &[one], COMPARED)?;
    let mut records = store::records::load(tx, from, &rids, true)?;
    records.retain(|record| record.deleted_at.is_none());
    // What was there before stays of two.
    records.sort_by_key(|record| (moved.contains(&record.rid), record.rid));
    let says = |record: &Record| {
        let own = from.fields.iter().zip(&record.values).filter(|(def, _)| !def.read_only && !def.system);
        format!("{:?}", own.map(|(_, value)| value).collect::<Vec<_>>())
    };
    let mut first: HashMap<String, Rid> = HashMap::new();
    let mut gone: Vec<(&Record, Rid)> = Vec::new();
    for record in &records {
        match first.get(&says(record)) {
            Some(stays) if moved.contains(&record.rid) => gone.push((record, *stays)),
            Some(_) => {}
            None => {
                first.insert(says(record), record.rid);
            }
        }
    }
    if gone.is_empty() {
        return Ok(());
    }
    let records: Vec<&Record> = gone.iter().map(|(record, _)| *record).collect();
    move_to(tx, from, op, &records, Some((base::clock::now(), actor.user())), ending)?;
    for (record, stays) in gone {
        store::records::set_merged(tx, &[record.rid], stays)?;
    }
    Ok(())
}
