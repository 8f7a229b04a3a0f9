//! A creation that is sent twice under one key is made once, whatever was lost on the way.
//!
//! The key is bound to the id of the record before it is made: of two requests at the same moment, or of one that is sent
//! again after a crash, the second finds the id taken and answers the first one's record.

use base::{Id, Problem, Result, Rid};
use chrono::{DateTime, Utc};
use store::{Lane, Sql};

use crate::{Actor, Engine};

/// What is known of a key.
#[derive(Clone, Debug, PartialEq)]
pub enum Claim {
    /// Make the record under this id; when it is taken, an earlier request made it.
    Make(Id),
    /// It was answered before, with this.
    Answered(String),
}

/// The longest key, in characters.
pub const LONGEST_KEY: usize = 200;

impl Engine {
    /// Binds a key of a person to a request and to the id that its record shall have. The same key with another request is
    /// refused with the code `reused`.
    pub fn claim(&self, actor: &Actor, key: &str, request: &[u8], proposed: Id) -> Result<Claim> {
        let user = actor.person.user;
        let claim = Sql::new(
            "INSERT INTO idempotency (user_rid, key, request, answer, created_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
        );
        let claim =
            claim.with(user).with(key).with(request.to_vec()).with(proposed.to_string()).with(base::clock::now());
        let known =
            Sql::new("SELECT request, answer FROM idempotency WHERE user_rid = $1 AND key = $2").with(user).with(key);
        let found =
            self.store.write(Lane::People, |tx| if tx.execute(&claim)? > 0 { Ok(None) } else { tx.first(&known) })?;
        let Some(row) = found else { return Ok(Claim::Make(proposed)) };
        if row.blob(0) != request {
            return Err(Problem::whole("reused", "This Idempotency-Key was sent with another body before").into());
        }
        Ok(row.text(1).parse().map_or_else(|_| Claim::Answered(row.text(1).to_owned()), Claim::Make))
    }

    /// Keeps the answer for the next time that the key is sent. It may not read as an id.
    pub fn answered(&self, user: Rid, key: &str, answer: &str) -> Result<()> {
        let sql = Sql::new("UPDATE idempotency SET answer = $1 WHERE user_rid = $2 AND key = $3")
            .with(answer)
            .with(user)
            .with(key);
        self.store.write(Lane::People, |tx| tx.execute(&sql).map(|_| ()))
    }

    /// Frees a key whose request was refused, so that it can be sent again, corrected.
    pub fn unclaim(&self, user: Rid, key: &str) -> Result<()> {
        let sql = Sql::new("DELETE FROM idempotency WHERE user_rid = $1 AND key = $2").with(user).with(key);
        self.store.write(Lane::People, |tx| tx.execute(&sql).map(|_| ()))
    }

    /// Forgets the keys sent before a moment.
    pub fn forget_answers(&self, before: DateTime<Utc>) -> Result<()> {
        let sql = Sql::new("DELETE FROM idempotency WHERE created_at < $1").with(before);
        self.store.write(Lane::Jobs, |tx| tx.execute(&sql).map(|_| ()))
    }
}
