//! A field of a record: read, edited in its place, refused, warned about.

use maud::{Markup, html};

use crate::{Text, act::some, icon, marks::kbd};

/// A field as it is read.
#[derive(Debug, Clone, Default)]
pub struct Field<'a> {
    /// Key of the field; the element's id is `f-` and the key.
    pub key: Text<'a>,
    pub label: Text<'a>,
    pub value: Value<'a>,
    /// *Aggiungi*, in place of an empty value that may be edited.
    pub empty_word: Text<'a>,
    /// Answers [`field_editing`]; empty when the field is read-only.
    pub edit_url: Text<'a>,
    /// Why it is read-only, as tooltip.
    pub read_only_why: Text<'a>,
    /// Copied by the mark at its end; empty for no mark.
    pub copy: Text<'a>,
    /// *Copia*
    pub copy_word: Text<'a>,
    /// Checked and right: the words of the green mark (*Cifra di controllo giusta*).
    pub checked: Text<'a>,
    pub note: Option<Note<'a>>,
    /// Takes both columns.
    pub wide: bool,
}

/// What stands there.
#[derive(Debug, Clone, Default)]
pub enum Value<'a> {
    #[default]
    Empty,
    Text(Text<'a>),
    /// A value and a remark behind it in grey (*8.735.000,00 €* and *2025*).
    Noted(Text<'a>, Text<'a>),
    /// A link: its words and its address (also `mailto:` and `tel:`).
    Link(Text<'a>, Text<'a>),
    /// Several lines, with their line breaks.
    Long(Text<'a>),
    Markup(Markup),
}

/// A sentence under a field.
#[derive(Debug, Clone, Default)]
pub struct Note<'a> {
    pub kind: NoteKind,
    pub text: Text<'a>,
    /// Words and address of what one may do about it; it opens beside the page, on which something may be written already.
    pub link: Option<(Text<'a>, Text<'a>)>,
}

/// Whether the value was refused, saved with a doubt, or only explained.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum NoteKind {
    #[default]
    Hint,
    Warning,
    Error,
}

impl NoteKind {
    pub(crate) fn class(self) -> &'static str {
        match self {
            NoteKind::Hint => "hint",
            NoteKind::Warning => "warning",
            NoteKind::Error => "error",
        }
    }
}

/// A field being read; also the answer to a save that succeeded.
pub fn field(f: &Field) -> Markup {
    reading(f, None)
}

/// The same, in place of the one that stands on the page already.
pub(super) fn reading(f: &Field, swapped: Option<&str>) -> Markup {
    let warned = f.note.as_ref().is_some_and(|note| note.kind == NoteKind::Warning);
    let state = if warned { " warned" } else { "" };
    let wide = if f.wide { " wide" } else { "" };
    html! {
        div class={ "field" (state) (wide) } id={ "f-" (f.key) } data-field=(f.key) data-edit=[some(&f.edit_url)] hx-swap-oob=[swapped] {
            span.field-label id={ "l-" (f.key) } { (f.label) }
            div.field-value title=[some(&f.read_only_why)] tabindex=[(!f.edit_url.is_empty()).then_some("0")]
                role=[(!f.edit_url.is_empty()).then_some("group")] aria-labelledby={ "l-" (f.key) } {
                @match &f.value {
                    Value::Empty => @if f.edit_url.is_empty() { span.muted { "–" } } @else { span.muted { (f.empty_word) } },
                    Value::Text(text) => span { (text) },
                    Value::Noted(text, remark) => { span { (text) } span.muted { (remark) } },
                    Value::Link(text, url) => a href=(url) { (text) },
                    Value::Long(text) => span.long { (text) },
                    Value::Markup(inside) => (inside),
                }
                @if !f.checked.is_empty() { span.checked title=(f.checked) { (icon("circle-check")) span.visually-hidden { (f.checked) } } }
                @if !f.copy.is_empty() {
                    button.copy type="button" data-copy=(f.copy) title=(f.copy_word) aria-label=(f.copy_word) { (icon("copy")) }
                }
                @if let Some(n) = &f.note { (note(n, &format!("n-{}", f.key))) }
            }
        }
    }
}

/// A field open for editing in its place: a form of its own that saves by itself.
#[derive(Debug, Clone)]
pub struct Editing<'a> {
    pub key: Text<'a>,
    pub label: Text<'a>,
    /// Where it saves by POST; answers [`field`] (200), [`field_editing`] with a note (422), or a conflict dialog (409).
    pub save_url: Text<'a>,
    pub csrf: Text<'a>,
    /// Version of the record that was read.
    pub version: Text<'a>,
    /// Inputs of [`crate::widgets`], named by the field's key.
    pub input: Markup,
    pub note: Option<Note<'a>>,
    /// *salva*, *annulla*, *avanti*
    pub key_words: [Text<'a>; 3],
    /// The caps of those keys: *Invio*, *Esc*, *Tab*.
    pub key_caps: [&'a str; 3],
    pub wide: bool,
    /// It lies over the cell of a list.
    pub in_a_cell: bool,
}

/// Draws a field open for editing; `Esc` puts the read one back without asking the server.
pub fn field_editing(e: &Editing) -> Markup {
    let refused = e.note.as_ref().is_some_and(|note| note.kind == NoteKind::Error);
    let mut class = "field editing".to_owned();
    for (is, word) in [(refused, " refused"), (e.wide, " wide"), (e.in_a_cell, " in-a-cell")] {
        if is {
            class.push_str(word);
        }
    }
    html! {
        form class=(class) id={ "f-" (e.key) } data-field=(e.key) data-field-form novalidate method="post" action=(e.save_url) hx-post=(e.save_url)
            hx-target="this" hx-swap="outerHTML" {
            input type="hidden" name="csrf" value=(e.csrf);
            input type="hidden" name="version" value=(e.version);
            label.field-label id={ "l-" (e.key) } for={ "i-" (e.key) } { (e.label) }
            div.field-value {
                (e.input)
                @if let Some(n) = &e.note { (note(n, &format!("n-{}", e.key))) }
                div.field-keys aria-hidden="true" {
                    @for (cap, word) in e.key_caps.iter().zip(&e.key_words) { span { (kbd(cap)) " " (word) } }
                }
                div.field-buttons {
                    button.btn.btn-primary.btn-small type="submit" { (e.key_words[0]) }
                    button.btn.btn-bare.btn-small type="button" data-act="cancel-field" { (e.key_words[1]) }
                }
            }
        }
    }
}

/// A sentence under a field, with its icon.
pub fn note(n: &Note, id: &str) -> Markup {
    html! {
        p class={ "note " (n.kind.class()) } id=(id) role=[(n.kind == NoteKind::Error).then_some("alert")] {
            @if n.kind != NoteKind::Hint { (icon("alert-circle")) }
            span { (n.text) @if let Some((word, url)) = &n.link { " " a href=(url) target="_blank" rel="noopener" { (word) } } }
        }
    }
}
