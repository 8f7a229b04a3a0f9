//! What administrators change of the program itself while it runs: fields, the sections of pages, pick lists.
//!
//! Every change raises the epoch in the transaction that writes it, so that all nodes read the catalogue anew before they
//! write again.

mod checks;
mod fields;
mod index;
mod keepers;
mod lists;
pub(crate) mod load;
mod sections;
mod uses;

use base::{Error, Id, Problem, Result, Rid};
use chrono::{DateTime, Utc};
use meta::Catalogue;
use store::{Lane, Sql, Tx};

use crate::{Actor, Engine, epoch};

pub use fields::NewField;
pub use index::KIND as INDEX_JOB;
pub(crate) use index::stand;
pub use keepers::{Of, administrator, keeper, may_set};
pub use lists::{COLOURS, ItemLook, SQUARES, has_squares};
pub(crate) use lists::{add_item, change_item};
pub use sections::{NewSection, Way};
pub use uses::{Use, Used};

/// An entry in the history of the settings.
pub struct SettingsChange {
    pub at: DateTime<Utc>,
    pub by: Option<Rid>,
    /// The names of what was changed, in the words of whoever changed it.
    pub what: String,
    /// What was done, a sentence's English.
    pub verb: String,
}

/// The newest entries that a page shows.
const SHOWN: i64 = 50;

impl Engine {
    /// Changes the catalogue: for those who may, one after the other.
    pub(crate) fn alter<T>(
        &self,
        actor: &Actor,
        of: Of,
        mut work: impl FnMut(&Tx, &Catalogue) -> Result<T>,
    ) -> Result<T> {
        for _ in 0..3 {
            let catalogue = self.catalogue();
            keeper(actor, &catalogue, of)?;
            let done = self.store.write(Lane::People, |tx| {
                tx.lock_key("catalogue")?;
                if epoch::epoch(tx)? != catalogue.epoch {
                    return Ok(None);
                }
                let value = work(tx, &catalogue)?;
                epoch::raise_epoch(tx)?;
                Ok(Some(value))
            });
            self.reload()?;
            if let Some(done) = done? {
                return Ok(done);
            }
        }
        Err(Error::fault("the catalogue changes faster than it can be read"))
    }

    /// The last changes of fields (`fields.party`) or of a list (`lists.sector`), the newest first.
    pub fn settings_history(&self, actor: &Actor, about: &str) -> Result<Vec<SettingsChange>> {
        keeper(actor, &self.catalogue(), Of::named(about))?;
        let sql =
            Sql::new("SELECT at, by_user, what FROM settings_change WHERE about = $1 ORDER BY at DESC, id LIMIT $2");
        let rows = self.store.read(|tx| tx.query(&sql.with(about).with(SHOWN)))?;
        let change = |row: &store::Row| {
            let (verb, what) = row.text(2).split_once('\n').unwrap_or((row.text(2), ""));
            let (verb, what) = (verb.to_owned(), what.to_owned());
            SettingsChange { at: row.instant(0), by: row.opt_int(1).map(Rid), verb, what }
        };
        Ok(rows.iter().map(change).collect())
    }
}

/// Keeps who changed what. `verb` is the English of a sentence.
pub(crate) fn note(tx: &Tx, actor: &Actor, about: &str, verb: &str, what: &str) -> Result<()> {
    let mut sql = Sql::new("INSERT INTO settings_change (id, at, by_user, about, what) VALUES (");
    sql.bind(Id::new()).push(", ").bind(base::clock::now()).push(", ").bind(actor.user()).push(", ").bind(about);
    sql.push(", ").bind(format!("{verb}\n{what}")).push(")");
    tx.execute(&sql).map(|_| ())
}

fn refused(field: &str, code: &'static str, text: impl Into<base::Text>) -> Error {
    Error::Refused(vec![Problem::at(field, code, text)])
}

fn json<T: serde::Serialize>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(|cause| Error::caused("settings that cannot be kept", cause))
}

/// The name under which an administrator's words are kept: `Coperti (sala)` becomes `coperti_sala`.
fn slug(label: &str) -> String {
    let mut slug = String::new();
    for c in base::fold(label).chars() {
        if c.is_ascii_alphanumeric() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('_') {
            slug.push('_');
        }
    }
    slug.truncate(40);
    slug.trim_end_matches('_').to_owned()
}

/// The first of `name`, `name_2`, `name_3`… that is free.
fn free(name: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let mut free = name.to_owned();
    let mut number = 2;
    while is_taken(&free) {
        free = format!("{name}_{number}");
        number += 1;
    }
    free
}
