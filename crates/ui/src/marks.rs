//! The small signs of a page: avatar, tag, stage square, dot with its word, key, progress bar.

use maud::{Markup, html};

use crate::{Text, icon};

/// Who or what a small picture stands for.
#[derive(Debug, Clone, Default)]
pub struct Avatar<'a> {
    /// Chooses one of the six tints, always the same for the same id.
    pub id: Text<'a>,
    /// One or two letters shown where there is no picture.
    pub initials: Text<'a>,
    /// Address of the picture; empty for none.
    pub picture: Text<'a>,
    /// Full name, shown as tooltip where the name does not stand beside it; empty where it does.
    pub name: Text<'a>,
    /// A person is round, a company a square.
    pub round: bool,
    /// An icon in place of the initials, for results that are neither person nor company.
    pub icon: &'a str,
}

/// Draws an avatar of 22 px; `size` is a class: `""`, `avatar-m` (32), `avatar-l` (48), `avatar-xl` (96).
pub fn avatar(a: &Avatar, size: &str) -> Markup {
    let round = if a.round { " round" } else { "" };
    let size = if size.is_empty() { String::new() } else { format!(" {size}") };
    html! {
        span class={ "avatar tint-" (tint(&a.id)) (round) (size) } title=[crate::act::some(&a.name)]
            aria-hidden=[a.name.is_empty().then_some("true")] role=[(!a.name.is_empty()).then_some("img")] {
            @if !a.picture.is_empty() { img src=(a.picture) alt="" loading="lazy"; }
            @else if !a.icon.is_empty() { (icon(a.icon)) }
            @else { (a.initials) }
        }
    }
}

/// The avatar tint of an id, 1 to 6 (FNV-1a of its bytes).
pub fn tint(id: &str) -> u64 {
    let hash = id.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
    (hash ^ (hash >> 32)) % 6 + 1
}

/// A word in a frame. `color` is one of the twelve named colours of pick lists (`plum`, `moss`, …) or empty.
#[derive(Debug, Clone, Default)]
pub struct Tag<'a> {
    pub label: Text<'a>,
    pub color: &'a str,
}

/// Draws a tag.
pub fn tag(t: &Tag) -> Markup {
    let color = if t.color.is_empty() { String::new() } else { format!(" color-{}", t.color) };
    html! { span class={ "tag" (color) } { (t.label) } }
}

/// How far a stage has come: how much of its square is filled.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Fill {
    #[default]
    Hollow,
    Half,
    Full,
    /// Over: filled in grey.
    Grey,
}

/// Draws a stage: its square and its word.
pub fn stage(fill: Fill, word: &str) -> Markup {
    html! { span class={ "stage " (fill.class()) } { (word) } }
}

pub(crate) fn square(fill: Fill) -> Markup {
    html! { i class={ "square " (fill.class()) } {} }
}

impl Fill {
    fn class(self) -> &'static str {
        match self {
            Fill::Hollow => "hollow",
            Fill::Half => "half",
            Fill::Full => "full",
            Fill::Grey => "grey",
        }
    }
}

/// What a moment means: colour is kept for this.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum When {
    Late,
    Today,
    Planned,
    #[default]
    None,
}

impl When {
    /// The class that colours dot and text.
    pub fn class(self) -> &'static str {
        match self {
            When::Late => "late",
            When::Today => "today",
            When::Planned => "planned",
            When::None => "none",
        }
    }
}

/// Draws a dot with its word, in the colour of its moment.
pub fn dot(when: When, word: &str) -> Markup {
    html! { span class={ "when " (when.class()) } { i.dot {} (word) } }
}

/// A key as it is written on the keyboard.
pub fn kbd(key: &str) -> Markup {
    html! { kbd { (key) } }
}

/// A progress bar with its words; `done` of `all`, or moving without end when `all` is 0.
pub fn progress(done: u64, all: u64, words: &str) -> Markup {
    html! {
        div.progress-line {
            progress value=[(all > 0).then_some(done)] max=(all.max(1)) aria-label=(words) {}
            span.muted role="status" { (words) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_spread_over_all_six_tints() {
        let found: std::collections::BTreeSet<u64> = (0..100).map(|n| tint(&format!("0193-{n}"))).collect();
        assert_eq!(found.into_iter().collect::<Vec<_>>(), [1, 2, 3, 4, 5, 6]);
    }
}
