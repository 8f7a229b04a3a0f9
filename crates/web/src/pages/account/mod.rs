//! How somebody signs in: their password, where they are signed in, the tokens of their programs. One's own, or for
//! administrators anybody's.

mod link;
pub mod menu;
mod second_step;
mod sessions;
mod tokens;

use axum::extract::Path;
use axum::response::Response;
use axum::routing::{get, post};
use base::{Result, say};
use chrono::{DateTime, Utc};
use engine::sign_in::Must;
use engine::users::User;
use maud::{Markup, html};
use ui::{Act, Button};

use crate::answer::{html as answer, redirect};
use crate::pages::password;
use crate::pages::routes::Routes;
use crate::parts::shell;
use crate::{Ask, Visit};

pub use tokens::row as token_row;

/// One's own.
pub const OWN: &str = "/account";

pub fn router() -> Routes {
    Routes::default()
        .page("/account", "account", get(own))
        .page("/account/tokens/new", "account#tokens-for-programs", get(tokens::new).post(tokens::create))
        .page("/account/second-step", "account#two-step-sign-in", get(second_step::page).post(second_step::begin))
        .page("/account/second-step/confirmation", "account#two-step-sign-in", post(second_step::confirm))
        .page("/account/second-step/change", "account#two-step-sign-in", post(second_step::change))
        .page("/users/{id}/account", "account", get(page))
        .page(menu::PLACE, "account#what-the-menu-shows", get(menu::own).post(menu::save_own))
        .page("/users/{id}/account/menu", "account#what-the-menu-shows", get(menu::page).post(menu::save))
        .part("/users/{id}/account/second-step/end", post(second_step::end))
        .page("/users/{id}/account/link", "admin#passwords", post(link::make))
        .part("/users/{id}/account/sessions/end", post(sessions::end_others))
        .part("/users/{id}/account/sessions/{key}/end", post(sessions::end))
        .part("/users/{id}/account/tokens/{key}/revocation", post(tokens::revoke))
}

/// Where somebody is led who has to do something before anything else; none where they may go where they are.
pub fn first_to(visit: &Visit) -> Option<String> {
    let to = match visit.must? {
        Must::ChangePassword => password::address(visit.user.id),
        Must::SetUpSecondStep => second_step::PLACE.to_owned(),
    };
    let path = visit.ask.path.as_str();
    let may = path == to
        || path.strip_prefix(&to).is_some_and(|rest| rest.starts_with('/'))
        || path == "/sign-out"
        || path.starts_with("/language/");
    (!may).then_some(to)
}

/// Where the sign-in of a user is looked after.
pub fn address(visit: &Visit, user: &User) -> String {
    match user.rid == visit.user.rid {
        true => OWN.to_owned(),
        false => format!("/users/{}/account", user.id),
    }
}

async fn own(ask: Ask) -> Response {
    ask.run(|visit| answer(shown(visit, &visit.user)?)).await
}

async fn page(Path(id): Path<String>, ask: Ask) -> Response {
    ask.run(move |visit| {
        let user = password::whose(visit, &id)?;
        if user.rid == visit.user.rid {
            return Ok(redirect(visit.ask, OWN));
        }
        answer(shown(visit, &user)?)
    })
    .await
}

fn shown(visit: &Visit, user: &User) -> Result<Markup> {
    let own = user.rid == visit.user.rid;
    let title = match own {
        true => visit.say("My account").into_owned(),
        false => visit.text(say!("Account of {name}", name = user.name.clone())),
    };
    let body = html! {
        section.settings-section {
            header {
                h2 { (visit.say("Password")) }
                @if !own && visit.actor.person.rights.admin { (link::button(visit, user)) }
                (ui::button(&change_password(visit, user, own)))
            }
            p.muted.settings-lead { (known_since(visit, user)?) }
        }
        (second_step::section(visit, user)?)
        (sessions::section(visit, user)?)
        (tokens::section(visit, user)?)
        (menu::section(visit, user)?)
    };
    Ok(frame(visit, user, &title, body))
}

/// A page about a user's sign-in; of another's with the way back to them.
fn frame(visit: &Visit, user: &User, title: &str, body: Markup) -> Markup {
    let own = user.rid == visit.user.rid;
    let content = html! {
        div.list {
            header.title-bar {
                @if !own { a.settings-back href={ "/users/" (user.id) } { (ui::icon("chevron-left")) (user.name) } }
                h1 { (title) }
            }
            div.settings { (body) }
        }
    };
    shell::page(visit, title, Some(if own { OWN } else { "users" }), content)
}

/// A page of one's own account with the way back.
fn under(visit: &Visit, title: &str, body: Markup) -> Markup {
    let body = html! {
        p.settings-lead { a.settings-back href=(OWN) { (ui::icon("chevron-left")) (visit.say("My account")) } }
        (body)
    };
    frame(visit, &visit.user, title, body)
}

fn change_password<'a>(visit: &Visit<'a>, user: &User, own: bool) -> Button<'a> {
    Button {
        label: visit.say(if own { "Change the password" } else { "Set a password" }),
        icon: "key",
        act: Act::Link(password::address(user.id).into()),
        ..Button::default()
    }
}

fn known_since(visit: &Visit, user: &User) -> Result<String> {
    Ok(match visit.engine().password_since(&visit.actor, user.rid)? {
        Some(at) => visit.text(say!("Chosen {moment}", moment = moment(visit, at))),
        None => visit.say("There is none yet: nobody signs in with this user.").into_owned(),
    })
}

fn moment(visit: &Visit, at: DateTime<Utc>) -> String {
    meta::human::show(&meta::Value::Instant(at), &meta::Kind::Instant, &visit.style())
}

/// The user whose sign-in is changed, or nothing to see.
fn whose(visit: &Visit, id: &str) -> Result<User> {
    password::whose(visit, id)
}
