//! The products that an initiative offers.

use base::{Money, Refusal, Rid};
use meta::field::{link, money, text};
use meta::{Change, Entity, entity, fields, is};

use super::INITIATIVE;
use crate::products::{self, PRODUCT};

fields! {
    /// The title: the product's name.
    NAME: String = text("name", "Name").read_only().sorted();
    PART_OF: Option<Rid> = link("initiative", "Initiative", &INITIATIVE).required().belongs().panel("Products offered here")
        .aliases(&["Iniziativa"]);
    PRODUCT_OFFERED: Option<Rid> = link("product", "Product", &PRODUCT).required().among(is(&products::ACTIVE, &["true"]))
        .panel("Initiatives").aliases(&["Prodotto", "Articolo"]);
    PRICE: Option<Money> = money("price", "Offered price").at_least(0).hint("The list price, when left empty").aliases(&["Prezzo"]);
    NOTE: Option<String> = text("note", "Note").aliases(&["Note"]);
}

pub static OFFER: Entity =
    entity("initiative_product", "initiative_products", "Product of an initiative", "Products of initiatives")
        .icon("package")
        .guide("initiatives")
        .title(&NAME)
        .section("Product", &[&PART_OF, &PRODUCT_OFFERED, &PRICE, &NOTE])
        .list(&[&NAME, &PRICE, &NOTE, &PRODUCT_OFFERED, &PART_OF])
        .quick(&[&PART_OF, &PRODUCT_OFFERED, &PRICE])
        .once(&[&PART_OF, &PRODUCT_OFFERED])
        .reads(&[&PRODUCT_OFFERED])
        .rules(&[it_is_called_as_its_product, the_price_is_that_of_the_list]);

fn it_is_called_as_its_product(change: &mut Change) -> Result<(), Refusal> {
    let name = change.get(&PRODUCT_OFFERED).map_or("", |product| change.title_of(product)).to_owned();
    change.set(&NAME, name);
    Ok(())
}

fn the_price_is_that_of_the_list(change: &mut Change) -> Result<(), Refusal> {
    if change.get(&PRICE).is_none() {
        let listed = change.through(&PRODUCT_OFFERED, &products::PRICE);
        change.set(&PRICE, listed);
    }
    Ok(())
}
