//! Mistakes of reading in words: what a place takes, what stands there, and what to write.

use super::mistake::{Found, FoundKind, Mistake, Wanted};
use crate::diagnostic::{Code, Diagnostic, Help, suggest};
use crate::source::{Path, Segment};

/// The longest scalar that a help line repeats.
const SHORT: usize = 60;

/// What to say of a mistake.
pub(super) fn diagnostic(mistake: Mistake) -> Diagnostic {
    match mistake {
        Mistake::Form {
            path,
            wanted,
            found,
        } => form(path, &wanted, &found),
        Mistake::Key { path, raw, what } => key(path, &raw, what),
        Mistake::Unknown { path, key, valid } => {
            let message = format!("unknown key `{key}`");
            let help = suggest::help(&key, valid.iter().copied());
            Diagnostic::new(Code::UnknownKey, path.at_key(), message).help(help)
        }
        Mistake::Missing { path, key } => {
            let what = match key_of(&path) {
                ("", _) => "this mapping".to_owned(),
                (record, _) => format!("`{record}`"),
            };
            missing(path, &what, key)
        }
    }
}

/// The record `what` at `path` lacks `key`.
pub(super) fn missing(path: Path, what: &str, key: &str) -> Diagnostic {
    let help = match key {
        "variants" => "write `variants: [first, second]`, or a mapping of names to stored values",
        "target" => "write `target: Entity`, the entity at the other side",
        "columns" => "write `columns: [a, b]`, the columns in order",
        "base" => "write `base: string(320)` or another column type, which is what is stored",
        "rust" => "write `rust: \"crate::Email\"`, the path of your type",
        "references" => "write `references: Entity(a, b)`, the columns that it refers to",
        "sql" if what.contains("default") => {
            "write `default: { sql: \"…\" }` with the text for the database; JSON stands in quotes: `default: '{}'`"
        }
        "sql" if what.contains("computed") => {
            "write `computed: { sql: \"…\" }` with an expression over columns of the row"
        }
        "sql" => "write `sql: \"…\"`, the text for the database",
        "entities" => {
            "write `entities:` and below it a name for each entity, or check the file that includes this one"
        }
        _ => "add the key",
    };
    Diagnostic::new(
        Code::MissingKey,
        path.at_key(),
        format!("{what} has no `{key}`"),
    )
    .help(help)
}

/// A name that YAML reads as something else.
fn key(path: Path, raw: &str, what: &str) -> Diagnostic {
    let message = if raw.is_empty() {
        "a key without words".to_owned()
    } else {
        format!("YAML reads the key `{raw}` as {what}, not as text")
    };
    let help = if raw.is_empty() {
        "write a name before the colon".into()
    } else if raw.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c)) {
        "write a name that begins with a letter".into()
    } else {
        let help = format!("quote it: `\"{raw}\":`");
        Help::around(help, raw, ("\"", "\""))
    };
    Diagnostic::new(Code::WrongForm, path.at_key(), message).help(help)
}

fn form(path: Path, wanted: &Wanted, found: &Found) -> Diagnostic {
    let (key, depth) = key_of(&path);
    let of_generate = matches!(path.segments(), [Segment::Key(key), _] if key == "generate");
    let expected = match key {
        // What relationships have is called the same.
        "target" if of_generate => "the name of a driver",
        _ => expected(key, depth, wanted),
    };
    let shown = match found.kind {
        FoundKind::Nothing if found.raw.is_empty() => "nothing".to_owned(),
        FoundKind::Nothing => format!("`{}`, which is nothing to YAML", found.raw),
        FoundKind::Bool => format!("the truth value `{}`", found.raw),
        FoundKind::Number => format!("the number `{}`", found.raw),
        FoundKind::Huge => format!("`{}`, a number of more than 64 bits", found.raw),
        FoundKind::Text => "text".to_owned(),
        FoundKind::List => "a list".to_owned(),
        FoundKind::Map => "a mapping".to_owned(),
    };
    let place = match depth {
        _ if key.is_empty() => String::new(),
        0 => format!(" for `{key}`"),
        _ => format!(" in `{key}`"),
    };
    let of_naming = matches!(path.segments(), [Segment::Key(key), _] if key == "naming");
    let help = if of_naming && found.kind == FoundKind::Map && matches!(wanted, Wanted::Text) {
        // `{table}` bare is a mapping to YAML.
        Some(format!("quote the pattern: `{key}: \"app_{{table}}\"`").into())
    } else if of_generate && key == "target" {
        Some("write one, like `target: rusqlite`; for each other one generate again, with `--target`".into())
    } else {
        help(key, depth, wanted, found)
    };
    let message = format!("expected {expected}{place}, found {shown}");
    let diagnostic = Diagnostic::new(Code::WrongForm, path.at_value(), message);
    match help {
        Some(help) => diagnostic.help(help),
        None => diagnostic,
    }
}

/// The nearest key above, and how many lists lie between.
fn key_of(path: &Path) -> (&str, usize) {
    let mut depth = 0;
    for segment in path.segments().iter().rev() {
        match segment {
            Segment::Key(key) => return (key, depth),
            Segment::Index(_) => depth += 1,
        }
    }
    ("", depth)
}

fn expected<'a>(key: &str, depth: usize, wanted: &'a Wanted) -> &'a str {
    match (wanted, key, depth) {
        (Wanted::Words(_), "example", _) => "a literal",
        (Wanted::Words(words), ..) => words,
        (Wanted::Example(what, _), ..) => what,
        (Wanted::Bool, ..) => "`true` or `false`",
        (Wanted::Map, ..) => "a mapping",
        (Wanted::List, "unique", 0) => "a list of lists of column names",
        (Wanted::List, "columns" | "primary_key", _) | (Wanted::List, "unique", 1) => {
            "a list of column names"
        }
        (Wanted::List, "dialects", _) => "a list of dialects",
        (Wanted::List, "mixins", _) => "a list of mixins",
        (Wanted::List, "allow", _) => "a list of warnings",
        (Wanted::List, "derives", _) => "a list of derives",
        (Wanted::List, "attributes", _) => "a list of attributes",
        (Wanted::List, ..) => "a list",
        (Wanted::Text, "columns" | "primary_key" | "unique", 1..) => "a column name",
        (Wanted::Text, "dialects", 1) => "a dialect",
        (Wanted::Text, "mixins", 1) => "a mixin",
        (Wanted::Text, "allow", 1) => "a warning",
        (Wanted::Text, "derives", 1) => "a derive",
        (Wanted::Text, "attributes", 1) => "an attribute",
        (Wanted::Text, "type" | "base", _) => "a type",
        (Wanted::Text, "rust" | "into" | "from", _) => "a path of Rust",
        (Wanted::Text, "references", _) => "an entity or `Entity.column`",
        (Wanted::Text, "target", _) => "an entity",
        (Wanted::Text, "kind", _) => "a kind of relationship",
        (Wanted::Text, "secondary", _) => "the name of a secondary",
        (Wanted::Text, "back_populates", _) => "the name of a relationship",
        (Wanted::Text, "through", _) => "the names of relationships",
        (Wanted::Text, "on_delete" | "on_update_key", _) => "an action",
        (Wanted::Text, "on_update", _) => "`now`",
        (Wanted::Text, "index" | "check", _) => "a pattern",
        (Wanted::Text, "table" | "name" | "rust_name" | "foreign_key", _) => "a name",
        (Wanted::Text, ..) => "text",
    }
}

fn help(key: &str, depth: usize, wanted: &Wanted, found: &Found) -> Option<Help> {
    let raw = &found.raw;
    if let Wanted::Example(_, example) = wanted {
        return Some(format!("write it like `{example}`").into());
    }
    if raw.len() > SHORT {
        return None;
    }
    if (key, found.kind) == ("order_by", FoundKind::Map) {
        return Some(order(depth, &found.entries).into());
    }
    let help = match (wanted, found.kind) {
        (_, FoundKind::Nothing) => help_for_nothing(key, depth, raw),
        (Wanted::Bool, _) => return Some(truth(key, raw)),
        (Wanted::List, FoundKind::Text) if key == "unique" => {
            "each key is a list of its own: `[[a, b]]`".to_owned()
        }
        (Wanted::List, FoundKind::Text) if key == "attributes" => {
            format!("write `{key}: ['{}']`", raw.replace('\'', "''"))
        }
        (Wanted::List, FoundKind::Text) => {
            let help = format!("write `{key}: [{raw}]`");
            return Some(Help::around(help, raw, ("[", "]")));
        }
        (Wanted::List, FoundKind::Bool) if matches!(key, "unique" | "primary_key") => {
            format!("`{key}: {raw}` stands at a column; here it lists columns")
        }
        (Wanted::Map, FoundKind::Text) if matches!(key, "check" | "where" | "computed") => {
            let help = format!("write `{key}: {{ sql: \"{raw}\" }}`");
            return Some(Help::around(help, raw, ("{ sql: ", " }")));
        }
        (Wanted::Text, _) if key == "kind" => {
            "one of `many_to_one`, `one_to_many`, `one_to_one`, `many_to_many`".to_owned()
        }
        (Wanted::Text, _) if matches!(key, "rust" | "into" | "from") => {
            "write a path as a text: `\"crate::Email\"`".to_owned()
        }
        (Wanted::Text, FoundKind::List) if key == "through" => {
            "write the names in order with dots between: `through: a.b`".to_owned()
        }
        (Wanted::Text, FoundKind::Bool | FoundKind::Number | FoundKind::Huge)
            if named(key).is_some() =>
        {
            named(key)?.to_owned()
        }
        (Wanted::Text, _) if key == "on_update" => "write `on_update: now`".to_owned(),
        (Wanted::Text, FoundKind::List) => "write one, not a list".to_owned(),
        (Wanted::Words(_), FoundKind::List | FoundKind::Map) if depth > 0 => {
            "write one name".to_owned()
        }
        (Wanted::Text, FoundKind::Map) => {
            format!("check the indentation: what is indented below `{key}` is its value")
        }
        (
            Wanted::Text | Wanted::Words(_),
            FoundKind::Number | FoundKind::Huge | FoundKind::Bool,
        ) => {
            let help = format!("quote it: `\"{raw}\"`");
            return Some(Help::around(help, raw, ("\"", "\"")));
        }
        _ => format!("write it like `{}`", example(key)?),
    };
    Some(help.into())
}

/// How the mapping `entries` of columns and directions is written.
fn order(depth: usize, entries: &[(String, String)]) -> String {
    let direction = |word: &str| matches!(word.to_ascii_lowercase().as_str(), "asc" | "desc");
    if entries.is_empty() || !entries.iter().all(|(_, word)| direction(word)) {
        return "write it like `order_by: [created_at desc, id]`".to_owned();
    }
    let items: Vec<String> = entries
        .iter()
        .map(|(key, word)| format!("{key} {word}"))
        .collect();
    let items = items.join(", ");
    match depth {
        0 => format!("write `order_by: [{items}]`"),
        _ => format!("write `{items}` as one word of the list: `order_by: [{items}]`"),
    }
}

/// What to write where a key takes one of the spec's own words or names, which no quoted number or truth value is.
fn named(key: &str) -> Option<&'static str> {
    Some(match key {
        "on_delete" | "on_update_key" => {
            "one of `no_action`, `restrict`, `cascade`, `set_null`, `set_default`"
        }
        "references" => "write `references: Entity`, the entity that it refers to",
        "target" => "write `target: Entity`, the entity at the other side",
        "back_populates" => "write `back_populates: name`, the relationship at the other side",
        "through" => "write the names in order with dots between: `through: a.b`",
        _ => return None,
    })
}

/// How the value of a key is written.
fn example(key: &str) -> Option<&'static str> {
    Some(match key {
        "columns" => "columns: [a, b]",
        "primary_key" => "primary_key: [a, b]",
        "unique" => "unique: [[a, b]]",
        "dialects" => "dialects: [sqlite]",
        "mixins" => "mixins: [Stamps]",
        "allow" => "allow: [W0201]",
        "derives" => "derives: [Eq, \"serde::Serialize\"]",
        "attributes" => "attributes: ['serde(rename_all = \"camelCase\")']",
        "default" => "default: { sql: \"…\" }`, for JSON `default: '[1, 2]'",
        "check" => "check: { sql: \"…\" }",
        "computed" => "computed: { sql: \"…\" }",
        "where" => "where: { sql: \"…\" }",
        "sql" => "sql: \"…\"",
        "foreign_key" => "foreign_key: [a, b]",
        _ => return None,
    })
}

/// `key:` alone, or `key: null`.
fn help_for_nothing(key: &str, depth: usize, raw: &str) -> String {
    match (key, depth) {
        (_, 1..) if raw.is_empty() => "remove the empty item".to_owned(),
        _ if raw.is_empty() => format!("write a value, or remove `{key}`"),
        ("on_delete" | "on_update_key", _) => "write `set_null`".to_owned(),
        ("on_update", _) => "write `now`, or remove `on_update`".to_owned(),
        ("default", _) => {
            format!("remove `default` for NULL; for the text, quote it: `\"{raw}\"`")
        }
        (_, 1..) => format!("quote it: `\"{raw}\"`"),
        _ => format!("remove `{key}`; for the text, quote it: `\"{raw}\"`"),
    }
}

/// The words of older YAML for truth values are text in YAML 1.2.
fn truth(key: &str, raw: &str) -> Help {
    if let Some(value) = truth_value(raw) {
        return Help::yaml(format!("write `{key}: {value}`"), raw, value.to_string());
    }
    let help = format!("write `{key}: true` or `{key}: false`");
    let words = ["true", "false"];
    let meant = words
        .iter()
        .find(|word| suggest::is_certain(raw, word, &words));
    match meant {
        Some(meant) => Help::yaml(help, raw, *meant),
        None => help.into(),
    }
}

/// The truth value that people mean by `word`.
#[must_use]
pub fn truth_value(word: &str) -> Option<bool> {
    match word.to_ascii_lowercase().as_str() {
        "yes" | "y" | "on" | "true" | "1" => Some(true),
        "no" | "n" | "off" | "false" | "0" => Some(false),
        _ => None,
    }
}

/// What to write in place of the type `text`, where it is an enum as SQL has it: `enum(open, done)`.
#[must_use]
pub fn enum_of(text: &str) -> Option<String> {
    let text = text.trim().trim_end_matches('?').trim_end();
    let (word, rest) = text.split_once('(').unwrap_or((text, ""));
    if !word.trim().eq_ignore_ascii_case("enum") {
        return None;
    }
    let quote = ['\'', '"'];
    let variants = rest.trim_end_matches(')').split(',');
    let variants: Vec<&str> = variants
        .map(|word| word.trim().trim_matches(quote))
        .collect();
    let is_name =
        |word: &&str| !word.is_empty() && word.chars().all(|c| c == '_' || c.is_alphanumeric());
    let variants = if variants.iter().all(is_name) && text.len() <= SHORT {
        variants.join(", ")
    } else {
        "first, second".to_owned()
    };
    Some(format!(
        "declare it at the top, `enums: {{ Kind: [{variants}] }}`, and write its name here"
    ))
}
