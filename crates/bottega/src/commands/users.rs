//! Users and their tokens, from the keyboard of the server.

use std::process::ExitCode;

use base::{Error, Result, say};
use engine::users::{self, NewUser, TEAM, USER};
use engine::{Actor, Channel, Draft, Engine};
use meta::Value;

use crate::line::{Secret, Token, User};
use crate::settings::Data;
use crate::tell::Tell;
use crate::{line, open};

pub fn run(data: &Data, command: User, tell: &Tell) -> Result<ExitCode> {
    let engine = open::engine(data)?;
    match command {
        User::List => {
            for user in engine.users()? {
                let state = if user.active { "active" } else { "disabled" };
                tell.result(&format!("{}\t{}\t{state}", user.email, user.roles.join(",")));
            }
        }
        User::Create(new) => create(&engine, &new, tell)?,
        User::Disable { email } => set_active(&engine, &email, false)?,
        User::Enable { email } => set_active(&engine, &email, true)?,
        User::Password { email, password } => {
            let user = open::user(&engine, &email)?;
            let (password, made_up) = chosen(&password)?;
            engine.change_password(&actor(), &user, &password)?;
            told(&password, made_up, tell);
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// The token alone on stdout.
pub fn token(data: &Data, command: Token, tell: &Tell) -> Result<ExitCode> {
    let Token::Create { user, name } = command;
    let engine = open::engine(data)?;
    let user = open::user(&engine, &user)?;
    tell.result(&engine.create_token(user.rid, &name)?);
    tell.say("Keep this token safe: it is not shown again");
    Ok(ExitCode::SUCCESS)
}

fn actor() -> Actor {
    Actor::program().through(Channel::Command)
}

fn create(engine: &Engine, new: &line::NewUser, tell: &Tell) -> Result<()> {
    let team = match &new.team {
        None => None,
        Some(name) => {
            let keys = [base::text_key(name)];
            let found = engine.store.read(|tx| store::records::find_by_title(tx, TEAM.key, &keys))?;
            let unknown = || Error::refused("team", "unknown", say!("There is no team {name}", name = name.as_str()));
            Some(found.first().map(|(_, rid)| *rid).ok_or_else(unknown)?)
        }
    };
    let (password, made_up) = chosen(&new.password)?;
    let before_the_at = new.email.split('@').next().unwrap_or_default();
    let roles: Vec<&str> = new.roles.iter().map(String::as_str).collect();
    let name = new.name.as_deref().unwrap_or(before_the_at);
    let user = NewUser { name, email: &new.email, roles: &roles, team, password: Some(&password) };
    engine.create_user(&actor(), &user)?;
    told(&password, made_up, tell);
    Ok(())
}

fn set_active(engine: &Engine, email: &str, active: bool) -> Result<()> {
    let user = open::user(engine, email)?;
    let catalogue = engine.catalogue();
    let at =
        catalogue.of(&USER).position(users::SIGNS_IN.def.key).ok_or_else(|| Error::fault("users have no state"))?;
    let draft = Draft::change(&USER, user.rid, None, vec![(at, Value::Tick(active))]);
    engine.save(&actor(), vec![draft]).map(|_| ())
}

/// The password that was given, or a made-up one.
fn chosen(password: &Secret) -> Result<(String, bool)> {
    if password.password_stdin {
        let mut line = String::new();
        std::io::stdin().read_line(&mut line).map_err(|cause| Error::caused("standard input cannot be read", cause))?;
        return Ok((line.trim_end_matches(['\r', '\n']).to_owned(), false));
    }
    match &password.password {
        Some(password) => Ok((password.clone(), false)),
        None => Ok((engine::sign_in::made_up_password()?, true)),
    }
}

fn told(password: &str, made_up: bool, tell: &Tell) {
    if made_up {
        tell.say("The password, shown only now:");
        tell.result(password);
    }
}
