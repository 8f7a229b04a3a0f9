//! Values of a list that go with some values of another field alone: the stages of a pipeline, the reasons of an outcome.

use base::{Problem, say};
use meta::{FieldDef, Kind, Model, PickList, Value};
use ui::widgets::Choice;

use crate::Visit;

/// Says of each choice beside which values of which other field it is offered, so that a form narrows itself while one chooses.
pub fn fit(visit: &Visit, model: &Model, at: usize, list: &PickList, choices: &mut [Choice]) {
    let whole = |field: &'static str, keys: Vec<String>| (field.into(), keys.into_iter().map(Into::into).collect());
    if let Some((by, _)) = parted_by(visit, model, list) {
        for choice in choices {
            let of = visit.catalogue.group_of(list, &choice.value).unwrap_or_default().to_owned();
            choice.only = Some(whole(by.key, vec![of]));
        }
    } else if let Some((other, meant)) = meant_by(model, at, list) {
        for choice in choices {
            let class = visit.catalogue.class(list.key, &choice.value);
            let items = visit.catalogue.list(meant.key).map_or(&[][..], |list| &list.items);
            let same = items.iter().filter(|item| item.class.as_deref() == class).map(|item| item.key.clone());
            choice.only = Some(whole(other, same.collect()));
        }
    }
}

/// What a form said of a list and of what parts it, where the two do not agree: without script both can be chosen freely.
pub fn disagree(visit: &Visit, model: &Model, values: &[(usize, Value)]) -> Vec<Problem> {
    let said = |key: &str| values.iter().find(|(at, _)| model.fields[*at].key == key).map(|(_, value)| value.text());
    let problem = |(at, value): &(usize, Value)| {
        let def = &model.fields[*at];
        let Kind::Pick(list) = def.kind else { return None };
        let (by, groups) = parted_by(visit, model, list)?;
        let (chosen, of) = (said(by.key)?, visit.catalogue.group_of(list, value.text())?);
        if chosen.is_empty() || value.is_empty() || chosen == of {
            return None;
        }
        let label = |key: &str| visit.catalogue.key_label(&by.kind, key, visit.words());
        groups.iter().find(|group| **group == chosen)?;
        let text = say!("This is of {group}: choose one of {chosen}", group = label(of), chosen = label(chosen));
        Some(Problem::at(def.key, "group", text))
    };
    values.iter().filter_map(problem).collect()
}

/// The field that says which part of a list it is, and the parts; none where there are no several.
fn parted_by<'m>(visit: &Visit, model: &'m Model, list: &PickList) -> Option<(&'m FieldDef, Vec<String>)> {
    let parting = list.grouped?;
    let holds = |def: &&FieldDef| !def.hidden && matches!(def.kind, Kind::Pick(held) if held.key == parting.key);
    let groups: Vec<String> = visit.catalogue.groups(list).into_iter().map(|group| group.key.clone()).collect();
    model.fields.iter().find(holds).filter(|_| !groups.is_empty()).map(|def| (def, groups))
}

/// The field whose value says whether this one is asked for, where both lists have the same classes.
fn meant_by(model: &Model, at: usize, list: &PickList) -> Option<(&'static str, &'static PickList)> {
    let other = model.fields[at].shown?.field;
    let Kind::Pick(meant) = model.field(other)?.kind else { return None };
    let classes = |list: &PickList| list.classes.iter().map(|class| class.key).collect::<Vec<_>>();
    (!list.classes.is_empty() && classes(list) == classes(meant)).then_some((other, meant))
}
