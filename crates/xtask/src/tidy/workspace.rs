//! The packages of the workspace and what they depend on, as `cargo metadata` tells it.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

#[derive(Debug)]
pub struct Workspace {
    pub packages: Vec<Package>,
}

#[derive(Debug)]
pub struct Package {
    pub name: String,
    pub rust_version: bool,
    pub dependencies: Vec<Dependency>,
    /// The programs under `tests/`.
    pub tests: Vec<String>,
}

#[derive(Debug)]
pub struct Dependency {
    pub name: String,
    /// For tests, examples and benchmarks only.
    pub dev: bool,
    /// A member of this workspace.
    pub own: bool,
}

impl Workspace {
    pub fn read(root: &Path) -> Result<Workspace, String> {
        let output = Command::new("cargo")
            .args(["metadata", "--no-deps", "--format-version", "1", "--offline"])
            .current_dir(root)
            .output()
            .map_err(|error| format!("cargo metadata: {error}"))?;
        if !output.status.success() {
            return Err(String::from_utf8_lossy(&output.stderr).into_owned());
        }
        let metadata: Value =
            serde_json::from_slice(&output.stdout).map_err(|error| format!("cargo metadata: {error}"))?;
        Ok(Workspace { packages: list(&metadata["packages"]).iter().map(package).collect() })
    }

    pub fn test_targets(&self) -> Vec<String> {
        self.packages.iter().flat_map(|package| package.tests.clone()).collect()
    }
}

fn package(package: &Value) -> Package {
    let is_test = |target: &&Value| list(&target["kind"]).iter().any(|kind| kind == "test");
    Package {
        name: text(&package["name"]),
        rust_version: package["rust_version"].is_string(),
        dependencies: list(&package["dependencies"]).iter().map(dependency).collect(),
        tests: list(&package["targets"]).iter().filter(is_test).map(|target| text(&target["name"])).collect(),
    }
}

fn dependency(dependency: &Value) -> Dependency {
    Dependency {
        name: text(&dependency["name"]),
        dev: dependency["kind"] == "dev",
        own: dependency["path"].is_string(),
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
