//! Names in the database: tables, columns, constraints.

use std::borrow::Cow;

use super::plural::Plurals;
use super::{pattern, rust};

/// Digits of the hash at the end of a shortened name, and the underscore before them.
const MARK: usize = 9;

/// The table of `entity`: plural snake case.
#[must_use]
pub fn table(entity: &str, plurals: &Plurals) -> String {
    plurals.of(&rust::snake(entity))
}

/// The types of PostgreSQL (`pg_type` of version 15), which a type of the schema would not hide: those that snake
/// case can be.
const TYPES: &str = " aclitem any anyarray anycompatible anycompatiblearray anycompatiblemultirange \
    anycompatiblenonarray anycompatiblerange anyelement anyenum anymultirange anynonarray anyrange bit bool box bpchar \
    bytea char cid cidr circle cstring date datemultirange daterange event_trigger fdw_handler float4 float8 gtsvector \
    index_am_handler inet int2 int2vector int4 int4multirange int4range int8 int8multirange int8range internal interval \
    json jsonb jsonpath language_handler line lseg macaddr macaddr8 money name numeric nummultirange numrange oid \
    oidvector path point polygon record refcursor regclass regcollation regconfig regdictionary regnamespace regoper \
    regoperator regproc regprocedure regrole regtype table_am_handler text tid time timestamp timestamptz timetz trigger \
    tsm_handler tsmultirange tsquery tsrange tstzmultirange tstzrange tsvector txid_snapshot unknown uuid varbit varchar \
    void xid xid8 xml ";

/// The type of an enum, where the database has types for enums: snake case, with an ending where the database has a type
/// of that name.
#[must_use]
pub fn enum_type(name: &str) -> String {
    let name = rust::snake(name);
    if name.starts_with("pg_") || TYPES.contains(&format!(" {name} ")) {
        format!("{name}_enum")
    } else {
        name
    }
}

/// The column of a short secondary that refers to column `key` of `entity`.
#[must_use]
pub fn end_column(entity: &str, key: &str) -> String {
    format!("{}_{key}", rust::snake(entity))
}

/// How tables, constraints and indexes are called when the spec does not say. In those of constraints and indexes
/// `{table}` and `{columns}` (or `{column}`) stand for the table and for the columns, joined with `_`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Patterns {
    /// Tables: `{table}` is what they are called without a pattern, `{entity}` the entity or secondary in snake case.
    pub table: String,
    /// Primary keys.
    pub primary_key: String,
    /// Foreign keys; `{target}` is the table that they refer to.
    pub foreign_key: String,
    /// Unique keys.
    pub unique: String,
    /// Indexes.
    pub index: String,
    /// Checks.
    pub check: String,
}

/// The placeholders of tables.
pub const OF_TABLES: &[&str] = &["table", "entity"];

/// The placeholders of keys, indexes and checks.
pub const OF_COLUMNS: &[&str] = &["table", "columns", "column"];

/// The placeholders of foreign keys.
pub const OF_FOREIGN_KEYS: &[&str] = &["table", "columns", "column", "target"];

impl Default for Patterns {
    fn default() -> Self {
        Self {
            table: "{table}".to_owned(),
            primary_key: "pk_{table}".to_owned(),
            foreign_key: "fk_{table}_{columns}".to_owned(),
            unique: "uq_{table}_{columns}".to_owned(),
            index: "ix_{table}_{columns}".to_owned(),
            check: "ck_{table}_{column}".to_owned(),
        }
    }
}

impl Patterns {
    /// The table of the entity or secondary `name`, which is called `table` without a pattern.
    #[must_use]
    pub fn table(&self, name: &str, table: &str) -> String {
        let entity = rust::snake(name);
        pattern::fill(&self.table, &[("table", table), ("entity", &entity)])
    }

    /// The foreign key over `columns` of `table` to `target`.
    #[must_use]
    pub fn foreign_key(&self, table: &str, columns: &[&str], target: &str) -> String {
        let columns = columns.join("_");
        let words = [
            ("table", table),
            ("columns", &*columns),
            ("column", &*columns),
            ("target", target),
        ];
        pattern::fill(&self.foreign_key, &words)
    }
}

/// `pattern` of a key, an index or a check for `columns` of `table`.
#[must_use]
pub fn fill(pattern: &str, table: &str, columns: &[&str]) -> String {
    let columns = columns.join("_");
    let words = [
        ("table", table),
        ("columns", &*columns),
        ("column", &*columns),
    ];
    pattern::fill(pattern, &words)
}

/// `name`, or its beginning and a hash of the whole where it has more than `limit` bytes. The same name gives the same
/// result on every machine and in every release.
#[must_use]
pub fn shorten(name: &str, limit: usize) -> Cow<'_, str> {
    if name.len() <= limit {
        return Cow::Borrowed(name);
    }
    let mut end = limit.saturating_sub(MARK);
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    Cow::Owned(format!("{}_{:08x}", &name[..end], fnv1a(name)))
}

/// FNV-1a, 32 bits.
fn fnv1a(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |hash: u32, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}

#[cfg(test)]
mod tests {
    use super::{
        OF_COLUMNS, OF_FOREIGN_KEYS, OF_TABLES, Patterns, end_column, enum_type, fill, fnv1a,
        pattern, shorten, table,
    };
    use crate::naming::plural::Plurals;

    #[test]
    fn tables_are_plural_snake_case() {
        let plurals = Plurals::default();
        assert_eq!(table("Student", &plurals), "students");
        assert_eq!(table("CourseCategory", &plurals), "course_categories");
        assert_eq!(end_column("CourseCategory", "id"), "course_category_id");
        assert_eq!(enum_type("BookFormat"), "book_format");
        assert_eq!(enum_type("Interval"), "interval_enum");
        assert_eq!(enum_type("Any"), "any_enum");
        assert_eq!(enum_type("Handler"), "handler");
    }

    #[test]
    fn each_pattern_has_its_words() {
        let patterns = Patterns::default();
        assert_eq!(patterns.table("CourseBook", "books"), "books");
        assert_eq!(fill(&patterns.primary_key, "a", &["x"]), "pk_a");
        assert_eq!(fill(&patterns.unique, "a", &["x", "y"]), "uq_a_x_y");
        assert_eq!(fill(&patterns.check, "a", &["x"]), "ck_a_x");
        assert_eq!(patterns.foreign_key("a", &["x", "y"], "b"), "fk_a_x_y");
        let patterns = Patterns {
            table: "t_{entity}_{table}".to_owned(),
            foreign_key: "{table}_{column}_{target}".to_owned(),
            ..patterns
        };
        assert_eq!(patterns.table("CourseBook", "books"), "t_course_book_books");
        assert_eq!(patterns.foreign_key("a", &["x"], "{table}"), "a_x_{table}");
        assert_eq!(fill("{target}", "a", &["x"]), "{target}");
    }

    #[test]
    fn the_default_patterns_have_no_fault() {
        let Patterns {
            table,
            primary_key,
            foreign_key,
            unique,
            index,
            check,
        } = Patterns::default();
        assert_eq!(pattern::faults(&table, OF_TABLES), []);
        assert_eq!(pattern::faults(&foreign_key, OF_FOREIGN_KEYS), []);
        for each in [primary_key, unique, index, check] {
            assert_eq!(pattern::faults(&each, OF_COLUMNS), []);
        }
    }

    #[test]
    fn shortened_names_stay_apart_and_within_the_limit() {
        assert_eq!(shorten("short", 10), "short");
        let long = "x".repeat(71);
        let (one, two) = (shorten(&long[1..], 63), shorten(&long, 63));
        assert_eq!(one.len(), 63);
        assert_ne!(one, two);
        let long = "ä".repeat(40);
        let cut = shorten(&long, 64);
        assert_eq!(cut.len(), 63, "a character is not cut in two: {cut}");
        assert_eq!(fnv1a("foobar"), 0xbf9c_f968, "the published test vector");
    }
}
