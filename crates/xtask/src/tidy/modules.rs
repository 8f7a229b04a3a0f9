//! The order of the `mod` lines of `crm` is the order of reading and of dependency: a module uses only those above it.

use regex_lite::Regex;

use super::Finding;
use super::source::Sources;

const CRATE: &str = "crates/crm/src/";

pub fn check(sources: &Sources) -> Vec<Finding> {
    let Some(root) = sources.get("crates/crm/src/lib.rs") else { return Vec::new() };
    let order = names(r"(?m)^\s*(?:pub(?:\([^)]*\))?\s+)?mod\s+(\w+)\s*;", &root.code());
    let rank = |module: &str| order.iter().position(|(_, name)| name == module);
    let mut findings = Vec::new();
    for file in sources.ending(".rs") {
        let Some(inside) = file.path.strip_prefix(CRATE) else { continue };
        let own = inside.split('/').next().unwrap_or_default().trim_end_matches(".rs");
        let Some(own_rank) = rank(own) else { continue };
        for (byte, used) in uses(&file.code()) {
            if rank(&used).is_some_and(|used| used > own_rank) {
                let words = format!("{own} uses {used}, whose mod line in {CRATE}lib.rs stands below its own");
                findings.push(Finding::error(file.place(byte), words));
            }
        }
    }
    findings
}

/// First names after `crate::`, those in braces included.
fn uses(code: &str) -> Vec<(usize, String)> {
    let mut uses = names(r"\bcrate::(\w+)", code);
    let Ok(groups) = Regex::new(r"\bcrate::\{") else { return uses };
    for group in groups.find_iter(code) {
        let (mut depth, mut at_start) = (1, true);
        let mut name = String::new();
        for (offset, c) in code[group.end()..].char_indices() {
            match c {
                _ if at_start && depth == 1 && (c.is_alphanumeric() || c == '_') => {
                    name.push(c);
                    continue;
                }
                '{' => depth += 1,
                '}' => depth -= 1,
                _ => {}
            }
            if !name.is_empty() {
                uses.push((group.end() + offset, std::mem::take(&mut name)));
                at_start = false;
            }
            at_start |= c == ',' && depth == 1;
            if depth == 0 {
                break;
            }
        }
    }
    uses
}

fn names(pattern: &str, code: &str) -> Vec<(usize, String)> {
    let Ok(pattern) = Regex::new(pattern) else { return Vec::new() };
    let found = pattern.captures_iter(code).filter_map(|found| found.get(1));
    found.map(|name| (name.start(), name.as_str().to_owned())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::source::sample;

    #[test]
    fn a_module_uses_those_above_it_and_never_one_below() {
        let sources = sample(&[
            ("crates/crm/src/lib.rs", "pub mod parties;\nmod sites;\npub(crate) mod leads;\n"),
            ("crates/crm/src/sites/mod.rs", "use crate::parties::PARTY;\nuse crate::{words, sites::{leads}};\n"),
            (
                "crates/crm/src/parties/mod.rs",
                "// crate::leads\nuse crate::{parties::X, sites};\nfn f() { crate::leads::g() }\n",
            ),
        ]);
        let places: Vec<String> = check(&sources).into_iter().map(|finding| finding.place).collect();
        assert_eq!(places, ["crates/crm/src/parties/mod.rs:3", "crates/crm/src/parties/mod.rs:2"]);
    }
}
