//! What is made up in tests that try many cases, the same in every run.

use engine::roles::{Row, Sheet};
use meta::access::{Scope, Sight, Verb};

/// Numbers that look thrown and are the same in every run.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Dice {
        Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).expect("31 bits") % sides
    }

    pub fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.roll(from.len())].clone()
    }
}

/// Fields that a role may hide or lock, none of them one that faces or rights are made by.
pub const FIELDS: [&str; 4] = ["notes", "quantity", "price", "stage"];

/// A role for the probes, whatever comes of it.
pub fn role(dice: &mut Dice) -> Sheet {
    let scope =
        |dice: &mut Dice| dice.pick(&[Scope::None, Scope::Own, Scope::Own, Scope::Team, Scope::Team, Scope::All]);
    let mut sheet = Sheet { outside: dice.roll(6) == 0, usual: Verb::ALL.map(|_| scope(dice)), ..Sheet::default() };
    for place in ["probe", "urgent_probes", "sad_probes", "probe_child"] {
        if dice.roll(3) == 0 {
            let row: Row = Verb::ALL.map(|_| (dice.roll(3) > 0).then(|| scope(dice)));
            sheet.rows.insert(place.to_owned(), row);
        }
    }
    for field in FIELDS {
        if dice.roll(4) == 0 {
            let sight = dice.pick(&[Sight::Hidden, Sight::Seen]);
            sheet.fields.entry("probe".to_owned()).or_default().insert(field.to_owned(), sight);
        }
    }
    sheet
}
