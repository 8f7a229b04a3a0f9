//! The way from a link that names nobody to the form of a new record called so.

use base::{Problem, say};
use meta::access::Verb;
use meta::{FieldDef, Kind, Model, Value};
use ui::Text;

use crate::Visit;
use crate::posted::encode;

/// *Create …* and the address of the form, where a link was refused because there is no record of the name that was typed.
pub fn link<'a>(visit: &Visit, def: &FieldDef, problem: &Problem, typed: &str) -> Option<(Text<'a>, Text<'a>)> {
    let Kind::Link(to) = def.kind else { return None };
    if problem.code != "missing" || typed.is_empty() {
        return None;
    }
    let model = visit.catalogue.model(to.key)?;
    let face = model.entity.faces.iter().find(|face| def.among.is_some_and(|among| face.only == [among])).copied();
    if !engine::access::may(&visit.actor, model, face, Verb::Create) {
        return None;
    }
    let path = face.map_or(model.entity.path, |face| face.path);
    let mut fixed = vec![Value::Null; model.fields.len()];
    for condition in face.map_or(&[][..], |face| face.only) {
        if let (Some(at), Some(key)) = (model.position(condition.field), condition.any_of.first()) {
            fixed[at] = Value::Text((*key).to_owned());
        }
    }
    let named = named(model, &fixed, typed);
    let query = if named.is_empty() { String::new() } else { format!("?{}", encode(&named)) };
    let word = visit.text(say!("Create {name}", name = typed.to_owned()));
    Some((word.into(), format!("/{path}/new{query}").into()))
}

/// The name as the texts that such a record must have: where these are several, a word for each and the rest for the last.
fn named<'a>(model: &Model, fixed: &[Value], typed: &'a str) -> Vec<(&'static str, &'a str)> {
    let asked: Vec<&'static str> = (0..model.fields.len())
        .filter(|at| {
            let def = &model.fields[*at];
            matches!(def.kind, Kind::Text { .. }) && !def.read_only && model.is_required(*at, fixed)
        })
        .map(|at| model.fields[at].key)
        .collect();
    asked.iter().copied().zip(typed.splitn(asked.len().max(1), ' ')).collect()
}
