//! The one error type that crosses floors, so that a page, a fragment and JSON can answer it in one place.

use std::{fmt, io};

use crate::{Id, Text};

pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What stopped a request. The first three are the person's to solve, [`Error::Fault`] is ours.
#[derive(Debug)]
pub enum Error {
    /// What was asked cannot be read at all (HTTP 400).
    Unreadable(Text),
    /// The values do not hold: each problem names its field and says what to do (HTTP 422). Nothing was written.
    Refused(Vec<Problem>),
    /// They may see it and may not do it (HTTP 403).
    Denied(Text),
    /// It is not there, or they may not see it: nobody can tell which (HTTP 404).
    Missing,
    /// Someone else changed the same fields meanwhile (HTTP 409).
    Conflict(Box<Conflict>),
    /// Ours: logged under an incident number that the person sees (HTTP 500).
    Fault(Fault),
}

/// One thing that does not hold, at the field it concerns; no field when it concerns the whole record.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    pub field: Option<Field>,
    /// For programs: `required`, `invalid`, `too_long`, `unknown`, `rule`…
    pub code: &'static str,
    pub text: Text,
}

/// A field's key, with the place inside it for values of several parts: `emails/1/value`.
pub type Field = String;

/// A rule's answer when a change does not hold.
pub type Refusal = Problem;

/// The fields that two people changed to different values, and the version that stands now.
#[derive(Debug, PartialEq)]
pub struct Conflict {
    pub record: Id,
    pub version: i64,
    /// When and by whom the standing version was saved, as far as it is known.
    pub theirs_by: Option<String>,
    pub theirs_at: Option<chrono::DateTime<chrono::Utc>>,
    pub fields: Vec<Contested>,
}

/// Values as the API writes them.
#[derive(Debug, PartialEq)]
pub struct Contested {
    pub field: String,
    pub base: serde_json::Value,
    pub yours: serde_json::Value,
    pub theirs: serde_json::Value,
}

#[derive(Debug)]
pub struct Fault {
    /// Says what failed, for the log: no personal data.
    pub what: String,
    pub cause: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl Problem {
    pub fn at(field: impl Into<Field>, code: &'static str, text: impl Into<Text>) -> Problem {
        Problem { field: Some(field.into()), code, text: text.into() }
    }

    pub fn whole(code: &'static str, text: impl Into<Text>) -> Problem {
        Problem { field: None, code, text: text.into() }
    }
}

impl Error {
    pub fn fault(what: impl Into<String>) -> Error {
        Error::Fault(Fault { what: what.into(), cause: None })
    }

    pub fn caused(what: impl Into<String>, cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Error {
        Error::Fault(Fault { what: what.into(), cause: Some(cause.into()) })
    }

    /// What the system answered when something was to be read or written; a full disk is told as such ([`DISK_FULL`]).
    pub fn io(what: &str, cause: io::Error) -> Error {
        use io::ErrorKind::{FileTooLarge, QuotaExceeded, StorageFull};
        let is_full = matches!(cause.kind(), StorageFull | QuotaExceeded | FileTooLarge);
        Error::caused(if is_full { DISK_FULL } else { what }, cause)
    }

    /// Whether the database could not be reached, so that the same may succeed in a while.
    pub fn is_away(&self) -> bool {
        matches!(self, Error::Fault(fault) if [AWAY, UNSURE].contains(&fault.what.as_str()))
    }

    /// Whether nobody knows if what was to be kept is kept.
    pub fn is_unsure(&self) -> bool {
        matches!(self, Error::Fault(fault) if fault.what == UNSURE)
    }

    pub fn refused(field: impl Into<Field>, code: &'static str, text: impl Into<Text>) -> Error {
        Error::Refused(vec![Problem::at(field, code, text)])
    }
}

impl From<Problem> for Error {
    fn from(problem: Problem) -> Error {
        Error::Refused(vec![problem])
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Unreadable(text) | Error::Denied(text) => write!(f, "{text}"),
            Error::Refused(problems) => {
                for (i, problem) in problems.iter().enumerate() {
                    let field = problem.field.as_deref().unwrap_or("record");
                    write!(f, "{}{field}: {}", if i > 0 { "; " } else { "" }, problem.text)?;
                }
                Ok(())
            }
            Error::Missing => f.write_str("not there"),
            Error::Conflict(conflict) => write!(f, "{} fields were changed by someone else", conflict.fields.len()),
            Error::Fault(fault) => match &fault.cause {
                Some(cause) => write!(f, "{}: {cause}", fault.what),
                None => f.write_str(&fault.what),
            },
        }
    }
}

impl std::error::Error for Error {}

/// What a [`Fault`] says when the disk of the server is full: people are told so in plain words.
pub const DISK_FULL: &str = "the disk is full";

/// What a [`Fault`] says when the database cannot be reached: it restarts, moves to another machine, or the line to it is cut.
pub const AWAY: &str = "the database does not answer";

/// What a [`Fault`] says when the line was cut while the database was told to keep what was written.
pub const UNSURE: &str = "the database went away before it said whether it kept what was written";
