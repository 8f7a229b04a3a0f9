//! What the store promises, on both databases.

#![allow(clippy::unwrap_used)]

mod feed;
mod folding;
mod jobs;
mod plans;
mod schema;
