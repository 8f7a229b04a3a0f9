//! What signing in asks of everybody: how long a password is, and of which roles a second step.

use axum::http::StatusCode;
use axum::response::Response;
use base::{Error, Problem, Result, say};
use engine::passwords::{FEWEST, MOST};
use engine::roles::ROLES;
use engine::settings::administrator;
use maud::Markup;
use ui::widgets::{Choice, Widget};
use ui::{Form, FormField, FormSection};

use super::{PLACE, buttons, frame, whole};
use crate::answer::{html as answer, note, with_status};
use crate::pages::undo;
use crate::posted::Posted;
use crate::{Ask, Visit};

pub const RULES: &str = "/settings/sign-in";

pub async fn page(ask: Ask) -> Response {
    ask.run(|visit| {
        administrator(&visit.actor)?;
        let least = visit.engine().password_least()?.to_string();
        let roles = visit.engine().second_step_roles()?;
        answer(form(visit, &least, &roles, &[])?)
    })
    .await
}

fn form(visit: &Visit, least: &str, roles: &[String], problems: &[Problem]) -> Result<Markup> {
    let problem = |name: &str| problems.iter().find(|problem| problem.field.as_deref() == Some(name));
    let least = FormField {
        name: "least".into(),
        label: visit.say("Characters of a password, at least"),
        widget: Widget::Number { value: least.to_owned().into(), unit: "".into() },
        hint: visit.say("For passwords chosen from now on. One that is soon guessed is refused however long it is."),
        note: problem("least").map(|problem| note(visit.words(), problem)),
        required: true,
        wide: true,
        ..FormField::default()
    };
    let known = visit.catalogue.list(ROLES.key).into_iter().flat_map(|list| list.items.iter());
    let choices = known.map(|item| Choice {
        value: item.key.clone().into(),
        label: item.label(ROLES.key, visit.words()).into(),
        chosen: roles.contains(&item.key),
        ..Choice::default()
    });
    let roles = FormField {
        name: "roles".into(),
        label: visit.say("Roles that sign in with two steps"),
        widget: Widget::Several { choices: choices.collect() },
        hint: visit.say("Who has one is led to set it up before anything else. Everybody else may, in their account."),
        note: problem("roles").map(|problem| note(visit.words(), problem)),
        wide: true,
        ..FormField::default()
    };
    let form = ui::form(&Form {
        id: "sign-in-form".into(),
        action: RULES.into(),
        csrf: visit.csrf.clone().into(),
        problem: whole(visit, problems, &["least", "roles"]),
        sections: vec![
            FormSection { title: visit.say("Passwords"), fields: vec![least], ..FormSection::default() },
            FormSection { title: visit.say("Two-step sign-in"), fields: vec![roles], ..FormSection::default() },
        ],
        buttons: buttons(visit, PLACE),
        ..Form::default()
    });
    Ok(frame(visit, &visit.say("Signing in"), Some((PLACE, &visit.say("Settings"))), &[], form))
}

pub async fn save(ask: Ask, posted: Posted) -> Response {
    ask.act(posted, |visit, posted| {
        let written = posted.first("least").trim();
        let text = say!("From {least} to {most} characters", least = FEWEST, most = MOST);
        let least: Result<usize> =
            written.parse().map_err(|_| Error::Refused(vec![Problem::at("least", "invalid", text)]));
        let roles: Vec<String> = posted.all("roles").filter(|role| !role.is_empty()).map(str::to_owned).collect();
        let saved = least.and_then(|least| visit.engine().set_password_least(&visit.actor, least));
        match saved.and_then(|()| visit.engine().set_second_step_roles(&visit.actor, &roles)) {
            Ok(()) => undo::done(visit, None, &visit.say("Saved"), Some(RULES.to_owned())),
            Err(Error::Refused(problems)) => {
                Ok(with_status(StatusCode::UNPROCESSABLE_ENTITY, form(visit, written, &roles, &problems)?))
            }
            Err(other) => Err(other),
        }
    })
    .await
}
