//! A forgotten password: a link by e-mail, for who can read the mail of a user.
//!
//! Whoever asks is answered the same, and as fast, whether anybody has the name: what they typed is kept, and a job looks for it.

use base::words::Words;
use base::{Error, Result, say};
use chrono::Duration as Span;
use serde::{Deserialize, Serialize};
use store::jobs::{self, Job};
use store::{Lane, Sql, Tx};

use super::{Caller, TOO_MANY, attempts, digest, keep_one_time, secret};
use crate::Engine;
use crate::access_log::{self, Event, What};
use crate::users::User;

/// The kind of the job.
pub const KIND: &str = "forgotten_password";

/// What such a link is among the secrets that are good once, how long it is good, and how long nobody gets a second one.
pub(super) const MAILED: &str = "mailed";
const GOOD: Span = Span::hours(1);
const APART: Span = Span::minutes(5);

/// What somebody typed, and from where.
#[derive(Serialize, Deserialize)]
struct Payload {
    name: String,
    address: String,
    agent: String,
}

impl Engine {
    /// Whether links can be sent: there is a mail server, and it is known where people open the program.
    pub fn sends_password_links(&self) -> Result<bool> {
        Ok(self.mail_settings()?.is_some_and(|mail| !mail.address.trim().is_empty()))
    }

    /// Has a link sent to whoever has a name or an e-mail, if anybody has.
    ///
    /// # Errors
    /// `Missing` where none can be sent, `Refused` at the field `name` when it was asked too often.
    pub fn forgot_password(&self, name: &str, caller: Caller) -> Result<()> {
        if !self.sends_password_links()? {
            return Err(Error::Missing);
        }
        let name: String = name.trim().chars().take(200).collect();
        let what = digest(&format!("forgotten|{}", base::fold(&name)));
        // Asking counts, whatever comes of it.
        if attempts::begin(&self.store, &what, caller.address, None)?.is_none() {
            return Err(Error::refused("name", "too_many", TOO_MANY));
        }
        let payload =
            Payload { name, address: caller.address.to_owned(), agent: caller.agent.chars().take(200).collect() };
        let payload =
            serde_json::to_string(&payload).map_err(|cause| Error::caused("a job that cannot be kept", cause))?;
        let now = base::clock::now();
        self.store.write(Lane::People, |tx| jobs::enqueue(tx, KIND, &payload, None, None, now).map(|_| ()))
    }

    /// Sends the link, where there is a user to send it to.
    pub(crate) fn carry_out_forgotten(&self, job: &Job, words: &[&Words]) -> Result<()> {
        let asked: Payload =
            serde_json::from_str(&job.payload).map_err(|cause| Error::caused("a job that cannot be read", cause))?;
        let user = self.user_named(&asked.name)?.filter(|user| user.active);
        let settings = self.mail_settings()?;
        let (Some(user), Some(settings)) = (user, settings) else {
            return self.store.write(Lane::Jobs, |tx| jobs::finish(tx, job, None));
        };
        let words = words.iter().find(|words| words.language() == user.language).or(words.first());
        let words = words.ok_or_else(|| Error::fault("no language to write in"))?;
        let secret = secret()?;
        let link = format!("{}/reset/{secret}", settings.address.trim().trim_end_matches('/'));
        let (subject, body) = letter(words, &user, &link);
        let caller = Caller { address: &asked.address, agent: &asked.agent, device: "" };
        self.store.write(Lane::Jobs, |tx| {
            if !was_sent_of_late(tx, &user)? {
                let before = Sql::new("DELETE FROM one_time WHERE user_rid = $1 AND what = $2");
                tx.execute(&before.with(user.rid).with(MAILED))?;
                keep_one_time(tx, user.rid, MAILED, &secret, GOOD)?;
                self.put_mail(tx, &user.email, Some(user.rid), &subject, &body)?;
                access_log::insert(tx, &Event::new(What::ResetAsked, Some(user.rid), caller))?;
            }
            jobs::finish(tx, job, None)
        })
    }
}

/// Nobody's mailbox is filled by others.
fn was_sent_of_late(tx: &Tx, user: &User) -> Result<bool> {
    let sql = Sql::new("SELECT 1 FROM one_time WHERE user_rid = $1 AND what = $2 AND created_at > $3");
    let sql = sql.with(user.rid).with(MAILED).with(base::clock::now() - APART);
    Ok(tx.first(&sql)?.is_some())
}

/// Subject and text.
fn letter(words: &Words, user: &User, link: &str) -> (String, String) {
    let subject = words.say("Choose a new password for Bottega").into_owned();
    let lines = [
        words.text(&say!("Hello {name}", name = user.name.clone())) + ",",
        words.say("somebody, you we hope, asked for a new password. Choose it here, within an hour:").into_owned(),
        link.to_owned(),
        words.say("If it was not you, do nothing: the password stays as it is.").into_owned(),
    ];
    (subject, lines.join("\n\n") + "\n")
}
