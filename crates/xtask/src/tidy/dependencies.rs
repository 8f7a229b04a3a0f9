//! Each direct dependency, of Rust or npm, has its line in docs/dependencies.md, and no line is left without one.

use std::collections::BTreeSet;

use serde_json::Value;

use super::Finding;
use super::source::Sources;
use super::workspace::Workspace;

const TABLE: &str = "docs/dependencies.md";
const PACKAGE: &str = "crates/assets/package.json";

pub fn check(workspace: &Workspace, sources: &Sources) -> Vec<Finding> {
    let Some(table) = sources.get(TABLE) else { return vec![Finding::error(TABLE, "is missing")] };
    let told: BTreeSet<String> = table.text.lines().filter_map(name).collect();
    let mut used: BTreeSet<String> = npm(sources);
    for package in &workspace.packages {
        used.extend(package.dependencies.iter().filter(|other| !other.own).map(|other| other.name.clone()));
    }
    let untold = used.difference(&told).map(|name| format!("has no line on {name}: what for, and what else could"));
    let unused = told.difference(&used).map(|name| format!("tells of {name}, which nothing depends on"));
    untold.chain(unused).map(|words| Finding::error(TABLE, words)).collect()
}

/// Of a row `| name | …`; not of the head, nor of the line under it.
fn name(line: &str) -> Option<String> {
    let cell = line.strip_prefix('|')?.split('|').next()?.trim().trim_matches('`');
    (!cell.is_empty() && cell != "name" && !cell.starts_with(['-', ':'])).then(|| cell.to_owned())
}

fn npm(sources: &Sources) -> BTreeSet<String> {
    let package =
        sources.get(PACKAGE).and_then(|file| serde_json::from_str::<Value>(&file.text).ok()).unwrap_or_default();
    let lists = ["dependencies", "devDependencies"].map(|list| package[list].as_object().cloned().unwrap_or_default());
    lists.into_iter().flatten().map(|(name, _)| name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::source::sample;
    use crate::tidy::workspace::{Dependency, Package};

    #[test]
    fn a_dependency_without_a_line_and_a_line_without_a_dependency_are_both_found() {
        let table =
            "| name | what for | what else |\n| --- | --- | --- |\n| clap | x | y |\n| `@tabler/core` | x | y |\n";
        let package = r#"{"devDependencies": {"@tabler/core": "1"}}"#;
        let sources = sample(&[(TABLE, table), (PACKAGE, package)]);
        let dependencies = vec![Dependency { name: "uuid".to_owned(), dev: true, own: false }];
        let package = Package { name: "base".to_owned(), rust_version: true, dependencies, tests: Vec::new() };
        let found = check(&Workspace { packages: vec![package] }, &sources);
        assert_eq!(found.len(), 2);
        assert!(found[0].words.contains("uuid") && found[1].words.contains("clap"));
    }
}
