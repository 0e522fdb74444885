//! MySQL 8, from 8.0.16 on, which is the first to keep checks, and MariaDB 10.6 and later: what both read alike.
//!
//! Sources are chapters of the MySQL 8.4 manual: 11.1 (literals), 13.6 (defaults), 15.1.20 (CREATE TABLE, with generated
//! columns, checks, foreign keys), 12.9 (Unicode); and of MariaDB's documentation: CREATE TABLE, "Generated Columns",
//! "CONSTRAINT".

mod drop;
mod query;

use crate::model::types::STRING_IN_MYSQL;
use crate::model::{Column, Dialect, Enum, Literal, Model, Table, Type};

use super::dialect::{Grammar, ImpliedCheck, TableKind, ValueText};
use super::quote;

/// The longest comments of a column and of a table, in characters.
const COLUMN_COMMENT: usize = 1024;
const TABLE_COMMENT: usize = 2048;

/// Compares bytes, as the other dialects do, but ignores spaces at the end. No collation without that is known to both
/// MySQL and MariaDB.
const COLLATE: &str = "COLLATE utf8mb4_bin";

/// MySQL and MariaDB.
pub(super) struct Mysql;

impl Grammar for Mysql {
    fn dialect(&self) -> Dialect {
        Dialect::Mysql
    }

    fn identifier_mark(&self) -> char {
        '`'
    }

    /// Whether a backslash escapes depends on the mode `NO_BACKSLASH_ESCAPES`; bytes mean the same always. They are
    /// converted, as MariaDB loses the quotes inside of `_utf8mb4 x'…'` where it keeps an expression.
    fn text_literal(&self, text: &str) -> String {
        match hexadecimal(text) {
            Some(bytes) => format!("convert({bytes} using utf8mb4)"),
            None => quote::literal(text),
        }
    }

    fn column_type(&self, column: &Column) -> String {
        type_name(&column.ty)
    }

    fn auto_increment(&self) -> &'static str {
        "AUTO_INCREMENT"
    }

    /// MySQL allows it, MariaDB does not.
    fn computed_not_null(&self) -> bool {
        false
    }

    fn implied_checks(&self, column: &Column) -> Vec<ImpliedCheck> {
        let name = self.identifier(&column.name);
        let mut checks = Vec::new();
        if let Type::Enum(of) = column.ty.base()
            && !of.native
        {
            let labels = of.variants.iter();
            let labels: Vec<String> = labels
                .map(|variant| self.text_literal(&variant.stored))
                .collect();
            // The collation would take a value with spaces at its end for one without.
            checks.push(ImpliedCheck {
                about: "enum",
                sql: format!("CAST({name} AS BINARY) IN ({})", labels.join(", ")),
            });
        }
        if column.computed.is_some() && !column.nullable {
            checks.push(ImpliedCheck {
                about: "not_null",
                sql: format!("{name} IS NOT NULL"),
            });
        }
        checks
    }

    /// TEXT, BLOB and JSON have no literal as their default, but an expression that is one.
    fn literal(&self, ty: &Type, literal: &Literal) -> ValueText {
        let ty = ty.base();
        let text = match literal {
            Literal::Boolean(value) => u8::from(*value).to_string(),
            Literal::Integer(value) => value.to_string(),
            // The shortest text of the greatest numbers of 32 bits is beyond them, to MariaDB.
            Literal::Number(value) if *ty == Type::Float => match value.parse::<f32>() {
                Ok(number) if number.abs() >= f32::MAX => format!("{:?}", f64::from(number)),
                _ => value.clone(),
            },
            Literal::Number(value) => value.clone(),
            Literal::Text(value) => self.stored_text(ty, value),
        };
        let is_literal = match (ty, literal) {
            (Type::Text | Type::Bytes(None) | Type::Json, _) => false,
            (Type::String(_) | Type::Enum(_), Literal::Text(value)) => hexadecimal(value).is_none(),
            _ => true,
        };
        if is_literal {
            ValueText::Literal(text)
        } else {
            ValueText::Expression(text)
        }
    }

    fn now_text(&self, ty: &Type) -> &'static str {
        match ty {
            Type::Date => "utc_date()",
            Type::Time => "utc_time(6)",
            _ => "utc_timestamp(6)",
        }
    }

    /// The client's setting decides how the server reads the bytes of the file.
    fn opening(&self, _model: &Model) -> Vec<String> {
        vec!["SET NAMES utf8mb4".to_owned()]
    }

    fn table_options(&self, table: &Table, _kind: TableKind) -> String {
        let options =
            format!(" ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 {COLLATE} ROW_FORMAT=DYNAMIC");
        match &table.doc {
            Some(doc) => format!("{options} {}", comment(doc, TABLE_COMMENT)),
            None => options,
        }
    }

    /// InnoDB would make an index for a foreign key that finds none.
    fn indexes_in_table(&self) -> bool {
        true
    }

    fn file_comment(&self, _doc: &str) -> Vec<String> {
        Vec::new()
    }

    fn comment_clause(&self, doc: &str) -> Option<String> {
        Some(comment(doc, COLUMN_COMMENT))
    }

    fn forward_references(&self) -> bool {
        false
    }
}

impl Mysql {
    fn stored_text(&self, ty: &Type, text: &str) -> String {
        match ty {
            Type::Decimal { .. } => text.to_owned(),
            Type::Bytes(_) => format!("x'{}'", quote::hex(text.as_bytes())),
            Type::Uuid => format!("x'{}'", text.replace('-', "").to_lowercase()),
            // It takes no zone; what is stored is UTC.
            Type::Timestamp => self.text_literal(text.trim_end_matches('Z')),
            _ => self.text_literal(text),
        }
    }
}

fn type_name(ty: &Type) -> String {
    match ty {
        Type::Boolean => "TINYINT(1)".to_owned(),
        Type::SmallInt => "SMALLINT".to_owned(),
        Type::Integer => "INT".to_owned(),
        Type::BigInt => "BIGINT".to_owned(),
        Type::Float => "FLOAT".to_owned(),
        Type::Double => "DOUBLE".to_owned(),
        Type::Decimal { precision, scale } => format!("DECIMAL({precision}, {scale})"),
        Type::String(most) => format!("VARCHAR({}) {COLLATE}", most.unwrap_or(STRING_IN_MYSQL)),
        Type::Text => format!("LONGTEXT {COLLATE}"),
        Type::Bytes(Some(most)) => format!("VARBINARY({most})"),
        Type::Bytes(None) => "LONGBLOB".to_owned(),
        Type::Uuid => "BINARY(16)".to_owned(),
        Type::Date => "DATE".to_owned(),
        Type::Time => "TIME(6)".to_owned(),
        // TIMESTAMP ends in 2038, moves with the session's time zone, and the first one of a table may update itself.
        Type::DateTime | Type::Timestamp => "DATETIME(6)".to_owned(),
        Type::Enum(of) if of.native => format!("ENUM({}) {COLLATE}", labels(of)),
        Type::Enum(of) => format!("VARCHAR({}) {COLLATE}", of.length_as_text()),
        Type::User(of) => type_name(&of.base),
        // `resolve` refuses lists for this dialect.
        Type::Json | Type::List(_) => "JSON".to_owned(),
    }
}

/// `text` as a literal of bytes, where a plain one could be read in two ways, or does not come back from the catalogue, which
/// has no characters beyond U+FFFF.
fn hexadecimal(text: &str) -> Option<String> {
    let is_odd = |c: char| {
        c == '\\' || (c.is_control() && !matches!(c, '\n' | '\t')) || u32::from(c) > 0xffff
    };
    text.contains(is_odd)
        .then(|| format!("x'{}'", quote::hex(text.as_bytes())))
}

/// What an enum stores, in the order of the spec, which is the order of the values too.
fn labels(of: &Enum) -> String {
    let label = |stored: &str| hexadecimal(stored).unwrap_or_else(|| quote::literal(stored));
    let labels = of.variants.iter();
    let labels: Vec<String> = labels.map(|variant| label(&variant.stored)).collect();
    labels.join(", ")
}

/// The clause that keeps the words of a `doc:` in the catalog, of at most `most` characters. It takes no bytes, so a
/// backslash stands twice, and does so in the catalog where the mode `NO_BACKSLASH_ESCAPES` is on. The catalog has no
/// characters beyond U+FFFF.
fn comment(doc: &str, most: usize) -> String {
    let known = |c: char| {
        if u32::from(c) > 0xffff || c == '\0' {
            '\u{fffd}'
        } else {
            c
        }
    };
    let mut text: String = doc.chars().map(known).take(most).collect();
    if doc.chars().count() > most {
        text.pop();
        text.push('…');
    }
    format!("COMMENT {}", quote::literal(&text.replace('\\', r"\\")))
}
