//! The versions of what a side is made of.

/// A crate with its version, as the lock file of the workspace has it: `diesel 2.3.14`.
///
/// # Panics
///
/// When the lock file does not have the crate.
#[must_use]
pub fn version(name: &str) -> String {
    let lock = include_str!("../../Cargo.lock");
    let line = format!("name = \"{name}\"\nversion = \"");
    let (_, rest) = lock
        .split_once(&line)
        .unwrap_or_else(|| panic!("no crate {name}"));
    let (version, _) = rest.split_once('"').expect("the lock file is whole");
    format!("{name} {version}")
}
