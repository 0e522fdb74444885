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
            Type::List(of) => format!("{}[]", self.postgres(of).trim_start_matches("enum ")),
        }
    }

    /// What the checks are about that a column needs by its type, the last parts of their names.
    pub(super) fn checks_of_column(&self, column: &model::Column) -> Vec<&'static str> {
        let (ty, computed) = (column.ty.base(), column.computed.is_some());
        let of_enum = matches!(ty, Type::Enum(of) if !of.native);
        let needed = match self.dialect {
            Dialect::Sqlite => [check_in_sqlite(ty, computed), None],
            Dialect::Postgres => [
                of_enum.then_some("enum"),
                matches!(ty, Type::Bytes(Some(_))).then_some("length"),
            ],
            Dialect::Mysql => [
                of_enum.then_some("enum"),
                // What MariaDB computes may be NULL by its type.
                (computed && !column.nullable).then_some("not_null"),
            ],
        };
        needed.into_iter().flatten().collect()
    }
}

fn check_in_sqlite(ty: &Type, computed: bool) -> Option<&'static str> {
    match ty {
        Type::Boolean => Some("boolean"),
        Type::Json => Some("json"),
        Type::Enum(_) => Some("enum"),
        Type::String(Some(_)) | Type::Bytes(Some(_)) => Some("length"),
        // What it computes has 64 bits, whatever the column's type is.
        Type::SmallInt | Type::Integer if computed => Some("range"),
        _ => None,
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
        Type::List(_) => "a list, which sqlite lacks",
        Type::String(_)
        | Type::Text
        | Type::Date
        | Type::Time
        | Type::DateTime
        | Type::Timestamp
        | Type::Json
        | Type::Enum(_) => "TEXT",
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
        Type::List(_) => "a list, which mysql lacks".to_owned(),
    }
}

fn mysql_enum(of: &Enum) -> String {
    let labels = of.variants.iter();
    let labels = labels.map(|variant| format!("'{}'", variant.stored.replace('\'', "''")));
    format!("enum({})", labels.collect::<Vec<_>>().join(","))
}
