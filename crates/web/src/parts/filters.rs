//! Chips and the form that adds or changes one.

use maud::{Markup, html};
use meta::{Filter, Kind, Model, Op};
use serde_json::Value as Json;
use ui::widgets::{Choice, Context, Widget, widget};
use ui::{Act, Button, Chip};

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
        (_, "me") => visit.say("me").into_owned(),
        (_, "my-team") => visit.say("my team").into_owned(),
        (Kind::Tick, "true") => visit.say("yes").into_owned(),
        (Kind::Tick, _) => visit.say("no").into_owned(),
        (Kind::Choice(_) | Kind::Pick(_) | Kind::Picks(_), key) => visit.catalogue.key_label(kind, key, visit.words()),
        (Kind::Date | Kind::Instant, word) => match SPANS.iter().find(|(key, _)| *key == word) {
            Some((_, label)) => visit.say(label).into_owned(),
            None => word.parse::<chrono::NaiveDate>().map_or_else(|_| word.to_owned(), base::dates::format_date),
        },
        (Kind::People | Kind::Link(_), id) => {
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

/// The form that adds a filter, or changes the one at `chip`. `field` is the one chosen.
pub fn form(visit: &Visit, model: &Model, address: &ListAddress, chip: Option<usize>, field: Option<&str>) -> Markup {
    let current = chip.and_then(|chip| address.filter.chips().get(chip).copied().cloned());
    let (known, op, value) = match &current {
        Some(Filter::Test { field, op, value }) => (Some(field.as_str()), Some(*op), Some(value)),
        _ => (None, None, None),
    };
    let face = visit.catalogue.at_path(&address.path).and_then(|(_, face)| face);
    let filterable: Vec<&meta::FieldDef> = (0..model.fields.len())
        .filter(|at| model.may_show(face, *at))
        .map(|at| &model.fields[at])
        .filter(|def| !matches!(def.kind, Kind::Place | Kind::File | Kind::Picture))
        .collect();
    let mut shown: Vec<(String, &str)> = filterable
        .iter()
        .filter_map(|def| Some((model.label(model.position(def.key)?, visit.words()), def.key)))
        .collect();
    shown.push((visit.say("Created").into_owned(), "created_at"));
    shown.push((visit.say("Changed").into_owned(), "updated_at"));
    shown.sort_by_cached_key(|(label, _)| base::fold(label));
    let chosen = field.or(known).unwrap_or_else(|| {
        filterable.iter().find(|def| def.filtered).or(filterable.first()).map_or("created_at", |def| def.key)
    });
    let same = field.is_none() || field == known;
    let (_, kind) = described(visit, model, chosen);
    let hidden = crate::posted::parse(&address.query_string());
    let place = format!("/{}/filter", address.path);
    let query = address.query_string();
    let refresh = match chip {
        Some(chip) => format!("{place}?chip={chip}&{query}"),
        None => format!("{place}?{query}"),
    };
    html! {
        form.filter-form method="get" action={ "/" (address.path) } {
            @for (name, value) in &hidden { input type="hidden" name=(name) value=(value); }
            @if let Some(chip) = chip { input type="hidden" name="add.instead" value=(chip); }
            label.form-label for="i-add.field" { (visit.say("Field")) }
            select.form-select id="i-add.field" name="add.field" hx-get=(refresh) hx-target="closest form" hx-swap="outerHTML" {
                @for (label, key) in &shown { option value=(key) selected[*key == chosen] { (label) } }
            }
            (operands(visit, &kind, op.filter(|_| same), value.filter(|_| same)))
            @if chip.is_none() && !address.filter.is_everything() {
                label.tick-line { input.tick type="checkbox" name="add.or" value="1"; span { (visit.say("or the filter before it")) } }
            }
            div.foot-buttons {
                (ui::button(&Button { label: visit.say("Apply"), kind: ui::Kind::Primary, act: Act::Submit { name: "".into(), value: "".into(), form: "".into() }, ..Button::default() }))
            }
        }
    }
}

fn operands(visit: &Visit, kind: &Kind, op: Option<Op>, value: Option<&Json>) -> Markup {
    let keys: Vec<String> = match value {
        Some(Json::Array(list)) => list.iter().filter_map(Json::as_str).map(str::to_owned).collect(),
        Some(Json::String(one)) => vec![one.clone()],
        Some(other) => vec![other.to_string()],
        None => Vec::new(),
    };
    let choice = |value: String, label: String| Choice {
        chosen: keys.contains(&value),
        value: value.into(),
        label: label.into(),
        ..Choice::default()
    };
    let context = Context { name: "add.value", label: "", ..Context::default() };
    let several = |choices: Vec<Choice>| {
        html! { input type="hidden" name="add.op" value="in"; (widget(&Widget::Several { choices }, &context)) (emptiness(visit, op, value)) }
    };
    match kind {
        Kind::Pick(list) | Kind::Picks(list) if !list.open => {
            let items = visit.catalogue.list(list.key).map_or(&[][..], |list| list.items.as_slice());
            several(items.iter().map(|item| choice(item.key.clone(), item.label(list.key, visit.words()))).collect())
        }
        Kind::Choice(list) => {
            several(list.iter().map(|def| choice(def.key.to_owned(), visit.say(def.label).into_owned())).collect())
        }
        Kind::Tick => html! {
            input type="hidden" name="add.op" value="eq";
            (widget(&Widget::Radio { choices: vec![choice("true".into(), visit.say("yes").into()), choice("false".into(), visit.say("no").into())] }, &context))
        },
        Kind::People => {
            let mut people = vec![
                choice("me".into(), visit.say("me").into()),
                choice("my-team".into(), visit.say("my team").into()),
            ];
            let users = visit.engine().users().unwrap_or_default();
            people.extend(
                users.into_iter().filter(|user| user.active).map(|user| choice(user.id.to_string(), user.name)),
            );
            html! { input type="hidden" name="add.op" value="has"; (widget(&Widget::Select { choices: people, empty: "".into() }, &context)) (emptiness(visit, op, value)) }
        }
        Kind::Date | Kind::Instant => {
            let spans = SPANS.iter().map(|(key, label)| choice((*key).to_owned(), visit.say(label).into_owned()));
            let (from, to) = match (op, keys.as_slice()) {
                (Some(Op::Between), [from, to]) => (from.clone(), to.clone()),
                (Some(Op::Ge), [from]) => (from.clone(), String::new()),
                (Some(Op::Le), [to]) => (String::new(), to.clone()),
                _ => (String::new(), String::new()),
            };
            let day = |name: &'static str, label: &'static str, value: String| {
                html! {
                    label.form-label for={ "i-" (name) } { (visit.say(label)) }
                    (widget(&Widget::Date { value: value.into() }, &Context { name, ..Context::default() }))
                }
            };
            html! {
                input type="hidden" name="add.op" value="within";
                (widget(&Widget::Select { choices: spans.collect(), empty: visit.say("in the days") }, &context))
                (day("add.from", "from", from)) (day("add.to", "to", to))
                (emptiness(visit, op, value))
            }
        }
        _ => {
            let chosen = op.unwrap_or(kind.operators()[0]);
            let ops = kind.operators().iter().filter(|op| !matches!(op, Op::In | Op::Between | Op::Within)).map(|op| {
                Choice {
                    value: op.key().into(),
                    label: visit.say(op.label()),
                    chosen: *op == chosen,
                    ..Choice::default()
                }
            });
            let text = Widget::Text {
                value: keys.first().cloned().unwrap_or_default().into(),
                kind: "text",
                autocomplete: "off",
                max: 200,
                code: false,
            };
            html! {
                label.form-label for="i-add.op" { (visit.say("Condition")) }
                (widget(&Widget::Select { choices: ops.collect(), empty: "".into() }, &Context { name: "add.op", required: true, ..Context::default() }))
                label.form-label for="i-add.value" { (visit.say("Value")) }
                (widget(&text, &context))
            }
        }
    }
}

/// Whether there is a value at all, instead of which.
fn emptiness(visit: &Visit, op: Option<Op>, value: Option<&Json>) -> Markup {
    let empty = value.map(|value| *value != Json::Bool(false) && value != "false").filter(|_| op == Some(Op::Empty));
    let choice = |key: &'static str, label: &'static str| Choice {
        value: key.into(),
        label: visit.say(label),
        chosen: empty == Some(key == "true"),
        ..Choice::default()
    };
    let choices = vec![choice("true", "is empty"), choice("false", "is not empty")];
    let label = visit.say("or whether it is filled");
    html! { (widget(&Widget::Select { choices, empty: label.clone() }, &Context { name: "add.empty", label: &label, ..Context::default() })) }
}

/// The list's address with what the form of a filter said; none when it said nothing.
pub fn added(visit: &Visit, model: &Model, address: &ListAddress, query: &str) -> Option<ListAddress> {
    let pairs = crate::posted::parse(query);
    let first = |name: &str| pairs.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
    let field = first("add.field")?;
    let mut op = first("add.op").and_then(Op::from_key)?;
    let (_, kind) = described(visit, model, field);
    let mut values: Vec<String> = pairs
        .iter()
        .filter(|(name, value)| name == "add.value" && !value.trim().is_empty())
        .map(|(_, value)| value.trim().to_owned())
        .collect();
    if matches!(kind, Kind::Money | Kind::Number { .. } | Kind::Percent) {
        for value in &mut values {
            if let Ok(meta::Value::Int(_) | meta::Value::Money(_)) =
                meta::human::parse(value, &kind, &visit.style(), field)
            {
                *value = exact(value, &kind, visit);
            }
        }
    }
    let instead: Option<usize> = first("add.instead").and_then(|at| at.parse().ok());
    let mut parts: Vec<Filter> = address.filter.chips().into_iter().cloned().collect();
    if op == Op::Empty {
        values = vec!["true".to_owned()];
    }
    if let Some(empty) = first("add.empty").filter(|empty| !empty.is_empty()) {
        (op, values) = (Op::Empty, vec![empty.to_owned()]);
    } else if op == Op::Within && values.is_empty() {
        let day = |name: &str| first(name).filter(|day| !day.is_empty()).map(str::to_owned);
        (op, values) = match (day("add.from"), day("add.to")) {
            (Some(from), Some(to)) => (Op::Between, vec![from, to]),
            (Some(from), None) => (Op::Ge, vec![from]),
            (None, Some(to)) => (Op::Le, vec![to]),
            (None, None) => (op, values),
        };
    }
    let value = match (op, values.len()) {
        (_, 0) => None,
        (Op::In, 1) => {
            op = if matches!(kind, Kind::Picks(_)) { Op::Has } else { Op::Eq };
            Some(Json::String(values.swap_remove(0)))
        }
        (Op::In | Op::Between, _) => Some(Json::Array(values.into_iter().map(Json::String).collect())),
        _ => Some(Json::String(values.swap_remove(0))),
    };
    let test = value.map(|value| Filter::Test { field: field.to_owned(), op, value });
    match (instead.filter(|at| *at < parts.len()), test) {
        (Some(at), Some(test)) => parts[at] = test,
        (Some(at), None) => {
            parts.remove(at);
        }
        (None, Some(test)) if first("add.or").is_some() && !parts.is_empty() => {
            let before = parts.pop().map_or_else(Vec::new, |before| match before {
                Filter::Any(list) => list,
                one => vec![one],
            });
            parts.push(Filter::Any(before.into_iter().chain([test]).collect()));
        }
        (None, Some(test)) => parts.push(test),
        (None, None) => {}
    }
    Some(address.with_filter(Filter::All(parts)))
}

/// A number as a person wrote it, as the API writes it.
fn exact(written: &str, kind: &Kind, visit: &Visit) -> String {
    match meta::human::parse(written, kind, &visit.style(), "") {
        Ok(meta::Value::Money(money)) => money.to_decimal_string(),
        Ok(meta::Value::Int(number)) => {
            let decimals = if let Kind::Number { decimals, .. } = kind { *decimals } else { 2 };
            base::numbers::format_scaled(number, decimals)
        }
        _ => written.to_owned(),
    }
}
