//! What the program says to the person at the keyboard, in their language: messages to stderr, results to stdout.

use std::io::Write;
use std::process::ExitCode;

use base::error::DISK_FULL;
use base::words::Language;
use base::{Error, Result, Text, Words, say};
use web::WordsOf;

/// The fault is ours.
pub const FAULT: u8 = 1;
/// The command was written wrongly.
pub const USAGE: u8 = 2;
/// What was given cannot be used.
pub const INPUT: u8 = 3;

pub struct Tell {
    words: WordsOf,
    language: Language,
}

impl Tell {
    pub fn new(language: Language) -> Result<Tell> {
        Ok(Tell { words: words()?, language })
    }

    pub fn words(&self) -> &Words {
        self.words.of(self.language)
    }

    /// A sentence to stderr.
    pub fn say(&self, text: impl Into<Text>) {
        eprintln!("{}", self.words().text(&text.into()));
    }

    /// A sentence of the help.
    pub fn help(&self, english: &str) -> String {
        self.words().text(&Text { english: english.to_owned().into(), arguments: Vec::new() })
    }

    /// A line of the result. Whoever reads it may be gone already.
    pub fn result(&self, line: &str) {
        let mut out = std::io::stdout().lock();
        let _ = writeln!(out, "{line}").and_then(|()| out.flush());
    }

    /// The words for an error, and the code to end with.
    pub fn failed(&self, error: &Error) -> ExitCode {
        match error {
            Error::Unreadable(text) | Error::Denied(text) => self.say(text.clone()),
            Error::Refused(problems) => problems.iter().for_each(|problem| match problem.field.as_deref() {
                Some(field) => eprintln!("{field}: {}", self.words().text(&problem.text)),
                None => self.say(problem.text.clone()),
            }),
            Error::Missing => self.say("There is no such record"),
            Error::Conflict(_) => self.say("Somebody else changed this at the same moment: try again"),
            Error::Fault(fault) if fault.what == DISK_FULL => {
                self.say("The disk is full: make room and do it again");
                return ExitCode::from(FAULT);
            }
            Error::Fault(_) => {
                self.say(say!("Something went wrong: {what}", what = error.to_string()));
                return ExitCode::from(FAULT);
            }
        }
        ExitCode::from(INPUT)
    }
}

/// The words of shell, modules and command line.
pub fn words() -> Result<WordsOf> {
    let sources: Vec<&str> = crm::ITALIAN.iter().copied().chain([include_str!("it.ftl")]).collect();
    WordsOf::new(&sources)
}
