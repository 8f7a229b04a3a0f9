//! The mail server that the administrator names, and the password for it, which is sealed.

use base::{Error, Problem, Result, say};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

use crate::settings::administrator;
use crate::{Actor, Engine};

/// The settings that hold them.
const SETTINGS: &str = "mail";
const PASSWORD: &str = "mail_password";

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MailSettings {
    pub host: String,
    pub port: u16,
    pub security: Security,
    /// A certificate that nobody vouches for will do.
    #[serde(default)]
    pub any_certificate: bool,
    /// Empty where the server asks for none.
    pub user: String,
    /// The address that messages are from, and the name before it.
    pub sender: String,
    pub sender_name: String,
    /// Where people open the program, for links; without one there are none.
    pub address: String,
}

/// How the connection is kept from others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Security {
    /// From the first byte (port 465).
    Tls,
    /// After greeting in the clear (port 587).
    #[default]
    StartTls,
    /// Not at all: within the office only.
    None,
}

impl Security {
    pub const ALL: [Security; 3] = [Security::StartTls, Security::Tls, Security::None];

    pub fn key(self) -> &'static str {
        match self {
            Security::Tls => "tls",
            Security::StartTls => "start_tls",
            Security::None => "none",
        }
    }

    pub fn from_key(key: &str) -> Option<Security> {
        Security::ALL.into_iter().find(|security| security.key() == key)
    }
}

impl MailSettings {
    /// Every problem at its field.
    pub fn problems(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        let odd = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '/' | '@');
        if self.host.is_empty() || self.host.contains(odd) {
            problems.push(Problem::at("host", "invalid", "Write the name of the server, as in smtp.example.com"));
        }
        if self.port == 0 {
            problems.push(Problem::at("port", "invalid", "Write the number of the port: 587, 465 or 25"));
        }
        if base::email::normalise(&self.sender).is_none() {
            let text = say!("{value} is not an e-mail address", value = self.sender.as_str());
            problems.push(Problem::at("sender", "invalid", text));
        }
        let web = self.address.starts_with("https://") || self.address.starts_with("http://");
        if !self.address.is_empty() && (!web || self.address.contains(char::is_whitespace)) {
            problems.push(Problem::at("address", "invalid", "Write the whole address, with https:// before it"));
        }
        problems
    }
}

impl Engine {
    /// The mail server; none where the administrator has named none.
    pub fn mail_settings(&self) -> Result<Option<MailSettings>> {
        let Some(kept) = self.setting(SETTINGS)?.filter(|kept| !kept.is_empty()) else { return Ok(None) };
        let read = serde_json::from_str(&kept);
        read.map(Some).map_err(|cause| Error::caused("the settings of mail cannot be read", cause))
    }

    /// Whether a password is kept.
    pub fn has_mail_password(&self) -> Result<bool> {
        Ok(self.setting(PASSWORD)?.is_some_and(|kept| !kept.is_empty()))
    }

    /// The server with the password for it; none of a password that another key sealed.
    pub(super) fn mail_server(&self) -> Result<Option<(MailSettings, Option<String>)>> {
        let Some(settings) = self.mail_settings()? else { return Ok(None) };
        let kept = self.setting(PASSWORD)?.filter(|kept| !kept.is_empty() && !settings.user.is_empty());
        let password = match kept.and_then(|kept| STANDARD.decode(kept).ok()) {
            Some(sealed) => self.unseal(PASSWORD, &sealed)?.and_then(|plain| String::from_utf8(plain).ok()),
            None => None,
        };
        Ok(Some((settings, password)))
    }

    /// Names the mail server. A password of none leaves the one that is kept, an empty one takes it away.
    ///
    /// # Errors
    /// Refuses what cannot be, each at its field; a password where there is no secret key to seal it with.
    pub fn set_mail_settings(&self, actor: &Actor, settings: &MailSettings, password: Option<&str>) -> Result<()> {
        administrator(actor)?;
        let problems = settings.problems();
        if !problems.is_empty() {
            return Err(Error::Refused(problems));
        }
        // A password goes to no other server than the one that it was given for.
        let other = self.mail_settings()?.is_some_and(|kept| kept.host != settings.host || kept.user != settings.user);
        let password = password.or(other.then_some(""));
        let sealed = match password {
            None => None,
            Some("") => Some(String::new()),
            Some(password) => Some(STANDARD.encode(self.seal(PASSWORD, password.as_bytes())?)),
        };
        let kept =
            serde_json::to_string(settings).map_err(|cause| Error::caused("settings that cannot be kept", cause))?;
        if let Some(sealed) = sealed {
            self.set_setting(PASSWORD, &sealed)?;
        }
        self.set_setting(SETTINGS, &kept)?;
        self.store
            .write(store::Lane::People, |tx| crate::settings::note(tx, actor, "mail", "Mail server", &settings.host))
    }

    /// From now on no mail is sent.
    pub fn forget_mail_settings(&self, actor: &Actor) -> Result<()> {
        administrator(actor)?;
        self.set_setting(SETTINGS, "")?;
        self.set_setting(PASSWORD, "")
    }
}
