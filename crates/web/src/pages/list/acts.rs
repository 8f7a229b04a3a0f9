//! What can be done to the rows of a list: to one by its menu, to several by the bulk bar; and the tabs of its views.

use base::{Result, say};
use meta::access::Verb;
use ui::{Act, Bulk, Button, MenuItem, Tab};

use super::asked::Asked;
use crate::pages::bulk::offered;
use crate::parts::address::ListAddress;
use crate::parts::shell;

pub fn views<'a>(asked: &Asked<'a>) -> Result<Vec<Tab<'a>>> {
    let visit = asked.visit;
    let address = &asked.address;
    let plain = format!("/{}", address.path);
    let gender = asked.called().gender;
    let mut tabs = vec![Tab {
        label: visit.text(say!("All", gender = gender.clone())).into(),
        url: address.everything().into(),
        current: address.is_plain() && matches!(address.view.as_str(), "" | ListAddress::ALL),
        ..Tab::default()
    }];
    if asked.model.in_charge.is_some() {
        let mine =
            ListAddress { shape: address.shape.clone(), ..ListAddress::read(&address.path, "in_charge[has]=me")? };
        tabs.push(Tab {
            label: visit.text(say!("Mine", gender = gender)).into(),
            url: mine.url().into(),
            current: address.filter == mine.filter && address.view.is_empty(),
            ..Tab::default()
        });
    }
    for view in visit.engine().views(&visit.actor, &address.path)? {
        let id = view.id.to_string();
        let url = format!("{plain}?{}{}view={id}", view.query, if view.query.is_empty() { "" } else { "&" });
        tabs.push(Tab {
            label: view.name.into(),
            url: url.into(),
            current: address.view == id,
            shared: view.shared,
            ..Tab::default()
        });
    }
    Ok(tabs)
}

pub fn row_menu<'a>(asked: &Asked<'a>) -> Vec<MenuItem<'a>> {
    let visit = asked.visit;
    let path = &asked.address.path;
    let language = visit.actor.language;
    let mut items = vec![
        MenuItem {
            label: visit.say("Open"),
            icon: "arrow-right",
            act: Act::Link(format!("/{path}/{{id}}").into()),
            key: shell::enter(language),
            ..MenuItem::default()
        },
        MenuItem {
            label: visit.say("Open in a new tab"),
            icon: "external-link",
            act: Act::NewTab(format!("/{path}/{{id}}").into()),
            ..MenuItem::default()
        },
    ];
    if engine::access::may(&visit.actor, asked.model, asked.face, Verb::Change) {
        items.push(MenuItem {
            label: visit.say("Edit"),
            icon: "pencil",
            act: Act::Link(format!("/{path}/{{id}}/edit").into()),
            key: "E",
            ..MenuItem::default()
        });
    }
    items.push(MenuItem {
        label: visit.say("Copy the address of the record"),
        icon: "copy",
        act: Act::Copy(format!("/{path}/{{id}}").into()),
        line_above: true,
        ..MenuItem::default()
    });
    if engine::access::may(&visit.actor, asked.model, asked.face, Verb::Delete) {
        items.push(MenuItem {
            label: visit.say("Move to the trash"),
            icon: "trash",
            act: Act::Post { url: format!("/{path}/{{id}}/deletion").into(), csrf: visit.csrf.clone().into() },
            key: if language == base::words::Language::It { "Canc" } else { "Delete" },
            danger: true,
            line_above: true,
            ..MenuItem::default()
        });
    }
    items
}

pub fn bulk<'a>(asked: &Asked<'a>) -> Bulk<'a> {
    let visit = asked.visit;
    let path = &asked.address.path;
    let to = |place: &str| Act::SubmitTo { url: format!("/{path}/bulk/{place}").into(), form: "bulk".into() };
    let delete = if visit.actor.language == base::words::Language::It { "Canc" } else { "Delete" };
    let verbs: &[(Verb, &'static str, &'static str, &'static str)] = match asked.address.trash {
        false => &[
            (Verb::Bulk, "Edit", "edit", "values"),
            (Verb::Bulk, "Assign", "user-plus", "assignment"),
            (Verb::Bulk, "Create for each", "copy-plus", "gathering"),
            (Verb::Delete, "Merge", "arrow-merge", "merge"),
            (Verb::Export, "Export", "download", "export"),
            (Verb::Delete, "Bin", "trash", "deletion"),
        ],
        true => &[(Verb::Delete, "Restore", "arrow-back-up", "restoration")],
    };
    let verbs = verbs
        .iter()
        .filter(|(verb, ..)| engine::access::may(&visit.actor, asked.model, asked.face, *verb))
        .filter(|(.., place)| *place != "assignment" || asked.model.in_charge.is_some())
        .filter(|(.., place)| *place != "gathering" || !offered(visit, asked.model).is_empty())
        .filter(|(.., place)| *place != "merge" || !asked.model.entity.house)
        .map(|(_, label, icon, place)| Button {
            key: match *place {
                "deletion" => delete,
                "assignment" => "I",
                _ => "",
            },
            label: visit.say(label),
            icon,
            kind: ui::Kind::Bare,
            act: to(place),
            ..Button::default()
        })
        .collect();
    Bulk {
        url: format!("/{path}/bulk/deletion").into(),
        csrf: visit.csrf.clone().into(),
        filter: asked.address.query_string().into(),
        selected: visit.say("{n} selected"),
        selected_one: visit.say("{n} chosen"),
        select_all: visit.say("Select all that match"),
        all_selected: visit.say("All selected"),
        verbs,
        clear: visit.say("Clear the selection"),
    }
}
