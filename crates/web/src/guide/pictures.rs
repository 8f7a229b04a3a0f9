//! The pictures of the manual: what the program looks like, taken by its browser tests.

use base::words::Language;

macro_rules! pictures {
    ($language:literal: $($name:literal),+) => {
        &[$(($name, include_bytes!(concat!("../../../../docs/manual/pictures/", $language, "/", $name, ".webp")))),+]
    };
}

type Pictures = &'static [(&'static str, &'static [u8])];

const ITALIAN: Pictures = pictures!("it": "board", "fields", "forecast", "help", "import", "leads", "list", "phone", "record", "rights", "search", "sharing", "today");
const ENGLISH: Pictures = pictures!("en": "board", "fields", "forecast", "help", "import", "leads", "list", "phone", "record", "rights", "search", "sharing", "today");

/// The bytes of a picture (WebP).
pub fn picture(language: Language, name: &str) -> Option<&'static [u8]> {
    let pictures = match language {
        Language::It => ITALIAN,
        Language::En => ENGLISH,
    };
    pictures.iter().find(|(known, _)| *known == name).map(|(_, bytes)| *bytes)
}

#[cfg(test)]
mod tests {
    use pulldown_cmark::{Event, Parser, Tag};

    use super::*;
    use crate::guide::pages;

    #[test]
    fn every_picture_is_shown_in_its_language_and_none_is_missing() {
        for (language, known) in [(Language::It, ITALIAN), (Language::En, ENGLISH)] {
            let mut shown = Vec::new();
            for page in pages(language) {
                let pictures = Parser::new(page.text).filter_map(|event| match event {
                    Event::Start(Tag::Image { dest_url, .. }) => Some(dest_url.to_string()),
                    _ => None,
                });
                for url in pictures {
                    let place = format!("../pictures/{}/", language.tag());
                    let name = url.strip_prefix(&place).and_then(|name| name.strip_suffix(".webp"));
                    let name = name.unwrap_or_else(|| panic!("{}: {url}", page.name)).to_owned();
                    assert!(picture(language, &name).is_some(), "{}: no {name}", page.name);
                    shown.push(name);
                }
            }
            shown.sort_unstable();
            assert_eq!(shown, known.iter().map(|(name, _)| *name).collect::<Vec<_>>());
        }
    }
}
