//! Search: the palette as one types, and a page without script.

use axum::response::Response;
use base::{Result, say};
use engine::search::Found;
use maud::html;
use meta::Model;
use meta::access::Verb;
use ui::{Avatar, Hit, ResultGroup};

use crate::answer::html as answer;
use crate::parts::{fields, shell};
use crate::posted::{encode, parse};
use crate::{Ask, Visit};

/// Results shown of each kind in the palette.
const EACH: usize = 5;

pub async fn page(ask: Ask) -> Response {
    ask.run(|visit| {
        let words = parse(&visit.ask.query).into_iter().find(|(name, _)| name == "q").map(|(_, words)| words).unwrap_or_default();
        if visit.ask.is_fragment() {
            let (groups, found) = groups(visit, &words, EACH)?;
            let count = if words.trim().is_empty() { String::new() } else { visit.text(say!("{count} results", count = found)) };
            return answer(ui::results(&groups, &count));
        }
        let (groups, found) = groups(visit, &words, 50)?;
        let content = html! {
            div.list {
                header.title-bar { h1 { (visit.say("Search")) } }
                div.home {
                    form method="get" action="/search" role="search" {
                        input.form-control type="search" name="q" value=(words) aria-label=(visit.say("Search"));
                        button.btn.btn-primary type="submit" { (visit.say("Search")) }
                    }
                    @if !words.is_empty() { p.muted { (visit.text(say!("{count} results", count = found))) } }
                    @for group in &groups {
                        h2 { (group.title) }
                        ul.recent { @for hit in &group.hits { li { a href=(hit.url) { (ui::avatar(&hit.avatar, "")) span { (ui::pieces(&hit.title)) } span.muted { (ui::pieces(&hit.detail)) } } } } }
                    }
                }
            }
        };
        answer(shell::page(visit, &visit.say("Search"), Some("/search"), content))
    })
    .await
}

fn groups<'a>(visit: &Visit<'a>, words: &str, each: usize) -> Result<(Vec<ResultGroup<'a>>, usize)> {
    if words.trim().is_empty() {
        let hits = visit.engine().recent(&visit.actor, 5)?.into_iter().map(|opened| Hit {
            url: format!("/{}/{}", opened.path, opened.id).into(),
            avatar: avatar(&opened.id.to_string(), &opened.title),
            title: vec![(opened.title.into(), false)],
            ..Hit::default()
        });
        return Ok((vec![ResultGroup { title: visit.say("Opened last"), hits: hits.collect() }], 0));
    }
    let found = visit.engine().find(&visit.actor, words, 200)?;
    let count = found.len();
    let mut groups: Vec<ResultGroup> = Vec::new();
    // In the order of the catalogue, so that a group stands where it stood; within it the best first.
    for model in &visit.catalogue.models {
        let faces: Vec<Option<&meta::Face>> = model.entity.faces.iter().copied().map(Some).chain([None]).collect();
        for face in faces {
            let path = face.map_or(model.entity.path, |face| face.path);
            let list = found.iter().filter(|one| one.path == path);
            let hits = list.take(each).map(|one| hit(visit, model, one, words));
            groups.push(ResultGroup { title: model.called(face, visit.words()).plural.into(), hits: hits.collect() });
        }
    }
    groups.push(ResultGroup { title: visit.say("Commands"), hits: commands(visit, words) });
    groups.retain(|group| !group.hits.is_empty());
    Ok((groups, count))
}

fn hit<'a>(visit: &Visit<'a>, model: &Model, one: &Found, words: &str) -> Hit<'a> {
    let style =
        |(at, value): &(usize, meta::Value)| fields::plain(visit, model, *at, value, &engine::Titles::default());
    let detail: Vec<String> = one.subtitle.iter().map(style).filter(|text| !text.is_empty()).collect();
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

/// Creating and going, by the words for them.
fn commands<'a>(visit: &Visit<'a>, words: &str) -> Vec<Hit<'a>> {
    let asked = base::fold(words);
    let mut hits = Vec::new();
    for path in visit.ask.app.menu.groups.iter().flat_map(|group| group.paths.iter().copied()) {
        let Some((model, face)) = visit.catalogue.at_path(path) else { continue };
        let called = model.called(face, visit.words());
        let many = called.plural;
        let hit = |label: String, url: String, icon: &'static str| Hit {
            url: url.into(),
            avatar: Avatar { id: path.into(), icon, name: label.clone().into(), ..Avatar::default() },
            title: vec![(label.into(), false)],
            ..Hit::default()
        };
        let icon = face.map_or(model.entity.icon, |face| face.icon);
        let new = visit.text(say!("New {what}", what = called.singular.to_lowercase(), gender = called.gender.clone()));
        let mine = visit.text(say!("My {plural}", plural = many.to_lowercase(), gender = called.gender.clone()));
        let creatable = face.is_some() || model.entity.faces.is_empty();
        if creatable
            && base::fold(&new).contains(&asked)
            && engine::access::may(&visit.actor, model, face, Verb::Create)
        {
            hits.push(hit(new, format!("/{path}/new"), "plus"));
        }
        if base::fold(&many).contains(&asked) {
            hits.push(hit(many, format!("/{path}"), icon));
        }
        if model.in_charge.is_some() && base::fold(&mine).contains(&asked) {
            hits.push(hit(mine, format!("/{path}?{}", encode(&[("in_charge[has]", "me")])), icon));
        }
    }
    let admin = visit.actor.person.rights.admin;
    let places = [
        ("Trash", "/trash", "trash", true),
        ("Users", "/users", "users-group", admin),
        ("Guide", "/guide", "help-circle", true),
    ];
    for (label, url, icon, shown) in places {
        let label = visit.say(label).into_owned();
        if shown && base::fold(&label).contains(&asked) {
            hits.push(Hit {
                url: url.into(),
                avatar: Avatar { id: url.into(), icon, name: label.clone().into(), ..Avatar::default() },
                title: vec![(label.into(), false)],
                ..Hit::default()
            });
        }
    }
    hits.truncate(6);
    hits
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
