//! One act on many records, as one operation: at once when they are few, by a durable job when they are many.
//!
//! [`Engine::bulk`] begins; a job is watched with [`Engine::bulk_job`] and stopped with [`Engine::cancel_bulk`]. What cannot be
//! changed, by rights or rules, keeps nothing else back: it is counted and named with its reasons.

mod act;
mod gather;
mod job;
mod report;
mod rows;
mod step;

use base::words::Words;
use base::{Error, Id, Problem, Result, Rid, say};
use meta::access::Verb;

use crate::query::at;
use crate::save::lane;
use crate::{Actor, Engine, Query, access};

pub use act::{Act, settable, union};
pub use job::{BulkJob, KIND};
pub use report::{Refused, Report};

use act::Ready;
use rows::Rows;
use step::Step;

/// What is asked: an act on some records of an entity or a face.
#[derive(Clone, Debug)]
pub struct Bulk {
    /// The path of the entity or face.
    pub path: String,
    pub act: Act,
    pub which: Which,
}

#[derive(Clone, Debug)]
pub enum Which {
    These(Vec<Id>),
    /// All that match when it is asked; what comes to match later is left alone.
    All(Query),
}

#[derive(Clone, Debug, PartialEq)]
pub enum Begun {
    Done(Report),
    /// Its job.
    Job(Id),
}

/// So many are done while one waits.
pub const AT_ONCE: usize = 200;

/// So many at most in one act.
const MOST: usize = 1_000_000;

impl Engine {
    /// Does something to many records. `words` are what reasons are told in.
    ///
    /// # Errors
    /// `Denied` without the right to it, `Refused` where the act makes no sense for the field, or when there are too many.
    pub fn bulk(&self, actor: &Actor, bulk: &Bulk, words: Option<&Words>) -> Result<Begun> {
        let catalogue = self.seen(actor);
        let (model, face) = at(&catalogue, &bulk.path)?;
        if let Some(verb) = bulk.act.verbs().iter().find(|verb| !access::may(actor, model, face, **verb)) {
            return Err(access::denied(*verb));
        }
        if let Ready::Gather(gathering) = bulk.act.ready(&catalogue, model)? {
            gathering.check(actor, &catalogue)?;
        }
        let rids = match &bulk.which {
            Which::These(ids) => self.rows(actor, &bulk.path, ids)?,
            Which::All(query) => self.rids(actor, query, Verb::View, Rid(0), MOST + 1)?,
        };
        if rids.len() > MOST {
            let text = say!("At most {count} records at once: narrow the filter", count = MOST);
            return Err(Error::Refused(vec![Problem::whole("too_many", text)]));
        }
        let rows = Rows::of(rids);
        match rows.len() <= AT_ONCE as u64 {
            true => self.bulk_now(actor, bulk, &rows, words).map(Begun::Done),
            false => self.enqueue_bulk(actor, bulk, rows).map(Begun::Job),
        }
    }

    fn bulk_now(&self, actor: &Actor, bulk: &Bulk, rows: &Rows, words: Option<&Words>) -> Result<Report> {
        self.write(lane(actor), |tx, catalogue| {
            let (model, _) = at(catalogue, &bulk.path)?;
            let step = Step { tx, catalogue, model, actor, act: &bulk.act.ready(catalogue, model)?, words };
            let mut report = Report::default();
            step.carry_through(&rows.after(Rid(0), AT_ONCE), &mut None, &mut report)?;
            Ok(report)
        })
    }
}
