//! Some rows, taken together: matched with what is there, prepared, written; or only looked at, in a rehearsal.

use std::collections::{HashMap, HashSet};

use base::{Problem, Result, Rid, say};
use meta::{Kind, Model, Record, Value};
use store::Tx;

use super::fill::{changes, joined};
use super::known::Known;
use super::plan::{Plan, Policy};
use super::report::Outcome;
use super::rows::{Parsed, labelled};
use super::seen::{Holder, Seen};
use crate::alike::{Key, Sketch, keys};
use crate::prepare::{Batch, Prepared, told};
use crate::{Actor, Draft, Target};

pub(super) struct Step<'a> {
    pub tx: &'a Tx<'a>,
    pub catalogue: &'a meta::Catalogue,
    pub model: &'a Model,
    pub actor: &'a Actor,
    pub plan: &'a Plan,
    /// Fields by which records are known again.
    pub keys: &'a [usize],
    pub description: Option<usize>,
}

/// What became of a row.
#[derive(Clone, Debug)]
pub(super) struct Done {
    pub outcome: Outcome,
    pub title: String,
    pub problems: Vec<Problem>,
}

/// A row whose values and doubts may still change.
pub(super) struct Pending {
    pub index: usize,
    pub values: Vec<(usize, Value)>,
    pub warnings: Vec<Problem>,
}

/// A row as it would be if it were new.
pub(super) struct Candidate {
    pub row: Pending,
    pub fresh: Result<Prepared, Vec<Problem>>,
    pub keys: Vec<Key>,
    pub sketch: Sketch,
    /// Whether it changes something of the record that it is of.
    pub changes: bool,
}

/// The rows of a batch, sorted.
struct Round {
    known: Known,
    /// Stored records that rows of earlier batches would have filled.
    filled_before: HashSet<Rid>,
    made: Vec<(Holder, Prepared)>,
    matched: Vec<(Candidate, Holder)>,
}

impl Step<'_> {
    /// Writes what `write` carries out; it gets what holds and answers the rows of it. It is called once more for every round,
    /// as rows may be of records that earlier ones of the same batch made or filled.
    pub fn carry_out(
        &self,
        rows: &[Parsed],
        mut write: impl FnMut(Vec<Prepared>) -> Result<Vec<Rid>>,
    ) -> Result<Vec<Done>> {
        let mut done: Vec<Option<Done>> = rows.iter().map(broken).collect();
        let mut seen = Seen::default();
        let round = self.sorted(rows, &mut seen, &mut done)?;
        let (holders, made): (Vec<Holder>, Vec<Prepared>) = round.made.into_iter().unzip();
        let made: HashMap<Holder, Rid> = holders.into_iter().zip(write(made)?).collect();
        let mut waiting: Vec<(Candidate, Rid)> = Vec::new();
        for (one, holder) in round.matched {
            match holder {
                Holder::Stored(rid) => waiting.push((one, rid)),
                holder => waiting.extend(made.get(&holder).map(|rid| (one, *rid))),
            }
        }
        let mut known = round.known.records;
        while !waiting.is_empty() {
            let mut touched: HashSet<Rid> = HashSet::new();
            let (now, later): (Vec<_>, Vec<_>) = waiting.into_iter().partition(|(_, rid)| touched.insert(*rid));
            let unread: Vec<Rid> = touched.into_iter().filter(|rid| !known.contains_key(rid)).collect();
            let read = store::records::load(self.tx, self.model, &unread, false)?;
            known.extend(read.into_iter().map(|record| (record.rid, record)));
            let matched = now.into_iter().filter_map(|(one, rid)| Some((one, known.get(&rid)?))).collect();
            let mut changed = Vec::new();
            self.update(matched, &mut changed, &mut done)?;
            if !changed.is_empty() {
                write(changed)?;
            }
            known.clear();
            waiting = later;
        }
        Ok(done.into_iter().flatten().collect())
    }

    /// The same without writing; `seen` holds what the file would have made so far.
    pub fn rehearse(&self, rows: &[Parsed], seen: &mut Seen) -> Result<Vec<Done>> {
        let mut done: Vec<Option<Done>> = rows.iter().map(broken).collect();
        let round = self.sorted(rows, seen, &mut done)?;
        let mut touched: HashSet<Rid> = HashSet::new();
        let mut matched = Vec::new();
        for (one, holder) in round.matched {
            // What a record that is there would be refused for shows on the first row of it.
            if let Holder::Stored(rid) = holder
                && touched.insert(rid)
                && let Some(record) = round.known.records.get(&rid)
                && !round.filled_before.contains(&rid)
            {
                matched.push((one, record));
                continue;
            }
            let title = seen.text(holder, self.model.title).unwrap_or_default().to_owned();
            let outcome = if one.changes { Outcome::Updated } else { Outcome::Skipped };
            done[one.row.index] = Some(Done { outcome, title, problems: one.row.warnings });
        }
        self.update(matched, &mut Vec::new(), &mut done)?;
        Ok(done.into_iter().flatten().collect())
    }

    /// Says of each row whose it is, one after the other, as if those before it were written.
    fn sorted(&self, rows: &[Parsed], seen: &mut Seen, done: &mut [Option<Done>]) -> Result<Round> {
        let (batch, candidates) = self.candidates(rows, self.linked(rows)?)?;
        let known = self.known(&candidates)?;
        let filled_before = known.records.keys().copied().filter(|rid| seen.knows(Holder::Stored(*rid))).collect();
        let mut round = Round { known, filled_before, made: Vec::new(), matched: Vec::new() };
        for mut one in candidates {
            match (self.whose(&mut one, &round.known, seen), one.fresh) {
                (None, Ok(fresh)) => {
                    let holder = seen.make(&one.keys, &fresh.after, one.sketch);
                    done[one.row.index] = Some(made_of(&fresh, self.model, &one.row, Outcome::Created));
                    round.made.push((holder, fresh));
                }
                (None, Err(problems)) => done[one.row.index] = Some(refused(problems)),
                (Some(holder), fresh) => {
                    one.fresh = fresh;
                    one.changes = self.fill(&batch, &one, holder, &round.known, seen);
                    round.matched.push((one, holder));
                }
            }
        }
        Ok(round)
    }

    /// Notes what a row changes of a record; false when it changes nothing.
    fn fill(&self, batch: &Batch, one: &Candidate, holder: Holder, known: &Known, seen: &mut Seen) -> bool {
        let policy = self.plan.duplicates.policy;
        let stored = || match holder {
            Holder::Stored(rid) => known.records.get(&rid).cloned(),
            Holder::Made(_) => None,
        };
        let Some(record) = seen.record(holder, self.model).or_else(stored).filter(|_| policy != Policy::Skip) else {
            return false;
        };
        let changes = changes(self.model, &record, &self.wanted(one, &record), policy, self.description);
        if changes.is_empty() {
            return false;
        }
        let mut after = record.values.clone();
        changes.into_iter().for_each(|(at, value)| after[at] = value);
        let after = batch.completed(self.model, &record, after);
        let by_name = self.plan.duplicates.name_and_town;
        let of = |values: &[Value]| keys(self.model, self.keys, by_name, values);
        let sketch = Sketch::of(self.model, &after);
        seen.change(holder, (&of(&record.values), &of(&after)), &after, sketch);
        after != record.values
    }

    fn candidates(&self, rows: &[Parsed], pending: Vec<Pending>) -> Result<(Batch<'_>, Vec<Candidate>)> {
        let drafts: Vec<Draft> = pending
            .iter()
            .map(|row| Draft { entity: self.model.entity.key, target: Target::New(None), values: row.values.clone() })
            .collect();
        let batch = Batch::read(self.tx, self.catalogue, self.actor, &drafts)?;
        let by_name = self.plan.duplicates.name_and_town;
        let mut candidates = Vec::with_capacity(pending.len());
        for (mut row, draft) in pending.into_iter().zip(drafts) {
            let parsed = &rows[row.index];
            let fresh = self.prepared(&batch, draft, &mut row, parsed)?;
            let bare;
            let values = match &fresh {
                Ok(fresh) => &fresh.after,
                Err(_) => {
                    let mut all = vec![Value::Null; self.model.fields.len()];
                    row.values.iter().for_each(|(at, value)| all[*at] = value.clone());
                    bare = all;
                    &bare
                }
            };
            let keys = match self.plan.duplicates.policy {
                Policy::Create => Vec::new(),
                _ => keys(self.model, self.keys, by_name, values),
            };
            let sketch = Sketch::of(self.model, values);
            candidates.push(Candidate { row, fresh, keys, sketch, changes: false });
        }
        Ok((batch, candidates))
    }

    /// What does not hold, and neither is required nor would make two records of one, is kept as a line of the description, and
    /// the rest tried again.
    fn prepared(
        &self,
        batch: &Batch,
        mut draft: Draft,
        row: &mut Pending,
        parsed: &Parsed,
    ) -> Result<Result<Prepared, Vec<Problem>>> {
        let problems = match batch.prepare(&draft) {
            Ok(one) => return Ok(Ok(one)),
            Err(error) => told(error)?,
        };
        let at = |problem: &Problem| self.model.position(problem.field.as_deref()?.split('/').next()?);
        let mut dropped = Vec::new();
        for problem in &problems {
            match at(problem).filter(|at| {
                !matches!(problem.code, "required" | "taken") && draft.values.iter().any(|(asked, _)| asked == at)
            }) {
                Some(at) => dropped.push((at, problem.clone())),
                None => return Ok(Err(problems)),
            }
        }
        for (at, problem) in dropped {
            draft.values.retain(|(asked, _)| *asked != at);
            for (header, cell) in parsed.written.get(&at).into_iter().flatten() {
                self.line(&mut draft.values, &labelled(header, cell));
            }
            row.warnings.push(Problem { code: "kept_as_line", ..problem });
        }
        row.values = draft.values.clone();
        match batch.prepare(&draft) {
            Ok(one) => Ok(Ok(one)),
            Err(error) => told(error).map(Err),
        }
    }

    pub fn line(&self, values: &mut Vec<(usize, Value)>, line: &str) {
        let Some(at) = self.description else { return };
        match values.iter_mut().find(|(known, _)| *known == at) {
            Some((_, value)) => {
                if let Some(text) = joined(value.text(), line) {
                    *value = Value::Text(text);
                }
            }
            None => values.push((at, Value::Text(line.to_owned()))),
        }
    }

    /// Fills or overwrites records that are there already.
    fn update(
        &self,
        matched: Vec<(Candidate, &Record)>,
        made: &mut Vec<Prepared>,
        done: &mut [Option<Done>],
    ) -> Result<()> {
        let policy = self.plan.duplicates.policy;
        let mut drafts = Vec::new();
        let mut rows = Vec::new();
        for (one, record) in matched {
            let wanted = self.wanted(&one, record);
            let values = match policy {
                Policy::Skip => Vec::new(),
                policy => changes(self.model, record, &wanted, policy, self.description),
            };
            if values.is_empty() {
                done[one.row.index] =
                    Some(Done { outcome: Outcome::Skipped, title: record.title.clone(), problems: one.row.warnings });
                continue;
            }
            drafts.push(Draft { entity: self.model.entity.key, target: Target::Existing(record.rid, None), values });
            rows.push(one.row);
        }
        let batch = Batch::read(self.tx, self.catalogue, self.actor, &drafts)?;
        for (draft, row) in drafts.iter().zip(rows) {
            let (index, outcome) =
                (row.index, if policy == Policy::Skip { Outcome::Skipped } else { Outcome::Updated });
            done[index] = Some(match batch.prepare(draft) {
                Ok(one) if one.is_change() => {
                    let told = made_of(&one, self.model, &row, outcome);
                    made.push(one);
                    told
                }
                Ok(one) => made_of(&one, self.model, &row, Outcome::Skipped),
                Err(error) => refused(told(error)?),
            });
        }
        Ok(())
    }

    /// The row's values as they would hold, and another number of the same record as a line.
    fn wanted(&self, one: &Candidate, record: &Record) -> Vec<(usize, Value)> {
        let mut wanted = one.row.values.clone();
        if let Ok(fresh) = &one.fresh {
            wanted.iter_mut().for_each(|(at, value)| *value = fresh.after[*at].clone());
        }
        let known = |(at, value): &&(usize, Value)| !record.values[*at].is_empty() && record.values[*at] != *value;
        let differing: Vec<(usize, Value)> = wanted.iter().filter(known).cloned().collect();
        let others: Vec<String> = self.numbers(&differing).collect();
        others.iter().for_each(|line| self.line(&mut wanted, line));
        wanted
    }

    /// Whether an earlier import filled the record by this very row, and kept its number as a line.
    pub fn holds_number(&self, one: &Candidate, text: &str) -> bool {
        !text.is_empty() && self.numbers(&one.row.values).any(|line| text.lines().any(|known| known == line))
    }

    /// The lines that the numbers of a row would be.
    fn numbers<'a>(&'a self, values: &'a [(usize, Value)]) -> impl Iterator<Item = String> + 'a {
        let number = |at: &usize| matches!(self.model.fields[*at].kind, Kind::Text { .. }) && self.keys.contains(at);
        let filled = values.iter().filter(move |(at, value)| number(at) && !value.is_empty());
        filled.map(|(at, value)| labelled(&self.head_of(*at), value.text()))
    }

    fn head_of(&self, at: usize) -> String {
        let key = self.model.fields[at].key;
        let column =
            self.plan.columns.iter().find(|column| column.targets.iter().any(|target| target.field_key() == Some(key)));
        column.map_or_else(|| self.model.fields[at].label.to_owned(), |column| column.header.clone())
    }
}

fn broken(row: &Parsed) -> Option<Done> {
    use sheet::RowProblem::*;
    let text = match row.broken.as_ref()? {
        TooFewCells { found, expected } => {
            say!("The row has {found} cells where there are {expected} columns", found = *found, expected = *expected)
        }
        TooManyCells { found, expected } => {
            say!("The row has {found} cells where there are {expected} columns", found = *found, expected = *expected)
        }
        UnclosedQuote { .. } => "A quotation mark is opened and not closed".into(),
        CellTooLarge { .. } => "A cell is too large".into(),
        Totals => "This is a line of totals".into(),
        _ => "The row cannot be read".into(),
    };
    Some(refused(vec![Problem::whole(row.broken.as_ref().map_or("broken", |broken| broken.code()), text)]))
}

fn refused(problems: Vec<Problem>) -> Done {
    Done { outcome: Outcome::Refused, title: String::new(), problems }
}

fn made_of(one: &Prepared, model: &Model, row: &Pending, outcome: Outcome) -> Done {
    let problems = row.warnings.iter().chain(&one.warnings).cloned().collect();
    Done { outcome, title: title_of(one, model), problems }
}

fn title_of(one: &Prepared, model: &Model) -> String {
    one.after[model.title].text().to_owned()
}
