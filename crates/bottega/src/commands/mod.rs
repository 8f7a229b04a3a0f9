//! One file for each command.

mod backup;
mod demo;
mod doctor;
mod import;
mod serve;
mod users;

use std::process::ExitCode;

use base::Result;

use crate::line::{Do, Line};
use crate::settings::Settings;
use crate::tell::Tell;

pub fn run(line: Line, tell: &Tell) -> Result<ExitCode> {
    let settings = Settings::read(&line.place)?;
    let usual = if matches!(line.command, Do::Demo(_)) { "./demo-data" } else { "./data" };
    let location = settings.location(&line.place, usual);
    match line.command {
        Do::Serve(serve) => serve::run(&location, &settings, &serve, tell),
        Do::Demo(demo) => demo::run(&location, &demo, tell),
        Do::User(user) => users::run(&location, user, tell),
        Do::Token(token) => users::token(&location, token, tell),
        Do::Import(import) => import::run(&location, &import, tell),
        Do::Backup { file } => backup::backup(&location, &file, tell),
        Do::Restore { file } => backup::restore(&location, &file, tell),
        Do::Doctor { fix } => doctor::run(&location, fix, tell),
    }
}
