//! One file for each command.

mod backup;
mod demo;
mod doctor;
mod import;
mod secret_key;
mod serve;
mod users;

use std::process::ExitCode;

use base::Result;

use crate::line::{Do, Line};
use crate::logs;
use crate::settings::Settings;
use crate::tell::Tell;

pub fn run(line: Line, tell: &Tell) -> Result<ExitCode> {
    let settings = Settings::read(&line.place)?;
    let level = line.place.log_level.as_deref().or(settings.log_level.as_deref());
    let form = line.place.log.or(settings.log).unwrap_or_default();
    logs::begin(form, level, matches!(line.command, Do::Demo(_)))?;
    let usual = if matches!(line.command, Do::Demo(_)) { "./demo-data" } else { "./data" };
    let data = settings.data(&line.place, usual);
    match line.command {
        Do::Serve(serve) => serve::run(&data, &settings, &serve, tell),
        Do::Demo(demo) => demo::run(&data, &demo, tell),
        Do::User(user) => users::run(&data, user, tell),
        Do::Token(token) => users::token(&data, token, tell),
        Do::Import(import) => import::run(&data, &import, tell),
        Do::Backup { file } => backup::backup(&data, &file, tell),
        Do::Restore { file } => backup::restore(&data, &file, tell),
        Do::SecretKey(command) => secret_key::run(&data, &command, tell),
        Do::Doctor { fix } => doctor::run(&data, fix, tell),
    }
}
