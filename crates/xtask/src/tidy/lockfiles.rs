//! What makes a fresh clone build the same everywhere: a stated Rust version, an npm lock file without addresses.

use super::Finding;
use super::source::Sources;
use super::workspace::Workspace;

pub fn check(workspace: &Workspace, sources: &Sources) -> Vec<Finding> {
    let silent = workspace.packages.iter().filter(|package| !package.rust_version);
    let silent =
        silent.map(|package| Finding::error(format!("crates/{}/Cargo.toml", package.name), "states no rust-version"));
    let locked = sources.ending("package-lock.json").filter(|file| file.text.contains("\"resolved\""));
    let locked = locked.map(|file| {
        Finding::error(&file.path, "names addresses: set omit-lockfile-registry-resolved=true in .npmrc and lock again")
    });
    silent.chain(locked).collect()
}
