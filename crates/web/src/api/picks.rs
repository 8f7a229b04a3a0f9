//! `GET /lists/{key}`: the values of a pick list, in the administrator's order.

use axum::extract::Path;
use axum::response::Response;
use base::Error;
use serde_json::{Value as Json, json};

use crate::api::ask::{Ask, Call};
use crate::api::parameters::Parameters;
use crate::api::problem::Result;
use crate::api::shape;

pub async fn list(ask: Ask, Path(key): Path<String>) -> Response {
    ask.answer(move |call| {
        Parameters::of(call).end()?;
        items(call, &key)
    })
    .await
}

fn items(call: &Call, key: &str) -> Result<Response> {
    let catalogue = call.engine().seen(&call.actor);
    let list = catalogue.list(key).ok_or(Error::Missing)?;
    let item = |item: &meta::catalogue::ListItem| {
        json!({
            "key": item.key,
            "label": item.label(list.declared.key, call.words()),
            "class": item.class,
            "percent": list.declared.percent.and(item.percent).map(|percent| percent as f64 / 100.0),
            "group": list.declared.grouped.and_then(|_| catalogue.group_of(list.declared, &item.key)),
            "colour": item.colour,
            "retired": item.retired,
        })
    };
    let items: Vec<Json> = list.items.iter().map(item).collect();
    let label = list.label(call.words());
    Ok(shape::json(json!({ "key": list.declared.key, "label": label, "open": list.declared.open, "items": items })))
}
