//! Everything into one file, and back.

use std::path::Path;
use std::process::ExitCode;

use base::{Result, say};

use crate::open;
use crate::settings::Data;
use crate::tell::Tell;

pub fn backup(data: &Data, file: &Path, tell: &Tell) -> Result<ExitCode> {
    let engine = open::engine(data)?;
    engine.back_up(file)?;
    tell.say(say!("Everything is in {file}", file = file.display().to_string()));
    if engine.has_secret_key() {
        tell.say("The secret key is not: keep a copy of it in another place");
    }
    Ok(ExitCode::SUCCESS)
}

pub fn restore(data: &Data, file: &Path, tell: &Tell) -> Result<ExitCode> {
    let readable = engine::backup::restore(file, &data.location, crm::ENTITIES, data.secret()?)?;
    tell.say(say!("{file} is restored", file = file.display().to_string()));
    if !readable {
        tell.say(
            "The secret key it was used with is not here: the password of the mail server and the second factors must be given again. \
             To keep them, restore again with --secret-key-file",
        );
    }
    Ok(ExitCode::SUCCESS)
}
