//! The form that adds a filter, or changes one.

use maud::{Markup, html};
use meta::{Kind, Model, Op};
use ui::widgets::{Choice, Context, Linked, Widget, widget};
use ui::{Act, Button};

use super::written::Written;
use super::{SPANS, described, is_span};
use crate::Visit;
use crate::parts::address::ListAddress;
use crate::parts::fields;

/// The form: `chip` is the part of the filter that it changes, `field` what was chosen in it.
pub fn form(visit: &Visit, model: &Model, address: &ListAddress, chip: Option<usize>, field: Option<&str>) -> Markup {
    let known = chip.and_then(|chip| Written::of_chip(visit, model, address, chip));
    let written = match (known, field) {
        (Some(known), None) => known,
        (Some(known), Some(field)) if known.field == field => known,
        (_, Some(field)) => Written { field: field.to_owned(), chip, ..Written::default() },
        (None, None) => Written { field: usual(model).to_owned(), chip, ..Written::default() },
    };
    drawn(visit, model, address, &written, None)
}

/// The field that is offered first.
fn usual(model: &Model) -> &'static str {
    model.fields.iter().find(|def| def.filtered && !def.hidden).map_or("created_at", |def| def.key)
}

/// The form with what was written, and why it does not hold.
pub(super) fn drawn(
    visit: &Visit,
    model: &Model,
    address: &ListAddress,
    written: &Written,
    problem: Option<&str>,
) -> Markup {
    let face = visit.catalogue.at_path(&address.path).and_then(|(_, face)| face);
    let mut fields: Vec<(String, &str)> = (0..model.fields.len())
        .filter(|at| model.may_show(face, *at))
        .filter(|at| !matches!(model.fields[*at].kind, Kind::Place | Kind::File | Kind::Picture))
        .map(|at| (model.label(at, visit.words()), model.fields[at].key))
        .collect();
    fields.push((visit.say("Created").into_owned(), "created_at"));
    fields.push((visit.say("Changed").into_owned(), "updated_at"));
    fields.sort_by_cached_key(|(label, _)| base::fold(label));
    let (_, kind) = described(visit, model, &written.field);
    let place = format!("/{}/filter", address.path);
    let query = address.query_string();
    let refresh = match written.chip {
        Some(chip) => format!("{place}?chip={chip}&{query}"),
        None => format!("{place}?{query}"),
    };
    html! {
        form.filter-form method="get" action={ "/" (address.path) } novalidate {
            @for (name, value) in crate::posted::parse(&query) { input type="hidden" name=(name) value=(value); }
            @if let Some(chip) = written.chip { input type="hidden" name="add.instead" value=(chip); }
            label.form-label for="i-add.field" { (visit.say("Field")) }
            select.form-select id="i-add.field" name="add.field" hx-get=(refresh) hx-target="closest form" hx-swap="outerHTML" {
                @for (label, key) in &fields { option value=(key) selected[*key == written.field] { (label) } }
            }
            (operands(visit, &kind, written))
            @if let Some(problem) = problem { p.filter-problem role="alert" { (problem) } }
            @if written.chip.is_none() && !address.filter.is_everything() {
                label.tick-line { input.tick type="checkbox" name="add.or" value="1" checked[written.or]; span { (visit.say("or the filter before it")) } }
            }
            div.foot-buttons {
                (ui::button(&Button { label: visit.say("Apply"), kind: ui::Kind::Primary, act: Act::Submit { name: "".into(), value: "".into(), form: "".into() }, ..Button::default() }))
            }
        }
    }
}

fn operands(visit: &Visit, kind: &Kind, written: &Written) -> Markup {
    let choice = |value: String, label: String| Choice {
        chosen: written.values.contains(&value),
        value: value.into(),
        label: label.into(),
        ..Choice::default()
    };
    let context = Context { name: "add.value", label: "", ..Context::default() };
    let chosen = |op: Op, value: Markup| {
        html! {
            input type="hidden" name="add.op" value=(op.key());
            (value)
            label.tick-line { input.tick type="checkbox" name="add.not" value="1" checked[written.not]; span { (visit.say("all but these")) } }
            (emptiness(visit, written))
        }
    };
    let named = |op: Op, value: Widget| chosen(op, widget(&value, &context));
    match kind {
        Kind::Pick(list) | Kind::Picks(list) if !list.open => {
            let items = visit.catalogue.list(list.key).map_or(&[][..], |list| list.items.as_slice());
            let choices = items.iter().map(|item| {
                let (label, group) = (item.label(list.key, visit.words()), fields::group(visit, kind, &item.key));
                choice(item.key.clone(), if group.is_empty() { label } else { format!("{label} ({group})") })
            });
            named(Op::In, Widget::Several { choices: choices.collect() })
        }
        Kind::Choice(list) => {
            let choices = list.iter().map(|def| choice(def.key.to_owned(), visit.say(def.label).into_owned()));
            named(Op::In, Widget::Several { choices: choices.collect() })
        }
        Kind::Picks(_) => named(
            Op::In,
            Widget::Tags {
                values: written.values.iter().map(|value| value.clone().into()).collect(),
                placeholder: visit.say("Type and press Enter"),
                remove_word: visit.say("Remove"),
            },
        ),
        Kind::Link(to) => {
            let linked = |id: &String| {
                let title = visit.engine().title_of(&visit.actor, id.parse().ok()?).ok().flatten()?;
                Some(Linked { id: id.clone().into(), title: title.into(), ..Linked::default() })
            };
            let typed = || {
                (!written.name.is_empty()).then(|| Linked { title: written.name.clone().into(), ..Linked::default() })
            };
            named(
                Op::Eq,
                Widget::Link {
                    value: written.values.first().and_then(linked).or_else(typed),
                    url: format!("/{}/choose", to.path).into(),
                    placeholder: visit.say("Type to search"),
                    clear_word: visit.say("Remove"),
                },
            )
        }
        Kind::Tick => html! {
            input type="hidden" name="add.op" value="eq";
            (widget(&Widget::Radio { choices: vec![choice("true".into(), visit.say("yes").into()), choice("false".into(), visit.say("no").into())] }, &context))
        },
        Kind::People => {
            let of_me = [("me", "me"), ("my-team", "my team")];
            let mut people: Vec<Choice> =
                of_me.into_iter().map(|(key, label)| choice(key.into(), visit.say(label).into())).collect();
            let users = visit.engine().users().unwrap_or_default();
            people.extend(
                users.into_iter().filter(|user| user.active).map(|user| choice(user.id.to_string(), user.name)),
            );
            named(Op::In, Widget::Several { choices: people })
        }
        Kind::Involved(list) => {
            let of_me = [("me", "me"), ("my-team", "my team")];
            let mine = of_me.into_iter().map(|(key, label)| choice(key.into(), visit.say(label).into()));
            let titled = |id: &String| {
                let title = visit.engine().title_of(&visit.actor, id.parse().ok()?).ok().flatten()?;
                Some(Linked { id: id.clone().into(), title: title.into(), ..Linked::default() })
            };
            let roles = visit.catalogue.list(list.key).map_or(&[][..], |list| list.items.as_slice()).iter();
            let role = |item: &meta::catalogue::ListItem| Choice {
                chosen: written.role == item.key,
                value: item.key.clone().into(),
                label: item.label(list.key, visit.words()).into(),
                ..Choice::default()
            };
            let as_what = visit.say("as whatever");
            let subjects = Widget::Links {
                values: written.values.iter().filter_map(titled).collect(),
                url: format!("/{}/choose", visit.catalogue.subjects().map_or("", |model| model.entity.path)).into(),
                placeholder: visit.say("Type to search"),
                remove_word: visit.say("Remove"),
            };
            chosen(
                Op::In,
                html! {
                    (widget(&subjects, &context))
                    (widget(&Widget::Several { choices: mine.collect() }, &context))
                    (widget(&Widget::Select { choices: roles.map(role).collect(), empty: as_what.clone() },
                        &Context { name: "add.role", label: &as_what, unlabelled: true, ..Context::default() }))
                },
            )
        }
        kind if is_span(kind) => span(visit, kind, written, &choice),
        _ => {
            let plain = [Op::Contains, Op::Starts, Op::Has, Op::Eq, Op::Ne];
            let is_one = |op: &&Op| plain.contains(op) && !(**op == Op::Eq && kind.operators().contains(&Op::Has));
            let ops = kind.operators().iter().filter(is_one).map(|op| Choice {
                value: op.key().into(),
                label: visit.say(if *op == Op::Has { Op::Eq.label() } else { op.label() }),
                chosen: written.op == Some(*op),
                ..Choice::default()
            });
            let value = Widget::Text {
                value: written.values.first().cloned().unwrap_or_default().into(),
                kind: "text",
                autocomplete: "off",
                max: 200,
                code: false,
            };
            html! {
                label.form-label for="i-add.op" { (visit.say("Condition")) }
                (widget(&Widget::Select { choices: ops.collect(), empty: "".into() }, &Context { name: "add.op", required: true, ..Context::default() }))
                label.form-label for="i-add.value" { (visit.say("Value")) }
                (widget(&value, &context))
                (emptiness(visit, written))
            }
        }
    }
}

/// From one value to another, or days in words.
fn span(visit: &Visit, kind: &Kind, written: &Written, choice: &impl Fn(String, String) -> Choice<'static>) -> Markup {
    let end = |name: &'static str, label: &'static str, value: &str| {
        let value = value.to_owned().into();
        let of = if kind.is_number() { Widget::Number { value, unit: "".into() } } else { Widget::Date { value } };
        html! {
            label.form-label for={ "i-" (name) } { (visit.say(label)) }
            (widget(&of, &Context { name, ..Context::default() }))
        }
    };
    let (first, last) = if kind.is_number() { (Op::Ge.label(), Op::Le.label()) } else { ("from", "to") };
    let days = SPANS.iter().map(|(key, label)| choice((*key).to_owned(), visit.say(label).into_owned()));
    let context = Context { name: "add.value", label: "", ..Context::default() };
    html! {
        input type="hidden" name="add.op" value=(if kind.is_number() { "between" } else { "within" });
        @if !kind.is_number() { (widget(&Widget::Select { choices: days.collect(), empty: visit.say("in the days") }, &context)) }
        div.filter-span { div { (end("add.from", first, &written.from)) } div { (end("add.to", last, &written.to)) } }
        (emptiness(visit, written))
    }
}

/// Whether there is a value at all, instead of which.
fn emptiness(visit: &Visit, written: &Written) -> Markup {
    let choice = |key: &'static str, label: &'static str| Choice {
        value: key.into(),
        label: visit.say(label),
        chosen: written.empty == Some(key == "true"),
        ..Choice::default()
    };
    let choices = vec![choice("true", "is empty"), choice("false", "is not empty")];
    let label = visit.say("or whether it is filled");
    html! { (widget(&Widget::Select { choices, empty: label.clone() }, &Context { name: "add.empty", label: &label, unlabelled: true, ..Context::default() })) }
}
