//! Products: what the company sells, as much of them as an opportunity needs to know.

use base::Money;
use meta::field::{long_text, money, percent, pick, text, tick};
use meta::{Entity, Pick, PickList, entity, fields, item, list};

pub static UNITS: PickList = list("unit", "Unit").items(&[
    item("piece", "Piece").aliases(&["pz", "n.", "nr"]),
    item("hour", "Hour").aliases(&["h"]),
    item("day", "Day").aliases(&["gg"]),
    item("month", "Month"),
    item("year", "Year"),
    item("kilogram", "Kilogram").aliases(&["kg"]),
    item("metre", "Metre").aliases(&["m", "ml"]),
    item("square_metre", "Square metre").aliases(&["mq", "m2"]),
    item("litre", "Litre").aliases(&["l", "lt"]),
    item("lump_sum", "Lump sum").aliases(&["corpo"]),
]);

fields! {
    CODE: Option<String> = text("code", "Code").longest(40).search().unique()
        .aliases(&["Cod.", "Codice", "Cod. articolo", "Codice articolo", "SKU", "Item no."]);
    NAME: String = text("name", "Name").required().search().sorted()
        .aliases(&["Descrizione", "Articolo", "Prodotto", "Nome", "Product"]);
    UNIT: Pick = pick("unit", "Unit", &UNITS).starts_as("piece").aliases(&["U.M.", "UM", "Unità di misura"]);
    PRICE: Option<Money> = money("price", "List price").at_least(0).sorted()
        .aliases(&["Prezzo", "Prezzo di listino", "Listino", "Price"]);
    VAT_RATE: Option<i64> = percent("vat_rate", "VAT rate").at_least(0).at_most(100).starts_as("22")
        .aliases(&["IVA", "Aliquota", "Aliquota IVA", "VAT"]);
    /// What is not sold any more stays where it was sold.
    ACTIVE: bool = tick("active", "Offered").starts_as("true").filtered().aliases(&["Attivo", "In vendita", "Active"]);
    DESCRIPTION: Option<String> = long_text("description", "Description").aliases(&["Note", "Notes"]);
}

pub static PRODUCT: Entity = entity("product", "products", "Product", "Products")
    .icon("package")
    .guide("sales#products")
    .title(&NAME)
    .subtitle(&[&CODE, &PRICE])
    .section("Product", &[&NAME, &CODE, &UNIT, &PRICE, &VAT_RATE, &ACTIVE, &DESCRIPTION])
    .list(&[&NAME, &CODE, &UNIT, &PRICE, &VAT_RATE, &ACTIVE])
    .quick(&[&NAME, &CODE, &UNIT, &PRICE])
    .keys(&[&CODE])
    .common();
