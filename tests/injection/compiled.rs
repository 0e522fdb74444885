//! A program of hostile strings: it compiles without warnings, so do its docs, and each string in it is what it was.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use relata::{Builder, Layout};

use super::corpus::corpus;
use super::holes::yaml;
use super::nested;

const MANIFEST: &str = r#"[package]
name = "hostile"
edition = "2024"

[dependencies]
rusqlite = { version = "0.39", features = ["bundled"] }

[workspace]
"#;

/// A spec of all strings, and a program that asks what became of them.
#[derive(Default)]
struct Written {
    columns: String,
    variants: String,
    tables: String,
    names: Vec<String>,
    checks: String,
    taken: BTreeSet<String>,
}

impl Written {
    /// Whether `text` may be a name in the database, and none is called so, in any case of letters.
    fn is_name(&mut self, text: &str) -> bool {
        let short = !text.is_empty() && text.len() < 1000;
        short && !text.contains(char::is_control) && self.taken.insert(text.to_ascii_lowercase())
    }

    fn add(&mut self, number: usize, text: &str) {
        let (quoted, is_name) = (yaml(text), self.is_name(text));
        let name = if is_name {
            text.to_owned()
        } else {
            format!("column {number}")
        };
        // Writing to a String cannot fail.
        let _ = writeln!(
            self.columns,
            "      c{number}: {{ type: text, name: {}, default: {quoted}, example: {quoted}, doc: {quoted} }}",
            yaml(&name),
        );
        self.names.push(name);
        let _ = writeln!(self.checks, "    assert_eq!(row.c{number}, {text:?});");
        if !is_name {
            return;
        }
        let _ = writeln!(
            self.variants,
            "      v{number}: {{ value: {quoted}, doc: {quoted} }}"
        );
        let _ = writeln!(
            self.checks,
            "    assert_eq!(models::Word::V{number}.as_str(), {text:?});\n    \
             assert_eq!({text:?}.parse::<models::Word>().unwrap(), models::Word::V{number});"
        );
        // A table is a module of its own, and takes its time to compile.
        if number.is_multiple_of(TABLES) {
            let _ = writeln!(
                self.tables,
                "  T{number}:\n    table: {quoted}\n    doc: {quoted}\n    columns: {{ id: {{ type: integer, primary_key: true, doc: {quoted} }} }}"
            );
            let _ = writeln!(
                self.checks,
                "    models::T{number}::insert(conn, models::NewT{number} {{}}).unwrap();\n    \
                 assert!(tables.contains(&{text:?}.to_owned()));"
            );
        }
    }

    fn spec(&self) -> String {
        let Self {
            columns,
            variants,
            tables,
            ..
        } = self;
        format!(
            "entities:\n  Thing:\n    columns:\n      id: {{ type: integer, primary_key: true }}\n      word: Word?\n{columns}\
             {tables}enums:\n  Word:\n    variants:\n{variants}"
        )
    }

    fn checks(&self) -> String {
        format!(
            "//! Strings that are what they were.\n\nuse crate::MODELS as models;\n\n\
             /// Asks for each of them.\npub fn check(conn: &rusqlite::Connection) {{\n    \
             models::create_tables(conn).unwrap();\n    \
             let names = {:?};\n    \
             let quoted = names.map(|name| format!(\"\\\"{{}}\\\"\", name.replace('\"', \"\\\"\\\"\")));\n    \
             assert_eq!(models::Thing::COLUMNS, format!(\"\\\"id\\\", \\\"word\\\", {{}}\", quoted.join(\", \")));\n    \
             let mut asked = conn.prepare(\"SELECT name FROM sqlite_schema\").unwrap();\n    \
             let tables = asked.query_map([], |row| row.get(0)).unwrap();\n    \
             let tables: Vec<String> = tables.map(Result::unwrap).collect();\n    \
             let row = models::Thing::insert(conn, models::NewThing::default()).unwrap();\n\
             {}}}\n",
            self.names, self.checks
        )
    }
}

/// One in so many strings is the name of a table too.
const TABLES: usize = 24;

const LIBRARY: &str = "\
//! What hostile strings become, in both layouts.
#![deny(warnings)]

/// In one file.
pub mod single {
    include!(\"hostile.rs\");
}
/// In a folder.
pub mod folder;

#[cfg(test)]
mod of_single;
#[cfg(test)]
mod of_folder;

#[test]
fn strings_are_what_they_were() {
    of_single::check(&rusqlite::Connection::open_in_memory().unwrap());
    of_folder::check(&rusqlite::Connection::open_in_memory().unwrap());
}
";

#[test]
fn a_program_of_hostile_strings_compiles_and_has_them() {
    let mut written = Written::default();
    let texts = corpus();
    for (number, text) in texts.iter().enumerate() {
        // Long docs take the compiler longer, and are no other; no default has NUL.
        if text.len() < 10_000 && !text.contains('\0') {
            written.add(number, text);
        }
    }
    let package = tempfile::tempdir().expect("a folder");
    let place = package.path();
    let spec = place.join("hostile.yaml");
    nested::write(&spec, &written.spec());
    for (layout, folder) in [(Layout::Single, "src"), (Layout::Modules, "src/folder")] {
        let builder = Builder::new(&spec)
            .layout(layout)
            .out_dir(place.join(folder));
        builder.generate().unwrap_or_else(|error| panic!("{error}"));
    }
    nested::write(&place.join("Cargo.toml"), MANIFEST);
    nested::lock(place);
    nested::write(&place.join("src/lib.rs"), LIBRARY);
    for module in ["single", "folder"] {
        let text = written.checks().replace("MODELS", module);
        nested::write(&place.join(format!("src/of_{module}.rs")), &text);
    }
    let said = nested::run(&mut nested::cargo(place, &["test"]));
    assert!(said.contains("running 1 test\n"), "{said}");
    // Nothing in docs is code to compile.
    assert!(said.contains("running 0 tests\n"), "{said}");
    let mut documented = nested::cargo(place, &["doc", "--no-deps", "--document-private-items"]);
    nested::run(documented.env("RUSTDOCFLAGS", "-D warnings"));
}
