//! Which database it is, only the dialects of `store` ask.

use regex_lite::Regex;

use super::Finding;
use super::source::Sources;

const HOME: &str = "crates/store/src/dialect";

/// An `if` on the name of a database (quoted names, as in addresses, are no question), an `is_…()`, a comparison.
const QUESTION: &str =
    r#"(?i)\bif\b[^"\n{]*\b\w*(?:sqlite|postgres)\w*|\bis_(?:sqlite|postgres)\w*\(|[!=]=\s*(?:\w+::)*dialect::\w+"#;

pub fn check(sources: &Sources) -> Vec<Finding> {
    let Ok(question) = Regex::new(QUESTION) else { return vec![Finding::error(HOME, "the pattern is wrong")] };
    let mut findings = Vec::new();
    for file in sources.program().filter(|file| !file.path.starts_with(HOME)) {
        let code = file.code();
        // `postgres::` leads to something of that name; nothing is asked of it.
        for found in question.find_iter(&code).filter(|found| !code[found.end()..].starts_with("::")) {
            let asked = found.as_str().trim();
            findings.push(Finding::error(file.place(found.start()), format!("`{asked}` belongs into {HOME}")));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::source::sample;

    #[test]
    fn asking_for_the_database_is_found_outside_the_dialects_and_reading_an_address_is_not_asking() {
        let asking = "if self.sqlite {\n}\nif db.dialect == Dialect::Postgres {}\nlet x = db.is_sqlite();\n";
        let reading =
            "if url.starts_with(\"postgres://\") { open(url) }\nif postgres::is_transient(&error) {}\n// if sqlite {\n";
        let sources = sample(&[
            ("crates/engine/src/a.rs", asking),
            ("crates/store/src/dialect/mod.rs", asking),
            ("crates/bottega/src/b.rs", reading),
        ]);
        let places: Vec<String> = check(&sources).into_iter().map(|finding| finding.place).collect();
        assert_eq!(places, ["crates/engine/src/a.rs:1", "crates/engine/src/a.rs:3", "crates/engine/src/a.rs:4"]);
    }
}
