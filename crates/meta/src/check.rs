//! The check of all declarations, when the program starts and in a test: messages name the place.

use std::collections::HashSet;

use crate::action::Action;
use crate::catalogue::Model;
use crate::entity::Entity;
use crate::field::{Declared, FieldDef};
use crate::kind::Kind;

/// Names that a column or a path may not have, because every record has them, or every entity in the language files.
const RESERVED: [&str; 14] = [
    "rid",
    "id",
    "version",
    "title",
    "created_at",
    "updated_at",
    "deleted_at",
    "sort",
    "filter",
    "limit",
    "cursor",
    "q",
    "plural",
    "gender",
];

/// What is wrong with the declarations, one addressed line each; empty when all is well.
pub fn check(entities: &[&'static Entity], models: &[Model]) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut names = HashSet::new();
    for entity in entities {
        for name in [entity.key, entity.path].into_iter().chain(entity.faces.iter().map(|face| face.path)) {
            if !is_name(name) {
                wrong.push(format!("{}: \"{name}\" is not a name: small letters, digits and underscores", entity.key));
            }
            if !names.insert(name) {
                wrong.push(format!("{}: \"{name}\" is taken", entity.key));
            }
        }
    }
    for model in models {
        check_model(model, entities, &mut wrong);
    }
    check_subjects(models, &mut wrong);
    wrong
}

fn check_model(model: &Model, entities: &[&'static Entity], wrong: &mut Vec<String>) {
    let entity = model.entity;
    let mut say = |what: String| wrong.push(format!("{}: {what}", entity.key));
    if entity.title.is_none() && entity.action.is_none() {
        say("has no title".to_owned());
    }
    if entity.list.is_empty() && entity.action.is_none() {
        say("has no list".to_owned());
    }
    if let Some(action) = &entity.action {
        check_action(model, action, entities, &mut say);
    }
    let declared: HashSet<&str> =
        entity.sections().flat_map(|section| section.fields).map(|field| field.def().key).collect();
    for field in
        entity.list.iter().chain(entity.quick).chain(entity.subtitle).chain(entity.keys).chain(entity.title.iter())
    {
        let key = field.def().key;
        if !declared.contains(key) && model.position(key).is_none() {
            say(format!("{key} stands in the list and in no section"));
        }
    }
    for face in entity.faces {
        for condition in face.only {
            check_condition(model, face.path, condition, &mut say);
        }
        for field in face.list.iter().filter(|field| model.position(field.def().key).is_none()) {
            say(format!("{}: {} is not a field", face.path, field.def().key));
        }
    }
    let mut keys = HashSet::new();
    for def in &model.fields {
        let key = def.key;
        if !is_name(key) || RESERVED.contains(&key) || key.ends_with("_key") || key.ends_with("_currency") {
            say(format!("{key} is not a name that a field can have"));
        }
        if !def.custom && key.starts_with("x_") {
            say(format!("{key}: only custom fields begin with x_"));
        }
        if !keys.insert(key) {
            say(format!("{key} is declared twice"));
        }
        check_field(model, def, entities, &mut say);
    }
    for field in entity.gathered.iter().chain(entity.once) {
        let key = field.def().key;
        if !model.field(key).is_some_and(|def| matches!(def.kind, Kind::Link(_))) {
            say(format!("{key}: only by a link of its own is a record made for each, or there once"));
        }
    }
    if let Some(summary) = entity.summary {
        for field in [summary.through, summary.by] {
            if !model.field(field.def().key).is_some_and(|def| matches!(def.kind, Kind::Link(_))) {
                say(format!("{}: {} is no link to sum up by", summary.label, field.def().key));
            }
        }
        for column in summary.columns {
            check_condition(model, summary.label, &column.only, &mut say);
            if column.only.field != summary.columns[0].only.field {
                say(format!("{}: columns are values of one choice", summary.label));
            }
        }
    }
    check_reach(model, &mut say);
}

fn check_action(form: &Model, action: &Action, entities: &[&'static Entity], say: &mut dyn FnMut(String)) {
    match entities.iter().find(|entity| entity.key == action.to.key) {
        Some(to) => check_condition(&Model::declared(to), "when", &action.when, say),
        None => say(format!("it is done with {}, which is not in the catalogue", action.to.key)),
    }
    for offer in action.offers {
        let key = offer.field.def().key;
        if !form.field(key).is_some_and(|def| matches!(def.kind, Kind::Link(_))) {
            say(format!("{key}: records are offered to links of the form"));
        }
    }
}

/// Those involved are of one entity, which says how they are tied to users.
fn check_subjects(models: &[Model], wrong: &mut Vec<String>) {
    let mut subjects = models.iter().filter_map(|model| Some((model, model.entity.subject?)));
    let first = subjects.next();
    for (other, _) in subjects {
        wrong.push(format!("{}: only one entity holds the subjects that others involve", other.entity.key));
    }
    for model in models.iter().filter(|model| model.involved.is_some() && first.is_none()) {
        wrong.push(format!("{}: involves subjects, and no entity holds them", model.entity.key));
    }
    let Some((model, subject)) = first else { return };
    let mut say = |field: &dyn Declared, what: &str| {
        let key = field.def().key;
        let there = model.field(key);
        let right = there.is_some_and(|def| match def.kind {
            Kind::Link(to) => what == "link" && (to.house || to.key == model.entity.key),
            Kind::Date => what == "date",
            _ => false,
        });
        if !right {
            wrong.push(format!("{}: {key} is no {what} that a subject can be known by", model.entity.key));
        }
    };
    say(subject.user, "link");
    say(subject.part_of, "link");
    say(subject.since, "date");
    say(subject.until, "date");
}

/// Who sees a record follows from its ties: those of the people in charge, or those of the one record that it belongs to.
fn check_reach(model: &Model, say: &mut dyn FnMut(String)) {
    let mut people = model.fields.iter().filter(|def| matches!(def.kind, Kind::People));
    if let Some(first) = people.next() {
        for other in people {
            say(format!("{}: {} names people already, and two fields would share the ties", other.key, first.key));
        }
        if model.belongs.is_some() {
            say(format!("{}: who sees a record that belongs to another is said there", first.key));
        }
    }
    let mut involved = model.fields.iter().filter(|def| matches!(def.kind, Kind::Involved(_)));
    if let Some(first) = involved.next() {
        for other in involved {
            say(format!(
                "{}: {} names those involved already, and two fields would share the ties",
                other.key, first.key
            ));
        }
        if model.belongs.is_some() {
            say(format!("{}: who sees a record that belongs to another is said there", first.key));
        }
    }
    let mut owners = model.fields.iter().filter(|def| def.belongs);
    let Some(owner) = owners.next() else { return };
    for other in owners {
        say(format!("{}: it belongs to {} already", other.key, owner.key));
    }
    if let Kind::Link(to) = owner.kind
        && Model::declared(to).belongs.is_some()
    {
        say(format!("{}: {} belongs to another record itself, and rights go one level up only", owner.key, to.key));
    }
}

fn check_field(model: &Model, def: &FieldDef, entities: &[&'static Entity], say: &mut dyn FnMut(String)) {
    let key = def.key;
    if let Kind::Link(to) = def.kind
        && !entities.iter().any(|entity| entity.key == to.key)
    {
        say(format!("{key} links to {}, which is not in the catalogue", to.key));
    }
    if (def.sorted || def.filtered) && !def.kind.sorts() {
        say(format!("{key}: a {} cannot be sorted by", def.kind.name()));
    }
    let counts = matches!(def.kind, Kind::Number { .. } | Kind::Money | Kind::Percent);
    if (def.least.is_some() || def.most.is_some()) && !counts {
        say(format!("{key}: a {} has no least and no most", def.kind.name()));
    }
    if def.acyclic && !matches!(def.kind, Kind::Link(to) if to.key == model.entity.key) {
        say(format!("{key}: only a link to the entity itself can go round in a circle"));
    }
    let panelled = matches!(def.kind, Kind::Link(_) | Kind::Involved(_));
    if def.belongs && !matches!(def.kind, Kind::Link(_)) || def.panel.is_some() && !panelled {
        say(format!("{key}: only a link has a panel, or a record that it belongs to"));
    }
    if let Some(those) = def.among {
        match def.kind {
            Kind::Link(to) => check_condition(&Model::declared(to), key, &those, say),
            _ => say(format!("{key}: only a link chooses among records")),
        }
    }
    if let Some(other) = def.besides.filter(|other| model.position(other).is_none()) {
        say(format!("{key}: stands beside \"{other}\", which is no field"));
    }
    for condition in [def.shown, def.required_when].into_iter().flatten().flat_map(crate::Condition::ways) {
        check_condition(model, key, &condition, say);
    }
    if let Kind::Pick(list) | Kind::Picks(list) = def.kind {
        for item in list.items.iter().filter(|item| !list.classes.is_empty() && item.class.is_none()) {
            say(format!("{key}: {}.{} has no class", list.key, item.key));
        }
        for item in list.items {
            if item.class.is_some_and(|class| !list.classes.iter().any(|known| known.key == class)) {
                say(format!("{key}: {}.{} has an unknown class", list.key, item.key));
            }
        }
    }
}

fn check_condition(model: &Model, place: &str, condition: &crate::Condition, say: &mut dyn FnMut(String)) {
    let Some(def) = model.field(condition.field) else {
        return say(format!("{place}: depends on {}, which is not a field", condition.field));
    };
    let offered: Vec<&str> = match def.kind {
        Kind::Choice(choices) => choices.iter().map(|choice| choice.key).collect(),
        Kind::Tick => vec!["true", "false"],
        // Lists are the administrator's: what is not there now may come.
        Kind::Pick(list) | Kind::Picks(list) if condition.by_class => list.classes.iter().map(|one| one.key).collect(),
        Kind::Pick(_) | Kind::Picks(_) => return,
        _ => return say(format!("{place}: {} is not a choice to depend on", condition.field)),
    };
    for key in condition.any_of.iter().filter(|key| !offered.contains(key)) {
        say(format!("{place}: \"{key}\" is not a value of {}", condition.field));
    }
}

fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.len() <= 50
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}
