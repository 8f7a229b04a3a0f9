//! The tokens of somebody's programs: made, shown once, listed, revoked.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use base::{Error, Problem, Result, say};
use engine::roles::ROLES;
use engine::sign_in::{NewToken, Token};
use engine::users::User;
use maud::{Markup, html};
use ui::widgets::{Choice, Widget};
use ui::{Act, Button, FormField, Tag};

use super::{OWN, address, moment, under, whose};
use crate::answer::{html as answer, note, with_status};
use crate::pages::undo;
use crate::posted::Posted;
use crate::{Ask, Visit};

const NEW: &str = "/account/tokens/new";

pub fn section(visit: &Visit, user: &User) -> Result<Markup> {
    let tokens = visit.engine().tokens(&visit.actor, user.rid)?;
    let own = user.rid == visit.user.rid;
    let new = Button { label: visit.say("New token"), icon: "plus", act: Act::Link(NEW.into()), ..Button::default() };
    Ok(html! {
        section.settings-section id="tokens" {
            header { h2 { (visit.say("Tokens for programs")) } @if own { (ui::button(&new)) } }
            p.muted.settings-lead { (visit.say("A program that asks the API signs in with a token, and does nothing that its user may not.")) }
            ul.settings-rows {
                @for token in &tokens { (row(visit, user, token, None)) }
                @if tokens.is_empty() { li { span.muted { (visit.say("No tokens.")) } } }
            }
        }
    })
}

/// A token with its end; `of` says whose it is, where several people's stand together.
pub fn row(visit: &Visit, user: &User, token: &Token, of: Option<&str>) -> Markup {
    let role = match &token.role {
        Some(role) => visit.text(say!("as {role}", role = role_name(visit, role).to_lowercase())),
        None => visit.say("all that its user may do").into_owned(),
    };
    let used = match token.seen_at {
        Some(at) => visit.text(say!("last used {moment}", moment = moment(visit, at))),
        None => visit.say("never used").into_owned(),
    };
    let is_over = token.ends_at.is_some_and(|end| end <= base::clock::now());
    let end = token.ends_at.filter(|_| !is_over).map(|end| visit.text(say!("until {day}", day = last_day(visit, end))));
    let revoke = Button {
        label: visit.text(say!("Revoke {name}", name = token.name.clone())).into(),
        icon: "trash",
        icon_only: true,
        small: true,
        kind: ui::Kind::Bare,
        act: Act::Post {
            url: format!("/users/{}/account/tokens/{}/revocation", user.id, token.key).into(),
            csrf: visit.csrf.clone().into(),
        },
        ..Button::default()
    };
    html! {
        li {
            span.settings-name { (ui::icon("key")) (token.name) }
            span.muted {
                @if let Some(of) = of { (of) ", " }
                (role) ", " (used) @if let Some(end) = &end { ", " (end) }
            }
            @if is_over { span.settings-marks { (ui::tag(&Tag { label: visit.say("over"), ..Tag::default() })) } }
            span.settings-acts { (ui::button(&revoke)) }
        }
    }
}

/// The last day on which something is good that ends at a moment.
fn last_day(visit: &Visit, end: chrono::DateTime<chrono::Utc>) -> String {
    let before = end - chrono::Duration::microseconds(1);
    base::dates::format_date(before.with_timezone(&visit.actor.zone).date_naive())
}

fn role_name(visit: &Visit, key: &str) -> String {
    let list = visit.catalogue.list(ROLES.key);
    let item = list.and_then(|list| list.items.iter().find(|item| item.key == key));
    item.map_or_else(|| key.to_owned(), |item| item.label(ROLES.key, visit.words()))
}

pub async fn new(ask: Ask) -> Response {
    ask.run(|visit| answer(form(visit, &Posted::default(), &[]))).await
}

pub async fn create(ask: Ask, posted: Posted) -> Response {
    ask.act(posted, |visit, posted| {
        let day = posted.first("until").trim();
        let until = base::dates::parse_date_api(day);
        let wrong = Problem::at("until", "invalid", "Write a date, for example 31/12/2026");
        let made = match until.is_none() && !day.is_empty() {
            true => Err(wrong.into()),
            false => {
                let new = NewToken { name: posted.first("name"), role: posted.first("role"), until };
                visit.engine().add_token(&visit.actor, &new)
            }
        };
        match made {
            Ok(secret) => answer(made_page(visit, posted.first("name").trim(), &secret)),
            Err(Error::Refused(problems)) => {
                Ok(with_status(StatusCode::UNPROCESSABLE_ENTITY, form(visit, posted, &problems)))
            }
            Err(other) => Err(other),
        }
    })
    .await
}

/// A plain form: its answer is a page that is shown once, and no part of this one.
fn form(visit: &Visit, posted: &Posted, problems: &[Problem]) -> Markup {
    let problem = |name: &str| problems.iter().find(|problem| problem.field.as_deref() == Some(name));
    let roles = visit.catalogue.list(ROLES.key).into_iter().flat_map(|list| list.items.iter()).map(|item| Choice {
        value: item.key.clone().into(),
        label: item.label(ROLES.key, visit.words()).into(),
        chosen: posted.first("role") == item.key,
        ..Choice::default()
    });
    let text = |value: &str| Widget::Text {
        value: value.to_owned().into(),
        kind: "text",
        autocomplete: "off",
        max: 100,
        code: false,
    };
    let fields = [
        FormField {
            name: "name".into(),
            label: visit.say("What it is for"),
            widget: text(posted.first("name")),
            note: problem("name").map(|problem| note(visit.words(), problem)),
            required: true,
            autofocus: true,
            wide: true,
            ..FormField::default()
        },
        FormField {
            name: "role".into(),
            label: visit.say("May do at most what this role may"),
            widget: Widget::Select { choices: roles.collect(), empty: visit.say("All that I may do") },
            hint: visit.say("What you may not do yourself, the token may not either."),
            note: problem("role").map(|problem| note(visit.words(), problem)),
            wide: true,
            ..FormField::default()
        },
        FormField {
            name: "until".into(),
            label: visit.say("Good until the end of"),
            widget: Widget::Date { value: posted.first("until").to_owned().into() },
            hint: visit.say("Empty for a token without an end."),
            note: problem("until").map(|problem| note(visit.words(), problem)),
            wide: true,
            ..FormField::default()
        },
    ];
    let body = html! {
        form.form.narrow method="post" action=(NEW) novalidate {
            input type="hidden" name="csrf" value=(visit.csrf);
            section.form-section { div.form-fields { @for field in &fields { (ui::form_field(field)) } } }
            footer.form-foot { div.foot-buttons {
                (ui::button(&Button {
                    label: visit.say("Make the token"),
                    kind: ui::Kind::Primary,
                    act: Act::Submit { name: "".into(), value: "".into(), form: "".into() },
                    ..Button::default()
                }))
                (ui::button(&Button { label: visit.say("Cancel"), kind: ui::Kind::Bare, act: Act::Link(OWN.into()), ..Button::default() }))
            } }
        }
    };
    under(visit, &visit.say("New token"), body)
}

fn made_page(visit: &Visit, name: &str, secret: &str) -> Markup {
    let copy = Button {
        label: visit.say("Copy"),
        icon: "copy",
        act: Act::Copy(secret.to_owned().into()),
        ..Button::default()
    };
    let body = html! {
        section.settings-section {
            p { (visit.say("Keep it in a safe place: it is not shown again.")) }
            p.secret { code { (secret) } (ui::button(&copy)) }
            p.muted { (visit.say("Programs send it as the header")) " " code { "Authorization: Bearer …" } }
        }
    };
    under(visit, &visit.text(say!("The token {name}", name = name)), body)
}

pub async fn revoke(Path((id, key)): Path<(String, String)>, ask: Ask, posted: Posted) -> Response {
    ask.act(posted, move |visit, _| {
        let user = whose(visit, &id)?;
        let name = visit.engine().revoke_token(&visit.actor, user.rid, &key)?;
        let said = visit.text(say!("{name} is revoked", name = name));
        let back = match crate::pages::back(visit.ask) {
            from if from.starts_with(crate::pages::SETTINGS) => from,
            _ => address(visit, &user),
        };
        undo::done(visit, None, &said, Some(back))
    })
    .await
}
