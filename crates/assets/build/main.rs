//! Builds the front end: installs the locked npm packages once, bundles, and writes a Rust table of the results.
//!
//! Cargo runs this again only when a source of the front end or the lock file changed; when nothing changed it costs
//! nothing. The npm packages lie in `node_modules` beside this crate and are installed again only when
//! `package-lock.json` differs from the one they were installed from, so that a build without network succeeds.

mod embed;
mod npm;

use std::{env, path::PathBuf, process::ExitCode};

/// Everything the bundle is made of; folders are watched with all that is in them.
const SOURCES: [&str; 8] =
    ["package.json", "package-lock.json", ".npmrc", "bundle.mjs", "icons.txt", "css", "src", "static"];

fn main() -> ExitCode {
    for source in SOURCES.iter().chain(&["build"]) {
        println!("cargo::rerun-if-changed={source}");
    }
    match build() {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            for line in why.lines() {
                println!("cargo::error={line}");
            }
            ExitCode::FAILURE
        }
    }
}

fn build() -> Result<(), String> {
    let folder = PathBuf::from(variable("CARGO_MANIFEST_DIR")?);
    let out = PathBuf::from(variable("OUT_DIR")?);
    let _one_build_at_a_time = npm::lock(&folder)?;
    npm::install(&folder)?;
    npm::bundle(&folder, &out.join("dist"))?;
    embed::write_table(&out.join("dist"), &out.join("table.rs"))
}

fn variable(name: &str) -> Result<String, String> {
    env::var(name).map_err(|why| format!("{name}: {why}"))
}
