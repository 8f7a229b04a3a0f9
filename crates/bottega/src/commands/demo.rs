//! The demo: makes the company once, then serves it.

use std::net::Ipv4Addr;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use base::{Result, clock, say};
use crm::demo::{Filled, PASSWORD, fill};

use super::serve::{Front, USUAL, answer};
use crate::line::Demo;
use crate::open;
use crate::settings::Data;
use crate::tell::Tell;

pub fn run(data: &Data, demo: &Demo, tell: &Tell) -> Result<ExitCode> {
    let mut listen = demo.listen.unwrap_or(USUAL);
    match demo.listen {
        None if demo.anyone => listen.set_ip(Ipv4Addr::UNSPECIFIED.into()),
        Some(address) if !demo.anyone && !address.ip().is_loopback() => {
            tell.say("The demo answers this machine only; --anyone opens it to others");
            return Ok(ExitCode::from(crate::tell::USAGE));
        }
        _ => {}
    }
    let today = demo.today.unwrap_or_else(|| clock::today(clock::ZONE));
    let engine = Arc::new(open::engine(data)?);
    match fill(&engine, demo.seed, today, demo.size)? {
        Filled::Now => tell.say(say!("The demo is made: {count} companies and people", count = demo.size)),
        Filled::Before => {
            tell.say("The demo is there already and goes on as it was left");
            clock::pretend(today);
        }
    }
    let users = engine.users()?;
    let front = Front { listen, secure: false, behind_proxy: false, drain: Duration::ZERO, metrics: None };
    answer(engine, front, tell, |_| {
        tell.say(say!("Sign in as one of these, with the password {password}:", password = PASSWORD));
        for user in &users {
            eprintln!("  {}\t{}\t{}", user.email, user.roles.join(","), user.name);
        }
    })
}
