//! The same job as a person would write it over rusqlite.

use std::fmt::Write as _;
use std::{fs, io, path::Path};

use crate::schema::{neighbours, nullable};

/// One entity as written by hand; capital words are replaced.
const ENTITY: &str = include_str!("entity.rs.txt");

/// What an entity has more where it was edited: after which text, and what. `COLUMNS` are counted from 1 in statements.
const MORE: [(&str, &str); 9] = [
    (
        "    pub owner_id: OWNER_KEY,\n",
        "    /// What came later.\n    pub extra: Option<String>,\n",
    ),
    (
        "    pub owner_id: Option<OWNER_KEY>,\n",
        "    /// What came later.\n    pub extra: Option<Option<String>>,\n",
    ),
    (
        "            owner_id: row.get(9)?,\n",
        "            extra: row.get(10)?,\n",
    ),
    (
        "                new.owner_id,\n",
        "                new.extra,\n",
    ),
    (
        "OWNER_PATCH",
        "patch.extra.is_some(),\n                patch.extra.as_ref().and_then(Option::as_ref),",
    ),
    ("rank, owner_id", ", extra"),
    ("VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9", ", ?10"),
    (
        "owner_id = OWNER_SET",
        ", extra = CASE WHEN EXTRA_GIVEN THEN EXTRA_VALUE ELSE extra END",
    ),
    ("t.rank, t.owner_id", ", t.extra"),
];

/// Writes modules of `count` entities. `edited` has a column more, as in [`crate::schema::ring`].
pub fn write(count: usize, edited: Option<usize>, folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let mut top = "//! Items.\n\nuse rusqlite::{Connection, Result};\n\n".to_owned();
    for n in 0..count {
        let _ = writeln!(top, "pub mod item{n};");
        fs::write(folder.join(format!("item{n}.rs")), entity(n, count, edited))?;
    }
    top += "\n/// The statements that create every table and index.\npub const SCHEMA_SQL: &str = include_str!(\"schema.sql\");\n\n\
            /// Creates every table and index.\npub fn create_tables(conn: &Connection) -> Result<()> {\n    \
            conn.execute_batch(SCHEMA_SQL)\n}\n";
    fs::write(folder.join("mod.rs"), top)
}

fn entity(n: usize, count: usize, edited: Option<usize>) -> String {
    let (owner, part, peer) = neighbours(n, count);
    let text: String = ENTITY
        .split_inclusive('\n')
        .map(|line| {
            // A statement may be of another entity's columns.
            let of = match line.split_whitespace().nth(1) {
                Some("THEIRS:") => part,
                Some("LINKED:") => peer,
                _ => n,
            };
            if edited == Some(of) {
                longer(line)
            } else {
                line.to_owned()
            }
        })
        .collect();
    let (given, value) = if nullable(n) {
        ("?14", "?15")
    } else {
        ("?13", "?14")
    };
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
    let owner_set = if nullable(n) {
        "CASE WHEN ?12 THEN ?13 ELSE owner_id END"
    } else {
        "coalesce(?12, owner_id)"
    };
    let owner_patch = if nullable(n) {
        "patch.owner_id.is_some(),\n                patch.owner_id.flatten(),"
    } else {
        "patch.owner_id,"
    };
    text.replace("EXTRA_GIVEN", given)
        .replace("EXTRA_VALUE", value)
        .replace("OWNER_READ", owner_read)
        .replace("OWNER_SET", owner_set)
        .replace("OWNER_PATCH", owner_patch)
        .replace("OWNER_ROW", &optional(&format!("Item{owner}")))
        .replace("OWNER_KEY", &optional("i32"))
        .replace("OWNER", &owner.to_string())
        .replace("OWNED", &part.to_string())
        .replace("PEER", &peer.to_string())
        .replace("PAIR", &(n / 2).to_string())
        .replace("SELF", &n.to_string())
}

/// A line of an entity with a column more.
fn longer(line: &str) -> String {
    MORE.iter().fold(line.to_owned(), |line, (after, more)| {
        line.replace(after, &format!("{after}{more}"))
    })
}
