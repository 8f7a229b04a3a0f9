//! Carries SQLite's write-ahead log into the database beside the work, so that whoever saves never waits for it.

use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use base::Result;
use parking_lot::{Condvar, Mutex};
use rusqlite::Connection;

/// Pages of log from which on it is carried over: fewer would be written again and again.
const PAGES: i64 = 6000;
/// How long a burst of writes is left alone.
const REST: Duration = Duration::from_millis(100);

/// A thread with a connection of its own; it ends when this is dropped.
pub struct Checkpoints {
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    written: bool,
    ended: bool,
}

impl Checkpoints {
    /// `open` is called at the first write.
    pub fn start(open: impl FnOnce() -> Result<Connection> + Send + 'static) -> Checkpoints {
        let shared = Arc::new(Shared::default());
        let own = shared.clone();
        let thread = std::thread::Builder::new().name("checkpoints".to_owned()).spawn(move || {
            let run = || -> Result<()> {
                if !own.wait() {
                    return Ok(());
                }
                let connection = open()?;
                loop {
                    carry(&connection).unwrap_or_else(|cause| tracing::warn!(%cause, "the log stays as it is for now"));
                    if !own.wait() {
                        return Ok(());
                    }
                }
            };
            run().unwrap_or_else(|error| tracing::warn!(%error, "the log is carried over by those who save"));
        });
        Checkpoints { shared, thread: thread.ok() }
    }

    /// Something was committed.
    pub fn written(&self) {
        self.shared.state.lock().written = true;
        self.shared.changed.notify_one();
    }
}

impl Drop for Checkpoints {
    fn drop(&mut self) {
        self.shared.state.lock().ended = true;
        self.shared.changed.notify_one();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Shared {
    /// Waits for writes and a moment more; false when all is over.
    fn wait(&self) -> bool {
        let mut state = self.state.lock();
        while !state.written && !state.ended {
            self.changed.wait(&mut state);
        }
        let until = std::time::Instant::now() + REST;
        while !state.ended && !self.changed.wait_until(&mut state, until).timed_out() {}
        state.written = false;
        !state.ended
    }
}

fn carry(connection: &Connection) -> rusqlite::Result<()> {
    let pages = |mode: &str| {
        let sql = format!("PRAGMA wal_checkpoint({mode})");
        connection.query_row(&sql, [], |row| Ok(row.get::<_, i64>(1)? - row.get::<_, i64>(2)?))
    };
    if pages("NOOP")? >= PAGES {
        pages("PASSIVE")?;
    }
    Ok(())
}
