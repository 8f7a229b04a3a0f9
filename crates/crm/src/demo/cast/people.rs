//! The people: those who work for the companies, and customers of their own.

use std::collections::HashSet;

use super::companies::{SOLE_TRADER, SOURCES};
use super::contacts::{beside, fixed_line, mobile, slug};
use super::known::PEOPLE;
use super::someone::{Someone, named, someone};
use super::{DemoAffiliation, DemoCompany, DemoEmail, DemoPerson, DemoPhone, Stage, places, users};

/// Role, job, department.
type Job = (&'static str, &'static str, Option<&'static str>);

#[rustfmt::skip]
const JOBS: &[(u32, Job)] = &[
    (12, ("administrator", "Amministratore", None)), (12, ("sales_director", "Direttore commerciale", Some("Vendite"))), (5, ("head_of_agents", "Capo area", Some("Vendite"))),
    (22, ("purchasing", "Responsabile acquisti", Some("Acquisti"))), (10, ("technician", "Responsabile tecnico", Some("Ufficio tecnico"))), (8, ("technician", "Capo officina", Some("Produzione"))),
    (18, ("administration", "Responsabile amministrativo", Some("Amministrazione"))), (5, ("other", "Responsabile qualità", Some("Qualità"))), (8, ("other", "Magazziniere", Some("Magazzino"))),
];
const OWN_JOBS: &[&str] = &[
    "Impiegato",
    "Insegnante",
    "Pensionato",
    "Artigiano",
    "Infermiere",
    "Geometra",
    "Commerciante",
    "Studente",
    "Medico",
    "Operaio",
];
const DESK_JOBS: &[&str] = &[
    "Amministratore",
    "Direttore commerciale",
    "Responsabile tecnico",
    "Responsabile amministrativo",
    "Responsabile qualità",
];
const TITLES: &[(u32, Option<&str>)] =
    &[(55, None), (18, Some("Dott.")), (15, Some("Ing.")), (3, Some("Geom.")), (2, Some("Arch.")), (2, Some("Rag."))];

/// `count` people: the known ones first, then one in four a private customer, the others at work. Codes go on after the companies'.
pub(super) fn people(
    stage: &mut Stage,
    companies: &[DemoCompany],
    founders: Vec<Option<Someone>>,
    count: usize,
) -> Vec<DemoPerson> {
    let mut people: Vec<DemoPerson> = Vec::with_capacity(count);
    let mut waiting: Vec<(usize, Someone)> =
        founders.into_iter().enumerate().filter_map(|(at, founder)| Some((at, founder?))).collect();
    let mut known = PEOPLE.iter();
    let mut primary = HashSet::new();
    while people.len() < count {
        let mut person = match known.next() {
            Some(&(first, last, female, company, role, job, department)) if company < companies.len() => {
                let who = named(stage, &companies[company].addresses[0].province, first, last, female);
                at_work(stage, companies, who, company, role, job, department)
            }
            _ if companies.is_empty() || stage.dice.chance(25) => private_customer(stage),
            _ if !waiting.is_empty() && stage.dice.chance(40) => {
                let (company, who) = waiting.swap_remove(stage.dice.index(waiting.len()));
                let sole = companies[company].legal_form == SOLE_TRADER;
                let role = if sole || companies[company].employees < 12 { "owner" } else { "administrator" };
                at_work(
                    stage,
                    companies,
                    who,
                    company,
                    role,
                    if role == "owner" { "Titolare" } else { "Amministratore" },
                    None,
                )
            }
            _ => employee(stage, companies),
        };
        for affiliation in &mut person.works_for {
            affiliation.primary = primary.insert(affiliation.company);
        }
        person.code = format!("{:06}", 100_001 + companies.len() + people.len());
        people.push(person);
    }
    people
}

/// Larger companies have more people that one knows.
fn employee(stage: &mut Stage, companies: &[DemoCompany]) -> DemoPerson {
    let tries = [(); 3].map(|()| stage.dice.index(companies.len()));
    let company = tries.into_iter().max_by_key(|at| companies[*at].employees).unwrap_or(0);
    let (role, job, department) = stage.dice.weigh(JOBS);
    let youngest = if matches!(role, "administrator" | "sales_director" | "head_of_agents") { 32 } else { 21 };
    let who = someone(stage, &companies[company].addresses[0].province, youngest, 66);
    let mut person = at_work(stage, companies, who, company, role, job, department);
    let other = stage.dice.index(companies.len());
    if stage.dice.chance(5) && other != company {
        let since = stage.dice.day_before(stage.today, 12);
        person.works_for.push(DemoAffiliation {
            company: other,
            role: "other",
            department: None,
            since,
            primary: false,
        });
    }
    person
}

fn at_work(
    stage: &mut Stage,
    companies: &[DemoCompany],
    who: Someone,
    at: usize,
    role: &'static str,
    job: &'static str,
    department: Option<&'static str>,
) -> DemoPerson {
    let company = &companies[at];
    let domain = company.emails.first().map(|email| base::email::domain(&email.address)).unwrap_or_default();
    let switchboard = company.phones.first().map(|phone| phone.e164.clone()).unwrap_or_default();
    let address = mailbox(stage, &who, &domain);
    let since = stage.dice.day_before(stage.today, 18).max(who.born_on + chrono::Days::new(18 * 366));
    let dice = &mut stage.dice;
    let mut phones = Vec::new();
    if dice.chance(82) {
        phones.push(DemoPhone { kind: "mobile", e164: mobile(dice) });
    }
    if company.employees > 8 && dice.chance(45) {
        phones.push(beside(dice, &switchboard, "direct"));
    }
    let emails = if dice.chance(88) { vec![DemoEmail { kind: "office", address }] } else { Vec::new() };
    let (in_charge, open_to_all) = users::as_company(company);
    DemoPerson {
        works_for: vec![DemoAffiliation { company: at, role, department, since, primary: false }],
        job: Some(feminine(job, who.female)),
        stage: company.stage,
        source: company.source,
        phones,
        emails,
        in_charge,
        open_to_all,
        ..person(stage, who, DESK_JOBS.contains(&job))
    }
}

fn private_customer(stage: &mut Stage) -> DemoPerson {
    let town = stage.places.town(&mut stage.dice);
    let who = someone(stage, town.province, 19, 84);
    let address = mailbox(stage, &who, "posta.example");
    let dice = &mut stage.dice;
    let step = dice.weigh(&[(12, "lead"), (8, "suspect"), (18, "prospect"), (52, "customer"), (10, "former")]);
    let mut phones = Vec::new();
    if dice.chance(88) {
        phones.push(DemoPhone { kind: "mobile", e164: mobile(dice) });
    }
    if phones.is_empty() || dice.chance(20) {
        phones.push(DemoPhone { kind: "home", e164: fixed_line(dice, town.province) });
    }
    let bought = matches!(step, "customer" | "former");
    DemoPerson {
        job: dice.chance(35).then(|| dice.pick(OWN_JOBS)).map(|job| feminine(job, who.female)),
        addresses: vec![places::address(dice, &town, "home", false)],
        phones,
        emails: if dice.chance(75) { vec![DemoEmail { kind: "personal", address }] } else { Vec::new() },
        stage: step,
        private: true,
        customer_since: bought.then(|| dice.day_before(stage.today, 12).max(who.born_on + chrono::Days::new(18 * 366))),
        source: dice.weigh(SOURCES),
        tags: if dice.chance(15) { vec![dice.pick(&["Newsletter", "Fiera 2025", "Referenza"])] } else { Vec::new() },
        in_charge: users::in_charge(dice, places::is_north(&town), 0),
        open_to_all: dice.chance(35),
        ..person(stage, who, false)
    }
}

/// What does not depend on what they do.
fn person(stage: &mut Stage, who: Someone, at_a_desk: bool) -> DemoPerson {
    let graduated = at_a_desk && stage.today.years_since(who.born_on).is_some_and(|age| age > 26);
    let title = if graduated { stage.dice.weigh(TITLES) } else { None };
    DemoPerson {
        code: String::new(),
        first_name: who.first_name,
        last_name: who.last_name,
        title: title.map(|title| feminine(title, who.female)),
        female: who.female,
        born_on: who.born_on,
        born_in: who.born_in,
        tax_code: who.tax_code,
        job: None,
        addresses: Vec::new(),
        phones: Vec::new(),
        emails: Vec::new(),
        stage: "lead",
        private: false,
        works_for: Vec::new(),
        customer_since: None,
        source: "agent",
        tags: Vec::new(),
        in_charge: Vec::new(),
        open_to_all: false,
        do_not_call_since: stage.dice.chance(3).then(|| stage.dice.day_before(stage.today, 3)),
    }
}

/// An address at the domain that nobody has: `g.ferrario`, `giulia.ferrario`, then with a number.
fn mailbox(stage: &mut Stage, who: &Someone, domain: &str) -> String {
    let (first, last) = (slug(&who.first_name), slug(&who.last_name));
    let short = if stage.dice.chance(35) { first.chars().take(1).collect() } else { first };
    let mut address = format!("{short}.{last}@{domain}");
    let mut count = 2;
    while !stage.take(&address) {
        address = format!("{short}.{last}{count}@{domain}");
        count += 1;
    }
    address
}

fn feminine(word: &'static str, female: bool) -> &'static str {
    match (word, female) {
        ("Amministratore", true) => "Amministratrice",
        ("Direttore commerciale", true) => "Direttrice commerciale",
        ("Responsabile amministrativo", true) => "Responsabile amministrativa",
        ("Magazziniere", true) => "Magazziniera",
        ("Impiegato", true) => "Impiegata",
        ("Pensionato", true) => "Pensionata",
        ("Artigiano", true) => "Artigiana",
        ("Infermiere", true) => "Infermiera",
        ("Studente", true) => "Studentessa",
        ("Operaio", true) => "Operaia",
        ("Dott.", true) => "Dott.ssa",
        _ => word,
    }
}
