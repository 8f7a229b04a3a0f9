//! Where the two databases differ in words. Nothing outside this crate asks which one it is.

use base::Result;

use crate::Tx;
use crate::sql::Sql;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    Sqlite,
    Postgres,
}

impl Dialect {
    /// DDL with `$int`, `$text` and `$blob` in place of types. Text sorts by its bytes on both.
    pub fn types(self, ddl: &str) -> String {
        match self {
            Dialect::Sqlite => ddl
                .replace("$int", "INTEGER")
                .replace("$text", "TEXT")
                .replace("$blob", "BLOB")
                .replace("$by_key", "WITHOUT ROWID"),
            Dialect::Postgres => ddl
                .replace("$int", "BIGINT")
                .replace("$text", "TEXT COLLATE \"C\"")
                .replace("$blob", "BYTEA")
                .replace("$by_key", ""),
        }
    }

    /// What only one of the two needs when the schema is made.
    pub(crate) fn prelude(self) -> &'static str {
        match self {
            Dialect::Sqlite => "",
            Dialect::Postgres => include_str!("fold.sql"),
        }
    }

    /// An expression that no row of another transaction still under way can precede; see [`crate::log::feed`].
    pub(crate) fn transaction_number(self) -> &'static str {
        match self {
            Dialect::Sqlite => "0",
            Dialect::Postgres => "(pg_current_xact_id()::text::bigint)",
        }
    }

    pub(crate) fn settled(self) -> &'static str {
        match self {
            Dialect::Sqlite => "1 = 1",
            Dialect::Postgres => "tx < (pg_snapshot_xmin(pg_current_snapshot())::text::bigint)",
        }
    }

    /// Keeps the rows of the table `t` from being changed by others until the transaction ends.
    pub fn lock_rows(self) -> &'static str {
        match self {
            Dialect::Sqlite => "",
            Dialect::Postgres => " FOR UPDATE OF t",
        }
    }

    /// What makes a transaction walk indexes.
    pub(crate) fn by_index(self) -> &'static str {
        match self {
            Dialect::Sqlite => "",
            Dialect::Postgres => {
                "SET LOCAL plan_cache_mode = force_custom_plan; SET LOCAL enable_seqscan = off; \
                 SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off"
            }
        }
    }

    /// The same, passing over rows that others hold.
    pub fn lock_free_rows(self) -> &'static str {
        match self {
            Dialect::Sqlite => "",
            Dialect::Postgres => " FOR UPDATE SKIP LOCKED",
        }
    }
}

/// Waits until no other transaction holds any of the keys, and holds them until this one ends. SQLite has one writer anyway.
pub(crate) fn lock_keys(tx: &Tx, keys: impl IntoIterator<Item = String>) -> Result<()> {
    let keys: Vec<String> = keys.into_iter().collect();
    if tx.dialect() == Dialect::Sqlite || keys.is_empty() {
        return Ok(());
    }
    let mut sql = Sql::new("SELECT pg_advisory_xact_lock(hashtextextended(key, 0)) FROM (VALUES ");
    for (place, key) in keys.iter().enumerate() {
        sql.push(if place > 0 { ", (" } else { "(" }).bind(key.as_str()).push("::text)");
    }
    sql.push(") AS wanted (key)");
    tx.execute(&sql).map(|_| ())
}

pub(crate) fn next_numbers(tx: &Tx, sequence: &str, count: usize) -> Result<Vec<i64>> {
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    match tx.dialect() {
        Dialect::Sqlite => {
            let sql = Sql::new("UPDATE sequence SET next = next + $1 WHERE name = $2 RETURNING next")
                .with(count)
                .with(sequence);
            let end = tx.first(&sql)?.map_or(0, |row| row.int(0));
            Ok((end - count..end).collect())
        }
        Dialect::Postgres => {
            let sql = Sql::new(format!("SELECT nextval('\"seq_{sequence}\"') FROM generate_series(1, $1)")).with(count);
            Ok(tx.query(&sql)?.iter().map(|row| row.int(0)).collect())
        }
    }
}

/// A sequence that starts at 1, if it is not there yet.
pub(crate) fn create_sequence(tx: &Tx, sequence: &str) -> Result<()> {
    match tx.dialect() {
        Dialect::Sqlite => tx
            .execute(
                &Sql::new("INSERT INTO sequence (name, next) VALUES ($1, 1) ON CONFLICT (name) DO NOTHING")
                    .with(sequence),
            )
            .map(|_| ()),
        Dialect::Postgres => tx.batch(&format!("CREATE SEQUENCE IF NOT EXISTS \"seq_{sequence}\" CACHE 1")),
    }
}

/// The columns of a table in this database; empty when there is no such table.
pub(crate) fn columns_of(tx: &Tx, table: &str) -> Result<Vec<String>> {
    let sql = match tx.dialect() {
        Dialect::Sqlite => Sql::new("SELECT name FROM pragma_table_info($1)"),
        Dialect::Postgres => Sql::new(
            "SELECT column_name::text FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = $1",
        ),
    };
    Ok(tx.query(&sql.with(table))?.iter().map(|row| row.text(0).to_owned()).collect())
}

/// The columns of a table with their types as [`Dialect::types`] reads them.
pub(crate) fn columns_with_types(tx: &Tx, table: &str) -> Result<Vec<(String, &'static str)>> {
    let sql = match tx.dialect() {
        Dialect::Sqlite => Sql::new("SELECT name, type FROM pragma_table_info($1)"),
        Dialect::Postgres => Sql::new(
            "SELECT column_name::text, data_type::text FROM information_schema.columns \
             WHERE table_schema = current_schema() AND table_name = $1 ORDER BY ordinal_position",
        ),
    };
    let ty = |name: &str| match name.to_ascii_uppercase().as_str() {
        "BIGINT" | "INTEGER" => "$int",
        "BYTEA" | "BLOB" => "$blob",
        _ => "$text",
    };
    Ok(tx.query(&sql.with(table))?.iter().map(|row| (row.text(0).to_owned(), ty(row.text(1)))).collect())
}

/// All tables but those of the search index.
pub(crate) fn tables(tx: &Tx) -> Result<Vec<String>> {
    let sql = match tx.dialect() {
        Dialect::Sqlite => Sql::new(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' \
             AND name NOT LIKE 'search\\_%' ESCAPE '\\' ORDER BY rowid",
        ),
        Dialect::Postgres => Sql::new(
            "SELECT table_name::text FROM information_schema.tables \
             WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' AND table_name <> 'search'",
        ),
    };
    Ok(tx.query(&sql)?.iter().map(|row| row.text(0).to_owned()).collect())
}

/// Every sequence with the number it gives next.
pub(crate) fn sequences(tx: &Tx) -> Result<Vec<(String, i64)>> {
    let sql = match tx.dialect() {
        Dialect::Sqlite => Sql::new("SELECT name, next FROM sequence"),
        Dialect::Postgres => Sql::new(
            "SELECT substr(sequencename, 5)::text, coalesce(last_value, 0) + 1 FROM pg_sequences \
             WHERE schemaname = current_schema() AND sequencename LIKE 'seq\\_%'",
        ),
    };
    Ok(tx.query(&sql)?.iter().map(|row| (row.text(0).to_owned(), row.int(1))).collect())
}

/// Lets a sequence go on from a number; makes it where it is not there.
pub(crate) fn set_sequence(tx: &Tx, sequence: &str, next: i64) -> Result<()> {
    create_sequence(tx, sequence)?;
    let sql = match tx.dialect() {
        Dialect::Sqlite => Sql::new("UPDATE sequence SET next = $1 WHERE name = $2").with(next).with(sequence),
        // A sequence cannot say that it has given 0.
        Dialect::Postgres if next <= 1 => return Ok(()),
        Dialect::Postgres => Sql::new(format!("SELECT setval('\"seq_{sequence}\"', $1)")).with(next - 1),
    };
    tx.execute(&sql).map(|_| ())
}

/// The names of all indexes.
pub(crate) fn indexes(tx: &Tx) -> Result<Vec<String>> {
    let sql = match tx.dialect() {
        Dialect::Sqlite => Sql::new("SELECT name FROM sqlite_master WHERE type = 'index'"),
        Dialect::Postgres => Sql::new("SELECT indexname::text FROM pg_indexes WHERE schemaname = current_schema()"),
    };
    Ok(tx.query(&sql)?.iter().map(|row| row.text(0).to_owned()).collect())
}

/// How the database would run a statement, in its own words.
pub fn explain(tx: &Tx, sql: &Sql) -> Result<String> {
    let prefix = match tx.dialect() {
        Dialect::Sqlite => "EXPLAIN QUERY PLAN ",
        Dialect::Postgres => "EXPLAIN ",
    };
    let explained = Sql { text: format!("{prefix}{}", sql.text), args: sql.args.clone() };
    let rows = tx.query(&explained)?;
    let line = |row: &crate::Row| {
        row.0.iter().rev().find_map(|cell| match cell {
            crate::Cell::Text(text) => Some(text.clone()),
            _ => None,
        })
    };
    Ok(rows.iter().filter_map(line).collect::<Vec<_>>().join("\n"))
}

/// What the database itself finds wrong with its pages, indexes and references; PostgreSQL keeps these by itself.
pub fn integrity(tx: &Tx) -> Result<Vec<String>> {
    if tx.dialect() == Dialect::Postgres {
        return Ok(Vec::new());
    }
    // It looks at the index of the search as this connection last knew it, and would call what others wrote since damaged; to
    // ask the index anything makes it known anew.
    for table in ["search_words", "search_parts"] {
        tx.query(&Sql::new(format!("SELECT rowid FROM {table} WHERE rowid = 0")))?;
    }
    let pages = tx.query(&Sql::new("PRAGMA integrity_check(20)"))?;
    let mut wrong: Vec<String> = pages.iter().map(|row| row.text(0).to_owned()).filter(|line| line != "ok").collect();
    for row in tx.query(&Sql::new("SELECT \"table\", rowid, parent FROM pragma_foreign_key_check LIMIT 20"))? {
        wrong.push(format!("{} {} → {}", row.text(0), row.int(1), row.text(2)));
    }
    Ok(wrong)
}
