//! The first steps of a new installation: bringing in one's own records, inviting a colleague, looking around made-up ones.

use std::path::Path;

use base::{Error, Id, Result, Words};
use store::Sql;

use crate::settings::administrator;
use crate::{Actor, Engine};

/// The setting of an installation in which all is made up.
pub const DEMO: &str = "demo";
/// The setting that names the import of the made-up records.
const EXAMPLES: &str = "examples";
/// The preference of who wants to see the steps no more.
const AWAY: &str = "first_steps";

/// How far the steps are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FirstSteps {
    /// Something was brought in that is not made up.
    pub imported: bool,
    /// Somebody else signs in.
    pub invited: bool,
    pub examples: Examples,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Examples {
    Never,
    /// The import that they came by.
    There(Id),
    /// They were there, and were taken away.
    Gone,
}

/// Records that are made up: a file that is imported like any other, so that all of them are taken away as it is.
#[derive(Clone, Copy)]
pub struct ExampleFile {
    /// The list that it goes into.
    pub path: &'static str,
    pub name: &'static str,
    pub bytes: &'static [u8],
}

impl Engine {
    /// How far an administrator's steps are.
    pub fn first_steps(&self, actor: &Actor) -> Result<FirstSteps> {
        administrator(actor)?;
        let examples: Option<Id> = self.setting(EXAMPLES)?.and_then(|id| id.parse().ok());
        let invited = self.users()?.into_iter().filter(|user| user.active).count() > 1;
        let mut sql = Sql::new("SELECT 1 FROM job WHERE kind = 'import' AND state = 'done'");
        if let Some(id) = examples {
            sql.push(" AND id <> ").bind(id);
        }
        sql.push(" LIMIT 1");
        let imported = self.store.read(|tx| tx.first(&sql))?.is_some();
        Ok(FirstSteps { imported, invited, examples: self.examples(actor, examples)? })
    }

    fn examples(&self, actor: &Actor, id: Option<Id>) -> Result<Examples> {
        let Some(id) = id else { return Ok(Examples::Never) };
        let import = match self.import(actor, id) {
            Ok(import) => import,
            // It was long ago, and is swept away.
            Err(Error::Missing) => return Ok(Examples::Gone),
            Err(other) => return Err(other),
        };
        let undone = match import.report.operation {
            Some(operation) => self.stayed(actor, operation)?.is_some(),
            None => matches!(import.state.as_str(), "failed" | "cancelled"),
        };
        Ok(if undone { Examples::Gone } else { Examples::There(id) })
    }

    /// Brings in the made-up records, in the background; the import to look at, which undoes the whole.
    ///
    /// # Errors
    /// `Denied` but for administrators.
    pub fn load_examples(&self, actor: &Actor, file: &ExampleFile, words: &[&Words]) -> Result<Id> {
        administrator(actor)?;
        if let Examples::There(id) = self.first_steps(actor)?.examples {
            return Ok(id);
        }
        let lies = self.imports_folder()?.join(format!("{}.examples", Id::new()));
        let begun = self.begun(actor, file, &lies, words);
        let _ = std::fs::remove_file(&lies);
        let id = begun?;
        self.submit_import(actor, id)?;
        self.set_setting(EXAMPLES, &id.to_string())?;
        Ok(id)
    }

    fn begun(&self, actor: &Actor, file: &ExampleFile, lies: &Path, words: &[&Words]) -> Result<Id> {
        std::fs::write(lies, file.bytes).map_err(|cause| Error::io("the examples cannot be written", cause))?;
        self.begin_import(actor, file.path, file.name, lies, words)
    }

    /// Whether all that is here is made up: then there is nothing to begin with.
    pub fn is_made_up(&self) -> Result<bool> {
        Ok(self.setting(DEMO)?.is_some())
    }

    /// Whether somebody wants to see the steps no more.
    pub fn are_steps_away(&self, actor: &Actor) -> Result<bool> {
        Ok(self.preference(actor.person.user, AWAY)?.is_some())
    }

    pub fn put_steps_away(&self, actor: &Actor) -> Result<()> {
        self.remember(actor.person.user, AWAY, "away")
    }
}
