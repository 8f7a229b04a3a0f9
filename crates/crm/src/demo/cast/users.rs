//! Who signs in to the demo, and whose company it is.

use super::dice::Dice;
use super::{DemoCompany, DemoUser};

const GIULIA: usize = 0;
const LUCA: usize = 1;
const MARTA: usize = 2;
const DAVIDE: usize = 3;

pub(super) fn users() -> Vec<DemoUser> {
    [
        ("Giulia", "Ferrario", "seller", Some("Vendite Nord")),
        ("Luca", "Bonetti", "seller", Some("Vendite Centro-Sud")),
        ("Marta", "Colombo", "manager", Some("Vendite Nord")),
        ("Davide", "Serra", "technician", Some("Assistenza")),
        ("Elena", "Riva", "operator", Some("Assistenza")),
        ("Paolo", "Brambilla", "viewer", None),
        ("Sara", "Galbiati", "administrator", None),
        ("Silvia", "Conti", "agent", None),
        ("Roberto", "Fumagalli", "agent", None),
        ("Carlo", "Motta", "agency", None),
    ]
    .map(|(first_name, last_name, role, team)| DemoUser {
        first_name,
        last_name,
        email: format!("{}.{}@bottega.example", first_name.to_lowercase(), last_name.to_lowercase()),
        role,
        team,
    })
    .into()
}

/// Giulia sells in the north, Luca in the rest; Marta keeps the large ones, Davide helps where machines run.
pub(super) fn in_charge(dice: &mut Dice, north: bool, revenue_cents: i64) -> Vec<usize> {
    let seller = match (north, dice.chance(90)) {
        (true, true) | (false, false) => GIULIA,
        _ => LUCA,
    };
    let mut users = vec![if revenue_cents > 1_500_000_000 && dice.chance(60) { MARTA } else { seller }];
    if dice.chance(10) && !users.contains(&seller) {
        users.push(seller);
    }
    if dice.chance(8) {
        users.push(DAVIDE);
    }
    users
}

/// Whose person somebody is: those of the company.
pub(super) fn as_company(company: &DemoCompany) -> (Vec<usize>, bool) {
    (company.in_charge.clone(), company.open_to_all)
}
