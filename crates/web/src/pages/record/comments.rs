//! What people say of a record: on its page, and what is written, changed and taken away there.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use base::{Error, Id, Problem, Result, say};
use engine::comments::{Comment, mentioned_in};
use engine::files::Upload;
use engine::{Query, Titles};
use maud::Markup;
use meta::{Filter, Op};
use ui::widgets::{Linked, Widget, suggestions};
use ui::{Act, Button, Dialog, FormField, NewComment, Piece};

use super::{Seen, whole};
use crate::answer::{html as answer, note, redirect, with_status};
use crate::pages::{history, undo};
use crate::parts::shell;
use crate::posted::{Posted, parse};
use crate::{Ask, Visit};

/// Comments on the page; the earlier ones are a click away.
const SHOWN: usize = 30;
/// People that are offered.
const OFFERED: usize = 6;

/// What somebody wrote that could not be taken.
#[derive(Clone, Copy, Default)]
pub(super) struct Tried<'t> {
    text: &'t str,
    problem: Option<&'t Problem>,
}

/// The section of the record's page, and how many there are.
pub(super) fn section<'a>(seen: &Seen<'a>, tried: Tried) -> Result<(Markup, String)> {
    let visit = seen.visit;
    let before =
        parse(&visit.ask.query).into_iter().find(|(name, _)| name == "before").and_then(|(_, id)| id.parse().ok());
    let found = visit.engine().comments(&visit.actor, seen.path, seen.record().id, before, SHOWN)?;
    let first = found.items.first().map(|one| one.id);
    let count = match (found.items.len(), found.earlier) {
        (0, _) => String::new(),
        (count, earlier) => format!("{count}{}", if earlier { "+" } else { "" }),
    };
    let new = NewComment {
        action: format!("{}/comments", seen.url()).into(),
        csrf: visit.csrf.clone().into(),
        label: visit.say("Write a comment"),
        hint: visit.say("@ and a name tells that person"),
        value: tried.text.to_owned().into(),
        note: tried.problem.map(|problem| note(visit.words(), problem)),
        people_url: "/mentions".into(),
        people: visit.say("People to name"),
        files: visit.say("Attach files"),
        send: visit.say("Post the comment"),
    };
    let section = ui::comments(&ui::Comments {
        title: visit.say("Comments"),
        count: count.clone().into(),
        earlier: first
            .filter(|_| found.earlier)
            .map(|first| (visit.say("Earlier comments"), format!("{}?before={first}#comments", seen.url()).into())),
        items: found.items.iter().map(|one| comment_of(visit, one, &found.titles)).collect(),
        new: seen.record().deleted_at.is_none().then_some(new),
        empty: visit.say("None yet."),
    });
    Ok((section, count))
}

fn comment_of<'a>(visit: &Visit<'a>, one: &Comment, titles: &Titles) -> ui::Comment<'a> {
    let by = one.by.and_then(|rid| titles.get(rid));
    let who = by.map_or_else(|| "Bottega".to_owned(), |linked| linked.title.clone());
    let act = |label: &'static str, act: Act<'a>| Button {
        label: visit.say(label),
        kind: ui::Kind::Link,
        small: true,
        act,
        ..Button::default()
    };
    let acts = match one.may_change {
        true => vec![
            act("Edit", Act::Dialog(format!("/comments/{}", one.id).into())),
            act(
                "Delete",
                Act::Post { url: format!("/comments/{}/deletion", one.id).into(), csrf: visit.csrf.clone().into() },
            ),
        ],
        false => Vec::new(),
    };
    let file = |file: &store::files::File| {
        (file.name.clone().into(), format!("/files/{}", file.id).into(), size(visit, file.size).into())
    };
    ui::Comment {
        id: one.id.to_string().into(),
        avatar: shell::person(&by.map_or_else(|| "program".to_owned(), |by| by.id.to_string()), &who),
        who: who.into(),
        moment: history::moment(visit, one.at).into(),
        moment_full: base::dates::format_instant(one.at, visit.actor.zone).into(),
        moment_iso: base::dates::format_instant_api(one.at).into(),
        changed: if one.changed_at.is_some() { visit.say("edited") } else { "".into() },
        text: pieces(visit, one, titles),
        files: one.files.iter().map(file).collect(),
        acts,
    }
}

/// The text, with those who are named told apart.
fn pieces<'a>(visit: &Visit, one: &Comment, titles: &Titles) -> Vec<Piece<'a>> {
    let names = one.mentions.iter().filter_map(|rid| Some((*rid, titles.get(*rid)?.title.as_str())));
    let mut pieces = Vec::new();
    let mut upto = 0;
    for (place, rid) in mentioned_in(&one.text, names) {
        pieces.push(Piece::Words(one.text[upto..place.start].to_owned().into()));
        pieces.push(Piece::Person(one.text[place.clone()].to_owned().into(), rid == visit.user.rid));
        upto = place.end;
    }
    pieces.push(Piece::Words(one.text[upto..].to_owned().into()));
    pieces.retain(|piece| !matches!(piece, Piece::Words(words) if words.is_empty()));
    pieces
}

/// *340 KB*, *2,1 MB*.
fn size(visit: &Visit, bytes: i64) -> String {
    const KB: i64 = 1024;
    match bytes {
        small if small < KB * KB => format!("{} KB", (small + KB - 1) / KB),
        large => {
            let tenths = large * 10 / (KB * KB);
            let sign = if visit.actor.language == base::words::Language::It { ',' } else { '.' };
            format!("{}{sign}{} MB", tenths / 10, tenths % 10)
        }
    }
}

pub async fn write(Path((path, id)): Path<(String, String)>, ask: Ask, posted: Posted) -> Response {
    ask.act(posted, move |visit, posted| {
        let seen = Seen::itself(visit, &path, &id)?;
        let text = posted.first("text");
        match written(&seen, posted) {
            Ok(comment) => Ok(redirect(visit.ask, &format!("{}#comment-{comment}", seen.url()))),
            Err(Error::Refused(problems)) => {
                let tried = Tried { text, problem: problems.first() };
                let content = ui::record_page(&whole(&seen, tried)?);
                let page = shell::page(visit, &seen.record().title, Some(&path), content);
                Ok(with_status(StatusCode::UNPROCESSABLE_ENTITY, page))
            }
            Err(other) => Err(other),
        }
    })
    .await
}

fn written(seen: &Seen, posted: &Posted) -> Result<Id> {
    let visit = seen.visit;
    let mut files = Vec::new();
    for file in posted.files.iter().filter(|file| file.field == "files").take(engine::comments::MOST_FILES + 1) {
        // What it is does not matter: it is only ever saved, never shown.
        let mime = "application/octet-stream";
        let upload = Upload { name: &file.name, mime, bytes: &file.bytes, thumbnail: None };
        files.push(visit.engine().keep_file(&visit.actor, &upload)?);
    }
    let said = visit.engine().comment(&visit.actor, seen.path, seen.record().id, posted.first("text"), &files)?;
    Ok(said.id)
}

fn dialog(visit: &Visit, id: &str, text: &str, problem: Option<&Problem>) -> Markup {
    let field = FormField {
        name: "text".into(),
        label: visit.say("Comment"),
        widget: Widget::Long { value: text.to_owned().into(), lines: 5 },
        note: problem.map(|problem| note(visit.words(), problem)),
        required: true,
        wide: true,
        autofocus: true,
        ..FormField::default()
    };
    let inside = if visit.ask.is_fragment() { ui::dialog } else { ui::dialog_page };
    inside(&Dialog {
        title: visit.say("Edit the comment"),
        body: ui::form_field(&field),
        buttons: vec![Button {
            label: visit.say("Save"),
            kind: ui::Kind::Primary,
            act: Act::Submit { name: "".into(), value: "".into(), form: "".into() },
            ..Button::default()
        }],
        action: format!("/comments/{id}").into(),
        csrf: visit.csrf.clone().into(),
        close: visit.say("Close"),
        ..Dialog::default()
    })
}

fn shown(visit: &Visit, status: StatusCode, dialog: Markup) -> Response {
    let page = match visit.ask.is_fragment() {
        true => dialog,
        false => shell::page(visit, &visit.say("Edit the comment"), None, dialog),
    };
    with_status(status, page)
}

pub async fn ask(Path(id): Path<String>, ask: Ask) -> Response {
    ask.run(move |visit| {
        let place = visit.engine().own_comment(&visit.actor, id.parse().map_err(|_| Error::Missing)?)?;
        Ok(shown(visit, StatusCode::OK, dialog(visit, &id, &place.text, None)))
    })
    .await
}

pub async fn change(Path(id): Path<String>, ask: Ask, posted: Posted) -> Response {
    ask.act(posted, move |visit, posted| {
        let comment: Id = id.parse().map_err(|_| Error::Missing)?;
        let place = visit.engine().own_comment(&visit.actor, comment)?;
        let text = posted.first("text");
        match visit.engine().change_comment(&visit.actor, comment, text) {
            Ok(said) => {
                let to = format!("/{}/{}#comment-{id}", place.path, place.record);
                let said = said.operation.map_or_else(
                    || Ok(redirect(visit.ask, &to)),
                    |operation| undo::done(visit, Some(operation), &visit.say("Comment saved"), Some(to.clone())),
                )?;
                Ok(said)
            }
            Err(Error::Refused(problems)) => {
                let again = dialog(visit, &id, text, problems.first());
                Ok(shown(visit, StatusCode::UNPROCESSABLE_ENTITY, again))
            }
            Err(other) => Err(other),
        }
    })
    .await
}

pub async fn delete(Path(id): Path<String>, ask: Ask, posted: Posted) -> Response {
    ask.act(posted, move |visit, _| {
        let comment: Id = id.parse().map_err(|_| Error::Missing)?;
        let place = visit.engine().own_comment(&visit.actor, comment)?;
        let said = visit.engine().delete_comment(&visit.actor, comment)?;
        let to = format!("/{}/{}#comments", place.path, place.record);
        undo::done(visit, said.operation, &visit.text(say!("Comment deleted")), Some(to))
    })
    .await
}

/// The people who can be named, while a name is typed.
pub async fn people(ask: Ask) -> Response {
    ask.run(|visit| {
        let words = parse(&visit.ask.query)
            .into_iter()
            .find(|(name, _)| name == "q")
            .map(|(_, words)| words)
            .unwrap_or_default();
        let mut query = Query::all(engine::users::USER.path);
        query.filter = Filter::test(engine::users::SIGNS_IN.key(), Op::Eq, "true");
        query.search = Some(words).filter(|words| !words.trim().is_empty());
        query.sort = vec![engine::users::NAME.key().to_owned()];
        let listed = visit.engine().list(&visit.actor, &query, &[], None, OFFERED)?;
        let person = |record: &meta::Record| Linked {
            id: record.id.to_string().into(),
            title: record.title.clone().into(),
            avatar: Some(shell::person(&record.id.to_string(), &record.title)),
            ..Linked::default()
        };
        let found: Vec<Linked> = listed.records.iter().map(person).collect();
        answer(suggestions(&found, &visit.say("Nothing found")))
    })
    .await
}
