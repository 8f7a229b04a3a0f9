//! Where somebody is signed in, and the end of it.

use axum::extract::Path;
use axum::response::Response;
use base::{Result, say};
use engine::sign_in::{Session, session_key};
use engine::users::User;
use maud::{Markup, html};
use ui::{Act, Button, Tag};

use super::{address, moment, whose};
use crate::ask::SESSION;
use crate::pages::undo;
use crate::parts::agent;
use crate::posted::Posted;
use crate::{Ask, Visit};

pub fn section(visit: &Visit, user: &User) -> Result<Markup> {
    let sessions = visit.engine().sessions(&visit.actor, user.rid)?;
    let here = here(visit);
    let others = sessions.iter().filter(|session| session.key != here).count();
    let own = user.rid == visit.user.rid;
    let end_others = Button {
        label: visit.say(if own { "End all the others" } else { "End all" }),
        icon: "logout",
        act: Act::Post { url: format!("{}/end", place(user)).into(), csrf: visit.csrf.clone().into() },
        ..Button::default()
    };
    Ok(html! {
        section.settings-section id="sessions" {
            header { h2 { (visit.say("Signed in with")) } @if others > 0 { (ui::button(&end_others)) } }
            ul.settings-rows {
                @for session in &sessions { (row(visit, user, session, session.key == here)) }
                @if sessions.is_empty() { li { span.muted { (visit.say("Nowhere.")) } } }
            }
        }
    })
}

fn row(visit: &Visit, user: &User, session: &Session, is_here: bool) -> Markup {
    let name = agent::called(visit.words(), &session.agent);
    let seen = match is_here {
        true => visit.say("in use").into_owned(),
        false => visit.text(say!("last used {moment}", moment = moment(visit, session.seen_at))),
    };
    let since = visit.text(say!("since {moment}", moment = moment(visit, session.since)));
    let end = Button {
        label: visit.text(say!("End {name}", name = name.clone())).into(),
        icon: "x",
        icon_only: true,
        small: true,
        kind: ui::Kind::Bare,
        act: Act::Post { url: format!("{}/{}/end", place(user), session.key).into(), csrf: visit.csrf.clone().into() },
        ..Button::default()
    };
    html! {
        li {
            span.settings-name { (ui::icon(agent::icon(&session.agent))) (name) }
            span.muted { (since) ", " (seen) @if !session.address.is_empty() { " · " (session.address) } }
            @if is_here { span.settings-marks { (ui::tag(&Tag { label: visit.say("this one"), ..Tag::default() })) } }
            @else { span.settings-acts { (ui::button(&end)) } }
        }
    }
}

fn place(user: &User) -> String {
    format!("/users/{}/account/sessions", user.id)
}

/// The key of the session that asks.
fn here(visit: &Visit) -> String {
    visit.ask.cookie(SESSION).map(session_key).unwrap_or_default()
}

pub async fn end(Path((id, key)): Path<(String, String)>, ask: Ask, posted: Posted) -> Response {
    ask.act(posted, move |visit, _| {
        let user = whose(visit, &id)?;
        visit.engine().end_session(&visit.actor, user.rid, &key)?;
        undo::done(visit, None, &visit.say("Signed out there"), Some(address(visit, &user)))
    })
    .await
}

pub async fn end_others(Path(id): Path<String>, ask: Ask, posted: Posted) -> Response {
    ask.act(posted, move |visit, _| {
        let user = whose(visit, &id)?;
        visit.engine().end_sessions(&visit.actor, user.rid, &here(visit))?;
        undo::done(visit, None, &visit.say("Signed out there"), Some(address(visit, &user)))
    })
    .await
}
