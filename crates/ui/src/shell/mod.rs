//! The whole document: left bar, top bar, phone navigation, and the places that fragments land in.

mod rail;
mod top;

pub use rail::{Brand, Entry, Group, Rail};
pub use top::{SearchBox, UserMenu};

use maud::{DOCTYPE, Markup, html};

use crate::{
    Bell, Help, MenuItem, Text,
    help::{help_link, help_panel},
    keys::{KeySheet, key_sheet},
    toast::{Toast, toast_place},
};

/// Light, dark, or what the system says.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Theme {
    #[default]
    Auto,
    Light,
    Dark,
}

impl Theme {
    fn name(self) -> &'static str {
        match self {
            Theme::Auto => "auto",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }
}

/// Everything around the content, the same on every page.
#[derive(Debug, Clone, Default)]
pub struct Shell<'a> {
    /// `it` or `en`.
    pub lang: Text<'a>,
    /// Title of the browser's tab.
    pub title: Text<'a>,
    pub theme: Theme,
    /// Sent by htmx as `X-CSRF-Token`, by plain forms as the field `csrf`.
    pub csrf: Text<'a>,
    /// The user keeps the left bar narrow.
    pub collapsed: bool,
    /// Comfortable rows (40 px) instead of dense ones (34 px).
    pub comfortable: bool,
    pub rail: Rail<'a>,
    pub search: SearchBox<'a>,
    /// What *Crea* offers; the first is the entity of the page and the button's own act.
    pub create: Vec<MenuItem<'a>>,
    /// *Crea*.
    pub create_word: Text<'a>,
    /// None hides the bell.
    pub bell: Option<Bell<'a>>,
    /// None where no manual speaks of the page.
    pub help: Option<Help<'a>>,
    pub user: UserMenu<'a>,
    /// The phone's navigation: two entries, the create button, two entries.
    pub phone: Vec<Entry<'a>>,
    pub toast: Option<Toast<'a>>,
    pub keys: KeySheet<'a>,
    /// Letters act as keys; the user may switch that off.
    pub letters: bool,
    /// `G` then letter goes to address: `[("a", "/agenda")]`.
    pub go: Vec<(&'a str, &'a str)>,
    pub words: ShellWords<'a>,
}

/// The words of the shell itself.
#[derive(Debug, Clone, Default)]
pub struct ShellWords<'a> {
    /// *Vai al contenuto*
    pub skip: Text<'a>,
    /// *Navigazione*
    pub navigation: Text<'a>,
    /// *Altre voci da creare*
    pub more_to_create: Text<'a>,
    /// *Senza rete: quello che scrivi resta qui*
    pub offline: Text<'a>,
    /// *Non riesco a salvare: il server non risponde. Quello che hai scritto resta qui.*
    pub failed: Text<'a>,
    /// *Copiato*
    pub copied: Text<'a>,
    /// *Hai scritto qualcosa che non è salvato.*
    pub unsaved: Text<'a>,
    /// *Chiudi*
    pub close: Text<'a>,
    /// *Stringi la barra*, the name of the `[` button.
    pub collapse: Text<'a>,
}

/// A whole page inside the shell.
pub fn page(shell: &Shell, content: Markup) -> Markup {
    let go = shell.go.iter().map(|(key, url)| format!("{key} {url}")).collect::<Vec<_>>().join(",");
    html! {
        (DOCTYPE)
        html lang=(shell.lang) data-theme=(shell.theme.name())
            data-bs-theme=[(shell.theme != Theme::Auto).then_some(shell.theme.name())]
            data-rail=[shell.collapsed.then_some("narrow")] data-rows=[shell.comfortable.then_some("comfortable")] {
            (head(&shell.title, Some(&shell.csrf)))
            body hx-headers=(headers(&shell.csrf)) hx-ext="morph" data-letters=[shell.letters.then_some("")] data-go=(go)
                data-word-copied=(shell.words.copied) data-word-unsaved=(shell.words.unsaved) data-word-failed=(shell.words.failed) {
                a.skip href="#content" { (shell.words.skip) }
                div.shell {
                    (rail::rail(&shell.rail, &shell.words))
                    div.work {
                        (top::top_bar(shell))
                        p.offline id="offline" role="alert" hidden data-word-offline=(shell.words.offline) {}
                        main id="content" tabindex="-1" { (content) }
                        @if let Some(help) = &shell.help { (help_link(help, "phone-help")) }
                    }
                    @if let Some(help) = &shell.help { (help_panel(help)) }
                    (rail::phone_navigation(shell))
                }
                (toast_place(shell.toast.as_ref()))
                div.visually-hidden id="live" aria-live="polite" {}
                dialog id="dialog" data-dialog-place {}
                (top::palette_place(shell))
                (key_sheet(&shell.keys))
            }
        }
    }
}

/// A page outside of the shell: sign-in, first start, an error without a user.
#[derive(Debug, Clone, Default)]
pub struct Bare<'a> {
    pub lang: Text<'a>,
    pub title: Text<'a>,
    pub theme: Theme,
    pub csrf: Text<'a>,
    pub brand: Text<'a>,
    /// Small links below: language, manual.
    pub foot: Vec<(Text<'a>, Text<'a>)>,
}

/// A narrow page with the mark above it.
pub fn bare_page(bare: &Bare, content: Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(bare.lang) data-theme=(bare.theme.name())
            data-bs-theme=[(bare.theme != Theme::Auto).then_some(bare.theme.name())] {
            (head(&bare.title, Some(&bare.csrf)))
            body.bare hx-headers=(headers(&bare.csrf)) {
                main id="content" {
                    div.bare-brand { (crate::icons::mark()) span { (bare.brand) } }
                    (content)
                    @if !bare.foot.is_empty() {
                        footer.bare-foot { @for (word, url) in &bare.foot { a href=(url) { (word) } } }
                    }
                }
            }
        }
    }
}

/// htmx under a strict content policy; answers that say "not like this" are shown where the form stands.
const HTMX: &str = r#"{"allowEval":false,"includeIndicatorStyles":false,"historyCacheSize":0,"scrollIntoViewOnBoost":false,"responseHandling":[{"code":"204","swap":false},{"code":"[23]..","swap":true},{"code":"(400|422|428)","swap":true},{"code":"(401|409)","swap":false},{"code":"...","swap":false,"error":true}]}"#;

fn head(title: &str, csrf: Option<&str>) -> Markup {
    html! {
        head {
            meta charset="utf-8";
            meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content";
            meta name="color-scheme" content="light dark";
            meta name="csrf" content=[csrf];
            meta name="htmx-config" content=(HTMX);
            title { (title) }
            link rel="icon" href=(assets::url("mark.svg")) type="image/svg+xml";
            link rel="preload" href=(assets::url("geist.woff2")) as="font" type="font/woff2" crossorigin;
            link rel="stylesheet" href=(assets::url("app.css"));
            @for chunk in assets::preloads() { link rel="modulepreload" href=(chunk); }
            script type="module" src=(assets::url("app.js")) {}
        }
    }
}

/// The token as JSON for `hx-headers`; a token is made of letters that JSON does not escape.
fn headers(csrf: &str) -> String {
    let token: String = csrf.chars().filter(|c| c.is_ascii_alphanumeric() || "-_=.+/".contains(*c)).collect();
    format!(r#"{{"X-CSRF-Token":"{token}"}}"#)
}
