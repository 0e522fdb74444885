//! SQLite, 3.41 and later.
//!
//! Sources are pages of the manual at sqlite.org: `stricttables.html` (the types of a STRICT table),
//! `lang_createtable.html` (rowid aliases, DEFAULT), `withoutrowid.html`, `lang_datefunc.html` (strftime), `json1.html`,
//! `lang_expr.html` (literals, parameters), `quirks.html` (why names are always quoted).

mod drop;

use crate::model::{Column, Dialect, Literal, Model, Table, Type};

use super::dialect::{
    Grammar, ImpliedCheck, KeySource, QueryGrammar, Stands, TableKind, ValueText,
};
use super::quote;

/// SQLite.
pub(super) struct Sqlite;

impl Grammar for Sqlite {
    fn dialect(&self) -> Dialect {
        Dialect::Sqlite
    }

    fn identifier_mark(&self) -> char {
        '"'
    }

    fn text_literal(&self, text: &str) -> String {
        // A NUL ends the statement, and a carriage return does not survive every editor: such text goes by its bytes.
        if text
            .chars()
            .any(|c| c.is_control() && !matches!(c, '\n' | '\t'))
        {
            format!("CAST({} AS TEXT)", blob(text.as_bytes()))
        } else {
            quote::literal(text)
        }
    }

    fn now_text(&self, ty: &Type) -> &'static str {
        now(ty.base())
    }

    fn column_type(&self, column: &Column) -> String {
        storage(&column.ty).to_owned()
    }

    /// An INTEGER PRIMARY KEY is the rowid, and that counts by itself (`autoinc.html`). The keyword AUTOINCREMENT would
    /// only forbid to use the number of a deleted last row again, and costs a second table.
    fn auto_increment(&self) -> &'static str {
        ""
    }

    fn implied_checks(&self, column: &Column) -> Vec<ImpliedCheck> {
        let name = self.identifier(&column.name);
        let check = |about, sql| vec![ImpliedCheck { about, sql }];
        match column.ty.base() {
            Type::Boolean => check("boolean", format!("{name} IN (0, 1)")),
            Type::String(Some(most)) | Type::Bytes(Some(most)) => {
                check("length", format!("length({name}) <= {most}"))
            }
            // To older versions NULL is not valid.
            Type::Json if column.nullable => {
                check("json", format!("{name} IS NULL OR json_valid({name})"))
            }
            Type::Json => check("json", format!("json_valid({name})")),
            Type::Enum(of) => {
                let variants = of.variants.iter();
                let stored: Vec<String> = variants
                    .map(|variant| self.text_literal(&variant.stored))
                    .collect();
                check("enum", format!("{name} IN ({})", stored.join(", ")))
            }
            // Other values come out of the type; what the database computes has 64 bits.
            Type::SmallInt if column.computed.is_some() => check(
                "range",
                format!("{name} BETWEEN {} AND {}", i16::MIN, i16::MAX),
            ),
            Type::Integer if column.computed.is_some() => check(
                "range",
                format!("{name} BETWEEN {} AND {}", i32::MIN, i32::MAX),
            ),
            _ => Vec::new(),
        }
    }

    fn literal(&self, ty: &Type, literal: &Literal) -> ValueText {
        let ty = ty.base();
        match literal {
            Literal::Boolean(value) => ValueText::Literal(u8::from(*value).to_string()),
            Literal::Integer(value) => number(ty, &value.to_string()),
            Literal::Number(value) => number(ty, value),
            Literal::Text(value) => self.stored_text(ty, value),
        }
    }

    /// STRICT holds every value to its column's type. A secondary is reached by its key alone, so it needs no rowid
    /// beside it, unless the database counts the key. Another whole number as key would be the rowid too, and a unique key
    /// with that in it is none that ON CONFLICT can name.
    fn table_options(&self, table: &Table, kind: TableKind) -> String {
        let mut key = table.primary_key.columns.iter();
        let counted = key.any(|column| table.columns[*column].auto_increment);
        match kind {
            TableKind::Secondary if !counted => " STRICT, WITHOUT ROWID".to_owned(),
            TableKind::Secondary | TableKind::Entity => " STRICT".to_owned(),
        }
    }

    /// A parent table need not exist before rows are written (`foreignkeys.html`, section 3).
    fn forward_references(&self) -> bool {
        true
    }
}

impl QueryGrammar for Sqlite {
    /// A value brings its type with it.
    fn parameter(&self, number: usize, _stands: Stands<'_>) -> String {
        format!("?{number}")
    }

    fn next_placeholder(&self) -> &'static str {
        "?"
    }

    fn distinct(&self, left: &str, right: &str) -> String {
        format!("{left} IS NOT {right}")
    }

    fn key_list(&self, number: usize, types: &[&Type], picked: &[usize]) -> String {
        let all = key_fields("value", types);
        let fields: Vec<&str> = picked.iter().map(|place| all[*place].as_str()).collect();
        format!("SELECT {} FROM json_each(?{number})", fields.join(", "))
    }

    fn key_source(&self, number: usize, types: &[&Type]) -> KeySource {
        let place = r#""relata_keys"."key""#.to_owned();
        KeySource {
            from: format!(r#"json_each(?{number}) AS "relata_keys""#),
            fields: key_fields(r#""relata_keys"."value""#, types),
            grouped: vec![place.clone()],
            place,
        }
    }

    /// It would sort all rows that are loaded.
    fn sorts_loads(&self, _key: &[&Type]) -> bool {
        false
    }

    /// The planner keeps the order of a CROSS JOIN (`optoverview.html`, section 8.2).
    fn ordered_join(&self) -> &'static str {
        " CROSS JOIN "
    }

    /// A sub-select with LIMIT is not merged into one that groups (`optoverview.html`, "Subquery Flattening"); -1 is none.
    fn end_of_apart(&self) -> Option<&'static str> {
        Some(" LIMIT -1")
    }

    fn nameless(&self) -> String {
        String::new()
    }

    /// For a rowid.
    fn counted(&self) -> &'static str {
        "NULL"
    }

    fn row_lock(&self) -> Option<&'static str> {
        None
    }

    fn drop_tables(&self, model: &Model) -> Vec<String> {
        drop::statements(model)
    }
}

impl Sqlite {
    fn stored_text(&self, ty: &Type, text: &str) -> ValueText {
        match ty {
            Type::Decimal { .. } => number(ty, text),
            Type::Bytes(_) => ValueText::Literal(blob(text.as_bytes())),
            Type::Uuid => {
                ValueText::Literal(format!("x'{}'", text.replace('-', "").to_lowercase()))
            }
            _ => match self.text_literal(text) {
                literal if literal.starts_with('\'') => ValueText::Literal(literal),
                expression => ValueText::Expression(expression),
            },
        }
    }
}

/// The columns of a key that is the JSON `item`: a value, or an array where there are several. JSON has no blobs: they
/// come as hexadecimal text.
fn key_fields(item: &str, types: &[&Type]) -> Vec<String> {
    let field = |place: usize| match types.len() {
        1 => item.to_owned(),
        _ => format!("{item} ->> {place}"),
    };
    let read = |(place, ty): (usize, &&Type)| match storage(ty) {
        "BLOB" => format!("unhex({})", field(place)),
        _ => field(place),
    };
    types.iter().enumerate().map(read).collect()
}

/// How SQLite stores a type.
fn storage(ty: &Type) -> &'static str {
    match ty {
        Type::Boolean | Type::SmallInt | Type::Integer | Type::BigInt | Type::Decimal { .. } => {
            "INTEGER"
        }
        Type::Float | Type::Double => "REAL",
        Type::Bytes(_) | Type::Uuid => "BLOB",
        Type::String(_)
        | Type::Text
        | Type::Date
        | Type::Time
        | Type::DateTime
        | Type::Timestamp
        | Type::Json
        | Type::Enum(_)
        // `resolve` refuses lists for this dialect.
        | Type::List(_) => "TEXT",
        Type::User(of) => storage(&of.base),
    }
}

/// A number as `ty` stores it: a decimal in units of its last digit, all else as it is.
fn number(ty: &Type, text: &str) -> ValueText {
    ValueText::Literal(match ty {
        Type::Decimal { scale, .. } => in_units(text, usize::from(*scale)),
        _ => text.to_owned(),
    })
}

/// `-12.5` with the scale 2 is `-1250`. Works on digits, as an f64 would not be exact.
fn in_units(text: &str, scale: usize) -> String {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let all = format!("{whole}{fraction:0<scale$.scale$}");
    match all.trim_start_matches('0') {
        "" => "0".to_owned(),
        units => format!("{sign}{units}"),
    }
}

/// The moment as `ty` stores it, in UTC. SQLite's clock has milliseconds; the stored form has six digits, so that every
/// value is of one width and text order is time order.
fn now(ty: &Type) -> &'static str {
    match ty {
        Type::Date => "strftime('%Y-%m-%d', 'now')",
        Type::Time => "strftime('%H:%M:%f000', 'now')",
        Type::DateTime => "strftime('%Y-%m-%d %H:%M:%f000', 'now')",
        _ => "strftime('%Y-%m-%d %H:%M:%f000Z', 'now')",
    }
}

fn blob(bytes: &[u8]) -> String {
    format!("x'{}'", quote::hex(bytes))
}
