//! PostgreSQL's catalogue, `pg_catalog`.

use std::collections::BTreeMap;

use postgres::{Client, Row};

use super::server::PostgresDatabase;
use super::{Catalogue, Column, Enum, ForeignKey, Index, Made, Table};

/// Loads `ddl` into an empty database and reads what has become of it.
pub(in crate::builder::tests) fn load(ddl: &str) -> Result<Catalogue, String> {
    let database = PostgresDatabase::new();
    let mut client = database.connect();
    let loaded = client.batch_execute(ddl);
    loaded.map_err(|error| {
        error
            .as_db_error()
            .map_or(error.to_string(), ToString::to_string)
    })?;
    let mut read = Reader {
        client,
        tables: BTreeMap::new(),
    };
    read.tables();
    read.columns();
    read.constraints();
    read.indexes();
    let enums = read.enums();
    Ok(Catalogue {
        tables: read.tables,
        enums,
    })
}

struct Reader {
    client: Client,
    tables: BTreeMap<String, Table>,
}

/// The names of the columns of the table `{table}` whose numbers are the array `{numbers}`, in its order.
const COLUMNS: &str =
    "ARRAY(SELECT coalesce(attname::text, 'an expression') FROM unnest({numbers}) WITH ORDINALITY AS key (number, place)
     LEFT JOIN pg_attribute ON attrelid = {table} AND attnum = number ORDER BY place)";

fn columns(table: &str, numbers: &str) -> String {
    COLUMNS
        .replace("{table}", table)
        .replace("{numbers}", numbers)
}

impl Reader {
    fn all(&mut self, sql: &str) -> Vec<Row> {
        self.client
            .query(sql, &[])
            .expect("a query of the catalogue")
    }

    /// The table of a row, whose first column is its name.
    fn table(&mut self, row: &Row) -> &mut Table {
        let name: &str = row.get(0);
        self.tables.get_mut(name).expect("a table that was read")
    }

    fn tables(&mut self) {
        let rows = self.all(
            "SELECT relname::text, obj_description(oid, 'pg_class') FROM pg_class
             WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')",
        );
        for row in rows {
            let table = Table {
                comment: row.get(1),
                ..Table::default()
            };
            self.tables.insert(row.get(0), table);
        }
    }

    fn columns(&mut self) {
        let rows = self.all(
            "SELECT relname::text, attname::text, CASE typtype WHEN 'e' THEN 'enum ' || typname ELSE
                 format_type(atttypid, atttypmod) END, NOT attnotnull, atthasdef, attidentity::text,
                 attgenerated::text, col_description(pg_class.oid, attnum)
             FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid JOIN pg_type ON pg_type.oid = atttypid
             WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND attnum > 0 AND NOT attisdropped
             ORDER BY relname, attnum",
        );
        for row in rows {
            let made = match (row.get(5), row.get(6)) {
                ("", "") => Made::Written,
                ("", "s") => Made::Stored,
                ("", "v") => Made::Virtual,
                // BY DEFAULT: whoever gives a key may do so. With ALWAYS it would be refused.
                ("d", "") => Made::Counted,
                other => panic!("{other:?} makes a column's values"),
            };
            let column = Column {
                name: row.get(1),
                ty: row.get(2),
                nullable: row.get(3),
                // The expression of a computed column is kept as a default.
                default: row.get(4) && !matches!(made, Made::Stored | Made::Virtual),
                made,
                comment: row.get(7),
            };
            self.table(&row).columns.push(column);
        }
    }

    fn constraints(&mut self) {
        let own = columns("conrelid", "conkey");
        let target = columns("confrelid", "confkey");
        let rows = self.all(&format!(
            "SELECT of.relname::text, conname::text, contype::text, {own}, target.relname::text, {target},
                 confdeltype::text, confupdtype::text
             FROM pg_constraint JOIN pg_class of ON of.oid = conrelid
             LEFT JOIN pg_class target ON target.oid = confrelid
             WHERE connamespace = 'public'::regnamespace AND contype <> 'n'"
        ));
        for row in rows {
            let (name, columns): (String, Vec<String>) = (row.get(1), row.get(3));
            let kind: &str = row.get(2);
            let table = self.table(&row);
            match kind {
                "p" => {
                    table.primary_key.name = Some(name);
                    table.primary_key.columns = columns;
                }
                "u" => drop(table.uniques.insert(name, columns)),
                "c" => drop(table.checks.insert(name)),
                "f" => {
                    let key = ForeignKey {
                        columns,
                        target: row.get(4),
                        target_columns: row.get(5),
                        on_delete: action(row.get(6)),
                        on_update: action(row.get(7)),
                    };
                    table.foreign_keys.insert(name, key);
                }
                other => panic!("{name} is a constraint of the kind {other}"),
            }
        }
    }

    fn indexes(&mut self) {
        let columns = columns("indrelid", "indkey::smallint[]");
        let rows = self.all(&format!(
            "SELECT of.relname::text, index.relname::text, {columns}, indisunique, indpred IS NOT NULL
             FROM pg_index JOIN pg_class of ON of.oid = indrelid JOIN pg_class index ON index.oid = indexrelid
             WHERE of.relnamespace = 'public'::regnamespace AND of.relkind IN ('r', 'p')
             AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid AND contype IN ('p', 'u', 'x'))"
        ));
        for row in rows {
            let index = Index {
                columns: row.get(2),
                unique: row.get(3),
                partial: row.get(4),
            };
            self.table(&row).indexes.insert(row.get(1), index);
        }
    }

    fn enums(&mut self) -> BTreeMap<String, Enum> {
        let rows = self.all(
            "SELECT typname::text, obj_description(pg_type.oid, 'pg_type'),
                 array_agg(enumlabel::text ORDER BY enumsortorder)
             FROM pg_type JOIN pg_enum ON enumtypid = pg_type.oid
             WHERE typnamespace = 'public'::regnamespace GROUP BY pg_type.oid",
        );
        let read = |row: &Row| Enum {
            comment: row.get(1),
            labels: row.get(2),
        };
        rows.iter().map(|row| (row.get(0), read(row))).collect()
    }
}

fn action(letter: &str) -> String {
    let words = match letter {
        "a" => "NO ACTION",
        "r" => "RESTRICT",
        "c" => "CASCADE",
        "n" => "SET NULL",
        "d" => "SET DEFAULT",
        other => panic!("{other} is an action"),
    };
    words.to_owned()
}
