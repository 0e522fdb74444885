//! Columns: types, and what may be said of each.

use crate::choices::Choices;
use crate::words;
use crate::yaml::{Keys, Node, plain, text};

/// What the dialects of a spec have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Portable {
    /// The spec is for SQLite alone.
    Sqlite,
    /// For PostgreSQL too.
    Postgres,
    /// For all dialects.
    All,
}

/// A type of the language, as far as columns differ by it.
#[derive(Debug, Clone, Copy)]
pub struct Type {
    /// As it stands in a spec.
    pub name: &'static str,
    /// Whether it can be in a key or an index of every dialect.
    pub keyable: bool,
    /// Literals that fit it, as YAML.
    pub literals: &'static [&'static str],
}

const fn ty(name: &'static str, keyable: bool, literals: &'static [&'static str]) -> Type {
    Type {
        name,
        keyable,
        literals,
    }
}

/// The type of many columns that SQL of the spec is about.
pub const INTEGER: Type = ty("integer", true, &["0", "2147483647", "-1"]);

/// Every type but lists.
pub const TYPES: [Type; 33] = [
    INTEGER,
    ty("string", false, &["perhaps"]),
    ty("boolean", false, &["true", "false"]),
    ty("smallint", true, &["-32768", "7"]),
    ty("bigint", true, &["-9223372036854775808"]),
    ty("float", false, &["0.5"]),
    ty("double", false, &["1.0e300", "-0.25"]),
    ty("decimal(6,2)", false, &["9.9", "-1"]),
    ty("decimal(18,6)", false, &["\"123456789012.345678\""]),
    ty("string(40)", true, &["äöü", "perhaps"]),
    ty("string(1)", true, &["x"]),
    ty("text", false, &["perhaps"]),
    ty("bytes", false, &[]),
    ty("bytes(20)", true, &[]),
    ty(
        "uuid",
        true,
        &["uuid", "67e55044-10b1-426f-9247-bb680e5fe0c8"],
    ),
    ty("date", true, &["2024-02-29", "now"]),
    ty("time", true, &["\"08:15\"", "now"]),
    ty("datetime", true, &["now", "2026-11-23T08:15:00"]),
    ty("timestamp", true, &["now", "2026-11-23 08:15:00.5Z"]),
    ty(
        "json",
        false,
        &["'[]'", "'{\"tags\": [\"it''s\", \"back\\\\slash\"]}'"],
    ),
    ty("Mood", false, &["calm", "glad"]),
    ty("Shade", false, &["dark"]),
    ty("Status", false, &["closed"]),
    ty("Email", false, &["ann@example.org"]),
    ty("Number", false, &["7"]),
    ty("Price", false, &["0"]),
    ty("Token", false, &[]),
    ty("Day", false, &[]),
    ty("Color", false, &[]),
    ty("Switch", false, &["false"]),
    ty("Settings", false, &["\"[1]\""]),
    ty("Share", false, &["0.5"]),
    ty("Machine", false, &["\"127.0.0.1\""]),
];

/// A column as far as others of the spec speak of it.
#[derive(Debug, Clone)]
pub struct Column {
    pub name: String,
    pub ty: Type,
    pub nullable: bool,
    /// Whether SQL of the spec may name it as it is.
    pub plain: bool,
    pub node: Node,
}

/// A column of data.
pub fn column(c: &mut Choices<'_>, name: String) -> Column {
    // Half of all columns are of a few types, so that there are columns to speak of.
    let ty = match c.below(2) {
        0 => *c.pick(&TYPES[..4]),
        _ => *c.pick(&TYPES),
    };
    let mut keys = Keys::default();
    let nullable = c.once_in(3);
    let short = nullable && c.once_in(2);
    let word = if short {
        format!("{}?", ty.name)
    } else {
        ty.name.to_owned()
    };
    let spelled = if word.contains(',') {
        text(word)
    } else {
        plain(word)
    };
    if c.below(3) == 1 {
        let node = spelled;
        let nullable = short;
        return Column {
            plain: sql_may_name(&name),
            name,
            ty,
            nullable,
            node,
        };
    }
    keys.set("type", spelled);
    if nullable && !short {
        keys.set("nullable", plain("true"));
    }
    let unique = ty.keyable && c.once_in(6);
    if unique {
        keys.set("unique", plain("true"));
    }
    if ty.keyable && c.once_in(6) {
        keys.set("index", plain("true"));
    }
    let own_name = c.once_in(8);
    if own_name {
        let odd = *c.pick(&words::DATABASE_NAMES);
        keys.set("name", text(format!("{odd} {name}")));
    }
    let is_plain = !own_name && sql_may_name(&name);
    values(c, &mut keys, &name, ty, is_plain);
    if ty.name == "timestamp" && c.once_in(4) {
        keys.set("on_update", plain("now"));
    }
    if c.once_in(10) {
        keys.set("private", plain("true"));
    }
    if c.once_in(10) {
        keys.set(
            "rust_name",
            plain(format!("own_{}", name.trim_matches('_').to_lowercase())),
        );
    }
    if c.once_in(3) {
        keys.set("doc", text(*c.pick(&words::DOCS)));
    }
    Column {
        name,
        ty,
        nullable,
        plain: is_plain,
        node: keys.into(),
    }
}

/// A default, a check, examples.
fn values(c: &mut Choices<'_>, keys: &mut Keys, name: &str, ty: Type, is_plain: bool) {
    match c.below(6) {
        1 | 2 => {
            if let Some(literal) = c.pick_any(ty.literals) {
                keys.set("default", plain(*literal));
            }
        }
        3 if matches!(ty.name, "string" | "text") => {
            keys.set("default", text(*c.pick(&words::TEXTS)));
        }
        4 if ty.name == "integer" => {
            let sql = Keys::from_iter([("sql".to_owned(), plain("3 + 4"))]);
            keys.set("default", sql.into());
        }
        5 if is_plain && ty.name == "integer" => {
            let condition = text(format!("{name} > -7"));
            let mut sql = Keys::default();
            if c.below(2) == 1 {
                let each = ["sqlite", "postgres", "mysql"]
                    .map(|dialect| (dialect.to_owned(), condition.clone()));
                sql.set("sql", Keys::from_iter(each).into());
            } else {
                sql.set("sql", condition);
            }
            keys.set("check", sql.into());
            keys.set("example", plain("[1, 2, 3]"));
        }
        _ => {}
    }
}

/// Whether a name means the column in SQL of every dialect, without quotes.
fn sql_may_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.ends_with(|c: char| c.is_ascii_digit())
        && name != "r2d2"
}

/// A value that the database makes of another column.
pub fn computed(c: &mut Choices<'_>, of: &Column, name: String, portable: Portable) -> Column {
    let sql = format!("CASE WHEN {} > 0 THEN 1 ELSE 0 END", of.name);
    let mut made = Keys::default();
    made.set("sql", text(sql));
    // PostgreSQL keeps what it computes.
    if portable != Portable::Sqlite || c.below(2) == 1 {
        made.set("stored", plain("true"));
    } else {
        made.set("stored", plain("false"));
    }
    let mut keys = Keys::default();
    keys.set("type", plain("integer"));
    keys.set("computed", made.into());
    Column {
        name,
        ty: INTEGER,
        nullable: false,
        plain: true,
        node: keys.into(),
    }
}
