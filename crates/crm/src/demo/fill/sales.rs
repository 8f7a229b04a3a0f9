//! What the demo company sells, and its opportunities: begun, moved on from step to step, won or lost.

use base::{Currency, Money, Result, Rid};
use chrono::{Days, NaiveDate};
use engine::Target;
use meta::Pick;

use super::{Filling, days_before};
use crate::demo::cast::{Cast, Dice};
use crate::demo::drafts::{self, Values};
use crate::opportunities::{self, LINE, OPPORTUNITY, PARTICIPANT, lines, participants};
use crate::products::{self, PRODUCT};

/// Code, name, unit, price in cents.
pub(super) const PRODUCTS: [(&str, &str, &str, i64); 20] = [
    ("UT-100", "Punta in metallo duro Ø 8", "piece", 3_850),
    ("UT-110", "Fresa a candela Ø 12", "piece", 6_400),
    ("UT-240", "Inserto di tornitura CNMG", "piece", 980),
    ("UT-300", "Portautensili HSK 63", "piece", 18_600),
    ("AB-010", "Disco abrasivo 125 mm", "piece", 195),
    ("AB-050", "Nastro abrasivo ceramico", "piece", 1_420),
    ("LU-200", "Lubrorefrigerante sintetico", "litre", 640),
    ("LU-210", "Olio da taglio", "litre", 890),
    ("DP-020", "Guanti antitaglio", "piece", 760),
    ("DP-045", "Scarpe di sicurezza S3", "piece", 7_900),
    ("ST-500", "Scaffalatura industriale", "piece", 41_200),
    ("ST-520", "Armadio di sicurezza", "piece", 89_000),
    ("ST-610", "Banco da lavoro 2 m", "piece", 64_500),
    ("MA-100", "Trapano a colonna", "piece", 248_000),
    ("MA-150", "Aspiratore fumi", "piece", 395_000),
    ("MA-220", "Compressore a vite 11 kW", "piece", 720_000),
    ("MA-400", "Isola di taglio laser", "piece", 6_800_000),
    ("SE-010", "Montaggio e collaudo", "day", 52_000),
    ("SE-020", "Formazione degli operatori", "day", 68_000),
    ("SE-100", "Contratto di manutenzione", "year", 240_000),
];

const SUBJECTS: [&str; 14] = [
    "Fornitura annuale utensili",
    "Rinnovo parco trapani",
    "Scaffalatura magazzino",
    "Aspirazione fumi",
    "Isola di taglio completa",
    "Guanti e DPI",
    "Contratto di manutenzione",
    "Retrofit centro di lavoro",
    "Attrezzaggio linea",
    "Impianto aria compressa",
    "Armadi di sicurezza",
    "Prova abrasivi ceramici",
    "Lubrorefrigeranti",
    "Arredo officina",
];

const OPEN: [&str; 4] = ["new", "qualified", "proposal", "negotiation"];

/// An opportunity, and its way.
pub(super) struct Deal {
    company: usize,
    subject: &'static str,
    /// Product, quantity in thousandths, discount.
    lines: Vec<(usize, i64, Option<i64>)>,
    amount: i64,
    pub begun: NaiveDate,
    /// The day of each step after the first, and where to.
    pub steps: Vec<(NaiveDate, &'static str)>,
    closes_on: NaiveDate,
    reason: &'static str,
    row: Option<Rid>,
}

/// One for every dozen of the companies that were there from the beginning.
pub(super) fn deals(cast: &Cast, old: usize, seed: u64, today: NaiveDate) -> Vec<Deal> {
    let mut dice = Dice::new(seed ^ 0x05a1e5);
    let buying = |at: &usize| matches!(cast.companies[*at].stage, "customer" | "prospect" | "suspect");
    let companies: Vec<usize> = (0..old).filter(buying).collect();
    if companies.is_empty() {
        return Vec::new();
    }
    (0..(old / 9).max(30)).map(|_| deal(&mut dice, &companies, today)).collect()
}

fn deal(dice: &mut Dice, companies: &[usize], today: NaiveDate) -> Deal {
    let age = u64::from(dice.between(5, 330));
    let begun = days_before(today, age);
    // The older, the likelier it is over.
    let over = dice.chance(u32::try_from(age / 4).unwrap_or(0).min(85));
    let won = dice.chance(55);
    let far = dice.index(OPEN.len());
    let mut way: Vec<&str> = OPEN[1..].to_vec();
    if over {
        way.truncate(if won { 3 } else { far });
        way.push(if won { "won" } else { "lost" });
    } else {
        way.truncate(far);
    }
    let pace = age.saturating_sub(2) / (way.len() as u64 + 1).max(1);
    let pace = if over { pace.min(30) } else { pace };
    let day = |step: usize| begun.checked_add_days(Days::new(pace * (step as u64 + 1))).unwrap_or(today).min(today);
    let steps: Vec<(NaiveDate, &str)> = way.iter().enumerate().map(|(step, stage)| (day(step), *stage)).collect();
    let closes_on = match steps.last().filter(|_| over) {
        Some((closed, _)) => *closed,
        None => {
            let ahead = today.checked_add_days(Days::new(u64::from(dice.between(3, 150)))).unwrap_or(today);
            // A few are late.
            if dice.chance(12) { days_before(today, u64::from(dice.between(1, 25))) } else { ahead }
        }
    };
    let line = |dice: &mut Dice| {
        let product = dice.index(PRODUCTS.len());
        let many = if PRODUCTS[product].3 > 100_000 { dice.between(1, 2) } else { dice.between(5, 80) };
        (product, i64::from(many) * 1000, dice.chance(40).then(|| i64::from(dice.between(1, 4)) * 500))
    };
    let lines = if dice.chance(40) { (0..dice.between(1, 4)).map(|_| line(dice)).collect() } else { Vec::new() };
    let reasons: &[&str] = match (over, won) {
        (true, true) => &["quality", "service", "best_price", "relationship"],
        (true, false) => &["price", "competitor", "no_budget", "postponed", "no_answer", "product"],
        _ => &[""],
    };
    Deal {
        company: dice.pick(companies),
        subject: dice.pick(&SUBJECTS),
        lines,
        amount: i64::from(dice.between(8, 400)) * i64::from(dice.between(1, 12)) * 2_500,
        begun,
        steps,
        closes_on,
        reason: dice.pick(reasons),
        row: None,
    }
}

impl Filling<'_> {
    pub(super) fn offer_products(&mut self) -> Result<()> {
        let catalogue = self.catalogue.clone();
        let product = |(code, name, unit, price): &(&str, &str, &str, i64)| {
            Values::of(&catalogue, &PRODUCT)
                .set(&products::CODE, Some((*code).to_owned()))
                .set(&products::NAME, (*name).to_owned())
                .set(&products::UNIT, drafts::pick(unit))
                .set(&products::PRICE, Some(Money { minor: *price, currency: Currency::EUR }))
                .set(&products::VAT_RATE, Some(2_200))
                .set(&products::ACTIVE, true)
        };
        let administrator = self.administrator();
        self.products = self.save_new(&administrator, PRODUCTS.iter().map(product).collect())?;
        Ok(())
    }

    /// By the one who is in charge of the customer, with whom there has a part in it.
    pub(super) fn begin_deal(&mut self, at: usize) -> Result<()> {
        let catalogue = self.catalogue.clone();
        let deal = &self.deals[at];
        let (Some(customer), company) = (self.companies[deal.company], deal.company) else { return Ok(()) };
        let actor = self.actor(&self.cast.companies[company].in_charge);
        let values = Values::of(&catalogue, &OPPORTUNITY)
            .set(&opportunities::NAME, deal.subject.to_owned())
            .set(&opportunities::CUSTOMER, Some(customer))
            .set(&opportunities::STAGE, drafts::pick("new"))
            .set(&opportunities::AMOUNT, Some(Money { minor: deal.amount, currency: Currency::EUR }))
            .set(&opportunities::CLOSES_ON, Some(deal.closes_on))
            .set(&opportunities::INVOLVED, self.involved[company].clone())
            .set(&opportunities::SOURCE, drafts::pick(self.cast.companies[company].source));
        let row = self.save_new(&actor, vec![values])?.first().copied();
        self.deals[at].row = row;
        let line_of = |(product, quantity, discount): &(usize, i64, Option<i64>)| {
            Values::of(&catalogue, &LINE)
                .set(&lines::PART_OF, row)
                .set(&lines::PRODUCT_SOLD, self.products.get(*product).copied())
                .set(&lines::QUANTITY, Some(*quantity))
                .set(&lines::DISCOUNT, *discount)
        };
        let lines = self.deals[at].lines.iter().map(line_of).collect();
        self.save_new(&actor, lines)?;
        let here = |person: &usize| {
            let person = &self.cast.people[*person];
            person.works_for.first().is_some_and(|work| work.company == company)
                && person.in_charge.first() == self.cast.companies[company].in_charge.first()
        };
        let people = (0..self.cast.people.len()).filter(here).filter_map(|person| self.people[person]);
        let parts = people.take(2).zip(["decides", "uses"]).map(|(person, part)| {
            Values::of(&catalogue, &PARTICIPANT)
                .set(&participants::PART_OF, row)
                .set(&participants::WHO, Some(person))
                .set(&participants::PART, drafts::pick(part))
        });
        let parts = parts.collect();
        self.save_new(&actor, parts).map(|_| ())
    }

    pub(super) fn step_deal(&self, at: usize, stage: &'static str) -> Result<()> {
        let deal = &self.deals[at];
        let Some(row) = deal.row else { return Ok(()) };
        let mut values = Values::of(&self.catalogue, &OPPORTUNITY).set(&opportunities::STAGE, drafts::pick(stage));
        if matches!(stage, "won" | "lost") {
            let reason: Pick<opportunities::Outcome> = drafts::pick(deal.reason);
            values = values.set(&opportunities::REASON, reason);
        }
        let actor = self.actor(&self.cast.companies[deal.company].in_charge);
        self.engine.save(&actor, vec![values.draft(Target::Existing(row, None))]).map(|_| ())
    }
}
