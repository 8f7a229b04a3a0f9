//! What the fields of an initiative, and of those who have to do with it, can hold.

use meta::{PickList, choices, item, list};

choices! {
    /// What a state means.
    pub enum Phase {
        Planned = "planned" "Planned",
        Running = "running" "Going on",
        Ended   = "ended"   "Ended",
    }
}

choices! {
    /// What somebody said to what they were offered.
    pub enum Answer {
        None       = "none"       "No answer yet",
        Interested = "interested" "Interested",
        Refused    = "refused"    "Not interested",
    }
}

pub static STATES: PickList = list("initiative_state", "State").classes::<Phase>().items(&[
    item("planned", "Being prepared").class("planned").colour("hollow").aliases(&["Pianificata", "In preparazione"]),
    item("running", "Under way now").class("running").colour("half").aliases(&["In corso", "Attiva"]),
    item("ended", "Over").class("ended").colour("full").aliases(&["Conclusa", "Chiusa"]),
    item("given_up", "Given up").class("ended").colour("grey").aliases(&["Annullata", "Sospesa"]),
]);

pub static LEVELS: PickList = list("interest_level", "Interest").classes::<Answer>().items(&[
    item("to_contact", "To be contacted").class("none").colour("hollow").aliases(&["Da contattare"]),
    item("contacted", "Contacted").class("none").colour("half").aliases(&["Contattato"]),
    item("interested", "Interested").class("interested").colour("full").aliases(&["Interessato"]),
    item("hot", "Wants an offer").class("interested").colour("full").aliases(&["Vuole un'offerta", "Caldo"]),
    item("not_interested", "Not interested").class("refused").colour("grey").aliases(&["Non interessato"]),
]);

/// What a party has to do with an initiative besides being offered something.
pub static PARTS: PickList = list("initiative_part", "Part").items(&[
    item("partner", "Partner").aliases(&["Collaboratore"]),
    item("competitor", "Competitor").aliases(&["Concorrente"]),
    item("sponsor", "Sponsor"),
    item("supplier", "Supplier").aliases(&["Fornitore"]),
]);
