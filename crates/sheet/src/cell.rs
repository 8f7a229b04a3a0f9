//! A value to be written, with its type.

use chrono::{NaiveDate, NaiveDateTime};

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Cell<'a> {
    Empty,
    Text(&'a str),
    /// A quantity; whole numbers show without decimals.
    Number(f64),
    /// An exact amount: `units` of which `scale` figures stand after the decimal sign (cents have a scale of 2).
    Money {
        units: i64,
        scale: u8,
    },
    Date(NaiveDate),
    /// Without a time zone: as the reader's clock shows it.
    DateTime(NaiveDateTime),
    Bool(bool),
}

impl<'a> From<&'a str> for Cell<'a> {
    fn from(text: &'a str) -> Self {
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }
}

/// The amount with a point, exactly.
pub(crate) fn amount(units: i64, scale: u8) -> String {
    let scale = usize::from(scale);
    let figures = format!("{:0>width$}", units.unsigned_abs(), width = scale + 1);
    let (whole, rest) = figures.split_at(figures.len() - scale);
    let sign = if units < 0 { "-" } else { "" };
    if scale == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{rest}") }
}
