//! `POST /files` keeps a picture, whose id a field of a record then takes, or any file for a comment; `GET /files/{id}` gives it back to whoever sees such a
//! record.

use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, Multipart, Path, Request};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base::{Error, Problem, say};
use engine::files::Upload;
use picture::Frame;
use serde_json::json;

use crate::api::ROOT;
use crate::api::ask::Ask;
use crate::api::parameters::Parameters;
use crate::api::problem::{Failure, Result};
use crate::files::{Part, send};
use crate::parts::pictures::crop;
use crate::posted::{self, LARGEST, TooLarge};

/// A file as it came: its name, where one was told, and its bytes.
struct Came {
    name: Option<String>,
    bytes: Bytes,
}

pub async fn upload(ask: Ask, request: Request) -> Response {
    let came = came(request).await;
    ask.answer(move |call| {
        let mut parameters = Parameters::of(call);
        let (name, frame, part) = (parameters.take("name")?, parameters.take("frame")?, parameters.take("crop")?);
        parameters.end()?;
        let frame = match frame.as_deref() {
            None | Some("whole") => Some(Frame::LOGO),
            Some("portrait") => Some(Frame::PORTRAIT),
            Some("none") => None,
            Some(_) => return Err(Failure::parameter("frame", "invalid", "The frame is whole, portrait or none")),
        };
        let part = match part {
            Some(written) => Some(crop(&written).ok_or_else(|| {
                Failure::parameter("crop", "invalid", "The part is four numbers from 0 to 1 with commas between them")
            })?),
            None => None,
        };
        let came = came?;
        let name = name.or(came.name).unwrap_or_default();
        let kept = match frame {
            Some(frame) => call.engine().keep_picture(&call.actor, "file", &name, &came.bytes, part, frame),
            None => {
                let mime = "application/octet-stream";
                call.engine().keep_file(&call.actor, &Upload { name: &name, mime, bytes: &came.bytes, thumbnail: None })
            }
        };
        let id = kept.map_err(|error| match error {
            Error::Refused(problems) => refused(problems),
            other => other.into(),
        })?;
        let file = call.engine().file(&call.actor, id)?;
        let body = json!({ "id": id.to_string(), "name": file.name, "mime": file.mime, "size": file.size });
        let kind = [(header::CONTENT_TYPE, "application/json")];
        let mut response = (StatusCode::CREATED, kind, body.to_string()).into_response();
        if let Ok(location) = HeaderValue::from_str(&format!("{ROOT}/files/{id}")) {
            response.headers_mut().insert(header::LOCATION, location);
        }
        Ok(response)
    })
    .await
}

/// The body is the file itself, so a problem points at the whole.
fn refused(problems: Vec<Problem>) -> Failure {
    match problems.iter().find(|problem| problem.code == "too_large") {
        Some(problem) => Failure::new(StatusCode::PAYLOAD_TOO_LARGE, problem.text.clone()),
        None => Error::Refused(problems.into_iter().map(|problem| Problem { field: None, ..problem }).collect()).into(),
    }
}

async fn came(request: Request) -> Result<Came> {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let is_form = kind.starts_with("multipart/form-data");
    let (parts, body) = request.into_parts();
    let bytes = posted::whole(body, LARGEST).await.map_err(|why| match why {
        TooLarge::Heard => {
            let text = say!("The body is larger than {most} MiB", most = LARGEST >> 20);
            Failure::new(StatusCode::PAYLOAD_TOO_LARGE, text)
        }
        TooLarge::CutOff => cut_off(),
    })?;
    if !is_form {
        return Ok(Came { name: None, bytes });
    }
    let request = Request::from_parts(parts, Body::from(bytes));
    let mut form = Multipart::from_request(request, &()).await.map_err(|_| cut_off())?;
    while let Some(part) = form.next_field().await.map_err(|_| cut_off())? {
        if let Some(name) = part.file_name().map(str::to_owned) {
            return Ok(Came { name: Some(name), bytes: part.bytes().await.map_err(|_| cut_off())? });
        }
    }
    Err(Failure::new(StatusCode::BAD_REQUEST, "There is no file in the form"))
}

fn cut_off() -> Failure {
    Failure::new(StatusCode::BAD_REQUEST, "The body did not come whole")
}

pub async fn whole(ask: Ask, Path(id): Path<String>) -> Response {
    ask.answer(move |call| {
        Parameters::of(call).end()?;
        Ok(send(call.engine(), &call.actor, call.headers, &id, Part::Whole)?)
    })
    .await
}

pub async fn thumbnail(ask: Ask, Path(id): Path<String>) -> Response {
    ask.answer(move |call| {
        Parameters::of(call).end()?;
        Ok(send(call.engine(), &call.actor, call.headers, &id, Part::Thumbnail)?)
    })
    .await
}
