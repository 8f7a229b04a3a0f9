//! What may not come back from the trash: what must be there once, and has come to be there meanwhile.

use std::collections::{BTreeSet, HashMap};

use base::{Problem, Result, Rid};
use meta::{Kind, Model};
use store::{Sql, Tx};

/// Of these records in the trash those that another one stands for by now, each with what says so. Of two that come back
/// together the first does.
pub(crate) fn replaced(tx: &Tx, model: &Model, rids: &[Rid]) -> Result<HashMap<Rid, Problem>> {
    let mut found = HashMap::new();
    if rids.is_empty() {
        return Ok(found);
    }
    let once = model.positions(model.entity.once);
    let alone = (0..model.fields.len()).filter(|at| model.fields[*at].unique).map(|at| (vec![at], "taken"));
    let all = alone.chain((!once.is_empty()).then_some((once, "once")));
    for (fields, code) in all {
        for rid in twins(tx, model, rids, &fields)? {
            let key = fields.last().map_or("", |at| model.fields[*at].key);
            found.entry(rid).or_insert_with(|| {
                let text = if code == "taken" { "Another record has this already" } else { "This is there already" };
                Problem::at(key, code, text)
            });
        }
    }
    Ok(found)
}

/// Those that have the same in all of these fields as one that is there, or as an earlier one of them.
fn twins(tx: &Tx, model: &Model, rids: &[Rid], fields: &[usize]) -> Result<Vec<Rid>> {
    lock(tx, model, rids, fields)?;
    let mut sql = Sql::new("SELECT DISTINCT t.rid FROM ");
    sql.name(model.entity.key).push(" t JOIN ").name(model.entity.key).push(" o ON o.rid <> t.rid");
    for at in fields {
        let column = store::columns::sort_column(&model.fields[*at]);
        sql.push(" AND o.").name(&column).push(" = t.").name(&column);
    }
    sql.push(" WHERE t.rid IN ").bind_list(rids.iter().copied());
    sql.push(" AND (o.deleted_at IS NULL OR (o.rid < t.rid AND o.rid IN ").bind_list(rids.iter().copied());
    sql.push("))");
    Ok(tx.query(&sql)?.iter().map(|row| row.rid(0)).collect())
}

/// Of two who write the same, the second sees the first: under the locks of those who make such records.
fn lock(tx: &Tx, model: &Model, rids: &[Rid], fields: &[usize]) -> Result<()> {
    let records = store::records::load_columns(tx, model, rids, &fields[..1], false)?;
    let (def, entity) = (&model.fields[fields[0]], model.entity.key);
    let key = |value: &meta::Value| match (def.unique, &def.kind) {
        (false, Kind::Link(_)) => value.links().first().map(|first| format!("{entity}.once.{}", first.0)),
        _ => store::columns::write(value, def).pop().map(|compared| format!("{entity}.{} {compared:?}", def.key)),
    };
    let values = records.iter().map(|record| &record.values[fields[0]]).filter(|value| !value.is_empty());
    let keys: BTreeSet<String> = values.filter_map(key).collect();
    tx.lock_keys(keys)
}
