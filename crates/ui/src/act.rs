//! What a click does, and what one clicks on: buttons, menu items and menus.

use maud::{Markup, html};

use crate::{
    Fill, Text, icon,
    marks::{kbd, square},
};

/// What happens when a button or a menu item is pressed.
#[derive(Debug, Clone, Default)]
pub enum Act<'a> {
    /// Goes to an address.
    Link(Text<'a>),
    /// Goes to an address in a new tab.
    NewTab(Text<'a>),
    /// Opens the page at this address in the dialog; without script it is an ordinary link.
    Dialog(Text<'a>),
    /// Sends a form of its own by POST, without leaving the page when there is script.
    Post { url: Text<'a>, csrf: Text<'a> },
    /// Submits the form it stands in, or the form with the id given in `form`, under a name and value.
    Submit { name: Text<'a>, value: Text<'a>, form: Text<'a> },
    /// Submits the form `form` to another address than its own.
    SubmitTo { url: Text<'a>, form: Text<'a> },
    /// Copies a text to the clipboard.
    Copy(Text<'a>),
    /// Opens the popover with this id.
    Popover(Text<'a>),
    /// A command of the scripts (`data-act`), such as `toggle-rail`; see the crate's page.
    Script(Text<'a>),
    #[default]
    None,
}

/// How much a button asks to be pressed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Kind {
    /// The one act of the page: filled.
    Primary,
    /// An act beside it: white with an edge.
    #[default]
    Quiet,
    /// Words only, in ink.
    Bare,
    /// Words only, in the accent.
    Link,
    /// Destroys something: words in the late colour.
    Danger,
}

/// A button, or a link that looks like one.
#[derive(Debug, Clone, Default)]
pub struct Button<'a> {
    pub label: Text<'a>,
    /// Icon before the label; empty for none.
    pub icon: &'a str,
    pub kind: Kind,
    pub act: Act<'a>,
    /// The key that does the same, as it is written on the keyboard: shown beside the label and heard by the scripts.
    pub key: &'a str,
    /// Shows only the icon; the label becomes its name and tooltip.
    pub icon_only: bool,
    /// 26 px instead of 30.
    pub small: bool,
    /// A stage square in place of the icon.
    pub stage: Option<Fill>,
    /// Opens a menu: an arrow at its end.
    pub caret: bool,
    /// Why it cannot be pressed; empty when it can.
    pub disabled_why: Text<'a>,
}

impl Button<'_> {
    fn class(&self) -> String {
        let kind = match self.kind {
            Kind::Primary => "btn btn-primary",
            Kind::Quiet => "btn btn-quiet",
            Kind::Bare => "btn btn-bare",
            Kind::Link => "btn btn-accent",
            Kind::Danger => "btn btn-bare btn-late",
        };
        let icon_only = if self.icon_only { " btn-icon" } else { "" };
        let small = if self.small { " btn-small" } else { "" };
        format!("{kind}{icon_only}{small}")
    }
}

/// Draws a button.
pub fn button(b: &Button) -> Markup {
    let inside = html! {
        @if let Some(fill) = b.stage { (square(fill)) }
        @if !b.icon.is_empty() { (icon(b.icon)) }
        @if b.icon_only { span.visually-hidden { (b.label) } } @else { span { (b.label) } }
        @if !b.key.is_empty() && !b.icon_only { (kbd(b.key)) }
        @if b.caret { (icon("chevron-down")) }
    };
    let tip = match (b.icon_only, b.key.is_empty()) {
        (true, true) => Some(b.label.to_string()),
        (true, false) => Some(format!("{} ({})", b.label, b.key)),
        _ => None,
    };
    if b.disabled_why.is_empty() {
        pressable(&b.act, &b.class(), b.key, tip.as_deref(), inside)
    } else {
        html! { button type="button" class=(b.class()) aria-disabled="true" title=(b.disabled_why) { (inside) } }
    }
}

/// One line of a menu.
#[derive(Debug, Clone, Default)]
pub struct MenuItem<'a> {
    pub label: Text<'a>,
    pub icon: &'a str,
    pub act: Act<'a>,
    pub key: &'a str,
    pub danger: bool,
    /// A hairline above: a new group begins.
    pub line_above: bool,
    /// Marks the current choice of a menu of choices.
    pub chosen: bool,
}

/// A button that opens a menu below it.
#[derive(Debug, Clone, Default)]
pub struct Menu<'a> {
    /// Unique in the page.
    pub id: Text<'a>,
    pub button: Button<'a>,
    pub items: Vec<MenuItem<'a>>,
}

/// Draws the button and its menu; the browser's popover opens it, also without script.
pub fn menu(m: &Menu) -> Markup {
    let mut opener = m.button.clone();
    opener.act = Act::Popover(m.id.clone());
    html! { (button(&opener)) (menu_list(&m.id, &m.items)) }
}

/// The menu alone, opened by any [`Act::Popover`] with its id.
pub fn menu_list(id: &str, items: &[MenuItem]) -> Markup {
    html! {
        div.menu popover="auto" id=(id) data-menu { (menu_items(items)) }
    }
}

/// The lines of a menu, for a menu of one's own or a fragment.
pub fn menu_items(items: &[MenuItem]) -> Markup {
    html! {
        @for item in items {
            @if item.line_above { hr; }
            (menu_item(item))
        }
    }
}

fn menu_item(item: &MenuItem) -> Markup {
    let inside = html! {
        @if !item.icon.is_empty() { (icon(item.icon)) } @else { span.icon {} }
        span.menu-label { (item.label) }
        @if item.chosen { (icon("check")) }
        @if !item.key.is_empty() { span.menu-key { (item.key) } }
    };
    let class = if item.danger { "menu-item menu-late" } else { "menu-item" };
    pressable(&item.act, class, item.key, None, inside)
}

/// The element that carries out an act: a link, a button, or a small form.
pub(crate) fn pressable(act: &Act, class: &str, key: &str, tip: Option<&str>, inside: Markup) -> Markup {
    let key = (!key.is_empty()).then_some(key);
    html! {
        @match act {
            Act::Link(url) => { a class=(class) href=(url) data-key=[key] title=[tip] { (inside) } }
            Act::NewTab(url) => {
                a class=(class) href=(url) target="_blank" rel="noopener" data-key=[key] title=[tip] { (inside) }
            }
            Act::Dialog(url) => { a class=(class) href=(url) data-dialog data-key=[key] title=[tip] { (inside) } }
            Act::Post { url, csrf } => {
                form.act method="post" action=(url) data-post {
                    input type="hidden" name="csrf" value=(csrf);
                    button class=(class) data-key=[key] title=[tip] { (inside) }
                }
            }
            Act::Submit { name, value, form } => {
                button class=(class) type="submit" name=[some(name)] value=[some(value)] form=[some(form)]
                    data-key=[key] title=[tip] { (inside) }
            }
            Act::SubmitTo { url, form } => {
                button class=(class) type="submit" formaction=(url) form=[some(form)] data-key=[key] title=[tip] {
                    (inside)
                }
            }
            Act::Copy(text) => {
                button class=(class) type="button" data-copy=(text) data-key=[key] title=[tip] { (inside) }
            }
            Act::Popover(id) => {
                button class=(class) type="button" popovertarget=(id) aria-haspopup="true" data-key=[key] title=[tip] {
                    (inside)
                }
            }
            Act::Script(name) => {
                button class=(class) type="button" data-act=(name) data-key=[key] title=[tip] { (inside) }
            }
            Act::None => { button class=(class) type="button" data-key=[key] title=[tip] { (inside) } }
        }
    }
}

/// An attribute that is left out when empty.
pub(crate) fn some(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}
