//! `GET /search?q=`: records of all entities that one may see.

use axum::response::Response;
use engine::search::Found;
use meta::human::{Style, show};
use meta::{Kind, Model, Value};
use serde_json::{Value as Json, json};

use crate::api::ask::{Ask, Call};
use crate::api::parameters::Parameters;
use crate::api::problem::{Failure, Result};
use crate::api::shape;

pub async fn find(ask: Ask) -> Response {
    ask.answer(found).await
}

fn found(call: &Call) -> Result<Response> {
    let mut parameters = Parameters::of(call);
    let words = parameters.take("q")?;
    let limit = parameters.limit()?;
    parameters.end()?;
    let words = words.ok_or_else(|| Failure::parameter("q", "required", "Say in q what to search for"))?;
    let catalogue = call.engine().seen(&call.actor);
    let found = call.engine().find(&call.actor, &words, limit)?;
    let items = found.iter().filter_map(|found| {
        let model = catalogue.model(found.entity)?;
        Some(json!({
            "entity": found.entity,
            "path": model.entity.path,
            "id": found.id.to_string(),
            "title": found.title,
            "subtitle": subtitle(call, model, found),
        }))
    });
    Ok(shape::json(json!({ "items": items.collect::<Vec<Json>>() })))
}

pub fn subtitle(call: &Call, model: &Model, found: &Found) -> String {
    let style = Style::of(call.actor.language, call.actor.today(), call.actor.zone);
    let catalogue = call.engine().seen(&call.actor);
    let said = |(at, value): &(usize, Value)| {
        let kind = &model.fields[*at].kind;
        match kind {
            Kind::Choice(_) | Kind::Pick(_) | Kind::Picks(_) => value
                .keys()
                .iter()
                .map(|key| catalogue.key_label(kind, key, call.words()))
                .collect::<Vec<_>>()
                .join(", "),
            _ => show(value, kind, &style),
        }
    };
    found.subtitle.iter().map(said).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}
