//! The first steps of a new installation, on the start page until they are done or put away. Administrators bring in their records,
//! invite a colleague and look around made-up ones; everybody else finds what they may do, until they opened a record.

use axum::response::Response;
use base::words::Language;
use base::{Error, Result};
use engine::first_steps::Examples;
use maud::{Markup, html};
use meta::access::Verb;
use ui::{Act, Button, Text};

use crate::answer::redirect;
use crate::pages::undo;
use crate::posted::Posted;
use crate::{Ask, Visit};

const AWAY: &str = "/first-steps/away";
const EXAMPLES: &str = "/first-steps/examples";

struct Step<'a> {
    icon: &'static str,
    title: Text<'a>,
    text: Text<'a>,
    done: bool,
    acts: Vec<Button<'a>>,
}

/// The cards; nothing where there is nothing to begin with.
pub fn steps(visit: &Visit, opened: bool) -> Result<Markup> {
    if visit.engine().is_made_up()? || visit.engine().are_steps_away(&visit.actor)? {
        return Ok(html! {});
    }
    let steps = match visit.actor.person.rights.admin {
        true => administrators(visit)?,
        false if opened => Vec::new(),
        false => anybodys(visit),
    };
    if steps.iter().all(|step| step.done) {
        return Ok(html! {});
    }
    let away = Button {
        label: visit.say("Put away"),
        icon: "x",
        small: true,
        kind: ui::Kind::Bare,
        act: Act::Post { url: AWAY.into(), csrf: visit.csrf.clone().into() },
        ..Button::default()
    };
    Ok(html! {
        section.first-steps aria-labelledby="first-steps" {
            header { h2 id="first-steps" { (visit.say("First steps")) } (ui::button(&away)) }
            ol { @for step in &steps { (card(visit, step)) } }
        }
    })
}

fn card(visit: &Visit, step: &Step) -> Markup {
    html! {
        li.first-step data-done[step.done] {
            h3 { (ui::icon(if step.done { "circle-check" } else { step.icon })) span { (step.title) } @if step.done { span.first-step-done { (visit.say("Done")) } } }
            p { (step.text) }
            div.first-step-acts { @for act in &step.acts { (ui::button(act)) } }
        }
    }
}

fn administrators<'a>(visit: &Visit<'a>) -> Result<Vec<Step<'a>>> {
    let steps = visit.engine().first_steps(&visit.actor)?;
    let mut cards = Vec::new();
    if let Some(path) = first_with(visit, Verb::Import) {
        cards.push(Step {
            icon: "file-import",
            title: visit.say("Bring in your records"),
            text: visit.say("The list of the old program as it is, from a CSV or Excel file: nothing is written before you have seen what would come of it."),
            done: steps.imported,
            acts: vec![link(visit.say("Import"), format!("/{path}/import"), !steps.imported)],
        });
    }
    cards.push(Step {
        icon: "user-plus",
        title: visit.say("Invite a colleague"),
        text: visit.say("A user of their own, with a role that says what they see; you hand over a link by which they choose a password."),
        done: steps.invited,
        acts: vec![link(visit.say("New user"), "/users/new".to_owned(), !steps.invited)],
    });
    if visit.ask.app.menu.examples.is_some() {
        let post = |label, url: String| Button {
            label,
            act: Act::Post { url: url.into(), csrf: visit.csrf.clone().into() },
            ..Button::default()
        };
        cards.push(Step {
            icon: "eye",
            title: visit.say("Look around made-up records"),
            text: match steps.examples {
                Examples::There(_) => visit.say("They are here, each tagged “example”. One click takes all of them away again, and leaves what you changed yourself."),
                Examples::Gone => visit.say("They were here, and are gone again."),
                Examples::Never => visit.say("A few dozen companies and people that nobody knows, tagged “example”, to try everything on. One click takes all of them away again."),
            },
            done: steps.examples != Examples::Never,
            acts: match steps.examples {
                Examples::There(id) => vec![link(visit.say("Look, or take them away"), format!("/imports/{id}"), false)],
                Examples::Gone => Vec::new(),
                Examples::Never => vec![post(visit.say("Bring them in"), EXAMPLES.to_owned())],
            },
        });
    }
    Ok(cards)
}

fn anybodys<'a>(visit: &Visit<'a>) -> Vec<Step<'a>> {
    let mut cards = Vec::new();
    if let Some(path) = first_with(visit, Verb::Create)
        && let Some((model, face)) = visit.catalogue.at_path(path)
    {
        let called = model.called(face, visit.words());
        cards.push(Step {
            icon: "plus",
            title: visit.say("Write down the first one"),
            text: visit.say("With little more than a name: the rest comes when you know it."),
            done: false,
            acts: vec![link(called.singular.into(), format!("/{path}/new"), true)],
        });
    }
    if let Some(path) = first_with(visit, Verb::Import) {
        cards.push(Step {
            icon: "file-import",
            title: visit.say("Bring in your records"),
            text: visit.say("The list of the old program as it is, from a CSV or Excel file: nothing is written before you have seen what would come of it."),
            done: false,
            acts: vec![link(visit.say("Import"), format!("/{path}/import"), false)],
        });
    }
    cards.push(Step {
        icon: "help-circle",
        title: visit.say("Read the guide"),
        text: visit.say("Short, and beside your work wherever you are: F1 opens it where it speaks of the page."),
        done: false,
        acts: vec![link(visit.say("Guide"), "/guide".to_owned(), false)],
    });
    cards
}

/// The first place of the menu with which somebody may do something.
fn first_with(visit: &Visit, verb: Verb) -> Option<&'static str> {
    visit.places().find(|path| {
        let found = visit.catalogue.at_path(path);
        found.is_some_and(|(model, face)| {
            (face.is_some() || model.entity.faces.is_empty()) && engine::access::may(&visit.actor, model, face, verb)
        })
    })
}

fn link<'a>(label: Text<'a>, url: String, is_next: bool) -> Button<'a> {
    let kind = if is_next { ui::Kind::Primary } else { ui::Kind::default() };
    Button { label, kind, act: Act::Link(url.into()), ..Button::default() }
}

pub async fn put_away(ask: Ask, posted: Posted) -> Response {
    ask.act(posted, |visit, _| {
        visit.engine().put_steps_away(&visit.actor)?;
        Ok(redirect(visit.ask, "/"))
    })
    .await
}

/// Brings the made-up records in, and leads to where one sees how far that is.
pub async fn examples(ask: Ask, posted: Posted) -> Response {
    ask.act(posted, |visit, _| {
        let file = visit.ask.app.menu.examples.as_ref().ok_or(Error::Missing)?;
        let words = [Language::It, Language::En].map(|language| visit.ask.app.words.of(language));
        let import = visit.engine().load_examples(&visit.actor, file, &words)?;
        undo::done(visit, None, &visit.say("The made-up records are coming in"), Some(format!("/imports/{import}")))
    })
    .await
}
