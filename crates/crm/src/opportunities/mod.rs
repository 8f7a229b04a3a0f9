//! Opportunities: one possible sale to one party, with its products and everybody who has a part in it.

mod customer;
pub mod lines;
mod lists;
pub mod participants;
mod rules;
mod sale;

use base::{Money, Rid};
use chrono::NaiveDate;
use meta::entity::{Figures, IN_CHARGE, Summary, SummaryColumn, sum};
use meta::field::{choice, date, involved, link, long_text, money, percent, pick, text, tick};
use meta::{Condition, Entity, Involved, Pick, entity, fields, is, meaning};

use crate::initiatives::{self, INITIATIVE, INTEREST};
use crate::involvement;
use crate::parties::{PARTY, SOURCES};
use crate::products::{self, PRODUCT};

pub use lines::LINE;
pub use lists::{Outcome, PARTS, PIPELINES, REASONS, STAGES};
pub use participants::PARTICIPANT;
pub use sale::SALE;

fields! {
    NAME: String = text("name", "Subject").required().search().sorted()
        .aliases(&["Oggetto", "Opportunità", "Trattativa", "Titolo", "Deal name"]);
    CUSTOMER: Option<Rid> = link("customer", "Customer", &PARTY).required().panel("Opportunities")
        .aliases(&["Cliente", "Ragione sociale", "Azienda", "Account"]);
    OF: Option<Rid> = link("initiative", "Initiative", &INITIATIVE).panel("Opportunities")
        .aliases(&["Iniziativa", "Campagna"]);
    /// What it came of; what that says needs not be said again.
    CAME_OF: Option<Rid> = link("interest", "Interest", &INTEREST).panel("Opportunities");
    MAIN_PRODUCT: Option<Rid> = link("product", "Main product", &PRODUCT).among(is(&products::ACTIVE, &["true"]))
        .aliases(&["Prodotto", "Articolo", "Prodotto principale"]);
    /// That of the stage, so that lists and sums can be asked by it.
    PIPELINE: Pick = pick("pipeline", "Pipeline", &PIPELINES).filtered().starts_as("sales")
        .aliases(&["Processo di vendita", "Pipeline"]);
    STAGE: Pick<Outcome> = pick("stage", "Stage", &STAGES).required().filtered().starts_as("new")
        .aliases(&["Fase", "Stadio", "Stato", "Sales stage"]);
    AMOUNT: Option<Money> = money("amount", "Amount").at_least(0).sorted().read_only_when(is(&HAS_LINES, &["true"]))
        .aliases(&["Importo", "Valore", "Amount"]);
    PROBABILITY: Option<i64> = percent("probability", "Probability").aliases(&["Probabilità", "Prob.", "Probability"]);
    WEIGHTED: Option<Money> = money("weighted", "Weighted amount").read_only();
    CLOSES_ON: Option<NaiveDate> = date("closes_on", "Expected close").required().sorted()
        .aliases(&["Chiusura prevista", "Data chiusura", "Chiusura", "Close date"]);
    /// The class of the stage, so that filters, conditions and sums need not know the stages.
    OUTCOME: Option<Outcome> = choice::<Outcome, _>("outcome", "Outcome").read_only().filtered();
    CLOSED_ON: Option<NaiveDate> = date("closed_on", "Closed on").read_only().sorted()
        .shown(is(&OUTCOME, &["won", "lost"]));
    /// Asked for by the stage that one chooses, which is what says how it came out.
    REASON: Pick<Outcome> = pick("reason", "Reason", &REASONS)
        .shown(meaning(&STAGE, &["won", "lost"])).required_when(meaning(&STAGE, &["lost"]))
        .aliases(&["Motivo", "Motivazione", "Reason"]);
    SOURCE: Pick = pick("source", "Source", &SOURCES).aliases(&["Fonte", "Provenienza", "Origine", "Lead source"]);
    INVOLVED: Involved = involved("involved", "Subjects involved", &involvement::ROLES).panel("Opportunities")
        .aliases(&["Soggetti", "Soggetti coinvolti", "Agente", "Agenti", "Segnalatore", "Segnalato da", "Agenzia"]);
    NEXT_STEP: Option<String> = text("next_step", "Next step").aliases(&["Prossimo passo", "Prossima azione", "Next step"]);
    /// Kept by the lines: then they make the amount.
    HAS_LINES: bool = tick("has_lines", "Amount from its products").read_only();
    DESCRIPTION: Option<String> = long_text("description", "Description").aliases(&["Note", "Descrizione", "Notes"]);
}

const OPEN: Condition = is(&OUTCOME, &["open"]);
const WON: Condition = is(&OUTCOME, &["won"]);

pub static OPPORTUNITY: Entity = entity("opportunity", "opportunities", "Opportunity", "Opportunities")
    .icon("target-arrow")
    .guide("sales#opportunities")
    .title(&NAME)
    .subtitle(&[&CUSTOMER, &STAGE])
    .section(
        "Opportunity",
        &[&NAME, &CUSTOMER, &PIPELINE, &STAGE, &REASON, &MAIN_PRODUCT, &OF, &CAME_OF, &SOURCE, &INVOLVED, &NEXT_STEP],
    )
    .section("Forecast", &[&AMOUNT, &PROBABILITY, &WEIGHTED, &CLOSES_ON, &CLOSED_ON])
    .section("Notes", &[&DESCRIPTION])
    .list(&[&NAME, &CUSTOMER, &STAGE, &AMOUNT, &PROBABILITY, &CLOSES_ON, &IN_CHARGE])
    .kept(&[&OUTCOME, &HAS_LINES])
    .quick(&[&NAME, &CUSTOMER, &STAGE, &AMOUNT, &CLOSES_ON])
    .gathered(&[&CUSTOMER, &CAME_OF])
    .sums(&[
        sum(&OF, &initiatives::DEALS),
        sum(&OF, &initiatives::POSSIBLE).of(&AMOUNT).only(OPEN),
        sum(&OF, &initiatives::WEIGHTED).of(&WEIGHTED).only(OPEN),
        sum(&OF, &initiatives::REALISED).of(&AMOUNT).only(WON),
        sum(&CAME_OF, &initiatives::WORTH).of(&AMOUNT).any(&initiatives::BECAME),
    ])
    .summary(Summary {
        label: "Gain by product",
        through: &OF,
        by: &MAIN_PRODUCT,
        columns: &[
            SummaryColumn { label: "Possible gain", only: OPEN, of: Some(&AMOUNT) },
            SummaryColumn { label: "Weighted gain", only: OPEN, of: Some(&WEIGHTED) },
            SummaryColumn { label: "Realised gain", only: WON, of: Some(&AMOUNT) },
        ],
    })
    .board(&STAGE, &[&CUSTOMER, &AMOUNT, &CLOSES_ON], Some(&AMOUNT))
    .figures(Figures {
        label: "Forecast",
        by: &[&CLOSES_ON, &IN_CHARGE, &STAGE, &PIPELINE],
        split: &OUTCOME,
        of: &AMOUNT,
        weighted: &WEIGHTED,
    })
    .reads(&[&CUSTOMER, &CAME_OF])
    .rules(rules::ALL)
    .effects(&[customer::moves_forward]);
