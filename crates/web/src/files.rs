//! A file as an answer: pages and API send it the same way.

use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base::{Error, Id, Result};
use engine::{Actor, Engine};

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
    let (mime, disposition) = shown_as(&file.mime);
    let kind = [(header::CONTENT_TYPE, mime), (header::CONTENT_DISPOSITION, disposition)];
    Ok((kept, kind, bytes(engine, &file)?).into_response())
}

/// Pictures that the program itself encoded are shown; anything else is saved, never run.
fn shown_as(mime: &str) -> (&'static str, &'static str) {
    match mime {
        "image/jpeg" => ("image/jpeg", "inline; filename=\"picture.jpg\""),
        "image/png" => ("image/png", "inline; filename=\"picture.png\""),
        _ => ("application/octet-stream", "attachment; filename=\"file\""),
    }
}
