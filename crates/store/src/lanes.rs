//! One writer with two lanes: people go before jobs.

use parking_lot::{Condvar, Mutex, MutexGuard};

/// Who waits for the writer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lane {
    People,
    Jobs,
}

pub struct Lanes<T> {
    value: Mutex<T>,
    waiting: Mutex<usize>,
    none_waiting: Condvar,
}

impl<T> Lanes<T> {
    pub fn new(value: T) -> Lanes<T> {
        Lanes { value: Mutex::new(value), waiting: Mutex::new(0), none_waiting: Condvar::new() }
    }

    /// Waits for its turn: a job lets every person go first.
    pub fn enter(&self, lane: Lane) -> MutexGuard<'_, T> {
        match lane {
            Lane::People => {
                *self.waiting.lock() += 1;
                let value = self.value.lock();
                let mut waiting = self.waiting.lock();
                *waiting -= 1;
                if *waiting == 0 {
                    self.none_waiting.notify_all();
                }
                value
            }
            Lane::Jobs => {
                let mut waiting = self.waiting.lock();
                while *waiting > 0 {
                    self.none_waiting.wait(&mut waiting);
                }
                drop(waiting);
                self.value.lock()
            }
        }
    }
}
