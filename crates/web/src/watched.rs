//! Every request is counted, and has a line in the log: its number, who asked, the route, what came of it and how long it took. No
//! address of a record, nothing that was sent, no name.

use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue, Method};
use axum::middleware::Next;
use axum::response::Response;
use base::Id;
use tracing::Instrument;
use tracing::field::Empty;

use crate::App;

/// What a proxy before us, or a program, calls a request by; the answer carries it back.
const NUMBER: HeaderName = HeaderName::from_static("x-request-id");
const LONGEST_NUMBER: usize = 64;

/// Asked so often, and by no person, that a line for each would hide the others.
const QUIET: [&str; 3] = ["/healthz", "/readyz", "/assets/{*path}"];

pub async fn watched(State(app): State<App>, request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let method = method(request.method());
    let route = request.extensions().get::<MatchedPath>().map_or("none", MatchedPath::as_str).to_owned();
    let number = number(&request);
    let span = tracing::info_span!("request", id = number, method, route, user = Empty);
    let mut response = next.run(request).instrument(span.clone()).await;
    let (took, status) = (begun.elapsed(), response.status().as_u16());
    app.meters.answered(method, &route, status, took);
    let ms = took.as_micros() as f64 / 1000.0;
    span.in_scope(|| match QUIET.contains(&route.as_str()) {
        true => tracing::debug!(target: "request", status, ms, "answered"),
        false => tracing::info!(target: "request", status, ms, "answered"),
    });
    if let Ok(number) = HeaderValue::from_str(&number) {
        response.headers_mut().insert(NUMBER, number);
    }
    response
}

/// One of those that there are: anybody may send a word of their own, and each would be counted by itself.
fn method(method: &Method) -> &'static str {
    let known = [Method::GET, Method::HEAD, Method::POST, Method::PUT, Method::PATCH, Method::DELETE, Method::OPTIONS];
    let names = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
    known.iter().position(|known| known == method).map_or("other", |at| names[at])
}

/// The number that the request came with, where it is one, or a new one.
fn number(request: &Request) -> String {
    let known = request.headers().get(NUMBER).and_then(|number| number.to_str().ok());
    let is_plain = |number: &&str| {
        (1..=LONGEST_NUMBER).contains(&number.len())
            && number.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
    };
    known.filter(is_plain).map_or_else(|| Id::new().0.simple().to_string(), str::to_owned)
}

/// Notes who makes the request under way, by the number of their record.
pub fn known(user: Id) {
    tracing::Span::current().record("user", tracing::field::display(user));
}
