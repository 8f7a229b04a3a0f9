//! Tokens: what programs sign in with, on behalf of somebody, with a role and an end of their own.

use base::{Error, Problem, Result, Rid, say};
use chrono::{DateTime, Duration as Span, NaiveDate, Utc};
use store::{Lane, Sql};

use super::sessions::{own_or_administrator, unhex};
use super::{SignedIn, digest, hex, secret};
use crate::access_log::What;
use crate::roles::ROLES;
use crate::{Actor, Channel, Engine};

/// How old what is kept of the last use may be, so that reading stays reading.
const EXACT: Span = Span::minutes(10);
const LONGEST_NAME: usize = 100;

/// A token, as those see it who may revoke it.
#[derive(Debug)]
pub struct Token {
    /// What it is revoked by; nobody signs in with it.
    pub key: String,
    pub user: Rid,
    pub name: String,
    /// The key of the role that its rights are held to; none for all that its user may do.
    pub role: Option<String>,
    pub since: DateTime<Utc>,
    /// When it was used last, within ten minutes.
    pub seen_at: Option<DateTime<Utc>>,
    pub ends_at: Option<DateTime<Utc>>,
}

/// What is known of a token that shall be made.
#[derive(Clone, Debug, Default)]
pub struct NewToken<'a> {
    pub name: &'a str,
    /// The key of a role; empty for all that its user may do.
    pub role: &'a str,
    /// The last day on which it is good.
    pub until: Option<NaiveDate>,
}

/// What a secret that was shown turned out to be.
pub enum Shown {
    Good(Box<SignedIn>),
    /// It was good once, and is not since this moment.
    Ended(DateTime<Utc>),
    Unknown,
}

impl Engine {
    /// A new token with the rights of its user; only its hash is kept.
    pub fn create_token(&self, user: Rid, name: &str) -> Result<String> {
        self.insert_token(user, name, None, None)
    }

    /// A new token of one's own; its secret, which is never shown again.
    ///
    /// # Errors
    /// `Refused` without a name, with a role that is none, or with an end that is over.
    pub fn add_token(&self, actor: &Actor, new: &NewToken) -> Result<String> {
        let user = actor.user().ok_or(Error::Missing)?;
        let name = new.name.trim();
        let mut problems = Vec::new();
        if name.is_empty() {
            problems.push(Problem::at("name", "required", "Say what it is for"));
        }
        if name.chars().count() > LONGEST_NAME {
            let text = say!("At most {count} characters", count = LONGEST_NAME);
            problems.push(Problem::at("name", "too_long", text));
        }
        let is_role = |key: &str| {
            self.catalogue().list(ROLES.key).is_some_and(|list| list.items.iter().any(|item| item.key == key))
        };
        if !new.role.is_empty() && !is_role(new.role) {
            problems.push(Problem::at("role", "unknown", "Choose a role"));
        }
        if new.until.is_some_and(|day| day < actor.today()) {
            problems.push(Problem::at("until", "past", "This day is over: choose one to come"));
        }
        if !problems.is_empty() {
            return Err(Error::Refused(problems));
        }
        // Good to the end of its last day.
        let ends_at = new.until.and_then(|day| base::clock::start_of(day.succ_opt()?, actor.zone));
        let secret = self.insert_token(user, name, Some(new.role).filter(|role| !role.is_empty()), ends_at)?;
        self.log_done_to(What::TokenMade, actor, user, Some(name))?;
        Ok(secret)
    }

    fn insert_token(
        &self,
        user: Rid,
        name: &str,
        role: Option<&str>,
        ends_at: Option<DateTime<Utc>>,
    ) -> Result<String> {
        let secret = secret()?;
        let sql = Sql::new(
            "INSERT INTO token (hash, user_rid, name, created_at, role, ends_at) VALUES ($1, $2, $3, $4, $5, $6)",
        );
        let sql = sql.with(digest(&secret)).with(user).with(name).with(base::clock::now()).with(role).with(ends_at);
        self.store.write(Lane::People, |tx| tx.execute(&sql).map(|_| ()))?;
        Ok(secret)
    }

    /// Who a token belongs to, with what it may do of what they may.
    pub fn token(&self, secret: &str) -> Result<Option<SignedIn>> {
        match self.shown_token(secret)? {
            Shown::Good(signed_in) => Ok(Some(*signed_in)),
            Shown::Ended(_) | Shown::Unknown => Ok(None),
        }
    }

    /// The same, with what became of it.
    pub fn shown_token(&self, secret: &str) -> Result<Shown> {
        let hash = digest(secret);
        let now = base::clock::now();
        let sql = Sql::new(
            "SELECT user_rid, ends_at, seen_at, role, (SELECT value FROM setting WHERE key = 'epoch') FROM token WHERE hash = $1",
        );
        let sql = sql.with(hash.clone());
        let Some(row) = self.store.read(|tx| tx.first(&sql))? else { return Ok(Shown::Unknown) };
        self.refresh_to(row.opt_text(4))?;
        let Some(mut signed_in) = self.signed_in(row.rid(0), Channel::Api)? else { return Ok(Shown::Unknown) };
        if let Some(end) = row.opt_instant(1).filter(|end| *end <= now) {
            return Ok(Shown::Ended(end));
        }
        if row.opt_instant(2).is_none_or(|seen| now - seen > EXACT) {
            let sql = Sql::new("UPDATE token SET seen_at = $1 WHERE hash = $2").with(now).with(hash);
            self.store.write(Lane::Jobs, |tx| tx.execute(&sql).map(|_| ()))?;
        }
        if let Some(role) = row.opt_text(3) {
            let person = &mut signed_in.actor.person;
            person.rights = std::mem::take(&mut person.rights).meet(&self.catalogue().rights_of(&[role.to_owned()]));
        }
        Ok(Shown::Good(Box::new(signed_in)))
    }

    /// The tokens of somebody, the newest first.
    pub fn tokens(&self, actor: &Actor, user: Rid) -> Result<Vec<Token>> {
        own_or_administrator(actor, user)?;
        self.tokens_where(Sql::new(format!("{TOKENS} WHERE user_rid = $1 ORDER BY created_at DESC, hash")).with(user))
    }

    /// The tokens of everybody, the newest first, for administrators.
    pub fn all_tokens(&self, actor: &Actor) -> Result<Vec<Token>> {
        crate::settings::administrator(actor)?;
        self.tokens_where(Sql::new(format!("{TOKENS} ORDER BY created_at DESC, hash LIMIT {MOST}")))
    }

    fn tokens_where(&self, sql: Sql) -> Result<Vec<Token>> {
        let rows = self.store.read(|tx| tx.query(&sql))?;
        let token = |row: &store::Row| Token {
            key: hex(row.blob(0)),
            user: row.rid(1),
            name: row.text(2).to_owned(),
            since: row.instant(3),
            ends_at: row.opt_instant(4),
            seen_at: row.opt_instant(5),
            role: row.opt_text(6).map(str::to_owned),
        };
        Ok(rows.iter().map(token).collect())
    }

    /// Takes a token away for good; its name.
    ///
    /// # Errors
    /// `Missing` when they have no such token.
    pub fn revoke_token(&self, actor: &Actor, user: Rid, key: &str) -> Result<String> {
        own_or_administrator(actor, user)?;
        let sql = Sql::new("DELETE FROM token WHERE hash = $1 AND user_rid = $2 RETURNING name");
        let sql = sql.with(unhex(key).ok_or(Error::Missing)?).with(user);
        let gone = self.store.write(Lane::People, |tx| tx.first(&sql))?;
        let name = gone.ok_or(Error::Missing)?.text(0).to_owned();
        self.log_done_to(What::TokenRevoked, actor, user, Some(&name))?;
        Ok(name)
    }
}

const TOKENS: &str = "SELECT hash, user_rid, name, created_at, ends_at, seen_at, role FROM token";
/// More than a page shows.
const MOST: i64 = 1000;

#[cfg(test)]
mod tests {
    use meta::access::{Scope, Verb};

    use crate::roles::built_in;

    #[test]
    fn a_role_takes_away_and_never_gives() {
        let held = |person: &str, role: &str| built_in(person).meet(&built_in(role));
        assert_eq!(held("seller", "manager").usual, built_in("seller").usual, "a wider role gives nothing");
        let looker = held("manager", "viewer");
        assert_eq!(looker.scope("party", None, Verb::View), Scope::All);
        assert_eq!(looker.scope("party", None, Verb::Change), Scope::None);
        assert!(!held("seller", "admin").admin && !held("admin", "seller").admin);
        assert_eq!(held("admin", "seller").usual, built_in("seller").usual);
        assert!(held("admin", "admin").admin);
        assert!(held("manager", "agent").outside, "who is held to work from outside sees what they see");
    }
}
