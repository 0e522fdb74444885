//! The table of types of the page: what relata writes.

use relata::Dialect;

use crate::databases::{DIALECTS, ddl};
use crate::page::rows;

/// The type of the column `value` in DDL: what stands between its name and NOT NULL.
fn written(sql: &str, dialect: Dialect) -> &str {
    let name = match dialect {
        Dialect::Mysql => "`value` ",
        _ => "\"value\" ",
    };
    let mut lines = sql.lines().map(str::trim);
    let line = lines.find_map(|line| line.strip_prefix(name));
    let end = line.and_then(|line| line.split_once(" NOT NULL"));
    end.expect("a column").0
}

/// What stands in backticks first.
fn code(cell: &str) -> &str {
    cell.split('`').nth(1).unwrap_or_default()
}

#[test]
fn the_types_of_columns() {
    let rows = rows("Types");
    assert!(rows.len() > 20, "{rows:?}");
    for row in rows {
        let native = !row[0].contains("native: false");
        let spec = format!(
            "
enums:
  Genre: {{ variants: [novel, essay], native: {native} }}
entities:
  Sample:
    columns:
      id:    {{ type: integer, primary_key: true }}
      value: {{ type: \"{}\" }}
",
            code(&row[0])
        );
        for (cell, dialect) in row[1..].iter().zip(DIALECTS) {
            let found = ddl(&spec, dialect);
            if cell == "none" {
                let report = found.expect_err("a report");
                assert!(report.contains("E0215"), "{report}");
                continue;
            }
            let sql = found.unwrap_or_else(|report| panic!("{report}"));
            assert_eq!(written(&sql, dialect), code(cell), "{}", row[0]);
            let check = sql.contains("ck_samples_value_");
            assert_eq!(check, cell.contains(", with a check"), "{sql}");
        }
    }
}
