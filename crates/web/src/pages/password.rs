//! A password: one's own, changed by who knows the old one; another's, set by the administrator.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use base::{Error, Problem, Result, say};
use engine::sign_in::Must;
use engine::users::User;
use maud::Markup;
use ui::widgets::Widget;
use ui::{Act, Button, Form, FormField, FormSection};

use crate::answer::{html as answer, note, with_status};
use crate::pages::{account, sign_in, undo};
use crate::parts::shell;
use crate::posted::Posted;
use crate::{Ask, Visit};

pub fn address(user: base::Id) -> String {
    format!("/users/{user}/password")
}

/// Whose it is: one's own, or for administrators anybody's.
pub fn whose(visit: &Visit, id: &str) -> Result<User> {
    let id = id.parse().map_err(|_| Error::Missing)?;
    if id == visit.user.id {
        return Ok(visit.user.clone());
    }
    if !visit.actor.person.rights.admin {
        return Err(Error::Missing);
    }
    let row = visit.engine().rows(&visit.actor, "users", &[id])?.into_iter().next().ok_or(Error::Missing)?;
    visit.engine().user(row)?.ok_or(Error::Missing)
}

fn form(visit: &Visit, user: &User, proposed: &str, problems: &[Problem]) -> Result<Markup> {
    let least = visit.engine().password_least()?;
    let new = visit.text(say!("New password, at least {count} characters", count = least));
    let own = user.id == visit.user.id;
    let field = |name: &'static str, label: &str, kind: &'static str, autocomplete: &'static str, value: &str| {
        let problem = problems.iter().find(|problem| problem.field.as_deref() == Some(name));
        FormField {
            name: name.into(),
            label: label.to_owned().into(),
            widget: Widget::Text { value: value.to_owned().into(), kind, autocomplete, max: 200, code: false },
            note: problem.map(|problem| note(visit.words(), problem)),
            required: true,
            wide: true,
            ..FormField::default()
        }
    };
    let mut fields = Vec::new();
    if own {
        fields.push(field("current", &visit.say("The password you have now"), "password", "current-password", ""));
        fields.push(field("password", &new, "password", "new-password", ""));
    } else {
        fields.push(field("password", &new, "text", "off", proposed));
    }
    let first = visit.must == Some(Must::ChangePassword);
    let note = if first {
        visit.say("Another chose the one you have: choose one of your own, and go on.")
    } else if own {
        visit.say("Other browsers where you are signed in are signed out.")
    } else {
        visit.say("Pass it on by word of mouth: it is changed at the first sign-in. Whoever is signed in with the old one is signed out.")
    };
    let button = |label: &'static str, kind, act| Button { label: visit.say(label), kind, act, ..Button::default() };
    let mut buttons =
        vec![button("Save", ui::Kind::Primary, Act::Submit { name: "".into(), value: "".into(), form: "".into() })];
    if !first {
        buttons.push(button("Cancel", ui::Kind::Bare, Act::Link(account::address(visit, user).into())));
    }
    Ok(ui::form(&Form {
        id: "password-form".into(),
        title: visit.text(say!("Password of {name}", name = user.name.clone())).into(),
        action: address(user.id).into(),
        csrf: visit.csrf.clone().into(),
        sections: vec![FormSection { title: visit.say("Password"), note, fields, ..FormSection::default() }],
        buttons,
        narrow: true,
        ..Form::default()
    }))
}

pub async fn ask(Path(id): Path<String>, ask: Ask) -> Response {
    ask.run(move |visit| {
        let user = whose(visit, &id)?;
        let form = form(visit, &user, &engine::sign_in::made_up_password()?, &[])?;
        answer(shell::page(visit, &visit.say("Password"), Some("users"), form))
    })
    .await
}

pub async fn save(Path(id): Path<String>, ask: Ask, posted: Posted) -> Response {
    ask.act(posted, move |visit, posted| {
        let user = whose(visit, &id)?;
        let own = user.id == visit.user.id;
        let password = posted.first("password");
        match changed(visit, &user, own, posted.first("current"), password) {
            Ok(()) => {
                let next = match visit.must {
                    Some(_) => "/".to_owned(),
                    None => account::address(visit, &user),
                };
                let said = visit.text(say!("Password of {name} saved", name = user.name.clone()));
                let mut response = undo::done(visit, None, &said, Some(next))?;
                if own {
                    let session = visit.engine().open_session(user.rid, sign_in::caller(visit.ask))?;
                    sign_in::set_session(visit.ask, &mut response, Some(&session));
                }
                Ok(response)
            }
            Err(Error::Refused(problems)) => {
                let shown = form(visit, &user, if own { "" } else { password }, &problems)?;
                let page = match visit.ask.is_fragment() {
                    true => shown,
                    false => shell::page(visit, &visit.say("Password"), Some("users"), shown),
                };
                Ok(with_status(StatusCode::UNPROCESSABLE_ENTITY, page))
            }
            Err(other) => Err(other),
        }
    })
    .await
}

/// Who changes their own shows that they know it; a session left open is not enough.
fn changed(visit: &Visit, user: &User, own: bool, current: &str, password: &str) -> Result<()> {
    if own {
        visit.engine().proves(user, current, sign_in::caller(visit.ask))?;
    }
    visit.engine().change_password(&visit.actor, user, password)
}
