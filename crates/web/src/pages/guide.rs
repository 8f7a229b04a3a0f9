//! The user's manual, inside the program.

use axum::extract::Path;
use axum::response::Response;
use base::words::Language;
use base::{Error, Result};
use maud::{Markup, PreEscaped, html};
use pulldown_cmark::{Event, Options, Parser, html::push_html};

use crate::answer::html as answer;
use crate::parts::shell;
use crate::{Ask, Visit};

macro_rules! pages {
    ($language:literal: $($name:literal),+) => {
        &[$(($name, include_str!(concat!("../../../../docs/manual/", $language, "/", $name, ".md")))),+]
    };
}

/// The pages in their order.
const ITALIAN: &[(&str, &str)] = pages!("it": "index", "registry", "subjects", "sales", "initiatives", "notices", "import", "search", "undo", "fields", "account", "admin");
const ENGLISH: &[(&str, &str)] = pages!("en": "index", "registry", "subjects", "sales", "initiatives", "notices", "import", "search", "undo", "fields", "account", "admin");

pub async fn index(ask: Ask) -> Response {
    ask.run(|visit| show(visit, "index")).await
}

pub async fn page(Path(page): Path<String>, ask: Ask) -> Response {
    ask.run(move |visit| show(visit, page.trim_end_matches(".md"))).await
}

fn show(visit: &Visit, name: &str) -> Result<Response> {
    let pages = match visit.actor.language {
        Language::It => ITALIAN,
        Language::En => ENGLISH,
    };
    let (_, text) = pages.iter().find(|(known, _)| *known == name).ok_or(Error::Missing)?;
    let content = html! {
        div.guide {
            nav.guide-pages aria-label=(visit.say("Guide")) {
                ul { @for (known, text) in pages {
                    li { a href={ "/guide/" (known) } aria-current=[(*known == name).then_some("page")] { (title(text)) } }
                } }
            }
            article.guide-page.prose { (rendered(text)) }
        }
    };
    answer(shell::page(visit, title(text), Some("/guide"), content))
}

fn title(text: &str) -> &str {
    text.lines().find_map(|line| line.strip_prefix("# ")).unwrap_or("Bottega")
}

/// Our own pages, without what HTML they may hold.
fn rendered(text: &str) -> Markup {
    let events = Parser::new_ext(text, Options::ENABLE_TABLES)
        .filter(|event| !matches!(event, Event::Html(_) | Event::InlineHtml(_)));
    let mut html = String::with_capacity(text.len() * 2);
    push_html(&mut html, events);
    PreEscaped(html)
}
