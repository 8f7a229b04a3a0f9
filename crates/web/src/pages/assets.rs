//! Styles, scripts, font: embedded, compressed beforehand, kept by browsers for good.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::App;

pub async fn asset(Path(path): Path<String>, headers: HeaderMap) -> Response {
    let Some(asset) = assets::get(&format!("/assets/{path}")).or_else(|| assets::get(&path)) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let (body, encoding) = match (asset.brotli, asset.gzip) {
        (Some(body), _) if accepted.contains("br") => (body, Some("br")),
        (_, Some(body)) if accepted.contains("gzip") => (body, Some("gzip")),
        _ => (asset.identity, None),
    };
    let keep = if asset.immutable { "public, max-age=31536000, immutable" } else { "no-cache" };
    let mut response =
        ([(header::CONTENT_TYPE, asset.mime), (header::CACHE_CONTROL, keep), (header::VARY, "accept-encoding")], body)
            .into_response();
    if let Some(encoding) = encoding {
        response.headers_mut().insert(header::CONTENT_ENCODING, header::HeaderValue::from_static(encoding));
    }
    response
}

/// Whether it may be sent requests: it answers, and is not about to end.
pub async fn ready(app: State<App>) -> Response {
    match app.is_ending() {
        true => (StatusCode::SERVICE_UNAVAILABLE, "it is about to end").into_response(),
        false => health(app).await,
    }
}

/// Whether the program answers, its database with it.
pub async fn health(State(app): State<App>) -> Response {
    let works =
        tokio::task::spawn_blocking(move || app.engine.store.read(|tx| tx.first(&store::Sql::new("SELECT 1"))).is_ok())
            .await;
    match works {
        Ok(true) => "ok".into_response(),
        _ => (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer").into_response(),
    }
}
