//! Signing in: passwords, sessions, tokens, and how often one may try.

mod attempts;
mod devices;
mod forgotten;
mod resets;
mod second_step;
mod sessions;
mod tokens;

use argon2::Argon2;
use argon2::password_hash::PasswordVerifier;
use base::{Error, Id, Problem, Result, Rid};
use chrono::Duration as Span;
use sha2::{Digest, Sha256};
use store::{Lane, Sql, Tx};

use crate::access_log::{Event, What};
use crate::users::User;
use crate::{Actor, Channel, Engine};

pub use attempts::Attempts;
pub use forgotten::KIND as FORGOTTEN;
pub use second_step::{SecondStep, Setup};
pub(crate) use sessions::own_or_administrator;
pub use sessions::{Session, session_key};
pub use tokens::{NewToken, Shown, Token};

/// Who a session or token belongs to.
pub struct SignedIn {
    pub user: User,
    pub actor: Actor,
    /// What comes before anything else; of tokens nothing.
    pub must: Option<Must>,
}

/// What somebody has to do before anything else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Must {
    /// Another chose the one they have.
    ChangePassword,
    /// Their role asks for a second step, and theirs is off.
    SetUpSecondStep,
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

/// A program that only says what it is.
impl<'a> From<&'a str> for Caller<'a> {
    fn from(agent: &'a str) -> Caller<'a> {
        Caller { agent, ..Caller::default() }
    }
}

/// What came of a name and a password that were right.
#[derive(Debug)]
pub enum Entry {
    In(SignIn),
    /// A code is asked for besides: the secret by which [`Engine::finish_sign_in`] goes on, for ten minutes.
    Code(String),
}

impl Entry {
    pub fn signed_in(self) -> Option<SignIn> {
        match self {
            Entry::In(signed_in) => Some(signed_in),
            Entry::Code(_) => None,
        }
    }
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
    pub fn sign_in(&self, name: &str, password: &str, caller: Caller) -> Result<Entry> {
        let user = self.user_named(name)?.filter(|user| user.active);
        let right = self.compares(user.as_ref(), name, password, caller)?;
        let tried = user.as_ref().map(|user| user.rid);
        let Some(user) = user.filter(|_| right) else {
            self.log_access(Event::new(What::SignInFailed, tried, caller))?;
            return Err(Error::refused("password", "wrong", "E-mail or password is wrong"));
        };
        if !self.has_second_step(user.rid)? {
            return self.let_in(user, caller).map(Entry::In);
        }
        let step = secret()?;
        self.store.write(Lane::People, |tx| keep_one_time(tx, user.rid, CODE, &step, CODE_WAITS))?;
        Ok(Entry::Code(step))
    }

    /// The second step: the secret of the first, and a code of the app or for recovery. Both are good once.
    ///
    /// # Errors
    /// `Refused` at the field `code`: `over` where one has to begin again, `wrong`, `too_many`.
    pub fn finish_sign_in(&self, step: &str, code: &str, caller: Caller) -> Result<SignIn> {
        let sql = Sql::new("SELECT user_rid FROM one_time WHERE hash = $1 AND what = $2 AND ends_at > $3");
        let sql = sql.with(digest(step)).with(CODE).with(base::clock::now());
        let user = match self.store.read(|tx| tx.first(&sql))? {
            Some(row) => self.user(row.rid(0))?.filter(|user| user.active),
            None => None,
        };
        let over = || second_step::at_code("over", "Too much time went by: begin again with your password");
        let user = user.ok_or_else(over)?;
        let device = self.knows_device(user.rid, caller.device)?.then(|| digest(caller.device));
        let attempt = attempts::begin_code(&self.store, user.rid, device.as_deref())?;
        let attempt = attempt.ok_or_else(|| second_step::at_code("too_many", TOO_MANY))?;
        let code = self.uses_code(&user, code)?;
        let right = self.store.write(Lane::People, |tx| {
            let done = Sql::new("DELETE FROM one_time WHERE hash = $1 AND what = $2").with(digest(step)).with(CODE);
            Ok(code.once(tx, user.rid)? && tx.execute(&done)? == 1)
        })?;
        if !right {
            self.log_access(Event::new(What::SignInFailed, Some(user.rid), caller))?;
            return Err(second_step::wrong());
        }
        attempt.was_right()?;
        self.let_in(user, caller)
    }

    fn let_in(&self, user: User, caller: Caller) -> Result<SignIn> {
        let device = self.keep_device(user.rid, caller.device)?;
        self.log_access(Event::new(What::SignedIn, Some(user.rid), caller))?;
        Ok(SignIn { session: self.open_session(user.rid, caller)?, device, user })
    }

    /// Whether somebody who has signed in knows their password: a session left open is not enough for what matters.
    ///
    /// # Errors
    /// `Refused`, at the field `current`.
    pub fn proves(&self, user: &User, password: &str, caller: Caller) -> Result<()> {
        let wrong = |code, text: &'static str| Error::Refused(vec![Problem::at("current", code, text)]);
        match self.compares(Some(user), &user.email, password, caller) {
            Ok(true) => Ok(()),
            Ok(false) => Err(wrong("wrong", "This is not the password you have now")),
            Err(Error::Refused(_)) => Err(wrong("too_many", TOO_MANY)),
            Err(other) => Err(other),
        }
    }

    /// Compares a password when it was not tried too often.
    fn compares(&self, user: Option<&User>, name: &str, password: &str, caller: Caller) -> Result<bool> {
        let known_here = match user {
            Some(user) => self.knows_device(user.rid, caller.device)?,
            None => false,
        };
        let device = known_here.then(|| digest(caller.device));
        let name = digest(&base::fold(name.trim()));
        let Some(attempt) = attempts::begin(&self.store, &name, caller.address, device.as_deref())? else {
            return Err(Error::refused("password", "too_many", TOO_MANY));
        };
        let known = match user {
            Some(user) => self
                .store
                .read(|tx| tx.first(&Sql::new("SELECT password FROM credential WHERE user_rid = $1").with(user.rid)))?,
            None => None,
        };
        let hash = known.as_ref().map_or(NOBODY, |row| row.text(0));
        let compare = || Argon2::default().verify_password(password.as_bytes(), hash).is_ok();
        let right = self.attempts.compare(compare) && known.is_some();
        if right {
            attempt.was_right()?;
        }
        Ok(right)
    }

    /// Ends one's own session.
    pub fn sign_out(&self, actor: &Actor, secret: &str) -> Result<()> {
        self.close_session(secret)?;
        self.log_access(Event::of(What::SignedOut, actor))
    }

    fn signed_in(&self, rid: Rid, channel: Channel) -> Result<Option<SignedIn>> {
        let Some(user) = self.user(rid)?.filter(|user| user.active) else { return Ok(None) };
        let actor = self.actor(&user, channel)?;
        Ok(Some(SignedIn { user, actor, must: None }))
    }

    /// A secret that lets the first visitor create the administrator; a new one at every start of every node until there is one.
    pub fn first_visit(&self) -> Result<String> {
        let secret = secret()?;
        self.store.write(Lane::People, |tx| {
            tx.lock_key(FIRST_VISIT)?;
            let known = first_visits(tx)?;
            let all = std::iter::once(hex(&digest(&secret))).chain(known).take(FIRST_VISITS).collect::<Vec<_>>();
            let sql = Sql::new(
                "INSERT INTO setting (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            );
            tx.execute(&sql.with(FIRST_VISIT).with(all.join(" ")))
        })?;
        Ok(secret)
    }

    /// Whether this is the secret of a first visit, and nobody has made it yet.
    pub fn is_first_visit(&self, secret: &str) -> Result<bool> {
        let known = self.store.read(first_visits)?;
        Ok(known.contains(&hex(&digest(secret))) && !self.has_users()?)
    }
}

/// The setting with the hashes of what lets the first visitor in, the latest first, and how many are kept.
const FIRST_VISIT: &str = "first_visit";
const FIRST_VISITS: usize = 16;

fn first_visits(tx: &Tx) -> Result<Vec<String>> {
    let row = tx.first(&Sql::new("SELECT value FROM setting WHERE key = $1").with(FIRST_VISIT))?;
    Ok(row.map(|row| row.text(0).split(' ').map(str::to_owned).collect()).unwrap_or_default())
}

/// What of a sign-in waits for its code, and how long.
const CODE: &str = "code";
const CODE_WAITS: Span = Span::minutes(10);

/// Keeps the hash of a secret that is good once.
fn keep_one_time(tx: &Tx, user: Rid, what: &str, secret: &str, good_for: Span) -> Result<()> {
    let now = base::clock::now();
    let sql = Sql::new("INSERT INTO one_time (hash, user_rid, what, created_at, ends_at) VALUES ($1, $2, $3, $4, $5)");
    tx.execute(&sql.with(digest(secret)).with(user).with(what).with(now).with(now + good_for)).map(|_| ())
}

const TOO_MANY: &str = "Too many attempts: wait five minutes and try again";

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
