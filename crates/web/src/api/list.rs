//! `GET /{path}`: a page of records.

use axum::extract::Path;
use axum::response::Response;
use base::{Problem, say};
use engine::{Query, query};
use meta::filter::{from_json, from_query, to_json};
use meta::{Filter, Model};
use serde_json::{Value as Json, json};

use crate::api::ask::{Ask, Call};
use crate::api::parameters::Parameters;
use crate::api::problem::{Failure, Result, escaped};
use crate::api::{cursor, shape};

pub async fn list(ask: Ask, Path(path): Path<String>) -> Response {
    ask.answer(move |call| page(call, &path)).await
}

fn page(call: &Call, path: &str) -> Result<Response> {
    let catalogue = call.engine().seen(&call.actor);
    let (model, _) = query::at(&catalogue, path)?;
    let mut parameters = Parameters::of(call);
    let columns = columns(&mut parameters, model)?;
    let limit = parameters.limit()?;
    let counted = parameters.tick("count")?;
    let cursor = parameters.take("cursor")?;
    let query = asked(parameters, path, model)?;
    let (question, key) = (question(&query), call.engine().passing_key());
    let after = cursor.map(|cursor| cursor::mark(key, &question, &cursor)).transpose()?;
    let listed = call.engine().list(&call.actor, &query, &columns, after.as_ref(), limit).map_err(Failure::of_query)?;
    let items = listed.records.iter().map(|record| shape::record(model, record, &listed.titles, &columns));
    let mut body = json!({
        "items": items.collect::<Vec<_>>(),
        "next": listed.next.map(|mark| cursor::of_mark(key, &question, &mark)).transpose()?,
    });
    if counted {
        let counted = call.engine().count(&call.actor, &query).map_err(Failure::of_query)?;
        body["count"] = json!({ "value": counted.found, "capped": counted.or_more });
    }
    Ok(shape::json(body))
}

/// The positions of the fields asked for; all without `columns=`.
fn columns(parameters: &mut Parameters, model: &Model) -> Result<Vec<usize>> {
    let Some(keys) = parameters.words("columns")? else { return Ok(shape::all(model)) };
    let mut positions = Vec::with_capacity(keys.len());
    for key in keys {
        match model.position(&key) {
            Some(at) if !positions.contains(&at) => positions.push(at),
            Some(_) => {}
            None if shape::HEAD.contains(&key.as_str()) => {}
            None => return Err(Failure::parameter("columns", "unknown", say!("There is no field {name}", name = key))),
        }
    }
    Ok(positions)
}

/// The question that remains when columns, limit, count and cursor are taken.
fn asked(mut parameters: Parameters, path: &str, model: &Model) -> Result<Query> {
    let sort = parameters.words("sort")?.unwrap_or_default();
    let search = parameters.take("q")?.filter(|words| !words.trim().is_empty());
    let trash = parameters.tick("trash")?;
    let mut filter = match parameters.take("filter")? {
        Some(text) => grouped(&text)?,
        None => Filter::everything(),
    };
    let mut problems = Vec::new();
    for (name, value) in parameters.rest() {
        let key = name.split('[').next().unwrap_or_default();
        if !is_column(model, key) {
            let text = say!("There is no parameter and no field {name}", name = key);
            problems.push(Problem::at(escaped(&name), "unknown", text));
            continue;
        }
        match from_query(&name, &value) {
            Ok(test) => filter = filter.and(test),
            Err(problem) => problems.push(Problem { field: Some(escaped(&name)), ..problem }),
        }
    }
    match problems.is_empty() {
        true => Ok(Query { path: path.to_owned(), filter, sort, search, trash }),
        false => Err(Failure::query(problems)),
    }
}

/// Whether a filter can begin with it; what lies behind a link is the engine's to know.
fn is_column(model: &Model, key: &str) -> bool {
    let own = key.split('.').next().unwrap_or_default();
    model.position(own).is_some() || ["id", "created_at", "updated_at"].contains(&key)
}

/// A filter in JSON, as saved views hold it.
fn grouped(text: &str) -> Result<Filter> {
    let json: Json = serde_json::from_str(text).map_err(|cause| {
        Failure::parameter("filter", "unreadable", say!("This is not JSON: {why}", why = cause.to_string()))
    })?;
    if super::body::holds_nul(&json) {
        return Err(Failure::unreadable_query());
    }
    from_json(&json).map_err(|problem| Failure::query(vec![problem]))
}

/// What a cursor is bound to.
fn question(query: &Query) -> String {
    json!([query.path, to_json(&query.filter), query.sort, query.search, query.trash]).to_string()
}
