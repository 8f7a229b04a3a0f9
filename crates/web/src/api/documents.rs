//! `GET /api/openapi.json` and `GET /api`: what the API is, for programs and for people.
//!
//! Both are open to everybody, as the program itself is; the fields that the house added are told to those with a token.

use std::collections::HashMap;
use std::sync::Arc;

use axum::extract::Extension;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Router, body::Bytes};
use base::words::Language;
use engine::Actor;
use meta::Catalogue;
use parking_lot::Mutex;

use crate::App;
use crate::api::ask::{self, Ask};
use crate::api::guide;
use crate::api::openapi::{self, Reader};
use crate::ask::SESSION;

/// What was made before, with the epoch of the catalogue that it was made from.
#[derive(Default)]
struct Made(Mutex<HashMap<Key, (i64, Bytes)>>);

/// Form, language, and whether custom fields are in it.
type Key = (Form, &'static str, bool);

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Form {
    OpenApi,
    Page,
}

/// The documents about the API, which stand beside it.
pub fn documentation() -> Router<App> {
    let made = Arc::new(Made::default());
    Router::new().route("/api/openapi.json", get(document)).route("/api", get(page)).layer(Extension(made))
}

async fn document(Extension(made): Extension<Arc<Made>>, ask: Ask) -> Response {
    answer(made, ask, Form::OpenApi, "application/json").await
}

async fn page(Extension(made): Extension<Arc<Made>>, ask: Ask) -> Response {
    answer(made, ask, Form::Page, "text/html; charset=utf-8").await
}

async fn answer(made: Arc<Made>, ask: Ask, form: Form, mime: &'static str) -> Response {
    let app = ask.app.clone();
    let done = app.turns.take(move || {
        let actor = ask::actor(&ask.app, &ask.headers).ok();
        let chosen = || speaks(&ask.app, &ask.headers).unwrap_or_else(|| ask::language(&ask.headers));
        let language = actor.as_ref().map_or_else(chosen, |actor| actor.language);
        made.get(&ask.app, form, language, actor.as_ref())
    });
    match done.await {
        Ok(bytes) => (StatusCode::OK, [(header::CONTENT_TYPE, mime)], bytes).into_response(),
        Err(cause) => {
            tracing::error!(%cause, "the documents of the API cannot be made");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// The language of someone who is signed in to the pages, or chose one there.
fn speaks(app: &App, headers: &HeaderMap) -> Option<Language> {
    let signed_in = crate::ask::cookie(headers, SESSION).and_then(|secret| app.engine.session(secret).ok().flatten());
    let chosen = || crate::ask::cookie(headers, "language").and_then(Language::from_tag);
    signed_in.map(|session| session.actor.language).or_else(chosen)
}

impl Made {
    fn get(&self, app: &App, form: Form, language: Language, actor: Option<&Actor>) -> Bytes {
        let custom = actor.is_some();
        let whole = app.engine.catalogue();
        let catalogue = actor.map_or_else(|| whole.clone(), |actor| app.engine.seen(actor));
        let key = (form, language.tag(), custom);
        if !Arc::ptr_eq(&whole, &catalogue) {
            return made(app, form, language, &catalogue, custom);
        }
        if let Some((epoch, bytes)) = self.0.lock().get(&key)
            && *epoch == catalogue.epoch
        {
            return bytes.clone();
        }
        let bytes = made(app, form, language, &catalogue, custom);
        self.0.lock().insert(key, (catalogue.epoch, bytes.clone()));
        bytes
    }
}

fn made(app: &App, form: Form, language: Language, catalogue: &Catalogue, custom: bool) -> Bytes {
    let reader = Reader { catalogue, words: app.words.of(language), custom };
    match form {
        Form::OpenApi => openapi::document(&reader).to_string().into(),
        Form::Page => guide::page(&reader).into_string().into(),
    }
}
