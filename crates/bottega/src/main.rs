//! The program: reads the command line, does what it says, and tells in plain words what stood in the way.

mod commands;
mod door;
mod line;
mod logs;
mod open;
mod proxy;
mod settings;
mod tell;

use std::process::ExitCode;

fn main() -> ExitCode {
    let (line, tell) = match line::read() {
        Ok(read) => read,
        Err(code) => return code,
    };
    match commands::run(line, &tell) {
        Ok(code) => code,
        Err(error) => tell.failed(&error),
    }
}
