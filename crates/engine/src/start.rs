//! Opening: schema, lists, catalogue.

use std::collections::HashMap;
use std::sync::Arc;

use base::{Error, Result};
use meta::catalogue::List;
use meta::{Catalogue, Entity, PickList};
use parking_lot::RwLock;
use store::{Lane, Location, Sql, Store, Tx};

use crate::epoch::{epoch, raise_epoch};
use crate::secret::{Keys, SecretKey};
pub(crate) use crate::settings::load::load;
use crate::{Engine, settings, sign_in, users};

impl Engine {
    /// Opens the database, brings its schema to the declarations, and checks these. The secret key is the one in the data folder.
    pub fn open(location: &Location, modules: &[&'static Entity]) -> Result<Engine> {
        Engine::open_keyed(location, modules, None)
    }

    /// The same with a secret key that was given.
    ///
    /// # Errors
    /// A key that is another than the one the database was used with is unreadable, and so is none at all where there was one.
    pub fn open_keyed(location: &Location, modules: &[&'static Entity], secret: Option<SecretKey>) -> Result<Engine> {
        let entities: Vec<&'static Entity> =
            [&users::TEAM, &users::USER].into_iter().chain(modules.iter().copied()).collect();
        let declared = declared(&entities);
        let mut wrong = meta::check::check(&entities, &declared.models);
        wrong.extend(meta::check::check(&entities, &declared.forms));
        wrong.extend(store::schema::check(&declared));
        if !wrong.is_empty() {
            return Err(Error::fault(format!("the declarations do not hold:\n{}", wrong.join("\n"))));
        }
        let store = Store::open(location)?;
        store::schema::migrate(&store, &declared.models)?;
        let keys = Keys::stand(&store, secret)?;
        let lists = Catalogue::declared_lists(&entities);
        store.write(Lane::People, |tx| {
            // Another node may start at the same moment.
            tx.lock_key(STANDING)?;
            seed_lists(tx, &lists)
        })?;
        let catalogue = store.read(|tx| load(tx, &entities))?;
        let stood = store.write(Lane::People, |tx| {
            tx.lock_key(STANDING)?;
            settings::stand(tx, &catalogue)
        })?;
        let catalogue = match stood {
            true => store.read(|tx| load(tx, &entities))?,
            false => catalogue,
        };
        Ok(Engine {
            store,
            entities,
            catalogue: RwLock::new(Arc::new(catalogue)),
            sights: Default::default(),
            attempts: sign_in::Attempts::default(),
            recents: Default::default(),
            keys,
            bells: Default::default(),
            looks: Default::default(),
        })
    }

    /// Reads the catalogue again when another node changed it: before what somebody sends is read by it.
    pub fn refresh(&self) -> Result<()> {
        let stands = self.store.read(epoch)?;
        if stands == self.catalogue().epoch { Ok(()) } else { self.reload() }
    }

    /// The same, where the epoch that stands was read with something else.
    pub(crate) fn refresh_to(&self, stands: Option<&str>) -> Result<()> {
        let stands = stands.and_then(|epoch| epoch.parse().ok()).unwrap_or(0);
        if stands == self.catalogue().epoch { Ok(()) } else { self.reload() }
    }

    /// Reads the catalogue again: lists or fields were changed, here or by another node.
    pub fn reload(&self) -> Result<()> {
        let fresh = self.store.read(|tx| load(tx, &self.entities))?;
        *self.catalogue.write() = Arc::new(fresh);
        Ok(())
    }
}

/// The lock of what is put right at the start.
const STANDING: &str = "standing";

/// The catalogue of the declarations alone.
pub fn declared(entities: &[&'static Entity]) -> Catalogue {
    let lists = Catalogue::declared_lists(entities)
        .into_iter()
        .map(|list| List { items: Vec::new(), ..List::declared(list) })
        .collect();
    Catalogue::new(0, entities, &HashMap::new(), lists)
}

/// Puts the declared values of lists that are not there yet; what the administrator changed stays.
fn seed_lists(tx: &Tx, lists: &[&'static PickList]) -> Result<()> {
    let known = tx.query(&Sql::new("SELECT list, key FROM pick"))?;
    let known: std::collections::HashSet<(&str, &str)> = known.iter().map(|row| (row.text(0), row.text(1))).collect();
    let mut added = false;
    for list in lists {
        for (position, item) in list.items.iter().enumerate().filter(|(_, item)| !known.contains(&(list.key, item.key)))
        {
            let sql = Sql::new(
                "INSERT INTO pick (list, key, position, labels, class, colour, percent, of_group) \
                 VALUES ($1, $2, $3, '{}', $4, $5, $6, $7)",
            );
            let position = i64::try_from(position).unwrap_or(i64::MAX);
            let sql = sql.with(list.key).with(item.key).with(position).with(item.class).with(item.colour);
            tx.execute(&sql.with(item.percent).with(item.group))?;
            added = true;
        }
    }
    if added { raise_epoch(tx) } else { Ok(()) }
}
