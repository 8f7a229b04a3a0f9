//! How fast the program is: measures the release build on databases of several sizes and writes docs/benchmarks.md.

mod asks;
mod bare;
mod bulk;
mod cast;
mod client;
mod fill;
mod first_page;
mod goals;
mod import;
mod lists;
mod measure;
mod report;
mod server;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use base::{Error, Result};
use clap::{Parser, ValueEnum};
use client::Visitor;
use engine::{Actor, Engine, Query};
use fill::Filled;
use report::{ListOf, Other, Sized, Whole};
use server::Server;
use testkit::postgres::Kept;

#[derive(Parser)]
#[command(name = "bench", about = "Measures the release build and writes docs/benchmarks.md")]
struct Arguments {
    /// How many parties, several with commas
    #[arg(long, value_delimiter = ',', default_values_t = [20_000, 200_000, 1_000_000])]
    rows: Vec<usize>,
    /// Only this database
    #[arg(long, value_enum)]
    only: Option<Database>,
    /// How often the sample registry is brought in, for the larger of the two imports; 0 for no import
    #[arg(long, default_value_t = 20)]
    import: usize,
    /// Print the tables and leave docs/benchmarks.md as it is
    #[arg(long)]
    print: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Database {
    Sqlite,
    Postgres,
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:?}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> Result<()> {
    let program = server::program()?;
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let target = program.parent().and_then(Path::parent).unwrap_or(Path::new("target")).to_owned();
    let folder = fill::folder(&target)?;
    let mut whole = Whole { machine: machine(), day: day(), ..Whole::default() };
    whole.load.0 = load();
    whole.binary = std::fs::metadata(&program).map_or(0, |found| found.len());
    if arguments.only != Some(Database::Postgres) {
        for rows in &arguments.rows {
            let filled = fill::sqlite(&folder, *rows)?;
            let (sized, first_page) = sized(&program, &filled, None)?;
            whole.sized.push(sized);
            whole.first_page = first_page;
            if *rows == fill::USUAL {
                println!("changing all of them…");
                whole.changed = bulk::all(&filled, &folder)?;
            }
        }
        if arguments.import > 0 {
            let sample = root.join("testdata/anagrafica.csv");
            for times in [1, arguments.import] {
                println!("importing the sample {times} times over…");
                whole.imports.push(import::sample(&program, &folder, &sample, times)?);
            }
        }
    }
    if arguments.only != Some(Database::Sqlite) {
        let server = Kept::start(&folder.join("postgres")).map_err(Error::fault)?;
        for rows in &arguments.rows {
            let filled = fill::postgres(server.url(), &folder, &program, *rows)?;
            let (sized, first_page) = sized(&program, &filled, server::postmaster(&server.data()))?;
            whole.sized.push(sized);
            whole.first_page = first_page;
        }
    }
    whole.load.1 = load();
    let page = report::markdown(&whole, &goals::table(&whole));
    println!("{page}");
    if arguments.print {
        return Ok(());
    }
    let path: PathBuf = root.join("docs/benchmarks.md");
    std::fs::write(&path, page).map_err(|cause| Error::caused(path.display().to_string(), cause))
}

fn sized(program: &Path, filled: &Filled, database: Option<u32>) -> Result<(Sized, (usize, usize))> {
    let name = if database.is_some() { "PostgreSQL" } else { "SQLite" };
    println!("measuring {} parties on {name}…", report::grouped(filled.rows));
    let mut starts = Vec::new();
    for _ in 0..3 {
        starts.push(Server::start(program, filled)?.ready.as_secs_f64());
    }
    let server = Server::start(program, filled)?;
    let engine = filled.open()?;
    let admin = Visitor::sign_in(&engine, &server.url, fill::ADMIN)?;
    let mut found =
        Sized { database: name, rows: filled.rows, ready: measure::median(starts.into_iter()), ..Sized::default() };
    if let store::Location::Folder(folder) = &filled.location {
        found.bare = Some(bare::page(folder)?);
    }
    found.engine = through_the_engine(&engine)?;
    for (who, email) in [("administrator", fill::ADMIN), ("sees 500", fill::FEW), ("sees half", fill::HALF)] {
        let visitor = Visitor::sign_in(&engine, &server.url, email)?;
        found.lists.push(ListOf {
            who,
            page: measure::one(&visitor, 300, |_| lists::plain())?,
            count: measure::one(&visitor, 100, |_| lists::count())?,
            crowd: measure::crowd(&visitor, server.pid(), database, |_| lists::plain())?,
            worst: lists::worst(&visitor)?,
        });
    }
    let mut other = |what: String, count: usize, ask: &(dyn Fn(usize) -> client::Ask + Sync)| -> Result<()> {
        let times = measure::one(&admin, count, ask)?;
        let crowd = measure::crowd(&admin, server.pid(), database, ask)?;
        found.others.push(Other { what, times, crowd });
        Ok(())
    };
    if filled.rows < fill::LARGE {
        let record = asks::record(&engine)?;
        other("record".to_owned(), 300, &|_| record.clone())?;
        let saves = asks::saves(&engine)?;
        other("save".to_owned(), 300, &saves)?;
        other("list by an added field with an index".to_owned(), 200, &|number| asks::by_an_added_field(number))?;
        other("look-alikes".to_owned(), 100, &|number| asks::look_alikes(number, filled.rows))?;
        let deals = report::grouped(filled.rows / 2);
        other(format!("board, {deals} opportunities"), 60, &|_| asks::board())?;
        let forecast = format!("forecast, {deals} opportunities");
        other(forecast, 30, &|_| client::Ask::page("/opportunities?shape=figures"))?;
    }
    for way in asks::Way::ALL {
        let asks = asks::searches(&admin, way, filled.rows)?;
        if asks.is_empty() {
            return Err(Error::fault(format!("no search ({}) finds anything", way.name())));
        }
        other(format!("search, {}", way.name()), 100, &|number| asks[number % asks.len()].clone())?;
    }
    found.memory = server::anonymous(server.pid());
    Ok((found, first_page::bytes(&admin)?))
}

/// Milliseconds of the list's page as the shell asks the engine for it.
fn through_the_engine(engine: &Engine) -> Result<f64> {
    let catalogue = engine.catalogue();
    let model = catalogue.of(&crm::parties::PARTY);
    let keys = ["name", "stage", "roles", "town", "phones", "revenue", "in_charge", "picture", "kind"];
    let columns: Vec<usize> = keys.iter().filter_map(|key| model.position(key)).collect();
    let query = Query { sort: vec!["name".to_owned()], ..Query::all("companies") };
    let actor = Actor::program();
    let mut times = Vec::new();
    for _ in 0..600 {
        let started = Instant::now();
        engine.list(&actor, &query, &columns, None, 50)?;
        times.push(started.elapsed().as_secs_f64() * 1000.0);
    }
    Ok(measure::quantile(&mut times, 0.5))
}

fn machine() -> String {
    let read = |path: &str| std::fs::read_to_string(path).unwrap_or_default();
    let field = |text: &str, name: &str| {
        let line = text.lines().find(|line| line.starts_with(name)).unwrap_or_default().to_owned();
        line.split_once(':').map_or("?".to_owned(), |(_, value)| value.trim().to_owned())
    };
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let memory = field(&read("/proc/meminfo"), "MemTotal");
    let memory: f64 = memory.split(' ').next().and_then(|kilo| kilo.parse().ok()).unwrap_or(0.0);
    format!("{cores} cores ({}), {:.0} GB", field(&read("/proc/cpuinfo"), "model name"), memory / 1e6)
}

fn day() -> String {
    base::clock::today(base::clock::ZONE).to_string()
}

fn load() -> String {
    let said = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    said.split(' ').next().unwrap_or("?").to_owned()
}
