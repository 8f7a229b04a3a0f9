//! Roles: a list that the administrator edits, and what each of them may do.

mod built_in;
mod change;
mod sheet;

use std::collections::HashMap;

use base::Result;
use meta::Entity;
use meta::access::Rights;
use meta::list::{PickList, item, list};
use store::{Sql, Tx};

pub use built_in::rights as built_in;
pub use change::{act, step, steps, with_rights};
pub use sheet::{Row, Sheet};

/// The roles that a user can have; the keys of these are pinned.
pub static ROLES: PickList = list("role", "Roles").items(&[
    item("admin", "Administrator"),
    item("manager", "Manager"),
    item("seller", "Seller"),
    item("operator", "Operator"),
    item("technician", "Technician"),
    item("viewer", "Viewer"),
    item("agent", "Agent"),
    item("agency", "Agency"),
]);

/// The role that may do everything, and of which nobody can take anything.
pub const ADMIN: &str = "admin";

/// What each role of the list may do: as an administrator has said, or as it was built in.
pub(crate) fn load(tx: &Tx, entities: &[&'static Entity]) -> Result<HashMap<String, Rights>> {
    let rows = tx.query(&Sql::new("SELECT role, rights FROM role"))?;
    let mut said: HashMap<&str, &str> = rows.iter().map(|row| (row.text(0), row.text(1))).collect();
    said.remove(ADMIN);
    let keys = tx.query(&Sql::new("SELECT key FROM pick WHERE list = $1").with(ROLES.key))?;
    let rights = |key: &str| -> Result<Rights> {
        Ok(match said.get(key) {
            Some(sheet) => Sheet::read(sheet)?.rights(entities),
            None => built_in(key),
        })
    };
    keys.iter().map(|row| Ok((row.text(0).to_owned(), rights(row.text(0))?))).collect()
}
