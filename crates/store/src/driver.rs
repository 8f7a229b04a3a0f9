//! Where a list begins: with few rows that a condition leaves, or with the order.

use base::Result;
use meta::filter::{Column, Test, Where};
use meta::{FieldDef, Kind, Op, Value};

use crate::Tx;
use crate::list::{ListQuery, Trash};
use crate::records::lookup_kind;
use crate::schema::sort_index;
use crate::sql::Sql;
use crate::wheres::{Place, compile, lookup_keys, reached, ties};

/// A statement that finds, as `record`, the rows that one part of a filter leaves: all of them and no others.
pub(crate) struct Driver<'a> {
    pub sql: Sql,
    pub part: &'a Where,
}

/// Rows of a page, about.
const PAGE: i64 = 50;

/// The condition that leaves few enough rows to begin with, if there is one, for a page.
///
/// To begin with the rows costs as many as there are; to walk the order until a page is full costs about as many as there are
/// records to one that matches, for each row of the page. The two meet where the square of the matching rows is the page's times
/// the records'.
pub(crate) fn driver<'a>(tx: &Tx, query: &'a ListQuery) -> Result<Option<Driver<'a>>> {
    let records = || {
        let mut last = Sql::new("SELECT coalesce(max(rid), 0) FROM ");
        last.name(query.model.entity.key);
        tx.probe(&last)
    };
    let most = match tx.sparse() {
        Some(fixed) => fixed,
        None => (PAGE * records()?).isqrt(),
    };
    driver_up_to(tx, query, most)
}

/// The same, with so many rows at most: the condition that leaves the fewest, counted up to that.
pub(crate) fn driver_up_to<'a>(tx: &Tx, query: &'a ListQuery, most: i64) -> Result<Option<Driver<'a>>> {
    let most = if tx.sparse() == Some(0) { 0 } else { most };
    let mut best: Option<(i64, Driver)> = None;
    for part in parts(&query.filter) {
        let Some(sql) = candidate(query, part) else { continue };
        let mut count = Sql { text: format!("SELECT count(*) FROM ({} LIMIT ", sql.text), args: sql.args.clone() };
        count.bind(most + 1).push(") probed");
        let found = tx.probe(&count)?;
        if found <= most && best.as_ref().is_none_or(|(fewest, _)| found < *fewest) {
            best = Some((found, Driver { sql, part }));
        }
    }
    Ok(best.map(|(_, driver)| driver))
}

/// What finds the rows by their text, when no other condition leaves few.
pub(crate) fn text_driver<'a>(tx: &Tx, query: &'a ListQuery, most: i64) -> Result<Option<Driver<'a>>> {
    if let Some(driver) = driver_up_to(tx, query, most)? {
        return Ok(Some(driver));
    }
    let text = parts(&query.filter).find(|part| matches!(part, Where::Found(_)));
    Ok(text.and_then(|part| Some(Driver { sql: candidate(query, part)?, part })))
}

/// What must hold together, one by one.
pub(crate) fn parts(filter: &Where) -> Box<dyn Iterator<Item = &Where> + '_> {
    match filter {
        Where::All(inner) => Box::new(inner.iter().flat_map(parts)),
        one => Box::new(std::iter::once(one)),
    }
}

/// Whether an index alone finds the rows that satisfy a condition.
pub(crate) fn is_driven(query: &ListQuery, part: &Where) -> bool {
    candidate(query, part).is_some()
}

/// A statement that finds by an index alone the rows that satisfy a condition, as `record`.
fn candidate(query: &ListQuery, part: &Where) -> Option<Sql> {
    if query.trash == Trash::Only {
        return None;
    }
    let model = query.model;
    let mut sql = Sql::default();
    match part {
        Where::Reach(reach) => {
            match model.belongs {
                None => reached(sql.push("SELECT DISTINCT record FROM tie WHERE "), reach),
                Some(at) => {
                    sql.push("SELECT c.rid AS record FROM ")
                        .name(model.entity.key)
                        .push(" c WHERE c.deleted_at IS NULL AND c.");
                    sql.name(model.fields[at].key).push(" IN (SELECT record FROM tie WHERE ");
                    reached(&mut sql, reach).push(")")
                }
            };
        }
        Where::Rids(rids) => {
            sql.push("SELECT rid AS record FROM record WHERE rid IN ").bind_list(rids.iter().copied());
        }
        Where::Found(found) => crate::search::rows_found(&mut sql, found),
        Where::Test(test @ Test { hop: None, column: Column::Field(at), op, values, .. }) => {
            let def = &model.fields[*at];
            let named = matches!(op, Op::Eq | Op::In | Op::Has);
            match def.kind {
                // Anybody in a role is found from no end of an index.
                Kind::Involved(_) if values.iter().any(|value| matches!(value, Value::Text(_))) => return None,
                Kind::People | Kind::Involved(_) if named => {
                    sql.push("SELECT DISTINCT record FROM tie WHERE ");
                    ties(&mut sql, test, model);
                }
                _ if named && !(def.filtered && sort_index(&def.kind)) && lookup_kind(model, def).is_some() => {
                    sql.push("SELECT DISTINCT record FROM lookup WHERE kind = ")
                        .bind(lookup_kind(model, def)?)
                        .push(" AND key IN ");
                    sql.bind_list(lookup_keys(test, def));
                }
                // With one value, the index of this filter and the sort walks the page by itself.
                _ if !(def.filtered && *op == Op::Eq) && is_in_index(def, *op) => {
                    sql.push("SELECT c.rid AS record FROM ")
                        .name(model.entity.key)
                        .push(" c WHERE c.deleted_at IS NULL AND ");
                    compile(&mut sql, part, Place { catalogue: query.catalogue, model, alias: "c", walked: false });
                }
                _ => return None,
            }
        }
        _ => return None,
    }
    Some(sql)
}

/// Whether the rows with this value, or with values from one to another, lie side by side in an index of the field.
fn is_in_index(def: &FieldDef, op: Op) -> bool {
    let apart = matches!(op, Op::Eq | Op::In | Op::Has);
    match def.kind {
        Kind::Link(_) | Kind::AnyLink => apart,
        Kind::LongText | Kind::RichText | Kind::People | Kind::Involved(_) => false,
        _ if def.sorted => apart || matches!(op, Op::Lt | Op::Le | Op::Gt | Op::Ge | Op::Between | Op::Starts),
        _ => def.filtered && op == Op::In,
    }
}
