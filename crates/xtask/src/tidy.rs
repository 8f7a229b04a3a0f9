//! The house rules that no other tool checks. Each check is one file and gives its findings; all are told at once.

mod dependencies;
mod dialect;
mod floors;
mod length;
mod links;
mod lockfiles;
mod modules;
mod source;
mod words;
pub mod workspace;

use std::fmt;
use std::path::Path;

use source::Sources;
use workspace::Workspace;

/// Something that breaks a rule, or (as a warning) will soon.
#[derive(Debug, PartialEq)]
pub struct Finding {
    /// A path from the root, with a line where there is one.
    pub place: String,
    pub words: String,
    pub warning: bool,
}

impl Finding {
    fn error(place: impl Into<String>, words: impl Into<String>) -> Finding {
        Finding { place: place.into(), words: words.into(), warning: false }
    }

    fn warning(place: impl Into<String>, words: impl Into<String>) -> Finding {
        Finding { warning: true, ..Finding::error(place, words) }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = if self.warning { "warning" } else { "error" };
        write!(f, "tidy {kind}: {}: {}", self.place, self.words)
    }
}

/// Prints every finding; true when there is no error among them.
pub fn run(root: &Path) -> bool {
    let findings = match findings(root) {
        Ok(findings) => findings,
        Err(error) => {
            eprintln!("tidy could not read the workspace: {error}");
            return false;
        }
    };
    for finding in &findings {
        println!("{finding}");
    }
    let errors = findings.iter().filter(|finding| !finding.warning).count();
    println!("tidy: {errors} errors, {} warnings", findings.len() - errors);
    errors == 0
}

fn findings(root: &Path) -> Result<Vec<Finding>, String> {
    let workspace = Workspace::read(root)?;
    let sources = Sources::read(root).map_err(|error| error.to_string())?;
    let mut findings = floors::check(&workspace);
    findings.extend(modules::check(&sources));
    findings.extend(length::check(&sources));
    findings.extend(dependencies::check(&workspace, &sources));
    findings.extend(lockfiles::check(&workspace, &sources));
    findings.extend(dialect::check(&sources));
    findings.extend(words::check(&sources));
    findings.extend(links::check(&sources));
    Ok(findings)
}
