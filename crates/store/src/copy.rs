//! Everything of one database into another, whichever of the two each is: backup, restore, and the road between them.
//!
//! Tables go in the order in which they refer to each other, row by row in the source's order, never all in memory. What
//! is derived for one database only (the search index) is left to who calls.

use std::sync::atomic::{AtomicUsize, Ordering};

use base::{Error, Result, say};

use crate::dialect::{columns_with_types, sequences, set_sequence, tables};
use crate::sql::{Arg, Sql};
use crate::{Connection, Store, Tx, many, schema, sqlite};

/// Rows written together, and of tables that hold files.
const ROWS: usize = 200;
const FILES: usize = 4;

/// Made and filled by [`schema::migrate`] or for one database only.
const OWN: [&str; 2] = ["sequence", "search"];

impl Store {
    /// Reads all of it from one snapshot, however long it takes, on both databases.
    pub fn read_whole<T>(&self, work: impl FnOnce(&Tx) -> Result<T>) -> Result<T> {
        self.read(|tx| match &tx.connection {
            Connection::Sqlite(..) => work(tx),
            Connection::Postgres(_) => {
                tx.batch("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL idle_in_transaction_session_timeout = 0")?;
                let done = work(tx);
                tx.batch("COMMIT")?;
                done
            }
        })
    }

    /// Whether nothing was ever kept here. Makes nothing.
    pub fn is_empty(&self) -> Result<bool> {
        self.read(|tx| {
            let known = tables(tx)?.iter().any(|table| table == "record");
            Ok(!known || tx.first(&Sql::new("SELECT 1 FROM record LIMIT 1"))?.is_none())
        })
    }
}

impl Tx<'_> {
    /// Hands over the rows of a query without values a few at a time, without holding them all. On PostgreSQL inside a
    /// transaction only.
    pub(crate) fn each(
        &self,
        sql: &Sql,
        some: usize,
        mut take: impl FnMut(Vec<crate::Row>) -> Result<()>,
    ) -> Result<()> {
        match self.connection {
            Connection::Sqlite(connection, _) => sqlite::each(connection, sql, some, &mut take),
            Connection::Postgres(_) => {
                // A name of its own: a prepared FETCH knows the columns of its cursor.
                static CURSORS: AtomicUsize = AtomicUsize::new(0);
                let cursor = format!("walk_{}", CURSORS.fetch_add(1, Ordering::Relaxed));
                self.batch(&format!("DECLARE {cursor} NO SCROLL CURSOR FOR {}", sql.text))?;
                let fetch = Sql::new(format!("FETCH {some} FROM {cursor}"));
                loop {
                    let rows = self.query(&fetch)?;
                    if rows.is_empty() {
                        return self.batch(&format!("CLOSE {cursor}"));
                    }
                    take(rows)?;
                }
            }
        }
    }
}

/// Fills an empty database, whose schema stands, with all of another. Call both sides in one transaction each.
pub fn copy(from: &Tx, to: &Tx) -> Result<()> {
    let there = tables(to)?;
    let found = tables(from)?;
    if let Some(stranger) = found.iter().find(|table| !there.contains(table)) {
        return Err(Error::Unreadable(say!(
            "The backup holds {table}, which this program does not know: update the program",
            table = stranger.as_str()
        )));
    }
    let house: Vec<String> = schema::reserved_tables().into_iter().map(str::to_owned).collect();
    let entities = found.iter().filter(|table| !house.contains(table) && !OWN.contains(&table.as_str()));
    let order: Vec<&String> =
        house.iter().filter(|table| found.contains(table) && !OWN.contains(&table.as_str())).chain(entities).collect();
    for table in order.iter().rev() {
        to.execute(&Sql::new(format!("DELETE FROM \"{table}\"")))?;
    }
    order.iter().try_for_each(|table| copy_table(from, to, table))?;
    // Merged records may lead to rows that come later.
    let merged = Sql::new("SELECT rid, merged_into FROM record WHERE merged_into IS NOT NULL ORDER BY rid");
    from.each(&merged, ROWS, |rows| {
        rows.iter().try_for_each(|row| {
            let sql = Sql::new("UPDATE record SET merged_into = $1 WHERE rid = $2");
            to.execute(&sql.with(row.int(1)).with(row.int(0))).map(|_| ())
        })
    })?;
    sequences(from)?.iter().try_for_each(|(name, next)| set_sequence(to, name, *next))
}

fn copy_table(from: &Tx, to: &Tx, table: &str) -> Result<()> {
    let known = columns_with_types(to, table)?;
    let columns = columns_with_types(from, table)?;
    for (name, ty) in columns.iter().filter(|(name, _)| !known.iter().any(|(there, _)| there == name)) {
        // A field that is no longer declared keeps what was written in it.
        to.batch(&to.dialect().types(&format!("ALTER TABLE \"{table}\" ADD COLUMN \"{name}\" {ty}")))?;
    }
    let names = columns.iter().map(|(name, _)| format!("\"{name}\"")).collect::<Vec<_>>().join(", ");
    let read = columns.iter().map(|(name, _)| read_as(table, name)).collect::<Vec<_>>().join(", ");
    let query = Sql::new(format!("SELECT {read} FROM \"{table}\""));
    let head = format!("INSERT INTO \"{table}\" ({names}) VALUES ");
    let some = if table == "file" { FILES } else { ROWS };
    from.each(&query, some, |rows| {
        let rows = rows.into_iter().map(|row| row.0.into_iter().map(Arg::from).collect()).collect();
        many::insert(to, &head, rows, "", "")
    })
}

/// Numbers of transactions mean nothing in another database: there, the order of commit is that of the entries.
fn read_as(table: &str, column: &str) -> String {
    match (table, column) {
        ("change", "tx") => "0".to_owned(),
        ("record", "merged_into") => "NULL".to_owned(),
        _ => format!("\"{column}\""),
    }
}
