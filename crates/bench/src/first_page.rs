//! The bytes of the first page with everything that it brings, as a browser asks for it: scripts that only other pages load, such as
//! that of charts, are none of it.

use std::collections::BTreeSet;

use base::Result;

use crate::client::{Ask, Visitor};
use crate::lists;

/// Bytes as they come over the wire (without headers): the page, and all that it, its styles and its scripts name.
pub fn bytes(visitor: &Visitor) -> Result<(usize, usize)> {
    let page = visitor.ask(&lists::plain())?.body.len();
    let markup = visitor.text(&lists::plain())?;
    let mut waiting: Vec<String> = named(&markup);
    let mut seen: BTreeSet<String> = waiting.iter().cloned().collect();
    let mut rest = 0;
    while let Some(path) = waiting.pop() {
        let answer = visitor.ask(&Ask::page(path.clone()))?;
        if answer.status != 200 {
            continue;
        }
        rest += answer.body.len();
        if path.ends_with(".css") || path.ends_with(".js") {
            let text = visitor.text(&Ask::page(path))?;
            let later = of_other_pages(&text, &markup);
            let inner = named(&text).into_iter().filter(|path| !later.contains(path)).collect::<Vec<_>>();
            waiting.extend(inner.into_iter().filter(|path| seen.insert(path.clone())));
        }
    }
    Ok((page, rest))
}

/// Everything under `/assets/` that a text names, and siblings that a script imports by `./name`. A browser takes only
/// the parts of the typeface that it needs: Latin.
fn named(text: &str) -> Vec<String> {
    let ends = |sign: char| !(sign.is_ascii_alphanumeric() || "-_./".contains(sign));
    let absolute = text.match_indices("/assets/").map(|(at, _)| &text[at..]);
    let relative = text.match_indices("\"./").map(|(at, _)| &text[at + 3..]);
    let cut = |rest: &str| rest.split(ends).next().unwrap_or_default().to_owned();
    let absolute = absolute.map(cut);
    let relative = relative.map(cut).filter(|name| name.ends_with(".js")).map(|name| format!("/assets/{name}"));
    let mut found: Vec<String> = absolute
        .chain(relative)
        .filter(|path| path.rsplit('/').next().is_some_and(|name| name.contains('.')) && !path.contains("-ext-"))
        .collect();
    found.sort();
    found.dedup();
    found
}

/// The scripts that `["[data-chart]", () => import("./chart.js")]` loads for markup that the page has not.
fn of_other_pages(script: &str, markup: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (at, import) in script.match_indices("import(\"./") {
        let name = script[at + import.len()..].split('"').next().unwrap_or_default();
        let Some(selector) = script[..at].rfind("[\"").map(|from| &script[from..at]) else { continue };
        let mut asked = selector.split("data-").skip(1).map(|rest| {
            rest.split(|sign: char| !(sign.is_ascii_lowercase() || sign == '-')).next().unwrap_or_default()
        });
        if selector.contains("data-") && !asked.any(|attribute| markup.contains(&format!("data-{attribute}"))) {
            found.insert(format!("/assets/{name}"));
        }
    }
    found
}
