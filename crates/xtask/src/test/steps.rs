//! The commands of each step, with one set of packages and features for all that build.

use std::path::{Path, PathBuf};
use std::process::Command;

use testkit::postgres::URL_VARIABLE;

use super::Step;
use crate::process;
use crate::tidy::workspace::Workspace;

/// The same for clippy and tests, or the crates would be built once more.
const SELECTION: [&str; 3] = ["--workspace", "--features", "testkit/browser"];

/// Test programs of this name drive a browser and run last, by themselves.
const BROWSER: &str = "browser";

pub struct Plan {
    root: PathBuf,
    nextest: bool,
    tests: Vec<String>,
    /// The address of the PostgreSQL that the tests use.
    pub database: Option<String>,
}

impl Plan {
    pub fn new(root: &Path) -> Plan {
        let nextest = process::answers("cargo", &["nextest", "--version"]);
        let tests = Workspace::read(root).map(|workspace| workspace.test_targets()).unwrap_or_default();
        Plan { root: root.to_owned(), nextest, tests, database: None }
    }

    /// Empty where the repository has nothing for this step yet.
    pub fn commands(&self, step: Step) -> Vec<Command> {
        match step {
            Step::Tidy => Vec::new(),
            Step::Fmt => vec![self.cargo(&["fmt", "--all", "--check"])],
            Step::Clippy => {
                let mut command = self.cargo(&["clippy", "--all-targets"]);
                command.args(SELECTION).args(["--", "-D", "warnings"]);
                vec![command]
            }
            Step::Unit => vec![self.unit(), self.documentation()],
            Step::Front => self.front(),
            Step::Browser => self.browser(),
        }
    }

    fn unit(&self) -> Command {
        if self.nextest {
            return self.nextest(&format!("not binary(/^{BROWSER}/)"));
        }
        let mut command = self.cargo(&["test", "--no-fail-fast", "--lib", "--bins"]);
        command.args(SELECTION);
        for test in self.tests.iter().filter(|test| !test.starts_with(BROWSER)) {
            command.args(["--test", test]);
        }
        command
    }

    fn documentation(&self) -> Command {
        let mut command = self.cargo(&["test", "--doc", "--no-fail-fast"]);
        command.args(SELECTION);
        command
    }

    fn browser(&self) -> Vec<Command> {
        let tests: Vec<&String> = self.tests.iter().filter(|test| test.starts_with(BROWSER)).collect();
        if tests.is_empty() {
            return Vec::new();
        }
        if self.nextest {
            return vec![self.nextest(&format!("binary(/^{BROWSER}/)"))];
        }
        let mut command = self.cargo(&["test", "--no-fail-fast"]);
        command.args(SELECTION);
        for test in tests {
            command.args(["--test", test]);
        }
        vec![command]
    }

    fn nextest(&self, filter: &str) -> Command {
        let mut command = self.cargo(&["nextest", "run", "--no-fail-fast", "--no-tests=pass", "--config-file"]);
        command.arg(self.root.join("crates/xtask/nextest.toml")).args(SELECTION).args(["-E", filter]);
        command
    }

    fn front(&self) -> Vec<Command> {
        let folder = self.root.join("crates/assets");
        let Ok(package) = std::fs::read_to_string(folder.join("package.json")) else { return Vec::new() };
        if !package.contains("\"check\"") {
            return Vec::new();
        }
        let npm = |arguments: &[&str]| {
            let mut command = Command::new("npm");
            command.args(arguments).current_dir(&folder);
            command
        };
        // The build of the crate installs them; this step alone may come before it.
        let install = (!folder.join("node_modules").exists()).then(|| npm(&["ci"]));
        install.into_iter().chain([npm(&["run", "check"])]).collect()
    }

    fn cargo(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("cargo");
        command.args(arguments).current_dir(&self.root);
        if let Some(url) = &self.database {
            command.env(URL_VARIABLE, url);
        }
        command
    }
}
