//! A filter against a model: keys become columns, operands become values, `me` and `today` become who and when.

use base::{Id, Problem, Rid, say};
use chrono::{Datelike, Days, Months, NaiveDate, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;
use serde_json::Value as Json;

use super::{Filter, Op};
use crate::catalogue::{Catalogue, Model};
use crate::json;
use crate::kind::Kind;
use crate::value::Value;

/// A filter that `store` can compile: every column exists, every operand has its type.
#[derive(Clone, Debug, PartialEq)]
pub enum Where {
    All(Vec<Where>),
    Any(Vec<Where>),
    Not(Box<Where>),
    Test(Test),
    /// A tie to any of these principals; what is opened to everybody counts.
    Reach(Reach),
    /// These records only.
    Rids(Vec<Rid>),
    Found(Found),
}

#[derive(Clone, Debug, PartialEq)]
pub struct Reach {
    pub principals: Vec<Rid>,
    /// What was shared to be looked at counts, too.
    pub to_look: bool,
}

/// The records that `store` finds by their text: its statement in pieces, each but the last followed by a value.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    pub pieces: Vec<(&'static str, String)>,
    pub end: &'static str,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Test {
    /// The position of the link that it goes through first.
    pub hop: Option<usize>,
    pub column: Column,
    pub op: Op,
    pub values: Vec<Value>,
    /// What must hold of the record hopped to: that the one who asks may see it.
    pub guard: Option<Box<Where>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Column {
    Field(usize),
    Id,
    CreatedAt,
    UpdatedAt,
}

/// Who asks, and when.
#[derive(Clone, Debug)]
pub struct Asking {
    pub me: Rid,
    /// What the one who asks is: the user, and the subjects whose user they are.
    pub mine: Vec<Rid>,
    pub my_team: Vec<Rid>,
    pub today: NaiveDate,
    pub zone: Tz,
}

pub fn resolve(filter: &Filter, model: &Model, catalogue: &Catalogue, asking: &Asking) -> Result<Where, Problem> {
    let all = |parts: &[Filter]| -> Result<Vec<Where>, Problem> {
        parts.iter().map(|part| resolve(part, model, catalogue, asking)).collect()
    };
    Ok(match filter {
        Filter::All(parts) => Where::All(all(parts)?),
        Filter::Any(parts) => Where::Any(all(parts)?),
        Filter::Not(part) => Where::Not(Box::new(resolve(part, model, catalogue, asking)?)),
        Filter::Test { field, op, value } => Where::Test(test(field, *op, value, model, catalogue, asking)?),
    })
}

fn test(
    name: &str,
    op: Op,
    operand: &Json,
    model: &Model,
    catalogue: &Catalogue,
    asking: &Asking,
) -> Result<Test, Problem> {
    let (hop, model, key) = match name.split_once('.') {
        None => (None, model, name),
        Some((link, key)) => {
            let at = model.position(link).ok_or_else(|| unknown(name))?;
            let Kind::Link(to) = model.fields[at].kind else { return Err(unknown(name)) };
            (Some(at), catalogue.model(to.key).ok_or_else(|| unknown(name))?, key)
        }
    };
    let (column, kind) = match key {
        "id" => (Column::Id, Kind::AnyLink),
        "created_at" => (Column::CreatedAt, Kind::Instant),
        "updated_at" => (Column::UpdatedAt, Kind::Instant),
        key => {
            let at = model.position(key).ok_or_else(|| unknown(name))?;
            (Column::Field(at), model.fields[at].kind)
        }
    };
    if !kind.operators().contains(&op) {
        let text = say!("{op} does not fit {field}", op = op.key(), field = name.to_owned());
        return Err(Problem::at(name, "operator", text));
    }
    let (op, values) = operands(name, &kind, op, operand, asking)?;
    if op != Op::Empty
        && let Some(wrong) = values.iter().map(picked).find(|key| !is_offered(catalogue, &kind, key))
    {
        let text = say!("{value} is not one of the values offered", value = wrong.to_owned());
        return Err(Problem::at(name, "unknown", text));
    }
    Ok(Test { hop, column, op, values, guard: None })
}

/// The key of a list that a value names.
fn picked(value: &Value) -> &str {
    match value {
        Value::Involving(involving) => involving.roles().next().map_or("", String::as_str),
        Value::Involved(involved) => involved.roles().next().map_or("", String::as_str),
        other => other.text(),
    }
}

/// Whether a closed list has a key; everything else may be asked for.
fn is_offered(catalogue: &Catalogue, kind: &Kind, key: &str) -> bool {
    match kind {
        Kind::Choice(choices) => choices.iter().any(|choice| choice.key == key),
        Kind::Pick(list) | Kind::Picks(list) if !list.open => {
            catalogue.list(list.key).is_some_and(|list| list.item(key).is_some())
        }
        Kind::Involved(list) => key.is_empty() || catalogue.list(list.key).is_some_and(|list| list.item(key).is_some()),
        _ => true,
    }
}

/// Values of one test.
const MOST_VALUES: usize = 200;

fn too_many(name: &str) -> Problem {
    Problem::at(name, "too_many", "A filter takes at most 200 values")
}

fn holds_rows(kind: &Kind) -> bool {
    matches!(kind, Kind::People | Kind::Involved(_) | Kind::Link(_) | Kind::AnyLink)
}

/// The operator and its values; a span of days (`this-week`) becomes a `between`.
fn operands(name: &str, kind: &Kind, op: Op, operand: &Json, asking: &Asking) -> Result<(Op, Vec<Value>), Problem> {
    let one = |operand: &Json| value(name, kind, op, operand, asking);
    let several = || match operand {
        Json::Array(list) if list.len() <= MOST_VALUES => list.iter().map(one).collect::<Result<Vec<_>, _>>(),
        Json::Array(_) => Err(too_many(name)),
        single => one(single).map(|value| vec![value]),
    };
    match op {
        Op::Empty => match operand {
            Json::Bool(yes) => Ok((op, vec![Value::Tick(*yes)])),
            Json::Null => Ok((op, vec![Value::Tick(true)])),
            Json::String(word) if word == "true" || word == "false" || word.is_empty() => {
                Ok((op, vec![Value::Tick(word != "false")]))
            }
            _ => Err(Problem::at(name, "invalid", "Empty is true or false")),
        },
        Op::In | Op::Eq | Op::Has | Op::Ne if holds_rows(kind) => {
            // One word may stand for several people.
            let op = if op == Op::Ne { op } else { Op::In };
            let several = match operand {
                Json::Array(_) if op == Op::Ne => return Err(Problem::at(name, "invalid", "This takes one value")),
                Json::Array(list) => list.as_slice(),
                single => std::slice::from_ref(single),
            };
            if several.len() > MOST_VALUES {
                return Err(too_many(name));
            }
            let mut values = Vec::new();
            for part in several {
                match part.as_str() {
                    Some(word) if matches!(kind, Kind::Involved(_)) => values.extend(in_role(name, word, asking)?),
                    Some("my-team") => values.extend(asking.my_team.iter().map(|rid| Value::Link(*rid))),
                    _ => values.push(one(part)?),
                }
            }
            Ok((op, values))
        }
        Op::In => Ok((op, several()?)),
        Op::Between => match several()?.as_slice() {
            [from, to] => Ok((op, vec![from.clone(), to.clone()])),
            _ => Err(Problem::at(name, "invalid", "Between takes two values")),
        },
        Op::Within => {
            let word = operand.as_str().unwrap_or_default();
            let Some((from, to)) = span(word, asking.today) else {
                let text = say!("{word} is not a span of days", word = word.to_owned());
                return Err(Problem::at(name, "invalid", text));
            };
            Ok((Op::Between, day_values(kind, from, to, asking)))
        }
        // A day names all its moments.
        Op::Eq | Op::Le | Op::Gt if matches!(kind, Kind::Instant) && day(operand, asking).is_some() => {
            let Some(day) = day(operand, asking) else { return Ok((op, vec![one(operand)?])) };
            let bounds = day_values(kind, day, day, asking);
            Ok(match op {
                Op::Eq => (Op::Between, bounds),
                _ => (op, bounds.into_iter().skip(1).collect()),
            })
        }
        _ => Ok((op, vec![one(operand)?])),
    }
}

fn value(name: &str, kind: &Kind, op: Op, operand: &Json, asking: &Asking) -> Result<Value, Problem> {
    match (kind, operand) {
        (Kind::People | Kind::Link(_) | Kind::AnyLink, Json::String(word)) => match word.as_str() {
            "me" => Ok(Value::Link(asking.me)),
            id => id
                .parse::<Id>()
                .map(Value::Id)
                .map_err(|_| Problem::at(name, "invalid", say!("{value} is not an id", value = id.to_owned()))),
        },
        (Kind::Date, operand) => match day(operand, asking) {
            Some(day) => Ok(Value::Date(day)),
            None => json::from_json(operand, name, kind),
        },
        (Kind::Instant, operand) if day(operand, asking).is_some() => {
            let day = day(operand, asking).unwrap_or_default();
            Ok(day_values(kind, day, day, asking).swap_remove(0))
        }
        (Kind::Tick, Json::String(word)) if word == "true" || word == "false" => Ok(Value::Tick(word == "true")),
        // Several values are asked for one at a time, and by a piece of their text.
        (
            Kind::Emails | Kind::Phones | Kind::WebLinks | Kind::Codes(_) | Kind::Addresses | Kind::Picks(_),
            Json::String(text),
        ) => Ok(Value::Text(text.clone())),
        (Kind::Text { .. } | Kind::LongText | Kind::RichText | Kind::Code(_), Json::String(text)) => {
            Ok(Value::Text(text.clone()))
        }
        (Kind::Choice(_) | Kind::Pick(_), Json::String(key)) => Ok(Value::Text(key.clone())),
        (Kind::Money, Json::String(_) | Json::Number(_)) if op != Op::Contains => json::bare_amount(operand, name),
        _ => json::from_json(operand, name, kind),
    }
}

/// A subject, a subject in a role (`id:role`), or anybody in a role (`:role`); `me` and `my-team` are subjects too.
fn in_role(name: &str, word: &str, asking: &Asking) -> Result<Vec<Value>, Problem> {
    let (who, role) = word.split_once(':').unwrap_or((word, ""));
    let role = Some(role.to_owned()).filter(|role| !role.is_empty());
    let of_mine = |mine: &[Rid]| match role.clone() {
        None => mine.iter().map(|rid| Value::Link(*rid)).collect(),
        Some(role) => vec![Value::Involved(mine.iter().map(|rid| (*rid, Some(role.clone()))).collect())],
    };
    Ok(match (who, role.clone()) {
        ("me", _) => of_mine(&asking.mine),
        ("my-team", _) => of_mine(&asking.my_team),
        ("", Some(role)) => vec![Value::Text(role)],
        _ => {
            let wrong = |_| Problem::at(name, "invalid", say!("{value} is not an id", value = word.to_owned()));
            let id: Id = who.parse().map_err(wrong)?;
            match role {
                None => vec![Value::Id(id)],
                role => vec![Value::Involving([(id, role)].into_iter().collect())],
            }
        }
    })
}

/// A day in words: ISO, `today`, `yesterday`, `tomorrow`, `-30d`, `+2w`, `-6m`, `-1y`.
fn day(operand: &Json, asking: &Asking) -> Option<NaiveDate> {
    let word = operand.as_str()?;
    let today = asking.today;
    match word {
        "today" => return Some(today),
        "yesterday" => return today.pred_opt(),
        "tomorrow" => return today.succ_opt(),
        _ => {}
    }
    if let Ok(day) = NaiveDate::parse_from_str(word, "%Y-%m-%d") {
        return Some(day);
    }
    let sign = word.chars().next()?;
    let number: u32 = word.get(1..word.len().checked_sub(1)?)?.parse().ok()?;
    let back = match sign {
        '-' => true,
        '+' => false,
        _ => return None,
    };
    let by_days = |days: u64| {
        if back { today.checked_sub_days(Days::new(days)) } else { today.checked_add_days(Days::new(days)) }
    };
    let by_months = |months: u32| {
        if back { today.checked_sub_months(Months::new(months)) } else { today.checked_add_months(Months::new(months)) }
    };
    match word.chars().last()? {
        'd' => by_days(number.into()),
        'w' => by_days(u64::from(number) * 7),
        'm' => by_months(number),
        'y' => by_months(number.checked_mul(12)?),
        _ => None,
    }
}

/// A span of days in words: `this-week`, `last-month`, `next-year`, `-30d` (from then until today).
fn span(word: &str, today: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
    let asking = Asking { me: Rid(0), mine: Vec::new(), my_team: Vec::new(), today, zone: base::clock::ZONE };
    if let Some(day) = day(&Json::String(word.to_owned()), &asking) {
        return Some((day.min(today), day.max(today)));
    }
    let (which, unit) = word.split_once('-')?;
    let step = match which {
        "last" => -1,
        "this" => 0,
        "next" => 1,
        _ => return None,
    };
    let shift = |day: NaiveDate, months: i32| match months {
        m if m < 0 => day.checked_sub_months(Months::new(m.unsigned_abs())),
        m => day.checked_add_months(Months::new(m.unsigned_abs())),
    };
    match unit {
        "week" => {
            let monday = today - Days::new(today.weekday().num_days_from_monday().into());
            let monday = monday.checked_add_signed(chrono::Duration::weeks(step.into()))?;
            Some((monday, monday + Days::new(6)))
        }
        "month" => {
            let first = shift(today.with_day(1)?, step)?;
            Some((first, shift(first, 1)?.pred_opt()?))
        }
        "year" => {
            let first = shift(today.with_day(1)?.with_month(1)?, step * 12)?;
            Some((first, shift(first, 12)?.pred_opt()?))
        }
        _ => None,
    }
}

fn day_values(kind: &Kind, from: NaiveDate, to: NaiveDate, asking: &Asking) -> Vec<Value> {
    if matches!(kind, Kind::Date) {
        return vec![Value::Date(from), Value::Date(to)];
    }
    let midnight = |day: NaiveDate| {
        let local = day.and_time(NaiveTime::MIN);
        asking
            .zone
            .from_local_datetime(&local)
            .earliest()
            .map_or_else(|| Utc.from_utc_datetime(&local), |at| at.to_utc())
    };
    let end = to.succ_opt().map_or(midnight(to), midnight) - chrono::Duration::microseconds(1);
    vec![Value::Instant(midnight(from)), Value::Instant(end)]
}

fn unknown(name: &str) -> Problem {
    Problem::at(name, "unknown", say!("There is no field {name}", name = name.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day_of(word: &str) -> Option<(NaiveDate, NaiveDate)> {
        span(word, NaiveDate::from_ymd_opt(2026, 11, 18).unwrap())
    }

    fn days(from: &str, to: &str) -> Option<(NaiveDate, NaiveDate)> {
        Some((from.parse().unwrap(), to.parse().unwrap()))
    }

    #[test]
    fn spans_of_days_are_named_as_people_name_them() {
        assert_eq!(day_of("this-week"), days("2026-11-16", "2026-11-22"));
        assert_eq!(day_of("last-month"), days("2026-10-01", "2026-10-31"));
        assert_eq!(day_of("next-year"), days("2027-01-01", "2027-12-31"));
        assert_eq!(day_of("-30d"), days("2026-10-19", "2026-11-18"));
        assert_eq!(day_of("sometimes"), None);
        assert_eq!(day_of("-d"), None);
        assert_eq!(day_of(""), None);
    }
}
