//! As many requests at once as the machine does at once. The others wait here, where waiting costs nothing: a request that
//! runs holds a thread and a connection, and a connection its pages and prepared statements.

use std::thread::available_parallelism;

use store::Dialect;
use tokio::sync::Semaphore;
use tokio::task::{JoinError, spawn_blocking};

pub struct Turns(Semaphore);

/// Beyond one a processor: some wait for the disk, and a slow one must not keep the quick ones back.
const BESIDE: usize = 2;
const MOST: usize = 16;

impl Turns {
    /// PostgreSQL works on processors of its own, and has a connection for each turn.
    pub fn of(dialect: Dialect) -> Turns {
        let processors = available_parallelism().map_or(2, usize::from);
        Turns(Semaphore::new(match dialect {
            Dialect::Sqlite => (processors + BESIDE).min(MOST),
            Dialect::Postgres => MOST,
        }))
    }

    /// Does work that may block, in its turn.
    pub async fn take<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, JoinError> {
        // It is never closed.
        let _turn = self.0.acquire().await;
        let span = tracing::Span::current();
        spawn_blocking(move || span.in_scope(work)).await
    }
}
