//! The worker: takes durable jobs one by one, and tries again later those that failed.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use base::words::Words;
use base::{Error, Result};
use store::Lane;
use store::jobs::{self, Job};

use crate::{Actor, Channel, Engine, bulk, import, notices, settings, sign_in};

/// How long a worker without work waits before it looks again.
const IDLE: Duration = Duration::from_millis(300);

/// How long it waits when it could not even look: the database may be away.
pub(crate) const AGAIN: Duration = Duration::from_secs(2);

/// How often what is needed no longer is looked for.
const SWEEP: Duration = Duration::from_secs(3600);

/// How long a creation that is sent again under its key is known.
const REMEMBERED: chrono::Duration = chrono::Duration::days(2);

/// Sleeps, no longer than until `stop` is set.
pub(crate) fn rest(stop: &AtomicBool, time: Duration) {
    let until = Instant::now() + time;
    while !stop.load(Ordering::Relaxed) {
        let left = until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return;
        }
        std::thread::sleep(left.min(IDLE));
    }
}

impl Engine {
    /// Carries out one job that was taken, up to its end or until `stop`.
    ///
    /// # Errors
    /// What stopped it; a fault is worth another try.
    pub fn run_job(&self, job: &Job, words: &[&Words], stop: Option<&AtomicBool>) -> Result<()> {
        match job.kind.as_str() {
            import::KIND => self.carry_out(job, words, stop, &mut |_| {}).map(|_| ()),
            bulk::KIND => self.run_bulk(job, words, stop),
            import::REHEARSAL => self.carry_out_rehearsal(job, words, stop),
            settings::INDEX_JOB => self.carry_out_index(job),
            sign_in::FORGOTTEN => self.carry_out_forgotten(job, words),
            other => Err(Error::fault(format!("no worker knows jobs of the kind {other}"))),
        }
    }

    /// Works until `stop` is set; a job under way is then put back at its checkpoint. `words` are the languages that reports
    /// are written in.
    pub fn work_until(&self, stop: &AtomicBool, words: &[&Words]) {
        let mut swept: Option<Instant> = None;
        while !stop.load(Ordering::Relaxed) {
            if swept.is_none_or(|at| at.elapsed() >= SWEEP) {
                swept = Some(Instant::now());
                if let Err(error) = self.sweep() {
                    tracing::error!(%error, "what is needed no longer could not be removed");
                }
            }
            if let Err(error) = self.write_due_looks() {
                tracing::error!(%error, "who looked at what could not be written");
            }
            match self.work_once(words, stop) {
                Ok(true) => {}
                Ok(false) => rest(stop, IDLE),
                Err(error) => {
                    tracing::error!(%error, "the worker could not take or settle a job");
                    rest(stop, AGAIN);
                }
            }
        }
        if let Err(error) = self.write_looks() {
            tracing::error!(%error, "who looked at what could not be written");
        }
    }

    /// Empties the trash where it is to be, removes uploads that nothing refers to, files of imports that ended, sessions that did, old
    /// entries of the access log, and answers that no program will ask for again.
    pub fn sweep(&self) -> Result<()> {
        self.empty_trash(base::clock::today(base::clock::ZONE))?;
        self.sweep_files()?;
        self.sweep_imports()?;
        self.sweep_sign_in()?;
        self.sweep_notices()?;
        self.sweep_access_log()?;
        self.sweep_mail()?;
        self.forget_answers(base::clock::now() - REMEMBERED)
    }

    /// The person who asked for a job, with the rights that they have now.
    pub(crate) fn actor_of(&self, job: &Job, channel: Channel) -> Result<Actor> {
        let Some(by) = job.by else { return Ok(Actor { channel, ..Actor::program() }) };
        let user = self.user(by)?.filter(|user| user.active).ok_or(Error::Missing)?;
        self.actor(&user, channel)
    }

    /// Whether there was a job to carry out.
    fn work_once(&self, words: &[&Words], stop: &AtomicBool) -> Result<bool> {
        let Some(job) = jobs::take(&self.store)? else { return Ok(false) };
        base::failpoint::pass("job.taken");
        if let Err(error) = self.run_job(&job, words, Some(stop)) {
            tracing::warn!(job = %job.id, kind = job.kind, attempt = job.attempts, %error, "a job failed");
            // What the person would have to solve does not get better by trying.
            let for_good = !matches!(error, Error::Fault(_));
            self.store.write(Lane::Jobs, |tx| match jobs::fail(tx, &job, &error.to_string(), for_good)? {
                true => notices::told_of_job(tx, &job, false),
                false => Ok(()),
            })?;
        }
        Ok(true)
    }
}
