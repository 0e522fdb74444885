//! The view of a relationship: a constant with its statements, and an accessor.

use serde::Serialize;

use crate::model::{ColumnId, Entity, Model, Relationship, Route};
use crate::sql::Grammar;
use crate::sql::statement::{
    ManyToOneSql, OneToOneSql, ToManySql, many_to_many, many_to_one, one_to_many, one_to_one,
};

use super::entity::value_call;
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
    /// The function that gives the source's columns.
    source_columns: String,
    /// The function that gives the target's columns.
    target_columns: String,
}

/// The statements: a struct literal of the support code.
#[derive(Debug, Serialize)]
struct SqlView {
    ty: &'static str,
    fields: Vec<SqlField>,
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
    let path = if own { "Self".to_owned() } else { format!("super::{}", target.rust.row) };
    let route = route(model, source, target, &relationship.route, grammar);
    let words = doc::code(&relationship.name);
    RelationshipView {
        doc: doc::lines(relationship.doc.as_deref(), &format!("Relationship {words}: {}.", route.words)),
        constant: relationship.constant.clone(),
        accessor: relationship.accessor.clone(),
        target: if own { source.rust.row.clone() } else { path },
        kind: route.kind,
        sql: route.sql,
        source_columns: route.source,
        target_columns: route.target,
    }
}

/// What a kind of relationship decides.
struct RouteView {
    kind: String,
    words: &'static str,
    sql: SqlView,
    source: String,
    target: String,
}

fn route(
    model: &Model,
    source: &Entity,
    target: &Entity,
    route: &Route,
    grammar: &'static dyn Grammar,
) -> RouteView {
    let own_key = || "db::Entity::put_own_key".to_owned();
    let (here, there) = (&source.table, &target.table);
    match *route {
        Route::ManyToMany { secondary, local } => {
            let secondary = model.secondary(secondary);
            let end = |end: crate::model::End| &secondary.table.foreign_keys[secondary.ends[end.index()]];
            RouteView {
                kind: "db::ManyToMany".into(),
                words: "many to many",
                sql: to_many(many_to_many(grammar, model, secondary, local)),
                source: columns(source, &end(local).target_columns, None),
                target: columns(target, &end(local.other()).target_columns, Some(&target.rust.module)),
            }
        }
        Route::OneToMany { foreign_key } => {
            let key = &there.foreign_keys[foreign_key];
            let sql = one_to_many(grammar, there, key);
            RouteView {
                kind: format!("db::OneToMany<{}>", optionality(sql.remove.is_some())),
                words: "one to many",
                sql: to_many(sql),
                source: columns(source, &key.target_columns, None),
                target: own_key(),
            }
        }
        Route::ManyToOne { foreign_key, unique } => {
            let key = &here.foreign_keys[foreign_key];
            let sql = many_to_one(grammar, here, key, unique, there);
            RouteView {
                kind: format!("db::ManyToOne<{}>", optionality(sql.unset.is_some())),
                words: if unique { "one to one" } else { "many to one" },
                sql: many_to_one_sql(sql),
                source: columns(source, &key.columns, None),
                target: columns(target, &key.target_columns, Some(&target.rust.module)),
            }
        }
        Route::OneToOne { foreign_key } => {
            let key = &there.foreign_keys[foreign_key];
            let sql = one_to_one(grammar, there, key);
            RouteView {
                kind: format!("db::OneToOne<{}>", optionality(sql.clear.is_some())),
                words: "one to one",
                sql: one_to_one_sql(sql),
                source: columns(source, &key.target_columns, None),
                target: own_key(),
            }
        }
    }
}

const fn optionality(nullable: bool) -> &'static str {
    if nullable { "db::Nullable" } else { "db::Required" }
}

/// The function that gives `columns` of a row of `entity`; its constants stand in `module`, or in this one.
fn columns(entity: &Entity, columns: &[ColumnId], module: Option<&str>) -> String {
    if columns == entity.table.primary_key.columns {
        return "db::Entity::put_own_key".into();
    }
    let call = |column: &ColumnId| {
        let call = value_call(&entity.table.columns[*column], "row");
        match module {
            Some(module) => call.replacen("to.value(", &format!("to.value(super::{module}::"), 1),
            None => call,
        }
    };
    let calls: Vec<String> = columns.iter().map(call).collect();
    match &calls[..] {
        [only] => format!("|row, to| {only}"),
        _ => format!("|row, to| {{ {}?; Ok(()) }}", calls.join("?; ")),
    }
}

fn to_many(sql: ToManySql) -> SqlView {
    let mut fields = vec![
        field("all", &sql.all),
        field("scope", &sql.scope),
        field("order", &sql.order),
        field("count", &sql.count),
        field("contains", &sql.contains),
        field("add", &sql.add),
        field("add_all", &sql.add_all),
        optional("missing", sql.missing.as_deref()),
    ];
    match sql.remove {
        None => SqlView { ty: "db::ToManySql", fields },
        Some(sql) => {
            fields.extend([
                field("remove", &sql.remove),
                field("retain", &sql.retain),
                field("clear", &sql.clear),
            ]);
            SqlView { ty: "db::LinkSql", fields }
        }
    }
}

fn many_to_one_sql(sql: ManyToOneSql) -> SqlView {
    let mut fields = vec![field("get", &sql.get), field("set", &sql.set)];
    match sql.unset {
        None => SqlView { ty: "db::ManyToOneSql", fields },
        Some(unset) => {
            fields.extend([field("unset", &unset), optional("release", sql.release.as_deref())]);
            SqlView { ty: "db::OptionalManyToOneSql", fields }
        }
    }
}

fn one_to_one_sql(sql: OneToOneSql) -> SqlView {
    let mut fields = vec![field("get", &sql.get), field("take", &sql.take)];
    match (sql.release, sql.clear) {
        (Some(release), Some(clear)) => {
            fields.extend([field("release", &release), field("clear", &clear)]);
            SqlView { ty: "db::OptionalOneToOneSql", fields }
        }
        _ => SqlView { ty: "db::OneToOneSql", fields },
    }
}

fn field(name: &'static str, text: &str) -> SqlField {
    SqlField { name, value: literal::string(text) }
}

fn optional(name: &'static str, text: Option<&str>) -> SqlField {
    let value = text.map_or_else(|| "None".to_owned(), |text| format!("Some({})", literal::string(text)));
    SqlField { name, value }
}
