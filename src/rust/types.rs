//! The Rust of column types. A new column type is a line in [`rust_type`], and a support part when the driver lacks it.

use std::collections::BTreeSet;

use crate::model::{Column, EntityNames, Model, Route, Table, Time, Type};

use super::times::times;

/// How Rust holds a column's values.
pub(super) struct RustType {
    /// The type of a field, without `Option`.
    pub(super) value: String,
    /// The column type of the support code; the same as `value` in most cases.
    pub(super) column: String,
    /// Whether a field is copied rather than cloned.
    pub(super) copy: bool,
    /// The part of the support code that stores it, when not the one that is always there.
    pub(super) part: Option<Part>,
}

/// The Rust of `ty` in the module of `local`.
pub(super) fn rust_type(ty: &Type, local: &Locals<'_>) -> RustType {
    let plain = |name: &str| of(name.to_owned(), true, None);
    let times = times(local.time);
    let moment = |path: &str| of(path.to_owned(), true, Some(Part::Time(local.time)));
    match ty {
        Type::Boolean => plain("bool"),
        Type::SmallInt => plain("i16"),
        Type::Integer => plain("i32"),
        Type::BigInt => plain("i64"),
        Type::Float => plain("f32"),
        Type::Double => plain("f64"),
        Type::Decimal { precision, scale } => RustType {
            column: format!("db::Scaled<{precision}, {scale}>"),
            ..of("rust_decimal::Decimal".into(), true, Some(Part::Decimal))
        },
        Type::String(_) | Type::Text => of(local.prelude("String"), false, None),
        Type::Bytes(_) => of(format!("{}<u8>", local.prelude("Vec")), false, None),
        Type::Uuid => of("uuid::Uuid".into(), true, Some(Part::Uuid)),
        Type::Date => moment(times.date),
        Type::Time => moment(times.time),
        Type::DateTime => moment(times.datetime),
        Type::Timestamp => moment(times.timestamp),
        Type::Json => of("serde_json::Value".into(), false, Some(Part::Json)),
        Type::Enum(each) => of(format!("super::{}", each.rust), true, Some(Part::Enum)),
        Type::User(each) => RustType {
            column: format!("db::Stored<{}>", each.rust),
            ..of(each.rust.clone(), false, Some(Part::UserType))
        },
        Type::List(each) => {
            let each = rust_type(each, local);
            let list = |item: &str| format!("{}<{item}>", local.prelude("Vec"));
            RustType {
                column: list(&each.column),
                ..of(list(&each.value), false, each.part)
            }
        }
    }
}

fn of(value: String, copy: bool, part: Option<Part>) -> RustType {
    RustType {
        column: value.clone(),
        value,
        copy,
        part,
    }
}

/// The type of a column's field.
pub(super) fn field_type(column: &Column, local: &Locals<'_>) -> String {
    let value = rust_type(&column.ty, local).value;
    if column.nullable {
        local.option(&value)
    } else {
        value
    }
}

/// The column type of a column.
pub(super) fn column_type(column: &Column, local: &Locals<'_>) -> String {
    let ty = rust_type(&column.ty, local).column;
    let with_null = |ty: String| {
        if column.nullable {
            local.option(&ty)
        } else {
            ty
        }
    };
    match column {
        // It is never NULL.
        Column { version: true, .. } => format!("db::Version<{ty}>"),
        Column {
            computed: Some(_), ..
        } => format!("db::Computed<{}>", with_null(ty)),
        _ => with_null(ty),
    }
}

/// What decides how types are written in a module.
pub(super) struct Locals<'a> {
    /// The type names that it defines. They hide those of the prelude: an entity may be called `Option`.
    pub(super) names: [&'a str; 3],
    /// The crate of dates and times.
    pub(super) time: Time,
}

impl<'a> Locals<'a> {
    /// A module with the structs of `names`.
    pub(super) fn of(names: &'a EntityNames, time: Time) -> Self {
        Self {
            names: [&names.row, &names.new, &names.patch],
            time,
        }
    }
}

impl Locals<'_> {
    /// A name of the prelude, as it is written in this module.
    pub(super) fn prelude(&self, name: &str) -> String {
        if !self.names.contains(&name) {
            return name.to_owned();
        }
        match name {
            "String" => "std::string::String".into(),
            "Vec" => "std::vec::Vec".into(),
            "IntoIterator" => "std::iter::IntoIterator".into(),
            "Send" => "std::marker::Send".into(),
            _ => format!("std::option::{name}"),
        }
    }

    /// `Option<value>`.
    pub(super) fn option(&self, value: &str) -> String {
        format!("{}<{value}>", self.prelude("Option"))
    }
}

/// A part of the support code that only some schemas need.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Columns that the database computes.
    Computed,
    /// The crate `rust_decimal`.
    Decimal,
    /// Enums of the spec.
    Enum,
    /// The crate `serde_json`.
    Json,
    /// Secondaries with payload.
    Links,
    /// Statements that are not counted: those of a schema without tests of its own.
    Prepared,
    /// Relationships that nothing is written over.
    ReadOnly,
    /// The same over secondaries with payload.
    ReadOnlyLinks,
    /// What the tests of a schema's own relationships call.
    Testing,
    /// The same for secondaries with payload.
    TestingLinks,
    /// Dates and times of a crate.
    Time(Time),
    /// Types of the user's own.
    UserType,
    /// The crate `uuid`.
    Uuid,
    /// Columns that count the writes to a row.
    Version,
}

/// The parts that `model` needs beside those that are always there, with or without tests.
#[must_use]
pub fn needed_parts(model: &Model, time: Time, tests: bool) -> BTreeSet<Part> {
    let names = [""; 3];
    let local = Locals { names, time };
    let entities = model.entities.iter().map(|entity| &entity.table);
    let links = || model.secondaries.iter().filter(|each| each.rust.is_some());
    let columns = entities
        .chain(links().map(|secondary| &secondary.table))
        .flat_map(|table: &Table| &table.columns);
    let of_columns = columns.flat_map(|column| {
        let version = column.version.then_some(Part::Version);
        let computed = column.computed.as_ref().map(|_| Part::Computed);
        let of_type = rust_type(&column.ty, &local).part;
        [of_type, version, computed].into_iter().flatten()
    });
    let enums = model.enums.iter().map(|_| Part::Enum);
    let types = model.types.iter().flat_map(|each| {
        let base = rust_type(&each.base, &local).part;
        [Some(Part::UserType), base].into_iter().flatten()
    });
    let relationships = model.entities.iter().flat_map(|each| &each.relationships);
    let relationships = relationships
        .filter(|each| each.is_read_only(&model.entity(each.target).table))
        .map(|each| match each.route {
            Route::ManyToMany { secondary, .. } if model.secondary(secondary).rust.is_some() => {
                Part::ReadOnlyLinks
            }
            _ => Part::ReadOnly,
        });
    let testing = if tests { Part::Testing } else { Part::Prepared };
    let testing_links = links().filter(|_| tests).map(|_| Part::TestingLinks);
    of_columns
        .chain([testing])
        .chain(testing_links)
        .chain(links().map(|_| Part::Links))
        .chain(enums)
        .chain(relationships)
        .chain(types)
        .collect()
}
