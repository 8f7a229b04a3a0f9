//! Involvement: as what subjects (agents, referrers) can be tied to a record. Whatever involves them has a field with these roles.

use meta::{PickList, item, list};

pub static ROLES: PickList = list("involvement_role", "Role of subjects involved").items(&[
    item("introduced", "Introduced it").aliases(&["Segnalatore", "Segnalato da", "Referrer"]),
    item("sells", "Sells").aliases(&["Agente", "Venditore", "Agent"]),
    item("follows", "Follows it").aliases(&["Operatore", "Referente interno"]),
    item("collaborates", "Collaborates").aliases(&["Collaboratore", "Agenzia"]),
]);
