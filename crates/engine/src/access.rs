//! Visibility as a filter: what is added to every query, so that no two channels can disagree.

use base::{Error, Result, Rid, say};
use meta::access::{Person, Scope, Verb};
use meta::entity::Face;
use meta::filter::{Column, Op, Reach, Test, Where};
use meta::{Catalogue, Kind, Model, Value};
use store::records::EVERYBODY;

use crate::Actor;

/// The records of an entity that someone may do something with, as a filter; none when it is nothing at all.
pub fn allowed(person: &Person, model: &Model, face: Option<&Face>, verb: Verb) -> Option<Where> {
    let entity = model.entity;
    let rights = &person.rights;
    // What is asked in a form is nobody's; what is done with it is asked there.
    if entity.action.is_some() {
        return Some(Where::All(Vec::new()));
    }
    // A user who came by a file would have no password, and roles that nobody looked at.
    if entity.house && verb == Verb::Import {
        return None;
    }
    if rights.admin {
        return Some(Where::All(Vec::new()));
    }
    if entity.house {
        // Everybody may know who works here; only administrators change it.
        return (verb == Verb::View).then(|| Where::All(Vec::new()));
    }
    if entity.subject.is_some() && rights.outside {
        // What others are paid is no business of theirs.
        let own = match rights.scope(entity.key, face.map(|face| face.path), Verb::View) {
            Scope::None => return None,
            Scope::All => Where::All(Vec::new()),
            scope => Where::Rids(person.reach(scope).to_vec()),
        };
        return (verb == Verb::View).then_some(own);
    }
    if entity.common {
        // Nobody is in charge of them: seen by all who may see any, changed by those whose rights know no bounds.
        let scope = rights.scope(entity.key, face.map(|face| face.path), verb);
        let changes = rights.scope(entity.key, face.map(|face| face.path), Verb::Change) == Scope::All;
        let may = scope == Scope::All && changes || scope != Scope::None && matches!(verb, Verb::View | Verb::Export);
        return may.then(|| Where::All(Vec::new()));
    }
    if let Some(face) = face {
        return scoped(person, rights.scope(entity.key, Some(face.path), verb), verb);
    }
    // Faces with rights of their own speak for their records, the entity for the rest.
    let own: Vec<&&Face> = entity.faces.iter().filter(|face| rights.rows.contains_key(face.path)).collect();
    if own.is_empty() {
        return scoped(person, rights.scope(entity.key, None, verb), verb);
    }
    let mut ways = Vec::new();
    for face in &own {
        if let Some(reach) = scoped(person, rights.scope(entity.key, Some(face.path), verb), verb) {
            ways.push(Where::All(vec![only(model, face), reach]));
        }
    }
    if let Some(reach) = scoped(person, rights.scope(entity.key, None, verb), verb) {
        let mut rest: Vec<Where> = own.iter().map(|face| Where::Not(Box::new(only(model, face)))).collect();
        rest.push(reach);
        ways.push(Where::All(rest));
    }
    (!ways.is_empty()).then_some(Where::Any(ways))
}

fn scoped(person: &Person, scope: Scope, verb: Verb) -> Option<Where> {
    let reach = |principals: &[Rid]| {
        let mut principals = principals.to_vec();
        // What is opened to everybody may be looked at, no more, and by those of the house.
        if verb == Verb::View && !person.rights.outside {
            principals.push(EVERYBODY);
        }
        Where::Reach(Reach { principals, to_look: matches!(verb, Verb::View | Verb::Export) })
    };
    match scope {
        Scope::None => None,
        Scope::All => Some(Where::All(Vec::new())),
        scope => Some(reach(person.reach(scope))),
    }
}

/// The fixed filter of a face.
pub fn only(model: &Model, face: &Face) -> Where {
    let tests = face.only.iter().filter_map(|condition| {
        let at = model.position(condition.field)?;
        let value = |key: &&str| match model.fields[at].kind {
            Kind::Tick => Value::Tick(*key == "true"),
            _ => Value::Text((*key).to_owned()),
        };
        let values: Vec<Value> = condition.any_of.iter().map(value).collect();
        let op = if values.len() == 1 { Op::Eq } else { Op::In };
        Some(Where::Test(Test { hop: None, column: Column::Field(at), op, values, guard: None }))
    });
    Where::All(tests.collect())
}

/// Adds to every hop that the record hopped to is one that may be seen; a filter must not tell what a page does not.
pub fn guard(filter: Where, actor: &Actor, model: &Model, catalogue: &Catalogue) -> Where {
    match filter {
        Where::All(parts) => Where::All(parts.into_iter().map(|part| guard(part, actor, model, catalogue)).collect()),
        Where::Any(parts) => Where::Any(parts.into_iter().map(|part| guard(part, actor, model, catalogue)).collect()),
        Where::Not(part) => Where::Not(Box::new(guard(*part, actor, model, catalogue))),
        Where::Test(mut test) => {
            if let Some(link) = test.hop
                && let Kind::Link(to) = model.fields[link].kind
                && let Some(target) = catalogue.model(to.key)
            {
                let seen = allowed(&actor.person, target, None, Verb::View).unwrap_or(Where::Any(Vec::new()));
                test.guard = Some(Box::new(seen));
            }
            Where::Test(test)
        }
        other => other,
    }
}

/// What may be done at all with records of a kind, whichever they are.
pub fn may(actor: &Actor, model: &Model, face: Option<&Face>, verb: Verb) -> bool {
    allowed(&actor.person, model, face, verb).is_some()
}

pub fn denied(verb: Verb) -> Error {
    Error::Denied(match verb {
        Verb::View => say!("Your role does not let you see this"),
        Verb::Create => say!("Your role does not let you create this"),
        Verb::Change => say!("Your role does not let you change this"),
        Verb::Delete => say!("Your role does not let you delete this"),
        Verb::Export => say!("Your role does not let you export this"),
        Verb::Import => say!("Your role does not let you import this"),
        Verb::Bulk => say!("Your role does not let you change many at once"),
    })
}

/// Of these records, the ones that someone may do something with.
pub fn among(
    tx: &store::Tx,
    actor: &Actor,
    catalogue: &Catalogue,
    model: &Model,
    rids: &[Rid],
    verb: Verb,
) -> Result<std::collections::HashSet<Rid>> {
    let Some(reach) = allowed(&actor.person, model, None, verb) else { return Ok(Default::default()) };
    if reach == Where::All(Vec::new()) {
        return Ok(rids.iter().copied().collect());
    }
    store::list::matching(tx, catalogue, model, &reach, rids)
}
