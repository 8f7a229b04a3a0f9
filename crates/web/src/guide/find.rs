//! Searching the manual: by the stems of the words in the reader's language, or by their beginnings.

use std::sync::LazyLock;

use base::words::Language;
use rust_stemmers::{Algorithm, Stemmer};

use super::{Page, Section, pages};

/// Letters of an excerpt, about, and of those how many before the first word found.
const EXCERPT: usize = 180;
const BEFORE: usize = 50;
/// What a word found in a heading, and in the title of its page, weighs against one in the text, of which so many count.
const HEADING: usize = 12;
const TITLE: usize = 4;
const MOST: usize = 5;

/// A place that speaks of what was asked for.
pub struct Found {
    pub page: &'static Page,
    pub section: &'static Section,
    /// Pieces of the heading and of what stands under it, true for the words found.
    pub heading: Vec<(&'static str, bool)>,
    pub excerpt: Vec<(&'static str, bool)>,
}

impl Found {
    pub fn place(&self) -> String {
        match self.section.anchor.as_str() {
            "" => self.page.name.to_owned(),
            anchor => format!("{}#{anchor}", self.page.name),
        }
    }
}

struct Word {
    from: usize,
    to: usize,
    folded: String,
    stem: String,
}

struct Entry {
    page: &'static Page,
    section: &'static Section,
    heading: Vec<Word>,
    text: Vec<Word>,
}

static ENTRIES: LazyLock<[Vec<Entry>; 2]> = LazyLock::new(|| [Language::It, Language::En].map(entries));

fn entries(language: Language) -> Vec<Entry> {
    let entry = |page: &'static Page, section: &'static Section| Entry {
        page,
        section,
        heading: words(&section.title, language),
        text: words(&section.text, language),
    };
    pages(language).iter().flat_map(|page| page.sections.iter().map(move |section| entry(page, section))).collect()
}

/// The places that hold the most of the words, the best first.
pub fn find(language: Language, asked: &str, most: usize) -> Vec<Found> {
    let asked = meaningful(asked, language);
    let entries = entries_of(language);
    let mut found: Vec<(usize, usize, &Entry)> = Vec::new();
    for entry in entries {
        let title = entries.iter().find(|own| own.page.name == entry.page.name).map_or(&[][..], |own| &own.heading);
        let weights: Vec<usize> = asked.iter().map(|word| weight(word, entry, title)).collect();
        let held = weights.iter().filter(|weight| **weight > 0).count();
        // Where the title of the page alone speaks of it, the page itself is found.
        if held > 0 && asked.iter().any(|word| weight(word, entry, &[]) > 0) {
            found.push((held, weights.iter().sum(), entry));
        }
    }
    let all = found.iter().map(|(held, ..)| *held).max().unwrap_or_default();
    found.retain(|(held, ..)| *held == all);
    found.sort_by_key(|(_, weight, _)| std::cmp::Reverse(*weight));
    let shown = |(_, _, entry): &(usize, usize, &'static Entry)| Found {
        page: entry.page,
        section: entry.section,
        heading: pieces(&entry.section.title, &entry.heading, &asked, 0, entry.section.title.len()),
        excerpt: excerpt(entry, &asked),
    };
    found.iter().take(most).map(shown).collect()
}

/// The text in pieces, true for the words that were asked for.
pub fn marked<'t>(text: &'t str, asked: &str, language: Language) -> Vec<(&'t str, bool)> {
    let (words, asked) = (words(text, language), meaningful(asked, language));
    split(text, &words, |at| asked.iter().any(|word| is_meant(word, &words[at])), 0, text.len())
}

/// The words without those that stand everywhere and so say nothing, unless there are no others.
fn meaningful(asked: &str, language: Language) -> Vec<Word> {
    let entries = entries_of(language);
    let is_everywhere = |word: &Word| {
        let holding = entries.iter().filter(|entry| entry.text.iter().any(|known| known.folded == word.folded));
        holding.count() * 10 > entries.len() * 4
    };
    let (everywhere, telling): (Vec<Word>, Vec<Word>) = words(asked, language).into_iter().partition(is_everywhere);
    if telling.is_empty() { everywhere } else { telling }
}

fn entries_of(language: Language) -> &'static [Entry] {
    match language {
        Language::It => &ENTRIES[0],
        Language::En => &ENTRIES[1],
    }
}

fn weight(asked: &Word, entry: &Entry, title: &[Word]) -> usize {
    let count = |words: &[Word]| words.iter().filter(|word| is_meant(asked, word)).count();
    count(&entry.heading).min(1) * HEADING + count(title).min(1) * TITLE + count(&entry.text).min(MOST)
}

/// A short beginning would mean half of all words.
fn is_meant(asked: &Word, word: &Word) -> bool {
    asked.stem == word.stem || (asked.folded.len() > 2 && word.folded.starts_with(&asked.folded))
}

fn words(text: &str, language: Language) -> Vec<Word> {
    let stemmer = Stemmer::create(match language {
        Language::It => Algorithm::Italian,
        Language::En => Algorithm::English,
    });
    let mut words = Vec::new();
    let mut from = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (from, c.is_alphanumeric()) {
            (None, true) => from = Some(at),
            (Some(start), false) => {
                let folded = base::fold(&text[start..at]);
                let stem = stemmer.stem(&folded).into_owned();
                words.push(Word { from: start, to: at, folded, stem });
                from = None;
            }
            _ => {}
        }
    }
    words
}

fn excerpt(entry: &'static Entry, asked: &[Word]) -> Vec<(&'static str, bool)> {
    let text = entry.section.text.as_str();
    let is_found = |word: &&Word| asked.iter().any(|one| is_meant(one, word));
    let first = entry.text.iter().find(is_found).map_or(0, |word| word.from);
    // From the beginning of a word to the end of one.
    let from = entry.text.iter().map(|word| word.from).find(|from| from + BEFORE >= first).unwrap_or_default();
    let from = if first < BEFORE { 0 } else { from };
    let to = entry.text.iter().map(|word| word.to).take_while(|to| *to <= from + EXCERPT).last().unwrap_or(text.len());
    pieces(text, &entry.text, asked, from, to)
}

fn pieces(text: &'static str, words: &[Word], asked: &[Word], from: usize, to: usize) -> Vec<(&'static str, bool)> {
    split(text, words, |at| asked.iter().any(|one| is_meant(one, &words[at])), from, to)
}

fn split<'t>(
    text: &'t str,
    words: &[Word],
    is_found: impl Fn(usize) -> bool,
    from: usize,
    to: usize,
) -> Vec<(&'t str, bool)> {
    let (mut pieces, mut done) = (Vec::new(), from);
    for (at, word) in words.iter().enumerate().filter(|(_, word)| word.from >= from && word.to <= to) {
        if is_found(at) {
            pieces.push((&text[done..word.from], false));
            pieces.push((&text[word.from..word.to], true));
            done = word.to;
        }
    }
    pieces.push((&text[done..to.max(done)], false));
    pieces.retain(|(piece, _)| !piece.is_empty());
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(language: Language, asked: &str) -> Vec<String> {
        find(language, asked, 5).iter().map(Found::place).collect()
    }

    #[test]
    fn a_place_is_found_by_its_words_in_another_form() {
        assert_eq!(places(Language::It, "filtro")[0], "lists#filters");
        assert_eq!(places(Language::En, "filtering")[0], "lists#filters");
        assert_eq!(places(Language::It, "unire doppione")[0], "records#duplicates");
        assert_eq!(places(Language::En, "recovery code")[0], "account#two-step-sign-in");
        assert!(places(Language::It, "bache").contains(&"lists#board".to_owned()));
    }

    #[test]
    fn what_no_place_holds_is_not_found() {
        assert!(places(Language::It, "astronave").is_empty());
        assert!(places(Language::It, " ,. ").is_empty());
    }

    #[test]
    fn an_excerpt_shows_the_words_that_were_asked_for() {
        let found = find(Language::It, "ricovero recupero", 5);
        let marked: Vec<&str> = found[0].excerpt.iter().filter(|(_, found)| *found).map(|(word, _)| *word).collect();
        assert_eq!(marked, ["recupero"]);
    }

    #[test]
    fn words_are_marked_and_nothing_is_lost() {
        let pieces = marked("I filtri, e l'elenco filtrato.", "il filtro e", Language::It);
        assert_eq!(pieces.iter().map(|(piece, _)| *piece).collect::<String>(), "I filtri, e l'elenco filtrato.");
        assert_eq!(
            pieces.iter().filter(|(_, found)| *found).map(|(piece, _)| *piece).collect::<Vec<_>>(),
            ["filtri", "filtrato"]
        );
    }
}
