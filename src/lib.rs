//! relata

pub mod diagnostic;
pub mod model;
mod naming;
mod source;
pub mod spec;
