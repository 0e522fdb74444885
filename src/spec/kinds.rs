//! The kinds of records and lists that a spec is made of: what each is called and how one is written.

/// A kind of record.
pub(super) struct Kind {
    /// `an entity`.
    pub(super) what: &'static str,
    /// How one is written.
    pub(super) example: &'static str,
    /// The keys whose values are records again and are read one by one.
    pub(super) nested: &'static [&'static str],
    /// The keys that must stand there.
    pub(super) required: &'static [&'static str],
}

/// A list of records.
pub(super) struct List {
    pub(super) kind: Kind,
    /// How the list is written.
    pub(super) example: &'static str,
}

/// A mapping of names.
pub(super) struct Names {
    /// `a mapping of names to columns`.
    pub(super) what: &'static str,
    /// How it is written.
    pub(super) example: &'static str,
}

pub(super) const SPEC: Kind = Kind {
    what: "the spec",
    example: "entities: { Student: { columns: { id: { type: integer, primary_key: true } } } }",
    nested: &[
        "include",
        "generate",
        "entities",
        "secondary",
        "enums",
        "types",
        "mixins",
        "naming",
    ],
    required: &[],
};

/// How `include` is written.
pub(super) const INCLUDE: &str = "include: shared.yaml` or `include: [a.yaml, b.yaml]";

pub(super) const GENERATE: Kind = Kind {
    what: "`generate`",
    example: "generate: { target: rusqlite }",
    nested: &[],
    required: &[],
};

pub(super) const NAMING: Kind = Kind {
    what: "`naming`",
    example: "naming: { table: \"app_{table}\" }",
    nested: &["plural"],
    required: &[],
};

pub(super) const ENTITY: Kind = Kind {
    what: "an entity",
    example: "Student: { columns: { id: { type: integer, primary_key: true } } }",
    nested: &[
        "columns",
        "relationships",
        "indexes",
        "checks",
        "foreign_keys",
    ],
    required: &[],
};

pub(super) const MIXIN: Kind = Kind {
    what: "a mixin",
    example: "Stamps: { columns: { created_at: { type: timestamp, default: now } } }",
    nested: &["columns", "relationships", "indexes", "checks"],
    required: &[],
};

pub(super) const SECONDARY: Kind = Kind {
    what: "a secondary",
    example: "student_course: [Student, Course]",
    nested: &["columns", "indexes", "checks", "foreign_keys"],
    required: &[],
};

pub(super) const COLUMN: Kind = Kind {
    what: "a column",
    example: "name: string",
    nested: &["type"],
    required: &[],
};

pub(super) const RELATIONSHIP: Kind = Kind {
    what: "a relationship",
    example: "courses: { target: Course }",
    nested: &["where"],
    required: &["target"],
};

pub(super) const ENUM: Kind = Kind {
    what: "an enum",
    example: "Genre: [novel, essay]",
    nested: &["variants"],
    required: &["variants"],
};

pub(super) const VARIANT: Kind = Kind {
    what: "a variant",
    example: "novel: { value: N, rust_name: LongNovel }",
    nested: &[],
    required: &[],
};

pub(super) const USER_TYPE: Kind = Kind {
    what: "a type",
    example: "Email: { base: string(320), rust: \"crate::Email\" }",
    nested: &[],
    required: &["base", "rust"],
};

pub(super) const INDEXES: List = List {
    kind: item("an index", "{ columns: [a, b] }", &["columns"]),
    example: "indexes: [{ columns: [a, b] }]",
};

pub(super) const CHECKS: List = List {
    kind: item("a check", "{ name: positive, sql: \"a > 0\" }", &["sql"]),
    example: "checks: [{ name: positive, sql: \"a > 0\" }]",
};

pub(super) const FOREIGN_KEYS: List = List {
    kind: item(
        "a foreign key",
        "{ columns: [a, b], references: \"Entity(a, b)\" }",
        &["columns", "references"],
    ),
    example: "foreign_keys: [{ columns: [a, b], references: \"Entity(a, b)\" }]",
};

pub(super) const ENTITIES: Names = Names {
    what: "a mapping of names to entities",
    example: "entities: { Student: { columns: { id: { type: integer, primary_key: true } } } }",
};

pub(super) const SECONDARIES: Names = Names {
    what: "a mapping of names to secondaries",
    example: "secondary: { student_course: [Student, Course] }",
};

pub(super) const ENUMS: Names = Names {
    what: "a mapping of names to enums",
    example: "enums: { Genre: [novel, essay] }",
};

pub(super) const USER_TYPES: Names = Names {
    what: "a mapping of names to types",
    example: "types: { Email: { base: string(320), rust: \"crate::Email\" } }",
};

pub(super) const VARIANTS: Names = Names {
    what: "a list of names or a mapping of names to stored values",
    example: "[novel, essay]",
};

pub(super) const MIXINS: Names = Names {
    what: "a mapping of names to mixins",
    example: "mixins: { Stamps: { columns: { created_at: { type: timestamp, default: now } } } }",
};

pub(super) const PLURALS: Names = Names {
    what: "a mapping of words to their plurals",
    example: "plural: { person: persons }",
};

pub(super) const COLUMNS: Names = Names {
    what: "a mapping of names to columns",
    example: "columns: { name: string }",
};

pub(super) const HELD: Names = Names {
    what: "a mapping of columns to what they hold",
    example: "where: { genre: essay, deleted_at: null }",
};

pub(super) const RELATIONSHIPS: Names = Names {
    what: "a mapping of names to relationships",
    example: "relationships: { courses: { target: Course } }",
};

const fn item(
    what: &'static str,
    example: &'static str,
    required: &'static [&'static str],
) -> Kind {
    Kind {
        what,
        example,
        nested: &[],
        required,
    }
}
