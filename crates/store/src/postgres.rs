//! PostgreSQL: a pool of connections, each with its prepared statements.

use std::cell::RefCell;
use std::collections::HashMap;
use std::time::Duration;

use base::{Error, Result};
use bytes::BytesMut;
use parking_lot::{Condvar, Mutex};
use postgres::error::SqlState;
use postgres::types::{Format, IsNull, ToSql, Type, to_sql_checked};
use postgres::{Client, NoTls, Statement};

use crate::sql::{Arg, Cell, Row, Sql};

pub struct Postgres {
    url: String,
    pool: Mutex<Pool>,
    returned: Condvar,
}

#[derive(Default)]
struct Pool {
    resting: Vec<Link>,
    lent: usize,
}

/// A connection. The statements stay prepared as long as it lives.
pub struct Link {
    inner: RefCell<Inner>,
}

struct Inner {
    client: Client,
    statements: HashMap<String, Statement>,
}

/// Connections at most, at rest and lent.
const MOST: usize = 16;
/// No statement runs longer.
pub(crate) const LONGEST: &str = "60s";
/// Statements kept prepared on a connection.
const STATEMENTS: usize = 400;

impl Postgres {
    pub fn open(url: &str) -> Result<Postgres> {
        let postgres = Postgres { url: url.to_owned(), pool: Mutex::default(), returned: Condvar::new() };
        postgres.read(|_| Ok(()))?;
        Ok(postgres)
    }

    pub fn read<T>(&self, work: impl FnOnce(&Link) -> Result<T>) -> Result<T> {
        let link = self.take()?;
        work(&link)
    }

    pub fn write<T>(&self, work: impl FnOnce(&Link) -> Result<T>) -> Result<T> {
        let link = self.take()?;
        let done =
            link.batch("BEGIN").and_then(|()| work(&link)).and_then(|value| link.batch("COMMIT").map(|()| value));
        if done.is_err() && link.batch("ROLLBACK").is_err() {
            link.inner.borrow_mut().statements.clear();
        }
        done
    }

    fn take(&self) -> Result<Lent<'_>> {
        let mut pool = self.pool.lock();
        loop {
            if let Some(link) = pool.resting.pop() {
                pool.lent += 1;
                return Ok(Lent { pool: self, link: Some(link) });
            }
            if pool.lent < MOST {
                pool.lent += 1;
                break;
            }
            self.returned.wait(&mut pool);
        }
        drop(pool);
        let link = Link::connect(&self.url);
        if link.is_err() {
            self.pool.lock().lent -= 1;
            self.returned.notify_one();
        }
        link.map(|link| Lent { pool: self, link: Some(link) })
    }

    fn give_back(&self, link: Option<Link>) {
        let mut pool = self.pool.lock();
        pool.lent -= 1;
        pool.resting.extend(link.filter(|link| !link.inner.borrow().client.is_closed()));
        self.returned.notify_one();
    }
}

/// A connection on loan: it comes back when this is dropped, unless the work panicked and nobody knows what is under way.
struct Lent<'a> {
    pool: &'a Postgres,
    link: Option<Link>,
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
    fn connect(url: &str) -> Result<Link> {
        let mut client =
            Client::connect(url, NoTls).map_err(|cause| Error::caused("PostgreSQL does not answer", cause))?;
        // The planner's estimates of a page are about rows it will not read; nested loops over indexes are what pages want.
        client
            .batch_execute(&format!(
                "SET statement_timeout = '{LONGEST}'; SET idle_in_transaction_session_timeout = '120s'; SET jit = off"
            ))
            .map_err(|cause| fault("SET", cause))?;
        Ok(Link { inner: RefCell::new(Inner { client, statements: HashMap::new() }) })
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
        run(&mut inner).map_err(|cause| fault(&sql.text, cause))
    }

    pub fn execute(&self, sql: &Sql) -> Result<u64> {
        let mut inner = self.inner.borrow_mut();
        let run = |inner: &mut Inner| -> std::result::Result<u64, postgres::Error> {
            let statement = inner.prepare(&sql.text)?;
            let args: Vec<&(dyn ToSql + Sync)> = sql.args.iter().map(|arg| arg as &(dyn ToSql + Sync)).collect();
            inner.client.execute(&statement, &args)
        };
        run(&mut inner).map_err(|cause| fault(&sql.text, cause))
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
        self.inner.borrow_mut().client.batch_execute(statements).map_err(|cause| fault(statements, cause))
    }
}

impl Inner {
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

fn fault(statement: &str, cause: postgres::Error) -> Error {
    let what = match cause.code() {
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
