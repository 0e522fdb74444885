//! Names in Rust, as written in source: types, modules, fields, methods, constants.

use heck::{ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};

use super::reserved::METHOD_PREFIX;

/// The words that cannot be identifiers as they are in edition 2021 or 2024, sorted.
const KEYWORDS: [&str; 52] = [
    "Self", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue",
    "crate", "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if",
    "impl", "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub",
    "ref", "return", "self", "static", "struct", "super", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Whether Rust takes `word` for no name, not even as a raw identifier.
#[must_use]
pub fn never(word: &str) -> bool {
    matches!(word, "self" | "Self" | "super" | "crate" | "_")
}

/// `word` as an identifier in source, raw where it must be; what [`never`] refuses stays as it is.
#[must_use]
pub fn raw(word: String) -> String {
    let keyword = KEYWORDS.binary_search(&word.as_str()).is_ok();
    if keyword && !never(&word) {
        format!("r#{word}")
    } else {
        word
    }
}

/// The type of an entity: upper camel case, not raw. A name that is upper camel case already stays as written.
#[must_use]
pub fn camel(name: &str) -> String {
    if name.starts_with(|c: char| c.is_ascii_uppercase()) && !name.contains('_') {
        return name.to_owned();
    }
    startable(name.to_upper_camel_case(), name)
}

/// The module, file, field or method of `name`: snake case, not raw. A name that is snake case already stays as written.
#[must_use]
pub fn snake(name: &str) -> String {
    let upper = name.contains(|c: char| c.is_ascii_uppercase());
    if !upper && !name.trim_matches('_').contains("__") {
        return name.to_owned();
    }
    startable(name.to_snake_case(), name)
}

/// The constant of a column or relationship.
#[must_use]
pub fn constant(name: &str) -> String {
    let upper = name.contains(|c: char| c.is_ascii_uppercase());
    let lower = name.contains(|c: char| c.is_ascii_lowercase());
    if !(upper && lower) {
        return name.to_ascii_uppercase();
    }
    startable(name.to_shouty_snake_case(), name)
}

/// The function that upserts by a key whose columns have these fields, which may be raw: `upsert_by_branch_and_number`.
#[must_use]
pub fn upsert<'a>(fields: impl IntoIterator<Item = &'a str>) -> String {
    let plain = |field: &'a str| field.strip_prefix("r#").unwrap_or(field);
    let fields: Vec<&str> = fields.into_iter().map(plain).collect();
    format!("{METHOD_PREFIX}{}", fields.join("_and_"))
}

/// `converted`, which may have lost the underscores that made `name` an identifier.
fn startable(converted: String, name: &str) -> String {
    match converted.chars().next() {
        None => name.to_owned(),
        Some(first) if first.is_ascii_digit() => format!("_{converted}"),
        Some(_) => converted,
    }
}

#[cfg(test)]
mod tests {
    use super::{KEYWORDS, camel, constant, never, raw, snake, upsert};

    #[test]
    fn keywords_become_raw() {
        assert!(KEYWORDS.is_sorted());
        for word in ["type", "gen", "async", "yield", "abstract", "dyn"] {
            assert_eq!(raw(word.to_owned()), format!("r#{word}"));
        }
        for word in ["self", "Self", "super", "crate", "_"] {
            assert!(never(word));
            assert_eq!(raw(word.to_owned()), word);
        }
        assert_eq!(raw("union".to_owned()), "union");
    }

    #[test]
    fn what_fits_stays_as_written() {
        assert_eq!(camel("HTTPServer"), "HTTPServer");
        assert_eq!(snake("line_2"), "line_2");
        assert_eq!(snake("_hidden"), "_hidden");
        assert_eq!(constant("line_2"), "LINE_2");
    }

    #[test]
    fn the_rest_is_converted() {
        assert_eq!(camel("student_course"), "StudentCourse");
        assert_eq!(camel("student"), "Student");
        assert_eq!(snake("HTTPServer"), "http_server");
        assert_eq!(snake("firstName"), "first_name");
        assert_eq!(snake("a__b"), "a_b");
        assert_eq!(constant("firstName"), "FIRST_NAME");
        assert_eq!(constant("URL"), "URL");
    }

    #[test]
    fn an_upsert_is_called_after_its_key() {
        assert_eq!(upsert(["slug"]), "upsert_by_slug");
        assert_eq!(upsert(["r#type", "number"]), "upsert_by_type_and_number");
    }

    #[test]
    fn every_result_is_an_identifier() {
        for name in ["_1A", "__", "_A", "__1_B", "A1", "_"] {
            for made in [camel(name), snake(name), constant(name)] {
                assert_eq!(
                    super::super::identifier::check(&made),
                    Ok(()),
                    "{name} -> {made}"
                );
            }
        }
    }
}
