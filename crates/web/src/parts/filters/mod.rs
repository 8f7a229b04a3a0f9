//! Filters as people see them: chips, and the form that adds or changes one.

mod form;
mod written;

pub use form::form;
pub use written::{Added, added};

use meta::{Filter, Kind, Model, Op};
use serde_json::Value as Json;
use ui::Chip;

use super::address::ListAddress;
use crate::Visit;

/// Spans of days that people ask for, English.
const SPANS: [(&str, &str); 9] = [
    ("today", "today"),
    ("this-week", "this week"),
    ("last-week", "last week"),
    ("this-month", "this month"),
    ("last-month", "last month"),
    ("this-year", "this year"),
    ("last-year", "last year"),
    ("-30d", "in the last 30 days"),
    ("-90d", "in the last 90 days"),
];

pub fn chips<'a>(visit: &Visit<'a>, model: &Model, address: &ListAddress) -> Vec<Chip<'a>> {
    let chip = |(at, part): (usize, &Filter)| {
        let (field, operator, value) = words_of(visit, model, part);
        let query = address.query_string();
        Chip {
            id: format!("chip-{at}").into(),
            field: field.into(),
            operator: operator.into(),
            value: value.into(),
            remove_url: address.without(at).url().into(),
            remove_word: visit.say("Remove this filter"),
            edit_url: format!("/{}/filter?chip={at}&{query}", address.path).into(),
            or_word: "".into(),
        }
    };
    address.filter.chips().into_iter().enumerate().map(chip).collect()
}

/// Field, operator and value in the reader's words.
fn words_of(visit: &Visit, model: &Model, filter: &Filter) -> (String, String, String) {
    match filter {
        Filter::Test { field, op, value } => {
            let (label, kind) = described(visit, model, field);
            let operator = match op {
                Op::Empty if *value == Json::Bool(false) || value == "false" => visit.say("is not empty"),
                Op::Eq | Op::In | Op::Has => visit.say("is"),
                Op::Within => "".into(),
                Op::Ge if matches!(kind, Kind::Date | Kind::Instant) => visit.say("from"),
                Op::Le if matches!(kind, Kind::Date | Kind::Instant) => visit.say("to"),
                op => visit.say(op.label()),
            };
            let value = match (op, value) {
                (Op::Empty, _) => String::new(),
                (Op::Between, Json::Array(ends)) => {
                    ends.iter().map(|end| value_words(visit, &kind, end)).collect::<Vec<_>>().join(" – ")
                }
                _ => value_words(visit, &kind, value),
            };
            (label, operator.into_owned(), value)
        }
        Filter::Not(part) if matches!(**part, Filter::Test { op: Op::Eq | Op::In | Op::Has, .. }) => {
            let (field, _, value) = words_of(visit, model, part);
            (field, visit.say("is not").into_owned(), value)
        }
        Filter::Not(part) => {
            let (field, operator, value) = words_of(visit, model, part);
            (format!("{} {field}", visit.say("not")), operator, value)
        }
        Filter::Any(parts) | Filter::All(parts) => {
            let between = if matches!(filter, Filter::Any(_)) { visit.say("or") } else { visit.say("and") };
            let said = parts.iter().map(|part| {
                let (field, operator, value) = words_of(visit, model, part);
                [field, operator, value].into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
            });
            (visit.say("Group").into_owned(), String::new(), said.collect::<Vec<_>>().join(&format!(" {between} ")))
        }
    }
}

/// Kinds that are asked for from one value to another.
fn is_span(kind: &Kind) -> bool {
    matches!(kind, Kind::Date | Kind::Instant) || kind.is_number()
}

fn described(visit: &Visit, model: &Model, field: &str) -> (String, Kind) {
    if let Some((link, key)) = field.split_once('.')
        && let Some(Kind::Link(to)) = model.field(link).map(|def| def.kind)
        && let Some(target) = visit.catalogue.model(to.key)
    {
        let (label, kind) = described(visit, target, key);
        let link = model.position(link).map_or(String::new(), |at| model.label(at, visit.words()));
        return (format!("{link}, {}", label.to_lowercase()), kind);
    }
    match field {
        "created_at" => (visit.say("Created").into_owned(), Kind::Instant),
        "updated_at" => (visit.say("Changed").into_owned(), Kind::Instant),
        _ => match model.position(field) {
            Some(at) => (model.label(at, visit.words()), model.fields[at].kind),
            None => (field.to_owned(), Kind::LongText),
        },
    }
}

fn value_words(visit: &Visit, kind: &Kind, value: &Json) -> String {
    if let Json::Array(list) = value {
        let between = format!(" {} ", visit.say("or"));
        return list.iter().map(|one| value_words(visit, kind, one)).collect::<Vec<_>>().join(&between);
    }
    let word = match value {
        Json::String(word) => word.clone(),
        other => other.to_string(),
    };
    match (kind, word.as_str()) {
        (Kind::Involved(_), word) if word.contains(':') => {
            let (who, role) = word.split_once(':').unwrap_or_default();
            let role = visit.catalogue.key_label(kind, role, visit.words());
            match who {
                "" => role,
                who => format!("{} ({role})", value_words(visit, kind, &Json::String(who.to_owned()))),
            }
        }
        (_, "me") => visit.say("me").into_owned(),
        (_, "my-team") => visit.say("my team").into_owned(),
        (Kind::Tick, "true") => visit.say("yes").into_owned(),
        (Kind::Tick, _) => visit.say("no").into_owned(),
        (Kind::Choice(_) | Kind::Pick(_) | Kind::Picks(_), key) => visit.catalogue.key_label(kind, key, visit.words()),
        (Kind::Date | Kind::Instant, word) => match SPANS.iter().find(|(key, _)| *key == word) {
            Some((_, label)) => visit.say(label).into_owned(),
            None => word.parse::<chrono::NaiveDate>().map_or_else(|_| word.to_owned(), base::dates::format_date),
        },
        (Kind::People | Kind::Involved(_) | Kind::Link(_), id) => {
            let id = id.parse().ok();
            let found = id.and_then(|id| visit.engine().title_of(&visit.actor, id).ok().flatten());
            found.unwrap_or_else(|| visit.say("hidden").into_owned())
        }
        (Kind::Money | Kind::Number { .. } | Kind::Percent, word) => {
            match meta::json::from_json(&Json::String(word.to_owned()), "", kind) {
                Ok(value) => meta::human::show(&value, kind, &visit.style()),
                Err(_) => word.to_owned(),
            }
        }
        _ => word,
    }
}
