//! Uploaded files, for those who see a record that holds them.

use axum::extract::Path;
use axum::response::Response;

use crate::Ask;
use crate::files::{Part, send};

pub async fn whole(Path(id): Path<String>, ask: Ask) -> Response {
    ask.run(move |visit| send(visit.engine(), &visit.actor, &visit.ask.headers, &id, Part::Whole)).await
}

pub async fn thumbnail(Path(id): Path<String>, ask: Ask) -> Response {
    ask.run(move |visit| send(visit.engine(), &visit.actor, &visit.ask.headers, &id, Part::Thumbnail)).await
}
