//! The text of a spec and where everything stands in it.

pub mod path;

pub use path::{Part, Path, Place, Segment};
