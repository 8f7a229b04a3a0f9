//! Rights in worlds thrown at random: teams, people, subjects, shares, roles and records are made up, and what every door shows is
//! compared with the rules, told once more in the plainest way.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use base::{Error, Rid};
use engine::export::ExportFormat;
use engine::roles::Sheet;
use engine::{Engine, Query};
use meta::access::{Scope, Sight, Verb};
use meta::{Catalogue, Entity, Filter, Op, Record, Value};
use serde_json::json;
use store::{Sql, Store};
use testkit::dice::{Dice, FIELDS, role};
use testkit::plain::Plain;
use testkit::world::{Made, Someone, World, on_both};

/// The roles tried in each made-up company by somebody who works there: with 25 companies 2,000 worlds on SQLite. PostgreSQL, which
/// takes three times as long, is asked about 250 of them.
const ROLES_EACH: usize = 80;
const ROLES_EACH_ON_POSTGRES: usize = 10;

const PATHS: [&str; 4] = ["probes", "urgent_probes", "sad_probes", "probe_children"];
/// What those have who are asked about; who asks has a role made up.
const BUILT_IN: [&str; 7] = ["manager", "seller", "operator", "technician", "viewer", "agent", "agency"];

#[test]
fn in_worlds_thrown_at_random_every_door_shows_what_the_rules_say() {
    companies(0..7);
}

#[test]
fn in_more_worlds_thrown_at_random_every_door_shows_what_the_rules_say() {
    companies(7..13);
}

#[test]
fn in_still_more_worlds_thrown_at_random_every_door_shows_what_the_rules_say() {
    companies(13..19);
}

#[test]
fn in_the_last_worlds_thrown_at_random_every_door_shows_what_the_rules_say() {
    companies(19..25);
}

fn companies(seeds: std::ops::Range<u64>) {
    on_both(|world| {
        let (sparse, dense) = (node(world, 1_000_000), node(world, 0));
        for seed in seeds.clone() {
            let mut dice = Dice::new(seed + 77);
            let (made, agents) = company(world, &mut dice, seed);
            let catalogue = world.engine.catalogue();
            let rules = Rules::read(world, &catalogue);
            let rounds = if world.engine.store.folder().is_some() { ROLES_EACH } else { ROLES_EACH_ON_POSTGRES };
            for round in 0..rounds {
                let user = dice.pick(&world.people()).anew();
                let sheets: Vec<Sheet> = (0..1 + dice.roll(2)).map(|_| role(&mut dice)).collect();
                let entities: Vec<&'static Entity> = catalogue.models.iter().map(|model| model.entity).collect();
                let rights = sheets.iter().map(|sheet| sheet.rights(&entities)).reduce(|one, other| one.join(other));
                let engine = if round % 2 == 0 { &sparse } else { &dense };
                let mut who = user.at(engine);
                who.actor.person.rights = rights.unwrap();
                let asked = Asked { rules: &rules, sheets: &sheets, who: &who };
                let some: Vec<&Made> = (0..3).map(|_| dice.roll(made.len())).map(|at| &made[at]).collect();
                let path = dice.pick(&PATHS);
                asked.lists(path);
                some.iter().for_each(|record| asked.record(record));
                asked.fields(&made, round % 10 == 0);
                if round % 20 == 0 {
                    asked.exports();
                    made.iter().chain(&agents).for_each(|record| asked.seers(record));
                }
            }
        }
    });
}

/// A node that begins lists with the rows or with the order.
fn node(world: &World, sparse: i64) -> Arc<Engine> {
    let mut engine = Arc::into_inner(world.second_engine()).unwrap();
    engine.store = Store::open(&world.location).unwrap().with_sparse(sparse);
    Arc::new(engine)
}

/// Moves people between teams, teams below each other, gives them other roles, and makes subjects, records and shares; what was there
/// before is gone. Answers the records, and the subjects.
fn company(world: &World, dice: &mut Dice, seed: u64) -> (Vec<Made>, Vec<Made>) {
    for path in ["probe_children", "probes", "probe_agents"] {
        let query = Query::all(path);
        let rids: Vec<Rid> = world.program.tries_to_list(&query, 500).unwrap().iter().map(|one| one.rid).collect();
        let catalogue = world.engine.catalogue();
        world.engine.delete(&world.program.actor, catalogue.at_path(path).unwrap().0.entity.key, &rids).unwrap();
    }
    let people = world.people();
    let teams = world.program.tries_to_list(&Query::all("teams"), 50).unwrap();
    let mut order = teams.clone();
    order.sort_by_key(|_| dice.roll(1000));
    for (at, team) in order.iter().enumerate() {
        // Below one that comes before it in this order, so that no circle is made.
        let parent = if at > 0 && dice.roll(3) > 0 { Some(dice.pick(&order[..at])) } else { None };
        let head = (dice.roll(3) == 0).then(|| dice.pick(&people).id());
        let none = Made {
            rid: team.rid,
            id: team.id,
            version: 1,
            entity: "team",
            path: "teams",
            operation: None,
            warnings: vec![],
        };
        world.program.changes(&none, json!({"parent": null}));
        world.program.changes(
            &none,
            json!({"parent": parent.map(|team| team.id.to_string()), "head": head.map(|id| id.to_string())}),
        );
    }
    for who in people {
        let user = Made {
            rid: who.rid(),
            id: who.id(),
            version: 1,
            entity: "user",
            path: "users",
            operation: None,
            warnings: vec![],
        };
        let team = (dice.roll(4) > 0).then(|| dice.pick(&teams).id.to_string());
        let roles: BTreeSet<&str> = (0..1 + dice.roll(2)).map(|_| dice.pick(&BUILT_IN)).collect();
        let roles = if who.rid() == world.admin.rid() { BTreeSet::from(["admin"]) } else { roles };
        world.program.changes(&user, json!({"team": team, "roles": roles}));
    }
    let mut agents: Vec<Made> = Vec::new();
    let mut behind: Vec<&Someone> = people.to_vec();
    for number in 0..3 {
        let user = behind.remove(dice.roll(behind.len()));
        let part_of = (!agents.is_empty() && dice.roll(2) == 0).then(|| dice.pick(&agents).id.to_string());
        let until = (dice.roll(4) == 0).then_some("2001-01-01");
        let user = (dice.roll(4) > 0).then(|| user.id().to_string());
        let name = format!("Agent {seed} {number}");
        agents.push(
            world
                .program
                .creates("probe_agents", json!({"name": name, "user": user, "part_of": part_of, "until": until})),
        );
    }
    let mut made = Vec::new();
    for number in 0..7 {
        let charge: Vec<String> = (0..dice.roll(3)).map(|_| dice.pick(&people).id().to_string()).collect();
        let charge: BTreeSet<String> = charge.into_iter().collect();
        let involved: Vec<_> = match dice.roll(3) {
            0 => vec![json!({"id": dice.pick(&agents).id.to_string(), "role": "brings"})],
            _ => Vec::new(),
        };
        let mood = dice.pick(&["good", "odd"]);
        let fields = json!({
            "name": format!("Probe {seed} {number}"), "notes": format!("secret{seed}x{number}"), "quantity": number,
            "price": {"amount": "10"}, "stage": "fresh", "mood": mood, "urgent": dice.roll(2) == 0,
            "in_charge": charge.iter().map(|id| json!({"id": id})).collect::<Vec<_>>(),
            "open_to_all": dice.roll(5) == 0, "involved": involved,
        });
        let probe = world.program.creates("probes", fields);
        if dice.roll(2) == 0 {
            let child = json!({"name": format!("Child {seed} {number}"), "probe": probe.id.to_string()});
            made.push(world.program.creates("probe_children", child));
        }
        if dice.roll(2) == 0 {
            let with = if dice.roll(2) == 0 { dice.pick(&people).id() } else { dice.pick(&teams).id };
            world.engine.share(&world.program.actor, "probes", probe.id, with, dice.roll(2) == 0).unwrap();
        }
        made.push(probe);
    }
    (made, agents)
}

/// What there is, as the tables say it.
struct Rules<'a> {
    plain: Plain<'a>,
    catalogue: &'a Catalogue,
    /// Each team's parent and head.
    teams: HashMap<Rid, (Option<Rid>, Option<Rid>)>,
    team_of: HashMap<Rid, Rid>,
}

impl<'a> Rules<'a> {
    fn read(world: &World, catalogue: &'a Catalogue) -> Rules<'a> {
        let rows = |sql: &str| world.engine.store.read(|tx| tx.query(&Sql::new(sql))).unwrap();
        let teams = rows("SELECT rid, parent, head FROM team WHERE deleted_at IS NULL");
        let team_of = rows("SELECT rid, team FROM \"user\" WHERE deleted_at IS NULL AND team IS NOT NULL");
        Rules {
            plain: Plain::read(&world.engine.store, catalogue),
            catalogue,
            teams: teams.iter().map(|row| (row.rid(0), (row.opt_int(1).map(Rid), row.opt_int(2).map(Rid)))).collect(),
            team_of: team_of.iter().map(|row| (row.rid(0), row.rid(1))).collect(),
        }
    }

    /// Whether a team is another, or somewhere below it.
    fn is_below(&self, team: Rid, above: Rid) -> bool {
        team == above
            || self.teams.get(&team).and_then(|team| team.0).is_some_and(|parent| self.is_below(parent, above))
    }

    fn belongs(&self, user: Rid, team: Rid) -> bool {
        self.team_of.get(&user) == Some(&team) || self.teams.get(&team).is_some_and(|team| team.1 == Some(user))
    }

    /// The subjects of today, each with the user behind it and what it is part of.
    fn subjects(&self) -> Vec<(Rid, Option<Rid>, Option<Rid>)> {
        let model = self.catalogue.model("probe_agent").unwrap();
        let link = |record: &Record, key: &str| record.values[model.position(key).unwrap()].links().first().copied();
        let holds = |record: &Record| {
            let until = &record.values[model.position("until").unwrap()];
            record.deleted_at.is_none() && until.is_empty()
        };
        let all = self.plain.records.values().filter(|(of, record)| of.entity.key == "probe_agent" && holds(record));
        all.map(|(_, record)| (record.rid, link(record, "user"), link(record, "part_of"))).collect()
    }

    /// Whom or what somebody is for the scope own, and for the scope team.
    fn principals(&self, user: Rid) -> (HashSet<Rid>, HashSet<Rid>) {
        let subjects = self.subjects();
        let mut own: HashSet<Rid> = HashSet::from([user]);
        let mine: Vec<Rid> = self.teams.keys().copied().filter(|team| self.belongs(user, *team)).collect();
        own.extend(self.teams.keys().filter(|team| mine.iter().any(|one| self.is_below(*one, **team))));
        own.extend(subjects.iter().filter(|subject| subject.1 == Some(user)).map(|subject| subject.0));
        let below: Vec<Rid> =
            self.teams.keys().copied().filter(|team| mine.iter().any(|one| self.is_below(*team, *one))).collect();
        let mut team = own.clone();
        team.extend(&below);
        team.extend(self.team_of.iter().filter(|(_, of)| below.contains(of)).map(|(user, _)| *user));
        // A subject is the team's when somebody of the team stands behind it, or behind what it is part of.
        let stands = |subject: &(Rid, Option<Rid>, Option<Rid>)| {
            let mut at = Some(*subject);
            while let Some((_, behind, part_of)) = at {
                if behind.is_some_and(|behind| team.contains(&behind)) {
                    return true;
                }
                at = part_of.and_then(|above| subjects.iter().find(|subject| subject.0 == above).copied());
            }
            false
        };
        let of_team: Vec<Rid> = subjects.iter().filter(|subject| stands(subject)).map(|subject| subject.0).collect();
        team.extend(of_team);
        (own, team)
    }
}

struct Asked<'a> {
    rules: &'a Rules<'a>,
    sheets: &'a [Sheet],
    who: &'a Someone,
}

impl Asked<'_> {
    /// The widest that the roles say of a place, each with what it says above it where it says nothing.
    fn scope(&self, entity: &str, face: Option<&str>, verb: Verb) -> Scope {
        let at = verb as usize;
        let one = |sheet: &Sheet| {
            let of_face = face.and_then(|face| sheet.rows.get(face)?[at]);
            of_face.or(sheet.rows.get(entity).and_then(|row| row[at])).unwrap_or(sheet.usual[at])
        };
        self.sheets.iter().map(one).max().unwrap()
    }

    fn may(&self, entity: &str, record: &Record, verb: Verb) -> bool {
        let (model, _) = self.rules.plain.records.get(&record.rid).unwrap();
        let with_row = |face: &str| self.sheets.iter().any(|sheet| sheet.rows.contains_key(face));
        let of = model.entity.faces.iter().filter(|face| with_row(face.path) && model.is_of(face, &record.values));
        let mut scopes: Vec<Scope> = of.map(|face| self.scope(entity, Some(face.path), verb)).collect();
        if scopes.is_empty() {
            scopes.push(self.scope(entity, None, verb));
        }
        scopes.into_iter().any(|scope| self.reaches(record, scope, verb))
    }

    fn reaches(&self, record: &Record, scope: Scope, verb: Verb) -> bool {
        let (own, team) = self.rules.principals(self.who.rid());
        let principals = match scope {
            Scope::None => return false,
            Scope::All => return true,
            Scope::Own => own,
            Scope::Team => team,
        };
        let (model, _) = self.rules.plain.records.get(&record.rid).unwrap();
        let anchor = model.belongs.map_or(record.rid, |at| record.values[at].links()[0]);
        let (model, record) = self.rules.plain.records.get(&anchor).unwrap();
        let value = |key: &str| &record.values[model.position(key).unwrap()];
        let tied =
            value("in_charge").links().iter().chain(value("involved").links()).any(|one| principals.contains(one));
        let looks = matches!(verb, Verb::View | Verb::Export);
        let mut shares = self.rules.plain.shares.get(&record.rid).into_iter().flatten();
        let shared = shares.any(|(with, changes)| principals.contains(with) && (*changes || looks));
        let inside = self.sheets.iter().any(|sheet| !sheet.outside);
        let open = verb == Verb::View && inside && *value("open_to_all") == Value::Tick(true);
        tied || shared || open
    }

    /// What the roles leave of a field: the most that one gives that sees probes at all.
    fn sight(&self, field: &str) -> Sight {
        let one = |sheet: &Sheet| {
            let views = sheet.rows.get("probe").and_then(|row| row[0]).unwrap_or(sheet.usual[0]) != Scope::None;
            let said = sheet.fields.get("probe").and_then(|fields| fields.get(field)).copied();
            match (self.sheets.len() == 1, views) {
                (true, _) | (_, true) => said.unwrap_or(Sight::Changed),
                _ => Sight::Hidden,
            }
        };
        // Where no role says anything of it, it is as it is.
        let said = self.sheets.iter().any(|sheet| sheet.fields.get("probe").is_some_and(|all| all.contains_key(field)));
        if said { self.sheets.iter().map(one).max().unwrap() } else { Sight::Changed }
    }

    fn lists(&self, path: &str) {
        let (model, face) = self.rules.catalogue.at_path(path).unwrap();
        let entity = model.entity.key;
        let live = self.rules.plain.records.values().filter(|(of, record)| {
            of.entity.key == entity
                && record.deleted_at.is_none()
                && face.is_none_or(|face| model.is_of(face, &record.values))
        });
        // A list of a face goes by the rights of that face.
        let may = |record: &Record| match face {
            Some(face) => self.reaches(record, self.scope(entity, Some(face.path), Verb::View), Verb::View),
            None => self.may(entity, record, Verb::View),
        };
        let mut should: Vec<Rid> =
            live.map(|(_, record)| record).filter(|record| may(record)).map(|record| record.rid).collect();
        should.sort();
        match self.who.tries_to_list(&Query { sort: vec!["id".to_owned()], ..Query::all(path) }, 4) {
            Ok(found) => {
                let found: Vec<Rid> = found.iter().map(|record| record.rid).collect();
                assert_eq!(found, should, "{} on {path} with {:?}", self.who.actor.name, self.sheets);
                assert_eq!(self.who.counts(path), should.len());
                let title = if path == "probe_children" { "child" } else { "probe" };
                assert_eq!(self.who.finds(path, title).len(), should.len(), "by words on {path}");
            }
            Err(Error::Denied(_)) => assert!(should.is_empty(), "{path} is denied, and there is something to see"),
            Err(other) => panic!("{other}"),
        }
    }

    fn record(&self, record: &Made) {
        let (_, there) = self.rules.plain.records.get(&record.rid).unwrap();
        let sees = self.may(record.entity, there, Verb::View);
        assert_eq!(self.who.tries_to_open(record).is_ok(), sees, "opened, with {:?}", self.sheets);
        assert_eq!(self.who.tries_to_read_history(record).is_ok(), sees);
        assert_eq!(self.who.engine.rows(&self.who.actor, record.path, &[record.id]).unwrap().len(), usize::from(sees));
        assert_eq!(self.who.engine.shares(&self.who.actor, record.path, record.id).is_ok(), sees);
        for verb in [Verb::View, Verb::Change, Verb::Delete, Verb::Export, Verb::Bulk] {
            let may = self.who.engine.may(&self.who.actor, record.path, record.rid, verb).unwrap();
            assert_eq!(may, self.may(record.entity, there, verb), "{verb:?} with {:?}", self.sheets);
        }
    }

    fn fields(&self, made: &[Made], tries: bool) {
        let probe = made.iter().find(|record| record.entity == "probe" && self.who.tries_to_open(record).is_ok());
        for field in FIELDS {
            let sight = self.sight(field);
            let named = self.who.engine.seen(&self.who.actor).model("probe").unwrap().position(field);
            assert_eq!(named.is_some(), sight != Sight::Hidden, "{field} with {:?}", self.sheets);
            let Some(probe) = probe else { continue };
            let at = self.rules.catalogue.model("probe").unwrap().position(field).unwrap();
            assert_eq!(self.who.opens(probe).values[at].is_empty(), sight == Sight::Hidden);
            let filter = Query { filter: Filter::test(field, Op::Empty, "false"), ..Query::all("probes") };
            assert_eq!(self.who.tries_to_list(&filter, 50).is_ok(), sight != Sight::Hidden);
            let sorted = Query { sort: vec![field.to_owned()], ..Query::all("probes") };
            if field != "notes" {
                assert_eq!(self.who.tries_to_list(&sorted, 50).is_ok(), sight != Sight::Hidden);
            }
            if !tries {
                continue;
            }
            let changed = self.who.tries_to_change(probe, other_value(field));
            let (_, there) = self.rules.plain.records.get(&probe.rid).unwrap();
            let may = self.may("probe", there, Verb::Change) && sight == Sight::Changed;
            assert_eq!(changed.is_ok(), may, "{field} {changed:?} with {:?}", self.sheets);
            if let Ok(changed) = changed {
                // So that what was read of the company holds on.
                Someone::new(&self.who.engine, engine::Actor::program()).undoes(changed.operation);
            }
        }
        if let Some(probe) = probe {
            let (_, there) = self.rules.plain.records.get(&probe.rid).unwrap();
            let notes = there.values[self.rules.catalogue.model("probe").unwrap().position("notes").unwrap()].text();
            let found = !self.who.finds("probes", notes).is_empty();
            assert_eq!(found, self.sight("notes") != Sight::Hidden, "by a word of a hidden field");
        }
    }

    fn exports(&self) {
        let model = self.rules.catalogue.model("probe").unwrap();
        let live = self
            .rules
            .plain
            .records
            .values()
            .filter(|(of, record)| of.entity.key == "probe" && record.deleted_at.is_none());
        let may = |record: &Record| self.may("probe", record, Verb::Export) && self.may("probe", record, Verb::View);
        let should = live.filter(|(_, record)| may(record)).count() as u64;
        let words = base::Words::new(base::words::Language::En, &[]).unwrap();
        let (query, format) = (Query::all("probes"), ExportFormat::Csv(sheet::CsvStyle::default()));
        let done = self.who.engine.export(&self.who.actor, &query, &[model.title], format, &words, Vec::new());
        match done {
            Ok(count) => assert_eq!(count, should, "exported with {:?}", self.sheets),
            Err(Error::Denied(_)) => assert_eq!(should, 0),
            Err(other) => panic!("{other}"),
        }
    }

    /// Who sees a record is told by the same rules: of those who have built-in roles.
    fn seers(&self, record: &Made) {
        let program = Someone::new(&self.who.engine, engine::Actor::program());
        let told = self.who.engine.seers(&program.actor, record.path, record.id).unwrap();
        let told: BTreeMap<Rid, bool> = told.into_iter().map(|seer| (seer.user, seer.changes)).collect();
        for user in self.who.engine.users().unwrap() {
            let actor = self.who.engine.actor(&user, engine::Channel::Form).unwrap();
            let may = |verb| self.who.engine.may(&actor, record.path, record.rid, verb).unwrap();
            assert_eq!(told.contains_key(&user.rid), may(Verb::View), "{}", user.name);
            assert_eq!(
                told.get(&user.rid).copied().unwrap_or_default(),
                may(Verb::View) && may(Verb::Change),
                "{}",
                user.name
            );
        }
    }
}

fn other_value(field: &str) -> serde_json::Value {
    match field {
        "notes" => json!({"notes": "something else"}),
        "quantity" => json!({"quantity": 4711}),
        "price" => json!({"price": {"amount": "11"}}),
        _ => json!({"stage": "begun"}),
    }
}
