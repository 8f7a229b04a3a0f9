//! What one is told: the panel of the bell, the page with all of it, and how one wants to be told.

mod live;

pub use live::{count, live};

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use base::{Error, Id, Result, Text, say};
use engine::notices::{Notice, Way, What};
use maud::{Markup, html};
use ui::Notices;

use crate::answer::{html as answer, redirect};
use crate::pages::{history, undo};
use crate::parts::shell;
use crate::posted::{Posted, parse};
use crate::{Ask, Visit};

/// Where the page stands.
pub const PLACE: &str = "/notifications";
const WAYS: &str = "/notifications/ways";

/// Lines in the panel, and on a page.
const FEW: usize = 8;
const MANY: usize = 50;

/// The bell of the top bar.
pub fn bell<'a>(visit: &Visit<'a>) -> ui::Bell<'a> {
    // Better no number than no page.
    let count = visit.engine().bell(&visit.actor).unwrap_or_default();
    ui::Bell { url: PLACE.into(), count, word: word(visit, count).into(), user: visit.user.id.to_string().into() }
}

fn word(visit: &Visit, count: usize) -> String {
    visit.text(said(count))
}

fn said(count: usize) -> Text {
    match count {
        0 => say!("Notifications"),
        count => say!("Notifications: {count} new", count = count),
    }
}

pub async fn page(ask: Ask) -> Response {
    ask.run(|visit| {
        let before =
            parse(&visit.ask.query).into_iter().find(|(name, _)| name == "before").and_then(|(_, id)| id.parse().ok());
        let panel = visit.ask.is_fragment();
        let found = visit.engine().notices(&visit.actor, before, if panel { FEW } else { MANY })?;
        let unread = found.items.iter().any(|one| one.unread);
        let earlier = found
            .before
            .map(|before| (visit.say("Earlier notifications"), format!("{PLACE}?before={before}").into()));
        let all = || Some((visit.say("All notifications"), PLACE.into()));
        let notices = Notices {
            title: if panel { visit.say("Notifications") } else { "".into() },
            items: found.items.iter().map(|one| line(visit, one)).collect(),
            empty: visit.say("Nothing yet: what happens to what is yours is told here."),
            read_all: unread.then(|| (visit.say("Mark all as read"), format!("{PLACE}/reading").into())),
            more: if panel { all() } else { earlier },
            csrf: visit.csrf.clone().into(),
        };
        if panel {
            return answer(ui::notices(&notices));
        }
        let content = html! {
            div.list {
                header.title-bar {
                    h1 { (visit.say("Notifications")) }
                    div.title-end { a.btn.btn-quiet href=(WAYS) { (ui::icon("adjustments-horizontal")) span { (visit.say("How I am told")) } } }
                }
                div.notices-page { (ui::notices(&notices)) }
            }
        };
        answer(shell::page(visit, &visit.say("Notifications"), Some(PLACE), content))
    })
    .await
}

fn line<'a>(visit: &Visit<'a>, one: &Notice) -> ui::Notice<'a> {
    ui::Notice {
        avatar: one.by.as_ref().map(|by| shell::person(&by.id.to_string(), &by.title)),
        icon: match one.what {
            What::Done => "circle-check",
            What::Failed => "alert-circle",
            _ => "bell",
        },
        text: visit.text(one.said()).into(),
        note: one.note.clone().filter(|_| one.comment.is_some()).unwrap_or_default().into(),
        url: format!("{PLACE}/{}", one.id).into(),
        moment: history::moment(visit, one.at).into(),
        moment_full: base::dates::format_instant(one.at, visit.actor.zone).into(),
        moment_iso: base::dates::format_instant_api(one.at).into(),
        unread: if one.unread { visit.say("New") } else { "".into() },
        read: one.unread.then(|| (visit.say("Mark as read"), format!("{PLACE}/{}/reading", one.id).into())),
    }
}

/// On to what a line is about, which is read with it.
pub async fn open(Path(id): Path<String>, ask: Ask) -> Response {
    ask.run(move |visit| {
        let notice = visit.engine().open_notice(&visit.actor, id.parse().map_err(|_| Error::Missing)?)?;
        Ok(redirect(visit.ask, &notice.leads_to(&visit.catalogue)))
    })
    .await
}

pub async fn read(Path(id): Path<String>, ask: Ask, posted: Posted) -> Response {
    ask.act(posted, move |visit, _| {
        let id: Id = id.parse().map_err(|_| Error::Missing)?;
        visit.engine().read_notices(&visit.actor, Some(id))?;
        Ok(done(visit))
    })
    .await
}

pub async fn read_all(ask: Ask, posted: Posted) -> Response {
    ask.act(posted, |visit, _| {
        visit.engine().read_notices(&visit.actor, None)?;
        Ok(done(visit))
    })
    .await
}

/// The bell counts again.
fn done(visit: &Visit) -> Response {
    match visit.ask.is_fragment() {
        true => (StatusCode::NO_CONTENT, [("hx-trigger", "bell")]).into_response(),
        false => redirect(visit.ask, PLACE),
    }
}

pub async fn ways(ask: Ask) -> Response {
    ask.run(|visit| {
        let content = ways_page(visit)?;
        answer(shell::page(visit, &visit.say("How I am told"), Some(PLACE), content))
    })
    .await
}

fn ways_page(visit: &Visit) -> Result<Markup> {
    let ways = visit.engine().notice_ways(visit.user.rid)?;
    let label = |what: What| match what {
        What::Assigned => visit.say("Somebody puts me in charge"),
        What::Changed => visit.say("Somebody changes what is in my charge"),
        What::Mentioned => visit.say("Somebody names me in a comment"),
        What::Commented => visit.say("Somebody comments on what is mine, or where I commented"),
        What::Done => visit.say("My import, or change of many, has ended"),
        What::Failed => visit.say("My import, or change of many, stopped before its end"),
    };
    let tick = |what: What, way: &'static str, on: bool, column: &str| {
        let name = format!("{}.{way}", what.key());
        html! { label { input.form-check-input type="checkbox" name=(name) value="1" checked[on] aria-label={ (label(what)) ": " (column) }; } }
    };
    let (bell, mail) = (visit.say("Bell"), visit.say("E-mail"));
    Ok(html! {
        div.list {
            header.title-bar { h1 { (visit.say("How I am told")) } }
            form.notices-page method="post" action=(WAYS) data-post {
                input type="hidden" name="csrf" value=(visit.csrf);
                table.notice-ways {
                    thead { tr { th scope="col" { (visit.say("When")) } th scope="col" { (bell) } th scope="col" { (mail) } } }
                    tbody { @for what in What::ALL { tr {
                        th scope="row" { (label(what)) }
                        td { (tick(what, "bell", ways.of(what).bell, &bell)) }
                        td { (tick(what, "mail", ways.of(what).mail, &mail)) }
                    } } }
                }
                p { button.btn.btn-primary type="submit" { (visit.say("Save")) } }
            }
        }
    })
}

pub async fn save_ways(ask: Ask, posted: Posted) -> Response {
    ask.act(posted, |visit, posted| {
        let mut ways = visit.engine().notice_ways(visit.user.rid)?;
        for what in What::ALL {
            let ticked = |way: &str| posted.first(&format!("{}.{way}", what.key())) == "1";
            ways.set(what, Way { bell: ticked("bell"), mail: ticked("mail") });
        }
        visit.engine().set_notice_ways(visit.user.rid, &ways)?;
        undo::done(visit, None, &visit.say("Saved"), Some(PLACE.to_owned()))
    })
    .await
}
