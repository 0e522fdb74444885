//! The names of entities and tables.

use super::context::Context;
use super::draft::{Draft, Origin, Source};
use super::names;
use crate::model::EntityNames;
use crate::naming::{database, rust};

/// Checks the table's own names and begins its draft.
pub(super) fn draft<'s>(context: &mut Context<'s>, source: Source<'s>) -> Draft<'s> {
    let what = if source.is_entity() {
        "an entity"
    } else {
        "a secondary"
    };
    names::check(context, source.name, what, || source.path.clone());
    let table = match source.table {
        Some(table) => {
            names::check_database(context, table, || source.path.key("table")).to_owned()
        }
        None if source.is_entity() => {
            let table = database::table(source.name, &context.plurals);
            context.patterns.table(source.name, &table)
        }
        None => context.patterns.table(source.name, source.name),
    };
    names::check_sqlite(context, &table, || match source.table {
        Some(_) => source.path.key("table").at_value(),
        None => source.place(Origin::Table),
    });
    Draft::new(source, table)
}

/// The Rust names of an entity, or of the links of a secondary that have something of their own.
pub(super) fn names(context: &mut Context<'_>, draft: &Draft<'_>) -> Option<EntityNames> {
    let source = &draft.source;
    if !source.is_entity() && !draft.has_payload() {
        return None;
    }
    let path = || source.path.clone();
    let row = names::rust_name(context, source.name, source.rust_name, rust::camel, path);
    let file = rust::snake(&row);
    if rust::never(&file) && !rust::never(&row) {
        names::needs_rust_name(context, source.name, &file, source.place(Origin::Table));
    }
    Some(EntityNames {
        new: format!("New{row}"),
        patch: format!("{row}Patch"),
        module: rust::raw(file.clone()),
        file,
        row: rust::raw(row),
    })
}
