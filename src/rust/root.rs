//! The view of the generated root: modules, names brought to the top, the schema as a whole.

use serde::Serialize;

use crate::model::{EntityId, Model, hash};
use crate::sql::Grammar;

use super::entity::{EntityView, entity};
use super::literal;
use super::target::Bindings;

/// What the templates print of a whole schema.
#[derive(Debug, Serialize)]
pub struct RootView {
    /// The entities in order.
    pub entities: Vec<EntityView>,
    schema_file: String,
    drop_statements: Vec<String>,
    spec_hash: String,
    connection: &'static str,
}

/// The view of `model`; `schema_file` is the name of the file of its DDL, beside the Rust.
#[must_use]
pub fn root(
    model: &Model,
    bindings: &Bindings,
    grammar: &'static dyn Grammar,
    schema_file: &str,
) -> RootView {
    let ids = (0..model.entities.len()).map(EntityId);
    RootView {
        entities: ids.map(|id| entity(model, id, bindings, grammar)).collect(),
        schema_file: literal::string(schema_file),
        drop_statements: (grammar.drop_tables(model).iter())
            .map(|statement| literal::string(statement))
            .collect(),
        spec_hash: literal::string(&format!("{:016x}", hash::stable(model))),
        connection: bindings.connection,
    }
}
