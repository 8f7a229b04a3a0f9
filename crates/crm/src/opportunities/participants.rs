//! Everybody with a part in an opportunity: the people of the decision, competitors, partners.

use base::{Refusal, Rid};
use meta::field::{link, pick, text};
use meta::{Change, Entity, Pick, entity, fields};

use super::{OPPORTUNITY, PARTS};
use crate::parties::{PARTY, called_as};

fields! {
    /// The title: the party's name.
    NAME: String = text("name", "Name").read_only().sorted();
    PART_OF: Option<Rid> = link("opportunity", "Opportunity", &OPPORTUNITY).required().belongs()
        .panel("People and companies involved").aliases(&["Opportunità", "Trattativa"]);
    WHO: Option<Rid> = link("party", "Person or company", &PARTY).required().panel("Part in opportunities")
        .aliases(&["Persona", "Azienda", "Anagrafica"]);
    PART: Pick = pick("part", "Part", &PARTS).required().starts_as("decides").aliases(&["Ruolo", "Parte"]);
    NOTE: Option<String> = text("note", "Note").aliases(&["Note", "Annotazioni"]);
}

pub static PARTICIPANT: Entity =
    entity("opportunity_party", "opportunity_parties", "Part in an opportunity", "Parts in opportunities")
        .icon("users-group")
        .guide("sales#opportunities")
        .title(&NAME)
        .subtitle(&[&PART])
        .section("Part", &[&PART_OF, &WHO, &PART, &NOTE])
        .list(&[&NAME, &WHO, &PART, &NOTE, &PART_OF])
        .quick(&[&PART_OF, &WHO, &PART])
        .rules(&[it_is_called_as_the_party]);

fn it_is_called_as_the_party(change: &mut Change) -> Result<(), Refusal> {
    called_as(change, &WHO, &NAME)
}
