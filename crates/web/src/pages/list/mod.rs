//! The list of an entity or a face.

mod acts;
mod asked;
mod columns;

pub(super) use asked::Asked;
pub use columns::columns;

use axum::extract::Path;
use axum::response::Response;
use base::{Error, Problem, Result, say};
use engine::Listed;
use engine::query::COUNT_CAP;
use engine::titles::Titles;
use maud::{Markup, html};
use meta::access::Verb;
use ui::{Act, Button, Count, Filters, List, Quick};

use self::acts::{bulk, row_menu, views};
use crate::answer::{html as answer, redirect};
use crate::pages::{board, figures};
use crate::parts::address::{ListAddress, Of, Shape};
use crate::parts::filters::{self, Added};
use crate::parts::shell;
use crate::posted::parse;
use crate::{Ask, Visit};

pub async fn page(Path(path): Path<String>, ask: Ask) -> Response {
    ask.run(move |visit| {
        if visit.ask.query.is_empty()
            && let Some(view) = visit.engine().first_view(&visit.actor, &path)?
        {
            let address = ListAddress { view: view.id.to_string(), ..ListAddress::read(&path, &view.query)? };
            return Ok(redirect(visit.ask, &address.url()));
        }
        let asked = Asked::read(visit, &path)?;
        let wrong = match filters::added(visit, asked.model, &asked.address, &visit.ask.query) {
            Added::Address(address) => return Ok(redirect(visit.ask, &address.url())),
            Added::Wrong(form) => Some(form),
            Added::Nothing => None,
        };
        if let Some(shape) = &asked.address.shape {
            let nothing = nothing(visit);
            let shown = match shape.of {
                Of::Board => board::board(&asked)?,
                Of::Figures => figures::figures(&asked)?,
            };
            let other = Instead { board: Some(shown), filter: wrong, ..Instead::default() };
            return answer(shell::page(visit, &asked.plural(), Some(&path), whole(&asked, &nothing, other)?));
        }
        let content = match asked.page(None) {
            // Said in the list itself, where another order can be chosen.
            Err(Error::Refused(problems)) if !asked.address.sort.is_empty() => unsorted(&asked, &problems)?,
            listed => whole(&asked, &listed?, Instead { filter: wrong, ..Instead::default() })?,
        };
        answer(shell::page(visit, &asked.plural(), Some(&path), content))
    })
    .await
}

/// In place of the rows: why they are not shown in this order, and a way out.
fn unsorted(asked: &Asked, problems: &[Problem]) -> Result<Markup> {
    let visit = asked.visit;
    let why: Vec<String> = problems.iter().map(|problem| visit.text(problem.text.clone())).collect();
    let usual = ListAddress { sort: Vec::new(), ..asked.address.clone() };
    let instead = ui::empty_filter(&why.join(" "), &visit.say("The usual order"), &usual.url());
    whole(asked, &nothing(visit), Instead { rows: Some(instead), ..Instead::default() })
}

fn nothing(visit: &Visit) -> Listed {
    let (catalogue, titles) = (visit.catalogue.clone(), Titles::default());
    Listed { catalogue, records: Vec::new(), titles, next: None, early: false }
}

/// What stands in the place of something usual.
#[derive(Default)]
struct Instead {
    rows: Option<Markup>,
    /// All of the table.
    board: Option<Markup>,
    /// The form of a filter that does not hold, in sight.
    filter: Option<Markup>,
}

fn whole(asked: &Asked, listed: &Listed, other: Instead) -> Result<Markup> {
    let visit = asked.visit;
    let address = &asked.address;
    let plain = address.filter.is_everything() && address.search.is_empty() && !address.trash;
    let may = |verb| asked.may(verb);
    let instead = match (listed.records.is_empty() && !listed.early, plain) {
        _ if other.rows.is_some() || other.board.is_some() => other.rows,
        (false, _) => None,
        (true, true) => Some(nothing_yet(asked, may(Verb::Create), may(Verb::Import))),
        (true, false) => Some(ui::empty_filter(
            &visit.say("Nothing with these filters."),
            &visit.say("Remove the filters"),
            &address.everything(),
        )),
    };
    let clear = !plain;
    let mut actions = Vec::new();
    actions.extend(shapes(asked));
    let shown = match address.shape.as_ref().map(|shape| shape.of) {
        None => Some("Columns"),
        Some(Of::Board) => Some("Card fields"),
        Some(Of::Figures) => None,
    };
    if let Some(label) = shown {
        actions.push(Button {
            label: visit.say(label),
            icon: "columns-3",
            kind: ui::Kind::Bare,
            act: Act::Dialog(address.under("/columns").into()),
            ..Button::default()
        });
    }
    if asked.model.entity.house {
        // Users lead to teams, and teams to users.
        let others = visit.catalogue.models.iter().filter(|other| other.entity.house);
        actions.extend(others.filter(|other| other.entity.key != asked.model.entity.key).map(|other| Button {
            label: other.plural(visit.words()).into(),
            icon: other.entity.icon,
            kind: ui::Kind::Bare,
            act: Act::Link(format!("/{}", other.entity.path).into()),
            ..Button::default()
        }));
    }
    // What the house keeps is not among what everybody creates.
    if asked.model.entity.house && may(Verb::Create) {
        let called = asked.called();
        actions.push(Button {
            label: visit.text(say!("New {what}", what = called.singular.to_lowercase(), gender = called.gender)).into(),
            icon: "plus",
            kind: ui::Kind::Quiet,
            act: Act::Link(format!("/{}/new", address.path).into()),
            ..Button::default()
        });
    }
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
        "" | ListAddress::ALL if address.is_plain() || address.is_all() => None,
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
        edit_url: format!("/{}/{{id}}/fields/{{key}}?cell=1", address.path).into(),
        import_url: if may(Verb::Import) { format!("/{}/import", address.path).into() } else { "".into() },
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
            open: other.filter.is_some(),
            add: Some(other.filter.unwrap_or_else(|| filters::form(visit, asked.model, address, None, None))),
            save,
            clear: clear.then(|| Button {
                label: visit.say("Remove the filters"),
                kind: ui::Kind::Bare,
                act: Act::Link(address.everything().into()),
                ..Button::default()
            }),
        },
        count: if instead.is_some() || other.board.is_some() {
            Count::default()
        } else {
            Count { url: address.under("/count").into(), text: "".into() }
        },
        columns: if address.shape.is_some() { Vec::new() } else { asked.heads() },
        rows: asked.rows(listed),
        more: asked.more(listed),
        instead,
        by: board::choose_group(asked)
            .into_iter()
            .chain(board::choose_by(asked))
            .chain(figures::choose_by(asked))
            .collect(),
        board: other.board,
        row_menu: row_menu(asked),
        bulk: address.shape.is_none().then(|| bulk(asked)),
        words: asked.words(),
        ..List::default()
    };
    Ok(ui::list(&list))
}

/// The other shapes that the list can have.
fn shapes<'a>(asked: &Asked<'a>) -> Vec<Button<'a>> {
    let (visit, address) = (asked.visit, &asked.address);
    let now = address.shape.as_ref().map(|shape| shape.of);
    let board =
        (!board::ways(asked.model, asked.face).is_empty()).then_some((Some(Of::Board), "Board", "layout-kanban"));
    let figures = figures::declared(asked.model).map(|figures| (Some(Of::Figures), figures.label, "chart-bar"));
    let all = [Some((None, "As a list", "list")), board, figures].into_iter().flatten();
    let others = all.filter(|(of, ..)| *of != now && !address.trash);
    let button = |(of, label, icon): (Option<Of>, &'static str, &'static str)| Button {
        label: visit.say(label),
        icon,
        kind: ui::Kind::Bare,
        act: Act::Link(ListAddress { shape: of.map(Shape::of), ..address.clone() }.url().into()),
        ..Button::default()
    };
    others.map(button).collect()
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

/// The next rows, below those already shown.
pub async fn rows(Path(path): Path<String>, ask: Ask) -> Response {
    ask.run(move |visit| {
        let asked = Asked::read(visit, &path)?;
        let cursor = parse(&visit.ask.query).into_iter().find(|(name, _)| name == "after").map(|(_, cursor)| cursor);
        let key = visit.engine().passing_key();
        let mark = cursor.map(|cursor| crate::api::cursor::mark(key, &asked.question(), &cursor)).transpose();
        let mark = mark.map_err(|_| base::Error::Unreadable("The list has changed: load it again".into()))?;
        let listed = asked.page(mark.as_ref())?;
        let rows = asked.rows(&listed);
        let more = asked.more(&listed).or_else(|| asked.end(&listed));
        if visit.ask.is_fragment() {
            return answer(ui::rows(&rows, &asked.heads(), more.as_ref(), &asked.words()));
        }
        let content = whole(&asked, &listed, Instead::default())?;
        answer(shell::page(visit, &asked.plural(), Some(&path), content))
    })
    .await
}

/// The late count.
pub async fn count(Path(path): Path<String>, ask: Ask) -> Response {
    ask.run(move |visit| {
        let asked = Asked::read(visit, &path)?;
        let counted = visit.engine().count(&visit.actor, &asked.query())?;
        let text = match counted.or_more {
            true if counted.found == COUNT_CAP => visit.text(say!("more than {count}", count = COUNT_CAP)),
            true if counted.found == 0 => String::new(),
            true => visit.text(say!("at least {count}", count = counted.found)),
            false => visit.text(say!("{count} in all", count = counted.found)),
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
