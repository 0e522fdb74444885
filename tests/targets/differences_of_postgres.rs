//! What PostgreSQL does otherwise than the other databases, whichever driver asks it (generated-example/tests/db/mod.rs says what each is).

pub const SQLITE: bool = false;
pub const NULLS_FIRST: bool = false;
pub const LIKE_IGNORES_CASE: bool = false;
pub const COUNTS_ON: bool = false;
pub const SETS_DEFAULT: bool = true;
pub const REUSES_NUMBERS: bool = false;
pub const ENUMS_SORT_AS_TEXTS: bool = false;
pub const HOLDS_NUL: bool = false;
pub const MARKS_THAT_ARE_NONE: &[&str] = &[
    "(SELECT \"?\"\"?\" = 1 FROM (SELECT 1 AS \"?\"\"?\") AS q) AND title = ?",
    "E'\\'?' <> title AND title = ?",
    "$$?'$$ <> title AND $a$ $$? $a$ <> title AND title = ?",
    "/* /* ? */ ? */ title = ?",
    "'\\' <> title AND title = ? AND '?' <> title",
];
pub const HOLDS_NAN: bool = true;
pub const SUMS_ARE_INFINITE: bool = false;
pub const COUNT_ON: Option<&str> =
    Some("SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}");
pub const ERRORS_END_TRANSACTIONS: bool = true;
pub const GREATEST_ENUM_IS_OF_TEXTS: bool = false;
pub const TELLS_COLUMNS: bool = true;
pub const HOLDS_INFINITY: bool = true;
pub const UNDOES_TABLES: bool = true;
pub const ENDS_ARE_LEAST: bool = true;
pub const DELETES_WHAT_POINTS_TO_ITSELF: bool = true;
pub const ZONE: &str = "Z";
/// It keeps them by itself.
pub const BROKEN: Option<&str> = None;
pub const PAST_CHECKS: Option<[&str; 2]> = None;
pub const TABLES: &str =
    "SELECT table_name::text FROM information_schema.tables WHERE table_schema = current_schema()";
pub const CHANGES: Option<&str> = None;
pub const NOW: &str =
    "SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS')";
