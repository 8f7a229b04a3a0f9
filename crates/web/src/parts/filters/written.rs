//! What the form of a filter said, as a part of the list's address.

use maud::Markup;
use meta::filter::resolve;
use meta::{Filter, Kind, Model, Op};
use serde_json::Value as Json;

use super::form::drawn;
use super::{described, is_span};
use crate::Visit;
use crate::parts::address::ListAddress;

/// What stands in the form.
#[derive(Clone, Debug, Default)]
pub(super) struct Written {
    /// The part of the filter that is changed; none adds one.
    pub chip: Option<usize>,
    pub field: String,
    pub op: Option<Op>,
    pub values: Vec<String>,
    /// Of those involved: as what.
    pub role: String,
    /// Of a record: what was typed, when none was chosen.
    pub name: String,
    /// The ends of a span, as people write them.
    pub from: String,
    pub to: String,
    pub not: bool,
    pub or: bool,
    pub empty: Option<bool>,
}

/// What became of the form of a filter.
pub enum Added {
    /// It was not sent.
    Nothing,
    Address(Box<ListAddress>),
    /// The form again, with why its filter does not hold.
    Wrong(Markup),
}

/// The list's address with what the form said.
pub fn added(visit: &Visit, model: &Model, address: &ListAddress, query: &str) -> Added {
    let Some(mut written) = Written::read(query) else { return Added::Nothing };
    if !written.name.is_empty() && written.values.is_empty() {
        match written.named(visit, model) {
            Some(id) => written.values.push(id),
            None => {
                let why =
                    visit.say("Nothing is called exactly so: choose one of those that are offered while you type.");
                return Added::Wrong(drawn(visit, model, address, &written, Some(&why)));
            }
        }
    }
    let test = written.filter(visit, model);
    if let Some(test) = &test
        && let Err(problem) = resolve(test, model, &visit.catalogue, &visit.actor.asking())
    {
        let why = visit.text(problem.text);
        return Added::Wrong(drawn(visit, model, address, &written, Some(&why)));
    }
    let mut parts: Vec<Filter> = address.filter.chips().into_iter().cloned().collect();
    match (written.chip.filter(|at| *at < parts.len()), test) {
        (Some(at), Some(test)) => parts[at] = test,
        (Some(at), None) => {
            parts.remove(at);
        }
        (None, Some(test)) if written.or && !parts.is_empty() => {
            let before = parts.pop().map_or_else(Vec::new, |before| match before {
                Filter::Any(list) => list,
                one => vec![one],
            });
            parts.push(Filter::Any(before.into_iter().chain([test]).collect()));
        }
        (None, Some(test)) => parts.push(test),
        (None, None) => {}
    }
    Added::Address(Box::new(address.with_filter(Filter::All(parts))))
}

impl Written {
    /// What was sent; none when it was another form.
    fn read(query: &str) -> Option<Written> {
        let pairs = crate::posted::parse(query);
        let first = |name: &str| pairs.iter().find(|(known, _)| known == name).map(|(_, value)| value.trim());
        let text = |name: &str| first(name).unwrap_or_default().to_owned();
        let values = pairs.iter().filter(|(name, _)| name == "add.value").map(|(_, value)| value.trim());
        Some(Written {
            chip: first("add.instead").and_then(|at| at.parse().ok()),
            field: first("add.field")?.to_owned(),
            op: Some(first("add.op").and_then(Op::from_key)?),
            values: values.filter(|value| !value.is_empty()).map(str::to_owned).collect(),
            role: text("add.role"),
            name: text("add.value.text"),
            from: text("add.from"),
            to: text("add.to"),
            not: first("add.not").is_some(),
            or: first("add.or").is_some(),
            empty: first("add.empty").filter(|word| !word.is_empty()).map(|word| word == "true"),
        })
    }

    /// The record that is called as was typed, if there is one and no other.
    fn named(&self, visit: &Visit, model: &Model) -> Option<String> {
        let to = match described(visit, model, &self.field).1 {
            Kind::Link(to) => to,
            Kind::Involved(_) => visit.catalogue.subjects()?.entity,
            _ => return None,
        };
        match visit.engine().named(&visit.actor, to.key, &self.name).ok()?.as_slice() {
            [one] => Some(one.id.to_string()),
            _ => None,
        }
    }

    /// A chip, to be changed.
    pub(super) fn of_chip(visit: &Visit, model: &Model, address: &ListAddress, chip: usize) -> Option<Written> {
        let parts = address.filter.chips();
        let (not, test) = match *parts.get(chip)? {
            Filter::Not(part) => (true, &**part),
            part => (false, part),
        };
        let Filter::Test { field, op, value } = test else { return None };
        let (_, kind) = described(visit, model, field);
        let values: Vec<String> = match value {
            Json::Array(list) => list.iter().filter_map(Json::as_str).map(str::to_owned).collect(),
            Json::String(one) => vec![one.clone()],
            other => vec![other.to_string()],
        };
        let written = Written { chip: Some(chip), field: field.clone(), op: Some(*op), not, ..Written::default() };
        if *op == Op::Empty {
            return Some(Written { empty: Some(*value != Json::Bool(false) && value != "false"), ..written });
        }
        if is_span(&kind) && *op != Op::Within {
            let said = |at: usize| values.get(at).map_or(String::new(), |value| human(visit, &kind, value));
            return Some(match op {
                Op::Ge | Op::Gt => Written { from: said(0), ..written },
                Op::Le | Op::Lt => Written { to: said(0), ..written },
                Op::Between => Written { from: said(0), to: said(1), ..written },
                _ => Written { from: said(0), to: said(0), ..written },
            });
        }
        if matches!(kind, Kind::Involved(_)) {
            let parts = values.iter().map(|value| value.split_once(':').unwrap_or((value, "")));
            let role = parts.clone().map(|(_, role)| role.to_owned()).next().unwrap_or_default();
            let values = parts.map(|(who, _)| who.to_owned()).filter(|who| !who.is_empty()).collect();
            return Some(Written { values, role, ..written });
        }
        Some(Written { values, ..written })
    }

    /// The filter that it says; none when it says nothing.
    fn filter(&self, visit: &Visit, model: &Model) -> Option<Filter> {
        let (_, kind) = described(visit, model, &self.field);
        let test = |op: Op, value: Json| Filter::Test { field: self.field.clone(), op, value };
        if let Some(empty) = self.empty {
            return Some(test(Op::Empty, Json::String(empty.to_string())));
        }
        let in_role = |who: &str| if self.role.is_empty() { who.to_owned() } else { format!("{who}:{}", self.role) };
        let values: Vec<String> = match &kind {
            Kind::Involved(_) if self.values.is_empty() && !self.role.is_empty() => vec![in_role("")],
            Kind::Involved(_) => self.values.iter().map(|who| in_role(who)).collect(),
            _ => self.values.clone(),
        };
        let named = match (self.op?, values.as_slice()) {
            (Op::Within | Op::Between, []) if is_span(&kind) => return self.span(visit, &kind, test),
            (_, []) => return None,
            (Op::In, [one]) => {
                let op =
                    if matches!(kind, Kind::Picks(_) | Kind::People | Kind::Involved(_)) { Op::Has } else { Op::Eq };
                test(op, Json::String(one.clone()))
            }
            (Op::In, several) => test(Op::In, several.iter().cloned().map(Json::String).collect()),
            (op, [one, ..]) => test(op, Json::String(one.clone())),
        };
        Some(if self.not { Filter::Not(Box::new(named)) } else { named })
    }

    fn span(&self, visit: &Visit, kind: &Kind, test: impl Fn(Op, Json) -> Filter) -> Option<Filter> {
        let exact = |written: &str| Json::String(exact(written, kind, visit));
        match (self.from.as_str(), self.to.as_str()) {
            ("", "") => None,
            (from, "") => Some(test(Op::Ge, exact(from))),
            ("", to) => Some(test(Op::Le, exact(to))),
            (from, to) => Some(test(Op::Between, Json::Array(vec![exact(from), exact(to)]))),
        }
    }
}

/// A number as a person writes it.
fn human(visit: &Visit, kind: &Kind, value: &str) -> String {
    match meta::json::from_json(&Json::String(value.to_owned()), "", kind) {
        Ok(read) if kind.is_number() => meta::human::input(&read, kind, &visit.style()),
        _ => value.to_owned(),
    }
}

/// A number as a person wrote it, as the API writes it; what is none stays as it is, to be refused.
fn exact(written: &str, kind: &Kind, visit: &Visit) -> String {
    if !kind.is_number() {
        return written.to_owned();
    }
    match meta::human::parse(written, kind, &visit.style(), "") {
        Ok(meta::Value::Money(money)) => money.to_decimal_string(),
        Ok(meta::Value::Int(number)) => {
            let decimals = if let Kind::Number { decimals, .. } = kind { *decimals } else { 2 };
            base::numbers::format_scaled(number, decimals)
        }
        _ => written.to_owned(),
    }
}
