//! Runs Node: installs the packages of the lock file, and bundles.

use std::{
    fs::{self, File},
    io::ErrorKind,
    path::Path,
    process::{Command, Stdio},
};

const WITHOUT_NODE: &str = "Building Bottega's pages needs Node.js 20 or later with npm, and it was not found.\n\
     Install it (Debian: apt install nodejs npm; otherwise https://nodejs.org) and build again.\n\
     The program itself runs without it.";

/// Held while this build writes into `node_modules`; another build of the same tree waits here.
pub fn lock(folder: &Path) -> Result<File, String> {
    let path = folder.join(".npm.lock");
    let file = File::create(&path).map_err(|why| format!("{}: {why}", path.display()))?;
    file.lock().map_err(|why| format!("{}: {why}", path.display()))?;
    Ok(file)
}

/// Installs what `package-lock.json` says, unless exactly that is installed already.
pub fn install(folder: &Path) -> Result<(), String> {
    let wanted = fs::read(folder.join("package-lock.json")).map_err(|why| format!("package-lock.json: {why}"))?;
    // A copy of the lock file beside the packages: written last, so half an installation is never taken for a whole one.
    let installed = folder.join("node_modules/.installed-lock.json");
    if fs::read(&installed).is_ok_and(|found| found == wanted) {
        return Ok(());
    }
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    run(Command::new(npm).args(["ci", "--prefer-offline", "--no-audit", "--no-fund"]).current_dir(folder), "npm ci")?;
    fs::write(&installed, wanted).map_err(|why| format!("{}: {why}", installed.display()))
}

/// Fills `dist` with the hashed files and the lists that [`crate::embed`] reads.
pub fn bundle(folder: &Path, dist: &Path) -> Result<(), String> {
    if dist.exists() {
        fs::remove_dir_all(dist).map_err(|why| format!("{}: {why}", dist.display()))?;
    }
    fs::create_dir_all(dist).map_err(|why| format!("{}: {why}", dist.display()))?;
    run(Command::new("node").arg("bundle.mjs").arg(dist).current_dir(folder), "node bundle.mjs")
}

fn run(command: &mut Command, name: &str) -> Result<(), String> {
    let output = command.stdin(Stdio::null()).output().map_err(|why| match why.kind() {
        ErrorKind::NotFound => WITHOUT_NODE.to_owned(),
        _ => format!("{name}: {why}"),
    })?;
    if output.status.success() {
        return Ok(());
    }
    let said = [output.stdout, output.stderr].concat();
    Err(format!("{name} failed ({}):\n{}", output.status, String::from_utf8_lossy(&said)))
}
