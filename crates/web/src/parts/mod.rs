//! What the pages are put together from.

pub mod address;
pub mod agent;
pub mod fields;
pub mod filters;
pub mod inputs;
pub mod keys;
pub mod narrow;
pub mod pictures;
pub mod read_form;
pub mod shell;
