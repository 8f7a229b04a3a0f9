//! Values in their normal form: what is stored, compared and searched, whoever wrote it and however.

use base::codes::{self, Code};
use base::{Problem, Text, email, names, phones, say};

use crate::field::FieldDef;
use crate::kind::{Kind, LONGEST};
use crate::value::{Address, Item, Value};

/// The normal form of a value of the right type, or what is wrong with it. What is odd and yet kept (a wrong check digit,
/// an unreadable phone number) is told to `warn`.
pub fn normalise(value: Value, def: &FieldDef, warn: &mut Vec<Problem>) -> Result<Value, Problem> {
    let at = def.key;
    within(&value, def)?;
    Ok(match (value, &def.kind) {
        (Value::Null, Kind::Tick) => Value::Tick(false),
        (Value::Text(text), Kind::Text { max }) => one_line(&text, *max, at)?,
        (Value::Text(text), Kind::LongText | Kind::RichText) => several_lines(&text, at)?,
        (Value::Text(text), Kind::Code(kind)) => match code(&text, *kind, at, warn)? {
            code if code.is_empty() => Value::Null,
            code => Value::Text(code),
        },
        (Value::Text(key), Kind::Choice(choices)) if !key.is_empty() => {
            match choices.iter().any(|choice| choice.key == key) {
                true => Value::Text(key),
                false => return Err(not_offered(at, key)),
            }
        }
        (Value::Text(text), _) if text.is_empty() => Value::Null,
        (Value::Items(items), kind) => items_of(items, kind, at, warn)?,
        (Value::Addresses(addresses), _) => addresses_of(addresses, at)?,
        (Value::Keys(mut keys), _) => {
            let mut seen = std::collections::HashSet::new();
            keys.retain(|key| !key.is_empty() && seen.insert(key.clone()));
            if keys.is_empty() { Value::Null } else { Value::Keys(keys) }
        }
        (Value::Links(mut links), _) => {
            let mut seen = std::collections::HashSet::new();
            links.retain(|link| seen.insert(*link));
            if links.is_empty() { Value::Null } else { Value::Links(links) }
        }
        (Value::Involved(involved), _) => match involved.once() {
            none if none.is_empty() => Value::Null,
            involved => Value::Involved(involved),
        },
        (Value::Involving(involving), _) => Value::Involving(involving.once()),
        (value, _) => value,
    })
}

/// Whether a number lies where its field allows.
fn within(value: &Value, def: &FieldDef) -> Result<(), Problem> {
    let (number, digits, unit) = match (value, &def.kind) {
        (Value::Int(number), Kind::Percent) => (*number, 2, "\u{a0}%"),
        (Value::Int(number), Kind::Number { decimals, .. }) => (*number, *decimals, ""),
        (Value::Money(money), _) => (money.minor, money.currency.minor_digits(), ""),
        _ => return Ok(()),
    };
    let whole = |limit: i64| limit.saturating_mul(10_i64.saturating_pow(u32::from(digits)));
    let below = def.least.filter(|least| number < whole(*least));
    let above = def.most.filter(|most| number > whole(*most));
    let said = |limit: i64| format!("{limit}{unit}");
    let text = match (below.or(above), def.least, def.most) {
        (None, ..) | (_, None, None) => return Ok(()),
        (_, Some(least), Some(most)) => {
            say!("This lies between {least} and {most}", least = said(least), most = said(most))
        }
        (_, Some(least), None) => say!("This cannot be below {least}", least = said(least)),
        (_, None, Some(most)) => say!("This cannot be above {most}", most = said(most)),
    };
    Err(Problem::at(def.key, "range", text))
}

pub fn not_offered(at: &str, key: String) -> Problem {
    Problem::at(at, "unknown", say!("{value} is not one of the values offered", value = key))
}

fn one_line(text: &str, max: usize, at: &str) -> Result<Value, Problem> {
    let line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
    fits(&line, max, at)?;
    Ok(if line.is_empty() { Value::Null } else { Value::Text(line) })
}

fn several_lines(text: &str, at: &str) -> Result<Value, Problem> {
    let text: String =
        text.replace("\r\n", "\n").chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
    let text = text.trim();
    fits(text, LONGEST, at)?;
    Ok(if text.is_empty() { Value::Null } else { Value::Text(text.to_owned()) })
}

fn fits(text: &str, max: usize, at: &str) -> Result<(), Problem> {
    let length = text.chars().count();
    if length <= max {
        return Ok(());
    }
    Err(Problem::at(
        at,
        "too_long",
        say!("At most {most} characters fit here: these are {count}", most = max, count = length),
    ))
}

fn code(text: &str, kind: Code, at: &str, warn: &mut Vec<Problem>) -> Result<String, Problem> {
    let code = codes::normalise(kind, text);
    fits(&code, 60, at)?;
    if let Some(text) = codes::warning(kind, &code).filter(|_| !code.is_empty()) {
        warn.push(Problem::at(at, "unverified", text));
    }
    Ok(code)
}

fn items_of(items: Vec<Item>, kind: &Kind, at: &str, warn: &mut Vec<Problem>) -> Result<Value, Problem> {
    let mut normal: Vec<Item> = Vec::with_capacity(items.len());
    for (index, mut item) in items.into_iter().enumerate() {
        let written = item.value.trim();
        if written.is_empty() {
            continue;
        }
        let place = format!("{at}/{index}/value");
        fits(written, 300, &place)?;
        item.value = match kind {
            Kind::Emails => email::normalise(written).ok_or_else(|| {
                Problem::at(
                    place.clone(),
                    "invalid",
                    say!("“{value}” is not an e-mail address", value = written.to_owned()),
                )
            })?,
            Kind::Phones => match phones::parse(written, "IT") {
                Some(phone) => match phone.extension {
                    // RFC 3966
                    Some(extension) => format!("{};ext={extension}", phone.e164),
                    None => phone.e164,
                },
                None => {
                    warn.push(Problem::at(place, "unverified", no_phone(written)));
                    written.to_owned()
                }
            },
            Kind::WebLinks => web_link(written)
                .ok_or_else(|| Problem::at(place, "invalid", Text::from("This is not a web address")))?,
            Kind::Codes(code_kind) => code(written, *code_kind, &place, warn)?,
            _ => written.to_owned(),
        };
        // Of a code that was nothing but signs between its parts nothing is left.
        if item.value.is_empty() {
            continue;
        }
        let known = kind.item_kinds();
        if let Some(key) = item.kind.take_if(|key| !known.iter().any(|choice| choice.key == key))
            && !key.is_empty()
        {
            return Err(not_offered(&format!("{at}/{index}/kind"), key));
        }
        if !normal.iter().any(|other| other.value == item.value) {
            normal.push(item);
        }
    }
    one_primary(&mut normal, |item| &mut item.primary);
    Ok(if normal.is_empty() { Value::Null } else { Value::Items(normal) })
}

/// What is odd about one of several values that was kept all the same.
pub fn doubt(value: &str, kind: &Kind) -> Option<Text> {
    match kind {
        Kind::Codes(kind) => codes::warning(*kind, value),
        Kind::Phones if phones::parse(value.split(';').next().unwrap_or_default(), "IT").is_none() => {
            Some(no_phone(value))
        }
        _ => None,
    }
}

fn no_phone(written: &str) -> Text {
    say!("{value} does not read as a phone number: it is kept as it is", value = written.to_owned())
}

fn addresses_of(addresses: Vec<Address>, at: &str) -> Result<Value, Problem> {
    let mut normal = Vec::with_capacity(addresses.len());
    for (index, mut address) in addresses.into_iter().enumerate() {
        let known = Kind::Addresses.item_kinds();
        for (part, max, name) in [
            (&mut address.street, 200, "street"),
            (&mut address.zip, 12, "zip"),
            (&mut address.town, 100, "town"),
            (&mut address.province, 40, "province"),
            (&mut address.country, 2, "country"),
        ] {
            *part = part.split_whitespace().collect::<Vec<_>>().join(" ");
            fits(part, max, &format!("{at}/{index}/{name}"))?;
        }
        address.street = names::unshout(&address.street, names::NameKind::Street);
        address.town = names::unshout(&address.town, names::NameKind::Town);
        address.country.make_ascii_uppercase();
        if address.country == "IT" {
            address.country.clear();
        }
        if address.country.is_empty() {
            address.province = address.province.to_uppercase();
        }
        if let Some(key) = address.kind.take_if(|key| !known.iter().any(|choice| choice.key == key))
            && !key.is_empty()
        {
            return Err(not_offered(&format!("{at}/{index}/kind"), key));
        }
        if !address.is_blank() && !normal.contains(&address) {
            normal.push(address);
        }
    }
    one_primary(&mut normal, |address| &mut address.primary);
    Ok(if normal.is_empty() { Value::Null } else { Value::Addresses(normal) })
}

/// Exactly one of several is the primary one: the first marked, else the first.
fn one_primary<T>(list: &mut [T], primary: impl Fn(&mut T) -> &mut bool) {
    let chosen = list.iter_mut().position(|one| *primary(one)).unwrap_or(0);
    list.iter_mut().enumerate().for_each(|(index, one)| *primary(one) = index == chosen);
}

/// A web address with its scheme; only http and https, so that a link can never run a script.
fn web_link(written: &str) -> Option<String> {
    if written.contains(char::is_whitespace) {
        return None;
    }
    let lower = written.to_ascii_lowercase();
    if lower.starts_with("http://") || lower.starts_with("https://") {
        return Some(written.to_owned());
    }
    let scheme = lower
        .split_once(':')
        .is_some_and(|(scheme, rest)| !scheme.contains('.') && !rest.starts_with(|c: char| c.is_ascii_digit()));
    (!scheme && lower.contains('.')).then(|| format!("https://{written}"))
}

/// The keys under which a value is found: phones by their digits, towns and what is typed freely folded.
pub fn lookup_keys(value: &Value, kind: &Kind) -> Vec<String> {
    let key = |text: &str| match kind {
        Kind::Phones => phones::lookup_key(text),
        Kind::File | Kind::Picture => text.to_owned(),
        _ => base::text_key(text),
    };
    let mut keys: Vec<String> = match value {
        Value::Text(text) => vec![key(text)],
        Value::Items(items) => items.iter().map(|item| key(&item.value)).collect(),
        Value::Addresses(addresses) => addresses.iter().map(|address| base::text_key(&address.town)).collect(),
        Value::Keys(keys) => keys.iter().map(|key| base::text_key(key)).collect(),
        _ => Vec::new(),
    };
    keys.retain(|key| !key.is_empty());
    keys.sort();
    keys.dedup();
    keys
}

/// The folded text that rows are sorted and compared by; none when empty.
pub fn sort_key(value: &Value) -> Option<String> {
    let key = match value {
        Value::Text(text) => base::text_key(text),
        Value::Items(items) => base::text_key(&crate::value::primary_item(items)?.value),
        Value::Addresses(addresses) => base::text_key(&crate::value::primary_address(addresses)?.town),
        Value::Keys(keys) => base::text_key(&keys.join(" ")),
        _ => return None,
    };
    (!key.is_empty()).then_some(key)
}
