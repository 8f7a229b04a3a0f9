//! The one filter language: saved views, rights, reports, target lists and the API's query string are this value.

mod parse;
mod resolve;

pub use parse::{from_json, from_query, to_json};
pub use resolve::{Asking, Column, Found, Reach, Test, Where, resolve};

use serde_json::Value as Json;

/// A filter as it is stored and sent: keys and operands as the API writes them, `me` and `today` not yet resolved.
#[derive(Clone, Debug, PartialEq)]
pub enum Filter {
    All(Vec<Filter>),
    Any(Vec<Filter>),
    Not(Box<Filter>),
    /// `customer.town` goes one hop through the link `customer`.
    Test {
        field: String,
        op: Op,
        value: Json,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Op {
    Eq,
    Ne,
    In,
    Lt,
    Le,
    Gt,
    Ge,
    Between,
    Contains,
    Starts,
    Empty,
    Has,
    Within,
}

/// Groups may lie in each other this deep.
const DEEPEST: usize = 6;
/// Tests in one filter.
const MOST_TESTS: usize = 60;

impl Op {
    pub const ALL: [Op; 13] = [
        Op::Eq,
        Op::Ne,
        Op::In,
        Op::Lt,
        Op::Le,
        Op::Gt,
        Op::Ge,
        Op::Between,
        Op::Contains,
        Op::Starts,
        Op::Empty,
        Op::Has,
        Op::Within,
    ];

    pub fn key(self) -> &'static str {
        match self {
            Op::Eq => "eq",
            Op::Ne => "ne",
            Op::In => "in",
            Op::Lt => "lt",
            Op::Le => "le",
            Op::Gt => "gt",
            Op::Ge => "ge",
            Op::Between => "between",
            Op::Contains => "contains",
            Op::Starts => "starts",
            Op::Empty => "empty",
            Op::Has => "has",
            Op::Within => "within",
        }
    }

    pub fn from_key(key: &str) -> Option<Op> {
        Op::ALL.into_iter().find(|op| op.key() == key)
    }

    /// The English word between field and value.
    pub fn label(self) -> &'static str {
        match self {
            Op::Eq => "is",
            Op::Ne => "is not",
            Op::In => "is one of",
            Op::Lt => "less than",
            Op::Le => "at most",
            Op::Gt => "more than",
            Op::Ge => "at least",
            Op::Between => "between",
            Op::Contains => "contains",
            Op::Starts => "starts with",
            Op::Empty => "is empty",
            Op::Has => "has",
            Op::Within => "within",
        }
    }
}

impl Filter {
    pub fn everything() -> Filter {
        Filter::All(Vec::new())
    }

    pub fn is_everything(&self) -> bool {
        matches!(self, Filter::All(parts) if parts.is_empty())
    }

    pub fn test(field: impl Into<String>, op: Op, value: impl Into<Json>) -> Filter {
        Filter::Test { field: field.into(), op, value: value.into() }
    }

    /// Both must hold.
    pub fn and(self, other: Filter) -> Filter {
        match (self, other) {
            (Filter::All(mut parts), Filter::All(more)) => {
                parts.extend(more);
                Filter::All(parts)
            }
            (Filter::All(mut parts), other) => {
                parts.push(other);
                Filter::All(parts)
            }
            (one, Filter::All(mut parts)) => {
                parts.insert(0, one);
                Filter::All(parts)
            }
            (one, other) => Filter::All(vec![one, other]),
        }
    }

    /// The tests that must all hold, when there is nothing else to it: what chips can show.
    pub fn chips(&self) -> Vec<&Filter> {
        match self {
            Filter::All(parts) => parts.iter().collect(),
            other => vec![other],
        }
    }
}
