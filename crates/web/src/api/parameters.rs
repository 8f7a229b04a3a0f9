//! The parameters of a query string: each known one taken once, the rest named in the refusal.

use base::{Problem, say};

use crate::api::ask::Call;
use crate::api::problem::{Failure, Result, escaped};

/// What was not taken yet.
pub struct Parameters(Vec<(String, String)>);

/// Records on a page, unless asked otherwise, and at most.
const USUAL_LIMIT: usize = 50;
const MOST: usize = 200;

impl Parameters {
    pub fn of(call: &Call) -> Parameters {
        Parameters(call.query.clone())
    }

    /// The value of a parameter that is given once at most.
    pub fn take(&mut self, name: &str) -> Result<Option<String>> {
        let (mut taken, rest): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.0).into_iter().partition(|(given, _)| given == name);
        self.0 = rest;
        let value = taken.pop().map(|(_, value)| value);
        match taken.is_empty() {
            true => Ok(value),
            false => Err(Failure::parameter(name, "twice", say!("{name} is given twice", name = name))),
        }
    }

    /// Parts between commas; none when the parameter is not given.
    pub fn words(&mut self, name: &str) -> Result<Option<Vec<String>>> {
        let parts = |value: String| {
            value.split(',').map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
        };
        Ok(self.take(name)?.map(parts))
    }

    pub fn limit(&mut self) -> Result<usize> {
        let Some(written) = self.take("limit")? else { return Ok(USUAL_LIMIT) };
        let limit = written.parse().ok().filter(|limit| (1..=MOST).contains(limit));
        limit.ok_or_else(|| {
            Failure::parameter("limit", "invalid", say!("The limit is a number from 1 to {most}", most = MOST))
        })
    }

    pub fn tick(&mut self, name: &str) -> Result<bool> {
        match self.take(name)?.as_deref() {
            None | Some("0" | "false") => Ok(false),
            Some("1" | "true") => Ok(true),
            Some(_) => Err(Failure::parameter(name, "invalid", say!("{name} is 1 or 0", name = name))),
        }
    }

    pub fn rest(self) -> Vec<(String, String)> {
        self.0
    }

    /// There may be no others.
    pub fn end(self) -> Result<()> {
        let stranger = |(name, _): &(String, String)| {
            Problem::at(escaped(name), "unknown", say!("There is no parameter {name}", name = name.as_str()))
        };
        match self.0.is_empty() {
            true => Ok(()),
            false => Err(Failure::query(self.0.iter().map(stranger).collect())),
        }
    }
}
