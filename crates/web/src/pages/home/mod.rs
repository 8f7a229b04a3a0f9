//! The start page: what was opened last, and what there is.

pub mod steps;

use axum::response::Response;
use maud::html;
use ui::{Act, Button};

use crate::Ask;
use crate::answer::html as answer;
use crate::parts::shell;

/// All places, for the phone: its bar has room for three.
pub async fn more(ask: Ask) -> Response {
    ask.run(|visit| answer(shell::page(visit, &visit.say("More"), Some(shell::MORE), shell::places(visit)))).await
}

pub async fn page(ask: Ask) -> Response {
    ask.run(|visit| {
        let recent = visit.engine().recent(&visit.actor, 12)?;
        let first = visit.user.name.split_whitespace().next().unwrap_or_default().to_owned();
        let greeting = visit.text(base::say!("Hello {name}", name = first));
        let doors = visit.places().filter_map(|path| {
            let (model, face) = visit.catalogue.at_path(path)?;
            let label = model.called(face, visit.words()).plural;
            Some(Button { label: label.into(), icon: face.map_or(model.entity.icon, |face| face.icon), act: Act::Link(format!("/{path}").into()), ..Button::default() })
        });
        let content = html! {
            div.list {
                header.title-bar { h1 { (greeting) } div.title-end { @for door in doors { (ui::button(&door)) } } }
                div.home {
                    (steps::steps(visit, !recent.is_empty())?)
                    h2 { (visit.say("Opened last")) }
                    @if recent.is_empty() { p.muted { (visit.say("What you open is found here again.")) } }
                    @else {
                        ul.recent { @for found in &recent {
                            @let what = visit.catalogue.at_path(found.path).map(|(model, face)| model.called(face, visit.words()).singular);
                            li { a href={ "/" (found.path) "/" (found.id) } {
                                (ui::avatar(&ui::Avatar { id: found.id.to_string().into(), initials: base::names::initials(&found.title).into(), name: found.title.clone().into(), ..Default::default() }, ""))
                                b { (found.title) }
                                @if let Some(what) = what { span.muted { (what) } }
                            } }
                        } }
                    }
                }
            }
        };
        answer(shell::page(visit, &visit.say("Today"), Some("/"), content))
    })
    .await
}
