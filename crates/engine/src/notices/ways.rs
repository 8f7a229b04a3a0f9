//! How each person wants to be told: by the bell, by e-mail, both, or not at all.

use std::collections::BTreeMap;

use base::{Error, Result, Rid};
use serde::{Deserialize, Serialize};

use super::What;
use crate::Engine;

/// The preference that holds them.
const KEY: &str = "notices";

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Way {
    pub bell: bool,
    pub mail: bool,
}

/// A way for each kind of line.
#[derive(Clone, Debug, PartialEq)]
pub struct Ways(BTreeMap<What, Way>);

impl Ways {
    pub fn of(&self, what: What) -> Way {
        self.0.get(&what).copied().unwrap_or(usual(what))
    }

    pub fn set(&mut self, what: What, way: Way) {
        self.0.insert(what, way);
    }
}

impl Default for Ways {
    fn default() -> Ways {
        Ways(What::ALL.into_iter().map(|what| (what, usual(what))).collect())
    }
}

/// The bell for everything; e-mail for what waits for an answer.
fn usual(what: What) -> Way {
    Way { bell: true, mail: matches!(what, What::Assigned | What::Mentioned | What::Failed) }
}

impl Engine {
    /// How somebody wants to be told.
    pub fn notice_ways(&self, user: Rid) -> Result<Ways> {
        let mut ways = Ways::default();
        let kept = self.preference(user, KEY)?.unwrap_or_default();
        let kept: BTreeMap<String, Way> = serde_json::from_str(&kept).unwrap_or_default();
        for (key, way) in kept {
            if let Some(what) = What::from_key(&key) {
                ways.set(what, way);
            }
        }
        Ok(ways)
    }

    pub fn set_notice_ways(&self, user: Rid, ways: &Ways) -> Result<()> {
        let kept: BTreeMap<&str, Way> = ways.0.iter().map(|(what, way)| (what.key(), *way)).collect();
        let kept = serde_json::to_string(&kept).map_err(|cause| Error::caused("ways that cannot be kept", cause))?;
        self.remember(user, KEY, &kept)?;
        self.hush(user);
        Ok(())
    }
}
