//! Takes away the files of imports that ended without taking them away themselves: cancelled, given up, or killed at their end.

use std::fs;
use std::time::Duration;

use base::Result;
use store::Lane;
use store::jobs;

use super::draft::KEPT_DAYS;
use super::job::{KIND, read};
use super::keep::discard;
use crate::Engine;

/// A file that is older than any draft may be was left by an import that was killed before it was noted.
const STRAY: Duration = Duration::from_secs(2 * 86_400 * KEPT_DAYS as u64);

impl Engine {
    /// Imports that ended more than a day ago need their files no longer.
    pub fn sweep_imports(&self) -> Result<()> {
        let now = base::clock::now();
        let (from, to) = (now - chrono::Duration::days(KEPT_DAYS), now - chrono::Duration::days(1));
        for job in self.store.read(|tx| jobs::ended(tx, KIND, from, to))? {
            discard(self, &read(&job)?.file, job.id)?;
        }
        let Ok(entries) = fs::read_dir(self.imports_folder()?) else { return Ok(()) };
        for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
            let ours = path.extension().is_some_and(|end| end == "import" || end == "half");
            let age = fs::metadata(&path).and_then(|known| known.modified()).ok().and_then(|at| at.elapsed().ok());
            if ours && age.is_some_and(|age| age > STRAY) {
                let _ = fs::remove_file(&path);
            }
        }
        Ok(())
    }

    /// Forgets drafts that nobody came back to.
    pub(super) fn forget_abandoned(&self) -> Result<()> {
        let before = base::clock::now() - chrono::Duration::days(KEPT_DAYS);
        for job in self.store.read(|tx| jobs::abandoned(tx, KIND, before))? {
            self.store.write(Lane::Jobs, |tx| jobs::discard(tx, job.id))?;
            discard(self, &read(&job)?.file, job.id)?;
        }
        Ok(())
    }
}
