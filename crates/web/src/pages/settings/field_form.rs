//! The form of a field: what it is called, what it holds, where it stands and when.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use base::words::{Language, Words};
use base::{Error, Problem, Result, say};
use engine::settings::NewField;
use maud::Markup;
use meta::custom::{Index, Look, Shape};
use meta::{FieldDef, Model};
use ui::{Form, FormSection};

use crate::answer::{html as answer, with_status};
use crate::pages::settings::{
    buttons, conditions, field_inputs as inputs, fields_of, frame, model_of, read_labels, whole,
};
use crate::pages::undo;
use crate::posted::Posted;
use crate::{Ask, Visit};

/// Every input that a problem can stand at.
const INPUTS: [&str; 15] = [
    "labels", "hint", "kind", "max", "decimals", "unit", "list", "entity", "code", "section", "off_form", "hidden",
    "index", "key", "shown",
];

/// What the form shows.
pub(super) struct Shown<'a> {
    pub visit: &'a Visit<'a>,
    pub model: &'a Model,
    /// None for a field that is still to be made.
    pub def: Option<&'a FieldDef>,
    pub look: Look,
    pub section: String,
    /// What was sent, when it comes back.
    pub posted: Option<&'a Posted>,
    pub problems: Vec<Problem>,
}

pub async fn new(Path(entity): Path<String>, ask: Ask) -> Response {
    ask.run(move |visit| {
        let model = model_of(visit, &entity)?;
        let look = Look { search: true, ..Look::default() };
        let given = crate::posted::parse(&visit.ask.query).into_iter().find(|(name, _)| name == "section");
        let section = given.map(|(_, section)| section).unwrap_or_default();
        answer(page(&Shown { visit, model, def: None, look, section, posted: None, problems: Vec::new() })?)
    })
    .await
}

pub async fn edit(Path((entity, key)): Path<(String, String)>, ask: Ask) -> Response {
    ask.run(move |visit| {
        let model = model_of(visit, &entity)?;
        let def = model.field(&key).filter(|def| !def.system).ok_or(Error::Missing)?;
        let look = visit.engine().field_look(&entity, &key)?;
        let section = section_of(visit, &entity, &key)?;
        answer(page(&Shown { visit, model, def: Some(def), look, section, posted: None, problems: Vec::new() })?)
    })
    .await
}

pub async fn create(Path(entity): Path<String>, ask: Ask, posted: Posted) -> Response {
    ask.act(posted, move |visit, posted| {
        let model = model_of(visit, &entity)?;
        let look = read(model, None, posted);
        let section = posted.first("section").to_owned();
        let made = shape(posted).and_then(|shape| {
            let key = Some(posted.first("key").trim().to_owned()).filter(|key| !key.is_empty());
            let section = Some(section.clone()).filter(|section| !section.is_empty());
            let new = NewField { key, shape, look: look.clone(), section };
            visit.engine().add_field(&visit.actor, &entity, &new, &both(visit))
        });
        match made {
            Ok(key) => {
                let said = visit.text(say!("{field} is there", field = name_of(&look)));
                undo::done(visit, None, &said, Some(format!("{}#f-{key}", fields_of(model))))
            }
            Err(Error::Refused(problems)) => {
                refused(&Shown { visit, model, def: None, look, section, posted: Some(posted), problems })
            }
            Err(other) => Err(other),
        }
    })
    .await
}

pub async fn save(Path((entity, key)): Path<(String, String)>, ask: Ask, posted: Posted) -> Response {
    ask.act(posted, move |visit, posted| {
        let model = model_of(visit, &entity)?;
        let def = model.field(&key).filter(|def| !def.system).ok_or(Error::Missing)?;
        let look = read(model, Some(def), posted);
        let section = posted.first("section").to_owned();
        let own = own_words(visit, model, def, &look);
        let saved = visit.engine().change_field(&visit.actor, &entity, &key, &own, &both(visit)).and_then(|()| {
            match section.is_empty() || section == section_of(visit, &entity, &key)? {
                true => Ok(()),
                false => visit.engine().put_field(&visit.actor, &entity, &key, &section),
            }
        });
        match saved {
            Ok(()) => {
                let name = Some(name_of(&look)).filter(|name| !name.is_empty());
                let at = model.position(&key).ok_or(Error::Missing)?;
                let name = name.unwrap_or_else(|| model.declared_label(at, visit.words()));
                let said = visit.text(say!("{field} saved", field = name));
                let place = if look.hidden { String::new() } else { format!("#f-{key}") };
                undo::done(visit, None, &said, Some(format!("{}{place}", fields_of(model))))
            }
            Err(Error::Refused(problems)) => {
                refused(&Shown { visit, model, def: Some(def), look, section, posted: Some(posted), problems })
            }
            Err(other) => Err(other),
        }
    })
    .await
}

pub(super) fn both<'a>(visit: &Visit<'a>) -> [&'a Words; 2] {
    [Language::It, Language::En].map(|language| visit.ask.app.words.of(language))
}

/// Words that are the declaration's own stay its: they follow the program.
fn own_words(visit: &Visit, model: &Model, def: &FieldDef, look: &Look) -> Look {
    let mut own = look.clone();
    if let Some(at) = model.position(def.key).filter(|_| !def.custom) {
        let declared = both(visit).map(|words| (words.language().tag().to_owned(), model.declared_label(at, words)));
        own.labels.retain(|tag, label| !declared.contains(&(tag.clone(), label.clone())));
    }
    own
}

fn name_of(look: &Look) -> String {
    look.labels.values().next_back().cloned().unwrap_or_default()
}

fn section_of(visit: &Visit, entity: &str, key: &str) -> Result<String> {
    let sections = visit.engine().sections(entity)?;
    let section = sections.into_iter().find(|section| section.fields.iter().any(|known| known == key));
    Ok(section.map(|section| section.key).unwrap_or_default())
}

fn refused(shown: &Shown) -> Result<Response> {
    Ok(with_status(StatusCode::UNPROCESSABLE_ENTITY, page(shown)?))
}

/// What the form said of the look. Ticks of a declared field count where they say something else than its declaration.
fn read(model: &Model, def: Option<&FieldDef>, posted: &Posted) -> Look {
    let tick = |name: &str| posted.all(name).any(|value| !value.is_empty());
    let declared = |fields: &[&'static dyn meta::field::Declared]| {
        def.filter(|def| !def.custom).map(|def| fields.iter().any(|field| field.def().key == def.key))
    };
    let other = |name: &str, declared: Option<bool>| match declared {
        Some(declared) => Some(tick(name)).filter(|wanted| *wanted != declared),
        None => Some(tick(name)),
    };
    Look {
        labels: read_labels(posted),
        hint: Some(posted.first("hint").trim().to_owned()).filter(|hint| !hint.is_empty()),
        hidden: tick("hidden"),
        required: tick("required"),
        search: tick("search"),
        shown: conditions::read(posted, "shown"),
        required_when: conditions::read(posted, "required_when"),
        read_only_when: conditions::read(posted, "read_only_when"),
        off_form: !tick("off_form"),
        list: other("list_column", declared(model.entity.list)),
        quick: other("quick_creation", declared(model.entity.quick)),
        index: if tick("index") { Index::Wanted } else { Index::None },
    }
}

/// What the form of a new field said it holds.
fn shape(posted: &Posted) -> Result<Shape> {
    let said = |name: &str| posted.first(name).trim().to_owned();
    let number = |name: &'static str, usual: usize| match said(name).as_str() {
        "" => Ok(usual),
        written => written
            .parse::<usize>()
            .map_err(|_| Error::Refused(vec![Problem::at(name, "invalid", "Write a whole number")])),
    };
    Ok(match posted.first("kind") {
        "text" => Shape::Text { max: number("max", 200)? },
        "long_text" => Shape::LongText,
        "rich_text" => Shape::RichText,
        "number" => {
            Shape::Number { decimals: u8::try_from(number("decimals", 0)?).unwrap_or(u8::MAX), unit: said("unit") }
        }
        "money" => Shape::Money,
        "percent" => Shape::Percent,
        "date" => Shape::Date,
        "instant" => Shape::Instant,
        "duration" => Shape::Duration,
        "pick" => Shape::Pick { list: said("list") },
        "picks" => Shape::Picks { list: said("list") },
        "tick" => Shape::Tick,
        "link" => Shape::Link { entity: said("entity") },
        "emails" => Shape::Emails,
        "phones" => Shape::Phones,
        "web_links" => Shape::WebLinks,
        "addresses" => Shape::Addresses,
        "code" => Shape::Code { code: said("code") },
        _ => return Err(Error::Refused(vec![Problem::at("kind", "required", "Choose what it holds")])),
    })
}

fn page(shown: &Shown) -> Result<Markup> {
    let Shown { visit, model, def, .. } = *shown;
    let place = fields_of(model);
    let title = match def.and_then(|def| model.position(def.key)) {
        Some(at) => model.label(at, visit.words()),
        None => visit.say("New field").into_owned(),
    };
    let mut sections =
        vec![FormSection { title: visit.say("What it is"), fields: inputs::what(shown), ..FormSection::default() }];
    sections.push(FormSection {
        title: visit.say("Where it stands"),
        fields: inputs::place_of(shown),
        ..FormSection::default()
    });
    if def.is_none_or(|def| def.custom) {
        sections.push(FormSection {
            title: visit.say("On which conditions"),
            fields: inputs::whens(shown),
            ..FormSection::default()
        });
    }
    if def.is_some() {
        sections.push(inputs::hiding(shown)?);
    }
    let form = ui::form(&Form {
        id: "field-form".into(),
        action: match def {
            Some(def) => format!("{place}/{}", def.key),
            None => format!("{place}/new"),
        }
        .into(),
        csrf: visit.csrf.clone().into(),
        problem: whole(visit, &shown.problems, &INPUTS),
        sections,
        buttons: buttons(visit, &place),
        ..Form::default()
    });
    let back = model.plural(visit.words());
    Ok(frame(visit, &title, Some((&place, &back)), &[], form))
}
