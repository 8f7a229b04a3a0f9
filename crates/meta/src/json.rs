//! Values as the API writes them.

use base::{Currency, Id, Money, Problem, Rid, numbers, say};
use chrono::{DateTime, NaiveDate, Utc};
use serde_json::{Map, Value as Json, json};

use crate::involved::Involving;
use crate::kind::Kind;
use crate::value::{Address, Item, Place, Value};

/// The JSON of a value. `link` writes a link to a row: `{"id", "title"}`, or `{"hidden": true}`.
pub fn to_json(value: &Value, kind: &Kind, link: &dyn Fn(Rid) -> Json) -> Json {
    match value {
        Value::Null => match kind {
            Kind::Tick => Json::Bool(false),
            several if several.is_several() => json!([]),
            _ => Json::Null,
        },
        Value::Text(text) => json!(text),
        Value::Int(number) => match kind {
            Kind::Number { decimals: 0, .. } | Kind::Duration => json!(number),
            Kind::Number { decimals, .. } => json!(numbers::format_scaled(*number, *decimals)),
            _ => json!(numbers::format_scaled(*number, 2)),
        },
        Value::Tick(on) => json!(on),
        Value::Money(money) => json!({ "amount": money.to_decimal_string(), "currency": money.currency.to_string() }),
        Value::Date(day) => json!(day.to_string()),
        Value::Instant(at) => json!(base::dates::format_instant_api(*at)),
        Value::Link(rid) => link(*rid),
        Value::Links(rids) => rids.iter().map(|rid| link(*rid)).collect(),
        Value::Id(id) => json!({ "id": id.to_string() }),
        Value::Ids(ids) => ids.iter().map(|id| json!({ "id": id.to_string() })).collect(),
        Value::Involved(involved) => involved.pairs().map(|(rid, role)| in_role(link(rid), role)).collect(),
        Value::Involving(involving) => {
            involving.pairs().map(|(id, role)| in_role(json!({ "id": id.to_string() }), role)).collect()
        }
        Value::Keys(keys) => json!(keys),
        Value::Items(items) => items.iter().map(item_json).collect(),
        Value::Addresses(addresses) => addresses.iter().map(address_json).collect(),
        Value::Place(place) => json!({
            "latitude": numbers::format_scaled(place.latitude.into(), 7),
            "longitude": numbers::format_scaled(place.longitude.into(), 7),
        }),
    }
}

/// A link and what it is there for; of one that is no object, both side by side.
fn in_role(link: Json, role: Option<&str>) -> Json {
    match link {
        Json::Object(mut object) => {
            object.insert("role".to_owned(), json!(role));
            Json::Object(object)
        }
        bare => json!([bare, role]),
    }
}

fn item_json(item: &Item) -> Json {
    json!({ "value": item.value, "kind": item.kind, "primary": item.primary })
}

fn address_json(address: &Address) -> Json {
    json!({
        "street": address.street, "zip": address.zip, "town": address.town, "province": address.province,
        "country": address.country, "kind": address.kind, "primary": address.primary,
    })
}

/// The value that JSON says, of the right type for the kind; whether it makes sense is [`crate::normal`]'s question.
/// `at` is the field's key, for problems.
pub fn from_json(json: &Json, at: &str, kind: &Kind) -> Result<Value, Problem> {
    if json.is_null() {
        return Ok(Value::Null);
    }
    match kind {
        Kind::Text { .. } | Kind::LongText | Kind::RichText | Kind::Code(_) => text(json, at).map(Value::Text),
        Kind::Choice(_) | Kind::Pick(_) | Kind::File | Kind::Picture => text(json, at).map(Value::Text),
        Kind::Number { decimals, .. } => scaled(json, *decimals, at).map(Value::Int),
        Kind::Percent => scaled(json, 2, at).map(Value::Int),
        Kind::Duration => scaled(json, 0, at).map(Value::Int),
        Kind::Money => match json {
            Json::Object(object) => money(object, at),
            bare => bare_amount(bare, at),
        },
        Kind::Date => {
            let word = text(json, at)?;
            NaiveDate::parse_from_str(&word, "%Y-%m-%d")
                .map(Value::Date)
                .map_err(|_| wrong(at, "a date such as 2026-12-31"))
        }
        Kind::Instant => {
            let word = text(json, at)?;
            DateTime::parse_from_rfc3339(&word)
                .map(|moment| Value::Instant(base::clock::instant(moment.with_timezone(&Utc).timestamp_micros())))
                .map_err(|_| wrong(at, "a moment such as 2026-12-31T09:30:00Z"))
        }
        Kind::Tick => json.as_bool().map(Value::Tick).ok_or_else(|| wrong(at, "true or false")),
        Kind::Link(_) | Kind::AnyLink => id(json, at).map(Value::Id),
        Kind::People => list(json, at, id).map(Value::Ids),
        Kind::Involved(_) => involving(json, at).map(Value::Involving),
        Kind::Picks(_) => list(json, at, text).map(Value::Keys),
        Kind::Emails | Kind::Phones | Kind::WebLinks | Kind::Codes(_) => list(json, at, item).map(Value::Items),
        Kind::Addresses => list(json, at, address).map(Value::Addresses),
        Kind::Place => place(json, at).map(Value::Place),
    }
}

fn text(json: &Json, at: &str) -> Result<String, Problem> {
    json.as_str().map(str::to_owned).ok_or_else(|| wrong(at, "a text"))
}

fn scaled(json: &Json, decimals: u8, at: &str) -> Result<i64, Problem> {
    let written = match json {
        Json::String(text) => text.clone(),
        Json::Number(number) => number.to_string(),
        _ => return Err(wrong(at, "a number")),
    };
    numbers::parse_scaled(&written, decimals).ok_or_else(|| wrong(at, "a number"))
}

/// An amount without a currency, as filters write it: in euro.
pub fn bare_amount(json: &Json, at: &str) -> Result<Value, Problem> {
    scaled(json, Currency::EUR.minor_digits(), at).map(|minor| Value::Money(Money { minor, currency: Currency::EUR }))
}

fn money(object: &Map<String, Json>, at: &str) -> Result<Value, Problem> {
    only(object, &["amount", "currency"], at)?;
    let currency = match object.get("currency") {
        None | Some(Json::Null) => Currency::EUR,
        Some(word) => {
            text(word, at)?.parse().map_err(|_| wrong(&format!("{at}/currency"), "a currency such as EUR"))?
        }
    };
    let amount = match object.get("amount") {
        Some(Json::String(amount)) => amount.clone(),
        Some(Json::Number(amount)) => amount.to_string(),
        _ => return Err(wrong(&format!("{at}/amount"), "an amount such as \"1234.56\"")),
    };
    Money::from_decimal_str(&amount, currency)
        .map(Value::Money)
        .map_err(|_| wrong(&format!("{at}/amount"), "an amount such as \"1234.56\""))
}

fn id(json: &Json, at: &str) -> Result<Id, Problem> {
    let word = match json {
        Json::String(word) => Some(word.as_str()),
        Json::Object(object) => object.get("id").and_then(Json::as_str),
        _ => None,
    };
    word.and_then(|word| word.parse().ok()).ok_or_else(|| wrong(at, "the id of a record"))
}

fn list<T>(json: &Json, at: &str, one: impl Fn(&Json, &str) -> Result<T, Problem>) -> Result<Vec<T>, Problem> {
    let Json::Array(parts) = json else { return Err(wrong(at, "a list")) };
    if parts.len() > 200 {
        return Err(Problem::at(at, "too_many", "At most 200 values fit here"));
    }
    parts.iter().enumerate().map(|(index, part)| one(part, &format!("{at}/{index}"))).collect()
}

/// Those that the writer may not see are none that they could change.
fn involving(json: &Json, at: &str) -> Result<Involving, Problem> {
    let one = |json: &Json, at: &str| {
        let Json::Object(object) = json else { return id(json, at).map(|id| Some((id, None))) };
        only(object, &["id", "title", "role", "hidden"], at)?;
        if object.get("hidden") == Some(&Json::Bool(true)) {
            return Ok(None);
        }
        let role = match object.get("role") {
            None | Some(Json::Null) => None,
            Some(role) => Some(text(role, &format!("{at}/role"))?),
        };
        Ok(Some((id(json, at)?, role)))
    };
    Ok(list(json, at, one)?.into_iter().flatten().collect())
}

fn item(json: &Json, at: &str) -> Result<Item, Problem> {
    match json {
        Json::String(value) => Ok(Item { value: value.clone(), ..Item::default() }),
        Json::Object(object) => {
            only(object, &["value", "kind", "primary"], at)?;
            serde_json::from_value(json.clone()).map_err(|_| wrong(at, "an object with value, kind and primary"))
        }
        _ => Err(wrong(at, "an object with value, kind and primary")),
    }
}

fn address(json: &Json, at: &str) -> Result<Address, Problem> {
    let Json::Object(object) = json else { return Err(wrong(at, "an address")) };
    only(object, &["street", "zip", "town", "province", "country", "kind", "primary"], at)?;
    serde_json::from_value(json.clone()).map_err(|_| wrong(at, "an address"))
}

fn place(json: &Json, at: &str) -> Result<Place, Problem> {
    let Json::Object(object) = json else { return Err(wrong(at, "latitude and longitude")) };
    only(object, &["latitude", "longitude"], at)?;
    let part = |name: &str, most: i64| {
        let degrees = scaled(object.get(name).unwrap_or(&Json::Null), 7, &format!("{at}/{name}"))?;
        let fits = degrees.abs() <= most * 10_000_000;
        i32::try_from(degrees).ok().filter(|_| fits).ok_or_else(|| wrong(&format!("{at}/{name}"), "degrees"))
    };
    Ok(Place { latitude: part("latitude", 90)?, longitude: part("longitude", 180)? })
}

fn only(object: &Map<String, Json>, known: &[&str], at: &str) -> Result<(), Problem> {
    match object.keys().find(|key| !known.contains(&key.as_str())) {
        Some(stranger) => Err(Problem::at(
            format!("{at}/{stranger}"),
            "unknown",
            say!("There is no {name} here", name = stranger.clone()),
        )),
        None => Ok(()),
    }
}

fn wrong(at: &str, expected: &'static str) -> Problem {
    Problem::at(at, "type", say!("Here goes {expected}", expected = base::Text::from(expected)))
}
