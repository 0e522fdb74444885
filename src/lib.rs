//! relata

pub mod diagnostic;
pub mod model;
pub mod output;
mod source;
pub mod spec;
