//! Sessions and tokens as their owners and administrators look after them, and the access log.

use base::{Error, Rid};
use chrono::Duration;
use engine::access_log::{Asked, Entry, What};
use engine::mail::{MailSettings, Security};
use engine::sign_in::{Caller, Must, NewToken, Shown, session_key};
use engine::users::NewUser;
use engine::{Actor, Channel, Query};
use meta::access::Verb;
use serde_json::json;
use store::{Lane, Sql};
use testkit::world::{Made, World, on_both};

const PASSWORD: &str = "una frase lunga";

/// Ada, who signs in as a manager, as one who acts.
fn ada(world: &World) -> Actor {
    let new =
        NewUser { name: "Ada", email: "ada@example.it", roles: &["manager"], team: None, password: Some(PASSWORD) };
    let rid = world.engine.create_user(&world.admin.actor, &new).unwrap();
    world.engine.actor(&world.engine.user(rid).unwrap().unwrap(), Channel::Form).unwrap()
}

fn from<'a>(address: &'a str, agent: &'a str) -> Caller<'a> {
    Caller { address, agent, device: "" }
}

fn log(world: &World, asked: &Asked) -> Vec<Entry> {
    world.engine.access_log(&world.admin.actor, asked, None, 100).unwrap()
}

fn run(world: &World, sql: Sql) {
    world.engine.store.write(Lane::People, |tx| tx.execute(&sql)).unwrap();
}

fn is_missing<T>(done: base::Result<T>) -> bool {
    matches!(done, Err(Error::Missing))
}

#[test]
fn one_sees_where_one_is_signed_in_and_ends_it_there() {
    on_both(|world| {
        let (engine, ada) = (&world.engine, ada(world));
        let user = ada.person.user;
        let open = |address, agent| {
            engine.sign_in("ada@example.it", PASSWORD, from(address, agent)).unwrap().signed_in().unwrap().session
        };
        let (office, phone, home) =
            (open("10.0.0.1", "Firefox"), open("10.0.0.2", "Phone"), open("10.0.0.3", "Safari"));
        let sessions = engine.sessions(&ada, user).unwrap();
        let mut seen: Vec<(&str, &str)> =
            sessions.iter().map(|session| (session.address.as_str(), session.agent.as_str())).collect();
        seen.sort_unstable();
        assert_eq!(seen, [("10.0.0.1", "Firefox"), ("10.0.0.2", "Phone"), ("10.0.0.3", "Safari")]);
        engine.end_session(&ada, user, &session_key(&phone)).unwrap();
        assert!(engine.session(&phone).unwrap().is_none());
        assert!(is_missing(engine.end_session(&ada, user, &session_key(&phone))), "it ends once");
        assert_eq!(engine.end_sessions(&ada, user, &session_key(&office)).unwrap(), 1);
        assert!(engine.session(&home).unwrap().is_none() && engine.session(&office).unwrap().is_some());
        // Nobody else has anything to look for there, but administrators.
        assert!(is_missing(engine.sessions(&world.seller.actor, user)));
        assert!(is_missing(engine.end_session(&world.seller.actor, user, &session_key(&office))));
        assert!(is_missing(engine.end_session(&ada, world.seller.rid(), &session_key(&office))), "not the seller's");
        assert_eq!(engine.end_sessions(&world.admin.actor, user, "").unwrap(), 1);
        assert!(engine.session(&office).unwrap().is_none());
        assert!(is_missing(engine.end_session(&ada, user, "no hexadecimal")));
    });
}

#[test]
fn a_user_removed_on_one_node_is_out_at_the_next_request_on_another() {
    on_both(|world| {
        let (here, there, ada) = (&world.engine, world.second_engine(), ada(world));
        let session =
            here.sign_in("ada@example.it", PASSWORD, from("10.0.0.1", "")).unwrap().signed_in().unwrap().session;
        let token = here.add_token(&ada, &NewToken { name: "script", ..NewToken::default() }).unwrap();
        assert!(there.session(&session).unwrap().is_some() && there.token(&token).unwrap().is_some());
        let user = here.user_named("ada@example.it").unwrap().unwrap();
        let made = Made {
            rid: user.rid,
            id: user.id,
            version: 1,
            entity: "user",
            path: "users",
            operation: None,
            warnings: Vec::new(),
        };
        world.admin.deletes(&made);
        assert!(there.session(&session).unwrap().is_none() && there.token(&token).unwrap().is_none());
        assert!(matches!(there.shown_token(&token).unwrap(), Shown::Unknown));
    });
}

#[test]
fn a_token_does_what_its_role_lets_it_and_never_more_than_its_user_may() {
    on_both(|world| {
        let (engine, ada) = (&world.engine, ada(world));
        let rights = |role| {
            let secret = engine.add_token(&ada, &NewToken { name: "script", role, until: None }).unwrap();
            engine.token(&secret).unwrap().unwrap().actor
        };
        let made = world.colleague.creates("probes", json!({ "name": "x" }));
        let may = |actor: &Actor, verb| engine.may(actor, "probes", made.rid, verb).unwrap();
        let looker = rights("viewer");
        assert!(may(&looker, Verb::View) && !may(&looker, Verb::Change) && !may(&looker, Verb::Export));
        let all = rights("");
        assert!(may(&all, Verb::Change) && may(&all, Verb::Export));
        let admin = rights("admin");
        assert!(!admin.person.rights.admin && may(&admin, Verb::Change), "no more than a manager");
        let seller = rights("seller");
        assert!(!may(&seller, Verb::View), "only what is Ada's own");
    });
}

#[test]
fn a_token_is_listed_with_its_use_and_is_no_good_after_its_end_or_once_revoked() {
    on_both(|world| {
        let (engine, ada) = (&world.engine, ada(world));
        let user = ada.person.user;
        let code = |new: &NewToken| match engine.add_token(&ada, new) {
            Err(Error::Refused(problems)) => problems[0].code,
            other => panic!("{other:?}"),
        };
        let today = ada.today();
        assert_eq!(code(&NewToken { name: " ", ..NewToken::default() }), "required");
        assert_eq!(code(&NewToken { name: "a", role: "emperor", until: None }), "unknown");
        assert_eq!(code(&NewToken { name: "a", role: "", until: today.pred_opt() }), "past");
        let secret =
            engine.add_token(&ada, &NewToken { name: " gestionale ", role: "viewer", until: Some(today) }).unwrap();
        let only = |who: &Actor| engine.tokens(who, user).unwrap().remove(0);
        let token = only(&ada);
        assert_eq!((token.name.as_str(), token.role.as_deref(), token.seen_at), ("gestionale", Some("viewer"), None));
        assert!(token.ends_at.is_some_and(|end| end > base::clock::now()), "to the end of the day");
        engine.token(&secret).unwrap().unwrap();
        assert!(only(&world.admin.actor).seen_at.is_some());
        assert!(is_missing(engine.tokens(&world.seller.actor, user)));
        assert_eq!(engine.all_tokens(&world.admin.actor).unwrap().len(), 1);
        assert!(engine.all_tokens(&ada).is_err());

        let past = base::clock::now() - Duration::seconds(1);
        run(world, Sql::new("UPDATE token SET ends_at = $1").with(past));
        assert!(engine.token(&secret).unwrap().is_none());
        assert!(matches!(engine.shown_token(&secret).unwrap(), Shown::Ended(at) if at == past));
        assert!(is_missing(engine.revoke_token(&world.seller.actor, user, &token.key)));
        assert!(is_missing(engine.revoke_token(&ada, world.seller.rid(), &token.key)));
        assert_eq!(engine.revoke_token(&world.admin.actor, user, &token.key).unwrap(), "gestionale");
        assert!(matches!(engine.shown_token(&secret).unwrap(), Shown::Unknown));
        assert!(engine.tokens(&ada, user).unwrap().is_empty());
    });
}

#[test]
fn the_log_says_who_came_in_from_where_and_who_tried() {
    on_both(|world| {
        let (engine, ada) = (&world.engine, ada(world));
        let sign_in = |name, password| engine.sign_in(name, password, from("10.0.0.7", "Firefox"));
        sign_in("ada@example.it", "wrong wrong wrong").unwrap_err();
        sign_in("nobody@example.it", PASSWORD).unwrap_err();
        let session = sign_in("ada@example.it", PASSWORD).unwrap().signed_in().unwrap().session;
        engine.sign_out(&ada.clone().from(from("10.0.0.7", "Firefox")), &session).unwrap();
        let told: Vec<(What, Option<Rid>)> =
            log(world, &Asked::default()).iter().map(|entry| (entry.what, entry.user)).collect();
        let user = Some(ada.person.user);
        assert_eq!(
            told,
            [(What::SignedOut, user), (What::SignedIn, user), (What::SignInFailed, None), (What::SignInFailed, user)]
        );
        let entries = log(world, &Asked { what: Some(What::SignedIn), ..Asked::default() });
        assert_eq!((entries.len(), entries[0].address.as_str(), entries[0].agent.as_str()), (1, "10.0.0.7", "Firefox"));
        assert_eq!(log(world, &Asked { user, ..Asked::default() }).len(), 3);
        let today = Asked { from: Some(ada.today()), to: Some(ada.today()), ..Asked::default() };
        assert_eq!(log(world, &today).len(), 4);
        let before = Asked { to: ada.today().pred_opt(), ..Asked::default() };
        assert!(log(world, &before).is_empty());
        assert!(engine.access_log(&ada, &Asked::default(), None, 1).is_err(), "for administrators");

        // Page by page, it is the same.
        let mut paged = Vec::new();
        let mut after = None;
        loop {
            let page = engine.access_log(&world.admin.actor, &Asked::default(), after, 1).unwrap();
            let Some(entry) = page.first() else { break };
            after = Some(entry.mark);
            paged.push((entry.what, entry.user));
        }
        assert_eq!(paged, told);
    });
}

#[test]
fn an_export_is_logged_with_its_filter_and_how_many_went_out() {
    on_both(|world| {
        world.seller.creates("probes", json!({ "name": "Mine" }));
        let export = |who: &Actor| {
            let words = base::Words::new(base::words::Language::En, &[]).unwrap();
            let format = engine::export::ExportFormat::Csv(sheet::CsvStyle::default());
            let query = Query { search: Some("Mine".to_owned()), ..Query::all("probes") };
            world.engine.export(who, &query, &[0], format, &words, Vec::new())
        };
        export(&world.seller.actor).unwrap();
        export(&world.operator.actor).unwrap_err();
        let entries = log(world, &Asked::default());
        assert_eq!(entries.len(), 1, "what was denied took nothing out");
        let entry = &entries[0];
        assert_eq!((entry.what, entry.user, entry.count), (What::Exported, Some(world.seller.rid()), Some(1)));
        assert_eq!(entry.path.as_deref(), Some("probes"));
        assert!(entry.note.as_deref().is_some_and(|note| note.contains("Mine")), "{:?}", entry.note);
    });
}

#[test]
fn looks_are_kept_where_an_administrator_wants_it_and_written_together() {
    on_both(|world| {
        let engine = &world.engine;
        let made = world.seller.creates("probes", json!({ "name": "x" }));
        let looks = || {
            let listed = engine.record(&world.seller.actor, "probes", made.id).unwrap();
            let model = listed.catalogue.model("probe").unwrap();
            engine.looked_at(&world.seller.actor, model, &listed.records[0]).unwrap();
            engine.write_looks().unwrap();
        };
        let asked = Asked { what: Some(What::LookedAt), ..Asked::default() };
        looks();
        assert!(log(world, &asked).is_empty(), "nobody wanted it");
        assert!(engine.watch(&world.seller.actor, &["probes".to_owned()]).is_err());
        assert!(engine.watch(&world.admin.actor, &["nothing".to_owned()]).is_err());
        engine.watch(&world.admin.actor, &["probes".to_owned()]).unwrap();
        looks();
        let entries = log(world, &asked);
        assert_eq!(entries.len(), 1);
        assert_eq!((entries[0].user, entries[0].record), (Some(world.seller.rid()), Some(made.rid)));
        engine.watch(&world.admin.actor, &[]).unwrap();
        looks();
        assert_eq!(log(world, &asked).len(), 1);
    });
}

#[test]
fn entries_go_after_their_days() {
    on_both(|world| {
        let engine = &world.engine;
        engine.sign_in("nobody@example.it", "wrong", from("10.0.0.1", "")).unwrap_err();
        assert!(engine.set_access_log_days(&world.seller.actor, 30).is_err());
        assert!(engine.set_access_log_days(&world.admin.actor, 0).is_err());
        engine.set_access_log_days(&world.admin.actor, 30).unwrap();
        engine.sweep().unwrap();
        assert_eq!(log(world, &Asked::default()).len(), 1);
        run(world, Sql::new("UPDATE access_log SET at = $1").with(base::clock::now() - Duration::days(31)));
        engine.sweep().unwrap();
        assert!(log(world, &Asked::default()).is_empty());
    });
}

#[test]
fn a_password_is_as_long_as_the_administrator_wants_and_none_of_the_first_that_others_try() {
    on_both(|world| {
        let engine = &world.engine;
        let code = |password: &str| match engine.check_password(password, "Ada Lovelace", "lovelace@example.it") {
            Err(Error::Refused(problems)) => problems[0].code,
            Err(other) => panic!("{other}"),
            Ok(()) => "good",
        };
        assert_eq!(code("troppo cò"), "too_short", "nine characters");
        assert_eq!(code("cavallo blu"), "good");
        assert_eq!(code(&"lungo ".repeat(40)), "too_long");
        for guessed in ["password123", "1234567890", "qwertyuiop", "aaaaaaaaaaaa", "Lovelace2026"] {
            assert_eq!(code(guessed), "guessable", "{guessed}");
        }
        assert_eq!(code("ADA  Lovelace"), "own_name");
        assert_eq!(code("lovelace@example.it"), "own_name");
        assert!(engine.set_password_least(&world.seller.actor, 20).is_err());
        assert!(engine.set_password_least(&world.admin.actor, 7).is_err());
        engine.set_password_least(&world.admin.actor, 20).unwrap();
        assert_eq!(code("cavallo blu"), "too_short");
        assert_eq!(code("cavallo blu batteria graffetta"), "good");
    });
}

#[test]
fn what_another_chose_is_changed_at_the_first_sign_in() {
    on_both(|world| {
        let (engine, ada) = (&world.engine, ada(world));
        let user = engine.user(ada.person.user).unwrap().unwrap();
        let must = |password| {
            let session =
                engine.sign_in("ada@example.it", password, from("10.0.0.1", "")).unwrap().signed_in().unwrap().session;
            engine.session(&session).unwrap().unwrap().must
        };
        assert_eq!(must(PASSWORD), None);
        engine.change_password(&world.admin.actor, &user, "scelta da un altro").unwrap();
        assert_eq!(must("scelta da un altro"), Some(Must::ChangePassword));
        assert!(is_missing(engine.change_password(&world.seller.actor, &user, "scelta da un estraneo")));
        engine.change_password(&ada, &user, "scelta da me stessa").unwrap();
        assert_eq!(must("scelta da me stessa"), None);
    });
}

#[test]
fn a_link_is_good_once_and_not_after_its_end() {
    on_both(|world| {
        let (engine, ada) = (&world.engine, ada(world));
        let user = engine.user(ada.person.user).unwrap().unwrap();
        let reset = |secret: &str, password| engine.reset_password(secret, password, from("10.0.0.1", ""));
        assert!(engine.reset_link(&world.seller.actor, &user).is_err(), "administrators only");
        let session =
            engine.sign_in("ada@example.it", PASSWORD, from("10.0.0.1", "")).unwrap().signed_in().unwrap().session;
        let replaced = engine.reset_link(&world.admin.actor, &user).unwrap();
        let secret = engine.reset_link(&world.admin.actor, &user).unwrap();
        assert!(engine.reset_of(&replaced).unwrap().is_none(), "the newest only");
        assert_eq!(engine.reset_of(&secret).unwrap().map(|user| user.rid), Some(user.rid));
        assert!(matches!(reset(&secret, "corta"), Err(Error::Refused(_))));
        reset(&secret, "una frase nuova").unwrap();
        assert!(engine.session(&session).unwrap().is_none(), "the old session is over");
        assert!(is_missing(reset(&secret, "una frase ancora nuova")), "it is good once");
        let signed_in =
            engine.sign_in("ada@example.it", "una frase nuova", from("10.0.0.1", "")).unwrap().signed_in().unwrap();
        assert_eq!(engine.session(&signed_in.session).unwrap().unwrap().must, None);

        let late = engine.reset_link(&world.admin.actor, &user).unwrap();
        let past = base::clock::now() - Duration::seconds(1);
        run(world, Sql::new("UPDATE one_time SET ends_at = $1").with(past));
        assert!(engine.reset_of(&late).unwrap().is_none());
        assert!(is_missing(reset(&late, "una frase ancora nuova")));
        let secret = engine.reset_link(&world.admin.actor, &user).unwrap();
        engine.change_password(&ada, &user, "scelta in altro modo").unwrap();
        assert!(engine.reset_of(&secret).unwrap().is_none(), "it is not needed any more");
        let secret = engine.reset_link(&world.admin.actor, &user).unwrap();
        let known = engine.store.read(|tx| tx.first(&Sql::new("SELECT hash FROM one_time"))).unwrap().unwrap();
        assert_ne!(known.blob(0), secret.as_bytes(), "only the hash is kept");
    });
}

/// The messages that wait to be sent: to whom, and what they say.
fn letters(world: &World) -> Vec<(String, String)> {
    let outbox = world.engine.outbox(&world.admin.actor, &["waiting"], 100).unwrap();
    let letter = |mail: store::mail::Mail| {
        let body = world.engine.unseal(&format!("mail {}", mail.id), &mail.body).unwrap().unwrap();
        (mail.to, String::from_utf8(body).unwrap())
    };
    outbox.into_iter().map(letter).collect()
}

fn names_a_mail_server(world: &World) {
    let settings = MailSettings {
        host: "smtp.example.it".to_owned(),
        port: 587,
        security: Security::StartTls,
        any_certificate: false,
        user: String::new(),
        sender: "crm@example.it".to_owned(),
        sender_name: String::new(),
        address: "https://crm.example.it/".to_owned(),
    };
    world.engine.set_mail_settings(&world.admin.actor, &settings, None).unwrap();
}

fn work_once(world: &World) {
    let italian = base::Words::new(base::words::Language::It, &[]).unwrap();
    while let Some(job) = store::jobs::take(&world.engine.store).unwrap() {
        world.engine.run_job(&job, &[&italian], None).unwrap();
    }
}

#[test]
fn a_forgotten_password_is_chosen_anew_by_mail_and_nobody_learns_who_there_is() {
    on_both(|world| {
        let (engine, ada) = (&world.engine, ada(world));
        let ask = |name: &str, address: &str| engine.forgot_password(name, from(address, ""));
        assert!(is_missing(ask("ada@example.it", "10.0.0.1")), "nothing can be sent");
        names_a_mail_server(world);
        assert!(engine.sends_password_links().unwrap());
        ask("nobody@example.it", "10.0.0.1").unwrap();
        work_once(world);
        assert!(letters(world).is_empty());
        ask(" ADA@example.it", "10.0.0.1").unwrap();
        ask("ada@example.it", "10.0.0.2").unwrap();
        work_once(world);
        let sent = letters(world);
        assert_eq!(sent.len(), 1, "one at a time: {sent:?}");
        assert_eq!(sent[0].0, "ada@example.it");
        let secret = sent[0].1.split("https://crm.example.it/reset/").nth(1).unwrap().lines().next().unwrap();
        assert_eq!(engine.reset_of(secret).unwrap().map(|user| user.rid), Some(ada.person.user));
        let kept = engine.store.read(|tx| tx.query(&Sql::new("SELECT what, ends_at FROM one_time"))).unwrap();
        assert_eq!((kept.len(), kept[0].text(0)), (1, "mailed"));
        assert!(kept[0].instant(1) < base::clock::now() + Duration::minutes(61), "good for an hour");
        // Who asks for another takes none away that an administrator handed over.
        let user = engine.user(ada.person.user).unwrap().unwrap();
        let handed = engine.reset_link(&world.admin.actor, &user).unwrap();
        run(world, Sql::new("UPDATE one_time SET created_at = created_at - 600000000"));
        ask("ada@example.it", "10.0.0.3").unwrap();
        work_once(world);
        assert_eq!(letters(world).len(), 2);
        assert!(engine.reset_of(&handed).unwrap().is_some());
        for _ in 0..7 {
            ask("ada@example.it", "10.0.0.1").unwrap();
        }
        assert!(matches!(ask("ada@example.it", "10.0.0.1"), Err(Error::Refused(_))), "too often");
    });
}
