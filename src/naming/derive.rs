//! Derives by their paths: which a text is, and what std and serde mean by it.

use super::{identifier, rust};

/// What a path derives, as far as generated code has to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Derive {
    /// Of std.
    Clone,
    /// Of std.
    Copy,
    /// Of std.
    Debug,
    /// Of std.
    Default,
    /// Of std.
    Eq,
    /// Of std.
    Hash,
    /// Of std.
    Ord,
    /// Of std.
    PartialEq,
    /// Of std.
    PartialOrd,
    /// Of the crate `serde`.
    Serialize,
    /// Of the crate `serde`.
    Deserialize,
    /// Of someone else.
    Other,
}

/// Those of std, by their names.
const STD: [(&str, Derive); 9] = [
    ("Clone", Derive::Clone),
    ("Copy", Derive::Copy),
    ("Debug", Derive::Debug),
    ("Default", Derive::Default),
    ("Eq", Derive::Eq),
    ("Hash", Derive::Hash),
    ("Ord", Derive::Ord),
    ("PartialEq", Derive::PartialEq),
    ("PartialOrd", Derive::PartialOrd),
];

/// What every struct of rows derives.
pub const ROW: [Derive; 3] = [Derive::Debug, Derive::Clone, Derive::PartialEq];

/// What every enum derives.
pub const ENUM: [Derive; 8] = [
    Derive::Debug,
    Derive::Clone,
    Derive::Copy,
    Derive::PartialEq,
    Derive::Eq,
    Derive::PartialOrd,
    Derive::Ord,
    Derive::Hash,
];

impl Derive {
    /// What `path` derives.
    #[must_use]
    pub fn of(path: &str) -> Self {
        let path = path.strip_prefix("::").unwrap_or(path);
        let words: Vec<&str> = path.split("::").collect();
        match words[..] {
            [name] | ["std" | "core", .., name] => {
                let known = STD.iter().find(|(known, _)| *known == name);
                known.map_or(Self::Other, |(_, derive)| *derive)
            }
            [.., "serde" | "serde_derive", "Serialize"] => Self::Serialize,
            [.., "serde" | "serde_derive", "Deserialize"] => Self::Deserialize,
            _ => Self::Other,
        }
    }

    /// How std calls it, found in every module; `None` for what is not std's.
    #[must_use]
    pub fn std_name(self) -> Option<&'static str> {
        let known = STD.iter().find(|(_, derive)| *derive == self);
        known.map(|(name, _)| *name)
    }

    /// Whether it is one of the crate `serde`.
    #[must_use]
    pub const fn is_serde(self) -> bool {
        matches!(self, Self::Serialize | Self::Deserialize)
    }
}

/// Whether `text` is the path of a derive that is found from any module.
///
/// # Errors
/// What to write.
pub fn check(text: &str) -> Result<(), &'static str> {
    let local = ["crate::", "self::"]
        .iter()
        .find_map(|root| text.strip_prefix(root));
    let names = match local.or(text.strip_prefix("::")) {
        Some(names) => names,
        None => text.trim_start_matches("super::"),
    };
    let is_name = |word: &str| {
        let plain = rust::raw(word.to_owned()) == word && !rust::never(word);
        plain && identifier::check(word).is_ok()
    };
    if !names.split("::").all(is_name) {
        return Err("write the path of a derive, as in `derives: [Eq, \"serde::Serialize\"]`");
    }
    let of_std = !text.contains("::") && Derive::of(text) != Derive::Other;
    if !of_std && (!text.contains("::") || text == format!("::{names}") && !names.contains("::")) {
        return Err(
            "write the path from its crate, as in `\"serde::Serialize\"`: generated modules import nothing",
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Derive, check};

    #[test]
    fn std_and_serde_are_known_by_every_path() {
        for path in [
            "Hash",
            "std::hash::Hash",
            "core::hash::Hash",
            "::std::hash::Hash",
        ] {
            assert_eq!(Derive::of(path), Derive::Hash, "{path}");
        }
        for path in [
            "serde::Serialize",
            "::serde::Serialize",
            "super::serde::Serialize",
            "serde_derive::Serialize",
        ] {
            assert_eq!(Derive::of(path), Derive::Serialize, "{path}");
        }
        assert!(Derive::of("serde::Deserialize").is_serde());
        for path in [
            "my::Hash",
            "super::Hash",
            "rkyv::Serialize",
            "std::Other",
            "Serialize",
        ] {
            assert_eq!(Derive::of(path), Derive::Other, "{path}");
        }
    }

    #[test]
    fn only_paths_that_every_module_finds_pass() {
        for path in [
            "Eq",
            "serde::Serialize",
            "::serde::Serialize",
            concat!("crate", "::a::B"),
            "super::super::B",
            "self::B",
        ] {
            assert_eq!(check(path), Ok(()), "{path}");
        }
        for path in [
            "",
            " ",
            "::",
            "::Eq",
            "Serialize",
            "a::",
            "a::::b",
            "a:b",
            "Eq, Hash",
            "a::fn",
            "Self::B",
            "a::self::B",
            "a::super::B",
            concat!("::crate", "::B"),
            "1a::B",
            "serde::Serialize)] struct X; #[derive(Eq",
            "A<B>",
            "r#a::B",
            "é::B",
            "super",
            "crate",
        ] {
            assert!(check(path).is_err(), "{path}");
        }
    }
}
