//! The names that generated code has of its own, which nothing of a spec may get.

/// Items beside the entities' own.
pub const ROOT: [&str; 13] = [
    "Committed",
    "Error",
    "Pending",
    "Ref",
    "SCHEMA_SQL",
    "SPEC_HASH",
    "UnitOfWork",
    "configure",
    "create_tables",
    "drop_tables",
    "raw",
    "retry",
    "support",
];

/// The module of the types that a spec declares, where it declares some.
pub const TYPES: &str = "types";

/// The module of the tests that are generated, where they are.
pub const TESTS: &str = "tests";

/// The constant beside the variants of an enum.
pub const VARIANTS: &str = "ALL";

/// Files beside the entities' own, without their endings, in lower case.
pub const FILES: [&str; 2] = ["mod", "support"];

/// Functions and methods of every entity.
pub const METHODS: [&str; 11] = [
    "delete",
    "find",
    "from_row",
    "get",
    "insert",
    "insert_many",
    "insert_row",
    "key",
    "query",
    "save",
    "update",
];

/// Functions of every entity that end with the name of one of its keys.
pub const METHOD_PREFIX: &str = "upsert_by_";

/// Whether every entity has a method `name` of its own.
#[must_use]
pub fn method(name: &str) -> bool {
    METHODS.contains(&name) || name.starts_with(METHOD_PREFIX)
}
