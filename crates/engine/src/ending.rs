//! What is left to the end of a transaction that writes: the sums of records that others link to, and the texts of the search
//! index, which are cheapest there.

use base::Result;
use meta::Catalogue;
use store::Tx;
use store::search::Texts;

use crate::sums::Touched;

#[derive(Default)]
pub(crate) struct Ending {
    pub texts: Texts,
    pub touched: Touched,
}

impl Ending {
    /// As part of an operation; none was begun where nothing was written.
    pub fn put(mut self, tx: &Tx, catalogue: &Catalogue, op: Option<i64>) -> Result<()> {
        let Some(op) = op else { return Ok(()) };
        self.touched.keep(tx, catalogue, op, &mut self.texts)?;
        self.texts.put(tx)
    }
}
