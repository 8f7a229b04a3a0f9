//! Places in a list, as opaque words that hold for one question only.

use base::Rid;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};
use store::Arg;
use store::list::Mark;

use crate::api::problem::{Failure, Result};

/// Bytes of the hash that ties a place to its question.
const BOUND: usize = 12;

/// A place as the client keeps it: a hash over question and place, then the place.
fn sealed(question: &str, place: &Json) -> String {
    let place = place.to_string();
    let mut bytes = bond(question, place.as_bytes()).to_vec();
    bytes.extend(place.as_bytes());
    URL_SAFE_NO_PAD.encode(bytes)
}

/// The place again, of the same question and unchanged.
fn opened(question: &str, cursor: &str) -> Option<Json> {
    let bytes = URL_SAFE_NO_PAD.decode(cursor).ok()?;
    let (hash, place) = bytes.split_at_checked(BOUND)?;
    if hash != bond(question, place) {
        return None;
    }
    serde_json::from_slice(place).ok()
}

fn bond(question: &str, place: &[u8]) -> [u8; BOUND] {
    let whole =
        Sha256::new().chain_update(question.len().to_be_bytes()).chain_update(question).chain_update(place).finalize();
    std::array::from_fn(|at| whole[at])
}

fn stale() -> Failure {
    Failure::parameter(
        "cursor",
        "invalid",
        "This cursor belongs to another filter, sort or list: begin again without it",
    )
}

/// The place after a row of a list.
pub fn of_mark(question: &str, mark: &Mark) -> String {
    let keys: Vec<Json> = mark.keys.iter().map(key_json).collect();
    sealed(question, &json!([mark.phase, mark.rid.0, keys]))
}

pub fn mark(question: &str, cursor: &str) -> Result<Mark> {
    let read = || -> Option<Mark> {
        let (phase, rid, keys): (usize, i64, Vec<Json>) = serde_json::from_value(opened(question, cursor)?).ok()?;
        Some(Mark { phase, rid: Rid(rid), keys: keys.into_iter().map(key).collect::<Option<_>>()? })
    };
    read().ok_or_else(stale)
}

/// The place after an entry of a history.
pub fn of_number(question: &str, number: i64) -> String {
    sealed(question, &json!(number))
}

pub fn number(question: &str, cursor: &str) -> Result<i64> {
    opened(question, cursor).and_then(|place| place.as_i64()).ok_or_else(stale)
}

fn key_json(key: &Arg) -> Json {
    match key {
        Arg::Null => Json::Null,
        Arg::Int(number) => json!(number),
        Arg::Text(text) => json!(text),
        Arg::Blob(bytes) => json!([URL_SAFE_NO_PAD.encode(bytes)]),
    }
}

fn key(json: Json) -> Option<Arg> {
    match json {
        Json::Null => Some(Arg::Null),
        Json::Number(number) => number.as_i64().map(Arg::Int),
        Json::String(text) => Some(Arg::Text(text)),
        Json::Array(parts) => URL_SAFE_NO_PAD.decode(parts.first()?.as_str()?).ok().map(Arg::Blob),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_comes_back_for_its_own_question_only() {
        let place = Mark {
            phase: 1,
            keys: vec![Arg::Text("città".into()), Arg::Int(-3), Arg::Null, Arg::Blob(vec![0, 255])],
            rid: Rid(7),
        };
        let cursor = of_mark("parties?sort=name", &place);
        assert_eq!(mark("parties?sort=name", &cursor).unwrap(), place);
        assert!(mark("parties?sort=-name", &cursor).is_err());
        assert!(number("parties?sort=name", &cursor).is_err());
    }

    #[test]
    fn a_place_that_was_tampered_with_is_refused() {
        let cursor = of_number("history", 12);
        assert_eq!(number("history", &cursor).unwrap(), 12);
        let changed: String = cursor.chars().map(|c| if c == 'A' { 'B' } else { 'A' }).collect();
        for wrong in ["", "x", "****", &cursor[1..], &changed] {
            assert!(number("history", wrong).is_err(), "{wrong}");
        }
    }
}
