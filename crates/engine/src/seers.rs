//! Who can see a record, and why: the rules of visibility told for everybody who works here, of one record.

use std::collections::{HashMap, HashSet};

use base::{Id, Result, Rid};
use meta::access::{Rights, Scope, Verb};
use meta::{Catalogue, Model, Record};
use store::records::{EVERYBODY, TO_CHANGE, TO_LOOK};
use store::{Sql, Tx};

use crate::query::{at, row_of, seen};
use crate::titles::Titles;
use crate::users::User;
use crate::{Actor, Engine};

/// Somebody who can see a record.
#[derive(Debug)]
pub struct Seer {
    pub user: Rid,
    pub id: Id,
    pub name: String,
    pub changes: bool,
    /// Each reason once; never empty.
    pub why: Vec<Why>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// Their role sees all of its kind.
    Role,
    InCharge,
    /// Somebody of their team, whose name this is, is in charge.
    Team(String),
    /// It involves a subject that they stand behind.
    Involved(String),
    /// It was shared with them, or with their team.
    Shared,
    /// It is open to everybody.
    Open,
    /// It is the subject that they stand behind themselves.
    Themselves,
}

impl Engine {
    /// Everybody who can see a record that one may see oneself, by name.
    pub fn seers(&self, actor: &Actor, path: &str, id: Id) -> Result<Vec<Seer>> {
        let catalogue = self.catalogue();
        let users: Vec<User> = self.users()?.into_iter().filter(|user| user.active).collect();
        self.store.read(|tx| {
            let (model, _) = at(&catalogue, path)?;
            let record = seen(tx, actor, &catalogue, model, row_of(tx, model, id)?)?;
            let anchor = store::records::entries(tx, &[record.rid])?.first().map_or(record.rid, |entry| entry.anchor);
            let ties = tx.query(
                &Sql::new("SELECT principal, why FROM tie WHERE record = $1 ORDER BY why, principal").with(anchor),
            )?;
            let ties: Vec<(Rid, String)> = ties.iter().map(|row| (row.rid(0), row.text(1).to_owned())).collect();
            let titles =
                Titles::of_rows(tx, &Actor::program(), &catalogue, &ties.iter().map(|(rid, _)| *rid).collect())?;
            let company = Company::read(tx, &catalogue)?;
            let mut seers = Vec::new();
            for user in &users {
                let rights = catalogue.rights_of(&user.roles);
                let own = company.own(user);
                let team = company.team(user, &own);
                let asked = Asked { model, record: &record, ties: &ties, rights: &rights, own: &own, team: &team };
                let why = asked.why(Verb::View, user, &titles);
                if !why.is_empty() {
                    let changes = !asked.why(Verb::Change, user, &titles).is_empty();
                    seers.push(Seer { user: user.rid, id: user.id, name: user.name.clone(), changes, why });
                }
            }
            Ok(seers)
        })
    }
}

struct Asked<'a> {
    model: &'a Model,
    record: &'a Record,
    ties: &'a [(Rid, String)],
    rights: &'a Rights,
    own: &'a HashSet<Rid>,
    team: &'a HashSet<Rid>,
}

impl Asked<'_> {
    /// The scopes by which the record is reached: those of the faces it is of that have rights of their own, or the entity's.
    fn scopes(&self, verb: Verb) -> Vec<Scope> {
        let entity = self.model.entity;
        let with_row = entity.faces.iter().filter(|face| self.rights.rows.contains_key(face.path));
        let of: Vec<Scope> = with_row
            .filter(|face| self.model.is_of(face, &self.record.values))
            .map(|face| self.rights.scope(entity.key, Some(face.path), verb))
            .collect();
        if of.is_empty() { vec![self.rights.scope(entity.key, None, verb)] } else { of }
    }

    fn why(&self, verb: Verb, user: &User, titles: &Titles) -> Vec<Why> {
        let entity = self.model.entity;
        let looks = verb == Verb::View;
        if self.rights.admin {
            return vec![Why::Role];
        }
        if entity.house {
            return looks.then_some(Why::Role).into_iter().collect();
        }
        let mut why = Vec::new();
        for scope in self.scopes(verb) {
            let reach = match scope {
                Scope::None => continue,
                Scope::All if !(entity.common && !looks && self.scopes(Verb::Change) != [Scope::All]) => {
                    why.push(Why::Role);
                    continue;
                }
                _ if entity.common => {
                    why.extend(looks.then_some(Why::Role));
                    continue;
                }
                Scope::Own | Scope::All => self.own,
                Scope::Team => self.team,
            };
            if entity.subject.is_some() && self.rights.outside {
                why.extend((looks && reach.contains(&self.record.rid)).then_some(Why::Themselves));
                continue;
            }
            why.extend(self.ties.iter().filter_map(|tie| self.tied(tie, verb, reach, user, titles)));
        }
        let mut once = Vec::new();
        why.into_iter().for_each(|one| {
            if !once.contains(&one) {
                once.push(one);
            }
        });
        once
    }

    fn tied(
        &self,
        (principal, why): &(Rid, String),
        verb: Verb,
        reach: &HashSet<Rid>,
        user: &User,
        titles: &Titles,
    ) -> Option<Why> {
        if *principal == EVERYBODY {
            return (verb == Verb::View && !self.rights.outside).then_some(Why::Open);
        }
        if !reach.contains(principal) {
            return None;
        }
        let name = || titles.get(*principal).map(|linked| linked.title.clone()).unwrap_or_default();
        match why.as_str() {
            TO_LOOK => (verb == Verb::View).then_some(Why::Shared),
            TO_CHANGE => Some(Why::Shared),
            why if why.starts_with("involved") => Some(Why::Involved(name())),
            _ if *principal == user.rid => Some(Why::InCharge),
            _ => Some(Why::Team(name())),
        }
    }
}

/// Teams, who is in them, and the subjects of today with whoever stands behind them.
struct Company {
    /// Team, what it is part of, its head.
    teams: Vec<(Rid, Option<Rid>, Option<Rid>)>,
    members: HashMap<Rid, Vec<Rid>>,
    /// Subject, whose user, what it is part of.
    subjects: Vec<(Rid, Option<Rid>, Option<Rid>)>,
}

impl Company {
    fn read(tx: &Tx, catalogue: &Catalogue) -> Result<Company> {
        let three = |row: &store::Row| (row.rid(0), row.opt_int(1).map(Rid), row.opt_int(2).map(Rid));
        let teams = tx.query(&Sql::new("SELECT rid, parent, head FROM team WHERE deleted_at IS NULL"))?;
        let mut members: HashMap<Rid, Vec<Rid>> = HashMap::new();
        for row in
            tx.query(&Sql::new("SELECT rid, team FROM \"user\" WHERE deleted_at IS NULL AND team IS NOT NULL"))?
        {
            members.entry(row.rid(1)).or_default().push(row.rid(0));
        }
        let subjects = match crate::users::subjects_today(catalogue) {
            Some(sql) => tx.query(&sql)?.iter().map(three).collect(),
            None => Vec::new(),
        };
        Ok(Company { teams: teams.iter().map(three).collect(), members, subjects })
    }

    /// As `users::principals` says it of one.
    fn own(&self, user: &User) -> HashSet<Rid> {
        let of = |(rid, _, head): &&(Rid, Option<Rid>, Option<Rid>)| Some(*rid) == user.team || *head == Some(user.rid);
        let mut own: HashSet<Rid> = self.teams.iter().filter(of).map(|team| team.0).collect();
        loop {
            let parents = self.teams.iter().filter(|team| own.contains(&team.0)).filter_map(|team| team.1);
            let new: Vec<Rid> =
                parents.filter(|rid| self.teams.iter().any(|team| team.0 == *rid) && !own.contains(rid)).collect();
            if new.is_empty() {
                break;
            }
            own.extend(new);
        }
        own.insert(user.rid);
        own.extend(self.subjects.iter().filter(|(_, behind, _)| *behind == Some(user.rid)).map(|subject| subject.0));
        own
    }

    fn team(&self, user: &User, own: &HashSet<Rid>) -> HashSet<Rid> {
        let of = |(rid, _, head): &&(Rid, Option<Rid>, Option<Rid>)| Some(*rid) == user.team || *head == Some(user.rid);
        let mut team: HashSet<Rid> = self.teams.iter().filter(of).map(|team| team.0).collect();
        grow(&mut team, &self.teams, |(rid, parent, _)| (*rid, *parent));
        let members: Vec<Rid> = team.iter().filter_map(|rid| self.members.get(rid)).flatten().copied().collect();
        team.extend(members);
        team.extend(own);
        let behind =
            |(_, behind, _): &&(Rid, Option<Rid>, Option<Rid>)| behind.is_some_and(|user| team.contains(&user));
        let stands: Vec<Rid> = self.subjects.iter().filter(behind).map(|subject| subject.0).collect();
        team.extend(stands);
        grow(&mut team, &self.subjects, |(rid, _, part_of)| (*rid, *part_of));
        team
    }
}

/// Adds what is below something that is in it already.
fn grow<T>(all: &mut HashSet<Rid>, tree: &[T], of: impl Fn(&T) -> (Rid, Option<Rid>)) {
    loop {
        let below = tree
            .iter()
            .map(&of)
            .filter(|(rid, above)| above.is_some_and(|above| all.contains(&above)) && !all.contains(rid));
        let new: Vec<Rid> = below.map(|(rid, _)| rid).collect();
        if new.is_empty() {
            return;
        }
        all.extend(new);
    }
}
