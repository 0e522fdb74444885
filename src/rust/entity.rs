//! The view of an entity: its structs, columns and statements.

use serde::Serialize;

use crate::model::{EntityId, Model, Table};
use crate::sql::Grammar;
use crate::sql::statement::{column_list, row_sql};

use super::module::{ColumnView, FieldView, Module};
use super::put::PutView;
use super::relationship::{RelationshipView, relationship};
use super::target::Bindings;
use super::types::Locals;
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
