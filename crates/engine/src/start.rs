//! Opening: schema, lists, catalogue.

use std::collections::HashMap;
use std::sync::Arc;

use base::{Error, Result};
use meta::catalogue::{List, ListItem};
use meta::{Catalogue, Entity, PickList};
use parking_lot::RwLock;
use store::{Lane, Location, Sql, Store, Tx};

use crate::{Engine, sign_in, users};

impl Engine {
    /// Opens the database, brings its schema to the declarations, and checks these.
    pub fn open(location: &Location, modules: &[&'static Entity]) -> Result<Engine> {
        let entities: Vec<&'static Entity> =
            [&users::TEAM, &users::USER].into_iter().chain(modules.iter().copied()).collect();
        let declared = declared(&entities);
        let mut wrong = meta::check::check(&entities, &declared.models);
        wrong.extend(store::schema::check(&declared));
        if !wrong.is_empty() {
            return Err(Error::fault(format!("the declarations do not hold:\n{}", wrong.join("\n"))));
        }
        let store = Store::open(location)?;
        store::schema::migrate(&store, &declared.models)?;
        let lists = Catalogue::declared_lists(&entities);
        store.write(Lane::People, |tx| seed_lists(tx, &lists))?;
        let catalogue = store.read(|tx| load(tx, &entities))?;
        Ok(Engine {
            store,
            entities,
            catalogue: RwLock::new(Arc::new(catalogue)),
            attempts: sign_in::Attempts::default(),
            recents: Default::default(),
        })
    }

    /// Reads the catalogue again: lists or fields were changed, here or by another node.
    pub fn reload(&self) -> Result<()> {
        let fresh = self.store.read(|tx| load(tx, &self.entities))?;
        *self.catalogue.write() = Arc::new(fresh);
        Ok(())
    }
}

/// The catalogue of the declarations alone.
pub fn declared(entities: &[&'static Entity]) -> Catalogue {
    let lists = Catalogue::declared_lists(entities)
        .into_iter()
        .map(|list| List { declared: list, items: Vec::new() })
        .collect();
    Catalogue::new(0, entities, &HashMap::new(), lists)
}

/// The number that rises with every change of the catalogue.
pub(crate) fn epoch(tx: &Tx) -> Result<i64> {
    let row = tx.first(&Sql::new("SELECT value FROM setting WHERE key = 'epoch'"))?;
    Ok(row.and_then(|row| row.text(0).parse().ok()).unwrap_or(0))
}

fn load(tx: &Tx, entities: &[&'static Entity]) -> Result<Catalogue> {
    let mut items: HashMap<String, Vec<ListItem>> = HashMap::new();
    let declared_lists = Catalogue::declared_lists(entities);
    let english: HashMap<(&str, &str), &str> = declared_lists
        .iter()
        .flat_map(|list| list.items.iter().map(|item| ((list.key, item.key), item.label)))
        .collect();
    for row in tx.query(&Sql::new(
        "SELECT list, key, labels, class, colour, retired, percent FROM pick ORDER BY list, position, key",
    ))? {
        let key = row.text(1).to_owned();
        let english = english.get(&(row.text(0), row.text(1))).map_or_else(|| key.clone(), |label| (*label).to_owned());
        items.entry(row.text(0).to_owned()).or_default().push(ListItem {
            key,
            labels: serde_json::from_str(row.text(2))
                .map_err(|cause| Error::caused("labels that cannot be read", cause))?,
            english,
            class: row.opt_text(3).map(str::to_owned),
            colour: row.opt_text(4).map(str::to_owned),
            retired: row.int(5) != 0,
            percent: row.opt_int(6),
        });
    }
    let lists = declared_lists
        .into_iter()
        .map(|list| List { declared: list, items: items.remove(list.key).unwrap_or_default() })
        .collect();
    Ok(Catalogue::new(epoch(tx)?, entities, &HashMap::new(), lists))
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
                "INSERT INTO pick (list, key, position, labels, class, colour, percent) VALUES ($1, $2, $3, '{}', $4, $5, $6)",
            );
            let position = i64::try_from(position).unwrap_or(i64::MAX);
            let sql = sql.with(list.key).with(item.key).with(position).with(item.class).with(item.colour);
            tx.execute(&sql.with(item.percent))?;
            added = true;
        }
    }
    if added { raise_epoch(tx) } else { Ok(()) }
}

/// Tells all nodes that the catalogue is another.
pub(crate) fn raise_epoch(tx: &Tx) -> Result<()> {
    let next = epoch(tx)? + 1;
    let sql = Sql::new(
        "INSERT INTO setting (key, value) VALUES ('epoch', $1) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
    );
    tx.execute(&sql.with(next.to_string())).map(|_| ())
}
