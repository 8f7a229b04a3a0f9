//! Who may change which settings: administrators all of them, and whoever keeps a kind of record what is its own.

use base::{Error, Result, say};
use meta::{Catalogue, Kind, Model};

use crate::Actor;

/// What of the settings somebody wants to change.
#[derive(Clone, Copy, Debug)]
pub enum Of<'a> {
    /// What concerns everything: roles, new lists, the program itself.
    Program,
    /// Fields and sections of an entity.
    Entity(&'a str),
    List(&'a str),
}

impl<'a> Of<'a> {
    /// As the history of the settings names it: `fields.party`, `lists.sector`.
    pub(super) fn named(about: &'a str) -> Of<'a> {
        match about.split_once('.') {
            Some(("fields", entity)) => Of::Entity(entity),
            Some(("lists", list)) => Of::List(list),
            _ => Of::Program,
        }
    }
}

/// Whether someone may change settings.
pub fn may_set(actor: &Actor, catalogue: &Catalogue, of: Of) -> bool {
    let rights = &actor.person.rights;
    rights.admin
        || match of {
            Of::Program => false,
            Of::Entity(entity) => rights.keeps(entity),
            // What several kinds of records use is set by whoever keeps all of them.
            Of::List(list) => {
                let mut users = catalogue.models.iter().filter(|model| uses(model, list)).peekable();
                users.peek().is_some() && users.all(|model| rights.keeps(model.entity.key))
            }
        }
}

fn uses(model: &Model, list: &str) -> bool {
    let used =
        |kind: &Kind| matches!(kind, Kind::Pick(used) | Kind::Picks(used) | Kind::Involved(used) if used.key == list);
    model.fields.iter().any(|def| used(&def.kind))
}

/// # Errors
/// `Denied` where [`may_set`] says no.
pub fn keeper(actor: &Actor, catalogue: &Catalogue, of: Of) -> Result<()> {
    match may_set(actor, catalogue, of) {
        true => Ok(()),
        false => Err(Error::Denied(say!("Only administrators change the settings"))),
    }
}

/// # Errors
/// `Denied` but for administrators.
pub fn administrator(actor: &Actor) -> Result<()> {
    match actor.person.rights.admin {
        true => Ok(()),
        false => Err(Error::Denied(say!("Only administrators change the settings"))),
    }
}
