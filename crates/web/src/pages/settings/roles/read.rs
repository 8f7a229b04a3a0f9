//! What was posted of a role.

use engine::roles::{Row, Sheet, act, step, steps, with_rights};
use meta::Model;
use meta::access::{Scope, Sight, Verb};

use super::matrix::USUAL;
use crate::Visit;
use crate::posted::Posted;

/// The matrix; the fields and steps stay.
pub fn matrix(visit: &Visit, posted: &Posted, before: Sheet) -> Sheet {
    let mut sheet = Sheet { outside: posted.all("outside").any(|value| !value.is_empty()), ..before };
    sheet.usual = row(posted, USUAL).map(Option::unwrap_or_default);
    sheet.rows.clear();
    for model in with_rights(&visit.catalogue) {
        let places = std::iter::once(model.entity.key).chain(model.entity.faces.iter().map(|face| face.path));
        let rows = places.map(|place| (place.to_owned(), row(posted, place)));
        sheet.rows.extend(rows.filter(|(_, row)| row.iter().any(Option::is_some)));
    }
    sheet
}

fn row(posted: &Posted, place: &str) -> Row {
    Verb::ALL.map(|verb| Scope::from_key(posted.first(&format!("r.{place}.{}", verb.key()))))
}

/// The fields and steps of one entity; everything else stays.
pub fn fields(visit: &Visit, posted: &Posted, model: &Model, before: Sheet) -> Sheet {
    let mut sheet = before;
    let entity = model.entity.key;
    let sight = |at: usize| {
        let key = model.fields[at].key;
        Some((key.to_owned(), Sight::from_key(posted.first(&format!("f.{key}")))?))
    };
    let kept = model.visible().filter_map(sight).filter(|(_, sight)| *sight != Sight::Changed).collect();
    sheet.fields.insert(entity.to_owned(), kept);
    sheet.fields.retain(|_, fields| !fields.is_empty());
    sheet.barred.retain(|barred| barred.split(['/', '.']).next() != Some(entity));
    let allowed = |name: &str| posted.all(&format!("a.{name}")).any(|value| !value.is_empty());
    sheet.barred.extend(acts(visit, model).into_iter().filter(|name| !allowed(name)));
    match posted.all("keeps").any(|value| !value.is_empty()) {
        true => sheet.keeps.insert(entity.to_owned()),
        false => sheet.keeps.remove(entity),
    };
    sheet
}

/// The names of all actions and steps of an entity's records.
pub fn acts(visit: &Visit, model: &Model) -> Vec<String> {
    let actions = visit.catalogue.actions(model.entity.key).map(|(form, _)| act(model.entity.key, form.entity.key));
    let steps = steps(&visit.catalogue, model).into_iter().flat_map(|(at, values)| {
        values.into_iter().map(move |value| step(model.entity, &model.fields[at], value)).collect::<Vec<_>>()
    });
    actions.chain(steps).collect()
}
