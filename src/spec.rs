//! The spec as it was written, key for key, nothing resolved.
//!
//! In: YAML texts. Out: one [`Spec`] and the problems of reading it. These structs are the spec language: `serde` reads
//! them, unknown keys are told by their fields, and nothing else in the crate knows YAML.

mod astray;
mod at;
mod column;
mod condition;
mod de;
mod entity;
mod enums;
mod faults;
mod fields;
mod forms;
mod include;
mod kinds;
mod large;
mod mistake;
mod naming;
mod read;
mod record;
mod relationship;
#[cfg(feature = "cli")]
mod schema;
mod secondary;
mod spaces;
mod synonyms;
mod tree;
mod types;
mod words;

use std::collections::BTreeSet;

use indexmap::IndexMap;
use serde::Deserialize;

use crate::diagnostic::{Code, Severity};
use crate::source::Path;

pub use column::{Column, Examples, Sql, SqlText, TYPES, Value, is_column_key};
pub use entity::{Check, Entity, ForeignKey, Index, Mixin, Size};
#[cfg(test)]
pub(crate) use fields::records;
pub use include::PARTS;
pub use large::too_many;
pub use naming::Naming;
pub use read::read;
pub use relationship::{Held, OneOrMany, Relationship};
#[cfg(feature = "cli")]
pub use schema::schema;
pub use secondary::{Secondary, SecondaryTable};
pub use types::{Enum, UserType, Variant, Variants};
pub use words::{enum_of, truth_value};

/// A spec of relata: the entities of a data model, the columns and relationships of each, and what is generated of them.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Spec {
    /// Other spec files whose declarations belong to this spec too: a path or a list of paths, relative to this file. What
    /// one of them declares is known in all; `naming`, `generate` and `allow` stand in the root file only.
    #[cfg_attr(feature = "cli", schemars(with = "OneOrMany"))]
    pub include: Vec<String>,
    /// What to generate, where neither the command line nor the build script says it.
    pub generate: Generate,
    /// The entities: a name → its table, with columns and relationships. Their order is that of the output.
    pub entities: IndexMap<String, Entity>,
    /// The association tables of many-to-many relationships, which have no entity: a name → the two entities,
    /// `student_course: [Student, Course]`, or a mapping with columns of its own.
    pub secondary: IndexMap<String, Secondary>,
    /// The enums, which columns have as their type: a name → its variants, `Genre: [novel, essay]`.
    pub enums: IndexMap<String, Enum>,
    /// Types of your own crate or of another, which columns have as their type: a name → what is stored and the path in
    /// Rust.
    pub types: IndexMap<String, UserType>,
    /// Columns and what goes with them that several tables have alike: a name → what each table that lists it gets.
    pub mixins: IndexMap<String, Mixin>,
    /// What tables, keys, indexes and checks are called in the database that have no `table` or `name` of their own.
    pub naming: Naming,
    /// The warnings that are meant and not reported, by their codes: `[W0201]`.
    pub allow: Vec<String>,
    /// What stands in the text but could not be read. It has been reported; no later stage complains of what follows
    /// from its absence.
    #[serde(skip)]
    pub unread: BTreeSet<Path>,
}

impl Spec {
    /// Whether `code` is a warning that is meant.
    #[must_use]
    pub fn allows(&self, code: Code) -> bool {
        let listed = || self.allow.iter().any(|word| word == code.as_str());
        code.severity() == Severity::Warning && listed()
    }
}

/// What to generate, where neither the command line nor the build script says it.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Generate {
    /// The driver that the generated Rust talks to, which decides on the database too.
    pub target: Option<String>,
    /// The databases to write SQL for beside that of the target: `schema.postgres.sql` for each. `relata ddl` takes the
    /// first one.
    pub dialects: Vec<String>,
    /// What every row and every enum derives beside `Debug`, `Clone` and `PartialEq`, as paths:
    /// `[Eq, "serde::Serialize"]`.
    pub derives: Vec<String>,
    /// Further attributes of every row and every enum, without `#[` and `]`:
    /// `['serde(rename_all = "camelCase")']`.
    pub attributes: Vec<String>,
    /// `modules` is a folder with a file for each entity, `single` is one file to include. Without it `relata generate`
    /// writes modules, and a build script a single file.
    pub layout: Option<String>,
    /// The crate whose types dates and times have in Rust. What is stored is the same with each.
    pub time: Option<String>,
    /// Who sees what is generated: everybody, the crate, or the module around it.
    pub visibility: Option<String>,
    /// Whether tests of the relationships are generated too, which run in your crate.
    pub tests: Option<bool>,
}

#[cfg(test)]
mod tests;
