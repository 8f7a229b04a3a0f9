//! The shell: sign-in, layout, generic list, page, form, board, calendar, the REST API, the widgets of each field kind, and
//! one place that turns an error into a page, a fragment or JSON. Knows no module by name.

mod answer;
pub mod api;
mod app;
mod ask;
mod files;
pub mod guide;
mod meters;
mod pages;
mod parts;
mod posted;
mod turns;
mod upload;
mod watched;

pub use app::{App, AppInner, Menu, MenuGroup, WordsOf};
pub use ask::{Ask, Visit};

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{Extensions, HeaderMap, HeaderValue, StatusCode, Version, header};
use axum::middleware::{self, Next};
use axum::response::Response;
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{Predicate, SizeAbove};

/// Everything that answers.
pub fn router(app: App) -> Router {
    pages::router()
        .nest("/api/v1", api::router())
        .merge(api::documentation())
        .layer(middleware::from_fn(guard))
        .layer(
            CompressionLayer::new()
                .quality(CompressionLevel::Fastest)
                .compress_when(SizeAbove::new(SMALL).and(is_text)),
        )
        .layer(axum::extract::DefaultBodyLimit::max(posted::LARGEST))
        .layer(middleware::from_fn_with_state(app.clone(), parting))
        .layer(middleware::from_fn_with_state(app.clone(), watched::watched))
        .with_state(app)
}

/// Pages and JSON are compressed as they are sent; scripts and styles were before, and the rest does not shrink.
fn is_text(_: StatusCode, _: Version, headers: &HeaderMap, _: &Extensions) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    ["text/html", "application/json"].iter().any(|text| kind.starts_with(text))
}

/// Bytes that fit into one packet as they are.
const SMALL: u64 = 1400;

/// Before the program ends, each connection ends with its answer: the next request goes to another node.
async fn parting(State(app): State<App>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    if app.is_ending() {
        response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    response
}

/// Nothing runs but our own scripts, nothing frames us, nothing is guessed, nothing personal is kept by caches.
async fn guard(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let mut set = |name, value| {
        if !headers.contains_key(&name) {
            headers.insert(name, HeaderValue::from_static(value));
        }
    };
    set(
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; \
         form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    );
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::REFERRER_POLICY, "same-origin");
    set(header::X_FRAME_OPTIONS, "DENY");
    set(header::CACHE_CONTROL, "no-store");
    response
}
