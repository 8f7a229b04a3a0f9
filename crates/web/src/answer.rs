//! The one place where an error becomes a page or a fragment; the API has its own for JSON.

use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use base::error::DISK_FULL;
use base::{Error, Result, Text, Words, say};
use maud::{Markup, html};

use crate::pages::back;
use crate::parts::shell;
use crate::posted::Posted;
use crate::{Ask, Visit};

/// A whole page or a fragment.
pub fn html(markup: Markup) -> Result<Response> {
    Ok(Html(markup.into_string()).into_response())
}

pub fn with_status(status: StatusCode, markup: Markup) -> Response {
    let mut response = (status, Html(markup.into_string())).into_response();
    // What a form would pick out of the answer to itself is not in a dialog that asks.
    if matches!(status, StatusCode::UNAUTHORIZED | StatusCode::CONFLICT) {
        response.headers_mut().insert("hx-reselect", HeaderValue::from_static("unset"));
    }
    response
}

/// On to another page: as htmx wants it, or as browsers do.
pub fn redirect(ask: &Ask, to: &str) -> Response {
    let value = HeaderValue::from_str(to).unwrap_or_else(|_| HeaderValue::from_static("/"));
    if ask.is_fragment() {
        return (StatusCode::OK, [("hx-redirect", value)]).into_response();
    }
    (StatusCode::SEE_OTHER, [(header::LOCATION, value)]).into_response()
}

/// Status, title and sentence of an error. Faults are logged under a number that the person sees.
fn words_of(error: &Error) -> (StatusCode, Text, Text) {
    match error {
        Error::Unreadable(text) => (StatusCode::BAD_REQUEST, "This cannot be read".into(), text.clone()),
        Error::Refused(problems) => {
            let text = problems.first().map_or_else(|| "This does not hold".into(), |problem| problem.text.clone());
            (StatusCode::UNPROCESSABLE_ENTITY, "This does not hold".into(), text)
        }
        Error::Denied(text) => (StatusCode::FORBIDDEN, "You may not do this".into(), text.clone()),
        Error::Missing => (
            StatusCode::NOT_FOUND,
            "This page is not there".into(),
            "It was moved or never existed, or you may not see it.".into(),
        ),
        Error::Conflict(_) => {
            (StatusCode::CONFLICT, "Two people changed this record".into(), "Load it again to see what changed.".into())
        }
        Error::Fault(_) if error.is_away() => {
            tracing::warn!(fault = %error, "the database is away");
            let text = match error.is_unsure() {
                true => {
                    "The database went away just as this was to be saved: look whether it is there before you send it again."
                }
                false => "The database does not answer just now. Nothing is lost: try again in a moment.",
            };
            (StatusCode::SERVICE_UNAVAILABLE, "The data cannot be reached".into(), text.into())
        }
        Error::Fault(fault) => {
            let incident = engine::sign_in::incident();
            tracing::error!(incident, fault = %error, "fault");
            let text = if fault.what == DISK_FULL {
                say!("The server's disk is full. What you wrote stays here. Code {incident}.", incident = incident)
            } else {
                say!("Something on our side failed. What you wrote stays here. Code {incident}.", incident = incident)
            };
            (StatusCode::INTERNAL_SERVER_ERROR, "This did not work".into(), text)
        }
    }
}

/// The answer where the database cannot be reached: what was sent is in the page, to be sent again. None for any other error.
pub fn away(ask: &Ask, words: &Words, posted: &Posted, error: &Error) -> Option<Response> {
    if !error.is_away() {
        return None;
    }
    let (status, title, text) = words_of(error);
    let (title, text) = (words.text(&title), words.text(&text));
    let mut response = match ask.is_fragment() {
        true => fragment(status, &text),
        false => {
            // No link leads away from what was written.
            let body = again(ask, words, posted, &title, &text);
            with_status(status, shell::bare_in(ask, words.language(), &title, Vec::new(), body))
        }
    };
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
    Some(response)
}

/// What a page never repeats, besides passwords: what proves who somebody is.
const SECRETS: [&str; 2] = ["current", "step"];

fn again(ask: &Ask, words: &Words, posted: &Posted, title: &str, text: &str) -> Markup {
    let is_secret = |name: &str| name.contains("password") || SECRETS.contains(&name);
    let kept = ask.method != Method::GET && !posted.fields.is_empty();
    if !kept || posted.fields.iter().any(|(name, _)| is_secret(name)) {
        let query = if ask.query.is_empty() { String::new() } else { format!("?{}", ask.query) };
        let to = if ask.method == Method::GET { format!("{}{query}", ask.path) } else { back(ask) };
        return message(title, text, &to, &words.say("Try again"));
    }
    html! {
        div.message {
            h1 { (title) }
            p { (text) }
            p { (words.say("What you wrote is still here.")) }
            @if !posted.files.is_empty() { p { (words.say("Files have to be chosen again afterwards.")) } }
            form method="post" action=(ask.path) {
                @for (name, value) in &posted.fields { input type="hidden" name=(name) value=(value); }
                button.btn.btn-primary type="submit" { (words.say("Send it again")) }
            }
        }
    }
}

/// The answer to someone who has signed in.
pub fn page(visit: &Visit, error: Error) -> Response {
    let (status, title, text) = words_of(&error);
    let (title, text) = (visit.text(title), visit.text(text));
    if visit.ask.is_fragment() {
        return fragment(status, &text);
    }
    let body = message(&title, &text, "/", &visit.say("Back to the start"));
    with_status(status, shell::page(visit, &title, None, body))
}

/// More was sent than is read.
pub fn too_large(visit: &Visit) -> Response {
    let most = picture::MAX_BYTES_IN >> 20;
    let text = visit.text(say!("The file is too large: up to {most} MB are taken. Choose a smaller one.", most = most));
    if visit.ask.is_fragment() {
        return fragment(StatusCode::PAYLOAD_TOO_LARGE, &text);
    }
    let body = message(&visit.say("This is too large"), &text, &back(visit.ask), &visit.say("Back"));
    with_status(StatusCode::PAYLOAD_TOO_LARGE, shell::page(visit, &visit.say("This is too large"), None, body))
}

/// The answer to someone who has not.
pub fn bare(ask: &Ask, error: Error) -> Response {
    if let Some(response) = away(ask, ask.app.words.of(ask.language()), &Posted::default(), &error) {
        return response;
    }
    let (status, title, text) = words_of(&error);
    let words = ask.app.words.of(ask.language());
    let (title, text) = (words.text(&title), words.text(&text));
    if ask.is_fragment() {
        return fragment(status, &text);
    }
    let body = message(&title, &text, "/", &words.say("Back to the start"));
    with_status(status, shell::bare(ask, &title, body))
}

/// The page stays as it is; the sentence comes under the top bar.
fn fragment(status: StatusCode, text: &str) -> Response {
    let encoded: String = serde_urlencoded::to_string([("m", text)]).unwrap_or_default()[2..].replace('+', "%20");
    let header = HeaderValue::from_str(&encoded).unwrap_or_else(|_| HeaderValue::from_static(""));
    let status = if status == StatusCode::UNPROCESSABLE_ENTITY { StatusCode::FORBIDDEN } else { status };
    (status, [("x-message", header)]).into_response()
}

fn message(title: &str, text: &str, url: &str, word: &str) -> Markup {
    html! {
        div.message { h1 { (title) } p { (text) } p { a.btn.btn-primary href=(url) { (word) } } }
    }
}

/// The sentence of a problem in the reader's words.
pub fn note<'a>(words: &Words, problem: &base::Problem) -> ui::Note<'a> {
    ui::Note { kind: ui::NoteKind::Error, text: words.text(&problem.text).into(), link: None }
}
