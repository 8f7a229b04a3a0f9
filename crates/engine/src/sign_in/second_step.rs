//! The second step of signing in: a code of an app (TOTP, RFC 6238), or one of ten recovery codes. Each is good once.
//!
//! The secret that app and program share is sealed with the secret key; recovery codes are kept as hashes.

mod codes;

use base::{Error, Problem, Result, Rid};
use chrono::{DateTime, Utc};
use store::{Lane, Sql, Tx};
use totp_rs::{Algorithm, Builder, Totp};

use super::{Caller, TOO_MANY, attempts, own_or_administrator};
use crate::access_log::{Event, What};
use crate::users::User;
use crate::{Actor, Engine};

/// What apps expect, whatever else the standard allows.
const DIGITS: u8 = 6;
const SECONDS: u64 = 30;
/// Steps before and after, for clocks that are not quite right.
const SKEW: u16 = 1;
/// 160 bits, as RFC 4226 asks.
const SECRET: usize = 20;

/// The second step of a user, when it is on.
#[derive(Clone, Copy, Debug)]
pub struct SecondStep {
    pub since: DateTime<Utc>,
    /// Recovery codes that were not used.
    pub codes_left: usize,
}

/// What an app has to be told, until it is confirmed.
#[derive(Debug)]
pub struct Setup {
    /// In Base32, for who cannot take a picture.
    pub secret: String,
    /// `otpauth://…`, for the picture.
    pub url: String,
}

/// The setting with the keys of the roles that ask for a second step, a JSON list.
pub(super) const ROLES: &str = "second_step_roles";

/// Whether one of a user's roles is among those of the setting.
pub(super) fn is_required(setting: &str, user: &User) -> bool {
    let roles: Vec<String> = serde_json::from_str(setting).unwrap_or_default();
    user.roles.iter().any(|role| roles.contains(role))
}

impl Engine {
    /// The keys of the roles that ask for a second step: who has one is led to set it up before anything else.
    pub fn second_step_roles(&self) -> Result<Vec<String>> {
        Ok(self.setting(ROLES)?.and_then(|roles| serde_json::from_str(&roles).ok()).unwrap_or_default())
    }

    /// # Errors
    /// `Denied` unless an administrator says so, `Refused` for a role that is none, or where the program was given no secret key.
    pub fn set_second_step_roles(&self, actor: &Actor, roles: &[String]) -> Result<()> {
        crate::settings::administrator(actor)?;
        let catalogue = self.catalogue();
        let known = |role: &String| {
            let list = catalogue.list(crate::roles::ROLES.key);
            list.is_some_and(|list| list.items.iter().any(|item| item.key == *role))
        };
        if !roles.iter().all(known) {
            return Err(Problem::at("roles", "unknown", "Choose a role").into());
        }
        if !roles.is_empty() {
            // Nobody is led where they cannot go on.
            self.seal("second factor", b"")?;
        }
        let roles = serde_json::to_string(roles).map_err(|cause| Error::caused("roles that cannot be kept", cause))?;
        self.set_setting(ROLES, &roles)
    }

    pub fn second_step(&self, actor: &Actor, user: Rid) -> Result<Option<SecondStep>> {
        own_or_administrator(actor, user)?;
        let sql = Sql::new(
            "SELECT since, (SELECT count(*) FROM recovery_code c WHERE c.user_rid = s.user_rid) FROM second_step s \
             WHERE user_rid = $1 AND since IS NOT NULL",
        );
        let row = self.store.read(|tx| tx.first(&sql.with(user)))?;
        Ok(row.map(|row| SecondStep { since: row.instant(0), codes_left: usize::try_from(row.int(1)).unwrap_or(0) }))
    }

    /// Makes a secret for one's own app; it counts once a code confirms that the app has it.
    ///
    /// # Errors
    /// `Refused` where it is on already, or where the program was given no secret key.
    pub fn begin_second_step(&self, actor: &Actor) -> Result<()> {
        let user = actor.user().ok_or(Error::Missing)?;
        let mut secret = [0u8; SECRET];
        getrandom::fill(&mut secret).map_err(|cause| Error::fault(format!("no random numbers: {cause}")))?;
        let sealed = self.seal(&context(user), &secret)?;
        let sql = Sql::new(
            "INSERT INTO second_step (user_rid, secret, used) VALUES ($1, $2, 0) \
             ON CONFLICT (user_rid) DO UPDATE SET secret = excluded.secret, used = 0 WHERE second_step.since IS NULL",
        );
        match self.store.write(Lane::People, |tx| tx.execute(&sql.clone().with(user).with(sealed.clone())))? {
            0 => Err(Problem::whole("on", "It is on already").into()),
            _ => Ok(()),
        }
    }

    /// What one's own app has to be told; none when nothing was begun.
    pub fn second_step_setup(&self, actor: &Actor, email: &str) -> Result<Option<Setup>> {
        let user = actor.user().ok_or(Error::Missing)?;
        let sql = Sql::new("SELECT secret FROM second_step WHERE user_rid = $1 AND since IS NULL").with(user);
        let Some(row) = self.store.read(|tx| tx.first(&sql))? else { return Ok(None) };
        let Some(totp) = self.totp(user, row.blob(0), email)? else { return Ok(None) };
        let url = totp.to_url().map_err(|cause| Error::caused("no address for the app", cause))?;
        Ok(Some(Setup { secret: totp.secret().to_base32(), url }))
    }

    /// Switches one's own second step on, and every other session off; the recovery codes, which are never shown again.
    ///
    /// # Errors
    /// `Refused` at the field `code` when the app's code is not right, `Missing` when nothing was begun.
    pub fn confirm_second_step(&self, actor: &Actor, code: &str, caller: Caller) -> Result<Vec<String>> {
        let user = actor.user().ok_or(Error::Missing)?;
        let attempt = attempts::begin_code(&self.store, user, None)?;
        let attempt = attempt.ok_or_else(|| at_code("too_many", TOO_MANY))?;
        let pending = Sql::new("SELECT secret FROM second_step WHERE user_rid = $1 AND since IS NULL").with(user);
        let row = self.store.read(|tx| tx.first(&pending))?.ok_or(Error::Missing)?;
        let step = self.totp(user, row.blob(0), "")?.and_then(|totp| totp.check(&digits(code), now()));
        let Some(step) = step else { return Err(wrong()) };
        let made = codes::made()?;
        let on = Sql::new("UPDATE second_step SET since = $1, used = $2 WHERE user_rid = $3 AND since IS NULL");
        let on = on.with(base::clock::now()).with(as_int(step)).with(user);
        self.store.write(Lane::People, |tx| match tx.execute(&on)? {
            0 => Err(Error::Missing),
            _ => codes::keep(tx, user, &made),
        })?;
        attempt.was_right()?;
        self.log_access(Event::new(What::SecondStepOn, Some(user), caller))?;
        Ok(made)
    }

    /// Other recovery codes in place of those there were.
    ///
    /// # Errors
    /// `Missing` when one's second step is off.
    pub fn other_recovery_codes(&self, actor: &Actor) -> Result<Vec<String>> {
        let user = actor.user().ok_or(Error::Missing)?;
        self.second_step(actor, user)?.ok_or(Error::Missing)?;
        let made = codes::made()?;
        self.store.write(Lane::People, |tx| codes::keep(tx, user, &made))?;
        Ok(made)
    }

    /// Switches the second step of a user off, and forgets its secret and codes.
    pub fn end_second_step(&self, actor: &Actor, user: Rid) -> Result<()> {
        own_or_administrator(actor, user)?;
        self.store.write(Lane::People, |tx| {
            tx.execute(&Sql::new("DELETE FROM recovery_code WHERE user_rid = $1").with(user))?;
            tx.execute(&Sql::new("DELETE FROM second_step WHERE user_rid = $1").with(user)).map(|_| ())
        })?;
        self.log_done_to(What::SecondStepOff, actor, user, None)
    }

    /// Whether a user is asked for a code after the password.
    pub(super) fn has_second_step(&self, user: Rid) -> Result<bool> {
        let sql = Sql::new("SELECT 1 FROM second_step WHERE user_rid = $1 AND since IS NOT NULL").with(user);
        Ok(self.store.read(|tx| tx.first(&sql))?.is_some())
    }

    /// Whether a code of the app or a recovery code is right, in the transaction that uses it up: of two who come with the same one,
    /// one is let in.
    pub(super) fn uses_code(&self, user: &User, code: &str) -> Result<CodeUse> {
        let Some(app) = Some(digits(code)).filter(|digits| digits.len() == usize::from(DIGITS)) else {
            return Ok(CodeUse::Recovery(codes::hash(user.rid, code)));
        };
        let sql = Sql::new("SELECT secret FROM second_step WHERE user_rid = $1 AND since IS NOT NULL").with(user.rid);
        let Some(row) = self.store.read(|tx| tx.first(&sql))? else { return Ok(CodeUse::Wrong) };
        let step = self.totp(user.rid, row.blob(0), "")?.and_then(|totp| totp.check(&app, now()));
        Ok(step.map_or(CodeUse::Wrong, CodeUse::App))
    }

    /// None when another key sealed the secret: then only recovery codes are good.
    fn totp(&self, user: Rid, sealed: &[u8], email: &str) -> Result<Option<Totp>> {
        let Some(secret) = self.unseal(&context(user), sealed)? else { return Ok(None) };
        let totp = Builder::new()
            .with_algorithm(Algorithm::SHA1)
            .with_digits(DIGITS)
            .with_skew(SKEW)
            .with_step_duration(SECONDS)
            .with_secret(secret)
            .with_account_name(email.to_owned())
            .with_issuer(Some("Bottega".to_owned()));
        totp.build().map(Some).map_err(|cause| Error::caused("a second step that cannot be computed", cause))
    }
}

/// What a code turned out to be, before it is used up.
pub(super) enum CodeUse {
    Wrong,
    /// Of the app, at this step of its clock.
    App(u64),
    /// May be a recovery code with this hash.
    Recovery(Vec<u8>),
}

impl CodeUse {
    /// Uses the code up; false when it is not there, or was used before.
    pub(super) fn once(&self, tx: &Tx, user: Rid) -> Result<bool> {
        let sql = match self {
            CodeUse::Wrong => return Ok(false),
            // A code of an earlier step than the last one used was on somebody's screen before.
            CodeUse::App(step) => {
                let sql = Sql::new("UPDATE second_step SET used = $1 WHERE user_rid = $2 AND used < $3");
                sql.with(as_int(*step)).with(user).with(as_int(*step))
            }
            CodeUse::Recovery(hash) => {
                let sql = Sql::new("DELETE FROM recovery_code WHERE user_rid = $1 AND hash = $2");
                sql.with(user).with(hash.clone())
            }
        };
        Ok(tx.execute(&sql)? == 1)
    }
}

pub(super) fn at_code(code: &'static str, text: &'static str) -> Error {
    Error::Refused(vec![Problem::at("code", code, text)])
}

pub(super) fn wrong() -> Error {
    at_code("wrong", "This code is not right, or was used already: wait for the next one")
}

/// What a user's secret is sealed for.
fn context(user: Rid) -> String {
    format!("second factor {}", user.0)
}

/// A code as people type it, with spaces.
fn digits(code: &str) -> String {
    let code: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    if code.chars().all(|c| c.is_ascii_digit()) { code } else { String::new() }
}

/// Seconds since 1970.
fn now() -> u64 {
    u64::try_from(base::clock::now().timestamp()).unwrap_or(0)
}

fn as_int(step: u64) -> i64 {
    i64::try_from(step).unwrap_or(i64::MAX)
}
