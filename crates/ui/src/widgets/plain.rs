//! Values that are typed: text, numbers, amounts, dates.

use maud::{Markup, html};

use super::Context;
use crate::{Text, act::some};

pub(super) fn text(c: &Context, value: &str, kind: &str, autocomplete: &str, max: usize, code: bool) -> Markup {
    let kind = if kind.is_empty() { "text" } else { kind };
    let completed = if autocomplete.is_empty() { "off" } else { autocomplete };
    let check = some(c.check_url);
    html! {
        input class={ "form-control" @if code { " code" } } id={ "i-" (c.name) } name=(c.name) type=(kind) value=(value)
            autocomplete=(completed) maxlength=[(max > 0).then_some(max)] required[c.required] readonly[c.read_only] autofocus[c.autofocus]
            aria-label=[c.unlabelled.then_some(c.label)] aria-invalid=[c.refused.then_some("true")] aria-describedby=[some(c.described_by)]
            spellcheck=[code.then_some("false")] autocapitalize=[(code || kind == "email").then_some("none")]
            hx-get=[check] hx-trigger=[check.map(|_| "input changed delay:400ms")] hx-target=[check.map(|_| format!("[id='c-{}']", c.name))]
            hx-include=[check.map(|_| "closest form")];
    }
}

pub(super) fn long(c: &Context, value: &str, lines: u8) -> Markup {
    html! {
        textarea.form-control id={ "i-" (c.name) } name=(c.name) rows=(lines.max(2)) required[c.required] readonly[c.read_only]
            autofocus[c.autofocus] aria-invalid=[c.refused.then_some("true")] aria-describedby=[some(c.described_by)] {
            // A browser drops one line break at the beginning: this is that one.
            "\n" (value)
        }
    }
}

pub(super) fn number(c: &Context, value: &str, unit: &str) -> Markup {
    html! {
        div.with-unit {
            input.form-control.number id={ "i-" (c.name) } name=(c.name) type="text" inputmode="decimal" value=(value) autocomplete="off"
                required[c.required] readonly[c.read_only] autofocus[c.autofocus] aria-invalid=[c.refused.then_some("true")]
                aria-describedby=[some(c.described_by)];
            @if !unit.is_empty() { span.unit { (unit) } }
        }
    }
}

pub(super) fn money(c: &Context, value: &str, currency: &str, currencies: &[Text]) -> Markup {
    html! {
        @if currencies.len() < 2 { (number(c, value, currency)) } @else {
            div.money {
                (number(c, value, ""))
                select.form-select name={ (c.name) ".currency" } disabled[c.read_only] {
                    @for one in currencies { option value=(one) selected[one == currency] { (one) } }
                }
            }
        }
    }
}

pub(super) fn moment(c: &Context, kind: &str, value: &str) -> Markup {
    html! {
        input.form-control.moment id={ "i-" (c.name) } name=(c.name) type=(kind) value=(value) required[c.required] readonly[c.read_only]
            autofocus[c.autofocus] aria-invalid=[c.refused.then_some("true")] aria-describedby=[some(c.described_by)];
    }
}
