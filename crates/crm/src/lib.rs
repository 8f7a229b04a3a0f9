//! The product: one folder per module, in reading order.

// The blank lines keep rustfmt from sorting them.

pub mod parties;

pub mod sites;

pub mod affiliations;

pub mod demo;

use meta::Entity;

/// Everything that is declared, in reading order.
pub static ENTITIES: &[&Entity] = &[&parties::PARTY, &sites::SITE, &affiliations::AFFILIATION];

/// What the left bar leads to, by path, in its order.
pub const MENU: &[&str] = &["companies", "people", "leads", "parties"];

/// The Italian of each module (Fluent).
pub const ITALIAN: &[&str] =
    &[include_str!("parties/it.ftl"), include_str!("sites/it.ftl"), include_str!("affiliations/it.ftl")];

#[cfg(test)]
mod tests;
