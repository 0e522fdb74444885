//! What is tested of connections side by side, of values and of errors: written once, in the form of the asynchronous
//! targets, over what the `driver` of each says.

mod workers;

/// The tutorial.
mod school {
    include!(concat!(env!("OUT_DIR"), "/school.rs"));
}
