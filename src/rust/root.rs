//! The view of the generated root: names brought to the top, the schema as a whole.

use std::sync::Arc;

use serde::Serialize;

use crate::model::{EntityNames, Enum, Model, hash};

use super::target::{Bindings, Driver};
use super::{Visibility, declared, literal};

/// What the templates print of a whole schema.
#[derive(Debug, Serialize)]
pub struct RootView {
    /// What each entity's module brings to the top.
    names: Vec<String>,
    /// What the module of the declared types brings, once or not at all. It stands last, where the formatter leaves a
    /// name without braces on a line of its own.
    types: Vec<String>,
    /// What the support code brings.
    support: String,
    schema_file: String,
    drop_statements: Vec<String>,
    spec_hash: String,
    bindings: Bindings,
    /// What stands before each item.
    visibility: &'static str,
}

/// The view of `model`; `schema_file` is the name of the file of its DDL, beside the Rust.
#[must_use]
pub fn root(model: &Model, driver: Driver, schema_file: &str, visibility: Visibility) -> RootView {
    let names = |names: &EntityNames| {
        let EntityNames {
            module,
            row,
            new,
            patch,
            ..
        } = names;
        format!("{module}::{{{new}, {row}, {patch}}}")
    };
    let entities = model.entities.iter().map(|entity| &entity.rust);
    let links = model.secondaries.iter();
    let links = links.filter_map(|secondary| secondary.rust.as_ref());
    RootView {
        names: entities.chain(links).map(names).collect(),
        types: enums(&model.enums).into_iter().collect(),
        support: brought(model, driver.bindings.brought),
        schema_file: literal::string(schema_file),
        drop_statements: (driver.grammar.drop_tables(model).iter())
            .map(|statement| literal::string(statement))
            .collect(),
        spec_hash: literal::string(&format!("{:016x}", hash::stable(model))),
        bindings: driver.bindings,
        visibility: visibility.prefix(),
    }
}

/// What the support code brings to the top, of `own` what no item of the spec is called.
fn brought(model: &Model, own: &[&'static str]) -> String {
    let structs = model.entities.iter().map(|entity| &entity.rust);
    let links = model.secondaries.iter();
    let links = links.filter_map(|secondary| secondary.rust.as_ref());
    let structs = structs.chain(links);
    let structs = structs.flat_map(|names| [&names.row, &names.new, &names.patch]);
    let enums = model.enums.iter().map(|each| &each.rust);
    let taken: Vec<&String> = structs.chain(enums).collect();
    let own = own
        .iter()
        .filter(|name| !taken.iter().any(|taken| taken == *name));
    let mut names: Vec<&str> = ALWAYS_BROUGHT.into_iter().chain(own.copied()).collect();
    names.sort_unstable();
    format!("{{{}}}", names.join(", "))
}

/// What the support code of every target brings to the top.
const ALWAYS_BROUGHT: [&str; 7] = [
    "Committed",
    "Error",
    "Pending",
    "Ref",
    "UnitOfWork",
    "raw",
    "retry",
];

/// What the module of the declared types brings to the top.
fn enums(enums: &[Arc<Enum>]) -> Option<String> {
    let names: Vec<&str> = enums.iter().map(|each| each.rust.as_str()).collect();
    let module = declared::MODULE;
    match names[..] {
        [] => None,
        [only] => Some(format!("{module}::{only}")),
        _ => Some(format!("{module}::{{{}}}", names.join(", "))),
    }
}
