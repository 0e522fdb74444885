//! An entity's module while its view is made: columns, fields, the key.

use serde::Serialize;

use crate::model::{Column, ColumnId, Default, Entity, EntityId, Model};

use super::types::{Locals, column_type, field_type, rust_type};
use super::{doc, literal};

/// A column: a field of the row, to be read, and a constant of the module.
#[derive(Debug, Serialize)]
pub(super) struct ColumnView {
    doc: Vec<String>,
    field: String,
    constant: String,
    column_type: String,
    name: String,
    index: ColumnId,
}

/// An entity's module while its view is made.
pub(super) struct Module<'a> {
    pub(super) model: &'a Model,
    pub(super) entity: &'a Entity,
    /// The names that its structs hide.
    pub(super) local: Locals<'a>,
}

impl Module<'_> {
    pub(super) fn column(&self, id: ColumnId) -> &Column {
        &self.entity.table.columns[id]
    }

    pub(super) fn columns(&self) -> Vec<ColumnView> {
        let columns = self.entity.table.columns.iter().enumerate();
        columns
            .map(|(index, column)| ColumnView {
                doc: doc::lines(
                    column.doc.as_deref(),
                    &format!("Column {}.", doc::code(&column.name)),
                ),
                field: column.field.clone(),
                constant: column.constant.clone(),
                column_type: column_type(column, &self.local),
                name: literal::string(&column.name),
                index,
            })
            .collect()
    }

    /// The entity whose primary key this column alone refers to; `New…` takes a `Ref` for it then.
    pub(super) fn referenced_entity(&self, column: ColumnId) -> Option<EntityId> {
        let made = matches!(self.column(column).default, Some(Default::Uuid));
        let mut keys = self.entity.table.foreign_keys.iter();
        let key = keys.find(|key| {
            let target = &self.model.entity(key.target).table;
            key.columns == [column] && key.target_columns == target.primary_key.columns
        })?;
        (!made).then_some(key.target)
    }

    /// An entity's row as its own module and others call it; `Self` would be the struct around a field.
    pub(super) fn path(&self, target: EntityId) -> String {
        let target = self.model.entity(target);
        if std::ptr::eq(target, self.entity) {
            target.rust.row.clone()
        } else {
            format!("super::{}", target.rust.row)
        }
    }

    pub(super) fn key_type(&self) -> String {
        let key = &self.entity.table.primary_key.columns;
        tuple(
            key.iter()
                .map(|column| field_type(self.column(*column), &self.local))
                .collect(),
        )
    }

    pub(super) fn key_value(&self) -> String {
        let key = &self.entity.table.primary_key.columns;
        let value = |column: &ColumnId| {
            let column = self.column(*column);
            let copy = rust_type(&column.ty, &self.local).copy;
            format!(
                "self.{}{}",
                column.field,
                if copy { "" } else { ".clone()" }
            )
        };
        tuple(key.iter().map(value).collect())
    }
}

fn tuple(mut parts: Vec<String>) -> String {
    if parts.len() == 1 {
        parts.remove(0)
    } else {
        format!("({})", parts.join(", "))
    }
}
