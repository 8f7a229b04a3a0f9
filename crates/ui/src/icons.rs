//! Icons as inline SVG, drawn in the colour of the text around them.

use maud::{Markup, PreEscaped, html};

/// A Tabler outline icon of 16 px, hidden from screen readers: the word beside it says what it means.
/// A name missing from `assets/icons.txt` draws nothing.
pub fn icon(name: &str) -> Markup {
    html! {
        svg.icon viewBox="0 0 24 24" aria-hidden="true" { (PreEscaped(assets::icon(name))) }
    }
}

/// The mark of the program: a shop's arch with a counter inside.
pub fn mark() -> Markup {
    html! {
        svg.mark viewBox="0 0 24 24" aria-hidden="true" {
            path fill-rule="evenodd" d="M12 2.5a9 9 0 0 0-9 9v10h4.6v-4h8.8v4H21v-10a9 9 0 0 0-9-9Zm-4.4 12v-3a4.4 4.4 0 0 1 8.8 0v3Z" {}
        }
    }
}

/// The arch of an empty page: a lit shop with a shelf, still without goods outside.
pub fn arch() -> Markup {
    html! {
        svg.arch viewBox="0 0 132 96" aria-hidden="true" {
            path.arch-line d="M0 93h132M8 93V81h12v12M112 93V77h14v16" {}
            path.arch-wall d="M30 93V40a36 36 0 0 1 72 0v53H89V41a23 23 0 0 0-46 0v52Z" {}
            path.arch-edge d="M30 93V40a36 36 0 0 1 72 0v53M43 93V41a23 23 0 0 1 46 0v52M66 18v14" {}
            path.arch-edge d="M52 69v-9h12v9M70 69V56h10v13" {}
            path.arch-shelf d="M37 70h58" {}
            path.arch-lamp d="M60 37a6 6 0 0 1 12 0Z" {}
        }
    }
}
