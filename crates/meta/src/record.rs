//! A record: values by position in its model.

use base::{Id, Rid};
use chrono::{DateTime, Utc};

use crate::value::Value;

/// One record, or as much of it as was asked for: the values of columns that were not read are null.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    pub rid: Rid,
    pub id: Id,
    /// Rises with every change that a person made; what rules keep does not raise it.
    pub version: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    pub deleted_at: Option<DateTime<Utc>>,
    pub title: String,
    pub values: Vec<Value>,
}
