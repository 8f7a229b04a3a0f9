//! Pictures over HTTP, on both databases: sent by forms and by programs, shown to those who see the record.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod router;

use axum::http::{Method, StatusCode};
use serde_json::{Value as Json, json};
use testkit::pictures::{jpeg, png, size};
use testkit::world::{Someone, World, on_both};

use crate::router::{Asked, Reply as Answer};

struct Web(Asked);

impl Answer {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    fn json(&self) -> Json {
        serde_json::from_slice(&self.bytes).unwrap()
    }
}

/// A part of a form: its name, the name of its file, its content.
type Part<'a> = (&'a str, Option<&'a str>, &'a [u8]);

const BOUNDARY: &str = "----a-boundary";

fn multipart(parts: &[Part]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, file, content) in parts {
        let file = file.map_or(String::new(), |file| format!("; filename=\"{file}\"\r\nContent-Type: text/html"));
        body.extend(format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n").bytes());
        body.extend(*content);
        body.extend(b"\r\n");
    }
    body.extend(format!("--{BOUNDARY}--\r\n").bytes());
    body
}

impl Web {
    fn of(world: &World) -> Web {
        Web(Asked::new(&world.engine, false))
    }

    /// As a browser asks, signed in.
    fn get(&self, who: &Someone, path: &str) -> Answer {
        let cookie = format!("session={}", who.engine.open_session(who.rid(), "test").unwrap());
        self.0.send(Method::GET, path, &[("cookie", &cookie)], Vec::new())
    }

    /// As a form without script is sent.
    fn post(&self, who: &Someone, path: &str, parts: &[Part]) -> Answer {
        let session = who.engine.open_session(who.rid(), "test").unwrap();
        let csrf = engine::sign_in::csrf(&session);
        let parts: Vec<Part> = [("csrf", None, csrf.as_bytes())].into_iter().chain(parts.iter().copied()).collect();
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        let headers = [("cookie", &*format!("session={session}")), ("content-type", &*kind)];
        self.0.send(Method::POST, path, &headers, multipart(&parts))
    }

    /// As a program asks, with a token.
    fn api(&self, who: &Someone, method: Method, path: &str, kind: &str, body: Vec<u8>) -> Answer {
        let token = who.engine.create_token(who.rid(), "test").unwrap();
        let headers = [("authorization", &*format!("Bearer {token}")), ("content-type", kind)];
        self.0.send(method, &format!("/api/v1{path}"), &headers, body)
    }
}

/// The page that a form leads to when it was done.
#[track_caller]
fn led_to(answer: &Answer) -> String {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    answer.header("location").to_owned()
}

/// The picture that a page shows.
fn shown(page: &Answer) -> Option<String> {
    let text = page.text();
    let (_, rest) = text.split_once("src=\"/files/")?;
    Some(rest.split(['"', '/']).next().unwrap_or_default().to_owned())
}

#[test]
fn a_form_takes_a_picture_that_those_who_see_the_record_see() {
    on_both(|world| {
        let web = Web::of(world);
        let photo = png(1000, 800);
        let parts: [Part; 4] = [
            ("name", None, b"Fucina"),
            ("photo", Some("logo.html"), &photo),
            ("photo.kept", None, b""),
            ("photo.crop", None, b"0,0,0.5,1"),
        ];
        let page = led_to(&web.post(&world.seller, "/probes", &parts));
        let file = format!("/files/{}", shown(&web.get(&world.seller, &page)).unwrap());
        let answer = web.get(&world.seller, &file);
        assert_eq!((answer.status, size(&answer.bytes)), (StatusCode::OK, (250, 400)), "the left half, whole");
        assert!(["image/png", "image/jpeg"].contains(&answer.header("content-type")));
        assert!(answer.header("content-disposition").starts_with("inline; filename=\"picture."));
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("cache-control"), "private, max-age=31536000, immutable");
        let thumbnail = web.get(&world.admin, &format!("{file}/thumbnail"));
        assert_eq!((thumbnail.status, size(&thumbnail.bytes)), (StatusCode::OK, (60, 96)));
        assert_ne!(thumbnail.header("etag"), answer.header("etag"));
        let cookie = format!("session={}", world.engine.open_session(world.seller.rid(), "test").unwrap());
        let again = [("cookie", &*cookie), ("if-none-match", answer.header("etag"))];
        assert_eq!(web.0.send(Method::GET, &file, &again, Vec::new()).status, StatusCode::NOT_MODIFIED);
        for place in ["", "/thumbnail"] {
            assert_eq!(web.get(&world.technician, &format!("{file}{place}")).status, StatusCode::NOT_FOUND);
        }
        assert_eq!(web.get(&world.seller, "/files/none").status, StatusCode::NOT_FOUND);
        let stranger = web.0.send(Method::GET, &file, &[], Vec::new());
        assert!(!stranger.header("content-type").starts_with("image/"), "who did not sign in sees none");
    });
}

#[test]
fn a_picture_is_replaced_and_removed_by_itself_and_undo_brings_it_back() {
    on_both(|world| {
        let web = Web::of(world);
        let old = world.seller.uploads();
        let made = world.seller.creates("probes", json!({"name": "x", "photo": old}));
        let page = format!("/probes/{}", made.id);
        let field = format!("{page}/fields/photo");
        assert!(web.get(&world.seller, &field).text().contains(&format!("/files/{old}")));
        assert_eq!(web.get(&world.viewer, &field).status, StatusCode::FORBIDDEN);
        assert_eq!(web.get(&world.technician, &field).status, StatusCode::NOT_FOUND);
        let jpeg = jpeg(300, 300);
        let kept: Part = ("photo.kept", None, old.as_bytes());
        led_to(&web.post(&world.seller, &field, &[("version", None, b"1"), kept, ("photo", Some("b.jpg"), &jpeg)]));
        let new = shown(&web.get(&world.seller, &page)).unwrap();
        assert_ne!(new, old);
        let removed: [Part; 3] =
            [("version", None, b"2"), ("photo.kept", None, new.as_bytes()), ("photo.remove", None, b"1")];
        led_to(&web.post(&world.seller, &field, &removed));
        assert_eq!(shown(&web.get(&world.seller, &page)), None);
        let history = world.seller.reads_history(&made);
        let undo = |at: usize| world.seller.undoes(Some(history.events[at].operation));
        undo(0);
        assert_eq!(shown(&web.get(&world.seller, &page)), Some(new));
        undo(1);
        assert_eq!(shown(&web.get(&world.seller, &page)), Some(old));
    });
}

#[test]
fn what_is_no_picture_is_refused_at_its_field_and_the_rest_survives() {
    on_both(|world| {
        let web = Web::of(world);
        let whole = jpeg(400, 400);
        let html = [&whole[..4], b"<!doctype html><script>alert(1)</script>"].concat();
        for (bytes, said) in [
            (b"%PDF-1.7".to_vec(), "sembra un PDF"),
            (html, "rovinata o incompleta"),
            (whole[..whole.len() / 2].to_vec(), "rovinata o incompleta"),
            (vec![0xFF; 11 << 20], "supera 10 MB"),
        ] {
            let parts: [Part; 2] = [("name", None, b"Fucina Rovetta"), ("photo", Some("photo.jpg"), &bytes)];
            let refused = web.post(&world.seller, "/probes", &parts);
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
            let page = refused.text();
            let (_, field) = page.split_once("id=\"n-photo\"").unwrap();
            assert!(field.split("</p>").next().unwrap().contains(said), "{said}");
            assert!(page.contains("value=\"Fucina Rovetta\""));
        }
        assert!(world.seller.lists("probes").is_empty());
    });
}

#[test]
fn a_picture_survives_a_mistake_in_another_field() {
    on_both(|world| {
        let web = Web::of(world);
        let photo = jpeg(300, 300);
        let refused = web.post(&world.seller, "/probes", &[("name", None, b""), ("photo", Some("a.jpg"), &photo)]);
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        let kept = shown(&refused).unwrap();
        assert!(refused.text().contains(&format!("name=\"photo.kept\" value=\"{kept}\"")));
        let again: [Part; 2] = [("name", None, b"x"), ("photo.kept", None, kept.as_bytes())];
        let page = led_to(&web.post(&world.seller, "/probes", &again));
        assert_eq!(shown(&web.get(&world.seller, &page)), Some(kept));
    });
}

#[test]
fn a_body_over_the_limit_is_told_in_a_sentence() {
    on_both(|world| {
        let web = Web::of(world);
        let huge = vec![b'x'; 13 << 20];
        let answer = web.post(&world.seller, "/probes", &[("name", None, b"x"), ("photo", Some("a.jpg"), &huge)]);
        assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
        assert!(answer.text().contains("troppo grande"));
        let answer = web.api(&world.seller, Method::POST, "/files", "image/jpeg", huge);
        assert_eq!((answer.status, answer.json()["status"].clone()), (StatusCode::PAYLOAD_TOO_LARGE, json!(413)));
        let answer = web.api(&world.seller, Method::POST, "/files", "image/jpeg", vec![b'x'; 11 << 20]);
        assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    });
}

#[test]
fn a_program_sends_a_picture_and_sets_its_id() {
    on_both(|world| {
        let web = Web::of(world);
        let sent =
            web.api(&world.seller, Method::POST, "/files?frame=portrait&name=ada.jpg", "image/jpeg", jpeg(800, 800));
        assert_eq!(sent.status, StatusCode::CREATED, "{}", sent.text());
        let kept = sent.json();
        assert_eq!((&kept["name"], &kept["mime"]), (&json!("ada.jpg"), &json!("image/jpeg")));
        let at = sent.header("location").strip_prefix("/api/v1").unwrap().to_owned();
        let read = |who: &Someone| web.api(who, Method::GET, &at, "", Vec::new());
        assert_eq!(size(&read(&world.seller).bytes), (400, 600));
        assert_eq!(read(&world.admin).status, StatusCode::NOT_FOUND);
        let fields = |id: &Json| json!({"fields": {"name": "x", "photo": id}}).to_string().into_bytes();
        let stolen = web.api(&world.technician, Method::POST, "/probes", "application/json", fields(&kept["id"]));
        assert_eq!(stolen.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(stolen.json()["errors"][0]["pointer"], "/fields/photo");
        let made = web.api(&world.seller, Method::POST, "/probes", "application/json", fields(&kept["id"]));
        assert_eq!((made.status, &made.json()["fields"]["photo"]), (StatusCode::CREATED, &kept["id"]));
        assert_eq!(read(&world.admin).status, StatusCode::OK);
        assert_eq!(read(&world.colleague).status, StatusCode::NOT_FOUND);

        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        let form = multipart(&[("file", Some("logo.png"), &png(20, 10))]);
        let sent = web.api(&world.seller, Method::POST, "/files", &kind, form);
        assert_eq!((sent.status, &sent.json()["name"]), (StatusCode::CREATED, &json!("logo.png")));
        let refused = web.api(&world.seller, Method::POST, "/files", "image/png", b"<svg/>".to_vec());
        assert_eq!(
            (refused.status, &refused.json()["errors"][0]["code"]),
            (StatusCode::UNPROCESSABLE_ENTITY, &json!("not_a_picture"))
        );
        for wrong in ["/files?frame=oval", "/files?crop=1,2", "/files?colour=red"] {
            assert_eq!(
                web.api(&world.seller, Method::POST, wrong, "image/png", png(9, 9)).status,
                StatusCode::BAD_REQUEST
            );
        }
        let document = web.0.send(Method::GET, "/api/openapi.json", &[], Vec::new()).json();
        assert!(document["paths"]["/files"]["post"]["requestBody"].is_object());
    });
}
