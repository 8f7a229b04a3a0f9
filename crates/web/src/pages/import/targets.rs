//! Where a column can go, as the choices of its select.

use engine::import::{AddressPart, ColumnPlan, Target};
use meta::{Kind, Model};
use ui::widgets::Choice;

use crate::Visit;

/// What is sent for a column: its targets as JSON.
pub fn sent(targets: &[Target]) -> String {
    serde_json::to_string(targets).unwrap_or_default()
}

pub fn read(sent: &str) -> Option<Vec<Target>> {
    serde_json::from_str(sent).ok()
}

/// All places, under the titles of the form's sections; what the column is now is among them.
pub fn choices<'a>(visit: &Visit<'a>, model: &Model, column: &ColumnPlan) -> Vec<Choice<'a>> {
    let mut choices: Vec<Choice> = Vec::new();
    let add = |choices: &mut Vec<Choice<'a>>, target: Target, label: String, group: &str| {
        let targets = [target];
        choices.push(Choice {
            value: sent(&targets).into(),
            label: label.into(),
            chosen: targets[..] == column.targets[..],
            group: group.to_owned().into(),
            ..Choice::default()
        });
    };
    for section in &model.sections {
        let title = section.title(visit.words());
        for at in section.fields.iter().copied() {
            for (target, label) in places(visit, model, at) {
                add(&mut choices, target, label, &title);
            }
        }
    }
    let system = visit.say("Who sees it").into_owned();
    for at in [model.in_charge, model.open_to_all].into_iter().flatten() {
        for (target, label) in places(visit, model, at) {
            add(&mut choices, target, label, &system);
        }
    }
    let other = visit.say("Otherwise").into_owned();
    add(&mut choices, Target::Line, visit.say("A line of the description").into_owned(), &other);
    add(&mut choices, Target::Ignore, visit.say("Leave it out").into_owned(), &other);
    if !choices.iter().any(|choice| choice.chosen) {
        let label = column.targets.iter().map(|target| label(visit, model, target)).collect::<Vec<_>>().join(" + ");
        choices.insert(
            0,
            Choice { value: sent(&column.targets).into(), label: label.into(), chosen: true, ..Choice::default() },
        );
    }
    choices
}

const PARTS: [(AddressPart, &str); 6] = [
    (AddressPart::Street, "street and number"),
    (AddressPart::Zip, "postal code"),
    (AddressPart::Town, "town, also with postal code and province"),
    (AddressPart::Province, "province"),
    (AddressPart::Country, "country"),
    (AddressPart::Whole, "all in one"),
];

/// The targets that a field offers: one, one a kind of its values, or the parts of an address.
fn places(visit: &Visit, model: &Model, at: usize) -> Vec<(Target, String)> {
    let def = &model.fields[at];
    if def.read_only || matches!(def.kind, Kind::File | Kind::Picture) {
        return Vec::new();
    }
    let (field, label) = (def.key.to_owned(), model.label(at, visit.words()));
    if matches!(def.kind, Kind::Addresses) {
        let part = |(part, name): &(AddressPart, &'static str)| {
            (Target::Address { field: field.clone(), part: *part, kind: None }, format!("{label}: {}", visit.say(name)))
        };
        return PARTS.iter().map(part).collect();
    }
    let kinds = def.kind.item_kinds().iter().map(|kind| {
        let name = visit.catalogue.key_label(&def.kind, kind.key, visit.words());
        (Target::Field { field: field.clone(), kind: Some(kind.key.to_owned()) }, format!("{label}: {name}"))
    });
    let plain = (Target::Field { field: field.clone(), kind: None }, label.clone());
    std::iter::once(plain).chain(kinds).collect()
}

/// What one target is called.
pub fn label(visit: &Visit, model: &Model, target: &Target) -> String {
    let field = |key: &str| model.position(key).map_or(key.to_owned(), |at| model.label(at, visit.words()));
    match target {
        Target::Field { field: key, .. } => field(key),
        Target::Address { field: key, part, .. } => {
            let name = PARTS.iter().find(|(known, _)| known == part).map_or("", |(_, name)| name);
            format!("{}: {}", field(key), visit.say(name))
        }
        Target::Line => visit.say("A line of the description").into_owned(),
        Target::Ignore => visit.say("Leave it out").into_owned(),
    }
}
