//! The view of the types that a schema declares: its enums, and how the user's own types are stored.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::model::{Dialect, Enum, Extras, Model, Time, Type, UserType, Variant};
use crate::naming::Derive;
use crate::naming::derive::ENUM;

use super::types::{Locals, rust_type};
use super::{doc, literal};

/// The module of these types; `reserved::TYPES` keeps its name free.
pub const MODULE: &str = crate::naming::reserved::TYPES;

/// What the templates print of them.
#[derive(Debug, Serialize)]
pub struct DeclaredView {
    enums: Vec<EnumView>,
    types: Vec<TypeView>,
}

#[derive(Debug, Serialize)]
struct EnumView {
    doc: Vec<String>,
    /// What stands between `#[` and `]`.
    attributes: Vec<String>,
    rust: String,
    name: String,
    count: usize,
    variants: Vec<VariantView>,
    /// Whether the database sorts them by their places.
    by_place: bool,
    /// Once where it is the primary key of an entity, which a `Ref` is made of then.
    keys: Vec<&'static str>,
}

#[derive(Debug, Serialize)]
struct VariantView {
    doc: Vec<String>,
    /// What stands between `#[` and `]`.
    attributes: Vec<&'static str>,
    rust: String,
    stored: String,
}

/// A type of the user's own.
#[derive(Debug, Serialize)]
struct TypeView {
    doc: Vec<String>,
    rust: String,
    /// The column type of the base.
    base: String,
    /// What a field of that has.
    value: String,
    /// What makes a value of `base`.
    from: String,
    /// What makes the base of `self`.
    into: String,
    keys: Vec<&'static str>,
}

/// The view of the types of `model`; `None` when it declares none.
#[must_use]
pub fn declared(model: &Model, dialect: Dialect, time: Time) -> Option<DeclaredView> {
    let keys = keys(model);
    let enums = model.enums.iter();
    let enums: Vec<EnumView> = enums.map(|each| enum_view(each, dialect, &keys)).collect();
    let types = model.types.iter();
    let types: Vec<TypeView> = types.map(|each| type_view(each, &keys, time)).collect();
    (!(enums.is_empty() && types.is_empty())).then_some(DeclaredView { enums, types })
}

/// The names of the types that are primary keys alone.
fn keys(model: &Model) -> BTreeSet<&str> {
    let tables = model.entities.iter().map(|entity| &entity.table);
    let keys = tables.filter_map(|table| match table.primary_key.columns[..] {
        [only] => Some(&table.columns[only].ty),
        _ => None,
    });
    keys.filter_map(|ty| match ty {
        Type::Enum(of) => Some(of.name.as_str()),
        Type::User(of) => Some(of.name.as_str()),
        _ => None,
    })
    .collect()
}

/// Once where the type called `name` is a key.
fn key(keys: &BTreeSet<&str>, name: &str) -> Vec<&'static str> {
    keys.get(name).map(|_| "key").into_iter().collect()
}

fn type_view(each: &UserType, keys: &BTreeSet<&str>, time: Time) -> TypeView {
    // Enums in the same module may be called like anything of the prelude.
    let names = ["Option", "String", "Vec"];
    let base = rust_type(&each.base, &Locals { names, time });
    let examples = match doc::values(&each.base, &each.examples) {
        values if values.is_empty() => values,
        values => format!(", such as {values}"),
    };
    let words = format!("The type {}{examples}.", doc::code(&each.name));
    TypeView {
        doc: doc::lines(each.doc.as_deref(), &words),
        rust: each.rust.clone(),
        base: base.column,
        value: base.value,
        from: match &each.from {
            Some(function) => format!("db::converted({function}(base))"),
            None => "db::try_from(base)".to_owned(),
        },
        into: match &each.into {
            Some(function) => format!("{function}(self)"),
            None => "db::into_base(self)".to_owned(),
        },
        keys: key(keys, &each.name),
    }
}

fn enum_view(each: &Enum, dialect: Dialect, keys: &BTreeSet<&str>) -> EnumView {
    EnumView {
        doc: doc::lines(
            each.doc.as_deref(),
            &format!("The enum {}.", doc::code(&each.name)),
        ),
        rust: each.rust.clone(),
        name: literal::string(&each.name),
        count: each.variants.len(),
        attributes: attributes(&each.extras),
        variants: variant_views(each),
        // PostgreSQL takes a text beside them for one of them.
        by_place: each.native && dialect == Dialect::Mysql,
        keys: key(keys, &each.name),
    }
}

/// The derives, and what else is added behind them.
fn attributes(extras: &Extras) -> Vec<String> {
    let built_in = ENUM.into_iter().filter_map(Derive::std_name);
    let mut derives: Vec<&str> = built_in.collect();
    derives.extend(extras.derives.iter().map(String::as_str));
    let derives = format!("derive({})", derives.join(", "));
    let added = extras.attributes.iter().cloned();
    std::iter::once(derives).chain(added).collect()
}

fn variant_views(each: &Enum) -> Vec<VariantView> {
    let mut views: Vec<VariantView> = each.variants.iter().map(variant_view).collect();
    let mut derives = each.extras.derives.iter();
    if derives.any(|path| Derive::of(path) == Derive::Default)
        && let Some(first) = views.first_mut()
    {
        first.attributes.push("default");
    }
    views
}

fn variant_view(variant: &Variant) -> VariantView {
    VariantView {
        attributes: Vec::new(),
        doc: doc::lines(
            variant.doc.as_deref(),
            &format!("Stored as {}.", doc::code(&variant.stored)),
        ),
        rust: variant.rust.clone(),
        stored: literal::string(&variant.stored),
    }
}
