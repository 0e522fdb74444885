//! The structs that go with Diesel's schema, as its guides write them.

use std::fmt::Write as _;
use std::{fs, path::Path};

use crate::Result;
use crate::schema::{neighbours, nullable};

/// Columns after the key: `print-schema` says of SQLite's INTEGER that it has 32 bits, and of REAL as well.
const COLUMNS: [(&str, &str, bool); 8] = [
    ("name", "String", false),
    ("quantity", "i32", false),
    ("active", "i32", false),
    ("serial", "i32", false),
    ("price", "f32", false),
    ("notes", "String", false),
    ("nickname", "String", true),
    ("rank", "i32", true),
];

/// Writes a module of structs for each table, beside `schema.rs`.
pub fn write(count: usize, edited: Option<usize>, folder: &Path) -> Result<()> {
    fs::create_dir_all(folder)?;
    let mut top = "//! Items.\n\npub mod schema;\n\n".to_owned();
    for n in 0..count {
        writeln!(top, "pub mod item{n};")?;
        let text = entity(n, count, edited == Some(n))?;
        fs::write(folder.join(format!("item{n}.rs")), text)?;
    }
    for n in 0..count / 2 {
        writeln!(top, "pub mod pair_{n};")?;
        let (a, b) = (2 * n, 2 * n + 1);
        let text = format!(
            "//! Pairs.\n\nuse diesel::prelude::*;\n\n\
             use super::item{a}::Item{a};\nuse super::item{b}::Item{b};\nuse super::schema::pair_{n};\n\n\
             /// A pair.\n\
             #[derive(Debug, Clone, PartialEq, Queryable, Selectable, Identifiable, Associations, Insertable)]\n\
             #[diesel(table_name = pair_{n}, primary_key(item{a}_id, item{b}_id))]\n\
             #[diesel(belongs_to(Item{a}, foreign_key = item{a}_id), belongs_to(Item{b}, foreign_key = item{b}_id))]\n\
             pub struct Pair{n} {{\n    /// The one.\n    pub item{a}_id: i32,\n    /// The other.\n    pub item{b}_id: i32,\n}}\n"
        );
        fs::write(folder.join(format!("pair_{n}.rs")), text)?;
    }
    fs::write(folder.join("mod.rs"), top)?;
    Ok(())
}

fn entity(n: usize, count: usize, edited: bool) -> Result<String> {
    let (owner, ..) = neighbours(n, count);
    let key = "owner_id".to_owned();
    let mut columns = COLUMNS
        .map(|(name, ty, null)| (name.to_owned(), ty, null))
        .to_vec();
    columns.push((key, "i32", nullable(n)));
    if edited {
        columns.push(("extra".to_owned(), "String", true));
    }
    let table = format!("item{n}s");
    let mut text = format!(
        "//! Items of kind {n}.\n\nuse diesel::prelude::*;\n\nuse super::item{owner}::Item{owner};\n\
         use super::schema::{table};\n\n"
    );
    let mut one = |about: &str, name: &str, derives: &str, key: bool, patch: bool| -> Result<()> {
        write!(
            text,
            "/// {about}\n#[derive({derives})]\n#[diesel(table_name = {table}"
        )?;
        if derives.contains("Associations") {
            write!(text, ", belongs_to(Item{owner}, foreign_key = owner_id)")?;
        }
        writeln!(text, ")]\npub struct {name} {{")?;
        if key {
            writeln!(text, "    /// The key.\n    pub id: i32,")?;
        }
        for (name, ty, null) in &columns {
            let ty = if *null {
                format!("Option<{ty}>")
            } else {
                (*ty).to_owned()
            };
            let ty = if patch { format!("Option<{ty}>") } else { ty };
            writeln!(text, "    /// Its {name}.\n    pub {name}: {ty},")?;
        }
        writeln!(text, "}}\n")?;
        Ok(())
    };
    let item = format!("Item{n}");
    let row = "Debug, Clone, PartialEq, Queryable, Selectable, Identifiable, Associations";
    one(&format!("A row of `{table}`."), &item, row, true, false)?;
    let new = format!("New{item}");
    one(
        "A row to insert.",
        &new,
        "Debug, Clone, PartialEq, Insertable",
        false,
        false,
    )?;
    let patch = format!("{item}Patch");
    one(
        "Changes to a row.",
        &patch,
        "Debug, Clone, Default, PartialEq, AsChangeset",
        false,
        true,
    )?;
    Ok(text.trim_end().to_owned() + "\n")
}
