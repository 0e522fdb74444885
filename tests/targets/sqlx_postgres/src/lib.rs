//! The suite on PostgreSQL through sqlx: the tests of generated-example, which are written for rusqlite, over the code that is
//! generated for this target.

#![cfg(test)]
#![deny(warnings)]
#![allow(
    clippy::all,
    clippy::pedantic,
    reason = "the tests are linted where they are written"
)]

#[macro_use]
#[path = "../../tests_on_postgres.rs"]
mod tests_on;

/// The database, and how it is asked.
#[path = "../../harness.rs"]
mod db;
mod driver;
mod pools;

/// What PostgreSQL alone has.
#[path = "../../live/arrays.rs"]
mod arrays;

/// What is written once for all asynchronous targets.
#[path = "../../live/mod.rs"]
mod live;

/// Sessions that a server ends.
#[path = "../../live/lost.rs"]
mod lost;

/// Two transactions that write at once.
#[path = "../../live/two_at_once.rs"]
mod two_at_once;

/// The types that specs of user types name.
#[path = "../../../own_types/own.rs"]
mod own;

include!(concat!(env!("OUT_DIR"), "/suite.rs"));
