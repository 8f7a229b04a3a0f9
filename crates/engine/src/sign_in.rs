//! Signing in: passwords, sessions, tokens, and how often one may try.

mod attempts;
mod devices;

use argon2::Argon2;
use argon2::password_hash::PasswordVerifier;
use base::{Error, Id, Result, Rid};
use chrono::Duration as Span;
use sha2::{Digest, Sha256};
use store::{Lane, Sql};

use crate::users::User;
use crate::{Actor, Channel, Engine};

pub use crate::passwords::{SHORTEST_PASSWORD, check_password};
pub use attempts::Attempts;

/// A session lasts so long without being used.
const IDLE: Span = Span::days(14);

/// Who a session or token belongs to.
pub struct SignedIn {
    pub user: User,
    pub actor: Actor,
}

/// Where someone comes from who wants to sign in.
#[derive(Clone, Copy, Debug, Default)]
pub struct Caller<'a> {
    pub address: &'a str,
    /// What the browser calls itself.
    pub agent: &'a str,
    /// What [`SignIn::device`] was when somebody signed in here before; empty where nobody did.
    pub device: &'a str,
}

/// Someone signed in.
#[derive(Debug)]
pub struct SignIn {
    /// The secret of a new session, to be kept in a cookie.
    pub session: String,
    /// The secret by which the browser is known the next time: for a cookie that stays.
    pub device: String,
    pub user: User,
}

impl Engine {
    /// Checks name and password; the answer to a wrong name takes as long as that to a wrong password.
    pub fn sign_in(&self, name: &str, password: &str, caller: Caller) -> Result<SignIn> {
        let user = self.user_named(name)?.filter(|user| user.active);
        let known_here = match &user {
            Some(user) => self.knows_device(user.rid, caller.device)?,
            None => false,
        };
        let device = known_here.then(|| digest(caller.device));
        let name = digest(&base::fold(name.trim()));
        let Some(attempt) = self.attempts.begin(&name, caller.address, device.as_deref()) else {
            return Err(Error::refused("password", "too_many", "Too many attempts: wait five minutes and try again"));
        };
        let known = match &user {
            Some(user) => self
                .store
                .read(|tx| tx.first(&Sql::new("SELECT password FROM credential WHERE user_rid = $1").with(user.rid)))?,
            None => None,
        };
        let hash = known.as_ref().map_or(NOBODY, |row| row.text(0));
        let compare = || Argon2::default().verify_password(password.as_bytes(), hash).is_ok();
        let right = self.attempts.compare(compare) && known.is_some();
        let Some(user) = user.filter(|_| right) else {
            return Err(Error::refused("password", "wrong", "E-mail or password is wrong"));
        };
        attempt.was_right();
        let device = self.keep_device(user.rid, caller.device)?;
        Ok(SignIn { session: self.open_session(user.rid, caller.agent)?, device, user })
    }

    pub fn open_session(&self, user: Rid, agent: &str) -> Result<String> {
        let secret = secret()?;
        let now = base::clock::now();
        let agent: String = agent.chars().take(200).collect();
        let sql = Sql::new(
            "INSERT INTO session (hash, user_rid, created_at, seen_at, ends_at, agent) VALUES ($1, $2, $3, $4, $5, $6)",
        );
        let sql = sql.with(digest(&secret)).with(user).with(now).with(now).with(now + IDLE).with(agent);
        self.store.write(Lane::People, |tx| tx.execute(&sql).map(|_| ()))?;
        Ok(secret)
    }

    /// Who a session's secret belongs to. Its end is moved on at most once an hour, so that reading stays reading.
    pub fn session(&self, secret: &str) -> Result<Option<SignedIn>> {
        let hash = digest(secret);
        let now = base::clock::now();
        let sql = Sql::new("SELECT user_rid, seen_at FROM session WHERE hash = $1 AND ends_at > $2")
            .with(hash.clone())
            .with(now);
        let Some(row) = self.store.read(|tx| tx.first(&sql))? else { return Ok(None) };
        if now - row.instant(1) > Span::hours(1) {
            let sql = Sql::new("UPDATE session SET seen_at = $1, ends_at = $2 WHERE hash = $3")
                .with(now)
                .with(now + IDLE)
                .with(hash);
            self.store.write(Lane::Jobs, |tx| tx.execute(&sql).map(|_| ()))?;
        }
        self.signed_in(row.rid(0), Channel::Form)
    }

    pub fn close_session(&self, secret: &str) -> Result<()> {
        let sql = Sql::new("DELETE FROM session WHERE hash = $1").with(digest(secret));
        self.store.write(Lane::People, |tx| tx.execute(&sql).map(|_| ()))
    }

    /// A new token with the rights of its user; only its hash is kept.
    pub fn create_token(&self, user: Rid, name: &str) -> Result<String> {
        let secret = secret()?;
        let sql = Sql::new("INSERT INTO token (hash, user_rid, name, created_at) VALUES ($1, $2, $3, $4)");
        let sql = sql.with(digest(&secret)).with(user).with(name).with(base::clock::now());
        self.store.write(Lane::People, |tx| tx.execute(&sql).map(|_| ()))?;
        Ok(secret)
    }

    pub fn token(&self, secret: &str) -> Result<Option<SignedIn>> {
        let sql = Sql::new("SELECT user_rid FROM token WHERE hash = $1 AND (ends_at IS NULL OR ends_at > $2)");
        let sql = sql.with(digest(secret)).with(base::clock::now());
        match self.store.read(|tx| tx.first(&sql))? {
            Some(row) => self.signed_in(row.rid(0), Channel::Api),
            None => Ok(None),
        }
    }

    fn signed_in(&self, rid: Rid, channel: Channel) -> Result<Option<SignedIn>> {
        let Some(user) = self.user(rid)?.filter(|user| user.active) else { return Ok(None) };
        let actor = self.actor(&user, channel)?;
        Ok(Some(SignedIn { user, actor }))
    }

    /// A secret that lets the first visitor create the administrator; a new one at every start until there is one.
    pub fn first_visit(&self) -> Result<String> {
        let secret = secret()?;
        let sql = Sql::new(
            "INSERT INTO setting (key, value) VALUES ('first_visit', $1) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        );
        let sql = sql.with(hex(&digest(&secret)));
        self.store.write(Lane::People, |tx| tx.execute(&sql).map(|_| ()))?;
        Ok(secret)
    }

    /// Whether this is the secret of the first visit, and nobody has made it yet.
    pub fn is_first_visit(&self, secret: &str) -> Result<bool> {
        let sql = Sql::new("SELECT value FROM setting WHERE key = 'first_visit'");
        let known = self.store.read(|tx| tx.first(&sql))?;
        Ok(known.is_some_and(|row| row.text(0) == hex(&digest(secret))) && !self.has_users()?)
    }
}

/// A hash that no password has, so that an unknown name costs what a wrong password costs.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5bm9ib2R5bm9ib2R5$8ctd2n1R6lX5B1v2oF0Wb1QWqO1VJQvXy2m8l0a3yWk";

/// 80 random bits in hexadecimal, in four pieces that can be read aloud.
pub fn made_up_password() -> Result<String> {
    let secret = secret()?;
    Ok([&secret[..5], &secret[5..10], &secret[10..15], &secret[15..20]].join("-"))
}

/// 256 random bits in hexadecimal.
fn secret() -> Result<String> {
    let mut bytes = [0u8; 32];
    getrandom::fill(&mut bytes).map_err(|cause| Error::fault(format!("no random numbers: {cause}")))?;
    Ok(hex(&bytes))
}

fn digest(secret: &str) -> Vec<u8> {
    Sha256::digest(secret.as_bytes()).to_vec()
}

/// What a form carries to prove that it came from a page of this session.
pub fn csrf(session: &str) -> String {
    hex(&digest(&format!("csrf|{session}")))[..32].to_owned()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A short number by which a fault can be found in the log.
pub fn incident() -> String {
    Id::new().0.simple().to_string()[22..28].to_uppercase()
}

#[cfg(test)]
mod tests {
    use argon2::password_hash::Error;

    use super::*;

    #[test]
    fn the_hash_of_nobody_costs_as_much_as_that_of_somebody_and_no_password_has_it() {
        let somebody = crate::passwords::hash("una frase lunga").unwrap();
        let cost = |hash: &str| hash.split('$').take(4).map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(cost(NOBODY), cost(&somebody));
        let length = |hash: &str| hash.split('$').next_back().map(str::len);
        assert_eq!(length(NOBODY), length(&somebody));
        assert!(matches!(Argon2::default().verify_password(b"", NOBODY), Err(Error::PasswordInvalid)));
        assert!(Argon2::default().verify_password(b"una frase lunga", somebody.as_str()).is_ok());
    }
}
