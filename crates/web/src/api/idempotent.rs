//! `Idempotency-Key`: a creation that is sent again answers what the first one answered.

use axum::http::StatusCode;
use base::Id;
use engine::idempotency::{Claim, LONGEST_KEY};
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};

use crate::api::ask::Call;
use crate::api::problem::{Failure, Result};
use crate::api::read;

/// A record that was made, and by which operation.
pub struct Made {
    pub record: Json,
    pub operation: Option<Id>,
}

/// Runs a creation, once for each key. The id that it is given is the same whenever the key is.
pub fn once(call: &Call, path: &str, body: &[u8], make: impl FnOnce(Option<Id>) -> Result<Made>) -> Result<Made> {
    if !call.headers.contains_key("idempotency-key") {
        return make(None);
    }
    let key = call.header("idempotency-key").map(str::trim).filter(|key| (1..=LONGEST_KEY).contains(&key.len()));
    let key = key.ok_or_else(|| {
        let text = base::say!("The Idempotency-Key has from 1 to {most} characters", most = LONGEST_KEY);
        Failure::new(StatusCode::BAD_REQUEST, text)
    })?;
    let user = call.actor.person.user;
    let request = Sha256::new().chain_update(path).chain_update([0]).chain_update(body).finalize();
    let id = match call.engine().claim(&call.actor, key, &request, Id::new())? {
        Claim::Make(id) => id,
        Claim::Answered(answer) => return kept(&answer),
    };
    if let Some(made) = already(call, path, id)? {
        return Ok(made);
    }
    match make(Some(id)) {
        Ok(made) => {
            let answer = json!({ "record": made.record, "operation": made.operation.map(|id| id.to_string()) });
            call.engine().answered(user, key, &answer.to_string())?;
            Ok(made)
        }
        Err(failure) => match already(call, path, id)? {
            // Another request with the same key was quicker.
            Some(made) => Ok(made),
            None if failure.is_fault() => Err(failure),
            None => {
                call.engine().unclaim(user, key)?;
                Err(failure)
            }
        },
    }
}

/// The record that an earlier request made and did not live to answer.
fn already(call: &Call, path: &str, id: Id) -> Result<Option<Made>> {
    let catalogue = call.engine().seen(&call.actor);
    let (model, _) = engine::query::at(&catalogue, path)?;
    match call.engine().rows(&call.actor, model.entity.path, &[id])?.is_empty() {
        true => Ok(None),
        false => Ok(Some(Made { record: read::written(call, model, id, 1)?, operation: None })),
    }
}

fn kept(answer: &str) -> Result<Made> {
    let mut answer: Json = serde_json::from_str(answer)
        .map_err(|cause| base::Error::caused("an answer kept under an idempotency key cannot be read", cause))?;
    let operation = answer["operation"].as_str().and_then(|id| id.parse().ok());
    Ok(Made { record: answer["record"].take(), operation })
}
