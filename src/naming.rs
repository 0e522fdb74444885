//! Names: the one place that knows how a name of the spec becomes one of the database or of Rust.
//!
//! In: names as strings. Out: names as strings, or why there is none. It knows neither the spec nor the model, and it
//! compares no names with one another: that is `resolve`'s.

pub mod database;
pub mod derive;
pub mod identifier;
pub mod path;
pub mod pattern;
pub mod plural;
pub mod reserved;
pub mod rust;

pub use database::{Patterns, shorten};
pub use derive::Derive;
pub use plural::Plurals;
