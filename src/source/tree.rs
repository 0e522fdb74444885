//! The YAML tree as the locator saw it, to walk through.

use std::ops::Range;

use super::Source;
use super::index::{Kind, NodeId, range};

/// A node of a source's tree. An alias is what it stands for.
#[derive(Debug, Clone, Copy)]
pub struct Cursor<'a> {
    source: &'a Source,
    node: NodeId,
}

/// What a node is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape<'a> {
    /// A scalar.
    Scalar {
        /// Its words, quotes and escapes resolved.
        text: &'a str,
        /// Whether it stands without quotes and block marks.
        plain: bool,
    },
    /// A sequence of so many items.
    Sequence(usize),
    /// A mapping of so many entries, repeated keys counted.
    Mapping(usize),
}

impl<'a> Cursor<'a> {
    pub(super) fn new(source: &'a Source, node: NodeId) -> Self {
        Self { source, node }
    }

    /// What stands here.
    #[must_use]
    pub fn shape(&self) -> Shape<'a> {
        let index = &self.source.index;
        match &index.node(index.resolve(self.node)).kind {
            Kind::Scalar { text, plain } => Shape::Scalar {
                text: index.words(&self.source.text, text),
                plain: *plain,
            },
            Kind::Sequence(run) => Shape::Sequence(index.items(*run).len()),
            Kind::Mapping { entries, .. } => Shape::Mapping(index.items(*entries).len()),
            // An alias of an alias does not exist; it has no words.
            Kind::Alias(_) => Shape::Scalar {
                text: "",
                plain: true,
            },
        }
    }

    /// The child at `place`, in the order of the text.
    #[must_use]
    pub fn child(&self, place: usize) -> Option<Self> {
        let index = &self.source.index;
        let run = match index.node(index.resolve(self.node)).kind {
            Kind::Sequence(run) => run,
            Kind::Mapping { entries, .. } => entries,
            Kind::Scalar { .. } | Kind::Alias(_) => return None,
        };
        let node = *index.items(run).get(place)?;
        Some(Self::new(self.source, node))
    }

    /// The children in the order of the text.
    pub fn children(self) -> impl Iterator<Item = Self> {
        (0..).map_while(move |place| self.child(place))
    }

    /// The entry `key` of the mapping; of repeated ones the first.
    #[must_use]
    pub fn entry(self, key: &str) -> Option<Self> {
        self.children().find(|child| child.key() == Some(key))
    }

    /// The words of the key that leads here.
    #[must_use]
    pub fn key(&self) -> Option<&'a str> {
        let key = self.source.index.node(self.node).key.as_ref()?;
        Some(self.source.index.words(&self.source.text, key))
    }

    /// The bytes of the key that leads here, of the node itself where none does.
    #[must_use]
    pub fn key_span(&self) -> Range<usize> {
        self.source.key(self.node)
    }

    /// The bytes of the node.
    #[must_use]
    pub fn span(&self) -> Range<usize> {
        range(&self.source.index.node(self.node).span)
    }
}
