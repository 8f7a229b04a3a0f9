//! The form page: sections of fields, what is wrong under each, and a foot that stays in sight.

use maud::{Markup, html};

use crate::{
    Button, Note, NoteKind, Text,
    act::{button, some},
    icon,
    record::note,
    widgets::{Context, Widget, widget},
};

/// A form. It is sent as `multipart/form-data` when it has a file, as `application/x-www-form-urlencoded` otherwise.
#[derive(Debug, Clone, Default)]
pub struct Form<'a> {
    /// Unique in the page.
    pub id: Text<'a>,
    pub title: Text<'a>,
    /// Where it is sent by POST.
    pub action: Text<'a>,
    pub csrf: Text<'a>,
    /// Version of the record that was read; empty for a new one.
    pub version: Text<'a>,
    /// Other hidden inputs.
    pub hidden: Vec<(Text<'a>, Text<'a>)>,
    pub multipart: bool,
    /// What is wrong with the whole; the fields say the rest themselves.
    pub problem: Option<Note<'a>>,
    /// Above the fields: a conflict, a hint about look-alikes.
    pub before: Option<Markup>,
    pub sections: Vec<FormSection<'a>>,
    /// Save first, then *Salva e crea nuova*, then cancel. Save is [`crate::Act::Submit`].
    pub buttons: Vec<Button<'a>>,
    /// At the left of the foot: what is missing.
    pub foot_note: Text<'a>,
    /// At most 720 px wide.
    pub narrow: bool,
}

/// Fields under a title.
#[derive(Debug, Clone, Default)]
pub struct FormSection<'a> {
    pub title: Text<'a>,
    pub note: Text<'a>,
    pub fields: Vec<FormField<'a>>,
    /// Instead of fields.
    pub body: Option<Markup>,
    /// Folded until opened.
    pub folded: bool,
}

/// An input by its name, and the values of which it has one.
pub type OneOf<'a> = (Text<'a>, Vec<Text<'a>>);

/// A field of a form.
#[derive(Debug, Clone, Default)]
pub struct FormField<'a> {
    /// Name of the input; its id is `i-` and the name.
    pub name: Text<'a>,
    pub label: Text<'a>,
    pub widget: Widget<'a>,
    pub hint: Text<'a>,
    /// Error or warning under it.
    pub note: Option<Note<'a>>,
    pub required: bool,
    /// Why it cannot be changed; empty when it can.
    pub read_only_why: Text<'a>,
    /// Takes both columns.
    pub wide: bool,
    /// Shown only while other inputs have one of these values: all of them hold, each in any of its ways.
    pub shown_when: Vec<Vec<OneOf<'a>>>,
    /// Required only while one of these holds; `required` says whether it does as the form comes.
    pub required_when: Vec<OneOf<'a>>,
    /// Asked while one types, answers a note or nothing (checks of codes, look-alikes).
    pub check_url: Text<'a>,
    /// Takes the focus when the page opens.
    pub autofocus: bool,
}

/// Draws a form.
pub fn form(f: &Form) -> Markup {
    html! {
        form.form.narrow[f.narrow] id=(f.id) method="post" action=(f.action) data-form novalidate
            enctype=[f.multipart.then_some("multipart/form-data")] {
            input type="hidden" name="csrf" value=(f.csrf);
            @if !f.version.is_empty() { input type="hidden" name="version" value=(f.version); }
            @for (name, value) in &f.hidden { input type="hidden" name=(name) value=(value); }
            @if !f.title.is_empty() { header.form-head { h1 { (f.title) } } }
            @if let Some(problem) = &f.problem { div.form-problem { (note(problem, "problem")) } }
            @if let Some(before) = &f.before { (before) }
            @for s in &f.sections { (form_section(s)) }
            footer.form-foot {
                @if !f.foot_note.is_empty() { p.foot-note { (icon("alert-circle")) (f.foot_note) } }
                div.foot-buttons { @for b in &f.buttons { (button(b)) } }
            }
        }
    }
}

/// Draws a section of a form.
pub fn form_section(s: &FormSection) -> Markup {
    let inside = html! {
        @if !s.fields.is_empty() { div.form-fields { @for field in &s.fields { (form_field(field)) } } }
        @if let Some(body) = &s.body { (body) }
    };
    let title = html! { h2 { (s.title) @if !s.note.is_empty() { " " small { (s.note) } } } };
    html! {
        @if s.folded { details.form-section { summary { (title) } (inside) } }
        @else { section.form-section { @if !s.title.is_empty() { header { (title) } } (inside) } }
    }
}

/// Draws a field: label, input, and what there is to say about it.
pub fn form_field(f: &FormField) -> Markup {
    let refused = f.note.as_ref().is_some_and(|n| n.kind == NoteKind::Error);
    let hint_id = format!("h-{}", f.name);
    let note_id = format!("n-{}", f.name);
    let described =
        [(!f.hint.is_empty()).then_some(&*hint_id), f.note.is_some().then_some(&*note_id)].into_iter().flatten();
    let described = described.collect::<Vec<_>>().join(" ");
    let context = Context {
        name: &f.name,
        label: &f.label,
        // What comes to be required as one chooses begins with nothing chosen.
        required: f.required && f.required_when.is_empty(),
        refused,
        described_by: &described,
        read_only: !f.read_only_why.is_empty(),
        check_url: &f.check_url,
        autofocus: f.autofocus,
        unlabelled: false,
    };
    let class = format!(
        "form-field{}{}{}",
        if f.wide { " wide" } else { "" },
        if refused { " refused" } else { "" },
        if matches!(f.widget, Widget::Tick { .. }) { " tick-field" } else { "" }
    );
    let any = |ways: &Vec<OneOf>| ways.iter().map(one_of).collect::<Vec<_>>().join(",");
    let shown = f.shown_when.iter().map(any).collect::<Vec<_>>().join("&");
    let shown = some(&shown);
    let asked = any(&f.required_when);
    let star = html! { span.required aria-hidden="true" hidden[!f.required] { "*" } };
    html! {
        div class=(class) id={ "w-" (f.name) } data-shown-when=[shown] data-required-when=[some(&asked)] title=[some(&f.read_only_why)] {
            @if f.widget.is_group() {
                span.form-label id={ "l-" (f.name) } { (f.label) }
            } @else if !matches!(f.widget, Widget::Tick { .. }) {
                label.form-label for={ "i-" (f.name) } { (f.label) @if f.required || !f.required_when.is_empty() { (star) } }
            }
            div.form-input {
                (widget(&f.widget, &context))
                @if !f.hint.is_empty() { p.note.hint id=(hint_id) { (f.hint) } }
                div id={ "c-" (f.name) } aria-live="polite" { @if let Some(n) = &f.note { (note(n, &note_id)) } }
            }
        }
    }
}

/// A condition as the scripts read it.
pub(crate) fn one_of((name, values): &OneOf) -> String {
    format!("{name}={}", values.join("|"))
}

/// The fragment a [`FormField::check_url`] answers: a note, or nothing.
pub fn check_result(name: &str, result: Option<&Note>) -> Markup {
    html! { @if let Some(n) = result { (note(n, &format!("n-{name}"))) } }
}
