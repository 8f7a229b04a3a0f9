//! A small company on an empty database: people with roles and teams, who act as people do.
//!
//! North and South are teams below Sales; seller and colleague are in North, the technician is in Service with a mate.

mod someone;

use std::sync::Arc;

use base::Rid;
use engine::secret::SecretKey;
use engine::users::{NewUser, team};
use engine::{Actor, Channel, Draft, Engine};
use meta::{Entity, Value};
use store::Location;

use crate::postgres::{TestDatabase, from_template};
use crate::probe::{PROBE, PROBE_AGENT, PROBE_CHILD};

pub use engine::Target;
pub use someone::{Made, Someone};

/// The entities of the world, besides users and teams.
pub static ENTITIES: &[&Entity] = &[&PROBE, &PROBE_CHILD, &PROBE_AGENT];

pub struct World {
    pub engine: Arc<Engine>,
    pub program: Someone,
    pub admin: Someone,
    pub manager: Someone,
    pub seller: Someone,
    /// A seller of the same team.
    pub colleague: Someone,
    pub operator: Someone,
    pub technician: Someone,
    /// In the technician's team.
    pub mate: Someone,
    pub viewer: Someone,
    pub location: Location,
    entities: Entities,
    _ground: Ground,
}

/// What is gone with the world.
enum Ground {
    Folder(#[allow(dead_code)] tempfile::TempDir),
    Database(#[allow(dead_code)] TestDatabase),
}

/// The entities of a world, besides users and teams.
type Entities = &'static [&'static Entity];

/// Runs a test on SQLite, then on PostgreSQL.
pub fn on_both(test: impl Fn(&World)) {
    on_both_with("world", ENTITIES, test);
}

/// The same with other entities, under a name that no other such world has.
pub fn on_both_with(name: &'static str, entities: Entities, test: impl Fn(&World)) {
    // Shown when the test fails.
    eprintln!("on SQLite");
    test(&World::on_sqlite(entities));
    eprintln!("on PostgreSQL");
    test(&World::on_postgres(name, entities));
}

impl World {
    pub fn sqlite() -> World {
        World::on_sqlite(ENTITIES)
    }

    pub fn postgres() -> World {
        World::on_postgres("world", ENTITIES)
    }

    fn on_sqlite(entities: Entities) -> World {
        let folder = tempfile::tempdir().expect("a folder for the test");
        let location = Location::Folder(folder.path().to_owned());
        settle(&open(&location, entities));
        World::at(location, entities, Ground::Folder(folder))
    }

    fn on_postgres(name: &'static str, entities: Entities) -> World {
        let database = from_template(name, |url| settle(&open(&Location::Postgres(url.to_owned()), entities)));
        World::at(Location::Postgres(database.url.clone()), entities, Ground::Database(database))
    }

    fn at(location: Location, entities: Entities, ground: Ground) -> World {
        let engine = Arc::new(open(&location, entities));
        let known = |name: &str| {
            let user = engine.user_named(&format!("{name}@example.it")).expect("users can be read");
            let user = user.unwrap_or_else(|| panic!("{name} was not made"));
            Someone::new(&engine, engine.actor(&user, Channel::Form).expect("teams can be read"))
        };
        World {
            program: Someone::new(&engine, Actor::program()),
            admin: known("admin"),
            manager: known("manager"),
            seller: known("seller"),
            colleague: known("colleague"),
            operator: known("operator"),
            technician: known("technician"),
            mate: known("mate"),
            viewer: known("viewer"),
            location,
            entities,
            engine,
            _ground: ground,
        }
    }

    /// Another node on the same database.
    pub fn second_engine(&self) -> Arc<Engine> {
        Arc::new(open(&self.location, self.entities))
    }

    /// Somebody more who signs in, in no team.
    pub fn hires(&self, name: &str, role: &str) -> Someone {
        let email = format!("{name}@example.it");
        let new = NewUser { name, email: &email, roles: &[role], team: None, password: None };
        let rid = self.engine.create_user(&Actor::program(), &new).unwrap_or_else(|error| panic!("{name}: {error}"));
        let user = self.engine.user(rid).expect("users can be read").expect("the user is there");
        Someone::new(&self.engine, self.engine.actor(&user, Channel::Form).expect("teams can be read"))
    }

    /// Everybody who signs in.
    pub fn people(&self) -> [&Someone; 8] {
        [
            &self.admin,
            &self.manager,
            &self.seller,
            &self.colleague,
            &self.operator,
            &self.technician,
            &self.mate,
            &self.viewer,
        ]
    }
}

fn open(location: &Location, entities: Entities) -> Engine {
    Engine::open_keyed(location, entities, Some(secret_key()))
        .unwrap_or_else(|error| panic!("the engine does not open: {error}"))
}

/// The key of every world.
pub fn secret_key() -> SecretKey {
    SecretKey::new([7; 32])
}

fn settle(engine: &Engine) {
    let sales = make_team(engine, "Sales", None);
    let north = make_team(engine, "North", Some(sales));
    let service = make_team(engine, "Service", None);
    for (name, role, team) in [
        ("admin", "admin", None),
        ("manager", "manager", Some(sales)),
        ("seller", "seller", Some(north)),
        ("colleague", "seller", Some(north)),
        ("operator", "operator", None),
        ("technician", "technician", Some(service)),
        ("mate", "technician", Some(service)),
        ("viewer", "viewer", None),
    ] {
        let email = format!("{name}@example.it");
        let new = NewUser { name, email: &email, roles: &[role], team, password: None };
        engine.create_user(&Actor::program(), &new).unwrap_or_else(|error| panic!("{name}: {error}"));
    }
}

fn make_team(engine: &Engine, name: &str, parent: Option<Rid>) -> Rid {
    let catalogue = engine.catalogue();
    let model = catalogue.of(&engine::users::TEAM);
    let at = |key| model.position(key).expect("a field of teams");
    let values = vec![
        (at(team::NAME.key()), Value::Text(name.to_owned())),
        (at(team::PARENT.key()), parent.map_or(Value::Null, Value::Link)),
    ];
    let saved = engine.save(&Actor::program(), vec![Draft::new(&engine::users::TEAM, values)]);
    saved.unwrap_or_else(|error| panic!("{name}: {error}")).records[0].rid
}
