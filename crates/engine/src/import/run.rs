//! Walks a file: rows are read on one thread while the batch before is written, each batch in one short transaction.

use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, sync_channel};
use std::time::{Duration, Instant};

use base::words::Words;
use base::{Error, Problem, Result, Rid, failpoint};
use meta::access::Verb;
use meta::{Catalogue, Model, Value};
use serde::{Deserialize, Serialize};
use sheet::{Position, SheetError};
use store::Lane;
use store::jobs::Job;

use super::batch::{Done, Step};
use super::plan::Plan;
use super::refused::Refused;
use super::report::{Outcome, Report, RowReport, Said};
use super::rows::{Parsed, Reader, description};
use super::seen::Seen;
use super::unreadable::unreadable;
use crate::ending::Ending;
use crate::prepare::Prepared;
use crate::{Actor, Engine, access, pace, write};

const ROWS: usize = 50;
const FEWEST: usize = 50;
const MOST: usize = 400;
/// How long a transaction under way waits for rows that are still being read.
const READING: Duration = Duration::from_millis(20);

/// How far a run has come: the checkpoint of its job.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Progress {
    pub position: Position,
    pub op: Option<i64>,
    pub refused_bytes: u64,
    pub report: Report,
}

/// One walk through one file.
pub(super) struct Walk<'a> {
    pub engine: &'a Engine,
    pub actor: &'a Actor,
    pub plan: &'a Plan,
    pub path: &'a Path,
    pub words: Option<&'a Words>,
    pub stop: Option<&'a AtomicBool>,
    /// Told after each batch.
    pub tick: &'a mut dyn FnMut(&Report),
}

/// A row as the plan reads it.
#[derive(Debug)]
pub struct Previewed {
    pub row: u64,
    pub line: u64,
    pub cells: Vec<String>,
    /// Positions in the model with values in normal form.
    pub values: Vec<(usize, Value)>,
    /// What goes into the description.
    pub lines: Vec<String>,
    /// Positions with the names of the records that they shall link to.
    pub named: Vec<(usize, String)>,
    pub problems: Vec<Problem>,
}

impl Engine {
    /// Some rows as the plan reads them, from one of the file on (counted from 0). Nothing is looked up or written.
    pub fn preview_import(
        &self,
        actor: &Actor,
        path: &Path,
        plan: &Plan,
        from: usize,
        rows: usize,
    ) -> Result<Vec<Previewed>> {
        let catalogue = self.catalogue();
        let mut reader = Reader::new(&catalogue, plan, actor)?;
        let read = sheet::rows(path, &plan.shape).map_err(unreadable)?;
        let preview = |row: Result<sheet::Row, SheetError>| {
            let row = reader.read(row.map_err(unreadable)?);
            let Parsed { number, line, cells, values, lines, links, warnings, .. } = row;
            let named = links.into_iter().map(|link| (link.at, link.cell)).collect();
            Ok(Previewed { row: number, line, cells, values, lines, named, problems: warnings })
        };
        read.skip(from).take(rows).map(preview).collect()
    }

    /// What would come of an import; nothing is written. Rows of one record are counted as updates of the first of them.
    pub fn rehearse(
        &self,
        actor: &Actor,
        path: &Path,
        plan: &Plan,
        words: Option<&Words>,
        tick: &mut dyn FnMut(&Report),
    ) -> Result<Report> {
        let mut walk = Walk { engine: self, actor, plan, path, words, stop: None, tick };
        walk.rehearse()
    }
}

impl Walk<'_> {
    pub fn rehearse(&mut self) -> Result<Report> {
        let catalogue = self.engine.catalogue();
        let keys = keys(&catalogue, self.plan, self.actor)?;
        let mut seen = Seen::default();
        let mut report = Report::default();
        let (engine, actor, plan, words) = (self.engine, self.actor, self.plan, self.words);
        walk(&catalogue, plan, actor, self.path, Position::default(), &AtomicUsize::new(ROWS * 4), |some| {
            let rows = some.batch(0)?.unwrap_or_default();
            let done = engine.store.read(|tx| {
                let model = catalogue.model(&plan.entity).ok_or(Error::Missing)?;
                let step = Step {
                    tx,
                    catalogue: &catalogue,
                    model,
                    actor,
                    plan,
                    keys: &keys,
                    description: description(model),
                };
                step.rehearse(rows, &mut seen)
            })?;
            rows.iter().zip(&done).for_each(|(row, done)| report.add(told(row, done, words)));
            (self.tick)(&report);
            Ok(!self.stop.is_some_and(|stop| stop.load(Ordering::Relaxed)))
        })?;
        Ok(report)
    }

    /// Runs, or goes on where the progress says. False when it was stopped or cancelled before its end.
    pub fn run(&mut self, job: &Job, progress: &mut Progress) -> Result<bool> {
        let catalogue = self.engine.catalogue();
        let keys = keys(&catalogue, self.plan, self.actor)?;
        let refused = Refused::new(job.id, &self.plan.shape, self.words)?;
        let size = AtomicUsize::new(ROWS);
        let (engine, actor, plan, words) = (self.engine, self.actor, self.plan, self.words);
        let from = progress.position;
        walk(&catalogue, plan, actor, self.path, from, &size, |some| {
            if self.stop.is_some_and(|stop| stop.load(Ordering::Relaxed)) {
                return Ok(false);
            }
            let next = engine.write(Lane::Jobs, |tx, now| {
                tx.by_index()?;
                let model = same_fields(&catalogue, now, plan)?;
                let step =
                    Step { tx, catalogue: now, model, actor, plan, keys: &keys, description: description(model) };
                let mut next = progress.clone();
                let mut ending = Ending::default();
                let begun = Instant::now();
                for index in 0.. {
                    let Some(rows) = some.batch(index)? else { break };
                    let started = Instant::now();
                    let done = step.carry_out(rows, |made| write(&step, &mut next, made, &mut ending))?;
                    failpoint::pass("import.written");
                    let told = rows.iter().zip(&done).map(|(row, done)| told(row, done, words)).collect::<Vec<_>>();
                    let back = rows.iter().zip(&told).filter(|(_, told)| told.outcome == Outcome::Refused);
                    let back = back.map(|(row, told)| {
                        let reasons = told.problems.iter().map(|problem| reason(problem, model, words));
                        (row.cells.clone(), reasons.collect::<Vec<_>>().join("; "))
                    });
                    next.refused_bytes = refused.append(tx, next.refused_bytes, &back.collect::<Vec<_>>())?;
                    failpoint::pass("import.refused");
                    told.into_iter().for_each(|told| next.report.add(told));
                    next.position = rows.last().map_or(next.position, |row| row.after);
                    adapt(&size, started.elapsed(), rows.len());
                    if pace::is_enough(tx, progress.report.read == 0, begun) {
                        break;
                    }
                }
                ending.put(tx, now, next.op)?;
                pace::checkpoint(tx, job, &next)?;
                Ok(next)
            });
            match next {
                Ok(next) => {
                    failpoint::pass("import.committed");
                    *progress = next;
                }
                Err(error) if pace::is_cancelled(&error) => {
                    progress.report.cancelled = true;
                    return Ok(false);
                }
                Err(error) => return Err(error),
            }
            (self.tick)(&progress.report);
            Ok(true)
        })
    }
}

/// Writes records of an import as parts of its one operation.
fn write(step: &Step, progress: &mut Progress, made: Vec<Prepared>, ending: &mut Ending) -> Result<Vec<Rid>> {
    if made.is_empty() {
        return Ok(Vec::new());
    }
    let op = match progress.op {
        Some(known) => known,
        None => {
            let (op, id) = write::begin(step.tx, step.actor, "import", step.model.entity.key, 0, None)?;
            (progress.op, progress.report.operation) = (Some(op), Some(id));
            op
        }
    };
    store::log::more_records(step.tx, op, made.len())?;
    let saved = write::write(step.tx, step.catalogue, op, made, ending)?;
    Ok(saved.into_iter().map(|saved| saved.rid).collect())
}

fn adapt(size: &AtomicUsize, took: Duration, rows: usize) {
    size.store(pace::fitting(took, rows).clamp(FEWEST, MOST), Ordering::Relaxed);
}

/// Batches of rows as they are read, each kept until all that were taken are done with: a transaction may be begun anew.
struct Batches {
    read: Receiver<Result<Vec<Parsed>>>,
    kept: Vec<Vec<Parsed>>,
    /// What was met while reading; what was read before it comes in.
    broken: Option<Error>,
}

impl Batches {
    /// One of the batches that are not done with. The first is waited for; of the others there are none when they are still
    /// being read. None at the end as well.
    fn batch(&mut self, index: usize) -> Result<Option<&[Parsed]>> {
        while self.kept.len() <= index {
            if let Some(error) = self.broken.take_if(|_| index == 0) {
                return Err(error);
            }
            let some = match index {
                0 => self.read.recv().ok(),
                _ => self.read.recv_timeout(READING).ok(),
            };
            match some {
                Some(Ok(some)) if some.is_empty() => {}
                Some(Ok(some)) => self.kept.push(some),
                Some(Err(error)) => self.broken = Some(error),
                None => return Ok(None),
            }
        }
        Ok(Some(&self.kept[index]))
    }
}

/// Reads and hands over rows until the end, or until `take` says no; whether the end was reached.
fn walk(
    catalogue: &Catalogue,
    plan: &Plan,
    actor: &Actor,
    path: &Path,
    from: Position,
    size: &AtomicUsize,
    mut take: impl FnMut(&mut Batches) -> Result<bool>,
) -> Result<bool> {
    let mut reader = Reader::new(catalogue, plan, actor)?;
    let source = sheet::rows_from(path, &plan.shape, from).map_err(unreadable)?;
    std::thread::scope(|scope| {
        let (send, receive) = sync_channel::<Result<Vec<Parsed>>>(2);
        scope.spawn(move || {
            let mut some = Vec::new();
            for row in source {
                match row {
                    Ok(row) => some.push(reader.read(row)),
                    Err(error) => {
                        let _ = send.send(Ok(std::mem::take(&mut some)));
                        let _ = send.send(Err(unreadable(error)));
                        return;
                    }
                }
                if some.len() >= size.load(Ordering::Relaxed) && send.send(Ok(std::mem::take(&mut some))).is_err() {
                    return;
                }
            }
            let _ = send.send(Ok(some));
        });
        let mut batches = Batches { read: receive, kept: Vec::new(), broken: None };
        while batches.batch(0)?.is_some() {
            if !take(&mut batches)? {
                return Ok(false);
            }
            batches.kept.clear();
        }
        Ok(true)
    })
}

/// The fields by which records are known again, and whether one may import at all.
fn keys(catalogue: &Catalogue, plan: &Plan, actor: &Actor) -> Result<Vec<usize>> {
    let model = catalogue.model(&plan.entity).ok_or(Error::Missing)?;
    may_import(actor, model)?;
    Ok(match &plan.duplicates.keys {
        Some(keys) => keys.iter().filter_map(|key| model.position(key)).collect(),
        None => model.positions(model.entity.keys),
    })
}

pub(super) fn may_import(actor: &Actor, model: &Model) -> Result<()> {
    match access::may(actor, model, None, Verb::Import) {
        true => Ok(()),
        false => Err(access::denied(Verb::Import)),
    }
}

/// Positions were counted by the catalogue that the run began with.
fn same_fields<'a>(begun: &Catalogue, now: &'a Catalogue, plan: &Plan) -> Result<&'a Model> {
    let model = now.model(&plan.entity).ok_or(Error::Missing)?;
    let before = begun.model(&plan.entity).ok_or(Error::Missing)?;
    let keys = |model: &Model| model.fields.iter().map(|def| def.key).collect::<Vec<_>>();
    match keys(model) == keys(before) {
        true => Ok(model),
        false => Err(Error::fault("the fields changed while an import ran: it goes on with the new ones")),
    }
}

fn told(row: &Parsed, done: &Done, words: Option<&Words>) -> RowReport {
    let problems = done.problems.iter().map(|problem| Said::of(problem, words)).collect();
    RowReport { row: row.number, line: row.line, title: done.title.clone(), outcome: done.outcome, problems }
}

/// `Partita IVA: …`
fn reason(said: &Said, model: &Model, words: Option<&Words>) -> String {
    let at = said.field.as_deref().and_then(|field| model.position(field.split('/').next()?));
    match at {
        Some(at) => {
            let label = words.map_or_else(|| model.fields[at].label.to_owned(), |words| model.label(at, words));
            format!("{label}: {}", said.text)
        }
        None => said.text.clone(),
    }
}
