//! How jobs that write go on: batch after batch in one transaction while nobody waits, each with its checkpoint.

use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use base::{Error, Problem, Result};
use serde::Serialize;
use store::jobs::{self, Hold, Job};
use store::{Lane, Store, Tx};

/// Nobody who saves waits longer for a batch, on usual machines; batches grow and shrink to keep to it.
const BATCH: Duration = Duration::from_millis(40);
/// While nobody waits, a transaction takes batch after batch: every index page that it touches is written to the log once,
/// however many of its rows are on it.
const TRANSACTION: Duration = Duration::from_millis(300);

/// How many rows fit a batch, when so many took so long.
pub(crate) fn fitting(took: Duration, rows: usize) -> usize {
    let each = took.as_secs_f64() / rows.max(1) as f64;
    (BATCH.as_secs_f64() / each.max(1e-6)) as usize
}

/// Whether a transaction should take no further batch. The first of a job is short: who watches sees that it goes on.
pub(crate) fn is_enough(tx: &Tx, first: bool, begun: Instant) -> bool {
    first || tx.wanted() || begun.elapsed() >= TRANSACTION
}

/// Keeps how far a job has come; an error that rolls the transaction back when it is not this worker's any more.
pub(crate) fn checkpoint(tx: &Tx, job: &Job, progress: &impl Serialize) -> Result<()> {
    let kept = serde_json::to_string(progress).map_err(|cause| Error::caused("progress that cannot be kept", cause))?;
    match jobs::checkpoint(tx, job, &kept)? {
        Hold::Held => Ok(()),
        Hold::Cancelled => Err(cancelled()),
        Hold::Lost => Err(Error::fault("the job was taken over by another worker")),
    }
}

/// How often a worker says that it is there, well within the lease of its job.
const SAYS: Duration = Duration::from_secs(15);

/// Does work that has no checkpoint and may take minutes, and keeps other workers from taking the job over meanwhile.
pub(crate) fn holding<T>(store: &Store, job: &Job, work: impl FnOnce() -> T) -> T {
    std::thread::scope(|scope| {
        let (done, told) = channel::<()>();
        scope.spawn(move || {
            while told.recv_timeout(SAYS) == Err(RecvTimeoutError::Timeout) {
                if let Err(error) = store.write(Lane::Jobs, |tx| jobs::renew(tx, job)) {
                    tracing::warn!(job = %job.id, %error, "a lease could not be renewed");
                }
            }
        });
        let worked = work();
        drop(done);
        worked
    })
}

const CANCELLED: &str = "cancelled";

/// Rolls a transaction back whose job shall not go on.
pub(crate) fn cancelled() -> Error {
    Error::Refused(vec![Problem::whole(CANCELLED, "It was cancelled")])
}

pub(crate) fn is_cancelled(error: &Error) -> bool {
    matches!(error, Error::Refused(problems) if problems.iter().any(|problem| problem.code == CANCELLED))
}
