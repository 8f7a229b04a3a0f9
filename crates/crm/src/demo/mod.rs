//! The demo: a living company to try everything on.

pub mod cast;
mod drafts;
mod fill;

pub use fill::{Filled, PASSWORD, fill};
