//! A file is brought in from the keyboard: with a profile, or with sensible choices.

use std::path::Path;
use std::process::ExitCode;

use base::{Error, Result, say};
use engine::import::{Plan, Report, constants, propose, shape_of};
use engine::{Actor, Channel};
use meta::{Catalogue, Face, Model};
use serde_json::json;

use crate::line::Import;
use crate::open;
use crate::settings::Data;
use crate::tell::Tell;

pub fn run(data: &Data, import: &Import, tell: &Tell) -> Result<ExitCode> {
    let engine = open::engine(data)?;
    let catalogue = engine.catalogue();
    let (model, face) = named(&catalogue, &import.entity)?;
    let actor = match &import.user {
        Some(email) => engine.actor(&open::user(&engine, email)?, Channel::Import)?,
        None => Actor::program().through(Channel::Import),
    };
    let words = [tell.words()];
    let shape = shape_of(&catalogue, model, &import.file, &words).map_err(|error| not_read(&import.file, error))?;
    let mut plan = propose(&catalogue, model, &shape, &words);
    if let Some(face) = face {
        plan.constants = constants(face, &plan);
    }
    if let Some(profile) = &import.profile {
        plan = named_profile(&engine, &actor, profile, &plan.entity)?.applied_to(plan);
    }
    let report = if import.dry_run {
        engine.rehearse(&actor, &import.file, &plan, Some(tell.words()), &mut |_| {})?
    } else {
        engine.import_now(&actor, &import.file, &plan, &words, None, &mut |_| {})?
    };
    if import.json {
        tell.result(&as_json(&report).to_string());
    } else {
        told(&report, import.dry_run, tell);
    }
    Ok(ExitCode::SUCCESS)
}

/// An entity by its path or key, or a face by its path.
fn named<'a>(catalogue: &'a Catalogue, name: &str) -> Result<(&'a Model, Option<&'static Face>)> {
    let found = catalogue.at_path(name).or_else(|| Some((catalogue.model(name)?, None)));
    found.filter(|(model, _)| !model.entity.house).ok_or_else(|| {
        let known: Vec<&str> = crm::ENTITIES.iter().map(|entity| entity.path).collect();
        let text =
            say!("{name} is nothing that can be imported; there are {known}", name = name, known = known.join(", "));
        Error::refused("entity", "unknown", text)
    })
}

/// A profile that was kept under this name, or one in a file.
fn named_profile(engine: &engine::Engine, actor: &Actor, name: &str, entity: &str) -> Result<Plan> {
    let kept = engine.import_profiles(actor, entity)?.into_iter().find(|profile| profile.name == name);
    kept.map_or_else(|| read_profile(Path::new(name)), |profile| Ok(profile.plan))
}

fn read_profile(path: &Path) -> Result<Plan> {
    let text = std::fs::read_to_string(path).map_err(|cause| unreadable(path, &cause.to_string()))?;
    serde_json::from_str(&text).map_err(|cause| unreadable(path, &cause.to_string()))
}

/// A file that is not there is what was typed, not a fault of ours.
fn not_read(path: &Path, error: sheet::SheetError) -> Error {
    match error {
        sheet::SheetError::Io(cause) => unreadable(path, &cause.to_string()),
        other => engine::import::unreadable(other),
    }
}

fn unreadable(path: &Path, why: &str) -> Error {
    Error::Unreadable(say!("{file} cannot be read: {why}", file = path.display().to_string(), why = why))
}

fn as_json(report: &Report) -> serde_json::Value {
    json!({
        "operation": report.operation.map(|id| id.to_string()),
        "read": report.read,
        "created": report.created,
        "updated": report.updated,
        "skipped": report.skipped,
        "refused": report.refused,
        "warnings": report.warnings,
        "refused_file": report.refused_file,
    })
}

fn told(report: &Report, dry_run: bool, tell: &Tell) {
    if dry_run {
        tell.say("Nothing was written; this is what would come of it:");
    }
    let counts = [
        say!("Rows read: {count}", count = number(report.read)),
        say!("Created: {count}", count = number(report.created)),
        say!("Updated: {count}", count = number(report.updated)),
        say!("Skipped: {count}", count = number(report.skipped)),
        say!("Refused: {count}", count = number(report.refused)),
        say!("Warnings: {count}", count = number(report.warnings)),
    ];
    counts.iter().for_each(|count| tell.result(&tell.words().text(count)));
    for row in report.rows.iter().take(20) {
        for problem in &row.problems {
            tell.say(say!("Line {line}: {text}", line = number(row.line), text = problem.text.clone()));
        }
    }
    if let Some(file) = &report.refused_file {
        tell.say(say!("The refused rows, to correct and bring in again: {file}", file = file.clone()));
    }
}

fn number(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
