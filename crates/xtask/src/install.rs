//! Finds the programs that the tests need, and installs them where that is ours to do: as root on Debian and its kin.

use std::path::Path;
use std::process::Command;

use testkit::postgres;

use crate::process;

/// A program that is not part of Rust.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Need {
    /// With npm; builds the front end.
    Node,
    Postgres,
    Chromium,
    /// A mail server.
    Exim,
}

impl Need {
    fn found(self) -> bool {
        match self {
            Need::Node => process::answers("node", &["--version"]) && process::answers("npm", &["--version"]),
            Need::Postgres => postgres::find_programs().is_some(),
            Need::Exim => Path::new("/usr/sbin/exim4").exists(),
            Need::Chromium => {
                process::answers("sh", &["-c", "command -v chromium"])
                    && process::answers("sh", &["-c", "command -v chromedriver"])
            }
        }
    }

    fn packages(self) -> &'static [&'static str] {
        match self {
            Need::Node => &["nodejs", "npm"],
            Need::Postgres => &["postgresql"],
            Need::Chromium => &["chromium", "chromium-driver"],
            Need::Exim => &["exim4-daemon-light"],
        }
    }
}

/// What of these is still missing after trying, each in a sentence that says what to install.
pub fn ensure(needs: &[Need], dry_run: bool) -> Vec<(Need, String)> {
    let missing: Vec<Need> = needs.iter().copied().filter(|need| !need.found()).collect();
    if missing.is_empty() {
        return Vec::new();
    }
    let packages: Vec<&str> = missing.iter().flat_map(|need| need.packages()).copied().collect();
    if can_install() {
        let mut commands = vec![apt(&["update"]), apt(&["install", "--yes", "--no-install-recommends"])];
        commands[1].args(&packages);
        for command in commands {
            if dry_run {
                println!("$ {}", process::shown(&command));
            } else if !process::run(command).passed {
                break;
            }
        }
    }
    let still = missing.into_iter().filter(|need| !dry_run && !need.found());
    still.map(|need| (need, format!("needs {} (on Debian: apt-get install {0})", need.packages().join(" ")))).collect()
}

fn can_install() -> bool {
    let root = || process::answers("sh", &["-c", "test \"$(id -u)\" = 0"]);
    Path::new("/etc/debian_version").exists() && process::answers("apt-get", &["--version"]) && root()
}

fn apt(arguments: &[&str]) -> Command {
    let mut command = Command::new("apt-get");
    command.arg("--quiet").args(arguments).env("DEBIAN_FRONTEND", "noninteractive");
    command
}
