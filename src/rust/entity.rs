//! The view of an entity: its structs, columns and statements.

use serde::Serialize;

use crate::model::{Column, EntityId, Model, Table, Type};
use crate::naming::rust::upsert;
use crate::sql::order::Order;
use crate::sql::statement::{RowSql, Upsert, column_list, row_sql};

use super::module::{ColumnView, Module, table_facts};
use super::put::PutView;
use super::relationship::{RelationshipView, relationship};
use super::structs::StructView;
use super::target::{Bindings, Driver};
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
    structs: [StructView; 3],
    columns: Vec<ColumnView>,
    key_type: String,
    option_self: String,
    vec_of_keys: String,
    /// How many statements `insert_many` takes, as it reads in a doc comment.
    rows_per_statement: &'static str,
    /// The errors of a write that does not meet the row as it was read.
    lost: &'static str,
    rows_to_insert: String,
    key_value: String,
    name: String,
    key_places: String,
    column_list: String,
    sql: SqlView,
    /// The constants of the entity that it has not by default.
    facts: Vec<String>,
    /// Those of its table.
    table_facts: Vec<String>,
    upserts: Vec<UpsertView>,
    puts: Vec<PutView>,
    relationships: Vec<RelationshipView>,
    bindings: Bindings,
}

/// The statements as literals.
#[derive(Debug, Serialize)]
struct SqlView {
    table: String,
    select: String,
    find: String,
    insert: String,
    insert_into: String,
    insert_values: String,
    insert_many: String,
    insert_row: String,
    update: String,
    save: String,
    delete: String,
}

/// A method that inserts a row or changes the one with the same key.
#[derive(Debug, Serialize)]
struct UpsertView {
    method: String,
    /// The key's columns as they read in a doc comment.
    key: String,
    sql: String,
    doc: Vec<&'static str>,
}

/// Where the tables of a model stand among each other.
pub struct Standing {
    order: Order,
    ranks: Vec<usize>,
}

impl Standing {
    /// Of the tables of `model`.
    #[must_use]
    pub fn of(model: &Model) -> Self {
        let order = Order::of(model);
        Self {
            ranks: order.ranks_of_circles(),
            order,
        }
    }

    /// Whether the table of an entity refers to itself, directly or through others.
    fn is_circular(&self, id: EntityId, table: &Table) -> bool {
        let mut keys = table.foreign_keys.iter();
        keys.any(|key| self.order.is_circular(id.0, key.target.0))
    }
}

/// What `insert_many` takes: the rows `new`, from an iterator that goes with the future where there is one.
fn rows_to_insert(local: &Locals<'_>, new: &str, bindings: Bindings) -> String {
    let rows = local.prelude("IntoIterator");
    if bindings.is_asynchronous() {
        format!(
            "impl {rows}<Item = {new}, IntoIter: {}>",
            local.prelude("Send")
        )
    } else {
        format!("impl {rows}<Item = {new}>")
    }
}

/// The view of the entity `id`.
#[must_use]
pub fn entity(model: &Model, standing: &Standing, id: EntityId, driver: Driver) -> EntityView {
    let grammar = driver.grammar;
    let entity = model.entity(id);
    let (table, names) = (&entity.table, &entity.rust);
    let module = Module::of_entity(model, entity, driver.time);
    let sql = row_sql(grammar, table);
    EntityView {
        row: names.row.clone(),
        new: names.new.clone(),
        patch: names.patch.clone(),
        structs: module.structs(names, &entity.extras, words(table)),
        columns: module.columns(),
        key_type: module.key_type(),
        rows_to_insert: rows_to_insert(&module.local, &names.new, driver.bindings),
        rows_per_statement: if !sql.insert_many.is_empty() {
            "One statement for 4096 rows."
        } else if counted(table).is_some() {
            "One statement for 16 rows."
        } else {
            "One statement for each row."
        },
        lost: if table.version().is_some() {
            "`NotFound`, `Stale`"
        } else {
            "`NotFound`"
        },
        vec_of_keys: format!("{}<{}>", module.local.prelude("Vec"), module.key_type()),
        option_self: module.local.option("Self"),
        key_value: module.key_value(),
        name: literal::string(&entity.name),
        key_places: module.key_places(),
        column_list: literal::string(&column_list(grammar, table)),
        facts: facts(&module, standing, id),
        table_facts: table_facts(&sql.touch),
        upserts: (sql.upserts.iter())
            .map(|each| upsert_view(table, each))
            .collect(),
        sql: sql_view(&sql),
        puts: module.puts(),
        relationships: (entity.relationships.iter())
            .map(|each| relationship(model, entity, each, grammar))
            .collect(),
        bindings: driver.bindings,
    }
}

/// What the structs of a row, of one to insert and of changes are.
fn words(table: &Table) -> [Vec<String>; 3] {
    let name = doc::code(&table.name);
    [
        doc::lines(table.doc.as_deref(), &format!("A row of {name}.")),
        vec![format!(" A row to insert into {name}.")],
        vec![format!(
            " Changes to a row of {name}; `None` leaves a column as it is."
        )],
    ]
}

/// What the support code is told of the entity beside its statements.
fn facts(module: &Module<'_>, standing: &Standing, id: EntityId) -> Vec<String> {
    let table = module.table;
    let mut facts = vec![format!("RANK: usize = {}", standing.ranks[id.0])];
    if standing.is_circular(id, table) {
        facts.push("CIRCULAR: bool = true".to_owned());
    }
    if table.version().is_some() {
        facts.push("VERSIONED: bool = true".to_owned());
    }
    if let Some(column) = counted(table) {
        let counted = match column.ty {
            Type::User(_) => "counted_base",
            _ => "counted",
        };
        facts.push(format!(
            "COUNTED: db::Counted<Self> = Some(db::{counted}::<Self>)"
        ));
    }
    facts
}

/// The primary key, where the database counts it up.
fn counted(table: &Table) -> Option<&Column> {
    let mut key = table.primary_key.columns.iter();
    key.find_map(|column| Some(&table.columns[*column]).filter(|column| column.auto_increment))
}

fn upsert_view(table: &Table, Upsert { columns, sql, .. }: &Upsert) -> UpsertView {
    let columns = || columns.iter().map(|column| &table.columns[*column]);
    let words: Vec<String> = columns().map(|column| doc::code(&column.name)).collect();
    UpsertView {
        method: upsert(columns().map(|column| column.field.as_str())),
        key: words.join(", "),
        // In SQL, no NULL is the same as another.
        doc: if columns().any(|column| column.nullable) {
            vec![" A key with a NULL in it is that of no other row, so then a row is inserted."]
        } else {
            Vec::new()
        },
        sql: literal::string(sql),
    }
}

fn sql_view(sql: &RowSql) -> SqlView {
    SqlView {
        table: literal::string(&sql.table),
        select: literal::string(&sql.select),
        find: literal::string(&sql.find),
        insert: literal::string(&sql.insert),
        insert_into: literal::string(&sql.insert_into),
        insert_values: literal::string(&sql.insert_values),
        insert_many: literal::string(&sql.insert_many),
        insert_row: literal::string(&sql.insert_row),
        update: literal::string(&sql.update),
        save: literal::string(&sql.save),
        delete: literal::string(&sql.delete),
    }
}
