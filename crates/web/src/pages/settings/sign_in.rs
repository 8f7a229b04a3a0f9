//! What signing in asks of everybody: how long a password is.

use axum::http::StatusCode;
use axum::response::Response;
use base::{Error, Problem, Result, say};
use engine::passwords::{FEWEST, MOST};
use engine::settings::administrator;
use maud::Markup;
use ui::widgets::Widget;
use ui::{Form, FormField, FormSection};

use super::{PLACE, buttons, frame};
use crate::answer::{html as answer, note, with_status};
use crate::pages::undo;
use crate::posted::Posted;
use crate::{Ask, Visit};

pub const RULES: &str = "/settings/sign-in";

pub async fn page(ask: Ask) -> Response {
    ask.run(|visit| {
        administrator(&visit.actor)?;
        let least = visit.engine().password_least()?.to_string();
        answer(form(visit, &least, &[])?)
    })
    .await
}

fn form(visit: &Visit, least: &str, problems: &[Problem]) -> Result<Markup> {
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
    let form = ui::form(&Form {
        id: "sign-in-form".into(),
        action: RULES.into(),
        csrf: visit.csrf.clone().into(),
        sections: vec![FormSection { title: visit.say("Passwords"), fields: vec![least], ..FormSection::default() }],
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
        match least.and_then(|least| visit.engine().set_password_least(&visit.actor, least)) {
            Ok(()) => undo::done(visit, None, &visit.say("Saved"), Some(RULES.to_owned())),
            Err(Error::Refused(problems)) => {
                Ok(with_status(StatusCode::UNPROCESSABLE_ENTITY, form(visit, written, &problems)?))
            }
            Err(other) => Err(other),
        }
    })
    .await
}
