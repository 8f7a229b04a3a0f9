//! An import as a durable job: begun with its file, carried out by a worker, watched, cancelled, taken up after a crash.

use std::path::Path;
use std::sync::atomic::AtomicBool;

use base::words::Words;
use base::{Error, Id, Result, failpoint};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use store::jobs::{self, Job};
use store::{Lane, Tx};

use super::keep::{Kept, discard, fetch, keep};
use super::plan::Plan;
use super::refused::refused_path;
use super::report::Report;
use super::run::{Progress, Walk, may_import};
use crate::{Actor, Channel, Engine, notices};

/// The kind of job.
pub const KIND: &str = "import";

/// Imports among which the latest of an entity are looked for.
const LOOKED_AT: i64 = 50;

#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Payload {
    pub plan: Plan,
    pub file: Kept,
    /// What the file was called.
    pub name: String,
    /// The list that it was begun from; empty for the command line.
    #[serde(default)]
    pub path: String,
    /// The job that rehearses the plan as it is.
    #[serde(default, with = "crate::ids")]
    pub rehearsal: Option<Id>,
}

/// An import as it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Import {
    pub id: Id,
    /// What the file was called.
    pub name: String,
    pub entity: String,
    /// The list that it was begun from.
    pub path: String,
    pub begun_at: DateTime<Utc>,
    /// `draft`, `waiting`, `running`, `done`, `failed`, `cancelled`.
    pub state: String,
    /// Rows of the file.
    pub rows: u64,
    pub report: Report,
    pub error: Option<String>,
}

impl Engine {
    /// Keeps a copy of the file and asks a worker to bring it in.
    pub fn start_import(&self, actor: &Actor, path: &Path, plan: &Plan) -> Result<Id> {
        let payload = self.payload(actor, path, plan)?;
        self.store.write(Lane::People, |tx| enqueue(tx, &payload, actor))
    }

    /// Brings a file in here and now: the same job, carried out by the one who asks. When the program is killed, the next
    /// worker takes it up. `refused` is where the refused rows shall lie.
    pub fn import_now(
        &self,
        actor: &Actor,
        path: &Path,
        plan: &Plan,
        words: &[&Words],
        refused: Option<&Path>,
        tick: &mut dyn FnMut(&Report),
    ) -> Result<Report> {
        let payload = self.payload(actor, path, plan)?;
        failpoint::pass("import.kept");
        let job = self.store.write(Lane::People, |tx| {
            let id = enqueue(tx, &payload, actor)?;
            jobs::claim(tx, id)
        })?;
        failpoint::pass("import.claimed");
        let job = job.ok_or_else(|| Error::fault("the import was taken by another"))?;
        let done = self.carry_out(&job, words, None, tick);
        if let Err(error) = &done {
            self.store.write(Lane::Jobs, |tx| jobs::fail(tx, &job, &error.to_string(), true).map(|_| ()))?;
        }
        let mut report = done?;
        if let (Some(wanted), Some(lies)) = (refused, &report.refused_file) {
            std::fs::copy(lies, wanted).map_err(|cause| Error::io("the refused rows cannot be written", cause))?;
            report.refused_file = Some(wanted.display().to_string());
        }
        Ok(report)
    }

    /// Carries out the job of an import, from its start or from its checkpoint.
    pub fn run_import(&self, job: &Job, words: &[&Words]) -> Result<Report> {
        self.carry_out(job, words, None, &mut |_| {})
    }

    pub(crate) fn carry_out(
        &self,
        job: &Job,
        words: &[&Words],
        stop: Option<&AtomicBool>,
        tick: &mut dyn FnMut(&Report),
    ) -> Result<Report> {
        let payload = read(job)?;
        let mut progress: Progress = match &job.progress {
            Some(kept) => {
                serde_json::from_str(kept).map_err(|cause| Error::caused("a checkpoint that cannot be read", cause))?
            }
            None => Progress::default(),
        };
        let actor = self.actor_of(job, Channel::Import)?;
        let words = words.iter().find(|words| words.language() == actor.language).copied();
        let path = fetch(self, &payload.file, job.id)?;
        let refused = refused_path(&self.imports_folder()?, job.id);
        let mut walk = Walk { engine: self, actor: &actor, plan: &payload.plan, path: &path, words, stop, tick };
        let ended = walk.run(job, &mut progress)?;
        failpoint::pass("import.walked");
        if progress.refused_bytes > 0 {
            self.put_refused(job.id, &refused)?;
            progress.report.refused_file = Some(refused.display().to_string());
        }
        if !ended && !progress.report.cancelled {
            self.store.write(Lane::Jobs, |tx| jobs::release(tx, job))?;
            return Ok(progress.report);
        }
        let kept =
            serde_json::to_string(&progress).map_err(|cause| Error::caused("progress that cannot be kept", cause))?;
        let cancelled = progress.report.cancelled;
        self.store.write(Lane::Jobs, |tx| {
            jobs::finish(tx, job, Some(&kept))?;
            if cancelled { Ok(()) } else { notices::told_of_job(tx, job, true) }
        })?;
        failpoint::pass("import.finished");
        discard(self, &payload.file, job.id)?;
        Ok(progress.report)
    }

    /// How an import stands, for the one who began it and for administrators.
    pub fn import(&self, actor: &Actor, id: Id) -> Result<Import> {
        self.shown(&self.import_job(actor, id)?)
    }

    /// The latest imports into an entity that one began; those of everybody for administrators.
    pub fn imports(&self, actor: &Actor, entity: &str, limit: usize) -> Result<Vec<Import>> {
        let by = if actor.person.rights.admin { None } else { Some(actor.person.user) };
        let jobs = self.store.read(|tx| jobs::latest(tx, KIND, by, LOOKED_AT))?;
        let shown = jobs.iter().map(|job| self.shown(job)).collect::<Result<Vec<Import>>>()?;
        Ok(shown.into_iter().filter(|import| import.entity == entity).take(limit).collect())
    }

    pub(super) fn import_job(&self, actor: &Actor, id: Id) -> Result<Job> {
        let job = self.store.read(|tx| jobs::by_id(tx, id))?.filter(|job| job.kind == KIND).ok_or(Error::Missing)?;
        match job.by == actor.user() || actor.person.rights.admin {
            true => Ok(job),
            false => Err(Error::Missing),
        }
    }

    fn shown(&self, job: &Job) -> Result<Import> {
        let payload = read(job)?;
        let progress = job.progress.as_deref().and_then(|kept| serde_json::from_str::<Progress>(kept).ok());
        let Progress { mut report, refused_bytes, .. } = progress.unwrap_or_default();
        report.cancelled |= job.state == "cancelled";
        let lies = refused_path(&self.imports_folder()?, job.id);
        report.refused_file = (refused_bytes > 0).then(|| lies.display().to_string());
        Ok(Import {
            id: job.id,
            name: payload.name,
            entity: payload.plan.entity,
            path: payload.path,
            begun_at: job.created_at,
            state: job.state.clone(),
            rows: payload.plan.shape.rows,
            report,
            error: job.error.clone(),
        })
    }

    /// Stops an import at its next batch. What came in stays, and can be undone. False when it has ended.
    pub fn cancel_import(&self, actor: &Actor, id: Id) -> Result<bool> {
        self.import(actor, id)?;
        self.store.write(Lane::People, |tx| jobs::cancel(tx, id))
    }

    fn payload(&self, actor: &Actor, path: &Path, plan: &Plan) -> Result<Payload> {
        let catalogue = self.catalogue();
        may_import(actor, catalogue.model(&plan.entity).ok_or(Error::Missing)?)?;
        let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        let file = keep(self, path, Id::new())?;
        Ok(Payload { plan: plan.clone(), file, name, path: String::new(), rehearsal: None })
    }
}

fn enqueue(tx: &Tx, payload: &Payload, actor: &Actor) -> Result<Id> {
    payload.file.take_up(tx)?;
    jobs::enqueue(tx, KIND, &written(payload)?, actor.user(), None, base::clock::now())
}

pub(super) fn written(payload: &Payload) -> Result<String> {
    serde_json::to_string(payload).map_err(|cause| Error::caused("a plan that cannot be kept", cause))
}

pub(super) fn read(job: &Job) -> Result<Payload> {
    serde_json::from_str(&job.payload).map_err(|cause| Error::caused("an import that cannot be read", cause))
}
