//! Who can see a record and why, and sharing it with a person or a team.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use base::{Error, Id, Problem, Result, say};
use engine::Query;
use engine::seers::{Seer, Why};
use engine::shares::Share;
use engine::users::{TEAM, USER};
use maud::{Markup, html};
use meta::access::Verb;
use meta::{Kind, Value, human};
use ui::widgets::{Choice, Widget};
use ui::{Act, Button, Form, FormField, FormSection};

use crate::answer::{html as answer, note, with_status};
use crate::pages::record::Seen;
use crate::pages::{settings, undo};
use crate::parts::shell;
use crate::posted::Posted;
use crate::{Ask, Visit};

pub fn address(seen: &Seen) -> String {
    format!("{}/access", seen.url())
}

pub async fn page(Path((path, id)): Path<(String, String)>, ask: Ask) -> Response {
    ask.run(move |visit| answer(shown(&Seen::read(visit, &path, &id)?, &[])?)).await
}

pub async fn share(Path((path, id)): Path<(String, String)>, ask: Ask, posted: Posted) -> Response {
    ask.act(posted, move |visit, posted| {
        let seen = Seen::itself(visit, &path, &id)?;
        let with: Result<Id, _> = posted.first("with").parse();
        let nobody = || Error::Refused(vec![Problem::at("with", "required", "Choose a person or a team")]);
        let changes = posted.first("may") == "change";
        let shared = with
            .map_err(|_| nobody())
            .and_then(|with| visit.engine().share(&visit.actor, seen.path, seen.record().id, with, changes));
        match shared {
            Ok(()) => {
                let said = visit.text(say!("{title} is shared", title = seen.record().title.clone()));
                undo::done(visit, None, &said, Some(address(&seen)))
            }
            Err(Error::Refused(problems)) => {
                Ok(with_status(StatusCode::UNPROCESSABLE_ENTITY, shown(&seen, &problems)?))
            }
            Err(other) => Err(other),
        }
    })
    .await
}

pub async fn unshare(Path((path, id, with)): Path<(String, String, String)>, ask: Ask, posted: Posted) -> Response {
    ask.act(posted, move |visit, _| {
        let seen = Seen::itself(visit, &path, &id)?;
        let with: Id = with.parse().map_err(|_| Error::Missing)?;
        visit.engine().unshare(&visit.actor, seen.path, seen.record().id, with)?;
        let said = visit.text(say!("{title} is shared no longer with them", title = seen.record().title.clone()));
        // Whoever ends what lets themselves see it sees it no more.
        let still = visit.engine().may(&visit.actor, seen.path, seen.record().rid, Verb::View)?;
        undo::done(visit, None, &said, Some(if still { address(&seen) } else { format!("/{path}") }))
    })
    .await
}

fn shown(seen: &Seen, problems: &[Problem]) -> Result<Markup> {
    let visit = seen.visit;
    let id = seen.record().id;
    let entity = seen.model.entity;
    let shares = visit.engine().shares(&visit.actor, seen.path, id)?;
    let seers = visit.engine().seers(&visit.actor, seen.path, id)?;
    let is_shared = seen.model.belongs.is_none() && !entity.house && !entity.common;
    let may_share = is_shared && seen.record().deleted_at.is_none() && seen.may(Verb::Change)?;
    let title = visit.text(say!("Who can see {title}", title = seen.record().title.clone()));
    let body = html! {
        @if may_share { (form(seen, problems)?) }
        @if !shares.is_empty() {
            section.settings-section {
                header { h2 { (visit.say("Shared with")) } }
                ul.settings-rows { @for share in &shares { (shared(seen, share, may_share)) } }
            }
        }
        section.settings-section {
            header { h2 { (visit.say("Who can see it")) } }
            @if let Some(at) = seen.model.belongs {
                p.muted.settings-lead { (visit.text(say!("Who sees it is who sees what it belongs to: {what}", what = seen.model.label(at, visit.words())))) }
            }
            ul.settings-rows { @for seer in &seers { (told(visit, seer)) } }
        }
    };
    Ok(settings::frame_at(visit, seen.path, &title, Some((&seen.url(), &seen.record().title)), &[], body))
}

fn form(seen: &Seen, problems: &[Problem]) -> Result<Markup> {
    let visit = seen.visit;
    let mut choices = Vec::new();
    for (entity, group) in [(&TEAM, "Teams"), (&USER, "People")] {
        let mut query = Query::all(entity.path);
        query.sort = vec!["name".to_owned()];
        let listed = visit.engine().list(&visit.actor, &query, &[], None, MOST)?;
        let active = listed.records.iter().filter(|record| record.id != visit.user.id);
        choices.extend(active.map(|record| Choice {
            value: record.id.to_string().into(),
            label: record.title.clone().into(),
            group: visit.say(group).into_owned().into(),
            ..Choice::default()
        }));
    }
    let may = [("look", "may look at it"), ("change", "may change it")].map(|(value, label)| Choice {
        value: value.into(),
        label: visit.say(label).into_owned().into(),
        chosen: value == "look",
        ..Choice::default()
    });
    let problem = problems.iter().find(|problem| problem.field.as_deref() == Some("with"));
    let others = problems.iter().filter(|problem| problem.field.as_deref() != Some("with"));
    let others: Vec<String> = others.map(|problem| visit.text(problem.text.clone())).collect();
    let share = Button {
        label: visit.say("Share"),
        kind: ui::Kind::Primary,
        act: Act::Submit { name: "".into(), value: "".into(), form: "".into() },
        ..Button::default()
    };
    Ok(ui::form(&Form {
        id: "share-form".into(),
        action: address(seen).into(),
        csrf: visit.csrf.clone().into(),
        problem: (!others.is_empty()).then(|| ui::Note {
            kind: ui::NoteKind::Error,
            text: others.join(" ").into(),
            link: None,
        }),
        sections: vec![FormSection {
            title: visit.say("Share it"),
            note: visit.say("Beside those who see it anyhow. Roles still say what somebody may do at all."),
            fields: vec![
                FormField {
                    name: "with".into(),
                    label: visit.say("With"),
                    widget: Widget::Select { choices, empty: "–".into() },
                    note: problem.map(|problem| note(visit.words(), problem)),
                    required: true,
                    ..FormField::default()
                },
                FormField {
                    name: "may".into(),
                    label: visit.say("Who gets it"),
                    widget: Widget::Select { choices: may.into(), empty: "".into() },
                    ..FormField::default()
                },
            ],
            ..FormSection::default()
        }],
        buttons: vec![share],
        ..Form::default()
    }))
}

/// People and teams to choose from.
const MOST: usize = 500;

fn shared(seen: &Seen, share: &Share, may_share: bool) -> Markup {
    let visit = seen.visit;
    let when = human::show(&Value::Instant(share.at), &Kind::Instant, &visit.style());
    let may = visit.say(if share.changes { "may change it" } else { "may look at it" });
    let by = share.by.clone().unwrap_or_else(|| "Bottega".to_owned());
    let end = Button {
        label: visit.say("End"),
        small: true,
        act: Act::Post { url: format!("{}/{}/end", address(seen), share.id).into(), csrf: visit.csrf.clone().into() },
        ..Button::default()
    };
    html! {
        li {
            span.settings-name { (ui::icon(if share.is_team { TEAM.icon } else { USER.icon })) span { (share.name) } }
            span.muted { (may) " · " (by) ", " (when) }
            @if may_share { (ui::button(&end)) }
        }
    }
}

fn told(visit: &Visit, seer: &Seer) -> Markup {
    let why: Vec<String> = seer.why.iter().map(|why| visit.text(reason(why))).collect();
    html! {
        li {
            span.settings-name { (ui::avatar(&shell::person(&seer.id.to_string(), &seer.name), "small")) span { (seer.name) } }
            span.muted { (why.join("; ")) }
            span { (visit.say(if seer.changes { "changes it" } else { "looks at it" })) }
        }
    }
}

fn reason(why: &Why) -> base::Text {
    match why {
        Why::Role => say!("their role sees all of its kind"),
        Why::InCharge => say!("in charge"),
        Why::Team(who) => say!("in the team of {who}", who = who.clone()),
        Why::Involved(who) => say!("stands behind {who}", who = who.clone()),
        Why::Shared => say!("shared with them"),
        Why::Open => say!("open to everybody"),
        Why::Themselves => say!("it is themselves"),
    }
}
