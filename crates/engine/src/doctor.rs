//! Is everything as it should be? Says what is wrong and what to do, and derives again what can be.

use std::collections::BTreeMap;
use std::time::Duration;

use base::{Error, Result, Rid, Text, Words, say};
use meta::{Entity, Model, Record};
use sha2::{Digest, Sha256};
use store::walk::{self, Expected, Part};
use store::{Lane, Location, Store, Tx};

use crate::{Engine, search, start, users, write};

/// Something that is not as it should be.
#[derive(Clone, Debug)]
pub struct Finding {
    pub what: Text,
    /// What to do about it.
    pub remedy: Text,
    /// It was put right.
    pub mended: bool,
}

/// Records looked at together.
const SOME: usize = 500;
/// Files looked up together.
const FILES: i64 = 200;
/// Younger ones may be of an upload that is not done.
const STRAY: Duration = Duration::from_secs(3600);

/// The setting with the folding that keys and search index were made with.
const FOLDING: &str = "folding";

/// What the schema of a database lacks, before a program opens it and adds it. Nothing where there is no database yet.
pub fn lacking(location: &Location, modules: &[&'static Entity]) -> Result<usize> {
    if let Location::Folder(folder) = location
        && !folder.join("bottega.db").is_file()
    {
        let text = say!("There is no data in {folder}", folder = folder.display().to_string());
        return Err(Error::refused("data", "missing", text));
    }
    let entities: Vec<&'static Entity> =
        [&users::TEAM, &users::USER].into_iter().chain(modules.iter().copied()).collect();
    let store = Store::open(location)?;
    store.read(|tx| match store::schema::version(tx)? {
        None => Ok(0),
        Some(_) => Ok(store::schema::missing(tx, &start::declared(&entities).models)?.len()),
    })
}

impl Engine {
    /// Looks at everything; with `fix` puts right what can be derived. `words` name the entities.
    pub fn examine(&self, fix: bool, words: &Words) -> Result<Vec<Finding>> {
        let mut findings = Vec::new();
        for line in self.store.read(store::integrity)? {
            findings.push(Finding {
                what: say!("The database is damaged: {what}", what = line),
                remedy: say!("Restore the last backup"),
                mended: false,
            });
        }
        self.sequences(fix, &mut findings)?;
        let catalogue = self.catalogue();
        for model in &catalogue.models {
            self.records(model, fix, words, &mut findings)?;
        }
        self.folding(fix, &mut findings)?;
        self.files(fix, &mut findings)?;
        Ok(findings)
    }

    fn sequences(&self, fix: bool, findings: &mut Vec<Finding>) -> Result<()> {
        let late = self.store.read(walk::late_sequences)?;
        for (name, next) in &late {
            if fix {
                self.store.write(Lane::Jobs, |tx| walk::set_sequence(tx, name, *next))?;
            }
            findings.push(derived(say!("The sequence {name} would give a number twice", name = name.as_str()), fix));
        }
        Ok(())
    }

    fn records(&self, model: &Model, fix: bool, words: &Words, findings: &mut Vec<Finding>) -> Result<()> {
        let entity = || model.plural(words);
        let lost = self.store.read(|tx| walk::without_row(tx, model))?;
        if lost > 0 {
            findings.push(Finding {
                what: say!("{entity}: {count} records have lost their row", entity = entity(), count = lost),
                remedy: say!("Restore the last backup"),
                mended: false,
            });
        }
        let mut wrong: BTreeMap<Part, i64> = BTreeMap::new();
        let mut unfound = 0;
        let mut after = Rid(0);
        loop {
            let looked = self.store.read(|tx| look(tx, model, after))?;
            let Some(last) = looked.last else { break };
            for (_, part) in &looked.wrong {
                *wrong.entry(*part).or_default() += 1;
            }
            unfound += looked.stale.len() as i64;
            if fix && !(looked.wrong.is_empty() && looked.stale.is_empty()) {
                self.store.write(Lane::Jobs, |tx| mend(tx, model, after))?;
            }
            after = last;
        }
        for (part, count) in wrong {
            let entity = entity();
            let what = match part {
                Part::Keys => {
                    say!("{entity}: {count} records are sorted by an outdated text", entity = entity, count = count)
                }
                Part::Lookup => say!(
                    "{entity}: {count} records are looked up by outdated numbers or codes",
                    entity = entity,
                    count = count
                ),
                Part::Ties => say!(
                    "{entity}: {count} records are not seen by those in charge alone",
                    entity = entity,
                    count = count
                ),
                Part::Directory => {
                    say!("{entity}: {count} records have an outdated title", entity = entity, count = count)
                }
            };
            findings.push(derived(what, fix));
        }
        if unfound > 0 {
            findings.push(derived(
                say!("{entity}: {count} records are not found by the search", entity = entity(), count = unfound),
                fix,
            ));
        }
        Ok(())
    }

    fn folding(&self, fix: bool, findings: &mut Vec<Finding>) -> Result<()> {
        let now = base::fold::FOLDING.to_string();
        let made_with = self.setting(FOLDING)?;
        if made_with.as_ref().is_some_and(|made_with| *made_with != now) {
            findings.push(derived(
                say!("Texts were prepared for sorting and search by another version of the program"),
                fix,
            ));
        }
        if fix && made_with.as_ref() != Some(&now) {
            self.set_setting(FOLDING, &now)?;
        }
        Ok(())
    }

    /// Files are what they were when they came, those that records hold are there, and nothing else lies among them.
    fn files(&self, fix: bool, findings: &mut Vec<Finding>) -> Result<()> {
        let lasting =
            |what| Finding { what, remedy: say!("Upload it again, or restore the last backup"), mended: false };
        let mut after = None;
        loop {
            let files = self.store.read(|tx| store::files::after(tx, after, FILES))?;
            let Some(last) = files.last() else { break };
            after = Some(last.id);
            for file in &files {
                let name = file.name.as_str();
                match self.store.file_bytes(file.id)? {
                    None => findings.push(lasting(say!("The file {name} is gone", name = name))),
                    Some(bytes) if Sha256::digest(&bytes).as_slice() != file.sha256 => {
                        findings.push(lasting(say!("The file {name} is damaged", name = name)));
                    }
                    Some(_) => {}
                }
            }
        }
        let lost = self.store.read(store::files::lost)?;
        if lost > 0 {
            findings.push(lasting(say!("Files that records refer to and that are not there: {count}", count = lost)));
        }
        let strays = self.store.stray_files(STRAY)?;
        if !strays.is_empty() {
            if fix {
                for stray in &strays {
                    std::fs::remove_file(stray)
                        .map_err(|cause| Error::caused("a stray file cannot be removed", cause))?;
                }
            }
            findings.push(derived(
                say!("Files in the data folder that belong to nothing: {count}", count = strays.len()),
                fix,
            ));
        }
        Ok(())
    }
}

fn derived(what: Text, mended: bool) -> Finding {
    Finding { what, remedy: say!("Run bottega doctor --fix"), mended }
}

/// What was found among some records.
struct Looked {
    last: Option<Rid>,
    wrong: Vec<(Rid, Part)>,
    stale: Vec<Rid>,
}

fn look(tx: &Tx, model: &Model, after: Rid) -> Result<Looked> {
    let records = walk::after(tx, model, after, SOME)?;
    let expected: Vec<Expected> = records.iter().map(|record| expected(model, record)).collect();
    let bodies: Vec<(Rid, String)> =
        records.iter().map(|record| (record.rid, search::body(model, &record.values))).collect();
    Ok(Looked {
        last: records.last().map(|record| record.rid),
        wrong: walk::wrong(tx, model, &records, &expected)?,
        stale: store::search::stale(tx, &bodies)?,
    })
}

/// Looks again, because others work meanwhile, and derives anew what is wrong.
fn mend(tx: &Tx, model: &Model, after: Rid) -> Result<()> {
    let looked = look(tx, model, after)?;
    let records = walk::after(tx, model, after, SOME)?;
    for record in &records {
        for (_, part) in looked.wrong.iter().filter(|(rid, _)| *rid == record.rid) {
            walk::mend(tx, model, record, &expected(model, record), *part)?;
        }
        if looked.stale.contains(&record.rid) {
            store::search::put(tx, record.rid, &search::body(model, &record.values), true)?;
        }
    }
    Ok(())
}

fn expected(model: &Model, record: &Record) -> Expected {
    Expected { title: write::title(model, &record.values), anchor: write::anchor(model, record.rid, &record.values) }
}
