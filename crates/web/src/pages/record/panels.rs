//! What belongs to a record: a sub-panel for every link that leads to it.

use axum::extract::Path;
use axum::response::Response;
use base::{Error, Result};
use engine::Query;
use meta::access::Verb;
use meta::{Filter, Kind, Model, Op, Value};
use ui::{Act, Button, Panel, PanelRow, RecordPage};

use super::{Seen, header};
use crate::answer::html as answer;
use crate::pages::quick;
use crate::parts::{fields, shell};
use crate::{Ask, Visit};

/// Rows of a sub-panel on the page of the record.
const PANEL: usize = 20;

/// A sub-panel for every link that leads here and declares one.
pub(super) fn panels<'a>(seen: &Seen<'a>) -> Result<Vec<Panel<'a>>> {
    let mut panels = Vec::new();
    for (child, link) in seen.visit.catalogue.links_to(seen.model.entity.key) {
        let among =
            child.fields[link].among.is_none_or(|condition| seen.model.holds(&condition, &seen.record().values));
        if child.fields[link].panel.is_some()
            && among
            && engine::access::may(&seen.visit.actor, child, None, Verb::View)
        {
            let panel = panel(seen, child, link, PANEL)?;
            let fits = child.fields[link].shown.is_none() || !panel.rows.is_empty();
            if fits {
                panels.push(panel);
            }
        }
    }
    Ok(panels)
}

fn panel<'a>(seen: &Seen<'a>, child: &Model, link: usize, limit: usize) -> Result<Panel<'a>> {
    let visit = seen.visit;
    let def = &child.fields[link];
    let record = seen.record();
    let mut query = Query::all(child.entity.path);
    query.filter = Filter::test(def.key, Op::Eq, record.id.to_string());
    query.sort = vec![child.fields[child.title].key.to_owned()];
    // The first other link says more than the child's own title: of an affiliation, the person.
    let involved = matches!(def.kind, Kind::Involved(_));
    let other = (child.fields.iter())
        .position(|other| matches!(other.kind, Kind::Link(_)) && other.key != def.key && other.required)
        .filter(|_| !involved);
    let mut columns: Vec<usize> = child
        .positions(child.entity.list)
        .into_iter()
        .filter(|at| *at != link && *at != child.title && Some(*at) != other)
        .take(if involved { 3 } else { 4 })
        .collect();
    let shown = columns.clone();
    columns.extend(other);
    columns.extend(involved.then_some(link));
    let listed = visit.engine().list(&visit.actor, &query, &columns, None, limit)?;
    let rids: Vec<base::Rid> = listed.records.iter().map(|row| row.rid).collect();
    let changeable = visit.engine().among(&visit.actor, child.entity.path, &rids, Verb::Change)?;
    let rows = listed.records.iter().map(|row| {
        let linked = other.and_then(|at| row.values[at].links().first()).and_then(|rid| listed.titles.get(*rid));
        let (title, url) = match (other.map(|at| child.fields[at].kind), linked) {
            (Some(Kind::Link(to)), Some(linked)) => (linked.title.clone(), format!("/{}/{}", to.path, linked.id)),
            _ => (row.title.clone(), format!("/{}/{}", child.entity.path, row.id)),
        };
        let edit = Button {
            label: visit.say("Edit"),
            icon: "pencil",
            icon_only: true,
            small: true,
            kind: ui::Kind::Bare,
            act: Act::Link(format!("/{}/{}/edit", child.entity.path, row.id).into()),
            ..Button::default()
        };
        PanelRow {
            avatar: Some(ui::Avatar {
                id: row.id.to_string().into(),
                initials: base::names::initials(&title).into(),
                name: title.clone().into(),
                round: other.is_some(),
                ..Default::default()
            }),
            title: title.into(),
            url: url.into(),
            cells: (involved.then(|| as_what(visit, &def.kind, &row.values[link], record.rid)).into_iter())
                .chain(shown.iter().map(|at| fields::cell(visit, child, *at, row, &listed.titles)))
                .collect(),
            end: changeable.contains(&row.rid).then(|| ui::button(&edit)),
        }
    });
    let rows: Vec<PanelRow> = rows.collect();
    let id = format!("panel-{}-{}", child.entity.key, def.key);
    let more = listed
        .next
        .is_some()
        .then(|| (visit.say("Show all"), format!("{}/panels/{}/{}", seen.url(), child.entity.key, def.key).into()));
    let count = if listed.next.is_some() { format!("{}+", rows.len()) } else { rows.len().to_string() };
    let new = quick::way(child, child.entity.path, &[(def.key, &record.id.to_string())], true);
    let action =
        (engine::access::may(&visit.actor, child, None, Verb::Create) && record.deleted_at.is_none()).then(|| Button {
            label: child.singular(visit.words()).into(),
            icon: "plus",
            kind: ui::Kind::Link,
            act: new,
            ..Button::default()
        });
    Ok(Panel {
        id: id.into(),
        title: visit.say(def.panel.unwrap_or(child.entity.plural)),
        count: if rows.is_empty() { "".into() } else { count.into() },
        action,
        columns: match rows.is_empty() {
            true => Vec::new(),
            // Of one who is involved the first cell says as what.
            false => (as_whom(visit, &def.kind).into_iter())
                .chain(shown.iter().map(|at| child.label(*at, visit.words()).into()))
                .collect(),
        },
        rows,
        empty: visit.say("None yet."),
        more,
    })
}

/// What the roles of those who are involved are called.
fn as_whom<'a>(visit: &Visit, kind: &Kind) -> Option<ui::Text<'a>> {
    let Kind::Involved(list) = kind else { return None };
    visit.catalogue.list(list.key).map(|list| list.label(visit.words()).into())
}

/// What this subject has to do with the record of a row.
fn as_what<'a>(visit: &Visit, kind: &Kind, value: &Value, subject: base::Rid) -> ui::Cell<'a> {
    let Value::Involved(involved) = value else { return ui::Cell::Empty };
    let own = involved.pairs().filter(|(rid, _)| *rid == subject);
    let roles = own.filter_map(|(_, role)| Some(visit.catalogue.key_label(kind, role?, visit.words())));
    match roles.collect::<Vec<_>>().join(", ") {
        none if none.is_empty() => ui::Cell::Empty,
        roles => ui::Cell::Text(roles.into()),
    }
}

/// A sub-panel with all its rows.
pub async fn panel_page(Path((path, id, entity, link)): Path<(String, String, String, String)>, ask: Ask) -> Response {
    ask.run(move |visit| {
        let seen = Seen::read(visit, &path, &id)?;
        let child = visit.catalogue.model(&entity).ok_or(Error::Missing)?;
        let at = child.position(&link).filter(|at| child.fields[*at].panel.is_some()).ok_or(Error::Missing)?;
        let panel = panel(&seen, child, at, 1000)?;
        let page = RecordPage { header: header(&seen, false)?, main: ui::panel(&panel), ..RecordPage::default() };
        answer(shell::page(visit, &seen.record().title, Some(&path), ui::record_page(&page)))
    })
    .await
}
