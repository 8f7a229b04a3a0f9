//! Durable work as the administrator sees it: what waits, runs and failed, tried again or dropped.

use base::{Error, Id, Result};
use store::Lane;
use store::jobs::{self, Job};

use crate::settings::administrator;
use crate::{Actor, Engine};

impl Engine {
    /// Jobs in some states (`waiting`, `running`, `done`, `failed`, `cancelled`), the latest first.
    pub fn jobs(&self, actor: &Actor, states: &[&str], limit: i64) -> Result<Vec<Job>> {
        administrator(actor)?;
        self.store.read(|tx| jobs::in_states(tx, states, limit))
    }

    /// Lets a job that failed, or waits for its next try, be taken at once; it goes on where it stopped.
    pub fn job_again(&self, actor: &Actor, id: Id) -> Result<()> {
        administrator(actor)?;
        match self.store.write(Lane::People, |tx| jobs::again(tx, id))? {
            true => Ok(()),
            false => Err(Error::Missing),
        }
    }

    /// Gives a job up: one that runs stops at its next checkpoint, and what it did stays.
    pub fn drop_job(&self, actor: &Actor, id: Id) -> Result<()> {
        administrator(actor)?;
        match self.store.write(Lane::People, |tx| jobs::drop_one(tx, id))? {
            true => Ok(()),
            false => Err(Error::Missing),
        }
    }
}
