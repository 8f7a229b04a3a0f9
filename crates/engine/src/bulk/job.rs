//! An act on many records as a durable job: carried out in short transactions, watched, cancelled, taken up after a crash.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use base::words::Words;
use base::{Error, Id, Result, Rid, failpoint};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use store::Lane;
use store::jobs::{self, Job};

use super::act::Act;
use super::report::Report;
use super::rows::Rows;
use super::step::Step;
use super::{AT_ONCE, Bulk};
use crate::query::at;
use crate::{Actor, Channel, Engine, notices, pace};

/// The kind of job.
pub const KIND: &str = "bulk";

const FEWEST: usize = 20;

#[derive(Serialize, Deserialize)]
struct Payload {
    path: String,
    act: Act,
    rows: Rows,
    channel: String,
}

/// How far it has come: the checkpoint of its job.
#[derive(Clone, Default, Serialize, Deserialize)]
struct Progress {
    /// The last row that was done.
    last: i64,
    op: Option<i64>,
    report: Report,
}

/// An act on many records as it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct BulkJob {
    pub id: Id,
    /// The list that it was begun from.
    pub path: String,
    pub act: Act,
    /// How many records it is for.
    pub rows: u64,
    pub begun_at: DateTime<Utc>,
    /// `waiting`, `running`, `done`, `failed`, `cancelled`.
    pub state: String,
    pub report: Report,
    pub error: Option<String>,
}

impl Engine {
    pub(super) fn enqueue_bulk(&self, actor: &Actor, bulk: &Bulk, rows: Rows) -> Result<Id> {
        let channel = actor.channel.key().to_owned();
        let payload = Payload { path: bulk.path.clone(), act: bulk.act.clone(), rows, channel };
        let payload =
            serde_json::to_string(&payload).map_err(|cause| Error::caused("an act that cannot be kept", cause))?;
        let now = base::clock::now();
        self.store.write(Lane::People, |tx| jobs::enqueue(tx, KIND, &payload, actor.user(), None, now))
    }

    /// Carries out the job of an act on many, from its start or from its checkpoint.
    pub fn run_bulk(&self, job: &Job, words: &[&Words], stop: Option<&AtomicBool>) -> Result<()> {
        let payload = read(job)?;
        let actor = self.actor_of(job, Channel::from_key(&payload.channel).unwrap_or(Channel::Program))?;
        let words = words.iter().find(|words| words.language() == actor.language).copied();
        let mut progress = progress(job)?;
        let mut size = AT_ONCE.min(50);
        while !payload.rows.after(Rid(progress.last), 1).is_empty() {
            if stop.is_some_and(|stop| stop.load(Ordering::Relaxed)) {
                return self.store.write(Lane::Jobs, |tx| jobs::release(tx, job));
            }
            match self.some_of(job, &payload, &actor, words, &progress, &mut size) {
                Ok(next) => progress = next,
                Err(error) if pace::is_cancelled(&error) => {
                    return self.store.write(Lane::Jobs, |tx| jobs::cancel(tx, job.id)).map(|_| ());
                }
                Err(error) => return Err(error),
            }
            failpoint::pass("bulk.committed");
        }
        self.store.write(Lane::Jobs, |tx| {
            jobs::finish(tx, job, None)?;
            notices::told_of_job(tx, job, true)
        })
    }

    /// One transaction: batch after batch while nobody waits.
    fn some_of(
        &self,
        job: &Job,
        payload: &Payload,
        actor: &Actor,
        words: Option<&Words>,
        progress: &Progress,
        size: &mut usize,
    ) -> Result<Progress> {
        self.write(Lane::Jobs, |tx, catalogue| {
            tx.by_index()?;
            let (model, _) = at(catalogue, &payload.path)?;
            let act = payload.act.ready(catalogue, model)?;
            let step = Step { tx, catalogue, model, actor, act: &act, words };
            let (mut next, begun) = (progress.clone(), Instant::now());
            // Whoever takes back what was done so far wants no more of it.
            if let Some(op) = next.op
                && store::log::operations(tx, &[op])?.values().any(|operation| operation.undone_by.is_some())
            {
                return Err(pace::cancelled());
            }
            loop {
                let started = Instant::now();
                let rids = payload.rows.after(Rid(next.last), *size);
                let Some(last) = rids.last() else { break };
                step.carry_through(&rids, &mut next.op, &mut next.report)?;
                next.last = last.0;
                failpoint::pass("bulk.written");
                *size = pace::fitting(started.elapsed(), rids.len()).clamp(FEWEST, AT_ONCE * 2);
                if pace::is_enough(tx, progress.last == 0, begun) {
                    break;
                }
            }
            pace::checkpoint(tx, job, &next)?;
            Ok(next)
        })
    }

    /// How an act on many stands, for the one who began it and for administrators.
    pub fn bulk_job(&self, actor: &Actor, id: Id) -> Result<BulkJob> {
        let job = self.store.read(|tx| jobs::by_id(tx, id))?.filter(|job| job.kind == KIND).ok_or(Error::Missing)?;
        if job.by != actor.user() && !actor.person.rights.admin {
            return Err(Error::Missing);
        }
        let payload = read(&job)?;
        let report = progress(&job)?.report;
        Ok(BulkJob {
            id,
            path: payload.path,
            act: payload.act,
            rows: payload.rows.len(),
            begun_at: job.created_at,
            state: job.state,
            report,
            error: job.error,
        })
    }

    /// Stops an act on many at its next transaction. What was done stays, and can be undone. False when it has ended.
    pub fn cancel_bulk(&self, actor: &Actor, id: Id) -> Result<bool> {
        self.bulk_job(actor, id)?;
        self.store.write(Lane::People, |tx| jobs::cancel(tx, id))
    }
}

fn read(job: &Job) -> Result<Payload> {
    serde_json::from_str(&job.payload).map_err(|cause| Error::caused("an act that cannot be read", cause))
}

fn progress(job: &Job) -> Result<Progress> {
    let Some(kept) = &job.progress else { return Ok(Progress::default()) };
    serde_json::from_str(kept).map_err(|cause| Error::caused("a checkpoint that cannot be read", cause))
}
