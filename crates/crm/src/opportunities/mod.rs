//! Opportunities: one possible sale to one party, with its products and everybody who has a part in it.

mod customer;
pub mod lines;
mod lists;
pub mod participants;
mod rules;

use base::{Money, Rid};
use chrono::NaiveDate;
use meta::entity::{Figures, IN_CHARGE};
use meta::field::{choice, date, involved, link, long_text, money, percent, pick, text, tick};
use meta::{Entity, Involved, Pick, entity, fields, is};

use crate::involvement;
use crate::parties::{PARTY, SOURCES};

pub use lines::LINE;
pub use lists::{Outcome, PARTS, PIPELINES, REASONS, STAGES};
pub use participants::PARTICIPANT;

fields! {
    NAME: String = text("name", "Subject").required().search().sorted()
        .aliases(&["Oggetto", "Opportunità", "Trattativa", "Titolo", "Deal name"]);
    CUSTOMER: Option<Rid> = link("customer", "Customer", &PARTY).required().panel("Opportunities")
        .aliases(&["Cliente", "Ragione sociale", "Azienda", "Account"]);
    /// That of the stage, so that lists and sums can be asked by it.
    PIPELINE: Pick = pick("pipeline", "Pipeline", &PIPELINES).filtered().starts_as("sales")
        .aliases(&["Processo di vendita", "Pipeline"]);
    STAGE: Pick<Outcome> = pick("stage", "Stage", &STAGES).required().filtered().starts_as("new")
        .aliases(&["Fase", "Stadio", "Stato", "Sales stage"]);
    AMOUNT: Option<Money> = money("amount", "Amount").sorted().aliases(&["Importo", "Valore", "Amount"]);
    PROBABILITY: Option<i64> = percent("probability", "Probability").aliases(&["Probabilità", "Prob.", "Probability"]);
    WEIGHTED: Option<Money> = money("weighted", "Weighted amount").read_only();
    CLOSES_ON: Option<NaiveDate> = date("closes_on", "Expected close").required().sorted()
        .aliases(&["Chiusura prevista", "Data chiusura", "Chiusura", "Close date"]);
    /// The class of the stage, so that filters, conditions and sums need not know the stages.
    OUTCOME: Option<Outcome> = choice::<Outcome, _>("outcome", "Outcome").read_only().filtered();
    CLOSED_ON: Option<NaiveDate> = date("closed_on", "Closed on").read_only().sorted()
        .shown(is(&OUTCOME, &["won", "lost"]));
    REASON: Pick<Outcome> = pick("reason", "Reason", &REASONS).shown(is(&OUTCOME, &["won", "lost"]))
        .aliases(&["Motivo", "Motivazione", "Reason"]);
    SOURCE: Pick = pick("source", "Source", &SOURCES).aliases(&["Fonte", "Provenienza", "Origine", "Lead source"]);
    INVOLVED: Involved = involved("involved", "Subjects involved", &involvement::ROLES).panel("Opportunities")
        .aliases(&["Soggetti", "Soggetti coinvolti", "Agente", "Agenti", "Segnalatore", "Segnalato da", "Agenzia"]);
    NEXT_STEP: Option<String> = text("next_step", "Next step").aliases(&["Prossimo passo", "Prossima azione", "Next step"]);
    /// Kept by the lines: then they make the amount.
    HAS_LINES: bool = tick("has_lines", "Amount from its products").read_only();
    DESCRIPTION: Option<String> = long_text("description", "Description").aliases(&["Note", "Descrizione", "Notes"]);
}

pub static OPPORTUNITY: Entity = entity("opportunity", "opportunities", "Opportunity", "Opportunities")
    .icon("target-arrow")
    .title(&NAME)
    .subtitle(&[&CUSTOMER, &STAGE])
    .section("Opportunity", &[&NAME, &CUSTOMER, &PIPELINE, &STAGE, &REASON, &SOURCE, &INVOLVED, &NEXT_STEP])
    .section("Forecast", &[&AMOUNT, &PROBABILITY, &WEIGHTED, &CLOSES_ON, &CLOSED_ON])
    .section("Notes", &[&DESCRIPTION])
    .list(&[&NAME, &CUSTOMER, &STAGE, &AMOUNT, &PROBABILITY, &CLOSES_ON, &IN_CHARGE])
    .kept(&[&OUTCOME, &HAS_LINES])
    .quick(&[&NAME, &CUSTOMER, &STAGE, &AMOUNT, &CLOSES_ON])
    .board(&STAGE, &[&CUSTOMER, &AMOUNT, &CLOSES_ON], Some(&AMOUNT))
    .figures(Figures {
        label: "Forecast",
        by: &[&CLOSES_ON, &IN_CHARGE, &STAGE, &PIPELINE],
        split: &OUTCOME,
        of: &AMOUNT,
        weighted: &WEIGHTED,
    })
    .reads(&[&CUSTOMER])
    .rules(rules::ALL)
    .effects(&[customer::moves_forward]);
