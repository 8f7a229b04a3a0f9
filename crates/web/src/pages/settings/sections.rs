//! The form of a section: its name, when it is there, and whether it is a profile of characteristics.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use base::words::Language;
use base::{Error, Problem, Result, say};
use engine::settings::NewSection;
use maud::Markup;
use meta::Model;
use meta::layout::SectionLook;
use ui::widgets::Widget;
use ui::{Act, Button, Form, FormField, FormSection};

use crate::answer::{html as answer, note, redirect, with_status};
use crate::pages::settings::fields::way_of;
use crate::pages::settings::{buttons, conditions, fields_of, frame, labels, model_of, read_labels, whole};
use crate::pages::undo;
use crate::posted::Posted;
use crate::{Ask, Visit};

pub async fn new(Path(entity): Path<String>, ask: Ask) -> Response {
    ask.run(move |visit| {
        let model = model_of(visit, &entity)?;
        answer(page(visit, model, None, &NewSection::default(), &[]))
    })
    .await
}

pub async fn create(Path(entity): Path<String>, ask: Ask, posted: Posted) -> Response {
    ask.act(posted, move |visit, posted| {
        let model = model_of(visit, &entity)?;
        let new = read(posted);
        match visit.engine().add_section(&visit.actor, &entity, &new) {
            Ok(key) => {
                let name = new.labels.values().next_back().cloned().unwrap_or_default();
                let said = visit.text(say!("{field} is there", field = name));
                undo::done(visit, None, &said, Some(format!("{}#s-{key}", fields_of(model))))
            }
            Err(Error::Refused(problems)) => refused(page(visit, model, None, &new, &problems)),
            Err(other) => Err(other),
        }
    })
    .await
}

pub async fn edit(Path((entity, key)): Path<(String, String)>, ask: Ask) -> Response {
    ask.run(move |visit| {
        let model = model_of(visit, &entity)?;
        let look = look_of(visit, &entity, &key)?;
        let mut standing = NewSection { labels: look.labels.clone(), when: look.when.clone(), profile: look.profile };
        // The words of a declared section stand there to be changed.
        if let Some(section) = model.sections.iter().find(|section| section.key == key && !section.is_own()) {
            for language in [Language::It, Language::En] {
                let title = section.title(visit.ask.app.words.of(language));
                standing.labels.entry(language.tag().to_owned()).or_insert(title);
            }
        }
        answer(page(visit, model, Some(&look), &standing, &[]))
    })
    .await
}

pub async fn save(Path((entity, key)): Path<(String, String)>, ask: Ask, posted: Posted) -> Response {
    ask.act(posted, move |visit, posted| {
        let model = model_of(visit, &entity)?;
        let look = look_of(visit, &entity, &key)?;
        let new = read(posted);
        let mut own = new.clone();
        if let Some(section) = model.sections.iter().find(|section| section.key == key) {
            // Words that are the declaration's own stay its.
            own.labels.retain(|tag, label| {
                let words = Language::from_tag(tag).map(|language| visit.ask.app.words.of(language));
                words.and_then(|words| section.declared_title(words)).as_ref() != Some(label)
            });
        }
        match visit.engine().change_section(&visit.actor, &entity, &key, &own) {
            Ok(()) => Ok(redirect(visit.ask, &format!("{}#s-{key}", fields_of(model)))),
            Err(Error::Refused(problems)) => refused(page(visit, model, Some(&look), &new, &problems)),
            Err(other) => Err(other),
        }
    })
    .await
}

/// Up, down, or away.
pub async fn shift(Path((entity, key, way)): Path<(String, String, String)>, ask: Ask, posted: Posted) -> Response {
    ask.act(posted, move |visit, _| {
        let model = model_of(visit, &entity)?;
        if way == "removal" {
            visit.engine().remove_section(&visit.actor, &entity, &key)?;
            let said = visit.text(say!("The section is gone, its fields stand in the one before"));
            return undo::done(visit, None, &said, Some(fields_of(model)));
        }
        visit.engine().move_section(&visit.actor, &entity, &key, way_of(&way)?)?;
        Ok(redirect(visit.ask, &format!("{}#s-{key}", fields_of(model))))
    })
    .await
}

fn read(posted: &Posted) -> NewSection {
    NewSection {
        labels: read_labels(posted),
        when: conditions::read(posted, "when"),
        profile: posted.all("profile").any(|value| !value.is_empty()),
    }
}

fn look_of(visit: &Visit, entity: &str, key: &str) -> Result<SectionLook> {
    let sections = visit.engine().sections(entity)?;
    sections.into_iter().find(|section| section.key == key).ok_or(Error::Missing)
}

fn refused(page: Markup) -> Result<Response> {
    Ok(with_status(StatusCode::UNPROCESSABLE_ENTITY, page))
}

fn page(visit: &Visit, model: &Model, look: Option<&SectionLook>, new: &NewSection, problems: &[Problem]) -> Markup {
    let place = fields_of(model);
    let standing = look.and_then(|look| model.sections.iter().find(|section| section.key == look.key));
    let own = standing.is_none_or(meta::layout::Section::is_own);
    let title = standing.map_or_else(|| visit.say("New section").into_owned(), |section| section.title(visit.words()));
    let mut fields = labels(visit, &new.labels, problems, own);
    if own {
        let problem = problems.iter().find(|problem| matches!(problem.field.as_deref(), Some("when" | "section")));
        let label = visit.say("There only when");
        fields.push(FormField {
            name: "when".into(),
            label: label.clone(),
            widget: conditions::input(visit, model, "when", &label, new.when.as_ref()),
            hint: visit.say("Its fields are asked for only in such records: characteristics of a sector, for example."),
            note: problem.map(|problem| note(visit.words(), problem)),
            wide: true,
            ..FormField::default()
        });
        fields.push(FormField {
            name: "profile".into(),
            label: visit.say("Characteristics: can be filled in by questions, one after the other"),
            widget: Widget::Tick { on: new.profile },
            wide: true,
            ..FormField::default()
        });
    }
    let action = match look {
        Some(look) => format!("/settings/sections/{}/{}", model.entity.key, look.key),
        None => format!("/settings/sections/{}/new", model.entity.key),
    };
    let form = ui::form(&Form {
        id: "section-form".into(),
        action: action.clone().into(),
        csrf: visit.csrf.clone().into(),
        problem: whole(visit, problems, &["labels", "when", "section"]),
        sections: vec![FormSection { fields, ..FormSection::default() }],
        buttons: buttons(visit, &place),
        ..Form::default()
    });
    let remove = Button {
        label: visit.say("Remove the section"),
        icon: "trash",
        kind: ui::Kind::Danger,
        act: Act::Post { url: format!("{action}/removal").into(), csrf: visit.csrf.clone().into() },
        ..Button::default()
    };
    let acts: &[Button] = if own && look.is_some() { std::slice::from_ref(&remove) } else { &[] };
    frame(visit, &title, Some((&place, &model.plural(visit.words()))), acts, form)
}
