//! Initiatives: one product or several offered to many, for a time, somewhere, with partners and against competitors.

mod interests;
mod lists;
mod offers;
mod partners;

use base::{Money, Refusal};
use chrono::NaiveDate;
use meta::change::refuse;
use meta::entity::IN_CHARGE;
use meta::field::{date, involved, long_text, money, number, pick, text};
use meta::{Change, Entity, Involved, Pick, entity, fields};

use crate::involvement;

pub use interests::{
    AMOUNT as INTEREST_AMOUNT, BECAME, INTEREST, LEVEL, OF as INTEREST_OF, PRODUCT_WANTED, QUANTITY as QUANTITY_WANTED,
    WHO as INTERESTED_PARTY, WORTH,
};
pub use lists::{Answer, LEVELS, PARTS, Phase, STATES};
pub use offers::{OFFER, PART_OF as OFFERED_IN, PRICE as OFFERED_PRICE, PRODUCT_OFFERED};
pub use partners::{PART as PARTNER_PART, PART_OF as PARTNER_IN, PARTNER, WHO as PARTNER_WHO};

fields! {
    NAME: String = text("name", "Name").required().search().sorted().aliases(&["Iniziativa", "Campagna", "Nome", "Titolo"]);
    STATE: Pick<Phase> = pick("state", "State", &STATES).required().filtered().starts_as("planned").aliases(&["Stato", "State"]);
    BEGINS_ON: Option<NaiveDate> = date("begins_on", "From").sorted().aliases(&["Dal", "Inizio", "Data inizio"]);
    ENDS_ON: Option<NaiveDate> = date("ends_on", "To").sorted().aliases(&["Al", "Fine", "Data fine"]);
    PLACE: Option<String> = text("place", "Place or zone").search().aliases(&["Luogo", "Zona"]);
    INVOLVED: Involved = involved("involved", "Subjects involved", &involvement::ROLES).panel("Initiatives")
        .aliases(&["Agente", "Segnalatore"]);
    GOAL: Option<Money> = money("goal", "Goal").at_least(0).aliases(&["Obiettivo", "Budget"]);
    DESCRIPTION: Option<String> = long_text("description", "Description").aliases(&["Note", "Descrizione"]);
    INTERESTED: Option<i64> = number("interested", "Interested").read_only().sorted();
    DEALS: Option<i64> = number("deals", "Opportunities").read_only().sorted();
    POSSIBLE: Option<Money> = money("possible", "Possible gain").read_only().sorted();
    WEIGHTED: Option<Money> = money("weighted", "Weighted gain").read_only().sorted();
    REALISED: Option<Money> = money("realised", "Realised gain").read_only().sorted();
}

pub static INITIATIVE: Entity = entity("initiative", "initiatives", "Initiative", "Initiatives")
    .icon("speakerphone")
    .guide("initiatives")
    .title(&NAME)
    .subtitle(&[&STATE, &PLACE])
    .section("Initiative", &[&NAME, &STATE, &BEGINS_ON, &ENDS_ON, &PLACE, &INVOLVED])
    .section("Gain", &[&GOAL, &INTERESTED, &DEALS, &POSSIBLE, &WEIGHTED, &REALISED])
    .section("Notes", &[&DESCRIPTION])
    .list(&[&NAME, &STATE, &BEGINS_ON, &ENDS_ON, &INTERESTED, &DEALS, &POSSIBLE, &WEIGHTED, &REALISED, &IN_CHARGE])
    .quick(&[&NAME, &STATE, &BEGINS_ON, &ENDS_ON, &PLACE])
    .board(&STATE, &[&BEGINS_ON, &ENDS_ON, &POSSIBLE], Some(&POSSIBLE))
    .rules(&[it_ends_after_it_begins]);

fn it_ends_after_it_begins(change: &mut Change) -> Result<(), Refusal> {
    match (change.get(&BEGINS_ON), change.get(&ENDS_ON)) {
        (Some(begins), Some(ends)) if ends < begins => refuse(&ENDS_ON, "It cannot end before it begins"),
        _ => Ok(()),
    }
}
