//! What certainly mends a problem: changes of the text, each by a place.

use crate::source::{self, FileId, Path, Place, Sources};

/// A change that mends a problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fix {
    /// A word becomes another one, in the quotes that it has.
    Word {
        /// The word, which may be part of a text.
        place: Place,
        /// What has to stand there, so that it is changed.
        from: String,
        /// What is to stand there.
        to: String,
        /// Whether it is a name of the user's own, and no word of the language: then the other place may be the wrong
        /// one.
        named: bool,
    },
    /// A text becomes other YAML.
    Yaml {
        /// The key or the value.
        place: Place,
        /// What has to stand there, with quotes or without.
        from: String,
        /// The YAML to write.
        to: String,
    },
    /// A text gets something around it.
    Around {
        /// The key or the value.
        place: Place,
        /// What has to stand there, with quotes or without.
        from: String,
        /// What stands before it and behind it then.
        marks: (&'static str, &'static str),
    },
    /// A mapping gets another entry.
    Entry {
        /// The mapping, as its value.
        place: Place,
        /// The key.
        key: &'static str,
        /// The value, a name.
        value: String,
    },
}

/// A change as bytes of one text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edit {
    /// The file whose text it is.
    pub file: FileId,
    /// The bytes.
    pub edit: source::Edit,
    /// What is done, in words: `` `colums` is now `columns` ``.
    pub words: String,
    /// The name of the user's own that goes, and the one that comes.
    pub names: Option<(String, String)>,
}

impl Fix {
    /// Writes the word `to` of the language for `from`.
    #[must_use]
    pub fn word(place: Place, from: &str, to: &str) -> Self {
        Self::Word {
            place,
            from: from.to_owned(),
            to: to.to_owned(),
            named: false,
        }
    }

    /// Adds `key: value` to the mapping at `path`.
    #[must_use]
    pub fn entry(path: Path, key: &'static str, value: &str) -> Self {
        Self::Entry {
            place: path.at_value(),
            key,
            value: value.to_owned(),
        }
    }

    /// The place that it is about.
    #[must_use]
    pub fn place(&self) -> &Place {
        match self {
            Self::Word { place, .. }
            | Self::Yaml { place, .. }
            | Self::Around { place, .. }
            | Self::Entry { place, .. } => place,
        }
    }

    /// The same.
    pub fn place_mut(&mut self) -> &mut Place {
        match self {
            Self::Word { place, .. }
            | Self::Yaml { place, .. }
            | Self::Around { place, .. }
            | Self::Entry { place, .. } => place,
        }
    }

    /// The bytes to write; `None` where the place has something else, or is one of several that would change.
    pub(super) fn edit(&self, sources: &Sources) -> Option<Edit> {
        if !sources.can_be_read_again() {
            return None;
        }
        let place = self.place();
        let file = place.file.unwrap_or_else(|| sources.owner(&place.path));
        let source = sources.file(file);
        let edit = match self {
            Self::Word { from, to, .. } => source.rename(place, from, to),
            Self::Yaml { from, to, .. } => source.rewrite(place, from, to),
            Self::Around { from, marks, .. } => source.wrap(place, from, *marks),
            Self::Entry { key, value, .. } => source.add(&place.path, key, value),
        }?;
        let words = match self {
            Self::Entry { key, value, .. } => format!("`{key}: {value}` added"),
            Self::Word { from, to, .. } => format!("`{from}` is now `{to}`"),
            Self::Yaml { to, .. } if to == " " => "an ordinary space written".to_owned(),
            Self::Yaml { .. } | Self::Around { .. } => {
                let before = &source.text()[edit.start..edit.end];
                format!("`{before}` is now `{}`", edit.text)
            }
        };
        let names = match self {
            Self::Word {
                from,
                to,
                named: true,
                ..
            } => Some((from.clone(), to.clone())),
            _ => None,
        };
        Some(Edit {
            file,
            edit,
            words,
            names,
        })
    }
}
