//! A small world for tests of the API: an entity with two faces, four people, and requests without a network.

use std::sync::Arc;

use axum::http::{HeaderMap, Method, StatusCode};
use base::Rid;
use engine::secret::SecretKey;
use engine::users::NewUser;
use engine::{Actor, Engine};
use meta::entity::Face;
use meta::entity::Subject;
use meta::field::{choice, date, emails, involved, is, link, money, number, phones, text};
use meta::{Entity, Involved, Item, PickList, choices, entity, face, fields, item, list};
use serde_json::Value as Json;
use store::Location;

use crate::router::Asked;

choices! {
    pub enum Colour {
        Red = "red" "Red",
        Blue = "blue" "Blue",
    }
}

fields! {
    NAME: String = text("name", "Name").required().search().sorted();
    COLOUR: Option<Colour> = choice::<Colour, _>("colour", "Colour").starts_as("red");
    PIECES: Option<i64> = number("pieces", "Pieces").sorted();
    PRICE: Option<base::Money> = money("price", "Price");
    BOUGHT_ON: Option<chrono::NaiveDate> = date("bought_on", "Bought on");
    EMAILS: Vec<Item> = emails("emails", "E-mails").search();
    PHONES: Vec<Item> = phones("phones", "Phones").search();
    PART_OF: Option<Rid> = link("part_of", "Part of", &PROBE).acyclic().panel("Parts");
    INVOLVED: Involved = involved("involved", "Involved", &ROLES).panel("Probes");
}

static ROLES: PickList =
    list("probe_part", "As what").items(&[item("brings", "Brings it"), item("follows", "Follows it")]);

mod agent {
    use super::*;
    fields! {
        NAME: String = text("name", "Name").required().search().sorted();
        BEHIND: Option<Rid> = link("user", "User", &engine::users::USER).unique();
        PART_OF: Option<Rid> = link("part_of", "Part of", &AGENT).acyclic();
        SINCE: Option<chrono::NaiveDate> = date("since", "Since");
        UNTIL: Option<chrono::NaiveDate> = date("until", "Until");
    }
}

/// Who is involved in probes.
pub static AGENT: Entity = entity("agent", "agents", "Agent", "Agents")
    .title(&agent::NAME)
    .section("Agent", &[&agent::NAME, &agent::BEHIND, &agent::PART_OF, &agent::SINCE, &agent::UNTIL])
    .list(&[&agent::NAME])
    .common()
    .subject(Subject { user: &agent::BEHIND, part_of: &agent::PART_OF, since: &agent::SINCE, until: &agent::UNTIL });

static REDS: Face = face("reds", "Red probe", "Red probes", "flag").only(&[is(&COLOUR, &["red"])]);
static BLUES: Face = face("blues", "Blue probe", "Blue probes", "flag").only(&[is(&COLOUR, &["blue"])]);

/// A thing with a colour.
pub static PROBE: Entity = entity("probe", "probes", "Probe", "Probes")
    .title(&NAME)
    .subtitle(&[&COLOUR, &EMAILS])
    .section("Probe", &[&NAME, &COLOUR, &PIECES, &PRICE, &BOUGHT_ON, &EMAILS, &PHONES, &PART_OF, &INVOLVED])
    .list(&[&NAME, &COLOUR, &PIECES])
    .faces(&[&REDS, &BLUES]);

pub struct World {
    asked: Asked,
    pub anna: String,
    /// Sellers see their own.
    pub bruno: String,
    pub carla: String,
    /// Sees everything and changes nothing.
    pub dario: String,
    _engine: Arc<Engine>,
    /// Gone when the engine is.
    _place: Place,
}

pub enum Place {
    Folder(tempfile::TempDir),
    Postgres(testkit::postgres::TestDatabase),
}

pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Json,
}

impl World {
    pub fn on_sqlite() -> World {
        World::open(Place::Folder(tempfile::tempdir().unwrap()))
    }

    pub fn on_postgres() -> World {
        World::open(Place::Postgres(testkit::postgres::fresh_database()))
    }

    fn open(place: Place) -> World {
        let location = match &place {
            Place::Folder(folder) => Location::Folder(folder.path().to_owned()),
            Place::Postgres(database) => Location::Postgres(database.url.clone()),
        };
        let engine = Arc::new(Engine::open_keyed(&location, &[&PROBE, &AGENT], Some(SecretKey::new([7; 32]))).unwrap());
        let token = |name: &str, role: &str| {
            let email = format!("{name}@casa.example");
            let new = NewUser { name, email: &email, roles: &[role], team: None, password: None };
            let user = engine.create_user(&Actor::program(), &new).unwrap();
            engine.create_token(user, "test").unwrap()
        };
        let (anna, bruno) = (token("anna", "admin"), token("bruno", "seller"));
        let (carla, dario) = (token("carla", "seller"), token("dario", "viewer"));
        World { asked: Asked::new(&engine, false), anna, bruno, carla, dario, _engine: engine, _place: place }
    }

    pub fn get(&self, token: &str, path: &str) -> Answer {
        self.send(Method::GET, token, path, &[], "")
    }

    pub fn post(&self, token: &str, path: &str, body: Json) -> Answer {
        self.send(Method::POST, token, path, &[], &body.to_string())
    }

    pub fn patch(&self, token: &str, path: &str, body: Json) -> Answer {
        self.send(Method::PATCH, token, path, &[], &body.to_string())
    }

    pub fn delete(&self, token: &str, path: &str) -> Answer {
        self.send(Method::DELETE, token, path, &[], "")
    }

    /// Anna makes a probe; answers its path under `/probes`.
    pub fn probe(&self, token: &str, fields: Json) -> String {
        let made = self.post(token, "/probes", serde_json::json!({ "fields": fields }));
        assert_eq!(made.status, StatusCode::CREATED, "{}", made.body);
        format!("/probes/{}", made.text("/id"))
    }

    pub fn send(&self, method: Method, token: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let path = if path.starts_with("/api") { path.to_owned() } else { format!("/api/v1{path}") };
        let bearer = format!("Bearer {token}");
        let own = Some(("authorization", bearer.as_str())).filter(|_| !token.is_empty());
        let headers: Vec<(&str, &str)> = own.into_iter().chain(headers.iter().copied()).collect();
        let reply = self.asked.send(method, &path, &headers, body.to_owned());
        let text = reply.text();
        let body = serde_json::from_str(&text).unwrap_or(Json::String(text));
        Answer { status: reply.status, headers: reply.headers, body }
    }
}

impl Answer {
    pub fn text(&self, pointer: &str) -> &str {
        self.body.pointer(pointer).and_then(Json::as_str).unwrap_or_else(|| panic!("no {pointer} in {}", self.body))
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// Asserts a problem with its status.
    #[track_caller]
    pub fn is_problem(&self, status: u16) -> &Answer {
        assert_eq!(self.status.as_u16(), status, "{}", self.body);
        assert_eq!(self.header("content-type"), "application/problem+json");
        assert_eq!(self.body["status"], status);
        self
    }

    /// Asserts that some error points there.
    #[track_caller]
    pub fn at(&self, pointer: &str) -> &Answer {
        let errors = self.body["errors"].as_array().unwrap_or_else(|| panic!("no errors in {}", self.body));
        assert!(errors.iter().any(|error| error["pointer"] == pointer), "{}", self.body);
        self
    }

    pub fn titles(&self) -> Vec<&str> {
        let items = self.body["items"].as_array().unwrap_or_else(|| panic!("no items in {}", self.body));
        items.iter().filter_map(|item| item["title"].as_str()).collect()
    }
}
