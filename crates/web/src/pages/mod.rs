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
mod routes;
mod search;
mod settings;
pub(crate) mod sign_in;
mod trash;
mod undo;
mod views;

use import::stayed as import_stayed;

pub use account::OWN as ACCOUNT;
pub use account::menu::PLACE as MENU;
pub use guide::help;
pub use preferences::back;
pub use quick::way as way_to_make;
pub use routes::Help;
pub use settings::{PLACE as SETTINGS, fields_of, is_for as may_set};
pub use undo::{carried, taken};

use axum::Router;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use base::Error;

use crate::{App, Ask};
use routes::Routes;

pub fn router() -> Router<App> {
    routes().into_router().method_not_allowed_fallback(not_this_way).fallback(nothing_here)
}

fn routes() -> Routes {
    Routes::default()
        .page("/", "index#today", get(home::page))
        .page("/more", "index#on-the-phone", get(home::more))
        .part("/first-steps/away", post(home::steps::put_away))
        .part("/first-steps/examples", post(home::steps::examples))
        .part("/healthz", get(assets::health))
        .part("/readyz", get(assets::ready))
        .part("/assets/{*path}", get(assets::asset))
        .part("/sign-in", get(sign_in::page).post(sign_in::submit))
        .part(forgotten::PLACE, get(forgotten::page).post(forgotten::send))
        .part("/sign-in/code", post(sign_in::submit_code))
        .part("/sign-out", post(sign_in::sign_out))
        .part("/reset/{secret}", get(reset::page).post(reset::save))
        .part("/start/{secret}", get(sign_in::first_page).post(sign_in::first_submit))
        .part("/language", get(preferences::anonymous))
        .part("/language/{tag}", post(preferences::language))
        .part("/guide", get(guide::index))
        .part("/guide/{page}", get(guide::page))
        .part("/guide/pictures/{language}/{name}", get(guide::picture))
        .page("/search", "search#searching", get(search::page))
        .part("/towns", get(choose::towns))
        .page("/trash", "undo#the-trash", get(trash::page))
        .part("/trash/days", post(trash::save_days))
        .part("/operations/{id}/undo", post(undo::undo))
        .part("/files/{id}", get(files::whole))
        .part("/files/{id}/thumbnail", get(files::thumbnail))
        .page_of_kind("/{path}", "lists", get(list::page).post(edit::create))
        .page_of_kind("/{path}/new", "records#creating", get(edit::new))
        .page_of_kind("/{path}/quick", "records#creating", get(quick::ask).post(quick::create))
        .page_of_kind("/{path}/rows", "lists", get(list::rows))
        .part("/{path}/changes", get(board::changes))
        .part("/{path}/count", get(list::count))
        .page_of_kind("/{path}/filter", "lists#filters", get(list::filter))
        .page_of_kind("/{path}/columns", "lists#columns-and-order", get(list::columns))
        .page_of_kind("/{path}/export", "lists#export", get(export::ask))
        .part("/{path}/export/{format}", get(export::file))
        .page_of_kind("/{path}/look-alikes", "records#duplicates", post(look_alikes::ask))
        .part("/{path}/choose", get(choose::records))
        .page_of_kind("/{path}/views", "lists#views", get(views::ask).post(views::save))
        .page_of_kind("/{path}/views/{id}", "lists#views", get(views::ask_one).post(views::change))
        .page_of_kind("/{path}/bulk/deletion", "undo#the-trash", post(bulk::delete))
        .page_of_kind("/{path}/bulk/restoration", "undo#the-trash", post(bulk::restore))
        .page_of_kind("/{path}/bulk/export", "lists#export", post(bulk::export))
        .page_of_kind("/{path}/bulk/values", "lists#many-at-once", post(bulk::values))
        .page_of_kind("/{path}/bulk/gathering", "lists#many-at-once", post(bulk::gather))
        .page_of_kind("/{path}/bulk/merge", "records#duplicates", post(merge::ticked))
        .page_of_kind("/{path}/merge", "records#duplicates", get(merge::page).post(merge::merge))
        .page_of_kind("/{path}/bulk/assignment", "lists#many-at-once", post(bulk::assign))
        .page("/bulk/{id}", "lists#many-at-once", get(bulk::page))
        .part("/bulk/{id}/cancellation", post(bulk::cancel))
        .part("/bulk/{id}/undo", post(bulk::undo))
        .page_of_kind("/{path}/{id}", "records", get(record::page).post(edit::save))
        .page("/users/{id}/password", "admin#passwords", get(password::ask).post(password::save))
        .page_of_kind("/{path}/{id}/look-alikes", "records#duplicates", get(look_alikes::of_record))
        .page_of_kind("/{path}/{id}/joining", "records#duplicates", post(edit::join))
        .page_of_kind("/{path}/{id}/edit", "records#changing-a-field", get(edit::edit))
        .page_of_kind("/{path}/{id}/move", "lists#board", get(board::ask).post(board::carry))
        .page_of_kind("/{path}/{id}/history", "undo#the-history", get(history::page))
        .page_of_kind("/{path}/{id}/access", "records#sharing-a-record", get(access::page).post(access::share))
        .part("/{path}/{id}/access/{with}/end", post(access::unshare))
        .page_of_kind(
            "/{path}/{id}/characteristics/{profile}",
            "fields#sections-and-characteristics",
            get(characteristics::ask).post(characteristics::save),
        )
        .page_of_kind("/{path}/{id}/panels/{entity}/{link}", "records", get(record::panel_page))
        .page_of_kind("/{path}/{id}/comments", "notices#comments", post(record::comments::write))
        .page("/comments/{id}", "notices#comments", get(record::comments::ask).post(record::comments::change))
        .part("/comments/{id}/deletion", post(record::comments::delete))
        .page("/notifications", "notices#notifications", get(notices::page))
        .part("/notifications/reading", post(notices::read_all))
        .part("/notifications/count", get(notices::count))
        .part("/notifications/live", get(notices::live))
        .page("/notifications/ways", "notices#notifications", get(notices::ways).post(notices::save_ways))
        .part("/notifications/{id}", get(notices::open))
        .part("/notifications/{id}/reading", post(notices::read))
        .part("/mentions", get(record::comments::people))
        .part("/{path}/{id}/deletion", post(record::delete))
        .part("/{path}/{id}/restoration", post(record::restore))
        .page_of_kind("/{path}/{id}/{action}", "records", get(action::ask).post(action::act))
        .page_of_kind(
            "/{path}/{id}/fields/{key}",
            "records#changing-a-field",
            get(field::read_or_edit).post(field::save),
        )
        .merge(account::router())
        .merge(import::router())
        .merge(settings::router())
}

/// The answer at an address that is none.
async fn nothing_here(ask: Ask) -> Response {
    ask.open(|_| Err(Error::Missing)).await
}

/// The answer where forms are sent to and nothing is shown, when it is opened all the same.
async fn not_this_way(ask: Ask) -> Response {
    (StatusCode::METHOD_NOT_ALLOWED, nothing_here(ask).await).into_response()
}
