//! The REST API, `/api/v1`: what interfaces and other programs rely on, made for every entity from its declaration.
//!
//! A handler reads the request ([`ask`], [`body`], [`parameters`]), hops once to a thread that may block, and answers a record
//! ([`shape`]) or a problem (RFC 9457, [`problem`]). Who asks is known by a bearer token alone; cookies count for nothing here, so
//! no page of another site can make a browser act.

mod action;
mod ask;
mod body;
mod bulk;
mod comments;
pub(crate) mod cursor;
mod documents;
mod files;
mod guide;
mod idempotent;
mod list;
mod look_alikes;
mod merge;
mod openapi;
mod operations;
mod parameters;
mod picks;
mod problem;
mod read;
mod schema;
mod search;
mod shape;
mod write;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, patch, post};

use crate::App;

pub use documents::documentation;

/// The largest body, in bytes.
const LARGEST_BODY: usize = 2 * 1024 * 1024;

/// Where the API stands.
const ROOT: &str = "/api/v1";

/// Everything under `/api/v1`.
pub fn router() -> Router<App> {
    let files = Router::new()
        .route("/files", post(files::upload).layer(DefaultBodyLimit::disable()))
        .route("/files/{id}", get(files::whole))
        .route("/files/{id}/thumbnail", get(files::thumbnail));
    Router::new()
        .merge(files)
        .route("/search", get(search::find))
        .route("/lists/{key}", get(picks::list))
        .route("/operations/{id}", get(operations::read))
        .route("/operations/{id}/undo", post(operations::undo))
        .route("/{path}", get(list::list).post(write::create))
        .route("/bulk/{id}", get(bulk::job))
        .route("/bulk/{id}/cancellation", post(bulk::cancel))
        .route("/{path}/look-alikes", get(look_alikes::find))
        .route("/{path}/bulk", post(bulk::begin))
        .route("/{path}/{id}", get(read::record).patch(write::change).delete(write::delete))
        .route("/{path}/{id}/merge", post(merge::merge))
        .route("/{path}/{id}/restoration", post(write::restore))
        .route("/{path}/{id}/history", get(read::history))
        .route("/{path}/{id}/comments", get(comments::list).post(comments::write))
        .route("/comments/{id}", patch(comments::change).delete(comments::delete))
        .route("/{path}/{id}/{action}", post(action::act))
        .fallback(ask::nothing_here)
        .method_not_allowed_fallback(ask::not_this_way)
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
}
