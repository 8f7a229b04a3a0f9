//! The pages, each with what it answers to.

mod access;
pub(crate) mod account;
mod action;
mod assets;
mod board;
mod bulk;
mod characteristics;
mod choose;
mod commands;
mod conflict;
mod create;
mod edit;
mod export;
mod field;
mod figures;
mod files;
mod forgotten;
mod guide;
mod history;
mod home;
mod import;
mod list;
mod look_alikes;
mod merge;
pub(crate) mod notices;
mod password;
mod picture;
mod preferences;
mod quick;
mod record;
mod reset;
mod search;
mod settings;
pub(crate) mod sign_in;
mod trash;
mod undo;
mod views;

use import::stayed as import_stayed;

pub use account::OWN as ACCOUNT;
pub use preferences::back;
pub use quick::way as way_to_make;
pub use settings::{PLACE as SETTINGS, fields_of, is_for as may_set};
pub use undo::{carried, taken};

use axum::Router;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use base::Error;

use crate::{App, Ask};

pub fn router() -> Router<App> {
    Router::new()
        .route("/", get(home::page))
        .route("/more", get(home::more))
        .route("/healthz", get(assets::health))
        .route("/readyz", get(assets::ready))
        .route("/assets/{*path}", get(assets::asset))
        .route("/sign-in", get(sign_in::page).post(sign_in::submit))
        .route(forgotten::PLACE, get(forgotten::page).post(forgotten::send))
        .route("/sign-in/code", post(sign_in::submit_code))
        .route("/sign-out", post(sign_in::sign_out))
        .route("/reset/{secret}", get(reset::page).post(reset::save))
        .route("/start/{secret}", get(sign_in::first_page).post(sign_in::first_submit))
        .route("/language", get(preferences::anonymous))
        .route("/language/{tag}", post(preferences::language))
        .route("/guide", get(guide::index))
        .route("/guide/{page}", get(guide::page))
        .route("/search", get(search::page))
        .route("/towns", get(choose::towns))
        .route("/trash", get(trash::page))
        .route("/trash/days", post(trash::save_days))
        .route("/operations/{id}/undo", post(undo::undo))
        .route("/files/{id}", get(files::whole))
        .route("/files/{id}/thumbnail", get(files::thumbnail))
        .route("/{path}", get(list::page).post(edit::create))
        .route("/{path}/new", get(edit::new))
        .route("/{path}/quick", get(quick::ask).post(quick::create))
        .route("/{path}/rows", get(list::rows))
        .route("/{path}/changes", get(board::changes))
        .route("/{path}/count", get(list::count))
        .route("/{path}/filter", get(list::filter))
        .route("/{path}/columns", get(list::columns))
        .route("/{path}/export", get(export::ask))
        .route("/{path}/export/{format}", get(export::file))
        .route("/{path}/look-alikes", post(look_alikes::ask))
        .route("/{path}/choose", get(choose::records))
        .route("/{path}/views", get(views::ask).post(views::save))
        .route("/{path}/views/{id}", get(views::ask_one).post(views::change))
        .route("/{path}/bulk/deletion", post(bulk::delete))
        .route("/{path}/bulk/restoration", post(bulk::restore))
        .route("/{path}/bulk/export", post(bulk::export))
        .route("/{path}/bulk/values", post(bulk::values))
        .route("/{path}/bulk/gathering", post(bulk::gather))
        .route("/{path}/bulk/merge", post(merge::ticked))
        .route("/{path}/merge", get(merge::page).post(merge::merge))
        .route("/{path}/bulk/assignment", post(bulk::assign))
        .route("/bulk/{id}", get(bulk::page))
        .route("/bulk/{id}/cancellation", post(bulk::cancel))
        .route("/bulk/{id}/undo", post(bulk::undo))
        .route("/{path}/{id}", get(record::page).post(edit::save))
        .route("/users/{id}/password", get(password::ask).post(password::save))
        .route("/{path}/{id}/look-alikes", get(look_alikes::of_record))
        .route("/{path}/{id}/joining", post(edit::join))
        .route("/{path}/{id}/edit", get(edit::edit))
        .route("/{path}/{id}/move", get(board::ask).post(board::carry))
        .route("/{path}/{id}/history", get(history::page))
        .route("/{path}/{id}/access", get(access::page).post(access::share))
        .route("/{path}/{id}/access/{with}/end", post(access::unshare))
        .route("/{path}/{id}/characteristics/{profile}", get(characteristics::ask).post(characteristics::save))
        .route("/{path}/{id}/panels/{entity}/{link}", get(record::panel_page))
        .route("/{path}/{id}/comments", post(record::comments::write))
        .route("/comments/{id}", get(record::comments::ask).post(record::comments::change))
        .route("/comments/{id}/deletion", post(record::comments::delete))
        .route("/notifications", get(notices::page))
        .route("/notifications/reading", post(notices::read_all))
        .route("/notifications/count", get(notices::count))
        .route("/notifications/live", get(notices::live))
        .route("/notifications/ways", get(notices::ways).post(notices::save_ways))
        .route("/notifications/{id}", get(notices::open))
        .route("/notifications/{id}/reading", post(notices::read))
        .route("/mentions", get(record::comments::people))
        .route("/{path}/{id}/deletion", post(record::delete))
        .route("/{path}/{id}/restoration", post(record::restore))
        .route("/{path}/{id}/{action}", get(action::ask).post(action::act))
        .route("/{path}/{id}/fields/{key}", get(field::read_or_edit).post(field::save))
        .merge(account::router())
        .merge(import::router())
        .merge(settings::router())
        .method_not_allowed_fallback(not_this_way)
        .fallback(nothing_here)
}

/// The answer at an address that is none.
async fn nothing_here(ask: Ask) -> Response {
    ask.open(|_| Err(Error::Missing)).await
}

/// The answer where forms are sent to and nothing is shown, when it is opened all the same.
async fn not_this_way(ask: Ask) -> Response {
    (StatusCode::METHOD_NOT_ALLOWED, nothing_here(ask).await).into_response()
}
