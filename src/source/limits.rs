//! What a spec may cost, all files of it together. Every limit is far beyond what people write and close enough that a
//! hostile spec stays cheap.

/// The size of a spec in bytes (16 MiB).
pub const SPEC_BYTES: usize = 16 << 20;

/// How deep mappings and lists may stand in one another. The spec language needs 8; the YAML reader's own limit is 128.
pub const DEPTH: usize = 64;

/// The length of a line in bytes (1 MiB).
pub const LINE_BYTES: usize = 1 << 20;

/// How many scalars, mappings and lists a spec may have, keys not counted. An ordinary column has four.
pub const NODES: usize = 750_000;

/// How many characters that may be marks of YAML (`: , [ ] { } ? & * !` and quotes) a spec may have, in texts or not.
/// The locator's parser holds all of a flow collection before it tells of its beginning, at some 400 bytes a mark.
pub const MARKS: usize = 1_200_000;

/// How many nodes all aliases of a spec may stand for, each alias counted with everything below its anchor; the bytes of
/// those may be as many as [`SPEC_BYTES`].
pub const ALIAS_NODES: u64 = 100_000;

/// How many nodes aliases may stand for per node that is written out. The YAML reader's own limit is the same, over
/// the whole spec.
pub const ALIAS_GROWTH: u64 = 100;

/// How many nodes mixins may add to tables; the bytes of those may be as many as [`SPEC_BYTES`].
pub const MIXIN_NODES: usize = 100_000;

/// How many bytes generated text may repeat: the columns of a table for each key and each relationship to it, its defaults for
/// each key, the values of a `where` for each statement, the values of an enum and the path of a type for each column (16 MiB).
pub const REPEATED_BYTES: usize = 16 << 20;

/// How many columns a table may have, and how many relationships, keys, indexes, foreign keys, checks, mixins, derives and
/// attributes, each kind for itself. No database has tables of more columns, and what a table has is compared with one another.
pub const TABLE_PARTS: usize = 5_000;

/// The length of a `table` or a `name` in bytes: PostgreSQL takes 63, MySQL 64 characters, and SQLite any number. The names of
/// tables and columns are a part of many others.
pub const DATABASE_NAME_BYTES: usize = 256;

/// How deep brackets may stand in one another in an attribute of Rust, whose parsers go as deep on the stack.
pub const ATTRIBUTE_DEPTH: usize = 64;

/// How many duplicate keys, merge keys and tags are remembered.
pub const FAULTS: usize = 10_000;

/// How many mistakes are collected, how many other errors, and how many warnings; nobody reads more, and a hostile spec has
/// millions.
pub const PROBLEMS: usize = 10_000;

/// How many entities, secondaries, enums, types and mixins a spec may have altogether.
pub const DECLARED: usize = 40_000;

/// How many files a spec may include, each entry of each `include` counted.
pub const FILES: usize = 1_000;

/// How deep files may include one another.
pub const INCLUDE_DEPTH: usize = 32;

/// What the files of a spec may cost that are still to be read: the limits, less what those before them have.
#[derive(Debug, Clone)]
pub(super) struct Budget {
    pub(super) bytes: usize,
    pub(super) nodes: usize,
    pub(super) marks: usize,
    pub(super) alias_nodes: u64,
    pub(super) alias_bytes: u64,
    pub(super) faults: usize,
}

impl Default for Budget {
    fn default() -> Self {
        Self {
            bytes: SPEC_BYTES,
            nodes: NODES,
            marks: MARKS,
            alias_nodes: ALIAS_NODES,
            alias_bytes: SPEC_BYTES as u64,
            faults: FAULTS,
        }
    }
}
