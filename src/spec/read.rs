//! From text to [`Spec`].
//!
//! In: [`Sources`]. Out: all of the spec that can be read, and every mistake of reading. Each tree is read record by
//! record; what each record has is told by its struct. No later stage knows that there are files.

use indexmap::IndexMap;
use serde::Deserialize;

use super::astray::{is_key_of_column, is_key_of_relationship};
use super::at::At;
use super::kinds::{
    CHECKS, COLUMN, COLUMNS, ENTITIES, ENTITY, ENUMS, FOREIGN_KEYS, GENERATE, INDEXES, Kind, List,
    MIXIN, MIXINS, Names, RELATIONSHIP, RELATIONSHIPS, SECONDARIES, SECONDARY, SPEC, USER_TYPE,
    USER_TYPES,
};
use super::mistake::{Found, Mistake, Wanted};
use super::record::{Entries, Read};
use super::tree::{Node, Value};
use super::{
    Column, Entity, Generate, Mixin, Relationship, Secondary, SecondaryTable, Spec, UserType,
    faults, tree, words,
};
use crate::diagnostic::Diagnostic;
use crate::source::{FileId, Source, Sources, limits};

/// Reads the spec in `sources`. What could not be read is in [`Spec::unread`] and has been reported; after a fault that
/// stops reading, that is the whole document, or `include` for one of several.
#[must_use]
pub fn read(sources: &Sources) -> (Spec, Vec<Diagnostic>) {
    let mut reader = Reader {
        sources,
        file: FileId::ROOT,
        source: sources.root(),
        diagnostics: Vec::new(),
        spec: Spec::default(),
        has_entities: false,
        declared: 0,
    };
    for file in sources.order() {
        reader.file = *file;
        reader.source = sources.file(*file);
        reader.text();
    }
    (reader.spec, reader.diagnostics)
}

/// What has been read so far.
pub(super) struct Reader<'s> {
    pub(super) sources: &'s Sources,
    /// The file that is being read.
    pub(super) file: FileId,
    pub(super) source: &'s Source,
    diagnostics: Vec<Diagnostic>,
    pub(super) spec: Spec,
    /// Whether a file so far has the key.
    pub(super) has_entities: bool,
    /// How many entities, secondaries and so on there were so far.
    pub(super) declared: usize,
}

impl Reader<'_> {
    /// Reports a problem of the file that is being read.
    pub(super) fn push(&mut self, diagnostic: Diagnostic) {
        if !self.is_full() {
            self.diagnostics.push(diagnostic.within(self.file));
        }
    }

    /// Whether further mistakes are dropped.
    pub(super) fn is_full(&self) -> bool {
        self.diagnostics.len() >= limits::PROBLEMS
    }

    pub(super) fn mistake(&mut self, mistake: Mistake) {
        self.push(words::diagnostic(mistake));
    }

    /// Remembers that what stands at `at` is missing from the spec.
    pub(super) fn unread(&mut self, at: &At<'_>) {
        let path = at.path();
        if path.segments().is_empty() {
            self.unread_file();
        } else {
            self.spec.unread.insert(path);
        }
    }

    /// Reads the file that is at hand.
    fn text(&mut self) {
        let source = self.source;
        for fault in source.faults() {
            self.push(faults::diagnostic(source, fault));
        }
        if source.faults().iter().any(|fault| fault.kind.is_fatal()) {
            self.unread_file();
            return;
        }
        let large = self.too_large();
        if !large.is_empty() {
            self.unread_file();
            for found in large {
                self.push(found);
            }
            return;
        }
        match tree::parse(source) {
            Ok(root) => self.spec(root.as_ref()),
            Err(found) => {
                self.unread_file();
                self.push(faults::disagreement(source, found));
            }
        }
    }

    fn spec(&mut self, root: Option<&Node<'_>>) {
        let at = &At::ROOT;
        let is_root = self.file == FileId::ROOT;
        let Some(root) = root.filter(|root| root.value != Value::Null) else {
            if is_root {
                self.push(words::missing(at.path(), "an empty spec", "entities"));
            }
            return;
        };
        let Some(read) = self.record::<Spec>(root, at, &SPEC) else {
            return;
        };
        let include = read.nested("include");
        let include = include.map(|node| self.include(node, &at.key("include")));
        self.has_entities |= read.has("entities");
        self.declarations(&read, at);
        if !is_root {
            self.root_only(&read, at);
            return;
        }
        self.spec.include = include.unwrap_or_default();
        if let Some(node) = read.nested("generate") {
            let generate = self.record::<Generate>(node, &at.key("generate"), &GENERATE);
            self.spec.generate = generate.map(|read| read.value).unwrap_or_default();
        }
        if let Some(node) = read.nested("naming") {
            self.spec.naming = self.naming(node, &at.key("naming")).unwrap_or_default();
        }
        self.spec.allow = read.value.allow;
        self.check_entities(at);
    }

    /// What every file may declare.
    fn declarations(&mut self, read: &Read<'_, Spec>, at: &At<'_>) {
        let mixins = self.shared(read, at, ("mixins", "mixin"), &MIXINS, Self::mixin);
        self.spec.mixins.extend(mixins);
        let entities = self.shared(read, at, ("entities", "entity"), &ENTITIES, Self::entity);
        self.spec.entities.extend(entities);
        let secondary = ("secondary", "secondary");
        let secondary = self.shared(read, at, secondary, &SECONDARIES, Self::secondary);
        self.spec.secondary.extend(secondary);
        let enums = self.shared(read, at, ("enums", "enum"), &ENUMS, Self::enumeration);
        self.spec.enums.extend(enums);
        let types = self.shared(read, at, ("types", "type"), &USER_TYPES, Self::user_type);
        self.spec.types.extend(types);
    }

    fn entity(&mut self, node: &Node<'_>, at: &At<'_>) -> Option<Entity> {
        if self.is_astray_among_tables(node, at, ENTITY.what) {
            return None;
        }
        let read = self.record::<Entity>(node, at, &ENTITY)?;
        let columns = self.columns(&read, at);
        let relationships = self.relationships(&read, at);
        Some(Entity {
            columns,
            relationships,
            indexes: self.items(read.nested("indexes"), &at.key("indexes"), &INDEXES),
            checks: self.items(read.nested("checks"), &at.key("checks"), &CHECKS),
            foreign_keys: self.items(
                read.nested("foreign_keys"),
                &at.key("foreign_keys"),
                &FOREIGN_KEYS,
            ),
            ..read.value
        })
    }

    fn mixin(&mut self, node: &Node<'_>, at: &At<'_>) -> Option<Mixin> {
        let read = self.record::<Mixin>(node, at, &MIXIN)?;
        Some(Mixin {
            columns: self.columns(&read, at),
            indexes: self.items(read.nested("indexes"), &at.key("indexes"), &INDEXES),
            checks: self.items(read.nested("checks"), &at.key("checks"), &CHECKS),
            relationships: self.relationships(&read, at),
            size: node.size(),
        })
    }

    fn secondary(&mut self, node: &Node<'_>, at: &At<'_>) -> Option<Secondary> {
        match &node.value {
            Value::List(items) => self.ends(items, at).map(Secondary::Short),
            Value::Map(_) | Value::Null => {
                let read = self.record::<SecondaryTable>(node, at, &SECONDARY)?;
                let foreign_keys = read.nested("foreign_keys");
                let table = SecondaryTable {
                    columns: self.columns(&read, at),
                    indexes: self.items(read.nested("indexes"), &at.key("indexes"), &INDEXES),
                    checks: self.items(read.nested("checks"), &at.key("checks"), &CHECKS),
                    foreign_keys: self.items(foreign_keys, &at.key("foreign_keys"), &FOREIGN_KEYS),
                    ..read.value
                };
                Some(Secondary::Long(Box::new(table)))
            }
            _ => {
                let words = "a list of two entities or a mapping";
                self.wrong(node, at, Wanted::Example(words, SECONDARY.example));
                None
            }
        }
    }

    /// The entities of a secondary's short form.
    fn ends(&mut self, items: &[Node<'_>], at: &At<'_>) -> Option<Vec<String>> {
        let mut names = Vec::with_capacity(items.len());
        for (place, item) in items.iter().enumerate() {
            if item.value == Value::Text {
                names.push(item.raw.to_owned());
            } else {
                self.wrong(
                    item,
                    &at.index(place),
                    Wanted::Words("an entity".to_owned()),
                );
            }
        }
        if names.len() < items.len() {
            self.unread(at);
            return None;
        }
        Some(names)
    }

    /// The columns of the table at `at`.
    fn columns<T>(&mut self, read: &Read<'_, T>, at: &At<'_>) -> IndexMap<String, Column> {
        let at = &at.key("columns");
        let entries = self.entries_in(read.nested("columns"), at, &COLUMNS);
        let entries = self.without_keys_beside(entries, at, &COLUMN, is_key_of_column);
        self.each(entries, at, Self::column)
    }

    fn relationships<T>(
        &mut self,
        read: &Read<'_, T>,
        at: &At<'_>,
    ) -> IndexMap<String, Relationship> {
        let at = &at.key("relationships");
        let entries = self.entries_in(read.nested("relationships"), at, &RELATIONSHIPS);
        let entries = self.without_keys_beside(entries, at, &RELATIONSHIP, is_key_of_relationship);
        self.each(entries, at, Self::relationship)
    }

    fn column(&mut self, node: &Node<'_>, at: &At<'_>) -> Option<Column> {
        if self.is_astray_among_columns(node, at) {
            return None;
        }
        match node.value {
            Value::Text | Value::List(_) => Some(Column {
                r#type: Some(self.column_type(node, at)?),
                ..Column::default()
            }),
            Value::Map(_) | Value::Null => {
                let read = self.record::<Column>(node, at, &COLUMN)?;
                let ty = read.nested("type");
                Some(Column {
                    r#type: ty.and_then(|node| self.column_type(node, &at.key("type"))),
                    ..read.value
                })
            }
            _ => {
                self.wrong(node, at, Wanted::Words("a type or a mapping".to_owned()));
                None
            }
        }
    }

    /// A type as text, also one in brackets, which YAML reads as a list of one.
    fn column_type(&mut self, node: &Node<'_>, at: &At<'_>) -> Option<String> {
        match &node.value {
            Value::Text => return Some(node.raw.to_owned()),
            Value::List(items) => match &items[..] {
                [item] if item.value == Value::Text => return Some(format!("[{}]", item.raw)),
                _ => self.wrong(
                    node,
                    at,
                    Wanted::Example("one type in brackets", "[\"decimal(10,2)\"]"),
                ),
            },
            _ => self.wrong(node, at, Wanted::Text),
        }
        None
    }

    fn user_type(&mut self, node: &Node<'_>, at: &At<'_>) -> Option<UserType> {
        let read = self.record::<UserType>(node, at, &USER_TYPE)?;
        self.require(at, &USER_TYPE, |key| read.has(key));
        Some(read.value)
    }

    fn relationship(&mut self, node: &Node<'_>, at: &At<'_>) -> Option<Relationship> {
        let read = self.record::<Relationship>(node, at, &RELATIONSHIP)?;
        self.require(at, &RELATIONSHIP, |key| read.has(key));
        let condition = read.nested("where");
        let condition = condition.map(|node| self.condition(node, &at.key("where")));
        Some(Relationship {
            r#where: condition,
            ..read.value
        })
    }

    /// A mapping of names to things that `one` reads.
    pub(super) fn named<T>(
        &mut self,
        node: Option<&Node<'_>>,
        at: &At<'_>,
        names: &Names,
        one: impl Fn(&mut Self, &Node<'_>, &At<'_>) -> Option<T>,
    ) -> IndexMap<String, T> {
        let entries = self.entries_in(node, at, names);
        self.each(entries, at, one)
    }

    /// The entries of a mapping of names, if there is one.
    fn entries_in<'n>(
        &mut self,
        node: Option<&'n Node<'n>>,
        at: &At<'_>,
        names: &Names,
    ) -> Entries<'n> {
        let entries = node.and_then(|node| self.entries(node, at, names));
        entries.unwrap_or_default()
    }

    fn each<T>(
        &mut self,
        entries: Entries<'_>,
        at: &At<'_>,
        one: impl Fn(&mut Self, &Node<'_>, &At<'_>) -> Option<T>,
    ) -> IndexMap<String, T> {
        let mut things = IndexMap::new();
        for (name, node) in entries {
            if let Some(thing) = one(self, node, &at.key(name)) {
                things.insert(name.to_owned(), thing);
            }
        }
        things
    }

    /// A list of records.
    fn items<T>(&mut self, node: Option<&Node<'_>>, at: &At<'_>, list: &List) -> Vec<T>
    where
        T: Default + for<'de> Deserialize<'de>,
    {
        let mut things = Vec::new();
        match node.map(|node| (node, &node.value)) {
            None => {}
            Some((_, Value::List(items))) => {
                for (place, node) in items.iter().enumerate() {
                    let at = at.index(place);
                    // A record that cannot be read leaves an empty one, so that the places of the others stay right.
                    let thing = self.record::<T>(node, &at, &list.kind).map(|read| {
                        self.require(&at, &list.kind, |key| read.has(key));
                        read.value
                    });
                    things.push(thing.unwrap_or_default());
                }
            }
            Some((node, _)) => self.wrong(node, at, Wanted::Example("a list", list.example)),
        }
        things
    }

    /// Reports the keys of a `kind` that `has` does not find.
    pub(super) fn require(&mut self, at: &At<'_>, kind: &Kind, has: impl Fn(&str) -> bool) {
        for key in kind.required.iter().filter(|key| !has(key)) {
            // A misspelt or wrong one has been reported already.
            if self.spec.unread.insert(at.key(key).path()) {
                self.push(words::missing(at.path(), kind.what, key));
            }
        }
    }

    pub(super) fn wrong(&mut self, node: &Node<'_>, at: &At<'_>, wanted: Wanted) {
        self.unread(at);
        self.mistake(Mistake::Form {
            path: at.path(),
            wanted,
            found: Found::of(node),
        });
    }
}
