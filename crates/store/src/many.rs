//! Many rows in few statements, and lists of values whose statements are the same whatever their length.

use base::Result;

use crate::Tx;
use crate::sql::{Arg, Sql};

/// Values that one statement binds at most: beyond it, building the text costs more than a statement saves.
const VALUES: usize = 1000;

/// Inserts rows under a head such as `INSERT INTO tie (principal, record) VALUES `; `end` closes each row's list of values
/// and `tail` the statement. The numbers of rows are powers of two, so that few statements are prepared.
pub(crate) fn insert(tx: &Tx, head: &str, rows: Vec<Vec<Arg>>, end: &str, tail: &str) -> Result<()> {
    let Some(width) = rows.first().map(Vec::len) else { return Ok(()) };
    let mut left = rows.len();
    let mut rows = rows.into_iter();
    while left > 0 {
        let most = (VALUES / width.max(1)).clamp(1, left);
        let count = 1 << most.ilog2();
        left -= count;
        let mut sql = Sql::new(head);
        for (index, row) in rows.by_ref().take(count).enumerate() {
            sql.push(if index == 0 { "(" } else { ", (" });
            for (index, arg) in row.into_iter().enumerate() {
                if index > 0 {
                    sql.push(", ");
                }
                sql.bind(arg);
            }
            sql.push(end).push(")");
        }
        sql.push(tail);
        tx.execute(&sql)?;
    }
    Ok(())
}

/// The values, the last repeated until their number is a power of two.
pub(crate) fn padded<T: Clone>(values: &[T]) -> Vec<T> {
    let mut padded = values.to_vec();
    if let Some(last) = values.last() {
        padded.resize(values.len().next_power_of_two(), last.clone());
    }
    padded
}
