//! Whom an initiative is offered to, what they say, and what may come of it.

use base::{Money, Refusal, Rid};
use meta::change::refuse;
use meta::entity::{IN_CHARGE, Summary, SummaryColumn, sum};
use meta::field::{choice, link, money, number, pick, text, tick};
use meta::{Change, Entity, Pick, entity, fields, is};

use super::{Answer, INITIATIVE, INTERESTED, LEVELS};
use crate::parties::PARTY;
use crate::products::{self, PRODUCT};

fields! {
    /// The title: the party's name.
    NAME: String = text("name", "Name").read_only().search().sorted();
    OF: Option<Rid> = link("initiative", "Initiative", &INITIATIVE).required().panel("Whom it is offered to")
        .aliases(&["Iniziativa", "Campagna"]);
    WHO: Option<Rid> = link("party", "Person or company", &PARTY).required().panel("Offered in initiatives")
        .aliases(&["Azienda", "Persona", "Anagrafica", "Ragione sociale"]);
    LEVEL: Pick<Answer> = pick("level", "Interest", &LEVELS).required().filtered().starts_as("to_contact")
        .aliases(&["Interesse", "Livello", "Stato"]);
    /// The class of the level, so that sums need not know the levels.
    ANSWER: Option<Answer> = choice::<Answer, _>("answer", "Answer").read_only().filtered();
    PRODUCT_WANTED: Option<Rid> = link("product", "Product", &PRODUCT).among(is(&products::ACTIVE, &["true"]))
        .aliases(&["Prodotto", "Articolo"]);
    /// In thousandths.
    QUANTITY: Option<i64> = number("quantity", "Quantity").decimals(3).aliases(&["Quantità", "Q.tà"]);
    AMOUNT: Option<Money> = money("amount", "Possible amount").at_least(0).sorted().hint("Quantity at the list price, when left empty")
        .aliases(&["Importo", "Valore"]);
    NOTE: Option<String> = text("note", "Note").aliases(&["Note"]);
    BECAME: bool = tick("became", "Became an opportunity").read_only().filtered();
    /// Of the opportunities that it became.
    WORTH: Option<Money> = money("worth", "Amount of the opportunity").read_only();
}

pub static INTEREST: Entity = entity("interest", "interests", "Interest", "Interests")
    .icon("star")
    .guide("initiatives#whom-it-is-offered-to")
    .title(&NAME)
    .subtitle(&[&OF, &LEVEL])
    .section("Interest", &[&OF, &WHO, &LEVEL, &PRODUCT_WANTED, &QUANTITY, &AMOUNT, &NOTE])
    .section("What came of it", &[&BECAME, &WORTH])
    .list(&[&NAME, &OF, &LEVEL, &PRODUCT_WANTED, &AMOUNT, &BECAME, &WORTH, &IN_CHARGE])
    .kept(&[&ANSWER])
    .quick(&[&OF, &WHO, &LEVEL, &PRODUCT_WANTED, &AMOUNT])
    .once(&[&OF, &WHO])
    .gathered(&[&WHO])
    .board(&LEVEL, &[&OF, &PRODUCT_WANTED, &AMOUNT], Some(&AMOUNT))
    .sums(&[sum(&OF, &INTERESTED).only(is(&ANSWER, &["interested"]))])
    .summary(Summary {
        label: "Gain by product",
        through: &OF,
        by: &PRODUCT_WANTED,
        columns: &[SummaryColumn { label: "Interested", only: is(&ANSWER, &["interested"]), of: None }],
    })
    .reads(&[&PRODUCT_WANTED])
    .rules(&[it_is_called_as_the_party, the_answer_is_what_the_level_means, the_amount_follows_from_the_quantity]);

fn it_is_called_as_the_party(change: &mut Change) -> Result<(), Refusal> {
    let name = change.get(&WHO).map_or("", |party| change.title_of(party)).to_owned();
    change.set(&NAME, name);
    Ok(())
}

fn the_answer_is_what_the_level_means(change: &mut Change) -> Result<(), Refusal> {
    let meant = change.get(&LEVEL).class;
    change.set(&ANSWER, meant);
    Ok(())
}

fn the_amount_follows_from_the_quantity(change: &mut Change) -> Result<(), Refusal> {
    let Some(quantity) = change.get(&QUANTITY) else { return Ok(()) };
    if quantity <= 0 {
        return refuse(&QUANTITY, "A quantity is more than zero");
    }
    if change.get(&AMOUNT).is_none()
        && let Some(price) = change.through(&PRODUCT_WANTED, &products::PRICE)
    {
        change.set(&AMOUNT, price.times(quantity, 1000));
    }
    Ok(())
}
