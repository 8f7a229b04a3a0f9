//! The browsers that a person has signed in with: known by a cookie that says nothing but that, and is worth no session.

use base::{Result, Rid};
use store::{Lane, Sql};

use super::{attempts, digest, secret};
use crate::Engine;

/// A browser that was not used for so long is known no more.
const KNOWN: chrono::Duration = chrono::Duration::days(400);

impl Engine {
    /// Whether this person signed in with this device before.
    pub(super) fn knows_device(&self, user: Rid, device: &str) -> Result<bool> {
        if device.is_empty() {
            return Ok(false);
        }
        let sql = Sql::new("SELECT 1 FROM device WHERE hash = $1 AND user_rid = $2");
        self.store.read(|tx| Ok(tx.first(&sql.with(digest(device)).with(user))?.is_some()))
    }

    /// Notes that a person signed in with a device. Answers its secret: the one that it brought, where that is known of
    /// anybody, and a new one otherwise, so that nobody can give another a secret of their own choice.
    pub(super) fn keep_device(&self, user: Rid, device: &str) -> Result<String> {
        let known = Sql::new("SELECT 1 FROM device WHERE hash = $1 LIMIT 1").with(digest(device));
        let device = match self.store.read(|tx| tx.first(&known))? {
            Some(_) => device.to_owned(),
            None => secret()?,
        };
        let sql = Sql::new(
            "INSERT INTO device (hash, user_rid, seen_at) VALUES ($1, $2, $3) \
             ON CONFLICT (hash, user_rid) DO UPDATE SET seen_at = excluded.seen_at",
        );
        let sql = sql.with(digest(&device)).with(user).with(base::clock::now());
        self.store.write(Lane::People, |tx| tx.execute(&sql))?;
        Ok(device)
    }

    /// Forgets sessions and links that have ended and devices that are long unused.
    pub fn sweep_sign_in(&self) -> Result<()> {
        let now = base::clock::now();
        self.store.write(Lane::Jobs, |tx| {
            attempts::sweep(tx)?;
            tx.execute(&Sql::new("DELETE FROM session WHERE ends_at < $1").with(now))?;
            tx.execute(&Sql::new("DELETE FROM one_time WHERE ends_at < $1").with(now))?;
            tx.execute(&Sql::new("DELETE FROM device WHERE seen_at < $1").with(now - KNOWN)).map(|_| ())
        })
    }
}
