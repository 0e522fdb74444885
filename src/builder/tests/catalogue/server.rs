//! What databases on servers have in common: where the server is, and how a database of one test is called.

use std::sync::atomic::{AtomicUsize, Ordering};

/// The URL of a server, which `tests/run` sees to.
pub(super) fn url(variable: &str) -> String {
    let url = std::env::var(variable).unwrap_or_default();
    assert!(!url.is_empty(), "{variable} is not set: use tests/run");
    url
}

/// A name that no other test has, nor another run on the same server.
pub(super) fn fresh_name() -> String {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    format!("relata_{}_{number}", std::process::id())
}
