//! What texts of a spec look like, as regular expressions that every validator reads.

use serde_json::{Value, json};

use super::words;
use crate::naming::identifier::LONGEST;

/// A name: an ASCII identifier.
pub(super) fn name() -> Value {
    pattern(
        &identifier(),
        "Names are ASCII letters, digits and `_`, and do not begin with a digit.",
    )
}

/// A name in the database: anything but control characters.
pub(super) fn database_name() -> Value {
    pattern(
        "[^\\u0000-\\u001f\\u007f-\\u009f]+",
        "Write at least one character and no control characters.",
    )
}

/// `Entity`, `Entity.column`, `Entity(column, column)`.
pub(super) fn reference() -> Value {
    let name = spaced(&identifier());
    pattern(
        &format!("{name}(\\.{name}|\\({name}(,{name})*\\)\\s*)?"),
        "Write `Entity`, `Entity.column` or `Entity(column, column)`.",
    )
}

/// What is derived: `Eq`, `serde::Serialize`.
pub(super) fn derive() -> Value {
    let name = identifier();
    let mut derive = pattern(
        &format!("(::)?(r#)?{name}(::(r#)?{name})*"),
        "Write the path of a derive: `Eq`, or one of a crate with `::` between the names.",
    );
    derive["examples"] = json!(["Eq", "Hash", "serde::Serialize", "serde::Deserialize"]);
    derive
}

/// A path that means the same in every module: `crate::Email`, `::url::Url`.
pub(super) fn path(example: &str) -> Value {
    let name = identifier();
    let mut path = pattern(
        &format!("(crate|::{name})(::(r#)?{name})+"),
        "Write a path from your crate, `crate::Email`, or from another, `::url::Url`.",
    );
    path["examples"] = json!([example]);
    path
}

/// `books.loans.reader`.
pub(super) fn hops() -> Value {
    let name = identifier();
    pattern(
        &format!("{name}(\\.{name})+"),
        "Write the names of two relationships or more with dots between: `books.loans.reader`.",
    )
}

/// `title`, `created_at desc`, `links.position`.
pub(super) fn order() -> Value {
    let name = identifier();
    pattern(
        &format!("\\s*(links\\.)?{name}(\\s+([Aa][Ss][Cc]|[Dd][Ee][Ss][Cc]))?\\s*"),
        "Write a column, and behind it `desc` for the largest first.",
    )
}

/// A name with placeholders: `fk_{table}_{columns}`.
pub(super) fn naming(placeholders: &[&str]) -> Value {
    let words = placeholders.join("|");
    let braced: Vec<String> = placeholders
        .iter()
        .map(|word| format!("`{{{word}}}`"))
        .collect();
    pattern(
        &format!("([^{{}}\\u0000-\\u001f\\u007f-\\u009f]|\\{{({words})\\}})+"),
        &format!("The placeholders here are {}.", braced.join(", ")),
    )
}

/// The forms of a column's type. The first is what editors offer; the second is what may stand there beside: types with
/// arguments, what the spec declares, lists of them, and each with `?`.
pub(super) fn column_type() -> Vec<Value> {
    let plain = words::plain_types();
    let scalar = scalar();
    let mut other = pattern(
        &format!(
            "{}\\??",
            spaced(&format!("({scalar}|\\[{}\\])", spaced(&scalar)))
        ),
        "Write a type: one of the list, `string(80)`, `\"decimal(10,2)\"`, or the name of an enum or a type of yours.",
    );
    other["type"] = json!(["string", "array"]);
    other["items"] = pattern(&spaced(&scalar), "Write one type, without `?`.");
    // Editors show the titles of all forms that fit, and take those for the same that differ in no title, description or
    // properties.
    other["not"] = json!({ "enum": plain["enum"] });
    other["properties"] = json!({});
    vec![plain, other]
}

fn scalar() -> String {
    let name = identifier();
    let some = spaced("\\+?[0-9]*[1-9][0-9]*");
    let any = spaced("\\+?[0-9]+");
    format!("({name}|(string|bytes)\\s*\\({some}\\)|decimal\\s*\\({some}(,{any})?\\))")
}

/// `form` with spaces around it, which nobody minds.
fn spaced(form: &str) -> String {
    format!("\\s*{form}\\s*")
}

fn identifier() -> String {
    format!("[A-Za-z_][A-Za-z0-9_]{{0,{}}}", LONGEST - 1)
}

fn pattern(whole: &str, otherwise: &str) -> Value {
    json!({ "pattern": format!("^{whole}$"), "patternErrorMessage": otherwise })
}
