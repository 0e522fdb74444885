/// A pause that grows from about a millisecond to a quarter of a second, drawn by lot, so that those who met do not meet
/// again.
fn pause(attempt: u32) -> std::time::Duration {
    use std::hash::{BuildHasher as _, Hasher as _};

    let longest = 1_000_u64 << attempt.min(8);
    let lot = std::hash::RandomState::new().build_hasher().finish();
    std::time::Duration::from_micros(longest / 2 + lot % (longest / 2))
}
