//! PostgreSQL: a pool of connections, each with its prepared statements.

use std::cell::RefCell;
use std::collections::HashMap;
use std::time::{Duration, Instant};

use base::error::{AWAY, Fault, UNSURE};
use base::{Error, Result};
use bytes::BytesMut;
use parking_lot::{Condvar, Mutex};
use postgres::error::{Severity, SqlState};
use postgres::types::{Format, IsNull, ToSql, Type, to_sql_checked};
use postgres::{Client, Config, NoTls, Statement};

use crate::PoolUse;
use crate::sql::{Arg, Cell, Row, Sql};

pub struct Postgres {
    config: Config,
    pool: Mutex<Pool>,
    returned: Condvar,
}

#[derive(Default)]
struct Pool {
    resting: Vec<Rested>,
    lent: usize,
    waiting: usize,
    waits: u64,
    waited: Duration,
}

/// A connection at rest, and since when.
struct Rested {
    link: Link,
    since: Instant,
}

/// A connection. The statements stay prepared as long as it lives.
pub struct Link {
    inner: RefCell<Inner>,
}

struct Inner {
    client: Client,
    statements: HashMap<String, Statement>,
    /// The server has closed it, or will.
    cut: bool,
}

/// Connections at most, at rest and lent.
const MOST: usize = 16;
/// No statement runs longer.
pub(crate) const LONGEST: &str = "60s";
/// Statements kept prepared on a connection.
const STATEMENTS: usize = 400;
/// A connection that rested longer is tried before it is lent: the server may have ended meanwhile.
const TRUSTED: Duration = Duration::from_secs(1);
/// How long a server is waited for that does not answer at all.
const SILENT: Duration = Duration::from_secs(5);
/// How long what was sent may stay without an answer of the other machine, and how soon one that is idle is asked whether it is there.
const VANISHED: Duration = Duration::from_secs(30);
const USUAL_KEEPALIVE: Duration = Duration::from_secs(2 * 3600);

impl Postgres {
    pub fn open(url: &str) -> Result<Postgres> {
        let config = url.parse().map_err(|cause| Error::caused("the address of the database cannot be read", cause))?;
        let postgres = Postgres { config: patient(config), pool: Mutex::default(), returned: Condvar::new() };
        postgres.read(|_| Ok(()))?;
        Ok(postgres)
    }

    pub fn read<T>(&self, work: impl FnOnce(&Link) -> Result<T>) -> Result<T> {
        let link = self.take()?;
        work(&link)
    }

    pub fn write<T>(&self, work: impl FnOnce(&Link) -> Result<T>) -> Result<T> {
        let link = self.begin()?;
        let done = work(&link).and_then(|value| link.commit().map(|()| value));
        if done.is_err() && link.batch("ROLLBACK").is_err() {
            link.inner.borrow_mut().statements.clear();
        }
        done
    }

    /// How the connections are used.
    pub fn pool(&self) -> PoolUse {
        let pool = self.pool.lock();
        PoolUse {
            open: pool.lent + pool.resting.len(),
            lent: pool.lent,
            most: MOST,
            waiting: pool.waiting,
            waits: pool.waits,
            waited: pool.waited,
        }
    }

    /// A connection with a transaction begun. One that was cut while it rested does not count.
    fn begin(&self) -> Result<Lent<'_>> {
        loop {
            let link = self.take()?;
            match link.batch("BEGIN") {
                Ok(()) => return Ok(link),
                Err(error) if !(error.is_away() && link.has_rested) => return Err(error),
                Err(_) => {}
            }
        }
    }

    fn take(&self) -> Result<Lent<'_>> {
        while let Some(Rested { link, since }) = self.next() {
            let lent = Lent { pool: self, link: Some(link), has_rested: true };
            if since.elapsed() < TRUSTED || lent.answers() {
                return Ok(lent);
            }
        }
        match Link::connect(&self.config) {
            Ok(link) => Ok(Lent { pool: self, link: Some(link), has_rested: false }),
            Err(error) => {
                self.give_back(None);
                Err(error)
            }
        }
    }

    /// A connection at rest; none where another may be opened. In both cases it counts as lent.
    fn next(&self) -> Option<Rested> {
        let mut pool = self.pool.lock();
        if pool.resting.is_empty() && pool.lent >= MOST {
            let begun = Instant::now();
            pool.waiting += 1;
            while pool.resting.is_empty() && pool.lent >= MOST {
                self.returned.wait(&mut pool);
            }
            pool.waiting -= 1;
            pool.waits += 1;
            pool.waited += begun.elapsed();
        }
        pool.lent += 1;
        pool.resting.pop()
    }

    fn give_back(&self, link: Option<Link>) {
        let mut pool = self.pool.lock();
        pool.lent -= 1;
        match link {
            Some(link) if link.is_cut() => pool.resting.clear(),
            Some(link) => pool.resting.push(Rested { link, since: Instant::now() }),
            None => {}
        }
        self.returned.notify_one();
    }
}

/// Settings for a server that goes away without a word, where the address says nothing of them.
fn patient(mut config: Config) -> Config {
    if config.get_connect_timeout().is_none() {
        config.connect_timeout(SILENT);
    }
    if config.get_tcp_user_timeout().is_none() {
        config.tcp_user_timeout(VANISHED);
    }
    if config.get_keepalives_idle() == USUAL_KEEPALIVE {
        config.keepalives_idle(VANISHED);
    }
    if config.get_application_name().is_none() {
        config.application_name("bottega");
    }
    config
}

/// A connection on loan: it comes back when this is dropped, unless the work panicked and nobody knows what is under way.
struct Lent<'a> {
    pool: &'a Postgres,
    link: Option<Link>,
    /// It was not opened for this.
    has_rested: bool,
}

impl std::ops::Deref for Lent<'_> {
    type Target = Link;

    fn deref(&self) -> &Link {
        self.link.as_ref().unwrap_or_else(|| unreachable!("it is given back only when it is dropped"))
    }
}

impl Drop for Lent<'_> {
    fn drop(&mut self) {
        self.pool.give_back(self.link.take().filter(|_| !std::thread::panicking()));
    }
}

impl Link {
    fn connect(config: &Config) -> Result<Link> {
        let mut client = config.connect(NoTls).map_err(|cause| Error::caused(AWAY, cause))?;
        // The planner's estimates of a page are about rows it will not read; nested loops over indexes are what pages want.
        client
            .batch_execute(&format!(
                "SET statement_timeout = '{LONGEST}'; SET idle_in_transaction_session_timeout = '120s'; SET jit = off"
            ))
            .map_err(|cause| fault("SET", cause))?;
        Ok(Link { inner: RefCell::new(Inner { client, statements: HashMap::new(), cut: false }) })
    }

    pub fn query(&self, sql: &Sql) -> Result<Vec<Row>> {
        let mut inner = self.inner.borrow_mut();
        let run = |inner: &mut Inner| -> std::result::Result<Vec<Row>, postgres::Error> {
            let statement = inner.prepare(&sql.text)?;
            let args: Vec<&(dyn ToSql + Sync)> = sql.args.iter().map(|arg| arg as &(dyn ToSql + Sync)).collect();
            let rows = inner.client.query(&statement, &args)?;
            rows.iter()
                .map(|row| (0..row.len()).map(|at| cell(row, at)).collect::<std::result::Result<_, _>>().map(Row))
                .collect()
        };
        run(&mut inner).map_err(|cause| inner.failed(&sql.text, cause))
    }

    pub fn execute(&self, sql: &Sql) -> Result<u64> {
        let mut inner = self.inner.borrow_mut();
        let run = |inner: &mut Inner| -> std::result::Result<u64, postgres::Error> {
            let statement = inner.prepare(&sql.text)?;
            let args: Vec<&(dyn ToSql + Sync)> = sql.args.iter().map(|arg| arg as &(dyn ToSql + Sync)).collect();
            inner.client.execute(&statement, &args)
        };
        run(&mut inner).map_err(|cause| inner.failed(&sql.text, cause))
    }

    /// Reads for so long at most a statement; none when the time was over first.
    pub fn within<T>(&self, time: Duration, work: impl FnOnce() -> Result<T>) -> Result<Option<T>> {
        self.batch(&format!("SET statement_timeout = {}", time.as_millis().max(1)))?;
        let done = work();
        self.batch(&format!("SET statement_timeout = '{LONGEST}'"))?;
        match done {
            Err(error) if code(&error) == Some(&SqlState::QUERY_CANCELED) => Ok(None),
            done => done.map(Some),
        }
    }

    pub fn batch(&self, statements: &str) -> Result<()> {
        let mut inner = self.inner.borrow_mut();
        let done = inner.client.batch_execute(statements);
        done.map_err(|cause| inner.failed(statements, cause))
    }

    /// # Errors
    /// [`UNSURE`] when the line was cut before the answer.
    fn commit(&self) -> Result<()> {
        self.batch("COMMIT").map_err(|error| match error {
            Error::Fault(fault) if fault.what == AWAY => Error::Fault(Fault { what: UNSURE.to_owned(), ..fault }),
            other => other,
        })
    }

    /// Whether the server is still there; asks it.
    fn answers(&self) -> bool {
        let mut inner = self.inner.borrow_mut();
        inner.cut |= inner.client.is_valid(SILENT).is_err();
        !inner.cut
    }

    fn is_cut(&self) -> bool {
        let inner = self.inner.borrow();
        inner.cut || inner.client.is_closed()
    }
}

impl Inner {
    fn failed(&mut self, statement: &str, cause: postgres::Error) -> Error {
        self.cut |= is_cut(&cause);
        fault(statement, cause)
    }

    fn prepare(&mut self, text: &str) -> std::result::Result<Statement, postgres::Error> {
        if let Some(statement) = self.statements.get(text) {
            return Ok(statement.clone());
        }
        if self.statements.len() >= STATEMENTS {
            self.statements.clear();
        }
        let statement = self.client.prepare(text)?;
        self.statements.insert(text.to_owned(), statement.clone());
        Ok(statement)
    }
}

/// Whether the same work may well succeed when it is tried again.
pub fn is_transient(error: &Error) -> bool {
    code(error)
        .is_some_and(|code| [SqlState::T_R_SERIALIZATION_FAILURE, SqlState::T_R_DEADLOCK_DETECTED].contains(code))
}

fn code(error: &Error) -> Option<&SqlState> {
    let Error::Fault(fault) = error else { return None };
    fault.cause.as_ref()?.downcast_ref::<postgres::Error>()?.code()
}

/// Whether the connection is of no more use: the server ends, it became one that only reads, or the line is gone.
fn is_cut(cause: &postgres::Error) -> bool {
    let fatal = |error: &postgres::error::DbError| {
        matches!(error.parsed_severity(), Some(Severity::Fatal | Severity::Panic))
            || *error.code() == SqlState::READ_ONLY_SQL_TRANSACTION
    };
    let is_io = || std::error::Error::source(cause).is_some_and(|source| source.is::<std::io::Error>());
    cause.is_closed() || cause.as_db_error().is_some_and(fatal) || is_io()
}

fn fault(statement: &str, cause: postgres::Error) -> Error {
    let what = match cause.code() {
        _ if is_cut(&cause) => AWAY.to_owned(),
        Some(code) if *code == SqlState::DISK_FULL => base::error::DISK_FULL.to_owned(),
        _ => format!("PostgreSQL: {}", statement.chars().take(300).collect::<String>()),
    };
    Error::caused(what, cause)
}

/// The type is the column's: a null has none of its own.
impl ToSql for Arg {
    fn to_sql(
        &self,
        ty: &Type,
        out: &mut BytesMut,
    ) -> std::result::Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match self {
            Arg::Null => Ok(IsNull::Yes),
            Arg::Int(value) if *ty == Type::INT4 => i32::try_from(*value)?.to_sql(ty, out),
            Arg::Int(value) if *ty == Type::BOOL => (*value != 0).to_sql(ty, out),
            Arg::Int(value) => value.to_sql(ty, out),
            Arg::Text(value) => value.to_sql(ty, out),
            Arg::Blob(value) => value.to_sql(ty, out),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    fn encode_format(&self, _: &Type) -> Format {
        Format::Binary
    }

    to_sql_checked!();
}

fn cell(row: &postgres::Row, at: usize) -> std::result::Result<Cell, postgres::Error> {
    let ty = row.columns()[at].type_();
    Ok(match *ty {
        Type::INT8 => row.try_get::<_, Option<i64>>(at)?.map_or(Cell::Null, Cell::Int),
        Type::INT4 => row.try_get::<_, Option<i32>>(at)?.map_or(Cell::Null, |value| Cell::Int(value.into())),
        Type::BOOL => row.try_get::<_, Option<bool>>(at)?.map_or(Cell::Null, |value| Cell::Int(value.into())),
        Type::FLOAT8 => row.try_get::<_, Option<f64>>(at)?.map_or(Cell::Null, Cell::Real),
        Type::FLOAT4 => row.try_get::<_, Option<f32>>(at)?.map_or(Cell::Null, |value| Cell::Real(value.into())),
        Type::BYTEA => row.try_get::<_, Option<Vec<u8>>>(at)?.map_or(Cell::Null, Cell::Blob),
        _ => row.try_get::<_, Option<String>>(at)?.map_or(Cell::Null, Cell::Text),
    })
}
