//! Finding records: by words in any order, by beginnings and fragments, by numbers in any writing.

use std::collections::{HashMap, HashSet};

use base::codes::{self, Code};
use base::{Id, Result, Rid, email, fold, phones};
use meta::access::Verb;
use meta::filter::Where;
use meta::{Catalogue, Kind, Model, Value};
use store::Tx;
use store::list::Trash;
use store::records::Entry;
use store::search::Scope;

use crate::{Actor, Engine, access};

/// A record that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    pub rid: Rid,
    pub id: Id,
    pub entity: &'static str,
    /// Of the first face that it is of, or of its entity.
    pub path: &'static str,
    pub title: String,
    /// Positions and values of the declared subtitle; what is empty is left out.
    pub subtitle: Vec<(usize, Value)>,
}

/// So many of an entity are looked at to show the nearest.
const LOOKED_AT: usize = 200;
/// Fewer digits are a part of too many numbers.
const FEWEST_DIGITS: usize = 5;

impl Engine {
    /// Records of all entities that one may see, the best first: by phone number, code or e-mail in any writing, then by words.
    pub fn find(&self, actor: &Actor, words: &str, limit: usize) -> Result<Vec<Found>> {
        let catalogue = self.seen(actor);
        let searched = |model: &&Model| model.fields.iter().any(|def| def.search);
        let scopes: Vec<Scope> = catalogue
            .models
            .iter()
            .filter(searched)
            .filter_map(|model| {
                let seen = access::allowed(&actor.person, model, None, Verb::View)?;
                Some(Scope { model, seen, trash: Trash::Without })
            })
            .collect();
        if scopes.is_empty() || words.trim().is_empty() {
            return Ok(Vec::new());
        }
        self.store.read(|tx| {
            let keys = keys(words);
            let mut rids = Vec::new();
            for (kind, key) in &keys {
                let found = store::records::find_by_key(tx, kind, std::slice::from_ref(key))?;
                rids.extend(found.into_iter().map(|(_, rid)| rid));
            }
            for scope in &scopes {
                rids.extend(store::search::by_title(tx, scope.model.entity.key, words, LOOKED_AT)?);
            }
            rids.extend(store::search::find(tx, &catalogue, &scopes, words, LOOKED_AT)?);
            let mut seen = HashSet::new();
            rids.retain(|rid| seen.insert(*rid));
            let mut entries = visible(tx, actor, &catalogue, &rids)?;
            let mut ways = vec![fold::words(words).collect::<Vec<String>>()];
            ways.extend(keys.into_iter().map(|(_, key)| vec![key]));
            for scope in &scopes {
                let of_it = |entry: &&Entry| entry.entity == scope.model.entity.key;
                let rids: Vec<Rid> = entries.iter().filter(of_it).map(|entry| entry.rid).collect();
                let told = openly(tx, scope.model, &rids, &ways)?;
                entries.retain(|entry| entry.entity != scope.model.entity.key || told.contains(&entry.rid));
            }
            let asked = fold(words);
            entries.sort_by_key(|entry| nearness(&fold(&entry.title), &asked));
            entries.truncate(limit);
            described(tx, &catalogue, entries)
        })
    }
}

/// A list that is searched by somebody from whom fields are kept looks through so many records.
const LOOKED_THROUGH: usize = 2_000;

/// The records of one entity that somebody finds by words, as a condition; no more than [`LOOKED_THROUGH`] where fields of them
/// are kept from them.
pub(crate) fn by_words(tx: &Tx, catalogue: &Catalogue, scope: Scope, words: &str) -> Result<Where> {
    let nothing = Where::Any(Vec::new());
    if scope.model.secrets().next().is_none() {
        return Ok(store::search::asked(tx, catalogue, &[scope], words)?.unwrap_or(nothing));
    }
    let model = scope.model;
    let rids = store::search::find(tx, catalogue, &[scope], words, LOOKED_THROUGH)?;
    let told = openly(tx, model, &rids, &[fold::words(words).collect()])?;
    Ok(Where::Rids(told.into_iter().collect()))
}

/// Of these records of an entity, those that what one may see of them tells: the index has the text of all fields. `ways` are words
/// that must all be there.
fn openly(tx: &Tx, model: &Model, rids: &[Rid], ways: &[Vec<String>]) -> Result<HashSet<Rid>> {
    if model.secrets().next().is_none() || rids.is_empty() {
        return Ok(rids.iter().copied().collect());
    }
    let searched: Vec<usize> = (0..model.fields.len()).filter(|at| model.fields[*at].search).collect();
    let records = store::records::load_columns(tx, model, rids, &searched, false)?;
    let tells = |record: &meta::Record| {
        let body = body(model, &record.values);
        ways.iter().any(|words| words.iter().all(|word| body.contains(word.as_str())))
    };
    Ok(records.iter().filter(|record| tells(record)).map(|record| record.rid).collect())
}

/// What is asked for by a number or an address as a whole: the kinds and the normal forms that it could be.
fn keys(words: &str) -> Vec<(&'static str, String)> {
    let mut keys: Vec<(&'static str, String)> = Vec::new();
    keys.extend(email::normalise(words).map(|address| ("email", base::text_key(&address))));
    let digits = phones::lookup_key(words);
    let is_number = words.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || "+-/.()".contains(c));
    if is_number && digits.len() >= FEWEST_DIGITS {
        keys.push(("phone", digits));
    }
    if words.chars().any(|c| c.is_ascii_digit()) {
        for code in [Code::VatNumber, Code::TaxCode, Code::Iban] {
            keys.push((meta::kind::code_name(code), base::text_key(&codes::normalise(code, words))));
        }
    }
    keys
}

/// In the order given.
fn visible(tx: &Tx, actor: &Actor, catalogue: &Catalogue, rids: &[Rid]) -> Result<Vec<Entry>> {
    let mut by_entity: HashMap<String, Vec<Entry>> = HashMap::new();
    for entry in store::records::entries(tx, rids)? {
        by_entity.entry(entry.entity.clone()).or_default().push(entry);
    }
    let mut seen: HashMap<Rid, Entry> = HashMap::with_capacity(rids.len());
    for (entity, entries) in by_entity {
        let Some(model) = catalogue.model(&entity) else { continue };
        let own: Vec<Rid> = entries.iter().map(|entry| entry.rid).collect();
        let allowed = access::among(tx, actor, catalogue, model, &own, Verb::View)?;
        seen.extend(entries.into_iter().filter(|entry| allowed.contains(&entry.rid)).map(|entry| (entry.rid, entry)));
    }
    Ok(rids.iter().filter_map(|rid| seen.remove(rid)).collect())
}

/// A title that is what was asked for comes first, then one that begins so, then one with a word that does.
fn nearness(title: &str, asked: &str) -> u8 {
    match title.find(asked) {
        Some(0) if title.len() == asked.len() => 0,
        Some(0) => 1,
        Some(at) if title[..at].ends_with(|c: char| !c.is_alphanumeric()) => 2,
        _ => 3,
    }
}

/// The path and the subtitle of what was found.
type Detail = (&'static str, Vec<(usize, Value)>);

pub(crate) fn described(tx: &Tx, catalogue: &Catalogue, entries: Vec<Entry>) -> Result<Vec<Found>> {
    let mut details: HashMap<Rid, Detail> = HashMap::new();
    for model in &catalogue.models {
        let own = entries.iter().filter(|entry| entry.entity == model.entity.key).map(|entry| entry.rid);
        let (rids, subtitle) = (own.collect::<Vec<_>>(), model.positions(model.entity.subtitle));
        let decides =
            model.entity.faces.iter().flat_map(|face| face.only).filter_map(|only| model.position(only.field));
        let positions: Vec<usize> =
            subtitle.iter().copied().chain(decides).collect::<HashSet<_>>().into_iter().collect();
        if rids.is_empty() || positions.is_empty() {
            continue;
        }
        for record in store::records::load_columns(tx, model, &rids, &positions, false)? {
            let values = subtitle.iter().map(|at| (*at, record.values[*at].clone()));
            let face = model.entity.faces.iter().find(|face| model.is_of(face, &record.values));
            let path = face.map_or(model.entity.path, |face| face.path);
            details.insert(record.rid, (path, values.filter(|(_, value)| !value.is_empty()).collect()));
        }
    }
    let found = entries.into_iter().filter_map(|entry| {
        let entity = catalogue.model(&entry.entity)?.entity;
        let (path, subtitle) = details.remove(&entry.rid).unwrap_or((entity.path, Vec::new()));
        Some(Found { rid: entry.rid, id: entry.id, entity: entity.key, path, title: entry.title, subtitle })
    });
    Ok(found.collect())
}

/// The folded text under which a record is found; words of the fields that are searched, codes and numbers in normal form.
pub fn body(model: &Model, values: &[Value]) -> String {
    let mut body = String::new();
    let mut add = |text: &str| {
        if !text.is_empty() {
            if !body.is_empty() {
                body.push(' ');
            }
            body.push_str(text);
        }
    };
    for (def, value) in model.fields.iter().zip(values).filter(|(def, _)| def.search) {
        match value {
            Value::Items(items) if matches!(def.kind, Kind::Phones) => items.iter().for_each(|item| {
                // As it is dialled abroad and at home.
                let digits = base::phones::lookup_key(&item.value);
                add(&digits);
                if let Some(home) = digits.strip_prefix("39") {
                    add(home);
                }
            }),
            Value::Items(items) => items.iter().for_each(|item| add(&fold(&item.value))),
            Value::Addresses(addresses) => addresses.iter().for_each(|address| add(&fold(&address.town))),
            Value::Keys(keys) => keys.iter().for_each(|key| add(&fold(key))),
            Value::Text(text) => add(&fold(text)),
            _ => {}
        }
    }
    body
}
