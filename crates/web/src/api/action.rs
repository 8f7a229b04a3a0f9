//! `POST /{path}/{id}/{action}`: what can be done with a record beside changing it, decided by the fields of its form.

use axum::body::Bytes;
use axum::extract::Path;
use axum::extract::rejection::BytesRejection;
use axum::http::StatusCode;
use axum::response::Response;
use base::Error;
use engine::query;

use crate::api::ask::Ask;
use crate::api::parameters::Parameters;
use crate::api::{body, read, shape};

pub async fn act(
    ask: Ask,
    Path((path, id, key)): Path<(String, String, String)>,
    sent: std::result::Result<Bytes, BytesRejection>,
) -> Response {
    ask.answer(move |call| {
        Parameters::of(call).end()?;
        let catalogue = call.engine().seen(&call.actor);
        let (model, _) = query::at(&catalogue, &path)?;
        let mut actions = catalogue.actions(model.entity.key);
        let (form, _) = actions.find(|(form, _)| form.entity.key == key).ok_or(Error::Missing)?;
        let bytes = body::received(sent)?;
        // Whoever was quicker may have taken it out of this face: then the action says so.
        let one = call.engine().record(&call.actor, &path, id.parse().map_err(|_| Error::Missing)?)?;
        let one = read::same(one, &id)?.records[0].id;
        let values = match bytes.is_empty() {
            true => Vec::new(),
            false => body::read(&bytes, form, &["fields"])?.values,
        };
        let acted = call.engine().act(&call.actor, &path, one, &key, values)?;
        let written = read::written(call, model, acted.id, 0)?;
        Ok(shape::with_operation(shape::one(StatusCode::OK, &written), Some(acted.operation)))
    })
    .await
}
