//! `cargo xtask deny`: what the dependencies may bring in, as deny.toml says.

use std::path::Path;
use std::process::Command;

use crate::process;

/// Advisories are left out: they come from the network and change without a change here.
pub fn run(root: &Path) -> bool {
    if !process::answers("cargo", &["deny", "--version"]) {
        eprintln!("cargo-deny is not installed: cargo install --locked cargo-deny");
        return false;
    }
    let mut command = Command::new("cargo");
    command.args(["deny", "check", "bans", "licenses", "sources"]).current_dir(root);
    process::run(command).passed
}
