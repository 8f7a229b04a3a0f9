//! Roles thrown at random: the API and the pages show what the engine lets each of them see, and nothing else.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod router;

use std::collections::{BTreeMap, BTreeSet};

use axum::http::{Method, StatusCode};
use engine::{Query, access};
use meta::access::{Sight, Verb};
use serde_json::{Value as Json, json};
use testkit::dice::{Dice, FIELDS, role};
use testkit::world::{Made, Someone, World, on_both};

use crate::router::{Asked, Reply};

const ROLES: usize = 40;
const PATHS: [&str; 4] = ["probes", "urgent_probes", "sad_probes", "probe_children"];

/// Somebody with a role of their own, at both doors.
struct Visitor<'a> {
    asked: &'a Asked,
    who: Someone,
    bearer: String,
    cookie: String,
}

impl Visitor<'_> {
    fn api(&self, method: Method, path: &str, body: &Json) -> (StatusCode, Json) {
        let headers = [("authorization", self.bearer.as_str()), ("content-type", "application/json")];
        let reply = self.asked.send(method, &format!("/api/v1{path}"), &headers, body.to_string());
        (reply.status, serde_json::from_slice(&reply.bytes).unwrap_or(Json::Null))
    }

    fn page(&self, path: &str) -> Reply {
        self.asked.send(Method::GET, path, &[("cookie", &self.cookie)], "")
    }

    fn sees(&self, record: &Made) -> bool {
        self.who.engine.may(&self.who.actor, record.path, record.rid, Verb::View).unwrap()
    }

    fn is_hidden(&self, field: &str) -> bool {
        self.who.actor.person.rights.sight("probe", field) == Sight::Hidden
    }

    fn lists(&self, path: &str) {
        let catalogue = self.who.engine.catalogue();
        let (model, face) = catalogue.at_path(path).unwrap();
        let (status, found) = self.api(Method::GET, &format!("/{path}?limit=100"), &Json::Null);
        let page = self.page(&format!("/{path}"));
        if !access::may(&self.who.actor, model, face, Verb::View) {
            assert_eq!((status, page.status), (StatusCode::FORBIDDEN, StatusCode::FORBIDDEN), "{path}");
            return;
        }
        assert_eq!((status, page.status), (StatusCode::OK, StatusCode::OK), "{path}: {found}");
        let there = self.who.tries_to_list(&Query::all(path), 100).unwrap();
        let there: BTreeSet<String> = there.iter().map(|record| record.id.to_string()).collect();
        let items = found["items"].as_array().unwrap();
        let told: BTreeSet<String> = items.iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect();
        assert_eq!(told, there, "{path}");
        let shown = page.text();
        for id in self.all_ids() {
            assert_eq!(shown.contains(&format!("/{path}/{id}")), there.contains(&id), "{path}/{id} in the page");
        }
        if model.entity.key == "probe" {
            items.iter().for_each(|item| self.fields(&item["fields"]));
            for field in FIELDS.into_iter().filter(|field| self.is_hidden(field)) {
                for asked in [format!("sort={field}"), format!("{field}[empty]=true")] {
                    assert_eq!(self.api(Method::GET, &format!("/{path}?{asked}"), &Json::Null).0, 400, "{asked}");
                }
            }
        }
    }

    fn all_ids(&self) -> Vec<String> {
        let program = Someone::new(&self.who.engine, engine::Actor::program());
        let all = ["probes", "probe_children"].map(|path| program.tries_to_list(&Query::all(path), 100).unwrap());
        all.iter().flatten().map(|record| record.id.to_string()).collect()
    }

    fn fields(&self, fields: &Json) {
        for field in FIELDS {
            assert!(fields.get(field).is_none() || !self.is_hidden(field), "{field} of {fields}");
        }
    }

    fn record(&self, made: &Made) {
        let address = format!("/{}/{}", made.path, made.id);
        let (status, record) = self.api(Method::GET, &address, &Json::Null);
        let page = self.page(&address);
        let (history, _) = self.api(Method::GET, &format!("{address}/history"), &Json::Null);
        let comment = json!({ "text": "A word" });
        let (said, _) = self.api(Method::POST, &format!("{address}/comments"), &comment);
        let change = json!({ "version": 1, "fields": { "name": "Of another" } });
        if !self.sees(made) {
            let (changed, _) = self.api(Method::PATCH, &address, &change);
            let (deleted, _) = self.api(Method::DELETE, &address, &Json::Null);
            let all = [status, page.status, history, said, changed, deleted];
            assert_eq!(all, [StatusCode::NOT_FOUND; 6], "{address}");
            return;
        }
        assert_eq!([status, page.status, history], [StatusCode::OK; 3], "{address}");
        assert_eq!(said, StatusCode::CREATED, "{address}");
        if made.entity == "probe" {
            self.fields(&record["fields"]);
            assert_eq!(page.text().contains("hush-hush"), !self.is_hidden("notes"), "the notes in {address}");
        }
        if !self.who.engine.may(&self.who.actor, made.path, made.rid, Verb::Change).unwrap() {
            assert_eq!(self.api(Method::PATCH, &address, &change).0, StatusCode::FORBIDDEN, "{address}");
        }
        if !self.who.engine.may(&self.who.actor, made.path, made.rid, Verb::Delete).unwrap() {
            assert_eq!(self.api(Method::DELETE, &address, &Json::Null).0, StatusCode::FORBIDDEN, "{address}");
        }
    }

    fn searches(&self, made: &[Made]) {
        let (status, found) = self.api(Method::GET, "/search?q=hush-hush", &Json::Null);
        assert_eq!(status, StatusCode::OK, "{found}");
        let found = found.to_string();
        for record in made.iter().filter(|record| record.entity == "probe") {
            let should = self.sees(record) && !self.is_hidden("notes");
            assert_eq!(found.contains(&record.id.to_string()), should, "{} by a word of its notes", record.id);
        }
    }
}

fn company(world: &World, dice: &mut Dice) -> Vec<Made> {
    let people = world.people();
    let mut made = Vec::new();
    for number in 0..6 {
        let charge = dice.pick(&people).id().to_string();
        let fields = json!({
            "name": format!("Probe {number}"), "notes": "hush-hush", "quantity": number, "stage": "fresh",
            "price": {"amount": "10"}, "mood": dice.pick(&["good", "odd"]), "urgent": dice.roll(2) == 0,
            "in_charge": [{"id": charge}], "open_to_all": dice.roll(4) == 0,
        });
        let probe = world.program.creates("probes", fields);
        let child = json!({"name": format!("Child {number}"), "probe": probe.id.to_string()});
        made.push(world.program.creates("probe_children", child));
        if dice.roll(2) == 0 {
            let with = dice.pick(&people).id();
            world.engine.share(&world.program.actor, "probes", probe.id, with, dice.roll(2) == 0).unwrap();
        }
        made.push(probe);
    }
    made
}

#[test]
fn api_and_pages_show_each_role_what_it_may_see() {
    on_both(|world| {
        let asked = Asked::new(&world.engine, false);
        let mut dice = Dice::new(2026);
        let made = company(world, &mut dice);
        let labels =
            BTreeMap::from([("en".to_owned(), "Made up".to_owned()), ("it".to_owned(), "Inventato".to_owned())]);
        let key = world.engine.add_role(&world.admin.actor, &labels, None).unwrap();
        let user = &world.seller;
        let tables = world.program.tries_to_list(&Query::all("users"), 50).unwrap();
        let row = tables.iter().find(|row| row.rid == user.rid()).unwrap();
        let user_made = Made {
            rid: row.rid,
            id: row.id,
            version: 1,
            entity: "user",
            path: "users",
            operation: None,
            warnings: vec![],
        };
        world.program.changes(&user_made, json!({ "roles": [key] }));
        let bearer = format!("Bearer {}", world.engine.create_token(user.rid(), "test").unwrap());
        let cookie = format!("session={}", world.engine.open_session(user.rid(), "test").unwrap());
        for _ in 0..ROLES {
            world.engine.change_role(&world.admin.actor, &key, &role(&mut dice)).unwrap();
            let visitor = Visitor { asked: &asked, who: user.anew(), bearer: bearer.clone(), cookie: cookie.clone() };
            PATHS.iter().for_each(|path| visitor.lists(path));
            (0..3)
                .map(|_| &made[dice.roll(made.len())])
                .collect::<Vec<_>>()
                .into_iter()
                .for_each(|one| visitor.record(one));
            visitor.searches(&made);
        }
    });
}
