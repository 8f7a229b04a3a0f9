//! The project's own commands, run as `cargo xtask …`.

mod bench;
mod deny;
mod install;
mod pictures;
mod process;
mod test;
mod tidy;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "The project's own commands")]
struct Arguments {
    #[command(subcommand)]
    command: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Everything that must hold: tidy, format, clippy, tests on both databases, front end, browser
    Test {
        /// Only this step
        #[arg(long, value_enum)]
        only: Option<test::Step>,
        /// Print the commands instead of running them
        #[arg(long)]
        dry_run: bool,
    },
    /// Builds for release, measures, and writes docs/benchmarks.md; `-- --help` lists what can be measured by itself
    Bench {
        /// `--rows 20000,200000`, `--only sqlite`, `--import 0`, `--print`
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Takes those pictures of the manual anew that are out of date (needs Chromium)
    Pictures,
    /// The house rules that no other tool checks: floors, order of modules, sizes, words, links
    Tidy,
    /// Licences, sources and duplicates of the dependencies (needs cargo-deny)
    Deny,
}

fn main() -> ExitCode {
    let root = root();
    let passed = match Arguments::parse().command {
        Task::Test { only, dry_run } => test::run(&root, only, dry_run),
        Task::Bench { arguments } => bench::run(&root, &arguments),
        Task::Pictures => pictures::run(&root),
        Task::Tidy => tidy::run(&root),
        Task::Deny => deny::run(&root),
    };
    if passed { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn root() -> PathBuf {
    // Where this was built, not where it is called: `<root>/crates/xtask` has always two above it.
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap_or_else(|_| PathBuf::from("."))
}
