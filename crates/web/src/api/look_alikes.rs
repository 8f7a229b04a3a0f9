//! `GET /{path}/look-alikes?phones=…`: records that may be the same as one with these values.

use axum::extract::Path;
use axum::response::Response;
use base::{Problem, say};
use engine::look_alikes::Why;
use engine::query;
use meta::{Address, Item, Kind, Model, Value};
use serde_json::{Value as Json, json};

use crate::api::ask::{Ask, Call};
use crate::api::parameters::Parameters;
use crate::api::problem::{Failure, Result, escaped};
use crate::api::{search, shape};

pub async fn find(ask: Ask, Path(path): Path<String>) -> Response {
    ask.answer(move |call| found(call, &path)).await
}

fn found(call: &Call, path: &str) -> Result<Response> {
    let catalogue = call.engine().seen(&call.actor);
    let (model, face) = query::at(&catalogue, path)?;
    let mut values = model.fixed(face);
    for (name, written) in Parameters::of(call).rest() {
        let Some((at, value)) = value(model, &name, &written) else {
            let text = say!("There is no parameter and no field {name}", name = name.as_str());
            return Err(Failure::query(vec![Problem::at(escaped(&name), "unknown", text)]));
        };
        values.retain(|(known, _)| *known != at);
        values.push((at, value));
    }
    let found = call.engine().look_alikes(&call.actor, path, values, None)?;
    let items = found.iter().map(|one| {
        let (why, field) = match one.why {
            Why::Same(at) => ("same_value", Some(model.fields[at].key)),
            Why::SameName => ("same_name", None),
            Why::NearName => ("near_name", None),
        };
        json!({
            "id": one.found.id.to_string(),
            "path": one.found.path,
            "title": one.found.title,
            "subtitle": search::subtitle(call, model, &one.found),
            "why": why,
            "field": field,
        })
    });
    Ok(shape::json(json!({ "items": items.collect::<Vec<Json>>() })))
}

/// Whether a field of this kind can tell that two are the same.
pub fn is_told_by(kind: &Kind) -> bool {
    matches!(
        kind,
        Kind::Text { .. }
            | Kind::Code(_)
            | Kind::Choice(_)
            | Kind::Emails
            | Kind::Phones
            | Kind::WebLinks
            | Kind::Codes(_)
            | Kind::Addresses
    )
}

/// One value of a field as it is written; of an address, its town.
fn value(model: &Model, name: &str, written: &str) -> Option<(usize, Value)> {
    let at = model.position(name)?;
    let text = written.to_owned();
    let value = match model.fields[at].kind {
        Kind::Text { .. } | Kind::Code(_) | Kind::Choice(_) => Value::Text(text),
        Kind::Emails | Kind::Phones | Kind::WebLinks | Kind::Codes(_) => {
            Value::Items(vec![Item { value: text, ..Item::default() }])
        }
        Kind::Addresses => Value::Addresses(vec![Address { town: text, ..Address::default() }]),
        _ => return None,
    };
    Some((at, value))
}
