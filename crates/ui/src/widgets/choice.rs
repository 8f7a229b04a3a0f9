//! Values that are chosen: one of a list, several of a list, ticks, free tags.

use maud::{Markup, html};

use super::Context;
use crate::{OneOf, Text, act::some, form::one_of, icon};

/// One of the values on offer.
#[derive(Debug, Clone, Default)]
pub struct Choice<'a> {
    /// What is sent.
    pub value: Text<'a>,
    pub label: Text<'a>,
    pub chosen: bool,
    /// Choices with the same group stand under its title (only in a select).
    pub group: Text<'a>,
    /// Offered only while another input has one of these values (only in a select).
    pub only: Option<OneOf<'a>>,
}

pub(super) fn select(c: &Context, choices: &[Choice], empty: &str) -> Markup {
    let runs = choices.chunk_by(|a, b| a.group == b.group);
    html! {
        select.form-select id={ "i-" (c.name) } name=(c.name) required[c.required] disabled[c.read_only] autofocus[c.autofocus]
            aria-label=[c.unlabelled.then_some(c.label)] aria-invalid=[c.refused.then_some("true")] aria-describedby=[some(c.described_by)] {
            @if !c.required || !choices.iter().any(|choice| choice.chosen) { option value="" { (empty) } }
            @for run in runs {
                @match run.first().map(|choice| &*choice.group) {
                    Some(group) if !group.is_empty() => { optgroup label=(group) { (options(run)) } }
                    _ => { (options(run)) }
                }
            }
        }
    }
}

pub(super) fn options(choices: &[Choice]) -> Markup {
    html! {
        @for choice in choices {
            option value=(choice.value) selected[choice.chosen] data-only=[choice.only.as_ref().map(one_of)] { (choice.label) }
        }
    }
}

pub(super) fn radio(c: &Context, choices: &[Choice]) -> Markup {
    html! {
        div.radios role="radiogroup" aria-labelledby={ "l-" (c.name) } aria-describedby=[some(c.described_by)] {
            @for (place, choice) in choices.iter().enumerate() {
                label.radio {
                    input type="radio" id=[(place == 0).then(|| format!("i-{}", c.name))] name=(c.name) value=(choice.value)
                        checked[choice.chosen] disabled[c.read_only];
                    span { (choice.label) }
                }
            }
        }
    }
}

pub(super) fn several(c: &Context, choices: &[Choice]) -> Markup {
    html! {
        div.several role="group" aria-labelledby={ "l-" (c.name) } aria-describedby=[some(c.described_by)] {
            input type="hidden" name=(c.name) value="";
            @for choice in choices {
                label.pick {
                    input type="checkbox" name=(c.name) value=(choice.value) checked[choice.chosen] disabled[c.read_only];
                    span { (icon("check")) (choice.label) }
                }
            }
        }
    }
}

pub(super) fn tags(c: &Context, values: &[Text], placeholder: &str, remove_word: &str) -> Markup {
    html! {
        div.chosen.form-control data-tags=(c.name) data-word-remove=(remove_word) role="group" aria-labelledby={ "l-" (c.name) } {
            input type="hidden" name=(c.name) value="";
            @for value in values { (chosen(c.name, value, value, remove_word)) }
            input.chosen-input id={ "i-" (c.name) } name=(c.name) type="text" placeholder=(placeholder) autocomplete="off"
                aria-labelledby={ "l-" (c.name) } aria-describedby=[some(c.described_by)];
        }
    }
}

/// A value already chosen: without script its tick takes it off, with script its ×.
pub(super) fn chosen(name: &str, value: &str, label: &str, remove_word: &str) -> Markup {
    html! {
        label.chosen-one {
            input type="checkbox" name=(name) value=(value) checked aria-label=(label);
            span { (label) }
            button type="button" data-act="remove-chosen" aria-label={ (remove_word) " " (label) } title=(remove_word) { (icon("x")) }
        }
    }
}

pub(super) fn tick(c: &Context, on: bool) -> Markup {
    html! {
        input type="hidden" name=(c.name) value="";
        label.tick-line {
            input.tick type="checkbox" id={ "i-" (c.name) } name=(c.name) value="1" checked[on] disabled[c.read_only]
                aria-describedby=[some(c.described_by)];
            span { (c.label) }
        }
    }
}
