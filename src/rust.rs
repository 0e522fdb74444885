//! Rust: what the generated code is, before it is text.

pub mod target;

pub use target::Target;
