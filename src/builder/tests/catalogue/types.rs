//! The contract's table of types, in the words of each catalogue.

use super::expected::Expected;
use crate::model::{self, Dialect, Enum, Type};

/// The collation of MySQL's text: 'alice' is not 'ALICE '.
const BINARY: &str = "collate utf8mb4_bin";

impl Expected<'_> {
    /// What the catalogue calls the type of a column.
    pub(super) fn type_words(&self, ty: &Type) -> String {
        match self.dialect {
            Dialect::Sqlite => sqlite(ty).to_owned(),
            Dialect::Postgres => self.postgres(ty),
            Dialect::Mysql => mysql(ty),
        }
    }

    fn postgres(&self, ty: &Type) -> String {
        match ty {
            Type::Boolean => "boolean".to_owned(),
            Type::SmallInt => "smallint".to_owned(),
            Type::Integer => "integer".to_owned(),
            Type::BigInt => "bigint".to_owned(),
            Type::Float => "real".to_owned(),
            Type::Double => "double precision".to_owned(),
            Type::Decimal { precision, scale } => format!("numeric({precision},{scale})"),
            Type::String(Some(most)) => format!("character varying({most})"),
            Type::Enum(of) if of.native => format!("enum {}", self.enum_name(of)),
            Type::String(None) | Type::Text | Type::Enum(_) => "text".to_owned(),
            Type::Bytes(_) => "bytea".to_owned(),
            Type::Uuid => "uuid".to_owned(),
            Type::Date => "date".to_owned(),
            Type::Time => "time without time zone".to_owned(),
            Type::DateTime => "timestamp without time zone".to_owned(),
            Type::Timestamp => "timestamp with time zone".to_owned(),
            Type::Json => "jsonb".to_owned(),
            Type::User(of) => self.postgres(&of.base),
            Type::List(of) => format!("{}[]", self.postgres(of)),
        }
    }

    /// What the checks of a column are about that no spec states, the last parts of their names.
    pub(super) fn implied_checks(&self, column: &model::Column) -> Vec<&'static str> {
        // MariaDB knows no NOT NULL of a computed column.
        let computed = self.dialect == Dialect::Mysql && column.computed.is_some();
        let not_null = (computed && !column.nullable).then_some("not_null");
        self.check_of_type(column)
            .into_iter()
            .chain(not_null)
            .collect()
    }

    fn check_of_type(&self, column: &model::Column) -> Option<&'static str> {
        let in_sqlite = self.dialect == Dialect::Sqlite;
        match column.ty.base() {
            Type::Boolean if in_sqlite => Some("boolean"),
            Type::Json if in_sqlite => Some("json"),
            Type::Enum(of) if in_sqlite || !of.native => Some("enum"),
            Type::String(Some(_)) if in_sqlite => Some("length"),
            Type::Bytes(Some(_)) if self.dialect != Dialect::Mysql => Some("length"),
            // What SQLite computes has 64 bits, whatever the column's type is.
            Type::SmallInt | Type::Integer if in_sqlite && column.computed.is_some() => {
                Some("range")
            }
            _ => None,
        }
    }
}

fn sqlite(ty: &Type) -> &'static str {
    match ty {
        Type::Boolean | Type::SmallInt | Type::Integer | Type::BigInt | Type::Decimal { .. } => {
            "INTEGER"
        }
        Type::Float | Type::Double => "REAL",
        Type::Bytes(_) | Type::Uuid => "BLOB",
        Type::User(of) => sqlite(&of.base),
        Type::String(_)
        | Type::Text
        | Type::Date
        | Type::Time
        | Type::DateTime
        | Type::Timestamp
        | Type::Json
        | Type::Enum(_) => "TEXT",
        Type::List(_) => "no lists",
    }
}

fn mysql(ty: &Type) -> String {
    match ty {
        Type::Boolean => "tinyint(1)".to_owned(),
        Type::SmallInt => "smallint".to_owned(),
        Type::Integer => "int".to_owned(),
        Type::BigInt => "bigint".to_owned(),
        Type::Float => "float".to_owned(),
        Type::Double => "double".to_owned(),
        Type::Decimal { precision, scale } => format!("decimal({precision},{scale})"),
        Type::String(most) => format!("varchar({}) {BINARY}", most.unwrap_or(255)),
        Type::Text => format!("longtext {BINARY}"),
        Type::Bytes(Some(most)) => format!("varbinary({most})"),
        Type::Bytes(None) => "longblob".to_owned(),
        Type::Uuid => "binary(16)".to_owned(),
        Type::Date => "date".to_owned(),
        Type::Time => "time(6)".to_owned(),
        Type::DateTime | Type::Timestamp => "datetime(6)".to_owned(),
        Type::Json => "json".to_owned(),
        Type::Enum(of) if of.native => format!("{} {BINARY}", mysql_enum(of)),
        Type::Enum(_) => format!("varchar(255) {BINARY}"),
        Type::User(of) => mysql(&of.base),
        Type::List(_) => "no lists".to_owned(),
    }
}

fn mysql_enum(of: &Enum) -> String {
    let labels = of.variants.iter();
    let label = |stored: &str| stored.replace('\'', "''").replace('\\', r"\\");
    let labels = labels.map(|variant| format!("'{}'", label(&variant.stored)));
    format!("enum({})", labels.collect::<Vec<_>>().join(","))
}
