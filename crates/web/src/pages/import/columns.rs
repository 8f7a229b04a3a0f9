//! Step 2: where each column goes, what its words mean, what all rows get; with the file's settings above and a row of it
//! beside.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use base::{Error, Result, say};
use engine::import::{Confidence, Constant, DraftImport, Plan, Target};
use maud::{Markup, html};
use meta::Model;
use ui::widgets::{Choice, Context, Widget, widget};
use ui::{Button, Mapping, Sure, Wizard};

use super::{Stage, back, draft, frame, on_draft, preview, settings, submit, targets, values, whole};
use crate::answer::{redirect, with_status};
use crate::posted::{Posted, parse};
use crate::{Ask, Visit};

pub async fn page(id: Path<String>, ask: Ask) -> Response {
    on_draft(id, ask, |visit, draft| {
        let number = parse(&visit.ask.query).into_iter().find(|(name, _)| name == "row");
        let number = number.and_then(|(_, row)| row.parse().ok()).unwrap_or(1);
        let wizard = wizard(visit, &draft, number, false, None)?;
        whole(visit, &draft.path, &wizard)
    })
    .await
}

pub async fn save(Path(id): Path<String>, ask: Ask, posted: Posted) -> Response {
    ask.act(posted, move |visit, posted| {
        let mut draft = match draft(visit, &id)? {
            Ok(draft) => draft,
            Err(elsewhere) => return Ok(elsewhere),
        };
        let number = posted.first("row").parse().unwrap_or(1);
        let model = visit.catalogue.model(&draft.plan.entity).ok_or(Error::Missing)?;
        let step = posted.first("step");
        let plan = changed(visit, model, &draft, posted, step)?;
        visit.engine().change_import(&visit.actor, draft.id, &plan)?;
        draft.plan = plan;
        let here = format!("/imports/{}/columns?row={number}", draft.id);
        if step == "keep_profile" {
            return match visit.engine().keep_profile(&visit.actor, posted.first("profile_name"), &draft.plan) {
                Ok(()) => crate::pages::undo::done(visit, None, &visit.say("Profile saved"), Some(here)),
                Err(Error::Refused(problems)) => {
                    let wrong = problems.first().map(|problem| visit.text(problem.text.clone()));
                    refused(visit, &draft, number, false, wrong)
                }
                Err(other) => Err(other),
            };
        }
        let missing = draft.plan.columns.iter().any(|column| column.confidence == Confidence::Choose);
        match step {
            "next" if missing => refused(visit, &draft, number, true, None),
            "next" => Ok(redirect(visit.ask, &format!("/imports/{}/duplicates", draft.id))),
            _ if visit.ask.is_fragment() => whole(visit, &draft.path, &wizard(visit, &draft, number, false, None)?),
            _ => Ok(redirect(visit.ask, &here)),
        }
    })
    .await
}

fn refused(visit: &Visit, draft: &DraftImport, number: u64, focus: bool, wrong: Option<String>) -> Result<Response> {
    let wizard = wizard(visit, draft, number, focus, wrong)?;
    let content = ui::wizard(&wizard);
    let page = if visit.ask.is_fragment() { content } else { super::page(visit, &draft.path, &wizard, content) };
    Ok(with_status(StatusCode::UNPROCESSABLE_ENTITY, page))
}

/// The plan with everything that was posted.
fn changed(visit: &Visit, model: &Model, draft: &DraftImport, posted: &Posted, step: &str) -> Result<Plan> {
    let mut plan = draft.plan.clone();
    let before: Vec<String> = plan.columns.iter().map(|column| column.header.clone()).collect();
    for (at, column) in plan.columns.iter_mut().enumerate() {
        let Some(sent) = targets::read(posted.first(&format!("column.{at}"))) else { continue };
        if sent != column.targets {
            column.targets = sent;
            column.confidence = Confidence::Certain;
            column.note.clear();
        }
    }
    if step == "lines" {
        let open = plan.columns.iter_mut().filter(|column| column.confidence == Confidence::Choose);
        open.for_each(|column| (column.targets, column.confidence) = (vec![Target::Line], Confidence::Certain));
    }
    values::applied(posted, &mut plan.words);
    if posted.has("constant.0.field") {
        plan.constants = constants(posted);
    }
    plan = settings::applied(visit, &draft.file, plan, posted)?;
    let profile = posted.first("apply_profile");
    if !profile.is_empty() {
        let kept = visit.engine().import_profiles(&visit.actor, model.entity.key)?;
        let kept = kept.into_iter().find(|kept| kept.name == profile).ok_or(Error::Missing)?;
        plan = kept.plan.applied_to(plan);
    }
    // What was posted speaks of the columns as they were.
    let same = plan.columns.iter().map(|column| &column.header).eq(before.iter());
    if same {
        let people = values::people(visit, model, &plan)?;
        for at in 0..plan.columns.len() {
            if plan.columns[at].confidence == Confidence::Check && posted.has(&format!("column.{at}")) {
                settle(model, &mut plan, &people, at);
            }
        }
    }
    Ok(plan)
}

/// A column whose words are all known needs no look any more.
fn settle(model: &Model, plan: &mut Plan, people: &[String], at: usize) {
    let has_words = !plan.shape.columns[at].values.is_empty() && plan.columns[at].note.starts_with("Some values");
    if has_words && values::unknown(model, plan, people, at) == 0 {
        plan.columns[at].confidence = Confidence::Certain;
        plan.columns[at].note.clear();
    }
}

fn constants(posted: &Posted) -> Vec<Constant> {
    let pair = |at: usize| {
        let field = posted.first(&format!("constant.{at}.field"));
        let value = posted.first(&format!("constant.{at}.value")).trim();
        (!field.is_empty() && !value.is_empty()).then(|| Constant { field: field.to_owned(), value: value.to_owned() })
    };
    (0..).take_while(|at| posted.has(&format!("constant.{at}.field"))).filter_map(pair).collect()
}

fn wizard<'a>(
    visit: &'a Visit<'a>,
    draft: &DraftImport,
    number: u64,
    focus: bool,
    wrong: Option<String>,
) -> Result<Wizard<'a>> {
    let model = visit.catalogue.model(&draft.plan.entity).ok_or(Error::Missing)?;
    let plan = &draft.plan;
    let people = values::people(visit, model, plan)?;
    let shown = preview::row(visit, draft, number)?;
    let count = |wanted: Confidence| plan.columns.iter().filter(|column| column.confidence == wanted).count();
    let (certain, check, choose) = (count(Confidence::Certain), count(Confidence::Check), count(Confidence::Choose));
    let summary = visit.text(say!(
        "{certain} matched, {check} to check, {choose} to choose",
        certain = certain,
        check = check,
        choose = choose
    ));
    let first_open = plan.columns.iter().position(|column| column.confidence == Confidence::Choose);
    let main = html! {
        input type="hidden" name="row" value=(number);
        div.wizard-line { b { (visit.say("Where each column goes")) } span.muted { (summary) } (profiles(visit, model)?) }
        (ui::mapping_table(&heads(visit), &mappings(visit, model, plan, &people, focus.then_some(first_open).flatten())))
        (values::tables(visit, model, plan, &people))
        (same_for_all(visit, model, plan))
        (keep_profile(visit, wrong))
        (preview::raw(visit, draft, shown.as_ref()))
    };
    let side = html! {
        (preview::card(visit, model, draft, number, shown.as_ref()))
        @let found = preview::findings(visit, draft);
        @if !found.is_empty() { (ui::problems(&visit.say("To look at"), &found)) }
    };
    let mut buttons: Vec<Button> = Vec::new();
    if choose > 0 {
        buttons.push(submit(visit.say("Keep them as lines"), "lines", ui::Kind::Quiet));
    }
    let enter = crate::parts::shell::enter(visit.actor.language);
    let key = if enter == "Invio" { "Ctrl Invio" } else { "Ctrl Enter" };
    buttons.push(Button { key, ..submit(visit.say("Continue"), "next", ui::Kind::Primary) });
    let open: Vec<&str> = plan
        .columns
        .iter()
        .filter(|column| column.confidence == Confidence::Choose)
        .map(|column| column.header.as_str())
        .take(3)
        .collect();
    let missing = match choose {
        0 => "".into(),
        _ => visit.text(say!("To choose: {columns}", columns = open.join(", "))).into(),
    };
    Ok(Wizard {
        action: format!("/imports/{}/columns", draft.id).into(),
        understood: Some(settings::understood(visit, draft)),
        main,
        side: Some(side),
        side_label: visit.say("Preview"),
        back: Some(back(visit, format!("/{}/import", draft.path))),
        missing,
        buttons,
        ..frame(visit, &draft.path, Some(draft.id), Stage::Columns)?
    })
}

fn heads<'a>(visit: &Visit<'a>) -> [ui::Text<'a>; 5] {
    ["Column of the file", "What it holds", "Field", "Match", "Note"].map(|head| visit.say(head))
}

fn mappings<'a>(
    visit: &Visit<'a>,
    model: &Model,
    plan: &Plan,
    people: &[String],
    focus: Option<usize>,
) -> Vec<Mapping<'a>> {
    let mapping = |(at, column): (usize, &engine::import::ColumnPlan)| {
        let examples: Vec<&str> =
            plan.shape.columns[at].examples.iter().map(|example| example.value.as_str()).take(3).collect();
        let unknown = values::unknown(model, plan, people, at);
        let sure = match column.confidence {
            Confidence::Certain if unknown == 0 => Sure::Certain,
            Confidence::Choose => Sure::Choose,
            _ => Sure::Check,
        };
        let (sure_word, noted) = match sure {
            Sure::Certain => ("certain", ""),
            Sure::Check => ("check", ""),
            Sure::Choose => ("choose", "kept as a line of the description until you choose"),
        };
        let note = match (unknown, column.note.is_empty()) {
            (0, true) => visit.say(noted),
            (0, false) => visit.text(base::Text { english: column.note.clone().into(), arguments: Vec::new() }).into(),
            (count, _) => visit.text(say!("words to match: {count}", count = count)).into(),
        };
        let header = match column.header.as_str() {
            "" => visit.text(say!("Column {number}", number = at + 1)),
            header => header.to_owned(),
        };
        Mapping {
            column: header.into(),
            examples: examples.join(" · ").into(),
            name: format!("column.{at}").into(),
            choices: targets::choices(visit, model, column),
            empty: "".into(),
            sure,
            sure_word: visit.say(sure_word),
            note,
            wanted: focus == Some(at),
        }
    };
    plan.columns.iter().enumerate().map(mapping).collect()
}

/// Values that every row gets where it has none.
fn same_for_all(visit: &Visit, model: &Model, plan: &Plan) -> Markup {
    let fields: Vec<usize> = model
        .visible()
        .filter(|at| {
            !model.fields[*at].read_only
                && !matches!(model.fields[*at].kind, meta::Kind::File | meta::Kind::Picture | meta::Kind::Addresses)
        })
        .collect();
    let blank = Constant { field: String::new(), value: String::new() };
    let rows: Vec<&Constant> = plan.constants.iter().chain([&blank]).collect();
    let choices = |constant: &Constant| -> Vec<Choice> {
        let choice = |at: &usize| Choice {
            value: model.fields[*at].key.into(),
            label: model.label(*at, visit.words()).into(),
            chosen: model.fields[*at].key == constant.field,
            ..Choice::default()
        };
        fields.iter().map(choice).collect()
    };
    html! {
        details.values open[!plan.constants.is_empty()] {
            summary { b { (visit.say("The same for all rows")) } " " span.muted { (visit.say("where a row has none of its own")) } }
            @for (at, constant) in rows.iter().enumerate() {
                div.constant data-again {
                    @let field = format!("constant.{at}.field");
                    @let value = format!("constant.{at}.value");
                    (widget(&Widget::Select { choices: choices(constant), empty: visit.say("Choose a field") }, &Context { name: &field, label: &visit.say("Field"), unlabelled: true, ..Context::default() }))
                    (widget(&Widget::Text { value: worded(visit, model, constant).into(), kind: "text", autocomplete: "off", max: 200, code: false }, &Context { name: &value, label: &visit.say("Value"), unlabelled: true, ..Context::default() }))
                }
            }
        }
    }
}

/// A value as its list calls it.
fn worded(visit: &Visit, model: &Model, constant: &Constant) -> String {
    match model.field(&constant.field).map(|def| def.kind) {
        Some(kind @ (meta::Kind::Choice(_) | meta::Kind::Pick(_) | meta::Kind::Picks(_))) => {
            visit.catalogue.key_label(&kind, &constant.value, visit.words())
        }
        _ => constant.value.clone(),
    }
}

fn profiles(visit: &Visit, model: &Model) -> Result<Markup> {
    let kept = visit.engine().import_profiles(&visit.actor, model.entity.key)?;
    if kept.is_empty() {
        return Ok(html! {});
    }
    let choices = kept.into_iter().map(|profile| Choice {
        value: profile.name.clone().into(),
        label: profile.name.into(),
        ..Choice::default()
    });
    Ok(html! {
        span.profile-choice data-again {
        (widget(&Widget::Select { choices: choices.collect(), empty: visit.say("Apply a profile") }, &Context { name: "apply_profile", label: &visit.say("Profile"), ..Context::default() }))
        }
    })
}

fn keep_profile(visit: &Visit, wrong: Option<String>) -> Markup {
    html! {
        details.values open[wrong.is_some()] {
            summary { b { (visit.say("Save as a profile")) } " " span.muted { (visit.say("to do the same with the next file")) } }
            div.constant {
                (widget(&Widget::Text { value: "".into(), kind: "text", autocomplete: "off", max: 60, code: false }, &Context { name: "profile_name", label: &visit.say("Name of the profile"), refused: wrong.is_some(), ..Context::default() }))
                (ui::button(&submit(visit.say("Save the profile"), "keep_profile", ui::Kind::Quiet)))
                @if let Some(wrong) = &wrong { p.note.error { (wrong) } }
            }
        }
    }
}
