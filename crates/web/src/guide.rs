//! The user's manual, inside the program: its pages and headings in both languages.

mod find;
mod markup;
mod pictures;

use std::sync::LazyLock;

use base::words::Language;
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

pub use find::{Found, find, marked};
pub use markup::markup;
pub use pictures::picture;

macro_rules! pages {
    ($language:literal: $($name:literal),+) => {
        &[$(($name, include_str!(concat!("../../../docs/manual/", $language, "/", $name, ".md")))),+]
    };
}

/// The pages in their order.
const ITALIAN: &[(&str, &str)] = pages!("it": "index", "lists", "records", "registry", "subjects", "sales", "initiatives", "notices", "import", "search", "undo", "account", "fields", "admin");
const ENGLISH: &[(&str, &str)] = pages!("en": "index", "lists", "records", "registry", "subjects", "sales", "initiatives", "notices", "import", "search", "undo", "account", "fields", "admin");

static BOOKS: LazyLock<[Vec<Page>; 2]> = LazyLock::new(|| {
    let english: Vec<Page> = ENGLISH.iter().map(|(name, text)| Page::read(name, text, None)).collect();
    // A heading is known by its English, so that an address leads to the same place in either language.
    let italian = ITALIAN.iter().zip(&english).map(|((name, text), known)| Page::read(name, text, Some(known)));
    [italian.collect(), english]
});

/// The manual in one language.
pub fn pages(language: Language) -> &'static [Page] {
    match language {
        Language::It => &BOOKS[0],
        Language::En => &BOOKS[1],
    }
}

pub fn page(language: Language, name: &str) -> Option<&'static Page> {
    pages(language).iter().find(|page| page.name == name)
}

/// Whether there is such a place, as `lists#filters`, in both languages.
pub fn has(place: &str) -> bool {
    [Language::It, Language::En].into_iter().all(|language| heading(language, place).is_some())
}

/// The words of the heading at a place.
pub fn heading(language: Language, place: &str) -> Option<&'static str> {
    let (name, anchor) = place.split_once('#').unwrap_or((place, ""));
    let page = page(language, name)?;
    page.sections.iter().find(|section| section.anchor == anchor).map(|section| section.title.as_str())
}

/// The address of a place.
pub fn address(place: &str) -> String {
    format!("/guide/{place}")
}

pub struct Page {
    pub name: &'static str,
    /// Markdown.
    text: &'static str,
    /// The first is the page's own, under its title.
    pub sections: Vec<Section>,
}

pub struct Section {
    /// The English heading as an address has it; empty for the page's own.
    pub anchor: String,
    pub title: String,
    /// What stands under it, without marks.
    pub text: String,
}

impl Page {
    pub fn title(&self) -> &str {
        self.sections.first().map_or("Bottega", |section| section.title.as_str())
    }

    fn read(name: &'static str, text: &'static str, like: Option<&Page>) -> Page {
        let text = without_other_language(text);
        let mut sections: Vec<Section> = Vec::new();
        let (mut within_heading, mut within_picture) = (false, false);
        for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
            let at = sections.len();
            match event {
                Event::Start(Tag::Heading { .. }) => {
                    within_heading = true;
                    sections.push(Section { anchor: String::new(), title: String::new(), text: String::new() });
                }
                Event::End(TagEnd::Heading(level)) => {
                    within_heading = false;
                    let known = like.and_then(|page| page.sections.get(at - 1));
                    if let Some(section) = sections.last_mut().filter(|_| level != HeadingLevel::H1) {
                        section.anchor =
                            known.map_or_else(|| base::text::slug(&section.title), |known| known.anchor.clone());
                    }
                }
                Event::Start(Tag::Image { .. }) => within_picture = true,
                Event::End(TagEnd::Image) => within_picture = false,
                Event::Text(words) | Event::Code(words) if !within_picture => {
                    if let Some(section) = sections.last_mut() {
                        let place = if within_heading { &mut section.title } else { &mut section.text };
                        place.push_str(&words);
                    }
                }
                Event::SoftBreak
                | Event::HardBreak
                | Event::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::TableCell) => {
                    if let Some(section) = sections.last_mut() {
                        section.text.push(' ');
                    }
                }
                _ => {}
            }
        }
        Page { name, text, sections }
    }
}

/// The line that leads to the other language is for those who read the files: here one chooses in the menu.
fn without_other_language(text: &'static str) -> &'static str {
    let leads_there = |at: &usize| ["](../it/", "](../en/"].iter().any(|link| text[*at..].contains(link));
    let end = text.rfind("\n[").filter(leads_there);
    &text[..end.unwrap_or(text.len())]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_have_the_same_headings_and_each_is_known_by_one_name() {
        for (italian, english) in pages(Language::It).iter().zip(pages(Language::En)) {
            let level = |page: &Page| -> Vec<HeadingLevel> {
                let heading = |event| match event {
                    Event::Start(Tag::Heading { level, .. }) => Some(level),
                    _ => None,
                };
                Parser::new_ext(page.text, Options::ENABLE_TABLES).filter_map(heading).collect()
            };
            assert_eq!(level(italian), level(english), "{}", english.name);
            let mut anchors: Vec<&str> = english.sections.iter().map(|section| section.anchor.as_str()).collect();
            anchors.sort_unstable();
            let count = anchors.len();
            anchors.dedup();
            assert_eq!(anchors.len(), count, "{}: two headings alike", english.name);
        }
    }

    #[test]
    fn links_within_the_manual_lead_to_a_page_and_a_heading() {
        for page in pages(Language::It).iter().chain(pages(Language::En)) {
            for event in Parser::new(page.text) {
                let Event::Start(Tag::Link { dest_url, .. }) = event else { continue };
                if let Some(place) = markup::place(&dest_url) {
                    assert!(has(&place), "{}: {dest_url}", page.name);
                }
            }
        }
    }
}
