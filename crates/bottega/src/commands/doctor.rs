//! What is wrong and what to do; 1 at the end when something stays wrong.

use std::process::ExitCode;

use base::{Result, say};

use crate::open;
use crate::settings::Data;
use crate::tell::{FAULT, Tell};

pub fn run(data: &Data, fix: bool, tell: &Tell) -> Result<ExitCode> {
    let lacking = engine::doctor::lacking(&data.location, crm::ENTITIES)?;
    let engine = open::engine(data)?;
    if lacking > 0 {
        let count = i64::try_from(lacking).unwrap_or(i64::MAX);
        tell.result(
            &tell
                .words()
                .text(&say!("The schema lacked {count} tables, columns or indexes: they were added", count = count)),
        );
    }
    let findings = engine.examine(fix, tell.words())?;
    for finding in &findings {
        let what = tell.words().text(&finding.what);
        let remedy = if finding.mended { say!("mended") } else { finding.remedy.clone() };
        tell.result(&format!("{what}. {}", tell.words().text(&remedy)));
    }
    if findings.is_empty() {
        tell.result(&tell.words().say("All is well"));
    }
    let well = findings.iter().all(|finding| finding.mended);
    Ok(ExitCode::from(if well { 0 } else { FAULT }))
}
