//! The statements of PostgreSQL.
//!
//! A parameter has the type of its column, which is said wherever the server would not find it out, or would find
//! another one. A list of keys is an array; where a key has several columns, it is JSON, an array of arrays, whose items
//! are numbers, booleans and else texts in the form that a literal has, bytes in hexadecimal digits. Arrays of an enum
//! are arrays of text, as the number of the type that the server gives an enum is known to no driver beforehand.
//!
//! Sources are chapters of the manual, numbered as in version 18: 7.2.1.4 (functions in FROM, WITH ORDINALITY), 7.8.4 (data-
//! modifying statements in WITH), 9.16 (JSON), 9.19 (arrays), 9.25 (comparison with arrays), 13.3.2 (row locks), DROP TABLE.

use crate::model::{Model, Type};
use crate::naming::database;
use crate::sql::dialect::{Grammar, KeySource, QueryGrammar, Stands};

use super::Postgres;

/// What generated SQL calls a list of keys.
const KEYS: &str = r#""relata_keys""#;

impl QueryGrammar for Postgres {
    fn parameter(&self, number: usize, stands: Stands<'_>) -> String {
        match stands {
            Stands::Beside(ty) if !is_array_of_enum(ty) => format!("${number}"),
            Stands::Beside(ty) | Stands::Alone(ty) | Stands::Compared(ty) => {
                format!("${number}::{}", self.value_type(ty))
            }
            Stands::Flag => format!("${number}::boolean"),
            Stands::Count => format!("${number}::bigint"),
        }
    }

    /// Statements number all of them.
    fn next_placeholder(&self) -> &'static str {
        ""
    }

    /// The server refuses a statement where it finds no type for a parameter.
    fn seen(&self, number: usize, ty: &Type) -> Option<String> {
        let parameter = self.parameter(number, Stands::Alone(ty));
        Some(format!("({parameter} IS NULL) IS NOT NULL"))
    }

    fn key_parameter(&self, number: usize, types: &[&Type]) -> String {
        match types {
            [only] if !is_list(only) => self.array(number, only),
            _ => format!("${number}::jsonb"),
        }
    }

    fn distinct(&self, left: &str, right: &str) -> String {
        format!("{left} IS DISTINCT FROM {right}")
    }

    /// An index serves `= ANY`, and hardly a sub-select.
    fn listed(&self, columns: &[String], not: bool, number: usize, types: &[&Type]) -> String {
        match (columns, types) {
            ([column], [ty]) if !is_list(ty) => {
                let word = if not { "<> ALL" } else { "= ANY" };
                format!("{column} {word} ({})", self.array(number, ty))
            }
            _ => {
                let word = if not { "NOT IN" } else { "IN" };
                let all: Vec<usize> = (0..types.len()).collect();
                let keys = self.key_list(number, types, &all);
                format!("({}) {word} ({keys})", columns.join(", "))
            }
        }
    }

    fn key_source(&self, number: usize, types: &[&Type]) -> KeySource {
        let [key, place] = ["key", "place"].map(|column| format!(r#"{KEYS}."{column}""#));
        let list = self.key_parameter(number, types);
        let (function, fields) = match types {
            [only] if !is_list(only) => (format!("unnest({list})"), vec![key.clone()]),
            _ => {
                let types = types.iter().enumerate();
                let fields = types.map(|(place, ty)| self.field(&key, place, ty));
                (format!("jsonb_array_elements({list})"), fields.collect())
            }
        };
        KeySource {
            from: format!(r#"{function} WITH ORDINALITY AS {KEYS} ("key", "place")"#),
            fields,
            place: format!("{place} - 1"),
            grouped: vec![place, key],
        }
    }

    /// To sort a hundred thousand rows takes the server longer than to find them; a client has numbers in order sooner.
    fn sorts_loads(&self, key: &[&Type]) -> bool {
        let is_number =
            |ty: &Type| matches!(ty.base(), Type::SmallInt | Type::Integer | Type::BigInt);
        !matches!(key, [only] if is_number(only))
    }

    fn exists(&self, query: &str) -> String {
        format!("SELECT EXISTS ({query})::int::bigint")
    }

    /// Two of these exclude each other. They leave in peace what only refers to the row, as every new link does: so a
    /// transaction that has added one can `set` beside another that has, without a deadlock.
    fn row_lock(&self) -> Option<&'static str> {
        Some(" FOR NO KEY UPDATE")
    }

    fn writes_in_with(&self) -> bool {
        true
    }

    fn unnests(&self) -> bool {
        true
    }

    /// Tables that go in one statement may refer to each other. Without CASCADE what is not of the model stays, or refuses.
    fn drop_tables(&self, model: &Model) -> Vec<String> {
        let tables = model.tables().map(|table| self.identifier(&table.name));
        let enums = model.enums.iter().filter(|of| of.native);
        let enums = enums.map(|of| self.identifier(&database::enum_type(&of.name)));
        [
            ("TABLE", tables.collect()),
            ("TYPE", enums.collect::<Vec<_>>()),
        ]
        .into_iter()
        .filter(|(_, names)| !names.is_empty())
        .map(|(what, names)| format!("DROP {what} IF EXISTS {}", names.join(", ")))
        .collect()
    }
}

impl Postgres {
    /// The type of a value of `ty`, without what a column says of it: to `varchar(3)` a value would be cut off, to
    /// `numeric(9, 2)` rounded.
    fn value_type(&self, ty: &Type) -> String {
        match ty.base() {
            Type::Decimal { .. } => "numeric".to_owned(),
            Type::String(_) => "text".to_owned(),
            Type::List(of) => self.array_type(of),
            other => self.type_name(other),
        }
    }

    /// The type of an array of such, and what it has to be made of.
    fn array_type(&self, of: &Type) -> String {
        let of = of.base();
        let name = self.value_type(of);
        match of {
            Type::Enum(of) if of.native => format!("text[]::{name}[]"),
            _ => format!("{name}[]"),
        }
    }

    /// The parameter `number`, which is an array of values of `ty`.
    fn array(&self, number: usize, ty: &Type) -> String {
        format!("${number}::{}", self.array_type(ty))
    }

    /// The column of a key that is at `place` of the array `item`.
    fn field(&self, item: &str, place: usize, ty: &Type) -> String {
        let text = format!("({item} ->> {place})");
        match ty.base() {
            Type::String(_) | Type::Text => text,
            Type::Bytes(_) => format!("decode({item} ->> {place}, 'hex')"),
            Type::List(of) => format!("{text}::{}[]", self.value_type(of)),
            other => format!("{text}::{}", self.value_type(other)),
        }
    }
}

/// No array has arrays of different lengths.
fn is_list(ty: &Type) -> bool {
    matches!(ty.base(), Type::List(_))
}

fn is_array_of_enum(ty: &Type) -> bool {
    match ty.base() {
        Type::List(of) => matches!(of.base(), Type::Enum(of) if of.native),
        _ => false,
    }
}
