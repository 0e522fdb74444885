//! What may be a name in a spec, and what may be one in a database.

use std::fmt;
use std::ops::Range;

/// The longest name, in bytes.
pub const LONGEST: usize = 100;

/// Why something is no name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// Nothing is there.
    Empty,
    /// It has more than so many bytes.
    TooLong(usize),
    /// A digit stands first.
    Digit,
    /// A character that names do not have, at these bytes.
    Character(char, Range<usize>),
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => write!(f, "it is empty"),
            Self::TooLong(most) => write!(f, "it is longer than {most} bytes"),
            Self::Digit => write!(f, "it begins with a digit"),
            Self::Character(' ', _) => write!(f, "it has a space"),
            Self::Character(character, _) if character.is_control() => {
                write!(
                    f,
                    "it has the control character U+{:04X}",
                    u32::from(*character)
                )
            }
            Self::Character(character, _) => write!(f, "it has the character `{character}`"),
        }
    }
}

/// Whether `name` is an ASCII identifier of at most [`LONGEST`] bytes.
///
/// # Errors
/// The first thing that is wrong with it.
pub fn check(name: &str) -> Result<(), Fault> {
    let wrong = name
        .char_indices()
        .find(|(_, c)| !(c.is_ascii_alphanumeric() || *c == '_'));
    if name.is_empty() {
        Err(Fault::Empty)
    } else if let Some((at, character)) = wrong {
        Err(Fault::Character(character, at..at + character.len_utf8()))
    } else if name.len() > LONGEST {
        Err(Fault::TooLong(LONGEST))
    } else if name.starts_with(|c: char| c.is_ascii_digit()) {
        Err(Fault::Digit)
    } else {
        Ok(())
    }
}

/// Whether `name` can be a table, column or constraint: not empty and without control characters.
///
/// # Errors
/// The first thing that is wrong with it.
pub fn check_database(name: &str) -> Result<(), Fault> {
    if name.is_empty() {
        return Err(Fault::Empty);
    }
    match name
        .char_indices()
        .find(|(_, character)| character.is_control())
    {
        Some((at, character)) => Err(Fault::Character(character, at..at + character.len_utf8())),
        None => Ok(()),
    }
}

/// A name that [`check`] takes and that resembles `name`; `None` when nothing of it is left.
#[must_use]
pub fn mended(name: &str) -> Option<String> {
    let mut mended = String::new();
    for character in name.chars().take(LONGEST / 2) {
        if character.is_ascii_alphanumeric() {
            mended.push(character);
        } else if !mended.is_empty() && !mended.ends_with('_') {
            mended.push('_');
        }
    }
    let mended = mended
        .trim_end_matches('_')
        .trim_start_matches(|c: char| c.is_ascii_digit());
    let mended = mended.trim_start_matches('_');
    (!mended.is_empty()).then(|| mended.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{Fault, check, check_database, mended};

    #[test]
    fn tells_names_from_others() {
        assert_eq!(check("_a1"), Ok(()));
        assert_eq!(check(&"a".repeat(100)), Ok(()));
        assert_eq!(check(""), Err(Fault::Empty));
        assert_eq!(check(&"a".repeat(101)), Err(Fault::TooLong(100)));
        assert_eq!(check("1a"), Err(Fault::Digit));
        assert_eq!(check("aé"), Err(Fault::Character('é', 1..3)));
        assert_eq!(check_database("a \"b\" é"), Ok(()));
        assert_eq!(check_database("a\nb"), Err(Fault::Character('\n', 1..2)));
    }

    #[test]
    fn mends_what_can_be_mended() {
        assert_eq!(mended("first name").as_deref(), Some("first_name"));
        assert_eq!(mended("1st-name").as_deref(), Some("st_name"));
        assert_eq!(mended("日本"), None);
        assert!(check(&mended(&"a-".repeat(200)).unwrap()).is_ok());
    }
}
