//! Two people changed the same fields: both values side by side, and a choice for each.

use maud::{Markup, html};

use crate::{
    Button, Dialog, Text,
    dialog::dialog,
    icon,
    marks::{Avatar, avatar},
};

/// The decision. Each field sends `choice.KEY` = `theirs`, `yours` or `both`.
#[derive(Debug, Clone, Default)]
pub struct Conflict<'a> {
    /// *Due persone hanno cambiato questa scheda*
    pub title: Text<'a>,
    pub text: Text<'a>,
    pub action: Text<'a>,
    pub csrf: Text<'a>,
    /// What was typed, and the version that is current now.
    pub hidden: Vec<(Text<'a>, Text<'a>)>,
    pub theirs: Side<'a>,
    pub yours: Side<'a>,
    pub fields: Vec<ConflictField<'a>>,
    /// *3 campi senza contrasto restano come sono stati scritti* and which.
    pub merged: Option<(Text<'a>, Text<'a>)>,
    /// *Tieni tutti*
    pub keep_all: Text<'a>,
    /// *Tieni entrambi i testi*
    pub keep_both: Text<'a>,
    /// *Manca 1 scelta: {names}* with `{n}` for the number and `{names}` for the fields.
    pub missing: Text<'a>,
    pub buttons: Vec<Button<'a>>,
    pub close: Text<'a>,
}

/// Whose values stand in a column.
#[derive(Debug, Clone, Default)]
pub struct Side<'a> {
    pub avatar: Avatar<'a>,
    pub name: Text<'a>,
    /// *, salvato alle 10:38*
    pub when: Text<'a>,
}

/// One field with its two values; marked pieces differ.
#[derive(Debug, Clone, Default)]
pub struct ConflictField<'a> {
    pub key: Text<'a>,
    pub label: Text<'a>,
    pub theirs: Vec<(Text<'a>, bool)>,
    pub yours: Vec<(Text<'a>, bool)>,
    /// Long texts and lists may keep both.
    pub both: bool,
    /// Already chosen: `theirs`, `yours`, `both` or empty.
    pub chosen: &'a str,
}

/// The conflict as the inside of a dialog.
pub fn conflict(c: &Conflict) -> Markup {
    let missing = c.fields.iter().filter(|f| f.chosen.is_empty()).map(|f| &*f.label).collect::<Vec<_>>();
    let sentence = |n: usize, names: &str| c.missing.replace("{n}", &n.to_string()).replace("{names}", names);
    let body = html! {
        div.conflict data-conflict data-word-missing=(c.missing) {
            div.conflict-head { span {} (side(&c.theirs, "theirs", &c.keep_all)) (side(&c.yours, "yours", &c.keep_all)) }
            @for field in &c.fields { (conflict_field(field, &c.keep_both)) }
            @if let Some((sentence, which)) = &c.merged {
                details.conflict-merged { summary { (icon("chevron-right")) (sentence) } p.muted { (which) } }
            }
        }
    };
    dialog(&Dialog {
        title: c.title.clone(),
        text: c.text.clone(),
        body,
        missing: if missing.is_empty() { Text::default() } else { sentence(missing.len(), &missing.join(", ")).into() },
        buttons: c.buttons.clone(),
        action: c.action.clone(),
        form_id: "".into(),
        csrf: c.csrf.clone(),
        multipart: false,
        hidden: c.hidden.clone(),
        close: c.close.clone(),
        wide: true,
    })
}

fn side(s: &Side, which: &str, keep_all: &str) -> Markup {
    html! {
        div.conflict-side {
            (avatar(&s.avatar, ""))
            span { b { (s.name) } ", " (s.when) }
            button.btn.btn-accent type="button" data-act="keep-all" data-side=(which) { (keep_all) }
        }
    }
}

fn conflict_field(field: &ConflictField, keep_both: &str) -> Markup {
    let option = |side: &str, value: &[(Text, bool)]| {
        html! {
            label.conflict-value {
                input type="radio" name={ "choice." (field.key) } value=(side) checked[field.chosen == side]
                    data-label=(field.label) required;
                span { @for (piece, differs) in value { @if *differs { mark { (piece) } } @else { (piece) } } }
            }
        }
    };
    html! {
        fieldset.conflict-field {
            legend { (field.label) }
            (option("theirs", &field.theirs)) (option("yours", &field.yours))
            @if field.both {
                label.conflict-both { input type="radio" name={ "choice." (field.key) } value="both" checked[field.chosen == "both"] data-label=(field.label);
                    span { (icon("arrow-merge")) (keep_both) } }
            }
        }
    }
}
