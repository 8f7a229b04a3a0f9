//! What somebody who watches the program wants to know of its work, whoever they are: numbers, and nothing of any record.

use base::Result;
use store::Sql;

use crate::Engine;

/// Counts that stand for all nodes together.
#[derive(Clone, Debug, PartialEq)]
pub struct Vitals {
    /// Durable jobs that `waiting`, `running` or `failed`; each state is there, with 0 as well.
    pub jobs: Vec<(&'static str, i64)>,
    /// Messages that `waiting`, `sending` or `failed`.
    pub mail: Vec<(&'static str, i64)>,
    /// The number of the last change of all.
    pub feed: i64,
}

const JOBS: [&str; 3] = ["waiting", "running", "failed"];
const MAIL: [&str; 3] = ["waiting", "sending", "failed"];

impl Engine {
    pub fn vitals(&self) -> Result<Vitals> {
        let (jobs, mail) = self.store.read(|tx| {
            let counted = |table: &str, states: [&'static str; 3]| -> Result<Vec<(&'static str, i64)>> {
                let mut sql = Sql::new(format!("SELECT state, count(*) FROM {table} WHERE state IN "));
                sql.bind_list(states).push(" GROUP BY state");
                let rows = tx.query(&sql)?;
                let count = |state| rows.iter().find(|row| row.text(0) == state).map_or(0, |row| row.int(1));
                Ok(states.into_iter().map(|state| (state, count(state))).collect())
            };
            Ok((counted("job", JOBS)?, counted("mail", MAIL)?))
        })?;
        Ok(Vitals { jobs, mail, feed: self.latest_change()? })
    }
}
