//! Affiliations: who works, or worked, for which company, as what, from when to when.

mod contact;
mod rules;

pub use contact::person_of;

use base::Rid;
use chrono::NaiveDate;
use meta::effect::Reaction;
use meta::field::{date, link, pick, text, tick};
use meta::{Entity, Pick, PickList, entity, fields, is, item, list};

use crate::parties::{self, PARTY};

pub static ROLES: PickList = list("affiliation_role", "Role in the company").items(&[
    item("owner", "Owner").aliases(&["Proprietario"]),
    item("administrator", "Director").aliases(&[
        "Amministratore unico",
        "Amministratore delegato",
        "Legale rappresentante",
    ]),
    item("sales_director", "Sales director"),
    item("head_of_agents", "Head of agents"),
    item("purchasing", "Purchasing").aliases(&["Ufficio acquisti"]),
    item("technician", "Technician"),
    item("administration", "Administration").aliases(&["Contabilità"]),
    item("other", "Other"),
]);

fields! {
    /// The title: both names.
    NAME: String = text("name", "Affiliation").read_only().sorted().longest(410);
    COMPANY: Option<Rid> = link("company", "Company", &PARTY).among(is(&parties::KIND, &["company"])).required().belongs()
        .panel("People").aliases(&["Azienda", "Ragione sociale", "Ditta"]);
    PERSON: Option<Rid> = link("person", "Person", &PARTY).among(is(&parties::KIND, &["person"])).required()
        .panel("Companies").aliases(&["Persona", "Contatto", "Referente"]);
    ROLE: Pick = pick("role", "Role", &ROLES).aliases(&["Ruolo", "Qualifica", "Mansione"]);
    DEPARTMENT: Option<String> = text("department", "Department").aliases(&["Reparto", "Ufficio"]);
    /// The person to turn to first.
    PRIMARY: bool = tick("primary_contact", "Main contact").aliases(&["Referente principale", "Principale", "Primary"]);
    SINCE: Option<NaiveDate> = date("since", "Since").sorted().aliases(&["Dal", "Data inizio", "From"]);
    UNTIL: Option<NaiveDate> = date("until", "Until").aliases(&["Al", "Data fine", "To"]);
}

pub static AFFILIATION: Entity = entity("affiliation", "affiliations", "Affiliation", "Affiliations")
    .icon("briefcase")
    .guide("registry#people-of-a-company-and-sites")
    .title(&NAME)
    .subtitle(&[&ROLE, &DEPARTMENT])
    .section("Affiliation", &[&PERSON, &COMPANY, &ROLE, &DEPARTMENT, &PRIMARY, &SINCE, &UNTIL])
    .list(&[&NAME, &PERSON, &COMPANY, &ROLE, &DEPARTMENT, &PRIMARY, &SINCE, &UNTIL])
    .quick(&[&PERSON, &COMPANY, &ROLE, &DEPARTMENT, &PRIMARY])
    .rules(rules::ALL)
    .reactions(&[Reaction { to: &PARTY, effects: &[contact::of_a_lead_becomes_a_person] }]);
