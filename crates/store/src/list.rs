//! Pages of records: by key, not by offset, in the same order on both databases, empty values last.

use base::{Result, Rid};
use meta::filter::{Column, Where};
use meta::{Catalogue, FieldDef, Kind, Model, Record};

use crate::Tx;
use crate::columns::sort_column;
use crate::driver::{Driver, driver, driver_up_to, parts};
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
    /// The place after the last row, when more follow.
    pub next: Option<Mark>,
}

/// One page after a mark, with the fields at the given positions.
pub fn page(tx: &Tx, query: &ListQuery, columns: &[usize], after: Option<&Mark>, limit: usize) -> Result<Page> {
    let driver = driver(tx, query)?;
    let mut records = Vec::new();
    let mut last = None;
    let phases = phases(query);
    for (at, phase) in phases.iter().enumerate().skip(after.map_or(0, |mark| mark.phase)) {
        let mark = after.filter(|mark| mark.phase == at);
        let wanted = limit + 1 - records.len();
        let sql = statement(query, columns, driver.as_ref(), phase, mark, wanted);
        let fields: Vec<&FieldDef> = columns.iter().map(|at| &query.model.fields[*at]).collect();
        let width = 7 + fields.iter().map(|def| crate::columns::read_columns(def).len()).sum::<usize>();
        for mut row in tx.query(&sql)? {
            if records.len() == limit {
                return Ok(Page { records, next: last });
            }
            let keys = row.0.split_off(width).into_iter().map(Arg::from).collect();
            last = Some(Mark { phase: at, keys, rid: row.rid(0) });
            records.push(record(row, query.model, columns)?);
        }
    }
    Ok(Page { records, next: None })
}

/// How many match, counted up to `cap` and no further.
pub fn count(tx: &Tx, query: &ListQuery, cap: usize) -> Result<usize> {
    // Counting never stops early as a page does, so it pays to begin with more rows.
    let driver = driver_up_to(tx, query, i64::try_from(cap * 3).unwrap_or(i64::MAX))?;
    let mut sql = Sql::new("SELECT count(*) FROM (SELECT t.rid");
    from(&mut sql, query, driver.as_ref(), false);
    conditions(&mut sql, query, driver.as_ref());
    sql.push(" LIMIT ").bind(i64::try_from(cap + 1).unwrap_or(i64::MAX)).push(") counted");
    let found = tx.first(&sql)?.map_or(0, |row| row.int(0));
    Ok(usize::try_from(found).unwrap_or(0))
}

/// The rows that match, after a row, in the order in which they were made: what bulk changes walk.
pub fn rids(tx: &Tx, query: &ListQuery, after: Rid, limit: usize) -> Result<Vec<Rid>> {
    let mut sql = Sql::new("SELECT t.rid");
    from(&mut sql, query, None, false);
    conditions(&mut sql, query, None);
    sql.push(" AND t.rid > ").bind(after).push(" ORDER BY t.rid LIMIT ").bind(i64::try_from(limit).unwrap_or(i64::MAX));
    Ok(tx.query(&sql)?.iter().map(|row| row.rid(0)).collect())
}

/// The statement of a page, for EXPLAIN.
pub fn explain(tx: &Tx, query: &ListQuery, columns: &[usize]) -> Result<String> {
    let driver = driver(tx, query)?;
    let phases = phases(query);
    crate::dialect::explain(tx, &statement(query, columns, driver.as_ref(), &phases[0], None, 51))
}

/// A stretch of the order: rows with a value, then rows without; for a pick, the rows of each value in turn.
struct Phase {
    /// The condition, and the values that are compared with.
    condition: Option<(String, Vec<Arg>)>,
    /// Expressions to sort by, and whether descending; the row's number comes last by itself.
    order: Vec<(String, bool)>,
    descending: bool,
}

fn phases(query: &ListQuery) -> Vec<Phase> {
    let Some((first, rest)) = query.sort.split_first() else {
        return vec![Phase { condition: None, order: Vec::new(), descending: true }];
    };
    let mut rest_order = Vec::new();
    for sort in rest {
        let column = order_column(query.model, sort.by);
        rest_order.push((format!("(CASE WHEN {column} IS NULL THEN 1 ELSE 0 END)"), false));
        let empty = if holds_text(query.model, sort.by) { "''" } else { "0" };
        rest_order.push((format!("coalesce({column}, {empty})"), sort.descending));
    }
    let phase = |condition, own: Option<String>| Phase {
        condition,
        order: own.map(|column| (column, first.descending)).into_iter().chain(rest_order.clone()).collect(),
        descending: first.descending,
    };
    let column = order_column(query.model, first.by);
    let at = match first.by {
        Column::Field(at) => at,
        // Rows are numbered in the order in which they are made; no two are equal, so nothing comes second.
        Column::Id => return vec![Phase { condition: None, order: Vec::new(), descending: first.descending }],
        _ => return vec![phase(None, Some(column))],
    };
    let mut phases = Vec::new();
    let kind = query.model.fields[at].kind;
    let keys: Vec<&str> = match kind {
        Kind::Pick(list) => query
            .catalogue
            .list(list.key)
            .map_or(Vec::new(), |list| list.items.iter().map(|item| item.key.as_str()).collect()),
        Kind::Choice(choices) => choices.iter().map(|choice| choice.key).collect(),
        _ => Vec::new(),
    };
    if keys.is_empty() {
        phases.push(phase(Some((format!("{column} IS NOT NULL"), Vec::new())), Some(column.clone())));
    }
    for key in &keys {
        phases.push(phase(Some((format!("{column} = "), vec![Arg::from(*key)])), None));
    }
    if !keys.is_empty() && matches!(kind, Kind::Pick(list) if list.open) {
        // What was typed and stands in no list comes after it, by the alphabet.
        let others = keys.iter().map(|key| Arg::from(*key)).collect();
        phases.push(phase(Some((format!("{column} NOT IN "), others)), Some(column.clone())));
    }
    if first.descending {
        phases.reverse();
    }
    if !matches!(kind, Kind::Tick) {
        phases.push(phase(Some((format!("{column} IS NULL"), Vec::new())), None));
    }
    phases
}

fn holds_text(model: &Model, by: Column) -> bool {
    match by {
        Column::Field(at) => {
            let def = &model.fields[at];
            def.kind.has_key() || matches!(def.kind, Kind::Date | Kind::Choice(_) | Kind::Pick(_) | Kind::Link(_))
        }
        _ => false,
    }
}

fn order_column(model: &Model, by: Column) -> String {
    match by {
        Column::CreatedAt => "t.created_at".to_owned(),
        Column::UpdatedAt => "t.updated_at".to_owned(),
        Column::Id => "t.rid".to_owned(),
        Column::Field(at) => {
            let def = &model.fields[at];
            match def.kind {
                Kind::Link(_) => format!("(SELECT s.title_key FROM record s WHERE s.rid = t.\"{}\")", def.key),
                _ => format!("t.\"{}\"", sort_column(def)),
            }
        }
    }
}

fn statement(
    query: &ListQuery,
    columns: &[usize],
    driver: Option<&Driver>,
    phase: &Phase,
    mark: Option<&Mark>,
    limit: usize,
) -> Sql {
    let mut sql = Sql::new("SELECT ");
    let fields: Vec<&FieldDef> = columns.iter().map(|at| &query.model.fields[*at]).collect();
    head(&mut sql, &fields);
    for (expression, _) in &phase.order {
        sql.push(", ").push(expression);
    }
    if driver.is_some() {
        // All rows of the driver are sorted: by their keys alone, and only those of the page are read whole.
        sql.push(" FROM (SELECT t.rid");
        chosen(&mut sql, query, driver, phase, mark, limit);
        sql.push(") p CROSS JOIN ").name(query.model.entity.key);
        sql.push(" t CROSS JOIN record r WHERE t.rid = p.rid AND r.rid = t.rid");
        order(&mut sql, phase);
        return sql;
    }
    chosen(&mut sql, query, driver, phase, mark, limit);
    sql
}

/// The rows of a page, in their order, from FROM on.
fn chosen(sql: &mut Sql, query: &ListQuery, driver: Option<&Driver>, phase: &Phase, mark: Option<&Mark>, limit: usize) {
    from(sql, query, driver, driver.is_none());
    conditions(sql, query, driver);
    if let Some((condition, args)) = &phase.condition {
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
    if let Some(mark) = mark {
        sql.push(" AND ");
        after(sql, phase, mark);
    }
    order(sql, phase);
    sql.push(" LIMIT ").bind(i64::try_from(limit).unwrap_or(i64::MAX));
}

fn order(sql: &mut Sql, phase: &Phase) {
    sql.push(" ORDER BY ");
    for (expression, descending) in &phase.order {
        sql.push(expression).push(if *descending { " DESC, " } else { ", " });
    }
    sql.push(if phase.descending { "t.rid DESC" } else { "t.rid" });
}

/// The rows after a mark. When all keys go the same way it is one comparison of rows, which an index can walk.
fn after(sql: &mut Sql, phase: &Phase, mark: &Mark) {
    let mut keys: Vec<(&str, bool, Arg)> = phase
        .order
        .iter()
        .zip(&mark.keys)
        .map(|((expression, down), key)| (expression.as_str(), *down, key.clone()))
        .collect();
    keys.push(("t.rid", phase.descending, mark.rid.into()));
    if keys.iter().all(|(_, descending, _)| *descending == phase.descending) {
        sql.push("(").push(&keys.iter().map(|(expression, ..)| *expression).collect::<Vec<_>>().join(", "));
        sql.push(if phase.descending { ") < " } else { ") > " }).bind_list(keys.into_iter().map(|(.., key)| key));
        return;
    }
    sql.push("(");
    for end in 0..keys.len() {
        if end > 0 {
            sql.push(" OR ");
        }
        sql.push("(");
        for (expression, _, key) in &keys[..end] {
            sql.push(expression).push(" = ").bind(key.clone()).push(" AND ");
        }
        let (expression, descending, key) = &keys[end];
        sql.push(expression).push(if *descending { " < " } else { " > " }).bind(key.clone()).push(")");
    }
    sql.push(")");
}

/// The rows, with the directory where more than they is read. CROSS JOIN keeps SQLite to the order written: from the few rows
/// of the driver, or along the sort index.
fn from(sql: &mut Sql, query: &ListQuery, driver: Option<&Driver>, directory: bool) {
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

/// All but what the driver has seen to.
fn conditions(sql: &mut Sql, query: &ListQuery, driver: Option<&Driver>) {
    sql.push(match query.trash {
        Trash::Without => " AND t.deleted_at IS NULL",
        Trash::Only => " AND t.deleted_at IS NOT NULL",
    });
    let place = Place { catalogue: query.catalogue, model: query.model, alias: "t" };
    for part in parts(&query.filter).filter(|part| driver.is_none_or(|driver| !std::ptr::eq(*part, driver.part))) {
        sql.push(" AND ");
        compile(sql, part, place);
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
        compile(&mut sql, filter, Place { catalogue, model, alias: "t" });
        Ok(tx.query(&sql)?.iter().map(|row| row.rid(0)).collect())
    })?;
    Ok(found.into_iter().collect())
}

/// The record after one (or before it) in the order of a list; none at the end.
pub fn neighbour(tx: &Tx, query: &ListQuery, record: &Record, before: bool) -> Result<Option<base::Id>> {
    let mut phases = phases(query);
    let Some((at, mark)) = mark_of(tx, query, &phases, record.rid)? else { return Ok(None) };
    if before {
        // The same order, walked the other way.
        for phase in &mut phases {
            phase.descending = !phase.descending;
            phase.order.iter_mut().for_each(|(_, descending)| *descending = !*descending);
        }
    }
    let driver = driver(tx, query)?;
    let rest: Vec<usize> = if before { (0..=at).rev().collect() } else { (at..phases.len()).collect() };
    for place in rest {
        let mark = Some(&mark).filter(|_| place == at);
        let sql = statement(query, &[], driver.as_ref(), &phases[place], mark, 1);
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
        if let Some(mut row) = tx.first(&statement(&one, &[], None, phase, None, 1))? {
            let keys = row.0.split_off(7).into_iter().map(Arg::from).collect();
            return Ok(Some((at, Mark { phase: at, keys, rid })));
        }
    }
    Ok(None)
}
