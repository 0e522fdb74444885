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

/// The entries of a source, to be found by their bytes.
#[derive(Debug)]
pub struct Entries<'s> {
    source: &'s Source,
    /// Where the words of each begin, in the order of the text.
    begins: Vec<(usize, NodeId)>,
    /// The collection that has each node.
    parents: Vec<Option<NodeId>>,
}

impl<'s> Entries<'s> {
    /// Those of `source`.
    #[must_use]
    pub fn new(source: &'s Source) -> Self {
        let nodes = 0..source.index.len();
        let mut parents = vec![None; source.index.len() as usize];
        let mut begins = Vec::new();
        for node in nodes {
            let words = source.entry(node).words;
            if !words.is_empty() {
                begins.push((words.start, node));
            }
            for child in source.children(node) {
                parents[*child as usize] = Some(node);
            }
        }
        begins.sort_unstable();
        Self {
            source,
            begins,
            parents,
        }
    }

    /// The entry or item that `byte` is in, or stands behind.
    #[must_use]
    pub fn at(&self, byte: usize) -> Option<Entry> {
        self.node_at(byte).map(|node| self.source.entry(node))
    }

    /// The entries of the mapping that has the one at `byte`, and the key that leads to it.
    #[must_use]
    pub fn beside(&self, byte: usize) -> Vec<Entry> {
        let node = self.node_at(byte);
        let Some(parent) = node.and_then(|node| self.parents[node as usize]) else {
            return Vec::new();
        };
        let all = self.source.children(parent).iter().copied().chain([parent]);
        all.map(|node| self.source.entry(node)).collect()
    }

    fn node_at(&self, byte: usize) -> Option<NodeId> {
        let behind = self.begins.partition_point(|(begin, _)| *begin <= byte);
        let (_, node) = *self.begins.get(behind.checked_sub(1)?)?;
        (byte <= self.source.entry(node).words.end).then_some(node)
    }
}

impl Source {
    fn children(&self, node: NodeId) -> &[NodeId] {
        match &self.index.node(node).kind {
            Kind::Mapping { entries, .. } => self.index.items(*entries),
            Kind::Sequence(items) => self.index.items(*items),
            Kind::Scalar { .. } | Kind::Alias(_) => &[],
        }
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
