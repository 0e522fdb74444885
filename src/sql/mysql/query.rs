//! The statements of MySQL and MariaDB.
//!
//! Parameters have numbers, as one may stand in a text several times; whoever runs it puts `?` for them. Where a text is
//! several statements, it says so where it is made ([`Upsert`](crate::sql::statement::Upsert), [`RowSql`](
//! crate::sql::statement::RowSql)): these have neither RETURNING, which MariaDB has for INSERT alone, nor ON CONFLICT. ON
//! DUPLICATE KEY and INSERT IGNORE are none: they fall for any key, and the latter for any mistake.
//!
//! Sources are chapters of the MySQL 8.4 manual: 14.17.6 (`JSON_TABLE`), 15.2.4 (locking reads), 15.2.7 and 15.2.17 (INSERT,
//! UPDATE), 15.2.15.12 (what sub-selects cannot), 14.15 (`LAST_INSERT_ID`).

use crate::model::sql::Reading;
use crate::model::{ColumnId, Dialect, Model, Table, Type};
use crate::naming;
use crate::sql::dialect::{Grammar, KeySource, QueryGrammar, Stands};

use super::{COLLATE, Mysql, drop, type_name};

impl QueryGrammar for Mysql {
    /// A value brings its type with it, but for decimals, which are text on their way: beside a column the server would
    /// take both for floating numbers. And text has the collation of the connection where no column gives it another.
    fn parameter(&self, number: usize, stands: Stands<'_>) -> String {
        let of = |ty: &Type| match ty.base() {
            // As many digits as there can be: it is the column that says what is too much.
            Type::Decimal { scale, .. } => format!("CAST(?{number} AS DECIMAL(65, {scale}))"),
            _ => format!("?{number}"),
        };
        match stands {
            Stands::Compared(ty) if is_text(ty) => {
                format!("CONVERT(?{number} USING utf8mb4) {COLLATE}")
            }
            Stands::Beside(ty) | Stands::Alone(ty) | Stands::Compared(ty) => of(ty),
            Stands::Flag | Stands::Count => format!("?{number}"),
        }
    }

    fn next_placeholder(&self) -> &'static str {
        "?"
    }

    fn distinct(&self, left: &str, right: &str) -> String {
        format!("NOT ({left} <=> {right})")
    }

    /// In a database with another character set, MariaDB would read the items in that one.
    fn key_source(&self, number: usize, types: &[&Type]) -> KeySource {
        let column = |name: &str| format!("`relata_keys`.`{name}`");
        let name = |place: usize| match types.len() {
            1 => "relata_key".to_owned(),
            _ => format!("relata_key_{}", place + 1),
        };
        let path = |place: usize| match types.len() {
            1 => "$".to_owned(),
            _ => format!("$[{place}]"),
        };
        let types = types.iter().enumerate();
        let columns = types.clone().map(|(place, ty)| {
            let (name, path) = (name(place), path(place));
            format!(", `{name}` {} PATH '{path}'", in_json(ty))
        });
        let fields = types.clone().map(|(place, ty)| match ty.base() {
            Type::Bytes(_) | Type::Uuid => format!("unhex({})", column(&name(place))),
            _ => column(&name(place)),
        });
        let place = column("relata_place");
        let keys = types.map(|(place, _)| column(&name(place)));
        KeySource {
            from: format!(
                "JSON_TABLE(?{number}, '$[*]' COLUMNS (`relata_place` FOR ORDINALITY{})) AS `relata_keys`",
                columns.collect::<String>()
            ),
            fields: fields.collect(),
            // It is without a sign in MySQL.
            place: format!("CAST({place} - 1 AS SIGNED)"),
            grouped: std::iter::once(place.clone()).chain(keys).collect(),
        }
    }

    /// In UPDATE and DELETE, MariaDB would open the JSON again for every row. Like this it is a table with an index.
    fn not_among(&self, columns: &[String], fields: &[String], from: &str) -> String {
        let names = (1..=fields.len()).map(|number| format!("`relata_{number}`"));
        let listed = fields.iter().zip(names.clone());
        let listed: Vec<String> = listed
            .map(|(field, name)| format!("{field} AS {name}"))
            .collect();
        let same = columns.iter().zip(names);
        let same: Vec<String> = same
            .map(|(column, name)| format!("`relata_listed`.{name} = {column}"))
            .collect();
        format!(
            "NOT EXISTS (SELECT 1 FROM (SELECT DISTINCT {} FROM {from}) AS `relata_listed` WHERE {})",
            listed.join(", "),
            same.join(" AND ")
        )
    }

    fn listed(&self, columns: &[String], not: bool, number: usize, types: &[&Type]) -> String {
        let KeySource { from, fields, .. } = self.key_source(number, types);
        if not {
            return self.not_among(columns, &fields, &from);
        }
        let (columns, fields) = (columns.join(", "), fields.join(", "));
        format!("({columns}) IN (SELECT {fields} FROM {from})")
    }

    /// An estimate says nothing of the number of keys.
    fn ordered_join(&self) -> &'static str {
        " STRAIGHT_JOIN "
    }

    fn wants_names(&self) -> bool {
        true
    }

    /// MySQL has EXCEPT since 8.0.31. What the transaction has just written to it has to be seen as it is, and what it has
    /// left alone too.
    fn missing(&self, number: usize, types: &[&Type], picked: &[usize], found: &str) -> String {
        let KeySource { from, fields, .. } = self.key_source(number, types);
        let fields: Vec<&str> = picked.iter().map(|place| fields[*place].as_str()).collect();
        self.exists(&format!(
            "SELECT 1 FROM {from} WHERE ({}) NOT IN ({found}{})",
            fields.join(", "),
            self.as_it_is()
        ))
    }

    fn no_values(&self) -> &'static str {
        "() VALUES ()"
    }

    fn row_lock(&self) -> Option<&'static str> {
        Some(" FOR UPDATE")
    }

    /// MySQL has FOR SHARE too, MariaDB has not.
    fn as_it_is(&self) -> &'static str {
        " LOCK IN SHARE MODE"
    }

    fn last_counted(&self) -> Option<&'static str> {
        Some("last_insert_id()")
    }

    /// MySQL puts the table before it, and a point.
    fn key_name(&self, table: &Table, columns: &[ColumnId]) -> String {
        let is_it = |key: &[ColumnId]| {
            key.len() == columns.len() && key.iter().all(|column| columns.contains(column))
        };
        if is_it(&table.primary_key.columns) {
            return "PRIMARY".to_owned();
        }
        let name = table.uniques.iter().find(|key| is_it(&key.columns));
        name.map_or_else(String::new, |key| match self.dialect().longest_name() {
            Some(limit) => naming::shorten(&key.name, limit).into_owned(),
            None => key.name.clone(),
        })
    }

    fn reads_what_it_writes(&self) -> bool {
        false
    }

    /// Without comments: whoever runs a text has to tell its statements and parameters from what is quoted, and should not
    /// have to know more of the language.
    fn users_sql(&self, sql: &str) -> String {
        match Reading::of(Dialect::Mysql) {
            [reading, ..] => reading.without_comments(sql),
            [] => sql.to_owned(),
        }
    }

    fn drop_tables(&self, model: &Model) -> Vec<String> {
        drop::statements(model)
    }
}

fn is_text(ty: &Type) -> bool {
    matches!(ty.base(), Type::String(_) | Type::Text | Type::Enum(_))
}

/// The type of a value of `ty` in JSON, which has no bytes: they are hexadecimal digits.
fn in_json(ty: &Type) -> String {
    let text = |most: Option<u32>| match most {
        Some(most) => format!("VARCHAR({most}) CHARACTER SET utf8mb4 {COLLATE}"),
        None => format!("LONGTEXT CHARACTER SET utf8mb4 {COLLATE}"),
    };
    match ty.base() {
        // One more than there can be: MariaDB cuts off what is too long, and then it may be what is there.
        Type::String(most) => text(Some(most.unwrap_or(super::STRING_IN_MYSQL) + 1)),
        Type::Enum(of) => text(Some(of.length_as_text() + 1)),
        Type::Text | Type::Json | Type::List(_) => text(None),
        Type::Uuid => text(Some(32)),
        Type::Bytes(most) => text(
            most.map(|most| most.saturating_mul(2))
                .filter(|most| *most < 16_000),
        ),
        Type::Boolean => "TINYINT".to_owned(),
        other => type_name(other),
    }
}
