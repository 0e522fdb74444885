//! What the catalogue of a database must hold once it has loaded a model: the contract, said a second time.
//!
//! The types are its table of types in the words of each catalogue. Nothing here asks a grammar, which would compare it
//! with itself; how names are made and shortened is all that both share.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use super::{Catalogue, Column, Enum, ForeignKey, Index, Key, Made, Table};
use crate::model::{self, Action, ColumnId, Default, Dialect, Model};
use crate::naming::shorten;

/// What `dialect` must hold of `model`.
pub(super) fn catalogue(model: &Model, dialect: Dialect) -> Catalogue {
    let taken = RefCell::new(model.tables().flat_map(stated).collect());
    let expected = Expected {
        model,
        dialect,
        taken,
    };
    let entities = model.entities.iter().map(|entity| (&entity.table, false));
    let secondaries = model.secondaries.iter();
    let secondaries = secondaries.map(|secondary| (&secondary.table, true));
    let tables = entities.chain(secondaries);
    Catalogue {
        tables: tables
            .map(|(table, is_secondary)| {
                let name = expected.name(&table.name);
                (name, expected.table(table, is_secondary))
            })
            .collect(),
        enums: expected.enums(),
    }
}

pub(super) struct Expected<'a> {
    pub(super) model: &'a Model,
    pub(super) dialect: Dialect,
    /// The names of constraints so far, those of checks of columns as the tables come in the spec.
    taken: RefCell<BTreeSet<String>>,
}

impl Expected<'_> {
    /// A name as the database has it.
    fn name(&self, name: &str) -> String {
        match self.dialect {
            Dialect::Sqlite => name.to_owned(),
            Dialect::Postgres => shorten(name, 63).into_owned(),
            Dialect::Mysql => shorten(name, 64).into_owned(),
        }
    }

    /// The enums of the spec, where the database has types for them, those included that no column has.
    fn enums(&self) -> BTreeMap<String, Enum> {
        let enums = self.model.enums.iter();
        let native = enums.filter(|of| self.dialect == Dialect::Postgres && of.native);
        let expected = |of: &model::Enum| Enum {
            comment: self.comment(of.doc.as_deref(), usize::MAX),
            labels: (of.variants.iter().map(|variant| variant.stored.clone())).collect(),
        };
        native
            .map(|of| (self.enum_name(of), expected(of)))
            .collect()
    }

    pub(super) fn enum_name(&self, of: &model::Enum) -> String {
        self.name(&crate::naming::database::enum_type(&of.name))
    }

    fn table(&self, table: &model::Table, is_secondary: bool) -> Table {
        let without_rowid = self.is_without_rowid(table, is_secondary);
        let columns = table.columns.iter().enumerate();
        let uniques = table.uniques.iter();
        let foreign_keys = table.foreign_keys.iter();
        Table {
            options: match self.dialect {
                Dialect::Sqlite if without_rowid => "STRICT, WITHOUT ROWID",
                Dialect::Sqlite => "STRICT",
                Dialect::Postgres => "",
                Dialect::Mysql => "InnoDB, utf8mb4_bin",
            }
            .to_owned(),
            // SQLite keeps the text of a statement from its first word on, and comments of tables stand above.
            comment: match self.dialect {
                Dialect::Sqlite => None,
                Dialect::Postgres | Dialect::Mysql => self.comment(table.doc.as_deref(), 2048),
            },
            columns: columns
                .map(|(id, column)| {
                    let is_rowid = table.primary_key.columns == [id] && !without_rowid;
                    self.column(column, is_rowid)
                })
                .collect(),
            primary_key: Key {
                // MySQL calls every one PRIMARY.
                name: (self.dialect != Dialect::Mysql).then(|| self.name(&table.primary_key.name)),
                columns: self.columns(table, &table.primary_key.columns),
            },
            uniques: uniques
                .map(|key| (self.name(&key.name), self.columns(table, &key.columns)))
                .collect(),
            foreign_keys: foreign_keys
                .map(|key| (self.name(&key.name), self.foreign_key(table, key)))
                .collect(),
            indexes: self.indexes(table),
            checks: self.checks(table),
        }
    }

    /// A secondary is found by its key alone, unless the database counts that.
    fn is_without_rowid(&self, table: &model::Table, is_secondary: bool) -> bool {
        let mut key = table.primary_key.columns.iter();
        let counted = key.any(|column| table.columns[*column].auto_increment);
        self.dialect == Dialect::Sqlite && is_secondary && !counted
    }

    fn column(&self, column: &model::Column, is_rowid: bool) -> Column {
        let ty = self.type_words(&column.ty);
        let computed = column.computed.as_ref();
        // MariaDB knows no NOT NULL of a computed column.
        let free = self.dialect == Dialect::Mysql && computed.is_some();
        Column {
            name: self.name(&column.name),
            nullable: column.nullable || free,
            default: match &column.default {
                None | Some(Default::Uuid) => false,
                Some(Default::Literal(_) | Default::Now) => true,
                Some(Default::Sql(sql)) => sql.text(self.dialect).is_some(),
            },
            made: match computed {
                Some(computed) if computed.stored => Made::Stored,
                Some(_) => Made::Virtual,
                None if column.auto_increment => Made::Counted,
                // SQLite counts any whole number that is the key of a table with rowid.
                None if self.dialect == Dialect::Sqlite && is_rowid && ty == "INTEGER" => {
                    Made::Counted
                }
                None => Made::Written,
            },
            ty,
            comment: self.comment(column.doc.as_deref(), 1024),
        }
    }

    /// SQLite has comments in the text of the table, a line each; of them the words are compared. MySQL has `most` characters
    /// at most, of those that UTF-16 has in one piece. Otherwise a comment is the whole text but for NUL.
    fn comment(&self, doc: Option<&str>, most: usize) -> Option<String> {
        let doc = doc.filter(|doc| !doc.is_empty())?;
        match self.dialect {
            Dialect::Sqlite => {
                // What no reader of the file would see is not in it.
                let hidden = |c: char| c.is_control() || is_direction_mark(c);
                let seen = doc.replace(hidden, " ");
                let words: Vec<&str> = seen.split_whitespace().collect();
                (!words.is_empty()).then(|| words.join(" "))
            }
            Dialect::Postgres => Some(doc.replace('\0', "\u{fffd}")),
            Dialect::Mysql => {
                let is_known = |c: &char| *c != '\0' && c.len_utf16() == 1;
                let known = doc
                    .chars()
                    .map(|c| Some(c).filter(is_known).unwrap_or('\u{fffd}'));
                let mut text: Vec<char> = known.collect();
                if text.len() > most {
                    text.truncate(most - 1);
                    text.push('…');
                }
                Some(text.into_iter().collect())
            }
        }
    }

    fn columns(&self, table: &model::Table, columns: &[ColumnId]) -> Vec<String> {
        let names = columns.iter().map(|column| &table.columns[*column].name);
        names.map(|name| self.name(name)).collect()
    }

    fn foreign_key(&self, table: &model::Table, key: &model::ForeignKey) -> ForeignKey {
        let target = &self.model.entity(key.target).table;
        ForeignKey {
            columns: self.columns(table, &key.columns),
            target: self.name(&target.name),
            target_columns: self.columns(target, &key.target_columns),
            on_delete: self.action(key.on_delete).to_owned(),
            on_update: self.action(key.on_update_key).to_owned(),
        }
    }

    fn action(&self, action: Action) -> &'static str {
        match action {
            // InnoDB refuses at once in both cases; it has no checks at the end of a statement.
            Action::NoAction if self.dialect == Dialect::Mysql => "RESTRICT",
            Action::NoAction => "NO ACTION",
            Action::Restrict => "RESTRICT",
            Action::Cascade => "CASCADE",
            Action::SetNull => "SET NULL",
            Action::SetDefault => "SET DEFAULT",
        }
    }

    fn indexes(&self, table: &model::Table) -> BTreeMap<String, Index> {
        let has_text = |index: &&model::Index| match &index.condition {
            Some(condition) => condition.text(self.dialect).is_some(),
            None => true,
        };
        let indexes = table.indexes.iter().filter(has_text);
        let index = |index: &model::Index| Index {
            columns: self.columns(table, &index.columns),
            unique: index.unique,
            partial: index.condition.is_some(),
        };
        indexes.map(|of| (self.name(&of.name), index(of))).collect()
    }

    /// The checks of the spec, of a symmetric secondary and of columns; a name of the latter that another constraint of the
    /// schema has gets a number.
    fn checks(&self, table: &model::Table) -> BTreeSet<String> {
        let stated = table.checks.iter();
        let stated = stated.filter(|check| check.sql.text(self.dialect).is_some());
        let mut checks: BTreeSet<String> = stated.map(|check| check.name.clone()).collect();
        checks.extend(table.lower_first.iter().map(|check| check.name.clone()));
        let mut taken = self.taken.borrow_mut();
        for column in &table.columns {
            for about in self.checks_of_column(column) {
                let name = format!("ck_{}_{}_{about}", table.name, column.name);
                let numbers = (2..).map(|number| format!("{name}_{number}"));
                let mut names = std::iter::once(name.clone()).chain(numbers);
                checks.extend(names.find(|name| taken.insert(name.to_lowercase())));
            }
        }
        checks.iter().map(|name| self.name(name)).collect()
    }
}

/// The names of all constraints that the spec has or that `naming` makes.
fn stated(table: &model::Table) -> impl Iterator<Item = String> {
    let names = std::iter::once(&table.primary_key.name)
        .chain(table.uniques.iter().map(|key| &key.name))
        .chain(table.foreign_keys.iter().map(|key| &key.name))
        .chain(table.lower_first.iter().map(|check| &check.name))
        .chain(table.checks.iter().map(|check| &check.name));
    names.map(|name| name.to_lowercase())
}

/// The marks of Unicode that turn the direction of writing, or say where it is turned.
fn is_direction_mark(c: char) -> bool {
    let marks = "\u{61c}\u{200e}\u{200f}\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{2066}\u{2067}\u{2068}\u{2069}";
    marks.contains(c)
}
