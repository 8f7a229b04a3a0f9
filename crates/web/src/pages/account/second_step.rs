//! The second step of signing in: set up with an app, its recovery codes shown once, switched off.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use base::{Error, Problem, Result, say};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use engine::sign_in::{Must, SecondStep, Setup};
use engine::users::User;
use maud::{Markup, html};
use qrcode::QrCode;
use qrcode::render::svg;
use ui::widgets::Widget;
use ui::{Act, Button, FormField};

use super::{OWN, address, moment, under, whose};
use crate::answer::{html as answer, note, redirect, with_status};
use crate::pages::{sign_in, undo};
use crate::posted::Posted;
use crate::{Ask, Visit};

pub const PLACE: &str = "/account/second-step";

/// Recovery codes of which one is told that they are few.
const FEW: usize = 3;

pub fn section(visit: &Visit, user: &User) -> Result<Markup> {
    let own = user.rid == visit.user.rid;
    let step = visit.engine().second_step(&visit.actor, user.rid)?;
    let button = match (own, step.is_some()) {
        (true, false) => Some(link(visit, "Set it up", PLACE)),
        (true, true) => Some(link(visit, "Change", PLACE)),
        (false, true) => Some(Button {
            label: visit.say("Switch it off"),
            icon: "x",
            act: Act::Post {
                url: format!("/users/{}/account/second-step/end", user.id).into(),
                csrf: visit.csrf.clone().into(),
            },
            ..Button::default()
        }),
        (false, false) => None,
    };
    Ok(html! {
        section.settings-section id="second-step" {
            header { h2 { (visit.say("Two-step sign-in")) } @if let Some(button) = &button { (ui::button(button)) } }
            p.muted.settings-lead { (state(visit, step.as_ref())) }
        }
    })
}

fn link<'a>(visit: &Visit<'a>, label: &'static str, to: &'static str) -> Button<'a> {
    Button { label: visit.say(label), icon: "shield-lock", act: Act::Link(to.into()), ..Button::default() }
}

fn state(visit: &Visit, step: Option<&SecondStep>) -> String {
    match step {
        Some(step) => visit.text(say!(
            "On since {moment}; recovery codes left: {count}",
            moment = moment(visit, step.since),
            count = step.codes_left
        )),
        None => visit.say("Off. With it a password alone, if it is found out, opens nothing.").into_owned(),
    }
}

pub async fn page(ask: Ask) -> Response {
    ask.run(|visit| answer(shown(visit, &[])?)).await
}

/// What there is to do: begin, confirm, or look after what is on.
fn shown(visit: &Visit, problems: &[Problem]) -> Result<Markup> {
    let step = visit.engine().second_step(&visit.actor, visit.user.rid)?;
    if let Some(step) = step {
        return Ok(standing(visit, &step, problems));
    }
    match visit.engine().second_step_setup(&visit.actor, &visit.user.email)? {
        Some(setup) => confirm_form(visit, &setup, problems),
        None => Ok(intro(visit, problems)),
    }
}

fn title<'a>(visit: &Visit<'a>) -> ui::Text<'a> {
    visit.say("Two-step sign-in")
}

fn intro(visit: &Visit, problems: &[Problem]) -> Markup {
    let begin = submit(visit, "Begin");
    let body = html! {
        @if visit.must == Some(Must::SetUpSecondStep) {
            p.settings-lead { b { (visit.say("Your role asks for it: set it up, and go on.")) } }
        }
        p.settings-lead { (visit.say("After the password Bottega asks for six digits that an app on your phone shows: any that reads such codes will do.")) }
        @for problem in problems { (ui::note(&note(visit.words(), problem), "problem")) }
        form.settings-lead method="post" action=(PLACE) {
            input type="hidden" name="csrf" value=(visit.csrf);
            (ui::button(&begin))
        }
    };
    under(visit, &title(visit), body)
}

fn submit<'a>(visit: &Visit<'a>, label: &'static str) -> Button<'a> {
    let act = Act::Submit { name: "".into(), value: "".into(), form: "".into() };
    Button { label: visit.say(label), kind: ui::Kind::Primary, act, ..Button::default() }
}

pub async fn begin(ask: Ask, posted: Posted) -> Response {
    ask.act(posted, |visit, _| match visit.engine().begin_second_step(&visit.actor) {
        Ok(()) => Ok(redirect(visit.ask, PLACE)),
        Err(Error::Refused(problems)) => Ok(with_status(StatusCode::UNPROCESSABLE_ENTITY, shown(visit, &problems)?)),
        Err(other) => Err(other),
    })
    .await
}

fn confirm_form(visit: &Visit, setup: &Setup, problems: &[Problem]) -> Result<Markup> {
    let code = FormField {
        name: "code".into(),
        label: visit.say("The six digits that it shows"),
        widget: Widget::Text { value: "".into(), kind: "text", autocomplete: "one-time-code", max: 20, code: true },
        note: problems.first().map(|problem| note(visit.words(), problem)),
        required: true,
        autofocus: true,
        wide: true,
        ..FormField::default()
    };
    let spaced = setup.secret.as_bytes().chunks(4).map(String::from_utf8_lossy).collect::<Vec<_>>().join(" ");
    let body = html! {
        p.settings-lead { (visit.say("Photograph this with the app, or type the letters into it.")) }
        img.qr src=(picture(&setup.url)?) alt=(visit.say("The code for the app")) width="232" height="232";
        p.secret { code { (spaced) } }
        form.form.narrow method="post" action={ (PLACE) "/confirmation" } novalidate {
            input type="hidden" name="csrf" value=(visit.csrf);
            section.form-section { div.form-fields { (ui::form_field(&code)) } }
            footer.form-foot { div.foot-buttons { (ui::button(&submit(visit, "Switch it on"))) } }
        }
    };
    Ok(under(visit, &title(visit), body))
}

/// A QR code as an address of its own, black on white whatever the theme: cameras want it so.
fn picture(url: &str) -> Result<String> {
    let code = QrCode::new(url).map_err(|cause| Error::caused("a QR code that cannot be drawn", cause))?;
    let drawn = code.render::<svg::Color>().min_dimensions(232, 232).build();
    Ok(format!("data:image/svg+xml;base64,{}", STANDARD.encode(drawn)))
}

pub async fn confirm(ask: Ask, posted: Posted) -> Response {
    ask.act(posted, |visit, posted| {
        let caller = sign_in::caller(visit.ask);
        match visit.engine().confirm_second_step(&visit.actor, posted.first("code"), caller) {
            Ok(codes) => answer(codes_page(visit, &codes)),
            Err(Error::Refused(problems)) => {
                Ok(with_status(StatusCode::UNPROCESSABLE_ENTITY, shown(visit, &problems)?))
            }
            Err(Error::Missing) => Ok(redirect(visit.ask, PLACE)),
            Err(other) => Err(other),
        }
    })
    .await
}

fn codes_page(visit: &Visit, codes: &[String]) -> Markup {
    let copy =
        Button { label: visit.say("Copy"), icon: "copy", act: Act::Copy(codes.join("\n").into()), ..Button::default() };
    let go_on = Button {
        label: visit.say("I have kept them"),
        kind: ui::Kind::Primary,
        act: Act::Link(OWN.into()),
        ..Button::default()
    };
    let body = html! {
        p.settings-lead { (visit.say("It is on. Without the phone one of these codes lets you in, each once: print them or keep them in a safe place, they are not shown again.")) }
        ol.codes { @for code in codes { li { code { (code) } } } }
        p.secret { (ui::button(&copy)) (ui::button(&go_on)) }
    };
    under(visit, &visit.say("Recovery codes"), body)
}

/// It is on: other codes, or off, for who knows the password.
fn standing(visit: &Visit, step: &SecondStep, problems: &[Problem]) -> Markup {
    let password = FormField {
        name: "current".into(),
        label: visit.say("The password you have now"),
        widget: Widget::Text {
            value: "".into(),
            kind: "password",
            autocomplete: "current-password",
            max: 200,
            code: false,
        },
        note: problems.first().map(|problem| note(visit.words(), problem)),
        required: true,
        wide: true,
        ..FormField::default()
    };
    let act = |label: &'static str, kind, value: &'static str| Button {
        label: visit.say(label),
        kind,
        act: Act::Submit { name: "what".into(), value: value.into(), form: "".into() },
        ..Button::default()
    };
    let body = html! {
        p.settings-lead { (state(visit, Some(step))) }
        @if step.codes_left <= FEW { p.settings-lead { b { (visit.say("Few recovery codes are left: make others.")) } } }
        form.form.narrow method="post" action={ (PLACE) "/change" } novalidate {
            input type="hidden" name="csrf" value=(visit.csrf);
            section.form-section { div.form-fields { (ui::form_field(&password)) } }
            footer.form-foot { div.foot-buttons {
                (ui::button(&act("Make other recovery codes", ui::Kind::Quiet, "codes")))
                (ui::button(&act("Switch it off", ui::Kind::Danger, "off")))
            } }
        }
    };
    under(visit, &title(visit), body)
}

pub async fn change(ask: Ask, posted: Posted) -> Response {
    ask.act(posted, |visit, posted| {
        let known = visit.engine().proves(&visit.user, posted.first("current"), sign_in::caller(visit.ask));
        match (known, posted.first("what")) {
            (Ok(()), "off") => {
                visit.engine().end_second_step(&visit.actor, visit.user.rid)?;
                undo::done(visit, None, &visit.say("Two-step sign-in is off"), Some(OWN.to_owned()))
            }
            (Ok(()), _) => {
                let codes = visit.engine().other_recovery_codes(&visit.actor)?;
                answer(codes_page(visit, &codes))
            }
            (Err(Error::Refused(problems)), _) => {
                Ok(with_status(StatusCode::UNPROCESSABLE_ENTITY, shown(visit, &problems)?))
            }
            (Err(other), _) => Err(other),
        }
    })
    .await
}

/// Off for another, by an administrator: their phone is lost, and their codes too.
pub async fn end(Path(id): Path<String>, ask: Ask, posted: Posted) -> Response {
    ask.act(posted, move |visit, _| {
        let user = whose(visit, &id)?;
        if user.rid == visit.user.rid {
            // Of one's own, with the password.
            return Ok(redirect(visit.ask, PLACE));
        }
        visit.engine().end_second_step(&visit.actor, user.rid)?;
        undo::done(visit, None, &visit.say("Two-step sign-in is off"), Some(address(visit, &user)))
    })
    .await
}
