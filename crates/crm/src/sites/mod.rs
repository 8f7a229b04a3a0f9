//! Sites: the places of a party, with their own address, phone and opening hours.

mod rules;

use base::Rid;
use meta::field::{addresses, link, long_text, phones, pick, text};
use meta::{Address, Entity, Item, Pick, PickList, entity, fields, item, list};

use crate::parties;

pub static KINDS: PickList = list("site_kind", "Kind of site").items(&[
    item("headquarters", "Headquarters").aliases(&["Sede legale", "Sede principale"]),
    item("branch", "Branch").aliases(&["Sede", "Succursale"]),
    item("warehouse", "Warehouse").aliases(&["Deposito"]),
    item("shop", "Shop").aliases(&["Punto vendita"]),
    item("workshop", "Plant or workshop").aliases(&["Officina", "Laboratorio", "Fabbrica"]),
    item("other", "Other"),
]);

fields! {
    PARTY: Option<Rid> = link("party", "Company or person", &parties::PARTY).required().belongs().panel("Sites")
        .aliases(&["Azienda", "Ragione sociale", "Company"]);
    /// The title; where nobody gives one, the town.
    NAME: String = text("name", "Name").search().sorted().hint("The town, when left empty").aliases(&["Sede", "Denominazione", "Site"]);
    KIND: Pick = pick("kind", "Kind", &KINDS).aliases(&["Tipo", "Tipo sede"]);
    /// Only the primary one counts.
    ADDRESS: Vec<Address> = addresses("address", "Address").search().aliases(&["Indirizzo", "Via"]);
    PHONES: Vec<Item> = phones("phones", "Phones").search().aliases(&["Telefono", "Tel.", "Phone"]);
    OPENING_HOURS: Option<String> = text("opening_hours", "Opening hours").aliases(&["Orari", "Orario"]);
    NOTE: Option<String> = long_text("note", "Note").aliases(&["Note", "Annotazioni"]);
}

pub static SITE: Entity = entity("site", "sites", "Site", "Sites")
    .icon("building-warehouse")
    .guide("registry#people-of-a-company-and-sites")
    .title(&NAME)
    .subtitle(&[&PARTY, &KIND])
    .section("Site", &[&PARTY, &KIND, &NAME, &ADDRESS, &PHONES, &OPENING_HOURS, &NOTE])
    .list(&[&NAME, &KIND, &PARTY, &ADDRESS, &PHONES])
    .quick(&[&PARTY, &KIND, &NAME, &ADDRESS, &PHONES])
    .rules(rules::ALL);
