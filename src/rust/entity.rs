//! The view of an entity: its structs, columns and statements.

use serde::Serialize;

use crate::model::{Column, ColumnId, Default, Entity, EntityId, Model, Table};
use crate::sql::Grammar;
use crate::sql::statement::{Assign, column_list, insert_plan, patch_plan, row_sql};

use super::relationship::{RelationshipView, relationship};
use super::target::Bindings;
use super::types::{Locals, column_type, field_type, rust_type};
use super::{doc, literal};

/// What the templates print of an entity.
#[derive(Debug, Serialize)]
pub struct EntityView {
    /// The struct of a row.
    pub row: String,
    /// The struct of a row to insert.
    pub new: String,
    /// The struct of changes.
    pub patch: String,
    doc: Vec<String>,
    /// The table's name as it reads in a doc comment.
    table_doc: String,
    new_derives: &'static str,
    columns: Vec<ColumnView>,
    new_fields: Vec<FieldView>,
    patch_fields: Vec<FieldView>,
    key_type: String,
    option_self: String,
    key_value: String,
    name: String,
    key_places: String,
    column_list: String,
    sql: SqlView,
    puts: Vec<PutView>,
    relationships: Vec<RelationshipView>,
    connection: &'static str,
    driver_row: &'static str,
}

/// A column: a field of the row and a constant of the module.
#[derive(Debug, Serialize)]
struct ColumnView {
    doc: Vec<String>,
    /// What the spec says of it; a field without words says enough by its name.
    field_doc: Vec<String>,
    field: String,
    value_type: String,
    constant: String,
    column_type: String,
    name: String,
    index: ColumnId,
}

/// A field of `New…` or `…Patch`.
#[derive(Debug, Serialize)]
struct FieldView {
    doc: Vec<&'static str>,
    name: String,
    ty: String,
}

/// The statements as literals.
#[derive(Debug, Serialize)]
struct SqlView {
    table: String,
    select: String,
    find: String,
    insert: String,
    insert_row: String,
    update: String,
    save: String,
    delete: String,
}

/// A function that gives the parameters of a statement.
#[derive(Debug, Serialize)]
struct PutView {
    signature: &'static str,
    calls: Vec<String>,
}

/// The view of the entity `id`.
#[must_use]
pub fn entity(
    model: &Model,
    id: EntityId,
    bindings: &Bindings,
    grammar: &'static dyn Grammar,
) -> EntityView {
    let entity = model.entity(id);
    let (table, names) = (&entity.table, &entity.rust);
    let module = Module {
        model,
        entity,
        local: Locals([&names.row, &names.new, &names.patch]),
    };
    let new_fields = module.new_fields();
    let optional = |field: &FieldView| field.ty.starts_with(&module.local.prelude("Option"));
    EntityView {
        row: names.row.clone(),
        new: names.new.clone(),
        patch: names.patch.clone(),
        doc: doc::lines(
            table.doc.as_deref(),
            &format!("A row of {}.", doc::code(&table.name)),
        ),
        table_doc: doc::code(&table.name),
        new_derives: if new_fields.iter().all(optional) {
            "Debug, Clone, Default, PartialEq"
        } else {
            "Debug, Clone, PartialEq"
        },
        columns: module.columns(),
        new_fields,
        patch_fields: module.patch_fields(),
        key_type: module.key_type(),
        option_self: module.local.option("Self"),
        key_value: module.key_value(),
        name: literal::string(&entity.name),
        key_places: format!("&{:?}", table.primary_key.columns),
        column_list: literal::string(&column_list(grammar, table)),
        sql: sql(grammar, table),
        puts: module.puts(),
        relationships: (entity.relationships.iter())
            .map(|each| relationship(model, entity, each, grammar))
            .collect(),
        connection: bindings.connection,
        driver_row: bindings.row,
    }
}

fn sql(grammar: &'static dyn Grammar, table: &Table) -> SqlView {
    let sql = row_sql(grammar, table);
    SqlView {
        table: literal::string(&sql.table),
        select: literal::string(&sql.select),
        find: literal::string(&sql.find),
        insert: literal::string(&sql.insert),
        insert_row: literal::string(&sql.insert_row),
        update: literal::string(&sql.update),
        save: literal::string(&sql.save),
        delete: literal::string(&sql.delete),
    }
}

/// An entity's module while its view is made.
struct Module<'a> {
    model: &'a Model,
    entity: &'a Entity,
    local: Locals<'a>,
}

impl Module<'_> {
    fn column(&self, id: ColumnId) -> &Column {
        &self.entity.table.columns[id]
    }

    fn columns(&self) -> Vec<ColumnView> {
        let columns = self.entity.table.columns.iter().enumerate();
        columns
            .map(|(index, column)| ColumnView {
                field_doc: doc::words(column.doc.as_deref()),
                doc: doc::lines(
                    column.doc.as_deref(),
                    &format!("Column {}.", doc::code(&column.name)),
                ),
                field: column.field.clone(),
                value_type: field_type(column, &self.local),
                constant: column.constant.clone(),
                column_type: column_type(column, &self.local),
                name: literal::string(&column.name),
                index,
            })
            .collect()
    }

    fn new_fields(&self) -> Vec<FieldView> {
        let plan = insert_plan(&self.entity.table);
        plan.into_iter()
            .map(|(id, assign)| {
                let column = self.column(id);
                let value = match self.referenced_entity(id) {
                    Some(target) => {
                        let reference = format!("db::Ref<{}>", self.path(target));
                        if column.nullable {
                            self.local.option(&reference)
                        } else {
                            reference
                        }
                    }
                    None => field_type(column, &self.local),
                };
                let (ty, doc) = match assign {
                    Assign::Value => (value, Vec::new()),
                    Assign::Made => (self.local.option(&value), vec![" `None` makes a new one."]),
                    _ => (self.local.option(&value), vec![" `None` is the default."]),
                };
                FieldView {
                    doc,
                    name: column.field.clone(),
                    ty,
                }
            })
            .collect()
    }

    fn patch_fields(&self) -> Vec<FieldView> {
        let plan = patch_plan(&self.entity.table);
        plan.into_iter()
            .map(|(id, _)| {
                let column = self.column(id);
                FieldView {
                    doc: Vec::new(),
                    name: column.field.clone(),
                    ty: self.local.option(&field_type(column, &self.local)),
                }
            })
            .collect()
    }

    /// The entity whose primary key this column alone refers to; `New…` takes a `Ref` for it then.
    fn referenced_entity(&self, column: ColumnId) -> Option<EntityId> {
        let made = matches!(self.column(column).default, Some(Default::Uuid));
        let mut keys = self.entity.table.foreign_keys.iter();
        let key = keys.find(|key| {
            let target = &self.model.entity(key.target).table;
            key.columns == [column] && key.target_columns == target.primary_key.columns
        })?;
        (!made).then_some(key.target)
    }

    /// An entity's row as its own module and others call it; `Self` would be the struct around a field.
    fn path(&self, target: EntityId) -> String {
        let target = self.model.entity(target);
        if std::ptr::eq(target, self.entity) {
            target.rust.row.clone()
        } else {
            format!("super::{}", target.rust.row)
        }
    }

    fn key_type(&self) -> String {
        let key = &self.entity.table.primary_key.columns;
        tuple(
            key.iter()
                .map(|column| field_type(self.column(*column), &self.local))
                .collect(),
        )
    }

    fn key_value(&self) -> String {
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

    /// Functions that would give nothing are left to the trait's own.
    fn puts(&self) -> Vec<PutView> {
        let table = &self.entity.table;
        let key = &table.primary_key.columns;
        let puts = [
            (
                "put_key(key: &Self::Key, to: &mut db::Params<'_>)",
                key_calls(self, key),
            ),
            (
                "put_row(&self, to: &mut db::Params<'_>)",
                self.row_calls(&(0..table.columns.len()).collect::<Vec<_>>()),
            ),
            (
                "put_new(new: &Self::New, to: &mut db::Params<'_>)",
                self.new_calls(),
            ),
            (
                "put_patch(patch: &Self::Patch, to: &mut db::Params<'_>)",
                self.patch_calls(),
            ),
        ];
        let puts = puts.into_iter().filter(|(_, calls)| !calls.is_empty());
        puts.map(|(signature, calls)| PutView { signature, calls })
            .collect()
    }

    fn row_calls(&self, columns: &[ColumnId]) -> Vec<String> {
        columns
            .iter()
            .map(|column| value_call(self.column(*column), "self"))
            .collect()
    }

    fn new_calls(&self) -> Vec<String> {
        let plan = insert_plan(&self.entity.table);
        let call = |(id, assign): (ColumnId, Assign)| {
            let column = self.column(id);
            let (constant, field) = (&column.constant, &column.field);
            let reference = self.referenced_entity(id).is_some();
            match (assign, reference, column.nullable) {
                (Assign::Value, true, false) => format!("to.reference({constant}, &new.{field})"),
                (Assign::Value, true, true) | (Assign::OrElse, true, _) => {
                    format!("to.optional_reference({constant}, &new.{field})")
                }
                (Assign::IfGiven, true, _) => {
                    format!("to.given_reference({constant}, &new.{field})")
                }
                (Assign::Made, _, false) => {
                    format!("to.value({constant}, &new.{field}.unwrap_or_else(uuid::Uuid::new_v4))")
                }
                (Assign::Made, _, true) => {
                    format!(
                        "to.value({constant}, &new.{field}.unwrap_or_else(|| Some(uuid::Uuid::new_v4())))"
                    )
                }
                (assign, ..) => assign_call(column, assign, "new"),
            }
        };
        plan.into_iter().map(call).collect()
    }

    fn patch_calls(&self) -> Vec<String> {
        let plan = patch_plan(&self.entity.table);
        plan.into_iter()
            .map(|(id, assign)| assign_call(self.column(id), assign, "patch"))
            .collect()
    }
}

fn key_calls(module: &Module<'_>, key: &[ColumnId]) -> Vec<String> {
    let constant = |column: &ColumnId| &module.column(*column).constant;
    match key {
        [only] => vec![format!("to.value({}, key)", constant(only))],
        _ => (key.iter().enumerate())
            .map(|(place, column)| format!("to.value({}, &key.{place})", constant(column)))
            .collect(),
    }
}

/// The call that gives a field of `owner` as it is.
pub(super) fn value_call(column: &Column, owner: &str) -> String {
    format!("to.value({}, &{owner}.{})", column.constant, column.field)
}

fn assign_call(column: &Column, assign: Assign, owner: &str) -> String {
    let method = match assign {
        Assign::Value | Assign::Made => "value",
        Assign::OrElse => "or_default",
        Assign::IfGiven => "given",
    };
    format!(
        "to.{method}({}, &{owner}.{})",
        column.constant, column.field
    )
}

fn tuple(mut parts: Vec<String>) -> String {
    if parts.len() == 1 {
        parts.remove(0)
    } else {
        format!("({})", parts.join(", "))
    }
}
