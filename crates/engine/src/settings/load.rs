//! From the tables of the house to the catalogue.

use std::collections::{BTreeMap, HashMap};

use base::{Error, Result};
use meta::catalogue::{List, ListItem};
use meta::custom::{Adjusted, Look, Shape};
use meta::layout::SectionLook;
use meta::{Catalogue, Entity, PickList, intern};
use serde::de::DeserializeOwned;
use store::{Sql, Tx};

use crate::epoch;

/// The catalogue as the database has it.
pub(crate) fn load(tx: &Tx, entities: &[&'static Entity]) -> Result<Catalogue> {
    // First: another node may commit between two statements, and what is newer than its number is only read once more.
    let epoch = epoch::epoch(tx)?;
    let lists = lists(tx, entities)?;
    let known: Vec<&'static PickList> = lists.iter().map(|list| list.declared).collect();
    let mut adjusted: HashMap<String, Adjusted> = HashMap::new();
    let fields = Sql::new("SELECT entity, key, shape, look FROM custom_field ORDER BY entity, ordinal, key");
    for row in tx.query(&fields)? {
        let (entity, key) = (row.text(0).to_owned(), row.text(1));
        let look: Look = read(row.text(3))?;
        let one = adjusted.entry(entity.clone()).or_default();
        let Some(shape) = row.opt_text(2) else {
            one.looks.insert(key.to_owned(), look);
            continue;
        };
        match read::<Shape>(shape)?.kind(&known, entities) {
            Some(kind) => one.own.push(look.field(key, kind)),
            None => tracing::warn!(entity, key, "a custom field names a list or an entity that is not there"),
        }
    }
    for row in tx.query(&Sql::new("SELECT entity, sections FROM page_layout"))? {
        let layout: Vec<SectionLook> = read(row.text(1))?;
        adjusted.entry(row.text(0).to_owned()).or_default().layout = layout;
    }
    let mut catalogue = Catalogue::new(epoch, entities, &adjusted, lists);
    catalogue.roles = crate::roles::load(tx, entities)?;
    Ok(catalogue)
}

/// Declared lists and the house's own, each with its values.
fn lists(tx: &Tx, entities: &[&'static Entity]) -> Result<Vec<List>> {
    let declared = Catalogue::declared_lists(entities);
    let english: HashMap<(&str, &str), &str> =
        declared.iter().flat_map(|list| list.items.iter().map(|item| ((list.key, item.key), item.label))).collect();
    let mut items: HashMap<String, Vec<ListItem>> = HashMap::new();
    for row in tx.query(&Sql::new(
        "SELECT list, key, labels, class, colour, retired, percent, of_group FROM pick ORDER BY list, position, key",
    ))? {
        let key = row.text(1).to_owned();
        let labels: HashMap<String, String> = read(row.text(2))?;
        let own = || labels.get("en").or_else(|| labels.values().min()).cloned();
        let english = english.get(&(row.text(0), row.text(1))).map(|label| (*label).to_owned());
        let english = english.or_else(own).unwrap_or_else(|| key.clone());
        items.entry(row.text(0).to_owned()).or_default().push(ListItem {
            key,
            labels,
            english,
            class: row.opt_text(3).map(str::to_owned),
            colour: row.opt_text(4).map(str::to_owned),
            retired: row.int(5) != 0,
            percent: row.opt_int(6),
            group: row.opt_text(7).map(str::to_owned),
        });
    }
    let mut labels: HashMap<String, BTreeMap<String, String>> = HashMap::new();
    let mut own: Vec<&'static PickList> = Vec::new();
    for row in tx.query(&Sql::new("SELECT list, labels, open FROM custom_list ORDER BY list"))? {
        let words: BTreeMap<String, String> = read(row.text(1))?;
        if !declared.iter().any(|list| list.key == row.text(0)) {
            let label = words.get("en").or_else(|| words.values().next()).map_or(row.text(0), String::as_str);
            own.push(intern::pick_list(row.text(0), label, row.int(2) != 0));
        }
        labels.insert(row.text(0).to_owned(), words);
    }
    let mut list = |declared: &'static PickList, custom: bool| List {
        declared,
        custom,
        labels: labels.remove(declared.key).unwrap_or_default(),
        items: items.remove(declared.key).unwrap_or_default(),
    };
    let mut lists: Vec<List> = declared.into_iter().map(|declared| list(declared, false)).collect();
    lists.extend(own.into_iter().map(|own| list(own, true)));
    Ok(lists)
}

pub(super) fn read<T: DeserializeOwned>(text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(|cause| Error::caused("settings that cannot be read", cause))
}
