//! Who acts, and through which door.

use base::words::Language;
use base::{Rid, clock};
use chrono::NaiveDate;
use chrono_tz::Tz;
use meta::access::{Person, Rights};
use meta::filter::Asking;

use crate::sign_in::Caller;

/// A person at work, or the program itself.
#[derive(Clone, Debug)]
pub struct Actor {
    pub person: Person,
    pub name: String,
    pub language: Language,
    pub zone: Tz,
    pub channel: Channel,
    pub origin: Origin,
}

/// Where somebody acts from, as the access log keeps it; empty where there is no such place.
#[derive(Clone, Debug, Default)]
pub struct Origin {
    pub address: String,
    /// What the browser or the program calls itself.
    pub agent: String,
}

/// The door that a change came through; the log keeps it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Channel {
    Form,
    Api,
    Import,
    Command,
    Program,
}

impl Channel {
    const ALL: [Channel; 5] = [Channel::Form, Channel::Api, Channel::Import, Channel::Command, Channel::Program];

    pub fn from_key(key: &str) -> Option<Channel> {
        Channel::ALL.into_iter().find(|channel| channel.key() == key)
    }

    pub fn key(self) -> &'static str {
        match self {
            Channel::Form => "form",
            Channel::Api => "api",
            Channel::Import => "import",
            Channel::Command => "command",
            Channel::Program => "program",
        }
    }
}

impl Actor {
    /// The program itself: may everything, is nobody.
    pub fn program() -> Actor {
        let user = Rid(-1);
        Actor {
            person: Person { user, rights: Rights::everything(), own: vec![user], team: vec![user] },
            name: "Bottega".to_owned(),
            language: Language::It,
            zone: clock::ZONE,
            channel: Channel::Program,
            origin: Origin::default(),
        }
    }

    /// The user behind it; none for the program.
    pub fn user(&self) -> Option<Rid> {
        Some(self.person.user).filter(|user| user.0 > 0)
    }

    pub fn today(&self) -> NaiveDate {
        clock::today(self.zone)
    }

    pub fn asking(&self) -> Asking {
        Asking {
            me: self.person.user,
            mine: self.person.own.clone(),
            my_team: self.person.team.clone(),
            today: self.today(),
            zone: self.zone,
        }
    }

    pub fn from(mut self, caller: Caller) -> Actor {
        self.origin = Origin { address: caller.address.to_owned(), agent: caller.agent.to_owned() };
        self
    }

    pub fn through(mut self, channel: Channel) -> Actor {
        self.channel = channel;
        self
    }
}
