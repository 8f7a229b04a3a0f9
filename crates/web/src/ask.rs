//! A request and who makes it. Handlers hop once to a thread that may block, and do everything there.

use std::cell::OnceCell;
use std::net::SocketAddr;

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base::words::Language;
use base::{Error, Result, Text, Words};
use engine::access::may;
use engine::menus::Hidden;
use engine::sign_in::Must;
use engine::users::User;
use engine::{Actor, Engine};
use meta::Catalogue;
use meta::access::Verb;
use meta::human::Style;
use std::sync::Arc;

use crate::pages::Help;
use crate::posted::Posted;
use crate::{App, answer};

/// The name of the cookie with the session's secret.
pub const SESSION: &str = "session";

/// What is known of a request before anybody is asked who makes it.
pub struct Ask {
    pub app: App,
    pub method: Method,
    pub path: String,
    pub query: String,
    pub headers: HeaderMap,
    pub address: String,
    /// Where the manual speaks of the page that is asked for.
    pub help: Help,
}

impl FromRequestParts<App> for Ask {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> std::result::Result<Ask, Self::Rejection> {
        let address = address(parts);
        Ok(Ask {
            app: app.clone(),
            method: parts.method.clone(),
            path: parts.uri.path().to_owned(),
            query: parts.uri.query().unwrap_or_default().to_owned(),
            headers: parts.headers.clone(),
            address,
            help: parts.extensions.get::<Help>().copied().unwrap_or_default(),
        })
    }
}

/// Where a request comes from; empty in tests, which have no network.
pub(crate) fn address(parts: &Parts) -> String {
    parts.extensions.get::<ConnectInfo<SocketAddr>>().map_or_else(String::new, |info| info.0.ip().to_string())
}

impl Ask {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    pub fn cookie(&self, name: &str) -> Option<&str> {
        cookie(&self.headers, name)
    }

    /// A fragment was asked for, by a script of ours.
    pub fn is_fragment(&self) -> bool {
        self.header("hx-request") == "true"
    }

    /// Sent by a page of another site, or of another address of this one. Browsers that do not say so are held off by the token.
    pub fn is_from_elsewhere(&self) -> bool {
        matches!(self.header("sec-fetch-site"), "cross-site" | "same-site")
    }

    /// Whether cookies are for TLS only: we listen to other machines, or a proxy that speaks TLS stands before us.
    pub fn is_secure(&self) -> bool {
        self.app.secure || self.header("x-forwarded-proto").eq_ignore_ascii_case("https")
    }

    /// The beginning of all addresses, as this browser writes it: `https://crm.example`. Whoever asks says it, so it is for their
    /// own eyes only.
    pub fn origin(&self) -> String {
        let scheme = if self.is_secure() { "https" } else { "http" };
        format!("{scheme}://{}", self.header("host"))
    }

    /// The language of someone who has not signed in: the one they chose, or that of their browser.
    pub fn language(&self) -> Language {
        let chosen = self.cookie("language").and_then(Language::from_tag);
        chosen.unwrap_or_else(|| Language::preferred(self.header("accept-language")))
    }

    /// Runs work that may block, for anybody.
    pub async fn open(self, work: impl FnOnce(&Ask) -> Result<Response> + Send + 'static) -> Response {
        let app = self.app.clone();
        blocking(&app, move || work(&self).unwrap_or_else(|error| answer::bare(&self, error))).await
    }

    /// Runs work that may block, for someone who has signed in.
    pub async fn run(self, work: impl FnOnce(&Visit) -> Result<Response> + Send + 'static) -> Response {
        self.act(Posted::default(), move |visit, _| work(visit)).await
    }

    /// The same, with what was posted. What comes without this session's token is not heard.
    pub async fn act(
        self,
        posted: Posted,
        work: impl FnOnce(&Visit, &Posted) -> Result<Response> + Send + 'static,
    ) -> Response {
        let app = self.app.clone();
        blocking(&app, move || {
            let ask = self;
            match Visit::begin(&ask) {
                Ok(Some(visit)) => {
                    if posted.too_large {
                        return answer::too_large(&visit);
                    }
                    if ask.method != Method::GET && ask.method != Method::HEAD {
                        let token = match ask.header("x-csrf-token") {
                            "" => posted.first("csrf"),
                            token => token,
                        };
                        if token != visit.csrf || ask.is_from_elsewhere() {
                            return answer::page(
                                &visit,
                                Error::Denied(Text::from(
                                    "This form is too old: load the page again and send it once more",
                                )),
                            );
                        }
                    }
                    if let Some(to) = crate::pages::account::first_to(&visit) {
                        return answer::redirect(&ask, &to);
                    }
                    let mut response = work(&visit, &posted).unwrap_or_else(|error| {
                        let away = answer::away(&ask, visit.words(), &posted, &error);
                        away.unwrap_or_else(|| answer::page(&visit, error))
                    });
                    // The toast of the last page was shown with this one.
                    if ask.method == Method::GET && ask.cookie("toast").is_some() && !ask.is_fragment() {
                        let (name, value) = crate::pages::taken();
                        response.headers_mut().append(name, value);
                    }
                    response
                }
                Ok(None) => crate::pages::sign_in::asked(&ask, &posted),
                Err(error) => {
                    let away = answer::away(&ask, ask.app.words.of(ask.language()), &posted, &error);
                    away.unwrap_or_else(|| answer::bare(&ask, error))
                }
            }
        })
        .await
    }
}

async fn blocking(app: &App, work: impl FnOnce() -> Response + Send + 'static) -> Response {
    match app.turns.take(work).await {
        Ok(response) => response,
        Err(cause) => {
            tracing::error!(%cause, "a handler panicked");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

pub(crate) fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    cookies.flat_map(|line| line.split(';')).find_map(|pair| pair.trim().strip_prefix(name)?.strip_prefix('='))
}

/// A request of someone who has signed in.
pub struct Visit<'a> {
    pub ask: &'a Ask,
    pub user: User,
    pub actor: Actor,
    /// What they have to do before anything else.
    pub must: Option<Must>,
    pub csrf: String,
    pub catalogue: Arc<Catalogue>,
    /// What their menu leaves out, once somebody asked.
    hidden: OnceCell<Hidden>,
}

impl<'a> Visit<'a> {
    fn begin(ask: &'a Ask) -> Result<Option<Visit<'a>>> {
        let Some(secret) = ask.cookie(SESSION) else { return Ok(None) };
        let Some(signed_in) = ask.app.engine.session(secret)? else { return Ok(None) };
        crate::watched::known(signed_in.user.id);
        Ok(Some(Visit {
            ask,
            must: signed_in.must,
            user: signed_in.user,
            catalogue: ask.app.engine.seen(&signed_in.actor),
            actor: signed_in.actor.from(crate::pages::sign_in::caller(ask)),
            csrf: engine::sign_in::csrf(secret),
            hidden: OnceCell::new(),
        }))
    }

    pub fn engine(&self) -> &Engine {
        &self.ask.app.engine
    }

    /// Whether their menu shows a place. It is no right.
    pub fn shows(&self, path: &str) -> bool {
        // Better too long a menu than no page.
        let read = || self.engine().menu_choice(&self.user).map(|choice| choice.hidden().clone()).unwrap_or_default();
        !self.hidden.get_or_init(read).contains(path)
    }

    /// The places of the menu that they may see and want to.
    pub fn places(&self) -> impl Iterator<Item = &'static str> {
        let paths = self.ask.app.menu.groups.iter().flat_map(|group| group.paths.iter().copied());
        paths.filter(|path| {
            let found = self.catalogue.at_path(path);
            self.shows(path) && found.is_some_and(|(model, face)| may(&self.actor, model, face, Verb::View))
        })
    }

    pub fn words(&self) -> &'a Words {
        self.ask.app.words.of(self.actor.language)
    }

    pub fn say(&self, english: &'static str) -> std::borrow::Cow<'a, str> {
        self.words().say(english)
    }

    pub fn text(&self, text: Text) -> String {
        self.words().text(&text)
    }

    pub fn style(&self) -> Style {
        Style::of(self.actor.language, self.actor.today(), self.actor.zone)
    }
}
