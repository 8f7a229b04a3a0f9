//! What tests need: a real PostgreSQL, a real browser, a real mail server, a small world of people and records.
//!
//! Everything here panics with a sentence when something is missing: a test that cannot run must not look green.

#[cfg(feature = "browser")]
pub mod browser;
#[cfg(feature = "world")]
pub mod dice;
#[cfg(feature = "world")]
pub mod pictures;
#[cfg(feature = "world")]
pub mod plain;
#[cfg(feature = "world")]
pub mod post;
pub mod postgres;
#[cfg(feature = "world")]
pub mod probe;
#[cfg(feature = "world")]
pub mod world;

use std::path::Path;

/// The root folder of the workspace, where `testdata/` and `docs/` lie.
pub fn workspace_root() -> &'static Path {
    // The manifest's folder is `<root>/crates/testkit`, so there are always two above it.
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).expect("testkit lies two folders below the root")
}
