//! Links by which somebody chooses a password without knowing the old one: good once, and not for long. Only their hashes are kept.

use base::{Error, Result};
use chrono::Duration as Span;
use store::{Lane, Sql, Tx};

use super::forgotten::MAILED;
use super::{Caller, digest, keep_one_time, secret};
use crate::access_log::{Event, What};
use crate::users::User;
use crate::{Actor, Engine, passwords};

/// How long a link is good that an administrator hands over.
const HANDED: Span = Span::hours(24);

const RESET: &str = "reset";

impl Engine {
    /// A link's secret for a user, to be handed over by an administrator; those made before are good no more.
    ///
    /// # Errors
    /// `Denied` unless an administrator asks.
    pub fn reset_link(&self, actor: &Actor, user: &User) -> Result<String> {
        crate::settings::administrator(actor)?;
        let secret = secret()?;
        self.store.write(Lane::People, |tx| keep_reset(tx, user, &secret, HANDED))?;
        self.log_done_to(What::ResetAsked, actor, user.rid, None)?;
        Ok(secret)
    }

    /// Whose password is chosen by a link; none when it is used, over, or of somebody who may not sign in.
    pub fn reset_of(&self, secret: &str) -> Result<Option<User>> {
        let sql = Sql::new("SELECT user_rid FROM one_time WHERE hash = $1 AND what IN ($2, $3) AND ends_at > $4");
        let sql = sql.with(digest(secret)).with(RESET).with(MAILED).with(base::clock::now());
        let Some(row) = self.store.read(|tx| tx.first(&sql))? else { return Ok(None) };
        Ok(self.user(row.rid(0))?.filter(|user| user.active))
    }

    /// Chooses a password by a link, which is good no more; whoever was signed in is signed out.
    ///
    /// # Errors
    /// `Missing` when the link is no good, `Refused` for a password that will not do: then the link still is.
    pub fn reset_password(&self, secret: &str, password: &str, caller: Caller) -> Result<User> {
        let user = self.reset_of(secret)?.ok_or(Error::Missing)?;
        self.check_password(password, &user.name, &user.email)?;
        let hash = passwords::hash(password)?;
        self.store.write(Lane::People, |tx| {
            let sql = Sql::new("DELETE FROM one_time WHERE hash = $1 AND what IN ($2, $3) AND ends_at > $4");
            // Two who come with the same link: one of them was first.
            if tx.execute(&sql.with(digest(secret)).with(RESET).with(MAILED).with(base::clock::now()))? == 0 {
                return Err(Error::Missing);
            }
            passwords::put(tx, user.rid, &hash, false)?;
            passwords::sign_out_everywhere(tx, user.rid)
        })?;
        self.log_access(Event::new(What::PasswordChanged, Some(user.rid), caller))?;
        Ok(user)
    }
}

/// Keeps a link's secret in place of those before.
fn keep_reset(tx: &Tx, user: &User, secret: &str, good_for: Span) -> Result<()> {
    tx.execute(&Sql::new("DELETE FROM one_time WHERE user_rid = $1 AND what = $2").with(user.rid).with(RESET))?;
    keep_one_time(tx, user.rid, RESET, secret, good_for)
}
