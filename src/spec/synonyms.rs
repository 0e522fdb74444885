//! Keys that other schemas call so, or that stand in another record, and what to write in place of them.

/// The way out for a key that a record does not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Synonym {
    /// The key of the record that was meant, where it is one.
    pub(super) meant: Option<&'static str>,
    pub(super) help: &'static str,
    /// Whether the value stays as it is, so that only the key is to be written anew.
    pub(super) same: bool,
}

/// What `key` means in the record `what`, where that is known.
pub(super) fn of(what: &str, key: &str) -> Option<Synonym> {
    let key = key.to_ascii_lowercase().replace('-', "_");
    let own = match what {
        "a column" => column(&key),
        "an entity" | "a secondary" => table(&key),
        "a relationship" => relationship(&key),
        "an enum" => enumeration(&key),
        "a mixin" => mixin(&key),
        _ => None,
    };
    // A mixin and what else stands without its own words has no `doc`.
    let has_doc = !matches!(what, "the spec" | "a mixin" | "`generate`" | "`naming`")
        && !matches!(what, "an index" | "a check" | "a foreign key");
    own.or_else(|| match &*key {
        "comment" | "description" | "desc" if has_doc => Some(called("doc", "write `doc: …`")),
        _ => None,
    })
}

fn column(key: &str) -> Option<Synonym> {
    Some(match key {
        "null" | "optional" => called("nullable", "write `nullable: true`, or `?` behind the type"),
        "not_null" | "notnull" | "required" | "mandatory" => meant(
            "nullable",
            "leave it out: `nullable: false` is the default; write `nullable: true` where a value may be missing",
        ),
        "pk" | "primary" | "is_primary" => called("primary_key", "write `primary_key: true`"),
        "autoincrement" | "auto_inc" | "identity" | "serial" => {
            called("auto_increment", "write `auto_increment: true`")
        }
        "foreign_key" | "foreign" | "fk" | "ref" | "refs" | "reference" | "references_to"
        | "refers_to" | "belongs_to" => called("references", "write `references: Entity`"),
        "values" | "enum" | "enums" | "variants" | "choices" | "one_of" => meant(
            "type",
            "declare an enum beside `entities`, `enums: { Genre: [novel, essay] }`, and write `type: Genre`",
        ),
        "length" | "size" | "max_length" | "maxlength" | "max" => {
            elsewhere("write the length behind the type: `string(80)`")
        }
        "precision" | "scale" => elsewhere("write both behind the type: `decimal(10, 2)`"),
        "column" | "column_name" | "db_name" => called("name", "write `name: …`"),
        "default_value" => called("default", "write `default: …`"),
        "generated" => called("computed", "write `computed: { sql: \"…\" }`"),
        _ => return None,
    })
}

fn table(key: &str) -> Option<Synonym> {
    Some(match key {
        "fields" | "properties" => called("columns", "write `columns:`"),
        "pk" | "primary" => called("primary_key", "write `primary_key: [a, b]`"),
        "table_name" | "db_table" => called("table", "write `table: …`"),
        _ => return None,
    })
}

fn relationship(key: &str) -> Option<Synonym> {
    Some(match key {
        "entity" | "model" | "class" | "to" => called("target", "write `target: Entity`"),
        "backref" | "back_ref" | "inverse" | "inverse_of" => called(
            "back_populates",
            "write `back_populates: name`, the relationship at the other side",
        ),
        "secondary_table" | "join_table" | "through_table" => called(
            "secondary",
            "write `secondary: name`, the association table",
        ),
        "fk" => called("foreign_key", "write `foreign_key: column`"),
        "order" | "sort" | "sort_by" => called("order_by", "write `order_by: column`"),
        "on_delete" | "cascade" => {
            elsewhere("it stands beside `references` at the column: `on_delete: cascade`")
        }
        _ => return None,
    })
}

fn enumeration(key: &str) -> Option<Synonym> {
    Some(match key {
        "values" | "choices" => called("variants", "write `variants: [first, second]`"),
        _ => return None,
    })
}

fn mixin(key: &str) -> Option<Synonym> {
    Some(match key {
        "mixins" => elsewhere("a mixin has no mixins: list both where they are used"),
        "unique" => elsewhere(
            "write `unique: true` at the column, or `indexes: [{ columns: [a, b], unique: true }]`",
        ),
        "primary_key" => elsewhere("write `primary_key: true` at its columns"),
        "foreign_keys" => elsewhere(
            "write `references: Entity` at the column; keys of several columns stand in the entities",
        ),
        "fields" | "properties" => called("columns", "write `columns:`"),
        _ => return None,
    })
}

/// Another key for the same value.
const fn called(key: &'static str, help: &'static str) -> Synonym {
    let synonym = meant(key, help);
    Synonym {
        same: true,
        ..synonym
    }
}

/// Another key, and another value.
const fn meant(key: &'static str, help: &'static str) -> Synonym {
    Synonym {
        meant: Some(key),
        help,
        same: false,
    }
}

const fn elsewhere(help: &'static str) -> Synonym {
    Synonym {
        meant: None,
        help,
        same: false,
    }
}

#[cfg(test)]
mod tests {
    use super::{column, enumeration, mixin, of, relationship, table};
    use crate::spec::fields;
    use crate::spec::{Column, Entity, Mixin, Relationship, SecondaryTable};

    #[test]
    fn what_was_meant_is_a_key_of_the_record() {
        let words = include_str!("synonyms.rs").split('"');
        for word in words {
            for (found, keys) in [
                (column(word), fields::of::<Column>()),
                (table(word), fields::of::<Entity>()),
                (table(word), fields::of::<SecondaryTable>()),
                (relationship(word), fields::of::<Relationship>()),
                (enumeration(word), &["variants"]),
                (mixin(word), fields::of::<Mixin>()),
            ] {
                let Some(found) = found else { continue };
                assert!(!keys.contains(&word), "`{word}` is a key itself");
                assert!(
                    found.meant.is_none_or(|meant| keys.contains(&meant)),
                    "{word}"
                );
            }
        }
    }

    #[test]
    fn docs_are_written_where_there_are_some() {
        assert!(of("a column", "Comment").is_some_and(|found| found.meant == Some("doc")));
        assert_eq!(of("a mixin", "comment"), None);
        assert_eq!(of("an index", "comment"), None);
    }
}
