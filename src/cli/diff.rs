//! The difference of two texts as a unified diff.

use similar::TextDiff;

/// The unified diff from the file at `path` as it is to the file as it would be, for the reason that `expected` begins
/// with: `as generated`.
pub(super) fn unified(path: &str, found: &str, (why, expected): (&str, &str)) -> String {
    let diff = TextDiff::from_lines(found, expected);
    let mut unified = diff.unified_diff();
    unified
        .context_radius(3)
        .header(path, &format!("{path} ({why})"))
        .to_string()
}

/// The diff with the colors that people know from other tools.
pub(super) fn colored(diff: &str) -> String {
    let line = |line: &str| {
        let color = match line.as_bytes().first() {
            Some(b'-') => "\x1b[31m",
            Some(b'+') => "\x1b[32m",
            Some(b'@') => "\x1b[36m",
            _ => return line.to_owned(),
        };
        let (words, end) = line.split_at(line.trim_end_matches(['\r', '\n']).len());
        format!("{color}{words}\x1b[0m{end}")
    };
    diff.split_inclusive('\n').map(line).collect()
}
