//! Every spec gets tests of its own relationships (`generate.tests`), which compile without warnings and pass.

#![deny(warnings)]

/// What the specs name as the user's own.
#[path = "../../tests/own_types/own.rs"]
pub mod own;

include!(concat!(env!("OUT_DIR"), "/own_tests/all.rs"));
