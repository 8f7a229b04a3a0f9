//! The page of one record: its fields, what belongs to it, what happened to it.

pub mod comments;
mod panels;
mod refresh;
mod steps;
mod summary;

pub use panels::panel_page;
pub use refresh::besides;

use axum::extract::Path;
use axum::response::Response;
use base::{Error, Id, Result, Rid, say};
use engine::query::at;
use engine::{Listed, Query};
use maud::{Markup, html};
use meta::access::Verb;
use meta::entity::Face;
use meta::layout::Section;
use meta::{Kind, Model, Record};
use ui::{Act, Button, Header, Menu, MenuItem, Place, RecordPage, Tab};

use crate::answer::{html as answer, redirect};
use crate::pages::{action, characteristics, field, history, undo};
use crate::parts::address::ListAddress;
use crate::parts::{fields, inputs, shell};
use crate::posted::{Posted, parse};
use crate::{Ask, Visit};

/// A record that is looked at.
pub struct Seen<'a> {
    pub visit: &'a Visit<'a>,
    pub path: &'a str,
    pub model: &'a Model,
    pub face: Option<&'static Face>,
    pub listed: Listed,
}

impl<'a> Seen<'a> {
    pub fn read(visit: &'a Visit<'a>, path: &'a str, id: &str) -> Result<Seen<'a>> {
        let id: Id = id.parse().map_err(|_| Error::Missing)?;
        let (model, face) = at(&visit.catalogue, path)?;
        let listed = visit.engine().record(&visit.actor, path, id)?;
        Ok(Seen { visit, path, model, face, listed })
    }

    /// The same for a change, which is not to fall on what the record was merged into since the page was read.
    pub fn itself(visit: &'a Visit<'a>, path: &'a str, id: &str) -> Result<Seen<'a>> {
        let seen = Seen::read(visit, path, id)?;
        if seen.record().id.to_string() == id {
            return Ok(seen);
        }
        let text = say!("It was merged into {title}", title = seen.record().title.clone());
        Err(base::Problem::whole("merged", text).into())
    }

    pub fn record(&self) -> &Record {
        &self.listed.records[0]
    }

    pub fn url(&self) -> String {
        format!("/{}/{}", self.path, self.record().id)
    }

    pub fn may(&self, verb: Verb) -> Result<bool> {
        self.visit.engine().may(&self.visit.actor, self.path, self.record().rid, verb)
    }
}

pub async fn page(Path((path, id)): Path<(String, String)>, ask: Ask) -> Response {
    ask.run(move |visit| {
        let seen = Seen::read(visit, &path, &id)?;
        // A record that was merged into another is at its address now.
        if seen.record().id.to_string() != id {
            return Ok(redirect(visit.ask, &seen.url()));
        }
        visit.engine().opened(&visit.actor, seen.record().rid)?;
        visit.engine().looked_at(&visit.actor, seen.model, seen.record())?;
        let content = ui::record_page(&whole(&seen, comments::Tried::default())?);
        answer(shell::page(visit, &seen.record().title, Some(&path), content))
    })
    .await
}

fn whole<'a>(seen: &Seen<'a>, tried: comments::Tried) -> Result<RecordPage<'a>> {
    let visit = seen.visit;
    let record = seen.record();
    let tab =
        parse(&visit.ask.query).into_iter().find(|(name, _)| name == "tab").map(|(_, tab)| tab).unwrap_or_default();
    let may_change = record.deleted_at.is_none() && seen.may(Verb::Change)?;
    let panels = panels::panels(seen)?;
    let (said, count) = comments::section(seen, tried)?;
    let main = html! {
        (shown_sections(seen, may_change))
        @if let Some(steps) = steps::steps(seen)? { (steps) }
        @for summary in summary::summaries(seen)? { (summary) }
        @for panel in &panels { (ui::panel(panel)) }
        (said)
    };
    let mut tabs =
        vec![Tab { label: visit.say("Record"), url: seen.url().into(), current: tab.is_empty(), ..Tab::default() }];
    tabs.extend(panels.iter().map(|panel| Tab {
        label: panel.title.clone(),
        url: format!("{}#{}", seen.url(), panel.id).into(),
        count: panel.count.clone(),
        ..Tab::default()
    }));
    tabs.push(Tab {
        label: visit.say("Comments"),
        url: format!("{}#comments", seen.url()).into(),
        count: count.into(),
        ..Tab::default()
    });
    tabs.push(Tab {
        label: visit.say("History"),
        url: format!("{}?tab=history", seen.url()).into(),
        current: tab == "history",
        narrow_only: true,
        ..Tab::default()
    });
    Ok(RecordPage {
        header: header(seen, may_change)?,
        tabs,
        main,
        side: Some(history::side(seen)?),
        side_label: visit.say("History"),
        side_current: tab == "history",
    })
}

/// The sections that are shown, each with its fields; the last one, of who sees the record, is the program's.
fn sections<'a>(seen: &Seen<'a>) -> Vec<(Option<&'a Section>, Vec<usize>)> {
    let model = seen.model;
    let shown = |fields: Vec<usize>| -> Vec<usize> {
        let shown = |at: &usize| model.is_shown(*at, &seen.record().values) && is_read(seen, *at);
        fields.into_iter().filter(shown).collect()
    };
    let standing = model.sections.iter().map(|section| (Some(section), shown(section.fields.clone())));
    let who_sees_it = shown([model.in_charge, model.open_to_all].into_iter().flatten().collect());
    standing.chain([(None, who_sees_it)]).filter(|(_, fields)| !fields.is_empty()).collect()
}

fn shown_sections(seen: &Seen, may_change: bool) -> Markup {
    let visit = seen.visit;
    let edit = Button {
        label: visit.say("Edit"),
        icon: "pencil",
        kind: ui::Kind::Link,
        act: Act::Link(format!("{}/edit", seen.url()).into()),
        key: "E",
        ..Button::default()
    };
    let ask = |section: &Section| Button {
        label: visit.say("Ask one by one"),
        icon: "list-check",
        act: Act::Link(characteristics::address(&seen.url(), &section.key).into()),
        key: "",
        ..edit.clone()
    };
    html! {
        @for (place, (section, fields)) in sections(seen).into_iter().enumerate() {
            (ui::section(&ui::Section {
                title: section.map_or_else(|| visit.say("Who sees it"), |section| section.title(visit.words()).into()),
                action: match section.filter(|section| section.profile) {
                    Some(profile) => may_change.then(|| ask(profile)),
                    None => (may_change && place == 0).then(|| edit.clone()),
                },
                fields: fields.iter().map(|at| field::field_of(seen, *at, may_change)).collect(),
                ..Default::default()
            }))
        }
    }
}

/// Pictures stand in the header; what the program keeps is shown once there is something.
fn is_read(seen: &Seen, at: usize) -> bool {
    let def = &seen.model.fields[at];
    let waits = def.read_only && seen.record().values[at].is_empty();
    !waits && !matches!(def.kind, Kind::Picture)
}

fn header<'a>(seen: &Seen<'a>, may_change: bool) -> Result<Header<'a>> {
    let visit = seen.visit;
    let record = seen.record();
    let plural = seen.model.called(seen.face, visit.words()).plural;
    let from = came_from(visit);
    let list = ListAddress::read(seen.path, &from).unwrap_or(ListAddress::read(seen.path, "")?);
    let mut meta_line: Vec<Markup> = Vec::new();
    for (at, def) in seen.model.fields.iter().enumerate() {
        let value = &record.values[at];
        if value.is_empty() || !seen.model.is_shown(at, &record.values) {
            continue;
        }
        match def.kind {
            Kind::Pick(_) if def.filtered => {
                // The steps of its board can be chosen here, whether or not they have a square.
                let by = seen.model.board(seen.face).map(|board| board.by.def().key);
                let usual = (by == Some(def.key)).then_some(ui::Fill::Hollow);
                if let Some(fill) = fields::fill(visit, &def.kind, value.text()).or(usual) {
                    meta_line.push(stage(seen, at, fill, may_change));
                }
            }
            Kind::Picks(list) if !list.classes.is_empty() => {
                meta_line.extend(
                    fields::labels_besides(visit, seen.model, at, record)
                        .into_iter()
                        .map(|label| ui::tag(&ui::Tag { label: label.into(), ..Default::default() })),
                );
            }
            Kind::People => {
                let people = value.links().iter().filter_map(|rid| seen.listed.titles.get(*rid));
                meta_line.extend(people.map(|linked| html! {
                    (ui::avatar(&shell::person(&linked.id.to_string(), &linked.title), "small")) span { (linked.title) }
                }));
            }
            _ => {}
        }
    }
    if let Some(at) = seen.model.open_to_all {
        let (icon, words) = match record.values[at] == meta::Value::Tick(true) {
            true => ("eye", "Visible to everybody"),
            false => ("eye-off", "Visible as roles say"),
        };
        meta_line.push(html! { span.muted { (ui::icon(icon)) " " (visit.say(words)) } });
    }
    let picture = seen.model.entity.picture.map(|field| field.def().key);
    let notice = record.deleted_at.is_some().then(|| html! {
        span { (visit.say("This record is in the trash.")) } " "
        (ui::button(&Button { label: visit.say("Restore"), kind: ui::Kind::Link, act: Act::Post { url: format!("{}/restoration", seen.url()).into(), csrf: visit.csrf.clone().into() }, ..Button::default() }))
    });
    Ok(Header {
        trail: vec![(plural.into(), list.url().into())],
        place: place(seen, &list, &from)?,
        avatar: fields::avatar(seen.model, record),
        picture_url: picture
            .filter(|_| may_change)
            .map_or("".into(), |key| format!("{}/fields/{key}", seen.url()).into()),
        picture_word: visit.say("Change the picture"),
        title: record.title.clone().into(),
        meta: meta_line,
        actions: actions(seen, may_change),
        menu: menu(seen, may_change)?,
        notice,
        ..Header::default()
    })
}

/// The query of the list that one came from. A field that is saved asks from the page of its record.
fn came_from(visit: &Visit) -> String {
    let page = visit.ask.header("hx-current-url").split_once('?').map_or("", |(_, query)| query);
    let query = if visit.ask.is_fragment() { page } else { &visit.ask.query };
    parse(query).into_iter().find(|(name, _)| name == "from").map(|(_, query)| query).unwrap_or_default()
}

/// The stage: a menu to change it, or its square and word.
fn stage(seen: &Seen, at: usize, fill: ui::Fill, may_change: bool) -> Markup {
    let visit = seen.visit;
    let def = &seen.model.fields[at];
    let value = &seen.record().values[at];
    let label = visit.catalogue.key_label(&def.kind, value.text(), visit.words());
    let Kind::Pick(list) = def.kind else { return ui::stage(fill, &label) };
    if !may_change || !field::is_edited_in_place(def) {
        return ui::stage(fill, &label);
    }
    let form = format!("head-{}", def.key);
    // Of several pipelines, the steps of its own.
    let choices = inputs::list_choices(visit, list, value);
    let own = choices.iter().find(|choice| choice.chosen).map(|choice| choice.group.clone());
    let choices = choices.into_iter().filter(|choice| own.as_ref().is_none_or(|own| choice.group == *own));
    let items = choices.map(|choice| MenuItem {
        label: choice.label,
        act: Act::Submit { name: def.key.into(), value: choice.value, form: form.clone().into() },
        chosen: choice.chosen,
        ..MenuItem::default()
    });
    let menu = Menu {
        id: format!("{form}-menu").into(),
        button: Button { label: label.into(), stage: Some(fill), caret: true, small: true, ..Button::default() },
        items: items.collect(),
    };
    html! {
        form id=(form) method="post" action={ (seen.url()) "/fields/" (def.key) } data-post hidden {
            input type="hidden" name="csrf" value=(visit.csrf);
            input type="hidden" name="head" value="1";
        }
        (ui::menu(&menu))
    }
}

/// Call and write, where there is a number and an address.
fn actions<'a>(seen: &Seen<'a>, may_change: bool) -> Vec<Button<'a>> {
    let visit = seen.visit;
    let first = |wanted: fn(&Kind) -> bool| {
        let at = seen.model.fields.iter().position(|def| wanted(&def.kind) && !def.hidden)?;
        meta::value::primary_item(seen.record().values[at].items()).map(|item| item.value.clone())
    };
    let mut actions = if may_change { action::buttons(seen) } else { Vec::new() };
    if let Some(number) = first(|kind| matches!(kind, Kind::Phones)) {
        let number = number.split(';').next().unwrap_or_default().to_owned();
        actions.push(Button {
            label: visit.say("Call"),
            icon: "phone",
            act: Act::Link(format!("tel:{number}").into()),
            ..Button::default()
        });
    }
    if let Some(address) = first(|kind| matches!(kind, Kind::Emails)) {
        actions.push(Button {
            label: visit.say("Write"),
            icon: "mail",
            act: Act::Link(format!("mailto:{address}").into()),
            ..Button::default()
        });
    }
    if actions.is_empty() && may_change {
        actions.push(Button {
            label: visit.say("Edit"),
            icon: "pencil",
            act: Act::Link(format!("{}/edit", seen.url()).into()),
            ..Button::default()
        });
    }
    actions
}

fn menu<'a>(seen: &Seen<'a>, may_change: bool) -> Result<Option<Menu<'a>>> {
    let visit = seen.visit;
    let mut items = Vec::new();
    if may_change {
        items.push(MenuItem {
            label: visit.say("Edit as a form"),
            icon: "pencil",
            act: Act::Link(format!("{}/edit", seen.url()).into()),
            ..MenuItem::default()
        });
    }
    if may_change {
        items.extend(action::items(seen));
    }
    let is_user = seen.model.entity.key == engine::users::USER.key;
    if is_user && (visit.actor.person.rights.admin || seen.record().id == visit.user.id) {
        items.push(MenuItem {
            label: visit.say(if seen.record().id == visit.user.id { "Change the password" } else { "Set a password" }),
            icon: "key",
            act: Act::Link(super::password::address(seen.record().id).into()),
            ..MenuItem::default()
        });
        items.push(MenuItem {
            label: visit.say("Account and sessions"),
            icon: "shield",
            act: Act::Link(format!("/users/{}/account", seen.record().id).into()),
            ..MenuItem::default()
        });
    }
    items.push(MenuItem {
        label: visit.say("Copy the address of the record"),
        icon: "copy",
        act: Act::Copy(seen.url().into()),
        ..MenuItem::default()
    });
    if !seen.model.entity.house {
        items.push(MenuItem {
            label: visit.say("Share, and who can see it"),
            icon: "share",
            act: Act::Link(super::access::address(seen).into()),
            ..MenuItem::default()
        });
    }
    items.push(MenuItem {
        label: visit.say("All changes"),
        icon: "history",
        act: Act::Link(format!("{}/history", seen.url()).into()),
        ..MenuItem::default()
    });
    if may_change && !seen.model.entity.keys.is_empty() && !seen.model.entity.house {
        items.push(MenuItem {
            label: visit.say("Look for duplicates"),
            icon: "arrow-merge",
            act: Act::Link(format!("{}/look-alikes", seen.url()).into()),
            ..MenuItem::default()
        });
    }
    if seen.record().deleted_at.is_none() && seen.may(Verb::Delete)? {
        items.push(MenuItem {
            label: visit.say("Move to the trash"),
            icon: "trash",
            act: Act::Post { url: format!("{}/deletion", seen.url()).into(), csrf: visit.csrf.clone().into() },
            danger: true,
            line_above: true,
            ..MenuItem::default()
        });
    }
    let button = Button {
        label: visit.say("More to do"),
        icon: "dots",
        icon_only: true,
        kind: ui::Kind::Bare,
        ..Button::default()
    };
    Ok(Some(Menu { id: "record-menu".into(), button, items }))
}

/// Previous and next in the list one came from.
fn place<'a>(seen: &Seen<'a>, list: &ListAddress, from: &str) -> Result<Option<Place<'a>>> {
    let visit = seen.visit;
    if seen.record().deleted_at.is_some() {
        return Ok(None);
    }
    let mut query: Query = list.query();
    if query.sort.is_empty() {
        query.sort = vec![seen.model.fields[seen.model.title].key.to_owned()];
    }
    let (previous, next) = visit.engine().neighbours(&visit.actor, &query, seen.record())?;
    let tail = if from.is_empty() { String::new() } else { format!("?{}", crate::posted::encode(&[("from", from)])) };
    let url = |id: Option<Id>| id.map_or("".into(), |id| format!("/{}/{id}{tail}", seen.path).into());
    Ok(Some(Place {
        text: "".into(),
        previous_url: url(previous),
        previous_word: visit.say("Previous"),
        next_url: url(next),
        next_word: visit.say("Next"),
    }))
}

pub async fn delete(Path((path, id)): Path<(String, String)>, ask: Ask, posted: Posted) -> Response {
    ask.act(posted, move |visit, _| {
        let seen = Seen::itself(visit, &path, &id)?;
        let rids: [Rid; 1] = [seen.record().rid];
        let operation = visit.engine().delete(&visit.actor, seen.model.entity.key, &rids)?;
        let said = visit.text(say!("{title} moved to the trash", title = seen.record().title.clone()));
        let from_page = visit.ask.header("hx-current-url").contains(&id);
        undo::done(visit, operation, &said, if from_page { Some(format!("/{path}")) } else { None })
    })
    .await
}

pub async fn restore(Path((path, id)): Path<(String, String)>, ask: Ask, posted: Posted) -> Response {
    ask.act(posted, move |visit, _| {
        let (model, _) = at(&visit.catalogue, &path)?;
        let id: Id = id.parse().map_err(|_| Error::Missing)?;
        // Itself, not what it may have been merged into.
        let rids = visit.engine().rows(&visit.actor, &path, &[id])?;
        let operation = visit.engine().restore(&visit.actor, model.entity.key, &rids)?;
        let title = visit.engine().title_of(&visit.actor, id)?.ok_or(Error::Missing)?;
        undo::done(visit, operation, &visit.text(say!("{title} is back", title = title)), None)
    })
    .await
}
