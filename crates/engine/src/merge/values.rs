//! What the record that stays has of each field, unless it was chosen otherwise.

use meta::{Kind, Model, Record, Value};

use crate::bulk::union;

/// The value of a field after a merge: several values together; of one, that of the record that stays, or else the first that is
/// there. Who sees it is not widened, and what the program keeps is its own matter.
pub fn joined(model: &Model, at: usize, one: &Record, others: &[Record]) -> Value {
    let def = &model.fields[at];
    let own = &one.values[at];
    if def.read_only || model.open_to_all == Some(at) {
        return own.clone();
    }
    if def.kind.is_several() {
        return others.iter().fold(own.clone(), |all, other| union(&all, &other.values[at], &def.kind));
    }
    if !own.is_empty() {
        return own.clone();
    }
    others.iter().map(|other| &other.values[at]).find(|value| !value.is_empty()).unwrap_or(own).clone()
}

/// All texts of a field, one after the other, each once.
pub fn both_texts(at: usize, records: &[Record]) -> Value {
    let mut texts: Vec<&str> = Vec::new();
    for text in records.iter().map(|record| record.values[at].text()).filter(|text| !text.is_empty()) {
        if !texts.contains(&text) {
            texts.push(text);
        }
    }
    if texts.is_empty() { Value::Null } else { Value::Text(texts.join("\n\n")) }
}

/// Every field with what was chosen or what is usual, and whether all of it is what the records have already.
pub(super) fn wanted(
    model: &Model,
    one: &Record,
    others: &[Record],
    chosen: Vec<(usize, Value)>,
) -> (Vec<(usize, Value)>, bool) {
    let all: Vec<Record> = std::iter::once(one).chain(others).cloned().collect();
    let known = |at: usize, value: &Value| {
        value.is_empty()
            || all.iter().any(|record| record.values[at] == *value)
            || *value == joined(model, at, one, others)
            || *value == both_texts(at, &all)
    };
    let own = chosen.iter().all(|(at, value)| known(*at, value));
    let mut wanted = Vec::with_capacity(model.fields.len());
    for at in (0..model.fields.len()).filter(|at| !model.fields[*at].read_only) {
        let value = chosen.iter().find(|(known, _)| *known == at).map(|(_, value)| value.clone());
        let value = value.unwrap_or_else(|| joined(model, at, one, others));
        if value != one.values[at] {
            wanted.push((at, value));
        }
    }
    // Of a condition that then does not hold nothing is taken over.
    let mut after = one.values.clone();
    wanted.iter().for_each(|(at, value)| after[*at] = value.clone());
    wanted.retain(|(at, value)| model.is_shown(*at, &after) || value.is_empty() || is_chosen(&chosen, *at));
    (wanted, own)
}

fn is_chosen(chosen: &[(usize, Value)], at: usize) -> bool {
    chosen.iter().any(|(known, _)| *known == at)
}

/// Whether both of two texts can be kept.
pub fn keeps_both(kind: &Kind) -> bool {
    matches!(kind, Kind::LongText | Kind::RichText)
}
