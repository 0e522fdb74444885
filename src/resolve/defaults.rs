//! Defaults: literals, words and SQL.

use super::context::Context;
use super::draft::{Draft, Origin, Source};
use super::literals::{Misfit, literal};
use super::moments::NOW;
use super::sql;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Default, Dialect, Type};
use crate::spec::Value;

/// The word for a fresh UUID.
pub(super) const UUID: &str = "uuid";

/// Resolves the defaults of `draft`, whose columns' types are known or excused.
pub(super) fn resolve(context: &mut Context<'_>, draft: &mut Draft<'_>) {
    let Draft {
        source, columns, ..
    } = draft;
    for (id, column) in source.columns.values().enumerate() {
        let (Some(value), Some(ty)) = (&column.default, columns[id].ty.clone()) else {
            continue;
        };
        columns[id].default = match value {
            Value::Sql(text) => {
                let path = || source.column_path(id).key("default").key("sql");
                sql::resolve(context, &text.sql, path).map(Default::Sql)
            }
            value => match default(context, value, &ty) {
                Ok(default) => default,
                Err(misfit) => {
                    report(context, source, id, misfit);
                    None
                }
            },
        };
    }
}

fn report(context: &mut Context<'_>, source: &Source<'_>, column: usize, (problem, help): Misfit) {
    let message = format!("the default of `{}` {problem}", source.column_name(column));
    let place = source.place(Origin::ColumnKey(column, "default"));
    context.report(Diagnostic::new(Code::InvalidDefault, place, message).help(help));
}

/// What `value`, which is no SQL, stands for as the default of a column of type `ty`: a word or a literal.
fn default(context: &mut Context<'_>, value: &Value, ty: &Type) -> Result<Option<Default>, Misfit> {
    if let Some(word) = word(value, ty.base()) {
        return word.map(Some);
    }
    match literal(context, value, ty) {
        Ok(literal) => Ok(literal.map(Default::Literal)),
        Err((problem, help)) => {
            let help = match ty.base() {
                Type::Uuid => format!("{help}, or `uuid` for a fresh one").into(),
                Type::Date | Type::Time | Type::DateTime | Type::Timestamp => {
                    format!("{help}, or `now`").into()
                }
                Type::List(_) => "write SQL: `default: { sql: \"'{}'\" }`".into(),
                Type::Bytes(_) => bytes(context.dialects).into(),
                _ => help,
            };
            Err((problem, help))
        }
    }
}

/// How bytes are written.
fn bytes(dialects: &[Dialect]) -> String {
    let text = |dialect: &Dialect| match dialect {
        Dialect::Postgres => r#""'\\x00ff'""#,
        Dialect::Sqlite | Dialect::Mysql => r#""x'00ff'""#,
    };
    let texts = match dialects {
        [only] => text(only).to_owned(),
        all => {
            let each = |dialect: &Dialect| format!("{}: {}", dialect.as_str(), text(dialect));
            format!(
                "{{ {} }}",
                all.iter().map(each).collect::<Vec<_>>().join(", ")
            )
        }
    };
    format!("write SQL: `default: {{ sql: {texts} }}`")
}

/// A word that stands for no literal, if `value` is one.
fn word(value: &Value, ty: &Type) -> Option<Result<Default, Misfit>> {
    let Value::Text(word) = value else {
        return None;
    };
    match (word.as_str(), ty) {
        (NOW, Type::Date | Type::Time | Type::DateTime | Type::Timestamp) => Some(Ok(Default::Now)),
        (UUID, Type::Uuid) => Some(Ok(Default::Uuid)),
        (NOW | UUID, Type::String(_) | Type::Text) => {
            let fits = if word == NOW {
                "date and time types"
            } else {
                "`uuid`"
            };
            let help = format!("for the text itself write `default: {{ sql: \"'{word}'\" }}`");
            Some(Err((
                format!("is `{word}`, which only fits {fits}"),
                help.into(),
            )))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests;
