//! What is tested of connections side by side, of values and of errors: written once, in the form of the asynchronous
//! targets, over what the `driver` of each says.

mod spawned;
mod workers;

/// Every kind of relationship.
mod kinds {
    include!(concat!(env!("OUT_DIR"), "/kinds.rs"));
}

/// The tutorial.
mod school {
    include!(concat!(env!("OUT_DIR"), "/school.rs"));
}
