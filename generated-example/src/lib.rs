//! A downstream crate of relata, as a user would have it.
//!
//! [`library`] is checked in, for people to read: it is what `relata generate` makes of `specs/library.yaml`. The
//! binary beside it includes what its build script generates from the tutorial's spec.

#![deny(warnings)]

/// A public library: what relata generated.
// Generated files stay out of the way of `cargo fmt`.
#[rustfmt::skip]
pub mod library;
