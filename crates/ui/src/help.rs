//! Help: the link of the top bar to what the manual says of the page, and the panel beside the work that shows it.

use maud::{Markup, html};

use crate::{Text, icon};

/// What the manual says of a page.
#[derive(Debug, Clone, Default)]
pub struct Help<'a> {
    /// Where without script: the first place.
    pub url: Text<'a>,
    pub places: Vec<HelpPlace<'a>>,
    /// *Aiuto su questa pagina*
    pub word: Text<'a>,
    /// *Guida*
    pub title: Text<'a>,
    /// *Cerca nella guida*
    pub search: Text<'a>,
    /// Answers whole pages, and an article or results to htmx.
    pub search_url: Text<'a>,
    /// *Apri come pagina*
    pub whole: Text<'a>,
    /// *Chiudi*
    pub close: Text<'a>,
}

#[derive(Debug, Clone, Default)]
pub struct HelpPlace<'a> {
    pub title: Text<'a>,
    pub url: Text<'a>,
}

/// The link, pressed by F1.
pub(crate) fn help_link(help: &Help, class: &str) -> Markup {
    html! {
        a class=(class) href=(help.url) data-help title={ (help.word) " (F1)" } aria-label=(help.word) {
            (icon("help-circle")) span.help-word { (help.word) }
        }
    }
}

/// The panel, closed; the script fills it.
pub(crate) fn help_panel(help: &Help) -> Markup {
    html! {
        aside.help id="help" aria-label=(help.title) tabindex="-1" hidden {
            header {
                h2 { (help.title) }
                a.btn.btn-bare.btn-icon href=(help.url) data-help-whole aria-label=(help.whole) title=(help.whole) { (icon("external-link")) }
                button.btn.btn-bare.btn-icon type="button" data-act="close-help" aria-label=(help.close) title={ (help.close) " (Esc)" } { (icon("x")) }
            }
            form role="search" action=(help.search_url) method="get" aria-label=(help.search) {
                (icon("search"))
                input.form-control type="search" name="q" placeholder=(help.search) aria-label=(help.search) autocomplete="off";
            }
            @if help.places.len() > 1 {
                nav aria-label=(help.word) { @for place in &help.places { a href=(place.url) { (place.title) } } }
            }
            div.help-inside id="help-inside" tabindex="0" role="region" aria-label=(help.title) {}
        }
    }
}
