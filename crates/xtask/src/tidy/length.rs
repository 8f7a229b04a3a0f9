//! A file holds one idea; a long one holds several.

use super::Finding;
use super::source::Sources;

const THINK_AGAIN: usize = 400;
const TOO_LONG: usize = 600;
const CODE: [&str; 5] = ["rs", "ts", "js", "mjs", "css"];

pub fn check(sources: &Sources) -> Vec<Finding> {
    let code = sources.files.iter().filter(|file| CODE.iter().any(|end| file.path.ends_with(&format!(".{end}"))));
    let finding = code.filter_map(|file| match file.text.lines().count() {
        lines if lines > TOO_LONG => {
            Some(Finding::error(&file.path, format!("{lines} lines, at most {TOO_LONG}: split it")))
        }
        lines if lines > THINK_AGAIN => {
            Some(Finding::warning(&file.path, format!("{lines} lines: is it still one idea?")))
        }
        _ => None,
    });
    finding.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::source::sample;

    #[test]
    fn a_long_file_is_warned_of_and_a_longer_one_refused() {
        let (fine, long, longer) = ("x\n".repeat(400), "x\n".repeat(401), "x\n".repeat(601));
        let found = check(&sample(&[("a.rs", &fine), ("b.rs", &long), ("c.ts", &longer), ("d.md", &longer)]));
        assert_eq!(found.iter().map(|finding| finding.warning).collect::<Vec<_>>(), [true, false]);
    }
}
