//! `GET` and `POST /{path}/{id}/comments`, `PATCH` and `DELETE /comments/{id}`: what people say of a record.

use axum::body::Bytes;
use axum::extract::Path;
use axum::extract::rejection::BytesRejection;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base::dates::format_instant_api;
use base::{Error, Id, Problem};
use engine::Titles;
use engine::comments::Comment;
use serde_json::{Value as Json, json};

use crate::api::ask::Ask;
use crate::api::body::{self, stranger, wrong};
use crate::api::parameters::Parameters;
use crate::api::problem::{Failure, Result};
use crate::api::{ROOT, cursor, read, shape};

type Received = std::result::Result<Bytes, BytesRejection>;

/// The latest first.
pub async fn list(ask: Ask, Path((path, id)): Path<(String, String)>) -> Response {
    ask.answer(move |call| {
        let listed = read::found(call, &path, &id)?;
        let record = listed.records[0].id;
        let mut parameters = Parameters::of(call);
        let limit = parameters.limit()?;
        let key = call.engine().passing_key();
        let question = json!(["comments", record.to_string()]).to_string();
        let before = parameters.take("cursor")?.map(|cursor| cursor::id(key, &question, &cursor)).transpose()?;
        parameters.end()?;
        let found = call.engine().comments(&call.actor, &path, record, before, limit)?;
        let items: Vec<Json> = found.items.iter().rev().map(|one| one_json(one, &found.titles)).collect();
        let first = found.items.first().filter(|_| found.earlier);
        let next = first.map(|one| cursor::of_id(key, &question, one.id)).transpose()?;
        Ok(shape::json(json!({ "items": items, "next": next })))
    })
    .await
}

pub async fn write(ask: Ask, Path((path, id)): Path<(String, String)>, body: Received) -> Response {
    ask.answer(move |call| {
        Parameters::of(call).end()?;
        let listed = read::itself(call, &path, &id)?;
        let (text, files) = said(&body::received(body)?, true)?;
        let said = call.engine().comment(&call.actor, &path, listed.records[0].id, &text, &files).map_err(placed)?;
        let location = format!("{ROOT}/comments/{}", said.id);
        let mut response = (StatusCode::CREATED, shape::json(json!({ "id": said.id.to_string() }))).into_response();
        if let Ok(location) = HeaderValue::from_str(&location) {
            response.headers_mut().insert(header::LOCATION, location);
        }
        Ok(shape::with_operation(response, said.operation))
    })
    .await
}

pub async fn change(ask: Ask, Path(id): Path<String>, body: Received) -> Response {
    ask.answer(move |call| {
        Parameters::of(call).end()?;
        let id: Id = id.parse().map_err(|_| Error::Missing)?;
        // Whether it is there comes before what was sent.
        call.engine().own_comment(&call.actor, id)?;
        let (text, _) = said(&body::received(body)?, false)?;
        let said = call.engine().change_comment(&call.actor, id, &text).map_err(placed)?;
        Ok(shape::with_operation(shape::json(json!({ "id": said.id.to_string() })), said.operation))
    })
    .await
}

pub async fn delete(ask: Ask, Path(id): Path<String>) -> Response {
    ask.answer(move |call| {
        Parameters::of(call).end()?;
        let said = call.engine().delete_comment(&call.actor, id.parse().map_err(|_| Error::Missing)?)?;
        Ok(shape::with_operation(StatusCode::NO_CONTENT.into_response(), said.operation))
    })
    .await
}

/// What was sent stands in the body itself, not among the fields of a record.
fn placed(error: Error) -> Error {
    let Error::Refused(problems) = error else { return error };
    let moved = |problem: Problem| Problem { field: problem.field.map(|field| format!("/{field}")), ..problem };
    Error::Refused(problems.into_iter().map(moved).collect())
}

/// `{"text", "files"?}`.
fn said(bytes: &[u8], with_files: bool) -> Result<(String, Vec<Id>)> {
    let object = body::object(bytes)?;
    let known = |key: &str| key == "text" || (with_files && key == "files");
    if let Some(key) = object.keys().find(|key| !known(key)) {
        return Err(Failure::from(Error::Refused(vec![stranger("", key)])));
    }
    let text = match object.get("text") {
        None => "",
        Some(json) => json.as_str().ok_or_else(|| wrong("/text", "a text"))?,
    };
    let files = match object.get("files") {
        None => Vec::new(),
        Some(json) => {
            let ids = json.as_array().map(|ids| ids.iter().map(|id| id.as_str()?.parse().ok()).collect());
            ids.flatten().ok_or_else(|| wrong("/files", "a list of ids (UUID)"))?
        }
    };
    Ok((text.to_owned(), files))
}

fn one_json(one: &Comment, titles: &Titles) -> Json {
    let file = |file: &store::files::File| json!({ "id": file.id.to_string(), "name": file.name, "size": file.size });
    json!({
        "id": one.id.to_string(),
        "by": read::by(one.by, titles),
        "at": format_instant_api(one.at),
        "changed_at": one.changed_at.map(format_instant_api),
        "text": one.text,
        "mentions": one.mentions.iter().map(|rid| titles.json(*rid, &meta::Kind::People)).collect::<Vec<_>>(),
        "files": one.files.iter().map(file).collect::<Vec<_>>(),
    })
}
