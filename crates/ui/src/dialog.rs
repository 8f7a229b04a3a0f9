//! Dialogs: only for a decision. The server answers their inside; the page holds one `<dialog>`.

use maud::{Markup, html};

use crate::{Button, Text, act::button, icon};

/// What a dialog says and asks.
#[derive(Debug, Clone, Default)]
pub struct Dialog<'a> {
    /// A fact, not *Attenzione*.
    pub title: Text<'a>,
    /// The reason.
    pub text: Text<'a>,
    pub body: Markup,
    /// At the left of the foot, in the today colour: what is missing.
    pub missing: Text<'a>,
    /// The verbs, the primary one last.
    pub buttons: Vec<Button<'a>>,
    /// Address the dialog's form is sent to by POST; empty for no form.
    pub action: Text<'a>,
    pub csrf: Text<'a>,
    /// Of its form; empty where nothing refers to it.
    pub form_id: Text<'a>,
    pub hidden: Vec<(Text<'a>, Text<'a>)>,
    /// Its form has a file.
    pub multipart: bool,
    /// *Chiudi*
    pub close: Text<'a>,
    /// Width: 880 instead of 520.
    pub wide: bool,
}

/// The inside of a dialog, for a fragment that the scripts open: send it with the header `HX-Retarget: #dialog`
/// (and `HX-Reswap: innerHTML`) or as the answer to a link with `data-dialog`.
pub fn dialog(d: &Dialog) -> Markup {
    whole(d, html! { h2 id="dialog-title" { (d.title) } })
}

fn whole(d: &Dialog, title: Markup) -> Markup {
    html! {
        div.dialog.wide[d.wide] data-dialog-inside aria-labelledby="dialog-title" {
            header.dialog-head {
                (title)
                button.btn.btn-bare.btn-icon type="button" data-act="close-dialog" aria-label=(d.close) title=(d.close) { (icon("x")) }
                @if !d.text.is_empty() { p { (d.text) } }
            }
            @if d.action.is_empty() { (inside(d)) } @else {
                form id=[(!d.form_id.is_empty()).then_some(&d.form_id)] method="post" action=(d.action) data-post novalidate[!d.form_id.is_empty()] enctype=[d.multipart.then_some("multipart/form-data")] {
                    input type="hidden" name="csrf" value=(d.csrf);
                    @for (name, value) in &d.hidden { input type="hidden" name=(name) value=(value); }
                    (inside(d))
                }
            }
        }
    }
}

fn inside(d: &Dialog) -> Markup {
    html! {
        div.dialog-body { (d.body) }
        @if !d.buttons.is_empty() || !d.missing.is_empty() {
            footer.dialog-foot {
                @if !d.missing.is_empty() { p.foot-note { (icon("alert-circle")) span data-missing { (d.missing) } } }
                div.foot-buttons { @for b in &d.buttons { (button(b)) } }
            }
        }
    }
}

/// The same content as a page of its own, for those without script.
pub fn dialog_page(d: &Dialog) -> Markup {
    html! { div.dialog-page { (whole(d, html! { h1 id="dialog-title" { (d.title) } })) } }
}
