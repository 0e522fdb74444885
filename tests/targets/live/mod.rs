//! What is tested of connections side by side, of values and of errors: written once, in the form of the asynchronous
//! targets, over what the `driver` of each says.

mod borrowed;
pub mod conflicts;
pub mod dropped;
pub mod errors;
mod large;
mod locks;
mod refused;
pub mod round_trip;
mod spawned;
mod workers;

/// What a target speaks to, for what databases do differently.
#[derive(Clone, Copy, PartialEq, Debug)]
#[allow(dead_code, reason = "each target has one")]
pub enum Database {
    Sqlite,
    Postgres,
    Mysql,
}

/// Every kind of relationship.
pub mod kinds {
    include!(concat!(env!("OUT_DIR"), "/kinds.rs"));
}

/// The tutorial.
pub mod school {
    include!(concat!(env!("OUT_DIR"), "/school.rs"));
}

/// Every type of column.
mod values {
    include!(concat!(env!("OUT_DIR"), "/values.rs"));
}
