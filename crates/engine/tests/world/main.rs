//! What every record can do, told by the people who do it, on both databases.

#![allow(clippy::unwrap_used)]

mod account;
mod bulk;
mod comments;
mod fields;
mod files;
mod lists;
mod mail;
mod merging;
mod notices;
mod rights;
mod saving;
mod second_step;
mod secrets;
mod signing_in;
mod subjects;
mod together;
mod trash;
mod undoing;
mod views;
mod worlds;
