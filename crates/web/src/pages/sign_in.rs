//! Signing in and out, and the first visit, which makes the administrator.

use axum::extract::Path;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base::{Error, Problem, Result, Words, say};
use engine::sign_in::{Entry, SignIn};
use engine::users::NewUser;
use engine::{Actor, sign_in};
use maud::{Markup, html};
use ui::widgets::Widget;
use ui::{Act, Button, Dialog, Form, FormField, FormSection, Kind};

use crate::Ask;
use crate::answer::{self, note, redirect, with_status};
use crate::ask::SESSION;
use crate::pages::{forgotten, preferences};
use crate::parts::shell;
use crate::posted::Posted;

/// The name of the cookie by which a browser is known that somebody signed in with.
const DEVICE: &str = "device";
const DEVICE_SECONDS: u32 = 400 * 86_400;
/// Where the code is sent that is asked for after the password.
const CODE: &str = "/sign-in/code";
const SESSION_SECONDS: u32 = 14 * 86_400;

pub async fn page(ask: Ask) -> Response {
    ask.open(|ask| {
        let next =
            crate::posted::parse(&ask.query).into_iter().find(|(name, _)| name == "next").map(|(_, value)| value);
        let resumed = vec![("next".to_owned(), next.unwrap_or_default())];
        answer::html(shell::bare(ask, &ask.app.words.of(ask.language()).say("Sign in"), form(ask, "", None, &resumed)))
    })
    .await
}

pub async fn submit(ask: Ask, posted: Posted) -> Response {
    ask.open(move |ask| {
        if ask.is_from_elsewhere() {
            return Err(Error::Denied("This form is too old: load the page again and send it once more".into()));
        }
        let name = posted.first("name").to_owned();
        let resumed = resumed(&posted);
        let signed_in = ask.app.engine.sign_in(&name, posted.first("password"), caller(ask));
        match signed_in {
            Ok(Entry::In(signed_in)) => let_in(ask, &posted, &signed_in),
            Ok(Entry::Code(step)) => Ok(code_asked(ask, &step, None, &resumed)),
            Err(Error::Refused(problems)) => Ok(refused(ask, &name, problems.first(), &resumed)),
            Err(other) => Err(other),
        }
    })
    .await
}

/// The code that is asked for after the password.
pub async fn submit_code(ask: Ask, posted: Posted) -> Response {
    ask.open(move |ask| {
        if ask.is_from_elsewhere() {
            return Err(Error::Denied("This form is too old: load the page again and send it once more".into()));
        }
        let step = posted.first("step");
        let resumed = resumed(&posted);
        match ask.app.engine.finish_sign_in(step, posted.first("code"), caller(ask)) {
            Ok(signed_in) => let_in(ask, &posted, &signed_in),
            Err(Error::Refused(problems)) if problems.iter().any(|problem| problem.code == "over") => {
                Ok(refused(ask, "", problems.first(), &resumed))
            }
            Err(Error::Refused(problems)) => Ok(code_asked(ask, step, problems.first(), &resumed)),
            Err(other) => Err(other),
        }
    })
    .await
}

/// What was written when the session ended, and where one was going.
fn resumed(posted: &Posted) -> Vec<(String, String)> {
    posted.fields.iter().filter(|(known, _)| known == "next" || known.starts_with("resume")).cloned().collect()
}

fn let_in(ask: &Ask, posted: &Posted, signed_in: &SignIn) -> Result<Response> {
    let SignIn { session: secret, device, user } = signed_in;
    // Whoever was signed in with this browser is not any more.
    if let Some(former) = ask.cookie(SESSION) {
        ask.app.engine.close_session(former)?;
    }
    let mut response = if ask.is_fragment() {
        let token = sign_in::csrf(secret);
        let trigger = format!(r#"{{"closeDialog":{{"csrf":"{token}"}}}}"#);
        (StatusCode::NO_CONTENT, [("hx-trigger", trigger)]).into_response()
    } else if posted.has("resume") {
        let words = ask.app.words.of(user.language);
        answer::html(shell::bare(ask, &words.say("Welcome back"), resume(words, secret, posted)))?
    } else {
        redirect(ask, local(posted.first("next")))
    };
    set_session(ask, &mut response, Some(secret));
    preferences::keep(&mut response, user.language);
    set_cookie(ask, &mut response, DEVICE, device, "/sign-in", DEVICE_SECONDS);
    Ok(response)
}

fn refused(ask: &Ask, name: &str, problem: Option<&Problem>, resumed: &[(String, String)]) -> Response {
    let words = ask.app.words.of(ask.language());
    if ask.is_fragment() {
        return with_status(StatusCode::UNAUTHORIZED, dialog(words, name, problem));
    }
    let page = shell::bare(ask, &words.say("Sign in"), form(ask, name, problem, resumed));
    with_status(StatusCode::UNPROCESSABLE_ENTITY, page)
}

/// The form for the code, in the place of the one for the password.
fn code_asked(ask: &Ask, step: &str, problem: Option<&Problem>, resumed: &[(String, String)]) -> Response {
    let words = ask.app.words.of(ask.language());
    let field = FormField {
        name: "code".into(),
        label: words.say("The six digits of your app, or a recovery code"),
        widget: Widget::Text { value: "".into(), kind: "text", autocomplete: "one-time-code", max: 40, code: true },
        note: problem.map(|problem| note(words, problem)),
        required: true,
        autofocus: true,
        wide: true,
        ..FormField::default()
    };
    let step = ("step".into(), step.to_owned().into());
    if ask.is_fragment() {
        let dialog = ui::dialog(&Dialog {
            title: words.say("One more step"),
            body: ui::form_field(&field),
            buttons: vec![submit_button(words.say("Sign in"))],
            action: CODE.into(),
            hidden: vec![step],
            close: words.say("Close"),
            ..Dialog::default()
        });
        return with_status(StatusCode::UNAUTHORIZED, dialog);
    }
    let hidden = resumed.iter().map(|(name, value)| (name.clone().into(), value.clone().into()));
    let form = ui::form(&Form {
        id: "sign-in".into(),
        title: words.say("One more step"),
        action: CODE.into(),
        hidden: hidden.chain([step]).collect(),
        sections: vec![FormSection { fields: vec![field], ..FormSection::default() }],
        buttons: vec![submit_button(words.say("Sign in"))],
        narrow: true,
        ..Form::default()
    });
    let page = shell::bare(ask, &words.say("One more step"), form);
    let status = if problem.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    with_status(status, page)
}

/// Someone who is not signed in, or no more: what they typed goes through the sign-in with them.
pub fn asked(ask: &Ask, posted: &Posted) -> Response {
    let words = ask.app.words.of(ask.language());
    if ask.is_fragment() {
        return with_status(StatusCode::UNAUTHORIZED, dialog(words, "", None));
    }
    if ask.method == axum::http::Method::GET {
        let query = if ask.query.is_empty() { String::new() } else { format!("?{}", ask.query) };
        let next = crate::posted::encode(&[("next", format!("{}{query}", ask.path))]);
        return redirect(ask, &format!("/sign-in?{next}"));
    }
    let mut resumed = vec![("resume".to_owned(), ask.path.clone())];
    resumed.extend(
        posted
            .fields
            .iter()
            .filter(|(name, _)| name != "csrf")
            .map(|(name, value)| (format!("resume.{name}"), value.clone())),
    );
    let page = shell::bare(ask, &words.say("Sign in"), form(ask, "", None, &resumed));
    with_status(StatusCode::UNAUTHORIZED, page)
}

fn fields<'a>(words: &'a Words, name: &str, problem: Option<&Problem>) -> Vec<FormField<'a>> {
    let input = |value: &str, kind: &'static str, autocomplete: &'static str| Widget::Text {
        value: value.to_owned().into(),
        kind,
        autocomplete,
        max: 200,
        code: false,
    };
    vec![
        FormField {
            name: "name".into(),
            label: words.say("E-mail or user name"),
            widget: input(name, "text", "username"),
            autofocus: name.is_empty(),
            wide: true,
            ..FormField::default()
        },
        FormField {
            name: "password".into(),
            label: words.say("Password"),
            widget: input("", "password", "current-password"),
            note: problem.map(|problem| note(words, problem)),
            autofocus: !name.is_empty(),
            wide: true,
            ..FormField::default()
        },
    ]
}

fn submit_button<'a>(label: std::borrow::Cow<'a, str>) -> Button<'a> {
    Button {
        label,
        kind: Kind::Primary,
        act: Act::Submit { name: "".into(), value: "".into(), form: "".into() },
        ..Button::default()
    }
}

fn form(ask: &Ask, name: &str, problem: Option<&Problem>, resumed: &[(String, String)]) -> Markup {
    let words = ask.app.words.of(ask.language());
    // Offered only where a link can be sent.
    let forgotten = ask.app.engine.sends_password_links().unwrap_or(false).then(|| Button {
        label: words.say("Forgot your password?"),
        kind: Kind::Bare,
        act: Act::Link(forgotten::PLACE.into()),
        ..Button::default()
    });
    ui::form(&Form {
        id: "sign-in".into(),
        title: words.say("Sign in"),
        action: "/sign-in".into(),
        hidden: resumed.iter().map(|(name, value)| (name.clone().into(), value.clone().into())).collect(),
        sections: vec![FormSection { fields: fields(words, name, problem), ..FormSection::default() }],
        buttons: vec![submit_button(words.say("Sign in"))].into_iter().chain(forgotten).collect(),
        narrow: true,
        ..Form::default()
    })
}

fn dialog(words: &Words, name: &str, problem: Option<&Problem>) -> Markup {
    ui::dialog(&Dialog {
        title: words.say("You have been signed out"),
        text: words.say("Sign in again: what you wrote stays here."),
        body: html! { @for field in fields(words, name, problem) { (ui::form_field(&field)) } },
        buttons: vec![submit_button(words.say("Sign in"))],
        action: "/sign-in".into(),
        close: words.say("Close"),
        ..Dialog::default()
    })
}

/// The form that was sent too late, ready to be sent again.
fn resume(words: &Words, secret: &str, posted: &Posted) -> Markup {
    let target = local(posted.first("resume"));
    html! {
        div.message {
            h1 { (words.say("Welcome back")) }
            p { (words.say("What you wrote is still here.")) }
            form method="post" action=(target) {
                input type="hidden" name="csrf" value=(sign_in::csrf(secret));
                @for (name, value) in &posted.fields {
                    @if let Some(name) = name.strip_prefix("resume.") { input type="hidden" name=(name) value=(value); }
                }
                (ui::button(&submit_button(words.say("Send it now"))))
            }
        }
    }
}

/// Only addresses of this program.
pub(crate) fn local(next: &str) -> &str {
    if next.starts_with('/') && !next.starts_with("//") && !next.contains('\\') { next } else { "/" }
}

/// Where a request comes from.
pub fn caller(ask: &Ask) -> sign_in::Caller<'_> {
    sign_in::Caller {
        address: &ask.address,
        agent: ask.header("user-agent"),
        device: ask.cookie(DEVICE).unwrap_or_default(),
    }
}

pub fn set_session(ask: &Ask, response: &mut Response, secret: Option<&str>) {
    let seconds = if secret.is_some() { SESSION_SECONDS } else { 0 };
    set_cookie(ask, response, SESSION, secret.unwrap_or_default(), "/", seconds);
}

/// A cookie that no script reads and no other site sends.
fn set_cookie(ask: &Ask, response: &mut Response, name: &str, value: &str, path: &str, seconds: u32) {
    let secure = if ask.is_secure() { "; Secure" } else { "" };
    let cookie = format!("{name}={value}; Path={path}; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}");
    if let Ok(value) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}

pub async fn sign_out(ask: Ask, posted: Posted) -> Response {
    ask.act(posted, |visit, _| {
        if let Some(secret) = visit.ask.cookie(SESSION) {
            visit.engine().sign_out(&visit.actor, secret)?;
        }
        let mut response = redirect(visit.ask, "/sign-in");
        set_session(visit.ask, &mut response, None);
        Ok(response)
    })
    .await
}

pub async fn first_page(Path(secret): Path<String>, ask: Ask) -> Response {
    ask.open(move |ask| {
        if !ask.app.engine.is_first_visit(&secret)? {
            return Err(Error::Missing);
        }
        answer::html(first_form(ask, &secret, &Posted::default(), &[]))
    })
    .await
}

pub async fn first_submit(Path(secret): Path<String>, ask: Ask, posted: Posted) -> Response {
    ask.open(move |ask| {
        let engine = &ask.app.engine;
        if !engine.is_first_visit(&secret)? {
            return Err(Error::Missing);
        }
        let made = first_administrator(ask, &posted);
        match made {
            Ok(session) => {
                let mut response = redirect(ask, "/");
                set_session(ask, &mut response, Some(&session));
                Ok(response)
            }
            Err(Error::Refused(problems)) => {
                Ok(with_status(StatusCode::UNPROCESSABLE_ENTITY, first_form(ask, &secret, &posted, &problems)))
            }
            Err(other) => Err(other),
        }
    })
    .await
}

fn first_administrator(ask: &Ask, posted: &Posted) -> Result<String> {
    let engine = &ask.app.engine;
    if posted.first("company").trim().is_empty() {
        return Err(Error::refused("company", "required", "Fill this in"));
    }
    let new = NewUser {
        name: posted.first("name"),
        email: posted.first("email"),
        roles: &["admin"],
        team: None,
        password: Some(posted.first("password")),
    };
    let program = Actor { language: ask.language(), ..Actor::program() };
    let user = engine.create_user(&program, &new)?;
    engine.set_setting("company", posted.first("company").trim())?;
    engine.open_session(user, caller(ask))
}

fn first_form(ask: &Ask, secret: &str, posted: &Posted, problems: &[Problem]) -> Markup {
    let words = ask.app.words.of(ask.language());
    let field = |name: &'static str, label, kind: &'static str, autocomplete: &'static str| FormField {
        name: name.into(),
        label,
        widget: Widget::Text {
            value: if kind == "password" { "".into() } else { posted.first(name).to_owned().into() },
            kind,
            autocomplete,
            max: 200,
            code: false,
        },
        note: problems
            .iter()
            .find(|problem| problem.field.as_deref() == Some(name))
            .map(|problem| note(words, problem)),
        required: true,
        wide: true,
        autofocus: name == "company",
        ..FormField::default()
    };
    let least = ask.app.engine.password_least().unwrap_or(engine::passwords::FEWEST);
    let password = words.text(&say!("Password, at least {count} characters", count = least));
    let fields = vec![
        field("company", words.say("Your company"), "text", "organization"),
        field("name", words.say("Your name"), "text", "name"),
        field("email", words.say("E-mail"), "email", "email"),
        field("password", password.into(), "password", "new-password"),
    ];
    let form = ui::form(&Form {
        id: "first".into(),
        title: words.say("Welcome to Bottega"),
        action: format!("/start/{secret}").into(),
        sections: vec![FormSection {
            note: words.say("You will be the administrator."),
            fields,
            ..FormSection::default()
        }],
        buttons: vec![submit_button(words.say("Begin"))],
        narrow: true,
        ..Form::default()
    });
    shell::bare(ask, &words.say("Welcome to Bottega"), form)
}
