//! Everything into one file, and back.

use std::path::Path;
use std::process::ExitCode;

use base::{Result, say};
use store::Location;

use crate::open;
use crate::tell::Tell;

pub fn backup(location: &Location, file: &Path, tell: &Tell) -> Result<ExitCode> {
    open::engine(location)?.back_up(file)?;
    tell.say(say!("Everything is in {file}", file = file.display().to_string()));
    Ok(ExitCode::SUCCESS)
}

pub fn restore(location: &Location, file: &Path, tell: &Tell) -> Result<ExitCode> {
    engine::backup::restore(file, location, crm::ENTITIES)?;
    tell.say(say!("{file} is restored", file = file.display().to_string()));
    Ok(ExitCode::SUCCESS)
}
