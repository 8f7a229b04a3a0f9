//! The only place that knows SQL dialects: schema, queries, search, change log, sequences, files.
//!
//! Everything here is synchronous: a request hops once to a thread that may block, and a dropped connection can never
//! cut a transaction in half.

mod checkpoints;
pub mod columns;
pub mod copy;
mod dialect;
mod driver;
pub mod files;
pub mod groups;
pub mod jobs;
mod lanes;
pub mod list;
pub mod log;
pub mod mail;
mod many;
mod order;
pub mod patience;
mod postgres;
pub mod records;
pub mod schema;
pub mod search;
mod sql;
mod sqlite;
pub mod trash;
pub mod walk;

pub mod wheres;

use std::path::PathBuf;

use base::{Error, Problem, Result};

pub use dialect::{Dialect, integrity};
pub use lanes::Lane;
pub use sql::{Arg, Cell, Row, Sql};

/// Where the data lie.
#[derive(Clone, Debug)]
pub enum Location {
    /// A folder; the database is `bottega.db` in it.
    Folder(PathBuf),
    /// `postgres://…`
    Postgres(String),
}

/// An open database. Cheap to share behind an `Arc`.
pub struct Store {
    engine: Engine,
    probes: Probes,
}

/// What chooses between plans: counts, kept for a while (a plan chosen on an old count is slower, never wrong), and patience.
#[derive(Default)]
struct Probes {
    counts: parking_lot::Mutex<std::collections::HashMap<String, (i64, std::time::Instant)>>,
    sparse: Option<i64>,
    patience: patience::Patience,
}

/// How long a count is believed.
const BELIEVED: std::time::Duration = std::time::Duration::from_secs(60);

enum Engine {
    Sqlite(sqlite::Sqlite),
    Postgres(postgres::Postgres),
}

/// How the connections to a server are used.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct PoolUse {
    pub open: usize,
    /// In use now.
    pub lent: usize,
    /// What `open` never exceeds.
    pub most: usize,
    /// Who waits for one now.
    pub waiting: usize,
    /// How often somebody had to wait, and how long in all.
    pub waits: u64,
    pub waited: std::time::Duration,
}

/// A connection with a transaction under way.
pub struct Tx<'a> {
    connection: Connection<'a>,
    probes: &'a Probes,
}

enum Connection<'a> {
    Sqlite(&'a rusqlite::Connection, &'a sqlite::Sqlite),
    Postgres(&'a postgres::Link),
}

/// How often a write is tried when another transaction stood in its way.
const TRIES: usize = 6;

impl Store {
    /// Opens, and makes what is not there yet; the schema is [`schema::migrate`]'s.
    pub fn open(location: &Location) -> Result<Store> {
        let engine = match location {
            Location::Folder(folder) => Engine::Sqlite(sqlite::Sqlite::open(folder)?),
            Location::Postgres(url) => Engine::Postgres(postgres::Postgres::open(url)?),
        };
        Ok(Store { engine, probes: Probes::default() })
    }

    /// The number of rows up to which lists begin with the rows and not with the order: 0 for never. What they answer is
    /// the same.
    pub fn with_sparse(mut self, rows: i64) -> Store {
        self.probes.sparse = Some(rows);
        self
    }

    /// How long lists may look for what no index finds.
    pub fn with_patience(mut self, patience: patience::Patience) -> Store {
        self.probes.patience = patience;
        self
    }

    pub fn dialect(&self) -> Dialect {
        match &self.engine {
            Engine::Sqlite(_) => Dialect::Sqlite,
            Engine::Postgres(_) => Dialect::Postgres,
        }
    }

    /// The connections to the server, where there is one.
    pub fn pool(&self) -> Option<PoolUse> {
        match &self.engine {
            Engine::Sqlite(_) => None,
            Engine::Postgres(postgres) => Some(postgres.pool()),
        }
    }

    /// The data folder, when the data lie in one.
    pub fn folder(&self) -> Option<&std::path::Path> {
        match &self.engine {
            Engine::Sqlite(sqlite) => Some(sqlite.folder()),
            Engine::Postgres(_) => None,
        }
    }

    /// Reads; on SQLite all of it from one snapshot.
    pub fn read<T>(&self, work: impl FnOnce(&Tx) -> Result<T>) -> Result<T> {
        match &self.engine {
            Engine::Sqlite(sqlite) => sqlite.read(|connection| {
                work(&Tx { connection: Connection::Sqlite(connection, sqlite), probes: &self.probes })
            }),
            Engine::Postgres(postgres) => {
                postgres.read(|link| work(&Tx { connection: Connection::Postgres(link), probes: &self.probes }))
            }
        }
    }

    /// Reads, then writes, all or nothing. The work may be run again when another transaction stood in its way, so it
    /// may do nothing but through the transaction.
    pub fn write<T>(&self, lane: Lane, mut work: impl FnMut(&Tx) -> Result<T>) -> Result<T> {
        for attempt in 1.. {
            let done = match &self.engine {
                Engine::Sqlite(sqlite) => sqlite.write(lane, |connection| {
                    work(&Tx { connection: Connection::Sqlite(connection, sqlite), probes: &self.probes })
                }),
                Engine::Postgres(postgres) => {
                    postgres.write(|link| work(&Tx { connection: Connection::Postgres(link), probes: &self.probes }))
                }
            };
            match done {
                // Cut off before it was told to keep anything, it left nothing behind.
                Err(error) if attempt == 1 && error.is_away() && !error.is_unsure() => {}
                Err(error) if attempt < TRIES && postgres::is_transient(&error) => {
                    std::thread::sleep(std::time::Duration::from_millis(5 * (1 << attempt)));
                }
                done => return done,
            }
        }
        unreachable!("the loop returns")
    }

    /// Copies the SQLite database, while it is in use, to a file.
    pub fn snapshot(&self, to: &std::path::Path) -> Result<()> {
        match &self.engine {
            Engine::Sqlite(sqlite) => sqlite.snapshot(to),
            Engine::Postgres(_) => Err(base::Error::fault("PostgreSQL has no snapshot file")),
        }
    }
}

impl Tx<'_> {
    pub fn dialect(&self) -> Dialect {
        match self.connection {
            Connection::Sqlite(..) => Dialect::Sqlite,
            Connection::Postgres(_) => Dialect::Postgres,
        }
    }

    pub fn query(&self, sql: &Sql) -> Result<Vec<Row>> {
        match self.connection {
            Connection::Sqlite(connection, _) => sqlite::query(connection, sql),
            Connection::Postgres(link) => link.query(sql),
        }
    }

    /// The number of rows that were touched.
    pub fn execute(&self, sql: &Sql) -> Result<u64> {
        match self.connection {
            Connection::Sqlite(connection, _) => sqlite::execute(connection, sql),
            Connection::Postgres(link) => link.execute(sql),
        }
    }

    /// Part of a transaction that is taken back by itself where it is refused, with what it was refused for.
    pub fn attempt<T>(&self, work: impl FnOnce() -> Result<T>) -> Result<Result<T, Vec<Problem>>> {
        self.execute(&Sql::new("SAVEPOINT attempt"))?;
        let done = match work() {
            Ok(done) => Ok(done),
            Err(Error::Refused(problems)) => {
                self.execute(&Sql::new("ROLLBACK TO SAVEPOINT attempt"))?;
                Err(problems)
            }
            Err(other) => return Err(other),
        };
        self.execute(&Sql::new("RELEASE SAVEPOINT attempt"))?;
        Ok(done)
    }

    pub(crate) fn sparse(&self) -> Option<i64> {
        self.probes.sparse
    }

    pub(crate) fn patience(&self) -> patience::Patience {
        self.probes.patience
    }

    /// Reads for so long at most; none when the time was over first. Not for work that writes.
    pub fn within<T>(&self, time: std::time::Duration, work: impl FnOnce() -> Result<T>) -> Result<Option<T>> {
        match self.connection {
            Connection::Sqlite(..) => sqlite::within(time, work),
            Connection::Postgres(link) => link.within(time, work),
        }
    }

    /// Waits until no other transaction holds the key, and holds it until this one ends: for what must be true of several
    /// rows together, such as that no two have the same.
    pub fn lock_key(&self, key: &str) -> Result<()> {
        self.lock_keys([key.to_owned()])
    }

    /// The same with several keys, in one statement; give them in one order everywhere.
    pub fn lock_keys(&self, keys: impl IntoIterator<Item = String>) -> Result<()> {
        dialect::lock_keys(self, keys)
    }

    /// A count that chooses a plan, from memory while it is fresh.
    pub(crate) fn probe(&self, sql: &Sql) -> Result<i64> {
        let key = format!("{}{:?}", sql.text, sql.args);
        if let Some((count, at)) = self.probes.counts.lock().get(&key)
            && at.elapsed() < BELIEVED
        {
            return Ok(*count);
        }
        let count = self.first(sql)?.map_or(0, |row| row.int(0));
        let mut kept = self.probes.counts.lock();
        if kept.len() > 10_000 {
            kept.clear();
        }
        kept.insert(key, (count, std::time::Instant::now()));
        Ok(count)
    }

    /// For the rest of a transaction that writes: few rows are looked up in tables that it is filling, so indexes are right
    /// whatever the statistics, and the plans made when the tables were empty, say.
    pub fn by_index(&self) -> Result<()> {
        self.batch(self.dialect().by_index())
    }

    /// Whether this transaction, which writes for a job, should end soon: a person waits, or did a moment ago. PostgreSQL
    /// does not say: it may be so.
    pub fn wanted(&self) -> bool {
        match self.connection {
            Connection::Sqlite(_, sqlite) => sqlite.wanted(),
            Connection::Postgres(_) => true,
        }
    }

    /// Several statements without values.
    pub fn batch(&self, statements: &str) -> Result<()> {
        match self.connection {
            Connection::Sqlite(connection, _) => sqlite::batch(connection, statements),
            Connection::Postgres(link) => link.batch(statements),
        }
    }

    pub fn first(&self, sql: &Sql) -> Result<Option<Row>> {
        Ok(self.query(sql)?.into_iter().next())
    }

    /// The next numbers of a sequence.
    pub fn next_numbers(&self, sequence: &str, count: usize) -> Result<Vec<i64>> {
        dialect::next_numbers(self, sequence, count)
    }
}
