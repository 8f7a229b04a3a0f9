//! SQLite: one writer, several readers, every write begun IMMEDIATE.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use base::{Error, Result};
use parking_lot::Mutex;
use rusqlite::config::DbConfig;
use rusqlite::functions::FunctionFlags;
use rusqlite::types::{ToSqlOutput, Value, ValueRef};
use rusqlite::{Connection, ToSql};

use crate::checkpoints::Checkpoints;
use crate::lanes::{Lane, Lanes};
use crate::sql::{Arg, Cell, Row, Sql};

pub struct Sqlite {
    folder: PathBuf,
    writer: Lanes<Connection>,
    /// Readers at rest.
    readers: Mutex<Vec<Connection>>,
    checkpoints: Checkpoints,
}

/// Readers kept open when they rest.
const KEPT: usize = 6;
/// Memory of a connection for pages, in kilobytes: readers are many and find what they read in the system's cache.
const READER_CACHE: i64 = 1_500;
const WRITER_CACHE: i64 = 16_000;
/// Statements kept prepared on a connection; one of a wide entity takes 80 KB.
const STATEMENTS: usize = 80;
/// Pages of log that a writer carries over by itself, when [`Checkpoints`] cannot keep up.
const LONGEST_LOG: i64 = 20_000;

/// How often another process that writes is asked whether it has done, and for how long at most. SQLite's own way waits longer
/// each time, and seldom meets the moment between two transactions.
const POLL: Duration = Duration::from_millis(2);
const BUSY: Duration = Duration::from_secs(20);
/// That moment, after each transaction of a job.
const BREATH: Duration = Duration::from_millis(4);

impl Sqlite {
    pub fn open(folder: &Path) -> Result<Sqlite> {
        std::fs::create_dir_all(folder)
            .map_err(|cause| Error::caused(format!("the data folder {} cannot be made", folder.display()), cause))?;
        let writer = connect(folder, WRITER_CACHE)?;
        let own = folder.to_owned();
        let checkpoints = Checkpoints::start(move || connect(&own, READER_CACHE));
        Ok(Sqlite { folder: folder.to_owned(), writer: Lanes::new(writer), readers: Mutex::default(), checkpoints })
    }

    pub fn folder(&self) -> &Path {
        &self.folder
    }

    pub fn read<T>(&self, work: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        let rested = self.readers.lock().pop();
        let reader = match rested {
            Some(reader) => reader,
            None => connect(&self.folder, READER_CACHE)?,
        };
        at_once(&reader, "BEGIN")?;
        let done = work(&reader);
        let ended = at_once(&reader, "COMMIT").or_else(|_| batch(&reader, "ROLLBACK"));
        let mut readers = self.readers.lock();
        if ended.is_ok() && readers.len() < KEPT {
            readers.push(reader);
        }
        done
    }

    pub fn write<T>(&self, lane: Lane, work: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        let writer = self.writer.enter(lane);
        if !writer.is_autocommit() {
            // Left by work that panicked.
            batch(&writer, "ROLLBACK")?;
        }
        at_once(&writer, "BEGIN IMMEDIATE")?;
        let done = work(&writer).and_then(|value| at_once(&writer, "COMMIT").map(|()| value));
        if done.is_err() && !writer.is_autocommit() {
            batch(&writer, "ROLLBACK")?;
        }
        if done.is_ok() {
            self.checkpoints.written();
        }
        drop(writer);
        if lane == Lane::Jobs {
            std::thread::sleep(BREATH);
        }
        done
    }

    /// Whether a person waits for the writer, or did a moment ago.
    pub fn wanted(&self) -> bool {
        self.writer.wanted()
    }

    pub fn snapshot(&self, to: &Path) -> Result<()> {
        self.read(|_| Ok(()))?;
        let source = connect(&self.folder, READER_CACHE)?;
        let path = to.to_str().ok_or_else(|| Error::fault("the file name of the snapshot is not Unicode"))?;
        execute(&source, &Sql::new("VACUUM INTO $1").with(path)).map(|_| ())
    }
}

/// A database that nobody else has open, as it lies there: nothing is set up in it.
pub fn alone(path: &Path) -> Result<Connection> {
    Connection::open(path).map_err(|cause| fault(&path.display().to_string(), cause))
}

fn connect(folder: &Path, cache: i64) -> Result<Connection> {
    let path = folder.join("bottega.db");
    let open = || -> rusqlite::Result<Connection> {
        let mut connection = Connection::open(&path)?;
        connection.progress_handler(STEPS, Some(|| END.get().is_some_and(|end| Instant::now() >= end)))?;
        connection.busy_handler(Some(|times| {
            std::thread::sleep(POLL);
            POLL * u32::try_from(times).unwrap_or(0) < BUSY
        }))?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "foreign_keys", true)?;
        connection.pragma_update(None, "cache_size", -cache)?;
        connection.pragma_update(None, "wal_autocheckpoint", LONGEST_LOG)?;
        // A plan made once holds for every value; otherwise each value bound means a statement prepared anew.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
        connection.pragma_update(None, "temp_store", "MEMORY")?;
        connection.set_prepared_statement_cache_capacity(STATEMENTS);
        let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
        connection.create_scalar_function("bottega_fold", 1, flags, |context| {
            Ok(context.get::<Option<String>>(0)?.map(|text| base::fold(&text)))
        })?;
        connection.create_scalar_function("bottega_addresses", 1, flags, |context| {
            Ok(context.get::<Option<String>>(0)?.map(|json| address_lines(&json)))
        })?;
        Ok(connection)
    };
    open().map_err(|cause| fault(&path.display().to_string(), cause))
}

/// What people read of addresses, as `bottega_addresses` of fold.sql says it.
fn address_lines(json: &str) -> String {
    let addresses: Vec<meta::Address> = serde_json::from_str(json).unwrap_or_default();
    let lines = addresses.into_iter().flat_map(|one| [one.street, one.zip, one.town, one.province]);
    lines.collect::<Vec<_>>().join("\n")
}

pub fn query(connection: &Connection, sql: &Sql) -> Result<Vec<Row>> {
    let run = || -> rusqlite::Result<Vec<Row>> {
        let mut statement = connection.prepare_cached(&numbered(&sql.text))?;
        bind(&mut statement, sql)?;
        let width = statement.column_count();
        let mut rows = statement.raw_query();
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let cells = (0..width).map(|at| row.get_ref(at).map(cell)).collect::<rusqlite::Result<Vec<_>>>()?;
            found.push(Row(cells));
        }
        Ok(found)
    };
    run().map_err(|cause| fault(&sql.text, cause))
}

/// Hands over the rows a few at a time.
pub fn each(
    connection: &Connection,
    sql: &Sql,
    some: usize,
    take: &mut dyn FnMut(Vec<Row>) -> Result<()>,
) -> Result<()> {
    let wrong = |cause| fault(&sql.text, cause);
    let mut statement = connection.prepare_cached(&numbered(&sql.text)).map_err(wrong)?;
    bind(&mut statement, sql).map_err(wrong)?;
    let width = statement.column_count();
    let mut rows = statement.raw_query();
    let mut found = Vec::with_capacity(some);
    while let Some(row) = rows.next().map_err(wrong)? {
        let cells = (0..width).map(|at| row.get_ref(at).map(cell)).collect::<rusqlite::Result<Vec<_>>>();
        found.push(Row(cells.map_err(wrong)?));
        if found.len() == some {
            take(std::mem::take(&mut found))?;
        }
    }
    if found.is_empty() { Ok(()) } else { take(found) }
}

pub fn execute(connection: &Connection, sql: &Sql) -> Result<u64> {
    let run = || -> rusqlite::Result<usize> {
        let mut statement = connection.prepare_cached(&numbered(&sql.text))?;
        bind(&mut statement, sql)?;
        statement.raw_execute()
    };
    run().map(|touched| touched as u64).map_err(|cause| fault(&sql.text, cause))
}

/// Instructions of SQLite's machine between two looks at the clock: well under a millisecond.
const STEPS: i32 = 20_000;

thread_local! {
    /// When what this thread reads shall end; each connection asks for it.
    static END: std::cell::Cell<Option<Instant>> = const { std::cell::Cell::new(None) };
}

/// Reads for so long at most; none when the time was over first.
pub fn within<T>(time: Duration, work: impl FnOnce() -> Result<T>) -> Result<Option<T>> {
    END.set(Some(Instant::now() + time));
    let done = work();
    END.set(None);
    match done {
        Err(error) if was_interrupted(&error) => Ok(None),
        done => done.map(Some),
    }
}

fn was_interrupted(error: &Error) -> bool {
    let Error::Fault(fault) = error else { return false };
    let cause = fault.cause.as_ref().and_then(|cause| cause.downcast_ref::<rusqlite::Error>());
    cause.and_then(rusqlite::Error::sqlite_error_code) == Some(rusqlite::ErrorCode::OperationInterrupted)
}

/// What begins and ends every transaction is read once for all.
fn at_once(connection: &Connection, statement: &str) -> Result<()> {
    let run = || connection.prepare_cached(statement)?.raw_execute();
    run().map(|_| ()).map_err(|cause| fault(statement, cause))
}

pub fn batch(connection: &Connection, statements: &str) -> Result<()> {
    connection.execute_batch(statements).map_err(|cause| fault(statements, cause))
}

/// `?5` is the fifth value to SQLite, wherever it stands; `$5` would be a name that must be looked up.
fn numbered(text: &str) -> String {
    let mut numbered = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('$') {
        let number = rest.as_bytes().get(at + 1).is_some_and(u8::is_ascii_digit);
        numbered.push_str(&rest[..at]);
        numbered.push(if number { '?' } else { '$' });
        rest = &rest[at + 1..];
    }
    numbered + rest
}

/// A statement may leave the last values unused.
fn bind(statement: &mut rusqlite::CachedStatement, sql: &Sql) -> rusqlite::Result<()> {
    let taken = statement.parameter_count();
    for (index, arg) in sql.args.iter().enumerate().take(taken) {
        statement.raw_bind_parameter(index + 1, arg)?;
    }
    Ok(())
}

impl ToSql for Arg {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Arg::Null => ToSqlOutput::Owned(Value::Null),
            Arg::Int(value) => ToSqlOutput::Owned(Value::Integer(*value)),
            Arg::Text(value) => ToSqlOutput::Borrowed(ValueRef::Text(value.as_bytes())),
            Arg::Blob(value) => ToSqlOutput::Borrowed(ValueRef::Blob(value)),
        })
    }
}

fn cell(value: ValueRef) -> Cell {
    match value {
        ValueRef::Null => Cell::Null,
        ValueRef::Integer(value) => Cell::Int(value),
        ValueRef::Real(value) => Cell::Real(value),
        ValueRef::Text(value) => Cell::Text(String::from_utf8_lossy(value).into_owned()),
        ValueRef::Blob(value) => Cell::Blob(value.to_vec()),
    }
}

fn fault(statement: &str, cause: rusqlite::Error) -> Error {
    let what = match cause.sqlite_error_code() {
        Some(rusqlite::ErrorCode::DiskFull) => base::error::DISK_FULL.to_owned(),
        _ => format!("SQLite: {}", statement.chars().take(300).collect::<String>()),
    };
    Error::caused(what, cause)
}
