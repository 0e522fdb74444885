//! What a terminal would obey instead of show: control characters, and marks that change the direction of writing.

/// `character`, or the picture of what it is when a terminal would obey it.
pub(super) fn character(character: char) -> char {
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
pub(super) fn line(line: &str) -> String {
    let mut shown = String::with_capacity(line.len());
    for found in line.chars() {
        match found {
            '\t' => shown.push_str("    "),
            other => shown.push(character(other)),
        }
    }
    shown
}
