//! Signing in with a second step: codes of an app and recovery codes, each good once.

use base::Error;
use chrono::Duration;
use engine::sign_in::{Caller, Entry, Must};
use engine::users::NewUser;
use engine::{Actor, Channel, Engine};
use store::{Lane, Sql};
use testkit::world::{World, on_both};
use totp_rs::{Builder, Secret, Totp};

const PASSWORD: &str = "una frase lunga";

struct Ada {
    actor: Actor,
    /// What her phone has.
    app: Totp,
    codes: Vec<String>,
}

fn from(address: &str) -> Caller<'_> {
    Caller { address, agent: "", device: "" }
}

/// Ada, who signs in with a password alone.
fn with_password(world: &World) -> Actor {
    let new =
        NewUser { name: "Ada", email: "ada@example.it", roles: &["seller"], team: None, password: Some(PASSWORD) };
    let rid = world.engine.create_user(&world.admin.actor, &new).unwrap();
    world.engine.actor(&world.engine.user(rid).unwrap().unwrap(), Channel::Form).unwrap()
}

fn app(engine: &Engine, actor: &Actor) -> Totp {
    let setup = engine.second_step_setup(actor, "ada@example.it").unwrap().unwrap();
    assert!(setup.url.starts_with("otpauth://totp/Bottega:ada%40example.it?"), "{}", setup.url);
    Builder::new().with_secret(Secret::try_from_base32(&setup.secret).unwrap()).build().unwrap()
}

/// The code that the app shows so many steps from now.
fn code(app: &Totp, steps: i64) -> String {
    let now = base::clock::now().timestamp() + 30 * steps;
    app.generate(u64::try_from(now).unwrap()).to_string()
}

/// Ada with her second step on, by the code of the step before.
fn with_app(world: &World) -> Ada {
    let actor = with_password(world);
    world.engine.begin_second_step(&actor).unwrap();
    let app = app(&world.engine, &actor);
    let codes = world.engine.confirm_second_step(&actor, &code(&app, -1), from("10.0.0.1")).unwrap();
    Ada { actor, app, codes }
}

/// The first step, from an address of its own.
fn first(engine: &Engine, address: &str) -> String {
    match engine.sign_in("ada@example.it", PASSWORD, from(address)).unwrap() {
        Entry::Code(step) => step,
        Entry::In(_) => panic!("a password alone"),
    }
}

fn refused<T: std::fmt::Debug>(done: base::Result<T>) -> &'static str {
    match done {
        Err(Error::Refused(problems)) => problems[0].code,
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_app_is_asked_for_its_code_once_it_is_confirmed() {
    on_both(|world| {
        let (engine, ada) = (&world.engine, with_password(world));
        assert!(engine.second_step_setup(&ada, "ada@example.it").unwrap().is_none());
        engine.begin_second_step(&ada).unwrap();
        let begun = app(engine, &ada);
        assert!(engine.second_step(&ada, ada.person.user).unwrap().is_none());
        let entry = engine.sign_in("ada@example.it", PASSWORD, from("10.0.0.1")).unwrap();
        assert!(entry.signed_in().is_some(), "not before it is confirmed");
        assert_eq!(refused(engine.confirm_second_step(&ada, "123", from("10.0.0.1"))), "wrong");
        assert_eq!(refused(engine.confirm_second_step(&ada, &code(&begun, 5), from("10.0.0.1"))), "wrong");
        let spaced = code(&begun, 0);
        let codes = engine.confirm_second_step(&ada, &format!("{} {}", &spaced[..3], &spaced[3..]), from("10.0.0.1"));
        assert_eq!(codes.unwrap().len(), 10);
        assert_eq!(engine.second_step(&ada, ada.person.user).unwrap().unwrap().codes_left, 10);
        assert!(engine.second_step_setup(&ada, "ada@example.it").unwrap().is_none(), "the secret is not shown again");
        assert_eq!(refused(engine.begin_second_step(&ada)), "on", "nobody puts another in its place");
        let step = first(engine, "10.0.0.1");
        assert!(engine.session(&step).unwrap().is_none(), "what waits for its code opens nothing");
        let session = engine.finish_sign_in(&step, &code(&begun, 1), from("10.0.0.1")).unwrap().session;
        assert_eq!(engine.session(&session).unwrap().unwrap().actor.person.user, ada.person.user);
    });
}

#[test]
fn a_code_is_good_once_whichever_node_is_asked() {
    on_both(|world| {
        let (here, there) = (&world.engine, world.second_engine());
        let ada = with_app(world);
        let (one, other) = (first(here, "10.0.0.1"), first(&there, "10.0.0.2"));
        let now = code(&ada.app, 0);
        here.finish_sign_in(&one, &now, from("10.0.0.1")).unwrap();
        assert_eq!(refused(there.finish_sign_in(&other, &now, from("10.0.0.2"))), "wrong", "used");
        assert_eq!(refused(there.finish_sign_in(&other, &code(&ada.app, -1), from("10.0.0.2"))), "wrong", "older");
        assert_eq!(
            refused(here.finish_sign_in(&one, &code(&ada.app, 1), from("10.0.0.1"))),
            "over",
            "so is the first step"
        );
        there.finish_sign_in(&other, &code(&ada.app, 1), from("10.0.0.2")).unwrap();
    });
}

#[test]
fn a_recovery_code_is_good_once_however_it_is_written() {
    on_both(|world| {
        let (engine, ada) = (&world.engine, with_app(world));
        let typed = ada.codes[0].replace('-', " ").to_uppercase();
        engine.finish_sign_in(&first(engine, "10.0.0.1"), &typed, from("10.0.0.1")).unwrap();
        let again = first(engine, "10.0.0.1");
        assert_eq!(refused(engine.finish_sign_in(&again, &ada.codes[0], from("10.0.0.1"))), "wrong");
        assert_eq!(engine.second_step(&ada.actor, ada.actor.person.user).unwrap().unwrap().codes_left, 9);
        let others = engine.other_recovery_codes(&ada.actor).unwrap();
        assert_eq!(refused(engine.finish_sign_in(&again, &ada.codes[1], from("10.0.0.1"))), "wrong", "replaced");
        engine.finish_sign_in(&again, &others[0], from("10.0.0.1")).unwrap();
        let kept = engine.store.read(|tx| tx.query(&Sql::new("SELECT hash FROM recovery_code"))).unwrap();
        assert!(kept.iter().all(|row| row.blob(0).len() == 32), "hashes only");
    });
}

#[test]
fn nobody_guesses_a_code_from_many_places() {
    on_both(|world| {
        let (engine, ada) = (&world.engine, with_app(world));
        for place in 0..8 {
            let address = format!("10.0.1.{place}");
            let step = first(engine, &address);
            assert_eq!(refused(engine.finish_sign_in(&step, &code(&ada.app, 9), from(&address))), "wrong");
        }
        let step = first(engine, "10.0.2.1");
        assert_eq!(refused(engine.finish_sign_in(&step, &code(&ada.app, 0), from("10.0.2.1"))), "too_many");
    });
}

#[test]
fn what_waits_for_its_code_is_over_after_its_time_and_when_the_user_is_gone() {
    on_both(|world| {
        let (engine, ada) = (&world.engine, with_app(world));
        let run = |sql: Sql| engine.store.write(Lane::People, |tx| tx.execute(&sql)).unwrap();
        let step = first(engine, "10.0.0.1");
        run(Sql::new("UPDATE one_time SET ends_at = $1").with(base::clock::now() - Duration::seconds(1)));
        assert_eq!(refused(engine.finish_sign_in(&step, &code(&ada.app, 0), from("10.0.0.1"))), "over");
        assert_eq!(refused(engine.finish_sign_in("nonsense", &code(&ada.app, 0), from("10.0.0.1"))), "over");
        let step = first(engine, "10.0.0.1");
        run(Sql::new("UPDATE \"user\" SET active = 0 WHERE rid = $1").with(ada.actor.person.user));
        assert_eq!(refused(engine.finish_sign_in(&step, &code(&ada.app, 0), from("10.0.0.1"))), "over");
    });
}

#[test]
fn an_administrator_takes_it_off_and_nobody_else_sees_it() {
    on_both(|world| {
        let (engine, ada) = (&world.engine, with_app(world));
        let user = ada.actor.person.user;
        assert!(matches!(engine.second_step(&world.seller.actor, user), Err(Error::Missing)));
        assert!(matches!(engine.end_second_step(&world.seller.actor, user), Err(Error::Missing)));
        engine.end_second_step(&world.admin.actor, user).unwrap();
        assert!(engine.sign_in("ada@example.it", PASSWORD, from("10.0.0.1")).unwrap().signed_in().is_some());
        assert!(engine.second_step(&ada.actor, user).unwrap().is_none());
        let left = engine.store.read(|tx| tx.query(&Sql::new("SELECT 1 FROM recovery_code"))).unwrap();
        assert!(left.is_empty());
    });
}

#[test]
fn who_has_a_role_that_asks_for_it_sets_it_up_first() {
    on_both(|world| {
        let (engine, ada) = (&world.engine, with_password(world));
        let roles = |keys: &[&str]| keys.iter().map(|key| (*key).to_owned()).collect::<Vec<_>>();
        assert!(engine.set_second_step_roles(&world.seller.actor, &roles(&["seller"])).is_err());
        assert_eq!(refused(engine.set_second_step_roles(&world.admin.actor, &roles(&["emperor"]))), "unknown");
        engine.set_second_step_roles(&world.admin.actor, &roles(&["admin", "seller"])).unwrap();
        let session =
            engine.sign_in("ada@example.it", PASSWORD, from("10.0.0.1")).unwrap().signed_in().unwrap().session;
        let must = || engine.session(&session).unwrap().unwrap().must;
        assert_eq!(must(), Some(Must::SetUpSecondStep));
        engine.begin_second_step(&ada).unwrap();
        assert_eq!(must(), Some(Must::SetUpSecondStep), "begun is not done");
        let app = app(engine, &ada);
        engine.confirm_second_step(&ada, &code(&app, 0), from("10.0.0.1")).unwrap();
        assert_eq!(must(), None);
        engine.end_second_step(&ada, ada.person.user).unwrap();
        engine.set_second_step_roles(&world.admin.actor, &roles(&["manager"])).unwrap();
        assert_eq!(must(), None, "a seller is asked for none");
    });
}
