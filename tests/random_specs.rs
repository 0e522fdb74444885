//! Properties of specs that nobody wrote, by what relata offers to everyone: a spec becomes the same files each time, its SQL
//! loads, the rows that are made up for its tests fit its tables, and another name of an entity changes that name alone.
//!
//! What databases make of the same specs is compared with the model in `src/builder/tests/random.rs`.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use proptest::collection::vec;
use proptest::prelude::*;
use random_specs::{Wanted, numbered};
use relata::{Builder, Layout, Rendered};
use rusqlite::Connection;

fn rendered(spec: &str) -> Result<Rendered, String> {
    let builder = Builder::from_reader("spec.yaml", spec.as_bytes()).expect("a text");
    builder.render().map_err(|error| error.to_string())
}

/// The statements of the constant `ROWS` of generated tests.
fn rows(tests: &str) -> Vec<String> {
    let file = syn::parse_file(tests).expect("Rust");
    let mut modules = file.items;
    let mut found = Vec::new();
    while let Some(item) = modules.pop() {
        match item {
            syn::Item::Mod(module) => {
                modules.extend(module.content.into_iter().flat_map(|(_, items)| items));
            }
            syn::Item::Const(item) if item.ident == "ROWS" => found.extend(texts(*item.expr)),
            _ => {}
        }
    }
    found
}

/// The literals of `&["…"]`.
fn texts(list: syn::Expr) -> Vec<String> {
    let syn::Expr::Reference(list) = list else {
        return Vec::new();
    };
    let syn::Expr::Array(list) = *list.expr else {
        return Vec::new();
    };
    let text = |item| match item {
        syn::Expr::Lit(syn::ExprLit {
            lit: syn::Lit::Str(text),
            ..
        }) => Some(text.value()),
        _ => None,
    };
    list.elems.into_iter().filter_map(text).collect()
}

/// Loads a schema and the rows of its tests.
fn load(schema: &str, rows: &[String]) -> rusqlite::Result<()> {
    let mut conn = Connection::open_in_memory()?;
    conn.pragma_update(None, "foreign_keys", true)?;
    conn.execute_batch(schema)?;
    let transaction = conn.transaction()?;
    transaction.pragma_update(None, "defer_foreign_keys", true)?;
    for sql in rows {
        transaction.execute_batch(sql)?;
    }
    transaction.commit()
}

/// Whether a spec is accepted, and what becomes of it is whole.
fn whole(spec: &str) -> Result<(), String> {
    let first = rendered(spec)?;
    if !first.output.iter().eq(rendered(spec)?.output.iter()) {
        return Err("the second run differs".to_owned());
    }
    let mut made_up = Vec::new();
    for (name, text) in first
        .output
        .iter()
        .filter(|(name, _)| !name.ends_with("sql"))
    {
        syn::parse_file(text).map_err(|error| format!("`{name}` is no Rust: {error}"))?;
        if name != "support.rs" {
            made_up.extend(rows(text));
        }
    }
    let files: Vec<(&str, &str)> = first.output.iter().collect();
    let Some((_, schema)) = files.iter().find(|(name, _)| for_sqlite(name, &files)) else {
        return Ok(());
    };
    load(schema, &made_up).map_err(|error| {
        let mut shown = format!("{error}\n{schema}\n");
        for sql in &made_up {
            writeln!(shown, "{sql};").expect("a String takes all");
        }
        shown
    })
}

/// Whether a file has the SQL of SQLite: of the target, which has no dialect in its name, or of a further dialect.
fn for_sqlite(name: &str, files: &[(&str, &str)]) -> bool {
    let rust = files
        .iter()
        .find(|(_, text)| text.contains("pub enum Error"));
    let of_sqlite = rust
        .is_some_and(|(_, text)| text.contains("rusqlite") || text.contains("SqliteConnection"));
    name == "schema.sqlite.sql" || (name == "schema.sql" && of_sqlite)
}

/// The files of a spec by name, with one word in another's place, and without hashes, which are of names and of all.
fn renamed(rendered: &Rendered, from: &str, to: &str) -> Vec<(String, String)> {
    let replace = |text: &str| {
        let text = text.replace(from, to);
        let text = text.replace(&from.to_uppercase(), &to.to_uppercase());
        text.replace(&from.to_lowercase(), &to.to_lowercase())
    };
    let files = rendered.output.iter();
    files
        .map(|(name, text)| (replace(name), without_hashes(&replace(text))))
        .collect()
}

/// `text` without runs of eight and of sixteen hexadecimal digits.
fn without_hashes(text: &str) -> String {
    let is_word = |c: char| c.is_ascii_alphanumeric();
    let mut out = String::with_capacity(text.len());
    for word in text.split_inclusive(|c: char| !is_word(c)) {
        let digits = word.trim_end_matches(|c: char| !is_word(c));
        let is_hash =
            matches!(digits.len(), 8 | 16) && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        out.push_str(if is_hash { "HASH" } else { digits });
        out.push_str(&word[digits.len()..]);
    }
    out
}

/// Bytes that stand for specs.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    vec(any::<u8>(), 0..6_000)
}

fn config(part: u32) -> ProptestConfig {
    let default = ProptestConfig::default();
    ProptestConfig {
        failure_persistence: None,
        // `PROPTEST_CASES` says how many numbers would be tried; a spec is more than a number.
        cases: (default.cases / part).max(1),
        max_shrink_iters: 200,
        ..default
    }
}

proptest! {
    #![proptest_config(config(8))]

    #[test]
    fn what_is_generated_is_whole(bytes in bytes()) {
        let spec = random_specs::spec(&bytes, &Wanted::default());
        whole(&spec).map_err(|words| TestCaseError::fail(format!("{words}\n{spec}")))?;
    }

    #[test]
    fn a_spec_of_several_files_is_whole(bytes in bytes()) {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, text) in random_specs::files(&bytes, &Wanted::default()) {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            std::fs::write(path, text).expect("a file");
        }
        let spec = random_specs::spec(&bytes, &Wanted::default());
        let one = Builder::from_reader("spec.yaml", spec.as_bytes()).expect("a text");
        let several = Builder::new(folder.path().join("spec.yaml"));
        let [one, several] = [one, several].map(|builder| builder.layout(Layout::Modules).render());
        // What is included comes first, and much of the text says in which order things come.
        let names = |rendered: Result<Rendered, _>| match rendered {
            Ok(rendered) => Ok(rendered.output.iter().map(|(name, _)| name.to_owned()).collect::<BTreeSet<_>>()),
            Err(error) => Err(TestCaseError::fail(format!("{error}\n{spec}"))),
        };
        let (one, several) = (names(one)?, names(several)?);
        prop_assert_eq!(one, several);
    }

    #[test]
    fn another_name_changes_that_name_alone(bytes in bytes()) {
        // Alike in length and in place, so that lines break and names sort as before.
        let [one, two] = ["Zzqa", "Zzqb"].map(|name| {
            let wanted = Wanted { entity: Some(name), ..Wanted::default() };
            let spec = random_specs::spec(&bytes, &wanted);
            rendered(&spec).map_err(|words| TestCaseError::fail(format!("{words}\n{spec}")))
        });
        let (one, two) = (renamed(&one?, "Zzqa", "Zzqb"), renamed(&two?, "Zzqb", "Zzqb"));
        for ((name, one), (other, two)) in one.iter().zip(&two) {
            prop_assert_eq!(name, other);
            let differs = one.lines().zip(two.lines()).find(|(one, two)| one != two);
            prop_assert_eq!(differs, None, "in {}", name);
        }
        prop_assert_eq!(one, two);
    }
}

/// The specs have every key of the language.
#[cfg(feature = "cli")]
#[test]
fn every_key_is_tried() {
    let schema: serde_json::Value = serde_json::from_str(&relata::json_schema()).expect("JSON");
    let mut keys = BTreeSet::new();
    properties(&schema, &mut keys);
    for number in 0..200 {
        for (_, text) in random_specs::files(&numbered(number), &Wanted::default()) {
            keys.retain(|key| !text.contains(&format!("{key}:")));
        }
    }
    assert!(keys.is_empty(), "in no spec: {keys:?}");
}

/// The keys of all records of a schema.
#[cfg(feature = "cli")]
fn properties(schema: &serde_json::Value, keys: &mut BTreeSet<String>) {
    if let Some(properties) = schema
        .get("properties")
        .and_then(serde_json::Value::as_object)
    {
        keys.extend(properties.keys().cloned());
    }
    match schema {
        serde_json::Value::Object(parts) => parts.values().for_each(|part| properties(part, keys)),
        serde_json::Value::Array(parts) => parts.iter().for_each(|part| properties(part, keys)),
        _ => {}
    }
}

/// What was found by these properties and by fuzzing, each by a spec of its own, which says what was wrong.
#[test]
fn what_was_found_stays_mended() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/random_specs/found");
    let mut found = 0;
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let spec = std::fs::read_to_string(&path).expect("a spec");
        whole(&spec).unwrap_or_else(|words| panic!("{}: {words}", path.display()));
        found += 1;
    }
    assert!(found >= 3, "the specs were found");
}
