//! The product: one folder per module, in reading order.

// The blank lines keep rustfmt from sorting them.

pub mod involvement;

pub mod parties;

pub mod subjects;

pub mod sites;

pub mod affiliations;

pub mod products;

pub mod initiatives;

pub mod opportunities;

pub mod leads;

pub mod demo;

use meta::Entity;

/// Everything that is declared, in reading order.
pub static ENTITIES: &[&Entity] = &[
    &parties::PARTY,
    &subjects::SUBJECT,
    &sites::SITE,
    &affiliations::AFFILIATION,
    &products::PRODUCT,
    &initiatives::INITIATIVE,
    &initiatives::OFFER,
    &initiatives::PARTNER,
    &initiatives::INTEREST,
    &opportunities::OPPORTUNITY,
    &opportunities::LINE,
    &opportunities::PARTICIPANT,
    &opportunities::SALE,
    &leads::CONVERSION,
];

/// What the left bar leads to: groups of paths, in its order.
pub const MENU: &[(&str, &[&str])] = &[
    ("Registry", &["companies", "people", "leads", "parties", "subjects"]),
    ("Sales", &["opportunities", "initiatives", "interests", "products"]),
];

/// The Italian of each module (Fluent).
pub const ITALIAN: &[&str] = &[
    include_str!("involvement/it.ftl"),
    include_str!("parties/it.ftl"),
    include_str!("subjects/it.ftl"),
    include_str!("sites/it.ftl"),
    include_str!("affiliations/it.ftl"),
    include_str!("products/it.ftl"),
    include_str!("initiatives/it.ftl"),
    include_str!("opportunities/it.ftl"),
    include_str!("leads/it.ftl"),
];

#[cfg(test)]
mod tests;
