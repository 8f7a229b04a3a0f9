//! Changing what roles may do: by administrators, while the program runs.

use std::collections::BTreeMap;

use base::{Error, Problem, Result, say};
use meta::access::{Scope, Sight, Verb};
use meta::entity::Entity;
use meta::{Catalogue, FieldDef, Kind, Model};
use store::{Sql, Tx};

use super::{ADMIN, ROLES, Sheet, built_in};
use crate::settings::{Of, administrator, note};
use crate::{Actor, Engine};

/// The name under which a step to a value of a field is barred; to a class of values, where the list has such.
pub fn step(entity: &Entity, def: &FieldDef, to: &str) -> String {
    format!("{}.{}={to}", entity.key, def.key)
}

/// The name under which an action is barred.
pub fn act(entity: &str, action: &str) -> String {
    format!("{entity}/{action}")
}

/// The fields whose values are steps of a record's way: those that boards are made by. Each with the values, or the classes of
/// values, that can be kept from a role.
pub fn steps<'c>(catalogue: &'c Catalogue, model: &'c Model) -> Vec<(usize, Vec<&'c str>)> {
    let boards = model.entity.board.into_iter().chain(model.entity.faces.iter().filter_map(|face| face.board));
    let mut fields: Vec<usize> = boards.filter_map(|board| model.position(board.by.def().key)).collect();
    fields.sort_unstable();
    fields.dedup();
    let values = |at: usize| match model.fields[at].kind {
        Kind::Pick(list) if !list.classes.is_empty() => list.classes.iter().map(|class| class.key).collect(),
        Kind::Pick(list) => {
            let items = catalogue.list(list.key).map_or(&[][..], |list| &list.items);
            items.iter().filter(|item| !item.retired).map(|item| item.key.as_str()).collect()
        }
        Kind::Choice(choices) => choices.iter().map(|choice| choice.key).collect(),
        _ => Vec::new(),
    };
    fields.into_iter().map(|at| (at, values(at))).collect()
}

/// The entities whose rights a role says; those of the house are administrators'.
pub fn with_rights(catalogue: &Catalogue) -> impl Iterator<Item = &Model> {
    catalogue.models.iter().filter(|model| !model.entity.house)
}

impl Engine {
    /// Says what a role may do.
    ///
    /// # Errors
    /// `Denied` but for administrators, `Missing` without such a role, `Refused` for that of the administrators, and where a field
    /// would be hidden without which there is no record.
    pub fn change_role(&self, actor: &Actor, role: &str, sheet: &Sheet) -> Result<()> {
        self.alter(actor, Of::Program, |tx, catalogue| {
            let item = catalogue.list(ROLES.key).and_then(|list| list.item(role)).ok_or(Error::Missing)?;
            if role == ADMIN {
                let text = "Administrators may do everything: what they may do cannot be changed";
                return Err(Problem::whole("fixed", text).into());
            }
            let problems = wrong(catalogue, sheet);
            if !problems.is_empty() {
                return Err(Error::Refused(problems));
            }
            put(tx, role, sheet)?;
            note(tx, actor, &format!("roles.{role}"), "Role changed", &item.english)
        })
    }

    /// Gives a role other names, and says whether it is offered to users who do not have it.
    pub fn rename_role(
        &self,
        actor: &Actor,
        role: &str,
        labels: &BTreeMap<String, String>,
        retired: bool,
    ) -> Result<()> {
        self.alter(actor, Of::Program, |tx, catalogue| {
            let item = catalogue.list(ROLES.key).and_then(|list| list.item(role)).ok_or(Error::Missing)?;
            if retired && role == ADMIN {
                return Err(Problem::whole("fixed", "Somebody must be able to do everything: this role stays").into());
            }
            crate::settings::change_item(tx, catalogue, ROLES.key, role, labels, retired)?;
            note(tx, actor, &format!("roles.{role}"), "Role renamed", &item.english)
        })
    }

    /// Makes a role, with the rights of another to begin with; its key.
    pub fn add_role(&self, actor: &Actor, labels: &BTreeMap<String, String>, like: Option<&str>) -> Result<String> {
        self.alter(actor, Of::Program, |tx, catalogue| {
            let sheet = match like {
                Some(ADMIN) | None => Sheet::default(),
                Some(like) => sheet_of(tx, like)?,
            };
            let key = crate::settings::add_item(tx, catalogue, ROLES.key, labels)?;
            put(tx, &key, &sheet)?;
            note(tx, actor, &format!("roles.{key}"), "Role added", labels.values().next().map_or("", String::as_str))?;
            Ok(key)
        })
    }

    /// A role as it is edited.
    pub fn role(&self, actor: &Actor, role: &str) -> Result<Sheet> {
        administrator(actor)?;
        self.catalogue().list(ROLES.key).and_then(|list| list.item(role)).ok_or(Error::Missing)?;
        self.store.read(|tx| sheet_of(tx, role))
    }

    /// How many active users have each role.
    pub fn holders(&self, actor: &Actor) -> Result<BTreeMap<String, usize>> {
        administrator(actor)?;
        let mut holders = BTreeMap::new();
        for user in self.users()?.into_iter().filter(|user| user.active) {
            user.roles.into_iter().for_each(|role| *holders.entry(role).or_default() += 1);
        }
        Ok(holders)
    }
}

/// As it was said last, or as it was built in.
fn sheet_of(tx: &Tx, role: &str) -> Result<Sheet> {
    match tx.first(&Sql::new("SELECT rights FROM role WHERE role = $1").with(role))? {
        Some(row) => Sheet::read(row.text(0)),
        None => Ok(Sheet::of(&built_in(role))),
    }
}

fn put(tx: &Tx, role: &str, sheet: &Sheet) -> Result<()> {
    let sql = Sql::new(
        "INSERT INTO role (role, rights) VALUES ($1, $2) ON CONFLICT (role) DO UPDATE SET rights = excluded.rights",
    );
    tx.execute(&sql.with(role).with(sheet.written()?)).map(|_| ())
}

/// What cannot be, at `fields/party/legal_name` and the like.
fn wrong(catalogue: &Catalogue, sheet: &Sheet) -> Vec<Problem> {
    let entities: Vec<&'static Entity> = catalogue.models.iter().map(|model| model.entity).collect();
    let rights = sheet.rights(&entities);
    let mut problems = Vec::new();
    for (entity, fields) in &rights.fields {
        let Some(model) = catalogue.model(entity) else { continue };
        for (key, sight) in fields {
            let Some(at) = model.position(key) else { continue };
            let def = &model.fields[at];
            let place = format!("fields/{entity}/{key}");
            let creates = rights.scope(entity, None, Verb::Create) != Scope::None;
            let is_needed = def.required && def.default.is_none() && creates;
            if *sight == Sight::Hidden && is_structural(model, at) {
                let text = "This field says what a record is and where it belongs: it can be locked, not hidden";
                problems.push(Problem::at(place, "structural", text));
            } else if *sight < Sight::Changed && is_needed {
                let text = say!(
                    "Nothing can be created without this field: let the role fill it in, or take away that it creates"
                );
                problems.push(Problem::at(place, "required", text));
            }
        }
    }
    problems
}

/// Whether lists, faces and rights themselves are made by a field.
fn is_structural(model: &Model, at: usize) -> bool {
    let def = &model.fields[at];
    let of_a_face = model.entity.faces.iter().flat_map(|face| face.only).any(|only| only.field == def.key);
    at == model.title || def.belongs || of_a_face || Some(at) == model.in_charge || Some(at) == model.open_to_all
}
