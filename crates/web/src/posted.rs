//! What a form sent: names with their values, and files.

use axum::body::Bytes;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::header;
use axum::response::{IntoResponse, Response};

/// The largest request that is read, in bytes: a picture of 10 MB and the rest of its form.
pub const LARGEST: usize = 12 * 1024 * 1024;

#[derive(Default)]
pub struct Posted {
    pub fields: Vec<(String, String)>,
    pub files: Vec<PostedFile>,
}

pub struct PostedFile {
    pub field: String,
    pub name: String,
    pub bytes: Bytes,
}

impl<S: Send + Sync> FromRequest<S> for Posted {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Posted, Response> {
        let kind =
            request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        if !kind.starts_with("multipart/form-data") {
            let bytes = Bytes::from_request(request, state).await.map_err(IntoResponse::into_response)?;
            return Ok(Posted { fields: parse(&String::from_utf8_lossy(&bytes)), files: Vec::new() });
        }
        let mut multipart = Multipart::from_request(request, state).await.map_err(IntoResponse::into_response)?;
        let mut posted = Posted::default();
        while let Some(part) = multipart.next_field().await.map_err(IntoResponse::into_response)? {
            let field = part.name().unwrap_or_default().to_owned();
            match part.file_name().map(str::to_owned) {
                Some(name) => {
                    let bytes = part.bytes().await.map_err(IntoResponse::into_response)?;
                    if !bytes.is_empty() {
                        posted.files.push(PostedFile { field, name, bytes });
                    }
                }
                None => posted.fields.push((field, part.text().await.map_err(IntoResponse::into_response)?)),
            }
        }
        Ok(posted)
    }
}

/// The pairs of a query string or a plain form.
pub fn parse(encoded: &str) -> Vec<(String, String)> {
    serde_urlencoded::from_str(encoded).unwrap_or_default()
}

/// Pairs as a query string.
pub fn encode<K: AsRef<str>, V: AsRef<str>>(pairs: &[(K, V)]) -> String {
    let pairs: Vec<(&str, &str)> = pairs.iter().map(|(name, value)| (name.as_ref(), value.as_ref())).collect();
    serde_urlencoded::to_string(pairs).unwrap_or_default()
}

impl Posted {
    pub fn first(&self, name: &str) -> &str {
        self.fields.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.fields.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    pub fn has(&self, name: &str) -> bool {
        self.fields.iter().any(|(known, _)| known == name)
    }
}
