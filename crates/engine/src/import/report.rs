//! What came of an import: counts, and every row with something to say.

use std::collections::BTreeMap;

use base::text::Argument;
use base::words::Words;
use base::{Id, Problem, Text};
use serde::{Deserialize, Serialize};

/// Rows that a report names, of each kind of problem and in all; the counts go on, and refused rows are all in their file.
const NAMED_EACH: u64 = 100;
const NAMED: usize = 600;

/// Counts are of rows, and `read` is the sum of created, updated, skipped and refused; blank rows are not read.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// None when nothing was written, as in a rehearsal.
    #[serde(with = "crate::ids")]
    pub operation: Option<Id>,
    pub read: u64,
    pub created: u64,
    pub updated: u64,
    pub skipped: u64,
    pub refused: u64,
    /// Problems of rows that came in all the same.
    pub warnings: u64,
    /// The refused rows in the file's own shape with a column of reasons; none when all came in.
    pub refused_file: Option<String>,
    /// How often each problem was met, as `field/code`.
    pub tally: BTreeMap<String, u64>,
    /// The first rows with something to say, in the file's order.
    pub rows: Vec<RowReport>,
    pub cancelled: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    Created,
    Updated,
    /// There already, with nothing to add.
    Skipped,
    Refused,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RowReport {
    /// Data row, counted from 1.
    pub row: u64,
    /// Physical line, or row of the sheet.
    pub line: u64,
    pub title: String,
    pub outcome: Outcome,
    pub problems: Vec<Said>,
}

/// A problem in the reader's words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Said {
    pub field: Option<String>,
    pub code: String,
    pub text: String,
    /// The same without the row's own words; empty where there are none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub general: String,
}

impl Said {
    pub(crate) fn of(problem: &Problem, words: Option<&Words>) -> Said {
        let said = |text: &Text| words.map_or_else(|| text.to_string(), |words| words.text(text));
        let own = problem.text.arguments.iter().map(|(name, _)| (*name, Argument::Word("…".to_owned())));
        let general = Text { english: problem.text.english.clone(), arguments: own.collect() };
        let general = if general.arguments.is_empty() { String::new() } else { said(&general) };
        Said { field: problem.field.clone(), code: problem.code.to_owned(), text: said(&problem.text), general }
    }

    /// What holds for every row with this problem.
    pub fn of_all(&self) -> &str {
        if self.general.is_empty() { &self.text } else { &self.general }
    }
}

impl Report {
    pub(super) fn add(&mut self, row: RowReport) {
        self.read += 1;
        match row.outcome {
            Outcome::Created => self.created += 1,
            Outcome::Updated => self.updated += 1,
            Outcome::Skipped => self.skipped += 1,
            Outcome::Refused => self.refused += 1,
        }
        if row.outcome != Outcome::Refused {
            self.warnings += row.problems.len() as u64;
        }
        let mut named = false;
        for problem in &row.problems {
            let field = problem.field.as_deref().and_then(|field| field.split('/').next()).unwrap_or_default();
            let count = self.tally.entry(format!("{field}/{}", problem.code)).or_default();
            *count += 1;
            named |= *count <= NAMED_EACH;
        }
        if named && self.rows.len() < NAMED {
            self.rows.push(row);
        }
    }
}
