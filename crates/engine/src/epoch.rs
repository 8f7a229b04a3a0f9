//! The number of the catalogue: nodes that find themselves behind it read the catalogue again.

use base::Result;
use store::{Sql, Tx};

/// The number that rises with every change of the catalogue.
pub(crate) fn epoch(tx: &Tx) -> Result<i64> {
    let row = tx.first(&Sql::new("SELECT value FROM setting WHERE key = 'epoch'"))?;
    Ok(row.and_then(|row| row.text(0).parse().ok()).unwrap_or(0))
}

/// Tells all nodes that the catalogue is another.
pub(crate) fn raise_epoch(tx: &Tx) -> Result<()> {
    let next = epoch(tx)? + 1;
    let sql = Sql::new(
        "INSERT INTO setting (key, value) VALUES ('epoch', $1) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
    );
    tx.execute(&sql.with(next.to_string())).map(|_| ())
}
