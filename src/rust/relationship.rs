//! The view of a relationship: a constant with its statements, and an accessor.

use serde::Serialize;

use crate::model::{
    ColumnId, End, Entity, ForeignKey, Model, Relationship, Route, Secondary, Table,
};
use crate::sql::Grammar;
use crate::sql::statement::{
    LinkSql, ManyToOneSql, OneToOneSql, ReadSql, ToManySql, links, many_to_many, many_to_one,
    one_to_many, one_to_one,
};

use super::put::value_call;
use super::{doc, literal};

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

/// The statements: a struct literal of the support code.
#[derive(Debug, Serialize)]
struct SqlView {
    ty: &'static str,
    /// Fields that are such literals themselves.
    parts: Vec<SqlPart>,
    fields: Vec<SqlField>,
    /// What fills the fields that are not listed.
    rest: Vec<&'static str>,
}

#[derive(Debug, Serialize)]
struct SqlPart {
    name: &'static str,
    sql: SqlView,
}

#[derive(Debug, Serialize)]
struct SqlField {
    name: &'static str,
    value: String,
}

/// The view of `relationship` of `source`.
pub(super) fn relationship(
    model: &Model,
    source: &Entity,
    relationship: &Relationship,
    grammar: &'static dyn Grammar,
) -> RelationshipView {
    let target = model.entity(relationship.target);
    let own = std::ptr::eq(source, target);
    let route = route(model, source, target, relationship, grammar);
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
            &format!("{}{back}", route.words),
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

fn route(
    model: &Model,
    source: &Entity,
    target: &Entity,
    relationship: &Relationship,
    grammar: &'static dyn Grammar,
) -> RouteView {
    let (here, there) = (&source.table, &target.table);
    let row = &target.rust.row;
    let module = (!std::ptr::eq(source, target)).then_some(target.rust.module.as_str());
    match relationship.route {
        Route::ManyToMany { secondary, local } => {
            let secondary = model.secondary(secondary);
            let end = |end: End| secondary.end(end);
            let sql = to_many(many_to_many(grammar, model, secondary, local, relationship));
            let (kind, sql) = match &secondary.rust {
                None => ("db::ManyToMany".to_owned(), sql),
                Some(names) => (
                    format!("db::ManyToManyWith<super::{}>", names.row),
                    linked(sql, &links(grammar, model, secondary, local, relationship)),
                ),
            };
            RouteView {
                kind,
                words: over(row, secondary),
                sql,
                known_by: [
                    columns(source, &end(local).target_columns, None),
                    columns(target, &end(local.other()).target_columns, module),
                ],
            }
        }
        Route::OneToMany { foreign_key } => {
            let key = &there.foreign_keys[foreign_key];
            let sql = one_to_many(grammar, here, there, key, &relationship.order);
            RouteView {
                kind: if sql.remove.is_some() {
                    "db::OptionalOneToMany".to_owned()
                } else {
                    "db::OneToMany".to_owned()
                },
                words: format!(
                    "One to many: each `{row}` whose {} refers here.",
                    names(there, key)
                ),
                sql: to_many(sql),
                known_by: [columns(source, &key.target_columns, None), Vec::new()],
            }
        }
        Route::ManyToOne {
            foreign_key,
            unique,
        } => {
            let key = &here.foreign_keys[foreign_key];
            let sql = many_to_one(grammar, here, key, unique, there);
            let kind = if unique { "One to one" } else { "Many to one" };
            RouteView {
                kind: match (&sql.unset, sql.optional) {
                    (Some(_), _) => "db::OptionalManyToOne".to_owned(),
                    (None, true) => "db::KeptManyToOne".to_owned(),
                    (None, false) => "db::ManyToOne".to_owned(),
                },
                words: format!("{kind}: the `{row}` that {} refers to.", names(here, key)),
                sql: many_to_one_sql(sql),
                known_by: [
                    columns(source, &key.columns, None),
                    columns(target, &key.target_columns, module),
                ],
            }
        }
        Route::OneToOne { foreign_key } => {
            let key = &there.foreign_keys[foreign_key];
            let sql = one_to_one(grammar, here, there, key);
            RouteView {
                kind: if sql.clear.is_some() {
                    "db::OptionalOneToOne".to_owned()
                } else {
                    "db::OneToOne".to_owned()
                },
                words: format!(
                    "One to one: the `{row}` whose {} refers here.",
                    names(there, key)
                ),
                sql: one_to_one_sql(sql),
                known_by: [columns(source, &key.target_columns, None), Vec::new()],
            }
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

fn to_many(sql: ToManySql) -> SqlView {
    let mut fields = read(&sql.read);
    fields.insert(1, field("load_limited", &sql.load_limited));
    fields.extend([
        field("all", &sql.all),
        field("scope", &sql.scope),
        field("order", &sql.order),
        field("count", &sql.count),
        field("contains", &sql.contains),
        field("add", &sql.add),
    ]);
    if sql.sorts {
        fields.push(SqlField {
            name: "sorts",
            value: "true".to_owned(),
        });
    }
    if !sql.add_all.is_empty() {
        fields.push(field("add_all", &sql.add_all));
    }
    let whole = sql.sorts && sql.missing.is_some() && sql.misfits.is_some() && sql.remove.is_some();
    fields.extend(sql.missing.map(|missing| field("missing", &missing)));
    fields.extend(sql.misfits.map(|misfits| field("misfits", &misfits)));
    fields.extend(sql.remove.into_iter().flat_map(|sql| {
        [
            field("remove", &sql.remove),
            field("retain", &sql.retain),
            field("clear", &sql.clear),
        ]
    }));
    let rest = if whole {
        Vec::new()
    } else {
        vec!["db::ToManySql::NONE"]
    };
    SqlView {
        ty: "db::ToManySql",
        parts: Vec::new(),
        fields,
        rest,
    }
}

fn linked(many: SqlView, links: &LinkSql) -> SqlView {
    let parts = vec![SqlPart {
        name: "many",
        sql: many,
    }];
    SqlView {
        ty: "db::LinkedSql",
        parts,
        fields: vec![
            field("all", &links.all),
            field("pairs", &links.pairs),
            field("load", &links.load),
            field("load_limited", &links.load_limited),
            field("scope", &links.scope),
            field("order", &links.order),
            field("any", &links.any),
            field("narrow", &links.narrow),
            field("of_target", &links.of_target),
            field("update", &links.update),
            field("delete", &links.delete),
        ],
        rest: Vec::new(),
    }
}

fn many_to_one_sql(sql: ManyToOneSql) -> SqlView {
    let mut fields = read(&sql.read);
    fields.extend([field("get", &sql.get), field("set", &sql.set)]);
    match sql.unset {
        None => SqlView {
            ty: "db::ManyToOneSql",
            parts: Vec::new(),
            fields,
            rest: Vec::new(),
        },
        Some(unset) => {
            fields.extend([
                field("unset", &unset),
                field("release", &sql.release.unwrap_or_default()),
            ]);
            SqlView {
                ty: "db::OptionalManyToOneSql",
                parts: Vec::new(),
                fields,
                rest: Vec::new(),
            }
        }
    }
}

fn one_to_one_sql(sql: OneToOneSql) -> SqlView {
    let mut fields = read(&sql.read);
    fields.extend([field("get", &sql.get), field("take", &sql.take)]);
    match (sql.release, sql.clear) {
        (Some(release), Some(clear)) => {
            fields.extend([field("release", &release), field("clear", &clear)]);
            SqlView {
                ty: "db::OptionalOneToOneSql",
                parts: Vec::new(),
                fields,
                rest: Vec::new(),
            }
        }
        _ => SqlView {
            ty: "db::OneToOneSql",
            parts: Vec::new(),
            fields,
            rest: Vec::new(),
        },
    }
}

fn read(sql: &ReadSql) -> Vec<SqlField> {
    vec![
        field("load", &sql.load),
        field("any", &sql.any),
        field("exists", &sql.exists),
    ]
}

fn field(name: &'static str, text: &str) -> SqlField {
    SqlField {
        name,
        value: literal::string(text),
    }
}
