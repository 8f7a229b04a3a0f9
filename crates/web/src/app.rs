//! What every request shares.

use std::ops::Deref;
use std::sync::Arc;
use std::time::Duration;

use base::words::Language;
use base::{Error, Result, Rid, Words};
use engine::Engine;
use engine::first_steps::ExampleFile;
use tokio::sync::{broadcast, watch};

use crate::meters::Meters;
use crate::turns::Turns;

/// How often is looked for what is new, and how much of it an open page may be behind.
const LISTENED: Duration = Duration::from_secs(1);
const HEARD: usize = 256;

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
    /// For whom something is another: open pages hear it.
    pub(crate) bells: broadcast::Sender<Rid>,
    /// Turns true when the server ends, and open lines with it.
    pub(crate) ended: watch::Sender<bool>,
    pub(crate) meters: Meters,
}

impl App {
    /// `secure` as in [`AppInner`].
    pub fn new(engine: Arc<Engine>, words: WordsOf, menu: Menu, secure: bool) -> App {
        let turns = Turns::of(engine.store.dialect());
        let (bells, ended) = (broadcast::Sender::new(HEARD), watch::Sender::new(false));
        App(Arc::new(AppInner { engine, words, menu, secure, turns, bells, ended, meters: Meters::default() }))
    }

    /// Rings the bells of open pages for what is new, whichever node it was written on, until the server ends.
    pub async fn ring(self) {
        let mut ended = self.ended.subscribe();
        while tokio::time::timeout(LISTENED, ended.wait_for(|ended| *ended)).await.is_err() {
            if self.bells.receiver_count() == 0 {
                continue;
            }
            let engine = self.engine.clone();
            match tokio::task::spawn_blocking(move || engine.rung()).await {
                Ok(Ok(rung)) => rung.into_iter().for_each(|user| {
                    let _ = self.bells.send(user);
                }),
                Ok(Err(error)) => tracing::warn!(%error, "what is new could not be read"),
                Err(_) => {}
            }
        }
    }

    /// What is counted, for Prometheus. For no other eyes than those of whoever runs the program.
    pub async fn metrics(self) -> Result<String> {
        let told = tokio::task::spawn_blocking(move || self.meters.told(&self.engine)).await;
        told.unwrap_or_else(|cause| Err(Error::caused("the meters could not be read", cause)))
    }

    /// Says that the program is about to end: it calls itself ready no more, open pages lose their line and find another node by it,
    /// and every answer closes its connection.
    pub fn end(&self) {
        self.ended.send_replace(true);
    }

    pub(crate) fn is_ending(&self) -> bool {
        *self.ended.borrow()
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
    /// What a new installation can look around in.
    pub examples: Option<ExampleFile>,
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
            include_str!("pages/account/it.ftl"),
            include_str!("pages/bulk/it.ftl"),
            include_str!("pages/import/it.ftl"),
            include_str!("pages/settings/it.ftl"),
            include_str!("pages/settings/roles/it.ftl"),
            include_str!("pages/merge/it.ftl"),
            include_str!("pages/notices/it.ftl"),
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
