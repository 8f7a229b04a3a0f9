//! The mail server: named by the administrator, and tried by a message to themselves.

use axum::http::StatusCode;
use axum::response::Response;
use base::{Error, Id, Problem, Result, say};
use engine::mail::{Letter, MailSettings, Security};
use engine::settings::administrator;
use maud::html;
use ui::widgets::{Choice, Widget};
use ui::{Act, Button, Form, FormField, FormSection};

use super::{PLACE, frame, history, whole};
use crate::answer::{html as answer, note, with_status};
use crate::pages::undo;
use crate::posted::Posted;
use crate::{Ask, Visit};

/// Where they are set.
pub const MAIL: &str = "/settings/mail";

const FIELDS: [&str; 9] =
    ["host", "port", "security", "any_certificate", "user", "password", "sender", "sender_name", "address"];

fn unset(visit: &Visit) -> MailSettings {
    let at = visit.ask.header("host");
    let address = if at.is_empty() || !visit.ask.is_secure() { String::new() } else { format!("https://{at}") };
    MailSettings {
        host: String::new(),
        port: 587,
        security: Security::StartTls,
        any_certificate: false,
        user: String::new(),
        sender: String::new(),
        sender_name: "Bottega".to_owned(),
        address,
    }
}

fn read(posted: &Posted) -> MailSettings {
    let text = |name: &str| posted.first(name).trim().to_owned();
    MailSettings {
        host: text("host"),
        port: text("port").parse().unwrap_or(0),
        security: Security::from_key(posted.first("security")).unwrap_or_default(),
        any_certificate: posted.all("any_certificate").any(|value| value == "1"),
        user: text("user"),
        sender: text("sender"),
        sender_name: text("sender_name"),
        address: text("address").trim_end_matches('/').to_owned(),
    }
}

/// A password that was typed; none leaves the one that is kept.
fn password(posted: &Posted) -> Option<&str> {
    Some(posted.first("password")).filter(|typed| !typed.is_empty())
}

/// What the server said to a test.
struct Tried {
    text: String,
    well: bool,
}

fn shown(visit: &Visit, settings: &MailSettings, problems: &[Problem], tried: Option<Tried>) -> Result<maud::Markup> {
    let kept = visit.engine().has_mail_password()?;
    let words = visit.words();
    let of = |name: &str| {
        problems.iter().find(|problem| problem.field.as_deref() == Some(name)).map(|problem| note(words, problem))
    };
    let text = |name: &'static str, label: &'static str, value: &str, kind: &'static str| FormField {
        name: name.into(),
        label: visit.say(label),
        widget: Widget::Text { value: value.to_owned().into(), kind, autocomplete: "off", max: 300, code: false },
        note: of(name),
        ..FormField::default()
    };
    let security = |one: Security| Choice {
        value: one.key().into(),
        label: match one {
            Security::StartTls => visit.say("STARTTLS (port 587)"),
            Security::Tls => visit.say("TLS from the start (port 465)"),
            Security::None => visit.say("None: within the office only"),
        },
        chosen: one == settings.security,
        ..Choice::default()
    };
    let server = vec![
        FormField {
            required: true,
            autofocus: settings.host.is_empty(),
            ..text("host", "Server", &settings.host, "text")
        },
        FormField { required: true, ..text("port", "Port", &settings.port.to_string(), "text") },
        FormField {
            name: "security".into(),
            label: visit.say("Protection"),
            widget: Widget::Select { choices: Security::ALL.map(security).to_vec(), empty: "".into() },
            required: true,
            ..FormField::default()
        },
        FormField {
            name: "any_certificate".into(),
            label: visit.say("Take a certificate that nobody vouches for"),
            widget: Widget::Tick { on: settings.any_certificate },
            hint: visit.say("Only for a server of your own office."),
            ..FormField::default()
        },
        text("user", "User", &settings.user, "text"),
        FormField {
            hint: if kept { visit.say("One is kept, encrypted: leave this empty and it stays.") } else { "".into() },
            ..text("password", "Password", "", "password")
        },
    ];
    let sender = vec![
        FormField { required: true, ..text("sender", "Address of the sender", &settings.sender, "email") },
        text("sender_name", "Name of the sender", &settings.sender_name, "text"),
        FormField {
            wide: true,
            hint: visit.say("Where people open Bottega: the links in messages begin with it."),
            ..text("address", "Address of Bottega", &settings.address, "url")
        },
    ];
    let section =
        |title: &'static str, fields| FormSection { title: visit.say(title), fields, ..FormSection::default() };
    let submit = Act::Submit { name: "".into(), value: "".into(), form: "".into() };
    let test = Act::SubmitTo { url: format!("{MAIL}/test").into(), form: "mail-form".into() };
    let form = ui::form(&Form {
        id: "mail-form".into(),
        title: "".into(),
        action: MAIL.into(),
        csrf: visit.csrf.clone().into(),
        problem: whole(visit, problems, &FIELDS),
        before: tried.map(|tried| html! {
            p.settings-told.well[tried.well] role="status" { (ui::icon(if tried.well { "circle-check" } else { "alert-circle" })) span { (tried.text) } }
        }),
        sections: vec![section("Mail server", server), section("Sender", sender)],
        buttons: vec![
            Button { label: visit.say("Save"), kind: ui::Kind::Primary, act: submit, ..Button::default() },
            Button { label: visit.say("Send me a test"), icon: "send", act: test, ..Button::default() },
            Button { label: visit.say("Cancel"), kind: ui::Kind::Bare, act: Act::Link(PLACE.into()), ..Button::default() },
        ],
        narrow: true,
        ..Form::default()
    });
    let body = html! {
        p.settings-lead { (visit.say("Bottega writes to people by this server: what they are told, and what they ask for. Until one is named, nothing is sent.")) }
        (form)
        (history(visit, "mail")?)
    };
    Ok(frame(visit, &visit.say("E-mail"), Some((PLACE, &visit.say("Settings"))), &[], body))
}

pub async fn page(ask: Ask) -> Response {
    ask.run(|visit| {
        administrator(&visit.actor)?;
        let settings = visit.engine().mail_settings()?.unwrap_or_else(|| unset(visit));
        answer(shown(visit, &settings, &[], None)?)
    })
    .await
}

pub async fn save(ask: Ask, posted: Posted) -> Response {
    ask.act(posted, |visit, posted| {
        administrator(&visit.actor)?;
        let settings = read(posted);
        if settings.host.is_empty() && settings.sender.is_empty() {
            visit.engine().forget_mail_settings(&visit.actor)?;
            return undo::done(visit, None, &visit.say("No mail is sent any more"), Some(PLACE.to_owned()));
        }
        match visit.engine().set_mail_settings(&visit.actor, &settings, password(posted)) {
            Ok(()) => undo::done(visit, None, &visit.say("Saved"), Some(MAIL.to_owned())),
            Err(Error::Refused(problems)) => {
                Ok(with_status(StatusCode::UNPROCESSABLE_ENTITY, shown(visit, &settings, &problems, None)?))
            }
            Err(other) => Err(other),
        }
    })
    .await
}

/// Sends a message to whoever asks, by what is in the form, and says what the server answered.
pub async fn test(ask: Ask, posted: Posted) -> Response {
    ask.act(posted, |visit, posted| {
        administrator(&visit.actor)?;
        let settings = read(posted);
        let problems = settings.problems();
        if !problems.is_empty() {
            return Ok(with_status(StatusCode::UNPROCESSABLE_ENTITY, shown(visit, &settings, &problems, None)?));
        }
        let subject = visit.say("A test from Bottega");
        let body = visit.say("If you read this, Bottega can write to you.");
        let letter = Letter { id: Id::new(), to: &visit.user.email, subject: &subject, body: &body };
        let tried = match visit.engine().try_mail(&visit.actor, &settings, password(posted), &letter)? {
            Ok(said) => {
                let text = say!(
                    "{host} took the message for {address}: {said}",
                    host = settings.host.as_str(),
                    address = visit.user.email.as_str(),
                    said = said
                );
                Tried { text: visit.text(text), well: true }
            }
            Err(why) => Tried { text: visit.text(why.text), well: false },
        };
        answer(shown(visit, &settings, &[], Some(tried))?)
    })
    .await
}
