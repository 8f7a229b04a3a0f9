//! Which columns a list shows, in which order; of a board, which fields its cards show.

use axum::extract::Path;
use axum::response::Response;
use base::Result;
use maud::html;
use ui::{Act, Button};

use super::asked::Asked;
use crate::Ask;
use crate::answer::{html as answer, redirect};
use crate::pages::board;
use crate::parts::address::{ListAddress, Of};
use crate::parts::shell;
use crate::posted::parse;

/// What is chosen, and where the choice is kept.
struct Question {
    title: &'static str,
    text: &'static str,
    kept: String,
    /// Positions of the fields that are shown now.
    shown: Vec<usize>,
    /// Of all that can be, those that are shown first.
    offered: Vec<usize>,
}

/// Shows what is chosen now; with an answer in the address it is remembered, and leads back to the list.
pub async fn columns(Path(path): Path<String>, ask: Ask) -> Response {
    ask.run(move |visit| {
        let asked = Asked::read(visit, &path)?;
        let question = question(&asked)?;
        let pairs = parse(&visit.ask.query);
        let chosen: Vec<&str> = pairs.iter().filter(|(name, value)| name == "column" && !value.is_empty()).map(|(_, value)| value.as_str()).collect();
        if pairs.iter().any(|(name, _)| name == "column") {
            visit.engine().remember(visit.user.rid, &question.kept, &chosen.join(","))?;
            let address = ListAddress { columns: None, ..asked.address.clone() };
            return Ok(redirect(visit.ask, &address.url()));
        }
        let choices = question.offered.iter().map(|at| ui::widgets::Choice {
            value: asked.model.fields[*at].key.into(),
            label: asked.model.label(*at, visit.words()).into(),
            chosen: question.shown.contains(at),
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
        let dialog = ui::Dialog { title: visit.say(question.title), text: visit.say(question.text), body, close: visit.say("Close"), ..Default::default() };
        if visit.ask.is_fragment() {
            return answer(ui::dialog(&dialog));
        }
        answer(shell::page(visit, &asked.plural(), Some(&path), ui::dialog_page(&dialog)))
    })
    .await
}

fn question(asked: &Asked) -> Result<Question> {
    let (model, path) = (asked.model, &asked.address.path);
    let others = |shown: &[usize]| (0..model.fields.len()).filter(|at| !shown.contains(at)).collect::<Vec<_>>();
    if asked.address.shape.as_ref().is_some_and(|shape| shape.of == Of::Board) {
        let shown = board::card(asked)?;
        let mut offered = shown.clone();
        offered.extend(others(&shown).into_iter().filter(|at| board::may_stand_on_card(asked, *at)));
        let (title, text) = ("Fields of the cards", "The cards show the ones that are ticked.");
        return Ok(Question { title, text, kept: board::chosen_card(path), shown, offered });
    }
    let mut offered = asked.columns[1..].to_vec();
    let others = others(&asked.columns).into_iter().filter(|at| *at != model.title);
    offered.extend(others.filter(|at| model.may_show(asked.face, *at)));
    let (title, text) = ("Columns", "The list shows the ones that are ticked.");
    Ok(Question { title, text, kept: format!("columns.{path}"), shown: asked.columns.clone(), offered })
}
