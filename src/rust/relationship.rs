//! The view of a relationship: a constant with its statements, and an accessor.

use serde::Serialize;

use crate::model::{
    ColumnId, End, Entity, Equality, ForeignKey, Hop, Model, Relationship, Route, Secondary, Table,
};
use crate::sql::QueryGrammar;
use crate::sql::statement::{links, many_to_many, many_to_one, one_to_many, one_to_one, through};

use super::doc;
use super::put::value_call;
use super::statements::{self, SqlView};

/// What the templates print of a relationship.
#[derive(Debug, Serialize)]
pub struct RelationshipView {
    doc: Vec<String>,
    constant: String,
    accessor: String,
    /// The path of the target's struct.
    target: String,
    /// The kind's type.
    kind: String,
    sql: SqlView,
    /// The function that makes the constant, and the lines of what it takes beside the statements: how both rows are
    /// known, where not by their primary keys.
    constructor: &'static str,
    known_by: Vec<String>,
}

/// The view of `relationship` of `source`.
pub(super) fn relationship(
    model: &Model,
    source: &Entity,
    relationship: &Relationship,
    grammar: &'static dyn QueryGrammar,
) -> RelationshipView {
    let target = model.entity(relationship.target);
    let own = std::ptr::eq(source, target);
    let route = route(&Sides {
        model,
        source,
        target,
        relationship,
        grammar,
        module: (!own).then_some(target.rust.module.as_str()),
    });
    let condition = condition(&target.table, &relationship.condition);
    let read_only = if relationship.is_read_only(&target.table) {
        " Read-only."
    } else {
        ""
    };
    let back = relationship
        .back_populates
        .map_or_else(String::new, |back| {
            let back = &target.relationships[back].accessor;
            format!(" The other side: `{}::{back}`.", target.rust.row)
        });
    let by_key = route.known_by.iter().all(Vec::is_empty);
    RelationshipView {
        doc: doc::lines(
            relationship.doc.as_deref(),
            &format!("{}{condition}{read_only}{back}", route.words),
        ),
        constant: relationship.constant.clone(),
        accessor: relationship.accessor.clone(),
        target: if own {
            source.rust.row.clone()
        } else {
            format!("super::{}", target.rust.row)
        },
        kind: route.kind,
        sql: route.sql,
        constructor: if by_key { "new" } else { "over" },
        known_by: if by_key {
            Vec::new()
        } else {
            route.known_by.into_iter().flat_map(argument).collect()
        },
    }
}

/// What a kind of relationship decides.
struct RouteView {
    kind: String,
    words: String,
    sql: SqlView,
    /// The calls that give the columns by which the source's and the target's rows are known, where it is not by their
    /// primary keys.
    known_by: [Vec<String>; 2],
}

/// A relationship and what its view is made of.
struct Sides<'m> {
    model: &'m Model,
    source: &'m Entity,
    target: &'m Entity,
    relationship: &'m Relationship,
    grammar: &'static dyn QueryGrammar,
    /// The module of the target, where it is another one.
    module: Option<&'m str>,
}

fn route(sides: &Sides<'_>) -> RouteView {
    match sides.relationship.route {
        Route::Through { ref hops, to_one } => through_others(sides, hops, to_one),
        Route::ManyToMany { secondary, local } => {
            over_secondary(sides, sides.model.secondary(secondary), local)
        }
        Route::OneToMany { foreign_key } => {
            to_rows_with_key(sides, &sides.target.table.foreign_keys[foreign_key])
        }
        Route::ManyToOne {
            foreign_key,
            unique,
        } => by_own_key(sides, &sides.source.table.foreign_keys[foreign_key], unique),
        Route::OneToOne { foreign_key } => {
            to_row_with_key(sides, &sides.target.table.foreign_keys[foreign_key])
        }
    }
}

/// What a relationship over `secondary` to `row` is.
fn over(row: &str, secondary: &Secondary) -> String {
    let links = match &secondary.rust {
        Some(names) => format!(", each link a `{}`", names.row),
        None => String::new(),
    };
    let sides = if secondary.symmetric {
        " A link is the same from both sides."
    } else {
        ""
    };
    let table = doc::code(&secondary.table.name);
    format!("Many to many: `{row}` over {table}{links}.{sides}")
}

fn over_secondary(sides: &Sides<'_>, secondary: &Secondary, local: End) -> RouteView {
    let Sides {
        model,
        source,
        target,
        relationship,
        grammar,
        module,
    } = *sides;
    let end = |end: End| secondary.end(end);
    let sql = statements::to_many(many_to_many(grammar, model, secondary, local, relationship));
    let read_only = relationship.is_read_only(&target.table);
    let (kind, sql) = match &secondary.rust {
        None if read_only => ("db::ReadOnlyToMany".to_owned(), sql),
        None => ("db::ManyToMany".to_owned(), sql),
        Some(names) => (
            format!(
                "db::{}<super::{}>",
                if read_only {
                    "ReadOnlyWith"
                } else {
                    "ManyToManyWith"
                },
                names.row
            ),
            statements::linked(sql, &links(grammar, model, secondary, local, relationship)),
        ),
    };
    RouteView {
        kind,
        words: over(&target.rust.row, secondary),
        sql,
        known_by: [
            columns(source, &end(local).target_columns, None),
            columns(target, &end(local.other()).target_columns, module),
        ],
    }
}

fn to_rows_with_key(sides: &Sides<'_>, key: &ForeignKey) -> RouteView {
    let (here, there) = (&sides.source.table, &sides.target.table);
    let sql = one_to_many(sides.grammar, here, there, key, sides.relationship);
    RouteView {
        kind: if sides.relationship.is_read_only(there) {
            "db::ReadOnlyToMany"
        } else if sql.remove.is_some() {
            "db::OptionalOneToMany"
        } else {
            "db::OneToMany"
        }
        .to_owned(),
        words: format!(
            "One to many: each `{}` whose {} refers here.",
            sides.target.rust.row,
            names(there, key)
        ),
        sql: statements::to_many(sql),
        known_by: [columns(sides.source, &key.target_columns, None), Vec::new()],
    }
}

fn by_own_key(sides: &Sides<'_>, key: &ForeignKey, unique: bool) -> RouteView {
    let (here, there) = (&sides.source.table, &sides.target.table);
    let condition = &sides.relationship.condition;
    let sql = many_to_one(sides.grammar, here, key, unique, there, condition);
    let kind = if unique { "One to one" } else { "Many to one" };
    RouteView {
        kind: match (&sql.unset, sql.optional) {
            (Some(_), _) => "db::OptionalManyToOne".to_owned(),
            (None, true) => "db::KeptManyToOne".to_owned(),
            (None, false) => "db::ManyToOne".to_owned(),
        },
        words: format!(
            "{kind}: the `{}` that {} refers to.",
            sides.target.rust.row,
            names(here, key)
        ),
        sql: statements::many_to_one(sql),
        known_by: [
            columns(sides.source, &key.columns, None),
            columns(sides.target, &key.target_columns, sides.module),
        ],
    }
}

fn to_row_with_key(sides: &Sides<'_>, key: &ForeignKey) -> RouteView {
    let (here, there) = (&sides.source.table, &sides.target.table);
    let sql = one_to_one(sides.grammar, here, there, key, sides.relationship);
    let read_only = sides.relationship.is_read_only(there);
    RouteView {
        kind: if read_only {
            "db::ReadOnlyToOptional"
        } else if sql.clear.is_some() {
            "db::OptionalOneToOne"
        } else {
            "db::OneToOne"
        }
        .to_owned(),
        words: format!(
            "One to one: the `{}` whose {} refers here.",
            sides.target.rust.row,
            names(there, key)
        ),
        sql: if read_only {
            statements::read_only_to_one(&sql.read, &sql.get)
        } else {
            statements::one_to_one(sql)
        },
        known_by: [columns(sides.source, &key.target_columns, None), Vec::new()],
    }
}

fn through_others(sides: &Sides<'_>, hops: &[Hop], to_one: bool) -> RouteView {
    let sql = through(
        sides.grammar,
        sides.model,
        sides.source,
        hops,
        sides.relationship,
    );
    let names = hops.iter().map(|hop| sides.model.hop(*hop).name.as_str());
    let path = doc::code(&names.collect::<Vec<_>>().join("."));
    let row = &sides.target.rust.row;
    let known_by = [columns(sides.source, &sql.known_by, None), Vec::new()];
    if to_one {
        let (kind, if_any) = if sql.optional {
            ("db::ReadOnlyToOptional", ", if there is one")
        } else {
            ("db::ReadOnlyToOne", "")
        };
        RouteView {
            kind: kind.to_owned(),
            words: format!("Through {path}: the `{row}`{if_any}."),
            sql: statements::read_only_to_one(&sql.many.read, &sql.get),
            known_by,
        }
    } else {
        RouteView {
            kind: "db::ReadOnlyToMany".to_owned(),
            words: format!("Through {path}: each `{row}` once."),
            sql: statements::to_many(sql.many),
            known_by,
        }
    }
}

/// What the rows at the other side hold, as it reads in a doc comment behind the words of the kind; empty where they may hold
/// anything.
fn condition(target: &Table, condition: &[Equality]) -> String {
    let held = |Equality { column, value }: &Equality| {
        let column = &target.columns[*column];
        let name = doc::code(&column.name);
        match value {
            None => format!("{name} is NULL"),
            Some(value) => format!("{name} is {}", doc::value(&column.ty, value)),
        }
    };
    let all: Vec<String> = condition.iter().map(held).collect();
    match &all[..] {
        [] => String::new(),
        _ => format!(" Only where {}.", all.join(", ")),
    }
}

/// The columns of a foreign key as they read in a doc comment.
fn names(table: &Table, key: &ForeignKey) -> String {
    let names: Vec<String> = key
        .columns
        .iter()
        .map(|column| doc::code(&table.columns[*column].name))
        .collect();
    names.join(", ")
}

/// The calls that give `columns` of a row of `entity`, none for its primary key; the constants stand in `module`, or in
/// this one.
fn columns(entity: &Entity, columns: &[ColumnId], module: Option<&str>) -> Vec<String> {
    if columns == entity.table.primary_key.columns {
        return Vec::new();
    }
    let path = module.map_or_else(String::new, |module| format!("super::{module}::"));
    let call = |column: &ColumnId| value_call(&entity.table.columns[*column], &path, "row");
    columns.iter().map(call).collect()
}

/// The lines of an argument that is the function with these calls.
fn argument(calls: Vec<String>) -> Vec<String> {
    match &calls[..] {
        [] => vec!["None,".to_owned()],
        [only] => vec![format!("Some(|row, to| {only}),")],
        _ => {
            let calls = calls.into_iter().map(|call| format!("    {call};"));
            std::iter::once("Some(|row, to| {".to_owned())
                .chain(calls)
                .chain(std::iter::once("}),".to_owned()))
                .collect()
        }
    }
}
