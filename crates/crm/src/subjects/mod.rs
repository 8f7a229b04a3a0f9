//! Subjects: agents, operators, referrers and agencies. Each can be involved in any record that says so, and whoever is the user behind
//! one sees what it is involved in.

mod rules;

use base::Rid;
use chrono::NaiveDate;
use engine::users;
use meta::entity::Subject;
use meta::field::{choice, date, emails, link, long_text, percent, phones, picks, text};
use meta::{Entity, Item, PickList, choices, entity, fields, is, list};

use crate::parties::PARTY;

choices! {
    /// What a subject is: decides who can stand behind it.
    pub enum Kind {
        Agent    = "agent"    "Sales agent",
        Operator = "operator" "In-house operator",
        Referrer = "referrer" "Referrer",
        Agency   = "agency"   "Agency",
    }
}

pub static ZONES: PickList = list("subject_zone", "Zone").open();

fields! {
    NAME: String = text("name", "Name").required().search().sorted()
        .aliases(&["Nome", "Soggetto", "Nominativo", "Ragione sociale", "Agente"]);
    KIND: Option<Kind> = choice::<Kind, _>("kind", "Kind").required().filtered().starts_as("agent")
        .aliases(&["Tipo", "Tipo soggetto"]);
    USER: Option<Rid> = link("user", "User", &users::USER).unique().shown(is(&KIND, &["agent", "operator", "agency"]))
        .hint("Who signs in as this user sees what the subject is involved in").aliases(&["Utente"]);
    AGENCY: Option<Rid> = link("agency", "Agency", &SUBJECT).among(is(&KIND, &["agency"])).acyclic().panel("Agents")
        .shown(is(&KIND, &["agent", "operator", "agency"])).aliases(&["Agenzia", "Mandante"]);
    ZONES_COVERED: Vec<String> = picks("zones", "Zones", &ZONES).search().aliases(&["Zona", "Zone", "Area", "Territorio"]);
    SINCE: Option<NaiveDate> = date("since", "Since").sorted().aliases(&["Dal", "Inizio mandato", "Valido dal"]);
    UNTIL: Option<NaiveDate> = date("until", "Until").sorted()
        .hint("After this day the user behind it no longer sees what it is involved in")
        .aliases(&["Al", "Fine mandato", "Valido al"]);
    COMMISSION: Option<i64> = percent("commission", "Commission").shown(is(&KIND, &["agent", "referrer", "agency"]))
        .aliases(&["Provvigione", "Provv.", "% provvigione"]);
    PHONES: Vec<Item> = phones("phones", "Phones").search().aliases(&["Telefono", "Tel.", "Cellulare"]);
    EMAILS: Vec<Item> = emails("emails", "E-mails").search().aliases(&["E-mail", "Email", "Mail"]);
    PARTY_IT_IS: Option<Rid> = link("party", "In the registry", &PARTY).aliases(&["Anagrafica"]);
    NOTES: Option<String> = long_text("notes", "Notes").aliases(&["Note", "Annotazioni"]);
}

pub static SUBJECT: Entity = entity("subject", "subjects", "Subject", "Subjects")
    .icon("id-badge-2")
    .guide("subjects")
    .title(&NAME)
    .subtitle(&[&KIND, &ZONES_COVERED])
    .section("Subject", &[&NAME, &KIND, &USER, &AGENCY, &ZONES_COVERED, &COMMISSION, &SINCE, &UNTIL])
    .section("Contact details", &[&PHONES, &EMAILS, &PARTY_IT_IS])
    .section("Notes", &[&NOTES])
    .list(&[&NAME, &KIND, &AGENCY, &ZONES_COVERED, &USER, &COMMISSION, &UNTIL])
    .quick(&[&NAME, &KIND, &USER, &AGENCY, &PHONES, &EMAILS])
    .keys(&[&EMAILS, &PHONES])
    .reads(&[&AGENCY])
    .common()
    .subject(Subject { user: &USER, part_of: &AGENCY, since: &SINCE, until: &UNTIL })
    .rules(rules::ALL);
