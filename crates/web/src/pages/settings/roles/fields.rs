//! What a role may do with the fields of one kind of record, which actions and steps it may take, and whether it sets the fields.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use base::{Error, Problem, Result, say};
use engine::roles::{ADMIN, ROLES, Sheet, act, step, steps};
use maud::{Markup, html};
use meta::access::Sight;
use meta::catalogue::ListItem;
use meta::{Kind, Model};
use ui::widgets::{Context, Widget, widget};
use ui::{Form, FormSection};

use super::{item, read, role_of, saved};
use crate::answer::{html as answer, note, with_status};
use crate::pages::settings::{buttons, frame, model_of, whole};
use crate::posted::Posted;
use crate::{Ask, Visit};

pub async fn page(Path((role, entity)): Path<(String, String)>, ask: Ask) -> Response {
    ask.run(move |visit| {
        let (item, model) = (item(visit, &role)?, model_of(visit, &entity)?);
        let sheet = visit.engine().role(&visit.actor, &role)?;
        answer(shown(visit, item, model, &sheet, &[])?)
    })
    .await
}

pub async fn save(Path((role, entity)): Path<(String, String)>, ask: Ask, posted: Posted) -> Response {
    ask.act(posted, move |visit, posted| {
        let (item, model) = (item(visit, &role)?, model_of(visit, &entity)?);
        let sheet = read::fields(visit, posted, model, visit.engine().role(&visit.actor, &role)?);
        match visit.engine().change_role(&visit.actor, &role, &sheet) {
            Ok(()) => saved(visit, item, role_of(&role)),
            Err(Error::Refused(problems)) => {
                Ok(with_status(StatusCode::UNPROCESSABLE_ENTITY, shown(visit, item, model, &sheet, &problems)?))
            }
            Err(other) => Err(other),
        }
    })
    .await
}

fn shown(visit: &Visit, item: &ListItem, model: &Model, sheet: &Sheet, problems: &[Problem]) -> Result<Markup> {
    if item.key == ADMIN || model.entity.house {
        return Err(Error::Missing);
    }
    let words = visit.words();
    let role = item.label(ROLES.key, words);
    let place = |at: usize| format!("fields/{}/{}", model.entity.key, model.fields[at].key);
    let known: Vec<String> = model.visible().map(place).collect();
    let others: Vec<&str> = known.iter().map(String::as_str).collect();
    let acts = acts(visit, model);
    let mut sections = vec![FormSection {
        title: visit.say("Fields"),
        body: Some(html! {
            p.muted.settings-lead { (visit.say("A hidden field is nowhere: not in lists, pages, filters, exports, the history, the search, nor for programs.")) }
            ul.settings-rows.rights-fields {
                @for at in model.visible() { (field(visit, model, at, sheet, problems)) }
            }
        }),
        ..FormSection::default()
    }];
    if !acts.is_empty() {
        sections.push(FormSection {
            title: visit.say("Actions and steps"),
            body: Some(html! {
                ul.settings-rows { @for (name, label) in &acts {
                    @let key = format!("a.{name}");
                    li { (widget(&Widget::Tick { on: !sheet.barred.contains(name) }, &Context { name: &key, label, ..Context::default() })) }
                } }
            }),
            ..FormSection::default()
        });
    }
    let keeps = visit.text(say!("May set fields, sections and lists of {what}", what = model.plural(words)));
    sections.push(FormSection {
        title: visit.say("Settings"),
        body: Some(html! {
            (widget(&Widget::Tick { on: sheet.keeps.contains(model.entity.key) }, &Context { name: "keeps", label: &keeps, ..Context::default() }))
        }),
        ..FormSection::default()
    });
    let form = ui::form(&Form {
        id: "role-form".into(),
        action: format!("{}/{}", role_of(&item.key), model.entity.key).into(),
        csrf: visit.csrf.clone().into(),
        problem: whole(visit, problems, &others),
        sections,
        buttons: buttons(visit, &role_of(&item.key)),
        ..Form::default()
    });
    let title = visit.text(say!("{role}: {what}", role = role.clone(), what = model.plural(words)));
    Ok(frame(visit, &title, Some((&role_of(&item.key), &role)), &[], form))
}

fn field(visit: &Visit, model: &Model, at: usize, sheet: &Sheet, problems: &[Problem]) -> Markup {
    let def = &model.fields[at];
    let place = format!("fields/{}/{}", model.entity.key, def.key);
    let problem = problems.iter().find(|problem| problem.field.as_deref() == Some(&place));
    let now =
        sheet.fields.get(model.entity.key).and_then(|fields| fields.get(def.key)).copied().unwrap_or(Sight::Changed);
    let label = model.label(at, visit.words());
    html! {
        li {
            span.settings-name { (label) }
            select name={ "f." (def.key) } class={ "sight-" (now.key()) } aria-label=(label) aria-invalid=[problem.map(|_| "true")]
                aria-describedby=[problem.map(|_| format!("n-{}", def.key))] {
                @for sight in Sight::ALL {
                    option value=(sight.key()) selected[sight == now] { (visit.say(sight_word(sight, def.read_only))) }
                }
            }
            @if let Some(problem) = problem { (ui::note(&note(visit.words(), problem), &format!("n-{}", def.key))) }
        }
    }
}

fn sight_word(sight: Sight, is_kept: bool) -> &'static str {
    match sight {
        Sight::Changed if is_kept => "seen, kept by the program",
        Sight::Changed => "seen and changed",
        Sight::Seen => "seen, not changed",
        Sight::Hidden => "not seen",
    }
}

/// Actions and steps by their names, in the reader's words.
fn acts(visit: &Visit, model: &Model) -> Vec<(String, String)> {
    let words = visit.words();
    let actions = visit
        .catalogue
        .actions(model.entity.key)
        .map(|(form, action)| (act(model.entity.key, form.entity.key), visit.say(action.label).into_owned()));
    let steps = steps(&visit.catalogue, model).into_iter().flat_map(|(at, values)| {
        let def = &model.fields[at];
        let told = |value: &str| match def.kind {
            Kind::Pick(list) if !list.classes.is_empty() => {
                let class = list.classes.iter().find(|class| class.key == value);
                class.map_or_else(|| value.to_owned(), |class| words.say(class.label).into_owned())
            }
            kind => visit.catalogue.key_label(&kind, value, words),
        };
        let label = model.label(at, words);
        let one = |value: &str| {
            let step_label = visit.text(say!("{field} to “{value}”", field = label.clone(), value = told(value)));
            (step(model.entity, def, value), step_label)
        };
        values.into_iter().map(one).collect::<Vec<_>>()
    });
    actions.chain(steps).collect()
}
