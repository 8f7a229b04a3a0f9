//! What just happened, with the way back: one at a time, at the foot of the page.

use maud::{Markup, html};

use crate::{Text, act::some, icon, marks::kbd};

/// A sentence that goes away by itself after eight seconds. Errors never live here.
#[derive(Debug, Clone, Default)]
pub struct Toast<'a> {
    pub text: Text<'a>,
    /// Something of it was not done: no tick.
    pub warns: bool,
    /// Address that takes the act back by POST; empty when it cannot be taken back.
    pub undo_url: Text<'a>,
    /// *Annulla*.
    pub undo_word: Text<'a>,
    pub csrf: Text<'a>,
    /// *Chiudi*, the name of the ×.
    pub close_word: Text<'a>,
    /// A link to what was made, such as (*Apri*, address).
    pub link: Option<(Text<'a>, Text<'a>)>,
}

/// The toast as a fragment that lands in the page by itself (`hx-swap-oob`); add it to any htmx answer.
pub fn toast(t: &Toast) -> Markup {
    html! { div id="toast" hx-swap-oob="innerHTML" { (toast_body(t)) } }
}

/// The place where toasts land, filled or empty; [`crate::page`] draws it.
pub(crate) fn toast_place(t: Option<&Toast>) -> Markup {
    html! { div id="toast" role="status" aria-live="polite" { @if let Some(t) = t { (toast_body(t)) } } }
}

fn toast_body(t: &Toast) -> Markup {
    html! {
        div.toast-bar data-toast {
            (icon(if t.warns { "alert-circle" } else { "check" }))
            span.toast-text { (t.text) }
            @if let Some((word, url)) = &t.link { a href=(url) { (word) } }
            @if let Some(url) = some(&t.undo_url) {
                form method="post" action=(url) data-post data-undo {
                    input type="hidden" name="csrf" value=(t.csrf);
                    button { (t.undo_word) }
                }
                (kbd("Ctrl Z"))
            }
            button.toast-close type="button" data-act="close-toast" title=(t.close_word) aria-label=(t.close_word) { (icon("x")) }
        }
    }
}
