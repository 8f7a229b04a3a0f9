//! The inputs of a field's form: what it is, where it stands, on which conditions, and hiding it.

use base::{Result, say};
use engine::settings::Used;
use maud::html;
use meta::custom::{CODES, Index, can_be_indexed};
use meta::kind::code_name;
use ui::widgets::{Choice, Widget};
use ui::{FormField, FormSection, Note};

use crate::answer::note;
use crate::pages::settings::field_form::{Shown, both};
use crate::pages::settings::fields::{kind_word, word_of};
use crate::pages::settings::{conditions, labels, text};

/// The kinds that a field can be given, the usual ones first.
const KINDS: [&str; 18] = [
    "text",
    "long_text",
    "number",
    "money",
    "date",
    "pick",
    "picks",
    "tick",
    "link",
    "percent",
    "instant",
    "duration",
    "rich_text",
    "emails",
    "phones",
    "web_links",
    "addresses",
    "code",
];
impl<'a> Shown<'a> {
    fn sent(&self, name: &str) -> &str {
        self.posted.map_or("", |posted| posted.first(name))
    }

    fn note(&self, name: &str) -> Option<Note<'a>> {
        let problem = self.problems.iter().find(|problem| problem.field.as_deref() == Some(name))?;
        Some(note(self.visit.words(), problem))
    }

    fn field(&self, name: &'static str, label: &'static str, widget: Widget<'a>) -> FormField<'a> {
        FormField {
            name: name.into(),
            label: self.visit.say(label),
            widget,
            note: self.note(name),
            ..FormField::default()
        }
    }

    fn tick(&self, name: &'static str, label: &'static str, on: bool) -> FormField<'a> {
        self.field(name, label, Widget::Tick { on })
    }
}

pub fn what<'a>(shown: &Shown<'a>) -> Vec<FormField<'a>> {
    let visit = shown.visit;
    let mut names = shown.look.labels.clone();
    if let (Some(def), None) = (shown.def, shown.posted)
        && !def.custom
    {
        // Of a declared field, its own words stand there to be changed.
        for words in both(visit) {
            let at = shown.model.position(def.key).unwrap_or(0);
            let tag = words.language().tag().to_owned();
            names.entry(tag).or_insert_with(|| shown.model.declared_label(at, words));
        }
    }
    let mut fields = labels(visit, &names, &shown.problems, shown.def.is_none_or(|def| def.custom));
    match shown.def {
        None => fields.extend(kinds(shown)),
        Some(def) => fields.push(FormField {
            widget: Widget::Custom(html! { p { (kind_word(visit, def)) } }),
            ..shown.field("kind", "It holds", Widget::Nothing)
        }),
    }
    fields.push(FormField {
        wide: true,
        ..shown.field("hint", "Hint under the field", text(shown.look.hint.as_deref().unwrap_or_default()))
    });
    fields
}

/// What a new field holds, with what each kind must know beside.
fn kinds<'a>(shown: &Shown<'a>) -> Vec<FormField<'a>> {
    let (visit, words) = (shown.visit, shown.visit.words());
    let chosen = Some(shown.sent("kind")).filter(|kind| !kind.is_empty()).unwrap_or("text");
    let choice = |kind: &'static str| Choice {
        value: kind.into(),
        label: visit.say(word_of(kind)),
        chosen: kind == chosen,
        ..Choice::default()
    };
    let with = |field: FormField<'a>, kinds: &[&'static str]| FormField {
        shown_when: vec![vec![("kind".into(), kinds.iter().map(|kind| (*kind).into()).collect())]],
        ..field
    };
    let mut lists: Vec<Choice> = (visit.catalogue.lists())
        .map(|list| Choice {
            value: list.declared.key.into(),
            label: list.label(words).into(),
            chosen: list.declared.key == shown.sent("list"),
            ..Choice::default()
        })
        .collect();
    lists.sort_by_cached_key(|choice| base::fold(&choice.label));
    let entities = visit.catalogue.models.iter().map(|model| Choice {
        value: model.entity.key.into(),
        label: model.singular(words).into(),
        chosen: model.entity.key == shown.sent("entity"),
        ..Choice::default()
    });
    let codes = CODES.into_iter().map(|code| {
        let label = match code {
            base::codes::Code::VatNumber => "VAT number",
            base::codes::Code::TaxCode => "Tax code",
            base::codes::Code::SdiCode => "SDI code",
            base::codes::Code::Iban => "IBAN",
        };
        let value = code_name(code);
        Choice {
            value: value.into(),
            label: visit.say(label),
            chosen: value == shown.sent("code"),
            ..Choice::default()
        }
    });
    let number = |name: &'static str, usual: &str| {
        let value = if shown.posted.is_some() { shown.sent(name).to_owned() } else { usual.to_owned() };
        Widget::Number { value: value.into(), unit: "".into() }
    };
    let select = |choices: Vec<Choice<'a>>, empty| Widget::Select { choices, empty };
    vec![
        FormField {
            required: true,
            ..shown.field("kind", "It holds", select(KINDS.into_iter().map(choice).collect(), "".into()))
        },
        with(shown.field("max", "Characters at most", number("max", "200")), &["text"]),
        with(shown.field("decimals", "Decimals", number("decimals", "0")), &["number"]),
        with(shown.field("unit", "Unit, such as kg or m²", text(shown.sent("unit"))), &["number"]),
        with(shown.field("list", "List", select(lists, visit.say("A new list of its own"))), &["pick", "picks"]),
        with(shown.field("entity", "It leads to", select(entities.collect(), "–".into())), &["link"]),
        with(shown.field("code", "Which code", select(codes.collect(), "–".into())), &["code"]),
        FormField {
            hint: visit.say(
                "By it programs and files know the field. Without one, it is made from the name; it never changes.",
            ),
            ..shown.field("key", "Key for programs", text(shown.sent("key")))
        },
    ]
}

pub fn place_of<'a>(shown: &Shown<'a>) -> Vec<FormField<'a>> {
    let (visit, model, look) = (shown.visit, shown.model, &shown.look);
    let choices = model.sections.iter().map(|section| Choice {
        value: section.key.clone().into(),
        label: section.title(visit.words()).into(),
        chosen: section.key == shown.section,
        ..Choice::default()
    });
    let empty = if shown.def.is_none() { visit.say("The last one") } else { "–".into() };
    let declared = |fields: &[&'static dyn meta::field::Declared]| {
        shown.def.is_some_and(|def| fields.iter().any(|field| field.def().key == def.key))
    };
    let mut fields = vec![
        shown.field("section", "Section", Widget::Select { choices: choices.collect(), empty }),
        shown.tick("off_form", "In the form", !look.off_form),
        shown.tick("quick_creation", "In quick creation", look.quick.unwrap_or_else(|| declared(model.entity.quick))),
        shown.tick("list_column", "As a column of the list", look.list.unwrap_or_else(|| declared(model.entity.list))),
    ];
    if shown.def.is_none() {
        fields.push(shown.tick("search", "Found by the search", look.search));
    }
    if shown.def.is_none_or(|def| def.custom && can_be_indexed(&def.kind)) {
        fields.push(FormField {
            hint: visit.say("Lists filter and sort by it at any size. Twelve at most."),
            wide: true,
            ..shown.tick("index", "With an index", look.index != Index::None)
        });
    }
    fields
}

pub fn whens<'a>(shown: &Shown<'a>) -> Vec<FormField<'a>> {
    let (visit, look) = (shown.visit, &shown.look);
    let condition = |name: &'static str, label: &'static str, when| FormField {
        wide: true,
        ..shown.field(name, label, conditions::input(visit, shown.model, name, &visit.say(label), when))
    };
    vec![
        shown.tick("required", "Must be filled in", look.required),
        condition("shown", "Shown only when", look.shown.as_ref()),
        condition("required_when", "Must be filled in when", look.required_when.as_ref()),
        condition("read_only_when", "Cannot be changed when", look.read_only_when.as_ref()),
    ]
}

/// The tick that hides a field, and where it is used.
pub fn hiding<'a>(shown: &Shown<'a>) -> Result<FormSection<'a>> {
    let visit = shown.visit;
    let Some(def) = shown.def else { return Ok(FormSection::default()) };
    let uses = visit.engine().field_uses(&visit.actor, shown.model.entity.key, def.key, visit.words())?;
    let said = |found: &engine::settings::Use| {
        let name = found.name.clone();
        visit.text(match found.what {
            Used::View => say!("the view “{name}”", name = name),
            Used::OwnViews => say!("views that people keep for themselves: {count}", count = name),
            Used::Columns => say!("columns that people chose: {count}", count = name),
            Used::ImportProfile => say!("the import profile “{name}”", name = name),
            Used::Field => say!("the conditions of the field “{name}”", name = name),
            Used::Section => say!("the condition of the section “{name}”", name = name),
        })
    };
    let used = html! {
        @if !uses.is_empty() {
            div.note.warning id="field-uses" { (visit.say("It is used in:")) ul { @for found in &uses { li { (said(found)) } } } }
        }
    };
    let hide = shown.tick("hidden", "Hide it", shown.look.hidden);
    let hint = visit.say("Shown and asked for nowhere; what records hold in it stays, and comes back with it.");
    Ok(FormSection {
        title: visit.say("Hide"),
        fields: vec![FormField { hint, wide: true, ..hide }],
        body: Some(used),
        ..FormSection::default()
    })
}
