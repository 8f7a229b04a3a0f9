//! Partners and competitors of an initiative.

use base::{Refusal, Rid};
use meta::field::{link, pick, text};
use meta::{Change, Entity, Pick, entity, fields};

use super::{INITIATIVE, PARTS};
use crate::parties::{PARTY, called_as};

fields! {
    /// The title: the party's name.
    NAME: String = text("name", "Name").read_only().sorted();
    PART_OF: Option<Rid> = link("initiative", "Initiative", &INITIATIVE).required().belongs().panel("Partners and competitors")
        .aliases(&["Iniziativa"]);
    WHO: Option<Rid> = link("party", "Person or company", &PARTY).required().panel("Part in initiatives")
        .aliases(&["Azienda", "Persona", "Anagrafica"]);
    PART: Pick = pick("part", "Part", &PARTS).required().starts_as("partner").aliases(&["Ruolo", "Parte"]);
    NOTE: Option<String> = text("note", "Note").aliases(&["Note"]);
}

pub static PARTNER: Entity =
    entity("initiative_party", "initiative_parties", "Part in an initiative", "Parts in initiatives")
        .icon("users-group")
        .guide("initiatives")
        .title(&NAME)
        .subtitle(&[&PART])
        .section("Part", &[&PART_OF, &WHO, &PART, &NOTE])
        .list(&[&NAME, &WHO, &PART, &NOTE, &PART_OF])
        .quick(&[&PART_OF, &WHO, &PART])
        .gathered(&[&WHO])
        .rules(&[it_is_called_as_the_party]);

fn it_is_called_as_the_party(change: &mut Change) -> Result<(), Refusal> {
    called_as(change, &WHO, &NAME)
}
