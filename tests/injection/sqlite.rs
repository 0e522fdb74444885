//! What SQLite makes of the SQL.

use std::collections::BTreeSet;

use rusqlite::Connection;

/// A table that hostile SQL drops.
const VICTIM: &str = "CREATE TABLE victim (a)";

fn load(ddl: &str) -> Result<Connection, String> {
    let conn = Connection::open_in_memory().expect("a database");
    conn.execute_batch(VICTIM).expect("a table");
    match conn.execute_batch(ddl) {
        Ok(()) => Ok(conn),
        Err(error) => Err(error.to_string()),
    }
}

fn names(conn: &Connection, what: &str) -> BTreeSet<String> {
    let sql = format!("SELECT {what} FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'");
    let mut statement = conn.prepare(&sql).expect("a query");
    let rows = statement.query_map([], |row| row.get(0)).expect("rows");
    rows.collect::<Result<_, _>>().expect("names")
}

/// The SQL loads, and makes the tables and indexes that it makes with a harmless word; their names may differ by it.
pub fn same(ddl: &str, harmless: &str, loads: bool, words: bool) -> Result<(), String> {
    let wanted = load(harmless).expect("what is harmless loads");
    let found = match load(ddl) {
        Ok(found) => found,
        // SQL of the user means what it means.
        Err(_) if !loads => return Ok(()),
        Err(error) => return Err(format!("{error}\n{ddl}")),
    };
    let count = |conn: &Connection| -> (i64, i64) {
        let sql = "SELECT count(*) FILTER (WHERE type = 'table'), count(*) FROM sqlite_schema";
        conn.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?)))
            .expect("a row")
    };
    if !words && count(&found) != count(&wanted) {
        return Err(format!("other tables: {:?}", names(&found, "sql")));
    }
    if names(&found, "name").contains("victim") {
        Ok(())
    } else {
        Err("a table is gone".into())
    }
}

/// What SQLite says of the string, which stands in the hole of this name.
pub fn arrived(hole: &str, ddl: &str, text: &str) -> Result<(), String> {
    let conn = || load(ddl);
    let given = |table: &str, column: &str| -> Result<(), String> {
        let conn = conn()?;
        conn.pragma_update(None, "ignore_check_constraints", true)
            .expect("a setting");
        let insert = format!("INSERT INTO {table} DEFAULT VALUES RETURNING {column}");
        let found: Result<String, _> = conn.query_row(&insert, [], |row| row.get(0));
        match found {
            Ok(found) if found == text => Ok(()),
            found => Err(format!("the row has {found:?}")),
        }
    };
    let called = |what: &str| -> Result<(), String> {
        let found = names(&conn()?, what);
        if found.contains(text) {
            Ok(())
        } else {
            Err(format!("the catalogue has {found:?}"))
        }
    };
    match hole {
        "Column.default of tested" => given("clubs", "name"),
        "Entity.table" | "Entity.table of tested" | "Secondary.table" | "Index.name" => {
            called("name")
        }
        "Column.name" => {
            let conn = conn()?;
            let sql = "SELECT count(*) FROM pragma_table_info('things') WHERE name = ?1";
            let count: i64 = conn
                .query_row(sql, [text], |row| row.get(0))
                .expect("a row");
            (count == 1)
                .then_some(())
                .ok_or_else(|| "no column is called so".into())
        }
        "Variant of text" | "Variant.value of text" => {
            let conn = conn()?;
            let sql = "CREATE TABLE copy AS SELECT 1; INSERT INTO things (a, b, d, e) VALUES ('harmless', 'x', 'low', 'small')";
            drop(conn.execute_batch(sql));
            let stored = conn.execute(
                "INSERT INTO things (a, b, d, e) VALUES ('harmless', ?1, 'low', 'small')",
                [text],
            );
            stored.map(drop).map_err(|error| error.to_string())
        }
        _ => Ok(()),
    }
}
