//! What the menu shows: chosen by everybody for themselves, by administrators for anybody, and for all who have a role.

use axum::extract::Path;
use axum::response::Response;
use base::{Result, say};
use engine::menus::Hidden;
use engine::users::User;
use engine::{Actor, Channel};
use maud::{Markup, html};
use meta::access::Verb;
use ui::widgets::{Choice, Widget};
use ui::{Act, Button, Form, FormField, FormSection};

use super::{OWN, address, frame, whose};
use crate::answer::{html as answer, redirect};
use crate::pages::undo;
use crate::posted::Posted;
use crate::{Ask, Visit};

pub const PLACE: &str = "/account/menu";

/// On the page of the account.
pub fn section(visit: &Visit, user: &User) -> Result<Markup> {
    let choice = visit.engine().menu_choice(user)?;
    let names = named(visit, &visit.engine().actor(user, Channel::Form)?, choice.hidden());
    let said = match names.is_empty() {
        true => visit.say("It shows everything that may be seen.").into_owned(),
        false => visit.text(say!("Left out: {names}", names = names.join(", "))),
    };
    let change = Button {
        label: visit.say("Choose what the menu shows"),
        icon: "menu-2",
        act: Act::Link(place(visit, user).into()),
        ..Button::default()
    };
    Ok(html! {
        section.settings-section id="menu" {
            header { h2 { (visit.say("Menu")) } (ui::button(&change)) }
            p.muted.settings-lead { (said) }
        }
    })
}

fn place(visit: &Visit, user: &User) -> String {
    format!("{}/menu", address(visit, user))
}

/// What is left out of what somebody may see, by its names.
fn named(visit: &Visit, actor: &Actor, hidden: &Hidden) -> Vec<String> {
    let paths = visit.ask.app.menu.groups.iter().flat_map(|group| group.paths.iter().copied());
    let left_out = paths.filter(|path| hidden.contains(*path)).filter_map(|path| {
        let (model, face) = visit.catalogue.at_path(path)?;
        engine::access::may(actor, model, face, Verb::View).then(|| model.called(face, visit.words()).plural)
    });
    left_out.collect()
}

pub async fn own(ask: Ask) -> Response {
    ask.run(|visit| answer(page_of(visit, &visit.user)?)).await
}

pub async fn page(Path(id): Path<String>, ask: Ask) -> Response {
    ask.run(move |visit| {
        let user = whose(visit, &id)?;
        match user.rid == visit.user.rid {
            true => Ok(redirect(visit.ask, PLACE)),
            false => answer(page_of(visit, &user)?),
        }
    })
    .await
}

fn page_of(visit: &Visit, user: &User) -> Result<Markup> {
    let own = user.rid == visit.user.rid;
    let choice = visit.engine().menu_choice(user)?;
    let actor = visit.engine().actor(user, Channel::Form)?;
    let submit = |name: &'static str| Act::Submit { name: name.into(), value: name.into(), form: "".into() };
    let mut buttons =
        vec![Button { label: visit.say("Save"), kind: ui::Kind::Primary, act: submit("chosen"), ..Button::default() }];
    if choice.own.is_some() {
        buttons.push(Button { label: visit.say("As the roles say"), act: submit("as_roles"), ..Button::default() });
    }
    buttons.push(Button {
        label: visit.say("Cancel"),
        kind: ui::Kind::Bare,
        act: Act::Link(address(visit, user).into()),
        ..Button::default()
    });
    let form = ui::form(&Form {
        id: "menu-form".into(),
        action: place(visit, user).into(),
        csrf: visit.csrf.clone().into(),
        sections: sections(visit, choice.hidden(), |path| {
            visit
                .catalogue
                .at_path(path)
                .is_some_and(|(model, face)| engine::access::may(&actor, model, face, Verb::View))
        }),
        buttons,
        ..Form::default()
    });
    let title = match own {
        true => visit.say("What my menu shows").into_owned(),
        false => visit.text(say!("What the menu of {name} shows", name = user.name.clone())),
    };
    let back = if own { visit.say("My account").into_owned() } else { user.name.clone() };
    let body = html! {
        p.settings-lead { a.settings-back href=(address(visit, user)) { (ui::icon("chevron-left")) (back) } }
        p.muted.settings-lead { (promise(visit)) }
        (form)
    };
    Ok(frame(visit, user, &title, body))
}

/// What this does, and what it does not.
pub fn promise(visit: &Visit) -> String {
    visit
        .say("What is left out is gone from the menu, from Create, from the commands and from the search. It is no right: whoever may see a list finds it at its address all the same, and nobody sees more by it.")
        .into_owned()
}

/// A tick for each place of the menu, ticked where it shows.
pub fn sections<'a>(visit: &Visit<'a>, hidden: &Hidden, is_there: impl Fn(&str) -> bool) -> Vec<FormSection<'a>> {
    let section = |group: &'a crate::MenuGroup| {
        let choices = group.paths.iter().filter(|path| is_there(path)).filter_map(|path| {
            let (model, face) = visit.catalogue.at_path(path)?;
            let label = model.called(face, visit.words()).plural.into();
            Some(Choice { value: (*path).into(), label, chosen: !hidden.contains(*path), ..Choice::default() })
        });
        let choices: Vec<Choice> = choices.collect();
        let title = visit.say(group.title);
        let field = FormField {
            name: "shows".into(),
            label: title,
            widget: Widget::Several { choices },
            wide: true,
            ..FormField::default()
        };
        FormSection { fields: vec![field], ..FormSection::default() }
    };
    visit.ask.app.menu.groups.iter().map(section).collect()
}

/// What a form of [`sections`] leaves out; what it did not ask for stays as it was.
pub fn read(visit: &Visit, posted: &Posted, before: &Hidden, was_asked: impl Fn(&str) -> bool) -> Hidden {
    let shown: Vec<&str> = posted.all("shows").collect();
    let paths = visit.ask.app.menu.groups.iter().flat_map(|group| group.paths.iter().copied());
    let hidden = paths.filter(|path| match was_asked(path) {
        true => !shown.contains(path),
        false => before.contains(*path),
    });
    hidden.map(str::to_owned).collect()
}

pub async fn save_own(ask: Ask, posted: Posted) -> Response {
    ask.act(posted, |visit, posted| save_of(visit, posted, &visit.user)).await
}

pub async fn save(Path(id): Path<String>, ask: Ask, posted: Posted) -> Response {
    ask.act(posted, move |visit, posted| save_of(visit, posted, &whose(visit, &id)?)).await
}

fn save_of(visit: &Visit, posted: &Posted, user: &User) -> Result<Response> {
    let choice = visit.engine().menu_choice(user)?;
    let actor = visit.engine().actor(user, Channel::Form)?;
    let may = |path: &str| {
        visit.catalogue.at_path(path).is_some_and(|(model, face)| engine::access::may(&actor, model, face, Verb::View))
    };
    let hidden = match posted.first("as_roles").is_empty() {
        true => Some(read(visit, posted, choice.hidden(), may)),
        false => None,
    };
    visit.engine().choose_menu(&visit.actor, user, hidden.as_ref())?;
    let to = if user.rid == visit.user.rid { OWN.to_owned() } else { address(visit, user) };
    undo::done(visit, None, &visit.say("Saved"), Some(to))
}
