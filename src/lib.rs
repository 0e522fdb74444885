//! relata

pub mod diagnostic;
pub mod model;
pub mod naming;
pub mod resolve;
pub mod source;
pub mod spec;
