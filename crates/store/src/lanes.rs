//! One writer with two lanes: people go before jobs.

use std::time::{Duration, Instant};

use parking_lot::{Condvar, Mutex, MutexGuard};

/// Who waits for the writer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lane {
    People,
    Jobs,
}

pub struct Lanes<T> {
    value: Mutex<T>,
    waiting: Mutex<Waiting>,
    none_waiting: Condvar,
}

#[derive(Default)]
struct Waiting {
    people: usize,
    /// When one of them last found the writer taken.
    last: Option<Instant>,
}

/// People who wait once are likely to save again.
const AGAIN: Duration = Duration::from_secs(5);

impl<T> Lanes<T> {
    pub fn new(value: T) -> Lanes<T> {
        Lanes { value: Mutex::new(value), waiting: Mutex::default(), none_waiting: Condvar::new() }
    }

    /// Whether a person waits, or did a moment ago.
    pub fn wanted(&self) -> bool {
        let waiting = self.waiting.lock();
        waiting.people > 0 || waiting.last.is_some_and(|last| last.elapsed() < AGAIN)
    }

    /// Waits for its turn: a job lets every person go first.
    pub fn enter(&self, lane: Lane) -> MutexGuard<'_, T> {
        match lane {
            Lane::People => {
                if let Some(value) = self.value.try_lock() {
                    return value;
                }
                let mut waiting = self.waiting.lock();
                waiting.people += 1;
                waiting.last = Some(Instant::now());
                drop(waiting);
                let value = self.value.lock();
                let mut waiting = self.waiting.lock();
                waiting.people -= 1;
                if waiting.people == 0 {
                    self.none_waiting.notify_all();
                }
                value
            }
            Lane::Jobs => {
                let mut waiting = self.waiting.lock();
                while waiting.people > 0 {
                    self.none_waiting.wait(&mut waiting);
                }
                drop(waiting);
                self.value.lock()
            }
        }
    }
}
