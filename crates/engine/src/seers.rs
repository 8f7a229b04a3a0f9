//! Who can see a record, and why: the rules of visibility told for everybody who works here, of one record.

use std::collections::{HashMap, HashSet};

use base::{Id, Result, Rid};
use meta::access::{Person, Rights, Verb};
use meta::filter::{Column, Reach, Test, Where};
use meta::{Catalogue, Model, Record, Value};
use store::records::{EVERYBODY, TO_CHANGE, TO_LOOK};
use store::{Sql, Tx};

use crate::query::{at, seen};
use crate::titles::Titles;
use crate::users::User;
use crate::{Actor, Engine, access};

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
            let record = seen(tx, actor, &catalogue, model, id)?;
            let anchor = store::records::entries(tx, &[record.rid])?.first().map_or(record.rid, |entry| entry.anchor);
            let ties = tx.query(
                &Sql::new("SELECT principal, why FROM tie WHERE record = $1 ORDER BY why, principal").with(anchor),
            )?;
            let ties: Vec<(Rid, String)> = ties.iter().map(|row| (row.rid(0), row.text(1).to_owned())).collect();
            let titles =
                Titles::of_rows(tx, &Actor::program(), &catalogue, &ties.iter().map(|(rid, _)| *rid).collect())?;
            let company = Company::read(tx, &catalogue)?;
            let seer = |user: &User| {
                let rights = catalogue.rights_of(&user.roles);
                let asked = Asked { model, record: &record, ties: &ties, titles: &titles, user: user.rid };
                let person = company.person(user, rights);
                let why = asked.why(&person, Verb::View)?;
                let changes = asked.why(&person, Verb::Change).is_some();
                Some(Seer { user: user.rid, id: user.id, name: user.name.clone(), changes, why })
            };
            Ok(users.iter().filter_map(seer).collect())
        })
    }
}

/// One record, asked about for one user.
struct Asked<'a> {
    model: &'a Model,
    record: &'a Record,
    ties: &'a [(Rid, String)],
    titles: &'a Titles,
    user: Rid,
}

impl Asked<'_> {
    /// Why they may do something with it, read off the very filter that their queries carry; none where they may not.
    fn why(&self, person: &Person, verb: Verb) -> Option<Vec<Why>> {
        let mut why = self.holds(&access::allowed(person, self.model, None, verb)?)?;
        if why.is_empty() {
            why.push(Why::Role);
        }
        Some(why)
    }

    /// The reasons for which a filter of rights holds, each once; empty where it asks for none, none where it does not hold.
    fn holds(&self, filter: &Where) -> Option<Vec<Why>> {
        let once = |parts: Vec<Vec<Why>>| {
            let mut all = Vec::new();
            parts.into_iter().flatten().for_each(|one| {
                if !all.contains(&one) {
                    all.push(one);
                }
            });
            all
        };
        let found = |why: Vec<Why>| (!why.is_empty()).then_some(why);
        match filter {
            Where::All(parts) => parts.iter().map(|part| self.holds(part)).collect::<Option<Vec<_>>>().map(once),
            Where::Any(parts) => {
                let ways: Vec<Vec<Why>> = parts.iter().filter_map(|part| self.holds(part)).collect();
                // One that asks for no reason speaks for all.
                (!ways.is_empty()).then(|| if ways.iter().any(Vec::is_empty) { Vec::new() } else { once(ways) })
            }
            Where::Not(part) => self.holds(part).is_none().then(Vec::new),
            Where::Rids(rids) => rids.contains(&self.record.rid).then(|| vec![Why::Themselves]),
            Where::Reach(reach) => {
                found(once(vec![self.ties.iter().filter_map(|tie| self.tied(tie, reach)).collect()]))
            }
            Where::Test(Test { column: Column::Field(at), values, hop: None, .. }) => {
                let value = &self.record.values[*at];
                let held = |one: &Value| one == value || value.keys().iter().any(|key| key == one.text());
                values.iter().any(held).then(Vec::new)
            }
            // Rights are written with nothing else.
            Where::Test(_) | Where::Found(_) => None,
        }
    }

    fn tied(&self, (principal, why): &(Rid, String), reach: &Reach) -> Option<Why> {
        if !reach.principals.contains(principal) || (why == TO_LOOK && !reach.to_look) {
            return None;
        }
        let name = || self.titles.get(*principal).map(|linked| linked.title.clone()).unwrap_or_default();
        Some(match why.as_str() {
            _ if *principal == EVERYBODY => Why::Open,
            TO_LOOK | TO_CHANGE => Why::Shared,
            why if why.starts_with("involved") => Why::Involved(name()),
            _ if *principal == self.user => Why::InCharge,
            _ => Why::Team(name()),
        })
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

    fn person(&self, user: &User, rights: Rights) -> Person {
        let own = self.own(user);
        let team = self.team(user, &own);
        Person { user: user.rid, rights, own: own.into_iter().collect(), team: team.into_iter().collect() }
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
