//! The input of a condition: a field that one chooses from, and the values that count.

use axum::extract::Path;
use axum::response::Response;
use maud::{Markup, html};
use meta::custom::When;
use meta::{Kind, Model};
use ui::widgets::{Choice, Context, Widget, widget};

use crate::answer::html as answer;
use crate::pages::settings::model_of;
use crate::posted::{Posted, parse};
use crate::{Ask, Visit};

/// The input named `name`: it sends `name.field` and `name.values`.
pub fn input<'a>(visit: &Visit<'a>, model: &Model, name: &str, label: &str, when: Option<&When>) -> Widget<'a> {
    let chosen = when.map_or("", |when| when.field.as_str());
    let offered = model.visible().filter(|at| choices(visit, model, *at, &[]).is_some());
    Widget::Custom(html! {
        div.condition role="group" aria-labelledby={ "l-" (name) } {
            select.form-select id={ "i-" (name) } name={ (name) ".field" } aria-label={ (label) ": " (visit.say("field")) }
                hx-get={ "/settings/fields/" (model.entity.key) "/values" } hx-target="next .condition-values" hx-swap="innerHTML" hx-trigger="change" {
                option value="" { "–" }
                @for at in offered {
                    @let key = model.fields[at].key;
                    option value=(key) selected[key == chosen] { (model.label(at, visit.words())) }
                }
            }
            div.condition-values aria-live="polite" {
                @if let Some(when) = when { (ticks(visit, model, name, when)) }
            }
        }
    })
}

fn ticks(visit: &Visit, model: &Model, name: &str, when: &When) -> Markup {
    let Some(at) = model.position(&when.field) else { return html! {} };
    let Some(choices) = choices(visit, model, at, &when.any_of) else { return html! {} };
    let name = format!("{name}.values");
    html! {
        span.muted id={ "l-" (name) } { (visit.say("is one of")) }
        (widget(&Widget::Several { choices }, &Context { name: &name, ..Context::default() }))
    }
}

/// The values of a field that a condition can ask for; none where there is nothing to choose from.
fn choices<'a>(visit: &Visit<'a>, model: &Model, at: usize, chosen: &[String]) -> Option<Vec<Choice<'a>>> {
    let kind = &model.fields[at].kind;
    let keys: Vec<String> = match kind {
        Kind::Tick => {
            let said = |value: &'static str, label: &'static str| Choice {
                value: value.into(),
                label: visit.say(label),
                chosen: chosen.iter().any(|key| key == value),
                ..Choice::default()
            };
            return Some(vec![said("true", "yes"), said("false", "no")]);
        }
        Kind::Choice(choices) => choices.iter().map(|choice| choice.key.to_owned()).collect(),
        Kind::Pick(list) | Kind::Picks(list) => {
            let items = visit.catalogue.list(list.key).map_or(&[][..], |list| list.items.as_slice());
            items
                .iter()
                .filter(|item| !item.retired || chosen.contains(&item.key))
                .map(|item| item.key.clone())
                .collect()
        }
        _ => return None,
    };
    let choice = |key: String| Choice {
        label: visit.catalogue.key_label(kind, &key, visit.words()).into(),
        chosen: chosen.contains(&key),
        value: key.into(),
        ..Choice::default()
    };
    Some(keys.into_iter().map(choice).collect())
}

pub fn read(posted: &Posted, name: &str) -> Option<When> {
    let field = posted.first(&format!("{name}.field")).to_owned();
    let values = format!("{name}.values");
    let any_of = posted.all(&values).filter(|value| !value.is_empty()).map(str::to_owned).collect();
    (!field.is_empty()).then_some(When { field, any_of })
}

/// A condition in words: `Tipo: Azienda, Persona`.
pub fn said(visit: &Visit, model: &Model, condition: &meta::Condition) -> String {
    let ways: Vec<String> = condition.ways().map(|way| one(visit, model, &way)).collect();
    ways.join(&format!(" {} ", visit.say("or")))
}

fn one(visit: &Visit, model: &Model, condition: &meta::Condition) -> String {
    let Some(at) = model.position(condition.field) else { return String::new() };
    let keys: Vec<String> = condition.any_of.iter().map(|key| (*key).to_owned()).collect();
    let labels = choices(visit, model, at, &keys).unwrap_or_default();
    let labels: Vec<String> =
        labels.into_iter().filter(|choice| choice.chosen).map(|choice| choice.label.into_owned()).collect();
    format!("{}: {}", model.label(at, visit.words()), labels.join(", "))
}

/// The values of the field that was just chosen.
pub async fn values(Path(entity): Path<String>, ask: Ask) -> Response {
    ask.run(move |visit| {
        let model = model_of(visit, &entity)?;
        let chosen = parse(&visit.ask.query).into_iter().find_map(|(name, field)| {
            let name = name.strip_suffix(".field")?.to_owned();
            Some((name, When { field, any_of: Vec::new() }))
        });
        answer(chosen.map_or(html! {}, |(name, when)| ticks(visit, model, &name, &when)))
    })
    .await
}
