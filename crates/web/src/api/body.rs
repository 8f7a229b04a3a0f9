//! The body of a write: `{"id"?, "version"?, "fields": {…}}`. What is not known is named, never passed over.

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::http::StatusCode;
use base::{Id, Problem, say};
use meta::{Model, Value};
use serde_json::{Map, Value as Json};

use crate::api::problem::{Failure, Result, escaped};

/// A body that was read, against the model it is for.
pub struct Body {
    pub id: Option<Id>,
    pub version: Option<i64>,
    /// Positions and values, as a draft takes them.
    pub values: Vec<(usize, Value)>,
}

/// What came, or 413.
pub fn received(body: std::result::Result<Bytes, BytesRejection>) -> Result<Bytes> {
    body.map_err(|rejection| match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => {
            let most = super::LARGEST_BODY / 1024 / 1024;
            Failure::new(StatusCode::PAYLOAD_TOO_LARGE, say!("The body is larger than {most} MiB", most = most))
        }
        _ => Failure::new(StatusCode::BAD_REQUEST, "The body did not come whole"),
    })
}

/// Reads a body that may have some of `id`, `version` and `fields` (RFC 8259).
pub fn read(bytes: &[u8], model: &Model, known: &[&str]) -> Result<Body> {
    let object = object(bytes)?;
    let mut unknown: Vec<Problem> =
        object.keys().filter(|key| !known.contains(&key.as_str())).map(|key| stranger("", key)).collect();
    let id = match object.get("id").filter(|_| known.contains(&"id")) {
        None => None,
        Some(json) => {
            Some(json.as_str().and_then(|text| text.parse().ok()).ok_or_else(|| wrong("/id", "an id (UUID)"))?)
        }
    };
    let version = match object.get("version").filter(|_| known.contains(&"version")) {
        None => None,
        Some(json) => Some(json.as_i64().ok_or_else(|| wrong("/version", "a whole number"))?),
    };
    let none = Map::new();
    let fields = match object.get("fields") {
        Some(Json::Object(fields)) => fields,
        Some(_) => return Err(wrong("/fields", "an object with the fields")),
        None if unknown.is_empty() => return Err(wrong("/fields", "an object with the fields")),
        None => &none,
    };
    let mut values = Vec::with_capacity(fields.len());
    let mut refused = Vec::new();
    for (key, json) in fields {
        let Some(at) = model.position(key) else {
            unknown.push(stranger("/fields", key));
            continue;
        };
        match meta::json::from_json(json, key, &model.fields[at].kind) {
            Ok(value) => values.push((at, value)),
            Err(problem) if problem.code == "unknown" => unknown.push(problem),
            Err(problem) => refused.push(problem),
        }
    }
    if !unknown.is_empty() {
        unknown.extend(refused);
        return Err(Failure::body(unknown));
    }
    match refused.is_empty() {
        true => Ok(Body { id, version, values }),
        false => Err(base::Error::Refused(refused).into()),
    }
}

pub fn object(bytes: &[u8]) -> Result<Map<String, Json>> {
    let json: Json = serde_json::from_slice(bytes).map_err(|cause| {
        let text = say!("This is not JSON: {why}", why = cause.to_string());
        Failure::body(vec![Problem::whole("unreadable", text)])
    })?;
    if holds_nul(&json) {
        return Err(Failure::body(vec![Problem::whole("unreadable", "No text may hold the character U+0000")]));
    }
    match json {
        Json::Object(object) => Ok(object),
        _ => Err(Failure::body(vec![Problem::whole("type", "The body is an object")])),
    }
}

/// U+0000 is in no text that people write, and PostgreSQL takes none that holds it.
pub fn holds_nul(json: &Json) -> bool {
    match json {
        Json::String(text) => text.contains('\0'),
        Json::Array(parts) => parts.iter().any(holds_nul),
        Json::Object(object) => object.iter().any(|(key, value)| key.contains('\0') || holds_nul(value)),
        _ => false,
    }
}

pub fn stranger(place: &str, name: &str) -> Problem {
    Problem::at(format!("{place}/{}", escaped(name)), "unknown", say!("There is no {name} here", name = name))
}

pub fn wrong(pointer: &str, expected: &'static str) -> Failure {
    let text = say!("Here goes {expected}", expected = base::Text::from(expected));
    Failure::body(vec![Problem::at(pointer, "type", text)])
}
