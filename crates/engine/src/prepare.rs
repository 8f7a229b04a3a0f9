//! From a draft to values that hold: links found, base compared, fields normalised, rules run. Reads, never writes.

mod files;
mod involved;
mod once;
mod reading;
mod rights;
mod whole;

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};

use base::error::{Conflict, Contested};
use base::{Error, Id, Problem, Result, Rid, say};
use meta::access::Verb;
use meta::normal::{normalise, not_offered};
use meta::typed::Typed;
use meta::{Catalogue, Change, Effect, Involved, Kind, Model, Record, Value};
use store::Tx;
use store::records::Entry;

use crate::access;
use crate::draft::{Draft, Target};
use crate::titles::holds_rows;
use crate::users::USER;
use crate::{Actor, Channel};

pub(crate) use files::is_file;

/// What is known of all drafts of a batch, fetched beforehand: no query a draft.
pub(crate) struct Batch<'a> {
    tx: &'a Tx<'a>,
    pub catalogue: &'a Catalogue,
    actor: &'a Actor,
    /// Existing records that may be seen, locked.
    existing: HashMap<Rid, Record>,
    changeable: HashSet<Rid>,
    /// Records linked to, as far as they may be seen.
    linked: HashMap<Rid, Entry>,
    by_id: HashMap<Id, Rid>,
    /// Files that a record may be given.
    files: HashMap<Id, store::files::File>,
    titles: HashMap<Rid, String>,
    /// Records that rules read.
    read: HashMap<Rid, Record>,
    /// Unique values that drafts of this batch have taken: field, and the value as it is compared.
    taken: RefCell<HashSet<(&'static str, usize, String)>>,
    /// What follows from another change may lack what people have to fill in: nobody is there to be asked.
    follows: bool,
    /// Of entities whose records are there once: what is there, as far as it was asked.
    once: RefCell<once::Standing>,
}

/// A draft that holds.
pub(crate) struct Prepared {
    pub entity: &'static str,
    pub before: Option<Record>,
    pub id: Option<Id>,
    pub after: Vec<Value>,
    pub warnings: Vec<Problem>,
    /// Whether a field was changed that a person could have: then the version rises.
    pub raises: bool,
    /// What else follows from it.
    pub effects: Vec<Effect>,
}

impl Prepared {
    pub fn is_change(&self) -> bool {
        self.before.as_ref().is_none_or(|before| before.values != self.after)
    }
}

impl<'a> Batch<'a> {
    pub fn read(tx: &'a Tx, catalogue: &'a Catalogue, actor: &'a Actor, drafts: &[Draft]) -> Result<Batch<'a>> {
        let mut batch = Batch {
            tx,
            catalogue,
            actor,
            existing: HashMap::new(),
            changeable: HashSet::new(),
            linked: HashMap::new(),
            by_id: HashMap::new(),
            files: HashMap::new(),
            titles: HashMap::new(),
            read: HashMap::new(),
            taken: RefCell::default(),
            follows: false,
            once: RefCell::default(),
        };
        batch.read_existing(drafts)?;
        batch.read_links(drafts)?;
        batch.read_once(drafts)?;
        batch.read_files(drafts)?;
        batch.read_for_rules(drafts)?;
        Ok(batch)
    }

    pub fn following(self) -> Batch<'a> {
        Batch { follows: true, ..self }
    }

    pub fn model(&self, entity: &str) -> Result<&'a Model> {
        let form = || self.catalogue.forms.iter().find(|form| form.entity.key == entity);
        self.catalogue.model(entity).or_else(form).ok_or_else(|| Error::fault(format!("there is no entity {entity}")))
    }

    /// Whether what a draft changes is there, not in the trash, and as it is to be for that.
    pub fn stands(&self, draft: &Draft, given: Option<fn(&Change) -> bool>) -> Result<bool> {
        let Target::Existing(rid, _) = draft.target else { return Ok(true) };
        let Some(record) = self.existing.get(&rid).filter(|record| record.deleted_at.is_none()) else {
            return Ok(false);
        };
        let Some(given) = given else { return Ok(true) };
        Ok(given(&self.change(self.model(draft.entity)?, Some(record), record.values.clone())))
    }

    /// The values of a draft as they shall be, or why they cannot be.
    pub fn prepare(&self, draft: &Draft) -> Result<Prepared> {
        let model = self.model(draft.entity)?;
        let (before, base) = match draft.target {
            Target::New(_) => {
                if !access::may(self.actor, model, None, Verb::Create) {
                    return Err(access::denied(Verb::Create));
                }
                (None, None)
            }
            Target::Existing(rid, base) => {
                let before = self.existing.get(&rid).ok_or(Error::Missing)?;
                if !self.changeable.contains(&rid) {
                    return Err(access::denied(Verb::Change));
                }
                if before.deleted_at.is_some() {
                    return Err(Error::Refused(vec![Problem::whole(
                        "deleted",
                        "This is in the trash: restore it first",
                    )]));
                }
                (Some(before), base)
            }
        };
        let mut problems = Vec::new();
        let mut warnings = Vec::new();
        let mut asked = Vec::with_capacity(draft.values.len());
        for (at, value) in &draft.values {
            match self.field(model, *at, value.clone(), before, &mut warnings) {
                Ok(value) => asked.push((*at, value)),
                Err(problem) => problems.push(problem),
            }
        }
        if let (Some(before), Some(base)) = (before, base) {
            asked = self.merge(model, before, base, asked)?;
        }
        let mut after = match before {
            Some(before) => before.values.clone(),
            None => defaults(self.actor, model, &asked)?,
        };
        asked.into_iter().for_each(|(at, value)| after[at] = value);
        let mut change = self.change(model, before, after);
        for rule in model.entity.rules {
            if let Err(problem) = rule(&mut change) {
                problems.push(problem);
            }
        }
        let follows = before.is_none_or(|before| before.values != change.after);
        let effects = model.effects.iter().filter(|_| follows).flat_map(|effects| effects(&change)).collect();
        let after = change.after;
        self.check_whole(model, before, &after, &mut problems)?;
        if !problems.is_empty() {
            return Err(Error::Refused(problems));
        }
        let raises = before.is_some_and(|before| {
            model.fields.iter().enumerate().any(|(at, def)| !def.read_only && before.values[at] != after[at])
        });
        let id = match draft.target {
            Target::New(id) => id,
            Target::Existing(..) => None,
        };
        Ok(Prepared { entity: draft.entity, before: before.cloned(), id, after, warnings, raises, effects })
    }

    fn change<'c>(&'c self, model: &'c Model, before: Option<&'c Record>, after: Vec<Value>) -> Change<'c> {
        Change {
            model,
            catalogue: self.catalogue,
            before,
            after,
            today: self.actor.today(),
            now: base::clock::now(),
            by: self.actor.user(),
            titles: &self.titles,
            linked: &self.read,
            by_program: self.actor.channel == Channel::Program,
        }
    }

    /// Values that hold each for itself as the rules of the entity complete them; what a rule refuses shows when it is written.
    pub fn completed(&self, model: &Model, before: &Record, after: Vec<Value>) -> Vec<Value> {
        let mut change = self.change(model, Some(before), after);
        for rule in model.entity.rules {
            let _ = rule(&mut change);
        }
        change.after
    }

    /// A record with other values as its rules complete them, whatever they or anything else would refuse: for what must follow
    /// another record, such as a link when it is merged. None when it is not there.
    pub fn settled(&self, draft: &Draft) -> Result<Option<Prepared>> {
        let Target::Existing(rid, _) = draft.target else { return Ok(None) };
        let Some(before) = self.existing.get(&rid) else { return Ok(None) };
        let model = self.model(draft.entity)?;
        let mut after = before.values.clone();
        draft.values.iter().for_each(|(at, value)| after[*at] = value.clone());
        let after = self.completed(model, before, after);
        Ok(Some(Prepared {
            entity: draft.entity,
            before: Some(before.clone()),
            id: None,
            after,
            warnings: Vec::new(),
            raises: true,
            effects: Vec::new(),
        }))
    }

    /// One value, found, normalised and offered.
    fn field(
        &self,
        model: &Model,
        at: usize,
        value: Value,
        before: Option<&Record>,
        warn: &mut Vec<Problem>,
    ) -> Result<Value, Problem> {
        let def = &model.fields[at];
        let was = before.map_or(&Value::Null, |before| &before.values[at]);
        let value = if self.follows { self.still_there(value) } else { value };
        let value = self.links(def.key, &def.kind, value, was)?;
        let value = if value == *was { value } else { normalise(value, def, warn)? };
        if value == *was {
            return Ok(value);
        }
        // A form is begun by the program.
        let kept = def.read_only && model.entity.action.is_none();
        if kept && self.actor.channel != Channel::Program {
            return Err(Problem::at(def.key, "read_only", "This is kept by the program and cannot be typed"));
        }
        if def.hidden && self.actor.channel != Channel::Program {
            // What somebody was writing when it was hidden is not thrown away.
            let tag = self.actor.language.tag();
            let label = def.labels.iter().find(|(language, _)| *language == tag).map_or(def.label, |(_, label)| label);
            let text =
                say!("An administrator has hidden {field} meanwhile; what you wrote in it is kept", field = label);
            warn.push(Problem::at(def.key, "hidden", text));
        }
        let locked = |condition: meta::Condition| before.is_some_and(|before| model.holds(&condition, &before.values));
        if def.read_only_when.is_some_and(locked) && self.actor.channel != Channel::Program {
            return Err(Problem::at(def.key, "read_only", "This cannot be changed as the record stands"));
        }
        self.rights_to(model, at, &value, before)?;
        if is_file(&def.kind) && !value.is_empty() {
            return self.file(def.key, &def.kind, &value);
        }
        if let Kind::Pick(list) | Kind::Picks(list) = def.kind
            && !list.open
        {
            let known = self.catalogue.list(list.key);
            let offered = |key: &String| {
                known.and_then(|list| list.item(key)).is_some_and(|item| !item.retired) || was.keys().contains(key)
            };
            // What follows copies what stood elsewhere, also where it is not offered any more.
            if let Some(stranger) = value.keys().iter().find(|key| !offered(key)).filter(|_| !self.follows) {
                return Err(not_offered(def.key, stranger.clone()));
            }
        }
        if let (Kind::Involved(list), Value::Involved(involved)) = (def.kind, &value)
            && !self.follows
        {
            self.roles(def.key, list, involved, was)?;
        }
        if let Value::Addresses(mut addresses) = value {
            complete_addresses(def.key, &mut addresses, warn);
            return Ok(Value::Addresses(addresses));
        }
        Ok(value)
    }

    /// Without the records that lie in the trash meanwhile: who followed somebody who has left follows nobody.
    fn still_there(&self, value: Value) -> Value {
        let lives = |rid: &Rid| self.linked.get(rid).is_some_and(|entry| entry.deleted_at.is_none());
        match value {
            Value::Link(rid) if !lives(&rid) => Value::Null,
            Value::Links(rids) => Value::Links(rids.into_iter().filter(lives).collect()),
            Value::Involved(involved) => {
                let those = involved.pairs().filter(|(rid, _)| lives(rid));
                let those: Involved = those.map(|(rid, role)| (rid, role.map(str::to_owned))).collect();
                those.write()
            }
            other => other,
        }
    }

    /// Ids become rows; what may not be seen, is deleted or is of another kind is not there.
    fn links(&self, key: &str, kind: &Kind, value: Value, was: &Value) -> Result<Value, Problem> {
        if !holds_rows(kind) {
            return Ok(value);
        }
        let missing = || Problem::at(key, "missing", "There is no such record");
        let row = |id: &Id| self.by_id.get(id).copied().ok_or_else(missing);
        if matches!(kind, Kind::Involved(_)) {
            return self.involved(value, was, missing);
        }
        let value = match value {
            Value::Id(id) => Value::Link(row(&id)?),
            Value::Ids(ids) => Value::Links(ids.iter().map(row).collect::<Result<_, _>>()?),
            other => other,
        };
        for rid in value.links() {
            let entry = self.linked.get(rid).ok_or_else(missing)?;
            let right = match kind {
                Kind::Link(to) => entry.entity == to.key,
                Kind::People => entry.entity == USER.key,
                _ => true,
            };
            if !right || entry.deleted_at.is_some() {
                return Err(missing());
            }
        }
        Ok(value)
    }

    /// Leaves out what the sender did not change; what both changed to different values is a conflict.
    fn merge(
        &self,
        model: &Model,
        before: &Record,
        base: i64,
        asked: Vec<(usize, Value)>,
    ) -> Result<Vec<(usize, Value)>> {
        if base >= before.version {
            return Ok(asked);
        }
        let since = store::log::since(self.tx, before.rid, base)?;
        let mut merged = Vec::with_capacity(asked.len());
        let mut contested = Vec::new();
        for (at, yours) in asked {
            let def = &model.fields[at];
            let Some(entry) = since.iter().find(|entry| entry.fields.contains_key(def.key)) else {
                merged.push((at, yours));
                continue;
            };
            let was = store::columns::from_log(&entry.fields[def.key][0], def)?;
            if yours == was || yours == before.values[at] {
                continue;
            }
            let json = |value: &Value| {
                let link = |rid: Rid| match self.linked.get(&rid) {
                    Some(entry) => serde_json::json!({ "id": entry.id.to_string(), "title": entry.title }),
                    None => serde_json::json!({ "hidden": true }),
                };
                meta::json::to_json(value, &def.kind, &link)
            };
            contested.push(Contested {
                field: def.key.to_owned(),
                base: json(&was),
                yours: json(&yours),
                theirs: json(&before.values[at]),
            });
        }
        if contested.is_empty() {
            return Ok(merged);
        }
        let last = since.last().map(|entry| entry.op);
        let operation = store::log::operations(self.tx, last.as_slice())?.into_values().next();
        let by = operation.as_ref().and_then(|operation| operation.by);
        let theirs_by = match by {
            Some(rid) => store::records::titles(self.tx, &[rid])?.remove(&rid),
            None => None,
        };
        let theirs_at = operation.map(|operation| operation.at);
        Err(Error::Conflict(Box::new(Conflict {
            record: before.id,
            version: before.version,
            theirs_by,
            theirs_at,
            fields: contested,
        })))
    }
}

/// What a new record starts with: declared defaults, and who makes it in charge.
fn defaults(actor: &Actor, model: &Model, asked: &[(usize, Value)]) -> Result<Vec<Value>> {
    let mut values = vec![Value::Null; model.fields.len()];
    for (at, def) in model.fields.iter().enumerate() {
        if let Some(default) = def.default {
            let json = match def.kind {
                Kind::Tick => serde_json::Value::Bool(default == "true"),
                _ => serde_json::Value::String(default.to_owned()),
            };
            values[at] = meta::json::from_json(&json, def.key, &def.kind)?;
        } else if matches!(def.kind, Kind::Tick) {
            values[at] = Value::Tick(false);
        }
    }
    if let (Some(at), Some(user)) = (model.in_charge, actor.user())
        && !asked.iter().any(|(asked, value)| *asked == at && !value.is_empty())
    {
        values[at] = Value::Links(vec![user]);
    }
    // Who works from outside is involved in what they bring.
    let subject = actor.person.own.iter().find(|rid| actor.person.rights.outside && Some(**rid) != actor.user());
    if let (Some(at), Some(subject)) = (model.involved, subject)
        && !asked.iter().any(|(asked, value)| *asked == at && !value.is_empty())
    {
        values[at] = [(*subject, None)].into_iter().collect::<Involved>().write();
    }
    Ok(values)
}

/// A missing province from town or postal code, the proper writing of the town; doubts are told, nothing is refused.
fn complete_addresses(key: &str, addresses: &mut [meta::Address], warn: &mut Vec<Problem>) {
    let towns = towns::Towns::get();
    for (index, address) in addresses.iter_mut().enumerate().filter(|(_, address)| address.country.is_empty()) {
        let done = towns.complete(&address.zip, &address.town, &address.province);
        address.zip = done.zip.unwrap_or_else(|| std::mem::take(&mut address.zip));
        address.town = done.town.unwrap_or_else(|| std::mem::take(&mut address.town));
        address.province = done.province.unwrap_or_else(|| std::mem::take(&mut address.province));
        for text in towns.warnings(&address.town, &address.zip, &address.province) {
            warn.push(Problem::at(format!("{key}/{index}/town"), "unverified", text));
        }
    }
}

/// What a batch says when one of its drafts does not hold.
pub(crate) fn numbered(index: usize, error: Error) -> Error {
    match error {
        Error::Refused(problems) if index > 0 => Error::Refused(
            problems
                .into_iter()
                .map(|problem| Problem {
                    text: say!("Record {number}: {text}", number = index + 1, text = problem.text),
                    ..problem
                })
                .collect(),
        ),
        other => other,
    }
}

/// What one of many is refused for, when the others go on; what is our fault ends them all.
pub(crate) fn told(error: Error) -> Result<Vec<Problem>> {
    match error {
        Error::Refused(problems) => Ok(problems),
        Error::Denied(text) => Ok(vec![Problem::whole("denied", text)]),
        Error::Missing => Ok(vec![Problem::whole("missing", "The record is not there any more")]),
        other => Err(other),
    }
}

impl crate::Engine {
    /// The values that a new record starts with, for its form.
    pub fn defaults(&self, actor: &Actor, model: &Model) -> Result<Vec<Value>> {
        defaults(actor, model, &[])
    }
}
