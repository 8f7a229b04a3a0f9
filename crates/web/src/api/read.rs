//! `GET /{path}/{id}` and its history.

use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use base::dates::format_instant_api;
use base::{Error, Id, Rid, say};
use engine::history::Event;
use engine::{Listed, Titles, query};
use meta::Model;
use serde_json::{Map, Value as Json, json};

use crate::api::ask::{Ask, Call};
use crate::api::parameters::Parameters;
use crate::api::problem::{Failure, Result};
use crate::api::{ROOT, cursor, shape};

pub async fn record(ask: Ask, Path((path, id)): Path<(String, String)>) -> Response {
    ask.answer(move |call| {
        Parameters::of(call).end()?;
        let listed = found(call, &path, &id)?;
        let (model, _) = query::at(&listed.catalogue, &path)?;
        // Not for good: a merge can be undone.
        if listed.records[0].id.to_string() != id {
            let place = format!("{ROOT}/{path}/{}", listed.records[0].id);
            return Ok((StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, place)]).into_response());
        }
        call.engine().looked_at(&call.actor, model, &listed.records[0])?;
        let body = shape::record(model, &listed.records[0], &listed.titles, &shape::all(model));
        Ok(shape::one(StatusCode::OK, &body))
    })
    .await
}

pub async fn history(ask: Ask, Path((path, id)): Path<(String, String)>) -> Response {
    ask.answer(move |call| events(call, &path, &id)).await
}

/// The one record at an address. One that is not of the address's face is not there.
pub fn found(call: &Call, path: &str, id: &str) -> Result<Listed> {
    let id: Id = id.parse().map_err(|_| Error::Missing)?;
    let listed = call.engine().record(&call.actor, path, id)?;
    let is_there = match (query::at(&listed.catalogue, path)?, listed.records.first()) {
        ((model, Some(face)), Some(record)) => model.is_of(face, &record.values),
        ((_, None), record) => record.is_some(),
        _ => false,
    };
    if is_there { Ok(listed) } else { Err(Error::Missing.into()) }
}

/// The same for a write, which is not to fall on what the record was merged into.
pub fn itself(call: &Call, path: &str, id: &str) -> Result<Listed> {
    same(found(call, path, id)?, id)
}

/// A record, unless it is another than the one that was asked for.
pub fn same(listed: Listed, id: &str) -> Result<Listed> {
    match listed.records[0].id.to_string() == id {
        true => Ok(listed),
        false => {
            let text = say!("It was merged into {title}", title = listed.records[0].title.clone());
            Err(Failure::new(StatusCode::GONE, text))
        }
    }
}

fn events(call: &Call, path: &str, id: &str) -> Result<Response> {
    let listed = found(call, path, id)?;
    let record = &listed.records[0];
    let mut parameters = Parameters::of(call);
    let limit = parameters.limit()?;
    let question = json!(["history", record.id.to_string()]).to_string();
    let key = call.engine().passing_key();
    let before = parameters.take("cursor")?.map(|cursor| cursor::number(key, &question, &cursor)).transpose()?;
    parameters.end()?;
    let history = call.engine().history(&call.actor, path, record, before, limit)?;
    let (model, _) = query::at(&listed.catalogue, path)?;
    let items = history.events.iter().map(|event| event_json(event, model, &history.titles));
    let items: Vec<Json> = items.collect();
    let next = history.before.map(|seq| cursor::of_number(key, &question, seq)).transpose()?;
    Ok(shape::json(json!({ "items": items, "next": next })))
}

fn event_json(event: &Event, model: &Model, titles: &Titles) -> Json {
    let change = |(at, old, new): &(usize, meta::Value, meta::Value)| {
        let def = &model.fields[*at];
        (
            def.key.to_owned(),
            json!({ "from": titles.value_json(old, &def.kind), "to": titles.value_json(new, &def.kind) }),
        )
    };
    json!({
        "operation": event.operation.to_string(),
        "at": format_instant_api(event.at),
        "by": by(event.by, titles),
        "channel": event.channel,
        "verb": event.verb,
        "operation_verb": event.operation_verb,
        "records": event.records,
        "undone": event.undone,
        "fields": event.fields.iter().map(change).collect::<Map<String, Json>>(),
    })
}

/// Who did it; null for the program.
pub fn by(user: Option<Rid>, titles: &Titles) -> Json {
    user.map_or(Json::Null, |rid| titles.json(rid, &meta::Kind::People))
}

/// A record after a write, or what is left of it to see.
pub fn written(call: &Call, model: &Model, id: Id, version: i64) -> Result<Json> {
    match call.engine().record(&call.actor, model.entity.path, id) {
        Ok(listed) => {
            let (model, _) = query::at(&listed.catalogue, model.entity.path)?;
            Ok(shape::record(model, &listed.records[0], &listed.titles, &shape::all(model)))
        }
        // Whoever gives a record away may do so, and sees it no more.
        Err(Error::Missing) => Ok(json!({ "id": id.to_string(), "version": version, "hidden": true })),
        Err(error) => Err(error.into()),
    }
}
