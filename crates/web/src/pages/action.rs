//! What can be done with a record beside changing it: by one click where nothing has to be decided, else after a dialog.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use base::{Error, Problem, Result, say};
use engine::actions::{Acted, Begun, Offered};
use engine::look_alikes::Why;
use maud::{Markup, html};
use meta::access::Verb;
use meta::{Action, Kind, Model, Record, Value};
use ui::{Act, Button, Dialog, FormSection, MenuItem};

use crate::answer::{html as answer, with_status};
use crate::pages::edit::{self, Shown};
use crate::pages::look_alikes::why;
use crate::pages::record::Seen;
use crate::pages::undo;
use crate::parts::{fields, read_form, shell};
use crate::posted::{Posted, parse};
use crate::{Ask, Visit};

/// In the address of a click that asks nothing unless something has to be decided.
const AT_ONCE: &str = "at_once";

/// The buttons of a record's page.
pub fn buttons<'a>(seen: &Seen<'a>) -> Vec<Button<'a>> {
    let button = |(form, action): (&Model, &Action)| Button {
        label: seen.visit.say(action.label),
        icon: form.entity.icon,
        kind: ui::Kind::Primary,
        act: Act::Post {
            url: format!("{}/{}?{AT_ONCE}=1", seen.url(), form.entity.key).into(),
            csrf: seen.visit.csrf.clone().into(),
        },
        ..Button::default()
    };
    offered(seen).map(button).collect()
}

/// The same in the menu, to decide before.
pub fn items<'a>(seen: &Seen<'a>) -> Vec<MenuItem<'a>> {
    let item = |(form, action): (&Model, &Action)| MenuItem {
        label: seen.visit.text(say!("{act}, choosing how", act = seen.visit.say(action.label).into_owned())).into(),
        icon: form.entity.icon,
        act: Act::Dialog(format!("{}/{}", seen.url(), form.entity.key).into()),
        ..MenuItem::default()
    };
    offered(seen).map(item).collect()
}

fn offered<'a>(seen: &Seen<'a>) -> impl Iterator<Item = (&'a Model, &'a Action)> {
    let values = seen.record().values.clone();
    let (model, live) = (seen.model, seen.record().deleted_at.is_none());
    let actions = seen.visit.catalogue.actions(seen.model.entity.key);
    let rights = &seen.visit.actor.person.rights;
    let barred = move |form: &Model| rights.bars(&engine::roles::act(model.entity.key, form.entity.key));
    actions.filter(move |(form, action)| live && !barred(form) && model.holds(&action.when, &values))
}

/// A form as it is begun for a record.
struct Asked<'a> {
    seen: &'a Seen<'a>,
    form: &'a Model,
    action: &'a Action,
    begun: Begun,
}

impl<'a> Asked<'a> {
    fn read(seen: &'a Seen<'a>, key: &str) -> Result<Asked<'a>> {
        let mut actions = seen.visit.catalogue.actions(seen.model.entity.key);
        let (form, action) = actions.find(|(form, _)| form.entity.key == key).ok_or(Error::Missing)?;
        if !seen.may(Verb::Change)? {
            return Err(engine::access::denied(Verb::Change));
        }
        let begun = seen.visit.engine().begin_action(&seen.visit.actor, seen.path, seen.record().id, key)?;
        Ok(Asked { seen, form, action, begun })
    }

    fn act(&self, values: Vec<(usize, Value)>) -> Result<Acted> {
        let visit = self.seen.visit;
        visit.engine().act(&visit.actor, self.seen.path, self.seen.record().id, self.form.entity.key, values)
    }

    fn done(&self, acted: &Acted) -> Result<Response> {
        let visit = self.seen.visit;
        let done = visit.say(self.action.done).into_owned();
        let said = match acted.made.is_empty() {
            true => visit.text(say!("{title}: {done}", title = acted.title.clone(), done = done)),
            false => visit.text(say!(
                "{title}: {done}. New: {made}",
                title = acted.title.clone(),
                done = done,
                made = acted.made.join(", ")
            )),
        };
        undo::done(visit, Some(acted.operation), &said, Some(format!("/{}/{}", self.seen.path, acted.id)))
    }

    fn dialog(&self, problems: Vec<Problem>, posted: Option<&Posted>) -> Result<Dialog<'_>> {
        let (visit, form) = (self.seen.visit, self.form);
        let mut values = self.begun.values.clone();
        if let Some(posted) = posted {
            let read = read_form::read(visit, form, posted)?;
            edit::resolve(visit, form, read.values)?.into_iter().for_each(|(at, value)| values[at] = value);
        }
        let titles = visit.engine().titles(&visit.actor, &values)?;
        let known = |problem: &&Problem| {
            problem.field.as_deref().is_some_and(|field| form.position(edit::root(field)).is_some())
        };
        let whole: Vec<String> =
            problems.iter().filter(|problem| !known(problem)).map(|problem| visit.text(problem.text.clone())).collect();
        let kept = form.fields.iter().zip(&values).filter(|(def, _)| def.read_only);
        let hidden = kept.map(|(def, value)| (def.key.into(), value.text().to_owned().into())).collect();
        let chosen = posted.is_some();
        let shown = Shown {
            visit,
            model: form,
            path: self.seen.path,
            title: String::new(),
            action: String::new(),
            back: String::new(),
            version: String::new(),
            values,
            titles,
            problems,
            posted,
            is_new: true,
            hint: None,
        };
        let body = html! {
            @for offered in &self.begun.offers { (self.offer(offered, chosen.then(|| &shown.values[offered.at]))) }
            @for section in self.sections(&shown) { (ui::form_section(&section)) }
        };
        let title = format!("{}: {}", self.form.singular(visit.words()), self.seen.record().title);
        Ok(Dialog {
            title: title.into(),
            body,
            missing: whole.join(" ").into(),
            buttons: vec![Button {
                label: visit.say(self.action.label),
                kind: ui::Kind::Primary,
                act: Act::Submit { name: "".into(), value: "".into(), form: "".into() },
                ..Button::default()
            }],
            action: format!("{}/{}", self.seen.url(), form.entity.key).into(),
            csrf: visit.csrf.clone().into(),
            hidden,
            close: visit.say("Close"),
            wide: true,
            ..Dialog::default()
        })
    }

    /// The fields that are asked, but those that offers ask already and those that never apply to this record.
    fn sections<'s>(&'s self, shown: &Shown<'s>) -> Vec<FormSection<'s>> {
        let (visit, form) = (self.seen.visit, self.form);
        let is_offered = |at: usize| self.begun.offers.iter().any(|offered| offered.at == at);
        let applies = |at: usize| {
            let settled = |condition: meta::Condition| {
                form.field(condition.field).is_some_and(|def| def.read_only) && !form.holds(&condition, &shown.values)
            };
            !form.fields[at].shown.is_some_and(settled)
        };
        let section = |section: &meta::layout::Section| {
            let asked = section.fields.iter().copied();
            let asked = asked.filter(|at| !form.fields[*at].read_only && !is_offered(*at) && applies(*at));
            let fields: Vec<_> = asked.map(|at| edit::field(shown, at, false)).collect();
            let title = section.title(visit.words()).into();
            (!fields.is_empty()).then(|| FormSection { title, fields, ..FormSection::default() })
        };
        form.sections.iter().filter_map(section).collect()
    }

    /// What is here already and looks like what would be made, side by side with it.
    fn offer(&self, offered: &Offered, chosen: Option<&Value>) -> Markup {
        let (visit, form) = (self.seen.visit, self.form);
        let def = &form.fields[offered.at];
        let Kind::Link(to) = def.kind else { return html! {} };
        let Some(model) = visit.catalogue.model(to.key) else { return html! {} };
        let chosen = match chosen {
            Some(value) => value.links().first().copied(),
            // The same number is the same party.
            None => offered.found.iter().find(|(one, _)| is_sure(model, one.why)).map(|(_, record)| record.rid),
        };
        let like = |at: usize| offered.like.iter().find(|(known, _)| *known == at).map(|(_, value)| value);
        let compared = (0..model.fields.len()).filter(|at| self.is_compared(model, *at, offered));
        let said = |at: usize, value: Option<&Value>| match value.filter(|value| !value.is_empty()) {
            Some(value) => fields::plain(visit, model, at, value, &self.begun.titles),
            None => "–".to_owned(),
        };
        let radio = |id: &str, on: bool| html! { input type="radio" name=(def.key) value=(id) checked[on]; };
        html! {
            fieldset.offer {
                legend { (form.label(offered.at, visit.words())) }
                div.offer-sides tabindex="0" role="group" aria-label=(visit.say("The records side by side")) {
                    table {
                        thead { tr {
                            td {}
                            th scope="col" { label { (radio("", chosen.is_none())) span { (visit.say("None of these: a new one")) } } }
                            @for (one, record) in &offered.found {
                                th scope="col" {
                                    label { (radio(&record.id.to_string(), chosen == Some(record.rid))) span { (record.title) } }
                                    span.offer-why { (visit.text(why(model, one.why, visit))) " · "
                                        a href={ "/" (one.found.path) "/" (record.id) } target="_blank" { (visit.say("Look at it")) } }
                                }
                            }
                        } }
                        tbody {
                            @for at in compared {
                                tr {
                                    th scope="row" { (model.label(at, visit.words())) }
                                    td { (said(at, like(at))) }
                                    @for (_, record) in &offered.found { td { (said(at, Some(&record.values[at]))) } }
                                }
                            }
                        }
                    }
                }
                @if let Some(hint) = def.hint { p.note.hint { (visit.say(hint)) } }
            }
        }
    }

    /// By what a person tells two records apart.
    fn is_compared(&self, model: &Model, at: usize, offered: &Offered) -> bool {
        let def = &model.fields[at];
        let telling =
            matches!(def.kind, Kind::Text { .. } | Kind::Code(_) | Kind::Emails | Kind::Phones | Kind::Addresses);
        let said = |record: &Record| !record.values[at].is_empty();
        telling
            && !def.read_only
            && offered.like.iter().any(|(known, _)| *known == at)
            && offered.found.iter().any(|(_, record)| said(record))
    }
}

fn is_sure(model: &Model, why: Why) -> bool {
    matches!(why, Why::Same(at) if matches!(model.fields[at].kind, Kind::Code(_)))
}

pub async fn ask(Path((path, id, key)): Path<(String, String, String)>, ask: Ask) -> Response {
    ask.run(move |visit| {
        let seen = Seen::read(visit, &path, &id)?;
        let asked = Asked::read(&seen, &key)?;
        let dialog = asked.dialog(Vec::new(), None)?;
        answer(placed(visit, &path, &dialog))
    })
    .await
}

fn placed(visit: &Visit, path: &str, dialog: &Dialog) -> Markup {
    match visit.ask.is_fragment() {
        true => ui::dialog(dialog),
        false => shell::page(visit, &dialog.title, Some(path), ui::dialog_page(dialog)),
    }
}

pub async fn act(Path((path, id, key)): Path<(String, String, String)>, ask: Ask, posted: Posted) -> Response {
    ask.act(posted, move |visit, posted| {
        let seen = Seen::itself(visit, &path, &id)?;
        let at_once = parse(&visit.ask.query).iter().any(|(name, _)| name == AT_ONCE);
        let asked = match Asked::read(&seen, &key) {
            Err(Error::Refused(problems)) if !at_once => return told(&seen, &problems),
            asked => asked?,
        };
        let read = read_form::read(visit, asked.form, posted)?;
        let acted = match (at_once, read.problems.is_empty()) {
            (true, _) if !asked.begun.offers.is_empty() => Err(Error::Refused(Vec::new())),
            (true, _) => asked.act(Vec::new()),
            (false, true) => asked.act(read.values),
            (false, false) => Err(Error::Refused(read.problems)),
        };
        match acted {
            Ok(acted) => asked.done(&acted),
            Err(Error::Refused(problems)) if problems.iter().any(|problem| problem.field.is_none()) => match at_once {
                true => Err(Error::Refused(problems)),
                false => told(&seen, &problems),
            },
            Err(Error::Refused(problems)) => {
                let dialog = asked.dialog(problems, (!at_once).then_some(posted))?;
                let status =
                    if visit.ask.is_fragment() { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
                Ok(with_status(status, placed(visit, &path, &dialog)))
            }
            Err(other) => Err(other),
        }
    })
    .await
}

/// Nothing can be decided any more: the dialog that asked says why, and leads to what became of the record.
fn told(seen: &Seen, problems: &[Problem]) -> Result<Response> {
    let visit = seen.visit;
    let said: Vec<String> = problems.iter().map(|problem| visit.text(problem.text.clone())).collect();
    let dialog = Dialog {
        title: seen.record().title.clone().into(),
        text: said.join(" ").into(),
        buttons: vec![Button {
            label: visit.say("Open"),
            kind: ui::Kind::Primary,
            act: Act::Link(seen.url().into()),
            ..Button::default()
        }],
        close: visit.say("Close"),
        ..Dialog::default()
    };
    let status = if visit.ask.is_fragment() { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(with_status(status, placed(visit, seen.path, &dialog)))
}
