//! The demo: a living company to try everything on.

pub mod cast;
mod drafts;
mod fill;

/// A few companies and people for a new installation to look around in.
pub const EXAMPLES: engine::first_steps::ExampleFile =
    engine::first_steps::ExampleFile { path: "parties", name: "esempi.csv", bytes: include_bytes!("examples.csv") };

pub use fill::{Filled, PASSWORD, fill};
