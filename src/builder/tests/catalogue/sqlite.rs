//! SQLite's catalogue: its pragmas, and the text of CREATE TABLE for what they leave out: names of constraints, checks
//! and comments.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, Params, Row};

use super::{Catalogue, Column, ForeignKey, Index, Key, Made, Table};

mod text;

use text::{Constraint, Text};

/// Loads `ddl` into an empty database and reads what has become of it.
pub(in crate::builder::tests) fn load(ddl: &str) -> Result<Catalogue, String> {
    let conn = Connection::open_in_memory().expect("a database in memory");
    conn.execute_batch(ddl).map_err(|error| error.to_string())?;
    let tables = all(
        &conn,
        "SELECT name, strict, wr, sql FROM pragma_table_list JOIN sqlite_schema USING (name, type)
         WHERE schema = 'main' AND type = 'table'",
        (),
        |row| {
            let name: String = row.get(0)?;
            let options: &[&str] = match (row.get(1)?, row.get(2)?) {
                (true, true) => &["STRICT", "WITHOUT ROWID"],
                (true, false) => &["STRICT"],
                (false, true) => &["WITHOUT ROWID"],
                (false, false) => &[],
            };
            Ok((name, options.join(", "), row.get::<_, String>(3)?))
        },
    );
    let tables = tables.into_iter().map(|(name, options, sql)| {
        let read = Reader {
            conn: &conn,
            table: &name,
            text: Text::of(&sql),
        };
        let table = read.table(options);
        (name, table)
    });
    Ok(Catalogue {
        tables: tables.collect(),
        enums: BTreeMap::new(),
    })
}

fn all<T>(
    conn: &Connection,
    sql: &str,
    params: impl Params,
    read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
) -> Vec<T> {
    let mut statement = conn.prepare(sql).expect("a query of the catalogue");
    let rows = statement.query_map(params, read).expect("rows");
    rows.collect::<Result<_, _>>().expect("a row as expected")
}

/// Reads one table.
struct Reader<'a> {
    conn: &'a Connection,
    table: &'a str,
    text: Text,
}

impl Reader<'_> {
    fn table(&self, options: String) -> Table {
        let key = all(
            self.conn,
            "SELECT name FROM pragma_table_xinfo(?1) WHERE pk > 0 ORDER BY pk",
            [self.table],
            |row| row.get(0),
        );
        let has_rowid = !options.contains("WITHOUT ROWID");
        let counted = (key.len() == 1 && has_rowid).then(|| &key[0]);
        Table {
            columns: self.columns(counted),
            options,
            comment: None,
            primary_key: Key {
                name: self.named("PRIMARY", &key, None),
                columns: key,
            },
            uniques: self.uniques(),
            foreign_keys: self.foreign_keys(),
            indexes: self.indexes(),
            checks: self.checks(),
        }
    }

    /// `key` is the column that is the rowid where its type is INTEGER.
    fn columns(&self, key: Option<&String>) -> Vec<Column> {
        all(
            self.conn,
            r#"SELECT name, type, "notnull", dflt_value IS NOT NULL, hidden FROM pragma_table_xinfo(?1) ORDER BY cid"#,
            [self.table],
            |row| {
                let name: String = row.get(0)?;
                let ty: String = row.get(1)?;
                let hidden: u8 = row.get(4)?;
                Ok(Column {
                    nullable: !row.get(2)?,
                    default: row.get(3)?,
                    made: match hidden {
                        3 => Made::Stored,
                        2 => Made::Virtual,
                        _ if key == Some(&name) && ty == "INTEGER" => Made::Counted,
                        _ => Made::Written,
                    },
                    comment: self.text.comments.get(&name).cloned(),
                    name,
                    ty,
                })
            },
        )
    }

    /// Constraints are named by their columns: the pragmas know those alone.
    fn uniques(&self) -> BTreeMap<String, Vec<String>> {
        let keys = self.index_list("origin = 'u'").into_iter();
        keys.map(|(index, ..)| {
            let columns = self.index_columns(&index);
            let name = self.named("UNIQUE", &columns, None);
            (name.unwrap_or(index), columns)
        })
        .collect()
    }

    fn indexes(&self) -> BTreeMap<String, Index> {
        let indexes = self.index_list("origin = 'c'").into_iter();
        indexes
            .map(|(name, unique, partial)| {
                let columns = self.index_columns(&name);
                let index = Index {
                    columns,
                    unique,
                    partial,
                };
                (name, index)
            })
            .collect()
    }

    fn index_list(&self, which: &str) -> Vec<(String, bool, bool)> {
        let sql =
            format!(r#"SELECT name, "unique", partial FROM pragma_index_list(?1) WHERE {which}"#);
        all(self.conn, &sql, [self.table], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })
    }

    fn index_columns(&self, index: &str) -> Vec<String> {
        all(
            self.conn,
            "SELECT coalesce(name, 'an expression') FROM pragma_index_info(?1) ORDER BY seqno",
            [index],
            |row| row.get(0),
        )
    }

    fn foreign_keys(&self) -> BTreeMap<String, ForeignKey> {
        let rows = all(
            self.conn,
            r#"SELECT id, "table", on_delete, on_update, "from", coalesce("to", 'its key')
               FROM pragma_foreign_key_list(?1) ORDER BY id, seq"#,
            [self.table],
            |row| {
                let key = ForeignKey {
                    target: row.get(1)?,
                    on_delete: row.get(2)?,
                    on_update: row.get(3)?,
                    ..ForeignKey::default()
                };
                Ok((row.get::<_, u32>(0)?, key, row.get(4)?, row.get(5)?))
            },
        );
        let mut keys: BTreeMap<u32, ForeignKey> = BTreeMap::new();
        for (id, key, column, target_column) in rows {
            let key = keys.entry(id).or_insert(key);
            key.columns.push(column);
            key.target_columns.push(target_column);
        }
        keys.into_iter()
            .map(|(id, key)| {
                let name = self.named("FOREIGN", &key.columns, Some(&key.target));
                (name.unwrap_or(format!("number {id}")), key)
            })
            .collect()
    }

    fn checks(&self) -> BTreeSet<String> {
        let checks = self.text.constraints.iter();
        let checks = checks.filter(|constraint| constraint.kind == "CHECK");
        checks.map(|constraint| constraint.name.clone()).collect()
    }

    /// The name that the text of the table gives to the constraint of `kind` over `columns`.
    fn named(&self, kind: &str, columns: &[String], target: Option<&String>) -> Option<String> {
        let is_it = |constraint: &&Constraint| {
            constraint.kind == kind
                && constraint.columns == columns
                && constraint.target.as_ref() == target
        };
        let constraint = self.text.constraints.iter().find(is_it);
        constraint.map(|constraint| constraint.name.clone())
    }
}
