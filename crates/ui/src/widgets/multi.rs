//! Values of which there are several: e-mails, phones, addresses. Without script there is one blank row more.
//!
//! Inputs are named `emails[0].value`, `emails[0].kind`, `emails[0].primary`; a row whose value is empty does not count, and
//! numbers may be missing in between.

use maud::{Markup, html};

use super::{
    Choice, Context, Linked,
    choice::{options, select},
    link::one,
};
use crate::{Note, Text, icon, record::note};

/// Rows of value, kind and which comes first.
#[derive(Debug, Clone, Default)]
pub struct Multi<'a> {
    pub rows: Vec<MultiRow<'a>>,
    /// Kinds on offer; the chosen one is said by the row. Empty: rows have no kind.
    pub kinds: Vec<Choice<'a>>,
    /// Type of the input: `email`, `tel`, `url`, `text`.
    pub input: &'a str,
    /// *Aggiungi un'e-mail*
    pub add_word: Text<'a>,
    /// *Togli*
    pub remove_word: Text<'a>,
    /// *principale*
    pub primary_word: Text<'a>,
    /// *Tipo*
    pub kind_word: Text<'a>,
}

/// One value.
#[derive(Debug, Clone, Default)]
pub struct MultiRow<'a> {
    pub value: Text<'a>,
    /// Key of its kind.
    pub kind: Text<'a>,
    pub primary: bool,
    pub note: Option<Note<'a>>,
}

pub(super) fn multi(c: &Context, m: &Multi) -> Markup {
    let blank = MultiRow { primary: m.rows.is_empty(), ..MultiRow::default() };
    html! {
        div.multi role="group" aria-labelledby={ "l-" (c.name) } data-multi=(c.name) {
            input type="hidden" name=(c.name) value="";
            @for (place, row) in m.rows.iter().chain([&blank]).enumerate() { (multi_row(c, m, row, place)) }
            (add(&m.add_word))
        }
    }
}

fn multi_row(c: &Context, m: &Multi, row: &MultiRow, place: usize) -> Markup {
    let name = |part: &str| format!("{}[{place}].{part}", c.name);
    let kind = if m.input.is_empty() { "text" } else { m.input };
    let blank = row.value.is_empty() && row.note.is_none();
    // Of several the one at fault, where it is known; else all that say something.
    let refused = row.note.as_ref().is_some_and(|note| note.kind == crate::NoteKind::Error) || c.refused && !blank;
    html! {
        div.multi-row data-multi-row data-blank=[(blank && place > 0).then_some("")] {
            input.form-control id=[(place == 0).then(|| format!("i-{}", c.name))] type=(kind) name=(name("value")) value=(row.value)
                aria-label={ (c.label) " " (place + 1) } autocomplete="off" readonly[c.read_only]
                aria-invalid=[refused.then_some("true")] autofocus[c.autofocus && place == 0];
            @if !m.kinds.is_empty() {
                select.form-select name=(name("kind")) aria-label=(m.kind_word) { (options(&chosen_kind(&m.kinds, &row.kind))) }
            }
            label.primary title=(m.primary_word) {
                input type="checkbox" name=(name("primary")) value="1" checked[row.primary] data-primary;
                span { (m.primary_word) }
            }
            button.btn.btn-bare.btn-icon type="button" data-act="remove-row" aria-label=(m.remove_word) title=(m.remove_word) { (icon("x")) }
            @if let Some(n) = &row.note { (note(n, &format!("n-{}-{place}", c.name))) }
        }
    }
}

fn chosen_kind<'a>(kinds: &[Choice<'a>], key: &str) -> Vec<Choice<'a>> {
    kinds.iter().map(|kind| Choice { chosen: kind.value == key, ..kind.clone() }).collect()
}

fn add(word: &str) -> Markup {
    html! {
        button.btn.btn-accent.multi-add type="button" data-act="add-row" { (icon("plus")) span { (word) } }
    }
}

/// Records, each with what it is there for.
#[derive(Debug, Clone, Default)]
pub struct Involved<'a> {
    /// The record, and the key of its role.
    pub rows: Vec<(Linked<'a>, Text<'a>)>,
    /// Roles on offer, after none.
    pub roles: Vec<Choice<'a>>,
    /// See [`super::Widget::Link`].
    pub url: Text<'a>,
    pub placeholder: Text<'a>,
    /// *Ruolo*
    pub role_word: Text<'a>,
    /// *nessun ruolo*
    pub no_role: Text<'a>,
    pub add_word: Text<'a>,
    pub remove_word: Text<'a>,
}

/// Inputs are named `involved[0].id`, `involved[0].id.text` and `involved[0].role`.
pub(super) fn involved(c: &Context, i: &Involved) -> Markup {
    let blank = (Linked::default(), Text::default());
    html! {
        div.multi role="group" aria-labelledby={ "l-" (c.name) } data-multi=(c.name) {
            input type="hidden" name=(c.name) value="";
            @for (place, (linked, role)) in i.rows.iter().chain([&blank]).enumerate() {
                @let name = format!("{}[{place}].id", c.name);
                @let label = format!("{} {}", c.label, place + 1);
                @let none = Choice { label: i.no_role.clone(), ..Choice::default() };
                div.multi-row.involved data-multi-row data-blank=[(linked.title.is_empty() && place > 0).then_some("")] {
                    (one(&Context { name: &name, label: &label, required: false, unlabelled: true, ..*c },
                        Some(linked).filter(|linked| !linked.title.is_empty()), &i.url, &i.placeholder, ""))
                    select.form-select name={ (c.name) "[" (place) "].role" } aria-label=(i.role_word) {
                        (options(&chosen_kind(&[&[none][..], &i.roles].concat(), role)))
                    }
                    button.btn.btn-bare.btn-icon type="button" data-act="remove-row" aria-label=(i.remove_word) title=(i.remove_word) { (icon("x")) }
                }
            }
            (add(&i.add_word))
        }
    }
}

/// An address.
#[derive(Debug, Clone, Default)]
pub struct Address<'a> {
    pub street: Text<'a>,
    pub town: Text<'a>,
    pub zip: Text<'a>,
    pub province: Text<'a>,
    /// ISO 3166-1, two letters.
    pub country: Text<'a>,
    pub kind: Text<'a>,
    pub primary: bool,
    pub note: Option<Note<'a>>,
}

/// The words of an address.
#[derive(Debug, Clone, Default)]
pub struct AddressWords<'a> {
    pub street: Text<'a>,
    pub town: Text<'a>,
    pub zip: Text<'a>,
    pub province: Text<'a>,
    pub country: Text<'a>,
    pub kind: Text<'a>,
    pub primary: Text<'a>,
    pub add: Text<'a>,
    pub remove: Text<'a>,
}

/// Inputs are named `addresses[0].street`, `.town`, `.zip`, `.province`, `.country`, `.kind`, `.primary`. `town_url` is asked
/// with `?q=` and answers [`super::suggestions`] whose id is `zip|province`.
pub(super) fn addresses(
    c: &Context,
    rows: &[Address],
    words: &AddressWords,
    kinds: &[Choice],
    town_url: &str,
) -> Markup {
    let blank = Address { country: "IT".into(), primary: rows.is_empty(), ..Address::default() };
    html! {
        div.multi role="group" aria-labelledby={ "l-" (c.name) } data-multi=(c.name) {
            input type="hidden" name=(c.name) value="";
            @for (place, row) in rows.iter().chain([&blank]).enumerate() {
                div.multi-row.address data-multi-row data-blank=[(row.street.is_empty() && row.town.is_empty() && place > 0).then_some("")] {
                    @let input = |part: &str, word: &str, value: &str| html! {
                        label class={ "address-" (part) } { span { (word) }
                            input.form-control name={ (c.name) "[" (place) "]." (part) } value=(value) autocomplete="off" readonly[c.read_only]
                                id=[(part == "street" && place == 0).then(|| format!("i-{}", c.name))]
                                data-link-url=[(part == "town" && !town_url.is_empty()).then_some(town_url)]; }
                    };
                    (input("street", &words.street, &row.street))
                    (input("zip", &words.zip, &row.zip))
                    div.town data-town-chooser { (input("town", &words.town, &row.town))
                        div.suggestions.menu role="listbox" hidden {} }
                    (input("province", &words.province, &row.province))
                    (input("country", &words.country, &row.country))
                    @if !kinds.is_empty() { label.address-kind { span { (words.kind) }
                        (kind_select(c, kinds, &row.kind, place)) } }
                    label.primary { input type="checkbox" name={ (c.name) "[" (place) "].primary" } value="1" checked[row.primary] data-primary; span { (words.primary) } }
                    button.btn.btn-bare.btn-icon type="button" data-act="remove-row" aria-label=(words.remove) title=(words.remove) { (icon("x")) }
                    @if let Some(n) = &row.note { (note(n, &format!("n-{}-{place}", c.name))) }
                }
            }
            (add(&words.add))
        }
    }
}

fn kind_select(c: &Context, kinds: &[Choice], key: &str, place: usize) -> Markup {
    let name = format!("{}[{place}].kind", c.name);
    select(
        &Context { name: &name, label: c.label, required: true, read_only: c.read_only, ..Context::default() },
        &chosen_kind(kinds, key),
        "",
    )
}
