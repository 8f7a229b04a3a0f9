//! What is left to the end of a transaction that writes: what follows from the changes, the sums of records that others link to,
//! and the texts of the search index, which are cheapest there.

use base::{Error, Result, Rid};
use meta::{Catalogue, Effect};
use store::Tx;
use store::search::Texts;

use crate::effects;
use crate::sums::Touched;

/// Records that were written, each with what follows from it.
pub(crate) type Followed = Vec<(Rid, Vec<Effect>)>;

#[derive(Default)]
pub(crate) struct Ending {
    pub texts: Texts,
    pub touched: Touched,
    pub effects: Followed,
    /// Sums are kept: no event in the life of the records that keep them.
    pub keeps: bool,
}

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
            let followed = touched.keep(tx, catalogue, op, &mut self.texts)?;
            self.effects.extend(followed);
            if self.effects.is_empty() {
                return self.texts.put(tx);
            }
        }
        Err(Error::fault(format!("the effects of an operation go on and on: {:?}", self.effects)))
    }
}
