//! `POST /{path}/{id}/merge`: others become one with the record at the address.

use axum::body::Bytes;
use axum::extract::Path;
use axum::extract::rejection::BytesRejection;
use axum::http::StatusCode;
use axum::response::Response;
use base::{Id, Problem, say};
use engine::query;
use serde_json::{Map, Value as Json, json};

use crate::api::ask::Ask;
use crate::api::parameters::Parameters;
use crate::api::problem::{Failure, Result};
use crate::api::{body, read, shape};

pub async fn merge(
    ask: Ask,
    Path((path, id)): Path<(String, String)>,
    sent: std::result::Result<Bytes, BytesRejection>,
) -> Response {
    ask.answer(move |call| {
        Parameters::of(call).end()?;
        let bytes = body::received(sent)?;
        let one = read::itself(call, &path, &id)?.records[0].id;
        let catalogue = call.engine().seen(&call.actor);
        let (model, _) = query::at(&catalogue, &path)?;
        let (others, rest) = others(&bytes)?;
        let values = body::read(rest.to_string().as_bytes(), model, &["fields"])?.values;
        let merged = call.engine().merge(&call.actor, &path, one, &others, values)?;
        let written = read::written(call, model, merged.kept, 0)?;
        Ok(shape::with_operation(shape::one(StatusCode::OK, &written), Some(merged.operation)))
    })
    .await
}

/// The ids of the others, and the body without them.
fn others(bytes: &[u8]) -> Result<(Vec<Id>, Json)> {
    let mut body: Map<String, Json> = serde_json::from_slice(bytes).map_err(|cause| {
        let text = say!("This is not JSON: {why}", why = cause.to_string());
        Failure::body(vec![Problem::whole("unreadable", text)])
    })?;
    let wrong = || Failure::body(vec![Problem::at("/others", "invalid", "These are not ids")]);
    let others = body.remove("others").ok_or_else(wrong)?;
    let others = others.as_array().ok_or_else(wrong)?.iter().map(|id| id.as_str()?.parse().ok());
    let others = others.collect::<Option<Vec<Id>>>().ok_or_else(wrong)?;
    body.entry("fields").or_insert_with(|| json!({}));
    Ok((others, Json::Object(body)))
}
