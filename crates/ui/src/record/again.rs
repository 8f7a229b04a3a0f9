//! Parts of a record's page drawn again where they stand, sent along with the answer to a field that was saved.

use maud::{Markup, html};

use super::{Field, Header, field::reading, header_in_place};

/// A part of the page that is no longer as it was.
#[derive(Debug, Clone)]
pub enum Again<'a> {
    /// Another value than before.
    Field(Field<'a>),
    /// Shown from now on, after the field with this key.
    After(&'a str, Field<'a>),
    /// Shown from now on, before the field with this key.
    Before(&'a str, Field<'a>),
    /// The field with this key is no longer shown.
    Gone(&'a str),
    Header(Box<Header<'a>>),
    /// The side column.
    Side(Markup),
}

/// Draws it, for htmx to put it where it belongs.
pub fn again(part: &Again) -> Markup {
    let beside = |way: &str, key: &str| format!("{way}:[id='f-{key}']");
    html! {
        @match part {
            Again::Field(field) => { (reading(field, Some("true"))) }
            Again::After(key, field) => { div hx-swap-oob=(beside("afterend", key)) { (reading(field, None)) } }
            Again::Before(key, field) => { div hx-swap-oob=(beside("beforebegin", key)) { (reading(field, None)) } }
            Again::Gone(key) => { div hx-swap-oob=(beside("delete", key)) {} }
            Again::Header(header) => { (header_in_place(header, Some("true"))) }
            Again::Side(side) => { div hx-swap-oob="innerHTML:.record-side" { (side) } }
        }
    }
}
