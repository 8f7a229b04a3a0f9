//! Which columns a list shows, in which order.

use axum::extract::Path;
use axum::response::Response;
use maud::html;
use ui::{Act, Button};

use super::asked::Asked;
use crate::Ask;
use crate::answer::{html as answer, redirect};
use crate::parts::address::ListAddress;
use crate::parts::shell;
use crate::posted::parse;

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
        let others = (0..asked.model.fields.len()).filter(|at| *at != asked.model.title && !asked.columns.contains(at));
        offered.extend(others.filter(|at| asked.model.may_show(asked.face, *at)));
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
