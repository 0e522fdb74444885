//! What stands around a byte: the entry that it is part of, and those beside.

use std::ops::Range;

use super::Source;
use super::index::{Kind, NodeId, range};

/// What a single entry of a mapping, or an item of a list, takes up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// From the key to the end of the value, or of the key where the value is a list or a mapping.
    pub words: Range<usize>,
    /// The value.
    pub value: Range<usize>,
}

impl Source {
    /// The entry or item that `byte` is in, or stands behind.
    #[must_use]
    pub fn entry_at(&self, byte: usize) -> Option<Entry> {
        self.node_at(byte).map(|node| self.entry(node))
    }

    /// The entries of the mapping that has the one at `byte`, and the key that leads to it.
    #[must_use]
    pub fn beside(&self, byte: usize) -> Vec<Entry> {
        let Some(node) = self.node_at(byte) else {
            return Vec::new();
        };
        let children = |parent: NodeId| match &self.index.node(parent).kind {
            Kind::Mapping { entries, .. } => self.index.items(*entries),
            _ => &[],
        };
        let parent = (0..self.index.len()).find(|parent| children(*parent).contains(&node));
        let Some(parent) = parent else {
            return Vec::new();
        };
        let all = children(parent).iter().copied().chain([parent]);
        all.map(|node| self.entry(node)).collect()
    }

    fn node_at(&self, byte: usize) -> Option<NodeId> {
        (0..self.index.len()).find(|node| {
            let words = self.entry(*node).words;
            words.start <= byte && byte <= words.end && !words.is_empty()
        })
    }

    fn entry(&self, node: NodeId) -> Entry {
        let found = self.index.node(node);
        let value = range(&found.span);
        let scalar = matches!(found.kind, Kind::Scalar { .. } | Kind::Alias(_));
        let words = match found.key {
            Some(_) if scalar && !value.is_empty() => found.key_span.start as usize..value.end,
            Some(_) => range(&found.key_span),
            None if scalar => value.clone(),
            // Of a collection without a key nothing stands by itself.
            None => value.start..value.start,
        };
        Entry { words, value }
    }
}
