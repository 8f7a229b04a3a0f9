//! A request: who makes it, in which language, and the one hop to a thread that may block.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use base::words::Language;
use base::{Error, Words};
use engine::sign_in::{Caller, Shown};
use engine::{Actor, Engine};

use crate::App;
use crate::api::problem::{Failure, Result};

/// A request before anybody is asked who makes it.
pub struct Ask {
    pub app: App,
    pub headers: HeaderMap,
    address: String,
    query: String,
}

/// A request of someone with a token.
pub struct Call<'a> {
    pub app: &'a App,
    pub actor: Actor,
    pub headers: &'a HeaderMap,
    /// The pairs of the query string, in their order.
    pub query: Vec<(String, String)>,
}

impl FromRequestParts<App> for Ask {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> std::result::Result<Ask, Infallible> {
        let query = parts.uri.query().unwrap_or_default().to_owned();
        let address = crate::ask::address(parts);
        Ok(Ask { app: app.clone(), headers: parts.headers.clone(), address, query })
    }
}

impl Ask {
    /// Answers whoever has a token.
    pub async fn answer(self, work: impl FnOnce(&Call) -> Result<Response> + Send + 'static) -> Response {
        let (app, language) = (self.app.clone(), language(&self.headers));
        let done = app.turns.take(move || {
            let actor = match actor(&self.app, &self.headers) {
                Ok(actor) => {
                    let agent = self.headers.get(header::USER_AGENT).and_then(|agent| agent.to_str().ok());
                    let agent = agent.unwrap_or_default();
                    actor.from(Caller { address: &self.address, agent, device: "" })
                }
                Err(failure) => return failure.response(self.app.words.of(language)),
            };
            let words = self.app.words.of(actor.language);
            let call = |query| Call { app: &self.app, actor, headers: &self.headers, query };
            let answer = pairs(&self.query).and_then(|query| work(&call(query)));
            answer.unwrap_or_else(|failure| failure.response(words))
        });
        done.await.unwrap_or_else(|cause| {
            let failure = Failure::from(Error::caused("a handler of the API panicked", cause));
            failure.response(app.words.of(language))
        })
    }
}

impl Call<'_> {
    pub fn engine(&self) -> &Engine {
        &self.app.engine
    }

    pub fn words(&self) -> &Words {
        self.app.words.of(self.actor.language)
    }

    /// A header as text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }
}

/// The language of whoever is not known: the first of theirs that is one of ours, Italian otherwise.
pub fn language(headers: &HeaderMap) -> Language {
    let wanted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let tags = wanted.split(',').filter_map(|range| range.split(';').next());
    tags.filter_map(|tag| Language::from_tag(tag.trim())).next().unwrap_or_default()
}

/// Who a bearer token (RFC 6750) belongs to.
pub fn actor(app: &App, headers: &HeaderMap) -> Result<Actor> {
    let value = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let (scheme, token) =
        value.and_then(|value| value.trim().split_once(' ')).ok_or_else(|| Failure::unknown_caller(false))?;
    if !scheme.eq_ignore_ascii_case("bearer") {
        return Err(Failure::unknown_caller(false));
    }
    match app.engine.shown_token(token.trim())? {
        Shown::Good(signed_in) => {
            crate::watched::known(signed_in.user.id);
            Ok(signed_in.actor)
        }
        Shown::Ended(at) => Err(Failure::ended_token(at)),
        Shown::Unknown => Err(Failure::unknown_caller(true)),
    }
}

fn pairs(query: &str) -> Result<Vec<(String, String)>> {
    let pairs: Vec<(String, String)> = serde_urlencoded::from_str(query).map_err(|_| Failure::unreadable_query())?;
    // No value holds it, and PostgreSQL takes no such text.
    match pairs.iter().any(|(name, value)| name.contains('\0') || value.contains('\0')) {
        true => Err(Failure::unreadable_query()),
        false => Ok(pairs),
    }
}

/// The answer at an address that is none.
pub async fn nothing_here(ask: Ask) -> Response {
    ask.answer(|_| Err(Error::Missing.into())).await
}

/// The answer to a method that the address does not have.
pub async fn not_this_way(ask: Ask) -> Response {
    ask.answer(|_| Err(Failure::new(StatusCode::METHOD_NOT_ALLOWED, "This address does not take this method"))).await
}
