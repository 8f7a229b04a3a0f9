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
use store::{Lane, Sql, Tx};

use crate::roles::{ROLES, rights_of_all};
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
    }
}

pub static TEAM: Entity = entity("team", "teams", "Team", "Teams")
    .icon("users-group")
    .title(&team::NAME)
    .section("Team", &[&team::NAME, &team::PARENT])
    .list(&[&team::NAME, &team::PARENT])
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
            return refuse(&EMAIL, say!("{value} is not an e-mail address", value = change.get(&EMAIL)));
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
    /// Makes a user, with a password when one is given.
    pub fn create_user(&self, actor: &Actor, new: &NewUser) -> Result<Rid> {
        if let Some(password) = new.password {
            crate::passwords::check_password(password)?;
        }
        let catalogue = self.catalogue();
        let model = catalogue.of(&USER);
        let at = |key| model.position(key).unwrap_or(0);
        let values = vec![
            (at("name"), Value::Text(new.name.to_owned())),
            (at("email"), Value::Text(new.email.to_owned())),
            (at("roles"), Value::Keys(new.roles.iter().map(|role| (*role).to_owned()).collect())),
            (at("team"), new.team.map_or(Value::Null, Value::Link)),
        ];
        let saved = self.save(actor, vec![Draft { entity: USER.key, target: Target::New(None), values }])?;
        let rid = saved.records.first().map(|record| record.rid).ok_or_else(|| Error::fault("no user was made"))?;
        if let Some(password) = new.password {
            self.set_password(rid, password)?;
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
            person: Person { user: user.rid, rights: rights_of_all(user.roles.iter().map(String::as_str)), own, team },
            name: user.name.clone(),
            language: user.language,
            zone: base::clock::ZONE,
            channel,
        })
    }

    pub fn has_users(&self) -> Result<bool> {
        self.store.read(|tx| Ok(tx.first(&Sql::new("SELECT 1 FROM credential LIMIT 1"))?.is_some()))
    }

    /// Gives a user another password; whoever is signed in with the old one is signed out.
    pub fn change_password(&self, user: Rid, password: &str) -> Result<()> {
        crate::passwords::check_password(password)?;
        self.set_password(user, password)?;
        let sql = Sql::new("DELETE FROM session WHERE user_rid = $1").with(user);
        self.store.write(Lane::People, |tx| tx.execute(&sql).map(|_| ()))
    }

    pub(crate) fn set_password(&self, user: Rid, password: &str) -> Result<()> {
        let hash = crate::passwords::hash(password)?;
        let sql = Sql::new(
            "INSERT INTO credential (user_rid, password, changed_at) VALUES ($1, $2, $3) \
             ON CONFLICT (user_rid) DO UPDATE SET password = excluded.password, changed_at = excluded.changed_at",
        );
        let sql = sql.with(user).with(hash).with(base::clock::now());
        self.store.write(Lane::People, |tx| tx.execute(&sql).map(|_| ()))
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

/// Whom a user stands for by themselves, and whom with their team: the users, and today's subjects behind whom they are.
fn principals(tx: &Tx, catalogue: &Catalogue, user: &User) -> Result<(Vec<Rid>, Vec<Rid>)> {
    let (mut own, mut team) = (vec![user.rid], team_principals(tx, user)?);
    let Some((model, subject)) = catalogue.subjects().and_then(|model| Some((model, model.entity.subject?))) else {
        return Ok((own, team));
    };
    let (table, key) = (model.entity.key, |field: &dyn meta::Declared| field.def().key);
    let today = base::clock::today(base::clock::ZONE).to_string();
    let stands = |sql: &mut Sql, alias: &str| {
        let (since, until) = (key(subject.since), key(subject.until));
        sql.push(&format!("{alias}.deleted_at IS NULL AND ({alias}.\"{since}\" IS NULL OR {alias}.\"{since}\" <= "));
        sql.bind(today.as_str()).push(&format!(") AND ({alias}.\"{until}\" IS NULL OR {alias}.\"{until}\" >= "));
        sql.bind(today.as_str()).push(")");
    };
    // Who stands behind an agency stands for its agents with the team.
    let (behind, part_of) = (key(subject.user), key(subject.part_of));
    let mut sql =
        Sql::new(format!("WITH RECURSIVE down (rid, behind) AS (SELECT rid, \"{behind}\" FROM \"{table}\" s WHERE "));
    stands(&mut sql, "s");
    sql.push(&format!(" AND s.\"{behind}\" IN ")).bind_list(team.iter().copied());
    sql.push(&format!(
        " UNION SELECT s.rid, s.\"{behind}\" FROM \"{table}\" s JOIN down ON s.\"{part_of}\" = down.rid WHERE "
    ));
    stands(&mut sql, "s");
    sql.push(") SELECT rid, behind FROM down");
    for row in tx.query(&sql)? {
        team.push(row.rid(0));
        if row.opt_int(1) == Some(user.rid.0) {
            own.push(row.rid(0));
        }
    }
    team.sort();
    Ok((own, team))
}

/// The user, their team, the teams below it, and everybody in them: moving a user to another team rewrites no record.
fn team_principals(tx: &Tx, user: &User) -> Result<Vec<Rid>> {
    let Some(team) = user.team else { return Ok(vec![user.rid]) };
    let below = tx.query(
        &Sql::new(
            "WITH RECURSIVE below (rid) AS (SELECT rid FROM team WHERE rid = $1 \
             UNION SELECT team.rid FROM team JOIN below ON team.parent = below.rid) \
             SELECT rid FROM below UNION SELECT u.rid FROM \"user\" u JOIN below ON u.team = below.rid WHERE u.deleted_at IS NULL",
        )
        .with(team),
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
