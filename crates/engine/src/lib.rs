//! What every record can do: create, change, delete, restore, import, export, undo; users, roles, jobs.
//!
//! Every change goes through [`Engine::save`] and its kin as drafts: rights, rules, change log and search index cannot be
//! walked around. Everything is synchronous; see docs/decisions/0001.

pub mod access;
pub mod access_log;
pub mod actions;
pub mod actor;
mod alike;
pub mod backup;
pub mod bulk;
pub mod comments;
pub mod doctor;
pub mod draft;
mod effects;
mod ending;
mod epoch;
pub mod export;
pub mod files;
mod finish;
pub mod first_steps;
pub mod history;
pub mod idempotency;
mod ids;
pub mod import;
mod jobs;
pub mod look_alikes;
pub mod mail;
pub mod menus;
pub mod merge;
pub mod notices;
mod pace;
pub mod passwords;
pub mod pictures;
mod prepare;
pub mod query;
pub mod remember;
mod returning;
pub mod roles;
pub mod save;
pub mod search;
pub mod secret;
pub mod seers;
pub mod settings;
pub mod shares;
mod sights;
pub mod sign_in;
mod start;
mod sums;
pub mod titles;
pub mod trash;
pub mod undo;
pub mod users;
pub mod views;
pub mod vitals;
pub mod work;
mod write;

use std::sync::Arc;

use base::Result;
use meta::{Catalogue, Entity};
use parking_lot::RwLock;
use store::Store;

pub use actor::{Actor, Channel};
pub use draft::{Draft, Saved, Target};
pub use query::{Listed, Query};
pub use titles::{Linked, Titles};

/// The program's heart: the database, the catalogue, and what is declared. Shared by all threads.
pub struct Engine {
    pub store: Store,
    entities: Vec<&'static Entity>,
    catalogue: RwLock<Arc<Catalogue>>,
    sights: sights::Sights,
    attempts: sign_in::Attempts,
    recents: remember::Recents,
    keys: secret::Keys,
    bells: notices::Bells,
    looks: access_log::Looks,
}

impl Engine {
    /// The catalogue as it stands. Hold it for one request, not longer.
    pub fn catalogue(&self) -> Arc<Catalogue> {
        self.catalogue.read().clone()
    }

    /// Runs a write against the catalogue as the database has it: a node that finds itself behind reloads and tries again.
    pub(crate) fn write<T>(
        &self,
        lane: store::Lane,
        mut work: impl FnMut(&store::Tx, &Catalogue) -> Result<T>,
    ) -> Result<T> {
        for _ in 0..3 {
            let catalogue = self.catalogue();
            let done = self.store.write(lane, |tx| {
                if epoch::epoch(tx)? != catalogue.epoch {
                    return Ok(None);
                }
                work(tx, &catalogue).map(Some)
            })?;
            match done {
                Some(done) => return Ok(done),
                None => self.reload()?,
            }
        }
        Err(base::Error::fault("the catalogue changes faster than it can be read"))
    }
}
