//! A module while its view is made: columns, fields, the key.

use serde::Serialize;

use crate::model::{
    Column, ColumnId, Default, Entity, EntityId, EntityNames, Model, Secondary, Table, Time, Type,
};
use crate::sql::statement::{Assign, insert_plan, link_patch_plan, patch_plan, payload_plan};

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

/// The module of an entity, or of the links of a secondary, while its view is made.
pub(super) struct Module<'a> {
    pub(super) model: &'a Model,
    pub(super) table: &'a Table,
    /// The fields of `New…` and `…Patch`, and how each gets into its column.
    pub(super) new: Vec<(ColumnId, Assign)>,
    pub(super) patch: Vec<(ColumnId, Assign)>,
    /// How types are written in it.
    pub(super) local: Locals<'a>,
}

impl<'a> Module<'a> {
    pub(super) fn of_entity(model: &'a Model, entity: &'a Entity, time: Time) -> Self {
        Self {
            model,
            table: &entity.table,
            new: insert_plan(&entity.table),
            patch: patch_plan(&entity.table),
            local: Locals::of(&entity.rust, time),
        }
    }

    pub(super) fn of_links(
        model: &'a Model,
        secondary: &'a Secondary,
        names: &'a EntityNames,
        time: Time,
    ) -> Self {
        Self {
            model,
            table: &secondary.table,
            new: payload_plan(secondary),
            patch: link_patch_plan(secondary),
            local: Locals::of(names, time),
        }
    }
}

impl Module<'_> {
    pub(super) fn column(&self, id: ColumnId) -> &Column {
        &self.table.columns[id]
    }

    pub(super) fn columns(&self) -> Vec<ColumnView> {
        let columns = self.table.columns.iter().enumerate();
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
        let mut keys = self.table.foreign_keys.iter();
        let key = keys.find(|key| {
            let target = &self.model.entity(key.target).table;
            key.columns == [column] && key.target_columns == target.primary_key.columns
        })?;
        (!made).then_some(key.target)
    }

    /// An entity's row as its own module and others call it; `Self` would be the struct around a field.
    pub(super) fn path(&self, target: EntityId) -> String {
        let target = self.model.entity(target);
        if std::ptr::eq(&raw const target.table, self.table) {
            target.rust.row.clone()
        } else {
            format!("super::{}", target.rust.row)
        }
    }

    /// The columns of the primary key, each with its place: `&[("id", 0)]`.
    pub(super) fn key_places(&self) -> String {
        let place = |column: &ColumnId| {
            let name = literal::string(&self.column(*column).name);
            format!("({name}, {column})")
        };
        let places: Vec<String> = self.table.primary_key.columns.iter().map(place).collect();
        format!("&[{}]", places.join(", "))
    }

    pub(super) fn key_type(&self) -> String {
        let key = &self.table.primary_key.columns;
        tuple(
            key.iter()
                .map(|column| field_type(self.column(*column), &self.local))
                .collect(),
        )
    }

    pub(super) fn key_value(&self) -> String {
        let key = &self.table.primary_key.columns;
        let value = |column: &ColumnId| {
            let column = self.column(*column);
            let field = format!("self.{}", column.field);
            match &column.ty {
                // Clippy has something to say about a method that clones what can be copied.
                Type::User(_) => format!("std::clone::Clone::clone(&{field})"),
                ty if rust_type(ty, &self.local).copy => field,
                _ => format!("{field}.clone()"),
            }
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

/// What the support code is told of a table beside its texts; `touch` is what every write changes besides.
pub(super) fn table_facts(touch: &[(String, String)]) -> Vec<String> {
    if touch.is_empty() {
        return Vec::new();
    }
    let pair = |(column, value): &(String, String)| {
        format!("({}, {})", literal::string(column), literal::string(value))
    };
    let pairs: Vec<String> = touch.iter().map(pair).collect();
    vec![format!("TOUCH: db::Touch = &[{}]", pairs.join(", "))]
}
