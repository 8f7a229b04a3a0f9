//! Files that drafts give to records: only what one uploaded or sees.

use base::{Id, Problem, Result};
use meta::{Kind, Value};

use super::Batch;
use crate::Channel;
use crate::draft::Draft;

impl Batch<'_> {
    /// What one uploaded oneself or sees already; the program puts back what was there.
    pub(super) fn read_files(&mut self, drafts: &[Draft]) -> Result<()> {
        let mut ids: Vec<Id> = Vec::new();
        for draft in drafts {
            let model = self.model(draft.entity)?;
            let files = draft.values.iter().filter(|(at, _)| is_file(&model.fields[*at].kind));
            ids.extend(files.filter_map(|(_, value)| value.text().parse::<Id>().ok()));
        }
        if !ids.is_empty() {
            let files = match self.actor.channel {
                Channel::Program => store::files::known(self.tx, &ids)?,
                _ => crate::files::usable(self.tx, self.actor, self.catalogue, &ids)?,
            };
            self.files = files.into_iter().map(|file| (file.id, file)).collect();
        }
        Ok(())
    }

    /// The id of a file that may stand there, in its one writing.
    pub(super) fn file(&self, key: &str, kind: &Kind, value: &Value) -> Result<Value, Problem> {
        let known = value.text().parse().ok().and_then(|id: Id| self.files.get(&id));
        match known {
            Some(file) if matches!(kind, Kind::Picture) && !file.mime.starts_with("image/") => {
                Err(Problem::at(key, "invalid", "This file is no picture"))
            }
            Some(file) => Ok(Value::Text(file.id.to_string())),
            None => Err(Problem::at(key, "missing", "There is no such file")),
        }
    }
}

/// Whether its values are the ids of files.
pub(crate) fn is_file(kind: &Kind) -> bool {
    matches!(kind, Kind::File | Kind::Picture)
}
