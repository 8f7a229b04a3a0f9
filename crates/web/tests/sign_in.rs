//! What a browser meets on its way in and out, on both databases: cookies, tokens of forms, the end of sessions.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod router;

use axum::http::{HeaderMap, Method, StatusCode};
use engine::users::NewUser;
use serde_json::json;
use testkit::world::{Made, World, on_both};

use crate::router::Asked;

const PASSWORD: &str = "una frase lunga";

struct Web(Asked);

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    text: String,
}

impl Answer {
    /// The cookie that was set under a name, with its attributes.
    fn cookie(&self, name: &str) -> Option<String> {
        let set = self.headers.get_all("set-cookie").iter().filter_map(|value| value.to_str().ok());
        set.filter(|cookie| cookie.starts_with(&format!("{name}="))).map(str::to_owned).next()
    }

    /// Its value.
    fn secret(&self, name: &str) -> String {
        let cookie = self.cookie(name).unwrap_or_else(|| panic!("no cookie {name}: {}", self.text));
        cookie[name.len() + 1..].split(';').next().unwrap().to_owned()
    }
}

impl Web {
    fn of(world: &World, secure: bool) -> Web {
        let new =
            NewUser { name: "Ada", email: "ada@example.it", roles: &["seller"], team: None, password: Some(PASSWORD) };
        world.engine.create_user(&world.admin.actor, &new).unwrap();
        Web(Asked::new(&world.engine, secure))
    }

    fn send(&self, method: Method, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let form = Some(("content-type", "application/x-www-form-urlencoded"));
        let form = form.filter(|_| !headers.iter().any(|(name, _)| *name == "content-type"));
        let headers: Vec<(&str, &str)> = form.into_iter().chain(headers.iter().copied()).collect();
        let reply = self.0.send(method, path, &headers, body.to_owned());
        Answer { text: reply.text(), status: reply.status, headers: reply.headers }
    }

    fn sign_in(&self, headers: &[(&str, &str)]) -> Answer {
        let form = format!("name=ada%40example.it&password={}", PASSWORD.replace(' ', "+"));
        self.send(Method::POST, "/sign-in", headers, &form)
    }

    /// Whether a session opens the list of probes.
    fn opens(&self, session: &str) -> bool {
        let answer = self.send(Method::GET, "/probes", &[("cookie", &format!("session={session}"))], "");
        answer.status == StatusCode::OK
    }

    /// Tries to make a record with a form.
    fn posts(&self, session: &str, csrf: &str, headers: &[(&str, &str)]) -> Answer {
        let cookie = format!("session={session}");
        let headers: Vec<(&str, &str)> = [("cookie", cookie.as_str())].into_iter().chain(headers.to_vec()).collect();
        self.send(Method::POST, "/probes", &headers, &format!("csrf={csrf}&name=Nuova"))
    }
}

#[test]
fn the_cookies_of_a_session_are_out_of_reach_of_scripts_and_other_sites() {
    let world = World::sqlite();
    let web = Web::of(&world, false);
    let set = web.sign_in(&[]).cookie("session").unwrap();
    for flag in ["Path=/;", "HttpOnly", "SameSite=Lax", "Max-Age=1209600"] {
        assert!(set.contains(flag), "{flag}: {set}");
    }
    assert!(!set.contains("Secure"), "on loopback without TLS: {set}");
    let device = web.sign_in(&[]).cookie("device").unwrap();
    assert!(device.contains("Path=/sign-in; HttpOnly; SameSite=Lax"), "{device}");
    let behind = web.sign_in(&[("x-forwarded-proto", "https")]).cookie("session").unwrap();
    assert!(behind.contains("; Secure"), "behind a proxy that speaks TLS: {behind}");
    let elsewhere = World::sqlite();
    let served = Web::of(&elsewhere, true).sign_in(&[]);
    assert!(served.cookie("session").unwrap().contains("; Secure"));
    assert!(served.cookie("device").unwrap().contains("; Secure"));
}

#[test]
fn a_session_that_was_there_before_is_not_the_one_after() {
    on_both(|world| {
        let web = Web::of(world, false);
        let planted = web.sign_in(&[("cookie", "session=planted")]).secret("session");
        assert_ne!(planted, "planted");
        assert!(!web.opens("planted") && web.opens(&planted));
        let first = web.sign_in(&[]).secret("session");
        let second = web.sign_in(&[("cookie", &format!("session={first}"))]).secret("session");
        assert_ne!(first, second);
        assert!(web.opens(&second) && !web.opens(&first), "the former one is over");
        assert!(web.opens(&planted), "another browser stays signed in");
    });
}

#[test]
fn what_comes_without_the_token_of_the_session_is_not_heard() {
    on_both(|world| {
        let web = Web::of(world, false);
        let (session, other) = (web.sign_in(&[]).secret("session"), web.sign_in(&[]).secret("session"));
        let csrf = engine::sign_in::csrf(&session);
        for wrong in ["", "0", &engine::sign_in::csrf(&other), &session] {
            assert_eq!(web.posts(&session, wrong, &[]).status, StatusCode::FORBIDDEN, "{wrong}");
            assert_eq!(web.posts(&session, "", &[("x-csrf-token", wrong)]).status, StatusCode::FORBIDDEN, "{wrong}");
        }
        for site in ["cross-site", "same-site"] {
            assert_eq!(web.posts(&session, &csrf, &[("sec-fetch-site", site)]).status, StatusCode::FORBIDDEN);
            let signed_in = web.sign_in(&[("sec-fetch-site", site)]);
            assert_eq!(signed_in.status, StatusCode::FORBIDDEN, "nobody is signed in by another site");
            assert_eq!(signed_in.cookie("session"), None);
        }
        assert!(world.admin.lists("probes").is_empty(), "nothing was made");
        let done = web.posts(&session, &csrf, &[("sec-fetch-site", "same-origin")]);
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
        assert_eq!(world.admin.lists("probes"), ["Nuova"]);
    });
}

#[test]
fn every_address_that_changes_something_asks_for_the_token() {
    let world = World::sqlite();
    let web = Web::of(&world, false);
    let made = world.admin.creates("probes", json!({ "name": "Vecchia", "open_to_all": true }));
    let session = world.engine.open_session(world.admin.rid(), "").unwrap();
    let cookie = format!("session={session}");
    let id = made.id;
    for path in [
        "/sign-out".to_owned(),
        "/language/en".to_owned(),
        format!("/operations/{id}/undo"),
        format!("/views/{id}/deletion"),
        "/probes".to_owned(),
        "/probes/views".to_owned(),
        "/probes/bulk/deletion".to_owned(),
        "/probes/bulk/restoration".to_owned(),
        "/probes/bulk/values".to_owned(),
        "/probes/bulk/gathering".to_owned(),
        "/probes/bulk/assignment".to_owned(),
        "/probes/look-alikes".to_owned(),
        "/probes/bulk/merge".to_owned(),
        "/probes/merge".to_owned(),
        "/trash/days".to_owned(),
        "/account/tokens/new".to_owned(),
        "/account/second-step".to_owned(),
        "/account/second-step/confirmation".to_owned(),
        "/account/second-step/change".to_owned(),
        format!("/users/{id}/account/link"),
        format!("/users/{id}/account/second-step/end"),
        format!("/users/{id}/account/sessions/end"),
        format!("/users/{id}/account/sessions/{id}/end"),
        format!("/users/{id}/account/tokens/{id}/revocation"),
        format!("/users/{id}/password"),
        "/settings/sign-in".to_owned(),
        "/settings/access-log".to_owned(),
        format!("/probes/{id}/joining"),
        format!("/bulk/{id}/cancellation"),
        format!("/bulk/{id}/undo"),
        format!("/probes/{id}"),
        format!("/probes/{id}/deletion"),
        format!("/probes/{id}/restoration"),
        format!("/probes/{id}/fields/name"),
        format!("/imports/{id}"),
        format!("/imports/{id}/columns"),
        format!("/imports/{id}/duplicates"),
        format!("/imports/{id}/cancellation"),
        format!("/imports/{id}/deletion"),
    ] {
        let answer = web.send(Method::POST, &path, &[("cookie", &cookie)], "name=x");
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}: {}", answer.text);
    }
    let kind = ("content-type", "multipart/form-data; boundary=x");
    let parts =
        "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\nName\r\nA\r\n--x--\r\n";
    let sent = web.send(Method::POST, "/probes/import", &[("cookie", &cookie), kind], parts);
    assert_eq!(sent.status, StatusCode::FORBIDDEN, "{}", sent.text);
    assert!(web.opens(&session));
    assert_eq!(world.admin.lists("probes"), ["Vecchia"]);
}

#[test]
fn who_signs_out_is_out_on_the_server_too() {
    on_both(|world| {
        let web = Web::of(world, false);
        let session = web.sign_in(&[]).secret("session");
        let cookie = format!("session={session}");
        let form = format!("csrf={}", engine::sign_in::csrf(&session));
        let out = web.send(Method::POST, "/sign-out", &[("cookie", &cookie)], &form);
        assert!(out.cookie("session").unwrap().contains("Max-Age=0"));
        assert!(!web.opens(&session), "whoever kept a copy of the cookie has nothing");
        let page = web.send(Method::GET, "/probes?q=x", &[("cookie", &cookie)], "");
        assert_eq!(page.headers["location"], "/sign-in?next=%2Fprobes%3Fq%3Dx");
    });
}

#[test]
fn a_user_who_is_disabled_is_out_at_once_in_the_browser_and_through_the_api() {
    on_both(|world| {
        let web = Web::of(world, false);
        let session = web.sign_in(&[]).secret("session");
        let ada = world.engine.user_named("ada@example.it").unwrap().unwrap();
        let token = world.engine.create_token(ada.rid, "script").unwrap();
        let asks = || {
            let bearer = format!("Bearer {token}");
            web.send(Method::GET, "/api/v1/probes", &[("authorization", &bearer)], "").status
        };
        assert!(web.opens(&session));
        assert_eq!(asks(), StatusCode::OK);
        let made = Made {
            rid: ada.rid,
            id: ada.id,
            version: 1,
            entity: "user",
            path: "users",
            operation: None,
            warnings: Vec::new(),
        };
        world.admin.tries_to_change(&made, json!({ "active": false })).unwrap();
        assert!(!web.opens(&session));
        assert_eq!(asks(), StatusCode::UNAUTHORIZED);
        assert_eq!(web.sign_in(&[]).status, StatusCode::UNPROCESSABLE_ENTITY);
    });
}

#[test]
fn too_many_attempts_are_told_in_words_and_a_known_browser_still_comes_in() {
    let world = World::sqlite();
    let web = Web::of(&world, false);
    let device = web.sign_in(&[]).secret("device");
    let wrong =
        |headers: &[(&str, &str)]| web.send(Method::POST, "/sign-in", headers, "name=ada%40example.it&password=x");
    for _ in 0..8 {
        assert_eq!(wrong(&[]).status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    assert!(wrong(&[]).text.contains("Troppi tentativi"), "{}", wrong(&[]).text);
    assert_eq!(web.sign_in(&[]).status, StatusCode::UNPROCESSABLE_ENTITY);
    let known = web.sign_in(&[("cookie", &format!("device={device}"))]);
    assert_eq!(known.status, StatusCode::SEE_OTHER, "{}", known.text);
}

#[test]
fn one_is_led_to_addresses_of_this_program_only() {
    let world = World::sqlite();
    let web = Web::of(&world, false);
    for (next, led) in [
        ("%2Fprobes%3Fq%3Dx", "/probes?q=x"),
        ("https%3A%2F%2Fevil.example", "/"),
        ("%2F%2Fevil.example", "/"),
        ("%2F%5Cevil.example", "/"),
    ] {
        let form = format!("name=ada%40example.it&password={}&next={next}", PASSWORD.replace(' ', "+"));
        let answer = web.send(Method::POST, "/sign-in", &[], &form);
        assert_eq!(answer.headers["location"], led, "{next}");
    }
}
