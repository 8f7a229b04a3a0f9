//! What a field can hold, whatever its kind.

use base::{Id, Money, Rid};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::involved::{Involved, Involving};

/// A field's value. Which variant a field holds follows from its [`crate::Kind`]; every kind may be [`Value::Null`].
#[derive(Clone, Debug, PartialEq, Default)]
pub enum Value {
    #[default]
    Null,
    /// Texts, codes, and the keys of choices and picks; the id of a file or picture.
    Text(String),
    /// Numbers scaled by their kind's decimals, percents by two, durations in seconds.
    Int(i64),
    Tick(bool),
    Money(Money),
    Date(NaiveDate),
    Instant(DateTime<Utc>),
    Link(Rid),
    /// A link as it comes from outside, before its row is known.
    Id(Id),
    /// People in charge, the first first.
    Links(Vec<Rid>),
    /// People as they come from outside.
    Ids(Vec<Id>),
    Involved(Involved),
    /// Subjects as they come from outside.
    Involving(Involving),
    /// Keys of a list.
    Keys(Vec<String>),
    /// E-mails, phones, web links, codes.
    Items(Vec<Item>),
    Addresses(Vec<Address>),
    Place(Place),
}

/// One of several e-mails, phones, web links or codes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct Item {
    pub value: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub primary: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct Address {
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub street: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub zip: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub town: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub province: String,
    /// ISO 3166 alpha-2; empty is Italy.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub country: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub primary: bool,
}

/// A position on the earth in ten-millionths of a degree (WGS 84): about a centimetre.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    pub latitude: i32,
    pub longitude: i32,
}

impl Value {
    /// Null, or a list or text with nothing in it: what "required" and "fill empty fields" mean by empty.
    pub fn is_empty(&self) -> bool {
        match self {
            Value::Null => true,
            Value::Text(text) => text.is_empty(),
            Value::Links(list) => list.is_empty(),
            Value::Ids(list) => list.is_empty(),
            Value::Involved(list) => list.is_empty(),
            Value::Involving(list) => list.is_empty(),
            Value::Keys(list) => list.is_empty(),
            Value::Items(list) => list.is_empty(),
            Value::Addresses(list) => list.is_empty(),
            Value::Tick(on) => !on,
            _ => false,
        }
    }

    pub fn text(&self) -> &str {
        match self {
            Value::Text(text) => text,
            _ => "",
        }
    }

    pub fn links(&self) -> &[Rid] {
        match self {
            Value::Links(links) => links,
            Value::Link(link) => std::slice::from_ref(link),
            Value::Involved(involved) => involved.who(),
            _ => &[],
        }
    }

    pub fn keys(&self) -> &[String] {
        match self {
            Value::Keys(keys) => keys,
            Value::Text(key) => std::slice::from_ref(key),
            _ => &[],
        }
    }

    pub fn items(&self) -> &[Item] {
        match self {
            Value::Items(items) => items,
            _ => &[],
        }
    }

    pub fn addresses(&self) -> &[Address] {
        match self {
            Value::Addresses(addresses) => addresses,
            _ => &[],
        }
    }
}

/// The primary one of several, else the first.
pub fn primary_item(items: &[Item]) -> Option<&Item> {
    items.iter().find(|item| item.primary).or_else(|| items.first())
}

/// The primary one of several, else the first.
pub fn primary_address(addresses: &[Address]) -> Option<&Address> {
    addresses.iter().find(|address| address.primary).or_else(|| addresses.first())
}

impl Address {
    pub fn is_blank(&self) -> bool {
        self.street.is_empty() && self.zip.is_empty() && self.town.is_empty() && self.province.is_empty()
    }

    /// `Via delle Fucine, 14, 24019 Zogno (BG)`
    pub fn one_line(&self) -> String {
        let town = self.town_line();
        match (self.street.is_empty(), town.is_empty()) {
            (false, false) => format!("{}, {town}", self.street),
            (false, true) => self.street.clone(),
            _ => town,
        }
    }

    /// `24019 Zogno (BG)`, with the country when it is not Italy.
    pub fn town_line(&self) -> String {
        let mut line = String::new();
        let mut add = |part: &str| {
            if !part.is_empty() {
                if !line.is_empty() {
                    line.push(' ');
                }
                line.push_str(part);
            }
        };
        add(&self.zip);
        add(&self.town);
        if !self.province.is_empty() {
            add(&format!("({})", self.province));
        }
        if !self.country.is_empty() && self.country != "IT" {
            add(&self.country);
        }
        line
    }
}
