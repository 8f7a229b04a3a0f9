//! Who looked at which record: only where an administrator wants it known, and written a few at a time.

use std::time::{Duration, Instant};

use base::{Error, Problem, Result, say};
use meta::{Catalogue, Model, Record};
use parking_lot::Mutex;
use store::Lane;

use super::{Event, What, insert};
use crate::{Actor, Engine};

/// The setting with the paths of the entities and faces whose records are watched, a JSON list.
const WATCHED: &str = "access_log_looks";

/// How long a setting is believed that another node may have changed.
const BELIEVED: Duration = Duration::from_secs(10);

/// The oldest look may wait so long, and so many may wait together, before they are written.
const WAITS: Duration = Duration::from_secs(10);
const TOGETHER: usize = 200;

/// What was looked at and is not written yet, and which records are watched.
#[derive(Default)]
pub struct Looks {
    waiting: Mutex<Vec<Event>>,
    watched: Mutex<Option<(Instant, Vec<String>)>>,
}

impl Engine {
    /// The paths of the entities and faces of which is kept who looks at their records.
    pub fn watched(&self) -> Result<Vec<String>> {
        if let Some((at, watched)) = &*self.looks.watched.lock()
            && at.elapsed() < BELIEVED
        {
            return Ok(watched.clone());
        }
        let kept = self.setting(WATCHED)?.and_then(|list| serde_json::from_str(&list).ok());
        let watched: Vec<String> = kept.unwrap_or_default();
        *self.looks.watched.lock() = Some((Instant::now(), watched.clone()));
        Ok(watched)
    }

    /// # Errors
    /// `Denied` unless an administrator says so, `Refused` for a path that is none.
    pub fn watch(&self, actor: &Actor, paths: &[String]) -> Result<()> {
        crate::settings::administrator(actor)?;
        let catalogue = self.catalogue();
        if let Some(stray) = paths.iter().find(|path| catalogue.at_path(path).is_none()) {
            return Err(
                Problem::at("looks", "unknown", say!("There is nothing at {path}", path = stray.clone())).into()
            );
        }
        let list = serde_json::to_string(paths).map_err(|cause| Error::caused("paths that cannot be kept", cause))?;
        self.set_setting(WATCHED, &list)?;
        *self.looks.watched.lock() = None;
        Ok(())
    }

    /// Notes that somebody looked at a record, where that is to be known.
    pub fn looked_at(&self, actor: &Actor, model: &Model, record: &Record) -> Result<()> {
        let watched = self.watched()?;
        if watched.is_empty() || !is_watched(&self.catalogue(), &watched, model, record) {
            return Ok(());
        }
        if actor.user().is_none() {
            return Ok(());
        }
        let due = {
            let mut waiting = self.looks.waiting.lock();
            // Looking again a moment later is the same look.
            if waiting.iter().any(|event| event.record == Some(record.rid) && event.user == actor.user()) {
                return Ok(());
            }
            waiting.push(Event { record: Some(record.rid), ..Event::of(What::LookedAt, actor) });
            is_due(&waiting)
        };
        if due { self.write_looks() } else { Ok(()) }
    }

    /// Writes the looks that wait, when it is time.
    pub(crate) fn write_due_looks(&self) -> Result<()> {
        let due = is_due(&self.looks.waiting.lock());
        if due { self.write_looks() } else { Ok(()) }
    }

    /// Writes the looks that wait.
    pub fn write_looks(&self) -> Result<()> {
        let waiting = std::mem::take(&mut *self.looks.waiting.lock());
        if waiting.is_empty() {
            return Ok(());
        }
        let written = self.store.write(Lane::Jobs, |tx| waiting.iter().try_for_each(|event| insert(tx, event)));
        if written.is_err() {
            // The next time.
            self.looks.waiting.lock().extend(waiting);
        }
        written
    }
}

fn is_due(waiting: &[Event]) -> bool {
    let oldest = waiting.first().and_then(|event| (base::clock::now() - event.at).to_std().ok());
    waiting.len() >= TOGETHER || oldest.is_some_and(|age| age >= WAITS)
}

/// Whether the kind of record, or a face that the record is of, is among the watched.
fn is_watched(catalogue: &Catalogue, watched: &[String], model: &Model, record: &Record) -> bool {
    watched.iter().any(|path| match catalogue.at_path(path) {
        Some((of, face)) => {
            of.entity.key == model.entity.key && face.is_none_or(|face| model.is_of(face, &record.values))
        }
        None => false,
    })
}
