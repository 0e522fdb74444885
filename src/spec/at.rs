//! The way to the node that is being read, made on the stack: most nodes are right and never need a [`Path`].

use crate::source::{Path, Segment};

/// A node's place below its parents.
#[derive(Debug, Clone, Copy)]
pub(super) struct At<'p> {
    parent: Option<&'p At<'p>>,
    step: Step<'p>,
}

#[derive(Debug, Clone, Copy)]
enum Step<'p> {
    Root,
    Key(&'p str),
    Index(usize),
}

impl<'p> At<'p> {
    pub(super) const ROOT: At<'static> = At {
        parent: None,
        step: Step::Root,
    };

    pub(super) fn key(&'p self, key: &'p str) -> Self {
        Self {
            parent: Some(self),
            step: Step::Key(key),
        }
    }

    pub(super) fn index(&'p self, index: usize) -> Self {
        Self {
            parent: Some(self),
            step: Step::Index(index),
        }
    }

    /// Where the node that this one is in stands.
    pub(super) fn parent(&self) -> Self {
        self.parent.copied().unwrap_or(At::ROOT)
    }

    /// The last key, without the way to it.
    pub(super) fn name(&self) -> &'p str {
        match self.step {
            Step::Key(key) => key,
            Step::Root | Step::Index(_) => "",
        }
    }

    pub(super) fn path(&self) -> Path {
        let mut segments = Vec::new();
        let mut next = Some(self);
        while let Some(at) = next {
            match at.step {
                Step::Root => {}
                Step::Key(key) => segments.push(Segment::Key(key.to_owned())),
                Step::Index(index) => segments.push(Segment::Index(index)),
            }
            next = at.parent;
        }
        segments.reverse();
        Path::from_segments(segments)
    }
}
