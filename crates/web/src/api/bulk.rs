//! `POST /{path}/bulk`: one act on many records, by their ids or by a filter; and the jobs that carry out the large ones.

use axum::body::Bytes;
use axum::extract::Path;
use axum::extract::rejection::BytesRejection;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base::dates::format_instant_api;
use base::{Error, Id, Problem};
use engine::Query;
use engine::bulk::{Act, Begun, Bulk, BulkJob, Report, Which};
use meta::Filter;
use meta::filter::from_json;
use serde::Deserialize;
use serde_json::{Value as Json, json};

use crate::api::ask::{Ask, Call};
use crate::api::parameters::Parameters;
use crate::api::problem::{Failure, Result};
use crate::api::{ROOT, body, shape};

/// The body: an act, and either ids or a filter; `{}` is the filter of all.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    act: Act,
    ids: Option<Vec<String>>,
    filter: Option<Json>,
    q: Option<String>,
    #[serde(default)]
    trash: bool,
}

pub async fn begin(ask: Ask, Path(path): Path<String>, body: std::result::Result<Bytes, BytesRejection>) -> Response {
    ask.answer(move |call| {
        Parameters::of(call).end()?;
        let asked = read(&body::received(body)?)?;
        let bulk = Bulk { path: path.clone(), which: which(&path, &asked)?, act: asked.act };
        match call.engine().bulk(&call.actor, &bulk, Some(call.words()))? {
            Begun::Done(report) => Ok(shape::with_operation(shape::json(told(&report)), report.operation)),
            Begun::Job(id) => accepted(call, id),
        }
    })
    .await
}

fn read(bytes: &[u8]) -> Result<Asked> {
    let unreadable = |text: String| {
        Failure::body(vec![Problem::whole("unreadable", base::say!("This is not an act: {why}", why = text))])
    };
    let json: Json = serde_json::from_slice(bytes).map_err(|cause| unreadable(cause.to_string()))?;
    if body::holds_nul(&json) {
        return Err(Failure::body(vec![Problem::whole("unreadable", "No text may hold the character U+0000")]));
    }
    serde_json::from_value(json).map_err(|cause| unreadable(cause.to_string()))
}

fn which(path: &str, asked: &Asked) -> Result<Which> {
    let at = |pointer: &str, text: &'static str| Failure::body(vec![Problem::at(pointer, "invalid", text)]);
    match (&asked.ids, &asked.filter) {
        (Some(ids), None) => {
            let ids = ids.iter().map(|id| id.parse::<Id>()).collect::<std::result::Result<Vec<_>, _>>();
            Ok(Which::These(ids.map_err(|_| at("/ids", "These are not ids"))?))
        }
        (None, Some(filter)) => {
            let all = filter.as_object().is_some_and(serde_json::Map::is_empty);
            let filter = if all { Ok(Filter::everything()) } else { from_json(filter) };
            let filter = filter.map_err(|problem| Failure::body(vec![problem]))?;
            Ok(Which::All(Query { filter, search: asked.q.clone(), trash: asked.trash, ..Query::all(path) }))
        }
        _ => Err(at("/ids", "Say which: either ids or a filter")),
    }
}

fn accepted(call: &Call, id: Id) -> Result<Response> {
    let job = call.engine().bulk_job(&call.actor, id)?;
    let mut response = (StatusCode::ACCEPTED, shape::json(shown(&job)).into_body()).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    if let Ok(location) = HeaderValue::from_str(&format!("{ROOT}/bulk/{id}")) {
        headers.insert(header::LOCATION, location);
    }
    Ok(response)
}

pub async fn job(ask: Ask, Path(id): Path<String>) -> Response {
    ask.answer(move |call| {
        Parameters::of(call).end()?;
        let job = call.engine().bulk_job(&call.actor, named(&id)?)?;
        Ok(shape::with_operation(shape::json(shown(&job)), job.report.operation))
    })
    .await
}

pub async fn cancel(ask: Ask, Path(id): Path<String>) -> Response {
    ask.answer(move |call| {
        Parameters::of(call).end()?;
        call.engine().cancel_bulk(&call.actor, named(&id)?)?;
        let job = call.engine().bulk_job(&call.actor, named(&id)?)?;
        Ok(shape::with_operation(shape::json(shown(&job)), job.report.operation))
    })
    .await
}

fn named(id: &str) -> Result<Id> {
    id.parse().map_err(|_| Error::Missing.into())
}

fn shown(job: &BulkJob) -> Json {
    let mut body = told(&job.report);
    body["job"] = json!({
        "id": job.id.to_string(),
        "path": job.path,
        "state": job.state,
        "records": job.rows,
        "begun_at": format_instant_api(job.begun_at),
        "error": job.error,
    });
    body
}

fn told(report: &Report) -> Json {
    let refusals = report.refusals.iter().map(|refused| {
        let why = refused.why.iter();
        let why = why.map(|said| json!({ "field": said.field, "code": said.code, "detail": said.text }));
        json!({ "id": refused.id.map(|id| id.to_string()), "title": refused.title, "why": why.collect::<Vec<_>>() })
    });
    json!({
        "operation": report.operation.map(|id| id.to_string()),
        "done": report.done,
        "changed": report.changed,
        "same": report.same,
        "refused": report.refused,
        "refusals": refusals.collect::<Vec<_>>(),
    })
}

/// The schemas of what is asked and answered here.
pub fn schemas() -> serde_json::Map<String, Json> {
    let verb = |verbs: &[&str], more: Json, required: &[&str]| {
        let mut properties = json!({ "verb": { "type": "string", "enum": verbs } });
        for (name, schema) in more.as_object().into_iter().flatten() {
            properties[name] = schema.clone();
        }
        json!({ "type": "object", "required": required, "properties": properties, "additionalProperties": false })
    };
    let field = json!({ "type": "string" });
    let act = json!({ "oneOf": [
        verb(
            &["set"],
            json!({ "field": field, "value": {}, "also": {
                "type": "object",
                "description": "Other fields that are set with it: what such a value asks for, as a reason with a loss",
            } }),
            &["verb", "field", "value"],
        ),
        verb(&["add", "remove"], json!({ "field": field, "value": {} }), &["verb", "field", "value"]),
        verb(&["clear"], json!({ "field": field }), &["verb", "field"]),
        verb(&["delete", "restore"], json!({}), &["verb"]),
        verb(
            &["gather"],
            json!({ "into": field, "values": { "type": "object" }, "as_theirs": { "type": "boolean" } }),
            &["verb", "into"],
        ),
    ] });
    let id = json!({ "type": "string", "format": "uuid" });
    let count = json!({ "type": "integer" });
    let bulk = json!({ "type": "object", "required": ["act"], "additionalProperties": false, "properties": {
        "act": act,
        "ids": { "type": "array", "items": id },
        "filter": { "type": "object" },
        "q": { "type": "string" },
        "trash": { "type": "boolean" },
    } });
    let refusal = json!({ "type": "object", "properties": {
        "id": id, "title": { "type": "string" }, "why": { "type": "array", "items": { "type": "object" } },
    } });
    let report = json!({ "type": "object", "required": ["done", "changed", "same", "refused"], "properties": {
        "operation": { "type": ["string", "null"], "format": "uuid" },
        "done": count, "changed": count, "same": count, "refused": count,
        "refusals": { "type": "array", "items": refusal },
        "job": { "type": "object" },
    } });
    serde_json::Map::from_iter([("Bulk".to_owned(), bulk), ("BulkReport".to_owned(), report)])
}
