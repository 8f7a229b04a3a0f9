//! `cargo xtask bench`: builds the program for release, then the bench, and runs it.

use std::path::Path;
use std::process::Command;

use crate::install::{self, Need};
use crate::process;

/// True when everything was measured.
pub fn run(root: &Path, arguments: &[String]) -> bool {
    process::stop_with_this_program();
    let needs: &[Need] =
        if arguments.iter().any(|one| one == "sqlite") { &[Need::Node] } else { &[Need::Node, Need::Postgres] };
    let missing = install::ensure(needs, false);
    missing.iter().for_each(|(_, why)| eprintln!("{why}"));
    if !missing.is_empty() {
        return false;
    }
    let cargo = |arguments: &[&str]| {
        let mut command = Command::new("cargo");
        command.args(arguments).current_dir(root);
        command
    };
    // By itself: together, the program would be built with what only the bench needs.
    process::run(cargo(&["build", "--release", "--package", "bottega"])).passed
        && process::run(cargo(&["build", "--release", "--package", "bench"])).passed
        && {
            let mut command = cargo(&["run", "--release", "--quiet", "--package", "bench", "--"]);
            command.args(arguments);
            process::run(command).passed
        }
}
