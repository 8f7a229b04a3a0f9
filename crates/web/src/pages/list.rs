//! The list of an entity or a face.

use axum::extract::Path;
use axum::response::Response;
use base::{Result, say};
use engine::query::{COUNT_CAP, at};
use engine::{Listed, Query};
use maud::{Markup, html};
use meta::access::Verb;
use meta::entity::Face;
use meta::{Kind, Model, Record};
use store::list::Mark;
use ui::{Act, Bulk, Button, Column, Count, Filters, List, ListWords, MenuItem, More, Phone, Quick, Row, Sorted, Tab};

use crate::answer::{html as answer, redirect};
use crate::parts::address::ListAddress;
use crate::parts::{fields, filters, shell};
use crate::posted::parse;
use crate::{Ask, Visit};

/// Rows of a page.
const PAGE: usize = 50;

/// A list as it is asked for.
pub(super) struct Asked<'a> {
    visit: &'a Visit<'a>,
    model: &'a Model,
    face: Option<&'static Face>,
    pub(super) address: ListAddress,
    /// Positions of the columns that are shown, the title first.
    pub(super) columns: Vec<usize>,
}

impl<'a> Asked<'a> {
    pub(super) fn read(visit: &'a Visit<'a>, path: &str) -> Result<Asked<'a>> {
        Asked::at(visit, path, &visit.ask.query)
    }

    fn at(visit: &'a Visit<'a>, path: &str, query: &str) -> Result<Asked<'a>> {
        let (model, face) = at(&visit.catalogue, path)?;
        let address = ListAddress::read(path, query)?;
        let declared =
            || model.positions(face.map(|face| face.list).filter(|list| !list.is_empty()).unwrap_or(model.entity.list));
        let remembered = visit.engine().preference(visit.user.rid, &format!("columns.{path}"))?;
        let named = |keys: Vec<&str>| keys.into_iter().filter_map(|key| model.position(key)).collect::<Vec<_>>();
        let mut columns = match (&address.columns, &remembered) {
            (Some(keys), _) => named(keys.iter().map(String::as_str).collect()),
            (None, Some(keys)) => named(keys.split(',').collect()),
            (None, None) => declared(),
        };
        // The first column is always the title.
        columns.retain(|at| *at != model.title);
        columns.insert(0, model.title);
        Ok(Asked { visit, model, face, address, columns })
    }

    /// The order by default: the title, then the newest.
    pub(super) fn query(&self) -> Query {
        let mut query = self.address.query();
        if query.sort.is_empty() {
            query.sort = vec![self.model.fields[self.model.title].key.to_owned()];
        }
        query
    }

    /// What a place in the list holds for.
    fn question(&self) -> String {
        format!("{:?}", self.query())
    }

    fn page(&self, after: Option<&Mark>) -> Result<Listed> {
        let mut read = self.columns.clone();
        // The picture and what decides whether it is round.
        let extra = self.model.entity.picture.iter().map(|field| field.def().key);
        let conditions =
            self.model.entity.faces.iter().flat_map(|face| face.only.iter().map(|condition| condition.field));
        for at in extra.chain(conditions).filter_map(|key| self.model.position(key)) {
            if !read.contains(&at) {
                read.push(at);
            }
        }
        self.visit.engine().list(&self.visit.actor, &self.query(), &read, after, PAGE)
    }

    pub(super) fn plural(&self) -> String {
        self.called().plural
    }

    fn called(&self) -> meta::Called {
        self.model.called(self.face, self.visit.words())
    }

    fn heads(&self) -> Vec<Column<'a>> {
        let sort = self.query().sort.first().cloned().unwrap_or_default();
        let may_change = engine::access::may(&self.visit.actor, self.model, self.face, Verb::Change);
        let mut lines = [Phone::Second, Phone::Second, Phone::Third].into_iter();
        self.columns
            .iter()
            .map(|at| {
                let def = &self.model.fields[*at];
                let sorted = match sort.strip_prefix('-') {
                    Some(key) if key == def.key => Some(Sorted::Down),
                    None if sort == def.key => Some(Sorted::Up),
                    _ => None,
                };
                let next = match sorted {
                    Some(Sorted::Up) => format!("-{}", def.key),
                    Some(Sorted::Down) => def.key.to_owned(),
                    // Of numbers and dates people want the largest first.
                    None if def.kind.is_number() || matches!(def.kind, Kind::Date | Kind::Instant) => {
                        format!("-{}", def.key)
                    }
                    None => def.key.to_owned(),
                };
                let phone = match def.kind {
                    _ if *at == self.model.title => Phone::Hidden,
                    Kind::Phones => Phone::Call,
                    Kind::Pick(_) | Kind::Text { .. } | Kind::Emails | Kind::Link(_) => {
                        lines.next().unwrap_or(Phone::Hidden)
                    }
                    _ => Phone::Hidden,
                };
                Column {
                    key: def.key.into(),
                    edit_url: if may_change && super::field::is_edited_in_place(def) {
                        format!("/{}/{{id}}/fields/{}?cell=1", self.address.path, def.key).into()
                    } else {
                        "".into()
                    },
                    label: self.model.label(*at, self.visit.words()).into(),
                    sort_url: if def.kind.sorts() { self.address.with_sort(&next).url().into() } else { "".into() },
                    sorted,
                    right: def.kind.is_number(),
                    phone,
                }
            })
            .collect()
    }

    fn rows(&self, listed: &Listed) -> Vec<Row<'a>> {
        let query = self.address.query_string();
        let from = if query.is_empty() {
            String::new()
        } else {
            format!("?from={}", crate::posted::encode(&[("f", &query)])[2..].to_owned())
        };
        let row = |record: &Record| Row {
            id: record.id.to_string().into(),
            url: format!("/{}/{}{from}", self.address.path, record.id).into(),
            avatar: fields::avatar(self.model, record),
            title: if record.title.is_empty() { "–".into() } else { record.title.clone().into() },
            secondary: "".into(),
            cells: self.columns[1..]
                .iter()
                .map(|at| fields::cell(self.visit, self.model, *at, record, &listed.titles))
                .collect(),
        };
        listed.records.iter().map(row).collect()
    }

    /// One row as the list at this address shows it: the answer after one of its cells was edited.
    pub(super) fn row(visit: &'a Visit<'a>, path: &str, query: &str, listed: &Listed) -> Result<Markup> {
        let asked = Asked::at(visit, path, query)?;
        let rows = asked.rows(listed);
        Ok(html! { @for row in &rows { (ui::row(row, &asked.heads(), &asked.words())) } })
    }

    fn more(&self, listed: &Listed) -> Option<More<'a>> {
        let mark = listed.next.as_ref()?;
        let mut url = self.address.under("/rows");
        url.push(if url.contains('?') { '&' } else { '?' });
        url.push_str(&crate::posted::encode(&[("after", crate::api::cursor::of_mark(&self.question(), mark))]));
        Some(More { url: url.into(), label: self.visit.say("Load more") })
    }

    fn words(&self) -> ListWords<'a> {
        let visit = self.visit;
        ListWords {
            select_all: visit.say("Select all"),
            select: visit.say("Select"),
            row_menu: visit.say("What to do with"),
            filters: visit.say("Filters"),
            more: visit.say("More"),
            search: visit.say("Search"),
            sorted_by: visit.say("Sorted by"),
            call: visit.say("Call"),
        }
    }
}

pub async fn page(Path(path): Path<String>, ask: Ask) -> Response {
    ask.run(move |visit| {
        if visit.ask.query.is_empty()
            && let Some(view) = visit.engine().first_view(&visit.actor, &path)?
        {
            let address = ListAddress { view: view.id.to_string(), ..ListAddress::read(&path, &view.query)? };
            return Ok(redirect(visit.ask, &address.url()));
        }
        let asked = Asked::read(visit, &path)?;
        if let Some(address) = filters::added(visit, asked.model, &asked.address, &visit.ask.query) {
            return Ok(redirect(visit.ask, &address.url()));
        }
        let listed = asked.page(None)?;
        let content = whole(&asked, &listed)?;
        answer(shell::page(visit, &asked.plural(), Some(&path), content))
    })
    .await
}

fn whole(asked: &Asked, listed: &Listed) -> Result<Markup> {
    let visit = asked.visit;
    let address = &asked.address;
    let plain = address.filter.is_everything() && address.search.is_empty() && !address.trash;
    let may = |verb| engine::access::may(&visit.actor, asked.model, asked.face, verb);
    let instead = match (listed.records.is_empty(), plain) {
        (false, _) => None,
        (true, true) => Some(nothing_yet(asked, may(Verb::Create), may(Verb::Import))),
        (true, false) => Some(ui::empty_filter(
            &visit.say("Nothing with these filters."),
            &visit.say("Remove the filters"),
            &address.everything(),
        )),
    };
    let clear = !plain;
    let mut actions = vec![Button {
        label: visit.say("Columns"),
        icon: "columns-3",
        kind: ui::Kind::Bare,
        act: Act::Dialog(address.under("/columns").into()),
        ..Button::default()
    }];
    if may(Verb::Import) {
        actions.push(Button {
            label: visit.say("Import"),
            icon: "file-import",
            kind: ui::Kind::Bare,
            act: Act::Link(format!("/{}/import", address.path).into()),
            ..Button::default()
        });
    }
    if may(Verb::Export) && instead.is_none() {
        actions.push(Button {
            label: visit.say("Export"),
            icon: "download",
            kind: ui::Kind::Bare,
            act: Act::Dialog(address.under("/export").into()),
            ..Button::default()
        });
    }
    let save = match address.view.as_str() {
        "" | ListAddress::ALL if address.query_string().is_empty() || address.is_all() => None,
        "" | ListAddress::ALL => Some(("Save the view", "/views".to_owned())),
        id => Some(("This view", format!("/views/{id}"))),
    };
    let save = save.map(|(label, place)| Button {
        label: visit.say(label),
        kind: ui::Kind::Link,
        act: Act::Dialog(address.under(&place).into()),
        ..Button::default()
    });
    let list = List {
        id: address.path.clone().into(),
        title: asked.plural().into(),
        views: views(asked)?,
        actions,
        filters: Filters {
            quick: Some(Quick {
                url: format!("/{}", address.path).into(),
                kept: parse(&ListAddress { search: String::new(), ..address.clone() }.query_string())
                    .into_iter()
                    .map(|(name, value)| (name.into(), value.into()))
                    .collect(),
                value: address.search.clone().into(),
                label: visit.say("Search in the list"),
            }),
            chips: filters::chips(visit, asked.model, address),
            add_word: visit.say("Filter"),
            add: Some(filters::form(visit, asked.model, address, None, None)),
            save,
            clear: clear.then(|| Button {
                label: visit.say("Remove the filters"),
                kind: ui::Kind::Bare,
                act: Act::Link(address.everything().into()),
                ..Button::default()
            }),
        },
        count: if instead.is_some() {
            Count::default()
        } else {
            Count { url: address.under("/count").into(), text: "".into() }
        },
        columns: asked.heads(),
        rows: asked.rows(listed),
        more: asked.more(listed),
        instead,
        row_menu: row_menu(asked),
        bulk: Some(bulk(asked)),
        words: asked.words(),
        ..List::default()
    };
    Ok(ui::list(&list))
}

fn nothing_yet(asked: &Asked, may_create: bool, may_import: bool) -> Markup {
    let visit = asked.visit;
    let path = &asked.address.path;
    let new = Button {
        label: visit.say("Write the first"),
        kind: ui::Kind::Primary,
        act: Act::Link(format!("/{path}/new").into()),
        ..Button::default()
    };
    let import = Button {
        label: visit.say("Import from a file"),
        act: Act::Link(format!("/{path}/import").into()),
        ..Button::default()
    };
    let first = may_create.then(|| ui::Way {
        icon: "plus",
        title: visit.say("Begin with one"),
        text: visit.say("Write what you know: the rest can come later."),
        body: ui::button(&new),
    });
    let file = may_import.then(|| ui::Way {
        icon: "file-import",
        title: visit.say("Bring what you have"),
        text: visit.say("A CSV or Excel file of your old program or spreadsheet: nothing is written before you have seen what comes of it."),
        body: ui::button(&import),
    });
    let ways = first.into_iter().chain(file).collect();
    let called = asked.called();
    ui::empty_state(&ui::Empty {
        title: visit
            .text(say!("Here will be your {plural}", plural = called.plural.to_lowercase(), gender = called.gender))
            .into(),
        text: visit.say("What you and your colleagues write is found here."),
        ways,
        links: vec![("book", visit.say("Read the guide"), "/guide".into())],
    })
}

fn views<'a>(asked: &Asked<'a>) -> Result<Vec<Tab<'a>>> {
    let visit = asked.visit;
    let address = &asked.address;
    let plain = format!("/{}", address.path);
    let gender = asked.called().gender;
    let mut tabs = vec![Tab {
        label: visit.text(say!("All", gender = gender.clone())).into(),
        url: address.everything().into(),
        current: address.query_string().is_empty() || address.is_all(),
        ..Tab::default()
    }];
    if asked.model.in_charge.is_some() {
        let mine = ListAddress::read(&address.path, "in_charge[has]=me")?;
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

fn row_menu<'a>(asked: &Asked<'a>) -> Vec<MenuItem<'a>> {
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
        MenuItem {
            label: visit.say("Edit"),
            icon: "pencil",
            act: Act::Link(format!("/{path}/{{id}}/edit").into()),
            key: "E",
            ..MenuItem::default()
        },
        MenuItem {
            label: visit.say("Copy the address of the record"),
            icon: "copy",
            act: Act::Copy(format!("/{path}/{{id}}").into()),
            line_above: true,
            ..MenuItem::default()
        },
    ];
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

fn bulk<'a>(asked: &Asked<'a>) -> Bulk<'a> {
    let visit = asked.visit;
    let path = &asked.address.path;
    let to = |place: &str| Act::SubmitTo { url: format!("/{path}/bulk/{place}").into(), form: "bulk".into() };
    let verbs: &[(Verb, &'static str, &'static str, &'static str)] = match asked.address.trash {
        false => &[
            (Verb::Bulk, "Edit", "edit", "values"),
            (Verb::Export, "Export", "download", "export"),
            (Verb::Delete, "Bin", "trash", "deletion"),
        ],
        true => &[(Verb::Delete, "Restore", "arrow-back-up", "restoration")],
    };
    let verbs = verbs
        .iter()
        .filter(|(verb, ..)| engine::access::may(&visit.actor, asked.model, asked.face, *verb))
        .map(|(_, label, icon, place)| Button {
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

/// The next rows, below those already shown.
pub async fn rows(Path(path): Path<String>, ask: Ask) -> Response {
    ask.run(move |visit| {
        let asked = Asked::read(visit, &path)?;
        let cursor = parse(&visit.ask.query).into_iter().find(|(name, _)| name == "after").map(|(_, cursor)| cursor);
        let mark = cursor.map(|cursor| crate::api::cursor::mark(&asked.question(), &cursor)).transpose();
        let mark = mark.map_err(|_| base::Error::Unreadable("The list has changed: load it again".into()))?;
        let listed = asked.page(mark.as_ref())?;
        let rows = asked.rows(&listed);
        let more = asked.more(&listed);
        if visit.ask.is_fragment() {
            return answer(ui::rows(&rows, &asked.heads(), more.as_ref(), &asked.words()));
        }
        let content = whole(&asked, &listed)?;
        answer(shell::page(visit, &asked.plural(), Some(&path), content))
    })
    .await
}

/// The late count.
pub async fn count(Path(path): Path<String>, ask: Ask) -> Response {
    ask.run(move |visit| {
        let asked = Asked::read(visit, &path)?;
        let (found, capped) = visit.engine().count(&visit.actor, &asked.query())?;
        let text = match capped {
            true => visit.text(say!("more than {count}", count = COUNT_CAP)),
            false => visit.text(say!("{count} in all", count = found)),
        };
        answer(ui::count(&Count { url: "".into(), text: text.into() }))
    })
    .await
}

/// The form of a filter, for the menu or, without script, as a page.
pub async fn filter(Path(path): Path<String>, ask: Ask) -> Response {
    ask.run(move |visit| {
        let asked = Asked::read(visit, &path)?;
        let pairs = parse(&visit.ask.query);
        let first = |name: &str| pairs.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
        let chip = first("chip").and_then(|chip| chip.parse().ok());
        let form = filters::form(visit, asked.model, &asked.address, chip, first("add.field"));
        if visit.ask.is_fragment() {
            return answer(form);
        }
        answer(shell::page(
            visit,
            &asked.plural(),
            Some(&path),
            html! { div.message { h1 { (visit.say("Filter")) } (form) } },
        ))
    })
    .await
}

/// Which columns are shown, in which order.
pub async fn columns(Path(path): Path<String>, ask: Ask) -> Response {
    ask.run(move |visit| {
        let asked = Asked::read(visit, &path)?;
        let pairs = parse(&visit.ask.query);
        let chosen: Vec<&str> = pairs.iter().filter(|(name, value)| name == "column" && !value.is_empty()).map(|(_, value)| value.as_str()).collect();
        if pairs.iter().any(|(name, _)| name == "column") {
            visit.engine().remember(visit.user.rid, &format!("columns.{path}"), &chosen.join(","))?;
            let address = ListAddress { columns: None, ..asked.address.clone() };
            return Ok(redirect(visit.ask, &address.url()));
        }
        let mut offered: Vec<usize> = asked.columns[1..].to_vec();
        offered.extend((0..asked.model.fields.len()).filter(|at| *at != asked.model.title && !asked.columns.contains(at)));
        let choices = offered.iter().map(|at| ui::widgets::Choice {
            value: asked.model.fields[*at].key.into(),
            label: asked.model.label(*at, visit.words()).into(),
            chosen: asked.columns.contains(at),
            ..Default::default()
        });
        let context = ui::widgets::Context { name: "column", label: "", ..Default::default() };
        let body = html! {
            form method="get" action={ "/" (path) "/columns" } {
                @for (name, value) in parse(&asked.address.query_string()) { input type="hidden" name=(name) value=(value); }
                (ui::widgets::widget(&ui::widgets::Widget::Several { choices: choices.collect() }, &context))
                div.foot-buttons {
                    (ui::button(&Button { label: visit.say("Show these"), kind: ui::Kind::Primary, act: Act::Submit { name: "".into(), value: "".into(), form: "".into() }, ..Button::default() }))
                }
            }
        };
        let dialog = ui::Dialog { title: visit.say("Columns"), text: visit.say("The list shows the ones that are ticked."), body, close: visit.say("Close"), ..Default::default() };
        if visit.ask.is_fragment() {
            return answer(ui::dialog(&dialog));
        }
        answer(shell::page(visit, &asked.plural(), Some(&path), ui::dialog_page(&dialog)))
    })
    .await
}
