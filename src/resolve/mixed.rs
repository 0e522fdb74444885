//! Where in the spec it was written what a table has from mixins.
//!
//! Every other part of resolving sees a table as if all that it has stood in itself, as
//! `entities.Book.columns.created_at`. Only when a problem is reported, the mixin is looked up.

use std::collections::BTreeMap;

use super::context::mixin_path;
use crate::source::{Path, Segment};

/// The lists of a mixin whose items have names.
pub(super) const COLUMNS: &str = "columns";
pub(super) const RELATIONSHIPS: &str = "relationships";

/// What a table has from mixins.
#[derive(Debug, Default)]
pub(super) struct Mixed<'s> {
    /// In the order of the table's list.
    parts: Vec<Part<'s>>,
    /// The columns and relationships: list and name, and the place of the part.
    names: BTreeMap<(&'static str, &'s str), usize>,
}

/// What a table has from one mixin.
#[derive(Debug)]
struct Part<'s> {
    mixin: &'s str,
    /// How many indexes and checks stand before those of the mixin.
    indexes: usize,
    checks: usize,
}

impl<'s> Mixed<'s> {
    /// Begins with what `mixin` adds, behind so many `indexes` and `checks`.
    pub(super) fn begin(&mut self, mixin: &'s str, indexes: usize, checks: usize) {
        self.parts.push(Part {
            mixin,
            indexes,
            checks,
        });
    }

    /// The last mixin has added a column or a relationship.
    pub(super) fn added(&mut self, list: &'static str, name: &'s str) {
        self.names.insert((list, name), self.parts.len() - 1);
    }

    /// The mixin that has added a column or a relationship.
    pub(super) fn source_of(&self, list: &'static str, name: &str) -> Option<&'s str> {
        let part = self.names.get(&(list, name))?;
        Some(self.parts[*part].mixin)
    }

    /// Where the thing at `path`, the path of something in the table, was written: the mixin, and the path in it.
    pub(super) fn written(&self, path: &Path) -> Option<(&'s str, Path)> {
        let [_, _, Segment::Key(list), step, rest @ ..] = path.segments() else {
            return None;
        };
        let (mixin, step) = match step {
            Segment::Key(name) => {
                let mut lists = [COLUMNS, RELATIONSHIPS].into_iter();
                let named = lists.find(|known| known == list)?;
                (self.source_of(named, name)?, Segment::Key(name.clone()))
            }
            Segment::Index(index) => {
                let first = match list.as_str() {
                    "indexes" => |part: &Part<'s>| part.indexes,
                    "checks" => |part: &Part<'s>| part.checks,
                    _ => return None,
                };
                // Parts without items begin where the next one does; the last that begins has the item.
                let begun = self.parts.partition_point(|part| first(part) <= *index);
                let part = &self.parts[begun.checked_sub(1)?];
                (part.mixin, Segment::Index(index - first(part)))
            }
        };
        let mut segments = mixin_path(mixin).segments().to_vec();
        segments.extend([Segment::Key(list.clone()), step]);
        segments.extend_from_slice(rest);
        Some((mixin, Path::from_segments(segments)))
    }
}

#[cfg(test)]
mod tests {
    use super::{COLUMNS, Mixed};
    use crate::resolve::context::entity_path;
    use crate::source::Path;

    #[test]
    fn finds_the_mixin() {
        let mut mixed = Mixed::default();
        mixed.begin("A", 1, 0);
        mixed.added(COLUMNS, "a");
        mixed.begin("Empty", 3, 0);
        mixed.begin("B", 3, 0);
        mixed.added(COLUMNS, "b");
        let book = entity_path("Book");
        let written = |path: Path| mixed.written(&path).map(|(_, path)| path.to_string());
        let columns = book.key("columns");
        assert_eq!(written(columns.key("own")), None);
        assert_eq!(
            written(columns.key("b").key("type")).as_deref(),
            Some("mixins.B.columns.b.type")
        );
        assert_eq!(written(book.key("relationships").key("b")), None);
        let index = |place| written(book.key("indexes").index(place));
        assert_eq!(index(0), None);
        assert_eq!(index(2).as_deref(), Some("mixins.A.indexes[1]"));
        assert_eq!(index(3).as_deref(), Some("mixins.B.indexes[0]"));
        assert_eq!(written(book.key("unique").index(3)), None);
        assert_eq!(
            written(book.key("checks").index(0)).as_deref(),
            Some("mixins.B.checks[0]")
        );
    }
}
