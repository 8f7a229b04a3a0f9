//! Mail out: what the program writes to people, by the mail server that the administrator names.
//!
//! [`Engine::send_mail`] puts a message into the outbox, in the transaction of what it tells of or by itself; a thread of its own sends
//! it ([`Engine::post_until`]), because a server that hangs must keep nobody else waiting. What cannot be delivered is tried again for
//! two days, and then shown.

mod outgoing;
mod settings;
mod told;

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use base::words::Words;
use base::{Error, Id, Problem, Result, Rid};
use store::mail::{self, Mail, NewMail};
use store::{Lane, Tx};

use crate::settings::administrator;
use crate::{Actor, Engine, work};

pub use outgoing::{Letter, Undelivered, be_patient_for};
pub use settings::{MailSettings, Security};

/// How long the post waits before it looks again, and how often it looks for what people are to be told.
const IDLE: Duration = Duration::from_millis(500);
const TELLS: Duration = Duration::from_secs(15);

/// How long what was sent is shown.
const SHOWN: chrono::Duration = chrono::Duration::days(30);

impl Engine {
    /// Puts a message into the outbox.
    ///
    /// # Errors
    /// Refuses where no mail server is set, and what is no address.
    pub fn send_mail(&self, to: &str, user: Option<Rid>, subject: &str, body: &str) -> Result<Id> {
        if self.mail_settings()?.is_none() {
            return Err(Problem::whole("no_mail", "No mail server is set").into());
        }
        self.store.write(Lane::People, |tx| self.put_mail(tx, to, user, subject, body))
    }

    /// The same, within a transaction.
    pub(crate) fn put_mail(&self, tx: &Tx, to: &str, user: Option<Rid>, subject: &str, body: &str) -> Result<Id> {
        let Some(to) = base::email::normalise(to) else {
            return Err(Problem::whole("invalid", base::say!("{value} is not an e-mail address", value = to)).into());
        };
        let id = Id::new();
        // It may hold a link that lets somebody in.
        let body = self.keys.any().seal(&context(id), body.as_bytes())?;
        mail::enqueue(tx, NewMail { id, to: &to, user, subject, body })?;
        Ok(id)
    }

    /// Sends what waits, until `stop` is set. `words` are the languages that people are written to in.
    pub fn post_until(&self, stop: &AtomicBool, words: &[&Words]) {
        let mut told: Option<Instant> = None;
        while !stop.load(Ordering::Relaxed) {
            if told.is_none_or(|at| at.elapsed() >= TELLS) {
                told = Some(Instant::now());
                if let Err(error) = self.write_what_is_told(words) {
                    tracing::error!(%error, "what people are told could not be written to them");
                }
            }
            match self.post_once() {
                Ok(true) => {}
                Ok(false) => work::rest(stop, IDLE),
                Err(error) => {
                    tracing::error!(%error, "the post could not take or settle a message");
                    work::rest(stop, work::AGAIN);
                }
            }
        }
    }

    /// Sends one message that is due; whether there was one, and a server to send it by.
    pub fn post_once(&self) -> Result<bool> {
        let Some((settings, password)) = self.mail_server()? else { return Ok(false) };
        let Some(mail) = mail::take(&self.store)? else { return Ok(false) };
        base::failpoint::pass("mail.taken");
        let Some(body) = self.keys.any().open(&context(mail.id), &mail.body) else {
            let why = "it was sealed with another secret key";
            self.store.write(Lane::Jobs, |tx| mail::failed(tx, &mail, why, true))?;
            return Ok(true);
        };
        let body = String::from_utf8_lossy(&body).into_owned();
        let letter = Letter { id: mail.id, to: &mail.to, subject: &mail.subject, body: &body };
        let done = outgoing::send(&settings, password.as_deref(), &letter);
        base::failpoint::pass("mail.sent");
        self.store.write(Lane::Jobs, |tx| match &done {
            Ok(_) => mail::sent(tx, &mail),
            Err(error) => {
                tracing::warn!(mail = %mail.id, attempt = mail.attempts, error = error.answer, "a message was not delivered");
                mail::failed(tx, &mail, &error.answer, error.for_good)
            }
        })?;
        Ok(true)
    }

    /// Sends a message by a server that may not be saved yet, here and now; what the server answered.
    pub fn try_mail(
        &self,
        actor: &Actor,
        settings: &MailSettings,
        password: Option<&str>,
        letter: &Letter,
    ) -> Result<std::result::Result<String, Undelivered>> {
        administrator(actor)?;
        // The one that is kept goes to the server that it was given for.
        let kept = self.mail_server()?.filter(|(kept, _)| kept.host == settings.host && kept.user == settings.user);
        let kept = kept.and_then(|(_, password)| password);
        Ok(outgoing::send(settings, password.or(kept.as_deref()), letter))
    }

    /// What waits, what failed, and what was sent of late: for administrators.
    pub fn outbox(&self, actor: &Actor, states: &[&str], limit: i64) -> Result<Vec<Mail>> {
        administrator(actor)?;
        self.store.read(|tx| mail::latest(tx, states, limit))
    }

    pub fn mail_again(&self, actor: &Actor, id: Id) -> Result<()> {
        self.with_mail(actor, id, mail::again)
    }

    pub fn drop_mail(&self, actor: &Actor, id: Id) -> Result<()> {
        self.with_mail(actor, id, mail::drop_one)
    }

    fn with_mail(&self, actor: &Actor, id: Id, act: fn(&Tx, Id) -> Result<bool>) -> Result<()> {
        administrator(actor)?;
        match self.store.write(Lane::People, |tx| act(tx, id))? {
            true => Ok(()),
            false => Err(Error::Missing),
        }
    }

    pub(crate) fn sweep_mail(&self) -> Result<()> {
        self.store.write(Lane::Jobs, |tx| mail::sweep(tx, base::clock::now() - SHOWN))
    }
}

fn context(mail: Id) -> String {
    format!("mail {mail}")
}
