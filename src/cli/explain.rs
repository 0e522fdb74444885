//! Explanations for a terminal.
//!
//! In: the Markdown that `docs/codes.md` is made of. Out: the same with escape codes in place of its marks.

const BOLD: &str = "\x1b[1m";
const CODE: &str = "\x1b[36m";
const END: &str = "\x1b[0m";

/// The text of `markdown`: headings bold, specs indented and colored, no fences.
pub(super) fn colored(markdown: &str) -> String {
    let mut text = String::new();
    let mut in_spec = false;
    for line in markdown.lines() {
        if line.starts_with("```") {
            in_spec = !in_spec;
            continue;
        }
        let words = line.trim_start_matches('#');
        let shown = if in_spec && !line.is_empty() {
            format!("    {CODE}{line}{END}")
        } else if words.len() < line.len() {
            format!("{BOLD}{}{END}", words.trim_start())
        } else {
            marked(&marked(words, "**", BOLD, ""), "`", CODE, "`")
        };
        text.push_str(&shown);
        text.push('\n');
    }
    text
}

/// `words` with `style` for what stands between two of `mark`, and `shown` in place of each of them.
fn marked(words: &str, mark: &str, style: &str, shown: &str) -> String {
    let mut text = String::new();
    for (place, part) in words.split(mark).enumerate() {
        if place % 2 == 0 {
            text.push_str(part);
        } else {
            text.extend([style, shown, part, shown, END]);
        }
    }
    text
}
