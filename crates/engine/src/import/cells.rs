//! One cell of a file as the value of a field, in the writings that people and programs use.

use std::collections::BTreeMap;

use base::dates::{self, DateOrder};
use base::names::split_town_line;
use base::numbers::{self, NumberStyle};
use base::{Problem, Text, email, fold, phones, say};
use chrono::{NaiveDate, NaiveDateTime, TimeZone, Utc};
use chrono_tz::Tz;
use meta::human::{self, Style};
use meta::{Address, FieldDef, Item, Kind, Value};
use sheet::{Column, Decimal};

/// How a column writes, and the words of the field's choices.
pub(super) struct Writing<'a> {
    pub style: Style,
    pub words: Option<&'a BTreeMap<String, String>>,
    /// The kind that the column gives to each of several values.
    pub kind: Option<&'a str>,
}

pub(super) fn style(column: &Column, today: NaiveDate, zone: Tz) -> Style {
    let order = match column.dates {
        sheet::DateOrder::Dmy => DateOrder::Dmy,
        sheet::DateOrder::Mdy => DateOrder::Mdy,
        sheet::DateOrder::Ymd => DateOrder::Ymd,
    };
    let numbers = match column.decimal {
        Decimal::Comma => NumberStyle::Italian,
        Decimal::Point => NumberStyle::English,
    };
    Style { numbers, order, today, zone }
}

/// The value, or why the cell does not read as one. Links are found elsewhere.
pub(super) fn value(cell: &str, def: &FieldDef, writing: &Writing) -> Result<Value, Text> {
    let cell = cell.trim();
    let style = &writing.style;
    let wrong = |problem: Problem| problem.text;
    Ok(match def.kind {
        Kind::Choice(_) | Kind::Pick(_) => Value::Text(key(cell, def, writing).ok_or_else(|| unknown(cell))?),
        Kind::Picks(_) => Value::Keys(keys(cell, def, writing)?),
        Kind::Tick => Value::Tick(tick(cell).ok_or_else(|| unknown(cell))?),
        Kind::Date if is_past(def) => Value::Date(dates::parse_past_date_human(cell, style.today, style.order)?),
        Kind::Instant => instant(cell, style)?,
        Kind::Money => money(cell, style)?,
        Kind::Emails => emails(cell, writing)?,
        Kind::Phones => Value::Items(several(cell, writing, numbers_of)?),
        Kind::WebLinks | Kind::Codes(_) => Value::Items(several(cell, writing, |one| Ok(vec![one.to_owned()]))?),
        Kind::Addresses => Value::Addresses(
            cell.split(';').filter(|one| !one.trim().is_empty()).map(|one| kinded_address(one, writing)).collect(),
        ),
        Kind::Place => {
            let (latitude, longitude) = cell.split_once(',').ok_or_else(|| unknown(cell))?;
            let place = serde_json::json!({ "latitude": latitude.trim(), "longitude": longitude.trim() });
            meta::json::from_json(&place, def.key, &def.kind).map_err(wrong)?
        }
        Kind::File | Kind::Picture => return Err(unknown(cell)),
        ref kind => human::parse(cell, kind, style, def.key).map_err(wrong)?,
    })
}

fn unknown(cell: &str) -> Text {
    say!("{value} is not one of the values offered", value = cell.to_owned())
}

/// Days that cannot lie ahead, so that a year of two digits is one of the last hundred.
fn is_past(def: &FieldDef) -> bool {
    ["born", "birth", "founded"].iter().any(|word| def.key.starts_with(word))
}

fn key(cell: &str, def: &FieldDef, writing: &Writing) -> Option<String> {
    let known = writing.words.and_then(|words| words.get(&fold(cell)));
    known.cloned().or_else(|| match def.kind {
        Kind::Pick(list) | Kind::Picks(list) if list.open => Some(cell.to_owned()),
        _ => None,
    })
}

/// A word of the list, or several between `;`, `|` or commas.
fn keys(cell: &str, def: &FieldDef, writing: &Writing) -> Result<Vec<String>, Text> {
    let is_known = writing.words.is_some_and(|words| words.contains_key(&fold(cell)));
    let separators: &[char] = if is_known { &[] } else { &[';', '|', ',', '\n'] };
    let pieces = cell.split(separators).map(str::trim).filter(|piece| !piece.is_empty());
    pieces.map(|piece| key(piece, def, writing).ok_or_else(|| unknown(piece))).collect()
}

fn tick(cell: &str) -> Option<bool> {
    match fold(cell).as_str() {
        "si" | "s" | "yes" | "y" | "true" | "vero" | "x" | "1" | "v" | "on" | "-1" => Some(true),
        "no" | "n" | "false" | "falso" | "0" | "f" | "off" => Some(false),
        _ => None,
    }
}

fn instant(cell: &str, style: &Style) -> Result<Value, Text> {
    if let Some(instant) = dates::parse_instant_api(cell) {
        return Ok(Value::Instant(instant));
    }
    let forms = ["%d/%m/%Y %H:%M:%S", "%d/%m/%Y %H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M"];
    let local = forms.iter().find_map(|form| NaiveDateTime::parse_from_str(cell, form).ok());
    let local = match local {
        Some(local) => local,
        None => dates::parse_date_human(cell, style.today, style.order)?.and_time(chrono::NaiveTime::MIN),
    };
    let moment = style.zone.from_local_datetime(&local).earliest().ok_or_else(|| unknown(cell))?;
    Ok(Value::Instant(moment.with_timezone(&Utc)))
}

/// An amount in euro, or with another currency's code behind it.
fn money(cell: &str, style: &Style) -> Result<Value, Text> {
    let code = cell
        .rsplit_once([' ', '\u{a0}'])
        .and_then(|(amount, code)| Some((amount, code.parse::<base::Currency>().ok()?)));
    let (amount, currency) = code.unwrap_or((cell, base::Currency::EUR));
    numbers::parse_money_human(amount, style.numbers, currency).map(Value::Money)
}

fn emails(cell: &str, writing: &Writing) -> Result<Value, Text> {
    let items = several(cell, writing, |one| match email::normalise_all(one) {
        found if found.is_empty() => Err(say!("“{value}” is not an e-mail address", value = one.to_owned())),
        found => Ok(found),
    })?;
    Ok(Value::Items(items))
}

/// Numbers that can be read, or the text as it is when it has the digits of a number.
fn numbers_of(cell: &str) -> Result<Vec<String>, Text> {
    let found = phones::parse_all(cell, "IT");
    if !found.is_empty() {
        let written = |phone: phones::Phone| match phone.extension {
            // RFC 3966
            Some(extension) => format!("{};ext={extension}", phone.e164),
            None => phone.e164,
        };
        return Ok(found.into_iter().map(written).collect());
    }
    match cell.bytes().filter(u8::is_ascii_digit).count() {
        5..=15 => Ok(vec![cell.to_owned()]),
        _ => Err(say!("{value} does not read as a phone number", value = cell.to_owned())),
    }
}

/// Values between `;`, each with the kind before a colon where there is one.
fn several(cell: &str, writing: &Writing, read: impl Fn(&str) -> Result<Vec<String>, Text>) -> Result<Vec<Item>, Text> {
    let mut items: Vec<Item> = Vec::new();
    for piece in cell.split([';', '\n']).filter(|piece| !piece.trim().is_empty()) {
        let (kind, rest) = kinded(piece, writing);
        for value in read(rest)? {
            // A number that begins as mobile ones do is one, whatever the column is called.
            let mobile = value.starts_with("+393")
                && value.len() == 13
                && kind.as_deref() == Some("work")
                && writing.kind.is_some();
            let kind = if mobile { Some("mobile".to_owned()) } else { kind.clone() };
            items.push(Item { value, kind, primary: false });
        }
    }
    Ok(items)
}

fn kinded<'a>(piece: &'a str, writing: &Writing) -> (Option<String>, &'a str) {
    let named =
        piece.split_once(':').and_then(|(kind, rest)| Some((writing.words?.get(&fold(kind))?.clone(), rest.trim())));
    match named {
        Some((kind, rest)) => (Some(kind), rest),
        None => (writing.kind.map(str::to_owned), piece.trim()),
    }
}

fn kinded_address(piece: &str, writing: &Writing) -> Address {
    let (kind, rest) = kinded(piece, writing);
    Address { kind, ..address(rest) }
}

/// `Via Roma, 1 - 20121 Milano (MI)`, in one line or several: what stands before the postal code is the street.
pub(super) fn address(text: &str) -> Address {
    let text = text.trim();
    if let Some((rest, code)) = text.rsplit_once(' ').filter(|(_, code)| is_sigla(code)) {
        let abroad = address(rest.trim_end_matches([',', ' ']));
        // FR is France, and Frosinone: the town tells.
        let here = towns::Towns::get().find(&abroad.town).iter().any(|town| town.province == code);
        let italian =
            towns::Towns::get().province_exists(code) && towns::Towns::get().by_zip(&abroad.zip).next().is_some();
        if !abroad.town.is_empty() && !here && !italian {
            return Address { country: code.to_owned(), ..abroad };
        }
    }
    let cuts: Vec<(usize, usize)> = [" - ", ", ", "\n", " – "]
        .iter()
        .flat_map(|sign| text.match_indices(sign).map(|(at, sign)| (at, at + sign.len())))
        .collect();
    let cut = |(end, start): &(usize, usize)| split_town_line(&text[*start..]).map(|line| (&text[..*end], line));
    let mut places = cuts;
    places.sort_unstable();
    let with_zip = places.iter().filter_map(cut).find(|(_, line)| line.zip.is_some());
    let found = with_zip.or_else(|| places.iter().rev().find_map(cut)).or_else(|| Some(("", split_town_line(text)?)));
    match found {
        Some((street, line)) => Address {
            street: street.trim().to_owned(),
            zip: line.zip.unwrap_or_default(),
            town: line.town,
            province: line.province.unwrap_or_default(),
            ..Address::default()
        },
        None => Address { street: text.to_owned(), ..Address::default() },
    }
}

fn is_sigla(code: &str) -> bool {
    code.len() == 2 && code.bytes().all(|b| b.is_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_in_one_cell_is_taken_apart() {
        let read = address("Via Guglielmo Marconi, n. 6 - 95040 Mirabella Imbaccari (CT)");
        assert_eq!((read.street.as_str(), read.zip.as_str()), ("Via Guglielmo Marconi, n. 6", "95040"));
        assert_eq!((read.town.as_str(), read.province.as_str()), ("Mirabella Imbaccari", "CT"));
        let read = address("Via Roma, 1, Milano (MI)");
        assert_eq!((read.street.as_str(), read.town.as_str(), read.province.as_str()), ("Via Roma, 1", "Milano", "MI"));
        assert_eq!(address("20121 Milano (MI)").town, "Milano");
        assert_eq!(address("Via Roma, 1, 03100 Frosinone FR").province, "FR");
        assert_eq!(address("Via Roma, 1, 20121 Borgo Ignoto MI").province, "MI");
        assert_eq!(address("Via Senza Numero").street, "Via Senza Numero");
        let abroad = address("10 Rue de la Paix, 75002 Paris FR");
        assert_eq!(
            (abroad.street.as_str(), abroad.town.as_str(), abroad.country.as_str()),
            ("10 Rue de la Paix", "Paris", "FR")
        );
    }

    #[test]
    fn what_is_no_phone_number_is_not_taken_for_one() {
        assert!(numbers_of("NON chiamare").is_err());
        assert_eq!(numbers_of("0574 388942 / 339 8599885").map(|found| found.len()), Ok(2));
    }
}
