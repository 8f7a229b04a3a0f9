//! Sessions: one for each browser that somebody is signed in with, listed, and ended by them and by administrators.

use base::{Error, Result, Rid};
use chrono::{DateTime, Duration as Span, Utc};
use store::{Lane, Sql};

use super::{Caller, Must, SignedIn, digest, hex, second_step, secret};
use crate::access_log::What;
use crate::{Actor, Channel, Engine};

/// A session lasts so long without being used.
const IDLE: Span = Span::days(14);

/// How old what is kept of the last use may be, so that reading stays reading.
const EXACT: Span = Span::minutes(10);

/// A session, as those see it who may end it.
#[derive(Debug)]
pub struct Session {
    /// What it is ended by; nobody signs in with it.
    pub key: String,
    pub since: DateTime<Utc>,
    /// When it was used last, within ten minutes.
    pub seen_at: DateTime<Utc>,
    /// Where it was used from when it began; empty where nobody knew.
    pub address: String,
    /// What the browser called itself.
    pub agent: String,
}

/// What [`Session::key`] is for a session's secret.
pub fn session_key(secret: &str) -> String {
    hex(&digest(secret))
}

impl Engine {
    pub fn open_session<'a>(&self, user: Rid, caller: impl Into<Caller<'a>>) -> Result<String> {
        let caller = caller.into();
        let secret = secret()?;
        let now = base::clock::now();
        let agent: String = caller.agent.chars().take(200).collect();
        let sql = Sql::new(
            "INSERT INTO session (hash, user_rid, created_at, seen_at, ends_at, agent, address) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        );
        let sql = sql.with(digest(&secret)).with(user).with(now).with(now).with(now + IDLE).with(agent);
        let sql = sql.with(caller.address);
        self.store.write(Lane::People, |tx| tx.execute(&sql).map(|_| ()))?;
        Ok(secret)
    }

    /// Who a session's secret belongs to. The catalogue is then the one that stands: what another node changed a moment ago holds for
    /// their next request, whichever node it comes to.
    pub fn session(&self, secret: &str) -> Result<Option<SignedIn>> {
        let hash = digest(secret);
        let now = base::clock::now();
        let sql = Sql::new(
            "SELECT s.user_rid, s.seen_at, c.must_change, t.since, (SELECT value FROM setting WHERE key = $1), \
             (SELECT value FROM setting WHERE key = 'epoch') \
             FROM session s LEFT JOIN credential c ON c.user_rid = s.user_rid \
             LEFT JOIN second_step t ON t.user_rid = s.user_rid WHERE s.hash = $2 AND s.ends_at > $3",
        );
        let sql = sql.with(second_step::ROLES).with(hash.clone()).with(now);
        let Some(row) = self.store.read(|tx| tx.first(&sql))? else { return Ok(None) };
        self.refresh_to(row.opt_text(5))?;
        if now - row.instant(1) > EXACT {
            let sql = Sql::new("UPDATE session SET seen_at = $1, ends_at = $2 WHERE hash = $3")
                .with(now)
                .with(now + IDLE)
                .with(hash);
            self.store.write(Lane::Jobs, |tx| tx.execute(&sql).map(|_| ()))?;
        }
        let signed_in = self.signed_in(row.rid(0), Channel::Form)?;
        Ok(signed_in.map(|signed_in| {
            let must = match (row.int(2) != 0, row.opt_int(3)) {
                (true, _) => Some(Must::ChangePassword),
                (false, None) if second_step::is_required(row.text(4), &signed_in.user) => Some(Must::SetUpSecondStep),
                (false, _) => None,
            };
            SignedIn { must, ..signed_in }
        }))
    }

    pub fn close_session(&self, secret: &str) -> Result<()> {
        let sql = Sql::new("DELETE FROM session WHERE hash = $1").with(digest(secret));
        self.store.write(Lane::People, |tx| tx.execute(&sql).map(|_| ()))
    }

    /// Where somebody is signed in, what was used last first.
    pub fn sessions(&self, actor: &Actor, user: Rid) -> Result<Vec<Session>> {
        own_or_administrator(actor, user)?;
        let sql = Sql::new(
            "SELECT hash, created_at, seen_at, address, agent FROM session WHERE user_rid = $1 AND ends_at > $2 \
             ORDER BY seen_at DESC, hash",
        );
        let rows = self.store.read(|tx| tx.query(&sql.with(user).with(base::clock::now())))?;
        let session = |row: &store::Row| Session {
            key: hex(row.blob(0)),
            since: row.instant(1),
            seen_at: row.instant(2),
            address: row.text(3).to_owned(),
            agent: row.text(4).to_owned(),
        };
        Ok(rows.iter().map(session).collect())
    }

    /// Ends one session of somebody.
    ///
    /// # Errors
    /// `Missing` when they have no such session.
    pub fn end_session(&self, actor: &Actor, user: Rid, key: &str) -> Result<()> {
        own_or_administrator(actor, user)?;
        let sql = Sql::new("DELETE FROM session WHERE hash = $1 AND user_rid = $2");
        let sql = sql.with(unhex(key).ok_or(Error::Missing)?).with(user);
        match self.store.write(Lane::People, |tx| tx.execute(&sql))? {
            0 => Err(Error::Missing),
            _ => self.log_done_to(What::SessionEnded, actor, user, None),
        }
    }

    /// Ends all sessions of somebody but the one with a key; how many they were.
    pub fn end_sessions(&self, actor: &Actor, user: Rid, but: &str) -> Result<u64> {
        own_or_administrator(actor, user)?;
        let sql = Sql::new("DELETE FROM session WHERE user_rid = $1 AND hash <> $2");
        let sql = sql.with(user).with(unhex(but).unwrap_or_default());
        let ended = self.store.write(Lane::People, |tx| tx.execute(&sql))?;
        if ended > 0 {
            self.log_done_to(What::SessionEnded, actor, user, None)?;
        }
        Ok(ended)
    }
}

/// How somebody signs in is their own affair, and that of administrators; for others there is nothing to see.
pub(crate) fn own_or_administrator(actor: &Actor, user: Rid) -> Result<()> {
    match actor.person.user == user || actor.person.rights.admin {
        true => Ok(()),
        false => Err(Error::Missing),
    }
}

pub(super) fn unhex(text: &str) -> Option<Vec<u8>> {
    let pairs = text.as_bytes().chunks(2).map(|pair| std::str::from_utf8(pair).ok());
    pairs.map(|pair| u8::from_str_radix(pair.filter(|pair| pair.len() == 2)?, 16).ok()).collect()
}
