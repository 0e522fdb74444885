//! What a dialect can just hold loads into it and reads back; one more is refused before.

use super::specs::{Load, reads_back};
use super::{mysql, postgres, sqlite};
use crate::builder::{Builder, Error, Wanted};
use crate::model::Dialect;

/// A spec with a place for a number, `@`, and the greatest one that fits.
struct Limit {
    what: &'static str,
    spec: fn(usize) -> String,
    most: usize,
}

fn entity(columns: &str, rest: &str) -> String {
    let id = "id: { type: integer, primary_key: true }";
    format!("entities: {{ A: {{ columns: {{ {id}, {columns} }}, {rest} }} }}")
}

/// `count` columns of a type.
fn columns(count: usize, ty: &str) -> String {
    let each = (0..count).map(|number| format!("c{number}: {ty}"));
    each.collect::<Vec<_>>().join(", ")
}

fn labels(length: usize) -> String {
    let label = "ä".repeat(length);
    format!(
        "enums: {{ E: {{ one: {label} }} }}\n{}",
        entity("e: { type: E, default: one }", "")
    )
}

fn key_of(count: usize) -> String {
    let names: Vec<String> = (0..count).map(|number| format!("c{number}")).collect();
    entity(
        &columns(count, "smallint"),
        &format!("unique: [[{}]]", names.join(", ")),
    )
}

const MYSQL: [Limit; 14] = [
    Limit {
        what: "characters of a key",
        spec: |most| entity(&format!("c: {{ type: string({most}), unique: true }}"), ""),
        most: 768,
    },
    Limit {
        what: "bytes of a key of two columns",
        spec: |most| {
            let columns = format!("a: string(384), b: bytes({most})");
            entity(&columns, "unique: [[a, b]]")
        },
        most: 1536,
    },
    Limit {
        what: "bytes of an index with numbers",
        spec: |most| {
            let columns =
                format!("a: date, b: timestamp, c: \"decimal(19,6)\", d: time, e: bytes({most})");
            entity(&columns, "indexes: [{ columns: [a, b, c, d, e] }]")
        },
        // 3 bytes of a date, 8 of a moment, 6 and 3 of a decimal, 6 of a time.
        most: 3072 - 3 - 8 - 9 - 6,
    },
    Limit {
        what: "columns of a key",
        spec: key_of,
        most: 16,
    },
    Limit {
        what: "columns of a table, beside the key",
        spec: |most| entity(&columns(most, "smallint"), ""),
        most: 1016,
    },
    Limit {
        what: "indexes of a table, beside the key",
        spec: |most| entity(&columns(most, "{ type: smallint, index: true }"), ""),
        most: 63,
    },
    Limit {
        what: "bytes of a row",
        // 4 of the key, 2 of a length and 64,000 of the text, 2 of the other length.
        spec: |most| entity(&format!("a: string(16000), b: bytes({most})"), ""),
        most: 65_535 - 4 - 64_002 - 2,
    },
    Limit {
        what: "bytes of a row with NULL and long text",
        // Besides 12 of a pointer, and a bit for each column that may be NULL.
        spec: |most| {
            entity(
                &format!("a: string(16000)?, b: bytes({most})?, c: text?"),
                "",
            )
        },
        most: 65_535 - 4 - 64_002 - 2 - 12 - 1,
    },
    Limit {
        what: "short texts of a row",
        spec: |most| entity(&columns(most, "string(63)"), ""),
        most: 32,
    },
    Limit {
        what: "long texts of a row",
        spec: |most| entity(&columns(most, "text"), ""),
        most: 385,
    },
    Limit {
        what: "UUIDs of a row",
        spec: |most| entity(&columns(most, "uuid"), ""),
        most: 506,
    },
    Limit {
        what: "bytes that a row keeps",
        // 18 of every row, 4 of the key, 31 times 256, 1 of a length.
        spec: |most| {
            let bytes = columns(31, "bytes(255)");
            entity(&format!("{bytes}, d: bytes({most})"), "")
        },
        most: 8125 - 18 - 4 - 31 * 256 - 1,
    },
    Limit {
        what: "decimals of a row",
        spec: |most| entity(&columns(most, "\"decimal(18,10)\""), ""),
        // 4 bytes for 8 digits, 4 and 1 for 10.
        most: 900,
    },
    Limit {
        what: "characters of a label",
        spec: labels,
        most: 255,
    },
];

const POSTGRES: [Limit; 3] = [
    Limit {
        what: "columns of a key",
        spec: key_of,
        most: 32,
    },
    Limit {
        what: "columns of a table, beside the key",
        spec: |most| entity(&columns(most, "smallint"), ""),
        most: 1599,
    },
    Limit {
        // Two bytes each.
        what: "characters of a label",
        spec: labels,
        most: 31,
    },
];

const SQLITE: [Limit; 1] = [Limit {
    what: "columns of a table, beside the key",
    spec: |most| entity(&columns(most, "smallint"), ""),
    most: 1999,
}];

fn hold(limits: &[Limit], dialect: Dialect, load: Load<'_>) {
    let mut wrong = Vec::new();
    for Limit { what, spec, most } in limits {
        let of = |number: usize| {
            let builder = Builder::from_reader("limit.yaml", spec(number).as_bytes());
            builder.expect("a spec").dialects([dialect])
        };
        match reads_back(&of(*most), "limit", dialect, load) {
            Ok(found) if found.is_empty() => {}
            other => wrong.push(format!("{most} {what}: {other:?}")),
        }
        let beyond = of(most + 1);
        match beyond.plan(beyond.spec.read(), Wanted::Sql) {
            Err(Error::Spec(report)) if report.findings()[0].code.as_str() == "E0215" => {}
            other => wrong.push(format!("{} {what}: {:?}", most + 1, other.map(drop))),
        }
    }
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

#[test]
fn limits_are_those_of_relata_on_sqlite() {
    hold(&SQLITE, Dialect::Sqlite, &sqlite::load);
}

#[test]
#[ignore = "needs MariaDB: tests/run --install brings it"]
fn limits_are_those_of_relata_on_mysql() {
    hold(&MYSQL, Dialect::Mysql, &mysql::load);
}

#[test]
#[ignore = "needs PostgreSQL: tests/run --install brings it"]
fn limits_are_those_of_relata_on_postgres() {
    hold(&POSTGRES, Dialect::Postgres, &postgres::load);
}
