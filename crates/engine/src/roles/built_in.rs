//! The roles that a new installation has, as long as no administrator changes them.

use meta::access::{Rights, Scope, Scopes};

/// In the order of `Verb`: view, create, change, delete, export, import, bulk.
pub fn rights(role: &str) -> Rights {
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
    Rights { outside: matches!(role, "agent" | "agency"), usual, ..Rights::default() }
}
