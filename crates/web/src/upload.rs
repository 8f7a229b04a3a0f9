//! A large file on its way in: written to disk as it comes, for someone who has signed in.

use std::fs::File;
use std::io::Write;
use std::path::PathBuf;

use axum::extract::{FromRequest, Multipart, Request};
use axum::response::Response;
use base::{Error, Id, Result};

use crate::posted::Posted;
use crate::{App, Ask, answer};

/// The largest file taken, in bytes, and what its form adds.
pub const LARGEST_FILE: usize = 512 << 20;

/// A form with one file. The file is gone when this is dropped.
pub struct Uploaded {
    pub posted: Posted,
    pub file: Option<Spooled>,
}

/// A file as it was sent, in a place of its own.
pub struct Spooled {
    /// What the sender called it, without folders.
    pub name: String,
    pub path: PathBuf,
    pub bytes: u64,
}

impl Drop for Spooled {
    fn drop(&mut self) {
        // A file that stays is found by `doctor`.
        let _ = std::fs::remove_file(&self.path);
    }
}

impl FromRequest<App> for Uploaded {
    type Rejection = Response;

    async fn from_request(request: Request, app: &App) -> std::result::Result<Uploaded, Response> {
        let (mut parts, body) = request.into_parts();
        let Ok(ask) = <Ask as axum::extract::FromRequestParts<App>>::from_request_parts(&mut parts, app).await;
        // Nothing is written for strangers: what they would send is not even read.
        let Some(secret) = ask.cookie(crate::ask::SESSION).map(str::to_owned) else {
            return Ok(Uploaded { posted: Posted::default(), file: None });
        };
        let engine = app.engine.clone();
        let known = app.turns.take(move || engine.session(&secret).map(|found| found.is_some())).await;
        if !matches!(known, Ok(Ok(true))) {
            return Ok(Uploaded { posted: Posted::default(), file: None });
        }
        let request = Request::from_parts(parts, body);
        let not_whole = || Error::Unreadable("The file did not arrive whole: send it again".into());
        let received = match Multipart::from_request(request, app).await {
            Ok(multipart) => receive(multipart, app).await,
            Err(_) => Err(not_whole()),
        };
        received.map_err(|error| answer::bare(&ask, error))
    }
}

async fn receive(mut multipart: Multipart, app: &App) -> Result<Uploaded> {
    let mut uploaded = Uploaded { posted: Posted::default(), file: None };
    let broken = |error: axum::extract::multipart::MultipartError| match error.status().as_u16() {
        413 => Error::Unreadable("The file is too large".into()),
        _ => Error::Unreadable("The file did not arrive whole: send it again".into()),
    };
    while let Some(mut part) = multipart.next_field().await.map_err(broken)? {
        let field = part.name().unwrap_or_default().to_owned();
        let Some(name) = part.file_name().map(str::to_owned) else {
            uploaded.posted.fields.push((field, part.text().await.map_err(broken)?));
            continue;
        };
        let name = name.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
        let path = app.engine.imports_folder()?.join(format!("{}.upload", Id::new()));
        let failed = |cause| Error::io("the file cannot be written", cause);
        let mut file = File::create(&path).map_err(failed)?;
        let mut spooled = Spooled { name, path, bytes: 0 };
        while let Some(chunk) = part.chunk().await.map_err(broken)? {
            file.write_all(&chunk).map_err(failed)?;
            spooled.bytes += chunk.len() as u64;
        }
        // A form whose file was not chosen sends one without a name.
        if !(spooled.name.is_empty() && spooled.bytes == 0) && uploaded.file.is_none() {
            uploaded.file = Some(spooled);
        }
    }
    Ok(uploaded)
}
