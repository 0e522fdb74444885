//! The difference of two texts as a unified diff.

use relata::output::Change;
use similar::TextDiff;

use super::console::shown_lines;

/// The unified diff from the file at `path` as it is to the file as it would be, for the reason that `expected` begins
/// with: `as fixed`.
pub(super) fn unified(path: &str, found: &str, (why, expected): (&str, &str)) -> String {
    between((path, found), (&format!("{path} ({why})"), expected))
}

/// The same for a generated file. Where it is not there, or will not be, all lines of the other one are in it, as `diff -N`
/// has them.
pub(super) fn of_change(path: &str, change: &Change) -> String {
    let nothing = "/dev/null";
    let generated = format!("{path} (as generated)");
    let (from, to) = match change {
        Change::Missing { .. } => (nothing, generated.as_str()),
        Change::Different { .. } => (path, generated.as_str()),
        Change::Superfluous { .. } => (path, nothing),
    };
    between((from, change.found()), (to, change.expected()))
}

fn between((from, found): (&str, &str), (to, expected): (&str, &str)) -> String {
    let diff = TextDiff::from_lines(found, expected);
    let mut unified = diff.unified_diff();
    unified.context_radius(3).header(from, to).to_string()
}

/// The diff as people see it, with the colors that they know from other tools. What a terminal would obey is shown instead, so
/// that it hides no difference either.
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
    shown_lines(diff).split_inclusive('\n').map(line).collect()
}
