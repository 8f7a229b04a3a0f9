//! What else happens when a record changes, in the same operation: pure, declared by the module that reacts.

use base::Rid;

use crate::Value;
use crate::change::Change;
use crate::entity::Entity;
use crate::field::Field;
use crate::typed::Typed;

/// Named as a sentence; asked of every change that holds, after its rules. The program carries out what it answers.
pub type Effects = fn(&Change) -> Vec<Effect>;

/// What one entity's module does when a record of another, declared earlier, changes.
#[derive(Clone, Copy)]
pub struct Reaction {
    pub to: &'static Entity,
    pub effects: &'static [Effects],
}

/// A record that is made, or one that is changed.
#[derive(Clone, Debug)]
pub struct Effect {
    /// The entity's key.
    pub entity: &'static str,
    /// None where it is made. One that is not there any more is passed over.
    pub record: Option<Rid>,
    /// Fields by their keys.
    pub values: Vec<(&'static str, Value)>,
    /// Asked of the record as it then stands: another effect may have been there before.
    pub given: Option<fn(&Change) -> bool>,
}

/// In the values of an effect: the record whose change it follows from.
pub const THIS: Rid = Rid(-2);

/// The row numbers under which [`made`] speaks of records that are not there yet.
const FIRST_MADE: i64 = -100;

/// In the values of an effect: the record that the effect at this place of the same answer makes.
pub const fn made(place: i64) -> Rid {
    Rid(FIRST_MADE - place)
}

pub fn create(entity: &'static Entity) -> Effect {
    Effect { entity: entity.key, record: None, values: Vec::new(), given: None }
}

pub fn set(entity: &'static Entity, record: Rid) -> Effect {
    Effect { entity: entity.key, record: Some(record), values: Vec::new(), given: None }
}

impl Effect {
    pub fn given(mut self, given: fn(&Change) -> bool) -> Effect {
        self.given = Some(given);
        self
    }

    pub fn with<T: Typed>(mut self, field: &Field<T>, value: T) -> Effect {
        self.values.push((field.def.key, value.write()));
        self
    }
}

/// A row number of an effect's, once it is known what was changed and made.
pub fn resolve(rid: Rid, this: Rid, made: &[Option<Rid>]) -> Option<Rid> {
    match rid {
        THIS => Some(this),
        Rid(number) if number <= FIRST_MADE => {
            *usize::try_from(FIRST_MADE - number).ok().and_then(|place| made.get(place))?
        }
        known => Some(known),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_made_is_known_by_its_place() {
        let made_yet = [Some(Rid(7)), None];
        let known = |rid| resolve(rid, Rid(3), &made_yet);
        assert_eq!(known(THIS), Some(Rid(3)));
        assert_eq!(known(made(0)), Some(Rid(7)));
        assert_eq!((known(made(1)), known(made(2))), (None, None));
        assert_eq!(known(Rid(12)), Some(Rid(12)));
    }
}
