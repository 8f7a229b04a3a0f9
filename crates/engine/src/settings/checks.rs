//! What must hold of a field that an administrator makes or changes; each refusal names the input of the form.

use base::words::Words;
use base::{Problem, fold, say};
use meta::custom::{Index, Look, MOST_INDEXED, PREFIX, Shape, When, can_be_indexed};
use meta::{Catalogue, Kind, Model};

/// The longest label, in characters.
const LONGEST_LABEL: usize = 80;
const LONGEST_HINT: usize = 300;
const LONGEST_UNIT: usize = 12;
const LONGEST_TEXT: usize = 2_000;
const MOST_DECIMALS: u8 = 8;

/// What stands in the way of a look, for a new field or a standing one (by its key).
pub(super) fn look(
    model: &Model,
    key: Option<&str>,
    look: &Look,
    catalogue: &Catalogue,
    words: &[&Words],
) -> Vec<Problem> {
    let mut problems = Vec::new();
    let at = key.and_then(|key| model.position(key));
    let is_custom = at.is_none_or(|at| model.fields[at].custom);
    if is_custom && look.labels.is_empty() {
        problems.push(Problem::at("labels", "required", "Give it a name"));
    }
    if look.labels.values().any(|label| label.chars().count() > LONGEST_LABEL) {
        problems.push(Problem::at(
            "labels",
            "too_long",
            say!("At most {most} characters fit here", most = LONGEST_LABEL),
        ));
    }
    if look.hint.as_ref().is_some_and(|hint| hint.chars().count() > LONGEST_HINT) {
        problems.push(Problem::at("hint", "too_long", say!("At most {most} characters fit here", most = LONGEST_HINT)));
    }
    if let Some(label) = look.labels.values().find(|label| is_taken(model, at, label, words)) {
        let text = say!("Another field is called {label} already", label = label.clone());
        problems.push(Problem::at("labels", "taken", text));
    }
    let required = match at.filter(|_| !is_custom) {
        Some(at) => {
            let def = &model.fields[at];
            def.required || def.required_when.is_some() || at == model.title
        }
        None => look.required || look.required_when.is_some(),
    };
    if required && look.hidden {
        problems.push(Problem::at("hidden", "required", "A field that must be filled in cannot be hidden"));
    }
    if required && look.off_form {
        problems.push(Problem::at("off_form", "required", "A field that must be filled in stands in the form"));
    }
    for (name, when) in
        [("shown", &look.shown), ("required_when", &look.required_when), ("read_only_when", &look.read_only_when)]
    {
        if let Some(when) = when {
            problems.extend(condition(model, key, name, when, catalogue));
        }
    }
    let indexed = |def: &&meta::FieldDef| def.custom && Some(def.key) != key && def.index != Index::None;
    if look.index != Index::None && model.fields.iter().filter(indexed).count() >= MOST_INDEXED {
        let text = say!("At most {most} fields of one kind of record have an index", most = MOST_INDEXED);
        problems.push(Problem::at("index", "too_many", text));
    }
    if let Some(at) = at.filter(|_| look.index != Index::None)
        && !can_be_indexed(&model.fields[at].kind)
    {
        problems.push(Problem::at("index", "invalid", "A field of this kind needs no index"));
    }
    problems
}

/// What stands in the way of a condition: it looks at a field that can be chosen from, and not at its own.
pub(super) fn condition(
    model: &Model,
    key: Option<&str>,
    name: &'static str,
    when: &When,
    catalogue: &Catalogue,
) -> Option<Problem> {
    let Some(def) = model.field(&when.field).filter(|def| !def.hidden) else {
        let text = say!("There is no field {name}", name = when.field.clone());
        return Some(Problem::at(name, "unknown", text));
    };
    if Some(def.key) == key {
        return Some(Problem::at(name, "circle", "A field cannot depend on itself"));
    }
    // Two that are shown because of each other would never be.
    if name == "shown" && def.shown.is_some_and(|other| other.ways().any(|way| Some(way.field) == key)) {
        return Some(Problem::at(name, "circle", "Two fields cannot depend on each other"));
    }
    let known: Vec<&str> = match def.kind {
        Kind::Tick => vec!["true", "false"],
        Kind::Choice(choices) => choices.iter().map(|choice| choice.key).collect(),
        Kind::Pick(list) | Kind::Picks(list) => catalogue
            .list(list.key)
            .map_or(Vec::new(), |list| list.items.iter().map(|item| item.key.as_str()).collect()),
        _ => return Some(Problem::at(name, "invalid", "Only a field with values to choose from can be asked here")),
    };
    if when.any_of.is_empty() {
        return Some(Problem::at(name, "required", "Choose at least one value"));
    }
    let stranger = when.any_of.iter().find(|value| !known.contains(&value.as_str()))?;
    Some(Problem::at(name, "unknown", say!("There is no {name} here", name = stranger.clone())))
}

/// What stands in the way of a shape.
pub(super) fn shape(shape: &Shape, catalogue: &Catalogue) -> Option<Problem> {
    match shape {
        Shape::Text { max } if !(1..=LONGEST_TEXT).contains(max) => {
            Some(Problem::at("max", "invalid", say!("From 1 to {most} characters", most = LONGEST_TEXT)))
        }
        Shape::Number { decimals, .. } if *decimals > MOST_DECIMALS => {
            Some(Problem::at("decimals", "invalid", say!("At most {most} decimals", most = i64::from(MOST_DECIMALS))))
        }
        Shape::Number { unit, .. } if unit.chars().count() > LONGEST_UNIT => {
            Some(Problem::at("unit", "too_long", say!("At most {most} characters fit here", most = LONGEST_UNIT)))
        }
        Shape::Pick { list } | Shape::Picks { list } if catalogue.list(list).is_none() => {
            Some(Problem::at("list", "unknown", "Choose a list"))
        }
        Shape::Link { entity } if catalogue.model(entity).is_none() => {
            Some(Problem::at("entity", "unknown", "Choose what it leads to"))
        }
        _ => None,
    }
}

/// The key of a new field: as asked for, or made from its name.
pub(super) fn key(model: &Model, asked: Option<&str>, labels: &[&String]) -> Result<String, Problem> {
    let names = |def: &meta::FieldDef, name: &str| def.key == name || def.key.strip_prefix(PREFIX) == Some(name);
    if let Some(asked) = asked {
        let name = asked.strip_prefix(PREFIX).unwrap_or(asked);
        let is_name = name.starts_with(|c: char| c.is_ascii_lowercase())
            && name.len() <= 40
            && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
            && !is_reserved(name);
        if !is_name {
            return Err(Problem::at(
                "key",
                "invalid",
                "Small letters, digits and underscores, beginning with a letter",
            ));
        }
        if model.fields.iter().any(|def| !def.custom && names(def, name)) {
            return Err(Problem::at("key", "taken", "A field of the program is called so"));
        }
        if model.fields.iter().any(|def| names(def, name)) {
            return Err(Problem::at("key", "taken", "Another field has this key"));
        }
        return Ok(format!("{PREFIX}{name}"));
    }
    let name =
        labels.iter().map(|label| super::slug(label)).find(|slug| !slug.is_empty()).unwrap_or("field".to_owned());
    let name = if is_reserved(&name) { format!("{name}_1") } else { name };
    // Beside a declared `name` a custom `x_name` would only confuse.
    Ok(format!("{PREFIX}{}", super::free(&name, |name| model.fields.iter().any(|def| names(def, name)))))
}

/// Endings that stand for columns beside the field's own.
fn is_reserved(name: &str) -> bool {
    ["_key", "_currency", "_longitude"].iter().any(|end| name.ends_with(end))
}

/// Whether another field that is seen has this label, in any language.
fn is_taken(model: &Model, at: Option<usize>, label: &str, words: &[&Words]) -> bool {
    let asked = fold(label);
    let mut others = model.visible().filter(|other| Some(*other) != at);
    others.any(|other| words.iter().any(|words| fold(&model.label(other, words)) == asked))
}
