//! Passwords: which ones will do, and how they are kept (argon2id, RFC 9106).

use argon2::Argon2;
use argon2::password_hash::PasswordHasher;
use base::{Error, Problem, Result, Rid, say};
use chrono::{DateTime, Utc};
use store::{Lane, Sql, Tx};
use zxcvbn::{Score, zxcvbn};

use crate::access_log::What;
use crate::sign_in::own_or_administrator;
use crate::users::User;
use crate::{Actor, Engine};

/// The setting with the fewest characters of a password, what it is by default, and between what an administrator chooses
/// (NIST SP 800-63B asks for eight).
const LEAST: &str = "password_least";
const USUAL: usize = 10;
pub const FEWEST: usize = 8;
pub const MOST: usize = 64;

/// Longer ones would cost more than they protect.
const LONGEST: usize = 200;

impl Engine {
    /// The fewest characters of a password.
    pub fn password_least(&self) -> Result<usize> {
        Ok(self.setting(LEAST)?.and_then(|least| least.parse().ok()).unwrap_or(USUAL))
    }

    /// For passwords chosen from now on.
    ///
    /// # Errors
    /// `Denied` unless an administrator says so, `Refused` out of bounds.
    pub fn set_password_least(&self, actor: &Actor, least: usize) -> Result<()> {
        crate::settings::administrator(actor)?;
        if !(FEWEST..=MOST).contains(&least) {
            let text = say!("From {least} to {most} characters", least = FEWEST, most = MOST);
            return Err(Problem::at("least", "invalid", text).into());
        }
        self.set_setting(LEAST, &least.to_string())
    }

    /// Refuses a password that is short, or soon guessed by one who knows the name and the address of its user.
    pub fn check_password(&self, password: &str, name: &str, email: &str) -> Result<()> {
        let least = self.password_least()?;
        let refused = |code, text| Err(Error::Refused(vec![Problem::at("password", code, text)]));
        let count = password.chars().count();
        if count < least {
            return refused("too_short", say!("A password has at least {least} characters", least = least));
        }
        if count > LONGEST {
            return refused("too_long", say!("A password has at most {most} characters", most = LONGEST));
        }
        let before_the_at = email.split('@').next().unwrap_or_default();
        if [name, email, before_the_at].into_iter().any(|known| plain(known) == plain(password)) {
            return refused("own_name", say!("Your own name is the first that others try: choose something else"));
        }
        let known: Vec<&str> = name.split_whitespace().chain([name, email, before_the_at]).collect();
        if zxcvbn(password, &known).score() < Score::Two {
            return refused(
                "guessable",
                say!("This is among the first that others try: take some words that do not belong together"),
            );
        }
        Ok(())
    }

    /// When the password of a user was chosen; none where there is none.
    pub fn password_since(&self, actor: &Actor, user: Rid) -> Result<Option<DateTime<Utc>>> {
        own_or_administrator(actor, user)?;
        let sql = Sql::new("SELECT changed_at FROM credential WHERE user_rid = $1").with(user);
        Ok(self.store.read(|tx| tx.first(&sql))?.map(|row| row.instant(0)))
    }

    /// Gives a user another password; whoever is signed in with the old one is signed out. What another person chose for them
    /// they must change when they sign in.
    pub fn change_password(&self, actor: &Actor, user: &User, password: &str) -> Result<()> {
        own_or_administrator(actor, user.rid)?;
        self.check_password(password, &user.name, &user.email)?;
        let hash = hash(password)?;
        let by_another = actor.user().is_some_and(|by| by != user.rid);
        self.store.write(Lane::People, |tx| {
            put(tx, user.rid, &hash, by_another)?;
            sign_out_everywhere(tx, user.rid)
        })?;
        self.log_done_to(What::PasswordChanged, actor, user.rid, None)
    }

    pub(crate) fn set_first_password(&self, user: Rid, password: &str) -> Result<()> {
        let hash = hash(password)?;
        self.store.write(Lane::People, |tx| put(tx, user, &hash, false))
    }
}

/// What is left of a name when marks, case and signs are taken away.
fn plain(text: &str) -> String {
    base::fold(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

pub(crate) fn hash(password: &str) -> Result<String> {
    let hash = Argon2::default().hash_password(password.as_bytes());
    hash.map(|hash| hash.to_string()).map_err(|cause| Error::fault(format!("the password cannot be hashed: {cause}")))
}

pub(crate) fn put(tx: &Tx, user: Rid, hash: &str, must_change: bool) -> Result<()> {
    let sql = Sql::new(
        "INSERT INTO credential (user_rid, password, changed_at, must_change) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (user_rid) DO UPDATE SET password = excluded.password, changed_at = excluded.changed_at, \
         must_change = excluded.must_change",
    );
    tx.execute(&sql.with(user).with(hash).with(base::clock::now()).with(must_change)).map(|_| ())
}

/// Ends every session of a user, and every link by which they would choose a password.
pub(crate) fn sign_out_everywhere(tx: &Tx, user: Rid) -> Result<()> {
    tx.execute(&Sql::new("DELETE FROM session WHERE user_rid = $1").with(user))?;
    tx.execute(&Sql::new("DELETE FROM one_time WHERE user_rid = $1").with(user)).map(|_| ())
}
