//! Bringing records in from a file: what each column means, what to do with those that are there already, and the run.
//!
//! [`propose`] makes a [`Plan`] out of a file's [`sheet::Shape`]; a person may correct it, and it can be kept as a profile.
//! [`Engine::rehearse`](crate::Engine::rehearse) says what would come of it and writes nothing;
//! [`Engine::start_import`](crate::Engine::start_import) makes it a durable job that
//! [`Engine::run_import`](crate::Engine::run_import) carries out in small transactions, all of one operation, and that goes
//! on after a crash where its last transaction ended. Rehearsal and run take the same way from a row to a draft.

mod batch;
mod cells;
mod draft;
mod fill;
mod headers;
mod job;
mod keep;
mod known;
mod labels;
mod links;
mod names;
mod plan;
mod profiles;
mod propose;
mod refused;
mod report;
mod rows;
mod run;
mod seen;
mod sweep;
mod unreadable;

pub use draft::{DraftImport, REHEARSAL, Rehearsal};
pub use job::{Import, KIND};
pub use labels::header;
pub use plan::{AddressPart, ColumnPlan, Confidence, Constant, Duplicates, Plan, Policy, Target};
pub use profiles::Profile;
pub use propose::{constants, propose, shape_of};
pub use report::{Outcome, Report, RowReport, Said};
pub use run::Previewed;
pub use unreadable::unreadable;

/// The Italian of what imports and exports say (Fluent).
pub const ITALIAN: &str = include_str!("it.ftl");
