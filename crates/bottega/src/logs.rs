//! The log: lines to standard error, as people read them or as programs do.

use std::io::IsTerminal;

use base::{Error, Result, say};
use serde::Deserialize;
use tracing_subscriber::EnvFilter;

#[derive(clap::ValueEnum, Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    #[default]
    Text,
    /// An object a line.
    Json,
}

/// What is logged where nobody says: what went wrong, and a line for each request.
const USUAL: &str = "info";
/// The same without the requests: whoever tries the demo at a terminal wants to read what it says.
const QUIET: &str = "info,request=warn";

/// Begins to log. `level` is `error`, `warn`, `info`, `debug`, `trace`, or such for parts of the program (`warn,request=info`).
///
/// # Errors
/// `Unreadable` when the level is none.
pub fn begin(form: Form, level: Option<&str>, quiet: bool) -> Result<()> {
    let level = level.unwrap_or(if quiet { QUIET } else { USUAL });
    let filter = EnvFilter::builder().parse(level).map_err(|cause| {
        let why = cause.to_string();
        Error::Unreadable(say!("{level} is no level of the log: {why}", level = level, why = why))
    })?;
    // Colours are for eyes, not for files.
    let seen = std::io::stderr().is_terminal();
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_ansi(seen).with_writer(std::io::stderr);
    match form {
        Form::Text => lines.init(),
        Form::Json => lines.json().flatten_event(true).with_current_span(true).with_span_list(false).init(),
    }
    Ok(())
}
