//! A file as an answer: pages and API send it the same way.

use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base::{Error, Id, Result};
use engine::{Actor, Engine};
use store::files::File;

#[derive(Clone, Copy)]
pub enum Part {
    Whole,
    Thumbnail,
}

/// A file never changes under its id, so that whoever saw it may keep it; what may not be seen is not there.
pub fn send(engine: &Engine, actor: &Actor, headers: &HeaderMap, id: &str, part: Part) -> Result<Response> {
    let id: Id = id.parse().map_err(|_| Error::Missing)?;
    let file = engine.file(actor, id)?;
    let (tag, bytes) = match part {
        Part::Whole => (format!("\"{id}\""), Engine::file_bytes as fn(&Engine, &_) -> Result<Vec<u8>>),
        Part::Thumbnail => (format!("\"{id}-thumbnail\""), Engine::thumbnail as fn(&Engine, &_) -> Result<Vec<u8>>),
    };
    let kept = [(header::CACHE_CONTROL, "private, max-age=31536000, immutable"), (header::ETAG, tag.as_str())];
    let known = headers.get(header::IF_NONE_MATCH).and_then(|tags| tags.to_str().ok()).unwrap_or_default();
    if known.split(',').any(|known| known.trim().trim_start_matches("W/") == tag) {
        return Ok((StatusCode::NOT_MODIFIED, kept).into_response());
    }
    let (mime, disposition) = shown_as(&file);
    let kind = [(header::CONTENT_TYPE, mime), (header::CONTENT_DISPOSITION, disposition.as_str())];
    Ok((kept, kind, bytes(engine, &file)?).into_response())
}

/// Pictures that the program itself encoded are shown; anything else is saved, never run.
fn shown_as(file: &File) -> (&'static str, String) {
    match file.mime.as_str() {
        "image/jpeg" => ("image/jpeg", "inline; filename=\"picture.jpg\"".to_owned()),
        "image/png" => ("image/png", "inline; filename=\"picture.png\"".to_owned()),
        _ => (
            "application/octet-stream",
            format!("attachment; filename=\"file\"; filename*=UTF-8''{}", encoded(&file.name)),
        ),
    }
}

/// A name as a header can hold it (RFC 8187).
fn encoded(name: &str) -> String {
    name.bytes()
        .map(|byte| match byte {
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'-' | b'.' | b'_' => char::from(byte).to_string(),
            _ => format!("%{byte:02X}"),
        })
        .collect()
}
