//! The same rows through rusqlite alone: what the list is compared with.

use std::path::Path;
use std::time::Instant;

use base::{Error, Result};
use rusqlite::{Connection, OpenFlags, types::Value};

use crate::measure::{median, quantile};

/// The columns that the list shows, by the name and the row's number, as it shows them.
const PAGE: &str = "SELECT t.rid, r.id, t.version, t.created_at, t.updated_at, t.deleted_at, r.title, t.name, t.stage, \
     t.roles, t.town, t.phones, t.revenue, t.revenue_currency, t.in_charge, t.picture, t.kind \
     FROM party t CROSS JOIN record r WHERE r.rid = t.rid AND t.deleted_at IS NULL AND t.kind = 'company' \
     AND t.name_key IS NOT NULL ORDER BY t.name_key, t.rid LIMIT 51";

/// Milliseconds for a page of 50 rows with every value read, statement prepared.
pub fn page(folder: &Path) -> Result<f64> {
    let wrong = |cause: rusqlite::Error| Error::caused("the bare SQL", cause);
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(folder.join("bottega.db"), flags).map_err(wrong)?;
    connection.pragma_update(None, "cache_size", -2_000).map_err(wrong)?;
    let mut statement = connection.prepare(PAGE).map_err(wrong)?;
    let width = statement.column_count();
    let mut once = || -> rusqlite::Result<f64> {
        let started = Instant::now();
        let rows =
            statement.query_map([], |row| (0..width).map(|at| row.get(at)).collect::<Result<Vec<Value>, _>>())?;
        let rows = rows.collect::<Result<Vec<_>, _>>()?;
        std::hint::black_box(&rows);
        Ok(started.elapsed().as_secs_f64() * 1000.0)
    };
    let mut round = || -> rusqlite::Result<f64> {
        let mut times = (0..300).map(|_| once()).collect::<Result<Vec<_>, _>>()?;
        Ok(quantile(&mut times, 0.5))
    };
    let rounds = (0..3).map(|_| round()).collect::<Result<Vec<_>, _>>().map_err(wrong)?;
    Ok(median(rounds.into_iter()))
}
