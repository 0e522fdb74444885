//! The tables of a database, drawn: its catalogue and rows in, boxes side by side out.
//!
//! A double line is under the columns of the primary key; below a box stand its other keys and what it refers to.

use rusqlite::types::ValueRef;
use rusqlite::{Connection, Result, Row};

/// So wide a picture may be: what is shown of a page is seldom wider.
const WIDTH: usize = 96;
/// Between two boxes.
const GAP: &str = "   ";

/// All tables of a database, in the order in which they were made.
pub fn draw(conn: &Connection) -> Result<String> {
    let names = "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY rowid";
    let names = list(conn, names, "", |row| row.get::<_, String>(0))?;
    let mut lines: Vec<Vec<Vec<String>>> = Vec::new();
    for name in names.iter().filter(|name| !name.starts_with("sqlite_")) {
        let table = boxed(conn, name)?;
        let used: usize = lines.last().map_or(WIDTH, |line| {
            line.iter().map(|table| width(table) + GAP.len()).sum()
        });
        if used + width(&table) <= WIDTH {
            lines.last_mut().expect("a line").push(table);
        } else {
            assert!(width(&table) <= WIDTH, "{name} is too wide for a picture");
            lines.push(vec![table]);
        }
    }
    Ok(lines
        .iter()
        .map(|line| beside(line))
        .collect::<Vec<_>>()
        .join("\n"))
}

fn width(table: &[String]) -> usize {
    let widths = table.iter().map(|line| line.chars().count());
    widths.max().unwrap_or_default()
}

/// Puts tables side by side.
fn beside(tables: &[Vec<String>]) -> String {
    let height = tables.iter().map(Vec::len).max().unwrap_or_default();
    let mut text = String::new();
    for at in 0..height {
        let line = tables.iter().map(|table| {
            let part = table.get(at).map_or("", String::as_str);
            format!("{part:0$}", width(table))
        });
        text += line.collect::<Vec<_>>().join(GAP).trim_end();
        text += "\n";
    }
    text
}

/// What `sql` finds, of which `?1` is `argument` when it has one.
fn list<T>(
    conn: &Connection,
    sql: &str,
    argument: &str,
    read: impl FnMut(&Row<'_>) -> Result<T>,
) -> Result<Vec<T>> {
    let mut statement = conn.prepare(sql)?;
    let arguments = [argument];
    let number = statement.parameter_count();
    let rows = statement.query_map(rusqlite::params_from_iter(&arguments[..number]), read)?;
    rows.collect()
}

struct Column {
    name: String,
    in_key: bool,
    is_number: bool,
}

/// The lines of a table: its name, its rows in a box, and what the catalogue says of its keys.
fn boxed(conn: &Connection, table: &str) -> Result<Vec<String>> {
    let columns = "SELECT name, pk > 0, type IN ('INTEGER', 'REAL') FROM pragma_table_xinfo(?1)";
    let columns = list(conn, columns, table, |row| {
        Ok(Column {
            name: row.get(0)?,
            in_key: row.get(1)?,
            is_number: row.get(2)?,
        })
    })?;
    let key = "SELECT '\"' || name || '\"' FROM pragma_table_info(?1) WHERE pk > 0 ORDER BY pk";
    let key = list(conn, key, table, |row| row.get::<_, String>(0))?;
    let rows = format!("SELECT * FROM \"{table}\" ORDER BY {}", key.join(", "));
    let rows = list(conn, &rows, "", |row| {
        let cells = 0..columns.len();
        cells.map(|at| Ok(shown(row.get_ref(at)?))).collect()
    })?;
    let mut lines = vec![format!(" {table}")];
    lines.extend(frame(&columns, &rows));
    lines.extend(uniques(conn, table)?);
    lines.extend(references(conn, table)?);
    Ok(lines)
}

fn shown(value: ValueRef<'_>) -> String {
    match value {
        ValueRef::Null => "NULL".to_owned(),
        ValueRef::Integer(value) => value.to_string(),
        ValueRef::Real(value) => value.to_string(),
        ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
        ValueRef::Blob(bytes) => format!("{} bytes", bytes.len()),
    }
}

fn frame(columns: &[Column], rows: &[Vec<String>]) -> Vec<String> {
    let width = |at: usize| {
        let cells = rows.iter().map(|row| row[at].chars().count());
        let name = columns[at].name.chars().count();
        cells.max().unwrap_or_default().max(name)
    };
    let widths: Vec<usize> = (0..columns.len()).map(width).collect();
    let rule = |ends: [&str; 3]| {
        let parts = widths.iter().map(|width| "─".repeat(width + 2));
        let parts: Vec<String> = parts.collect();
        format!("{}{}{}", ends[0], parts.join(ends[1]), ends[2])
    };
    let line = |cells: Vec<String>| format!("│ {} │", cells.join(" │ "));
    let names = columns.iter().zip(&widths);
    let names = names.map(|(column, &width)| format!("{:width$}", column.name));
    let mut lines = vec![
        rule(["┌", "┬", "┐"]),
        line(names.collect()),
        under(columns, &widths),
    ];
    for row in rows {
        let cells = row.iter().zip(columns).zip(&widths);
        let cells = cells.map(|((cell, column), &width)| {
            if column.is_number {
                format!("{cell:>width$}")
            } else {
                format!("{cell:width$}")
            }
        });
        lines.push(line(cells.collect()));
    }
    lines.push(rule(["└", "┴", "┘"]));
    lines
}

/// The line under the names of the columns, double where they are of the primary key.
fn under(columns: &[Column], widths: &[usize]) -> String {
    let ends = |column: Option<&Column>, ends: [&'static str; 2]| {
        ends[usize::from(column.is_some_and(|column| column.in_key))]
    };
    let mut text = ends(columns.first(), ["├", "╞"]).to_owned();
    for (at, (column, width)) in columns.iter().zip(widths).enumerate() {
        if let Some(before) = at.checked_sub(1).map(|at| &columns[at]) {
            text += if before.in_key || column.in_key {
                "╪"
            } else {
                "┼"
            };
        }
        text += &if column.in_key { "═" } else { "─" }.repeat(width + 2);
    }
    text + ends(columns.last(), ["┤", "╡"])
}

/// The other keys of a table, with what they are limited to: ` unique (email) where deleted_at IS NULL`.
fn uniques(conn: &Connection, table: &str) -> Result<Vec<String>> {
    let sql = "SELECT list.name, coalesce(schema.sql, '') FROM pragma_index_list(?1) AS list \
         JOIN sqlite_schema AS schema ON schema.name = list.name \
         WHERE \"unique\" AND origin <> 'pk' ORDER BY list.name";
    let indexes = list(conn, sql, table, |row| {
        Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?))
    })?;
    let mut lines = Vec::new();
    for (index, sql) in indexes {
        let columns = "SELECT name FROM pragma_index_info(?1) ORDER BY seqno";
        let columns = list(conn, columns, &index, |row| row.get::<_, String>(0))?;
        let limit = sql.split_once(" WHERE ").map(|(_, limit)| limit);
        let limit = limit.map(|limit| format!(" where {limit}"));
        let limit = limit.unwrap_or_default();
        lines.push(format!(" unique ({}){limit}", columns.join(", ")));
    }
    Ok(lines)
}

/// What a table refers to, in the order of its columns: ` album_id → albums.id (cascade)`.
fn references(conn: &Connection, table: &str) -> Result<Vec<String>> {
    let keys = "SELECT id, \"table\", group_concat(\"from\", ', ' ORDER BY seq), \
         group_concat(\"to\", ', ' ORDER BY seq), lower(on_delete) \
         FROM pragma_foreign_key_list(?1) GROUP BY id, \"table\" ORDER BY id DESC";
    list(conn, keys, table, |row| {
        let [target, from, to, action]: [String; 4] =
            [row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?];
        let action = match action.as_str() {
            "no action" => String::new(),
            action => format!(" ({action})"),
        };
        let (from, to) = if from.contains(',') {
            (format!("({from})"), format!("({to})"))
        } else {
            (from, to)
        };
        Ok(format!(" {from} → {target}.{to}{action}"))
    })
}
