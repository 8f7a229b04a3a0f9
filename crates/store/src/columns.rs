//! From kinds to columns: which columns a field has, what stands in them, and how it is read back.

use base::{Error, Money, Result, Rid};
use chrono::NaiveDate;
use meta::normal::sort_key;
use meta::{FieldDef, Kind, Place, Value};
use serde_json::{Value as Json, json};

use crate::sql::{Arg, Cell, Row};

/// The columns of a field: name and type as [`crate::Dialect::types`] reads it.
pub fn columns(def: &FieldDef) -> Vec<(String, &'static str)> {
    let key = def.key;
    let mut columns = match def.kind {
        Kind::Number { .. } | Kind::Percent | Kind::Duration | Kind::Instant => vec![(key.to_owned(), "$int")],
        Kind::Tick => vec![(key.to_owned(), "$int NOT NULL DEFAULT 0")],
        Kind::Link(_) | Kind::AnyLink => vec![(key.to_owned(), "$int REFERENCES record (rid)")],
        Kind::Money => vec![(key.to_owned(), "$int"), (format!("{key}_currency"), "$text")],
        Kind::Place => vec![(key.to_owned(), "$int"), (format!("{key}_longitude"), "$int")],
        _ => vec![(key.to_owned(), "$text")],
    };
    if def.kind.has_key() {
        columns.push((format!("{key}_key"), "$text"));
    }
    columns
}

/// The column that rows are sorted by.
pub fn sort_column(def: &FieldDef) -> String {
    if def.kind.has_key() { format!("{}_key", def.key) } else { def.key.to_owned() }
}

/// The columns to read a field from, in the order that [`read`] takes them.
pub fn read_columns(def: &FieldDef) -> Vec<String> {
    let plain = columns(def).into_iter().map(|(name, _)| name);
    if def.kind.has_key() { vec![def.key.to_owned()] } else { plain.collect() }
}

/// What stands in the [`columns`] of a field.
pub fn write(value: &Value, def: &FieldDef) -> Vec<Arg> {
    let mut args = match value {
        Value::Null => match def.kind {
            Kind::Tick => vec![Arg::Int(0)],
            Kind::Money | Kind::Place => vec![Arg::Null, Arg::Null],
            _ => vec![Arg::Null],
        },
        Value::Text(text) => vec![Arg::Text(text.clone())],
        Value::Int(number) => vec![Arg::Int(*number)],
        Value::Tick(on) => vec![Arg::Int((*on).into())],
        Value::Money(money) => vec![Arg::Int(money.minor), Arg::Text(money.currency.to_string())],
        Value::Date(day) => vec![Arg::Text(day.to_string())],
        Value::Instant(at) => vec![Arg::Int(at.timestamp_micros())],
        Value::Link(rid) => vec![Arg::Int(rid.0)],
        Value::Links(rids) => vec![Arg::Text(json!(rids.iter().map(|rid| rid.0).collect::<Vec<_>>()).to_string())],
        Value::Involved(_) => vec![Arg::Text(to_log(value, &def.kind).to_string())],
        Value::Keys(keys) => vec![Arg::Text(json!(keys).to_string())],
        Value::Items(items) => vec![Arg::Text(serde_json::to_string(items).unwrap_or_default())],
        Value::Addresses(addresses) => vec![Arg::Text(serde_json::to_string(addresses).unwrap_or_default())],
        Value::Place(place) => vec![Arg::Int(place.latitude.into()), Arg::Int(place.longitude.into())],
        // The engine finds the rows before it saves.
        Value::Id(_) | Value::Ids(_) | Value::Involving(_) => vec![Arg::Null],
    };
    if def.kind.has_key() {
        args.push(sort_key(value).into());
    }
    args
}

/// Reads a field from a row, beginning at a place, and moves the place on.
pub fn read(row: &mut Row, at: &mut usize, def: &FieldDef) -> Result<Value> {
    let mut next = || {
        *at += 1;
        row.0.get_mut(*at - 1).map_or(Cell::Null, |cell| std::mem::replace(cell, Cell::Null))
    };
    let wrong = || Error::fault(format!("column {} holds what is no {}", def.key, def.kind.name()));
    let cell = next();
    Ok(match (&def.kind, cell) {
        (Kind::Tick, Cell::Int(number)) => Value::Tick(number != 0),
        (Kind::Money, cell) => match (cell, next()) {
            (Cell::Int(minor), Cell::Text(currency)) => {
                Value::Money(Money { minor, currency: currency.parse().map_err(|_| wrong())? })
            }
            _ => Value::Null,
        },
        (Kind::Place, cell) => match (cell, next()) {
            (Cell::Int(latitude), Cell::Int(longitude)) => Value::Place(Place {
                latitude: i32::try_from(latitude).map_err(|_| wrong())?,
                longitude: i32::try_from(longitude).map_err(|_| wrong())?,
            }),
            _ => Value::Null,
        },
        (_, Cell::Null) => Value::Null,
        (Kind::Date, Cell::Text(day)) => Value::Date(day.parse::<NaiveDate>().map_err(|_| wrong())?),
        (Kind::Instant, Cell::Int(micros)) => Value::Instant(base::clock::instant(micros)),
        (Kind::Link(_) | Kind::AnyLink, Cell::Int(rid)) => Value::Link(Rid(rid)),
        (Kind::People, Cell::Text(list)) => {
            let rids: Vec<i64> = serde_json::from_str(&list).map_err(|_| wrong())?;
            Value::Links(rids.into_iter().map(Rid).collect())
        }
        (Kind::Involved(_), Cell::Text(list)) => {
            let pairs: Vec<(i64, Option<String>)> = serde_json::from_str(&list).map_err(|_| wrong())?;
            Value::Involved(pairs.into_iter().map(|(rid, role)| (Rid(rid), role)).collect())
        }
        (Kind::Picks(_), Cell::Text(list)) => Value::Keys(serde_json::from_str(&list).map_err(|_| wrong())?),
        (Kind::Emails | Kind::Phones | Kind::WebLinks | Kind::Codes(_), Cell::Text(list)) => {
            Value::Items(serde_json::from_str(&list).map_err(|_| wrong())?)
        }
        (Kind::Addresses, Cell::Text(list)) => Value::Addresses(serde_json::from_str(&list).map_err(|_| wrong())?),
        (_, Cell::Int(number)) => Value::Int(number),
        (_, Cell::Text(text)) => Value::Text(text),
        _ => return Err(wrong()),
    })
}

/// A value as the change log keeps it: the API's JSON, with row numbers for links; of those involved, row and role.
pub fn to_log(value: &Value, kind: &Kind) -> Json {
    meta::json::to_json(value, kind, &|rid| json!(rid.0))
}

/// A value from the change log.
pub fn from_log(json: &Json, def: &FieldDef) -> Result<Value> {
    let rid = |json: &Json| json.as_i64().map(Rid);
    match (&def.kind, json) {
        (Kind::Link(_) | Kind::AnyLink, json) => Ok(rid(json).map_or(Value::Null, Value::Link)),
        (Kind::People, Json::Array(list)) if !list.is_empty() => {
            Ok(Value::Links(list.iter().filter_map(rid).collect()))
        }
        (Kind::Involved(_), Json::Array(list)) if !list.is_empty() => {
            let pair = |pair: &Json| Some((rid(&pair[0])?, pair[1].as_str().map(str::to_owned)));
            Ok(Value::Involved(list.iter().filter_map(pair).collect()))
        }
        (Kind::Tick, Json::Bool(on)) => Ok(Value::Tick(*on)),
        (_, Json::Array(list)) if list.is_empty() => Ok(Value::Null),
        (kind, json) => meta::json::from_json(json, def.key, kind)
            .map_err(|problem| Error::fault(format!("the log holds what is no {}: {}", kind.name(), problem.text))),
    }
}
