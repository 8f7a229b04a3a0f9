//! What a record keeps of those that link to it: how many there are, and the sum of a money field.

use std::collections::HashMap;

use base::{Currency, Money, Result, Rid};
use meta::entity::Sum;
use meta::{Catalogue, Kind, Model, Value};
use store::search::Texts;
use store::{Sql, Tx};

use crate::Actor;
use crate::draft::{Draft, Target};
use crate::ending::{Ending, Followed, Touched};
use crate::prepare::Batch;
use crate::write::write;

/// How far a sum may lead to another.
const DEEP: usize = 8;

/// Brings the sums to what they are now, as part of an operation; what follows from that is answered.
pub(crate) fn keep(all: &Touched, tx: &Tx, catalogue: &Catalogue, op: i64, texts: &mut Texts) -> Result<Followed> {
    let mut followed = Followed::new();
    let mut more = Touched::default();
    for depth in 0..DEEP {
        let touched = if depth == 0 { all } else { &std::mem::take(&mut more) };
        let mut drafts = Vec::new();
        for (many, index, rids) in touched.sums() {
            let Some(model) = catalogue.model(many) else { continue };
            drafts.extend(summed(tx, catalogue, model, &model.entity.sums[index], &rids)?);
        }
        if drafts.is_empty() {
            break;
        }
        let drafts = together(drafts);
        let program = Actor::program();
        let batch = Batch::read(tx, catalogue, &program, &drafts)?;
        let prepared = drafts.iter().map(|draft| batch.prepare(draft)).collect::<Result<Vec<_>>>()?;
        let changes = prepared.iter().filter(|one| one.is_change()).count();
        for one in prepared.iter().filter(|one| one.is_change()) {
            catalogue.model(one.entity).into_iter().for_each(|model| more.note(model, &one.after));
        }
        if changes > 0 {
            store::log::more_records(tx, op, changes)?;
            let mut ending = Ending { texts: std::mem::take(texts), keeps: true, ..Ending::default() };
            write(tx, catalogue, op, prepared, &mut ending)?;
            *texts = ending.texts;
            followed.extend(ending.effects);
        }
    }
    Ok(followed)
}

/// The drafts that bring records to what those that link to them sum up to. Where there are several currencies, those are summed
/// that the record has, or the first.
fn summed(tx: &Tx, catalogue: &Catalogue, many: &Model, sum: &Sum, rids: &[Rid]) -> Result<Vec<Draft>> {
    let Kind::Link(to) = sum.through.def().kind else { return Ok(Vec::new()) };
    let one = catalogue.of(to);
    let Some(into) = one.position(sum.into.def().key) else { return Ok(Vec::new()) };
    let any = sum.any.and_then(|any| one.position(any.def().key));
    let columns: Vec<usize> = [into].into_iter().chain(any).collect();
    // Locked before the others are counted: of two who save at once, the second sees what the first has written.
    let records = store::records::load_columns(tx, one, rids, &columns, true)?;
    let found = found(tx, many, sum, rids)?;
    let draft = |record: meta::Record| {
        if record.deleted_at.is_some() {
            return None;
        }
        let (count, sums) = found.get(&record.rid).map_or((0, &[][..]), |(count, sums)| (*count, sums));
        let same = |money: &&Money| matches!(&record.values[into], Value::Money(old) if old.currency == money.currency);
        let money = || sums.iter().find(same).or(sums.first()).map_or(Value::Null, |sum| Value::Money(*sum));
        let mut values: Vec<(usize, Value)> = any.map(|any| (any, Value::Tick(count > 0))).into_iter().collect();
        match sum.of {
            None => values.push((into, Value::Int(count))),
            // Without any, what can be typed is the person's again, and stays.
            Some(_) if count > 0 || any.is_none() || one.fields[into].read_only => values.push((into, money())),
            Some(_) => {}
        }
        Some(Draft { entity: one.entity.key, target: Target::Existing(record.rid, None), values })
    };
    Ok(records.into_iter().filter_map(draft).collect())
}

/// How many lead to each row, and their sums by currency.
fn found(tx: &Tx, many: &Model, sum: &Sum, rids: &[Rid]) -> Result<HashMap<Rid, (i64, Vec<Money>)>> {
    let through = sum.through.def();
    let mut found: HashMap<Rid, (i64, Vec<Money>)> = HashMap::new();
    let rows = store::records::by_chunks(rids, |chunk| {
        let mut sql = Sql::new("SELECT ");
        sql.name(through.key).push(", count(*)");
        if let Some(of) = sum.of.map(|of| of.def().key) {
            sql.push(", ").name(&format!("{of}_currency")).push(", CAST(coalesce(sum(").name(of);
            sql.push("), 0) AS BIGINT)");
        }
        sql.push(" FROM ").name(many.entity.key).push(" WHERE deleted_at IS NULL AND ");
        sql.name(through.key).push(" IN ").bind_list(chunk.iter().copied());
        if let Some(only) = sum.only {
            sql.push(" AND ").name(only.field).push(" IN ").bind_list(only.any_of.iter().copied());
        }
        let by = if sum.of.is_some() { "1, 3" } else { "1" };
        sql.push(&format!(" GROUP BY {by} ORDER BY {by}"));
        tx.query(&sql)
    })?;
    for row in rows {
        let (count, sums) = found.entry(row.rid(0)).or_default();
        *count += row.int(1);
        if sum.of.is_some()
            && let Some(currency) = row.opt_text(2).and_then(|code| code.parse::<Currency>().ok())
        {
            sums.push(Money { minor: row.int(3), currency });
        }
    }
    Ok(found)
}

/// What is asked of one record by several sums, as one draft.
fn together(drafts: Vec<Draft>) -> Vec<Draft> {
    let mut all: Vec<Draft> = Vec::with_capacity(drafts.len());
    let mut places: HashMap<Rid, usize> = HashMap::new();
    for draft in drafts {
        let Target::Existing(rid, _) = draft.target else { continue };
        match places.get(&rid) {
            Some(place) => all[*place].values.extend(draft.values),
            None => {
                places.insert(rid, all.len());
                all.push(draft);
            }
        }
    }
    all
}
