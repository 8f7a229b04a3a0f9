//! What a list sums up to: a table and a chart, every figure of which opens the list behind it.

use std::collections::{BTreeMap, BTreeSet};

use base::{Id, Money, Result, Rid};
use chrono::{Datelike, Months, NaiveDate};
use engine::users::User;
use maud::Markup;
use meta::entity::Figures;
use meta::{Filter, Kind, Model, Op, Value};
use store::groups::By;
use ui::{Act, Button};

use crate::Visit;
use crate::pages::list::Asked;
use crate::parts::address::{ListAddress, Of, Shape};

/// What stands in the address for the teams of a field of people.
const TEAMS: &str = "teams";

/// What the lines are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lines {
    Month(usize),
    People(usize),
    Teams(usize),
    Values(usize),
}

impl Lines {
    fn key(self, model: &Model) -> String {
        match self {
            Lines::Teams(_) => TEAMS.to_owned(),
            Lines::Month(at) | Lines::People(at) | Lines::Values(at) => model.fields[at].key.to_owned(),
        }
    }

    fn label(self, visit: &Visit, model: &Model) -> String {
        match self {
            Lines::Month(_) => visit.say("By month").into_owned(),
            Lines::People(_) => visit.say("By person").into_owned(),
            Lines::Teams(_) => visit.say("By team").into_owned(),
            Lines::Values(at) => {
                visit.text(base::say!("By {what}", what = model.label(at, visit.words()).to_lowercase()))
            }
        }
    }
}

/// What a list is summed up to; none for those who may not see all that goes into it.
pub fn declared(model: &Model) -> Option<Figures> {
    let named = |field: &dyn meta::Declared| model.position(field.def().key).is_some();
    model
        .entity
        .figures
        .filter(|of| named(of.split) && named(of.of) && named(of.weighted) && !ways(model, of).is_empty())
}

fn ways(model: &Model, figures: &Figures) -> Vec<Lines> {
    let lines = |at: usize| match model.fields[at].kind {
        Kind::Date => vec![Lines::Month(at)],
        Kind::People => vec![Lines::People(at), Lines::Teams(at)],
        _ => vec![Lines::Values(at)],
    };
    model.positions(figures.by).into_iter().filter(|at| !model.fields[*at].hidden).flat_map(lines).collect()
}

/// What stands behind a line: its label, its filter, and for each value of the choice how many and how much.
struct Line {
    label: String,
    filter: Filter,
    cells: Vec<Sum>,
    weighted: Sum,
}

/// How many, and how much in each currency.
#[derive(Clone, Default)]
pub(super) struct Sum {
    pub count: i64,
    pub money: Vec<Money>,
}

/// In whole units of the first currency, as charts draw it.
pub(super) fn whole(sum: &Sum) -> i64 {
    sum.money.first().map_or(0, |money| money.minor / 10_i64.pow(money.currency.minor_digits().into()))
}

impl Sum {
    pub fn join(&mut self, other: &Sum) {
        self.count += other.count;
        other.money.iter().for_each(|money| self.add(0, Some(*money)));
    }

    pub fn add(&mut self, count: i64, money: Option<Money>) {
        self.count += count;
        let Some(money) = money else { return };
        match self.money.iter_mut().find(|known| known.currency == money.currency) {
            Some(known) => known.minor = known.minor.saturating_add(money.minor),
            None => self.money.push(money),
        }
    }
}

/// The menu that chooses what the lines are.
pub fn choose_by<'a>(asked: &Asked<'a>) -> Option<ui::Menu<'a>> {
    let (visit, model) = (asked.visit, asked.model);
    let figures = declared(model)?;
    let shape = asked.address.shape.as_ref().filter(|shape| shape.of == Of::Figures)?;
    let now = chosen(model, &figures, &shape.by)?;
    let item = |lines: Lines| {
        let shape = Shape { by: lines.key(model), ..Shape::of(Of::Figures) };
        ui::MenuItem {
            label: lines.label(visit, model).into(),
            act: Act::Link(ListAddress { shape: Some(shape), ..asked.address.clone() }.url().into()),
            chosen: lines == now,
            ..ui::MenuItem::default()
        }
    };
    Some(ui::Menu {
        id: "figures-by".into(),
        button: Button {
            label: now.label(visit, model).into(),
            kind: ui::Kind::Bare,
            caret: true,
            ..Button::default()
        },
        items: ways(model, &figures).into_iter().map(item).collect(),
    })
}

fn chosen(model: &Model, figures: &Figures, by: &str) -> Option<Lines> {
    let ways = ways(model, figures);
    ways.iter().copied().find(|lines| lines.key(model) == by).or_else(|| ways.first().copied())
}

/// The table and its chart.
pub fn figures(asked: &Asked) -> Result<Markup> {
    let (visit, model) = (asked.visit, asked.model);
    let missing = || base::Error::Missing;
    let declared = declared(model).ok_or_else(missing)?;
    let by = asked.address.shape.as_ref().map_or("", |shape| shape.by.as_str());
    let lines = chosen(model, &declared, by).ok_or_else(missing)?;
    let split = model.position(declared.split.def().key).ok_or_else(missing)?;
    let Kind::Choice(choices) = model.fields[split].kind else { return Err(missing()) };
    let sums = model.positions(&[declared.of, declared.weighted]);
    let gathered = match lines {
        Lines::Month(at) => By::Month(at),
        Lines::People(at) | Lines::Teams(at) | Lines::Values(at) => By::Field(at),
    };
    let groups = visit.engine().groups(&visit.actor, &asked.query(), &[gathered, By::Field(split)], &sums)?;
    let mut found: BTreeMap<(usize, String), Line> = BTreeMap::new();
    let mut total = blank(visit.say("Total").into_owned(), Filter::everything(), choices.len());
    let gatherer = Gatherer::new(visit, model, lines)?;
    for group in &groups {
        let place = choices.iter().position(|choice| choice.key == group.values[1].text());
        let Some(place) = place else { continue };
        let into = |line: &mut Line| {
            line.cells[place].add(group.count, group.sums[0]);
            // What can be expected is a question of what is still open.
            if place == 0 {
                line.weighted.add(group.count, group.sums[1]);
            }
        };
        into(&mut total);
        for (key, label, filter) in gatherer.lines_of(&group.values[0]) {
            into(found.entry(key).or_insert_with(|| blank(label, filter, choices.len())));
        }
    }
    let address = |filter: &Filter, key: &str| {
        let one = Filter::test(model.fields[split].key, Op::Eq, key);
        let filter = asked.address.filter.clone().and(filter.clone()).and(one);
        ListAddress { filter, shape: None, ..asked.address.clone() }.url()
    };
    let show = |money: &Money| meta::human::show(&Value::Money(*money), &Kind::Money, &visit.style());
    let row = |line: &Line| ui::FigureRow {
        label: line.label.clone().into(),
        figures: figures_of(line, choices.len())
            .map(|(place, sum)| ui::Figure {
                sums: sum.money.iter().map(|money| show(money).into()).collect(),
                count: sum.count.to_string().into(),
                url: if sum.count > 0 { address(&line.filter, choices[place].key).into() } else { "".into() },
            })
            .collect(),
    };
    let label = |choice: &meta::ChoiceDef| visit.say(choice.label).into_owned();
    let weighted = model.label(sums[1], visit.words());
    let mut heads: Vec<String> = choices.iter().map(label).collect();
    heads.insert(1.min(heads.len()), weighted);
    let chart = ui::Chart {
        label: asked.plural().into(),
        // Bars of what is sure stand below those of what is expected.
        series: (0..heads.len()).map(|at| heads[at].clone().into()).collect(),
        points: found
            .values()
            .map(|line| {
                (line.label.clone().into(), figures_of(line, choices.len()).map(|(_, sum)| whole(sum)).collect())
            })
            .collect(),
        locale: visit.actor.language.tag(),
    };
    Ok(ui::figures(&ui::Figures {
        by: lines.label(visit, model).into(),
        heads: heads.into_iter().map(Into::into).collect(),
        rows: found.values().map(row).collect(),
        total: row(&total),
        note: match lines {
            Lines::People(_) | Lines::Teams(_) => {
                visit.say("What several people are in charge of counts for each of them, and once in the total.")
            }
            _ => "".into(),
        },
        empty: visit.say("Nothing to sum up."),
        chart,
    }))
}

fn blank(label: String, filter: Filter, places: usize) -> Line {
    Line { label, filter, cells: vec![Sum::default(); places], weighted: Sum::default() }
}

/// The sums of a line in the order of the columns: the first value, what can be expected of it, the other values.
fn figures_of(line: &Line, places: usize) -> impl Iterator<Item = (usize, &Sum)> {
    let first = line.cells.iter().enumerate().take(1);
    first.chain([(0, &line.weighted)]).chain(line.cells.iter().enumerate().skip(1).take(places))
}

/// Which lines a group counts for.
struct Gatherer<'a> {
    visit: &'a Visit<'a>,
    model: &'a Model,
    lines: Lines,
    users: Vec<User>,
    teams: Vec<(Rid, String)>,
}

type Found = ((usize, String), String, Filter);

impl<'a> Gatherer<'a> {
    fn new(visit: &'a Visit<'a>, model: &'a Model, lines: Lines) -> Result<Gatherer<'a>> {
        let people = matches!(lines, Lines::People(_) | Lines::Teams(_));
        let users = if people { visit.engine().users()? } else { Vec::new() };
        let ids: BTreeSet<Rid> = users.iter().filter_map(|user| user.team).collect();
        let titles = visit.engine().titles(&visit.actor, &[Value::Links(ids.iter().copied().collect())])?;
        let team = |rid: Rid| Some((rid, titles.get(rid)?.title.clone()));
        Ok(Gatherer { visit, model, lines, users, teams: ids.into_iter().filter_map(team).collect() })
    }

    fn lines_of(&self, value: &Value) -> Vec<Found> {
        match self.lines {
            Lines::Month(at) => vec![self.month(at, value.text())],
            Lines::Values(at) => vec![self.value(at, value.text())],
            Lines::People(at) => {
                let person = |rid: &Rid| self.users.iter().find(|user| user.rid == *rid);
                let line = |user: &User| self.among(at, &user.name, &[user.id]);
                let known: Vec<Found> = value.links().iter().filter_map(person).map(line).collect();
                if known.is_empty() { vec![self.nobody(at)] } else { known }
            }
            Lines::Teams(at) => {
                let team = |rid: &Rid| self.users.iter().find(|user| user.rid == *rid)?.team;
                let teams: BTreeSet<Rid> = value.links().iter().filter_map(team).collect();
                let line = |(rid, name): &(Rid, String)| {
                    let members = self.users.iter().filter(|user| user.team == Some(*rid));
                    self.among(at, name, &members.map(|user| user.id).collect::<Vec<_>>())
                };
                self.teams.iter().filter(|(rid, _)| teams.contains(rid)).map(line).collect()
            }
        }
    }

    fn month(&self, at: usize, month: &str) -> Found {
        let key = self.model.fields[at].key;
        let Ok(first) = format!("{month}-01").parse::<NaiveDate>() else {
            return (
                (usize::MAX, String::new()),
                self.visit.say("No date").into_owned(),
                Filter::test(key, Op::Empty, true),
            );
        };
        let last = first.checked_add_months(Months::new(1)).and_then(|next| next.pred_opt()).unwrap_or(first);
        let days = serde_json::json!([first.to_string(), last.to_string()]);
        let label = format!("{:02}/{}", first.month(), first.year());
        ((0, month.to_owned()), label, Filter::test(key, Op::Between, days))
    }

    fn value(&self, at: usize, key: &str) -> Found {
        let def = &self.model.fields[at];
        if key.is_empty() {
            let label = self.visit.say("Nothing chosen").into_owned();
            return ((usize::MAX, String::new()), label, Filter::test(def.key, Op::Empty, true));
        }
        let place = match def.kind {
            Kind::Pick(list) => {
                let items = self.visit.catalogue.list(list.key).map_or(&[][..], |list| &list.items);
                items.iter().position(|item| item.key == key).unwrap_or(usize::MAX)
            }
            _ => 0,
        };
        let label = self.visit.catalogue.key_label(&def.kind, key, self.visit.words());
        ((place, label.clone()), label, Filter::test(def.key, Op::Eq, key))
    }

    fn among(&self, at: usize, name: &str, users: &[Id]) -> Found {
        let ids: Vec<serde_json::Value> = users.iter().map(|id| id.to_string().into()).collect();
        ((0, base::fold(name)), name.to_owned(), Filter::test(self.model.fields[at].key, Op::In, ids))
    }

    fn nobody(&self, at: usize) -> Found {
        let label = self.visit.say("Nobody in charge").into_owned();
        ((usize::MAX, String::new()), label, Filter::test(self.model.fields[at].key, Op::Empty, true))
    }
}
