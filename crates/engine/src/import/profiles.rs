//! Plans under a name: what was done with the files of one origin, to be done again.

use base::{Error, Result};
use store::{Lane, Sql};

use super::plan::Plan;
use super::run::may_import;
use crate::{Actor, Engine};

/// A kept plan; everybody who may import into its entity sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct Profile {
    pub name: String,
    pub plan: Plan,
}

const LONGEST_NAME: usize = 60;

impl Engine {
    /// The profiles for an entity, by name.
    pub fn import_profiles(&self, actor: &Actor, entity: &str) -> Result<Vec<Profile>> {
        let catalogue = self.seen(actor);
        may_import(actor, catalogue.model(entity).ok_or(Error::Missing)?)?;
        let sql = Sql::new("SELECT name, plan FROM import_profile WHERE entity = $1 ORDER BY name").with(entity);
        let rows = self.store.read(|tx| tx.query(&sql))?;
        let profile = |row: &store::Row| {
            let plan = serde_json::from_str(row.text(1))
                .map_err(|cause| Error::caused("a profile that cannot be read", cause))?;
            Ok(Profile { name: row.text(0).to_owned(), plan })
        };
        rows.iter().map(profile).collect()
    }

    /// Keeps a plan; one of the same name is replaced.
    pub fn keep_profile(&self, actor: &Actor, name: &str, plan: &Plan) -> Result<()> {
        let catalogue = self.seen(actor);
        may_import(actor, catalogue.model(&plan.entity).ok_or(Error::Missing)?)?;
        let name: String = name.trim().chars().take(LONGEST_NAME).collect();
        if name.is_empty() {
            return Err(Error::refused("profile", "required", "Fill this in"));
        }
        let kept = serde_json::to_string(plan).map_err(|cause| Error::caused("a plan that cannot be kept", cause))?;
        let sql = Sql::new(
            "INSERT INTO import_profile (entity, name, plan, by_user, created_at) VALUES ($1, $2, $3, $4, $5) \
             ON CONFLICT (entity, name) DO UPDATE SET plan = excluded.plan, by_user = excluded.by_user",
        );
        let sql = sql.with(plan.entity.as_str()).with(name).with(kept).with(actor.user()).with(base::clock::now());
        self.store.write(Lane::People, |tx| tx.execute(&sql).map(|_| ()))
    }
}
