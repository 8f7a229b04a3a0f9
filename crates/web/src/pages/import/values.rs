//! The words of a column that goes to a closed set, a list or people: which of ours each stands for.

use std::collections::BTreeMap;

use base::{Result, fold, say};
use engine::Query;
use engine::import::{Plan, Target};
use maud::{Markup, html};
use meta::{FieldDef, Kind, Model};
use sheet::Column;
use ui::widgets::{Choice, Context, Widget, widget};

use crate::Visit;
use crate::posted::Posted;

/// People that are offered to be matched.
const PEOPLE: usize = 200;

/// What is sent for a word: `word.FIELD.word of the file`.
const PREFIX: &str = "word.";

/// The fields of a column whose words can be matched.
fn closed<'a>(model: &'a Model, targets: &'a [Target]) -> impl Iterator<Item = &'a FieldDef> {
    targets
        .iter()
        .filter_map(|target| match target {
            Target::Field { field, .. } => model.field(field),
            _ => None,
        })
        .filter(|def| {
            matches!(def.kind, Kind::Choice(_) | Kind::People)
                || matches!(def.kind, Kind::Pick(list) | Kind::Picks(list) if !list.open)
        })
}

/// How many words of a column none of its fields knows.
pub fn unknown(model: &Model, plan: &Plan, people: &[String], column: usize) -> usize {
    let targets = &plan.columns[column].targets;
    if closed(model, targets).next().is_none() {
        return 0;
    }
    let stands = |def: &FieldDef, word: &str| {
        let said = plan.words.get(def.key).is_some_and(|words| words.contains_key(&fold(word)));
        said || (matches!(def.kind, Kind::People) && people.iter().any(|name| fold(name) == fold(word)))
    };
    let values = plan.shape.columns[column].values.keys();
    values.filter(|word| !closed(model, targets).any(|def| stands(def, word))).count()
}

/// The names of the people who can be in charge; read once a page, and only where a column goes to people.
pub fn people(visit: &Visit, model: &Model, plan: &Plan) -> Result<Vec<String>> {
    let asked =
        plan.columns.iter().any(|column| closed(model, &column.targets).any(|def| matches!(def.kind, Kind::People)));
    if !asked {
        return Ok(Vec::new());
    }
    let listed = visit.engine().list(&visit.actor, &Query::all("users"), &[], None, PEOPLE)?;
    Ok(listed.records.into_iter().map(|record| record.title).collect())
}

/// A table of words for each column that has some; empty when none has.
pub fn tables(visit: &Visit, model: &Model, plan: &Plan, people: &[String]) -> Markup {
    let columns =
        plan.columns.iter().zip(&plan.shape.columns).enumerate().filter(|(_, (planned, column))| {
            !column.values.is_empty() && closed(model, &planned.targets).next().is_some()
        });
    html! {
        @for (at, (planned, column)) in columns {
            @let missing = unknown(model, plan, people, at);
            details.values open[missing > 0] {
                summary {
                    b { (visit.text(say!("Words of {column}", column = planned.header.clone()))) } " "
                    @if missing > 0 { span.today { (visit.text(say!("to match: {count}", count = missing))) } }
                    @else { span.muted { (visit.say("all known")) } }
                }
                (table(visit, model, plan, people, &planned.targets, column))
            }
        }
    }
}

fn table(visit: &Visit, model: &Model, plan: &Plan, people: &[String], targets: &[Target], column: &Column) -> Markup {
    let fields: Vec<&FieldDef> = closed(model, targets).collect();
    let label = |def: &FieldDef| model.position(def.key).map_or(String::new(), |at| model.label(at, visit.words()));
    html! {
        table.mapping data-again {
            thead { tr {
                th scope="col" { (visit.say("In the file")) }
                th scope="col" { (visit.say("Rows")) }
                @for def in &fields { th scope="col" { (label(def)) } }
            } }
            tbody { @for (word, count) in &column.values { tr {
                th scope="row" { (word) }
                td.number { (count) }
                @for def in &fields {
                    @let name = format!("{PREFIX}{}.{word}", def.key);
                    @let empty = visit.say("kept as a line");
                    td { (widget(&Widget::Select { choices: choices(visit, def, plan, people, word), empty },
                        &Context { name: &name, label: &format!("{word}: {}", label(def)), ..Context::default() })) }
                }
            } } }
        }
    }
}

fn choices<'a>(visit: &Visit<'a>, def: &FieldDef, plan: &Plan, people: &[String], word: &str) -> Vec<Choice<'a>> {
    let known = plan.words.get(def.key).and_then(|words| words.get(&fold(word)));
    let choice = |value: &str, label: String| Choice {
        chosen: match (known, &def.kind) {
            (Some(known), _) => known == value,
            (None, Kind::People) => fold(value) == fold(word),
            (None, _) => false,
        },
        value: value.to_owned().into(),
        label: label.into(),
        ..Choice::default()
    };
    let labelled = |key: &str| choice(key, visit.catalogue.key_label(&def.kind, key, visit.words()));
    match &def.kind {
        Kind::Choice(choices) => choices.iter().map(|one| labelled(one.key)).collect(),
        Kind::Pick(list) | Kind::Picks(list) => {
            let items = visit.catalogue.list(list.key).map_or(&[][..], |list| list.items.as_slice());
            items.iter().filter(|item| !item.retired).map(|item| labelled(&item.key)).collect()
        }
        _ => people.iter().map(|name| choice(name, name.clone())).collect(),
    }
}

/// The plan's words with those that were posted. Of several fields of one word, each takes what was said of it.
pub fn applied(posted: &Posted, words: &mut BTreeMap<String, BTreeMap<String, String>>) {
    for (name, value) in &posted.fields {
        let Some((field, word)) = name.strip_prefix(PREFIX).and_then(|rest| rest.split_once('.')) else { continue };
        let known = words.entry(field.to_owned()).or_default();
        if value.is_empty() {
            known.remove(&fold(word));
        } else {
            known.insert(fold(word), value.clone());
        }
    }
}
