//! Pages of records: by key, not by offset, in the same order on both databases, empty values last.

use std::time::Instant;

use base::{Result, Rid};
use meta::filter::{Column, Where};
use meta::{Catalogue, FieldDef, Model, Record};

use crate::Tx;
use crate::driver::{Driver, driver, driver_up_to, parts, text_driver};
use crate::order::{Phase, beyond, is_indexed, order, phases, up_to};
use crate::patience::{self, walks_far};
use crate::records::{head, record};
use crate::sql::{Arg, Sql};
use crate::wheres::{Place, compile};

/// Which records are asked for, in which order.
pub struct ListQuery<'a> {
    pub catalogue: &'a Catalogue,
    pub model: &'a Model,
    pub filter: Where,
    pub sort: Vec<Sort>,
    pub trash: Trash,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trash {
    /// What is not deleted.
    Without,
    Only,
}

/// Rows that are all looked at without a thought.
const FEW: i64 = 3_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sort {
    pub by: Column,
    pub descending: bool,
}

/// The place after a row: the phase it stood in, its sort keys, its row.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    pub phase: usize,
    pub keys: Vec<Arg>,
    pub rid: Rid,
}

pub struct Page {
    pub records: Vec<Record>,
    /// The place to go on from, when more may follow.
    pub next: Option<Mark>,
    /// No index finds these rows, and the time to look for them was over before the page was full.
    pub early: bool,
}

/// One page after a mark, with the fields at the given positions; none when there is no index for the order and to sort
/// all that match takes too long.
pub fn page(tx: &Tx, query: &ListQuery, columns: &[usize], after: Option<&Mark>, limit: usize) -> Result<Option<Page>> {
    let driver = driver(tx, query)?;
    let walk = || walked(tx, query, columns, driver.as_ref(), after, limit);
    if driver.is_some() || is_indexed(query) { walk().map(Some) } else { tx.within(tx.patience().sorting, walk) }
}

fn walked(
    tx: &Tx,
    query: &ListQuery,
    columns: &[usize],
    driver: Option<&Driver>,
    after: Option<&Mark>,
    limit: usize,
) -> Result<Page> {
    let fields: Vec<&FieldDef> = columns.iter().map(|at| &query.model.fields[*at]).collect();
    let width = 7 + fields.iter().map(|def| crate::columns::read_columns(def).len()).sum::<usize>();
    let in_windows = driver.is_none() && is_indexed(query) && walks_far(query);
    let (begun, mut window) = (Instant::now(), tx.patience().window);
    let mut records = Vec::new();
    let mut last = None;
    for (at, phase) in phases(query).iter().enumerate().skip(after.map_or(0, |mark| mark.phase)) {
        let mut from = after.filter(|mark| mark.phase == at).cloned();
        loop {
            let end = if in_windows { window_end(tx, query, phase, from.as_ref(), window)? } else { None };
            let end = end.map(|(keys, rid)| Mark { phase: at, keys, rid });
            let stretch = Stretch { phase, after: from.as_ref(), until: end.as_ref() };
            for mut row in tx.query(&statement(query, columns, driver, &stretch, limit + 1 - records.len()))? {
                if records.len() == limit {
                    return Ok(Page { records, next: last, early: false });
                }
                let keys = row.0.split_off(width).into_iter().map(Arg::from).collect();
                last = Some(Mark { phase: at, keys, rid: row.rid(0) });
                records.push(record(row, query.model, columns)?);
            }
            if end.is_none() {
                break;
            }
            if begun.elapsed() >= tx.patience().looking {
                return Ok(Page { records, next: end, early: true });
            }
            from = end;
            window = (window * 2).min(patience::WIDEST);
        }
    }
    Ok(Page { records, next: None, early: false })
}

/// Where the window of so many rows ends that follows a place; none when the phase ends in it.
fn window_end(
    tx: &Tx,
    query: &ListQuery,
    phase: &Phase,
    after: Option<&Mark>,
    rows: usize,
) -> Result<Option<(Vec<Arg>, Rid)>> {
    let mut sql = Sql::new("SELECT t.rid");
    for (expression, _) in &phase.order {
        sql.push(", ").push(expression);
    }
    sql.push(" FROM ").name(query.model.entity.key).push(" t WHERE 1 = 1").push(deletion(query.trash));
    // Of an order with its own ends, what lies before them is not walked.
    for part in parts(&query.filter).filter(|part| is_of_the_order(query, part)) {
        sql.push(" AND ");
        compile(&mut sql, part, Place { catalogue: query.catalogue, model: query.model, alias: "t", walked: true });
    }
    bounds(&mut sql, &Stretch { phase, after, until: None });
    order(&mut sql, phase);
    sql.push(" LIMIT 1 OFFSET ").bind(i64::try_from(rows).unwrap_or(i64::MAX));
    let row = tx.first(&sql)?;
    Ok(row.map(|mut row| (row.0.split_off(1).into_iter().map(Arg::from).collect(), row.rid(0))))
}

/// How many match, counted up to `cap` and no further.
pub struct Counted {
    pub found: usize,
    /// The time to count was over: there may be more.
    pub early: bool,
}

pub fn count(tx: &Tx, query: &ListQuery, cap: usize) -> Result<Counted> {
    // Counting never stops early as a page does, so it pays to begin with more rows.
    let driver = driver_up_to(tx, query, i64::try_from(cap * 3).unwrap_or(i64::MAX))?;
    if driver.is_some() || !walks_far(query) {
        let found = counted(tx, query, driver.as_ref(), None, cap + 1)?;
        return Ok(Counted { found, early: false });
    }
    let mut last = Sql::new("SELECT coalesce(max(rid), 0) FROM ");
    let end = tx.first(last.name(query.model.entity.key))?.map_or(0, |row| row.int(0));
    let (begun, mut window) = (Instant::now(), tx.patience().window);
    let (mut found, mut from) = (0, 0);
    while from < end && found <= cap {
        if from > 0 && begun.elapsed() >= tx.patience().looking {
            return Ok(Counted { found, early: true });
        }
        let until = from.saturating_add(i64::try_from(window).unwrap_or(i64::MAX));
        found += counted(tx, query, None, Some((from, until)), cap + 1 - found)?;
        from = until;
        window = (window * 2).min(patience::WIDEST);
    }
    Ok(Counted { found, early: false })
}

/// How many match, up to a number; of the rows after one up to another, or of all.
fn counted(
    tx: &Tx,
    query: &ListQuery,
    driver: Option<&Driver>,
    rows: Option<(i64, i64)>,
    most: usize,
) -> Result<usize> {
    let mut sql = Sql::new("SELECT count(*) FROM (SELECT t.rid");
    from(&mut sql, query, driver, false);
    conditions(&mut sql, query, driver, false);
    if let Some((after, until)) = rows {
        sql.push(" AND t.rid > ").bind(after).push(" AND t.rid <= ").bind(until);
    }
    sql.push(" LIMIT ").bind(i64::try_from(most).unwrap_or(i64::MAX)).push(") counted");
    let found = tx.first(&sql)?.map_or(0, |row| row.int(0));
    Ok(usize::try_from(found).unwrap_or(0))
}

/// The rows that match, after a row, in the order in which they were made: what bulk changes walk.
pub fn rids(tx: &Tx, query: &ListQuery, after: Rid, limit: usize) -> Result<Vec<Rid>> {
    let mut sql = Sql::new("SELECT t.rid");
    from(&mut sql, query, None, false);
    conditions(&mut sql, query, None, true);
    sql.push(" AND t.rid > ").bind(after).push(" ORDER BY t.rid LIMIT ").bind(i64::try_from(limit).unwrap_or(i64::MAX));
    Ok(tx.query(&sql)?.iter().map(|row| row.rid(0)).collect())
}

/// Some rows that match, in no order, as soon as they are found.
pub fn some(tx: &Tx, query: &ListQuery, limit: usize) -> Result<Vec<Rid>> {
    let driver = text_driver(tx, query, FEW)?;
    let mut sql = Sql::new("SELECT t.rid");
    from(&mut sql, query, driver.as_ref(), false);
    conditions(&mut sql, query, driver.as_ref(), false);
    sql.push(" LIMIT ").bind(i64::try_from(limit).unwrap_or(i64::MAX));
    Ok(tx.query(&sql)?.iter().map(|row| row.rid(0)).collect())
}

/// The statement of a page, for EXPLAIN.
pub fn explain(tx: &Tx, query: &ListQuery, columns: &[usize]) -> Result<String> {
    let driver = driver(tx, query)?;
    let phases = phases(query);
    let first = Stretch { phase: &phases[0], after: None, until: None };
    crate::dialect::explain(tx, &statement(query, columns, driver.as_ref(), &first, 51))
}

/// The rows of a phase after a place, up to and with another.
struct Stretch<'a> {
    phase: &'a Phase,
    after: Option<&'a Mark>,
    until: Option<&'a Mark>,
}

fn statement(query: &ListQuery, columns: &[usize], driver: Option<&Driver>, stretch: &Stretch, limit: usize) -> Sql {
    let mut sql = Sql::new("SELECT ");
    let fields: Vec<&FieldDef> = columns.iter().map(|at| &query.model.fields[*at]).collect();
    head(&mut sql, &fields);
    for (expression, _) in &stretch.phase.order {
        sql.push(", ").push(expression);
    }
    if driver.is_some() {
        // All rows of the driver are sorted: by their keys alone, and only those of the page are read whole.
        sql.push(" FROM (SELECT t.rid");
        chosen(&mut sql, query, driver, stretch, limit);
        sql.push(") p CROSS JOIN ").name(query.model.entity.key);
        sql.push(" t CROSS JOIN record r WHERE t.rid = p.rid AND r.rid = t.rid");
        order(&mut sql, stretch.phase);
        return sql;
    }
    chosen(&mut sql, query, driver, stretch, limit);
    sql
}

/// The rows of a page, in their order, from FROM on.
fn chosen(sql: &mut Sql, query: &ListQuery, driver: Option<&Driver>, stretch: &Stretch, limit: usize) {
    from(sql, query, driver, driver.is_none());
    conditions(sql, query, driver, driver.is_none() && is_indexed(query));
    bounds(sql, stretch);
    order(sql, stretch.phase);
    sql.push(" LIMIT ").bind(i64::try_from(limit).unwrap_or(i64::MAX));
}

fn bounds(sql: &mut Sql, stretch: &Stretch) {
    if let Some((condition, args)) = &stretch.phase.condition {
        sql.push(" AND ").push(condition);
        match args.as_slice() {
            [] => {}
            [one] if !condition.ends_with("IN ") => {
                sql.bind(one.clone());
            }
            several => {
                sql.bind_list(several.iter().cloned());
            }
        }
    }
    if let Some(mark) = stretch.after {
        sql.push(" AND ");
        beyond(sql, stretch.phase, mark);
    }
    if let Some(mark) = stretch.until {
        sql.push(" AND ");
        up_to(sql, stretch.phase, mark);
    }
}

/// The rows, with the directory where more than they is read. CROSS JOIN keeps SQLite to the order written: from the few rows
/// of the driver, or along the sort index.
pub(crate) fn from(sql: &mut Sql, query: &ListQuery, driver: Option<&Driver>, directory: bool) {
    sql.push(" FROM ");
    if let Some(driver) = driver {
        // Nothing is bound before FROM, so the driver keeps the numbers of its placeholders.
        debug_assert!(sql.args.is_empty());
        sql.push("(").push(&driver.sql.text).push(") d CROSS JOIN ");
        sql.args.extend(driver.sql.args.iter().cloned());
    }
    sql.name(query.model.entity.key).push(" t").push(if directory { " CROSS JOIN record r" } else { "" });
    sql.push(if driver.is_some() { " WHERE t.rid = d.record" } else { " WHERE 1 = 1" });
    sql.push(if directory { " AND r.rid = t.rid" } else { "" });
}

/// All but what the driver has seen to. `walked`: the rows come in their order, until there are enough.
pub(crate) fn conditions(sql: &mut Sql, query: &ListQuery, driver: Option<&Driver>, walked: bool) {
    sql.push(deletion(query.trash));
    let place = Place { catalogue: query.catalogue, model: query.model, alias: "t", walked };
    for part in parts(&query.filter).filter(|part| driver.is_none_or(|driver| !std::ptr::eq(*part, driver.part))) {
        // The index of a custom field stands alone: a condition that another index has would lead away from the order.
        if walked && leads_away(query, part) {
            sql.push(" AND (");
            compile(sql, part, place);
            sql.push(") IS TRUE");
        } else {
            sql.push(" AND ");
            compile(sql, part, place);
        }
    }
}

/// Whether rows come in the order of a custom field, and a condition is about something else.
fn leads_away(query: &ListQuery, part: &Where) -> bool {
    let Some(Column::Field(by)) = query.sort.first().map(|sort| sort.by) else { return false };
    query.model.fields[by].custom && !is_of_the_order(query, part)
}

/// Whether a condition is about the column that rows come in the order of.
fn is_of_the_order(query: &ListQuery, part: &Where) -> bool {
    let by = query.sort.first().map(|sort| sort.by);
    matches!(part, Where::Test(test) if test.hop.is_none() && Some(test.column) == by)
}

fn deletion(trash: Trash) -> &'static str {
    match trash {
        Trash::Without => " AND t.deleted_at IS NULL",
        Trash::Only => " AND t.deleted_at IS NOT NULL",
    }
}

/// Of these rows, deleted or not, the ones that match.
pub fn matching(
    tx: &Tx,
    catalogue: &Catalogue,
    model: &Model,
    filter: &Where,
    rids: &[Rid],
) -> Result<std::collections::HashSet<Rid>> {
    let found = crate::records::by_chunks(rids, |chunk| {
        let mut sql = Sql::new("SELECT t.rid FROM ");
        sql.name(model.entity.key).push(" t WHERE t.rid IN ").bind_list(chunk.iter().copied()).push(" AND ");
        compile(&mut sql, filter, Place { catalogue, model, alias: "t", walked: false });
        Ok(tx.query(&sql)?.iter().map(|row| row.rid(0)).collect())
    })?;
    Ok(found.into_iter().collect())
}

/// The record after one (or before it) in the order of a list; none at the end, and where to find it takes too long.
pub fn neighbour(tx: &Tx, query: &ListQuery, record: &Record, before: bool) -> Result<Option<base::Id>> {
    let driver = driver(tx, query)?;
    let find = || neighbour_by(tx, query, driver.as_ref(), record, before);
    if driver.is_some() || is_indexed(query) && !walks_far(query) {
        return find();
    }
    Ok(tx.within(tx.patience().looking, find)?.flatten())
}

fn neighbour_by(
    tx: &Tx,
    query: &ListQuery,
    driver: Option<&Driver>,
    record: &Record,
    before: bool,
) -> Result<Option<base::Id>> {
    let mut phases = phases(query);
    let Some((at, mark)) = mark_of(tx, query, &phases, record.rid)? else { return Ok(None) };
    if before {
        // The same order, walked the other way.
        for phase in &mut phases {
            phase.descending = !phase.descending;
            phase.order.iter_mut().for_each(|(_, descending)| *descending = !*descending);
        }
    }
    let rest: Vec<usize> = if before { (0..=at).rev().collect() } else { (at..phases.len()).collect() };
    for place in rest {
        let after = Some(&mark).filter(|_| place == at);
        let stretch = Stretch { phase: &phases[place], after, until: None };
        let sql = statement(query, &[], driver, &stretch, 1);
        if let Some(row) = tx.first(&sql)? {
            return row.id(1).map(Some);
        }
    }
    Ok(None)
}

/// Where a row stands in the order: its phase and its sort keys.
fn mark_of(tx: &Tx, query: &ListQuery, phases: &[Phase], rid: Rid) -> Result<Option<(usize, Mark)>> {
    for (at, phase) in phases.iter().enumerate() {
        let one = ListQuery { filter: Where::Rids(vec![rid]), sort: query.sort.clone(), ..*query };
        if let Some(mut row) = tx.first(&statement(&one, &[], None, &Stretch { phase, after: None, until: None }, 1))? {
            let keys = row.0.split_off(7).into_iter().map(Arg::from).collect();
            return Ok(Some((at, Mark { phase: at, keys, rid })));
        }
    }
    Ok(None)
}
