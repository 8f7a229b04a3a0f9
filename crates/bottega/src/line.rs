//! The command line as people write it; every sentence of the help has its Italian.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use base::words::Language;
use chrono::NaiveDate;
use clap::builder::PossibleValuesParser;
use clap::{ArgAction, Args, Command, CommandFactory, FromArgMatches, Parser, Subcommand};

use crate::tell::Tell;

/// The CRM for small and medium companies: one program with its database inside
#[derive(Parser, Debug)]
#[command(name = "bottega", version, disable_help_subcommand = true)]
pub struct Line {
    #[command(flatten)]
    pub place: Place,
    #[command(subcommand)]
    pub command: Do,
}

#[derive(Args, Debug, Clone, Default)]
pub struct Place {
    /// The folder of the data (also BOTTEGA_DATA)
    #[arg(long, global = true, value_name = "DIR", conflicts_with = "database_url")]
    pub data: Option<PathBuf>,
    /// A PostgreSQL database instead: postgres://… (also BOTTEGA_DATABASE_URL)
    #[arg(long, global = true, value_name = "URL")]
    pub database_url: Option<String>,
    /// The file with the secret key; without it, secret.key in the folder of the data (also BOTTEGA_SECRET_KEY_FILE)
    #[arg(long, global = true, value_name = "FILE")]
    pub secret_key_file: Option<PathBuf>,
    /// The configuration file; bottega.toml where there is one
    #[arg(long, global = true, value_name = "FILE", env = "BOTTEGA_CONFIG", hide_env = true)]
    pub config: Option<PathBuf>,
    /// The language of messages: it or en
    #[arg(long, global = true, value_name = "LANGUAGE", value_parser = ["it", "en"], env = "BOTTEGA_LANGUAGE", hide_env = true)]
    pub language: Option<String>,
    /// How the log is written to standard error: text, or json for programs [text]
    #[arg(
        long,
        global = true,
        value_name = "FORM",
        env = "BOTTEGA_LOG_FORM",
        hide_env = true,
        hide_possible_values = true
    )]
    pub log: Option<crate::logs::Form>,
    /// What is logged: error, warn, info, debug; request=warn after a comma leaves the requests out [info]
    #[arg(long, global = true, value_name = "LEVEL", env = "BOTTEGA_LOG", hide_env = true)]
    pub log_level: Option<String>,
}

#[derive(Subcommand, Debug)]
pub enum Do {
    /// Serve the company
    Serve(Serve),
    /// Start a made-up company to try everything on
    Demo(Demo),
    /// The users
    #[command(subcommand)]
    User(User),
    /// The tokens for the API
    #[command(subcommand)]
    Token(Token),
    /// Bring in a file: CSV, TSV or XLSX
    Import(Import),
    /// Copy everything into one file, while the server runs
    Backup { file: PathBuf },
    /// Put a backup into an empty folder or database
    Restore { file: PathBuf },
    /// The secret key that the passwords of other servers and the second factors are kept with
    #[command(subcommand)]
    SecretKey(SecretKey),
    /// Say what is wrong with the data and what to do
    Doctor {
        /// Mend what can be derived again
        #[arg(long)]
        fix: bool,
    },
}

#[derive(Args, Debug)]
pub struct Serve {
    /// The address to answer at; port 0 takes a free one [127.0.0.1:8080]
    #[arg(long, value_name = "ADDRESS", env = "BOTTEGA_LISTEN", hide_env = true)]
    pub listen: Option<SocketAddr>,
    /// Let people sign in without TLS from other machines: only on a network that is trusted
    #[arg(long)]
    pub plain_http: bool,
    /// Believe X-Forwarded-For: only where nobody reaches the program but through a reverse proxy
    #[arg(long)]
    pub behind_proxy: bool,
    /// Answer so many seconds on when told to end, and say at /readyz that it ends: for several nodes behind a balancer [0]
    #[arg(long, value_name = "SECONDS", env = "BOTTEGA_DRAIN", hide_env = true)]
    pub drain: Option<u64>,
    /// Say what Prometheus asks at this address, which nobody else should reach: as in 127.0.0.1:9464
    #[arg(long, value_name = "ADDRESS", env = "BOTTEGA_METRICS", hide_env = true)]
    pub metrics: Option<SocketAddr>,
}

#[derive(Args, Debug)]
pub struct Demo {
    /// The address to answer at; port 0 takes a free one [127.0.0.1:8080]
    #[arg(long, value_name = "ADDRESS")]
    pub listen: Option<SocketAddr>,
    /// Answer other machines too
    #[arg(long)]
    pub anyone: bool,
    /// The same number makes the same company
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// The day that it shall be, as in 2026-12-31
    #[arg(long, value_name = "DATE")]
    pub today: Option<NaiveDate>,
    /// How many companies and people
    #[arg(long, default_value_t = 2_000, value_name = "N")]
    pub size: usize,
}

#[derive(Subcommand, Debug)]
pub enum User {
    /// A line a user: e-mail, roles, active or disabled
    List,
    /// Make a user; without a password one is made up and printed
    Create(NewUser),
    /// Keep a user from signing in
    Disable { email: String },
    /// Let a user sign in again
    Enable { email: String },
    /// Give a user another password; without one it is made up and printed
    Password {
        email: String,
        #[command(flatten)]
        password: Secret,
    },
}

#[derive(Args, Debug)]
pub struct NewUser {
    pub email: String,
    /// First and last name; what stands before the @ where it is missing
    #[arg(long)]
    pub name: Option<String>,
    /// What the user may do; several with commas
    #[arg(long = "role", visible_alias = "roles", value_delimiter = ',', required = true,
        value_parser = PossibleValuesParser::new(engine::roles::ROLES.items.iter().map(|role| role.key)))]
    pub roles: Vec<String>,
    /// The name of the user's team, which must be there
    #[arg(long)]
    pub team: Option<String>,
    #[command(flatten)]
    pub password: Secret,
}

#[derive(Args, Debug)]
pub struct Secret {
    /// Others on this machine can see it: better --password-stdin
    #[arg(long, env = "BOTTEGA_PASSWORD", hide_env = true, hide_env_values = true)]
    pub password: Option<String>,
    /// Read the password from standard input
    #[arg(long, conflicts_with = "password")]
    pub password_stdin: bool,
}

#[derive(Subcommand, Debug)]
pub enum Token {
    /// Make a token with the rights of a user; it is printed only now
    Create {
        /// The user's e-mail
        #[arg(long, value_name = "EMAIL")]
        user: String,
        /// What it is for
        #[arg(long, default_value = "")]
        name: String,
    },
}

#[derive(Subcommand, Debug)]
pub enum SecretKey {
    /// Make a key in a new file
    Create { file: PathBuf },
    /// Start anew with another key when it is lost: what the old one keeps must be given again
    Forget,
}

#[derive(Args, Debug)]
pub struct Import {
    /// What is in the file: parties, companies, people, affiliations, sites
    pub entity: String,
    pub file: PathBuf,
    /// A profile as a JSON file: which column is what
    #[arg(long, value_name = "FILE")]
    pub profile: Option<String>,
    /// Say what would come of it and write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// The counts as a JSON object
    #[arg(long)]
    pub json: bool,
    /// On whose behalf, by e-mail; the program itself where it is missing
    #[arg(long, value_name = "EMAIL")]
    pub user: Option<String>,
}

/// Reads the command line. What cannot be read is told here, with the code to end with.
pub fn read() -> Result<(Line, Tell), ExitCode> {
    let tell = Tell::new(language()).map_err(|error| {
        eprintln!("{error}");
        ExitCode::FAILURE
    })?;
    let command = translated(Line::command(), &tell);
    let read = command.try_get_matches().and_then(|matches| Line::from_arg_matches(&matches));
    match read {
        Ok(line) => Ok((line, tell)),
        Err(error) => {
            let _ = error.print();
            Err(ExitCode::from(if error.use_stderr() { crate::tell::USAGE } else { 0 }))
        }
    }
}

/// Known before the command line is read, because the help is in it too.
fn language() -> Language {
    let written: Vec<String> = std::env::args().collect();
    let told = written.iter().enumerate().find_map(|(at, word)| match word.strip_prefix("--language") {
        Some("") => written.get(at + 1).cloned(),
        Some(rest) => rest.strip_prefix('=').map(str::to_owned),
        None => None,
    });
    let variables = ["BOTTEGA_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"];
    let known = variables.iter().find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
    told.or(known).and_then(|tag| Language::from_tag(&tag)).unwrap_or_default()
}

fn translated(command: Command, tell: &Tell) -> Command {
    let name = command.get_name().to_owned();
    let told = |text: &clap::builder::StyledStr| tell.help(&text.to_string());
    let mut command = match command.get_about().map(told) {
        Some(about) => command.about(about),
        None => command,
    };
    if name == "bottega" {
        command = command
            .disable_help_flag(true)
            .arg(
                clap::Arg::new("help")
                    .short('h')
                    .long("help")
                    .action(ArgAction::Help)
                    .global(true)
                    .help("Show this help"),
            )
            .disable_version_flag(true)
            .arg(
                clap::Arg::new("version")
                    .short('V')
                    .long("version")
                    .action(ArgAction::Version)
                    .help("Show the version"),
            );
    }
    command = command.mut_args(|arg| match arg.get_help().map(told) {
        Some(help) => arg.help(help),
        None => arg,
    });
    command.mut_subcommands(|sub| translated(sub, tell))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_holds_together_in_both_languages() {
        for language in [Language::It, Language::En] {
            translated(Line::command(), &Tell::new(language).unwrap()).debug_assert();
        }
    }
}
