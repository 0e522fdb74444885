//! What a terminal would obey instead of show: control characters, and marks that change the direction of writing.
//!
//! In: texts that somebody else has written, names of files among them. Out: the same on one line, to be read.

use std::path::Path;

/// Whether `character` changes the direction of writing: the characters of rustc's lint `text_direction_codepoint_in_literal`.
pub(crate) const fn turns_writing(character: char) -> bool {
    matches!(
        character,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
    )
}

/// `character`, or the picture of what it is when a terminal would obey it.
pub(crate) fn character(character: char) -> char {
    match character {
        '\0'..='\u{1f}' => char::from_u32(u32::from(character) + 0x2400).unwrap_or('\u{fffd}'),
        '\u{7f}' => '\u{2421}',
        '\u{80}'..='\u{9f}'
        | '\u{61c}'
        | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e007f}' => '\u{fffd}',
        other => other,
    }
}

/// A line of source; a tab becomes four spaces.
pub(crate) fn line(line: &str) -> String {
    let mut shown = String::with_capacity(line.len());
    for found in line.chars() {
        match found {
            '\t' => shown.push_str("    "),
            other => shown.push(character(other)),
        }
    }
    shown
}

/// `text` as part of a line that a terminal shows: pictures in place of what it would obey, such as line ends.
#[must_use]
pub fn text(text: &str) -> String {
    text.chars().map(character).collect()
}

/// A path as people read it.
pub(crate) fn path(path: &Path) -> String {
    text(&path.to_string_lossy())
}

#[cfg(test)]
mod tests {
    use super::{line, path, text};

    #[test]
    fn nothing_is_left_that_a_terminal_obeys() {
        assert_eq!(text("a\tb\nc\x1b[1m\u{202e}é"), "a␉b␊c␛[1m\u{fffd}é");
        assert_eq!(line("a\tb\r"), "a    b␍");
        assert_eq!(path("a\n/b".as_ref()), "a␊/b");
    }
}
