//! Places in a list, as opaque words that hold for one question only.

use base::{Id, Rid};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use engine::secret::SecretKey;
use serde_json::{Value as Json, json};
use store::Arg;
use store::list::Mark;

use crate::api::problem::{Failure, Result};

/// A place as the client keeps it. It holds what the last row is sorted by, so nobody else reads it.
fn sealed(key: &SecretKey, question: &str, place: &Json) -> Result<String> {
    Ok(URL_SAFE_NO_PAD.encode(key.seal(question, place.to_string().as_bytes())?))
}

/// The place again, of the same question and unchanged.
fn opened(key: &SecretKey, question: &str, cursor: &str) -> Option<Json> {
    let place = key.open(question, &URL_SAFE_NO_PAD.decode(cursor).ok()?)?;
    serde_json::from_slice(&place).ok()
}

fn stale() -> Failure {
    Failure::parameter(
        "cursor",
        "invalid",
        "This cursor belongs to another filter, sort or list: begin again without it",
    )
}

/// The place after a row of a list.
pub fn of_mark(key: &SecretKey, question: &str, mark: &Mark) -> Result<String> {
    let keys: Vec<Json> = mark.keys.iter().map(key_json).collect();
    sealed(key, question, &json!([mark.phase, mark.rid.0, keys]))
}

pub fn mark(key: &SecretKey, question: &str, cursor: &str) -> Result<Mark> {
    let read = || -> Option<Mark> {
        let (phase, rid, keys): (usize, i64, Vec<Json>) =
            serde_json::from_value(opened(key, question, cursor)?).ok()?;
        Some(Mark { phase, rid: Rid(rid), keys: keys.into_iter().map(argument).collect::<Option<_>>()? })
    };
    read().ok_or_else(stale)
}

/// The place after something that has an id.
pub fn of_id(key: &SecretKey, question: &str, id: Id) -> Result<String> {
    sealed(key, question, &json!(id.to_string()))
}

pub fn id(key: &SecretKey, question: &str, cursor: &str) -> Result<Id> {
    opened(key, question, cursor).and_then(|place| place.as_str()?.parse().ok()).ok_or_else(stale)
}

/// The place after an entry of a history.
pub fn of_number(key: &SecretKey, question: &str, number: i64) -> Result<String> {
    sealed(key, question, &json!(number))
}

pub fn number(key: &SecretKey, question: &str, cursor: &str) -> Result<i64> {
    opened(key, question, cursor).and_then(|place| place.as_i64()).ok_or_else(stale)
}

fn key_json(key: &Arg) -> Json {
    match key {
        Arg::Null => Json::Null,
        Arg::Int(number) => json!(number),
        Arg::Text(text) => json!(text),
        Arg::Blob(bytes) => json!([URL_SAFE_NO_PAD.encode(bytes)]),
    }
}

fn argument(json: Json) -> Option<Arg> {
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
        let key = SecretKey::new([7; 32]);
        let cursor = of_mark(&key, "parties?sort=name", &place).unwrap();
        assert_eq!(mark(&key, "parties?sort=name", &cursor).unwrap(), place);
        assert!(mark(&key, "parties?sort=-name", &cursor).is_err());
        assert!(number(&key, "parties?sort=name", &cursor).is_err());
        assert!(mark(&SecretKey::new([8; 32]), "parties?sort=name", &cursor).is_err());
        let bytes = URL_SAFE_NO_PAD.decode(&cursor).unwrap();
        assert!(
            !String::from_utf8_lossy(&bytes).contains("citt"),
            "what the row is sorted by is nobody else's to read"
        );
    }

    #[test]
    fn a_place_that_was_tampered_with_is_refused() {
        let key = SecretKey::new([7; 32]);
        let cursor = of_number(&key, "history", 12).unwrap();
        assert_eq!(number(&key, "history", &cursor).unwrap(), 12);
        let changed: String = cursor.chars().map(|c| if c == 'A' { 'B' } else { 'A' }).collect();
        for wrong in ["", "x", "****", &cursor[1..], &changed] {
            assert!(number(&key, "history", wrong).is_err(), "{wrong}");
        }
    }
}
