//! What the menu of those with a role shows, as long as they choose nothing else.

use axum::extract::Path;
use axum::response::Response;
use engine::roles::ROLES;
use maud::html;
use ui::Form;

use super::{item, role_of, saved};
use crate::answer::html as answer;
use crate::pages::account::menu::{promise, read, sections};
use crate::pages::settings::{buttons, frame};
use crate::posted::Posted;
use crate::{Ask, Visit};

pub fn place(role: &str) -> String {
    format!("{}/menu", role_of(role))
}

pub async fn page(Path(role): Path<String>, ask: Ask) -> Response {
    ask.run(move |visit| {
        let item = item(visit, &role)?;
        let hidden = visit.engine().menu_of_role(&visit.actor, &role)?;
        let form = ui::form(&Form {
            id: "menu-form".into(),
            action: place(&role).into(),
            csrf: visit.csrf.clone().into(),
            sections: sections(visit, &hidden, |_| true),
            buttons: buttons(visit, &role_of(&role)),
            ..Form::default()
        });
        let name = item.label(ROLES.key, visit.words());
        let body = html! {
            p.muted.settings-lead { (promise(visit)) " " (visit.say("Whoever has several roles finds what any of them shows, and may choose otherwise in their account.")) }
            (form)
        };
        answer(frame(visit, &visit.say("What the menu shows"), Some((&role_of(&role), &name)), &[], body))
    })
    .await
}

pub async fn save(Path(role): Path<String>, ask: Ask, posted: Posted) -> Response {
    ask.act(posted, move |visit: &Visit, posted| {
        let item = item(visit, &role)?;
        let before = visit.engine().menu_of_role(&visit.actor, &role)?;
        let hidden = read(visit, posted, &before, |_| true);
        visit.engine().set_menu_of_role(&visit.actor, &role, &hidden)?;
        saved(visit, item, role_of(&role))
    })
    .await
}
