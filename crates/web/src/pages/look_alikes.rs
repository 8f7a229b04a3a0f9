//! Records that may be what one is about to write a second time, told beside the form while one types.

use axum::extract::Path;
use axum::response::Response;
use base::codes::Code;
use base::{Text, say};
use engine::look_alikes::{LookAlike, Why};
use engine::query::at;
use engine::titles::Titles;
use maud::{Markup, html};
use meta::access::Verb;
use meta::{Kind, Model};
use ui::{Act, Button, Panel, PanelRow};

use crate::answer::html as answer;
use crate::pages::record::Seen;
use crate::parts::{fields, read_form, shell};
use crate::posted::{Posted, parse};
use crate::{Ask, Visit};

/// The place in the form of a new record, by the form's id; none for what has nothing to be known again by.
pub fn place(model: &Model, path: &str, form: &str) -> Option<Markup> {
    if model.entity.keys.is_empty() || model.entity.house {
        return None;
    }
    let typed = format!("input changed delay:400ms from:#{form}, change delay:200ms from:#{form}");
    Some(html! {
        div.look-alikes id="look-alikes" aria-live="polite" hx-post={ "/" (path) "/look-alikes?form=" (form) } hx-trigger=(typed)
            hx-sync="this:replace" hx-swap="innerHTML" hx-include={ "#" (form) } hx-params="not csrf" {}
    })
}

pub async fn ask(Path(path): Path<String>, ask: Ask, posted: Posted) -> Response {
    ask.act(posted, move |visit, posted| {
        let (model, face) = at(&visit.catalogue, &path)?;
        if !engine::access::may(&visit.actor, model, face, Verb::Create) {
            return Err(engine::access::denied(Verb::Create));
        }
        let mut values = model.fixed(face);
        for (at, value) in read_form::read(visit, model, posted)?.values {
            values.retain(|(known, _)| *known != at);
            values.push((at, value));
        }
        let found = visit.engine().look_alikes(&visit.actor, &path, values, None)?;
        let form = parse(&visit.ask.query).into_iter().find(|(name, _)| name == "form").map(|(_, form)| form);
        answer(shown(visit, model, &found, form.as_deref().unwrap_or("record-form")))
    })
    .await
}

/// Those of a record that is there, each a click away from being one with it.
pub async fn of_record(Path((path, id)): Path<(String, String)>, ask: Ask) -> Response {
    ask.run(move |visit| {
        let seen = Seen::read(visit, &path, &id)?;
        let record = seen.record();
        let values = record.values.iter().cloned().enumerate().collect();
        let found = visit.engine().look_alikes(&visit.actor, &path, values, Some(record.rid))?;
        let merge = |other: &LookAlike| format!("/{path}/merge?ids={},{}", record.id, other.found.id);
        let rows = found.iter().map(|one| PanelRow {
            title: one.found.title.clone().into(),
            url: format!("/{}/{}", one.found.path, one.found.id).into(),
            cells: vec![ui::Cell::Text(visit.text(why(seen.model, one.why, visit)).into())],
            end: Some(ui::button(&Button {
                label: visit.say("Compare and merge"),
                icon: "arrow-merge",
                small: true,
                act: Act::Link(merge(one).into()),
                ..Button::default()
            })),
            ..PanelRow::default()
        });
        let panel = Panel {
            id: "look-alikes".into(),
            title: visit.say("Perhaps the same"),
            rows: rows.collect(),
            empty: visit.say("Nothing looks like this one."),
            ..Panel::default()
        };
        let content = html! {
            div.list {
                header.title-bar { h1 { a href=(seen.url()) { (record.title) } } }
                div.home { (ui::panel(&panel)) }
            }
        };
        answer(shell::page(visit, &record.title, Some(&path), content))
    })
    .await
}

fn shown(visit: &Visit, model: &Model, found: &[LookAlike], form: &str) -> Markup {
    html! {
        @if !found.is_empty() {
            div.look-alikes-card {
                h2 { (visit.say("Perhaps it is here already")) }
                ul { @for one in found { (look_alike(visit, model, one, form)) } }
            }
        }
    }
}

fn look_alike(visit: &Visit, model: &Model, one: &LookAlike, form: &str) -> Markup {
    let url = format!("/{}/{}", one.found.path, one.found.id);
    let said = one.found.subtitle.iter();
    let said = said.map(|(at, value)| fields::plain(visit, model, *at, value, &Titles::default()));
    let subtitle: Vec<String> = said.filter(|part| !part.is_empty()).collect();
    let join = Button {
        label: visit.say("Complete this one"),
        icon: "arrow-merge",
        small: true,
        act: Act::SubmitTo { url: format!("{url}/joining").into(), form: form.to_owned().into() },
        ..Button::default()
    };
    html! {
        li {
            // In a tab of its own: what is typed stays where it is.
            a href=(url) target="_blank" { b { (one.found.title) } (ui::icon("external-link")) }
            @if !subtitle.is_empty() { span.muted { (subtitle.join(" · ")) } }
            span.look-alike-why { (ui::icon("info-circle")) (visit.text(why(model, one.why, visit))) }
            (ui::button(&join))
        }
    }
}

/// Why two may be the same, in words.
pub(super) fn why(model: &Model, why: Why, visit: &Visit) -> Text {
    match why {
        Why::SameName => say!("Same name"),
        Why::NearName => say!("Nearly the same name in the same town"),
        Why::Same(at) => match model.fields[at].kind {
            Kind::Emails => say!("Same e-mail"),
            Kind::Phones => say!("Same phone number"),
            Kind::Code(Code::VatNumber) => say!("Same VAT number"),
            Kind::Code(Code::TaxCode) => say!("Same tax code"),
            Kind::Text { .. } => say!("Same code"),
            _ => say!("Same {field}", field = model.label(at, visit.words())),
        },
    }
}
