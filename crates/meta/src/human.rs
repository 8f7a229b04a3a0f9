//! Values as people write and read them: in forms, cells, exported files.

use base::dates::{self, DateOrder};
use base::numbers::{self, NumberStyle};
use base::words::Language;
use base::{Currency, Problem, phones};
use chrono::NaiveDate;
use chrono_tz::Tz;

use crate::kind::Kind;
use crate::value::{Value, primary_address, primary_item};

/// How a reader writes numbers and dates.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    pub numbers: NumberStyle,
    pub order: DateOrder,
    pub today: NaiveDate,
    pub zone: Tz,
}

impl Style {
    pub fn of(language: Language, today: NaiveDate, zone: Tz) -> Style {
        let numbers = match language {
            Language::It => NumberStyle::Italian,
            Language::En => NumberStyle::English,
        };
        Style { numbers, order: DateOrder::Dmy, today, zone }
    }
}

/// A value that one line of text can say; links, lists and closed sets are read by their labels elsewhere. An empty text is null.
pub fn parse(text: &str, kind: &Kind, style: &Style, at: &str) -> Result<Value, Problem> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(Value::Null);
    }
    let wrong = |why| Problem::at(at, "invalid", why);
    Ok(match kind {
        Kind::Number { decimals, unit } => {
            let bare = text.strip_suffix(unit).unwrap_or(text);
            Value::Int(numbers::parse_human(bare, style.numbers, *decimals).map_err(wrong)?)
        }
        Kind::Percent => Value::Int(numbers::parse_human(text.trim_end_matches('%'), style.numbers, 2).map_err(wrong)?),
        Kind::Money => Value::Money(numbers::parse_money_human(text, style.numbers, Currency::EUR).map_err(wrong)?),
        Kind::Date => Value::Date(dates::parse_date_human(text, style.today, style.order).map_err(wrong)?),
        Kind::Duration => Value::Int(duration(text).ok_or_else(|| wrong("A duration is written 1:30 or 90".into()))?),
        Kind::Instant => crate::json::from_json(&text.into(), at, kind)?,
        Kind::Tick => Value::Tick(!matches!(text, "0" | "false" | "no" | "No" | "NO" | "off" | "n" | "N" | "F")),
        _ => Value::Text(text.to_owned()),
    })
}

/// Minutes, or hours and minutes.
fn duration(text: &str) -> Option<i64> {
    let minutes = match text.split_once(':') {
        Some((hours, minutes)) => {
            let minutes: i64 = minutes.parse().ok().filter(|minutes| (0..60).contains(minutes))?;
            hours.parse::<u16>().ok().map(i64::from)? * 60 + minutes
        }
        None => text.parse::<u32>().ok()?.into(),
    };
    Some(minutes * 60)
}

/// What a reader sees of a value without links and labels: several values show their primary one.
pub fn show(value: &Value, kind: &Kind, style: &Style) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Int(number) => match kind {
            Kind::Number { decimals, unit } => {
                let number = written(*number, *decimals, style);
                if unit.is_empty() { number } else { format!("{number}\u{a0}{unit}") }
            }
            Kind::Percent => format!("{}\u{a0}%", written(*number, 2, style)),
            _ => format!("{}:{:02}", number / 3600, number / 60 % 60),
        },
        Value::Money(money) => numbers::format_money_human(*money, style.numbers),
        Value::Date(day) => dates::format_date(*day),
        Value::Instant(at) => dates::format_instant(*at, style.zone),
        Value::Items(items) => match primary_item(items) {
            Some(item) => show_item(&item.value, kind),
            None => String::new(),
        },
        Value::Addresses(addresses) => primary_address(addresses).map(crate::Address::one_line).unwrap_or_default(),
        Value::Place(place) => format!(
            "{}, {}",
            numbers::format_scaled(place.latitude.into(), 7),
            numbers::format_scaled(place.longitude.into(), 7)
        ),
        Value::Null
        | Value::Tick(_)
        | Value::Link(_)
        | Value::Links(_)
        | Value::Id(_)
        | Value::Ids(_)
        | Value::Involved(_)
        | Value::Involving(_)
        | Value::Keys(_) => String::new(),
    }
}

/// A number without the decimals that say nothing: 12,000 would be read as twelve thousand.
fn written(mut number: i64, mut decimals: u8, style: &Style) -> String {
    while decimals > 0 && number % 10 == 0 {
        number /= 10;
        decimals -= 1;
    }
    numbers::format_human(number, decimals, style.numbers)
}

/// One of several values as a reader sees it.
pub fn show_item(value: &str, kind: &Kind) -> String {
    match (kind, value.split_once(";ext=")) {
        (Kind::Phones, Some((number, extension))) => format!("{} int. {extension}", phones::readable(number)),
        (Kind::Phones, None) => phones::readable(value),
        _ => value.to_owned(),
    }
}

/// What stands in an input for a person to change: numbers without unit, money without sign.
pub fn input(value: &Value, kind: &Kind, style: &Style) -> String {
    match (value, kind) {
        (Value::Int(number), Kind::Number { decimals, .. }) => written(*number, *decimals, style),
        (Value::Int(number), Kind::Percent) => written(*number, 2, style),
        (Value::Money(money), _) => numbers::format_human(money.minor, money.currency.minor_digits(), style.numbers),
        (Value::Tick(on), _) => if *on { "true" } else { "" }.to_owned(),
        _ => show(value, kind, style),
    }
}
