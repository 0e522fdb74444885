//! The functions that give statements their parameters.

use serde::Serialize;

use crate::model::{Column, ColumnId, Type};
use crate::sql::statement::{Assign, made, written};

use super::module::Module;

/// A function that gives the parameters of a statement.
#[derive(Debug, Serialize)]
pub(super) struct PutView {
    signature: &'static str,
    calls: Vec<String>,
}

/// Functions that would give nothing are left to the trait's own.
pub(super) fn views<const N: usize>(puts: [(&'static str, Vec<String>); N]) -> Vec<PutView> {
    let puts = puts.into_iter().filter(|(_, calls)| !calls.is_empty());
    puts.map(|(signature, calls)| PutView { signature, calls })
        .collect()
}

impl Module<'_> {
    pub(super) fn puts(&self) -> Vec<PutView> {
        let table = self.table;
        let lock: Vec<String> = (table.version().into_iter())
            .flat_map(|version| {
                let version = value_call(self.column(version), "", "self");
                ["self.put_own_key(to)".to_owned(), version]
            })
            .collect();
        let all: Vec<ColumnId> = (0..table.columns.len()).collect();
        let mut written = written(table);
        if written == all {
            written.clear();
        }
        views([
            (
                "put_key(key: &Self::Key, to: &mut db::Params<'_>)",
                self.key_calls(),
            ),
            ("put_lock(&self, to: &mut db::Params<'_>)", lock),
            (
                "put_row(&self, to: &mut db::Params<'_>)",
                self.row_calls(&all),
            ),
            (
                "put_written(&self, to: &mut db::Params<'_>)",
                self.row_calls(&written),
            ),
            (
                "put_new(new: &Self::New, to: &mut db::Params<'_>)",
                self.new
                    .iter()
                    .map(|each| self.new_call(*each, "new"))
                    .collect(),
            ),
            (
                "put_given(new: &Self::New, to: &mut db::Params<'_>)",
                self.given_calls(),
            ),
            (
                "put_patch(patch: &Self::Patch, to: &mut db::Params<'_>)",
                self.patch_calls(),
            ),
        ])
    }

    pub(super) fn row_calls(&self, columns: &[ColumnId]) -> Vec<String> {
        columns
            .iter()
            .map(|column| value_call(self.column(*column), "", "self"))
            .collect()
    }

    /// The call that gives a field of a `New…`, which is called `owner`.
    pub(super) fn new_call(&self, (id, assign): (ColumnId, Assign), owner: &str) -> String {
        let column = self.column(id);
        let (constant, field) = (&column.constant, &column.field);
        let reference = self.referenced_entity(id).is_some();
        if let (Assign::Made, Type::User(_)) = (assign, &column.ty) {
            return format!("to.made({constant}, &{owner}.{field}, uuid::Uuid::new_v4)");
        }
        match (assign, reference, column.nullable) {
            (Assign::Value, true, false) => format!("to.reference({constant}, &{owner}.{field})"),
            (Assign::Value, true, true) | (Assign::OrElse, true, _) => {
                format!("to.optional_reference({constant}, &{owner}.{field})")
            }
            (Assign::IfGiven, true, _) => {
                format!("to.given_reference({constant}, &{owner}.{field})")
            }
            (Assign::Made, _, false) => {
                format!("to.value({constant}, &{owner}.{field}.unwrap_or_else(uuid::Uuid::new_v4))")
            }
            (Assign::Made, _, true) => format!(
                "to.value({constant}, &{owner}.{field}.unwrap_or_else(|| Some(uuid::Uuid::new_v4())))"
            ),
            (assign, ..) => assign_call(column, assign, owner),
        }
    }

    fn given_calls(&self) -> Vec<String> {
        made(self.table)
            .into_iter()
            .map(|column| format!("to.is_given(&new.{})", self.column(column).field))
            .collect()
    }

    pub(super) fn patch_calls(&self) -> Vec<String> {
        let plan = self.patch.iter();
        plan.map(|(id, assign)| assign_call(self.column(*id), *assign, "patch"))
            .collect()
    }

    /// Those of a primary key that is called `key`.
    pub(super) fn key_calls(&self) -> Vec<String> {
        let key = &self.table.primary_key.columns;
        let constant = |column: &ColumnId| &self.column(*column).constant;
        match &key[..] {
            [only] => vec![format!("to.value({}, key)", constant(only))],
            _ => (key.iter().enumerate())
                .map(|(place, column)| format!("to.value({}, &key.{place})", constant(column)))
                .collect(),
        }
    }
}

/// The call that gives a field of `owner` as it is; the column's constant stands at `path`, empty for this module.
pub(super) fn value_call(column: &Column, path: &str, owner: &str) -> String {
    format!(
        "to.value({path}{}, &{owner}.{})",
        column.constant, column.field
    )
}

fn assign_call(column: &Column, assign: Assign, owner: &str) -> String {
    let (constant, field) = (&column.constant, &column.field);
    match assign {
        Assign::Value | Assign::Made => value_call(column, "", owner),
        Assign::OrElse => format!("to.or_default({constant}, &{owner}.{field})"),
        Assign::IfGiven => format!("to.given({constant}, &{owner}.{field})"),
    }
}
