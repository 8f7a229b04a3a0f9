//! What a conversion does.

use base::{Problem, say};
use chrono::Days;
use meta::action::{Acting, Deed};
use meta::change::refuse;
use meta::effect::{THIS, create, made, set};
use meta::entity::{IN_CHARGE, OPEN_TO_ALL};
use meta::{Change, Effect};

use super::*;
use crate::affiliations::{AFFILIATION, COMPANY, PRIMARY, ROLE as ROLE_THERE, person_of};
use crate::opportunities::{self, OPPORTUNITY};

/// So many days lie before the close of an opportunity that nobody dated.
const USUALLY_CLOSES_IN: Days = Days::new(30);

pub(super) fn begin(acting: &mut Acting) {
    let Acting { of, form } = acting;
    form.set(&KIND, of.get(&parties::KIND));
    if let Some(prospect) = of.first_of(&parties::STAGE, Stage::Prospect) {
        form.set(&STAGE, prospect);
    }
    if of.get(&parties::KIND) == Some(Kind::Company) {
        form.set(&FIRST_NAME, of.get(&parties::FIRST_NAME));
        form.set(&LAST_NAME, of.get(&parties::LAST_NAME));
    }
    form.set(&SUBJECT, of.get(&parties::INTEREST).or_else(|| Some(of.get(&parties::NAME))));
    form.set(&CLOSES_ON, of.today.checked_add_days(USUALLY_CLOSES_IN));
}

/// The lead without the names of its contact: who is like it.
pub(super) fn itself(of: &Change) -> Option<Effect> {
    let kind = of.get(&parties::KIND)?;
    let like = create(&PARTY)
        .with(&parties::KIND, Some(kind))
        .with(&parties::LEGAL_NAME, of.get(&parties::LEGAL_NAME))
        .with(&parties::TRADE_NAME, of.get(&parties::TRADE_NAME))
        .with(&parties::VAT_NUMBER, of.get(&parties::VAT_NUMBER))
        .with(&parties::TAX_CODE, of.get(&parties::TAX_CODE))
        .with(&parties::CODE, of.get(&parties::CODE))
        .with(&parties::PHONES, of.get(&parties::PHONES))
        .with(&parties::EMAILS, of.get(&parties::EMAILS))
        .with(&parties::ADDRESSES, of.get(&parties::ADDRESSES));
    let like = match kind {
        Kind::Company => like,
        Kind::Person => like
            .with(&parties::FIRST_NAME, of.get(&parties::FIRST_NAME))
            .with(&parties::LAST_NAME, of.get(&parties::LAST_NAME)),
    };
    Some(like)
}

pub(super) fn contact(of: &Change) -> Option<Effect> {
    let is_company = of.get(&parties::KIND) == Some(Kind::Company);
    let named = of.get(&parties::FIRST_NAME).is_some() || of.get(&parties::LAST_NAME).is_some();
    (is_company && named).then(|| person_of(of))
}

pub(super) fn run(acting: &Acting) -> Result<Deed, Problem> {
    let Acting { of, form } = acting;
    it_is_a_lead(of)?;
    if form.get(&STAGE).class == Some(Stage::Lead) {
        refuse(&STAGE, "Choose what it becomes: it is a lead already")?;
    }
    let join = form.get(&JOIN);
    if join.is_some() && form.through(&JOIN, &parties::KIND) != of.get(&parties::KIND) {
        refuse(&JOIN, "One is a company and the other a person: they cannot become one")?;
    }
    let mut effects = Vec::new();
    match join {
        None => effects.push(moved_on(form)),
        // Where one stands already says more than where a lead would come to.
        Some(_) if form.through(&JOIN, &parties::STAGE).class == Some(Stage::Lead) => {
            effects.push(if has_a_contact_of_its_own(of, form) {
                set(&PARTY, THIS).with(&parties::STAGE, form.get(&STAGE))
            } else {
                moved_on(form)
            });
        }
        Some(_) => {}
    }
    if of.get(&parties::KIND) == Some(Kind::Company) {
        affiliate(of, form, &mut effects)?;
    }
    if form.get(&OPENS) {
        effects.push(opportunity(of, form));
    }
    Ok(Deed { effects, join })
}

/// Two may have pressed at the same time.
fn it_is_a_lead(of: &Change) -> Result<(), Problem> {
    if of.get(&parties::STAGE).class == Some(Stage::Lead) {
        return Ok(());
    }
    let (at, by) = (of.get(&parties::CONVERTED_AT), of.get(&parties::CONVERTED_BY));
    let text = match (at, by.map(|by| of.title_of(by))) {
        (Some(at), Some(who)) => {
            let local = at.with_timezone(&base::clock::ZONE);
            let (day, time) = (base::dates::format_date(local.date_naive()), local.format("%H:%M").to_string());
            say!("{who} has converted this lead already, on {day} at {time}", who = who, day = day, time = time)
        }
        _ => say!("This is no lead any more"),
    };
    Err(Problem::whole("converted", text))
}

/// Whether the lead that is joined has another contact than the one that joins it: then both become persons.
fn has_a_contact_of_its_own(of: &Change, form: &Change) -> bool {
    let names = |first: Option<String>, last: Option<String>| {
        base::fold(&[first, last].map(Option::unwrap_or_default).join(" "))
    };
    let own = names(form.through(&JOIN, &parties::FIRST_NAME), form.through(&JOIN, &parties::LAST_NAME));
    !own.trim().is_empty() && own != names(of.get(&parties::FIRST_NAME), of.get(&parties::LAST_NAME))
}

/// The names of the contact go with the contact.
fn moved_on(form: &Change) -> Effect {
    let effect = set(&PARTY, THIS).with(&parties::STAGE, form.get(&STAGE));
    if form.get(&KIND) == Some(Kind::Person) {
        return effect;
    }
    effect
        .with(&parties::HONORIFIC, None)
        .with(&parties::FIRST_NAME, None)
        .with(&parties::LAST_NAME, None)
        .with(&parties::JOB, None)
}

/// The contact, who is here already or is made, speaks for the company first.
fn affiliate(of: &Change, form: &Change, effects: &mut Vec<Effect>) -> Result<(), Problem> {
    let names = [form.get(&FIRST_NAME), form.get(&LAST_NAME)];
    let person = match (form.get(&PERSON), &names) {
        (Some(_), _) if form.through(&PERSON, &parties::KIND) != Some(Kind::Person) => {
            return refuse(&PERSON, "Choose a person, not a company");
        }
        (Some(person), _) => person,
        (None, [None, None]) => return Ok(()),
        (None, [None, _]) => return refuse(&FIRST_NAME, "Write the first name too, or leave both empty"),
        (None, [_, None]) => return refuse(&LAST_NAME, "Write the last name too, or leave both empty"),
        (None, [first, last]) => {
            let person =
                person_of(of).with(&parties::FIRST_NAME, first.clone()).with(&parties::LAST_NAME, last.clone());
            effects.push(person);
            made(i64::try_from(effects.len() - 1).unwrap_or(0))
        }
    };
    effects.push(
        create(&AFFILIATION)
            .with(&COMPANY, Some(THIS))
            .with(&affiliations::PERSON, Some(person))
            .with(&ROLE_THERE, form.get(&ROLE))
            .with(&PRIMARY, true),
    );
    Ok(())
}

fn opportunity(of: &Change, form: &Change) -> Effect {
    create(&OPPORTUNITY)
        .with(&opportunities::NAME, form.get(&SUBJECT).unwrap_or_default())
        .with(&opportunities::CUSTOMER, Some(THIS))
        .with(&opportunities::AMOUNT, form.get(&AMOUNT))
        .with(&opportunities::CLOSES_ON, form.get(&CLOSES_ON))
        .with(&opportunities::SOURCE, of.get(&parties::SOURCE))
        .with(&opportunities::INVOLVED, of.get(&parties::INVOLVED))
        .with(&IN_CHARGE, of.get(&IN_CHARGE))
        .with(&OPEN_TO_ALL, of.get(&OPEN_TO_ALL))
}
