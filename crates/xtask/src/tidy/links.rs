//! Links between the repository's own pages lead somewhere.

use pulldown_cmark::{Event, Parser, Tag};

use super::Finding;
use super::source::Sources;

pub fn check(sources: &Sources) -> Vec<Finding> {
    let mut findings = Vec::new();
    for page in sources.ending(".md") {
        let folder = page.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        for (event, range) in Parser::new(&page.text).into_offset_iter() {
            let (Event::Start(Tag::Link { dest_url, .. }) | Event::Start(Tag::Image { dest_url, .. })) = event else {
                continue;
            };
            let target = dest_url.split('#').next().unwrap_or_default();
            // A link into the running program begins with a slash, one to elsewhere with its scheme.
            if target.is_empty() || target.starts_with('/') || target.contains(':') {
                continue;
            }
            if !sources.root.join(folder).join(target.replace("%20", " ")).exists() {
                findings.push(Finding::error(page.place(range.start), format!("{target} is not there")));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::source::sample;

    #[test]
    fn a_link_to_nothing_is_found_and_code_addresses_and_anchors_are_left_alone() {
        let page =
            "[a](src/main.rs) [b](missing.md#x) ![c](no.png) [d](https://x.it/y) [e](#here) [f](/parties)\n`[g](h)`\n";
        let mut sources = sample(&[("README.md", page)]);
        sources.root = env!("CARGO_MANIFEST_DIR").into();
        let words: Vec<String> = check(&sources).into_iter().map(|finding| finding.words).collect();
        assert_eq!(words, ["missing.md is not there", "no.png is not there"]);
    }
}
