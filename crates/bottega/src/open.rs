//! The engine with everything that is declared, and the web before it.

use std::sync::Arc;

use base::{Error, Result, say};
use engine::Engine;
use engine::users::User;
use web::{App, Menu, MenuGroup};

use crate::settings::Data;

pub fn engine(data: &Data) -> Result<Engine> {
    Engine::open_keyed(&data.location, crm::ENTITIES, data.secret()?)
}

pub fn app(engine: Arc<Engine>, secure: bool) -> Result<App> {
    let group = |(title, paths): &(&'static str, &[&'static str])| MenuGroup { title, paths: paths.to_vec() };
    let menu = Menu { groups: crm::MENU.iter().map(group).collect(), examples: Some(crm::demo::EXAMPLES) };
    Ok(App::new(engine, crate::tell::words()?, menu, secure))
}

/// A user by e-mail or user name.
pub fn user(engine: &Engine, name: &str) -> Result<User> {
    let found = engine.user_named(name)?;
    found.ok_or_else(|| Error::refused("user", "unknown", say!("There is no user {name}", name = name)))
}
