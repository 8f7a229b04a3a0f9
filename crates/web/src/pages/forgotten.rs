//! "Forgot your password?": asks for a link by e-mail. The answer is the same whether anybody has the name.

use axum::http::StatusCode;
use axum::response::Response;
use base::{Error, Problem};
use maud::{Markup, html};
use ui::widgets::Widget;
use ui::{Act, Button, Form, FormField, FormSection};

use crate::Ask;
use crate::answer::{self, note, with_status};
use crate::pages::sign_in::caller;
use crate::parts::shell;
use crate::posted::Posted;

pub const PLACE: &str = "/sign-in/forgotten";

pub async fn page(ask: Ask) -> Response {
    ask.open(|ask| match ask.app.engine.sends_password_links()? {
        true => answer::html(form(ask, "", None)),
        false => Err(Error::Missing),
    })
    .await
}

pub async fn send(ask: Ask, posted: Posted) -> Response {
    ask.open(move |ask| {
        if ask.is_from_elsewhere() {
            return Err(Error::Denied("This form is too old: load the page again and send it once more".into()));
        }
        let name = posted.first("name");
        match ask.app.engine.forgot_password(name, caller(ask)) {
            Ok(()) => answer::html(sent(ask)),
            Err(Error::Refused(problems)) => {
                Ok(with_status(StatusCode::UNPROCESSABLE_ENTITY, form(ask, name, problems.first())))
            }
            Err(other) => Err(other),
        }
    })
    .await
}

fn sent(ask: &Ask) -> Markup {
    let words = ask.app.words.of(ask.language());
    let body = html! {
        div.message {
            h1 { (words.say("Look into your mail")) }
            p { (words.say("If somebody signs in with this name, a message with a link is on its way to them. It is good for an hour.")) }
            p { a.btn.btn-quiet href="/sign-in" { (words.say("Back")) } }
        }
    };
    shell::bare(ask, &words.say("Look into your mail"), body)
}

fn form(ask: &Ask, name: &str, problem: Option<&Problem>) -> Markup {
    let words = ask.app.words.of(ask.language());
    let field = FormField {
        name: "name".into(),
        label: words.say("E-mail or user name"),
        widget: Widget::Text {
            value: name.to_owned().into(),
            kind: "text",
            autocomplete: "username",
            max: 200,
            code: false,
        },
        hint: words.say("A link comes by e-mail, by which you choose a new one."),
        note: problem.map(|problem| note(words, problem)),
        required: true,
        autofocus: true,
        wide: true,
        ..FormField::default()
    };
    let button = |label: &'static str, kind, act| Button { label: words.say(label), kind, act, ..Button::default() };
    let form = ui::form(&Form {
        id: "forgotten".into(),
        title: words.say("Forgot your password?"),
        action: PLACE.into(),
        sections: vec![FormSection { fields: vec![field], ..FormSection::default() }],
        buttons: vec![
            button(
                "Send the link",
                ui::Kind::Primary,
                Act::Submit { name: "".into(), value: "".into(), form: "".into() },
            ),
            button("Back", ui::Kind::Bare, Act::Link("/sign-in".into())),
        ],
        narrow: true,
        ..Form::default()
    });
    shell::bare(ask, &words.say("Forgot your password?"), form)
}
