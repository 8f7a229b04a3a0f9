//! An interest becomes an opportunity by one click.

use base::{Money, Problem, Rid, say};
use chrono::{Days, NaiveDate};
use meta::action::{Acting, Action, Deed};
use meta::effect::{THIS, create};
use meta::entity::{IN_CHARGE, OPEN_TO_ALL};
use meta::field::{date, link, money, text};
use meta::{Entity, entity, fields, is};

use super::OPPORTUNITY;
use crate::initiatives::{self, BECAME, INTEREST};
use crate::products::PRODUCT;

/// So many days lie before the close of an opportunity that nobody dated.
const USUALLY_CLOSES_IN: Days = Days::new(30);

fields! {
    SUBJECT: String = text("subject", "Subject").required();
    MAIN_PRODUCT: Option<Rid> = link("product", "Main product", &PRODUCT);
    AMOUNT: Option<Money> = money("amount", "Amount").at_least(0);
    CLOSES_ON: Option<NaiveDate> = date("closes_on", "Expected close").required();
}

pub static SALE: Entity = entity("sale", "sales", "New opportunity", "New opportunities")
    .icon("target-arrow")
    .section("Opportunity", &[&SUBJECT, &MAIN_PRODUCT, &AMOUNT, &CLOSES_ON])
    .action(Action {
        to: &INTEREST,
        label: "Make an opportunity of it",
        done: "is an opportunity now",
        when: is(&BECAME, &["false"]),
        begin,
        offers: &[],
        run,
    });

fn begin(acting: &mut Acting) {
    let Acting { of, form } = acting;
    let initiative = of.get(&initiatives::INTEREST_OF).map_or("", |initiative| of.title_of(initiative));
    form.set(&SUBJECT, initiative.to_owned());
    form.set(&MAIN_PRODUCT, of.get(&initiatives::PRODUCT_WANTED));
    form.set(&AMOUNT, of.get(&initiatives::INTEREST_AMOUNT));
    form.set(&CLOSES_ON, of.today.checked_add_days(USUALLY_CLOSES_IN));
}

fn run(acting: &Acting) -> Result<Deed, Problem> {
    let Acting { of, form } = acting;
    if of.get(&BECAME) {
        let text = say!("An opportunity was made of it already");
        return Err(Problem::whole("became", text));
    }
    let deal = create(&OPPORTUNITY)
        .with(&super::NAME, form.get(&SUBJECT))
        .with(&super::CAME_OF, Some(THIS))
        .with(&super::CUSTOMER, of.get(&initiatives::INTERESTED_PARTY))
        .with(&super::OF, of.get(&initiatives::INTEREST_OF))
        .with(&super::MAIN_PRODUCT, form.get(&MAIN_PRODUCT))
        .with(&super::AMOUNT, form.get(&AMOUNT))
        .with(&super::CLOSES_ON, form.get(&CLOSES_ON))
        .with(&IN_CHARGE, of.get(&IN_CHARGE))
        .with(&OPEN_TO_ALL, of.get(&OPEN_TO_ALL));
    Ok(Deed { effects: vec![deal], join: None })
}
