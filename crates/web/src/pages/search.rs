//! Search: the palette as one types, and a page without script.

use axum::response::Response;
use base::{Result, say};
use engine::Titles;
use engine::search::Found;
use maud::html;
use meta::Model;
use ui::{Avatar, Hit, ResultGroup};

use super::commands::{commands, creations};
use super::guide;
use crate::answer::html as answer;
use crate::parts::{fields, shell};
use crate::posted::parse;
use crate::{Ask, Visit};

/// Results shown of each kind in the palette.
const EACH: usize = 5;
/// Places of the manual shown.
const OF_GUIDE: usize = 3;

pub async fn page(ask: Ask) -> Response {
    ask.run(|visit| {
        let words = parse(&visit.ask.query).into_iter().find(|(name, _)| name == "q").map(|(_, words)| words).unwrap_or_default();
        if visit.ask.is_fragment() {
            let (groups, found, nothing) = groups(visit, &words, EACH)?;
            let asked = !words.trim().is_empty();
            let count = if asked { visit.text(say!("{count} results", count = found)) } else { String::new() };
            let nothing = if nothing { visit.say("Nothing is called like this") } else { "".into() };
            return answer(ui::results(&groups, &count, &nothing));
        }
        let (groups, found, nothing) = groups(visit, &words, 50)?;
        let content = html! {
            div.list {
                header.title-bar { h1 { (visit.say("Search")) } }
                div.home {
                    form method="get" action="/search" role="search" aria-label=(visit.say("Search")) {
                        input.form-control type="search" name="q" value=(words) aria-label=(visit.say("Search"));
                        button.btn.btn-primary type="submit" { (visit.say("Search")) }
                    }
                    @if !words.is_empty() { p.muted { (visit.text(say!("{count} results", count = found))) } }
                    @if nothing { p { (visit.say("Nothing is called like this")) } }
                    @for group in &groups {
                        h2 { (group.title) }
                        ul.recent { @for hit in group.hits.iter().filter(|hit| !hit.url.is_empty()) { li { a href=(hit.url) { (ui::avatar(&hit.avatar, "")) span { (ui::pieces(&hit.title)) } span.muted { (ui::pieces(&hit.detail)) } } } } }
                    }
                }
            }
        };
        answer(shell::page(visit, &visit.say("Search"), Some("/search"), content))
    })
    .await
}

/// The groups, how many records were found, and whether neither a record nor a command is called so.
type Answer<'a> = (Vec<ResultGroup<'a>>, usize, bool);

fn groups<'a>(visit: &Visit<'a>, words: &str, each: usize) -> Result<Answer<'a>> {
    if words.trim().is_empty() {
        let hits = visit.engine().recent(&visit.actor, 5)?.into_iter().map(|opened| Hit {
            url: format!("/{}/{}", opened.path, opened.id).into(),
            avatar: avatar(&opened.id.to_string(), &opened.title),
            title: vec![(opened.title.into(), false)],
            ..Hit::default()
        });
        return Ok((vec![ResultGroup { title: visit.say("Opened last"), hits: hits.collect() }], 0, false));
    }
    let mut found = visit.engine().find(&visit.actor, words, 200)?;
    found.retain(|one| visit.shows(one.path));
    let count = found.len();
    let links: Vec<meta::Value> = found.iter().flat_map(|one| &one.subtitle).map(|(_, value)| value.clone()).collect();
    let titles = visit.engine().titles(&visit.actor, &links)?;
    let mut groups: Vec<ResultGroup> = Vec::new();
    // In the order of the catalogue, so that a group stands where it stood; within it the best first.
    for model in &visit.catalogue.models {
        let mut faces: Vec<Option<&meta::Face>> = model.entity.faces.iter().copied().map(Some).chain([None]).collect();
        // Who types a name thinks of a person first.
        faces.sort_by_key(|face| !face.is_some_and(|face| face.round));
        for face in faces {
            let path = face.map_or(model.entity.path, |face| face.path);
            let list = found.iter().filter(|one| one.path == path);
            let hits = list.take(each).map(|one| hit(visit, model, one, words, &titles));
            groups.push(ResultGroup { title: model.called(face, visit.words()).plural.into(), hits: hits.collect() });
        }
    }
    let (whole, mut part) = commands(visit, words);
    let nothing = count == 0 && whole.is_empty();
    if nothing {
        part.extend(creations(visit, words));
    }
    groups.insert(0, ResultGroup { title: visit.say("Commands"), hits: whole });
    groups.push(ResultGroup { title: visit.say("Commands"), hits: part });
    groups.push(ResultGroup { title: visit.say("Guide"), hits: in_guide(visit, words) });
    groups.retain(|group| !group.hits.is_empty());
    Ok((groups, count, nothing))
}

/// What the manual says of the words.
fn in_guide<'a>(visit: &Visit<'a>, words: &str) -> Vec<Hit<'a>> {
    let hit = |found: crate::guide::Found| Hit {
        url: guide::address_of(&found, words).into(),
        avatar: Avatar { icon: "help-circle", name: found.section.title.as_str().into(), ..Avatar::default() },
        title: guide::owned(&found.heading),
        detail: vec![(found.page.title().into(), false)],
        ..Hit::default()
    };
    crate::guide::find(visit.actor.language, words, OF_GUIDE).into_iter().map(hit).collect()
}

fn hit<'a>(visit: &Visit<'a>, model: &Model, one: &Found, words: &str, titles: &Titles) -> Hit<'a> {
    let style = |(at, value): &(usize, meta::Value)| fields::plain(visit, model, *at, value, titles);
    // What may not be seen tells nobody from a namesake.
    let seen = |(_, value): &&(usize, meta::Value)| value.links().iter().all(|rid| titles.get(*rid).is_some());
    let detail: Vec<String> = one.subtitle.iter().filter(seen).map(style).filter(|text| !text.is_empty()).collect();
    let face = visit.catalogue.at_path(one.path).and_then(|(_, face)| face);
    Hit {
        url: format!("/{}/{}", one.path, one.id).into(),
        avatar: Avatar {
            round: model.entity.house || face.is_some_and(|face| face.round),
            ..avatar(&one.id.to_string(), &one.title)
        },
        title: marked(&one.title, words),
        detail: vec![(detail.join(" · ").into(), false)],
        ..Hit::default()
    }
}

fn avatar<'a>(id: &str, title: &str) -> Avatar<'a> {
    Avatar {
        id: id.to_owned().into(),
        initials: base::names::initials(title).into(),
        name: title.to_owned().into(),
        ..Avatar::default()
    }
}

/// The title with the parts that were asked for marked, whatever case and accents.
fn marked<'a>(title: &str, words: &str) -> Vec<(ui::Text<'a>, bool)> {
    let asked: Vec<String> = base::fold::words(words).collect();
    let mut pieces: Vec<(ui::Text, bool)> = Vec::new();
    for (index, word) in title.split(' ').enumerate() {
        if index > 0 {
            pieces.push((" ".into(), false));
        }
        let folded = base::fold(word);
        let hit = asked.iter().filter(|part| folded.starts_with(part.as_str())).map(|part| part.chars().count()).max();
        match hit.filter(|_| folded.chars().count() == word.chars().count()) {
            Some(length) => {
                let split = word.char_indices().nth(length).map_or(word.len(), |(at, _)| at);
                pieces.push((word[..split].to_owned().into(), true));
                pieces.push((word[split..].to_owned().into(), false));
            }
            None => pieces.push((word.to_owned().into(), false)),
        }
    }
    pieces
}
