//! Paths of Rust that a spec names: a type or a function of the user's crate or of another one.

use std::fmt;
use std::ops::Range;

use super::{identifier, rust};

/// Why something is no path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// It begins neither with `crate::` nor with `::`, so it would mean another thing in another module.
    Start,
    /// Nothing of the crate is named.
    Short,
    /// It has generic arguments, from here on.
    Arguments(usize),
    /// A part that is no identifier, at these bytes.
    Part(Range<usize>),
    /// A keyword that stands for no name, at these bytes.
    Keyword(Range<usize>),
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Start => "it begins neither with `crate::` nor with `::`",
            Self::Short => "it names nothing of a crate",
            Self::Arguments(_) => "it has arguments",
            Self::Part(_) => "a part of it is no identifier",
            Self::Keyword(_) => "a part of it is a keyword",
        })
    }
}

/// Whether `text` is a path that means the same wherever it stands in a crate: `crate::a::B`, or `::other::B`.
///
/// # Errors
/// The first thing that is wrong with it.
pub fn check(text: &str) -> Result<(), Fault> {
    let of_other_crate = text.strip_prefix("::");
    let Some(parts) = text.strip_prefix("crate::").or(of_other_crate) else {
        return Err(Fault::Start);
    };
    let mut at = text.len() - parts.len();
    for part in parts.split("::") {
        let place = at..at + part.len();
        at = place.end + 2;
        if let Some(open) = part.find('<') {
            return Err(Fault::Arguments(place.start + open));
        }
        let plain = part.strip_prefix("r#").unwrap_or(part);
        if identifier::check(plain).is_err() {
            return Err(Fault::Part(place));
        }
        if rust::never(plain) || rust::raw(part.to_owned()) != part {
            return Err(Fault::Keyword(place));
        }
    }
    match of_other_crate {
        Some(parts) if !parts.contains("::") => Err(Fault::Short),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::{Fault, check};

    #[test]
    fn tells_paths_from_others() {
        for path in [
            "crate::Email",
            "crate::a::r#type::B_1",
            "::other::T",
            "::std::net::IpAddr",
        ] {
            assert_eq!(check(path), Ok(()), "{path}");
        }
        let wrong = [
            ("", Fault::Start),
            ("Email", Fault::Start),
            ("other::T", Fault::Start),
            ("super::T", Fault::Start),
            ("crate:T", Fault::Start),
            ("crate", Fault::Start),
            ("::other", Fault::Short),
            ("crate::", Fault::Part(7..7)),
            ("crate::a::", Fault::Part(10..10)),
            ("crate::::a", Fault::Part(7..7)),
            ("crate::a b", Fault::Part(7..10)),
            ("crate::a\n", Fault::Part(7..9)),
            ("crate::T; fn x()", Fault::Part(7..16)),
            ("crate::É", Fault::Part(7..9)),
            ("crate::1", Fault::Part(7..8)),
            ("crate::T<u8>", Fault::Arguments(8)),
            ("crate::a::<u8>", Fault::Arguments(10)),
            ("crate::super::T", Fault::Keyword(7..12)),
            ("crate::r#self", Fault::Keyword(7..13)),
            ("::a::type::B", Fault::Keyword(5..9)),
            ("crate::_", Fault::Keyword(7..8)),
        ];
        for (path, fault) in wrong {
            assert_eq!(check(path), Err(fault), "{path}");
        }
    }
}
