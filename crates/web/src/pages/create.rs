//! The way from a link that names nobody to the form of a new record called so.

use base::{Problem, say};
use meta::access::Verb;
use meta::entity::Face;
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
    let word = visit.text(say!("Create {name}", name = typed.to_owned()));
    Some((word.into(), address(path, &takes(model, face), typed).into()))
}

/// The form of a new record with a name filled in: a word for each of the fields that take it, and the rest for the last.
pub fn address(path: &str, takes: &[&str], name: &str) -> String {
    let filled: Vec<(&str, &str)> =
        takes.iter().copied().zip(name.splitn(takes.len().max(1), ' ')).filter(|(_, word)| !word.is_empty()).collect();
    let query = if filled.is_empty() { String::new() } else { format!("?{}", encode(&filled)) };
    format!("/{path}/new{query}")
}

/// The fields that a name goes to: the texts that such a record must have.
pub fn takes(model: &Model, face: Option<&'static Face>) -> Vec<&'static str> {
    let mut values = vec![Value::Null; model.fields.len()];
    model.fixed(face).into_iter().for_each(|(at, value)| values[at] = value);
    let takes = |at: &usize| {
        let def = &model.fields[*at];
        matches!(def.kind, Kind::Text { .. }) && !def.read_only && model.is_required(*at, &values)
    };
    (0..model.fields.len()).filter(takes).map(|at| model.fields[at].key).collect()
}
