//! The products of an opportunity, which make its amount.

use base::{Money, Refusal, Rid};
use meta::change::refuse;
use meta::entity::{Rule, sum};
use meta::field::{link, money, number, percent, text};
use meta::{Change, Entity, entity, fields, is};

use super::{AMOUNT as TOTAL, HAS_LINES, OPPORTUNITY};
use crate::products::{self, PRODUCT};

fields! {
    NAME: String = text("name", "Description").sorted().aliases(&["Descrizione"]);
    PART_OF: Option<Rid> = link("opportunity", "Opportunity", &OPPORTUNITY).required().belongs().panel("Products")
        .aliases(&["Opportunità", "Trattativa"]);
    PRODUCT_SOLD: Option<Rid> = link("product", "Product", &PRODUCT).among(is(&products::ACTIVE, &["true"]))
        .panel("Opportunities").aliases(&["Prodotto", "Articolo"]);
    /// In thousandths.
    QUANTITY: Option<i64> = number("quantity", "Quantity").decimals(3).required().starts_as("1").aliases(&["Quantità", "Q.tà"]);
    PRICE: Option<Money> = money("price", "Unit price").at_least(0).hint("The list price, when left empty")
        .aliases(&["Prezzo"]);
    DISCOUNT: Option<i64> = percent("discount", "Discount").aliases(&["Sconto"]);
    AMOUNT: Option<Money> = money("amount", "Amount").read_only().sorted();
}

pub static LINE: Entity = entity("opportunity_line", "opportunity_lines", "Product offered", "Products offered")
    .icon("package")
    .guide("sales#opportunities")
    .title(&NAME)
    .section("Product", &[&PART_OF, &PRODUCT_SOLD, &NAME, &QUANTITY, &PRICE, &DISCOUNT, &AMOUNT])
    .list(&[&NAME, &QUANTITY, &PRICE, &DISCOUNT, &AMOUNT, &PRODUCT_SOLD, &PART_OF])
    .quick(&[&PART_OF, &PRODUCT_SOLD, &QUANTITY, &PRICE, &DISCOUNT])
    .reads(&[&PRODUCT_SOLD])
    .sums(&[sum(&PART_OF, &TOTAL).of(&AMOUNT).any(&HAS_LINES)])
    .rules(RULES);

static RULES: &[Rule] = &[
    it_is_called_as_its_product,
    the_price_is_that_of_the_list,
    quantity_and_discount_are_possible,
    the_amount_follows,
];

type Answer = Result<(), Refusal>;

fn it_is_called_as_its_product(change: &mut Change) -> Answer {
    let changed = change.changed(&PRODUCT_SOLD) && !change.changed(&NAME);
    if let Some(product) = change.get(&PRODUCT_SOLD).filter(|_| changed || change.get(&NAME).is_empty()) {
        let name = change.title_of(product).to_owned();
        change.set(&NAME, name);
    }
    match change.get(&NAME).is_empty() {
        true => refuse(&PRODUCT_SOLD, "Choose a product, or describe what is offered"),
        false => Ok(()),
    }
}

fn the_price_is_that_of_the_list(change: &mut Change) -> Answer {
    let another = change.changed(&PRODUCT_SOLD) && !change.changed(&PRICE);
    if another || change.get(&PRICE).is_none() {
        let listed = change.through(&PRODUCT_SOLD, &products::PRICE);
        if listed.is_some() {
            change.set(&PRICE, listed);
        }
    }
    Ok(())
}

fn quantity_and_discount_are_possible(change: &mut Change) -> Answer {
    if change.get(&QUANTITY).is_some_and(|quantity| quantity <= 0) {
        return refuse(&QUANTITY, "A quantity is more than zero");
    }
    if change.get(&DISCOUNT).is_some_and(|discount| !(0..=10_000).contains(&discount)) {
        return refuse(&DISCOUNT, "A discount lies between 0 and 100 %");
    }
    Ok(())
}

fn the_amount_follows(change: &mut Change) -> Answer {
    let quantity = change.get(&QUANTITY).unwrap_or(1000);
    let left = 10_000 - change.get(&DISCOUNT).unwrap_or(0);
    let amount =
        change.get(&PRICE).map(|price| price.times(quantity, 1000).and_then(|whole| whole.times_percent(left)));
    if amount == Some(None) {
        return refuse(&QUANTITY, "Price and quantity make too large an amount");
    }
    change.set(&AMOUNT, amount.flatten());
    Ok(())
}
