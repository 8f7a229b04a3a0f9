//! Saved views of a list: made out of what the list shows, changed, taken away, and the one that the list opens with.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use base::{Error, Problem, Result};
use engine::views::View;
use maud::{Markup, html};
use ui::widgets::Widget;
use ui::{Act, Button, Dialog, FormField};

use crate::answer::{html as answer, note, with_status};
use crate::pages::undo;
use crate::parts::address::ListAddress;
use crate::parts::shell;
use crate::posted::Posted;
use crate::{Ask, Visit};

/// What the dialog holds: a new view, or one that is there.
#[derive(Default)]
struct Shown<'a> {
    path: &'a str,
    view: Option<&'a View>,
    name: String,
    shared: bool,
    opens: bool,
    query: String,
    problem: Option<&'a Problem>,
}

fn dialog(visit: &Visit, shown: &Shown) -> Markup {
    let mine = shown.view.is_none_or(|view| is_theirs(visit, view));
    let name = FormField {
        name: "name".into(),
        label: visit.say("Name"),
        widget: Widget::Text {
            value: shown.name.clone().into(),
            kind: "text",
            autocomplete: "off",
            max: 60,
            code: false,
        },
        note: shown.problem.map(|problem| note(visit.words(), problem)),
        required: true,
        wide: true,
        autofocus: true,
        ..FormField::default()
    };
    let tick = |name: &'static str, label: &'static str, on: bool| FormField {
        name: name.into(),
        label: visit.say(label),
        widget: Widget::Tick { on },
        wide: true,
        ..FormField::default()
    };
    let body = html! {
        @if mine { (ui::form_field(&name)) (ui::form_field(&tick("shared", "For everybody", shown.shared))) }
        (ui::form_field(&tick("opens", "My list opens with it", shown.opens)))
    };
    let place = shown.view.map_or(String::new(), |view| format!("/{}", view.id));
    let mut buttons = vec![Button {
        label: visit.say("Save"),
        kind: ui::Kind::Primary,
        act: Act::Submit { name: "".into(), value: "".into(), form: "".into() },
        ..Button::default()
    }];
    if mine && shown.view.is_some() {
        let act = Act::Submit { name: "then".into(), value: "delete".into(), form: "".into() };
        buttons.insert(0, Button { label: visit.say("Delete"), kind: ui::Kind::Danger, act, ..Button::default() });
    }
    let inside = if visit.ask.is_fragment() { ui::dialog } else { ui::dialog_page };
    inside(&Dialog {
        title: visit.say(if shown.view.is_some() { "This view" } else { "Save the view" }),
        text: visit.say("Filters, order and columns, under a name."),
        body,
        buttons,
        action: format!("/{}/views{place}", shown.path).into(),
        csrf: visit.csrf.clone().into(),
        hidden: vec![("query".into(), shown.query.clone().into())],
        close: visit.say("Close"),
        ..Dialog::default()
    })
}

/// Whether someone may change a view: its owner, or the administrator one of everybody.
fn is_theirs(visit: &Visit, view: &View) -> bool {
    view.owner == visit.user.rid || (view.shared && visit.actor.person.rights.admin)
}

fn shown(visit: &Visit, path: &str, dialog: Markup) -> Result<Response> {
    if visit.ask.is_fragment() {
        return answer(dialog);
    }
    answer(shell::page(visit, &visit.say("Save the view"), Some(path), dialog))
}

/// What the list shows, without the name of the view that it began from.
fn query_of(path: &str, query: &str) -> Result<ListAddress> {
    Ok(ListAddress { view: String::new(), ..ListAddress::read(path, query)? })
}

pub async fn ask(Path(path): Path<String>, ask: Ask) -> Response {
    ask.run(move |visit| {
        let query = query_of(&path, &visit.ask.query)?.query_string();
        shown(visit, &path, dialog(visit, &Shown { path: &path, query, ..Shown::default() }))
    })
    .await
}

pub async fn ask_one(Path((path, id)): Path<(String, String)>, ask: Ask) -> Response {
    ask.run(move |visit| {
        let view = visit.engine().view(&visit.actor, &path, id.parse().map_err(|_| Error::Missing)?)?;
        let first = visit.engine().first_view(&visit.actor, &path)?;
        let what = Shown {
            path: &path,
            name: view.name.clone(),
            shared: view.shared,
            opens: first.is_some_and(|first| first.id == view.id),
            query: query_of(&path, &visit.ask.query)?.query_string(),
            view: Some(&view),
            problem: None,
        };
        shown(visit, &path, dialog(visit, &what))
    })
    .await
}

pub async fn save(Path(path): Path<String>, ask: Ask, posted: Posted) -> Response {
    ask.act(posted, move |visit, posted| keep(visit, &path, None, posted)).await
}

pub async fn change(Path((path, id)): Path<(String, String)>, ask: Ask, posted: Posted) -> Response {
    ask.act(posted, move |visit, posted| {
        let view = visit.engine().view(&visit.actor, &path, id.parse().map_err(|_| Error::Missing)?)?;
        if posted.first("then") == "delete" {
            visit.engine().delete_view(&visit.actor, view.id)?;
            // What it showed stays in sight, so that it can be saved again.
            let to = query_of(&path, &view.query)?.url();
            return undo::done(visit, None, &visit.say("View deleted: the list still shows it"), Some(to));
        }
        keep(visit, &path, Some(&view), posted)
    })
    .await
}

fn keep(visit: &Visit, path: &str, view: Option<&View>, posted: &Posted) -> Result<Response> {
    let ticked = |name: &str| posted.all(name).any(|value| !value.is_empty());
    let address = query_of(path, posted.first("query"))?;
    let (name, shared, query) = (posted.first("name"), ticked("shared"), address.query_string());
    let engine = visit.engine();
    let kept = match view {
        None => engine.save_view(&visit.actor, path, name, shared, &query),
        Some(view) if is_theirs(visit, view) => {
            engine.change_view(&visit.actor, view.id, name, shared, &query).map(|()| view.id)
        }
        Some(view) => Ok(view.id),
    };
    match kept {
        Ok(id) => {
            let first = engine.first_view(&visit.actor, path)?.map(|first| first.id);
            match (ticked("opens"), first == Some(id)) {
                (true, false) => engine.open_with(&visit.actor, path, Some(id))?,
                (false, true) => engine.open_with(&visit.actor, path, None)?,
                _ => {}
            }
            let to = ListAddress { view: id.to_string(), ..address }.url();
            undo::done(visit, None, &visit.say("View saved"), Some(to))
        }
        Err(Error::Refused(problems)) => {
            let what = Shown {
                path,
                view,
                name: name.to_owned(),
                shared,
                opens: ticked("opens"),
                query,
                problem: problems.first(),
            };
            Ok(with_status(StatusCode::CONFLICT, dialog(visit, &what)))
        }
        Err(other) => Err(other),
    }
}
