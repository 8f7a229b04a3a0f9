//! Mail out, by a real server: what people are told, what is refused, a server that hangs or is away for a day.

use std::net::TcpListener;
use std::time::Duration;

use base::Id;
use base::words::{Language, Words};
use engine::mail::{Letter, MailSettings, Security};
use engine::notices::{Way, What};
use serde_json::json;
use store::mail::Mail;
use testkit::post::{PASSWORD, Post, USER, free_port};
use testkit::world::{World, on_both};

fn by(port: u16) -> MailSettings {
    MailSettings {
        host: "127.0.0.1".to_owned(),
        port,
        security: Security::StartTls,
        any_certificate: true,
        user: USER.to_owned(),
        sender: "crm@bottega.example".to_owned(),
        sender_name: "Bottega".to_owned(),
        address: "https://crm.bottega.example/".to_owned(),
    }
}

fn named(world: &World, port: u16) {
    world.engine.set_mail_settings(&world.admin.actor, &by(port), Some(PASSWORD)).unwrap();
}

fn outbox(world: &World) -> Vec<Mail> {
    let states = ["waiting", "sending", "sent", "failed", "dropped"];
    world.engine.outbox(&world.admin.actor, &states, 50).unwrap()
}

fn days_later(days: i64) {
    base::clock::pretend(
        chrono::Utc::now().with_timezone(&base::clock::ZONE).date_naive() + chrono::Duration::days(days),
    );
}

#[test]
fn a_message_goes_out_and_its_text_is_not_kept() {
    on_both(|world| {
        let post = Post::start(free_port());
        let refused = world.engine.send_mail("anna@casa.example", None, "Ciao", "testo");
        assert!(refused.is_err(), "no server is named");
        named(world, post.port);
        world.engine.send_mail("anna@casa.example", None, "Ciao", "See https://crm.example/reset/abc").unwrap();
        let waiting = outbox(world).remove(0);
        assert!(!String::from_utf8_lossy(&waiting.body).contains("reset"), "sealed");
        assert!(world.engine.post_once().unwrap());
        assert!(!world.engine.post_once().unwrap());
        let sent = outbox(world).remove(0);
        assert_eq!((sent.state.as_str(), sent.body.len(), sent.attempts), ("sent", 0, 1));
        let taken = post.messages().remove(0);
        for part in [
            "anna@casa.example",
            "Subject: Ciao",
            "Auto-Submitted: auto-generated",
            "reset/abc",
            "Bottega <crm@bottega.example>",
        ] {
            assert!(taken.contains(part), "{part}: {taken}");
        }
    });
}

#[test]
fn a_refused_address_is_shown_and_not_tried_again() {
    on_both(|world| {
        let post = Post::start(free_port());
        named(world, post.port);
        let id = world.engine.send_mail("nobody@casa.example", None, "Ciao", "testo").unwrap();
        assert!(world.engine.post_once().unwrap());
        let failed = outbox(world).remove(0);
        assert_eq!(failed.state, "failed");
        assert!(failed.error.unwrap().contains("nobody of this name"));
        world.engine.mail_again(&world.admin.actor, id).unwrap();
        assert!(world.engine.post_once().unwrap());
        assert_eq!(outbox(world)[0].state, "failed");
        world.engine.drop_mail(&world.admin.actor, id).unwrap();
        assert_eq!(outbox(world)[0].state, "dropped");
        assert!(world.engine.mail_again(&world.admin.actor, id).is_err());
        assert!(world.engine.outbox(&world.manager.actor, &["failed"], 5).is_err(), "for administrators");
    });
}

#[test]
fn a_server_that_is_away_for_a_day_gets_its_mail_then_and_after_two_it_is_given_up() {
    on_both(|world| {
        let port = free_port();
        named(world, port);
        days_later(0);
        world.engine.send_mail("anna@casa.example", None, "Ciao", "testo").unwrap();
        assert!(world.engine.post_once().unwrap());
        let waiting = outbox(world).remove(0);
        assert_eq!((waiting.state.as_str(), waiting.attempts), ("waiting", 1));
        assert!(waiting.run_at > base::clock::now());
        assert!(!world.engine.post_once().unwrap(), "not before its time");
        days_later(1);
        let post = Post::start(port);
        assert!(world.engine.post_once().unwrap());
        assert_eq!((outbox(world)[0].state.as_str(), post.messages().len()), ("sent", 1));
        drop(post);
        world.engine.send_mail("anna@casa.example", None, "Ancora", "testo").unwrap();
        assert!(world.engine.post_once().unwrap());
        days_later(4);
        assert!(world.engine.post_once().unwrap());
        assert_eq!(outbox(world)[0].state, "failed");
        days_later(0);
    });
}

#[test]
fn what_stands_in_the_way_is_told_in_words_and_a_hanging_server_is_left() {
    on_both(|world| {
        engine::mail::be_patient_for(Duration::from_secs(20));
        let post = Post::start(free_port());
        let letter = Letter { id: Id::new(), to: "anna@casa.example", subject: "Prova", body: "testo" };
        let tries = |settings: &MailSettings, password: &str| {
            world.engine.try_mail(&world.admin.actor, settings, Some(password), &letter).unwrap()
        };
        assert!(tries(&by(post.port), PASSWORD).unwrap().starts_with("250"));
        let told = |settings: &MailSettings, password: &str| tries(settings, password).unwrap_err().text.to_string();
        assert!(told(&by(post.port), "wrong").contains("does not accept the user and the password"));
        let strict = MailSettings { any_certificate: false, ..by(post.port) };
        assert!(told(&strict, PASSWORD).contains("No secure connection"), "{}", told(&strict, PASSWORD));
        let early = MailSettings { security: Security::Tls, ..by(post.port) };
        assert!(tries(&early, PASSWORD).is_err());
        assert!(told(&by(free_port()), PASSWORD).contains("cannot be reached at port"));
        // It takes the call and says nothing.
        engine::mail::be_patient_for(Duration::from_millis(500));
        let silent = TcpListener::bind("127.0.0.1:0").unwrap();
        let hangs = by(silent.local_addr().unwrap().port());
        assert!(told(&hangs, PASSWORD).contains("did not answer in time"), "{}", told(&hangs, PASSWORD));
        assert!(world.engine.try_mail(&world.manager.actor, &by(post.port), None, &letter).is_err());
    });
}

#[test]
fn the_password_is_sealed_and_goes_to_no_other_server() {
    on_both(|world| {
        named(world, 587);
        let kept = world.engine.setting("mail_password").unwrap().unwrap();
        assert!(!kept.is_empty() && !kept.contains(PASSWORD));
        assert!(!world.engine.setting("mail").unwrap().unwrap().contains(PASSWORD));
        let same = MailSettings { sender_name: "CRM".to_owned(), ..by(465) };
        world.engine.set_mail_settings(&world.admin.actor, &same, None).unwrap();
        assert!(world.engine.has_mail_password().unwrap(), "left empty it stays");
        let other = MailSettings { host: "elsewhere.example".to_owned(), ..by(465) };
        world.engine.set_mail_settings(&world.admin.actor, &other, None).unwrap();
        assert!(!world.engine.has_mail_password().unwrap());
        let wrong = MailSettings {
            host: "a b".to_owned(),
            port: 0,
            sender: "x".to_owned(),
            address: "crm".to_owned(),
            ..by(1)
        };
        match world.engine.set_mail_settings(&world.admin.actor, &wrong, None) {
            Err(base::Error::Refused(problems)) => assert_eq!(problems.len(), 4),
            other => panic!("{other:?}"),
        }
        assert!(world.engine.set_mail_settings(&world.manager.actor, &by(1), None).is_err());
    });
}

#[test]
fn who_wants_it_is_told_by_mail_once_in_their_language_of_what_they_see() {
    on_both(|world| {
        let words = Words::new(Language::It, &["who-put-you-in-charge-of-title = { $who } ti ha assegnato { $title }"])
            .unwrap();
        let made = |name: &str| {
            world.admin.creates("probes", json!({"name": name, "in_charge": [world.seller.id().to_string()]}))
        };
        made("prima"); // Before there was a server: never told by mail.
        days_later(1);
        assert_eq!(world.engine.write_what_is_told(&[&words]).unwrap(), 0);
        named(world, 587);
        let mut ways = world.engine.notice_ways(world.technician.rid()).unwrap();
        ways.set(What::Assigned, Way { bell: true, mail: false });
        world.engine.set_notice_ways(world.technician.rid(), &ways).unwrap();
        let rossi = made("Rossi");
        world.admin.creates("probes", json!({"name": "y", "in_charge": [world.technician.id().to_string()]}));
        let hidden = made("hidden");
        world.admin.changes(&hidden, json!({"in_charge": [world.operator.id().to_string()]}));
        assert_eq!(world.engine.write_what_is_told(&[&words]).unwrap(), 0, "more may come");
        days_later(2);
        // The operator sees everything; the seller no more.
        assert_eq!(world.engine.write_what_is_told(&[&words]).unwrap(), 2);
        assert_eq!(world.engine.write_what_is_told(&[&words]).unwrap(), 0, "once");
        let mail = outbox(world);
        let to_seller: Vec<&Mail> = mail.iter().filter(|mail| mail.to == "seller@example.it").collect();
        assert_eq!(to_seller.len(), 1, "the one before there was a server is not among them");
        assert_eq!(to_seller[0].subject, "admin ti ha assegnato Rossi");
        assert!(!mail.iter().any(|mail| mail.to == "technician@example.it"));
        assert_eq!(rossi.path, "probes");
        days_later(0);
    });
}
