//! What a file's columns mean and what happens to records that are there already: shown, corrected, kept as a profile.

use std::collections::BTreeMap;

use base::fold;
use serde::{Deserialize, Serialize};
use sheet::Shape;

/// Everything an import depends on beside the file itself. Serialised it is a profile.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    /// The entity's key.
    pub entity: String,
    pub shape: Shape,
    /// One for each column of the shape, in its order.
    pub columns: Vec<ColumnPlan>,
    #[serde(default)]
    pub constants: Vec<Constant>,
    #[serde(default)]
    pub duplicates: Duplicates,
    /// The words that stand for the keys of a field's choices, folded: `{"stage": {"potenziale": "prospect"}}`.
    #[serde(default)]
    pub words: BTreeMap<String, BTreeMap<String, String>>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ColumnPlan {
    pub header: String,
    /// What the column's cells become; several where one word says several things.
    pub targets: Vec<Target>,
    pub confidence: Confidence,
    /// What a person should know of it, as an English sentence of the program's words; empty when there is nothing.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "to")]
pub enum Target {
    /// The field of this key; of several values one more, of the given kind.
    Field {
        field: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        kind: Option<String>,
    },
    /// A part of an address; parts of the same field and kind make one address.
    Address {
        field: String,
        part: AddressPart,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        kind: Option<String>,
    },
    /// Kept as a labelled line of the description: `Agente: Galli S.`
    Line,
    Ignore,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AddressPart {
    /// Street and number, and the rest of the address where it stands behind them.
    Street,
    Zip,
    /// The town, and postal code and province where they stand around it: `20121 Milano (MI)`.
    Town,
    Province,
    /// ISO 3166 alpha-2, or the Italian's own country in words.
    Country,
    /// `Via Roma, 1, 20121 Milano (MI)`
    Whole,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// Somebody has to say where it goes; until then it is kept as a line.
    Choose,
    /// Probably right, and worth a look.
    Check,
    Certain,
}

/// A value that every record of the file gets where its row has none, as the file would write it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Constant {
    pub field: String,
    pub value: String,
}

/// What happens to a row whose record is there already.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Policy {
    /// What is empty is filled, of several values the missing ones are added, nothing is replaced.
    #[default]
    Fill,
    /// The record stays as it is.
    Skip,
    /// What the row says holds; what it leaves empty stays.
    Overwrite,
    /// Every row becomes a record.
    Create,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Duplicates {
    pub policy: Policy,
    /// Fields by which records are known again; none asks the entity's declaration.
    #[serde(default)]
    pub keys: Option<Vec<String>>,
    /// Whether the same name in the same town is the same record.
    pub name_and_town: bool,
}

impl Default for Duplicates {
    fn default() -> Duplicates {
        Duplicates { policy: Policy::Fill, keys: None, name_and_town: true }
    }
}

impl Plan {
    /// This profile for another file: columns keep what they were by their names; of new ones `fresh` says what they are.
    pub fn applied_to(&self, fresh: Plan) -> Plan {
        let known = |header: &str| self.columns.iter().find(|column| fold(&column.header) == fold(header));
        let columns = fresh.columns.into_iter().map(|column| match known(&column.header) {
            Some(column) => column.clone(),
            None => ColumnPlan { confidence: column.confidence.min(Confidence::Check), ..column },
        });
        let mut words = fresh.words;
        words.extend(self.words.clone());
        Plan {
            entity: fresh.entity,
            columns: columns.collect(),
            shape: fresh.shape,
            constants: self.constants.clone(),
            duplicates: self.duplicates.clone(),
            words,
        }
    }
}

impl Target {
    pub(crate) fn field(field: &str) -> Target {
        Target::Field { field: field.to_owned(), kind: None }
    }

    /// The field that it goes to, if it goes to one.
    pub fn field_key(&self) -> Option<&str> {
        match self {
            Target::Field { field, .. } | Target::Address { field, .. } => Some(field),
            Target::Line | Target::Ignore => None,
        }
    }
}
