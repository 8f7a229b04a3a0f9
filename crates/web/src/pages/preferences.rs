//! The language, for one who has signed in and for one who has not.

use axum::extract::Path;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use base::words::Language;
use engine::{Actor, Draft};
use meta::Value;

use crate::Ask;
use crate::answer::redirect;
use crate::posted::{Posted, parse};

pub async fn anonymous(ask: Ask) -> Response {
    ask.open(|ask| {
        let tag = parse(&ask.query).into_iter().find(|(name, _)| name == "to").map(|(_, tag)| tag).unwrap_or_default();
        let mut response = redirect(ask, "/sign-in");
        if let Some(language) = Language::from_tag(&tag) {
            keep(&mut response, language);
        }
        Ok(response)
    })
    .await
}

pub async fn language(Path(tag): Path<String>, ask: Ask, posted: Posted) -> Response {
    ask.act(posted, move |visit, _| {
        let language = Language::from_tag(&tag).ok_or(base::Error::Missing)?;
        let model = visit.catalogue.of(&engine::users::USER);
        let at = model.position("language").ok_or(base::Error::Missing)?;
        let key = engine::users::speech(language).to_owned();
        // One's own language is one's own to choose.
        let draft = Draft::change(&engine::users::USER, visit.user.rid, None, vec![(at, Value::Text(key))]);
        visit.engine().save(&Actor::program(), vec![draft])?;
        let mut response = redirect(visit.ask, &back(visit.ask));
        keep(&mut response, language);
        Ok(response)
    })
    .await
}

/// Has the browser know the language, for pages that nobody has signed in for, or cannot.
pub fn keep(response: &mut Response, language: Language) {
    let cookie = format!("language={}; Path=/; SameSite=Lax; Max-Age=31536000", language.tag());
    if let Ok(value) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}

/// The page that was left, as far as it is one of ours.
pub fn back(ask: &Ask) -> String {
    let from = match ask.header("hx-current-url") {
        "" => ask.header("referer"),
        from => from,
    };
    let rest = from.split_once("://").and_then(|(_, rest)| rest.split_once('/')).map(|(_, path)| format!("/{path}"));
    rest.map_or_else(|| "/".to_owned(), |path| super::sign_in::local(&path).to_owned())
}
