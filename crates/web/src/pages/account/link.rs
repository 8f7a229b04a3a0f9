//! A link by which a user chooses a password, for an administrator to hand over.

use axum::extract::Path;
use axum::response::Response;
use base::say;
use engine::users::User;
use maud::{Markup, html};
use ui::{Act, Button};

use super::{address, frame, whose};
use crate::answer::html as answer;
use crate::pages::reset;
use crate::posted::Posted;
use crate::{Ask, Visit};

/// A plain form: its answer is a page that is shown once.
pub fn button(visit: &Visit, user: &User) -> Markup {
    html! {
        form.act method="post" action={ "/users/" (user.id) "/account/link" } {
            input type="hidden" name="csrf" value=(visit.csrf);
            (ui::button(&Button {
                label: visit.say("Link to choose one"),
                icon: "link",
                act: Act::Submit { name: "".into(), value: "".into(), form: "".into() },
                ..Button::default()
            }))
        }
    }
}

pub async fn make(Path(id): Path<String>, ask: Ask, posted: Posted) -> Response {
    ask.act(posted, move |visit, _| {
        let user = whose(visit, &id)?;
        let secret = visit.engine().reset_link(&visit.actor, &user)?;
        let url = format!("{}{}", visit.ask.origin(), reset::address(&secret));
        let copy =
            Button { label: visit.say("Copy"), icon: "copy", act: Act::Copy(url.clone().into()), ..Button::default() };
        let back = Button {
            label: visit.say("Back"),
            kind: ui::Kind::Bare,
            act: Act::Link(address(visit, &user).into()),
            ..Button::default()
        };
        let body = html! {
            section.settings-section {
                p { (visit.say("Hand it over: it is good once, for 24 hours, and is not shown again.")) }
                p.secret { code { (url) } (ui::button(&copy)) }
                p { (ui::button(&back)) }
            }
        };
        let title = visit.text(say!("Password link for {name}", name = user.name.clone()));
        answer(frame(visit, &user, &title, body))
    })
    .await
}
