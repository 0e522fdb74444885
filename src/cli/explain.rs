//! Explanations for a terminal, and the codes that a wrong one is near to.
//!
//! In: the Markdown that `docs/codes.md` is made of. Out: the same with escape codes in place of its marks.

use relata::diagnostic::Code;

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

/// How many codes are near at most.
const NEAR: usize = 3;

/// The codes that `word` may have been meant as: one sign differs, or their order, or zeros and the letter are missing.
pub(super) fn nearest(word: &str) -> Vec<Code> {
    let word = word.to_ascii_uppercase();
    let number = word.trim_start_matches(char::is_alphabetic);
    let letter = &word[..word.len() - number.len()];
    let number = number.trim_start_matches('0');
    let sorted = |word: &str| {
        let mut signs: Vec<char> = word.chars().collect();
        signs.sort_unstable();
        signs
    };
    let is_near = |code: &&Code| {
        let code = code.as_str();
        let signs = code.chars().zip(word.chars());
        let one_differs =
            code.len() == word.len() && signs.filter(|(own, theirs)| own != theirs).count() <= 1;
        let same_number = code.starts_with(letter) && code[1..].trim_start_matches('0') == number;
        one_differs || same_number || sorted(code) == sorted(&word)
    };
    let near = Code::ALL.iter().filter(is_near);
    near.copied().take(NEAR).collect()
}
