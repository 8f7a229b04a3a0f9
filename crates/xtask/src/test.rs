//! `cargo xtask test`: every check there is, in the order in which a fault is cheapest to find, and a summary.
//!
//! Clippy and the tests name the same packages and features, so nothing is built twice for the sake of a feature. A
//! failed step does not stop the others: one run tells everything.

mod steps;
mod summary;

use std::path::Path;
use std::time::Instant;

use clap::ValueEnum;
use testkit::postgres::{Server, URL_VARIABLE};

use crate::install::{self, Need};
use crate::process::{self, Outcome};
use crate::tidy;
use steps::Plan;
use summary::{Line, Summary, Verdict};

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Step {
    Tidy,
    Fmt,
    Clippy,
    /// Unit and integration tests and the examples in the documentation, on SQLite and PostgreSQL
    Unit,
    /// `npm run check` of the front end
    Front,
    Browser,
}

impl Step {
    fn needs(self) -> &'static [Need] {
        match self {
            Step::Tidy | Step::Fmt => &[],
            Step::Clippy | Step::Front => &[Need::Node],
            Step::Unit => &[Need::Node, Need::Postgres, Need::Exim],
            Step::Browser => &[Need::Node, Need::Chromium],
        }
    }
}

/// True when every asked step ran and passed.
pub fn run(root: &Path, only: Option<Step>, dry_run: bool) -> bool {
    process::stop_with_this_program();
    let steps: Vec<Step> =
        Step::value_variants().iter().copied().filter(|&step| only.is_none_or(|only| only == step)).collect();
    let mut needs: Vec<Need> = steps.iter().flat_map(|step| step.needs()).copied().collect();
    needs.sort();
    needs.dedup();
    let missing = install::ensure(&needs, dry_run);
    let mut plan = Plan::new(root);
    let mut summary = Summary::default();
    // Lives to the end of this function, so the tests never find the server gone.
    let mut server = None;
    for step in steps {
        if process::stopped() {
            summary.push(Line::not_run(step, "stopped".to_owned()));
            continue;
        }
        if let Some((_, why)) = missing.iter().find(|(need, _)| step.needs().contains(need)) {
            summary.push(Line::not_run(step, why.clone()));
            continue;
        }
        if step == Step::Unit && !dry_run && server.is_none() {
            match start_server(&mut plan) {
                Ok(started) => server = started,
                Err(why) => {
                    summary.push(Line::not_run(step, why));
                    continue;
                }
            }
        }
        summary.push(run_step(root, step, &plan, dry_run));
    }
    print!("{summary}");
    summary.passed()
}

/// A server that the environment already names is used as it is.
fn start_server(plan: &mut Plan) -> Result<Option<Server>, String> {
    if std::env::var_os(URL_VARIABLE).is_some() {
        return Ok(None);
    }
    let server = Server::join().map_err(|error| format!("PostgreSQL did not start: {error}"))?;
    println!("PostgreSQL for the tests: {}", server.url());
    plan.database = Some(server.url().to_owned());
    Ok(Some(server))
}

fn run_step(root: &Path, step: Step, plan: &Plan, dry_run: bool) -> Line {
    let started = Instant::now();
    println!("\n== {step:?} ==");
    if step == Step::Tidy {
        let passed = dry_run || tidy::run(root);
        return Line::ran(step, started.elapsed(), Outcome { passed, ..Outcome::default() });
    }
    let commands = plan.commands(step);
    if commands.is_empty() {
        return Line { step, time: started.elapsed(), verdict: Verdict::Nothing };
    }
    let mut total = Outcome { passed: true, ..Outcome::default() };
    for command in commands {
        if dry_run {
            println!("$ {}", process::shown(&command));
            continue;
        }
        let outcome = process::run(command);
        total.passed &= outcome.passed;
        total.tests_passed += outcome.tests_passed;
        total.tests_failed += outcome.tests_failed;
    }
    Line::ran(step, started.elapsed(), total)
}
