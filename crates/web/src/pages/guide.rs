//! The manual: its pages, what is found in it, and the place of it that speaks of the page one is on.

use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use base::words::Language;
use base::{Error, Result, say};
use maud::{Markup, html};
use ui::{HelpPlace, Text};

use super::routes::Help;
use crate::answer::html as answer;
use crate::ask::SESSION;
use crate::guide::{self, Found};
use crate::parts::shell;
use crate::posted::{encode, parse};
use crate::{Ask, Visit};

const PLACE: &str = "/guide";

/// Hits on a page.
const MANY: usize = 20;

pub async fn index(ask: Ask) -> Response {
    if is_stranger(&ask) {
        return ask.open(|ask| outside(ask, "index")).await;
    }
    ask.run(|visit| match asked(visit.ask) {
        Some(words) => answer(results(visit, &words)),
        None => show(visit, "index"),
    })
    .await
}

pub async fn page(Path(page): Path<String>, ask: Ask) -> Response {
    if is_stranger(&ask) {
        return ask.open(move |ask| outside(ask, page.trim_end_matches(".md"))).await;
    }
    ask.run(move |visit| show(visit, page.trim_end_matches(".md"))).await
}

fn is_stranger(ask: &Ask) -> bool {
    ask.cookie(SESSION).is_none() && !ask.is_fragment()
}

/// For who cannot sign in, or has not yet: it tells nothing of the company.
fn outside(ask: &Ask, name: &str) -> Result<Response> {
    let page = guide::page(ask.language(), name).ok_or(Error::Missing)?;
    let words = ask.app.words.of(ask.language());
    let content = html! {
        div.guide-outside {
            nav aria-label=(words.say("Guide")) {
                a href="/sign-in" { (words.say("Sign in")) }
                @for page in guide::pages(ask.language()) {
                    a href=(guide::address(page.name)) aria-current=[(page.name == name).then_some("page")] { (page.title()) }
                }
            }
            article.prose { (guide::markup(page, "", "", ask.language())) }
        }
    };
    answer(shell::bare(ask, page.title(), content))
}

pub async fn picture(Path((language, name)): Path<(String, String)>) -> Response {
    let language = Language::from_tag(&language);
    match language.and_then(|language| guide::picture(language, name.trim_end_matches(".webp"))) {
        Some(bytes) => {
            let kept = [(header::CONTENT_TYPE, "image/webp"), (header::CACHE_CONTROL, "private, max-age=3600")];
            (kept, bytes).into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// What is searched for, where anything is.
fn asked(ask: &Ask) -> Option<String> {
    parse(&ask.query).into_iter().find(|(name, _)| name == "q").map(|(_, words)| words).filter(|q| !q.trim().is_empty())
}

fn show(visit: &Visit, name: &str) -> Result<Response> {
    let page = guide::page(visit.actor.language, name).ok_or(Error::Missing)?;
    let words = asked(visit.ask).unwrap_or_default();
    if visit.ask.is_fragment() {
        return answer(html! { article.prose { (guide::markup(page, "help-", &words, visit.actor.language)) } });
    }
    let article = html! { article.guide-page.prose { (guide::markup(page, "", &words, visit.actor.language)) } };
    answer(frame(visit, page.title(), Some(name), &words, article))
}

fn results(visit: &Visit, words: &str) -> Markup {
    let found = guide::find(visit.actor.language, words, MANY);
    let list = html! {
        @if found.is_empty() { p.muted { (visit.text(say!("The guide says nothing of “{words}”", words = words))) } }
        ul.guide-found { @for one in &found { li {
            a href=(address_of(one, words)) { (ui::pieces(&owned(&one.heading))) }
            @if !one.section.anchor.is_empty() { span.muted { (one.page.title()) } }
            p { (ui::pieces(&owned(&one.excerpt))) @if !one.excerpt.is_empty() { " …" } }
        } } }
    };
    if visit.ask.is_fragment() {
        return html! { div.prose { (list) } };
    }
    let article = html! { div.guide-page.prose { h1 { (visit.say("Search the guide")) } (list) } };
    frame(visit, &visit.say("Search the guide"), None, words, article)
}

/// Where what was found stands, with its words marked.
pub fn address_of(found: &Found, words: &str) -> String {
    let place = found.place();
    let (page, anchor) = place.split_once('#').map_or((place.as_str(), ""), |(page, anchor)| (page, anchor));
    let hash = if anchor.is_empty() { "" } else { "#" };
    format!("{}?{}{hash}{anchor}", guide::address(page), encode(&[("q", words)]))
}

/// Pieces of the manual as components take them.
pub fn owned<'a>(pieces: &[(&'static str, bool)]) -> Vec<(Text<'a>, bool)> {
    pieces.iter().map(|(piece, found)| ((*piece).into(), *found)).collect()
}

/// The pages at the left, with the search above them.
fn frame(visit: &Visit, title: &str, current: Option<&str>, words: &str, article: Markup) -> Markup {
    let content = html! {
        div.guide {
            nav.guide-pages aria-label=(visit.say("Guide")) {
                form.guide-search role="search" action=(PLACE) method="get" aria-label=(visit.say("Search the guide")) {
                    input.form-control type="search" name="q" value=(words) placeholder=(visit.say("Search the guide")) aria-label=(visit.say("Search the guide"));
                }
                ul { @for page in guide::pages(visit.actor.language) {
                    li { a href=(guide::address(page.name)) aria-current=[(Some(page.name) == current).then_some("page")] { (page.title()) } }
                } }
            }
            (article)
        }
    };
    shell::page(visit, title, Some(PLACE), content)
}

/// What the manual says of the page that is shown, the nearest first; nothing where no page is.
pub fn help<'a>(visit: &Visit<'a>) -> Option<ui::Help<'a>> {
    let places = places(visit);
    let first = places.first()?;
    let place = |place: &&'static str| HelpPlace {
        title: guide::heading(visit.actor.language, place).unwrap_or_default().into(),
        url: guide::address(place).into(),
    };
    Some(ui::Help {
        url: guide::address(first).into(),
        places: places.iter().map(place).collect(),
        word: visit.say("Help on this page"),
        title: visit.say("Guide"),
        search: visit.say("Search the guide"),
        search_url: PLACE.into(),
        whole: visit.say("Open as a page"),
        close: visit.say("Close"),
    })
}

fn places(visit: &Visit) -> Vec<&'static str> {
    let of_kind = match visit.ask.help {
        Help::Nowhere => return Vec::new(),
        Help::At(place) => return vec![place],
        Help::Kind(place) => place,
    };
    let path = visit.ask.path.split('/').nth(1).unwrap_or_default();
    let own = visit.catalogue.at_path(path).map_or("", |(model, face)| {
        face.map(|face| face.guide).filter(|place| !place.is_empty()).unwrap_or(model.entity.guide)
    });
    let own = if guide::has(own) { own } else { "" };
    let shape = parse(&visit.ask.query).into_iter().find(|(name, _)| name == "shape").map(|(_, shape)| shape);
    // Who looks at a board wants to know how it works, more than what stands on it.
    let mut places = match shape.as_deref() {
        Some("board") => vec!["lists#board", own],
        Some("figures") => vec!["lists#forecast", own],
        // So does who exports: the place of a page of its own comes before that of the kind of record.
        _ if of_kind.contains('#') => vec![of_kind, own],
        _ => vec![own, of_kind],
    };
    places.retain(|place| !place.is_empty());
    places
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_shapes_of_a_list_are_in_the_manual() {
        assert!(crate::guide::has("lists#board") && crate::guide::has("lists#forecast"));
    }
}
