//! Generating in hostile circumstances: killed, without room, at odd places, several at once. Whatever happens, every file
//! is old or new, the program says what was wrong, and where, and the next run finishes what this one has left.
//!
//! `RELATA_ROUNDS` multiplies how often what depends on chance is tried.
#![cfg(all(feature = "cli", unix))]

#[path = "faults/at_once.rs"]
mod at_once;
#[path = "faults/full.rs"]
mod full;
#[path = "faults/killed.rs"]
mod killed;
#[path = "faults/mount.rs"]
mod mount;
#[path = "faults/place.rs"]
mod place;
#[path = "faults/places.rs"]
mod places;
