//! What the program remembers of a person: choices of looks, columns, what was opened last.

use std::collections::{HashMap, VecDeque};
use std::time::{Duration, Instant};

use base::{Id, Result, Rid};
use store::{Lane, Sql};

use crate::{Actor, Engine, Titles};

impl Engine {
    pub fn preference(&self, user: Rid, key: &str) -> Result<Option<String>> {
        let sql = Sql::new("SELECT value FROM preference WHERE user_rid = $1 AND key = $2").with(user).with(key);
        Ok(self.store.read(|tx| tx.first(&sql))?.map(|row| row.text(0).to_owned()))
    }

    pub fn remember(&self, user: Rid, key: &str, value: &str) -> Result<()> {
        let sql = Sql::new(
            "INSERT INTO preference (user_rid, key, value) VALUES ($1, $2, $3) ON CONFLICT (user_rid, key) DO UPDATE SET value = excluded.value",
        );
        let sql = sql.with(user).with(key).with(value);
        self.store.write(Lane::People, |tx| tx.execute(&sql).map(|_| ()))
    }

    /// A setting of the whole company.
    pub fn setting(&self, key: &str) -> Result<Option<String>> {
        let sql = Sql::new("SELECT value FROM setting WHERE key = $1").with(key);
        Ok(self.store.read(|tx| tx.first(&sql))?.map(|row| row.text(0).to_owned()))
    }

    pub fn set_setting(&self, key: &str, value: &str) -> Result<()> {
        let sql = Sql::new(
            "INSERT INTO setting (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        );
        let sql = sql.with(key).with(value);
        self.store.write(Lane::People, |tx| tx.execute(&sql).map(|_| ()))
    }
}

/// What each person opened last, in memory; it is written down at most once a minute, so that looking costs no writing.
#[derive(Default)]
pub(crate) struct Recents(parking_lot::Mutex<HashMap<Rid, Recent>>);

struct Recent {
    rids: VecDeque<Rid>,
    written: Instant,
}

/// How many are kept.
const KEPT: usize = 20;

/// A record that was opened.
pub struct Opened {
    pub path: &'static str,
    pub id: Id,
    pub title: String,
}

impl Engine {
    /// Notes that someone opened a record.
    pub fn opened(&self, actor: &Actor, rid: Rid) -> Result<()> {
        let user = actor.person.user;
        let mut rids = self.recent_rows(user)?;
        if rids.front() == Some(&rid) {
            return Ok(());
        }
        rids.retain(|known| *known != rid);
        rids.push_front(rid);
        rids.truncate(KEPT);
        let list = serde_json::to_string(&rids.iter().map(|rid| rid.0).collect::<Vec<_>>()).unwrap_or_default();
        let mut kept = self.recents.0.lock();
        let due = kept.get(&user).is_none_or(|recent| recent.written.elapsed() > Duration::from_secs(60));
        let written =
            if due { Instant::now() } else { kept.get(&user).map_or_else(Instant::now, |recent| recent.written) };
        kept.insert(user, Recent { rids, written });
        drop(kept);
        if due { self.remember(user, "recent", &list) } else { Ok(()) }
    }

    /// What someone opened last, as far as they still may see it.
    pub fn recent(&self, actor: &Actor, limit: usize) -> Result<Vec<Opened>> {
        let rids: Vec<Rid> = self.recent_rows(actor.person.user)?.into_iter().collect();
        let catalogue = self.seen(actor);
        self.store.read(|tx| {
            let titles = Titles::of_rows(tx, actor, &catalogue, &rids.iter().copied().collect())?;
            let opened = rids.iter().filter_map(|rid| {
                let linked = titles.get(*rid)?;
                let path = catalogue.model(&linked.entity)?.entity.path;
                Some(Opened { path, id: linked.id, title: linked.title.clone() })
            });
            Ok(opened.take(limit).collect())
        })
    }

    fn recent_rows(&self, user: Rid) -> Result<VecDeque<Rid>> {
        if let Some(recent) = self.recents.0.lock().get(&user) {
            return Ok(recent.rids.clone());
        }
        let list: Vec<i64> =
            self.preference(user, "recent")?.and_then(|list| serde_json::from_str(&list).ok()).unwrap_or_default();
        Ok(list.into_iter().map(Rid).collect())
    }
}
