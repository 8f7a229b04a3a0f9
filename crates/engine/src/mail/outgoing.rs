//! One message to the mail server, and what it answers in plain words.

use std::io::ErrorKind;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use base::{Id, Text, say};
use lettre::message::header::ContentType;
use lettre::message::{Mailbox, Message};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::transport::smtp::{Error as SmtpError, SmtpTransport};
use lettre::{Address, Transport};

use super::settings::{MailSettings, Security};

/// How long the server may be silent, in milliseconds.
static PATIENCE: AtomicU64 = AtomicU64::new(20_000);

/// Another patience with a silent server, for tests.
pub fn be_patient_for(time: Duration) {
    PATIENCE.store(u64::try_from(time.as_millis()).unwrap_or(u64::MAX), Ordering::Relaxed);
}

/// A message about to be sent.
pub struct Letter<'a> {
    pub id: Id,
    pub to: &'a str,
    pub subject: &'a str,
    pub body: &'a str,
}

/// Why a message was not delivered.
#[derive(Clone, Debug)]
pub struct Undelivered {
    /// In words for the administrator.
    pub text: Text,
    /// What the server said, or what stood in the way to it.
    pub answer: String,
    /// Another try would be answered the same.
    pub for_good: bool,
}

/// Hands a message to the server; its answer.
pub(super) fn send(settings: &MailSettings, password: Option<&str>, letter: &Letter) -> Result<String, Undelivered> {
    let message = message(settings, letter).map_err(|cause| Undelivered {
        text: say!("The message cannot be written: {why}", why = cause.as_str()),
        answer: cause,
        for_good: true,
    })?;
    let transport = transport(settings, password).map_err(|error| told(settings, &error))?;
    let response = transport.send(&message).map_err(|error| told(settings, &error))?;
    let said: Vec<&str> = response.message().collect();
    Ok(format!("{} {}", response.code(), said.join(" ")))
}

fn message(settings: &MailSettings, letter: &Letter) -> Result<Message, String> {
    let address = |text: &str| text.parse::<Address>().map_err(|cause| format!("{text}: {cause}"));
    let name = Some(settings.sender_name.trim().to_owned()).filter(|name| !name.is_empty());
    let sender = address(&settings.sender)?;
    // The same for every try, so that a message that arrives twice is seen to be one.
    let id = format!("<{}@{}>", letter.id, sender.domain());
    Message::builder()
        .from(Mailbox::new(name, sender))
        .to(Mailbox::new(None, address(letter.to)?))
        .subject(letter.subject.replace(['\r', '\n'], " "))
        .message_id(Some(id))
        .raw_header(lettre::message::header::HeaderValue::new(
            lettre::message::header::HeaderName::new_from_ascii_str("Auto-Submitted"),
            "auto-generated".to_owned(),
        ))
        .header(ContentType::TEXT_PLAIN)
        .body(letter.body.to_owned())
        .map_err(|cause| cause.to_string())
}

fn transport(settings: &MailSettings, password: Option<&str>) -> Result<SmtpTransport, SmtpError> {
    let patience = Duration::from_millis(PATIENCE.load(Ordering::Relaxed));
    let mut builder = SmtpTransport::builder_dangerous(&settings.host).port(settings.port).timeout(Some(patience));
    if settings.security != Security::None {
        let parameters = TlsParameters::builder(settings.host.clone())
            .dangerous_accept_invalid_certs(settings.any_certificate)
            .dangerous_accept_invalid_hostnames(settings.any_certificate)
            .build_rustls()?;
        let tls = if settings.security == Security::Tls { Tls::Wrapper(parameters) } else { Tls::Required(parameters) };
        builder = builder.tls(tls);
    }
    if !settings.user.is_empty() {
        let password = password.unwrap_or_default().to_owned();
        builder = builder.credentials(Credentials::new(settings.user.clone(), password));
    }
    Ok(builder.build())
}

fn told(settings: &MailSettings, error: &SmtpError) -> Undelivered {
    let answer = whole(error);
    let (host, why) = (settings.host.as_str(), answer.as_str());
    let code = error.status().map(u16::from);
    let text = match code {
        Some(530 | 534 | 535 | 538) => {
            say!("{host} does not accept the user and the password: {why}", host = host, why = why)
        }
        Some(_) => say!("{host} does not take the message: {why}", host = host, why = why),
        None if error.is_timeout() || is(error, &[ErrorKind::WouldBlock, ErrorKind::TimedOut]) => {
            say!("{host} did not answer in time", host = host)
        }
        None if error.is_tls() || is(error, &[ErrorKind::InvalidData]) => {
            say!("No secure connection to {host} came about: {why}", host = host, why = why)
        }
        None => say!(
            "{host} cannot be reached at port {port}: {why}",
            host = host,
            port = i64::from(settings.port),
            why = why
        ),
    };
    // A wrong password is put right by the administrator, and then the message goes.
    let for_good = matches!(code, Some(500..=529 | 531..=533 | 536 | 537 | 539..=599));
    Undelivered { text, answer, for_good }
}

/// Whether one of these is behind an error: lettre tells neither a silent server nor a bad certificate apart, once the line stands.
fn is(error: &SmtpError, kinds: &[ErrorKind]) -> bool {
    let causes = std::iter::successors(std::error::Error::source(error), |cause| cause.source());
    let fits = |cause: &std::io::Error| kinds.contains(&cause.kind());
    causes.into_iter().any(|cause| cause.downcast_ref::<std::io::Error>().is_some_and(fits))
}

/// An error with what is behind it.
fn whole(error: &SmtpError) -> String {
    let mut words = error.to_string();
    if let Some(code) = error.status().map(u16::from) {
        // Code and text, as the server sent them.
        let text = words.split_once("): ").map_or(words.as_str(), |(_, text)| text);
        return format!("{code} {text}");
    }
    let mut cause = std::error::Error::source(error);
    while let Some(behind) = cause {
        let said = behind.to_string();
        if !words.contains(&said) {
            words = format!("{words}: {said}");
        }
        cause = behind.source();
    }
    words
}
