//! Names in the database: tables, columns, constraints.

use super::{plural, rust};

/// Digits of the hash at the end of a shortened name, and the underscore before them.
const MARK: usize = 9;

/// The table of `entity`: plural snake case.
#[must_use]
pub fn table(entity: &str) -> String {
    plural::plural(&rust::snake(entity))
}

/// The column of a short secondary that refers to column `key` of `entity`.
#[must_use]
pub fn end_column(entity: &str, key: &str) -> String {
    format!("{}_{key}", rust::snake(entity))
}

/// How constraints and indexes are called when the spec does not say. `{table}` and `{columns}` (or `{column}`) stand
/// for the table and for the columns, joined with `_`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Patterns {
    /// Primary keys.
    pub primary_key: String,
    /// Foreign keys.
    pub foreign_key: String,
    /// Unique keys.
    pub unique: String,
    /// Indexes.
    pub index: String,
    /// Checks.
    pub check: String,
}

impl Default for Patterns {
    fn default() -> Self {
        Self {
            primary_key: "pk_{table}".to_owned(),
            foreign_key: "fk_{table}_{columns}".to_owned(),
            unique: "uq_{table}_{columns}".to_owned(),
            index: "ix_{table}_{columns}".to_owned(),
            check: "ck_{table}_{column}".to_owned(),
        }
    }
}

/// `pattern` for `columns` of `table`.
#[must_use]
pub fn fill(pattern: &str, table: &str, columns: &[&str]) -> String {
    let columns = columns.join("_");
    let mut name = String::with_capacity(pattern.len() + table.len() + columns.len());
    let mut rest = pattern;
    // One pass, so that braces in the name of a table stay what they are.
    while let Some(open) = rest.find('{') {
        name.push_str(&rest[..open]);
        rest = &rest[open..];
        let words = [
            ("{table}", table),
            ("{columns}", &*columns),
            ("{column}", &*columns),
        ];
        let word = words.into_iter().find(|(word, _)| rest.starts_with(word));
        let (word, text) = word.unwrap_or(("{", "{"));
        name.push_str(text);
        rest = &rest[word.len()..];
    }
    name.push_str(rest);
    name
}

/// `name`, or its beginning and a hash of the whole where it has more than `limit` bytes. The same name gives the same
/// result on every machine and in every release.
#[must_use]
pub fn shorten(name: &str, limit: usize) -> String {
    if name.len() <= limit {
        return name.to_owned();
    }
    let mut end = limit.saturating_sub(MARK);
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    format!("{}_{:08x}", &name[..end], fnv1a(name))
}

/// FNV-1a, 32 bits.
fn fnv1a(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |hash: u32, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}

#[cfg(test)]
mod tests {
    use super::{Patterns, end_column, fill, fnv1a, shorten, table};

    #[test]
    fn tables_are_plural_snake_case() {
        assert_eq!(table("Student"), "students");
        assert_eq!(table("CourseCategory"), "course_categories");
        assert_eq!(end_column("CourseCategory", "id"), "course_category_id");
    }

    #[test]
    fn patterns_are_filled_once() {
        let patterns = Patterns::default();
        assert_eq!(fill(&patterns.primary_key, "a", &["x"]), "pk_a");
        assert_eq!(
            fill(&patterns.unique, "{columns}", &["x", "y"]),
            "uq_{columns}_x_y"
        );
        assert_eq!(fill(&patterns.check, "a", &["x"]), "ck_a_x");
        assert_eq!(fill("{}{table", "a", &[]), "{}{table");
    }

    #[test]
    fn shortened_names_stay_apart_and_within_the_limit() {
        assert_eq!(shorten("short", 10), "short");
        let (one, two) = (shorten(&"x".repeat(70), 63), shorten(&"x".repeat(71), 63));
        assert_eq!(one.len(), 63);
        assert_ne!(one, two);
        let cut = shorten(&"ä".repeat(40), 64);
        assert_eq!(cut.len(), 63, "a character is not cut in two: {cut}");
        assert_eq!(fnv1a("foobar"), 0xbf9c_f968, "the published test vector");
    }
}
