//! relata

pub mod diagnostic;
pub mod model;
mod source;
pub mod spec;
