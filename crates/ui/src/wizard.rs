//! The import wizard's parts: steps, what was understood, the mapping of columns, problems, preview, foot.

use maud::{Markup, html};

use crate::{
    Button, Text,
    act::button,
    icon,
    marks::{Avatar, avatar},
    widgets::{Choice, Context, Widget, widget},
};

/// A wizard page.
#[derive(Debug, Clone, Default)]
pub struct Wizard<'a> {
    pub title: Text<'a>,
    pub steps: Vec<Step<'a>>,
    /// At the right of the steps: *Non scrivo nulla fino al passo Importa*.
    pub promise: Text<'a>,
    /// The form all inputs and the foot belong to (id `wizard`).
    pub action: Text<'a>,
    pub csrf: Text<'a>,
    pub multipart: bool,
    pub understood: Option<Understood<'a>>,
    pub main: Markup,
    /// Preview and problems.
    pub side: Option<Markup>,
    pub side_label: Text<'a>,
    /// At the left of the foot.
    pub back: Option<Button<'a>>,
    /// In the today colour, before the buttons.
    pub missing: Text<'a>,
    pub buttons: Vec<Button<'a>>,
}

/// A step; done ones have an address.
#[derive(Debug, Clone, Default)]
pub struct Step<'a> {
    pub label: Text<'a>,
    pub url: Text<'a>,
    pub done: bool,
    pub current: bool,
}

/// What the program found by looking at the whole file; each can be corrected.
#[derive(Debug, Clone, Default)]
pub struct Understood<'a> {
    pub file: Text<'a>,
    /// *5.003 righe, 23 colonne*
    pub size: Text<'a>,
    /// Label, name of the input, choices.
    pub settings: Vec<(Text<'a>, Text<'a>, Vec<Choice<'a>>)>,
    /// *Riconosciuti leggendo tutto il file*
    pub note: Text<'a>,
    /// *Aggiorna*, the button for those without script.
    pub apply: Text<'a>,
}

/// How sure a column's match is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sure {
    Certain,
    Check,
    #[default]
    Choose,
}

/// A column of the file and where it goes.
#[derive(Debug, Clone, Default)]
pub struct Mapping<'a> {
    pub column: Text<'a>,
    pub examples: Text<'a>,
    /// Name of the select.
    pub name: Text<'a>,
    pub choices: Vec<Choice<'a>>,
    pub empty: Text<'a>,
    pub sure: Sure,
    /// *certo*, *controlla*, *scegli*
    pub sure_word: Text<'a>,
    pub note: Text<'a>,
    /// Takes the focus: it is what is missing.
    pub wanted: bool,
}

/// A thing to look at, with the rows it concerns.
#[derive(Debug, Clone, Default)]
pub struct Problem<'a> {
    /// `late`, `today` or empty.
    pub class: &'a str,
    pub title: Text<'a>,
    pub text: Text<'a>,
    pub link: Option<(Text<'a>, Text<'a>)>,
}

/// A wizard's content.
pub fn wizard(w: &Wizard) -> Markup {
    html! {
        form.wizard id="wizard" method="post" action=(w.action) enctype=[w.multipart.then_some("multipart/form-data")] data-wizard {
            input type="hidden" name="csrf" value=(w.csrf);
            header.title-bar { h1 { (w.title) } @if !w.steps.is_empty() { (steps(&w.steps)) } span.title-end.muted { (w.promise) } }
            @if let Some(u) = &w.understood { (understood(u)) }
            div.wizard-body.no-side[w.side.is_none()] {
                div.wizard-main { (w.main) }
                @if let Some(side) = &w.side { aside.wizard-side aria-label=(w.side_label) { (side) } }
            }
            footer.wizard-foot {
                @if let Some(back) = &w.back { (button(back)) }
                div.foot-buttons {
                    @if !w.missing.is_empty() { p.foot-note { (icon("alert-circle")) (w.missing) } }
                    @for b in &w.buttons { (button(b)) }
                }
            }
        }
    }
}

fn steps(list: &[Step]) -> Markup {
    html! {
        ol.steps { @for (place, step) in list.iter().enumerate() {
            li class=[step.done.then_some("done")] aria-current=[step.current.then_some("step")] {
                @let inside = html! { i.step-number { @if step.done && !step.current { (icon("check")) } @else { (place + 1) } } span { (step.label) } };
                @if step.url.is_empty() { span.step { (inside) } } @else { a.step href=(step.url) { (inside) } }
            }
        } }
    }
}

fn understood(u: &Understood) -> Markup {
    html! {
        div.understood data-again {
            (icon("file-spreadsheet"))
            div { small { (u.file) } b { (u.size) } }
            @for (label, name, choices) in &u.settings {
                label { small { (label) }
                    (widget(&Widget::Select { choices: choices.clone(), empty: "".into() }, &Context { name, label, required: true, ..Context::default() })) }
            }
            noscript { button.btn.btn-quiet.btn-small name="step" value="again" { (u.apply) } }
            span.understood-note { (icon("circle-check")) (u.note) }
        }
    }
}

/// The table of columns. `heads` are its five column heads.
pub fn mapping_table(heads: &[Text; 5], rows: &[Mapping]) -> Markup {
    html! {
        table.mapping data-again {
            thead { tr { @for head in heads { th scope="col" { (head) } } } }
            tbody { @for row in rows { (mapping_row(row)) } }
        }
    }
}

fn mapping_row(row: &Mapping) -> Markup {
    let (class, bars) = match row.sure {
        Sure::Certain => ("certain", 3),
        Sure::Check => ("check", 2),
        Sure::Choose => ("choose", 1),
    };
    html! {
        tr class=(class) {
            th scope="row" { (row.column) }
            td.examples { (row.examples) }
            td { (widget(&Widget::Select { choices: row.choices.clone(), empty: row.empty.clone() },
                &Context { name: &row.name, label: &row.column, unlabelled: true, required: true, refused: row.wanted, autofocus: row.wanted, ..Context::default() })) }
            td { span.sure { @for bar in 0..3 { i class=[(bar < bars).then_some("on")] {} } span { (row.sure_word) } } }
            td.mapping-note { (row.note) }
        }
    }
}

/// The list of things to look at.
pub fn problems(title: &str, list: &[Problem]) -> Markup {
    html! {
        h2.side-title { (title) " " small { (list.len()) } }
        ul.problems { @for p in list { li class=(p.class) {
            (icon(match p.class { "late" => "alert-triangle", "today" => "alert-circle", _ => "info-circle" }))
            div { b { (p.title) } p { (p.text) @if let Some((word, url)) = &p.link { " " a href=(url) { (word) } } } }
        } } }
    }
}

/// One record as it will be: picture, title, and (label, value, what was done to it).
pub fn preview_card(picture: &Avatar, title: &str, lines: &[(Text, Text, Text)]) -> Markup {
    html! {
        div.preview-card {
            header { (avatar(picture, "")) b { (title) } }
            dl { @for (label, value, done) in lines { div { dt { (label) } dd { (value) } dd.muted { (done) } } } }
        }
    }
}
