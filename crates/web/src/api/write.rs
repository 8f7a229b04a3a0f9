//! Writes: `POST`, `PATCH`, `DELETE` and the restoration of records. Each is one operation, named in the header `Operation`.

use axum::body::Bytes;
use axum::extract::Path;
use axum::extract::rejection::BytesRejection;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base::{Error, Id, Problem, say};
use engine::{Draft, Saved, Target, query};
use meta::{Face, Model, Value};
use serde_json::Value as Json;

use crate::api::ask::{Ask, Call};
use crate::api::body::{self, Body};
use crate::api::idempotent::{self, Made};
use crate::api::parameters::Parameters;
use crate::api::problem::{Failure, Result, warning};
use crate::api::{ROOT, read, shape};

type Received = std::result::Result<Bytes, BytesRejection>;

pub async fn create(ask: Ask, Path(path): Path<String>, body: Received) -> Response {
    ask.answer(move |call| {
        Parameters::of(call).end()?;
        let bytes = body::received(body)?;
        let made = idempotent::once(call, &path, &bytes, |brought| make(call, &path, &bytes, brought))?;
        let mut response = shape::with_operation(shape::one(StatusCode::CREATED, &made.record), made.operation);
        let location = format!("{ROOT}/{path}/{}", made.record["id"].as_str().unwrap_or_default());
        if let Ok(location) = HeaderValue::from_str(&location) {
            response.headers_mut().insert(header::LOCATION, location);
        }
        Ok(response)
    })
    .await
}

pub async fn change(ask: Ask, Path((path, id)): Path<(String, String)>, body: Received) -> Response {
    ask.answer(move |call| {
        Parameters::of(call).end()?;
        let listed = read::itself(call, &path, &id)?;
        let record = &listed.records[0];
        let (model, _) = query::at(&listed.catalogue, &path)?;
        let body = body::read(&body::received(body)?, model, &["version", "fields"])?;
        let version = match body.version {
            Some(version) => version,
            None => if_match(call)?.ok_or_else(Failure::no_version)?,
        };
        if !(1..=record.version).contains(&version) {
            let problem = Problem::at("version", "invalid", "The record never had this version");
            return Err(Error::from(problem).into());
        }
        let draft = Draft::change(model.entity, record.rid, Some(version), body.values);
        let saved = call.engine().save(&call.actor, vec![draft])?;
        let written = answer(call, model, &saved)?;
        Ok(shape::with_operation(shape::one(StatusCode::OK, &written), saved.operation))
    })
    .await
}

pub async fn delete(ask: Ask, Path((path, id)): Path<(String, String)>) -> Response {
    ask.answer(move |call| {
        Parameters::of(call).end()?;
        let listed = read::itself(call, &path, &id)?;
        let (model, _) = query::at(&listed.catalogue, &path)?;
        let record = &listed.records[0];
        if if_match(call)?.is_some_and(|version| version != record.version) {
            let detail = say!("The record was changed meanwhile: it is at version {version}", version = record.version);
            return Err(Failure::new(StatusCode::PRECONDITION_FAILED, detail));
        }
        let operation = call.engine().delete(&call.actor, model.entity.key, &[record.rid])?;
        Ok(shape::with_operation(StatusCode::NO_CONTENT.into_response(), operation))
    })
    .await
}

pub async fn restore(ask: Ask, Path((path, id)): Path<(String, String)>) -> Response {
    ask.answer(move |call| {
        Parameters::of(call).end()?;
        let listed = read::found(call, &path, &id)?;
        let (model, _) = query::at(&listed.catalogue, &path)?;
        // Itself, not what it was merged into.
        let id: Id = id.parse().map_err(|_| Error::Missing)?;
        let rids = call.engine().rows(&call.actor, &path, &[id])?;
        let operation = call.engine().restore(&call.actor, model.entity.key, &rids)?;
        let written = read::written(call, model, id, listed.records[0].version)?;
        Ok(shape::with_operation(shape::one(StatusCode::OK, &written), operation))
    })
    .await
}

/// Makes a record, under the id that a key of the client is bound to when the client brings none itself.
fn make(call: &Call, path: &str, bytes: &[u8], bound: Option<Id>) -> Result<Made> {
    let catalogue = call.engine().seen(&call.actor);
    let (model, face) = query::at(&catalogue, path)?;
    let Body { id, mut values, .. } = body::read(bytes, model, &["id", "fields"])?;
    if let Some(face) = face {
        belong(model, face, &mut values)?;
    }
    let draft = Draft { entity: model.entity.key, target: Target::New(id.or(bound)), values };
    let saved = call.engine().save(&call.actor, vec![draft])?;
    Ok(Made { record: answer(call, model, &saved)?, operation: saved.operation })
}

/// A record made under a face is one of the face: what makes it one is set where it is not sent, and refused otherwise.
fn belong(model: &Model, face: &Face, values: &mut Vec<(usize, Value)>) -> Result<()> {
    for (at, fixed) in model.fixed(Some(face)) {
        let Some(condition) = face.only.iter().find(|condition| condition.field == model.fields[at].key) else {
            continue;
        };
        match values.iter().find(|(sent, _)| *sent == at) {
            Some((_, value)) if condition.holds(value) => {}
            Some(_) => {
                let problem = Problem::at(condition.field, "invalid", "With this value the record belongs elsewhere");
                return Err(Error::from(problem).into());
            }
            None => values.push((at, fixed)),
        }
    }
    Ok(())
}

/// The record that was saved, with what is odd about it.
fn answer(call: &Call, model: &Model, saved: &Saved) -> Result<Json> {
    let one = saved.records.first().ok_or_else(|| Error::fault("a save answered no record"))?;
    let mut record = read::written(call, model, one.id, one.version)?;
    if !one.warnings.is_empty() {
        record["warnings"] = one.warnings.iter().map(|problem| warning(problem, call.words())).collect();
    }
    Ok(record)
}

/// The version in `If-Match` (RFC 9110, 13.1.1), as the `ETag` of the record had it.
fn if_match(call: &Call) -> Result<Option<i64>> {
    let Some(tag) = call.header("if-match") else { return Ok(None) };
    let quoted = tag.trim().strip_prefix('"').and_then(|tag| tag.strip_suffix('"'));
    match quoted.and_then(|version| version.parse().ok()) {
        Some(version) => Ok(Some(version)),
        None => Err(Failure::new(StatusCode::BAD_REQUEST, "If-Match is the version in quotes, as ETag has it")),
    }
}
