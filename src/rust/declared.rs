//! The view of the types that a schema declares: its enums.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::model::{Enum, Model, Type, Variant};

use super::{doc, literal};

/// The module of these types; `reserved::TYPES` keeps its name free.
pub const MODULE: &str = crate::naming::reserved::TYPES;

/// What the templates print of them.
#[derive(Debug, Serialize)]
pub struct DeclaredView {
    enums: Vec<EnumView>,
}

#[derive(Debug, Serialize)]
struct EnumView {
    doc: Vec<String>,
    rust: String,
    name: String,
    count: usize,
    variants: Vec<VariantView>,
    /// Once where it is the primary key of an entity, which a `Ref` is made of then.
    keys: Vec<&'static str>,
}

#[derive(Debug, Serialize)]
struct VariantView {
    doc: Vec<String>,
    rust: String,
    stored: String,
}

/// The view of the types of `model`; `None` when it declares none.
#[must_use]
pub fn declared(model: &Model) -> Option<DeclaredView> {
    let keys = keys(model);
    let enums = model.enums.iter();
    let enums: Vec<EnumView> = enums.map(|each| enum_view(each, &keys)).collect();
    (!enums.is_empty()).then_some(DeclaredView { enums })
}

/// The names of the enums that are primary keys alone.
fn keys(model: &Model) -> BTreeSet<&str> {
    let tables = model.entities.iter().map(|entity| &entity.table);
    let keys = tables.filter_map(|table| match table.primary_key.columns[..] {
        [only] => Some(&table.columns[only].ty),
        _ => None,
    });
    keys.filter_map(|ty| match ty {
        Type::Enum(of) => Some(of.name.as_str()),
        _ => None,
    })
    .collect()
}

fn enum_view(each: &Enum, keys: &BTreeSet<&str>) -> EnumView {
    let key = keys.contains(each.name.as_str());
    EnumView {
        doc: doc::lines(
            each.doc.as_deref(),
            &format!("The enum {}.", doc::code(&each.name)),
        ),
        rust: each.rust.clone(),
        name: literal::string(&each.name),
        count: each.variants.len(),
        variants: each.variants.iter().map(variant_view).collect(),
        keys: if key { vec!["key"] } else { Vec::new() },
    }
}

fn variant_view(variant: &Variant) -> VariantView {
    VariantView {
        doc: doc::lines(
            variant.doc.as_deref(),
            &format!("Stored as {}.", doc::code(&variant.stored)),
        ),
        rust: variant.rust.clone(),
        stored: literal::string(&variant.stored),
    }
}
