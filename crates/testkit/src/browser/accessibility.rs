//! Accessibility of a page as axe-core sees it, the same rules that auditors use.

use std::path::PathBuf;
use std::{env, fs};

use fantoccini::Client;
use serde_json::Value;

/// A rule that the page breaks. An empty list is the goal; an assertion on it prints the rest.
#[derive(Clone, Debug, PartialEq)]
pub struct Violation {
    /// The rule's name at <https://dequeuniversity.com/rules/axe>, like `color-contrast`.
    pub rule: String,
    /// `minor`, `moderate`, `serious` or `critical`.
    pub impact: String,
    pub help: String,
    /// CSS selectors of the elements.
    pub elements: Vec<String>,
}

/// Runs axe-core in the page that the window shows. The page's own content security policy does not stand in its way.
///
/// # Panics
/// When axe-core is not installed, saying where it was looked for.
pub async fn axe(client: &Client) -> Vec<Violation> {
    let path = script();
    let source = fs::read_to_string(&path).unwrap_or_else(|error| {
        panic!("axe-core is missing ({}: {error}): run npm ci in crates/assets, or set BOTTEGA_AXE", path.display())
    });
    let run = "const done = arguments[0];\
        axe.run(document, { resultTypes: ['violations'] }).then(found => done(found.violations), error => done(String(error)));";
    client.execute(&source, Vec::new()).await.unwrap_or_else(|error| panic!("axe-core did not load: {error}"));
    let found = client.execute_async(run, Vec::new()).await.unwrap_or_else(|error| panic!("axe-core failed: {error}"));
    match found {
        Value::Array(found) => found.iter().map(violation).collect(),
        error => panic!("axe-core failed: {error}"),
    }
}

fn script() -> PathBuf {
    let usual = || crate::workspace_root().join("crates/assets/node_modules/axe-core/axe.min.js");
    env::var_os("BOTTEGA_AXE").map_or_else(usual, PathBuf::from)
}

fn violation(found: &Value) -> Violation {
    let text = |name: &str| found[name].as_str().unwrap_or_default().to_owned();
    let nodes = found["nodes"].as_array().into_iter().flatten();
    let elements = nodes.map(|node| node["target"].to_string()).collect();
    Violation { rule: text("id"), impact: text("impact"), help: text("help"), elements }
}
