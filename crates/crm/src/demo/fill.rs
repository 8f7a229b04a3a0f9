//! The cast enters: through the same door as everybody's records, by the people who would have made them.
//!
//! A year and a month ago the administrator brought in the old program's registry; since then those in charge have added
//! companies and moved them on. So the log, the ties and the dates are those of a company at work.

mod comments;
mod initiatives;
mod leads;
mod sales;
mod subjects;

use std::collections::BTreeMap;
use std::sync::Arc;

use base::{Error, Id, Result, Rid, clock};
use chrono::{Days, NaiveDate};
use engine::users::{NewUser, TEAM, team};
use engine::{Actor, Channel, Draft, Engine, Target};
use meta::{Catalogue, Involved};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use self::comments::Word;
use self::initiatives::{Initiatives, Step};
use self::sales::Deal;
use super::cast::{Cast, DemoCompany, DemoPerson, cast};
use super::drafts::{self, Values};
use crate::parties::{self, PARTY};

/// What every user of the demo signs in with.
pub const PASSWORD: &str = "bottega-demo";

/// The setting that says whether the demo is there: `begun`, then `done`.
const MARK: &str = engine::first_steps::DEMO;

/// How long ago the registry was brought in.
const SETTLED: u64 = 400;
/// Records saved together.
const BATCH: usize = 500;
/// Of the companies, and at most so many, the latest were added by hand.
const RECENT: (usize, usize) = (8, 120);
/// Companies of the manual, whose past can be looked at.
const KNOWN: usize = 20;

/// What [`fill`] found or did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Filled {
    Now,
    /// The demo was there already, whatever its seed and size.
    Before,
}

/// Makes the company of the demo: the same for the same seed, day and size. Refuses a database that holds anything else.
/// Moves the program's clock while it works, and leaves it at `today`.
pub fn fill(engine: &Engine, seed: u64, today: NaiveDate, size: usize) -> Result<Filled> {
    match engine.setting(MARK)?.as_deref() {
        Some("done") => return Ok(Filled::Before),
        Some(_) => return Err(refused("The demo was left half made: delete its folder and start it again")),
        None if !engine.users()?.is_empty() => {
            return Err(refused("This is not the demo's folder: it holds other records"));
        }
        None => engine.set_setting(MARK, "begun")?,
    }
    let cast = cast(seed, today, size);
    let before = days_before(today, SETTLED);
    clock::pretend(before);
    engine.set_setting("company", "Lario Forniture S.r.l.")?;
    let actors = people_who_sign_in(engine, &cast)?;
    let mut filling = Filling {
        engine,
        catalogue: engine.catalogue(),
        users: actors.iter().map(|actor| actor.person.user).collect(),
        companies: vec![None; cast.companies.len()],
        people: vec![None; cast.people.len()],
        ids: ChaCha8Rng::seed_from_u64(seed),
        deals: Vec::new(),
        initiatives: Initiatives::default(),
        products: Vec::new(),
        involved: vec![Involved::default(); cast.companies.len()],
        seed,
        cast,
        actors,
        today,
        day: before,
    };
    let filled = filling.everything();
    clock::pretend(today);
    filled?;
    engine.set_setting(MARK, "done")?;
    Ok(Filled::Now)
}

fn refused(text: &'static str) -> Error {
    Error::refused("data", "not_the_demo", text)
}

fn days_before(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_sub_days(Days::new(days)).unwrap_or(day)
}

/// Teams and users, in the cast's order.
fn people_who_sign_in(engine: &Engine, cast: &Cast) -> Result<Vec<Actor>> {
    let program = Actor::program();
    let catalogue = engine.catalogue();
    let make_team = |name: &str, parent: Option<Rid>| -> Result<Rid> {
        let draft = Values::of(&catalogue, &TEAM).set(&team::NAME, name.to_owned()).set(&team::PARENT, parent);
        first(&engine.save(&program, vec![draft.draft(Target::New(None))])?.records)
    };
    let sales = make_team("Vendite", None)?;
    let mut teams: BTreeMap<&str, Rid> = BTreeMap::new();
    for user in &cast.users {
        if let Some(name) = user.team.filter(|name| !teams.contains_key(name)) {
            teams.insert(name, make_team(name, name.starts_with("Vendite").then_some(sales))?);
        }
    }
    let actor = |user: &super::cast::DemoUser| {
        let role = if user.role == "administrator" { "admin" } else { user.role };
        let new = NewUser {
            name: &format!("{} {}", user.first_name, user.last_name),
            email: &user.email,
            roles: &[role],
            team: user.team.and_then(|name| teams.get(name).copied()),
            password: Some(PASSWORD),
        };
        let made = engine.create_user(&program, &new)?;
        let user = engine.user(made)?.ok_or_else(|| Error::fault("a user who was just made is not there"))?;
        engine.actor(&user, Channel::Form)
    };
    cast.users.iter().map(actor).collect()
}

fn first(records: &[engine::draft::SavedRecord]) -> Result<Rid> {
    records.first().map(|record| record.rid).ok_or_else(|| Error::fault("nothing was made"))
}

struct Filling<'a> {
    engine: &'a Engine,
    catalogue: Arc<Catalogue>,
    cast: Cast,
    actors: Vec<Actor>,
    users: Vec<Rid>,
    /// Rows by index into the cast.
    companies: Vec<Option<Rid>>,
    people: Vec<Option<Rid>>,
    deals: Vec<Deal>,
    initiatives: Initiatives,
    products: Vec<Rid>,
    /// In which companies, by their index, the subjects are involved.
    involved: Vec<Involved>,
    seed: u64,
    ids: ChaCha8Rng,
    today: NaiveDate,
    /// What the clock says.
    day: NaiveDate,
}

/// What somebody does on a day.
#[derive(Clone, Copy)]
enum Act {
    Add(usize),
    MoveOn(usize),
    Meet(usize),
    BeginDeal(usize),
    StepDeal(usize, &'static str),
    Initiative(Step),
    Say(Word),
}

impl Filling<'_> {
    fn everything(&mut self) -> Result<()> {
        let count = self.cast.companies.len();
        let recent = (count * RECENT.0 / 100).min(RECENT.1);
        let old = count - recent;
        let private: Vec<usize> = (0..self.cast.people.len()).filter(|at| self.cast.people[*at].private).collect();
        let met = private[private.len() - (private.len() * RECENT.0 / 100).min(RECENT.1)..].to_vec();
        self.subjects()?;
        self.bring_in(old, &met)?;
        self.offer_products()?;
        self.deals = sales::deals(&self.cast, old, self.seed, self.today);
        let mut days: BTreeMap<NaiveDate, Vec<Act>> = BTreeMap::new();
        let mut on = |days_ago: usize, act| days.entry(days_before(self.today, days_ago as u64)).or_default().push(act);
        let spread = |index: usize, of: usize, over: usize| over - index * over / of.max(1);
        for (index, company) in (old..count).enumerate() {
            on(spread(index, recent, 180) + 12, Act::Add(company));
            if matches!(self.cast.companies[company].stage, "customer" | "prospect") {
                on(spread(index, recent, 180), Act::MoveOn(company));
            }
        }
        for company in 0..KNOWN.min(old) {
            on(spread(company, KNOWN, 300) / 2, Act::MoveOn(company));
        }
        for (index, person) in met.iter().enumerate() {
            on(spread(index, met.len(), 150), Act::Meet(*person));
        }
        for (at, deal) in self.deals.iter().enumerate() {
            days.entry(deal.begun).or_default().push(Act::BeginDeal(at));
            for (day, stage) in &deal.steps {
                days.entry(*day).or_default().push(Act::StepDeal(at, stage));
            }
        }
        for (day, step) in self.plan_initiatives(old) {
            days.entry(day).or_default().push(Act::Initiative(step));
        }
        for (day, word) in self.plan_comments() {
            days.entry(day).or_default().push(Act::Say(word));
        }
        for (day, acts) in days {
            self.on_day(day);
            acts.into_iter().try_for_each(|act| self.act(act))?;
        }
        self.on_day(self.today);
        self.join_groups()?;
        self.second_jobs()
    }

    fn on_day(&mut self, day: NaiveDate) {
        self.day = day;
        clock::pretend(day);
    }

    /// The registry of the old program: all at once, by the administrator.
    fn bring_in(&mut self, old: usize, met: &[usize]) -> Result<()> {
        let import = self.administrator().through(Channel::Import);
        let catalogue = self.catalogue.clone();
        let companies = (0..old).map(|at| {
            let company = &self.cast.companies[at];
            let values = self.as_a_lead(drafts::company(&catalogue, company, &self.users), at);
            let values = values.set(&parties::INVOLVED, self.involved[at].clone());
            if at < KNOWN { earlier(values, company) } else { values }
        });
        let companies: Vec<Values> = companies.collect();
        let rows = self.save_new(&import, companies)?;
        self.companies[..old].iter_mut().zip(rows).for_each(|(known, rid)| *known = Some(rid));
        let known = |person: &DemoPerson| person.works_for.first().is_none_or(|work| work.company < old);
        let (people, values): (Vec<usize>, Vec<Values>) = (0..self.cast.people.len())
            .filter(|at| known(&self.cast.people[*at]) && !met.contains(at))
            .map(|at| (at, self.person(&catalogue, at)))
            .unzip();
        let rows = self.save_new(&import, values)?;
        people.iter().zip(rows).for_each(|(at, rid)| self.people[*at] = Some(rid));
        let sites = (0..old).flat_map(|at| self.sites_of(&catalogue, at)).collect();
        self.save_new(&import, sites)?;
        let jobs = people.iter().filter_map(|at| self.job_of(&catalogue, *at)).collect();
        self.save_new(&import, jobs)?;
        self.ask_not_to_be_called()
    }

    fn act(&mut self, act: Act) -> Result<()> {
        let catalogue = self.catalogue.clone();
        match act {
            Act::Add(at) => {
                let company = &self.cast.companies[at];
                let actor = self.actor(&company.in_charge);
                let values = self.as_a_lead(drafts::company(&catalogue, company, &self.users), at);
                let values = earlier(values, company).set(&parties::INVOLVED, self.involved[at].clone());
                self.companies[at] = self.save_new(&actor, vec![values])?.first().copied();
                let sites = self.sites_of(&catalogue, at);
                self.save_new(&actor, sites)?;
                let at_work = |person: &DemoPerson| person.works_for.first().is_some_and(|work| work.company == at);
                let people: Vec<usize> =
                    (0..self.cast.people.len()).filter(|one| at_work(&self.cast.people[*one])).collect();
                let values = people.iter().map(|one| self.person(&catalogue, *one));
                let values = values.collect();
                let rows = self.save_new(&actor, values)?;
                people.iter().zip(rows).for_each(|(one, rid)| self.people[*one] = Some(rid));
                let jobs = people.iter().filter_map(|one| self.job_of(&catalogue, *one)).collect();
                self.save_new(&actor, jobs).map(|_| ())
            }
            Act::MoveOn(at) => {
                let Some(rid) = self.companies[at] else { return Ok(()) };
                let company = &self.cast.companies[at];
                let draft = drafts::promotion(&catalogue, company, self.day).draft(Target::Existing(rid, None));
                self.engine.save(&self.actor(&company.in_charge), vec![draft]).map(|_| ())
            }
            Act::BeginDeal(at) => self.begin_deal(at),
            Act::StepDeal(at, stage) => self.step_deal(at, stage),
            Act::Initiative(step) => self.step_initiative(step),
            Act::Say(word) => self.say(word),
            Act::Meet(at) => {
                let person = &self.cast.people[at];
                let actor = self.actor(&person.in_charge);
                let values = self.person(&catalogue, at);
                self.people[at] = self.save_new(&actor, vec![values])?.first().copied();
                Ok(())
            }
        }
    }

    /// Whoever is involved in a company is so in its people.
    fn person<'a>(&self, catalogue: &'a Catalogue, at: usize) -> Values<'a> {
        let person = &self.cast.people[at];
        let involved = person.works_for.first().map(|work| self.involved[work.company].clone());
        drafts::person(catalogue, person, &self.users).set(&parties::INVOLVED, involved.unwrap_or_default())
    }

    fn sites_of<'a>(&self, catalogue: &'a Catalogue, at: usize) -> Vec<Values<'a>> {
        let Some(party) = self.companies[at] else { return Vec::new() };
        self.cast.companies[at].sites.iter().map(|site| drafts::site(catalogue, site, party)).collect()
    }

    /// The first of a person's jobs.
    fn job_of<'a>(&self, catalogue: &'a Catalogue, at: usize) -> Option<Values<'a>> {
        let work = self.cast.people[at].works_for.first()?;
        Some(drafts::affiliation(catalogue, work, self.people[at]?, self.companies[work.company]?))
    }

    /// Both companies of such a job are seen by the administrator only.
    fn second_jobs(&mut self) -> Result<()> {
        let catalogue = self.catalogue.clone();
        let mut jobs = Vec::new();
        for (person, row) in self.cast.people.iter().zip(&self.people) {
            for work in person.works_for.iter().skip(1) {
                if let (Some(person), Some(company)) = (*row, self.companies[work.company]) {
                    jobs.push(drafts::affiliation(&catalogue, work, person, company));
                }
            }
        }
        let administrator = self.administrator();
        self.save_new(&administrator, jobs).map(|_| ())
    }

    fn join_groups(&self) -> Result<()> {
        let drafts = self.cast.companies.iter().zip(&self.companies).filter_map(|(company, rid)| {
            let parent = self.companies[company.member_of?];
            Some(
                Values::of(&self.catalogue, &PARTY)
                    .set(&parties::MEMBER_OF, parent)
                    .draft(Target::Existing((*rid)?, None)),
            )
        });
        self.save(&self.administrator(), drafts.collect()).map(|_| ())
    }

    fn ask_not_to_be_called(&self) -> Result<()> {
        let drafts = self.cast.people.iter().zip(&self.people).filter_map(|(person, rid)| {
            let since = person.do_not_call_since?.min(self.day);
            let values = Values::of(&self.catalogue, &PARTY)
                .set(&parties::DO_NOT_CALL, true)
                .set(&parties::DO_NOT_CALL_SINCE, Some(since));
            Some(values.draft(Target::Existing((*rid)?, None)))
        });
        self.save(&Actor::program(), drafts.collect()).map(|_| ())
    }

    fn save_new(&mut self, actor: &Actor, all: Vec<Values>) -> Result<Vec<Rid>> {
        let drafts = all.into_iter().map(|values| values.draft(Target::New(Some(self.id())))).collect();
        self.save(actor, drafts)
    }

    fn save(&self, actor: &Actor, drafts: Vec<Draft>) -> Result<Vec<Rid>> {
        let mut rows = Vec::with_capacity(drafts.len());
        let mut drafts = drafts.into_iter().peekable();
        while drafts.peek().is_some() {
            let saved = self.engine.save(actor, drafts.by_ref().take(BATCH).collect())?;
            rows.extend(saved.records.iter().map(|record| record.rid));
        }
        Ok(rows)
    }

    /// The same for the same seed and day.
    fn id(&mut self) -> Id {
        let at = self.day.and_time(chrono::NaiveTime::MIN).and_utc().timestamp_millis();
        let mut random = [0; 10];
        self.ids.fill_bytes(&mut random);
        Id(uuid::Builder::from_unix_timestamp_millis(at.unsigned_abs(), &random).into_uuid())
    }

    fn administrator(&self) -> Actor {
        let administrator = self.cast.users.iter().position(|user| user.role == "administrator");
        administrator.map_or_else(Actor::program, |at| self.actors[at].clone())
    }

    /// The first in charge.
    fn actor(&self, in_charge: &[usize]) -> Actor {
        in_charge.first().map_or_else(|| self.administrator(), |at| self.actors[*at].clone())
    }
}

/// As it stood before it was moved on.
fn earlier<'a>(values: Values<'a>, company: &DemoCompany) -> Values<'a> {
    match company.stage {
        "customer" | "prospect" => values
            .set(&parties::STAGE, drafts::pick(drafts::stage_before(company.stage)))
            .set(&parties::CUSTOMER_SINCE, None),
        _ => values,
    }
}
