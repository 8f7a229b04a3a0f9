//! The built-in roles and their rights.

use std::collections::HashMap;

use meta::access::{Rights, Scope, Scopes};
use meta::list::{PickList, item, list};

/// The roles that a user can have; the keys are pinned.
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

/// What a built-in role may do, in the order of `Verb`: view, create, change, delete, export, import, bulk.
pub fn rights_of(role: &str) -> Rights {
    use Scope::{All, None, Own, Team};
    let usual: Scopes = match role {
        "admin" => return Rights::everything(),
        "manager" => [All, All, All, All, All, All, All],
        "seller" => [Own, All, Own, Own, Own, All, Own],
        "operator" => [All, All, All, None, None, None, None],
        "technician" => [Team, All, Own, None, None, None, None],
        "viewer" => [All, None, None, None, None, None, None],
        "agent" => [Own, All, Own, None, None, None, None],
        "agency" => [Team, All, Team, None, None, None, None],
        _ => [None; 7],
    };
    Rights { admin: false, outside: matches!(role, "agent" | "agency"), usual, rows: HashMap::new() }
}

pub fn rights_of_all<'a>(roles: impl IntoIterator<Item = &'a str>) -> Rights {
    roles.into_iter().map(rights_of).reduce(Rights::join).unwrap_or_default()
}
