//! What went wrong, as `application/problem+json` (RFC 9457), in the words of the one who asked.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base::error::{Conflict, DISK_FULL};
use base::{Error, Problem, Text, Words, say};
use chrono::{DateTime, Utc};
use serde_json::{Map, Value as Json, json};

pub type Result<T> = std::result::Result<T, Failure>;

/// An answer that is not the one that was hoped for.
#[derive(Debug)]
pub struct Failure {
    status: StatusCode,
    detail: Text,
    errors: Vec<Problem>,
    part: Part,
    /// Members of its own: conflicts, incident.
    more: Box<Map<String, Json>>,
    challenge: Option<&'static str>,
    /// Worth another try soon.
    retry: bool,
}

/// What the problems point into.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Part {
    Body,
    Query,
}

impl Failure {
    pub fn new(status: StatusCode, detail: impl Into<Text>) -> Failure {
        Failure {
            status,
            detail: detail.into(),
            errors: Vec::new(),
            part: Part::Body,
            more: Box::default(),
            challenge: None,
            retry: false,
        }
    }

    /// No token (RFC 6750, 3), or one that nobody has.
    pub fn unknown_caller(brought_one: bool) -> Failure {
        let challenge = match brought_one {
            true => r#"Bearer realm="bottega", error="invalid_token""#,
            false => r#"Bearer realm="bottega""#,
        };
        let detail = "Send the header Authorization: Bearer TOKEN, with a token that is valid";
        Failure { challenge: Some(challenge), ..Failure::new(StatusCode::UNAUTHORIZED, detail) }
    }

    /// A token that was good once.
    pub fn ended_token(at: DateTime<Utc>) -> Failure {
        let detail = say!(
            "This token ended on {moment}: make a new one",
            moment = base::dates::format_instant(at, base::clock::ZONE)
        );
        let challenge = r#"Bearer realm="bottega", error="invalid_token", error_description="The token is over""#;
        Failure { challenge: Some(challenge), ..Failure::new(StatusCode::UNAUTHORIZED, detail) }
    }

    /// Parameters that cannot be read; each problem names one.
    pub fn query(problems: Vec<Problem>) -> Failure {
        let detail = first(&problems);
        Failure { errors: problems, part: Part::Query, ..Failure::new(StatusCode::BAD_REQUEST, detail) }
    }

    pub fn parameter(name: &str, code: &'static str, text: impl Into<Text>) -> Failure {
        Failure::query(vec![Problem::at(escaped(name), code, text)])
    }

    pub fn unreadable_query() -> Failure {
        Failure::new(StatusCode::BAD_REQUEST, "The query string cannot be read")
    }

    /// A body that cannot be read; each problem names the place.
    pub fn body(problems: Vec<Problem>) -> Failure {
        let detail = first(&problems);
        Failure { errors: problems, ..Failure::new(StatusCode::BAD_REQUEST, detail) }
    }

    pub fn no_version() -> Failure {
        let detail = "Say which version you change: version in the body, or the header If-Match";
        let problem = Problem::at("version", "required", detail);
        Failure { errors: vec![problem], ..Failure::new(StatusCode::PRECONDITION_REQUIRED, detail) }
    }

    /// The same, of an engine that was asked with parameters.
    pub fn of_query(error: Error) -> Failure {
        match error {
            Error::Refused(problems) => Failure::query(problems),
            other => other.into(),
        }
    }

    /// Whether it is ours, and sending the same again may succeed.
    pub fn is_fault(&self) -> bool {
        self.status.is_server_error()
    }

    pub fn response(self, words: &Words) -> Response {
        let mut problem = json!({
            "type": "about:blank",
            "title": self.status.canonical_reason().unwrap_or_default(),
            "status": self.status.as_u16(),
            "detail": words.text(&self.detail),
        });
        if !self.errors.is_empty() {
            problem["errors"] = self.errors.iter().map(|problem| error(problem, self.part, words)).collect();
        }
        for (name, value) in *self.more {
            problem[name] = value;
        }
        let kind = [(header::CONTENT_TYPE, "application/problem+json")];
        let mut response = (self.status, kind, problem.to_string()).into_response();
        if let Some(challenge) = self.challenge {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static(challenge));
        }
        if self.retry {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
        }
        response
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Failure {
        match error {
            Error::Unreadable(text) => Failure::new(StatusCode::BAD_REQUEST, text),
            Error::Refused(problems) => {
                let detail = first(&problems);
                Failure { errors: problems, ..Failure::new(StatusCode::UNPROCESSABLE_ENTITY, detail) }
            }
            Error::Denied(text) => Failure::new(StatusCode::FORBIDDEN, text),
            Error::Missing => Failure::new(StatusCode::NOT_FOUND, "It is not there, or you may not see it"),
            Error::Conflict(conflict) => conflicting(*conflict),
            Error::Fault(_) if error.is_away() => away(&error),
            Error::Fault(_) => fault(&error),
        }
    }
}

fn conflicting(conflict: Conflict) -> Failure {
    let contested = conflict
        .fields
        .into_iter()
        .map(|field| json!({ "field": field.field, "base": field.base, "yours": field.yours, "theirs": field.theirs }));
    let mut more = Box::<Map<String, Json>>::default();
    more.insert("version".to_owned(), json!(conflict.version));
    more.insert("changed_by".to_owned(), json!(conflict.theirs_by));
    more.insert("changed_at".to_owned(), json!(conflict.theirs_at.map(base::dates::format_instant_api)));
    more.insert("conflicts".to_owned(), contested.collect());
    Failure { more, ..Failure::new(StatusCode::CONFLICT, "Someone else changed the same fields meanwhile") }
}

/// The same may be sent again, with the key of before where it is to be made once.
fn away(error: &Error) -> Failure {
    tracing::warn!(fault = %error, "the database is away");
    let detail = match error.is_unsure() {
        true => {
            "The database went away while this was saved: it may be saved or not. Send it again with the same Idempotency-Key, or look"
        }
        false => "The database does not answer just now: send this again in a moment",
    };
    Failure { retry: true, ..Failure::new(StatusCode::SERVICE_UNAVAILABLE, detail) }
}

fn fault(error: &Error) -> Failure {
    let incident = engine::sign_in::incident();
    tracing::error!(incident, fault = %error, "fault");
    let is_full = matches!(error, Error::Fault(fault) if fault.what == DISK_FULL);
    let (status, detail) = match is_full {
        true => (StatusCode::INSUFFICIENT_STORAGE, Text::from("The disk of the server is full: nothing was saved")),
        false => {
            let text = say!("Something failed on our side. Code {incident}", incident = incident.as_str());
            (StatusCode::INTERNAL_SERVER_ERROR, text)
        }
    };
    let more = Box::new(Map::from_iter([("incident".to_owned(), json!(incident))]));
    Failure { more, ..Failure::new(status, detail) }
}

fn first(problems: &[Problem]) -> Text {
    problems.first().map_or_else(|| "This does not hold".into(), |problem| problem.text.clone())
}

/// One of `errors`, and of the `warnings` of a record that was saved.
fn error(problem: &Problem, part: Part, words: &Words) -> Json {
    let pointer = pointer(problem.field.as_deref(), part);
    let mut error = json!({ "pointer": pointer, "code": problem.code, "detail": words.text(&problem.text) });
    if part == Part::Query {
        error["in"] = json!("query");
    }
    error
}

pub fn warning(problem: &Problem, words: &Words) -> Json {
    error(problem, Part::Body, words)
}

/// The JSON pointer (RFC 6901) of a field, from the root of the body; of the query string, read as an object.
fn pointer(field: Option<&str>, part: Part) -> String {
    match (field, part) {
        (None, _) => String::new(),
        (Some(field), Part::Body) if !field.starts_with('/') && !["id", "version", "fields"].contains(&field) => {
            format!("/fields/{field}")
        }
        (Some(field), _) => format!("/{}", field.trim_start_matches('/')),
    }
}

/// A name from outside as a token of a JSON pointer.
pub fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}
