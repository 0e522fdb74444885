//! relata

pub mod diagnostic;
pub mod model;
mod naming;
mod render;
mod rust;
mod source;
pub mod spec;
mod sql;
