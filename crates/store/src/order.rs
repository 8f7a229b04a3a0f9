//! The order of a list: in stretches that an index can walk one after the other.

use meta::filter::Column;
use meta::{Kind, Model};

use crate::columns::sort_column;
use crate::list::{ListQuery, Mark, Trash};
use crate::sql::{Arg, Sql};

/// A stretch of the order: rows with a value, then rows without; for a pick, the rows of each value in turn.
pub(crate) struct Phase {
    /// The condition, and the values that are compared with.
    pub condition: Option<(String, Vec<Arg>)>,
    /// Expressions to sort by, and whether descending; the row's number comes last by itself.
    pub order: Vec<(String, bool)>,
    pub descending: bool,
}

pub(crate) fn phases(query: &ListQuery) -> Vec<Phase> {
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
            def.kind.has_key()
                || matches!(
                    def.kind,
                    Kind::Date | Kind::Choice(_) | Kind::Pick(_) | Kind::Link(_) | Kind::People | Kind::Involved(_)
                )
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
                // The first of the alphabet speaks for several.
                Kind::People => "(SELECT min(s.title_key) FROM tie k CROSS JOIN record s WHERE k.record = t.rid \
                     AND k.why = 'charge' AND s.rid = k.principal)"
                    .to_owned(),
                Kind::Involved(_) => "(SELECT min(s.title_key) FROM tie k CROSS JOIN record s WHERE k.record = t.rid \
                     AND k.why LIKE 'involved%' AND s.rid = k.principal)"
                    .to_owned(),
                _ => format!("t.\"{}\"", sort_column(def)),
            }
        }
    }
}

pub(crate) fn order(sql: &mut Sql, phase: &Phase) {
    sql.push(" ORDER BY ");
    for (expression, descending) in &phase.order {
        sql.push(expression).push(if *descending { " DESC, " } else { ", " });
    }
    sql.push(if phase.descending { "t.rid DESC" } else { "t.rid" });
}

/// The rows after a mark. When all keys go the same way it is one comparison of rows, which an index can walk.
pub(crate) fn beyond(sql: &mut Sql, phase: &Phase, mark: &Mark) {
    let keys = keys(phase, mark);
    if keys.iter().all(|(_, descending, _)| *descending == phase.descending) {
        compared(sql, keys, if phase.descending { ") < " } else { ") > " });
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

/// The rows up to a mark and the marked one, in an order that an index has: there all keys go the same way.
pub(crate) fn up_to(sql: &mut Sql, phase: &Phase, mark: &Mark) {
    compared(sql, keys(phase, mark), if phase.descending { ") >= " } else { ") <= " });
}

type Key<'a> = (&'a str, bool, Arg);

/// What rows are compared by, whether descending, and what stands there at the mark.
fn keys<'a>(phase: &'a Phase, mark: &Mark) -> Vec<Key<'a>> {
    let own =
        phase.order.iter().zip(&mark.keys).map(|((expression, down), key)| (expression.as_str(), *down, key.clone()));
    own.chain([("t.rid", phase.descending, mark.rid.into())]).collect()
}

fn compared(sql: &mut Sql, keys: Vec<Key>, sign: &str) {
    sql.push("(").push(&keys.iter().map(|(expression, ..)| *expression).collect::<Vec<_>>().join(", "));
    sql.push(sign).bind_list(keys.into_iter().map(|(.., key)| key));
}

/// Whether an index has the rows in this order.
pub(crate) fn is_indexed(query: &ListQuery) -> bool {
    match query.sort.as_slice() {
        [] => true,
        [one] => match one.by {
            Column::Id => true,
            Column::UpdatedAt => query.trash == Trash::Only,
            Column::CreatedAt => false,
            Column::Field(at) => {
                let def = &query.model.fields[at];
                let by_value = def.filtered
                    && matches!(def.kind, Kind::Pick(_) | Kind::Choice(_) | Kind::Text { .. } | Kind::Code(_));
                query.trash == Trash::Without && (def.sorted || by_value)
            }
        },
        _ => false,
    }
}
