//! Users and teams: entities of the house, so that lists, pages, log and links are theirs too.

use std::collections::HashSet;

use base::words::Language;
use base::{Error, Id, Problem, Result, Rid, say};
use meta::access::Person;
use meta::change::refuse;
use meta::field::{choice, link, picks, text, tick};
use meta::filter::{Column, Op, Test, Where};
use meta::{Catalogue, Change, Choice, Entity, Value, choices, entity, fields};
use store::list::{ListQuery, Trash};
use store::{Sql, Tx};

use crate::actor::Origin;
use crate::roles::{ADMIN, ROLES};
use crate::{Actor, Channel, Draft, Engine, Target};

choices! {
    /// The languages of the program.
    pub enum Speech {
        Italian = "it" "Italian",
        English = "en" "English",
    }
}

pub mod team {
    use super::*;
    fields! {
        NAME: String = text("name", "Name").required().search().sorted();
        PARENT: Option<Rid> = link("parent", "Part of", &TEAM).acyclic().panel("Teams");
        /// Sees what the team and those below it see, also from outside.
        HEAD: Option<Rid> = link("head", "Head", &super::USER).panel("Head of");
    }
}

pub static TEAM: Entity = entity("team", "teams", "Team", "Teams")
    .icon("users-group")
    .guide("admin#users-and-roles")
    .title(&team::NAME)
    .section("Team", &[&team::NAME, &team::PARENT, &team::HEAD])
    .list(&[&team::NAME, &team::PARENT, &team::HEAD])
    .house();

fields! {
    NAME: String = text("name", "Name").required().search().sorted();
    EMAIL: String = text("email", "E-mail").required().unique().search().sorted();
    USER_NAME: Option<String> = text("user_name", "User name").unique();
    SIGNS_IN: bool = tick("active", "Active").starts_as("true");
    USER_ROLES: Vec<String> = picks("roles", "Roles", &ROLES).required();
    USER_TEAM: Option<Rid> = link("team", "Team", &TEAM).panel("People");
    LANGUAGE: Option<Speech> = choice::<Speech, _>("language", "Language").starts_as("it");
}

pub static USER: Entity = entity("user", "users", "User", "Users")
    .icon("user")
    .guide("admin#users-and-roles")
    .title(&NAME)
    .subtitle(&[&EMAIL])
    .section("User", &[&NAME, &EMAIL, &USER_NAME, &USER_ROLES, &USER_TEAM, &LANGUAGE, &SIGNS_IN])
    .list(&[&NAME, &EMAIL, &USER_ROLES, &USER_TEAM, &SIGNS_IN])
    .rules(&[an_address_can_be_written_to])
    .house();

fn an_address_can_be_written_to(change: &mut Change) -> std::result::Result<(), Problem> {
    match base::email::normalise(&change.get(&EMAIL)) {
        Some(address) => change.set(&EMAIL, address),
        None if change.changed(&EMAIL) => {
            return refuse(&EMAIL, say!("“{value}” is not an e-mail address", value = change.get(&EMAIL)));
        }
        None => {}
    }
    Ok(())
}

/// A user as the command line and the sign-in know them.
#[derive(Clone, Debug)]
pub struct User {
    pub rid: Rid,
    pub id: Id,
    pub name: String,
    pub email: String,
    pub roles: Vec<String>,
    pub team: Option<Rid>,
    pub language: Language,
    pub active: bool,
}

/// What is known of a user who shall be made.
pub struct NewUser<'a> {
    pub name: &'a str,
    pub email: &'a str,
    pub roles: &'a [&'a str],
    pub team: Option<Rid>,
    pub password: Option<&'a str>,
}

impl Engine {
    /// Makes a user, with a password when one is given, who reads the language of whoever makes them.
    pub fn create_user(&self, actor: &Actor, new: &NewUser) -> Result<Rid> {
        if let Some(password) = new.password {
            self.check_password(password, new.name, new.email)?;
        }
        let catalogue = self.catalogue();
        let model = catalogue.of(&USER);
        let at = |key| model.position(key).unwrap_or(0);
        let values = vec![
            (at("name"), Value::Text(new.name.to_owned())),
            (at("email"), Value::Text(new.email.to_owned())),
            (at("roles"), Value::Keys(new.roles.iter().map(|role| (*role).to_owned()).collect())),
            (at("team"), new.team.map_or(Value::Null, Value::Link)),
            (at("language"), Value::Text(actor.language.tag().to_owned())),
        ];
        let saved = self.save(actor, vec![Draft { entity: USER.key, target: Target::New(None), values }])?;
        let rid = saved.records.first().map(|record| record.rid).ok_or_else(|| Error::fault("no user was made"))?;
        if let Some(password) = new.password {
            self.set_first_password(rid, password)?;
        }
        Ok(rid)
    }

    /// Everybody who can or could sign in, by name.
    pub fn users(&self) -> Result<Vec<User>> {
        let catalogue = self.catalogue();
        let model = catalogue.of(&USER);
        let query = ListQuery {
            catalogue: &catalogue,
            model,
            filter: Where::All(Vec::new()),
            sort: vec![store::list::Sort { by: Column::Field(model.title), descending: false }],
            trash: Trash::Without,
        };
        let positions: Vec<usize> = (0..model.fields.len()).collect();
        let page = self.store.read(|tx| crate::query::page_of(tx, &query, &positions, None, 10_000))?;
        Ok(page.records.iter().map(|record| read(model, record)).collect())
    }

    /// A user by e-mail or user name.
    pub fn user_named(&self, name: &str) -> Result<Option<User>> {
        let catalogue = self.catalogue();
        let model = catalogue.of(&USER);
        let is = |key: &str| {
            Where::Test(Test {
                hop: None,
                column: Column::Field(model.position(key).unwrap_or(0)),
                op: Op::Eq,
                values: vec![Value::Text(name.trim().to_owned())],
                guard: None,
            })
        };
        let filter = Where::Any(vec![is("email"), is("user_name")]);
        let query = ListQuery { catalogue: &catalogue, model, filter, sort: Vec::new(), trash: Trash::Without };
        let positions: Vec<usize> = (0..model.fields.len()).collect();
        let page = self.store.read(|tx| crate::query::page_of(tx, &query, &positions, None, 1))?;
        Ok(page.records.first().map(|record| read(model, record)))
    }

    pub fn user(&self, rid: Rid) -> Result<Option<User>> {
        let catalogue = self.catalogue();
        let model = catalogue.of(&USER);
        let records = self.store.read(|tx| store::records::load(tx, model, &[rid], false))?;
        Ok(records.first().filter(|record| record.deleted_at.is_none()).map(|record| read(model, record)))
    }

    /// A user as one who acts: their rights, their teams and those below.
    pub fn actor(&self, user: &User, channel: Channel) -> Result<Actor> {
        let catalogue = self.catalogue();
        let (own, team) = self.store.read(|tx| principals(tx, &catalogue, user))?;
        Ok(Actor {
            person: Person { user: user.rid, rights: catalogue.rights_of(&user.roles), own, team },
            name: user.name.clone(),
            language: user.language,
            zone: base::clock::ZONE,
            channel,
            origin: Origin::default(),
        })
    }

    pub fn has_users(&self) -> Result<bool> {
        self.store.read(|tx| Ok(tx.first(&Sql::new("SELECT 1 FROM credential LIMIT 1"))?.is_some()))
    }
}

fn read(model: &meta::Model, record: &meta::Record) -> User {
    let value = |key: &str| &record.values[model.position(key).unwrap_or(0)];
    User {
        rid: record.rid,
        id: record.id,
        name: value("name").text().to_owned(),
        email: value("email").text().to_owned(),
        roles: value("roles").keys().to_vec(),
        team: value("team").links().first().copied(),
        language: Language::from_tag(value("language").text()).unwrap_or_default(),
        active: *value("active") == Value::Tick(true),
    }
}

/// Whether a record is that of somebody who may do everything.
pub(crate) fn administers(model: &meta::Model, values: &[Value]) -> bool {
    let value = |key: &str| &values[model.position(key).unwrap_or(0)];
    model.entity.key == USER.key
        && value("roles").keys().iter().any(|role| role == ADMIN)
        && *value("active") == Value::Tick(true)
}

/// Refuses what would leave nobody who may change the settings and the users.
pub(crate) fn an_administrator_stays(tx: &Tx) -> Result<()> {
    let sql = Sql::new(
        "SELECT 1 FROM lookup k JOIN \"user\" u ON u.rid = k.record WHERE k.kind = 'user.roles' AND k.key = $1 \
         AND u.active = 1 AND u.deleted_at IS NULL LIMIT 1",
    );
    match tx.first(&sql.with(ADMIN))? {
        Some(_) => Ok(()),
        None => Err(Problem::at("roles", "last", "Somebody must be an administrator: make another one first").into()),
    }
}

/// Whom a user stands for by themselves, and whom with their team: the users, and today's subjects behind whom they are.
fn principals(tx: &Tx, catalogue: &Catalogue, user: &User) -> Result<(Vec<Rid>, Vec<Rid>)> {
    let mut team = team_principals(tx, user)?;
    let mut own = teams_of(tx, user)?;
    own.push(user.rid);
    team.extend(own.iter().copied());
    let Some((model, subject)) = catalogue.subjects().and_then(|model| Some((model, model.entity.subject?))) else {
        return Ok((own, team));
    };
    let (table, key) = (model.entity.key, |field: &dyn meta::Declared| field.def().key);
    // Who stands behind an agency stands for its agents with the team.
    let (behind, part_of) = (key(subject.user), key(subject.part_of));
    let mut sql =
        Sql::new(format!("WITH RECURSIVE down (rid, behind) AS (SELECT rid, \"{behind}\" FROM \"{table}\" s WHERE "));
    holds_today(&mut sql, subject);
    sql.push(&format!(" AND s.\"{behind}\" IN ")).bind_list(team.iter().copied());
    sql.push(&format!(
        " UNION SELECT s.rid, s.\"{behind}\" FROM \"{table}\" s JOIN down ON s.\"{part_of}\" = down.rid WHERE "
    ));
    holds_today(&mut sql, subject);
    sql.push(") SELECT rid, behind FROM down");
    for row in tx.query(&sql)? {
        team.push(row.rid(0));
        if row.opt_int(1) == Some(user.rid.0) {
            own.push(row.rid(0));
        }
    }
    team.sort();
    team.dedup();
    Ok((own, team))
}

/// Every subject that holds today: its row, the user behind it, and what it is part of.
pub(crate) fn subjects_today(catalogue: &Catalogue) -> Option<Sql> {
    let model = catalogue.subjects()?;
    let subject = model.entity.subject?;
    let mut sql = Sql::new("SELECT rid, ");
    sql.name(subject.user.def().key).push(", ").name(subject.part_of.def().key).push(" FROM ").name(model.entity.key);
    sql.push(" s WHERE ");
    holds_today(&mut sql, subject);
    Some(sql)
}

/// Whether the subject `s` is there and holds today.
fn holds_today(sql: &mut Sql, subject: meta::entity::Subject) {
    let today = base::clock::today(base::clock::ZONE).to_string();
    let (since, until) = (subject.since.def().key, subject.until.def().key);
    sql.push(&format!("s.deleted_at IS NULL AND (s.\"{since}\" IS NULL OR s.\"{since}\" <= "));
    sql.bind(today.as_str()).push(&format!(") AND (s.\"{until}\" IS NULL OR s.\"{until}\" >= "));
    sql.bind(today.as_str()).push(")");
}

/// The teams that somebody is in, by themselves or because theirs is part of it, and those they are the head of: what is shared
/// with one of them is shared with everybody in it.
fn teams_of(tx: &Tx, user: &User) -> Result<Vec<Rid>> {
    let mut sql = Sql::new("WITH RECURSIVE above (rid) AS (SELECT rid FROM team WHERE deleted_at IS NULL AND (head = ");
    sql.bind(user.rid).push(" OR rid = ").bind(user.team);
    sql.push(") UNION SELECT team.parent FROM team JOIN above ON team.rid = above.rid WHERE team.parent IS NOT NULL)");
    sql.push(" SELECT above.rid FROM above JOIN team ON team.rid = above.rid WHERE team.deleted_at IS NULL ORDER BY 1");
    Ok(tx.query(&sql)?.iter().map(|row| row.rid(0)).collect())
}

/// The user, their team and those they are the head of, the teams below, and everybody in them: moving a user to another team rewrites no record.
fn team_principals(tx: &Tx, user: &User) -> Result<Vec<Rid>> {
    let below = tx.query(
        &Sql::new(
            "WITH RECURSIVE below (rid) AS (SELECT rid FROM team WHERE deleted_at IS NULL AND (rid = $1 OR head = $2) \
             UNION SELECT team.rid FROM team JOIN below ON team.parent = below.rid WHERE team.deleted_at IS NULL) \
             SELECT rid FROM below UNION SELECT u.rid FROM \"user\" u JOIN below ON u.team = below.rid WHERE u.deleted_at IS NULL",
        )
        .with(user.team)
        .with(user.rid),
    )?;
    let mut principals: HashSet<Rid> = below.iter().map(|row| row.rid(0)).collect();
    principals.insert(user.rid);
    let mut principals: Vec<Rid> = principals.into_iter().collect();
    principals.sort();
    Ok(principals)
}

/// The choice of a language as words know it.
pub fn speech(language: Language) -> &'static str {
    match language {
        Language::It => Speech::Italian.key(),
        Language::En => Speech::English.key(),
    }
}
