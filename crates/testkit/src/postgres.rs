//! A real PostgreSQL for tests: one server for all test processes, one database for each test.
//!
//! The server is the one that `BOTTEGA_TEST_PG_URL` names (`cargo xtask test` sets it), or one that the first test
//! process starts, that its companions share, and that ends by itself when the last of them is gone; see [`Server`].

mod programs;
mod server;

pub use programs::{Programs, find as find_programs};
pub use server::{Kept, Server};

#[cfg(feature = "database")]
mod databases;
#[cfg(feature = "database")]
pub use databases::{TestDatabase, fresh_database, from_template};

/// The environment variable with the `postgres://` address of the server to use, any database of it.
pub const URL_VARIABLE: &str = "BOTTEGA_TEST_PG_URL";
