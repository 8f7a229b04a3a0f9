//! A crate uses only crates of the floors below its own; see ARCHITECTURE.md.

use super::Finding;
use super::workspace::{Dependency, Package, Workspace};

/// From the ground up.
const FLOORS: [&str; 7] = ["base", "meta", "store", "engine", "web", "crm", "bottega"];

/// Crates that know nothing of records and could be published by themselves, with the floors that they may use after all.
const APART: [(&str, &[&str]); 6] = [
    ("ui", &[]),
    ("assets", &[]),
    ("towns", &["base"]),
    ("sheet", &[]),
    ("picture", &[]),
    ("testkit", &["base", "meta", "store", "engine"]),
];

/// What looks like something only the shell and above may use.
const LOOKS: [&str; 2] = ["ui", "assets"];
const LOWEST_WITH_LOOKS: &str = "web";

/// Programs of the workshop: they may use anything, and nothing uses them.
const TOOLS: [&str; 2] = ["xtask", "bench"];

/// Only for tests, on any floor.
const TEST_KIT: &str = "testkit";

pub fn check(workspace: &Workspace) -> Vec<Finding> {
    let findings = workspace.packages.iter().flat_map(|package| {
        let own = package.dependencies.iter().filter(|dependency| dependency.own);
        own.filter_map(|dependency| {
            refusal(package, dependency).map(|why| {
                let place = format!("crates/{}/Cargo.toml", package.name);
                Finding::error(place, format!("must not use {}: {why}", dependency.name))
            })
        })
    });
    findings.chain(workspace.packages.iter().filter_map(homeless)).collect()
}

fn refusal(package: &Package, dependency: &Dependency) -> Option<&'static str> {
    let (user, used) = (package.name.as_str(), dependency.name.as_str());
    if TOOLS.contains(&user) {
        return None;
    }
    if TOOLS.contains(&used) {
        return Some("it is a tool");
    }
    if used == TEST_KIT {
        return (!dependency.dev).then_some("it is for tests only");
    }
    if let Some((_, allowed)) = APART.iter().find(|(name, _)| *name == user) {
        return (floor(used).is_some() && !allowed.contains(&used)).then_some("a crate apart knows no floor");
    }
    match (floor(user), floor(used)) {
        (Some(user), Some(used)) => (used >= user).then_some("it is not on a floor below"),
        (Some(user), None) => (LOOKS.contains(&used) && Some(user) < floor(LOWEST_WITH_LOOKS))
            .then_some("looks begin on the floor of web"),
        (None, _) => None,
    }
}

fn homeless(package: &Package) -> Option<Finding> {
    let name = package.name.as_str();
    let known = floor(name).is_some() || TOOLS.contains(&name) || APART.iter().any(|(apart, _)| *apart == name);
    let place = format!("crates/{name}/Cargo.toml");
    (!known).then(|| Finding::error(place, "is on no floor: give it a place in crates/xtask/src/tidy/floors.rs"))
}

fn floor(name: &str) -> Option<usize> {
    FLOORS.iter().position(|floor| *floor == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn may(user: &str, used: &str, dev: bool) -> bool {
        let dependency = Dependency { name: used.to_owned(), dev, own: true };
        let package =
            Package { name: user.to_owned(), rust_version: true, dependencies: vec![dependency], tests: Vec::new() };
        check(&Workspace { packages: vec![package] }).is_empty()
    }

    #[test]
    fn a_crate_uses_floors_below_and_nothing_above_not_even_in_tests() {
        assert!(may("engine", "store", false) && may("engine", "sheet", false) && may("web", "ui", false));
        assert!(!may("store", "engine", false) && !may("store", "engine", true) && !may("engine", "ui", false));
    }

    #[test]
    fn the_test_kit_is_for_tests_and_crates_apart_stay_apart() {
        assert!(may("store", "testkit", true) && !may("store", "testkit", false));
        assert!(may("towns", "base", false) && !may("sheet", "base", false) && !may("ui", "meta", false));
    }

    #[test]
    fn a_new_crate_must_be_given_a_place() {
        assert!(!may("mailbox", "base", false));
    }
}
