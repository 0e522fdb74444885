//! What is wrong with a text before anyone asks what it means.

use std::ops::Range;

/// Something that the text of a spec must not have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// What it is.
    pub kind: FaultKind,
    /// Where, in bytes of the text.
    pub span: Range<usize>,
}

/// The kinds of faults.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FaultKind {
    /// The file could not be read, for the reason given.
    Unreadable(String),
    /// Bytes that are no UTF-8.
    NotUtf8,
    /// More bytes than [`super::limits::SPEC_BYTES`].
    TooLarge,
    /// A line longer than [`super::limits::LINE_BYTES`]; this is its end.
    LongLine,
    /// More nodes than [`super::limits::NODES`]; this is the first too many.
    TooManyNodes,
    /// More marks than [`super::limits::MARKS`]; this is the first too many.
    TooManyMarks,
    /// A character that YAML takes nowhere as it is, also not in quotes.
    Character(char),
    /// What the YAML parser says.
    Syntax(String),
    /// A `{` or `[` without an end.
    Unclosed {
        /// The word that is outside of it, or the end of another one; none at the end of the text.
        next: Option<Range<usize>>,
        /// The line from its first bracket on, and as it would be complete; unknown where more lines belong to it.
        whole: Option<(Range<usize>, String)>,
    },
    /// The beginning of a second document.
    SecondDocument,
    /// A key that stands in the same mapping before, at `first`.
    DuplicateKey {
        /// The key's words.
        key: String,
        /// Where the first one stands, in bytes of the text.
        first: Range<usize>,
    },
    /// A `<<` key.
    MergeKey,
    /// A mapping or list deeper than [`super::limits::DEPTH`].
    TooDeep,
    /// An alias with which all aliases stand for more than [`super::limits::ALIAS_NODES`] nodes.
    AliasGrowth,
    /// An alias inside of what it is an alias of.
    EndlessAlias,
    /// A key that is a list or a mapping.
    ComplexKey,
    /// A tag that YAML itself does not define (`!name`).
    Tag(String),
}

impl FaultKind {
    /// Whether the text cannot be read on after it.
    #[must_use]
    pub const fn is_fatal(&self) -> bool {
        !matches!(
            self,
            Self::DuplicateKey { .. } | Self::MergeKey | Self::Tag(_)
        )
    }
}
