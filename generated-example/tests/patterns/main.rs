//! The relationship patterns of SQLAlchemy's documentation, one module each, over `specs/pattern_NAME.yaml`.
//!
//! A pattern fills a database, answers questions about it, changes it, and answers them again. `behaves` does it with
//! relata alone. `agrees_with_sqlalchemy` does it on the same files as `NAME.py`, the pattern in SQLAlchemy's words; it
//! needs Python, so `tests/run` runs it, and everybody else is told that it was ignored.

#![deny(warnings)]

/// The database, and how it is asked.
#[path = "../db/mod.rs"]
mod db;

mod beside;
mod harness;
mod page;

mod adjacency_list;
mod alternate_joins;
mod association_object;
mod cascades;
mod composite_adjacency_list;
mod composite_keys;
mod enums;
mod favorites;
mod followers;
mod friends;
mod join_paths;
mod keys_that_change;
mod many_to_many;
mod mutual_rows;
mod one_to_many;
mod one_to_one;
mod order_by;
mod overlapping_keys;
mod payload;
mod row_limited;
mod rows_of_themselves;
mod several_secondaries;
mod through;
mod unidirectional;
mod values;
mod versions;
