//! From a posted form to values; what cannot be read is a problem at its field, and stays as it was typed.

use std::collections::BTreeMap;

use base::{Id, Problem, Result, say};
use chrono::{NaiveDateTime, TimeZone};
use meta::{Address, Item, Kind, Model, Value};

use crate::Visit;
use crate::parts::{narrow, pictures};
use crate::posted::Posted;

/// What a form said.
#[derive(Default)]
pub struct Read {
    pub values: Vec<(usize, Value)>,
    pub problems: Vec<Problem>,
}

/// The values of the fields that the form had; a field that it had not stays as it is.
pub fn read(visit: &Visit, model: &Model, posted: &Posted) -> Result<Read> {
    let mut read = Read::default();
    for (at, def) in model.fields.iter().enumerate() {
        if def.read_only || !is_there(posted, def.key) || matches!(def.kind, Kind::File) {
            continue;
        }
        match field(visit, model, at, posted)? {
            Ok(value) => read.values.push((at, value)),
            Err(problem) => read.problems.push(problem),
        }
    }
    read.problems.extend(narrow::disagree(visit, model, &read.values));
    Ok(read)
}

fn is_there(posted: &Posted, key: &str) -> bool {
    posted.has(key)
        || posted.has(&pictures::kept(key))
        || posted.fields.iter().any(|(name, _)| name.strip_prefix(key).is_some_and(|rest| rest.starts_with('[')))
}

fn field(visit: &Visit, model: &Model, at: usize, posted: &Posted) -> Result<Result<Value, Problem>> {
    let def = &model.fields[at];
    let text = posted.first(def.key);
    Ok(Ok(match def.kind {
        Kind::Text { .. } | Kind::LongText | Kind::RichText | Kind::Code(_) | Kind::Choice(_) | Kind::Pick(_) => {
            if text.is_empty() { Value::Null } else { Value::Text(text.to_owned()) }
        }
        Kind::Tick => Value::Tick(posted.all(def.key).any(|value| !value.is_empty())),
        Kind::Picks(_) => {
            let keys =
                posted.all(def.key).flat_map(|value| value.split(',')).map(str::trim).filter(|key| !key.is_empty());
            Value::Keys(keys.map(str::to_owned).collect())
        }
        Kind::Emails | Kind::Phones | Kind::WebLinks | Kind::Codes(_) => Value::Items(items(posted, def.key)),
        Kind::Addresses => Value::Addresses(addresses(posted, def.key)),
        // A new one is taken by [`pictures::take`].
        Kind::Picture => pictures::standing(posted, def.key),
        Kind::Link(to) => match link(text) {
            Some(id) => Value::Id(id),
            None => {
                let typed = posted.first(&format!("{}.text", def.key)).trim().to_owned();
                if typed.is_empty() || text == typed {
                    return Ok(Ok(Value::Null));
                }
                match one_called(visit, def.key, to.key, &typed)? {
                    Ok(one) => Value::Link(one.rid),
                    Err(problem) => return Ok(Err(problem)),
                }
            }
        },
        Kind::People => {
            let ids: Vec<Id> = posted.all(def.key).filter_map(link).collect();
            let mut rids = Vec::new();
            let typed = posted.first(&format!("{}.text", def.key)).trim().to_owned();
            if !typed.is_empty() {
                rids = visit.engine().named(&visit.actor, "user", &typed)?.iter().map(|user| user.rid).collect();
            }
            if rids.is_empty() { Value::Ids(ids) } else { merged_people(visit, ids, rids)? }
        }
        Kind::Involved(_) => return involved(visit, def.key, posted),
        Kind::Instant if !text.is_empty() => {
            let local = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M").ok();
            match local.and_then(|local| visit.actor.zone.from_local_datetime(&local).earliest()) {
                Some(at) => Value::Instant(at.to_utc()),
                None => return Ok(Err(Problem::at(def.key, "invalid", "Write a date and a time"))),
            }
        }
        kind => return Ok(meta::human::parse(text, &kind, &visit.style(), def.key)),
    }))
}

/// Rows of subject and role, and ids alone as an address brings them along.
fn involved(visit: &Visit, key: &str, posted: &Posted) -> Result<Result<Value, Problem>> {
    let subjects = visit.catalogue.subjects().ok_or(base::Error::Missing)?.entity;
    let mut named: Vec<(Id, Option<String>)> = posted.all(key).filter_map(link).map(|id| (id, None)).collect();
    let rows = rows(posted, key);
    let known: Vec<Id> = rows.values().filter_map(|row| link(part(row, "id"))).collect();
    let known = visit.engine().rows_by_id(&visit.actor, subjects.path, &known)?;
    let titles = visit.engine().titles(&visit.actor, &[Value::Links(known.values().copied().collect())])?;
    for row in rows.values() {
        let role = Some(part(row, "role").to_owned()).filter(|role| !role.is_empty());
        let typed = part(row, "id.text");
        // Without script the id stays what it was, whatever is written over the name.
        let stands =
            |id: &Id| known.get(id).and_then(|rid| titles.get(*rid)).is_some_and(|linked| linked.title == typed);
        let has_text = row.iter().any(|(name, _)| *name == "id.text");
        let chosen = link(part(row, "id")).filter(|id| !has_text || stands(id));
        match chosen {
            Some(id) => named.push((id, role)),
            None if typed.is_empty() => {}
            None => match one_called(visit, key, subjects.key, typed)? {
                Ok(one) => named.push((one.id, role)),
                Err(problem) => return Ok(Err(problem)),
            },
        }
    }
    Ok(Ok(Value::Involving(named.into_iter().collect())))
}

/// Without script a name is typed; it counts when one record is called so.
fn one_called(visit: &Visit, key: &str, entity: &str, typed: &str) -> Result<Result<meta::Record, Problem>> {
    let mut found = visit.engine().named(&visit.actor, entity, typed)?;
    Ok(match (found.pop(), found.is_empty()) {
        (Some(one), true) => Ok(one),
        (None, _) => Err(Problem::at(key, "missing", say!("There is no {name} here", name = typed.to_owned()))),
        (Some(_), false) => Err(Problem::at(
            key,
            "several",
            say!("Several are called {name}: choose one of the list", name = typed.to_owned()),
        )),
    })
}

fn merged_people(visit: &Visit, ids: Vec<Id>, typed: Vec<base::Rid>) -> Result<Value> {
    let mut rids = visit.engine().rows(&visit.actor, "users", &ids)?;
    rids.extend(typed);
    Ok(Value::Links(rids))
}

fn link(text: &str) -> Option<Id> {
    text.parse().ok()
}

/// `emails[3].value` as row 3 and part `value`.
fn rows<'a>(posted: &'a Posted, key: &str) -> BTreeMap<usize, Vec<(&'a str, &'a str)>> {
    let mut rows: BTreeMap<usize, Vec<(&str, &str)>> = BTreeMap::new();
    for (name, value) in &posted.fields {
        let Some(rest) = name.strip_prefix(key).and_then(|rest| rest.strip_prefix('[')) else { continue };
        let Some((number, part)) = rest.split_once("].") else { continue };
        if let Ok(number) = number.parse() {
            rows.entry(number).or_default().push((part, value));
        }
    }
    rows
}

fn part<'a>(row: &[(&str, &'a str)], name: &str) -> &'a str {
    row.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value.trim())
}

fn items(posted: &Posted, key: &str) -> Vec<Item> {
    let item = |row: &Vec<(&str, &str)>| Item {
        value: part(row, "value").to_owned(),
        kind: Some(part(row, "kind").to_owned()).filter(|kind| !kind.is_empty()),
        primary: !part(row, "primary").is_empty(),
    };
    rows(posted, key).values().map(item).filter(|item| !item.value.is_empty()).collect()
}

fn addresses(posted: &Posted, key: &str) -> Vec<Address> {
    let address = |row: &Vec<(&str, &str)>| Address {
        street: part(row, "street").to_owned(),
        zip: part(row, "zip").to_owned(),
        town: part(row, "town").to_owned(),
        province: part(row, "province").to_owned(),
        country: part(row, "country").to_owned(),
        kind: Some(part(row, "kind").to_owned()).filter(|kind| !kind.is_empty()),
        primary: !part(row, "primary").is_empty(),
    };
    rows(posted, key).values().map(address).filter(|address| !address.is_blank()).collect()
}
