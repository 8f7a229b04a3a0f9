//! What an opportunity says of its customer: who buys has become one.

use meta::effect::set;
use meta::{Change, Effect};

use super::{CUSTOMER, OUTCOME, Outcome};
use crate::parties::{self, PARTY, Stage};

/// A suspect to whom something is offered is a prospect; who has bought is a customer. Nobody goes back by it.
pub(super) fn moves_forward(change: &Change) -> Vec<Effect> {
    let Some(customer) = change.get(&CUSTOMER) else { return Vec::new() };
    if !change.changed(&OUTCOME) && !change.changed(&CUSTOMER) {
        return Vec::new();
    }
    let stage = change.through(&CUSTOMER, &parties::STAGE).class;
    let forward = match change.get(&OUTCOME) {
        Some(Outcome::Won) if stage != Some(Stage::Customer) => Stage::Customer,
        Some(Outcome::Open) if stage == Some(Stage::Suspect) => Stage::Prospect,
        _ => return Vec::new(),
    };
    let Some(stage) = change.first_of(&parties::STAGE, forward) else { return Vec::new() };
    // Of several opportunities of one customer, each is judged by where the one before has brought it.
    let given: fn(&Change) -> bool = if forward == Stage::Customer { is_no_customer } else { is_a_suspect };
    let effect = set(&PARTY, customer).with(&parties::STAGE, stage).given(given);
    let first = forward == Stage::Customer && change.through(&CUSTOMER, &parties::CUSTOMER_SINCE).is_none();
    vec![if first { effect.with(&parties::CUSTOMER_SINCE, Some(change.today)) } else { effect }]
}

fn is_no_customer(party: &Change) -> bool {
    party.get(&parties::STAGE).class != Some(Stage::Customer)
}

fn is_a_suspect(party: &Change) -> bool {
    party.get(&parties::STAGE).class == Some(Stage::Suspect)
}
