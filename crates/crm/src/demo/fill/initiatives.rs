//! The initiatives of the demo company: offered to some hundred of its companies, with what they said and what came of it.

use base::{Currency, Money, Result, Rid};
use chrono::{Days, NaiveDate};
use engine::{Actor, Target};
use meta::entity::OPEN_TO_ALL;

use super::sales::PRODUCTS;
use super::{Filling, days_before};
use crate::demo::cast::Dice;
use crate::demo::drafts::{self, Values};
use crate::initiatives::{self, INITIATIVE, INTEREST, OFFER, PARTNER};
use crate::opportunities::{self, OPPORTUNITY};

struct Plan {
    name: &'static str,
    state: &'static str,
    place: &'static str,
    /// Days from today.
    begins: i64,
    ends: i64,
    goal: i64,
    description: &'static str,
    /// Places in the list of products.
    products: &'static [usize],
    /// Of a hundred companies so many are offered it.
    share: u32,
    /// Of those, the answers: none yet, interested, no; what is left was contacted.
    answers: [u32; 3],
    subject: &'static str,
}

const PLANS: [Plan; 4] = [
    Plan {
        name: "Fiera Lamiera 2026",
        state: "ended",
        place: "Rho Fiera, Milano",
        begins: -165,
        ends: -120,
        goal: 400_000,
        description: "Stand con l'isola di taglio laser in funzione; chi è passato è stato richiamato entro due settimane.",
        products: &[16, 14, 17],
        share: 16,
        answers: [0, 45, 40],
        subject: "Dopo Lamiera",
    },
    Plan {
        name: "Rottamazione compressori",
        state: "running",
        place: "Bergamo, Brescia, Lecco",
        begins: -70,
        ends: 50,
        goal: 250_000,
        description: "Ritiro dell'usato e 8 % di sconto su compressore a vite e manutenzione del primo anno.",
        products: &[15, 19, 17],
        share: 22,
        answers: [30, 32, 18],
        subject: "Compressore nuovo, usato in permuta",
    },
    Plan {
        name: "Officina in ordine",
        state: "running",
        place: "Lombardia",
        begins: -35,
        ends: 85,
        goal: 180_000,
        description: "Scaffalature, armadi e banchi con progetto e montaggio compresi.",
        products: &[10, 11, 12],
        share: 26,
        answers: [48, 24, 8],
        subject: "Arredo officina con progetto",
    },
    Plan {
        name: "Prova gli abrasivi ceramici",
        state: "planned",
        place: "Lecco e Como",
        begins: 12,
        ends: 75,
        goal: 40_000,
        description: "Una settimana di prova in officina con il tecnico.",
        products: &[5, 4],
        share: 9,
        answers: [100, 0, 0],
        subject: "Prova abrasivi",
    },
];

/// What happens with an initiative on a day.
#[derive(Clone, Copy)]
pub(super) enum Step {
    /// Which of the initiatives begins.
    Begin(usize),
    /// Which of the offers is made, becomes an opportunity, and moves on.
    Offer(usize),
    Deal(usize),
    MoveOn(usize),
}

/// What a company was offered, and what came of it.
struct Offer {
    initiative: usize,
    company: usize,
    level: &'static str,
    /// Place in the list of products, and quantity in thousandths.
    product: usize,
    quantity: i64,
    stage: Option<&'static str>,
    reason: &'static str,
    closes_on: NaiveDate,
    row: Option<Rid>,
    deal: Option<Rid>,
}

/// The initiatives with their offers, as far as they were made.
#[derive(Default)]
pub(super) struct Initiatives {
    rows: Vec<Option<Rid>>,
    offers: Vec<Offer>,
}

impl Filling<'_> {
    /// What happens, with its days.
    pub(super) fn plan_initiatives(&mut self, old: usize) -> Vec<(NaiveDate, Step)> {
        let mut dice = Dice::new(self.seed ^ 0x1217);
        let mut steps = Vec::new();
        self.initiatives.rows = vec![None; PLANS.len()];
        for (at, plan) in PLANS.iter().enumerate() {
            let begins = moved(self.today, plan.begins).min(self.today);
            steps.push((begins, Step::Begin(at)));
            for company in (0..old).filter(|at| self.cast.companies[*at].stage != "former") {
                if dice.chance(plan.share) {
                    let offer = offer(plan, at, company, self.today, &mut dice);
                    let number = self.initiatives.offers.len();
                    let day = later(begins, u64::from(dice.between(1, 40)), self.today);
                    steps.push((day, Step::Offer(number)));
                    if let Some(stage) = offer.stage {
                        let day = later(day, u64::from(dice.between(2, 12)), self.today);
                        steps.push((day, Step::Deal(number)));
                        let day = later(day, u64::from(dice.between(5, 25)), self.today);
                        steps.extend((stage != "new").then_some((day, Step::MoveOn(number))));
                    }
                    self.initiatives.offers.push(offer);
                }
            }
        }
        steps
    }

    pub(super) fn step_initiative(&mut self, step: Step) -> Result<()> {
        match step {
            Step::Begin(at) => self.begin_initiative(at),
            Step::Offer(at) => self.make_offer(at),
            Step::Deal(at) => self.make_deal(at),
            Step::MoveOn(at) => self.move_deal_on(at),
        }
    }

    /// By the manager, for everybody to see.
    fn begin_initiative(&mut self, at: usize) -> Result<()> {
        let (catalogue, plan) = (self.catalogue.clone(), &PLANS[at]);
        let manager = self.cast.users.iter().position(|user| user.role == "manager");
        let manager = manager.map_or_else(|| self.administrator(), |at| self.actors[at].clone());
        let initiative = Values::of(&catalogue, &INITIATIVE)
            .set(&initiatives::NAME, plan.name.to_owned())
            .set(&initiatives::STATE, drafts::pick(plan.state))
            .set(&initiatives::BEGINS_ON, Some(moved(self.today, plan.begins)))
            .set(&initiatives::ENDS_ON, Some(moved(self.today, plan.ends)))
            .set(&initiatives::PLACE, Some(plan.place.to_owned()))
            .set(&initiatives::GOAL, euro(plan.goal * 100))
            .set(&initiatives::DESCRIPTION, Some(plan.description.to_owned()))
            .set(&OPEN_TO_ALL, true);
        let row = self.save_new(&manager, vec![initiative])?.first().copied();
        self.initiatives.rows[at] = row;
        let offers = plan.products.iter().map(|product| {
            Values::of(&catalogue, &OFFER)
                .set(&initiatives::OFFERED_IN, row)
                .set(&initiatives::PRODUCT_OFFERED, self.products.get(*product).copied())
                .set(&initiatives::OFFERED_PRICE, euro(PRODUCTS[*product].3 / 100 * 92))
        });
        let offers = offers.collect();
        self.save_new(&manager, offers)?;
        let parts = ["partner", "competitor"].into_iter().enumerate().map(|(place, part)| {
            let known = self.companies.iter().flatten().nth(at * 7 + place * 3 + 1).copied();
            Values::of(&catalogue, &PARTNER)
                .set(&initiatives::PARTNER_IN, row)
                .set(&initiatives::PARTNER_WHO, known)
                .set(&initiatives::PARTNER_PART, drafts::pick(part))
        });
        let parts = parts.collect();
        self.save_new(&manager, parts).map(|_| ())
    }

    /// By the one in charge of the company.
    fn make_offer(&mut self, at: usize) -> Result<()> {
        let catalogue = self.catalogue.clone();
        let offer = &self.initiatives.offers[at];
        let likes = matches!(offer.level, "hot" | "interested");
        let wanted = self.products.get(offer.product).copied().filter(|_| likes);
        let interest = Values::of(&catalogue, &INTEREST)
            .set(&initiatives::INTEREST_OF, self.initiatives.rows[offer.initiative])
            .set(&initiatives::INTERESTED_PARTY, self.companies[offer.company])
            .set(&initiatives::LEVEL, drafts::pick(offer.level))
            .set(&initiatives::PRODUCT_WANTED, wanted)
            .set(&initiatives::QUANTITY_WANTED, likes.then_some(offer.quantity));
        let actor = self.seller_of(offer.company);
        self.initiatives.offers[at].row = self.save_new(&actor, vec![interest])?.first().copied();
        Ok(())
    }

    fn make_deal(&mut self, at: usize) -> Result<()> {
        let catalogue = self.catalogue.clone();
        let offer = &self.initiatives.offers[at];
        let deal = Values::of(&catalogue, &OPPORTUNITY)
            .set(&opportunities::NAME, PLANS[offer.initiative].subject.to_owned())
            .set(&opportunities::CAME_OF, offer.row)
            .set(&opportunities::SOURCE, drafts::pick(self.cast.companies[offer.company].source))
            .set(&opportunities::CLOSES_ON, Some(offer.closes_on));
        let actor = self.seller_of(offer.company);
        self.initiatives.offers[at].deal = self.save_new(&actor, vec![deal])?.first().copied();
        Ok(())
    }

    fn move_deal_on(&self, at: usize) -> Result<()> {
        let offer = &self.initiatives.offers[at];
        let (Some(row), Some(stage)) = (offer.deal, offer.stage) else { return Ok(()) };
        let mut step = Values::of(&self.catalogue, &OPPORTUNITY).set(&opportunities::STAGE, drafts::pick(stage));
        if matches!(stage, "won" | "lost") {
            step = step.set(&opportunities::REASON, drafts::pick(offer.reason));
        }
        self.engine.save(&self.seller_of(offer.company), vec![step.draft(Target::Existing(row, None))]).map(|_| ())
    }

    fn seller_of(&self, company: usize) -> Actor {
        self.actor(&self.cast.companies[company].in_charge)
    }
}

fn offer(plan: &Plan, initiative: usize, company: usize, today: NaiveDate, dice: &mut Dice) -> Offer {
    let [none, interested, no] = plan.answers;
    let level = match dice.between(0, 99) {
        said if said < none => "to_contact",
        said if said < none + interested => dice.pick(&["hot", "interested", "interested"]),
        said if said < none + interested + no => "not_interested",
        _ => "contacted",
    };
    let over = plan.state == "ended";
    let stage = match dice.between(0, 99) {
        said if over && said < 45 => "won",
        said if over && said < 85 => "lost",
        said if said < 14 => "won",
        said if said < 40 => "new",
        said if said < 60 => "qualified",
        said if said < 85 => "proposal",
        _ => "negotiation",
    };
    let sold = level == "hot" || level == "interested" && dice.chance(35);
    let product = dice.pick(plan.products);
    let many = if PRODUCTS[product].3 > 100_000 { 1 } else { i64::from(dice.between(4, 40)) };
    let reasons: &[&str] =
        if stage == "won" { &["service", "best_price"] } else { &["price", "no_budget", "postponed"] };
    Offer {
        initiative,
        company,
        level,
        product,
        quantity: many * 1000,
        stage: sold.then_some(stage),
        reason: dice.pick(reasons),
        closes_on: moved(today, i64::from(dice.between(10, 90))),
        row: None,
        deal: None,
    }
}

fn euro(minor: i64) -> Option<Money> {
    Some(Money { minor, currency: Currency::EUR })
}

/// So many days later, or before.
fn moved(day: NaiveDate, days: i64) -> NaiveDate {
    match u64::try_from(days) {
        Ok(days) => day.checked_add_days(Days::new(days)).unwrap_or(day),
        Err(_) => days_before(day, days.unsigned_abs()),
    }
}

/// No later than today.
fn later(day: NaiveDate, days: u64, today: NaiveDate) -> NaiveDate {
    day.checked_add_days(Days::new(days)).unwrap_or(today).min(today)
}
