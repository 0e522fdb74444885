//! The view of the links of a secondary with payload: their structs and columns.

use serde::Serialize;

use crate::model::{EntityNames, Model, Secondary};
use crate::sql::statement::{RowSql, column_list, rest_of_key, row_sql};

use super::module::{ColumnView, Module, table_facts};
use super::put::{PutView, views};
use super::structs::StructView;
use super::target::{Bindings, Driver};
use super::{doc, literal};

/// What the templates print of the links of a secondary.
#[derive(Debug, Serialize)]
pub struct LinkView {
    row: String,
    new: String,
    patch: String,
    structs: [StructView; 3],
    columns: Vec<ColumnView>,
    key_type: String,
    name: String,
    key_places: String,
    column_list: String,
    sql: SqlView,
    /// The parameters of the payload.
    payload: Vec<PutView>,
    puts: Vec<PutView>,
    /// The number of columns.
    width: usize,
    /// The constants of the table that it has not by default.
    table_facts: Vec<String>,
    bindings: Bindings,
}

/// The statements as literals.
#[derive(Debug, Serialize)]
struct SqlView {
    table: String,
    select: String,
}

/// The view of the links of `secondary`, which are called `names`.
#[must_use]
pub fn link(model: &Model, secondary: &Secondary, names: &EntityNames, driver: Driver) -> LinkView {
    let grammar = driver.grammar;
    let table = &secondary.table;
    let module = Module::of_links(model, secondary, names, driver.time);
    let words = doc::code(&table.name);
    let RowSql {
        table: quoted,
        select,
        touch,
        ..
    } = row_sql(grammar, table);
    LinkView {
        row: names.row.clone(),
        new: names.new.clone(),
        patch: names.patch.clone(),
        structs: module.structs(
            names,
            &secondary.extras,
            [
                doc::lines(table.doc.as_deref(), &format!("A link in {words}.")),
                vec![format!(" What a link in {words} has beside its ends.")],
                vec![format!(
                    " Changes to a link in {words}; `None` leaves a column as it is."
                )],
            ],
        ),
        columns: module.columns(),
        key_type: module.key_type(),
        name: literal::string(&secondary.name),
        key_places: module.key_places(),
        column_list: literal::string(&column_list(grammar, table)),
        sql: SqlView {
            table: literal::string(&quoted),
            select: literal::string(&select),
        },
        payload: payload(&module, secondary),
        puts: views([
            (
                "put_key(key: &Self::Key, to: &mut db::Params<'_>)",
                module.key_calls(),
            ),
            (
                "put_row(&self, to: &mut db::Params<'_>)",
                module.row_calls(&(0..table.columns.len()).collect::<Vec<_>>()),
            ),
            (
                "put_patch(patch: &Self::Patch, to: &mut db::Params<'_>)",
                module.patch_calls(),
            ),
        ]),
        width: table.columns.len(),
        table_facts: table_facts(&touch),
        bindings: driver.bindings,
    }
}

fn payload(module: &Module<'_>, secondary: &Secondary) -> Vec<PutView> {
    let rest = match secondary.identity() {
        Some(key) if secondary.multiple => rest_of_key(secondary, &key),
        _ => Vec::new(),
    };
    let all = module.new.iter();
    let of_key = all.clone().filter(|(column, _)| rest.contains(column));
    let call = |each: &(usize, _)| module.new_call(*each, "self");
    views([
        (
            "put(&self, to: &mut db::Params<'_>)",
            all.map(call).collect(),
        ),
        (
            "put_key(&self, to: &mut db::Params<'_>)",
            of_key.map(call).collect(),
        ),
    ])
}
