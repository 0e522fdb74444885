//! Where every node of the YAML tree stands, kept small: one record per node, children as runs of numbers.

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::ops::Range;

use super::limits::NODES;
use super::path::Segment;

/// Mappings with more entries than this get a sorted list of their keys.
const LINEAR: usize = 8;

/// Bytes of the text; 32 bits are enough for what [`super::limits::SPEC_BYTES`] allows.
pub(super) type Span = Range<u32>;

/// The number of a node.
pub(super) type NodeId = u32;

/// The tree of positions.
#[derive(Debug, Default)]
pub(super) struct Index {
    nodes: Vec<Node>,
    /// The children of every collection in the order of the text, one run after the other.
    children: Vec<NodeId>,
    /// The entries of large mappings, sorted by key, equal keys in the order of the text.
    sorted: Vec<NodeId>,
    /// Words that do not stand in the text as they read: escapes, folded lines.
    arena: String,
    /// The nodes that aliases stand for.
    pub(super) aliased: BTreeSet<NodeId>,
    /// The top of the document; absent when the document is empty.
    pub(super) root: Option<NodeId>,
}

/// A node and the key that leads to it.
#[derive(Debug, Clone)]
pub(super) struct Node {
    pub(super) kind: Kind,
    /// The key's words, where a key leads here.
    pub(super) key: Option<Text>,
    /// Where the key stands.
    pub(super) key_span: Span,
    /// Where the value stands: a scalar with its quotes, a flow collection, the first line of a block collection.
    pub(super) span: Span,
}

#[derive(Debug, Clone)]
pub(super) enum Kind {
    Scalar { text: Text, plain: bool },
    Sequence(Run),
    Mapping { entries: Run, sorted: Option<u32> },
    Alias(NodeId),
}

/// A run of [`Index::children`].
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Run {
    start: u32,
    len: u32,
}

/// Words, either as they stand in the text or in the arena.
#[derive(Debug, Clone)]
pub(super) enum Text {
    Source(Span),
    Arena(Span),
}

impl Index {
    /// The index of a text of so many bytes. There is room for all nodes that these can be, so that nothing is moved while the
    /// index grows; what is not used of it takes no memory.
    pub(super) fn for_bytes(bytes: usize) -> Self {
        // The shortest node with what separates it from the next: `a,`.
        let most = (bytes / 2 + 1).min(NODES);
        Self {
            nodes: Vec::with_capacity(most),
            children: Vec::with_capacity(most),
            ..Self::default()
        }
    }

    pub(super) fn len(&self) -> u32 {
        number(self.nodes.len())
    }

    pub(super) fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id as usize]
    }

    pub(super) fn node_mut(&mut self, id: NodeId) -> &mut Node {
        &mut self.nodes[id as usize]
    }

    pub(super) fn add(&mut self, node: Node) -> NodeId {
        self.nodes.push(node);
        number(self.nodes.len() - 1)
    }

    /// Keeps `words`, which are read from `span`.
    pub(super) fn text(&mut self, source: &str, words: &str, span: &Span) -> Text {
        if source[range(span)] == *words {
            return Text::Source(span.clone());
        }
        let start = number(self.arena.len());
        self.arena.push_str(words);
        Text::Arena(start..number(self.arena.len()))
    }

    pub(super) fn words<'a>(&'a self, source: &'a str, text: &Text) -> &'a str {
        match text {
            Text::Source(span) => &source[range(span)],
            Text::Arena(span) => &self.arena[range(span)],
        }
    }

    /// Ends a sequence.
    pub(super) fn close_sequence(&mut self, children: &[NodeId]) -> Kind {
        Kind::Sequence(self.run(children))
    }

    /// Ends a mapping and tells `(first, second)` for every key that stands in it again.
    pub(super) fn close_mapping(
        &mut self,
        source: &str,
        children: &[NodeId],
        mut repeated: impl FnMut(&Self, NodeId, NodeId),
    ) -> Kind {
        let entries = self.run(children);
        let mut order = children.to_vec();
        order.sort_by(|a, b| self.key(source, *a).cmp(self.key(source, *b)));
        let mut first = 0;
        for next in 1..order.len() {
            if self.key(source, order[first]) == self.key(source, order[next]) {
                repeated(self, order[first], order[next]);
            } else {
                first = next;
            }
        }
        let large = children.len() > LINEAR;
        let sorted = large.then_some(number(self.sorted.len()));
        if large {
            self.sorted.extend(order);
        }
        Kind::Mapping { entries, sorted }
    }

    /// The node itself, or the one that it is an alias of.
    pub(super) fn resolve(&self, id: NodeId) -> NodeId {
        match self.node(id).kind {
            // An alias names a complete node that is none itself, so one step is enough.
            Kind::Alias(target) => target,
            _ => id,
        }
    }

    /// The child that one step leads to; of equal keys the first.
    pub(super) fn child(&self, source: &str, parent: NodeId, step: &Segment) -> Option<NodeId> {
        match (&self.node(self.resolve(parent)).kind, step) {
            (Kind::Sequence(run), Segment::Index(index)) => self.items(*run).get(*index).copied(),
            (Kind::Mapping { entries, sorted }, Segment::Key(key)) => {
                let Some(sorted) = sorted else {
                    let mut items = self.items(*entries).iter().copied();
                    return items.find(|id| self.key(source, *id) == key);
                };
                let sorted = &self.sorted[*sorted as usize..][..entries.len as usize];
                let place = sorted.partition_point(|id| {
                    self.key(source, *id).cmp(key.as_str()) == Ordering::Less
                });
                let found = sorted.get(place).copied();
                found.filter(|id| self.key(source, *id) == key)
            }
            _ => None,
        }
    }

    pub(super) fn items(&self, run: Run) -> &[NodeId] {
        &self.children[run.start as usize..][..run.len as usize]
    }

    fn key<'a>(&'a self, source: &'a str, id: NodeId) -> &'a str {
        match &self.node(id).key {
            Some(text) => self.words(source, text),
            None => "",
        }
    }

    fn run(&mut self, children: &[NodeId]) -> Run {
        let start = number(self.children.len());
        self.children.extend_from_slice(children);
        Run {
            start,
            len: number(children.len()),
        }
    }
}

/// A span as a range that slices.
pub(super) fn range(span: &Span) -> Range<usize> {
    span.start as usize..span.end as usize
}

/// A place or a count; the size limit of a spec keeps all of them in 32 bits.
pub(super) fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
