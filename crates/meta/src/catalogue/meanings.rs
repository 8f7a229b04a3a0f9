//! Conditions by what a value means: the keys of a list that have the classes now, so that whoever obeys them compares keys alone.

use std::collections::HashMap;

use super::List;
use crate::field::{Condition, FieldDef};
use crate::intern;
use crate::kind::Kind;

/// The conditions of all fields of a model, by the keys that mean it.
pub(super) fn resolve(lists: &HashMap<&'static str, List>, fields: &mut [FieldDef]) {
    let holding: HashMap<&str, &List> = fields
        .iter()
        .filter_map(|def| match def.kind {
            Kind::Pick(list) | Kind::Picks(list) => Some((def.key, lists.get(list.key)?)),
            _ => None,
        })
        .collect();
    for def in fields {
        for condition in [&mut def.shown, &mut def.required_when, &mut def.read_only_when].into_iter().flatten() {
            *condition = by_keys(&holding, condition);
        }
    }
}

fn by_keys(holding: &HashMap<&str, &List>, condition: &Condition) -> Condition {
    let or = condition.or.map(|other| intern::condition(by_keys(holding, other)));
    let Some(list) = holding.get(condition.field).filter(|_| condition.by_class) else {
        return Condition { or, ..*condition };
    };
    let means = |class: &Option<String>| class.as_deref().is_some_and(|class| condition.any_of.contains(&class));
    let keys: Vec<String> = list.items.iter().filter(|item| means(&item.class)).map(|item| item.key.clone()).collect();
    Condition { any_of: intern::words(&keys), by_class: false, or, ..*condition }
}
