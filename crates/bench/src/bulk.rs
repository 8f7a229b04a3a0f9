//! One field of all parties changed by one act, and taken back: on a copy, so that the next run finds what this one found.

use std::fs;
use std::path::Path;
use std::time::Instant;

use base::{Error, Result};
use engine::bulk::{Act, Begun, Bulk, Which};
use engine::{Actor, Query};
use serde_json::{Map, json};
use store::{Location, jobs};

use crate::fill::Filled;

/// What a change of all did, in seconds.
#[derive(Clone, Copy, Debug)]
pub struct Changed {
    pub rows: usize,
    pub seconds: f64,
    pub taken_back: f64,
}

/// None where the database is not a folder.
pub fn all(filled: &Filled, folder: &Path) -> Result<Option<Changed>> {
    let Location::Folder(place) = &filled.location else { return Ok(None) };
    let copy = folder.join("bulk");
    let _ = fs::remove_dir_all(&copy);
    let told = |cause: std::io::Error| Error::caused(copy.display().to_string(), cause);
    fs::create_dir_all(&copy).map_err(told)?;
    for file in fs::read_dir(place).map_err(told)? {
        let file = file.map_err(told)?;
        // With the key that its secrets are sealed by.
        if file.file_name() == "secret.key" || file.file_name().to_string_lossy().starts_with("bottega.db") {
            fs::copy(file.path(), copy.join(file.file_name())).map_err(told)?;
        }
    }
    let changed = changed(&Filled { location: Location::Folder(copy.clone()), rows: filled.rows });
    let _ = fs::remove_dir_all(&copy);
    changed.map(Some)
}

fn changed(filled: &Filled) -> Result<Changed> {
    let engine = filled.open()?;
    let admin = engine.user_named(crate::fill::ADMIN)?.ok_or(Error::Missing)?;
    let actor: Actor = engine.actor(&admin, engine::Channel::Api)?;
    let act = Act::Set { field: "trade_name".to_owned(), value: json!("Insegna"), also: Map::new() };
    let bulk = Bulk { path: "parties".to_owned(), act, which: Which::All(Query::all("parties")) };
    let started = Instant::now();
    let Begun::Job(id) = engine.bulk(&actor, &bulk, None)? else {
        return Err(Error::fault("too few records for a job"));
    };
    while let Some(job) = jobs::take(&engine.store)? {
        engine.run_job(&job, &[], None)?;
    }
    let seconds = started.elapsed().as_secs_f64();
    let report = engine.bulk_job(&actor, id)?.report;
    let operation = report.operation.ok_or_else(|| Error::fault("nothing was changed"))?;
    let started = Instant::now();
    engine.undo(&actor, operation)?;
    let rows = usize::try_from(report.changed).unwrap_or(0);
    Ok(Changed { rows, seconds, taken_back: started.elapsed().as_secs_f64() })
}
