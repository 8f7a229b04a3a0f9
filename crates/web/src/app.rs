//! What every request shares.

use std::ops::Deref;
use std::sync::Arc;

use base::words::Language;
use base::{Error, Result, Words};
use engine::Engine;

use crate::turns::Turns;

#[derive(Clone)]
pub struct App(Arc<AppInner>);

pub struct AppInner {
    pub engine: Arc<Engine>,
    pub words: WordsOf,
    /// The menu, as the product wants it.
    pub menu: Menu,
    /// Cookies only over TLS; off on loopback.
    pub secure: bool,
    pub(crate) turns: Turns,
}

impl App {
    /// `secure` as in [`AppInner`].
    pub fn new(engine: Arc<Engine>, words: WordsOf, menu: Menu, secure: bool) -> App {
        let turns = Turns::of(engine.store.dialect());
        App(Arc::new(AppInner { engine, words, menu, secure, turns }))
    }
}

/// The words of both languages.
pub struct WordsOf {
    italian: Words,
    english: Words,
}

/// The left bar: groups of paths of entities and faces.
#[derive(Default)]
pub struct Menu {
    pub groups: Vec<MenuGroup>,
}

pub struct MenuGroup {
    /// A sentence.
    pub title: &'static str,
    pub paths: Vec<&'static str>,
}

impl Deref for App {
    type Target = AppInner;

    fn deref(&self) -> &AppInner {
        &self.0
    }
}

impl WordsOf {
    /// The words of the shell, with those of the modules.
    pub fn new(italian: &[&str]) -> Result<WordsOf> {
        let mut sources = vec![
            include_str!("it.ftl"),
            include_str!("api/it.ftl"),
            include_str!("pages/bulk/it.ftl"),
            include_str!("pages/import/it.ftl"),
            include_str!("pages/settings/it.ftl"),
            include_str!("pages/settings/roles/it.ftl"),
            include_str!("pages/merge/it.ftl"),
            include_str!("pages/record/it.ftl"),
            engine::import::ITALIAN,
        ];
        sources.extend(italian);
        let read = |language, sources: &[&str]| {
            Words::new(language, sources).map_err(|wrong| Error::fault(format!("the words do not hold: {wrong}")))
        };
        Ok(WordsOf { italian: read(Language::It, &sources)?, english: read(Language::En, &[include_str!("en.ftl")])? })
    }

    pub fn of(&self, language: Language) -> &Words {
        match language {
            Language::It => &self.italian,
            Language::En => &self.english,
        }
    }
}
