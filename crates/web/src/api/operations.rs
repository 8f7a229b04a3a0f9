//! `GET /operations/{id}`, and taking one back as a whole.

use axum::extract::Path;
use axum::response::Response;
use base::dates::format_instant_api;
use base::{Error, Id};
use engine::Titles;
use serde_json::{Value as Json, json};

use crate::api::ask::{Ask, Call};
use crate::api::parameters::Parameters;
use crate::api::problem::Result;
use crate::api::{read, shape};

pub async fn read(ask: Ask, Path(id): Path<String>) -> Response {
    ask.answer(move |call| {
        Parameters::of(call).end()?;
        shown(call, &id)
    })
    .await
}

pub async fn undo(ask: Ask, Path(id): Path<String>) -> Response {
    ask.answer(move |call| {
        Parameters::of(call).end()?;
        let undone = call.engine().undo(&call.actor, named(&id)?)?;
        let kept = undone.kept.iter().map(|kept| {
            json!({ "record": kept.record.to_string(), "field": kept.field, "why": call.words().text(&kept.why) })
        });
        let body = json!({ "reverted": undone.reverted, "kept": kept.collect::<Vec<_>>() });
        Ok(shape::with_operation(shape::json(body), undone.operation))
    })
    .await
}

fn shown(call: &Call, id: &str) -> Result<Response> {
    let operation = call.engine().operation(&call.actor, named(id)?)?;
    let catalogue = call.engine().seen(&call.actor);
    let others: Vec<i64> = operation.undoes.into_iter().chain(operation.undone_by).collect();
    let (titles, others) = call.engine().store.read(|tx| {
        let titles = Titles::of_rows(tx, &call.actor, &catalogue, &operation.by.into_iter().collect())?;
        Ok((titles, store::log::operations(tx, &others)?))
    })?;
    let other =
        |op: Option<i64>| op.and_then(|op| others.get(&op)).map_or(Json::Null, |other| json!(other.id.to_string()));
    Ok(shape::json(json!({
        "id": operation.id.to_string(),
        "at": format_instant_api(operation.at),
        "by": read::by(operation.by, &titles),
        "channel": operation.channel,
        "verb": operation.verb,
        "entity": operation.entity,
        "records": operation.records,
        "undoes": other(operation.undoes),
        "undone_by": other(operation.undone_by),
    })))
}

fn named(id: &str) -> Result<Id> {
    id.parse().map_err(|_| Error::Missing.into())
}
