//! The board: what a list shows, in columns by the values of a field, and cards carried from one to another.

use std::collections::HashMap;

mod carry;

pub use carry::{ask, carry, complete};

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use base::{Error, Money, Result, say};
use maud::Markup;
use meta::access::Verb;
use meta::catalogue::ListItem;
use meta::{Face, Filter, Kind, Model, Op, PickList, Record, Value};
use store::groups::By;
use ui::{Act, Button, Card, More};

use crate::pages::list::Asked;
use crate::pages::quick;
use crate::parts::address::{ListAddress, Of, Shape};
use crate::parts::{fields, shell};
use crate::{Ask, Visit};

/// Cards that a column shows, and so many more when it is asked to.
const CARDS: usize = 20;
/// A column shows no more than this.
const MOST: usize = 1000;

/// Whether the values of a field can be the columns of a board.
fn makes_columns(def: &meta::FieldDef) -> bool {
    !def.read_only && !def.hidden && matches!(def.kind, Kind::Pick(_) | Kind::Choice(_))
}

/// The fields that a board can be made by, the declared one first.
pub fn ways(model: &Model, face: Option<&Face>) -> Vec<usize> {
    let declared = model.board(face).and_then(|board| model.position(board.by.def().key));
    let makes = |at: &usize| makes_columns(&model.fields[*at]) && model.may_show(face, *at);
    let others = (0..model.fields.len()).filter(|at| Some(*at) != declared && makes(at));
    declared.into_iter().chain(others).collect()
}

fn by(model: &Model, face: Option<&Face>, key: &str) -> Result<usize> {
    let asked = model.position(key).filter(|at| makes_columns(&model.fields[*at]));
    let at = if key.is_empty() { ways(model, face).first().copied() } else { asked };
    at.ok_or(Error::Missing)
}

/// A value of the field, as a column.
struct Place {
    key: String,
    label: String,
    fill: Option<ui::Fill>,
    percent: Option<i64>,
    /// What the list calls the percentage.
    percent_of: Option<&'static str>,
    retired: bool,
}

/// The values of a field, those of one group where they are parted.
fn places(visit: &Visit, model: &Model, at: usize, group: Option<&str>) -> Vec<Place> {
    let kind = &model.fields[at].kind;
    let place = |key: &str| Place {
        key: key.to_owned(),
        label: visit.catalogue.key_label(kind, key, visit.words()),
        fill: fields::fill(visit, kind, key),
        percent: None,
        percent_of: None,
        retired: false,
    };
    match kind {
        Kind::Choice(choices) => choices.iter().map(|choice| place(choice.key)).collect(),
        Kind::Pick(list) => {
            let items = visit.catalogue.list(list.key).map_or(&[][..], |list| &list.items);
            let item = |item: &meta::catalogue::ListItem| Place {
                percent: item.percent.filter(|_| list.percent.is_some()),
                percent_of: list.percent,
                retired: item.retired,
                ..place(&item.key)
            };
            let is_of = |item: &&ListItem| group.is_none() || visit.catalogue.group_of(list, &item.key) == group;
            items.iter().filter(is_of).map(item).collect()
        }
        _ => Vec::new(),
    }
}

/// What a value of a field is a part of; none where there are no several such.
fn group_of<'a>(visit: &'a Visit, model: &Model, at: usize, key: &str) -> Option<&'a str> {
    let (list, groups) = groups(visit, model, at)?;
    let first = || groups.first().map(|group| group.key.as_str());
    visit.catalogue.group_of(list, key).or_else(first)
}

fn groups<'a>(visit: &'a Visit, model: &Model, at: usize) -> Option<(&'static PickList, Vec<&'a ListItem>)> {
    let Kind::Pick(list) = model.fields[at].kind else { return None };
    Some((list, visit.catalogue.groups(list))).filter(|(_, groups)| !groups.is_empty())
}

/// The group that a board shows: the chosen one, that of the filter, or the first.
fn shown_group<'a>(asked: &Asked<'a>, at: usize) -> Option<&'a str> {
    let (list, groups) = groups(asked.visit, asked.model, at)?;
    let by = list.grouped?;
    let filtered = asked.address.filter.chips().into_iter().find_map(|part| match part {
        Filter::Test { field, op: Op::Eq, value } => match asked.model.field(field)?.kind {
            Kind::Pick(held) if held.key == by.key => value.as_str(),
            _ => None,
        },
        _ => None,
    });
    let chosen = asked.address.shape.as_ref().map_or("", |shape| shape.group.as_str());
    let known = |key: &str| groups.iter().find(|group| group.key == key).map(|group| group.key.as_str());
    known(chosen).or_else(|| known(filtered?)).or_else(|| groups.first().map(|group| group.key.as_str()))
}

/// The menu that chooses the group; nothing where there is but one.
pub fn choose_group<'a>(asked: &Asked<'a>) -> Option<ui::Menu<'a>> {
    let shape = asked.address.shape.as_ref().filter(|shape| shape.of == Of::Board)?;
    let at = by(asked.model, asked.face, &shape.by).ok()?;
    let shown = shown_group(asked, at)?;
    let (list, groups) = groups(asked.visit, asked.model, at)?;
    let by = list.grouped?;
    let label = |group: &ListItem| group.label(by.key, asked.visit.words());
    let item = |group: &&ListItem| {
        let board = Shape { group: group.key.clone(), cards: Vec::new(), ..shape.clone() };
        ui::MenuItem {
            label: label(group).into(),
            act: Act::Link(ListAddress { shape: Some(board), ..asked.address.clone() }.url().into()),
            chosen: group.key == shown,
            ..ui::MenuItem::default()
        }
    };
    let now = groups.iter().find(|group| group.key == shown)?;
    Some(ui::Menu {
        id: "board-group".into(),
        button: Button { label: label(now).into(), kind: ui::Kind::Bare, caret: true, ..Button::default() },
        items: groups.iter().map(item).collect(),
    })
}

/// The board in the place of a list's table.
pub fn board(asked: &Asked) -> Result<Markup> {
    let (visit, model, address) = (asked.visit, asked.model, &asked.address);
    let shown = address.shape.clone().unwrap_or(Shape::of(Of::Board));
    let at = by(model, asked.face, &shown.by)?;
    let def = &model.fields[at];
    let declared = model.board(asked.face).filter(|board| board.by.def().key == def.key);
    let sums: Vec<usize> =
        declared.and_then(|board| board.sum).and_then(|sum| model.position(sum.def().key)).into_iter().collect();
    let mut found: HashMap<String, (i64, Vec<Money>)> = HashMap::new();
    for group in visit.engine().groups(&visit.actor, &asked.query(), &[By::Field(at)], &sums)? {
        let (count, money) = found.entry(group.values[0].text().to_owned()).or_default();
        *count += group.count;
        money.extend(group.sums.into_iter().flatten());
    }
    let mut columns = Vec::new();
    let group = shown_group(asked, at);
    let mut all = places(visit, model, at, group);
    if found.contains_key("") {
        let label = visit.say("Nothing chosen").into_owned();
        all.insert(0, Place { key: String::new(), label, fill: None, percent: None, percent_of: None, retired: false });
    }
    let may_create = asked.may(Verb::Create);
    let card = self::card(asked)?;
    all.retain(|place| !place.retired || found.contains_key(&place.key));
    for place in all {
        let (count, money) = found.remove(&place.key).unwrap_or_default();
        let cards = shown.cards.iter().find(|(key, _)| *key == place.key).map(|(_, cards)| (*cards).clamp(CARDS, MOST));
        let narrow = place.fill == Some(ui::Fill::Grey) && cards.is_none();
        let listed = match narrow || count == 0 {
            true => Vec::new(),
            false => cards_of(asked, at, &place.key, &card, cards.unwrap_or(CARDS))?,
        };
        let with_cards = |cards: usize| {
            let mut other = shown.clone();
            other.cards.retain(|(key, _)| *key != place.key);
            other.cards.push((place.key.clone(), cards));
            ListAddress { shape: Some(other), ..address.clone() }.url()
        };
        let left = usize::try_from(count).unwrap_or(0).saturating_sub(listed.len());
        let more = (left > 0 && !narrow).then(|| More {
            url: with_cards(listed.len() + CARDS).into(),
            label: visit.text(say!("{count} more", count = left)).into(),
            note: "".into(),
        });
        let percent =
            place.percent.map(|percent| meta::human::show(&Value::Int(percent), &Kind::Percent, &visit.style()));
        let consequence = match (&percent, place.percent_of) {
            (Some(percent), Some(what)) => visit.text(say!(
                "Move to {column}: {what} becomes {percent}",
                column = place.label.clone(),
                what = visit.say(what).to_lowercase(),
                percent = percent.clone()
            )),
            _ => visit.text(say!("Move to {column}", column = place.label.clone())),
        };
        let pairs = [(def.key, place.key.as_str())];
        columns.push(ui::BoardColumn {
            new: (may_create && !narrow && !place.key.is_empty()).then(|| Button {
                label: visit.text(say!("New in {column}", column = place.label.clone())).into(),
                icon: "plus",
                icon_only: true,
                small: true,
                kind: ui::Kind::Bare,
                act: quick::way(model, &address.path, &pairs, true),
                ..Button::default()
            }),
            key: place.key.clone().into(),
            fill: place.fill,
            count: meta::human::show(&Value::Int(count), &Kind::Number { decimals: 0, unit: "" }, &visit.style())
                .into(),
            sums: money
                .into_iter()
                .map(|sum| meta::human::show(&Value::Money(sum), &Kind::Money, &visit.style()).into())
                .collect(),
            percent: percent.unwrap_or_default().into(),
            consequence: consequence.into(),
            open_url: if narrow { with_cards(CARDS).into() } else { "".into() },
            cards: listed,
            more,
            empty: visit.say("None yet"),
            label: place.label.into(),
        });
    }
    let what = model.label(at, visit.words()).to_lowercase();
    let move_url = format!("/{}/{{id}}/move?by={}", address.path, def.key);
    Ok(ui::board(&ui::Board {
        label: visit.text(say!("{plural} by {what}", plural = asked.plural(), what = what)).into(),
        move_url: if asked.may(Verb::Change) { move_url.into() } else { "".into() },
        columns,
        changes_url: format!("/{}/changes", address.path).into(),
        help: visit.say("Enter opens, Space lifts and drops, arrows carry, Esc puts back"),
        move_word: visit.say("Move the card"),
        lifted: visit.say("Lifted"),
        dropped: visit.say("Dropped"),
    }))
}

/// Where a person's choice of what cards show is kept.
pub fn chosen_card(path: &str) -> String {
    format!("card.{path}")
}

/// The fields that cards show below their title: those that somebody chose, or the declared ones and who is in charge.
pub fn card(asked: &Asked) -> Result<Vec<usize>> {
    let (visit, model) = (asked.visit, asked.model);
    let chosen = visit.engine().preference(visit.user.rid, &chosen_card(&asked.address.path))?;
    let declared = || model.positions(model.board(asked.face).map_or(&[][..], |board| board.card));
    let mut shown: Vec<usize> = match chosen {
        Some(keys) => keys.split(',').filter_map(|key| model.position(key)).collect(),
        None => declared().into_iter().chain(model.in_charge).collect(),
    };
    shown.retain(|at| may_stand_on_card(asked, *at));
    Ok(shown)
}

/// Whether a field is one that a card can show: the title stands there already, and a picture has no room.
pub fn may_stand_on_card(asked: &Asked, at: usize) -> bool {
    let picture = matches!(asked.model.fields[at].kind, Kind::Picture | Kind::File);
    at != asked.model.title && !picture && asked.model.may_show(asked.face, at)
}

fn cards_of<'a>(asked: &Asked<'a>, at: usize, key: &str, shown: &[usize], cards: usize) -> Result<Vec<Card<'a>>> {
    let (visit, model) = (asked.visit, asked.model);
    let def = &model.fields[at];
    let due = model.positions(model.board(asked.face).map_or(&[][..], |board| board.card)).into_iter();
    let mut due = due.filter(|at| matches!(model.fields[*at].kind, Kind::Date) && model.fields[*at].sorted);
    let read: Vec<usize> = [model.title].into_iter().chain(shown.iter().copied()).collect();
    let mut query = asked.query();
    let one = match key {
        "" => Filter::test(def.key, Op::Empty, true),
        key => Filter::test(def.key, Op::Eq, key),
    };
    query.filter = query.filter.and(one);
    // What is due first stands first.
    if asked.address.sort.is_empty()
        && let Some(due) = due.next()
    {
        query.sort = vec![model.fields[due].key.to_owned()];
    }
    let listed = visit.engine().list(&visit.actor, &query, &read, None, cards)?;
    let may_change = asked.may(Verb::Change);
    let card = |record: &Record| {
        let (people, others): (Vec<usize>, Vec<usize>) =
            shown.iter().partition(|at| matches!(model.fields[**at].kind, Kind::People));
        let lines = others.iter().filter(|at| !record.values[**at].is_empty());
        let line = |at: &usize| {
            let label = model.label(*at, visit.words());
            (label.into(), fields::cell(visit, model, *at, record, &listed.titles))
        };
        let people = people.iter().flat_map(|at| record.values[*at].links());
        let person = |rid: &base::Rid| {
            let linked = listed.titles.get(*rid)?;
            Some(shell::person(&linked.id.to_string(), &linked.title))
        };
        let path = &asked.address.path;
        Card {
            id: record.id.to_string().into(),
            version: record.version.to_string().into(),
            url: format!("/{path}/{}", record.id).into(),
            title: record.title.clone().into(),
            lines: lines.map(line).collect(),
            people: people.filter_map(person).take(3).collect(),
            ask_url: match may_change {
                true => format!("/{path}/{}/move?by={}", record.id, def.key).into(),
                false => "".into(),
            },
        }
    };
    Ok(listed.records.iter().map(card).collect())
}

/// The number of the last change of all, so that a board that is looked at knows when to look again.
pub async fn changes(Path(path): Path<String>, ask: Ask) -> Response {
    ask.run(move |visit| {
        engine::query::at(&visit.catalogue, &path)?;
        Ok(visit.engine().latest_change()?.to_string().into_response())
    })
    .await
}

/// The menu that chooses the field of the columns; nothing where there is but one.
pub fn choose_by<'a>(asked: &Asked<'a>) -> Option<ui::Menu<'a>> {
    let (visit, model) = (asked.visit, asked.model);
    let ways = ways(model, asked.face);
    let shape = asked.address.shape.as_ref().filter(|shape| shape.of == Of::Board)?;
    let at = by(model, asked.face, &shape.by).ok()?;
    (ways.len() > 1).then(|| ui::Menu {
        id: "board-by".into(),
        button: Button {
            label: visit.text(say!("By {what}", what = model.label(at, visit.words()).to_lowercase())).into(),
            kind: ui::Kind::Bare,
            caret: true,
            ..Button::default()
        },
        items: ways
            .into_iter()
            .map(|way| {
                let board = Shape { by: model.fields[way].key.to_owned(), ..Shape::of(Of::Board) };
                ui::MenuItem {
                    label: visit.text(say!("By {what}", what = model.label(way, visit.words()).to_lowercase())).into(),
                    act: Act::Link(ListAddress { shape: Some(board), ..asked.address.clone() }.url().into()),
                    chosen: way == at,
                    ..ui::MenuItem::default()
                }
            })
            .collect(),
    })
}
