//! Counts and sums of what matches, by the values of fields: the heads of a board, the figures of a forecast.

use base::{Currency, Money, Result};
use meta::Value;

use crate::Tx;
use crate::columns::{read, read_columns};
use crate::driver::driver_up_to;
use crate::list::{ListQuery, conditions, from};
use crate::sql::Sql;

/// What rows are gathered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// The value of a field of one column.
    Field(usize),
    /// The month of a date: `2026-12`, as a text.
    Month(usize),
}

impl By {
    pub fn field(self) -> usize {
        match self {
            By::Field(at) | By::Month(at) => at,
        }
    }
}

/// The rows that are the same by all of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    pub values: Vec<Value>,
    pub count: i64,
    /// Of each money field asked for, those in the currency of the first; none where that has no amount.
    pub sums: Vec<Option<Money>>,
}

/// Rows from which on it pays to begin with an index of a condition.
const MANY: i64 = 50_000;

/// In the order of what they are gathered by. Sums of another currency are groups of their own. None when it takes too long.
pub fn groups(tx: &Tx, query: &ListQuery, by: &[By], sums: &[usize]) -> Result<Option<Vec<Group>>> {
    let driver = driver_up_to(tx, query, MANY)?;
    let mut sql = Sql::new("SELECT ");
    let mut width = 0;
    for by in by {
        match by {
            By::Field(at) => {
                for column in read_columns(&query.model.fields[*at]) {
                    sql.push("t.").name(&column).push(", ");
                    width += 1;
                }
            }
            By::Month(at) => {
                sql.push("substr(t.").name(query.model.fields[*at].key).push(", 1, 7), ");
                width += 1;
            }
        }
    }
    match sums.first() {
        Some(first) => sql.push("t.").name(&format!("{}_currency", query.model.fields[*first].key)),
        None => sql.push("NULL"),
    };
    width += 1;
    sql.push(", count(*)");
    for at in sums {
        sql.push(", CAST(sum(t.").name(query.model.fields[*at].key).push(") AS BIGINT)");
    }
    from(&mut sql, query, driver.as_ref(), false);
    conditions(&mut sql, query, driver.as_ref(), false);
    // Without sums the last is a constant, which nothing can be gathered by.
    let places: Vec<String> = (1..width + usize::from(!sums.is_empty())).map(|place| place.to_string()).collect();
    if !places.is_empty() {
        sql.push(&format!(" GROUP BY {0} ORDER BY {0}", places.join(", ")));
    }
    let found = tx.within(tx.patience().sorting, || tx.query(&sql))?;
    let group = |mut row: crate::Row| {
        let mut at = 0;
        let mut values = Vec::with_capacity(by.len());
        for by in by {
            values.push(match by {
                By::Field(field) => read(&mut row, &mut at, &query.model.fields[*field])?,
                By::Month(_) => {
                    at += 1;
                    row.opt_text(at - 1).map_or(Value::Null, |month| Value::Text(month.to_owned()))
                }
            });
        }
        let currency = row.opt_text(at).and_then(|code| code.parse::<Currency>().ok());
        let sum = |place: usize| currency.and_then(|currency| Some(Money { minor: row.opt_int(place)?, currency }));
        Ok(Group { count: row.int(at + 1), sums: (at + 2..at + 2 + sums.len()).map(sum).collect(), values })
    };
    found.map(|rows| rows.into_iter().map(group).collect()).transpose()
}
