//! The SQL of a table that the user wrote, and where each stands.

use super::draft::{Draft, Origin};
use crate::model::{ColumnId, Default, Dialect, Sql};
use crate::source::{Path, Place};

/// A piece of SQL.
pub(super) struct Text<'d> {
    pub(super) sql: &'d Sql,
    /// The path of the key `sql`.
    path: Path,
    /// The column that takes its value.
    pub(super) own: Option<ColumnId>,
}

impl Text<'_> {
    /// Where the text for `dialect` stands.
    pub(super) fn place(&self, dialect: Dialect) -> Place {
        match self.sql {
            Sql::All(_) => self.path.clone().at_value(),
            Sql::PerDialect(_) => self.path.key(dialect.as_str()).at_value(),
        }
    }
}

/// All SQL of a table.
pub(super) fn of<'d>(draft: &'d Draft<'_>) -> Vec<Text<'d>> {
    let source = &draft.source;
    let mut texts = Vec::new();
    let mut add = |sql: &'d Sql, path: Path, own| {
        let path = path.key("sql");
        texts.push(Text { sql, path, own });
    };
    for (id, column) in draft.columns.iter().enumerate() {
        if let Some(Default::Sql(sql)) = &column.default {
            add(sql, source.column_path(id).key("default"), Some(id));
        }
        if let Some(computed) = &column.computed {
            let path = source.column_path(id).key("computed");
            add(&computed.sql, path, Some(id));
        }
    }
    for check in &draft.checks {
        let path = match check.origin {
            Origin::ColumnKey(id, key) => source.column_path(id).key(key),
            Origin::Check(place) => source.path.key("checks").index(place),
            _ => continue,
        };
        add(&check.item.sql, path, None);
    }
    for index in &draft.indexes {
        if let (Some(sql), Origin::Index(place)) = (&index.item.condition, index.origin) {
            add(
                sql,
                source.path.key("indexes").index(place).key("where"),
                None,
            );
        }
    }
    texts
}
