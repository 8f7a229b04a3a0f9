//! Some rows, taken together: matched with what is there, prepared, written; or only looked at, in a rehearsal.

use std::collections::{HashMap, HashSet};

use base::{Error, Problem, Result, Rid, Text, say};
use meta::access::Verb;
use meta::{Kind, Model, Record, Value};
use store::Tx;

use super::alike::{Key, MOST, Seen, Sketch, Verdict, keys};
use super::fill::{changes, joined};
use super::plan::{Plan, Policy};
use super::report::Outcome;
use super::rows::{Named, Parsed, labelled};
use crate::prepare::{Batch, Prepared};
use crate::users::USER;
use crate::{Actor, Draft, Target, access};

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
struct Pending {
    index: usize,
    number: u64,
    values: Vec<(usize, Value)>,
    warnings: Vec<Problem>,
}

/// A row as it would be if it were new.
struct Candidate {
    row: Pending,
    fresh: Result<Prepared, Vec<Problem>>,
    keys: Vec<Key>,
    sketch: Sketch,
}

impl Step<'_> {
    /// Writes what `write` carries out; it gets what holds and is called once for every round, as rows may be of records that
    /// earlier ones of the same batch made.
    pub fn carry_out(&self, rows: &[Parsed], mut write: impl FnMut(Vec<Prepared>) -> Result<()>) -> Result<Vec<Done>> {
        let mut done: Vec<Option<Done>> = rows.iter().map(broken).collect();
        let mut pending = self.linked(rows)?;
        while !pending.is_empty() {
            let mut seen = Seen::default();
            let mut made = Vec::new();
            pending = self.round(rows, pending, &mut seen, false, &mut made, &mut done)?;
            write(made)?;
        }
        Ok(done.into_iter().flatten().collect())
    }

    /// The same without writing; `seen` holds what the file would have made so far.
    pub fn rehearse(&self, rows: &[Parsed], seen: &mut Seen) -> Result<Vec<Done>> {
        let mut done: Vec<Option<Done>> = rows.iter().map(broken).collect();
        let pending = self.linked(rows)?;
        self.round(rows, pending, seen, true, &mut Vec::new(), &mut done)?;
        Ok(done.into_iter().flatten().collect())
    }

    /// Takes rows as far as they do not depend on each other, and gives back those that do.
    fn round(
        &self,
        rows: &[Parsed],
        pending: Vec<Pending>,
        seen: &mut Seen,
        rehearsal: bool,
        made: &mut Vec<Prepared>,
        done: &mut [Option<Done>],
    ) -> Result<Vec<Pending>> {
        let candidates = self.candidates(rows, pending)?;
        let known = self.known(&candidates)?;
        let mut later = Vec::new();
        let mut touched: HashSet<Rid> = HashSet::new();
        let mut matched = Vec::new();
        for mut one in candidates {
            if !known.matches(&mut one, seen) {
                match one.fresh {
                    Ok(fresh) => {
                        seen.add(one.row.number, &one.keys, one.sketch);
                        done[one.row.index] = Some(made_of(&fresh, self.model, &one.row, Outcome::Created));
                        made.push(fresh);
                    }
                    Err(problems) => done[one.row.index] = Some(refused(problems)),
                }
                continue;
            }
            match known.found.get(&one.row.index) {
                // Of a record that this round makes.
                None if rehearsal => {
                    let title = one.fresh.as_ref().map_or_else(|_| String::new(), |fresh| title_of(fresh, self.model));
                    let outcome =
                        if self.plan.duplicates.policy == Policy::Skip { Outcome::Skipped } else { Outcome::Updated };
                    done[one.row.index] = Some(Done { outcome, title, problems: one.row.warnings });
                    seen.fill(&one.keys, one.sketch);
                }
                None => later.push(one.row),
                Some(record) if !rehearsal && !touched.insert(record.rid) => later.push(one.row),
                Some(record) => matched.push((one, record)),
            }
        }
        self.update(matched, made, done)?;
        Ok(later)
    }

    fn candidates(&self, rows: &[Parsed], pending: Vec<Pending>) -> Result<Vec<Candidate>> {
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
            candidates.push(Candidate { row, fresh, keys, sketch });
        }
        Ok(candidates)
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

    fn line(&self, values: &mut Vec<(usize, Value)>, line: &str) {
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

    /// Records that hold the keys of these rows, as far as they may be seen.
    fn known(&self, candidates: &[Candidate]) -> Result<Known> {
        let mut by_kind: HashMap<&str, HashSet<&String>> = HashMap::new();
        for key in candidates.iter().flat_map(|one| &one.keys) {
            by_kind.entry(&key.kind).or_default().insert(&key.key);
        }
        let mut holders: HashMap<(String, String), Vec<Rid>> = HashMap::new();
        for (kind, wanted) in by_kind {
            let wanted: Vec<String> = wanted.into_iter().cloned().collect();
            let found = match kind {
                "" => store::records::find_by_title(self.tx, self.model.entity.key, &wanted)?,
                kind => store::records::find_by_key(self.tx, kind, &wanted)?,
            };
            for (key, rid) in found {
                let holders = holders.entry((kind.to_owned(), key)).or_default();
                if holders.len() < MOST {
                    holders.push(rid);
                }
            }
        }
        // The oldest first, on both databases.
        holders.values_mut().for_each(|rids| rids.sort_unstable());
        let rids: HashSet<Rid> = holders.values().flatten().copied().collect();
        let rids: Vec<Rid> = rids.into_iter().collect();
        let seen = access::among(self.tx, self.actor, self.catalogue, self.model, &rids, Verb::View)?;
        let rids: Vec<Rid> = rids.into_iter().filter(|rid| seen.contains(rid)).collect();
        let records = store::records::load(self.tx, self.model, &rids, false)?;
        let records =
            records.into_iter().filter(|record| record.deleted_at.is_none()).map(|record| (record.rid, record));
        let mut known = Known { records: records.collect(), holders, found: HashMap::new(), related: HashMap::new() };
        known.look_up(self.model, candidates);
        Ok(known)
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
        let number = |at: &usize| matches!(self.model.fields[*at].kind, Kind::Text { .. }) && self.keys.contains(at);
        let others: Vec<String> = wanted
            .iter()
            .filter(|(at, value)| {
                number(at) && !value.is_empty() && !record.values[*at].is_empty() && record.values[*at] != *value
            })
            .map(|(at, value)| labelled(&self.head_of(*at), value.text()))
            .collect();
        others.iter().for_each(|line| self.line(&mut wanted, line));
        wanted
    }

    fn head_of(&self, at: usize) -> String {
        let key = self.model.fields[at].key;
        let column =
            self.plan.columns.iter().find(|column| column.targets.iter().any(|target| target.field_key() == Some(key)));
        column.map_or_else(|| self.model.fields[at].label.to_owned(), |column| column.header.clone())
    }

    /// Rows with their lines in the description and with the records that they name.
    fn linked(&self, rows: &[Parsed]) -> Result<Vec<Pending>> {
        let found = self.named(rows)?;
        let mut pending = Vec::with_capacity(rows.len());
        for (index, row) in rows.iter().enumerate().filter(|(_, row)| row.broken.is_none()) {
            let mut one =
                Pending { index, number: row.number, values: row.values.clone(), warnings: row.warnings.clone() };
            row.lines.iter().for_each(|line| self.line(&mut one.values, line));
            for named in &row.links {
                self.link(named, &found, &mut one);
            }
            pending.push(one);
        }
        Ok(pending)
    }

    fn link(&self, named: &Named, found: &HashMap<(String, String), Vec<Rid>>, row: &mut Pending) {
        let def = &self.model.fields[named.at];
        let people = matches!(def.kind, Kind::People);
        let names = names(&named.cell, people);
        let rids: Option<Vec<Rid>> = names
            .iter()
            .map(|name| {
                match found.get(&(linked_entity(&def.kind).to_owned(), base::text_key(name))).map(Vec::as_slice) {
                    Some([only]) => Some(*only),
                    _ => None,
                }
            })
            .collect();
        match rids {
            Some(rids) if people => row.values.push((named.at, Value::Links(rids))),
            Some(rids) => row.values.extend(rids.first().map(|rid| (named.at, Value::Link(*rid)))),
            None => {
                let text: Text = say!(
                    "There is no one record called {name}: it is kept as a line of the description",
                    name = named.cell.clone()
                );
                row.warnings.push(Problem::at(def.key, "missing", text));
                self.line(&mut row.values, &labelled(&named.header, &named.cell));
            }
        }
    }

    fn named(&self, rows: &[Parsed]) -> Result<HashMap<(String, String), Vec<Rid>>> {
        let mut wanted: HashMap<&str, HashSet<String>> = HashMap::new();
        for named in rows.iter().flat_map(|row| &row.links) {
            let kind = &self.model.fields[named.at].kind;
            let keys = names(&named.cell, matches!(kind, Kind::People)).into_iter().map(base::text_key);
            wanted.entry(linked_entity(kind)).or_default().extend(keys);
        }
        let mut found: HashMap<(String, String), Vec<Rid>> = HashMap::new();
        for (entity, keys) in wanted {
            let Some(model) = self.catalogue.model(entity) else { continue };
            let keys: Vec<String> = keys.into_iter().collect();
            let pairs = store::records::find_by_title(self.tx, entity, &keys)?;
            let rids: Vec<Rid> = pairs.iter().map(|(_, rid)| *rid).collect();
            let seen = access::among(self.tx, self.actor, self.catalogue, model, &rids, Verb::View)?;
            for (key, rid) in pairs.into_iter().filter(|(_, rid)| seen.contains(rid)) {
                found.entry((entity.to_owned(), key)).or_default().push(rid);
            }
        }
        Ok(found)
    }
}

/// Records that hold the keys of some rows.
struct Known {
    records: HashMap<Rid, Record>,
    holders: HashMap<(String, String), Vec<Rid>>,
    /// The record of each row that has one, by the row's index.
    found: HashMap<usize, Record>,
    /// What a record is called that has a row's code and is another, by the row's index.
    related: HashMap<usize, String>,
}

impl Known {
    fn look_up(&mut self, model: &Model, candidates: &[Candidate]) {
        let sketches: HashMap<Rid, Sketch> =
            self.records.iter().map(|(rid, record)| (*rid, Sketch::of(model, &record.values))).collect();
        for one in candidates {
            let mut related: Vec<Rid> = Vec::new();
            let same = one.keys.iter().find_map(|key| {
                let holders = self.holders.get(&(key.kind.clone(), key.key.clone()))?;
                holders.iter().find(|rid| {
                    let Some(other) = sketches.get(*rid).filter(|_| !related.contains(*rid)) else { return false };
                    let verdict = one.sketch.compare(other, key.strength);
                    if verdict == Verdict::Related {
                        related.push(**rid);
                    }
                    verdict == Verdict::Same
                })
            });
            if let Some(record) = same.and_then(|rid| self.records.get(rid)) {
                self.found.insert(one.row.index, record.clone());
            } else if let Some(record) = related.first().and_then(|rid| self.records.get(rid)) {
                self.related.insert(one.row.index, record.title.clone());
            }
        }
    }

    /// Whether the row is of a record that is there or that this file makes; relations are told.
    fn matches(&self, one: &mut Candidate, seen: &Seen) -> bool {
        if self.found.contains_key(&one.row.index) {
            return true;
        }
        let (same, row) = seen.find(&one.keys, &one.sketch);
        if same {
            return true;
        }
        let text = match (self.related.get(&one.row.index), row) {
            (Some(title), _) => Some(say!("Same code as {title}, and yet another party", title = title.clone())),
            (None, Some(row)) => Some(say!("Same code as row {row}, and yet another party", row = i64::try_from(row).unwrap_or(i64::MAX))),
            (None, None) => None,
        };
        one.row.warnings.extend(text.map(|text| Problem::whole("related", text)));
        false
    }
}

fn linked_entity(kind: &Kind) -> &'static str {
    match kind {
        Kind::Link(to) => to.key,
        Kind::People => USER.key,
        _ => "",
    }
}

/// People are several between `;`; other records are one, whatever signs its name has.
fn names(cell: &str, several: bool) -> Vec<&str> {
    let separators: &[char] = if several { &[';', '|'] } else { &[] };
    cell.split(separators).map(str::trim).filter(|name| !name.is_empty()).collect()
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

/// What a row is refused for; what is our fault ends the import.
fn told(error: Error) -> Result<Vec<Problem>> {
    match error {
        Error::Refused(problems) => Ok(problems),
        Error::Denied(text) => Ok(vec![Problem::whole("denied", text)]),
        Error::Missing => Ok(vec![Problem::whole("missing", "The record is not there any more")]),
        other => Err(other),
    }
}
