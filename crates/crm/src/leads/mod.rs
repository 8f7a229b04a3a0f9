//! Leads: how one becomes a company or a person of the registry, with its contact and, when asked, an opportunity.

mod conversion;

use base::{Money, Rid};
use chrono::NaiveDate;
use meta::action::{Action, Offer};
use meta::field::{choice, date, link, money, pick, text, tick};
use meta::{Condition, Entity, Pick, entity, fields, is};

use crate::affiliations;
use crate::parties::{self, Kind, PARTY, Stage};

/// A lead that is a person has nobody who speaks for it.
const A_COMPANY: Condition = is(&KIND, &["company"]);
const ASKED: Condition = is(&OPENS, &["true"]);

fields! {
    KIND: Option<Kind> = choice::<Kind, _>("kind", "Company or person").read_only();
    JOIN: Option<Rid> = link("join", "Is here already as", &PARTY)
        .hint("Both become one, and what this lead has more is taken over");
    STAGE: Pick<Stage> = pick("stage", "Becomes", &parties::STAGES).required();
    PERSON: Option<Rid> = link("person", "The contact is here already as", &PARTY).among(is(&parties::KIND, &["person"]))
        .shown(A_COMPANY);
    FIRST_NAME: Option<String> = text("first_name", "First name").longest(90).shown(A_COMPANY);
    LAST_NAME: Option<String> = text("last_name", "Last name").longest(90).shown(A_COMPANY);
    ROLE: Pick = pick("role", "Role in the company", &affiliations::ROLES).shown(A_COMPANY);
    OPENS: bool = tick("opportunity", "Open an opportunity");
    SUBJECT: Option<String> = text("subject", "Subject").shown(ASKED).required_when(ASKED);
    AMOUNT: Option<Money> = money("amount", "Amount").at_least(0).shown(ASKED);
    CLOSES_ON: Option<NaiveDate> = date("closes_on", "Expected close").shown(ASKED).required_when(ASKED);
}

pub static CONVERSION: Entity = entity("conversion", "conversions", "Conversion", "Conversions")
    .icon("arrow-right")
    .section("Lead", &[&KIND, &JOIN, &STAGE])
    .section("Contact", &[&PERSON, &FIRST_NAME, &LAST_NAME, &ROLE])
    .section("Opportunity", &[&OPENS, &SUBJECT, &AMOUNT, &CLOSES_ON])
    .action(Action {
        to: &PARTY,
        label: "Convert",
        done: "converted",
        when: is(&parties::STAGE, &["lead"]),
        begin: conversion::begin,
        offers: &[
            Offer { field: &JOIN, like: conversion::itself },
            Offer { field: &PERSON, like: conversion::contact },
        ],
        run: conversion::run,
    });
