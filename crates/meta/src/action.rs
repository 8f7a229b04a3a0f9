//! A button that must look first: what may be decided is asked in a form, and what is done follows from both. Pure, as rules are.
//!
//! The form is an entity that is kept nowhere: its fields are asked, its rules run, its words are said. Its key is the noun of the
//! address (`POST /leads/{id}/conversion`) and of the operation.

use base::{Problem, Rid};

use crate::change::Change;
use crate::effect::Effect;
use crate::entity::Entity;
use crate::field::{Condition, Declared};

#[derive(Clone, Copy)]
pub struct Action {
    /// Whose records it is done with.
    pub to: &'static Entity,
    /// The button: *Convert*.
    pub label: &'static str,
    /// What is said of a record it was done with: *converted*.
    pub done: &'static str,
    /// The button is there while this holds.
    pub when: Condition,
    /// Fills in the form beforehand. What it leaves so is done by one click.
    pub begin: fn(&mut Acting),
    /// Records that are offered first: where there are any, it must be decided.
    pub offers: &'static [Offer],
    /// What is done; everything of it is one operation.
    pub run: fn(&Acting) -> Result<Deed, Problem>,
}

/// A link of the form that is offered the records that look like one that would be made.
#[derive(Clone, Copy)]
pub struct Offer {
    pub field: &'static dyn Declared,
    /// The record as it would be made; none where nothing would.
    pub like: fn(&Change) -> Option<Effect>,
}

/// The record as it stands, and what was decided.
pub struct Acting<'a> {
    pub of: Change<'a>,
    /// The records behind its links can be looked through.
    pub form: Change<'a>,
}

/// What is done with a record.
#[derive(Debug, Default)]
pub struct Deed {
    /// [`crate::effect::THIS`] is the record itself, or the one that it joins. Who does it must have the right to make what is made.
    pub effects: Vec<Effect>,
    /// Another record of its kind, which it becomes one with.
    pub join: Option<Rid>,
}
