//! SQL text with its values, and the rows that come back. Values are always bound; identifiers come from declarations.

use base::{Error, Id, Result, Rid};
use chrono::{DateTime, Utc};

/// A statement under construction. `$1`, `$2`… stand for values on both databases.
#[derive(Clone, Debug, Default)]
pub struct Sql {
    pub text: String,
    pub args: Vec<Arg>,
}

/// A value to bind.
#[derive(Clone, Debug, PartialEq)]
pub enum Arg {
    Null,
    Int(i64),
    Text(String),
    Blob(Vec<u8>),
}

/// A value that came back.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    Null,
    Int(i64),
    Real(f64),
    Text(String),
    Blob(Vec<u8>),
}

#[derive(Debug)]
pub struct Row(pub Vec<Cell>);

impl Sql {
    pub fn new(text: impl Into<String>) -> Sql {
        Sql { text: text.into(), args: Vec::new() }
    }

    /// Text that holds no value.
    pub fn push(&mut self, text: &str) -> &mut Sql {
        self.text.push_str(text);
        self
    }

    /// A quoted identifier.
    pub fn name(&mut self, name: &str) -> &mut Sql {
        self.text.push('"');
        self.text.push_str(name);
        self.text.push('"');
        self
    }

    /// A placeholder with its value.
    pub fn bind(&mut self, value: impl Into<Arg>) -> &mut Sql {
        self.args.push(value.into());
        self.text.push('$');
        self.text.push_str(&self.args.len().to_string());
        self
    }

    /// `($1, $2, …)`; nothing is IN it when there are no values, and nothing NOT IN it either.
    pub fn bind_list<T: Into<Arg>>(&mut self, values: impl IntoIterator<Item = T>) -> &mut Sql {
        let before = self.args.len();
        self.text.push('(');
        for value in values {
            if self.args.len() > before {
                self.text.push_str(", ");
            }
            self.bind(value);
        }
        // PostgreSQL knows no empty list.
        self.text.push_str(if self.args.len() == before { "NULL)" } else { ")" });
        self
    }

    /// Binds to placeholders already written as `$1`, `$2`…
    pub fn with<T: Into<Arg>>(mut self, value: T) -> Sql {
        self.args.push(value.into());
        self
    }
}

impl From<i64> for Arg {
    fn from(value: i64) -> Arg {
        Arg::Int(value)
    }
}

impl From<Rid> for Arg {
    fn from(value: Rid) -> Arg {
        Arg::Int(value.0)
    }
}

impl From<bool> for Arg {
    fn from(value: bool) -> Arg {
        Arg::Int(value.into())
    }
}

impl From<&str> for Arg {
    fn from(value: &str) -> Arg {
        Arg::Text(value.to_owned())
    }
}

impl From<&String> for Arg {
    fn from(value: &String) -> Arg {
        Arg::Text(value.clone())
    }
}

impl From<String> for Arg {
    fn from(value: String) -> Arg {
        Arg::Text(value)
    }
}

impl From<Id> for Arg {
    fn from(value: Id) -> Arg {
        Arg::Blob(value.0.as_bytes().to_vec())
    }
}

impl From<Vec<u8>> for Arg {
    fn from(value: Vec<u8>) -> Arg {
        Arg::Blob(value)
    }
}

impl From<DateTime<Utc>> for Arg {
    fn from(value: DateTime<Utc>) -> Arg {
        Arg::Int(value.timestamp_micros())
    }
}

impl<T: Into<Arg>> From<Option<T>> for Arg {
    fn from(value: Option<T>) -> Arg {
        value.map_or(Arg::Null, Into::into)
    }
}

impl From<Cell> for Arg {
    fn from(cell: Cell) -> Arg {
        match cell {
            Cell::Null => Arg::Null,
            Cell::Int(value) => Arg::Int(value),
            Cell::Real(value) => Arg::Text(value.to_string()),
            Cell::Text(value) => Arg::Text(value),
            Cell::Blob(value) => Arg::Blob(value),
        }
    }
}

impl Row {
    pub fn cell(&self, at: usize) -> &Cell {
        self.0.get(at).unwrap_or(&Cell::Null)
    }

    pub fn opt_int(&self, at: usize) -> Option<i64> {
        match self.cell(at) {
            Cell::Int(value) => Some(*value),
            _ => None,
        }
    }

    /// The number at a place; 0 where there is none.
    pub fn int(&self, at: usize) -> i64 {
        self.opt_int(at).unwrap_or(0)
    }

    pub fn rid(&self, at: usize) -> Rid {
        Rid(self.int(at))
    }

    pub fn opt_text(&self, at: usize) -> Option<&str> {
        match self.cell(at) {
            Cell::Text(value) => Some(value),
            _ => None,
        }
    }

    /// The text at a place; an empty one where there is none.
    pub fn text(&self, at: usize) -> &str {
        self.opt_text(at).unwrap_or_default()
    }

    pub fn blob(&self, at: usize) -> &[u8] {
        match self.cell(at) {
            Cell::Blob(value) => value,
            _ => &[],
        }
    }

    pub fn id(&self, at: usize) -> Result<Id> {
        uuid::Uuid::from_slice(self.blob(at)).map(Id).map_err(|cause| Error::caused("an id that is none", cause))
    }

    pub fn instant(&self, at: usize) -> DateTime<Utc> {
        base::clock::instant(self.int(at))
    }

    pub fn opt_instant(&self, at: usize) -> Option<DateTime<Utc>> {
        self.opt_int(at).map(base::clock::instant)
    }
}
