//! The difference of two texts as a unified diff.

use similar::TextDiff;

/// The unified diff from the file at `path` as it is to the file as it would be generated.
pub(super) fn unified(path: &str, found: &str, expected: &str) -> String {
    let diff = TextDiff::from_lines(found, expected);
    let mut unified = diff.unified_diff();
    unified
        .context_radius(3)
        .header(path, &format!("{path} (as generated)"))
        .to_string()
}
