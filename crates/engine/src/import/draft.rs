//! An import before it runs: its file is kept, its plan is corrected and rehearsed; what nobody comes back to is
//! taken away after thirty days.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use base::words::Words;
use base::{Error, Id, Result};
use serde::{Deserialize, Serialize};
use store::Lane;
use store::jobs::{self, Hold, Job};

use super::job::{KIND, Payload, read, written};
use super::keep::{discard, fetch, keep};
use super::plan::Plan;
use super::propose::{constants, propose, shape_of};
use super::report::Report;
use super::run::{Walk, may_import};
use super::unreadable::unreadable;
use crate::query::at;
use crate::{Actor, Channel, Engine};

/// The kind of job that says what would come of an import.
pub const REHEARSAL: &str = "rehearsal";

pub(super) const KEPT_DAYS: i64 = 30;
/// How often a rehearsal says how far it has come.
const SAYS: Duration = Duration::from_millis(400);

/// An import that has not been started.
#[derive(Debug)]
pub struct DraftImport {
    pub id: Id,
    /// What the file was called.
    pub name: String,
    /// The list that it was begun from.
    pub path: String,
    pub plan: Plan,
    /// Where its file can be read.
    pub file: PathBuf,
    /// Of the plan as it is; none when it was changed since.
    pub rehearsal: Option<Rehearsal>,
}

#[derive(Debug)]
pub struct Rehearsal {
    /// `waiting`, `running`, `done`, `failed`.
    pub state: String,
    pub report: Report,
    pub error: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct Rehearsed {
    #[serde(with = "crate::ids")]
    import: Option<Id>,
}

impl Engine {
    /// Keeps a file that someone sent, and proposes what its columns mean.
    ///
    /// # Errors
    /// `Unreadable` when it is no table; `Denied`.
    pub fn begin_import(&self, actor: &Actor, path: &str, name: &str, file: &Path, words: &[&Words]) -> Result<Id> {
        let catalogue = self.seen(actor);
        let (model, face) = at(&catalogue, path)?;
        may_import(actor, model)?;
        let shape = shape_of(&catalogue, model, file, words).map_err(unreadable)?;
        let mut plan = propose(&catalogue, model, &shape, words);
        if let Some(face) = face {
            plan.constants = constants(face, &plan);
        }
        self.forget_abandoned()?;
        let (name, path) = (name.to_owned(), path.to_owned());
        let payload = Payload { plan, file: keep(self, file, Id::new())?, name, path, rehearsal: None };
        let noted = written(&payload)?;
        self.store.write(Lane::People, |tx| {
            payload.file.take_up(tx)?;
            jobs::draft(tx, KIND, &noted, actor.user())
        })
    }

    pub fn import_draft(&self, actor: &Actor, id: Id) -> Result<DraftImport> {
        let (_, payload) = self.draft_job(actor, id)?;
        let rehearsal = match payload.rehearsal {
            Some(id) => self.store.read(|tx| jobs::by_id(tx, id))?,
            None => None,
        };
        let told = |job: Job| Rehearsal {
            report: job.progress.as_deref().and_then(|kept| serde_json::from_str(kept).ok()).unwrap_or_default(),
            state: job.state,
            error: job.error,
        };
        Ok(DraftImport {
            id,
            name: payload.name,
            path: payload.path,
            file: fetch(self, &payload.file, id)?,
            plan: payload.plan,
            rehearsal: rehearsal.map(told),
        })
    }

    /// Corrects the plan. What was rehearsed holds no longer.
    pub fn change_import(&self, actor: &Actor, id: Id, plan: &Plan) -> Result<()> {
        let (_, payload) = self.draft_job(actor, id)?;
        if payload.plan == *plan {
            return Ok(());
        }
        self.keep_draft(id, &Payload { plan: plan.clone(), rehearsal: None, ..payload })
    }

    /// Asks a worker what would come of it, unless that is known or being found out.
    pub fn rehearse_import(&self, actor: &Actor, id: Id) -> Result<()> {
        let (_, payload) = self.draft_job(actor, id)?;
        if payload.rehearsal.is_some() {
            return Ok(());
        }
        let asked = serde_json::to_string(&Rehearsed { import: Some(id) })
            .map_err(|cause| Error::caused("a rehearsal that cannot be kept", cause))?;
        let now = base::clock::now();
        self.store.write(Lane::People, |tx| {
            let rehearsal = jobs::enqueue(tx, REHEARSAL, &asked, actor.user(), None, now)?;
            jobs::rewrite(tx, id, &written(&Payload { rehearsal: Some(rehearsal), ..payload.clone() })?).map(|_| ())
        })
    }

    /// Lets the import run.
    pub fn submit_import(&self, actor: &Actor, id: Id) -> Result<()> {
        let (_, payload) = self.draft_job(actor, id)?;
        let catalogue = self.seen(actor);
        may_import(actor, catalogue.model(&payload.plan.entity).ok_or(Error::Missing)?)?;
        match self.store.write(Lane::People, |tx| jobs::submit(tx, id))? {
            true => Ok(()),
            false => Err(Error::Missing),
        }
    }

    /// Takes a draft and its file away.
    pub fn discard_import(&self, actor: &Actor, id: Id) -> Result<()> {
        let (_, payload) = self.draft_job(actor, id)?;
        self.store.write(Lane::People, |tx| jobs::discard(tx, id))?;
        discard(self, &payload.file, id)
    }

    fn draft_job(&self, actor: &Actor, id: Id) -> Result<(Job, Payload)> {
        let job = self.import_job(actor, id)?;
        if job.state != "draft" {
            return Err(Error::Missing);
        }
        let payload = read(&job)?;
        Ok((job, payload))
    }

    fn keep_draft(&self, id: Id, payload: &Payload) -> Result<()> {
        let payload = written(payload)?;
        match self.store.write(Lane::People, |tx| jobs::rewrite(tx, id, &payload))? {
            true => Ok(()),
            false => Err(Error::Missing),
        }
    }

    /// Carries out a rehearsal: nothing is written but how far it has come.
    pub(crate) fn carry_out_rehearsal(&self, job: &Job, words: &[&Words], stop: Option<&AtomicBool>) -> Result<()> {
        let asked: Rehearsed = serde_json::from_str(&job.payload)
            .map_err(|cause| Error::caused("a rehearsal that cannot be read", cause))?;
        let import = asked.import.and_then(|id| self.store.read(|tx| jobs::by_id(tx, id)).transpose()).transpose()?;
        // The draft may be gone, or changed and rehearsed anew.
        let Some(import) = import.filter(|import| import.state == "draft") else { return self.settle(job, None) };
        let payload = read(&import)?;
        if payload.rehearsal != Some(job.id) {
            return self.settle(job, None);
        }
        let actor = self.actor_of(job, Channel::Import)?;
        let words = words.iter().find(|words| words.language() == actor.language).copied();
        let path = fetch(self, &payload.file, import.id)?;
        let over = AtomicBool::new(false);
        let mut said = Instant::now();
        let mut say = |report: &Report| {
            let ending = stop.is_some_and(|stop| stop.load(Ordering::Relaxed));
            if said.elapsed() < SAYS && !ending {
                return;
            }
            said = Instant::now();
            let stands = self.store.read(|tx| jobs::by_id(tx, import.id)).ok().flatten();
            let current = stands.and_then(|job| read(&job).ok()).is_some_and(|now| now.rehearsal == Some(job.id));
            let kept = serde_json::to_string(report).unwrap_or_default();
            let known = self.store.write(Lane::Jobs, |tx| jobs::checkpoint(tx, job, &kept));
            let known = matches!(known, Ok(Hold::Held));
            if ending || !current || !known {
                over.store(true, Ordering::Relaxed);
            }
        };
        let mut walk = Walk {
            engine: self,
            actor: &actor,
            plan: &payload.plan,
            path: &path,
            words,
            stop: Some(&over),
            tick: &mut say,
        };
        let report = walk.rehearse()?;
        if stop.is_some_and(|stop| stop.load(Ordering::Relaxed)) {
            return self.store.write(Lane::Jobs, |tx| jobs::release(tx, job));
        }
        self.settle(job, Some(&report))
    }

    fn settle(&self, job: &Job, report: Option<&Report>) -> Result<()> {
        let kept = report.map(serde_json::to_string).transpose();
        let kept = kept.map_err(|cause| Error::caused("a report that cannot be kept", cause))?;
        self.store.write(Lane::Jobs, |tx| jobs::finish(tx, job, kept.as_deref()))
    }
}
