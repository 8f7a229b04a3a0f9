//! The end of a transaction that writes: effects are carried out and sums kept until nothing follows any more, then the search index
//! takes the texts, and those concerned are told.

use base::{Error, Result};
use meta::Catalogue;
use store::Tx;

use crate::ending::Ending;
use crate::{effects, sums, users};

/// What follows from what follows goes on so far.
const DEEP: usize = 8;

impl Ending {
    /// As part of an operation; none was begun where nothing was written.
    pub fn put(mut self, tx: &Tx, catalogue: &Catalogue, op: Option<i64>) -> Result<()> {
        let Some(op) = op else { return Ok(()) };
        for _ in 0..DEEP {
            let follow = std::mem::take(&mut self.effects);
            effects::carry_out(tx, catalogue, op, &follow, &mut self)?;
            let touched = std::mem::take(&mut self.touched);
            let followed = sums::keep(&touched, tx, catalogue, op, &mut self.texts)?;
            self.effects.extend(followed);
            if self.effects.is_empty() {
                if self.demoted {
                    users::an_administrator_stays(tx)?;
                }
                self.notices.put(tx, op)?;
                return self.texts.put(tx);
            }
        }
        Err(Error::fault(format!("the effects of an operation go on and on: {:?}", self.effects)))
    }
}
