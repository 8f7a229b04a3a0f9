//! Roles: the list of them, and the matrix of what one may do with which records.

mod fields;
mod matrix;
mod menu;
mod read;

use std::collections::BTreeMap;

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use base::{Error, Problem, Result, say};
use engine::roles::{ADMIN, ROLES, Sheet};
use engine::settings::administrator;
use maud::{Markup, html};
use meta::catalogue::ListItem;
use ui::widgets::{Choice, Widget};
use ui::{Act, Button, Form, FormField, FormSection};

use super::{PLACE, buttons, frame, history, labels, places, read_labels, whole};
use crate::answer::{html as answer, redirect, with_status};
use crate::pages::routes::Routes;
use crate::pages::undo;
use crate::posted::Posted;
use crate::{Ask, Visit};

pub const ROLES_PLACE: &str = "/settings/roles";

pub fn router() -> Routes {
    Routes::default()
        .page("/settings/roles/new", "admin#what-a-role-may-do", get(new).post(create))
        .page("/settings/roles/{role}", "admin#what-a-role-may-do", get(page).post(save))
        .page("/settings/roles/{role}/menu", "account#what-the-menu-shows", get(menu::page).post(menu::save))
        .page("/settings/roles/{role}/names", "admin#what-a-role-may-do", get(names).post(rename))
        .page("/settings/roles/{role}/{entity}", "admin#what-a-role-may-do", get(fields::page).post(fields::save))
}

/// The section of the settings' first page.
pub fn section(visit: &Visit) -> Result<Markup> {
    let holders = visit.engine().holders(&visit.actor)?;
    let row = |item: &ListItem| {
        let count = holders.get(&item.key).copied().unwrap_or_default();
        let mut note = visit.text(say!("Users: {count}", count = count));
        if item.retired {
            note = format!("{note} · {}", visit.say("Offered no longer"));
        }
        (role_of(&item.key), "shield-lock", item.label(ROLES.key, visit.words()), note)
    };
    let items = visit.catalogue.list(ROLES.key).map_or(&[][..], |list| &list.items);
    let new = Button {
        label: visit.say("New role"),
        icon: "plus",
        act: Act::Link("/settings/roles/new".into()),
        ..Button::default()
    };
    Ok(html! {
        section.settings-section {
            header { h2 { (visit.say("Roles and rights")) } (ui::button(&new)) }
            (places(items.iter().map(row)))
        }
    })
}

fn role_of(key: &str) -> String {
    format!("{ROLES_PLACE}/{key}")
}

/// The role at an address, for administrators.
fn item<'a>(visit: &'a Visit, role: &str) -> Result<&'a ListItem> {
    administrator(&visit.actor)?;
    visit.catalogue.list(ROLES.key).and_then(|list| list.item(role)).ok_or(Error::Missing)
}

async fn page(Path(role): Path<String>, ask: Ask) -> Response {
    ask.run(move |visit| {
        let item = item(visit, &role)?;
        let sheet = visit.engine().role(&visit.actor, &role)?;
        answer(shown(visit, item, &sheet, &[])?)
    })
    .await
}

async fn save(Path(role): Path<String>, ask: Ask, posted: Posted) -> Response {
    ask.act(posted, move |visit, posted| {
        let item = item(visit, &role)?;
        let sheet = read::matrix(visit, posted, visit.engine().role(&visit.actor, &role)?);
        match visit.engine().change_role(&visit.actor, &role, &sheet) {
            Ok(()) => saved(visit, item, role_of(&role)),
            Err(Error::Refused(problems)) => {
                Ok(with_status(StatusCode::UNPROCESSABLE_ENTITY, shown(visit, item, &sheet, &problems)?))
            }
            Err(other) => Err(other),
        }
    })
    .await
}

fn saved(visit: &Visit, item: &ListItem, to: String) -> Result<Response> {
    let said = visit.text(say!("{list} saved", list = item.label(ROLES.key, visit.words())));
    undo::done(visit, None, &said, Some(to))
}

fn shown(visit: &Visit, item: &ListItem, sheet: &Sheet, problems: &[Problem]) -> Result<Markup> {
    let name = item.label(ROLES.key, visit.words());
    let rename = Button {
        label: visit.say("Name"),
        icon: "pencil",
        act: Act::Link(format!("{}/names", role_of(&item.key)).into()),
        ..Button::default()
    };
    let shown = Button {
        label: visit.say("What the menu shows"),
        icon: "menu-2",
        act: Act::Link(menu::place(&item.key).into()),
        ..Button::default()
    };
    let acts = [shown, rename];
    let settings = visit.say("Settings");
    if item.key == ADMIN {
        let body = html! {
            p.settings-lead { (visit.say("Administrators may do everything, and set what everybody else may do. This cannot be changed; somebody always has this role.")) }
        };
        return Ok(frame(visit, &name, Some((PLACE, &settings)), &acts, body));
    }
    let form = ui::form(&Form {
        id: "role-form".into(),
        action: role_of(&item.key).into(),
        csrf: visit.csrf.clone().into(),
        problem: whole(visit, problems, &[]),
        sections: vec![
            FormSection { body: Some(matrix::matrix(visit, item, sheet)), ..FormSection::default() },
            FormSection {
                fields: vec![FormField {
                    name: "outside".into(),
                    label: visit.say("Works for the company, not in it"),
                    hint: visit
                        .say("Sees of the subjects only themselves, and nothing just because it is open to everybody"),
                    widget: Widget::Tick { on: sheet.outside },
                    ..FormField::default()
                }],
                ..FormSection::default()
            },
        ],
        buttons: buttons(visit, PLACE),
        ..Form::default()
    });
    let page = html! { (form) (history(visit, &format!("roles.{}", item.key))?) };
    Ok(frame(visit, &name, Some((PLACE, &settings)), &acts, page))
}

async fn new(ask: Ask) -> Response {
    ask.run(|visit| {
        administrator(&visit.actor)?;
        answer(new_page(visit, &BTreeMap::new(), &[]))
    })
    .await
}

async fn create(ask: Ask, posted: Posted) -> Response {
    ask.act(posted, |visit, posted| {
        let names = read_labels(posted);
        let like = Some(posted.first("like")).filter(|like| !like.is_empty());
        match visit.engine().add_role(&visit.actor, &names, like) {
            Ok(key) => Ok(redirect(visit.ask, &role_of(&key))),
            Err(Error::Refused(problems)) => {
                Ok(with_status(StatusCode::UNPROCESSABLE_ENTITY, new_page(visit, &names, &problems)))
            }
            Err(other) => Err(other),
        }
    })
    .await
}

fn new_page(visit: &Visit, names: &BTreeMap<String, String>, problems: &[Problem]) -> Markup {
    let items = visit.catalogue.list(ROLES.key).map_or(&[][..], |list| &list.items);
    let choices = items.iter().filter(|item| item.key != ADMIN).map(|item| Choice {
        value: item.key.clone().into(),
        label: item.label(ROLES.key, visit.words()).into(),
        ..Choice::default()
    });
    let mut fields = labels(visit, names, problems, true);
    fields.push(FormField {
        name: "like".into(),
        label: visit.say("Begin with the rights of"),
        widget: Widget::Select { choices: choices.collect(), empty: visit.say("no rights").into_owned().into() },
        ..FormField::default()
    });
    let form = ui::form(&Form {
        id: "role-form".into(),
        action: "/settings/roles/new".into(),
        csrf: visit.csrf.clone().into(),
        problem: whole(visit, problems, &["labels"]),
        sections: vec![FormSection { fields, ..FormSection::default() }],
        buttons: buttons(visit, PLACE),
        ..Form::default()
    });
    frame(visit, &visit.say("New role"), Some((PLACE, &visit.say("Settings"))), &[], form)
}

async fn names(Path(role): Path<String>, ask: Ask) -> Response {
    ask.run(move |visit| {
        let item = item(visit, &role)?;
        let named: BTreeMap<String, String> = item.labels.clone().into_iter().collect();
        answer(names_page(visit, item, &named, item.retired, &[]))
    })
    .await
}

async fn rename(Path(role): Path<String>, ask: Ask, posted: Posted) -> Response {
    ask.act(posted, move |visit, posted| {
        let item = item(visit, &role)?;
        let (names, retired) = (read_labels(posted), posted.all("retired").any(|value| !value.is_empty()));
        match visit.engine().rename_role(&visit.actor, &role, &names, retired) {
            Ok(()) => saved(visit, item, role_of(&role)),
            Err(Error::Refused(problems)) => {
                let page = names_page(visit, item, &names, retired, &problems);
                Ok(with_status(StatusCode::UNPROCESSABLE_ENTITY, page))
            }
            Err(other) => Err(other),
        }
    })
    .await
}

fn names_page(
    visit: &Visit,
    item: &ListItem,
    names: &BTreeMap<String, String>,
    retired: bool,
    problems: &[Problem],
) -> Markup {
    let is_declared = ROLES.items.iter().any(|known| known.key == item.key);
    let mut fields = labels(visit, names, problems, !is_declared);
    if item.key != ADMIN {
        fields.push(FormField {
            name: "retired".into(),
            label: visit.say("Offered no longer"),
            hint: visit.say("Who has the role keeps it"),
            widget: Widget::Tick { on: retired },
            ..FormField::default()
        });
    }
    let name = item.label(ROLES.key, visit.words());
    let form = ui::form(&Form {
        id: "role-form".into(),
        action: format!("{}/names", role_of(&item.key)).into(),
        csrf: visit.csrf.clone().into(),
        problem: whole(visit, problems, &["labels"]),
        sections: vec![FormSection { fields, ..FormSection::default() }],
        buttons: buttons(visit, &role_of(&item.key)),
        ..Form::default()
    });
    frame(visit, &name, Some((&role_of(&item.key), &name)), &[], form)
}
