//! What a form sent: names with their values, and files.

use axum::body::Body;
use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Multipart, Request};
use axum::http::header;
use axum::response::Response;
use base::Error;
use http_body_util::BodyExt;

use crate::{App, Ask, answer};

/// The largest request that is read, in bytes: a picture of 10 MB and the rest of its form.
pub const LARGEST: usize = 12 * 1024 * 1024;

/// So much more is still heard, and thrown away: who sends listens to no answer before the end, and would see a broken line
/// in place of the sentence that says why.
const HEARD: usize = 100 * 1024 * 1024;

#[derive(Clone, Default)]
pub struct Posted {
    pub fields: Vec<(String, String)>,
    pub files: Vec<PostedFile>,
    /// Nothing was read, because it was more than [`LARGEST`].
    pub too_large: bool,
}

#[derive(Clone)]
pub struct PostedFile {
    pub field: String,
    pub name: String,
    pub bytes: Bytes,
}

impl FromRequest<App> for Posted {
    type Rejection = Response;

    async fn from_request(request: Request, app: &App) -> Result<Posted, Response> {
        let kind =
            request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let is_multipart = kind.starts_with("multipart/form-data");
        let (mut parts, body) = request.into_parts();
        let Ok(ask) = Ask::from_request_parts(&mut parts, app).await;
        let broken =
            || answer::bare(&ask, Error::Unreadable("What was sent did not arrive whole: send it again".into()));
        let bytes = match whole(body, LARGEST).await {
            Ok(bytes) => bytes,
            Err(TooLarge::Heard) => return Ok(Posted { too_large: true, ..Posted::default() }),
            Err(TooLarge::CutOff) => return Err(broken()),
        };
        if !is_multipart {
            return Ok(Posted { fields: parse(&String::from_utf8_lossy(&bytes)), ..Posted::default() });
        }
        let request = Request::from_parts(parts, Body::from(bytes));
        let mut multipart = Multipart::from_request(request, app).await.map_err(|_| broken())?;
        let mut posted = Posted::default();
        while let Some(part) = multipart.next_field().await.map_err(|_| broken())? {
            let field = part.name().unwrap_or_default().to_owned();
            match part.file_name().map(str::to_owned) {
                Some(name) => {
                    let bytes = part.bytes().await.map_err(|_| broken())?;
                    if !bytes.is_empty() {
                        posted.files.push(PostedFile { field, name, bytes });
                    }
                }
                None => posted.fields.push((field, part.text().await.map_err(|_| broken())?)),
            }
        }
        Ok(posted)
    }
}

/// Why a body was not read.
pub enum TooLarge {
    /// It is larger than it may be; what was sent was heard to its end, or long enough.
    Heard,
    /// It broke off.
    CutOff,
}

/// A body of so many bytes at most.
pub async fn whole(mut body: Body, most: usize) -> Result<Bytes, TooLarge> {
    let mut read = Vec::new();
    let mut heard = 0;
    while let Some(frame) = body.frame().await {
        let Ok(data) = frame.map_err(|_| TooLarge::CutOff)?.into_data() else { continue };
        heard += data.len();
        match heard <= most {
            true => read.extend_from_slice(&data),
            false => read = Vec::new(),
        }
        if heard > most + HEARD {
            break;
        }
    }
    if heard > most { Err(TooLarge::Heard) } else { Ok(read.into()) }
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

    /// The same, with another value in place of what a name had.
    pub fn with(&self, name: &str, value: String) -> Posted {
        let mut posted = self.clone();
        posted.fields.retain(|(known, _)| known != name);
        posted.fields.push((name.to_owned(), value));
        posted
    }

    /// What was typed into the input of a field: of a link, the name when no record was chosen.
    pub fn typed(&self, def: &meta::FieldDef) -> &str {
        match def.kind {
            meta::Kind::Link(_) if self.first(def.key).is_empty() => self.first(&format!("{}.text", def.key)),
            meta::Kind::Link(_) => "",
            _ => self.first(def.key),
        }
    }

    pub fn has(&self, name: &str) -> bool {
        self.fields.iter().any(|(known, _)| known == name)
    }
}
