//! A link by which somebody chooses a password without knowing the old one.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use base::{Error, Problem, Result, say};
use engine::users::User;
use maud::{Markup, html};
use ui::widgets::Widget;
use ui::{Act, Button, Form, FormField, FormSection};

use crate::Ask;
use crate::answer::{self, note, with_status};
use crate::pages::sign_in::caller;
use crate::parts::shell;
use crate::posted::Posted;

pub fn address(secret: &str) -> String {
    format!("/reset/{secret}")
}

pub async fn page(Path(secret): Path<String>, ask: Ask) -> Response {
    ask.open(move |ask| match ask.app.engine.reset_of(&secret)? {
        Some(user) => answer::html(form(ask, &secret, &user, &[])?),
        None => Ok(over(ask)),
    })
    .await
}

pub async fn save(Path(secret): Path<String>, ask: Ask, posted: Posted) -> Response {
    ask.open(move |ask| {
        if ask.is_from_elsewhere() {
            return Err(Error::Denied("This form is too old: load the page again and send it once more".into()));
        }
        match ask.app.engine.reset_password(&secret, posted.first("password"), caller(ask)) {
            Ok(_) => {
                let words = ask.app.words.of(ask.language());
                let body = html! {
                    div.message {
                        h1 { (words.say("Your password is chosen")) }
                        p { (words.say("Whoever was signed in with the old one is out.")) }
                        p { a.btn.btn-primary href="/sign-in" { (words.say("Sign in")) } }
                    }
                };
                let mut response = answer::html(shell::bare(ask, &words.say("Your password is chosen"), body))?;
                // Whoever uses this browser signs in anew.
                crate::pages::sign_in::set_session(ask, &mut response, None);
                Ok(response)
            }
            Err(Error::Missing) => Ok(over(ask)),
            Err(Error::Refused(problems)) => match ask.app.engine.reset_of(&secret)? {
                Some(user) => Ok(with_status(StatusCode::UNPROCESSABLE_ENTITY, form(ask, &secret, &user, &problems)?)),
                None => Ok(over(ask)),
            },
            Err(other) => Err(other),
        }
    })
    .await
}

/// Used, too old, or never there: they look the same.
fn over(ask: &Ask) -> Response {
    let words = ask.app.words.of(ask.language());
    let title = words.say("This link is good no more");
    let body = html! {
        div.message {
            h1 { (title) }
            p { (words.say("It is good once and for a while: ask for another.")) }
            p { a.btn.btn-primary href="/sign-in" { (words.say("Sign in")) } }
        }
    };
    with_status(StatusCode::NOT_FOUND, shell::bare(ask, &title, body))
}

fn form(ask: &Ask, secret: &str, user: &User, problems: &[Problem]) -> Result<Markup> {
    let words = ask.app.words.of(ask.language());
    let least = ask.app.engine.password_least()?;
    let title = words.say("Choose a password");
    let text = |value: &str, kind: &'static str, autocomplete: &'static str| Widget::Text {
        value: value.to_owned().into(),
        kind,
        autocomplete,
        max: 200,
        code: false,
    };
    let password = FormField {
        name: "password".into(),
        label: words.text(&say!("New password, at least {count} characters", count = least)).into(),
        widget: text("", "password", "new-password"),
        note: problems.first().map(|problem| note(words, problem)),
        required: true,
        autofocus: true,
        wide: true,
        ..FormField::default()
    };
    let name = FormField {
        name: "name".into(),
        label: words.say("E-mail"),
        widget: text(&user.email, "email", "username"),
        read_only_why: words.say("The link is for this user"),
        wide: true,
        ..FormField::default()
    };
    let form = ui::form(&Form {
        id: "reset".into(),
        title: title.clone(),
        action: address(secret).into(),
        sections: vec![FormSection { fields: vec![name, password], ..FormSection::default() }],
        buttons: vec![Button {
            label: words.say("Save"),
            kind: ui::Kind::Primary,
            act: Act::Submit { name: "".into(), value: "".into(), form: "".into() },
            ..Button::default()
        }],
        narrow: true,
        ..Form::default()
    });
    Ok(shell::bare(ask, &title, form))
}
