//! What can be done to many records at once, as it is asked and kept, and ready to be carried out.

use base::{Error, Problem, Result};
use meta::access::Verb;
use meta::normal::{lookup_keys, normalise};
use meta::{Catalogue, FieldDef, Item, Kind, Model, Value};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

use super::gather::Gathering;

/// An act; values are as the API writes them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "verb", rename_all = "snake_case", deny_unknown_fields)]
pub enum Act {
    Set {
        field: String,
        value: Json,
        /// What else such a value asks for: a reason with a loss.
        #[serde(default, skip_serializing_if = "Map::is_empty")]
        also: Map<String, Json>,
    },
    /// More of several values: e-mails, tags, people in charge.
    Add {
        field: String,
        value: Json,
    },
    Remove {
        field: String,
        value: Json,
    },
    Clear {
        field: String,
    },
    Delete,
    Restore,
    /// One record of another entity for each, which links to it. What is there already stays as it is.
    Gather {
        /// The path of that entity.
        into: String,
        /// What all of them get.
        #[serde(default)]
        values: Map<String, Json>,
        /// Whoever is in charge of a record is in charge of what is made for it.
        #[serde(default)]
        as_theirs: bool,
    },
}

/// An act against a model.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Ready {
    /// The field, its value, and what is set with it.
    Set(usize, Value, Vec<(usize, Value)>),
    Add(usize, Value),
    Remove(usize, Value),
    Delete,
    Restore,
    Gather(Gathering),
}

impl Act {
    /// The rights that it takes.
    pub fn verbs(&self) -> &'static [Verb] {
        match self {
            Act::Delete | Act::Restore => &[Verb::Delete],
            Act::Gather { .. } => &[Verb::Bulk, Verb::View],
            _ => &[Verb::Bulk, Verb::Change],
        }
    }

    pub(super) fn ready(&self, catalogue: &Catalogue, model: &Model) -> Result<Ready> {
        Ok(match self {
            Act::Set { field, value, also } => {
                let one = |field: &str, value: &Json| {
                    let at = position(model, field)?;
                    Ok::<_, Error>((at, read(value, &model.fields[at])?))
                };
                let (at, value) = one(field, value)?;
                Ready::Set(at, value, also.iter().map(|(field, value)| one(field, value)).collect::<Result<_>>()?)
            }
            Act::Clear { field } => Ready::Set(position(model, field)?, Value::Null, Vec::new()),
            Act::Add { field, value } => {
                let (at, value) = several(model, field, value)?;
                Ready::Add(at, value)
            }
            Act::Remove { field, value } => {
                let (at, value) = several(model, field, value)?;
                Ready::Remove(at, value)
            }
            Act::Delete => Ready::Delete,
            Act::Restore => Ready::Restore,
            Act::Gather { into, values, as_theirs } => {
                Ready::Gather(Gathering::of(catalogue, model, into, values, *as_theirs)?)
            }
        })
    }
}

/// Whether a field can be given one value for all.
pub fn settable(def: &FieldDef) -> bool {
    !def.read_only && !matches!(def.kind, Kind::Picture | Kind::File)
}

fn position(model: &Model, field: &str) -> Result<usize> {
    let missing = || Problem::at("field", "unknown", base::say!("There is no field {name}", name = field));
    let at = model.position(field).ok_or_else(missing)?;
    if !settable(&model.fields[at]) {
        return Err(Problem::at("field", "read_only", "This is kept by the program and cannot be typed").into());
    }
    Ok(at)
}

fn read(value: &Json, def: &FieldDef) -> Result<Value> {
    let value = meta::json::from_json(value, def.key, &def.kind)?;
    Ok(normalise(value, def, &mut Vec::new())?)
}

fn several(model: &Model, field: &str, value: &Json) -> Result<(usize, Value)> {
    let at = position(model, field)?;
    let def = &model.fields[at];
    if !def.kind.is_several() {
        return Err(Problem::at("verb", "invalid", "Only several values are added to and removed from").into());
    }
    let value = read(value, def)?;
    if value.is_empty() {
        return Err(Error::Refused(vec![Problem::at(def.key, "required", "Fill this in")]));
    }
    Ok((at, value))
}

/// Both, what was there first; nothing twice.
pub fn union(was: &Value, more: &Value, kind: &Kind) -> Value {
    fn joined<T: Clone>(was: &[T], more: &[T], same: impl Fn(&T, &T) -> bool) -> Vec<T> {
        let mut all = was.to_vec();
        for one in more {
            if !all.iter().any(|known| same(known, one)) {
                all.push(one.clone());
            }
        }
        all
    }
    match (was, more) {
        (was, more) if was.is_empty() => more.clone(),
        (Value::Keys(was), Value::Keys(more)) => Value::Keys(joined(was, more, |a, b| is_same_key(a, b, kind))),
        (Value::Links(was), Value::Links(more)) => Value::Links(joined(was, more, |a, b| a == b)),
        (Value::Involved(was), Value::Involved(more)) => Value::Involved(was.and(more)),
        (Value::Items(was), Value::Items(more)) => {
            let more: Vec<Item> = more.iter().map(|item| Item { primary: false, ..item.clone() }).collect();
            Value::Items(joined(was, &more, |a, b| is_same_item(a, b, kind)))
        }
        (Value::Addresses(was), Value::Addresses(more)) => {
            let same = |a: &meta::Address, b: &meta::Address| a.one_line() == b.one_line() && a.country == b.country;
            let mut all = joined(was, more, same);
            all[was.len()..].iter_mut().for_each(|address| address.primary = false);
            Value::Addresses(all)
        }
        _ => was.clone(),
    }
}

/// What is left of the one without the other.
pub(super) fn without(was: &Value, gone: &Value, kind: &Kind) -> Value {
    fn rest<T: Clone>(was: &[T], gone: &[T], same: impl Fn(&T, &T) -> bool) -> Vec<T> {
        was.iter().filter(|one| !gone.iter().any(|other| same(one, other))).cloned().collect()
    }
    let left = match (was, gone) {
        (Value::Keys(was), Value::Keys(gone)) => Value::Keys(rest(was, gone, |a, b| is_same_key(a, b, kind))),
        (Value::Links(was), Value::Links(gone)) => Value::Links(rest(was, gone, |a, b| a == b)),
        (Value::Involved(was), Value::Involved(gone)) => Value::Involved(was.without(gone)),
        (Value::Items(was), Value::Items(gone)) => Value::Items(rest(was, gone, |a, b| is_same_item(a, b, kind))),
        (Value::Addresses(was), Value::Addresses(gone)) => {
            Value::Addresses(rest(was, gone, |a, b| a.one_line() == b.one_line()))
        }
        _ => was.clone(),
    };
    if left.is_empty() { Value::Null } else { left }
}

fn is_same_key(one: &str, other: &str, kind: &Kind) -> bool {
    let open = matches!(kind, Kind::Picks(list) if list.open);
    one == other || (open && base::text_key(one) == base::text_key(other))
}

fn is_same_item(one: &Item, other: &Item, kind: &Kind) -> bool {
    let keys = |item: &Item| lookup_keys(&Value::Items(vec![item.clone()]), kind);
    one.value == other.value || keys(one) == keys(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phones(numbers: &[&str]) -> Value {
        let item = |number: &&str| Item { value: (*number).to_owned(), ..Item::default() };
        Value::Items(numbers.iter().map(item).collect())
    }

    #[test]
    fn what_is_there_is_not_added_twice_and_what_is_not_there_is_removed_from_nothing() {
        let was = phones(&["+39035123", "+3902456"]);
        assert_eq!(union(&was, &phones(&["+3902456", "+39011"]), &Kind::Phones), {
            phones(&["+39035123", "+3902456", "+39011"])
        });
        assert_eq!(without(&was, &phones(&["+3902456", "+39099"]), &Kind::Phones), phones(&["+39035123"]));
        assert_eq!(without(&was, &was, &Kind::Phones), Value::Null);
    }
}
