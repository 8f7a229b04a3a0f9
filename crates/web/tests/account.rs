//! One's own account in the browser: sessions ended, tokens made and used and over, and the access log.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod router;

use axum::http::{Method, StatusCode};
use engine::sign_in::session_key;
use serde_json::json;
use testkit::world::{Someone, World, on_both};
use totp_rs::{Builder, Secret, Totp};

use crate::router::{Asked, Reply};

struct Browser<'a> {
    asked: &'a Asked,
    session: String,
}

impl<'a> Browser<'a> {
    fn of(asked: &'a Asked, who: &Someone) -> Browser<'a> {
        Browser { asked, session: who.engine.open_session(who.rid(), "Firefox on Windows").unwrap() }
    }

    fn opens(&self, path: &str) -> Reply {
        self.asked.send(Method::GET, path, &[("cookie", &format!("session={}", self.session))], "")
    }

    fn posts(&self, path: &str, form: &str) -> Reply {
        let kind = ("content-type", "application/x-www-form-urlencoded");
        let body = format!("csrf={}&{form}", engine::sign_in::csrf(&self.session));
        self.asked.send(Method::POST, path, &[("cookie", &format!("session={}", self.session)), kind], body)
    }
}

fn between<'t>(text: &'t str, before: &str, after: &str) -> &'t str {
    let from = text.find(before).unwrap_or_else(|| panic!("no {before} in {text}")) + before.len();
    &text[from..from + text[from..].find(after).unwrap()]
}

#[test]
fn sessions_are_shown_in_words_and_ended_by_their_owner_and_by_administrators() {
    on_both(|world| {
        let asked = Asked::new(&world.engine, false);
        let (here, there) = (Browser::of(&asked, &world.seller), Browser::of(&asked, &world.seller));
        let page = here.opens("/account").text();
        assert!(page.contains("Firefox su Windows") && page.contains("questa"), "{page}");
        let end = session_key(&there.session);
        let user = world.engine.user(world.seller.rid()).unwrap().unwrap().id;
        let other = Browser::of(&asked, &world.colleague);
        let place = format!("/users/{user}/account");
        assert_eq!(other.opens(&place).status, StatusCode::NOT_FOUND);
        assert_eq!(other.posts(&format!("{place}/sessions/{end}/end"), "").status, StatusCode::NOT_FOUND);
        assert_eq!(there.opens("/account").status, StatusCode::OK);
        assert_eq!(here.posts(&format!("{place}/sessions/{end}/end"), "").status, StatusCode::SEE_OTHER);
        assert_eq!(there.opens("/account").status, StatusCode::SEE_OTHER, "to the sign-in");
        let admin = Browser::of(&asked, &world.admin);
        assert!(admin.opens(&place).text().contains("Firefox su Windows"));
        assert_eq!(admin.posts(&format!("{place}/sessions/end"), "").status, StatusCode::SEE_OTHER);
        assert_eq!(here.opens("/account").status, StatusCode::SEE_OTHER);
        assert_eq!(admin.opens("/account").status, StatusCode::OK);
    });
}

#[test]
fn a_token_is_shown_once_holds_to_its_role_and_is_told_to_be_over() {
    on_both(|world| {
        let asked = Asked::new(&world.engine, false);
        let seller = Browser::of(&asked, &world.seller);
        let made = world.seller.creates("probes", json!({ "name": "x" }));
        let refused = seller.posts("/account/tokens/new", "name=&role=&until=");
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.text().contains("Scrivi a che cosa serve"));
        let wrong = seller.posts("/account/tokens/new", "name=a&role=&until=31%2F12");
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        let page = seller.posts("/account/tokens/new", "name=gestionale&role=viewer&until=2199-12-31").text();
        let secret = between(&page, "<code>", "</code>").to_owned();
        let listed = seller.opens("/account").text();
        assert!(listed.contains("gestionale") && listed.contains("31/12/2199") && !listed.contains(&secret));
        let send = |method: Method, body: &str| {
            let path = format!("/api/v1/probes/{}", made.id);
            let bearer = format!("Bearer {secret}");
            let headers = [("authorization", bearer.as_str()), ("content-type", "application/json"), ("if-match", "1")];
            asked.send(method, &path, &headers, body.to_owned())
        };
        assert_eq!(send(Method::GET, "").status, StatusCode::OK);
        let change = r#"{"version": 1, "fields": {"name": "y"}}"#;
        assert_eq!(send(Method::PATCH, change).status, StatusCode::FORBIDDEN, "a viewer changes nothing");

        let past = store::Sql::new("UPDATE token SET ends_at = 0");
        world.engine.store.write(store::Lane::People, |tx| tx.execute(&past)).unwrap();
        let over = send(Method::GET, "");
        assert_eq!(over.status, StatusCode::UNAUTHORIZED);
        assert!(over.headers["www-authenticate"].to_str().unwrap().contains("invalid_token"));
        assert!(over.text().contains("scaduto il 01/01/1970"), "{}", over.text());

        let key = session_key(&secret);
        assert!(listed.contains(&format!("{key}/revocation")));
        let user = world.engine.user(world.seller.rid()).unwrap().unwrap().id;
        let place = format!("/users/{user}/account/tokens/{key}/revocation");
        assert_eq!(Browser::of(&asked, &world.colleague).posts(&place, "").status, StatusCode::NOT_FOUND);
        let admin = Browser::of(&asked, &world.admin);
        assert!(admin.opens("/settings/tokens").text().contains("gestionale"));
        assert_eq!(seller.opens("/settings/tokens").status, StatusCode::FORBIDDEN);
        assert_eq!(admin.posts(&place, "").status, StatusCode::SEE_OTHER);
        assert!(!admin.opens("/settings/tokens").text().contains("gestionale"));
    });
}

#[test]
fn administrators_read_the_access_log_and_take_it_away_as_a_file() {
    let world = World::sqlite();
    let asked = Asked::new(&world.engine, false);
    let (admin, seller) = (Browser::of(&asked, &world.admin), Browser::of(&asked, &world.seller));
    let made = world.seller.creates("probes", json!({ "name": "Mia" }));
    assert_eq!(seller.opens("/settings/access-log").status, StatusCode::FORBIDDEN);
    assert_eq!(seller.posts("/settings/access-log", "days=1").status, StatusCode::FORBIDDEN);
    assert_eq!(admin.posts("/settings/access-log", "days=30&looks=&looks=probes").status, StatusCode::SEE_OTHER);
    assert_eq!(seller.opens("/probes/export/csv?q=Mia").status, StatusCode::OK);
    assert_eq!(seller.opens(&format!("/probes/{}", made.id)).status, StatusCode::OK);
    world.engine.write_looks().unwrap();
    let page = admin.opens("/settings/access-log").text();
    assert!(
        page.contains("href=\"/probes?q=Mia\"") && page.contains("1 riga"),
        "{}",
        between(&page, "<tbody>", "</tbody>")
    );
    assert!(page.contains("Consultazione") && page.contains(&format!("/probes/{}", made.id)));
    let exported = admin.opens("/settings/access-log?what=exported").text();
    assert!(!exported.contains(&format!("/probes/{}", made.id)));
    let day = world.admin.actor.today().succ_opt().unwrap();
    assert!(admin.opens(&format!("/settings/access-log?from={day}")).text().contains("Non è successo niente"));
    let file = admin.opens("/settings/access-log/csv");
    assert!(file.headers["content-disposition"].to_str().unwrap().contains("access-log-"));
    assert_eq!(file.text().lines().count(), 3, "{}", file.text());
}

#[test]
fn whoever_has_a_password_that_another_chose_is_led_to_choose_one_first() {
    on_both(|world| {
        let asked = Asked::new(&world.engine, false);
        let admin = Browser::of(&asked, &world.admin);
        let seller = world.engine.user(world.seller.rid()).unwrap().unwrap();
        let place = format!("/users/{}/password", seller.id);
        let refused = admin.posts(&place, "password=1234567890");
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.text().contains("prime che si provano"));
        assert_eq!(admin.posts(&place, "password=detta+a+voce+qui").status, StatusCode::SEE_OTHER);
        let browser = Browser::of(&asked, &world.seller);
        for path in ["/", "/probes", "/account", "/settings"] {
            let led = browser.opens(path);
            assert_eq!(
                (led.status, led.headers["location"].to_str().unwrap()),
                (StatusCode::SEE_OTHER, place.as_str())
            );
        }
        assert_eq!(browser.posts("/probes", "name=x").headers["location"], place.as_str());
        assert!(world.admin.lists("probes").is_empty());
        let page = browser.opens(&place).text();
        assert!(page.contains("l'ha scelta un altro"), "{page}");
        let done = browser.posts(&place, "current=detta+a+voce+qui&password=scelta+da+me+stesso");
        assert_eq!(done.headers["location"], "/", "{}", done.text());
        assert_eq!(Browser::of(&asked, &world.seller).opens("/probes").status, StatusCode::OK);
    });
}

#[test]
fn a_link_lets_its_user_choose_a_password_once_and_looks_the_same_when_it_never_was() {
    on_both(|world| {
        let asked = Asked::new(&world.engine, false);
        let seller = world.engine.user(world.seller.rid()).unwrap().unwrap();
        let place = format!("/users/{}/account/link", seller.id);
        assert_eq!(Browser::of(&asked, &world.colleague).posts(&place, "").status, StatusCode::NOT_FOUND);
        assert_eq!(Browser::of(&asked, &world.seller).posts(&place, "").status, StatusCode::FORBIDDEN);
        let admin = Browser::of(&asked, &world.admin);
        let page = admin.posts(&place, "").text();
        let link = format!("/reset/{}", between(&page, "/reset/", "<"));
        let open = |path: &str| asked.send(Method::GET, path, &[], "");
        let post = |password: &str| {
            let kind = ("content-type", "application/x-www-form-urlencoded");
            asked.send(Method::POST, &link, &[kind], format!("password={password}"))
        };
        assert!(open(&link).text().contains("seller@example.it"));
        assert_eq!(post("corta").status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(post("una+frase+nuova").status, StatusCode::OK);
        let (used, never) = (open(&link), open("/reset/0000"));
        assert_eq!((used.status, used.text()), (StatusCode::NOT_FOUND, never.text()));
        assert_eq!(post("un%27altra+frase").status, StatusCode::NOT_FOUND);
        let kind = ("content-type", "application/x-www-form-urlencoded");
        let form = "name=seller%40example.it&password=una+frase+nuova".to_owned();
        assert_eq!(asked.send(Method::POST, "/sign-in", &[kind], form).status, StatusCode::SEE_OTHER);
    });
}

#[test]
fn the_administrator_says_how_long_passwords_are() {
    let world = World::sqlite();
    let asked = Asked::new(&world.engine, false);
    let (admin, seller) = (Browser::of(&asked, &world.admin), Browser::of(&asked, &world.seller));
    assert_eq!(seller.opens("/settings/sign-in").status, StatusCode::FORBIDDEN);
    assert_eq!(seller.posts("/settings/sign-in", "least=12").status, StatusCode::FORBIDDEN);
    for wrong in ["7", "65", "many", ""] {
        let refused = admin.posts("/settings/sign-in", &format!("least={wrong}"));
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
    }
    assert_eq!(admin.posts("/settings/sign-in", "least=12").status, StatusCode::SEE_OTHER);
    assert_eq!(world.engine.password_least().unwrap(), 12);
}

/// What an app shows now that was told the letters of a page.
fn app(page: &str) -> Totp {
    let letters: String = between(page, "class=\"secret\"><code>", "</code>").split(' ').collect();
    Builder::new().with_secret(Secret::try_from_base32(&letters).unwrap()).build().unwrap()
}

fn code(app: &Totp, steps: i64) -> String {
    app.generate(u64::try_from(base::clock::now().timestamp() + 30 * steps).unwrap()).to_string()
}

#[test]
fn the_second_step_is_asked_for_after_the_password_and_what_was_written_comes_through() {
    on_both(|world| {
        let asked = Asked::new(&world.engine, false);
        let user = world.engine.user(world.seller.rid()).unwrap().unwrap();
        world.engine.change_password(&world.program.actor, &user, "una frase lunga").unwrap();
        let browser = Browser::of(&asked, &world.seller);
        assert!(browser.opens("/account").text().contains("Attivalo"));
        assert_eq!(browser.posts("/account/second-step", "").status, StatusCode::SEE_OTHER);
        let page = browser.opens("/account/second-step").text();
        assert!(page.contains("src=\"data:image/svg+xml;base64,"), "a picture for the app");
        let app = app(&page);
        let wrong = browser.posts("/account/second-step/confirmation", "code=000");
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        let on = browser.posts("/account/second-step/confirmation", &format!("code={}", code(&app, -1)));
        let first = between(&on.text(), "<li><code>", "</code>").to_owned();
        assert!(browser.opens("/account").text().contains("rimasti: 10"));

        let send = |path: &str, form: &str| {
            let kind = ("content-type", "application/x-www-form-urlencoded");
            asked.send(Method::POST, path, &[kind], form.to_owned())
        };
        let password = "name=seller%40example.it&password=una+frase+lunga";
        let step = |reply: &Reply| between(&reply.text(), "name=\"step\" value=\"", "\"").to_owned();
        let second = send("/sign-in", &format!("{password}&resume=%2Fprobes&resume.name=Nuova"));
        assert!(second.headers.get("set-cookie").is_none(), "nobody is in yet");
        let waiting = step(&second);
        let rest = "resume=%2Fprobes&resume.name=Nuova";
        let refused = send("/sign-in/code", &format!("step={waiting}&code=000000&{rest}"));
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(step(&refused), waiting);
        let inside = send("/sign-in/code", &format!("step={waiting}&code={}&{rest}", code(&app, 0)));
        assert!(inside.headers["set-cookie"].to_str().unwrap().starts_with("session="));
        assert!(inside.text().contains("Bentornat") && inside.text().contains("Nuova"), "{}", inside.text());
        let led =
            send("/sign-in/code", &format!("step={}&code={first}&next=%2Fprobes", step(&send("/sign-in", password))));
        assert_eq!(led.headers["location"], "/probes", "by a recovery code");
        let over = send("/sign-in/code", &format!("step={waiting}&code={}", code(&app, 1)));
        assert!(over.text().contains("ricomincia dalla password"), "{}", over.text());

        assert_eq!(browser.posts("/account/second-step/change", "what=off&current=indovinata").status, 422);
        let codes = browser.posts("/account/second-step/change", "what=codes&current=una+frase+lunga").text();
        assert!(!codes.contains(&first) && codes.contains("Codici di recupero"));
        let off = browser.posts("/account/second-step/change", "what=off&current=una+frase+lunga");
        assert_eq!(off.status, StatusCode::SEE_OTHER);
        assert_eq!(send("/sign-in", password).status, StatusCode::SEE_OTHER, "in by the password alone");
    });
}

#[test]
fn a_role_leads_to_the_second_step_and_an_administrator_takes_it_off() {
    on_both(|world| {
        let asked = Asked::new(&world.engine, false);
        let (admin, seller) = (Browser::of(&asked, &world.admin), Browser::of(&asked, &world.seller));
        let saved = admin.posts("/settings/sign-in", "least=10&roles=&roles=seller");
        assert_eq!(saved.status, StatusCode::SEE_OTHER);
        assert_eq!(admin.opens("/probes").status, StatusCode::OK, "no administrator");
        assert_eq!(seller.opens("/probes").headers["location"], "/account/second-step");
        assert!(seller.opens("/account/second-step").text().contains("Il tuo ruolo lo richiede"));
        seller.posts("/account/second-step", "");
        let app = app(&seller.opens("/account/second-step").text());
        seller.posts("/account/second-step/confirmation", &format!("code={}", code(&app, 0)));
        assert_eq!(seller.opens("/probes").status, StatusCode::OK);
        let id = world.engine.user(world.seller.rid()).unwrap().unwrap().id;
        let end = format!("/users/{id}/account/second-step/end");
        assert_eq!(Browser::of(&asked, &world.colleague).posts(&end, "").headers["location"], "/account/second-step");
        assert_eq!(admin.posts(&end, "").status, StatusCode::SEE_OTHER);
        assert_eq!(seller.opens("/probes").headers["location"], "/account/second-step");
    });
}

#[test]
fn a_forgotten_password_is_offered_where_mail_can_be_sent_and_answered_the_same_to_all() {
    on_both(|world| {
        let asked = Asked::new(&world.engine, false);
        let open = |path: &str| asked.send(Method::GET, path, &[], "");
        let post = |name: &str| {
            let kind = ("content-type", "application/x-www-form-urlencoded");
            asked.send(Method::POST, "/sign-in/forgotten", &[kind], format!("name={name}"))
        };
        assert!(!open("/sign-in").text().contains("/sign-in/forgotten"));
        assert_eq!(open("/sign-in/forgotten").status, StatusCode::NOT_FOUND);
        assert_eq!(post("seller%40example.it").status, StatusCode::NOT_FOUND);
        let mail = json!({
            "host": "smtp.example.it", "port": 587, "security": "start_tls", "user": "", "sender": "crm@example.it",
            "sender_name": "", "address": "https://crm.example.it",
        });
        world.engine.set_setting("mail", &mail.to_string()).unwrap();
        assert!(open("/sign-in").text().contains("/sign-in/forgotten"));
        assert!(open("/sign-in/forgotten").text().contains("Manda il collegamento"));
        let (known, unknown) = (post("seller%40example.it"), post("nobody%40example.it"));
        assert_eq!((known.status, unknown.status), (StatusCode::OK, StatusCode::OK));
        assert_eq!(known.text(), unknown.text());
    });
}
