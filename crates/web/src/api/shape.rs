//! Records as the API writes them.

use axum::http::{HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base::Id;
use base::dates::format_instant_api;
use engine::Titles;
use meta::{Model, Record};
use serde_json::{Map, Value as Json, json};

/// The header that says which operation a write was.
pub const OPERATION: HeaderName = HeaderName::from_static("operation");

/// What stands beside the fields of every record.
pub const HEAD: [&str; 6] = ["id", "version", "title", "created_at", "updated_at", "deleted_at"];

/// A record with the fields at some positions.
pub fn record(model: &Model, record: &Record, titles: &Titles, positions: &[usize]) -> Json {
    let field = |at: &usize| {
        let def = &model.fields[*at];
        (def.key.to_owned(), titles.value_json(&record.values[*at], &def.kind))
    };
    json!({
        "id": record.id.to_string(),
        "version": record.version,
        "title": record.title,
        "created_at": format_instant_api(record.created_at),
        "updated_at": format_instant_api(record.updated_at),
        "deleted_at": record.deleted_at.map(format_instant_api),
        "fields": positions.iter().map(field).collect::<Map<String, Json>>(),
    })
}

pub fn json(body: Json) -> Response {
    (StatusCode::OK, [(header::CONTENT_TYPE, "application/json")], body.to_string()).into_response()
}

/// One record, with the version that a change has to name.
pub fn one(status: StatusCode, body: &Json) -> Response {
    let mut response = (status, [(header::CONTENT_TYPE, "application/json")], body.to_string()).into_response();
    if let Some(tag) = body["version"].as_i64().and_then(|version| format!("\"{version}\"").parse().ok()) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    response
}

pub fn with_operation(mut response: Response, operation: Option<Id>) -> Response {
    if let Some(value) = operation.and_then(|id| id.to_string().parse().ok()) {
        response.headers_mut().insert(OPERATION, value);
    }
    response
}

/// All fields of a model that are not hidden.
pub fn all(model: &Model) -> Vec<usize> {
    model.visible().collect()
}
