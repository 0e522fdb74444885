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

/// How many nodes all aliases of a spec may stand for, each alias counted with everything below its anchor.
pub const ALIAS_NODES: u64 = 100_000;

/// How many nodes aliases may stand for per node that is written out. The YAML reader's own limit is the same, over
/// the whole spec.
pub const ALIAS_GROWTH: u64 = 100;

/// How many nodes mixins may add to tables; the bytes of those may be as many as [`SPEC_BYTES`].
pub const MIXIN_NODES: usize = 100_000;

/// How many duplicate keys, merge keys and tags are remembered.
pub const FAULTS: usize = 10_000;

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
    pub(super) faults: usize,
}

impl Default for Budget {
    fn default() -> Self {
        Self {
            bytes: SPEC_BYTES,
            nodes: NODES,
            marks: MARKS,
            alias_nodes: ALIAS_NODES,
            faults: FAULTS,
        }
    }
}
