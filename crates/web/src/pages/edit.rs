//! The form of a new record and of one that is there.

use axum::extract::Path;
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use base::{Error, Problem, Result, say};
use engine::query::at;
use engine::{Draft, Saved, Target, Titles};
use maud::Markup;
use meta::access::Verb;
use meta::entity::Face;
use meta::{Kind, Model, Value};
use ui::{Act, Button, Form, FormField, FormSection, Note, NoteKind};

use crate::answer::{html as answer, note, redirect, with_status};
use crate::pages::record::Seen;
use crate::pages::{conflict, create, look_alikes, undo};
use crate::parts::{inputs, pictures, read_form, shell};
use crate::posted::{Posted, parse};
use crate::{Ask, Visit};

/// A form about to be shown.
pub(super) struct Shown<'a> {
    pub visit: &'a Visit<'a>,
    pub model: &'a Model,
    pub path: &'a str,
    pub title: String,
    pub action: String,
    pub back: String,
    pub version: String,
    pub values: Vec<Value>,
    pub titles: Titles,
    pub problems: Vec<Problem>,
    /// What was posted, when it comes back.
    pub posted: Option<&'a Posted>,
    pub is_new: bool,
    /// Above the fields: what is to be known before one saves.
    pub hint: Option<String>,
}

/// Why a field whose condition forbids it cannot be changed.
pub const LOCKED: &str = "It cannot be changed as the record stands";

impl Shown<'_> {
    /// Whether the record as it stands keeps a field from being changed.
    fn is_locked(&self, at: usize) -> bool {
        let locks = |condition: meta::Condition| self.model.holds(&condition, &self.values);
        !self.is_new && self.model.fields[at].read_only_when.is_some_and(locks)
    }
}

pub async fn new(Path(path): Path<String>, ask: Ask) -> Response {
    ask.run(move |visit| {
        let (model, face) = at(&visit.catalogue, &path)?;
        if !engine::access::may(&visit.actor, model, face, Verb::Create) {
            return Err(engine::access::denied(Verb::Create));
        }
        // What the address says is filled in beforehand: the link of a sub-panel's button.
        let given = Posted { fields: parse(&visit.ask.query), ..Posted::default() };
        let read = read_form::read(visit, model, &given)?;
        let mut values = start_values(visit, model, face)?;
        let resolved = resolve(visit, model, read.values)?;
        resolved.into_iter().for_each(|(at, value)| values[at] = value);
        let shown = shown_new(visit, model, face, &path, values, Vec::new(), None)?;
        answer(shell::page(visit, &shown.title.clone(), Some(&path), form(&shown)))
    })
    .await
}

pub(super) fn shown_new<'a>(
    visit: &'a Visit<'a>,
    model: &'a Model,
    face: Option<&Face>,
    path: &'a str,
    values: Vec<Value>,
    problems: Vec<Problem>,
    posted: Option<&'a Posted>,
) -> Result<Shown<'a>> {
    let titles = visit.engine().titles(&visit.actor, &values)?;
    let called = model.called(face, visit.words());
    Ok(Shown {
        visit,
        model,
        path,
        title: visit.text(say!("New {what}", what = called.singular.to_lowercase(), gender = called.gender)),
        action: format!("/{path}"),
        back: format!("/{path}"),
        version: String::new(),
        values,
        titles,
        problems,
        posted,
        is_new: true,
        hint: None,
    })
}

/// Declared defaults, the fixed values of the face, and who writes in charge.
pub(super) fn start_values(visit: &Visit, model: &Model, face: Option<&Face>) -> Result<Vec<Value>> {
    let mut values = visit.engine().defaults(&visit.actor, model)?;
    model.fixed(face).into_iter().for_each(|(at, value)| values[at] = value);
    Ok(values)
}

/// Ids as rows, for showing; what is not there is left out.
pub(super) fn resolve(visit: &Visit, model: &Model, values: Vec<(usize, Value)>) -> Result<Vec<(usize, Value)>> {
    let mut resolved = Vec::with_capacity(values.len());
    for (at, value) in values {
        let rows = |path: &str, ids: &[base::Id]| visit.engine().rows(&visit.actor, path, ids);
        let value = match (&model.fields[at].kind, value) {
            (Kind::Link(to), Value::Id(id)) => rows(to.path, &[id])?.first().copied().map_or(Value::Null, Value::Link),
            (Kind::People, Value::Ids(ids)) => Value::Links(rows("users", &ids)?),
            (Kind::Involved(_), Value::Involving(involving)) => {
                let path = visit.catalogue.subjects().map_or("", |model| model.entity.path);
                let known = visit.engine().rows_by_id(&visit.actor, path, involving.who())?;
                let row = |(id, role): (base::Id, Option<&str>)| Some((*known.get(&id)?, role.map(str::to_owned)));
                Value::Involved(involving.pairs().filter_map(row).collect())
            }
            (_, value) => value,
        };
        resolved.push((at, value));
    }
    Ok(resolved)
}

pub async fn edit(Path((path, id)): Path<(String, String)>, ask: Ask) -> Response {
    ask.run(move |visit| {
        let seen = Seen::read(visit, &path, &id)?;
        if !seen.may(Verb::Change)? {
            return Err(engine::access::denied(Verb::Change));
        }
        let shown = shown_record(visit, &seen, seen.record().values.clone(), Vec::new(), None)?;
        answer(shell::page(visit, &shown.title.clone(), Some(&path), form(&shown)))
    })
    .await
}

fn shown_record<'a>(
    visit: &'a Visit<'a>,
    seen: &'a Seen<'a>,
    values: Vec<Value>,
    problems: Vec<Problem>,
    posted: Option<&'a Posted>,
) -> Result<Shown<'a>> {
    let titles = visit.engine().titles(&visit.actor, &values)?;
    let version = posted.map(|posted| posted.first("version").to_owned()).filter(|version| !version.is_empty());
    Ok(Shown {
        visit,
        model: seen.model,
        path: seen.path,
        title: seen.record().title.clone(),
        action: seen.url(),
        back: seen.url(),
        version: version.unwrap_or_else(|| seen.record().version.to_string()),
        values,
        titles,
        problems,
        posted,
        is_new: false,
        hint: None,
    })
}

/// The form as a page of its own.
pub(super) fn page(shown: &Shown) -> Markup {
    shell::page(shown.visit, &shown.title, Some(shown.path), form(shown))
}

fn form(shown: &Shown) -> Markup {
    let visit = shown.visit;
    let model = shown.model;
    let mut sections: Vec<FormSection> = Vec::new();
    let mut first = true;
    for section in &model.sections {
        let positions: Vec<usize> = section.fields.iter().copied().filter(|at| is_asked(model, *at)).collect();
        let fields: Vec<FormField> =
            positions.iter().map(|at| field(shown, *at, std::mem::take(&mut first) && shown.is_new)).collect();
        if !fields.is_empty() {
            sections.push(FormSection { title: section.title(visit.words()).into(), fields, ..FormSection::default() });
        }
    }
    let system: Vec<usize> = [model.in_charge, model.open_to_all].into_iter().flatten().collect();
    if !system.is_empty() {
        let fields = system.iter().map(|at| field(shown, *at, false)).collect();
        sections.push(FormSection { title: visit.say("Who sees it"), fields, ..FormSection::default() });
    }
    let asked: Vec<usize> =
        model.sections.iter().flat_map(|section| &section.fields).copied().filter(|at| is_asked(model, *at)).collect();
    let in_sight = |at: usize| (asked.contains(&at) || system.contains(&at)) && model.is_shown(at, &shown.values);
    let known = |problem: &&Problem| {
        let at = problem.field.as_deref().and_then(|field| model.position(root(field)));
        at.is_some_and(in_sight)
    };
    let whole: Vec<String> = shown
        .problems
        .iter()
        .filter(|problem| !known(problem))
        .map(|problem| visit.text(problem.text.clone()))
        .collect();
    let submit = |name: &'static str, value: &'static str| Act::Submit {
        name: name.into(),
        value: value.into(),
        form: "".into(),
    };
    let enter = shell::enter(visit.actor.language);
    let mut buttons = vec![Button {
        label: visit.say("Save"),
        kind: ui::Kind::Primary,
        act: submit("", ""),
        key: if enter == "Invio" { "Ctrl Invio" } else { "Ctrl Enter" },
        ..Button::default()
    }];
    if shown.is_new {
        buttons.push(Button {
            label: visit.say("Save and create new"),
            act: submit("then", "new"),
            key: if enter == "Invio" { "Ctrl Maiusc Invio" } else { "Ctrl Shift Enter" },
            ..Button::default()
        });
    }
    buttons.push(Button {
        label: visit.say("Cancel"),
        kind: ui::Kind::Bare,
        act: Act::Link(shown.back.clone().into()),
        ..Button::default()
    });
    ui::form(&Form {
        id: "record-form".into(),
        title: shown.title.clone().into(),
        action: shown.action.clone().into(),
        csrf: visit.csrf.clone().into(),
        version: shown.version.clone().into(),
        multipart: model.fields.iter().any(|def| matches!(def.kind, Kind::Picture)),
        problem: (!whole.is_empty()).then(|| Note { kind: NoteKind::Error, text: whole.join(" ").into(), link: None }),
        before: before(shown),
        sections,
        buttons,
        foot_note: if shown.problems.is_empty() {
            "".into()
        } else {
            visit.text(say!("To look at: {count}", count = shown.problems.len())).into()
        },
        ..Form::default()
    })
}

/// The place where look-alikes of a new record are told, or the hint.
fn before(shown: &Shown) -> Option<Markup> {
    if shown.is_new {
        return look_alikes::place(shown.model, shown.path, "record-form");
    }
    let hint = shown.hint.as_ref()?;
    Some(maud::html! { p.note.done role="status" { (ui::icon("arrow-merge")) " " (hint) } })
}

/// A record that is there, completed with what was typed for a new one: nothing of it is overwritten, and nothing saved yet.
pub async fn join(Path((path, id)): Path<(String, String)>, ask: Ask, posted: Posted) -> Response {
    ask.act(posted, move |visit, posted| {
        let seen = Seen::read(visit, &path, &id)?;
        if !seen.may(Verb::Change)? {
            return Err(engine::access::denied(Verb::Change));
        }
        let read = read_form::read(visit, seen.model, posted)?;
        let mut values = seen.record().values.clone();
        let mut taken = Vec::new();
        for (at, typed) in resolve(visit, seen.model, read.values)? {
            let def = &seen.model.fields[at];
            // Who writes is in charge of what is new; not of what was there.
            if def.system {
                continue;
            }
            let Ok(typed) = meta::normal::normalise(typed, def, &mut Vec::new()) else { continue };
            let joined = match values[at].is_empty() {
                true => typed,
                false if def.kind.is_several() => engine::bulk::union(&values[at], &typed, &def.kind),
                false => continue,
            };
            // What is not asked of this record, such as a person's birth of a company, is left out.
            if joined != values[at] && !joined.is_empty() && seen.model.is_shown(at, &values) {
                values[at] = joined;
                taken.push(seen.model.label(at, visit.words()));
            }
        }
        let hint = match taken.is_empty() {
            true => visit.say("All that you typed is here already.").into_owned(),
            false => visit.text(say!(
                "Filled in with what you typed: {fields}. Look it through and save.",
                fields = taken.join(", ")
            )),
        };
        let shown = Shown { hint: Some(hint), ..shown_record(visit, &seen, values, Vec::new(), None)? };
        let mut response = answer(shell::page(visit, &shown.title.clone(), Some(&path), form(&shown)))?;
        // Whoever reloads the page stays with the record that is there.
        if let Ok(address) = HeaderValue::from_str(&format!("{}/edit", seen.url())) {
            response.headers_mut().insert("hx-replace-url", address);
        }
        Ok(response)
    })
    .await
}

/// What the program keeps is not asked for, nor what an administrator wants to see on the page alone.
fn is_asked(model: &Model, at: usize) -> bool {
    let def = &model.fields[at];
    !def.read_only && !def.off_form && !matches!(def.kind, Kind::File)
}

/// Whether it is required whenever it is shown, or as the record stands.
fn is_asked_for(shown: &Shown, def: &meta::FieldDef, when: meta::Condition) -> bool {
    def.shown == Some(when) || shown.model.holds(&when, &shown.values)
}

/// The conditions that a browser obeys while one fills in the form.
pub(super) fn shown_when<'a>(def: &meta::FieldDef) -> Vec<Vec<ui::OneOf<'a>>> {
    [def.shown, def.applies].into_iter().flatten().map(ways).collect()
}

/// The ways in which what is not always required is, whenever that is not said by its being shown.
fn required_when<'a>(def: &meta::FieldDef) -> Vec<ui::OneOf<'a>> {
    def.required_when.filter(|when| !def.required && def.shown != Some(*when)).map(ways).unwrap_or_default()
}

fn ways<'a>(condition: meta::Condition) -> Vec<ui::OneOf<'a>> {
    let way = |way: meta::Condition| (way.field.into(), way.any_of.iter().map(|key| (*key).into()).collect());
    condition.ways().map(way).collect()
}

/// The field that a problem's place lies in: of `emails/1/value`, `emails`.
pub(super) fn root(field: &str) -> &str {
    field.split('/').next().unwrap_or(field)
}

pub(super) fn field<'a>(shown: &Shown<'a>, at: usize, autofocus: bool) -> FormField<'a> {
    let visit = shown.visit;
    let def = &shown.model.fields[at];
    let problem = shown.problems.iter().find(|problem| problem.field.as_deref().map(root) == Some(def.key));
    let written = shown.posted.map(|posted| posted.typed(def)).filter(|_| problem.is_some());
    FormField {
        name: def.key.into(),
        label: shown.model.label(at, visit.words()).into(),
        widget: match def.kind {
            Kind::Picture => pictures::widget(visit, shown.model, &shown.values, at),
            _ => inputs::widget_of(visit, shown.model, at, &shown.values[at], &shown.titles, written),
        },
        hint: def.hint.map_or("".into(), |hint| visit.say(hint)),
        note: problem.map(|problem| Note {
            link: create::link(visit, def, problem, written.unwrap_or_default()),
            ..note(visit.words(), problem)
        }),
        required: def.required || def.required_when.is_some_and(|when| is_asked_for(shown, def, when)),
        wide: matches!(
            def.kind,
            Kind::LongText
                | Kind::RichText
                | Kind::Addresses
                | Kind::Emails
                | Kind::Phones
                | Kind::WebLinks
                | Kind::Involved(_)
                | Kind::Picture
        ),
        read_only_why: if shown.is_locked(at) { visit.say(LOCKED) } else { "".into() },
        shown_when: shown_when(def),
        required_when: required_when(def),
        autofocus,
        ..FormField::default()
    }
}

pub async fn create(Path(path): Path<String>, ask: Ask, posted: Posted) -> Response {
    ask.act(posted, move |visit, posted| {
        let (model, face) = at(&visit.catalogue, &path)?;
        if !engine::access::may(&visit.actor, model, face, Verb::Create) {
            return Err(engine::access::denied(Verb::Create));
        }
        let mut read = read_form::read(visit, model, posted)?;
        let posted = &pictures::take(visit, model, start_values(visit, model, face)?, posted, &mut read)?;
        match made(visit, model, face, &read) {
            Ok(saved) => {
                let record = saved.records.first().ok_or(Error::Missing)?;
                let said = visit.text(say!("{title} saved", title = record.title.clone()));
                let to = match posted.first("then") {
                    "new" => format!("/{path}/new"),
                    _ => format!("/{path}/{}", record.id),
                };
                undo::done(visit, saved.operation, &with_warnings(visit, said, &record.warnings), Some(to))
            }
            Err(Error::Refused(problems)) => {
                let mut values = start_values(visit, model, face)?;
                resolve(visit, model, read.values)?.into_iter().for_each(|(at, value)| values[at] = value);
                let shown = shown_new(visit, model, face, &path, values, problems, Some(posted))?;
                Ok(refused(visit, &shown))
            }
            Err(other) => Err(other),
        }
    })
    .await
}

/// Makes a record of what a form said, one of its face.
pub(super) fn made(visit: &Visit, model: &Model, face: Option<&Face>, read: &read_form::Read) -> Result<Saved> {
    if !read.problems.is_empty() {
        return Err(Error::Refused(read.problems.clone()));
    }
    let mut values = read.values.clone();
    for (at, fixed) in model.fixed(face) {
        if !values.iter().any(|(known, value)| *known == at && !value.is_empty()) {
            values.retain(|(known, _)| *known != at);
            values.push((at, fixed));
        }
    }
    visit.engine().save(&visit.actor, vec![Draft { entity: model.entity.key, target: Target::New(None), values }])
}

/// What was saved, with the first of what is odd.
pub fn with_warnings(visit: &Visit, said: String, warnings: &[Problem]) -> String {
    match warnings.first() {
        Some(warning) => format!("{}. {}", said.trim_end_matches('.'), visit.text(warning.text.clone())),
        None => said,
    }
}

fn refused(visit: &Visit, shown: &Shown) -> Response {
    let form = form(shown);
    let page = if visit.ask.is_fragment() { form } else { shell::page(visit, &shown.title, Some(shown.path), form) };
    with_status(StatusCode::UNPROCESSABLE_ENTITY, page)
}

pub async fn save(Path((path, id)): Path<(String, String)>, ask: Ask, posted: Posted) -> Response {
    ask.act(posted, move |visit, posted| {
        let seen = Seen::itself(visit, &path, &id)?;
        if !seen.may(Verb::Change)? {
            return Err(engine::access::denied(Verb::Change));
        }
        let mut read = read_form::read(visit, seen.model, posted)?;
        let posted = &pictures::take(visit, seen.model, seen.record().values.clone(), posted, &mut read)?;
        let mut version = posted.first("version").parse().ok();
        let mut values = read.values.clone();
        let decided: Vec<(&str, &str)> = posted
            .fields
            .iter()
            .filter_map(|(name, value)| Some((name.strip_prefix("choice.")?, value.as_str())))
            .collect();
        if !decided.is_empty() {
            version = posted.first("standing").parse().ok();
            conflict::decide(&seen, &decided, &mut values);
        }
        let saved = match read.problems.is_empty() {
            true => {
                let target = Target::Existing(seen.record().rid, version);
                visit.engine().save(&visit.actor, vec![Draft { entity: seen.model.entity.key, target, values }])
            }
            false => Err(Error::Refused(read.problems)),
        };
        match saved {
            Ok(saved) => {
                let record = saved.records.first().ok_or(Error::Missing)?;
                if saved.operation.is_none() {
                    return Ok(redirect(visit.ask, &seen.url()));
                }
                let said = visit.text(say!("{title} saved", title = record.title.clone()));
                undo::done(visit, saved.operation, &with_warnings(visit, said, &record.warnings), Some(seen.url()))
            }
            Err(Error::Refused(problems)) => {
                let mut values = seen.record().values.clone();
                resolve(visit, seen.model, read.values)?.into_iter().for_each(|(at, value)| values[at] = value);
                let shown = shown_record(visit, &seen, values, problems, Some(posted))?;
                Ok(refused(visit, &shown))
            }
            Err(Error::Conflict(conflict)) => conflict::ask(&seen, posted, &conflict),
            Err(other) => Err(other),
        }
    })
    .await
}
