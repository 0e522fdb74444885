//! The locator: reads the parser's events once and keeps where every node stands.
//!
//! In: text. Out: an [`Index`] and the faults. The only file that knows `saphyr-parser`. Nothing is expanded: an alias
//! is counted with the nodes it stands for, so a bomb of aliases is found while reading.

use saphyr_parser::{Event, Parser, ScalarStyle, Span as Marks, StrInput, Tag};

use super::fault::{Fault, FaultKind};
use super::index::{Index, Kind, Node, NodeId, Run, Span, Text, number, range};
use super::limits::{self, Budget};
use super::offsets::{Offsets, first_line, scalar, without_properties};
use super::unclosed;

/// Reads `text`, which may cost as much as the `budget` has; the index goes as far as the first fatal fault.
pub(super) fn read(text: &str, budget: &mut Budget) -> (Index, Vec<Fault>) {
    let mut locator = Locator {
        budget: budget.clone(),
        text,
        offsets: Offsets::new(text),
        index: Index::for_bytes(text.len()),
        faults: Vec::new(),
        frames: Vec::new(),
        anchors: Vec::new(),
        aliased: Weight::default(),
        documents: 0,
    };
    let mut parser: Parser<'_, StrInput<'_>> = Parser::new_from_str(text);
    while let Some(next) = parser.next_event() {
        let fault = match next {
            Ok((event, marks)) => locator.event(event, &marks).err().or_else(|| {
                let full = locator.index.len() as usize > budget.nodes;
                full.then(|| fault(FaultKind::TooManyNodes, &locator.span(&marks)))
            }),
            Err(error) => {
                let at = locator.offsets.byte(text, error.marker().index());
                Some(locator.syntax(error.info(), at))
            }
        };
        if let Some(fault) = fault {
            locator.faults.push(fault);
            break;
        }
    }
    budget.nodes = budget.nodes.saturating_sub(locator.index.len() as usize);
    let aliased = locator.aliased;
    budget.alias_nodes = budget.alias_nodes.saturating_sub(aliased.nodes);
    budget.alias_bytes = budget.alias_bytes.saturating_sub(aliased.bytes);
    budget.faults = budget.faults.saturating_sub(locator.faults.len());
    (locator.index, locator.faults)
}

struct Locator<'a> {
    budget: Budget,
    text: &'a str,
    offsets: Offsets,
    index: Index,
    faults: Vec<Fault>,
    frames: Vec<Frame>,
    /// By the number that the parser gives to an anchor; absent while its node is not complete.
    anchors: Vec<Option<Anchor>>,
    /// What all aliases so far stand for.
    aliased: Weight,
    documents: usize,
}

/// A collection that is not complete.
struct Frame {
    node: NodeId,
    mapping: bool,
    anchor: usize,
    children: Vec<NodeId>,
    /// The key whose value comes next.
    key: Option<(Text, Span)>,
    weight: Weight,
}

/// What a node stands for when all aliases in it are written out.
#[derive(Clone, Copy, Default)]
struct Weight {
    nodes: u64,
    bytes: u64,
    height: usize,
}

impl Weight {
    /// A node by itself, with words of so many bytes.
    fn leaf(bytes: usize) -> Self {
        let bytes = bytes as u64;
        Self {
            nodes: 1,
            bytes,
            height: 0,
        }
    }

    /// Takes what stands inside.
    fn add(&mut self, inside: Self) {
        self.nodes = self.nodes.saturating_add(inside.nodes);
        self.bytes = self.bytes.saturating_add(inside.bytes);
        self.height = self.height.max(inside.height);
    }
}

#[derive(Clone, Copy)]
struct Anchor {
    node: NodeId,
    weight: Weight,
}

impl Locator<'_> {
    /// What stopped the parser at the byte `at`.
    fn syntax(&self, info: &str, at: usize) -> Fault {
        let span = word_at(self.text, at);
        // The parser's own limit for flow collections is deeper than ours, but it reads ahead.
        if info.contains("recursion limit") {
            let kind = FaultKind::TooDeep;
            return Fault { kind, span };
        }
        let starts = self.frames.iter().map(|frame| {
            let span = without_properties(self.text, &self.index.node(frame.node).span);
            span.start as usize
        });
        let open: Vec<usize> = starts
            .filter(|start| self.text[*start..].starts_with(['{', '[']))
            .collect();
        unclosed::find(self.text, &open, at).unwrap_or_else(|| {
            let kind = FaultKind::Syntax(info.to_owned());
            Fault { kind, span }
        })
    }

    fn event(&mut self, event: Event<'_>, marks: &Marks) -> Result<(), Fault> {
        let span = self.span(marks);
        match event {
            Event::DocumentStart(_) => {
                self.documents += 1;
                if self.documents > 1 {
                    return Err(fault(FaultKind::SecondDocument, &span));
                }
                Ok(())
            }
            Event::Scalar(words, style, anchor, tag) => {
                self.tag(tag.as_deref(), &span);
                self.scalar(&words, style, anchor, &span);
                Ok(())
            }
            Event::Alias(anchor) => self.alias(anchor, &span),
            Event::SequenceStart(anchor, tag) => {
                self.tag(tag.as_deref(), &span);
                self.open(false, anchor, &span)
            }
            Event::MappingStart(anchor, tag) => {
                self.tag(tag.as_deref(), &span);
                self.open(true, anchor, &span)
            }
            Event::SequenceEnd | Event::MappingEnd => {
                self.close(&span);
                Ok(())
            }
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => Ok(()),
        }
    }

    fn scalar(&mut self, words: &str, style: ScalarStyle, anchor: usize, span: &Span) {
        let plain = style == ScalarStyle::Plain;
        let span = if plain && words.is_empty() {
            span.start..span.start
        } else {
            scalar(self.text, span)
        };
        let weight = Weight::leaf(words.len());
        let text = self.index.text(self.text, words, &span);
        if self.wants_key() {
            // An anchor at a key has no node; its alias must be found all the same.
            let node = leaf(text.clone(), plain, span.clone());
            if anchor > 0 {
                let node = self.index.add(node);
                self.anchor(anchor, node, weight);
            }
            self.key(text, span);
            return;
        }
        let node = self.index.add(leaf(text, plain, span));
        self.anchor(anchor, node, weight);
        self.place(node, weight);
    }

    fn alias(&mut self, anchor: usize, span: &Span) -> Result<(), Fault> {
        let Some(Some(target)) = self.anchors.get(anchor).copied() else {
            return Err(fault(FaultKind::EndlessAlias, span));
        };
        self.aliased.add(target.weight);
        let written = u64::from(self.index.len());
        let allowed = self.budget.alias_nodes;
        let allowed = allowed.min(limits::ALIAS_GROWTH.saturating_mul(written));
        if self.aliased.nodes > allowed || self.aliased.bytes > self.budget.alias_bytes {
            return Err(fault(FaultKind::AliasGrowth, span));
        }
        if self.frames.len() + target.weight.height > limits::DEPTH {
            return Err(fault(FaultKind::TooDeep, span));
        }
        self.index.aliased.insert(target.node);
        if self.wants_key() {
            let Kind::Scalar { text, .. } = &self.index.node(target.node).kind else {
                return Err(fault(FaultKind::ComplexKey, span));
            };
            let text = text.clone();
            self.key(text, span.clone());
            return Ok(());
        }
        let node = self.index.add(Node {
            kind: Kind::Alias(target.node),
            key: None,
            key_span: 0..0,
            span: span.clone(),
        });
        self.place(node, target.weight);
        Ok(())
    }

    fn open(&mut self, mapping: bool, anchor: usize, span: &Span) -> Result<(), Fault> {
        if self.wants_key() {
            return Err(fault(FaultKind::ComplexKey, span));
        }
        if self.frames.len() >= limits::DEPTH {
            return Err(fault(FaultKind::TooDeep, span));
        }
        let kind = Kind::Sequence(Run::default());
        let node = self.index.add(Node {
            kind,
            key: None,
            key_span: 0..0,
            span: span.clone(),
        });
        // The key belongs to the collection, so it is taken before what stands inside asks for it.
        self.lead(node);
        self.frames.push(Frame {
            node,
            mapping,
            anchor,
            children: Vec::new(),
            key: None,
            weight: Weight::leaf(0),
        });
        Ok(())
    }

    fn close(&mut self, end: &Span) {
        let Some(frame) = self.frames.pop() else {
            return;
        };
        let kind = if frame.mapping {
            let faults = &mut self.faults;
            let allowed = self.budget.faults;
            let text = self.text;
            self.index
                .close_mapping(text, &frame.children, |index, first, second| {
                    if faults.len() < allowed {
                        faults.push(duplicate(index, text, first, second));
                    }
                })
        } else {
            self.index.close_sequence(&frame.children)
        };
        let text = self.text;
        let node = self.index.node_mut(frame.node);
        node.kind = kind;
        // Only a flow collection ends with a mark of its own, to which the parser counts the blank behind it.
        node.span = if end.start < end.end {
            let mark = text[range(end)].trim_end().len();
            let stop = number(end.start as usize + mark);
            without_properties(text, &(node.span.start..stop))
        } else {
            first_line(text, node.span.start)
        };
        let weight = Weight {
            height: frame.weight.height + 1,
            ..frame.weight
        };
        self.anchor(frame.anchor, frame.node, weight);
        self.join(frame.node, weight);
    }

    /// Whether the next node is the key of an entry.
    fn wants_key(&self) -> bool {
        let frame = self.frames.last();
        frame.is_some_and(|frame| frame.mapping && frame.key.is_none())
    }

    fn key(&mut self, text: Text, span: Span) {
        if self.index.words(self.text, &text) == "<<" && self.faults.len() < self.budget.faults {
            self.faults.push(fault(FaultKind::MergeKey, &span));
        }
        let bytes = self.index.words(self.text, &text).len() as u64;
        if let Some(frame) = self.frames.last_mut() {
            frame.weight.bytes = frame.weight.bytes.saturating_add(bytes);
            frame.key = Some((text, span));
        }
    }

    /// Puts a complete node where it belongs.
    fn place(&mut self, node: NodeId, weight: Weight) {
        self.lead(node);
        self.join(node, weight);
    }

    /// Gives the waiting key to `node`.
    fn lead(&mut self, node: NodeId) {
        if let Some((text, span)) = self.frames.last_mut().and_then(|frame| frame.key.take()) {
            let node = self.index.node_mut(node);
            node.key = Some(text);
            node.key_span = span;
        }
    }

    fn join(&mut self, node: NodeId, weight: Weight) {
        match self.frames.last_mut() {
            Some(frame) => {
                frame.children.push(node);
                frame.weight.add(weight);
            }
            None => self.index.root = Some(node),
        }
    }

    fn anchor(&mut self, anchor: usize, node: NodeId, weight: Weight) {
        if anchor > 0 {
            if self.anchors.len() <= anchor {
                self.anchors.resize(anchor + 1, None);
            }
            self.anchors[anchor] = Some(Anchor { node, weight });
        }
    }

    fn tag(&mut self, tag: Option<&Tag>, span: &Span) {
        if let Some(tag) = tag
            && !tag.is_yaml_core_schema()
            && self.faults.len() < self.budget.faults
        {
            let end = self.text[range(&(span.start..number(self.text.len())))]
                .find(char::is_whitespace)
                .map_or(self.text.len(), |len| span.start as usize + len);
            let kind = FaultKind::Tag(tag.to_string());
            self.faults.push(fault(kind, &(span.start..number(end))));
        }
    }

    fn span(&self, marks: &Marks) -> Span {
        let start = self.offsets.byte(self.text, marks.start.index());
        let end = self.offsets.byte(self.text, marks.end.index());
        number(start)..number(end.max(start))
    }
}

fn leaf(text: Text, plain: bool, span: Span) -> Node {
    Node {
        kind: Kind::Scalar { text, plain },
        key: None,
        key_span: 0..0,
        span,
    }
}

fn fault(kind: FaultKind, span: &Span) -> Fault {
    Fault {
        kind,
        span: range(span),
    }
}

fn duplicate(index: &Index, text: &str, first: NodeId, second: NodeId) -> Fault {
    let first = index.node(first);
    let second = index.node(second);
    let words = first.key.as_ref().map_or("", |key| index.words(text, key));
    Fault {
        kind: FaultKind::DuplicateKey {
            key: words.to_owned(),
            first: range(&first.key_span),
        },
        span: range(&second.key_span),
    }
}

/// The word that begins at `at`, at least one character of it; at the end of the text, nothing.
fn word_at(text: &str, at: usize) -> std::ops::Range<usize> {
    let rest = &text[at..];
    let word = rest
        .find(|c: char| !c.is_alphanumeric() && c != '_')
        .unwrap_or(rest.len());
    let first = rest.chars().next().map_or(0, char::len_utf8);
    let first = if rest.starts_with(['\n', '\r']) {
        0
    } else {
        first
    };
    at..at + word.max(first)
}
