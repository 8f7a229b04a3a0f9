//! The program: reads the command line, does what it says, and tells in plain words what stood in the way.

mod commands;
mod line;
mod open;
mod proxy;
mod settings;
mod tell;

use std::process::ExitCode;

fn main() -> ExitCode {
    tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::try_from_env("BOTTEGA_LOG").unwrap_or_else(|_| "info".into()))
        .with_writer(std::io::stderr)
        .init();
    let (line, tell) = match line::read() {
        Ok(read) => read,
        Err(code) => return code,
    };
    match commands::run(line, &tell) {
        Ok(code) => code,
        Err(error) => tell.failed(&error),
    }
}
