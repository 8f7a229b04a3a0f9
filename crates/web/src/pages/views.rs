//! Saved views of a list.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use base::{Error, Id, Problem};
use maud::{Markup, html};
use ui::widgets::Widget;
use ui::{Act, Button, Dialog, FormField};

use crate::answer::{html as answer, note, with_status};
use crate::pages::undo;
use crate::parts::address::ListAddress;
use crate::parts::shell;
use crate::posted::Posted;
use crate::{Ask, Visit};

fn dialog(visit: &Visit, path: &str, query: &str, name: &str, problem: Option<&Problem>) -> Markup {
    let name = FormField {
        name: "name".into(),
        label: visit.say("Name"),
        widget: Widget::Text { value: name.to_owned().into(), kind: "text", autocomplete: "off", max: 60, code: false },
        note: problem.map(|problem| note(visit.words(), problem)),
        required: true,
        wide: true,
        autofocus: true,
        ..FormField::default()
    };
    let shared = FormField {
        name: "shared".into(),
        label: visit.say("For everybody"),
        widget: Widget::Tick { on: false },
        wide: true,
        ..FormField::default()
    };
    ui::dialog(&Dialog {
        title: visit.say("Save the view"),
        text: visit.say("Filters, order and columns, under a name."),
        body: html! { (ui::form_field(&name)) (ui::form_field(&shared)) },
        buttons: vec![Button {
            label: visit.say("Save"),
            kind: ui::Kind::Primary,
            act: Act::Submit { name: "".into(), value: "".into(), form: "".into() },
            ..Button::default()
        }],
        action: format!("/{path}/views").into(),
        csrf: visit.csrf.clone().into(),
        hidden: vec![("query".into(), query.to_owned().into())],
        close: visit.say("Close"),
        ..Dialog::default()
    })
}

pub async fn ask(Path(path): Path<String>, ask: Ask) -> Response {
    ask.run(move |visit| {
        let address = ListAddress::read(&path, &visit.ask.query)?;
        let dialog = dialog(visit, &path, &address.query_string(), "", None);
        if visit.ask.is_fragment() {
            return answer(dialog);
        }
        answer(shell::page(visit, &visit.say("Save the view"), Some(&path), dialog))
    })
    .await
}

pub async fn save(Path(path): Path<String>, ask: Ask, posted: Posted) -> Response {
    ask.act(posted, move |visit, posted| {
        let address = ListAddress { view: String::new(), ..ListAddress::read(&path, posted.first("query"))? };
        let shared = posted.all("shared").any(|value| !value.is_empty());
        match visit.engine().save_view(&visit.actor, &path, posted.first("name"), shared, &address.query_string()) {
            Ok(id) => {
                let to = ListAddress { view: id.to_string(), ..address }.url();
                undo::done(visit, None, &visit.say("View saved"), Some(to))
            }
            Err(Error::Refused(problems)) => {
                let dialog = dialog(visit, &path, posted.first("query"), posted.first("name"), problems.first());
                Ok(with_status(StatusCode::CONFLICT, dialog))
            }
            Err(other) => Err(other),
        }
    })
    .await
}

pub async fn delete(Path(id): Path<String>, ask: Ask, posted: Posted) -> Response {
    ask.act(posted, move |visit, _| {
        let id: Id = id.parse().map_err(|_| Error::Missing)?;
        visit.engine().delete_view(&visit.actor, id)?;
        undo::done(visit, None, &visit.say("View deleted"), None)
    })
    .await
}
