//! The access log: who signed in and out, who took what out of the house, and, where an administrator wants it, who looked at
//! which record.
//!
//! Looking costs no writing: looks are kept in memory and written a few at a time. The rest is written at once.

mod looks;
mod read;

use base::{Id, Result, Rid};
use meta::filter::to_json;
use serde_json::json;
use store::{Lane, Sql, Tx};

use crate::actor::Origin;
use crate::sign_in::Caller;
use crate::{Actor, Engine, Query};

pub use looks::Looks;
pub use read::{Asked, Entry, Mark};

/// What happened. The keys are pinned: they stand in the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    SignedIn,
    SignInFailed,
    SignedOut,
    Exported,
    LookedAt,
    PasswordChanged,
    ResetAsked,
    SessionEnded,
    TokenMade,
    TokenRevoked,
    SecondStepOn,
    SecondStepOff,
}

impl What {
    pub const ALL: [What; 12] = [
        What::SignedIn,
        What::SignInFailed,
        What::SignedOut,
        What::Exported,
        What::LookedAt,
        What::PasswordChanged,
        What::ResetAsked,
        What::SessionEnded,
        What::TokenMade,
        What::TokenRevoked,
        What::SecondStepOn,
        What::SecondStepOff,
    ];

    pub fn key(self) -> &'static str {
        match self {
            What::SignedIn => "signed_in",
            What::SignInFailed => "sign_in_failed",
            What::SignedOut => "signed_out",
            What::Exported => "exported",
            What::LookedAt => "looked_at",
            What::PasswordChanged => "password_changed",
            What::ResetAsked => "reset_asked",
            What::SessionEnded => "session_ended",
            What::TokenMade => "token_made",
            What::TokenRevoked => "token_revoked",
            What::SecondStepOn => "second_step_on",
            What::SecondStepOff => "second_step_off",
        }
    }

    pub fn from_key(key: &str) -> Option<What> {
        What::ALL.into_iter().find(|what| what.key() == key)
    }
}

/// What shall be kept of what happened.
#[derive(Clone, Debug)]
pub(crate) struct Event {
    id: Id,
    at: chrono::DateTime<chrono::Utc>,
    what: What,
    /// Who did it; nobody that is known, where a sign-in failed.
    user: Option<Rid>,
    /// The user it was done to, or the record that was looked at.
    pub record: Option<Rid>,
    /// The list that was exported, by its path.
    pub path: Option<String>,
    pub count: Option<u64>,
    /// What narrows it down: the filter and the words of an export as JSON, the name of a token.
    pub note: Option<String>,
    address: String,
    agent: String,
}

impl Event {
    pub fn of(what: What, actor: &Actor) -> Event {
        let Origin { address, agent } = &actor.origin;
        Event::new(what, actor.user(), Caller { address, agent, device: "" })
    }

    pub fn new(what: What, user: Option<Rid>, caller: Caller) -> Event {
        let agent = caller.agent.chars().take(200).collect();
        let address = caller.address.to_owned();
        let (id, at) = (Id::new(), base::clock::now());
        Event { id, at, what, user, record: None, path: None, count: None, note: None, address, agent }
    }
}

/// The setting with the days that entries are kept.
const DAYS: &str = "access_log_days";
/// What the Italian authority asks of the accesses of administrators (Garante, 27/11/2008): six months.
const USUAL: u32 = 180;
const MOST: u32 = 3650;

impl Engine {
    pub(crate) fn log_access(&self, event: Event) -> Result<()> {
        self.store.write(Lane::People, |tx| insert(tx, &event))
    }

    /// Notes what somebody did to the sign-in of a user, themselves or another.
    pub(crate) fn log_done_to(&self, what: What, actor: &Actor, user: Rid, note: Option<&str>) -> Result<()> {
        self.log_access(Event { record: Some(user), note: note.map(str::to_owned), ..Event::of(what, actor) })
    }

    /// Notes that somebody took the records of a query out of the house.
    pub(crate) fn log_export(&self, actor: &Actor, query: &Query, count: u64) -> Result<()> {
        let narrowed = json!({ "filter": to_json(&query.filter), "search": query.search, "trash": query.trash });
        self.log_access(Event {
            path: Some(query.path.clone()),
            count: Some(count),
            note: Some(narrowed.to_string()),
            ..Event::of(What::Exported, actor)
        })
    }

    /// After how many days entries go for good.
    pub fn access_log_days(&self) -> Result<u32> {
        Ok(self.setting(DAYS)?.and_then(|days| days.parse().ok()).unwrap_or(USUAL))
    }

    /// # Errors
    /// `Denied` unless an administrator says so, `Refused` under a day and over ten years.
    pub fn set_access_log_days(&self, actor: &Actor, days: u32) -> Result<()> {
        crate::settings::administrator(actor)?;
        if !(1..=MOST).contains(&days) {
            let text = base::say!("From 1 to {count} days", count = MOST as usize);
            return Err(base::Problem::at("days", "invalid", text).into());
        }
        self.set_setting(DAYS, &days.to_string())
    }

    /// Forgets entries that are older than the administrator wants them.
    pub(crate) fn sweep_access_log(&self) -> Result<()> {
        let before = base::clock::now() - chrono::Duration::days(self.access_log_days()?.into());
        // A few at a time: nobody who saves waits for it.
        let sql = Sql::new("DELETE FROM access_log WHERE id IN (SELECT id FROM access_log WHERE at < $1 LIMIT 500)");
        let sql = sql.with(before);
        while self.store.write(Lane::Jobs, |tx| tx.execute(&sql))? > 0 {}
        Ok(())
    }
}

pub(crate) fn insert(tx: &Tx, event: &Event) -> Result<()> {
    let sql = Sql::new(
        "INSERT INTO access_log (id, at, user_rid, what, record, path, count, note, address, agent) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    );
    let sql = sql.with(event.id).with(event.at).with(event.user).with(event.what.key()).with(event.record);
    let count = event.count.map(|count| i64::try_from(count).unwrap_or(i64::MAX));
    let sql = sql.with(event.path.as_deref()).with(count).with(event.note.as_deref());
    tx.execute(&sql.with(event.address.as_str()).with(event.agent.as_str())).map(|_| ())
}
