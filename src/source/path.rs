//! Paths into a spec: how every later stage names a place without knowing lines, columns or YAML.

use std::fmt;

use super::FileId;

/// One step into a YAML tree.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Segment {
    /// The entry of a mapping.
    Key(String),
    /// The item of a sequence, counted from 0.
    Index(usize),
}

/// The way from the top of a spec to one of its nodes: `entities.Student.columns.id`.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Path {
    segments: Vec<Segment>,
}

impl Path {
    /// The whole document.
    #[must_use]
    pub fn root() -> Self {
        Self::default()
    }

    /// The entry `name` of the mapping at this path.
    #[must_use]
    pub fn key(&self, name: &str) -> Self {
        self.then(Segment::Key(name.to_owned()))
    }

    /// The item `index` of the sequence at this path.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        self.then(Segment::Index(index))
    }

    /// The steps, outermost first.
    #[must_use]
    pub fn segments(&self) -> &[Segment] {
        &self.segments
    }

    /// The place of the key that leads here (of the item itself in a sequence).
    #[must_use]
    pub fn at_key(self) -> Place {
        Place::of(self, Part::Key)
    }

    /// The place of the value that stands here.
    #[must_use]
    pub fn at_value(self) -> Place {
        Place::of(self, Part::Value)
    }

    /// The place of a word inside the scalar that stands here; bytes of the scalar's text.
    #[must_use]
    pub fn at_words(self, words: std::ops::Range<usize>) -> Place {
        Place::of(self, Part::Words(words))
    }

    /// The path of the steps `segments`, outermost first.
    #[must_use]
    pub fn from_segments(segments: Vec<Segment>) -> Self {
        Self { segments }
    }

    fn then(&self, segment: Segment) -> Self {
        let mut segments = Vec::with_capacity(self.segments.len() + 1);
        segments.extend_from_slice(&self.segments);
        segments.push(segment);
        Self { segments }
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, segment) in self.segments.iter().enumerate() {
            match segment {
                Segment::Key(key) if place == 0 => write!(f, "{key}")?,
                Segment::Key(key) => write!(f, ".{key}")?,
                Segment::Index(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}

/// What of a node is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// The key that leads to the node.
    Key,
    /// The node itself.
    Value,
    /// Some bytes of the scalar's text.
    Words(std::ops::Range<usize>),
    /// Bytes of the whole text, for what no path can name: a syntax error, the second of two equal keys.
    Span(std::ops::Range<usize>),
}

/// Something in a spec that can be underlined.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The node.
    pub path: Path,
    /// The part of it.
    pub part: Part,
    /// The file that has it; without one, the file in which the path begins.
    pub file: Option<FileId>,
}

impl Place {
    /// Bytes of the whole text, where no path leads.
    #[must_use]
    pub fn span(span: std::ops::Range<usize>) -> Self {
        Self::of(Path::root(), Part::Span(span))
    }

    /// The same place, which is in `file` if nobody has said a file before.
    #[must_use]
    pub fn within(mut self, file: FileId) -> Self {
        self.file.get_or_insert(file);
        self
    }

    fn of(path: Path, part: Part) -> Self {
        Self {
            path,
            part,
            file: None,
        }
    }
}
