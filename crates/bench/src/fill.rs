//! Fills a database with the made-up registry: through the engine's one door on SQLite, and from there, as a backup, into
//! PostgreSQL. What was filled before is used again.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use base::words::{Language, Words};
use base::{Error, Result, Rid};
use crm::affiliations::AFFILIATION;
use crm::opportunities::OPPORTUNITY;
use crm::parties::PARTY;
use crm::sites::SITE;
use engine::settings::NewField;
use engine::users::NewUser;
use engine::{Actor, Channel, Draft, Engine};
use meta::custom::{Index, Look, Shape};
use meta::{Entity, Value};
use store::{Lane, Location, Sql};

use crate::cast::{self, Staff, Values};

/// Rises when the registry becomes another.
const CAST: u32 = 2;
/// Records saved together.
const BATCH: usize = 2000;
/// Where only list and search are measured.
pub const LARGE: usize = 1_000_000;
/// On the page of the measured company.
const PEOPLE: usize = 20;
const SITES: usize = 3;
const CHANGES: usize = 50;

/// The size at which most goals stand.
pub const USUAL: usize = 200_000;

/// A database with so many parties.
pub struct Filled {
    pub location: Location,
    pub rows: usize,
}

impl Filled {
    /// For `bottega --data …` and its like.
    pub fn place(&self) -> [String; 2] {
        match &self.location {
            Location::Folder(folder) => ["--data".to_owned(), folder.display().to_string()],
            Location::Postgres(url) => ["--database-url".to_owned(), url.clone()],
        }
    }

    pub fn open(&self) -> Result<Engine> {
        Engine::open(&self.location, crm::ENTITIES)
    }
}

/// The SQLite database of so many parties, made now or before.
pub fn sqlite(folder: &Path, rows: usize) -> Result<Filled> {
    let place = folder.join(format!("sqlite-{rows}-{CAST}"));
    let filled = Filled { location: Location::Folder(place.clone()), rows };
    let mark = place.join("filled");
    if !mark.exists() {
        let _ = fs::remove_dir_all(&place);
        let started = Instant::now();
        println!("making {rows} parties on SQLite…");
        let engine = filled.open()?;
        without_indexes(&engine)?;
        fill(&engine, rows)?;
        drop(engine);
        // Opening it again makes the indexes anew, and a snapshot before.
        drop(filled.open()?);
        let _ = fs::remove_file(place.join("before-migration.db"));
        let told = format!("{rows} parties in {:.0} s", started.elapsed().as_secs_f64());
        println!("{told}");
        fs::write(&mark, told).map_err(|cause| Error::caused("the mark of what is filled", cause))?;
    }
    Ok(filled)
}

/// A million rows one by one into sixteen indexes take an hour, all indexes afterwards a minute.
fn without_indexes(engine: &Engine) -> Result<()> {
    engine.store.write(Lane::Jobs, |tx| {
        let named = "SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = $1 AND sql IS NOT NULL";
        let names = tx.query(&Sql::new(named).with(PARTY.key))?;
        names.iter().try_for_each(|row| tx.batch(&format!("DROP INDEX \"{}\"", row.text(0))))
    })
}

/// The same in PostgreSQL, brought there by `bottega restore`.
pub fn postgres(server: &str, folder: &Path, program: &Path, rows: usize) -> Result<Filled> {
    let name = format!("bench_{rows}_{CAST}");
    let url = server.strip_suffix("/postgres").map(|server| format!("{server}/{name}")).unwrap_or_default();
    let filled = Filled { location: Location::Postgres(url), rows };
    let wrong = |cause: postgres::Error| Error::caused("PostgreSQL", cause);
    let mut client = postgres::Client::connect(server, postgres::NoTls).map_err(wrong)?;
    if !client.query("SELECT 1 FROM pg_database WHERE datname = $1", &[&name]).map_err(wrong)?.is_empty() {
        return Ok(filled);
    }
    let source = sqlite(folder, rows)?;
    let started = Instant::now();
    println!("bringing {rows} parties to PostgreSQL…");
    // Under another name until it is whole.
    let making = format!("{name}_making");
    client.batch_execute(&format!("DROP DATABASE IF EXISTS {making}")).map_err(wrong)?;
    client.batch_execute(&format!("CREATE DATABASE {making} TEMPLATE template0")).map_err(wrong)?;
    let backup = folder.join("backup.db");
    let _ = fs::remove_file(&backup);
    let text = |path: &Path| path.display().to_string();
    run(program, &[source.place()[0].clone(), source.place()[1].clone(), "backup".to_owned(), text(&backup)])?;
    let url = server.strip_suffix("/postgres").map(|server| format!("{server}/{making}")).unwrap_or_default();
    run(program, &["--database-url".to_owned(), url.clone(), "restore".to_owned(), text(&backup)])?;
    let _ = fs::remove_file(&backup);
    let mut made = postgres::Client::connect(&url, postgres::NoTls).map_err(wrong)?;
    made.batch_execute("VACUUM ANALYZE").map_err(wrong)?;
    drop(made);
    client.batch_execute(&format!("ALTER DATABASE {making} RENAME TO {name}")).map_err(wrong)?;
    println!("{rows} parties in {:.0} s", started.elapsed().as_secs_f64());
    Ok(filled)
}

fn run(program: &Path, arguments: &[String]) -> Result<()> {
    let status = Command::new(program).args(arguments).env("BOTTEGA_LOG", "warn").status();
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(Error::fault(format!("{} ended with {status}", arguments.join(" ")))),
        Err(cause) => Err(Error::caused(program.display().to_string(), cause)),
    }
}

pub const ADMIN: &str = "admin@bench.example";
pub const FEW: &str = "few@bench.example";
pub const HALF: &str = "half@bench.example";

fn fill(engine: &Engine, rows: usize) -> Result<()> {
    let program = Actor::program();
    let user = |email: &str, role: &str| {
        engine.create_user(&program, &NewUser { name: email, email, roles: &[role], team: None, password: None })
    };
    let staff = Staff {
        admin: user(ADMIN, "admin")?,
        few: user(FEW, "seller")?,
        half: user(HALF, "seller")?,
        others: (0..20).map(|at| user(&format!("seller{at}@bench.example"), "seller")).collect::<Result<_>>()?,
    };
    add_fields(engine)?;
    let import = program.through(Channel::Import);
    let parties = save(engine, &import, &PARTY, rows, |model, at| Some(cast::party(model, at, rows, &staff)))?;
    let (companies, people): (Vec<_>, Vec<_>) = parties.iter().partition(|(at, _)| cast::is_company(**at));
    let mut companies: Vec<(usize, Rid)> = companies.into_iter().map(|(at, rid)| (*at, *rid)).collect();
    let mut people: Vec<(usize, Rid)> = people.into_iter().map(|(at, rid)| (*at, *rid)).collect();
    companies.sort();
    people.sort();
    // The first twenty at the measured company, then every third somewhere.
    let job = |at: usize| match at {
        at if at < PEOPLE => Some(companies[0].1),
        at if at.is_multiple_of(3) => Some(companies[at % companies.len()].1),
        _ => None,
    };
    save(engine, &import, &AFFILIATION, people.len(), |model, at| {
        Some(cast::affiliation(model, job(at)?, people[at].1, at))
    })?;
    save(engine, &import, &SITE, companies.len(), |model, at| match at {
        at if at < SITES => Some(cast::site(model, companies[0].1, at)),
        at if at.is_multiple_of(10) => Some(cast::site(model, companies[at].1, at)),
        _ => None,
    })?;
    // Half as many opportunities as parties: of 100,000, 5,000 are open.
    if rows < LARGE {
        let customer = |at: usize| companies[at * 7 % companies.len()].1;
        save(engine, &import, &OPPORTUNITY, rows / 2, |model, at| {
            Some(cast::opportunity(model, customer(at), at, &staff))
        })?;
    }
    change_often(engine, companies[0].1)
}

/// As an administrator adds them; the job makes the indexes of two.
fn add_fields(engine: &Engine) -> Result<()> {
    let words = Words::new(Language::It, &[]).map_err(Error::fault)?;
    let admin = engine.user_named(ADMIN)?.ok_or(Error::Missing)?;
    let admin = engine.actor(&admin, Channel::Form)?;
    for number in 0..cast::ADDED {
        let (label, shape) = match number {
            0 => ("Coperti".to_owned(), Shape::Number { decimals: 0, unit: String::new() }),
            1 => ("Zona".to_owned(), Shape::Text { max: 60 }),
            some => (format!("Altro {some}"), Shape::Text { max: 60 }),
        };
        let labels = ["it", "en"].map(|language| (language.to_owned(), label.clone()));
        let index = if number < 2 { Index::Wanted } else { Index::None };
        let look = Look { labels: labels.into(), index, ..Look::default() };
        let new = NewField { key: None, shape, look, section: None };
        engine.add_field(&admin, PARTY.key, &new, &[&words])?;
    }
    while let Some(job) = store::jobs::take(&engine.store)? {
        engine.run_job(&job, &[&words], None)?;
    }
    Ok(())
}

/// A log of some length.
fn change_often(engine: &Engine, rid: Rid) -> Result<()> {
    let catalogue = engine.catalogue();
    let model = catalogue.of(&PARTY);
    let admin = engine.user_named(ADMIN)?.ok_or(Error::Missing)?;
    let admin = engine.actor(&admin, Channel::Form)?;
    let at = model.position("employees").ok_or(Error::Missing)?;
    for count in 1..CHANGES {
        let value = Value::Int(1000 + i64::try_from(count).unwrap_or(0));
        engine.save(&admin, vec![Draft::change(&PARTY, rid, None, vec![(at, value)])])?;
    }
    Ok(())
}

fn save(
    engine: &Engine,
    actor: &Actor,
    entity: &'static Entity,
    count: usize,
    values: impl Fn(&meta::Model, usize) -> Option<Values>,
) -> Result<HashMap<usize, Rid>> {
    let catalogue = engine.catalogue();
    let model = catalogue.of(entity);
    let mut made = HashMap::with_capacity(count);
    let all: Vec<usize> = (0..count).collect();
    for some in all.chunks(BATCH) {
        let drafts = some.iter().filter_map(|at| Some((*at, Draft::new(entity, values(model, *at)?))));
        let (numbers, drafts): (Vec<usize>, Vec<Draft>) = drafts.unzip();
        if !drafts.is_empty() {
            let saved = engine.save(actor, drafts)?;
            made.extend(numbers.into_iter().zip(saved.records.into_iter().map(|record| record.rid)));
        }
    }
    Ok(made)
}

/// Where everything is kept between runs.
pub fn folder(target: &Path) -> Result<PathBuf> {
    let folder = target.join("bench");
    fs::create_dir_all(&folder).map_err(|cause| Error::caused(folder.display().to_string(), cause))?;
    Ok(folder)
}
