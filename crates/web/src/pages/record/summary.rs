//! What those that lead to a record sum up to, by what another link of theirs leads to: a table and a chart, every figure of which
//! opens the list behind it. One query for each entity that declares it.

use std::collections::{BTreeMap, BTreeSet};

use base::{Error, Result, Rid};
use engine::{Query, Titles};
use maud::Markup;
use meta::access::Verb;
use meta::entity::{Summary, SummaryColumn};
use meta::{Filter, Kind, Model, Op, Value};
use store::groups::By;
use ui::Section;

use super::Seen;
use crate::pages::figures::{Sum, whole};
use crate::parts::address::ListAddress;

/// A column, and whose records it sums up.
struct Column<'a> {
    child: &'a Model,
    summary: Summary,
    declared: &'static SummaryColumn,
}

/// Of one label: its columns, and their sums by the line.
struct Table<'a> {
    columns: Vec<Column<'a>>,
    lines: BTreeMap<Option<Rid>, Vec<Sum>>,
    /// Why it could not be summed up.
    unsummed: Option<String>,
}

/// A section for each label under which anything is summed up.
pub fn summaries(seen: &Seen) -> Result<Vec<Markup>> {
    let mut tables: BTreeMap<&'static str, Table> = BTreeMap::new();
    for child in &seen.visit.catalogue.models {
        let leads_here =
            |summary: &Summary| matches!(summary.through.def().kind, Kind::Link(to) if to.key == seen.model.entity.key);
        let named = |field: &dyn meta::Declared| child.position(field.def().key).is_some();
        let Some(summary) = child.entity.summary.filter(leads_here).filter(|summary| named(summary.through)) else {
            continue;
        };
        if engine::access::may(&seen.visit.actor, child, None, Verb::View) {
            let table = tables.entry(summary.label).or_insert_with(|| Table {
                columns: Vec::new(),
                lines: BTreeMap::new(),
                unsummed: None,
            });
            match add(seen, child, summary, table) {
                // Too many to be summed up while somebody waits for the page.
                Err(Error::Refused(problems)) => {
                    let why = problems.into_iter().map(|problem| seen.visit.text(problem.text)).collect::<Vec<_>>();
                    table.unsummed = Some(why.join(" "));
                }
                other => other?,
            }
        }
    }
    let shown = tables.into_iter().filter(|(_, table)| !table.lines.is_empty() || table.unsummed.is_some());
    shown.map(|(label, table)| section(seen, label, &table)).collect()
}

fn add<'a>(seen: &Seen<'a>, child: &'a Model, summary: Summary, table: &mut Table<'a>) -> Result<()> {
    let first = table.columns.len();
    // What one may not see is summed up for nobody.
    let named = |column: &&SummaryColumn| column.of.is_none_or(|of| child.position(of.def().key).is_some());
    let columns: Vec<&SummaryColumn> = summary.columns.iter().filter(named).collect();
    table.columns.extend(columns.iter().map(|declared| Column { child, summary, declared }));
    let (Some(by), Some(split)) =
        (child.position(summary.by.def().key), columns.first().and_then(|column| child.position(column.only.field)))
    else {
        return Ok(());
    };
    let money: Vec<usize> = columns.iter().filter_map(|column| child.position(column.of?.def().key)).collect();
    let query = Query {
        filter: Filter::test(summary.through.def().key, Op::Eq, seen.record().id.to_string()),
        ..Query::all(child.entity.path)
    };
    let groups = seen.visit.engine().groups(&seen.visit.actor, &query, &[By::Field(by), By::Field(split)], &money)?;
    for group in groups {
        let line = group.values[0].links().first().copied();
        let mut sums = group.sums.into_iter();
        for (place, column) in columns.iter().enumerate() {
            let money = column.of.and_then(|_| sums.next()).flatten();
            if column.only.holds(&group.values[1]) {
                let cells = table.lines.entry(line).or_default();
                cells.resize(cells.len().max(first + place + 1), Sum::default());
                cells[first + place].add(group.count, money);
            }
        }
    }
    Ok(())
}

fn section(seen: &Seen, label: &'static str, table: &Table) -> Result<Markup> {
    let visit = seen.visit;
    let rows: BTreeSet<Rid> = table.lines.keys().flatten().copied().collect();
    let titles = visit.engine().titles(&visit.actor, &[Value::Links(rows.into_iter().collect())])?;
    let mut lines: Vec<(String, Option<Rid>, &Vec<Sum>)> =
        table.lines.iter().map(|(line, sums)| (called(seen, *line, &titles), *line, sums)).collect();
    lines.sort_by_cached_key(|(label, line, _)| (line.is_none(), base::fold(label)));
    let mut total = vec![Sum::default(); table.columns.len()];
    for (_, _, sums) in &lines {
        total.iter_mut().zip(sums.iter()).for_each(|(all, sum)| all.join(sum));
    }
    let none = Sum::default();
    let row = |label: String, of: Option<Option<Rid>>, sums: &[Sum]| {
        let figures = table.columns.iter().enumerate();
        let figure =
            |(place, column): (usize, &Column)| figure(seen, column, of, sums.get(place).unwrap_or(&none), &titles);
        Ok::<_, Error>(ui::FigureRow { label: label.into(), figures: figures.map(figure).collect::<Result<_>>()? })
    };
    let points = lines.iter().map(|(label, _, sums)| {
        let amounts = table.columns.iter().enumerate().filter(|(_, column)| column.declared.of.is_some());
        (label.clone().into(), amounts.map(|(place, _)| sums.get(place).map_or(0, whole)).collect())
    });
    let heads = |column: &Column| visit.say(column.declared.label);
    let amounts = table.columns.iter().filter(|column| column.declared.of.is_some());
    let by =
        table.columns.first().and_then(|column| Some((column, column.child.position(column.summary.by.def().key)?)));
    let figures = ui::figures(&ui::Figures {
        by: by.map_or("".into(), |(column, at)| column.child.label(at, visit.words()).into()),
        heads: table.columns.iter().map(heads).collect(),
        rows: lines.iter().map(|(label, line, sums)| row(label.clone(), Some(*line), sums)).collect::<Result<_>>()?,
        total: row(visit.say("Total").into_owned(), None, &total)?,
        note: table.unsummed.clone().unwrap_or_default().into(),
        empty: "".into(),
        chart: ui::Chart {
            label: visit.say(label),
            series: amounts.map(heads).collect(),
            points: points.collect(),
            locale: visit.actor.language.tag(),
        },
    });
    Ok(ui::section(&Section { title: visit.say(label), body: Some(figures), ..Section::default() }))
}

fn called(seen: &Seen, line: Option<Rid>, titles: &Titles) -> String {
    match line {
        None => seen.visit.say("Nothing chosen").into_owned(),
        Some(rid) => match titles.get(rid) {
            Some(linked) => linked.title.clone(),
            None => seen.visit.say("hidden").into_owned(),
        },
    }
}

/// A figure, with the list behind it; `of` is none for the total.
fn figure<'a>(
    seen: &Seen,
    column: &Column,
    of: Option<Option<Rid>>,
    sum: &Sum,
    titles: &Titles,
) -> Result<ui::Figure<'a>> {
    let visit = seen.visit;
    let number =
        |count: i64| meta::human::show(&Value::Int(count), &Kind::Number { decimals: 0, unit: "" }, &visit.style());
    let money = sum.money.iter().map(|money| meta::human::show(&Value::Money(*money), &Kind::Money, &visit.style()));
    let (sums, count) = match column.declared.of {
        Some(_) => (money.map(Into::into).collect(), number(sum.count)),
        None => (vec![number(sum.count).into()], String::new()),
    };
    if sum.count == 0 {
        return Ok(ui::Figure::default());
    }
    let only = column.declared.only;
    let by = column.summary.by.def().key;
    let mut filter = Filter::test(column.summary.through.def().key, Op::Eq, seen.record().id.to_string());
    filter = filter.and(match of {
        None => Filter::everything(),
        Some(None) => Filter::test(by, Op::Empty, true),
        // What may not be seen cannot be asked for.
        Some(Some(rid)) => match titles.get(rid) {
            Some(linked) => Filter::test(by, Op::Eq, linked.id.to_string()),
            None => return Ok(ui::Figure { sums, count: count.into(), ..ui::Figure::default() }),
        },
    });
    filter = filter.and(match only.any_of {
        [one] => Filter::test(only.field, Op::Eq, *one),
        several => Filter::test(only.field, Op::In, several.iter().map(|key| (*key).to_owned()).collect::<Vec<_>>()),
    });
    let url = ListAddress::read(column.child.entity.path, "")?.with_filter(filter).url();
    Ok(ui::Figure { sums, count: count.into(), url: url.into() })
}
