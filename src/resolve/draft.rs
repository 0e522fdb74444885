//! A table on its way into the model: what the spec says of it, in one shape for entities and both forms of
//! secondaries, and what has been resolved so far.

use std::borrow::Cow;
use std::ops::Range;

use indexmap::IndexMap;

use crate::model::{
    Check, ColumnId, Computed, Default, Extras, ForeignKey, ForeignKeyId, Index, Key, Literal,
    LowerFirst, Type,
};
use crate::source::{Path, Place};
use crate::spec;

/// A table as the spec has it, what it has from mixins behind its own.
pub(super) struct Source<'s> {
    pub(super) name: &'s str,
    pub(super) path: Path,
    pub(super) kind: Kind,
    pub(super) table: Option<&'s str>,
    pub(super) rust_name: Option<&'s str>,
    pub(super) doc: Option<&'s str>,
    pub(super) derives: &'s [String],
    pub(super) attributes: &'s [String],
    pub(super) columns: Cow<'s, IndexMap<String, spec::Column>>,
    pub(super) primary_key: Option<&'s [String]>,
    pub(super) unique: &'s [Vec<String>],
    pub(super) indexes: Cow<'s, [spec::Index]>,
    pub(super) checks: Cow<'s, [spec::Check]>,
    pub(super) foreign_keys: Cow<'s, [spec::ForeignKey]>,
    /// Absent for a secondary.
    pub(super) relationships: Option<IndexMap<&'s str, &'s spec::Relationship>>,
    /// What a secondary says of its links.
    pub(super) multiple: Option<bool>,
    pub(super) symmetric: bool,
}

/// How a table was declared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    Entity,
    Secondary,
    /// A secondary `[Left, Right]`: for every column, the place in the list that it comes from. Empty when the list
    /// is wrong, which was reported.
    Short(Vec<usize>),
}

/// Where in a table's part of the spec something comes from; a [`Place`] costs several strings, so it is made late.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Origin {
    /// The table itself.
    Table,
    /// The name of a column.
    Column(ColumnId),
    /// A key in the long form of a column.
    ColumnKey(ColumnId, &'static str),
    /// The table's `primary_key`.
    PrimaryKey,
    /// An item of `unique`.
    Unique(usize),
    /// An item of `indexes`.
    Index(usize),
    /// An item of `checks`.
    Check(usize),
    /// An item of `foreign_keys`.
    ForeignKey(usize),
    /// `symmetric`.
    Symmetric,
}

impl Source<'_> {
    pub(super) fn is_entity(&self) -> bool {
        self.kind == Kind::Entity
    }

    /// The word for what this is.
    pub(super) fn word(&self) -> &'static str {
        if self.is_entity() {
            "entity"
        } else {
            "secondary"
        }
    }

    /// The name of a column in the spec.
    pub(super) fn column_name(&self, column: ColumnId) -> &str {
        self.columns.get_index(column).map_or("", |(name, _)| name)
    }

    /// Where `origin` is.
    pub(super) fn place(&self, origin: Origin) -> Place {
        match origin {
            Origin::Table => self.path.clone().at_key(),
            Origin::Column(column) => self.column_path(column).at_key(),
            Origin::ColumnKey(column, key) => self.column_key(column, key).at_value(),
            Origin::PrimaryKey => self.path.key("primary_key").at_value(),
            Origin::Unique(index) => self.path.key("unique").index(index).at_value(),
            Origin::Index(index) => self.path.key("indexes").index(index).at_value(),
            Origin::Check(index) => self.path.key("checks").index(index).at_value(),
            Origin::ForeignKey(index) => self.path.key("foreign_keys").index(index).at_value(),
            Origin::Symmetric => self.path.key("symmetric").at_value(),
        }
    }

    /// Some bytes of the scalar at a key of a column.
    pub(super) fn words(&self, column: ColumnId, key: &str, words: Range<usize>) -> Place {
        match self.kind {
            Kind::Short(_) => self.column_path(column).at_value(),
            _ => self.column_key(column, key).at_words(words),
        }
    }

    /// The path of a column.
    pub(super) fn column_path(&self, column: ColumnId) -> Path {
        match &self.kind {
            Kind::Short(places) => self.path.index(places.get(column).copied().unwrap_or(0)),
            _ => self.path.key("columns").key(self.column_name(column)),
        }
    }

    fn column_key(&self, column: ColumnId, key: &str) -> Path {
        match self.kind {
            Kind::Short(_) => self.column_path(column),
            _ => self.column_path(column).key(key),
        }
    }
}

/// A table, resolved as far as it has got.
pub(super) struct Draft<'s> {
    pub(super) source: Source<'s>,
    /// The name in the database.
    pub(super) table: String,
    /// As many as in the source, in the same order.
    pub(super) columns: Vec<Column>,
    /// Absent when there is none that could be used; that was reported.
    pub(super) primary_key: Option<Sited<Key>>,
    pub(super) uniques: Vec<Sited<Key>>,
    pub(super) indexes: Vec<Sited<Index>>,
    pub(super) checks: Vec<Sited<Check>>,
    pub(super) foreign_keys: Vec<Sited<ForeignKey>>,
    /// Whether a key is missing from the lists above because of something reported.
    pub(super) keys_incomplete: bool,
    /// Whether a foreign key is missing from the list above because of something reported.
    pub(super) foreign_keys_incomplete: bool,
    /// The two ends of a secondary; absent when there are not two, which was reported.
    pub(super) ends: Option<[ForeignKeyId; 2]>,
    /// Whether a pair may be linked several times.
    pub(super) multiple: bool,
    /// The condition of a symmetric secondary.
    pub(super) lower_first: Option<Sited<LowerFirst>>,
    /// What is added to the struct of a row.
    pub(super) extras: Extras,
}

/// Something and where it comes from.
#[derive(Debug)]
pub(super) struct Sited<T> {
    pub(super) item: T,
    pub(super) origin: Origin,
    /// Whether the spec gives it its name.
    pub(super) named: bool,
}

/// A column, resolved as far as it has got.
pub(super) struct Column {
    /// The name in the database.
    pub(super) name: String,
    pub(super) field: String,
    pub(super) constant: String,
    pub(super) stated: Stated,
    /// The type, once known.
    pub(super) ty: Option<Type>,
    pub(super) nullable: bool,
    pub(super) default: Option<Default>,
    pub(super) examples: Vec<Literal>,
    /// How the database computes it.
    pub(super) computed: Option<Computed>,
    /// Whether `references` or a key over this column could not be resolved, which was reported.
    pub(super) excused: bool,
}

/// What the spec says of a column's type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Stated {
    Nothing,
    /// Something wrong, which was reported.
    Wrong,
    Type(Type),
}

impl<'s> Draft<'s> {
    pub(super) fn new(source: Source<'s>, table: String) -> Self {
        Self {
            source,
            table,
            columns: Vec::new(),
            primary_key: None,
            uniques: Vec::new(),
            indexes: Vec::new(),
            checks: Vec::new(),
            foreign_keys: Vec::new(),
            keys_incomplete: false,
            foreign_keys_incomplete: false,
            ends: None,
            multiple: false,
            lower_first: None,
            extras: Extras::default(),
        }
    }

    /// The names in the database of `columns`.
    pub(super) fn column_names(&self, columns: &[ColumnId]) -> Vec<&str> {
        columns
            .iter()
            .map(|column| self.columns[*column].name.as_str())
            .collect()
    }

    /// The names in the spec of `columns`, each in backticks.
    pub(super) fn quoted(&self, columns: &[ColumnId]) -> String {
        let quoted = |column: &ColumnId| format!("`{}`", self.source.column_name(*column));
        columns.iter().map(quoted).collect::<Vec<_>>().join(", ")
    }

    /// Whether `columns` in any order are a key.
    pub(super) fn is_key(&self, columns: &[ColumnId]) -> bool {
        let mut keys = self.primary_key.iter().chain(&self.uniques);
        keys.any(|key| same_columns(&key.item.columns, columns))
    }

    /// A single integer primary key without default or reference counts up by itself, unless it is said not to.
    pub(super) fn auto_increment(&self) -> Option<ColumnId> {
        let [only] = self.primary_key.as_ref()?.item.columns[..] else {
            return None;
        };
        let column = &self.columns[only];
        let integer = matches!(
            column.ty.as_ref().map(Type::base),
            Some(Type::SmallInt | Type::Integer | Type::BigInt)
        );
        let stated = self.source.columns[only].auto_increment;
        let counts = integer
            && stated != Some(false)
            && column.default.is_none()
            && self.reference(only).is_none();
        counts.then_some(only)
    }

    /// The first foreign key that has `column`.
    pub(super) fn reference(&self, column: ColumnId) -> Option<&Sited<ForeignKey>> {
        let mut keys = self.foreign_keys.iter();
        keys.find(|key| key.item.columns.contains(&column))
    }

    /// The columns of both ends of a secondary, those of the first one first, none twice.
    pub(super) fn end_columns(&self) -> Vec<ColumnId> {
        let ends = self.ends.into_iter().flatten();
        let mut columns = Vec::new();
        for column in ends.flat_map(|end| &self.foreign_keys[end].item.columns) {
            if !columns.contains(column) {
                columns.push(*column);
            }
        }
        columns
    }

    /// Whether a link has something of its own, which whoever links gives or may want to see: a column that the
    /// database does not make, or a key that tells it from others of the same pair.
    pub(super) fn has_payload(&self) -> bool {
        let (ends, made) = (self.end_columns(), self.auto_increment());
        let own = |column: &ColumnId| !ends.contains(column) && made != Some(*column);
        self.ends.is_some() && (self.multiple || (0..self.columns.len()).any(|id| own(&id)))
    }

    /// The keys by which a row can be upserted: those whose values an insert knows.
    pub(super) fn keys_of_upserts(&self) -> impl Iterator<Item = &Sited<Key>> {
        let made = self.auto_increment();
        let known = move |key: &&Sited<Key>| made.is_none_or(|id| !key.item.columns.contains(&id));
        self.primary_key.iter().chain(&self.uniques).filter(known)
    }

    /// Whether a key or an index over all rows begins with `columns` in any order.
    pub(super) fn serves(&self, columns: &[ColumnId]) -> bool {
        let keys = self.primary_key.iter().chain(&self.uniques);
        let indexes = self
            .indexes
            .iter()
            .filter(|index| index.item.condition.is_none());
        let mut leading = keys
            .map(|key| key.item.columns.as_slice())
            .chain(indexes.map(|index| index.item.columns.as_slice()));
        leading.any(|has| {
            has.get(..columns.len())
                .is_some_and(|leading| same_columns(leading, columns))
        })
    }

    /// Whether a row may be without the foreign key.
    pub(super) fn is_nullable(&self, key: &ForeignKey) -> bool {
        key.columns
            .iter()
            .any(|column| self.columns[*column].nullable)
    }
}

/// Whether two lists have the same columns in any order; neither repeats one.
pub(super) fn same_columns(left: &[ColumnId], right: &[ColumnId]) -> bool {
    left.len() == right.len() && left.iter().all(|column| right.contains(column))
}
