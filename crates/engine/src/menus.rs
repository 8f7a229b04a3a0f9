//! What somebody's menu leaves out: as they chose, or as administrators set out for their roles. It is no right: what one may see one
//! finds at its address all the same.

use std::collections::BTreeSet;

use base::{Error, Result};
use store::Sql;

use crate::roles::ROLES;
use crate::settings::{Of, administrator, note};
use crate::users::User;
use crate::{Actor, Engine};

/// The preference of a person, and the beginning of the setting of a role.
const KEY: &str = "menu";

/// The paths of entities and faces.
pub type Hidden = BTreeSet<String>;

/// What a menu leaves out, and who says so.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MenuChoice {
    pub own: Option<Hidden>,
    /// What all of their roles leave out.
    pub of_roles: Hidden,
}

impl MenuChoice {
    pub fn hidden(&self) -> &Hidden {
        self.own.as_ref().unwrap_or(&self.of_roles)
    }
}

impl Engine {
    /// What the menu of a user leaves out.
    pub fn menu_choice(&self, user: &User) -> Result<MenuChoice> {
        let mut sql = Sql::new("SELECT key, value FROM preference WHERE key = ");
        sql.bind(KEY).push(" AND user_rid = ").bind(user.rid);
        sql.push(" UNION ALL SELECT key, value FROM setting WHERE key IN ");
        sql.bind_list(user.roles.iter().map(|role| of_role(role)));
        let rows = self.store.read(|tx| tx.query(&sql))?;
        let said = |key: &str| rows.iter().find(|row| row.text(0) == key).and_then(|row| read(row.text(1)));
        let mut roles = user.roles.iter().map(|role| said(&of_role(role)).unwrap_or_default());
        let first = roles.next().unwrap_or_default();
        Ok(MenuChoice { own: said(KEY), of_roles: roles.fold(first, |all, role| &all & &role) })
    }

    /// Says what the menu of a user leaves out: themselves, or an administrator. Nothing said is as their roles say.
    ///
    /// # Errors
    /// `Denied` to everybody else.
    pub fn choose_menu(&self, actor: &Actor, user: &User, hidden: Option<&Hidden>) -> Result<()> {
        if actor.person.user != user.rid {
            administrator(actor)?;
        }
        self.remember(user.rid, KEY, &hidden.map(written).transpose()?.unwrap_or_default())
    }

    /// What the menu of those with a role leaves out, as long as they choose nothing else.
    pub fn menu_of_role(&self, actor: &Actor, role: &str) -> Result<Hidden> {
        administrator(actor)?;
        Ok(self.setting(&of_role(role))?.and_then(|said| read(&said)).unwrap_or_default())
    }

    /// # Errors
    /// `Denied` but for administrators, `Missing` without such a role.
    pub fn set_menu_of_role(&self, actor: &Actor, role: &str, hidden: &Hidden) -> Result<()> {
        let said = written(hidden)?;
        self.alter(actor, Of::Program, |tx, catalogue| {
            let item = catalogue.list(ROLES.key).and_then(|list| list.item(role)).ok_or(Error::Missing)?;
            let sql = Sql::new(
                "INSERT INTO setting (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            );
            tx.execute(&sql.with(of_role(role)).with(said.as_str()))?;
            note(tx, actor, &format!("roles.{role}"), "Menu changed", &item.english)
        })
    }
}

fn of_role(role: &str) -> String {
    format!("{KEY}.{role}")
}

/// None where nothing is said.
fn read(said: &str) -> Option<Hidden> {
    serde_json::from_str(said).ok()
}

fn written(hidden: &Hidden) -> Result<String> {
    serde_json::to_string(hidden).map_err(|cause| Error::caused("a menu that cannot be kept", cause))
}
