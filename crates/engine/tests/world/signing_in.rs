//! Passwords, sessions and tokens.

use engine::sign_in::Caller;
use engine::users::NewUser;
use serde_json::json;
use testkit::world::{World, on_both};

const PASSWORD: &str = "una frase lunga";

fn with_password(world: &World) -> base::Rid {
    let new =
        NewUser { name: "Ada", email: "Ada@Example.it", roles: &["seller"], team: None, password: Some(PASSWORD) };
    world.engine.create_user(&world.admin.actor, &new).unwrap()
}

fn from(address: &str) -> Caller<'_> {
    Caller { address, agent: "Firefox", device: "" }
}

fn code<T>(done: base::Result<T>) -> &'static str {
    match done {
        Err(base::Error::Refused(problems)) => problems[0].code,
        Err(_) => "another error",
        Ok(_) => "done",
    }
}

#[test]
fn who_signs_in_has_a_session_until_they_leave() {
    on_both(|world| {
        assert!(!world.engine.has_users().unwrap());
        let ada = with_password(world);
        assert!(world.engine.has_users().unwrap());
        let signed_in =
            world.engine.sign_in(" ADA@example.it", PASSWORD, from("10.0.0.1")).unwrap().signed_in().unwrap();
        assert_eq!(signed_in.user.rid, ada);
        let secret = signed_in.session;
        let session = world.engine.session(&secret).unwrap().unwrap();
        assert_eq!(session.actor.person.user, ada);
        assert!(world.engine.session("nonsense").unwrap().is_none());
        world.engine.close_session(&secret).unwrap();
        assert!(world.engine.session(&secret).unwrap().is_none());
    });
}

#[test]
fn a_wrong_name_and_a_wrong_password_are_one_answer() {
    on_both(|world| {
        with_password(world);
        let answer = |name, password| {
            world.engine.sign_in(name, password, from("10.0.0.1")).map(|_| ()).unwrap_err().to_string()
        };
        assert_eq!(answer("ada@example.it", "wrong wrong wrong"), answer("nobody@example.it", PASSWORD));
        assert_eq!(answer("seller@example.it", ""), answer("nobody@example.it", PASSWORD), "a user without a password");
    });
}

#[test]
fn too_many_attempts_stop_one_name_from_one_address_and_nobody_else() {
    on_both(|world| {
        with_password(world);
        let try_in = |name, password, address| code(world.engine.sign_in(name, password, from(address)));
        for _ in 0..8 {
            assert_eq!(try_in("ada@example.it", "wrong wrong", "10.0.0.1"), "wrong");
        }
        assert_eq!(try_in("ada@example.it", PASSWORD, "10.0.0.1"), "too_many");
        assert_eq!(try_in("ADA@example.it ", PASSWORD, "10.0.0.1"), "too_many", "whatever the writing");
        assert_eq!(try_in("ada@example.it", PASSWORD, "10.0.0.2"), "done", "nobody is locked out from elsewhere");
        assert_eq!(try_in("other@example.it", PASSWORD, "10.0.0.1"), "wrong", "another name may try");
    });
}

#[test]
fn nobody_locks_another_out_from_the_same_address() {
    on_both(|world| {
        with_password(world);
        let try_in = |name: &str, password, device| {
            world.engine.sign_in(name, password, Caller { address: "10.0.0.1", agent: "", device })
        };
        let ada = try_in("ada@example.it", PASSWORD, "").unwrap().signed_in().unwrap();
        // Behind one router, or a proxy: an attacker has the address of everybody.
        for name in 0..60 {
            assert_eq!(code(try_in(&format!("{name}@example.it"), "wrong wrong", "")), "wrong");
        }
        assert_eq!(code(try_in("another@example.it", "wrong wrong", "")), "too_many");
        for _ in 0..8 {
            assert_eq!(code(try_in("ada@example.it", PASSWORD, "")), "too_many", "a browser that nobody knows");
        }
        let again = try_in("ada@example.it", PASSWORD, &ada.device).unwrap().signed_in().unwrap();
        assert_eq!(again.device, ada.device, "her own browser is known");
        for _ in 0..8 {
            assert_eq!(code(try_in("ada@example.it", "wrong wrong", &ada.device)), "wrong");
        }
        assert_eq!(code(try_in("ada@example.it", PASSWORD, &ada.device)), "too_many", "it may not guess either");
    });
}

#[test]
fn a_device_is_known_for_who_signed_in_with_it_and_by_a_secret_of_ours() {
    on_both(|world| {
        with_password(world);
        let new =
            NewUser { name: "Bea", email: "bea@example.it", roles: &["seller"], team: None, password: Some(PASSWORD) };
        world.engine.create_user(&world.admin.actor, &new).unwrap();
        let from = |device| Caller { address: "10.0.0.1", agent: "", device };
        let ada =
            world.engine.sign_in("ada@example.it", PASSWORD, from("chosen by another")).unwrap().signed_in().unwrap();
        assert_ne!(ada.device, "chosen by another");
        for _ in 0..8 {
            assert_eq!(code(world.engine.sign_in("bea@example.it", "wrong wrong", from(&ada.device))), "wrong");
        }
        let stopped = code(world.engine.sign_in("bea@example.it", PASSWORD, from(&ada.device)));
        assert_eq!(stopped, "too_many", "Ada's browser is a stranger to Bea");
        let kept = world.engine.store.read(|tx| tx.query(&store::Sql::new("SELECT hash FROM device"))).unwrap();
        assert_eq!(kept.len(), 1);
        assert_ne!(kept[0].blob(0), ada.device.as_bytes(), "only the hash is kept");
        world.engine.sweep().unwrap();
        assert!(world.engine.session(&ada.session).unwrap().is_some());
    });
}

#[test]
fn who_is_made_inactive_or_deleted_is_out_at_once() {
    on_both(|world| {
        let ada = with_password(world);
        let signed_in = world.engine.sign_in("ada@example.it", PASSWORD, from("a")).unwrap().signed_in().unwrap();
        let (secret, user) = (signed_in.session, signed_in.user);
        let token = world.engine.create_token(ada, "script").unwrap();
        let active = |on: bool| world.admin.tries_to_change(&as_made(ada, user.id), json!({"active": on})).unwrap();
        active(false);
        assert!(world.engine.session(&secret).unwrap().is_none());
        assert!(world.engine.token(&token).unwrap().is_none());
        assert_eq!(code(world.engine.sign_in("ada@example.it", PASSWORD, from("a"))), "wrong");
        active(true);
        assert!(world.engine.session(&secret).unwrap().is_some());
        world.admin.deletes(&as_made(ada, user.id));
        assert!(world.engine.session(&secret).unwrap().is_none());
        assert_eq!(code(world.engine.sign_in("ada@example.it", PASSWORD, from("a"))), "wrong");
    });
}

fn as_made(rid: base::Rid, id: base::Id) -> testkit::world::Made {
    testkit::world::Made { rid, id, version: 1, entity: "user", path: "users", operation: None, warnings: Vec::new() }
}

#[test]
fn a_session_ends_after_its_time() {
    on_both(|world| {
        with_password(world);
        let secret = world.engine.sign_in("ada@example.it", PASSWORD, from("a")).unwrap().signed_in().unwrap().session;
        let past = base::clock::now() - chrono::Duration::seconds(1);
        let end = store::Sql::new("UPDATE session SET ends_at = $1").with(past);
        world.engine.store.write(store::Lane::People, |tx| tx.execute(&end)).unwrap();
        assert!(world.engine.session(&secret).unwrap().is_none());
    });
}

#[test]
fn a_token_has_the_rights_of_its_user_and_only_its_hash_is_kept() {
    on_both(|world| {
        let ada = with_password(world);
        let token = world.engine.create_token(ada, "script").unwrap();
        let signed = world.engine.token(&token).unwrap().unwrap();
        assert_eq!((signed.actor.person.user, signed.actor.channel), (ada, engine::Channel::Api));
        let row = world.engine.store.read(|tx| tx.first(&store::Sql::new("SELECT hash FROM token"))).unwrap().unwrap();
        assert_ne!(row.blob(0), token.as_bytes());
        assert!(world.engine.token(&format!("{token}0")).unwrap().is_none());
    });
}

#[test]
fn a_short_password_is_refused_and_no_two_users_share_an_address() {
    on_both(|world| {
        let new = |email, password| NewUser { name: "Ada", email, roles: &["seller"], team: None, password };
        let make = |email, password| code(world.engine.create_user(&world.admin.actor, &new(email, password)));
        assert_eq!(make("ada@example.it", Some("short")), "too_short");
        assert_eq!(make("SELLER@example.it", None), "taken");
        assert_eq!(make("no address", None), "rule");
        assert!(world.engine.create_user(&world.seller.actor, &new("ada@example.it", None)).is_err());
    });
}

#[test]
fn the_first_visit_is_for_who_has_the_secret_and_only_once() {
    on_both(|world| {
        let secret = world.engine.first_visit().unwrap();
        assert!(world.engine.is_first_visit(&secret).unwrap());
        assert!(!world.engine.is_first_visit("guess").unwrap());
        with_password(world);
        assert!(!world.engine.is_first_visit(&secret).unwrap());
    });
}

#[test]
fn moving_a_user_to_another_team_moves_what_they_see() {
    on_both(|world| {
        let made = world.seller.creates("probes", json!({"name": "x"}));
        let team_of = |name: &str| world.engine.user_named(&format!("{name}@example.it")).unwrap().unwrap();
        world.technician.cannot_open(&made);
        let north = team_of("seller").team.unwrap();
        let mut technician = team_of("technician");
        technician.team = Some(north);
        let mut moved = world.technician.clone();
        moved.actor = world.engine.actor(&technician, engine::Channel::Form).unwrap();
        moved.opens(&made);
        // Sales is above North.
        technician.team = team_of("manager").team;
        moved.actor = world.engine.actor(&technician, engine::Channel::Form).unwrap();
        moved.opens(&made);
    });
}
