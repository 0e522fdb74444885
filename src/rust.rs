//! The views of the generated Rust: plain fields that templates print.
//!
//! In: the model. Out: one view for each file. Everything is decided here (types, literals, which parts of the support
//! code are needed); templates only place it. Nothing here knows templates, files or YAML.

mod declared;
mod doc;
mod entity;
mod link;
mod literal;
mod module;
mod own_tests;
mod put;
mod relationship;
mod root;
mod statements;
mod structs;
mod support;
pub mod target;
mod times;
mod types;
mod visibility;
mod worded;

pub use declared::{MODULE as DECLARED_MODULE, declared};
pub use entity::{Standing, entity};
pub use link::link;
pub use own_tests::{MODULE as TESTS_MODULE, own_tests};
pub use root::root;
pub use support::support;
pub use target::Driver;
pub use types::needed_parts;
pub use visibility::Visibility;
