//! What the fields of an opportunity can hold.

use meta::{PickList, choices, item, list};

choices! {
    /// What a stage means to rules and reports; the stages themselves are a list that the administrator edits.
    pub enum Outcome {
        Open = "open" "Under way",
        Won  = "won"  "Won",
        Lost = "lost" "Lost",
    }
}

/// Ways to sell, each with stages of its own. While there is but one, nothing of it shows.
pub static PIPELINES: PickList = list("opportunity_pipeline", "Pipeline").items(&[item("sales", "Sales")]);

pub static STAGES: PickList =
    list("opportunity_stage", "Stage").classes::<Outcome>().percent("Probability").grouped_by(&PIPELINES).items(&[
        item("new", "Contact").class("open").colour("hollow").percent(10).aliases(&["Nuova", "New"]),
        item("qualified", "Analysis").class("open").colour("half").percent(25).aliases(&["Qualificata", "Qualified"]),
        item("proposal", "Proposal sent").class("open").colour("half").percent(50).aliases(&["Offerta", "Preventivo"]),
        item("negotiation", "Negotiation").class("open").colour("half").percent(75).aliases(&["Trattativa"]),
        item("won", "Won").class("won").colour("full").percent(100).aliases(&["Vinta", "Chiusa vinta", "Closed won"]),
        item("lost", "Lost").class("lost").colour("grey").percent(0).aliases(&["Persa", "Chiusa persa", "Closed lost"]),
    ]);

pub static REASONS: PickList = list("opportunity_reason", "Reason").classes::<Outcome>().items(&[
    item("price", "Price").class("lost"),
    item("competitor", "Chose a competitor").class("lost"),
    item("no_budget", "No budget").class("lost"),
    item("postponed", "Postponed").class("lost"),
    item("no_answer", "No answer any more").class("lost"),
    item("product", "The product did not fit").class("lost"),
    item("quality", "Quality of the product").class("won"),
    item("service", "Service and delivery").class("won"),
    item("best_price", "Best price").class("won"),
    item("relationship", "Trust").class("won"),
]);

/// What somebody has to do with an opportunity: people in the decision, and companies beside it.
pub static PARTS: PickList = list("opportunity_part", "Part").items(&[
    item("decides", "Decides").aliases(&["Decisore"]),
    item("buys", "Buys").aliases(&["Ufficio acquisti"]),
    item("influences", "Influences").aliases(&["Influenzatore"]),
    item("uses", "Will use it").aliases(&["Utilizzatore"]),
    item("opposes", "Opposes it"),
    item("competitor", "Competitor").aliases(&["Concorrente"]),
    item("partner", "Partner"),
]);
