//! Writes what `benches/run` measures: a spec of any size, and the same job as a person would write it over rusqlite.
//!
//! `foundation spec COUNT` prints a spec; `foundation plain COUNT DIR` writes modules; `foundation watch COUNT DIR PROGRAM
//! SAVES` saves a spec under the eyes of `PROGRAM generate --watch` and prints how long the results take.

mod watch;

use std::fmt::Write as _;
use std::{env, fs, io, path::Path, process::ExitCode};

fn main() -> io::Result<ExitCode> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let count: usize = arguments
        .get(1)
        .and_then(|count| count.parse().ok())
        .unwrap_or(0);
    if let [command, _, folder, program, saves] = arguments.as_slice()
        && command == "watch"
        && count >= 2
        && count.is_multiple_of(2)
        && let Ok(saves) = saves.parse()
    {
        watch::measure(&spec(count), Path::new(folder), program, saves)?;
        return Ok(ExitCode::SUCCESS);
    }
    match (arguments.first().map(String::as_str), arguments.get(2)) {
        (Some("spec"), None) if count >= 2 && count.is_multiple_of(2) => print!("{}", spec(count)),
        (Some("plain"), Some(folder)) if count >= 2 && count % 2 == 0 => {
            plain(count, Path::new(folder))?
        }
        _ => {
            eprintln!(
                "usage: foundation spec COUNT | foundation plain COUNT DIR | \
                 foundation watch COUNT DIR PROGRAM SAVES, COUNT even"
            );
            return Ok(ExitCode::from(2));
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// The neighbours of an entity: whom it belongs to, who belongs to it, whom it is paired with.
fn neighbours(n: usize, count: usize) -> (usize, usize, usize) {
    ((n + count - 1) % count, (n + 1) % count, n ^ 1)
}

/// Every fourth foreign key is nullable, the one that closes the circle among them.
fn nullable(n: usize) -> bool {
    n.is_multiple_of(4)
}

const COLUMNS: &str = "name: string|quantity: integer|active: boolean|serial: bigint|price: double|notes: text|\
                       nickname: string?|rank: integer?";

fn spec(count: usize) -> String {
    let mut text = "entities:\n".to_owned();
    for n in 0..count {
        let (owner, owned, peer) = neighbours(n, count);
        let columns = COLUMNS.replace('|', "\n      ");
        let null = if nullable(n) { ", nullable: true" } else { "" };
        let pair = n / 2;
        let _ = write!(
            text,
            "  Item{n}:\n    columns:\n      id: {{ type: integer, primary_key: true }}\n      {columns}\n      \
             owner_id: {{ references: Item{owner}{null} }}\n    relationships:\n      \
             owner: {{ target: Item{owner}, back_populates: owned }}\n      \
             owned: {{ target: Item{owned}, back_populates: owner }}\n      \
             peers: {{ target: Item{peer}, secondary: pair_{pair}, back_populates: peers }}\n"
        );
    }
    text += "\nsecondary:\n";
    for n in 0..count / 2 {
        let _ = writeln!(text, "  pair_{n}: [Item{}, Item{}]", 2 * n, 2 * n + 1);
    }
    text
}

fn plain(count: usize, folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let mut top = "//! Items.\n\nuse rusqlite::{Connection, Result};\n\n".to_owned();
    for n in 0..count {
        let _ = writeln!(top, "pub mod item{n};");
        let (owner, owned, peer) = neighbours(n, count);
        let optional = |ty: &str| {
            if nullable(n) {
                format!("Option<{ty}>")
            } else {
                ty.to_owned()
            }
        };
        let owner_read = if nullable(n) {
            "match self.owner_id {\n            Some(owner) => ItemOWNER::find(conn, owner),\n            \
             None => Ok(None),\n        }"
        } else {
            "ItemOWNER::get(conn, self.owner_id)"
        };
        let text = ENTITY
            .replace("OWNER_READ", owner_read)
            .replace(
                "OWNER_SET",
                if nullable(n) {
                    "CASE WHEN ?12 THEN ?13 ELSE owner_id END"
                } else {
                    "coalesce(?12, owner_id)"
                },
            )
            .replace(
                "OWNER_PATCH",
                if nullable(n) {
                    "patch.owner_id.is_some(),\n                patch.owner_id.flatten(),"
                } else {
                    "patch.owner_id,"
                },
            )
            .replace("OWNER_ROW", &optional(&format!("Item{owner}")))
            .replace("OWNER_KEY", &optional("i32"))
            .replace("OWNER", &owner.to_string())
            .replace("OWNED", &owned.to_string())
            .replace("PEER", &peer.to_string())
            .replace("PAIR", &(n / 2).to_string())
            .replace("SELF", &n.to_string());
        fs::write(folder.join(format!("item{n}.rs")), text)?;
    }
    top += "\n/// The statements that create every table and index.\npub const SCHEMA_SQL: &str = include_str!(\"schema.sql\");\n\n\
            /// Creates every table and index.\npub fn create_tables(conn: &Connection) -> Result<()> {\n    \
            conn.execute_batch(SCHEMA_SQL)\n}\n";
    fs::write(folder.join("mod.rs"), top)
}

/// One entity as written by hand; capital words are replaced.
const ENTITY: &str = include_str!("entity.rs.txt");
