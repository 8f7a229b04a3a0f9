//! The indexes of custom fields: a durable job makes them; until then lists show and filter by the field under their budget.

use base::{Error, Result};
use meta::custom::Index;
use meta::{Catalogue, FieldDef, Model};
use serde::{Deserialize, Serialize};
use store::jobs::{self, Job};
use store::{Lane, Tx};

use super::{Engine, fields, json};
use crate::{Actor, epoch, pace};

/// The kind of the job.
pub const KIND: &str = "field_index";

#[derive(Serialize, Deserialize)]
struct Payload {
    entity: String,
    key: String,
}

/// What becomes of an index when another one is wanted.
pub(super) fn changed(
    tx: &Tx,
    actor: &Actor,
    model: &Model,
    def: &FieldDef,
    was: Index,
    wanted: Index,
) -> Result<Index> {
    match (was, wanted) {
        (Index::None, Index::None) => Ok(Index::None),
        (_, Index::None) => {
            store::schema::drop_index(tx, model.entity.key, def)?;
            Ok(Index::None)
        }
        (Index::None, _) => {
            let payload = Payload { entity: model.entity.key.to_owned(), key: def.key.to_owned() };
            jobs::enqueue(tx, KIND, &json(&payload)?, actor.user(), None, base::clock::now())?;
            Ok(Index::Wanted)
        }
        (standing, _) => Ok(standing),
    }
}

/// Brings columns and indexes of custom fields to what the settings say: a backup that was brought into another database has
/// none of the latter. Whether anything had to be done.
pub(crate) fn stand(tx: &Tx, catalogue: &Catalogue) -> Result<bool> {
    let mut done = false;
    for model in &catalogue.models {
        for def in model.fields.iter().filter(|def| def.custom) {
            store::schema::add_columns(tx, model.entity.key, def)?;
            if def.index != Index::Ready || store::schema::is_indexed(tx, model.entity.key, def)? {
                continue;
            }
            if let Some(mut look) = fields::kept(tx, model.entity.key, def.key)? {
                look.index = changed(tx, &Actor::program(), model, def, Index::None, Index::Wanted)?;
                fields::keep(tx, model.entity.key, def.key, &look)?;
                epoch::raise_epoch(tx)?;
                done = true;
            }
        }
    }
    Ok(done)
}

impl Engine {
    /// Makes the index of a field, and tells all nodes. To do it twice does no harm.
    pub(crate) fn carry_out_index(&self, job: &Job) -> Result<()> {
        let payload: Payload = super::load::read(&job.payload)?;
        let catalogue = self.catalogue();
        let def = catalogue.model(&payload.entity).and_then(|model| model.field(&payload.key)).copied();
        if let Some(def) = def.filter(|def| def.index != Index::None) {
            let build = || store::schema::build_index(&self.store, &payload.entity, &def);
            pace::holding(&self.store, job, build)?;
        }
        base::failpoint::pass("index.built");
        self.store.write(Lane::Jobs, |tx| {
            tx.lock_key("catalogue")?;
            match (def, fields::kept(tx, &payload.entity, &payload.key)?) {
                (Some(_), Some(mut look)) if look.index == Index::Wanted => {
                    look.index = Index::Ready;
                    fields::keep(tx, &payload.entity, &payload.key, &look)?;
                    epoch::raise_epoch(tx)?;
                }
                // Nobody wants it any more.
                (Some(def), Some(look)) if look.index == Index::None => {
                    store::schema::drop_index(tx, &payload.entity, &def)?;
                }
                (None, Some(look)) if look.index == Index::Wanted => {
                    return Err(Error::fault("this node does not know the field yet"));
                }
                _ => {}
            }
            jobs::finish(tx, job, None)
        })?;
        self.reload()
    }
}
